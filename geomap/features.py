"""Readings as GeoDataFrames: six layers, one schema, EPSG:4326.

The columns of movements that a person may want to correct are named as in a prepared table (``from``, ``to``,
``actor``, ``date``), so that what was written from here can be edited and read again as input.
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from geomap.schema import CRS, DEGREE_DIGITS, SCHEMA, Layer
from geomap.tables.details import ONE_REF, SEVERAL_REFS, plan_text, route_text
from geomap.tables.marks import all_identities, as_read, identities

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from geopandas import GeoDataFrame
    from pandas import Series
    from shapely.geometry import LineString, MultiLineString, MultiPoint, Point
    from shapely.geometry.base import BaseGeometry

    from geomap.models import (
        Area,
        AreaPlan,
        Incident,
        Interval,
        Issue,
        Mention,
        Movement,
        Place,
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
    "sources",
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


def sources(readings: Iterable[Reading], *, keep_text: bool = False) -> GeoDataFrame:
    """Return one row per report, its text only where it is asked for; none has a geometry."""
    return frame(Layer.SOURCES, readings, keep_text=keep_text)


def issues(readings: Iterable[Reading], *, loading: Iterable[Issue] = ()) -> GeoDataFrame:
    """Return one row per issue, after those of loading; none has a geometry."""
    met = [*loading, *(issue for reading in readings for issue in issues_of(reading))]
    return _table(Layer.ISSUES, [_issue_row(issue) for issue in met])


def frame(layer: Layer, readings: Iterable[Reading], *, keep_text: bool = False) -> GeoDataFrame:
    """Return one layer of the readings, in EPSG:4326, with all columns of `SCHEMA` even when empty.

    Parameters
    ----------
    layer
        Which of the layers.
    readings
        What was read from each report, in the order of the rows.
    keep_text
        Whether `Layer.SOURCES` holds the reports' texts.
    """
    rows = [row for reading in readings for row in _ROWS[layer](reading)]
    if layer is Layer.SOURCES and not keep_text:
        rows = [row | {"text": None} for row in rows]
    return _table(layer, rows)


def _table(layer: Layer, rows: Sequence[Row]) -> GeoDataFrame:
    import geopandas
    import pandas as pd

    table = pd.DataFrame({name: _series(name, dtype, rows) for name, dtype in _dtypes(layer)})
    return geopandas.GeoDataFrame(table, geometry=[row["geometry"] for row in rows], crs=CRS)


def _dtypes(layer: Layer) -> list[tuple[str, str]]:
    return [(column.name, column.dtype) for column in SCHEMA[layer]]


def _series(name: str, dtype: str, rows: Sequence[Row]) -> Series:
    import geopandas
    import pandas as pd

    values = [row[name] for row in rows]
    return geopandas.GeoSeries(values, crs=CRS) if dtype == "geometry" else pd.Series(values, dtype=dtype)


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
    for movement, own in zip(reading.movements, identities(Layer.MOVEMENTS, reading), strict=True):
        route = movement.route
        row = {
            "id": movement.id,
            "report_id": movement.provenance.report_id,
            "actor": movement.actor,
            "actor_text": movement.actor_text,
            "co_actors": _listed(movement.co_actors),
            "backed_by": _listed(movement.backed_by),
            "kind": movement.kind.value,
            "status": movement.status.value,
            "mode": movement.mode.value,
            **_when(movement),
            "vehicles": movement.vehicles,
            "vehicles_text": movement.vehicles_text,
            "troops": movement.troops,
            "troops_text": movement.troops_text,
            "equipment": _listed(movement.equipment),
            **_refs("from", movement.origin),
            **_refs("to", movement.destination),
            **_refs("via", movement.via),
            **_spot("from_", movement.origin),
            **_spot("to_", movement.destination),
            "length_m": route.length_m if route and route.legs else None,
            "how": _listed(dict.fromkeys(leg.how.value for leg in route.legs)) if route else None,
            "crossings": _listed(crossing.name for crossing in route.crossings) if route else None,
            "given": route.given if route else False,
            "wkt": _wkt(route_line(route)) if route and route.given else None,
            "route": route_text(route),
            "trigger": movement.trigger,
            "confidence": movement.confidence,
            "background": movement.background,
            "event": movement.event,
            **_where_from(movement, reading, route.issues if route else ()),
            "geometry": route_line(route),
        }
        yield row | {"as_read": as_read(Layer.MOVEMENTS, row, own)}


def _area_rows(reading: Reading) -> Iterator[Row]:
    for area, own in zip(reading.areas, identities(Layer.AREAS, reading), strict=True):
        shape = area.shape
        row = {
            "id": area.id,
            "report_id": area.provenance.report_id,
            "actor": area.actor,
            "kind": area.kind.value,
            "status": area.status.value,
            "words": area.text,
            **_when(area),
            **_planned(area.plan),
            "area_m2": shape.area_m2 if shape else None,
            "along_m": shape.length_m if shape else None,
            "built_from": shape.built_from if shape else None,
            "published_limits": shape.published_limits if shape else False,
            "given": shape.given if shape else False,
            "wkt": _wkt(shape.geometry) if shape and shape.given else None,
            "possible": _filled(shape.possible) if shape else None,
            **_where_from(area, reading, shape.issues if shape else ()),
            "geometry": _filled(shape.geometry) if shape else None,
        }
        yield row | {"as_read": as_read(Layer.AREAS, row, own)}


def _incident_rows(reading: Reading) -> Iterator[Row]:
    for incident, own in zip(reading.incidents, identities(Layer.INCIDENTS, reading), strict=True):
        row = {
            "id": incident.id,
            "report_id": incident.provenance.report_id,
            "actor": incident.actor,
            "kind": incident.kind.value,
            "trigger": incident.trigger,
            **_refs("places", incident.places),
            **_spot("", incident.places),
            "precision_m": max((ref.place.precision_m for ref in incident.places if ref.place), default=None),
            **_when(incident),
            **_where_from(incident, reading),
            "geometry": _points(incident.places),
        }
        yield row | {"as_read": as_read(Layer.INCIDENTS, row, own)}


def _place_rows(reading: Reading) -> Iterator[Row]:
    for mention, own in zip(reading.mentions, identities(Layer.PLACES, reading), strict=True):
        place, resolution = mention.place, mention.resolution
        row = {
            "report_id": reading.report.id,
            "start": mention.start,
            "end": mention.end,
            "words": mention.text,
            "role": mention.role.value,
            "place": place.id if place else None,
            "name": place.name if place else None,
            **_spot("", [mention]),
            "local_name": place.local_name if place else None,
            "country": place.country if place else None,
            "admin1": place.admin1 if place else None,
            "feature": place.feature if place else None,
            "certainty": resolution.status.value if resolution else None,
            "confidence": mention.confidence,
            "reason": resolution.reason if resolution else None,
            "corrected": _listed(mention.by_hand),
            "geometry": _points([mention]),
        }
        yield row | {"as_read": as_read(Layer.PLACES, row, own)}


def _source_rows(reading: Reading) -> Iterator[Row]:
    report = reading.report
    yield {
        "report_id": report.id,
        "source": report.source,
        "author": report.author,
        "title": report.title,
        "url": report.url,
        "published": report.published,
        "published_at": report.published_at.isoformat() if report.published_at else None,
        "lang": report.lang,
        "text": report.text or None,
        "items": " ".join(all_identities(reading)) or None,
        "geometry": None,
    }


def _issue_rows(reading: Reading) -> Iterator[Row]:
    return map(_issue_row, issues_of(reading))


def _issue_row(issue: Issue) -> Row:
    return {
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
    Layer.SOURCES: _source_rows,
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
        "issues": _listed(dict.fromkeys(issue.message for issue in met)),
        "start": provenance.start,
        "end": provenance.end,
        "marks": _listed(f"{first}-{last}" for first, last in provenance.marks),
        "read_by": provenance.read_by,
        "withheld": provenance.withheld,
        "corrected": _listed(provenance.by_hand),
    }


def _concerns(issue: Issue, provenance: Provenance) -> bool:
    if issue.start is None or issue.end is None:
        return False
    return issue.start < provenance.end and provenance.start < issue.end


def _refs(end: str, refs: Sequence[PlaceRef]) -> Row:
    """Return the names, words, ids and spots of places; what is unknown at the end of a list is left out."""
    return {
        end: _names(refs),
        f"{end}_text": _listed(ref.text for ref in refs),
        f"{end}_place": _known(ref.place.id if ref.place else None for ref in refs),
        f"{end}_at": _known(_at(ref.place) if ref.place else None for ref in refs),
    }


def _known(parts: Iterable[str | None]) -> str | None:
    told = ["-" if part is None else part for part in parts]
    while told and told[-1] == "-":
        told.pop()
    return _listed(told)


def _at(place: Place) -> str:
    return f"{place.lat:.6f},{place.lon:.6f},{place.precision_m:.0f}"


def _spot(start: str, found: Iterable[PlaceRef | Mention]) -> Row:
    place = next((item.place for item in found if item.place), None)
    return {
        f"{start}lon": place.lon if place else None,
        f"{start}lat": place.lat if place else None,
        f"{start}precision_m": place.precision_m if place else None,
    }


def _planned(plan: AreaPlan) -> Row:
    return {
        **_bounds("depth", plan.depth_m),
        **_bounds("width", plan.width_m),
        **_bounds("length", plan.length_m),
        "border": "-".join(plan.border) if plan.border else None,
        "side": plan.side,
        "both_sides": plan.both_sides,
        "bearing": plan.bearing,
        "road": plan.road,
        **{name: _names(getattr(plan, name)) for name in SEVERAL_REFS},
        **{name: _names([ref] if (ref := getattr(plan, name)) else []) for name in ONE_REF},
        "plan": plan_text(plan),
    }


def _bounds(name: str, measure: Range | None) -> Row:
    return {f"{name}_m": measure.low if measure else None, f"{name}_max_m": measure.high if measure else None}


def _names(refs: Iterable[PlaceRef]) -> str | None:
    return _listed(ref.place.name if ref.place else ref.text for ref in refs)


def _listed(parts: Iterable[str]) -> str | None:
    return "; ".join(part.replace(";", ",") for part in parts) or None


def _wkt(geometry: BaseGeometry | None) -> str | None:
    import shapely

    filled = _filled(geometry)
    return None if filled is None else shapely.to_wkt(filled, rounding_precision=DEGREE_DIGITS)


def _filled(geometry: BaseGeometry | None) -> BaseGeometry | None:
    return None if geometry is None or geometry.is_empty else geometry


def _points(found: Iterable[PlaceRef | Mention]) -> Point | MultiPoint | None:
    from shapely.geometry import MultiPoint, Point

    spots = [(item.place.lon, item.place.lat) for item in found if item.place]
    if not spots:
        return None
    return Point(spots[0]) if len(spots) == 1 else MultiPoint(spots)
