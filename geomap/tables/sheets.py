"""A table as it was opened: its columns as they are named, and its rows with their geometries."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from geomap.schema import Layer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geopandas import GeoDataFrame
    from shapely.geometry.base import BaseGeometry

    Line = tuple[str, Sequence[object], BaseGeometry | None]

__all__ = ["Sheet", "layer_named", "sheet_of"]


@dataclass(slots=True)
class Sheet:
    """One table of a file."""

    name: str
    """As the file names it; a layer's name says what its rows are."""
    columns: Sequence[object]
    rows: Sequence[Line]
    """Where each row stands, in words, its cells in the order of the columns, and its geometry in EPSG:4326."""
    problems: list[str] = field(default_factory=list)
    """What could not be read of it."""
    has_geometry: bool = False
    """The format keeps geometries, so that a row without one has lost it or never had it."""
    is_guarded: bool = False
    """Texts like formulas have an apostrophe before them, as exports write them for spreadsheets."""


def layer_named(name: object) -> Layer | None:
    """Return the layer of a name as tables write it; None where it is no layer's."""
    plain = str(name or "").strip().lower()
    return Layer(plain) if plain in set(Layer) else None


def sheet_of(table: GeoDataFrame, name: str = "") -> Sheet:
    """Return a frame, with or without geometry, as it comes from a file or from the user."""
    import geopandas

    from geomap.tables.shapes import in_degrees

    problems: list[str] = []
    shapes: list[BaseGeometry | None] = [None] * len(table)
    own = None
    if isinstance(table, geopandas.GeoDataFrame) and table.active_geometry_name is not None:
        own = table.active_geometry_name
        shapes = in_degrees(table.geometry, problems)
    columns = [column for column in table.columns if column != own]
    cells = [table[column].astype(object) for column in columns]
    values = zip(*cells, strict=True) if cells else iter([()] * len(table))
    where = f"{name} row" if name else "row"
    rows = [(f"{where} {n}", row, shape) for n, (row, shape) in enumerate(zip(values, shapes, strict=True), 1)]
    return Sheet(name, columns, rows, problems, has_geometry=own is not None and not problems)
