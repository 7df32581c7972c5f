"""The records as JSON: what ``geomap extract``, ``find``, ``route`` and ``area`` print for other programs.

The field names are a contract with those programs; fields are only ever added. The same records give the same
bytes: keys keep the order below, coordinates are rounded to a tenth of a metre and lengths to the metre.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from geomap.features import issues_of, route_line
from geomap.schema import DEGREE_DIGITS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from shapely.geometry.base import BaseGeometry

    from geomap.models import (
        Area,
        Candidate,
        Crossing,
        Incident,
        Issue,
        Leg,
        Mention,
        Movement,
        Passing,
        Place,
        PlaceRef,
        Provenance,
        Range,
        Reading,
        Resolution,
        Route,
        Shape,
    )

__all__ = [
    "Json",
    "dumps",
    "geometry_record",
    "issue_record",
    "reading_record",
    "resolution_record",
    "route_record",
    "shape_features",
    "shape_record",
]

Json = dict[str, Any]


def dumps(record: Json) -> str:
    """Return a record as one line of JSON, in UTF-8 characters rather than escapes."""
    return json.dumps(record, ensure_ascii=False, allow_nan=False, separators=(", ", ": "))


def reading_record(reading: Reading, *, keep_text: bool = False) -> Json:
    """Return all that was read from one report.

    Parameters
    ----------
    reading
        The report with its mentions, movements, areas, incidents and issues.
    keep_text
        Whether to add the report's text, which every ``start`` and ``end`` counts in.
    """
    report = reading.report
    return {
        "id": report.id,
        "source": report.source,
        "title": report.title,
        "url": report.url,
        "published": report.published.isoformat() if report.published else None,
        "published_at": report.published_at.isoformat() if report.published_at else None,
        "author": report.author,
        "lang": report.lang,
        **({"text": report.text} if keep_text else {}),
        "toponyms": [_toponym(mention) for mention in reading.mentions],
        "movements": [_movement(movement) for movement in reading.movements],
        "areas": [_area(area) for area in reading.areas],
        "incidents": [_incident(incident) for incident in reading.incidents],
        "issues": [issue_record(issue) for issue in issues_of(reading)],
    }


def resolution_record(resolution: Resolution) -> Json:
    """Return the gazetteer's answer to one name, the best candidate first."""
    return {
        "query": resolution.query,
        "status": resolution.status.value,
        "reason": resolution.reason,
        "candidates": [_candidate(candidate) for candidate in resolution.candidates],
    }


def route_record(
    route: Route,
    origin: PlaceRef,
    destination: PlaceRef,
    via: Iterable[PlaceRef] = (),
    *,
    places: Iterable[Passing] = (),
    speed_kmh: float | None = None,
) -> Json:
    """Return a route with the stops it was asked for and the places it passes; lengths and `snap_m` in metres."""
    return {
        "from": _place(origin),
        "to": _place(destination),
        "via": [_place(stop) for stop in via],
        "length_m": round(route.length_m),
        "mode": route.mode.value,
        "legs": _legs(route),
        "crossings": [_crossing(crossing) for crossing in route.crossings],
        "places": [_passing(found) for found in places],
        "speed_kmh": speed_kmh,
        "duration_s": round(route.duration_s(speed_kmh)) if speed_kmh and route.legs else None,
        "snap_m": [round(metres) for metres in route.snap_m],
        "issues": [issue_record(issue) for issue in route.issues],
        "geometry": _route_geometry(route),
    }


def shape_record(shape: Shape, *, kind: str, depth: Range | None = None) -> Json:
    """Return an area's shape; `kind` and the asked `depth` in metres are those of its plan."""
    return {
        "kind": kind,
        "depth_m": _low(depth),
        "depth_max_m": _high(depth),
        "length_m": _whole(shape.length_m),
        "area_m2": _whole(shape.area_m2),
        "built_from": shape.built_from,
        "published_limits": shape.published_limits,
        "issues": [issue_record(issue) for issue in shape.issues],
        "geometry": geometry_record(shape.geometry),
        "possible": geometry_record(shape.possible),
        "possible_area_m2": _area_of(shape.possible),
    }


def _area_of(area: BaseGeometry | None) -> int | None:
    if area is None or "Polygon" not in area.geom_type:
        return None
    from geomap.geometry.geodesy import area_m2

    return round(area_m2(area))


def shape_features(record: Json) -> Json:
    """Return the record of a shape as GeoJSON: a feature, or with a possible part a collection of the two.

    In a collection the property `part` says which is "sure" and which is "possible", the latter the former included.
    """
    told = {key: value for key, value in record.items() if key not in {"geometry", "possible"}}
    parts = {"sure": record["geometry"], "possible": record["possible"]}
    if parts["possible"] is None:
        return {"type": "Feature", "geometry": parts["sure"], "properties": told}
    features = [
        {"type": "Feature", "geometry": geometry, "properties": {"part": part, **told}}
        for part, geometry in parts.items()
        if geometry is not None
    ]
    return {"type": "FeatureCollection", "features": features}


def issue_record(issue: Issue) -> Json:
    """Return an issue; its offsets are null where it concerns no words in particular."""
    return {"stage": issue.stage, "message": issue.message, "start": issue.start, "end": issue.end}


def geometry_record(geometry: BaseGeometry | None) -> Json | None:
    """Return an RFC 7946 geometry in EPSG:4326: lon, lat, outer rings anticlockwise; None for no geometry."""
    if geometry is None or geometry.is_empty:
        return None
    import shapely

    mapping: Json = shapely.geometry.mapping(shapely.orient_polygons(geometry))
    return _rounded(mapping)


def _rounded(geometry: Json) -> Json:
    if "geometries" in geometry:
        return {"type": geometry["type"], "geometries": [_rounded(part) for part in geometry["geometries"]]}
    return {"type": geometry["type"], "coordinates": _rounded_positions(geometry["coordinates"])}


def _rounded_positions(coordinates: Any) -> Any:
    if isinstance(coordinates, float | int):
        return round(float(coordinates), DEGREE_DIGITS)
    return [_rounded_positions(part) for part in coordinates]


def _route_geometry(route: Route | None) -> Json | None:
    if route is None or not route.legs:
        return None
    return geometry_record(route_line(route))


def _toponym(mention: Mention) -> Json:
    place = mention.place
    return {
        "start": mention.start,
        "end": mention.end,
        "text": mention.text,
        **_where(place),
        "confidence": _share(mention.confidence),
        "role": mention.role.value,
        "status": mention.resolution.status.value if mention.resolution else None,
        "reason": mention.resolution.reason if mention.resolution else None,
    }


def _movement(movement: Movement) -> Json:
    route = movement.route
    return {
        "id": movement.id,
        "start": movement.provenance.start,
        "end": movement.provenance.end,
        "trigger": movement.trigger,
        "actor": movement.actor,
        "actor_text": movement.actor_text,
        "co_actors": list(movement.co_actors),
        "backed_by": list(movement.backed_by),
        "origin": [_place(ref) for ref in movement.origin],
        "destination": [_place(ref) for ref in movement.destination],
        "via": [_place(ref) for ref in movement.via],
        "date": movement.date.iso() if movement.date else None,
        "date_text": movement.date_text,
        "status": movement.status.value,
        "kind": movement.kind.value,
        "mode": movement.mode.value,
        "vehicles": movement.vehicles,
        "vehicles_text": movement.vehicles_text,
        "troops": movement.troops,
        "equipment": list(movement.equipment),
        "troops_text": movement.troops_text,
        **_claim(movement.provenance),
        "confidence": _share(movement.confidence),
        "background": movement.background,
        "event": movement.event,
        "note": movement.note,
        "length_m": round(route.length_m) if route and route.legs else None,
        "legs": _legs(route),
        "crossings": [_crossing(crossing) for crossing in route.crossings] if route else [],
        "geometry": _route_geometry(route),
    }


def _area(area: Area) -> Json:
    shape = area.shape
    return {
        "id": area.id,
        "start": area.provenance.start,
        "end": area.provenance.end,
        "text": area.text,
        "kind": area.kind.value,
        "status": area.status.value,
        "actor": area.actor,
        "date": area.date.iso() if area.date else None,
        "date_text": area.date_text,
        "depth_m": _low(area.plan.depth_m),
        "depth_max_m": _high(area.plan.depth_m),
        "length_m": _low(area.plan.length_m),
        "length_max_m": _high(area.plan.length_m),
        "area_m2": _whole(shape.area_m2) if shape else None,
        "built_from": shape.built_from if shape else None,
        "published_limits": shape.published_limits if shape else False,
        **_claim(area.provenance),
        "note": area.note,
        "geometry": geometry_record(shape.geometry) if shape else None,
        "possible": geometry_record(shape.possible) if shape else None,
    }


def _incident(incident: Incident) -> Json:
    return {
        "id": incident.id,
        "start": incident.provenance.start,
        "end": incident.provenance.end,
        "kind": incident.kind.value,
        "trigger": incident.trigger,
        "actor": incident.actor,
        "places": [_place(ref) for ref in incident.places],
        "date": incident.date.iso() if incident.date else None,
        "date_text": incident.date_text,
        **_claim(incident.provenance),
        "note": incident.note,
    }


def _claim(provenance: Provenance) -> Json:
    claim: Json = {
        "attributed_to": provenance.attributed_to,
        "speaker": provenance.speaker.value if provenance.speaker else None,
        "grade": provenance.grade,
        "quote": provenance.quote,
    }
    if provenance.read_by:
        claim["read_by"] = provenance.read_by
    return claim | {"by_hand": list(provenance.by_hand)} if provenance.by_hand else claim


def _where(place: Place | None) -> Json:
    """Return what a record says of the place that a name or a phrase means; nulls where none is known."""
    return {
        "lat": _degrees(place.lat) if place else None,
        "lon": _degrees(place.lon) if place else None,
        "place": place.id if place else None,
        "name": place.name if place else None,
        "country": place.country if place else None,
        "feature": place.feature if place else None,
        "precision_m": round(place.precision_m) if place else None,
    }


def _place(ref: PlaceRef) -> Json:
    place = ref.place
    return {
        "text": ref.text,
        **_where(place),
        "reason": ref.reason,
        "alternatives": [_candidate(candidate) for candidate in ref.alternatives],
        **_own_geometry(place),
    }


def _candidate(candidate: Candidate) -> Json:
    place = candidate.place
    return {
        "place": place.id,
        "name": place.name,
        "lat": _degrees(place.lat),
        "lon": _degrees(place.lon),
        "country": place.country,
        "admin1": place.admin1,
        "feature": place.feature,
        "precision_m": round(place.precision_m),
        "score": _share(candidate.score),
        "reason": candidate.reason,
        **_own_geometry(place),
    }


def _own_geometry(place: Place | None) -> Json:
    """Return the area of a place told by others, which holds it; other places are a point with a precision."""
    return {"geometry": geometry_record(place.geometry)} if place and place.geometry is not None else {}


def _legs(route: Route | None) -> list[Json]:
    legs = route.legs if route else ()
    return [{"how": leg.how.value, "length_m": round(leg.length_m), "by": leg.by, **_owed(leg)} for leg in legs]


def _owed(leg: Leg) -> Json:
    """Return the notice that the data of a leg ask for, where it is not those that are shipped."""
    return {"notice": leg.notice} if leg.notice else {}


def _crossing(crossing: Crossing) -> Json:
    return {
        "name": crossing.name,
        "between": list(crossing.between),
        "lat": _degrees(crossing.lat),
        "lon": _degrees(crossing.lon),
        "at_m": round(crossing.at_m),
        "note": crossing.note,
    }


def _passing(found: Passing) -> Json:
    return {
        **_where(found.place),
        "at_m": round(found.at_m),
        "off_m": round(found.off_m),
    }


def _degrees(value: float) -> float:
    return round(float(value), DEGREE_DIGITS)


def _share(value: float) -> float:
    return round(float(value), 3)


def _whole(metres: float | None) -> int | None:
    return None if metres is None else round(metres)


def _low(measure: Range | None) -> int | None:
    return None if measure is None else round(measure.low)


def _high(measure: Range | None) -> int | None:
    return None if measure is None else round(measure.high)
