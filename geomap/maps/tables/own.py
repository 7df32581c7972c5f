"""The frames of a scene, as `geomap.features` makes them, back to the records they were made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomap.maps.tables.rows import Found
from geomap.schema import SCHEMA, Layer
from geomap.tables.sheets import Sheet

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geopandas import GeoDataFrame
    from shapely.geometry.base import BaseGeometry

__all__ = ["layer_of", "read_own"]


def layer_of(columns: Iterable[object]) -> Layer | None:
    """Return the layer whose columns a table has, all of them; None where it is another table."""
    have = set(columns)
    return next((layer for layer in Layer if set(_names(layer)) <= have), None)


def _names(layer: Layer) -> list[str]:
    """Return the columns of a layer that every table has; most files hold one geometry a row."""
    return [column.name for column in SCHEMA[layer] if column.dtype != "geometry"]


def read_own(layer: Layer, table: GeoDataFrame, shapes: Sequence[BaseGeometry | None], *, taken: set[str]) -> Found:
    """Return the records of one layer, as `geomap.tables` reads them from a file.

    What was changed in the frame wins: lines and shapes whose places or limits changed are made anew.

    Parameters
    ----------
    layer
        Which of the layers the table is.
    table
        As `geomap.features` makes it, or with further columns.
    shapes
        Its geometries in EPSG:4326.
    taken
        Ids of reports and items that the map has; a report among them is not added again.
    """
    from geomap.drawing import drawn, resolver
    from geomap.gazetteer import Gazetteer
    from geomap.tables.corrections import by_hand
    from geomap.tables.reading import from_sheets

    names = [column.name for column in SCHEMA[layer] if column.name in table]
    cells = zip(*(table[name].astype(object) for name in names), strict=True)
    rows = [(f"row {n}", row, shape) for n, (row, shape) in enumerate(zip(cells, shapes, strict=True), 1)]
    read = from_sheets([Sheet(layer.value, names, rows, has_geometry=True)], "table", "table", resolver(Gazetteer()))
    found = Found(issues=list(read.issues))
    for written in read.readings:
        reading = drawn(written) if any(True for _ in by_hand([written])) else written
        if layer is not Layer.PLACES and reading.report.id not in taken:
            found.reports[(reading.report.id,)] = reading.report
        found.movements += reading.movements
        found.areas += reading.areas
        found.incidents += reading.incidents
        found.issues += reading.issues
        places = {mention.place.id: mention.place for mention in reading.mentions if mention.place}
        known = {place.id for place in found.places}
        found.places += [place for own, place in places.items() if own not in known]
    return found
