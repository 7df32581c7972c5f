"""What a line or an area holds beside the columns that people read, as the JSON of one cell, and back again."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from geomap.models import AreaPlan, Crossing, How, Leg, Mode, Place, PlaceRef, Range, Route

if TYPE_CHECKING:
    from collections.abc import Callable

    from shapely.geometry.base import BaseGeometry

    Known = Callable[[Place], Place]

__all__ = ["ONE_REF", "RANGES", "SEVERAL_REFS", "plan_from", "plan_text", "route_from", "route_text"]

SEVERAL_REFS, ONE_REF = ("ends", "around", "between", "without"), ("line", "region", "part_of")
"""The fields of a plan that hold places, and those that hold one place."""
RANGES = ("depth_m", "width_m", "length_m")
_PLAIN = ("side", "both_sides", "road", "bearing")
_PLACE = ("id", "name", "lon", "lat", "country", "feature", "precision_m")


def route_text(route: Route | None) -> str | None:
    """Return what its line alone does not tell of a route: its legs by their number of points, crossings, open ends."""
    if route is None:
        return None
    legs = [
        {"how": leg.how.value, "points": len(leg.geometry.coords), "length_m": leg.length_m}
        | {key: value for key, value in (("by", leg.by), ("notice", leg.notice)) if value}
        for leg in route.legs
    ]
    told = {
        "mode": route.mode.value,
        "legs": legs,
        "crossings": [asdict(crossing) for crossing in route.crossings],
        "snap_m": list(route.snap_m),
        "open": [end for end, is_open in (("start", route.open_start), ("end", route.open_end)) if is_open],
    }
    return _written(told)


def route_from(text: str, line: BaseGeometry | None) -> Route | None:
    """Return the route of a cell and a line; None where the two do not fit together.

    A route whose line is empty is one of which nothing could be drawn.
    """
    from shapely.geometry import LineString

    told = _read(text)
    parts = [list(part.coords) for part in getattr(line, "geoms", [line])] if line is not None else []
    legs = []
    for leg in told.get("legs", ()):
        # legs that meet share a point of the line
        points, parts = _taken(parts, int(leg["points"]))
        if len(points) < 2:
            return None
        length = float(leg["length_m"])
        legs.append(Leg(How(leg["how"]), LineString(points), length, leg.get("by"), leg.get("notice")))
    if parts or not told:
        return None
    opened = told.get("open", ())
    return Route(
        tuple(legs),
        Mode(told.get("mode", Mode.ROAD)),
        tuple(Crossing(**{**one, "between": tuple(one["between"])}) for one in told.get("crossings", ())),
        tuple(told.get("snap_m", ())),
        open_start="start" in opened,
        open_end="end" in opened,
    )


def _taken(parts: list[Any], count: int) -> tuple[list[Any], list[Any]]:
    """Return the first points of lines, and what is left of the lines with the last of these points."""
    if not parts or len(parts[0]) < count:
        return [], parts
    first, *others = parts
    left = [first[count - 1 :]] if len(first) > count else []
    return first[:count], [*left, *others]


def plan_text(plan: AreaPlan) -> str | None:
    """Return a plan with the words, ids and spots of its places, and the plan of the area that holds it."""
    return None if plan == AreaPlan() else _written(_plan(plan))


def _plan(plan: AreaPlan) -> dict[str, Any]:
    return {
        "border": list(plan.border or ()),
        **{name: getattr(plan, name) for name in _PLAIN},
        **{name: [m.low, m.high] for name in RANGES if (m := getattr(plan, name))},
        **{name: [_ref(ref) for ref in getattr(plan, name)] for name in SEVERAL_REFS},
        **{name: _ref(ref) for name in ONE_REF if (ref := getattr(plan, name))},
        **({"within": _without_nothing(_plan(plan.within))} if plan.within else {}),
    }


def _ref(ref: PlaceRef) -> dict[str, Any]:
    told: dict[str, Any] = {"text": ref.text, "reason": ref.reason}
    if ref.place:
        told |= {name: getattr(ref.place, name) for name in _PLACE}
    return _without_nothing(told)


def plan_from(text: str, known: Known) -> AreaPlan:
    """Return the plan of a cell.

    Parameters
    ----------
    text
        What `plan_text` wrote; an empty text is an empty plan.
    known
        Gives a place all that a cell does not hold of it, such as its outline.
    """
    return _plan_of(_read(text), known)


def _plan_of(told: dict[str, Any], known: Known) -> AreaPlan:
    values: dict[str, Any] = {name: told[name] for name in _PLAIN if name in told}
    values |= {name: Range(*told[name]) for name in RANGES if name in told}
    values |= {name: tuple(_ref_of(one, known) for one in told.get(name, ())) for name in SEVERAL_REFS}
    values |= {name: _ref_of(told[name], known) for name in ONE_REF if name in told}
    if "border" in told:
        first, second = told["border"]
        values["border"] = (first, second)
    if "within" in told:
        values["within"] = _plan_of(told["within"], known)
    return AreaPlan(**values)


def _ref_of(told: dict[str, Any], known: Known) -> PlaceRef:
    place = known(Place(**{name: told[name] for name in _PLACE if name in told})) if "id" in told else None
    return PlaceRef(told.get("text", ""), place, told.get("reason", ""))


def _written(told: dict[str, Any]) -> str:
    return json.dumps(_without_nothing(told), ensure_ascii=False)


def _without_nothing(told: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in told.items() if value or (value == 0 and value is not False)}


def _read(text: str) -> dict[str, Any]:
    found = json.loads(text) if text else {}
    if not isinstance(found, dict):
        raise ValueError(f"{text[:40]!r} is no JSON object")  # noqa: TRY004 - as of other damaged JSON
    return found
