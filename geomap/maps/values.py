"""Records -> the values of the page's data.

Lines and rings are arrays of vertices, lon and lat in degrees, for `geomap.maps.packing` to pack.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import shapely

from geomap.maps import style
from geomap.maps.days import known_steps, sure_days
from geomap.maps.lines import chains, stubs, why_no_spot, why_not_drawn
from geomap.maps.shared import Json, clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import numpy as np
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from geomap.maps.regions import Region
    from geomap.maps.shared import Shared
    from geomap.models import (
        Area,
        Crossing,
        Difference,
        Event,
        Incident,
        Interval,
        Issue,
        Leg,
        Movement,
        Route,
    )

    Line = NDArray[np.float64]

__all__ = [
    "Json",
    "area_values",
    "incident_values",
    "issue_values",
    "movement_values",
    "region_values",
]


def _item(item: Movement | Area | Incident, shared: Shared) -> Json:
    """Return what movements, areas and incidents have in common."""
    return {
        "id": item.id,
        "actor": shared.actors.get(item.actor) if item.actor else None,
        "kind": item.kind.value,
        "when": _when(item.date),
        "sure": _sure(item),
        "whenText": item.date_text,
        "note": item.note,
        "source": shared.source(item.provenance),
    }


def movement_values(movement: Movement, shared: Shared, event: Event | None) -> Json:
    """Return a movement; `event` is how all reports tell of it."""
    lines = chains(movement.route)
    return clean(
        _item(movement, shared)
        | {
            "sentence": style.movement_sentence(movement),
            "label": _label(movement),
            "status": movement.status.value,
            "mode": movement.mode.value,
            "confidence": round(movement.confidence, 2),
            "background": movement.background or None,
            "from": [shared.ref(ref) for ref in movement.origin],
            "via": [shared.ref(ref) for ref in movement.via],
            "to": [shared.ref(ref) for ref in movement.destination],
            "route": _route(movement.route, lines) if movement.route and lines else None,
            "spots": [[round(place.lon, 4), round(place.lat, 4)] for place in stubs(movement)],
            "arrives": bool(movement.destination) or None,
            "notDrawn": None if lines else why_not_drawn(movement),
            "tellings": _tellings(event, shared) if event else None,
            "known": _known(event, movement) if event else None,
            "differ": [_difference(one, event) for one in event.differences] if event else None,
        }
    )


def _tellings(event: Event, shared: Shared) -> list[Json]:
    """Return how each report tells of the event, by day of publication; nothing where only one does."""
    if len(event.tellings) == 1:
        return []
    return [
        clean({"status": m.status.value, "when": _when(m.date), "whenText": m.date_text})
        | {"source": shared.source(m.provenance)}
        for m in event.tellings
    ]


def _known(event: Event, movement: Movement) -> list[Json]:
    """Return by day of report what was known of an event, each with what is otherwise in the end and who tells it."""
    steps = list(known_steps(event))
    if len(steps) < 2:
        return []
    place = {telling.id: number for number, telling in enumerate(event.tellings)}
    final = _dated(movement)
    return [
        {"day": day.isoformat(), "by": place[lead.id]}
        | {name: value for name, value in _dated(lead).items() if value != final[name]}
        for day, lead in steps
    ]


def _dated(movement: Movement) -> Json:
    """Return what later reports may tell otherwise."""
    return {
        "sentence": style.movement_sentence(movement),
        "status": movement.status.value,
        "when": _when(movement.date),
        "sure": _sure(movement),
        "whenText": movement.date_text,
    }


def _difference(difference: Difference, event: Event) -> Json:
    """Return what is said of one thing, each value with the numbers of the tellings that say so."""
    place = {telling.id: number for number, telling in enumerate(event.tellings)}
    said: dict[str, list[int]] = {}
    for words, teller in difference.said:
        said.setdefault(words, []).append(place[teller])
    return {"what": difference.what, "said": [[words, *tellers] for words, tellers in said.items()]}


def _label(movement: Movement) -> str:
    origin, via, destination = (
        ", ".join(style.place_words(ref) for ref in refs)
        for refs in (movement.origin, movement.via, movement.destination)
    )
    ends = f"{origin or '…'} → {destination or '…'}"
    return f"{ends} (via {via})" if via else ends


def _route(route: Route, lines: Sequence[Sequence[Leg]]) -> Json:
    return clean(
        {
            "length": round(sum(leg.length_m for chain in lines for leg in chain)),
            "mode": route.mode.value,
            "legs": [
                clean({"how": leg.how.value, "m": round(leg.length_m), "by": leg.by, "chain": n})
                | {"line": shapely.get_coordinates(leg.geometry)}
                for n, chain in enumerate(lines)
                for leg in chain
            ],
            "crossings": [_crossing(crossing) for crossing in route.crossings],
            "openStart": route.open_start or None,
            "openEnd": route.open_end or None,
        }
    )


def _crossing(crossing: Crossing) -> Json:
    return clean(
        {
            "name": crossing.name,
            "between": list(crossing.between),
            "x": round(crossing.lon, 4),
            "y": round(crossing.lat, 4),
            "at": round(crossing.at_m),
            "note": crossing.note,
        }
    )


def area_values(area: Area, shared: Shared) -> Json:
    """Return an area with its rings and lines, or the reason it has none."""
    shape = area.shape
    values: Json = {
        "sentence": style.area_sentence(area),
        "label": style.area_label(area),
        "status": area.status.value,
        "about": [shared.ref(ref) for ref in (*area.plan.ends, *area.plan.around)],
        "notDrawn": None if shape else "Its limits could not be made out.",
    }
    if shape:
        # Where nothing is sure, what is possible is drawn as an area whose limits are not known.
        unsure = shape.geometry.is_empty and shape.possible is not None
        drawn = shape.possible if unsure and shape.possible is not None else shape.geometry
        values |= {
            "rings": _rings(drawn),
            "lines": _lines(drawn),
            "possible": _rings(shape.possible) if shape.possible is not None and not unsure else None,
            "maybe": _lines(shape.possible) if shape.possible is not None and not unsure else None,
            "builtFrom": shape.built_from,
            "published": (shape.published_limits and not unsure) or None,
            "length": round(shape.length_m) if shape.length_m else None,
            "area": round(shape.area_m2) if shape.area_m2 else None,
        }
    return clean(_item(area, shared) | values)


def region_values(region: Region) -> Json:
    """Return the outline of a region."""
    place = region.place
    rings = _rings(region.geometry)
    marks: Json = {"country": place.is_country, "cut": region.cut or None, "narrow": region.narrow or None}
    return clean(marks | {"name": place.name, "rings": rings})


def _rings(geometry: BaseGeometry) -> list[list[Line]]:
    """Return each polygon as its rings, outer first."""
    polygons = [part for part in _parts(geometry) if part.geom_type == "Polygon" and not part.is_empty]
    return [[shapely.get_coordinates(ring) for ring in (part.exterior, *part.interiors)] for part in polygons]


def _lines(geometry: BaseGeometry) -> list[Line]:
    return [shapely.get_coordinates(part) for part in _parts(geometry) if part.geom_type == "LineString"]


def _parts(geometry: BaseGeometry) -> Iterable[BaseGeometry]:
    if hasattr(geometry, "geoms"):
        for part in geometry.geoms:
            yield from _parts(part)
    else:
        yield geometry


def incident_values(incident: Incident, shared: Shared) -> Json:
    """Return an incident at its places."""
    return clean(
        _item(incident, shared)
        | {
            "sentence": style.incident_sentence(incident),
            "label": ", ".join(style.place_words(ref) for ref in incident.places) or incident.trigger,
            "places": [shared.ref(ref) for ref in incident.places],
            "notDrawn": why_no_spot(incident),
        }
    )


def issue_values(issue: Issue) -> Json:
    """Return what could not be read, resolved or drawn."""
    return clean({"stage": issue.stage, "message": issue.message, "report": issue.report_id})


def _when(interval: Interval | None) -> list[str] | None:
    return [interval.start.isoformat(), interval.end.isoformat()] if interval else None


def _sure(item: Movement | Area | Incident) -> list[str] | None:
    """Return the days that are sure where the date has several; one day is sure by itself."""
    if item.date is None or item.date.days == 1:
        return None
    return _when(sure_days(item.date, item.date_text, item.provenance.published))
