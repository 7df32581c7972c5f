"""What of a scene is drawn, as flat tables: lines, polygons and spots, each with its words and its actor's colour."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomap.features import route_line
from geomap.linking.events import events_of
from geomap.maps import style
from geomap.schema import CRS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from geopandas import GeoDataFrame
    from shapely.geometry.base import BaseGeometry

    from geomap.models import Area, Incident, Movement, Reading

    Row = dict[str, object]

__all__ = ["NO_ACTOR", "Tables", "colour_of", "tables"]

NO_ACTOR = (128, 120, 106)
"""Red, green and blue of what nobody is named for."""

_COLUMNS = ("id", "words", "actor", "status", "date", "date_end", "source", "colour")


class Tables:
    """Lines, polygons and spots of a scene, in EPSG:4326, one geometry in one part a row.

    Their columns are plain text and `colour`, a tuple of red, green and blue; days are ISO 8601 text, empty where none
    is told.
    """

    def __init__(self, rows: Iterable[Row]) -> None:
        parts = [{**row, "geometry": part} for row in rows for part in _parts(row["geometry"])]
        self.lines = _frame([row for row in parts if _type(row) == "LineString"])
        self.polygons = _frame([row for row in parts if _type(row) == "Polygon"])
        self.spots = _frame([row for row in parts if _type(row) == "Point"])

    @property
    def bounds(self) -> tuple[float, float, float, float] | None:
        """West, south, east and north of everything, in degrees; None where nothing is drawn."""
        boxes = [frame.total_bounds for frame in (self.lines, self.polygons, self.spots) if len(frame)]
        if not boxes:
            return None
        west, south, east, north = zip(*boxes, strict=True)
        return float(min(west)), float(min(south)), float(max(east)), float(max(north))


def tables(readings: Sequence[Reading]) -> Tables:
    """Return what is drawn of readings; a movement that several reports tell of is one line."""
    events = [event.lead for event in events_of(readings)]
    areas = [area for reading in readings for area in reading.areas]
    incidents = [incident for reading in readings for incident in reading.incidents]
    named = (item.actor for group in (events, areas, incidents) for item in group if item.actor)
    colours = {actor.name: colour_of(actor.light) for actor in style.actors(named)}
    return Tables(_rows(events, areas, incidents, colours))


def colour_of(written: str) -> tuple[int, int, int]:
    """Return red, green and blue of a colour written ``#RRGGBB``.

    >>> colour_of("#1B73FC")
    (27, 115, 252)
    """
    red, green, blue = bytes.fromhex(written.removeprefix("#"))
    return red, green, blue


def _rows(
    movements: Iterable[Movement],
    areas: Iterable[Area],
    incidents: Iterable[Incident],
    colours: dict[str, tuple[int, int, int]],
) -> Iterator[Row]:
    from shapely.geometry import MultiPoint

    for movement in movements:
        words = style.movement_sentence(movement)
        yield _row(movement, words, movement.status.value, colours, route_line(movement.route))
    for area in areas:
        shape = area.shape
        drawn = shape and (shape.possible if shape.geometry.is_empty else shape.geometry)
        yield _row(area, style.area_sentence(area), area.status.value, colours, drawn)
    for incident in incidents:
        # an area has no spot: a dot in the middle of a country would say where in it
        spots = [(ref.place.lon, ref.place.lat) for ref in incident.places if ref.place and not ref.place.is_spread]
        drawn = MultiPoint(spots) if spots else None
        yield _row(incident, style.incident_sentence(incident), incident.kind.value, colours, drawn)


def _row(
    item: Movement | Area | Incident,
    words: str,
    status: str,
    colours: dict[str, tuple[int, int, int]],
    geometry: BaseGeometry | None,
) -> Row:
    claim = item.provenance
    return {
        "id": item.id,
        "words": words,
        "actor": item.actor or "",
        "status": status,
        "date": item.date.start.isoformat() if item.date else "",
        "date_end": item.date.end.isoformat() if item.date else "",
        "source": "withheld" if claim.withheld else claim.source or "",
        "colour": colours.get(item.actor or "", NO_ACTOR),
        "geometry": geometry,
    }


def _parts(geometry: object) -> Iterator[BaseGeometry]:
    import shapely

    yield from (part for part in shapely.get_parts([geometry]) if part is not None and not part.is_empty)


def _type(row: Row) -> str:
    return str(getattr(row["geometry"], "geom_type", ""))


def _frame(rows: Sequence[Row]) -> GeoDataFrame:
    import geopandas
    import pandas as pd

    table = pd.DataFrame(rows, columns=[*_COLUMNS, "geometry"])
    return geopandas.GeoDataFrame(table.drop(columns="geometry"), geometry=list(table["geometry"]), crs=CRS)
