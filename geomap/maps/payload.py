"""Records -> the JSON the page reads.

Lines and rings are arrays of vertices, lon and lat in degrees, for `geomap.maps.packing` to pack.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast
from urllib.parse import urlsplit

import shapely

from geomap.maps import style
from geomap.maps.lines import chains, stubs, why_no_spot, why_not_drawn
from geomap.maps.regions import known_only_as, main_part, regions

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    import numpy as np
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from geomap.maps.regions import Region
    from geomap.models import (
        Area,
        Crossing,
        Difference,
        Event,
        Incident,
        Interval,
        Issue,
        Movement,
        Place,
        PlaceRef,
        Provenance,
        Report,
        Route,
    )

    Line = NDArray[np.float64]

__all__ = ["Bounds", "Story", "safe_url"]

Bounds = tuple[float, float, float, float]
Json = dict[str, object]


@dataclass(slots=True)
class Story:
    """Everything a map was given, in the order it was given."""

    reports: list[Report] = field(default_factory=list)
    movements: list[Movement] = field(default_factory=list)
    areas: list[Area] = field(default_factory=list)
    incidents: list[Incident] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    colours: dict[str, str] = field(default_factory=dict)
    events: dict[str, Event] = field(default_factory=dict)
    """By the id of the movement that is drawn of it; what is not here was told once."""

    def actors(self) -> tuple[style.Actor, ...]:
        """Return the actors of all items in order of first appearance."""
        items: Sequence[Movement | Area | Incident] = [*self.movements, *self.areas, *self.incidents]
        return style.actors((item.actor for item in items if item.actor), colours=self.colours)

    def bounds(self) -> Bounds | None:
        """Return west, south, east, north of what is drawn, in degrees; None where nothing is.

        Countries and other areas named only as an end count where there is nothing else: beside lines and spots
        they would hide the story in a continent.
        """
        boxes = [tuple(shape.bounds) for shape in self._geometries() if not shape.is_empty]
        boxes += [(place.lon, place.lat, place.lon, place.lat) for place in self._spots()]
        boxes = boxes or self._region_boxes()
        if not boxes:
            return None
        west, south, east, north = zip(*boxes, strict=True)
        return min(west), min(south), max(east), max(north)

    def _geometries(self) -> Iterable[BaseGeometry]:
        for movement in self.movements:
            yield from (leg.geometry for chain in chains(movement.route) for leg in chain)
        for area in self.areas:
            if area.shape:
                yield area.shape.geometry

    def _spots(self) -> Iterable[Place]:
        refs = [ref for m in self.movements for ref in (*m.origin, *m.via, *m.destination)]
        refs += [ref for incident in self.incidents for ref in incident.places]
        yield from (ref.place for ref in refs if ref.place and not ref.place.is_spread)
        yield from (place for place in self.places if not place.is_spread)

    def _region_boxes(self) -> list[Bounds]:
        """Return the boxes of the regions that are all that is known, or of the countries where there are none."""
        places = known_only_as(self.movements, self.incidents)
        near = [place for place in places if not place.is_country]
        for group in (near, places):
            found = [part.bounds for part in map(main_part, group) if part is not None]
            if found:
                return found
        return []

    def payload(self, *, title: str, base: Json, about: Json) -> Json:
        """Return the page's whole data as JSON-ready values.

        Parameters
        ----------
        title
            Headline of the page.
        base
            The basemap as `geomap.maps.basemap.clip` gives it.
        about
            Scope, method and licences for the About panel.
        """
        actors = self.actors()
        number = {actor.name: index for index, actor in enumerate(actors)}
        box = self.bounds()
        ground = cast("Bounds", base.get("bounds", (-180.0, -85.0, 180.0, 85.0)))
        return {
            "title": title,
            "view": [round(value, 4) for value in box] if box else None,
            "actors": [{"name": a.name, "tag": a.tag, "light": a.light, "dark": a.dark} for a in actors],
            "reports": [_report(report) for report in self.reports],
            "movements": [_movement(item, number, self.events.get(item.id)) for item in self.movements],
            "areas": [_area(item, number) for item in self.areas],
            "incidents": [_incident(item, number) for item in self.incidents],
            "places": [_place(place) for place in self.places],
            "regions": {
                region.place.id: _region(region)
                for region in regions(known_only_as(self.movements, self.incidents), ground)
            },
            "issues": [_issue(issue) for issue in self._all_issues()],
            "about": about,
            "base": base,
        }

    def _all_issues(self) -> tuple[Issue, ...]:
        """Return what was met, once each; an item without a line says itself why it has none."""
        routes = [movement.route for movement in self.movements if movement.route]
        own = [issue for route in routes if chains(route) for issue in route.issues]
        own += [issue for area in self.areas if area.shape for issue in area.shape.issues]
        said = {issue for route in routes if not chains(route) for issue in route.issues}
        return tuple(issue for issue in dict.fromkeys([*self.issues, *own]) if issue not in said)


def safe_url(url: str | None) -> str | None:
    """Return the URL if it is http or https with a host, else None."""
    if not url:
        return None
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return None
    return url.strip() if parts.scheme.lower() in {"http", "https"} and parts.netloc else None


def _clean(values: Mapping[str, object]) -> Json:
    """Drop what is empty, so that the file stays small; zeros and False are kept."""
    return {key: value for key, value in values.items() if value is not None and value not in ("", [], {})}


def _report(report: Report) -> Json:
    return _clean(
        {
            "id": report.id,
            "title": report.title,
            "source": report.source,
            "author": report.author,
            "url": safe_url(report.url),
            "published": _day(report.published),
        }
    )


def _item(item: Movement | Area | Incident, number: Mapping[str, int]) -> Json:
    """Return what movements, areas and incidents have in common."""
    return {
        "id": item.id,
        "actor": number.get(item.actor) if item.actor else None,
        "kind": item.kind.value,
        "when": _when(item.date),
        "whenText": item.date_text,
        "note": item.note,
        "source": _source(item.provenance),
    }


def _movement(movement: Movement, number: Mapping[str, int], event: Event | None) -> Json:
    return _clean(
        _item(movement, number)
        | {
            "sentence": style.movement_sentence(movement),
            "label": _label(movement),
            "status": movement.status.value,
            "mode": movement.mode.value,
            "confidence": round(movement.confidence, 2),
            "background": movement.background or None,
            "from": [_ref(ref) for ref in movement.origin],
            "via": [_ref(ref) for ref in movement.via],
            "to": [_ref(ref) for ref in movement.destination],
            "route": _route(movement.route),
            "spots": [[round(place.lon, 4), round(place.lat, 4)] for place in stubs(movement)],
            "arrives": bool(movement.destination) or None,
            "notDrawn": None if chains(movement.route) else why_not_drawn(movement),
            "tellings": _tellings(event) if event else None,
            "differ": [_difference(one, event) for one in event.differences] if event else None,
        }
    )


def _tellings(event: Event) -> list[Json]:
    """Return how each report tells of the event, by day of publication; nothing where only one does."""
    if len(event.tellings) == 1:
        return []
    return [
        _clean(
            {"status": m.status.value, "when": _when(m.date), "whenText": m.date_text, "source": _source(m.provenance)}
        )
        for m in event.tellings
    ]


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


def _route(route: Route | None) -> Json | None:
    lines = chains(route)
    if route is None or not lines:
        return None
    return _clean(
        {
            "length": round(sum(leg.length_m for chain in lines for leg in chain)),
            "mode": route.mode.value,
            "legs": [
                _clean({"how": leg.how.value, "m": round(leg.length_m), "by": leg.by, "chain": n})
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
    return _clean(
        {
            "name": crossing.name,
            "between": list(crossing.between),
            "x": round(crossing.lon, 4),
            "y": round(crossing.lat, 4),
            "at": round(crossing.at_m),
            "note": crossing.note,
        }
    )


def _area(area: Area, number: Mapping[str, int]) -> Json:
    shape = area.shape
    values: Json = {
        "sentence": style.area_sentence(area),
        "label": style.area_label(area),
        "status": area.status.value,
        "about": [_ref(ref) for ref in (*area.plan.ends, *area.plan.around)],
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
            "builtFrom": shape.built_from,
            "published": (shape.published_limits and not unsure) or None,
            "length": round(shape.length_m) if shape.length_m else None,
            "area": round(shape.area_m2) if shape.area_m2 else None,
        }
    return _clean(_item(area, number) | values)


def _region(region: Region) -> Json:
    place = region.place
    rings = _rings(region.geometry)
    return _clean({"name": place.name, "country": place.is_country, "cut": region.cut or None, "rings": rings})


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


def _incident(incident: Incident, number: Mapping[str, int]) -> Json:
    return _clean(
        _item(incident, number)
        | {
            "sentence": style.incident_sentence(incident),
            "label": ", ".join(style.place_words(ref) for ref in incident.places) or incident.trigger,
            "places": [_ref(ref) for ref in incident.places],
            "notDrawn": why_no_spot(incident),
        }
    )


def _ref(ref: PlaceRef) -> Json:
    others = [
        _clean(
            {
                "name": other.place.name,
                "unit": other.place.admin1,
                "country": other.place.country,
                "score": round(other.score, 2),
                "why": other.reason,
            }
        )
        for other in ref.alternatives[:4]
    ]
    place = _place(ref.place) if ref.place else None
    return _clean({"text": ref.text, "place": place, "how": ref.reason, "others": others})


def _place(place: Place) -> Json:
    extent = "country" if place.is_country else "area" if place.is_spread else None
    return _clean(
        {
            "id": place.id,
            "name": place.name,
            "local": place.local_name if place.local_name != place.name else None,
            "x": round(place.lon, 4),
            "y": round(place.lat, 4),
            "unit": place.admin1,
            "country": place.country,
            "feature": place.feature,
            "extent": extent,
            "precision": round(place.precision_m) if math.isfinite(place.precision_m) else None,
            "note": place.note,
        }
    )


def _source(claim: Provenance) -> Json:
    return _clean(
        {
            "report": claim.report_id,
            "publisher": claim.source,
            "title": claim.title,
            "url": safe_url(claim.url),
            "published": _day(claim.published),
            "quote": claim.quote,
            "marks": [list(mark) for mark in claim.marks],
            "by": claim.attributed_to,
            "readBy": claim.read_by,
            "grade": style.grade_words(claim.grade),
        }
    )


def _issue(issue: Issue) -> Json:
    return _clean({"stage": issue.stage, "message": issue.message, "report": issue.report_id})


def _when(interval: Interval | None) -> list[str] | None:
    return [interval.start.isoformat(), interval.end.isoformat()] if interval else None


def _day(value: date | None) -> str | None:
    return value.isoformat() if value else None
