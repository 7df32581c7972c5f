"""Readings as GeoDataFrames: five layers, one schema, EPSG:4326.

The columns of movements that a person may want to correct are named as in a prepared table (``from``, ``to``,
``actor``, ``date``), so that what was written from here can be edited and read again as input.
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from geomap.schema import CRS, SCHEMA, Layer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from geopandas import GeoDataFrame
    from shapely.geometry import LineString, MultiLineString, MultiPoint, Point

    from geomap.models import (
        Area,
        Incident,
        Interval,
        Issue,
        Mention,
        Movement,
        PlaceRef,
        Provenance,
        Range,
        Reading,
        Route,
    )

    Value = object
    Row = dict[str, Value]

__all__ = [
    "areas",
    "frame",
    "incidents",
    "issues",
    "issues_of",
    "movements",
    "places",
    "route_line",
]

_SAME_POINT_DEG = 1e-7
"""Ends of two legs nearer than this (a centimetre) are one point."""


def movements(readings: Iterable[Reading]) -> GeoDataFrame:
    """Return one row per movement, its route as (Multi)LineString in EPSG:4326, or no geometry."""
    return frame(Layer.MOVEMENTS, readings)


def areas(readings: Iterable[Reading]) -> GeoDataFrame:
    """Return one row per area: what surely belongs to it in EPSG:4326, or no geometry where nothing does."""
    return frame(Layer.AREAS, readings)


def incidents(readings: Iterable[Reading]) -> GeoDataFrame:
    """Return one row per incident, its places as Point or MultiPoint in EPSG:4326."""
    return frame(Layer.INCIDENTS, readings)


def places(readings: Iterable[Reading]) -> GeoDataFrame:
    """Return one row per place name in the reports, as Point in EPSG:4326; unresolved ones have none."""
    return frame(Layer.PLACES, readings)


def issues(readings: Iterable[Reading]) -> GeoDataFrame:
    """Return one row per issue; none has a geometry."""
    return frame(Layer.ISSUES, readings)


def frame(layer: Layer, readings: Iterable[Reading]) -> GeoDataFrame:
    """Return one layer of the readings, in EPSG:4326, with all columns of `SCHEMA` even when empty."""
    import geopandas
    import pandas as pd

    rows = [row for reading in readings for row in _ROWS[layer](reading)]
    table = pd.DataFrame(
        {column.name: pd.Series([row[column.name] for row in rows], dtype=column.dtype) for column in SCHEMA[layer]}
    )
    return geopandas.GeoDataFrame(table, geometry=[row["geometry"] for row in rows], crs=CRS)


def issues_of(reading: Reading) -> tuple[Issue, ...]:
    """Return the issues of a reading and of the lines and shapes made from it, each once, with its report's id."""
    found = [*reading.issues]
    for movement in reading.movements:
        found += movement.route.issues if movement.route else ()
    for area in reading.areas:
        found += area.shape.issues if area.shape else ()
    return tuple(dict.fromkeys(replace(issue, report_id=issue.report_id or reading.report.id) for issue in found))


def route_line(route: Route | None) -> LineString | MultiLineString | None:
    """Return the legs of a route as one line in their direction, in parts only where they do not meet."""
    from shapely.geometry import LineString, MultiLineString

    parts: list[list[tuple[float, ...]]] = []
    for leg in route.legs if route else ():
        points = list(leg.geometry.coords)
        if parts and math.dist(parts[-1][-1], points[0]) < _SAME_POINT_DEG:
            parts[-1] += points[1:]
        else:
            parts.append(points)
    if not parts:
        return None
    return LineString(parts[0]) if len(parts) == 1 else MultiLineString(parts)


def _movement_rows(reading: Reading) -> Iterator[Row]:
    for movement in reading.movements:
        route = movement.route
        yield {
            "id": movement.id,
            "report_id": movement.provenance.report_id,
            "actor": movement.actor,
            "actor_text": movement.actor_text,
            "co_actors": _listed(movement.co_actors),
            "backed_by": _listed(movement.backed_by),
            "kind": movement.kind.value,
            "status": movement.status.value,
            "mode": movement.mode.value,
            "from": _names(movement.origin),
            "to": _names(movement.destination),
            "via": _names(movement.via),
            **_when(movement),
            "vehicles": movement.vehicles,
            "vehicles_text": movement.vehicles_text,
            "troops": movement.troops,
            "troops_text": movement.troops_text,
            "equipment": _listed(movement.equipment),
            **_end("from", movement.origin),
            **_end("to", movement.destination),
            "length_m": route.length_m if route and route.legs else None,
            "how": _listed(dict.fromkeys(leg.how.value for leg in route.legs)) if route else None,
            "crossings": _listed(crossing.name for crossing in route.crossings) if route else None,
            "trigger": movement.trigger,
            "confidence": movement.confidence,
            "background": movement.background,
            "event": movement.event,
            **_where_from(movement, reading, route.issues if route else ()),
            "geometry": route_line(route),
        }


def _area_rows(reading: Reading) -> Iterator[Row]:
    for area in reading.areas:
        shape = area.shape
        yield {
            "id": area.id,
            "report_id": area.provenance.report_id,
            "actor": area.actor,
            "kind": area.kind.value,
            "status": area.status.value,
            "words": area.text,
            **_when(area),
            **_bounds("depth", area.plan.depth_m),
            **_bounds("length", area.plan.length_m),
            "area_m2": shape.area_m2 if shape else None,
            "built_from": shape.built_from if shape else None,
            "published_limits": shape.published_limits if shape else False,
            **_where_from(area, reading, shape.issues if shape else ()),
            "geometry": shape.geometry if shape and not shape.geometry.is_empty else None,
        }


def _incident_rows(reading: Reading) -> Iterator[Row]:
    for incident in reading.incidents:
        yield {
            "id": incident.id,
            "report_id": incident.provenance.report_id,
            "actor": incident.actor,
            "kind": incident.kind.value,
            "trigger": incident.trigger,
            "places": _names(incident.places),
            "places_text": _listed(ref.text for ref in incident.places),
            "precision_m": max((ref.place.precision_m for ref in incident.places if ref.place), default=None),
            **_when(incident),
            **_where_from(incident, reading),
            "geometry": _points(incident.places),
        }


def _place_rows(reading: Reading) -> Iterator[Row]:
    for mention in reading.mentions:
        place, resolution = mention.place, mention.resolution
        yield {
            "report_id": reading.report.id,
            "start": mention.start,
            "end": mention.end,
            "words": mention.text,
            "role": mention.role.value,
            "place": place.id if place else None,
            "name": place.name if place else None,
            "local_name": place.local_name if place else None,
            "country": place.country if place else None,
            "admin1": place.admin1 if place else None,
            "feature": place.feature if place else None,
            "precision_m": place.precision_m if place else None,
            "certainty": resolution.status.value if resolution else None,
            "confidence": mention.confidence,
            "reason": resolution.reason if resolution else None,
            "geometry": _points([mention]),
        }


def _issue_rows(reading: Reading) -> Iterator[Row]:
    for issue in issues_of(reading):
        yield {
            "report_id": issue.report_id,
            "stage": issue.stage,
            "message": issue.message,
            "start": issue.start,
            "end": issue.end,
            "geometry": None,
        }


_ROWS: Mapping[Layer, Callable[[Reading], Iterator[Row]]] = {
    Layer.MOVEMENTS: _movement_rows,
    Layer.AREAS: _area_rows,
    Layer.INCIDENTS: _incident_rows,
    Layer.PLACES: _place_rows,
    Layer.ISSUES: _issue_rows,
}


def _when(record: Movement | Area | Incident) -> Row:
    days: Interval | None = record.date
    return {
        "date": days.start if days else None,
        "date_end": days.end if days else None,
        "date_text": record.date_text,
    }


def _where_from(record: Movement | Area | Incident, reading: Reading, own: Sequence[Issue] = ()) -> Row:
    provenance = record.provenance
    met = dict.fromkeys([*(issue for issue in reading.issues if _concerns(issue, provenance)), *own])
    return {
        "quote": provenance.quote,
        "attributed_to": provenance.attributed_to,
        "speaker": provenance.speaker.value if provenance.speaker else None,
        "source": provenance.source,
        "title": provenance.title,
        "url": provenance.url,
        "published": provenance.published,
        "grade": provenance.grade,
        "note": record.note,
        "issues": _listed(issue.message for issue in met),
    }


def _concerns(issue: Issue, provenance: Provenance) -> bool:
    if issue.start is None or issue.end is None:
        return False
    return issue.start < provenance.end and provenance.start < issue.end


def _end(end: str, refs: Sequence[PlaceRef]) -> Row:
    place = next((ref.place for ref in refs if ref.place), None)
    return {
        f"{end}_text": _listed(ref.text for ref in refs),
        f"{end}_place": place.id if place else None,
        f"{end}_lon": place.lon if place else None,
        f"{end}_lat": place.lat if place else None,
        f"{end}_precision_m": place.precision_m if place else None,
    }


def _bounds(name: str, measure: Range | None) -> Row:
    return {f"{name}_m": measure.low if measure else None, f"{name}_max_m": measure.high if measure else None}


def _names(refs: Iterable[PlaceRef]) -> str | None:
    return _listed(ref.place.name if ref.place else ref.text for ref in refs)


def _listed(parts: Iterable[str]) -> str | None:
    return "; ".join(part.replace(";", ",") for part in parts) or None


def _points(found: Iterable[PlaceRef | Mention]) -> Point | MultiPoint | None:
    from shapely.geometry import MultiPoint, Point

    spots = [(item.place.lon, item.place.lat) for item in found if item.place]
    if not spots:
        return None
    return Point(spots[0]) if len(spots) == 1 else MultiPoint(spots)
