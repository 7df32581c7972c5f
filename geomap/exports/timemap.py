"""TimeMap: the ``domain`` of Forensic Architecture's map and timeline, as one JSON file.

The file holds the lists that a TimeMap reads from its addresses, each under its name (``events``, ``associations``,
``sources``, ``sites``, ``regions``, ``shapes``), as that program's ``docs/configuration.md`` and the schemas in its
``src/reducers/validate`` describe them. All values of an event are texts, days are MM/DD/YYYY, and so are TimeMap's.

One event stands for a movement with all its tellings, an area or an incident. It lies at the spot where it ended, else
where it began; a country or a province is no spot, and what has none is on the timeline only. What the reports give no
day has no date here either: TimeMap leaves it out, and says how many. Its regions are lines: those of routes and the
outlines of areas, named by what is known of them, since TimeMap chooses their style by name.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from geomap.exports.claims import claims_of, names, says
from geomap.exports.editing import clean
from geomap.linking.events import events_of
from geomap.maps.texts import safe_url
from geomap.models import Area, Incident, Movement, Status
from geomap.schema import DEGREE_DIGITS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

    from geomap.exports.claims import Claim
    from geomap.models import Event, Interval, Place, PlaceRef, Reading, Report

    Item = Movement | Area | Incident
    Json = dict[str, Any]

__all__ = ["write"]

_TO_COME = frozenset([Status.PLANNED, Status.ORDERED])
_BACKED = {"actor": "Forces", "kind": "Kind", "status": "Status", "grade": "Grade"}
"""The filters of an event, and the branch of TimeMap's tree that each stands in."""


def write(readings: Sequence[Reading], path: Path, *, keep_text: bool) -> None:  # noqa: ARG001
    """Write the domain of a TimeMap."""
    claims = {claim.item.id: claim for claim in claims_of(readings)}
    events = [*_events(readings, claims)]
    met = dict.fromkeys(one for event in events for one in event.pop("met"))
    domain = {
        "events": events,
        "associations": [_association(branch, title) for branch, title in met],
        "sources": {reading.report.id: _source(reading.report) for reading in readings},
        "sites": [],
        "regions": [*_regions(readings)],
        "shapes": [],
    }
    path.write_text(json.dumps(domain, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="")


def _events(readings: Sequence[Reading], claims: dict[str, Claim]) -> Iterator[Json]:
    for event in events_of(readings):
        yield _event(event.lead, [claims[telling.id] for telling in event.tellings])
    for reading in readings:
        items: list[Item] = [*reading.areas, *reading.incidents]
        yield from (_event(item, [claims[item.id]]) for item in items)


def _event(item: Item, tellings: Sequence[Claim]) -> Json:
    facts = next(claim.facts for claim in tellings if claim.item.id == item.id)
    spot = _spot(item)
    met = [("", _layer(item)), *(_filters(item))]
    return {
        "id": clean(item.id),
        "description": clean("\n\n".join([says(item), *(_quoted(claim) for claim in tellings)])),
        "date": _day(item.date.start) if item.date else "",
        "time": "",
        "time_precision": _precision(item.date),
        "time_display": item.date.iso().replace("/", " to ") if item.date else "not dated",
        "location": clean(_location(item)),
        "latitude": f"{spot.lat:.{DEGREE_DIGITS}f}" if spot else "",
        "longitude": f"{spot.lon:.{DEGREE_DIGITS}f}" if spot else "",
        "associations": [_key(branch, title) for branch, title in met],
        "sources": list(dict.fromkeys(claim.report.id for claim in tellings)),
        "comments": clean("\n".join(_comments(facts))),
        "met": met,
    }


def _quoted(claim: Claim) -> str:
    said_by = claim.facts.get("said by")
    source = claim.facts.get("publisher") or claim.report.id
    return f"“{claim.provenance.quote}” ({f'{said_by}, in {source}' if said_by else source})"


def _comments(facts: Any) -> Iterator[str]:
    for name in ("line", "shape", "dated by", "grade", "by hand", "told differently", "open", "note"):
        if name in facts:
            yield f"{name[0].upper()}{name[1:]}: {facts[name]}"


def _layer(item: Item) -> str:
    return "Movements" if isinstance(item, Movement) else "Areas" if isinstance(item, Area) else "Incidents"


def _filters(item: Item) -> Iterator[tuple[str, str]]:
    values = {
        "actor": item.actor or "not named",
        "kind": item.kind.value.replace("_", " "),
        "status": "" if isinstance(item, Incident) else item.status.value,
        "grade": item.provenance.grade,
    }
    # a slash parts the branches of TimeMap's tree
    yield from ((_BACKED[name], clean(value).replace("/", "∕")) for name, value in values.items() if value)


def _key(branch: str, title: str) -> str:
    return f"{branch}/{title}" if branch else title


def _association(branch: str, title: str) -> Json:
    """Return a category, which has its own lane on the timeline, or a filter."""
    return {
        "id": _key(branch, title),
        "title": title,
        "desc": "",
        "mode": "FILTER" if branch else "CATEGORY",
        "filter_paths": [branch, title] if branch else ["Claims", title],
    }


def _source(report: Report) -> Json:
    return {
        "id": report.id,
        "title": clean(report.title or names(report)),
        "type": "Text",
        "paths": [],
        "url": safe_url(report.url) or "",
        "author": clean(report.author or ""),
        "date": _day(report.published) if report.published else "",
        "description": clean(report.source or ""),
    }


def _day(day: date) -> str:
    return f"{day.month:02}/{day.day:02}/{day.year:04}"


def _precision(days: Interval | None) -> str:
    if days is None:
        return ""
    return "day" if days.days == 1 else f"{days.days} days"


def _spot(item: Item) -> Place | None:
    """Return where a claim may be shown as a dot: never in the middle of a country or of an area."""
    if isinstance(item, Area):
        return None
    refs = item.places if isinstance(item, Incident) else (*item.destination, *item.origin)
    return next((ref.place for ref in refs if ref.place and not ref.place.is_spread), None)


def _location(item: Item) -> str:
    if isinstance(item, Incident):
        return _names(item.places)
    if isinstance(item, Area):
        return item.text
    ends = (("from", item.origin), ("by way of", item.via), ("to", item.destination))
    return " ".join(f"{word} {_names(refs)}" for word, refs in ends if refs)


def _names(refs: Iterable[PlaceRef]) -> str:
    return ", ".join(ref.place.name if ref.place else ref.text for ref in refs)


def _regions(readings: Sequence[Reading]) -> Iterator[Json]:
    for event in events_of(readings):
        yield from _routes(event)
    for reading in readings:
        for area in reading.areas:
            if area.shape and area.status is not Status.DENIED:
                told = ", planned" if area.status in _TO_COME else ""
                yield from _lines(f"area{told}", area.shape.geometry)
                yield from _lines(f"area{told}, possible", area.shape.possible)


def _routes(event: Event) -> Iterator[Json]:
    move = event.lead
    if move.route and move.status is not Status.DENIED:
        told = ", planned" if move.status in _TO_COME else ""
        for leg in move.route.legs:
            yield from _lines(f"line, {leg.how.value}{told}", leg.geometry)


def _lines(name: str, geometry: BaseGeometry | None) -> Iterator[Json]:
    """Yield the lines of a geometry, or the rings of its polygons, as TimeMap has them: latitude before longitude."""
    import shapely

    for part in shapely.get_parts(geometry) if geometry is not None else ():
        rings = [part.exterior, *part.interiors] if part.geom_type == "Polygon" else [part]
        for ring in rings:
            if not ring.is_empty:
                yield {
                    "name": name,
                    "items": [f"{lat:.{DEGREE_DIGITS}f},{lon:.{DEGREE_DIGITS}f}" for lon, lat, *_ in ring.coords],
                }
