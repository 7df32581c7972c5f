"""ORBAT Mapper: a scenario with a side for each actor, a unit for each movement, and layers of lines, areas, incidents.

The form is that of version 1.0.0 of the scenario files of https://github.com/orbat-mapper/orbat-mapper, as its
``src/types`` and ``src/scenariostore`` have it; later versions read it too. Times are ISO 8601 in UTC, positions
longitude before latitude.

No report says whose side anybody is on: the standard identity of all is "unknown". Two columns of one actor are two
units, since nobody says that they are the same men. A unit stands where the report has it on days that the report
names, at its origin from the first day on and at its destination by the end of the last; it is never put in between
(``interpolate`` is off), nor in the middle of a country, nor anywhere by a plan or by what is denied.
"""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from geomap.exports.claims import claims_of, says
from geomap.exports.editing import clean
from geomap.features import route_line
from geomap.linking.events import events_of
from geomap.maps.style import actors
from geomap.maps.texts import safe_url
from geomap.models import Area, How, Incident, Movement, Status
from geomap.schema import DEGREE_DIGITS
from geomap.serialize import geometry_record

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

    from geomap.exports.claims import Claim
    from geomap.models import Interval, PlaceRef, Reading

    Item = Movement | Area | Incident
    Json = dict[str, Any]

__all__ = ["write"]

_VERSION = "1.0.0"
_UNKNOWN = "1"
"""The standard identity "unknown" of MIL-STD-2525D and APP-6D."""
_NOT_NAMED = "Forces not named"
_DONE, _TO_COME = frozenset([Status.COMPLETED, Status.ONGOING]), frozenset([Status.PLANNED, Status.ORDERED])
_FACTS = (
    "dated by",
    "line",
    "shape",
    "said by",
    "publisher",
    "published",
    "grade",
    "by hand",
    "told differently",
    "open",
)
_GREY = "#6b7280"


def write(readings: Sequence[Reading], path: Path, *, keep_text: bool) -> None:  # noqa: ARG001
    """Write a scenario."""
    claims = {claim.item.id: claim for claim in claims_of(readings)}
    moves = [event.lead for event in events_of(readings)]
    areas = [area for reading in readings for area in reading.areas]
    incidents = [incident for reading in readings for incident in reading.incidents]
    items: list[Item] = [*moves, *areas, *incidents]
    told = [item.date.start for item in items if item.date]
    published = [item.provenance.published for item in items if item.provenance.published]
    start = min(told or published, default=None)
    colours = {actor.name: actor.light for actor in actors([item.actor for item in items if item.actor])}
    scenario = {
        "id": f"geomap-{sha256(' '.join(claims).encode('utf-8', 'replace')).hexdigest()[:16]}",
        "type": "ORBAT-mapper",
        "version": _VERSION,
        "name": "Movements told by reports",
        "description": "What reports tell, with their words; not what is known to have happened.",
        **({"startTime": _time(start)} if start else {}),
        "timeZone": "UTC",
        "symbologyStandard": "app6",
        "sides": _sides(moves, claims),
        "events": [_event(claims[item.id], item, item.date) for item in sorted(items, key=_start) if item.date],
        "layers": [*_layers(moves, areas, incidents, claims, colours)],
        "mapLayers": [],
        "settings": {"rangeRingGroups": [], "statuses": [], "supplyClasses": [], "supplyUoMs": []},
    }
    path.write_text(json.dumps(scenario, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="")


def _time(day: date, *, end: bool = False) -> str:
    return f"{day.isoformat()}T{'23:59:59' if end else '00:00:00'}Z"


def _sides(moves: Sequence[Movement], claims: Mapping[str, Claim]) -> list[Json]:
    """Return a side for each actor, in the order of their first movement; what is denied is nobody's."""
    told: dict[str, list[Movement]] = {}
    for move in moves:
        if move.status is not Status.DENIED:
            told.setdefault(clean(move.actor or _NOT_NAMED), []).append(move)
    return [
        {
            "id": f"side-{number}",
            "name": actor,
            "standardIdentity": _UNKNOWN,
            "groups": [
                {
                    "id": f"group-{number}",
                    "name": "Movements",
                    "subUnits": [_unit(move, claims[move.id]) for move in own],
                }
            ],
        }
        for number, (actor, own) in enumerate(told.items(), 1)
    ]


def _unit(move: Movement, claim: Claim) -> Json:
    strength = {
        "equipment": [{"name": "Vehicles", "count": move.vehicles}] if move.vehicles else None,
        "personnel": [{"name": "People", "count": move.troops}] if move.troops else None,
    }
    return {
        "id": f"unit-{claim.number}",
        "name": clean(_title(move)),
        "sidc": _sidc(move.status),
        **_told(claim),
        "subUnits": [],
        "state": _states(move, claim),
        **{name: counted for name, counted in strength.items() if counted},
    }


def _sidc(status: Status) -> str:
    """Return the symbol of a land unit of no known kind, size or side, as a number of 20 digits (APP-6D, 2-1)."""
    return f"100{_UNKNOWN}10{1 if status in _TO_COME else 0}0" + "0" * 12


def _title(move: Movement) -> str:
    ends = [
        ", ".join(ref.place.name if ref.place else ref.text for ref in refs) for refs in (move.origin, move.destination)
    ]
    return f"{move.kind.value.capitalize()} {ends[0] or '?'} – {ends[1] or '?'}"


def _states(move: Movement, claim: Claim) -> list[Json]:
    """Return where a unit stood when, in the order of time, as far as the report tells the day and the spot."""
    if move.date is None or move.status not in _DONE:
        return []
    start, end = _spot(move.origin), _spot(move.destination)
    arrived = end if move.status is Status.COMPLETED else None
    states: list[Json] = []
    if start:
        states.append({"t": _time(move.date.start), "location": start})
    if start or arrived:
        # without a place it has left, and is shown nowhere
        via = _via(move) if start and arrived else []
        last: Json = {"t": _time(move.date.end, end=True), "location": arrived, "interpolate": False}
        states.append(last | ({"via": via} if via else {}))
    title = clean(says(move))
    return [{"id": f"state-{claim.number}-{n}", "title": title} | state for n, state in enumerate(states, 1)]


def _spot(refs: Sequence[PlaceRef]) -> list[float] | None:
    place = next((ref.place for ref in refs if ref.place and not ref.place.is_spread), None)
    return [round(place.lon, DEGREE_DIGITS), round(place.lat, DEGREE_DIGITS)] if place else None


def _via(move: Movement) -> list[list[float]]:
    """Return the points of the line between its ends, where it is one line along roads."""
    line = route_line(move.route)
    if line is None or line.geom_type != "LineString" or _is_schematic(move):
        return []
    return [[round(lon, DEGREE_DIGITS), round(lat, DEGREE_DIGITS)] for lon, lat, *_ in line.coords[1:-1]]


def _is_schematic(item: Item) -> bool:
    route = item.route if isinstance(item, Movement) else None
    return route is not None and any(leg.how is How.SCHEMATIC for leg in route.legs)


def _start(item: Item) -> str:
    return item.date.iso() if item.date else ""


def _event(claim: Claim, item: Item, days: Interval) -> Json:
    title = clean(says(item))
    return {"id": f"event-{claim.number}", "title": title, "startTime": _time(days.start)} | _told(claim)


def _told(claim: Claim) -> Json:
    """Return the words behind a claim, and the address of its report where it has one."""
    lines = [f"“{claim.provenance.quote}”"] if claim.provenance.quote else []
    lines += [f"{name[0].upper()}{name[1:]}: {claim.facts[name]}" for name in _FACTS if name in claim.facts]
    url = safe_url(claim.provenance.url)
    return {"description": clean("\n\n".join(lines))} | ({"externalUrl": url} if url else {})


def _layers(
    moves: Sequence[Movement],
    areas: Sequence[Area],
    incidents: Sequence[Incident],
    claims: Mapping[str, Claim],
    colours: Mapping[str, str],
) -> Iterator[Json]:
    """Yield a layer for the lines of each status, one for areas and one for incidents."""
    shapes: dict[str, list[tuple[Item, BaseGeometry | None, str]]] = {}
    for move in moves:
        shapes.setdefault(f"Movements, {move.status.value}", []).append((move, route_line(move.route), ""))
    for area in areas:
        both = shapes.setdefault(f"Areas, {area.status.value}", [])
        both.append((area, area.shape.geometry if area.shape else None, ""))
        both.append((area, area.shape.possible if area.shape else None, ", possible"))
    for incident in incidents:
        shapes.setdefault("Incidents", []).append((incident, _spots(incident), ""))
    for number, (name, told) in enumerate(shapes.items(), 1):
        features = [
            _feature(item, geometry, note, claims[item.id], colours.get(item.actor or "", _GREY))
            for item, geometry, note in told
            if geometry is not None and not geometry.is_empty
        ]
        yield {"id": f"layer-{number}", "name": name, "features": features}


def _spots(incident: Incident) -> BaseGeometry | None:
    from shapely.geometry import MultiPoint, Point

    spots = [(ref.place.lon, ref.place.lat) for ref in incident.places if ref.place and not ref.place.is_spread]
    return MultiPoint(spots) if len(spots) > 1 else Point(spots[0]) if spots else None


def _feature(item: Item, geometry: BaseGeometry, note: str, claim: Claim, colour: str) -> Json:
    # broken where the line or its limits are not as told, or nothing has come of it yet
    unsure = bool(note) or _is_schematic(item) or (not isinstance(item, Incident) and item.status not in _DONE)
    return {
        "type": "Feature",
        "id": f"feature-{claim.number}{note.replace(', ', '-')}",
        "geometry": geometry_record(geometry),
        "properties": {"claim": clean(item.id), "report": clean(claim.report.id)},
        "meta": {
            "type": geometry.geom_type,
            "name": clean(f"{says(item)}{note}"),
            **_told(claim),
            **({"visibleFromT": _time(item.date.start)} if item.date else {}),
        },
        "style": {
            "stroke": colour,
            "stroke-width": 2,
            "stroke-style": "dashed" if unsure else "solid",
            "fill": colour,
            "fill-opacity": 0.05 if note else 0.15,
            "marker-color": colour,
        },
    }
