"""What is on the ground: places, the answers to a name, routes and shapes."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from geomap.gazetteer.feature_codes import kind_word
from geomap.maps.by_hand import Claim, area_by_hand, movement_by_hand
from geomap.maps.payload import Story
from geomap.models import AreaKind, Certainty, MovementKind, Shape, Status
from geomap.views.markup import Html, bold, facts, figure, issues, kilometres, line, page, table, text
from geomap.views.pictures import small_map

if TYPE_CHECKING:
    from geomap.models import Candidate, Place, Resolution, Route

__all__ = ["place", "resolution", "route", "shape"]

_SIGNS = {Certainty.RESOLVED: "✓", Certainty.AMBIGUOUS: "?", Certainty.UNKNOWN: "✗"}
_CANDIDATES = 8
_BUILT = "built for a picture"


def place(found: Place) -> Html:
    """Return a place: what it is, where, how exactly that is known, by whom; with a small map where it is a spot."""
    known = facts(
        [
            ("what", text(kind_word(found.feature))),
            ("in", _where(found)),
            ("lat, lon", f"{found.lat:.4f}, {found.lon:.4f}"),
            ("known to", f"±{figure(found.precision_m)}"),
            ("people", f"{found.population:,}" if found.population else ""),
            ("id", text(found.id)),
            ("source", text(found.source) if found.source else ""),
            ("note", text(found.note) if found.note else ""),
        ]
    )
    return page(line(bold(found.name), text(found.local_name) if found.local_name else ""), known, _spot(found))


def _spot(found: Place) -> Html:
    """Return a small map of a place that is a spot, or that is told by where it lies to others."""
    if found.geometry is not None:
        return _area_map(Shape(found.geometry, found.name), found.name)
    return Html("") if found.is_area else small_map(Story(places=[found]), f"{found.name} on a map")


def resolution(found: Resolution) -> Html:
    """Return the answer to a name, and the places that it may mean, best first."""
    said = line(_SIGNS[found.status], bold(found.query), f"is {found.status.value}:", text(found.reason))
    if not found.candidates:
        return page(said)
    head = ("", "name", "in", "what", "lat, lon", "known to", "score", "id", "why")
    rows = [_row(number, candidate) for number, candidate in enumerate(found.candidates[:_CANDIDATES], 1)]
    left = len(found.candidates) - _CANDIDATES
    more = line(f"and {left} more in .candidates", quiet=True) if left > 0 else Html("")
    alike = line("Names that are written alike:", quiet=True) if found.status is Certainty.UNKNOWN else Html("")
    return page(said, alike, table(head, rows), more)


def _row(number: int, candidate: Candidate) -> list[Html | str]:
    found = candidate.place
    return [
        str(number),
        bold(found.name) if number == 1 else text(found.name),
        _where(found),
        text(kind_word(found.feature)),
        f"{found.lat:.4f}, {found.lon:.4f}",
        f"±{figure(found.precision_m)}",
        f"{candidate.score:.2f}",
        text(found.id),
        text(candidate.reason),
    ]


def _where(found: Place) -> Html | str:
    parts = [part for part in (found.admin1, found.country) if part]
    return text(", ".join(parts)) if parts else ""


def route(found: Route) -> Html:
    """Return a route: its length, how each leg was obtained, the borders it crosses; with a small map."""
    legs = table(
        ("leg", "how", "length"),
        (
            [str(number), text(f"{leg.how.value} by {leg.by}" if leg.by else leg.how.value), kilometres(leg.length_m)]
            for number, leg in enumerate(islice(found.legs, _CANDIDATES), 1)
        ),
    )
    crossed = table(
        ("border crossing", "of", "after"),
        (
            [text(crossing.name), text("–".join(crossing.between)), kilometres(crossing.at_m)]
            for crossing in found.crossings
        ),
    )
    left = len(found.legs) - _CANDIDATES
    open_ends = [end for end, is_open in (("start", found.open_start), ("end", found.open_end)) if is_open]
    return page(
        line(f"<b>{kilometres(found.length_m)}</b> by {found.mode.value}") if found.legs else line("No line"),
        line(f"its {' and '.join(open_ends)} not known", quiet=True) if open_ends else Html(""),
        legs if found.legs else Html(""),
        line(f"and {left} more legs", quiet=True) if left > 0 else Html(""),
        crossed if found.crossings else Html(""),
        _route_map(found),
        issues(found.issues),
    )


def _route_map(found: Route) -> Html:
    if not found.legs:
        return Html("")
    claim = Claim(_BUILT)
    line_of = movement_by_hand(
        claim.report(1), claim, origin=(), destination=(), via=(), route=found, actor=None, co_actors=(), date=None,
        status=Status.COMPLETED, kind=MovementKind.CONVOY, mode=found.mode, vehicles=None, troops=None, note=None,
    )  # fmt: skip
    return small_map(Story(movements=[line_of]), f"the route on a map, {kilometres(found.length_m)} long")


def shape(found: Shape) -> Html:
    """Return a shape: how it was made, how large what is sure and what is possible of it are; with a small map."""
    limits = "as told" if found.published_limits else "assumed: they were not told"
    known = facts(
        [
            ("built", text(found.built_from)),
            ("length", kilometres(found.length_m) if found.length_m else ""),
            ("sure", _size(found.area_m2) if found.area_m2 else "" if found.area_m2 is None else "nothing"),
            ("possible", _size(_possible_m2(found)) if found.possible is not None else ""),
            ("limits", limits),
        ]
    )
    return page(known, _area_map(found, found.built_from), issues(found.issues))


def _possible_m2(found: Shape) -> float:
    from geomap.geometry.geodesy import area_m2

    return area_m2(found.possible) if found.possible is not None and "Polygon" in found.possible.geom_type else 0.0


def _size(square_metres: float) -> str:
    size = square_metres / 1e6
    return f"{size:,.0f} km²" if size >= 10 else f"{size:,.2g} km²" if size else ""


def _area_map(found: Shape, words: str) -> Html:
    claim = Claim(_BUILT)
    area = area_by_hand(
        claim.report(1), claim, found, actor=None, status=Status.COMPLETED, kind=AreaKind.CONTROL, date=None, note=None
    )
    return small_map(Story(areas=[replace(area, text="")]), f"{words}, on a map")
