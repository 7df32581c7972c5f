"""GeoPackage: each layer of the schema as a table of its own, with styles for QGIS, relations and descriptions.

A table holds geometries of one kind, since GIS programs draw no others together. What of an area surely belongs to it
is in ``areas``, what possibly does in ``areas_possible``; areas that are lines, such as a stretch of road, are in
``areas_lines`` and ``areas_possible_lines``, which are only there when needed. ``sources`` and ``issues`` lie nowhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from geomap.errors import OutputError
from geomap.exports import geopackage
from geomap.exports.layers import on_grid
from geomap.exports.look import Look
from geomap.schema import CRS, SCHEMA, Layer

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from geopandas import GeoDataFrame, GeoSeries

    from geomap.models import Reading
    from geomap.schema import Column

__all__ = ["Table", "check_closed", "tables", "write"]

_VERSION = "1.3"
"""Of the standard; the next one gives programs of before 2023 a warning."""
_OF_POSSIBLE = (
    "id", "report_id", "date", "date_end", "status", "actor", "kind", "words",
    "built_from", "published_limits", "quote", "source", "title", "url",
)  # fmt: skip
"""What is said again of an area beside what possibly belongs to it."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the file: some rows of a layer with geometries of one kind."""

    name: str
    layer: Layer
    columns: Sequence[Column]
    rows: GeoDataFrame
    shapes: GeoSeries | None
    kind: str = ""
    """Point, LineString or Polygon; empty where rows lie nowhere."""


def write(readings: Sequence[Reading], path: Path, *, keep_text: bool) -> None:
    """Write the tables through GDAL, then what QGIS and others find beside them.

    Raises
    ------
    OutputError
        GDAL or SQLite cannot write the file.
    """
    written = list(tables(readings, keep_text=keep_text))
    for table in written:
        _write_table(table, path)
    geopackage.complete(path, written, Look.of(readings), readings)


def check_closed(path: Path) -> None:
    """Do nothing unless a program has the file open and holds changes that are not yet in it.

    SQLite keeps these in a file beside it (``-wal``), and would mix them into a file that takes its place.

    Raises
    ------
    OutputError
        It is open.
    """
    beside = path.with_name(f"{path.name}-wal")
    if beside.is_file() and beside.stat().st_size:
        raise OutputError(f"{path} is open in another program, such as QGIS; close it there, or write to another file")


def tables(readings: Sequence[Reading], *, keep_text: bool) -> Iterator[Table]:
    """Yield the tables of the file in their order."""
    from geomap.features import frame

    for layer in Layer:
        rows = frame(layer, readings, keep_text=keep_text)
        columns = [column for column in SCHEMA[layer] if column.dtype != "geometry"]
        if layer is Layer.AREAS:
            yield from _areas(rows, columns)
            continue
        kind = {Layer.MOVEMENTS: "LineString", Layer.INCIDENTS: "Point", Layer.PLACES: "Point"}.get(layer, "")
        yield Table(layer.value, layer, columns, rows, rows.geometry if kind else None, kind)


def _areas(rows: GeoDataFrame, columns: Sequence[Column]) -> Iterator[Table]:
    """Yield areas by what is known of them: sure and possible, polygons and lines."""
    few = [column for column in columns if column.name in _OF_POSSIBLE]
    sure, maybe = rows.geometry, rows["possible"]
    thin, maybe_thin = _are_lines(sure), _are_lines(maybe)
    spread = ~maybe_thin & maybe.notna()
    yield Table("areas", Layer.AREAS, columns, rows[~thin], sure[~thin], "Polygon")
    if thin.any():
        yield Table("areas_lines", Layer.AREAS, columns, rows[thin], sure[thin], "LineString")
    yield Table("areas_possible", Layer.AREAS, few, rows[spread], maybe[spread], "Polygon")
    if maybe_thin.any():
        yield Table("areas_possible_lines", Layer.AREAS, few, rows[maybe_thin], maybe[maybe_thin], "LineString")


def _are_lines(shapes: GeoSeries) -> Any:
    return shapes.geom_type.fillna("").str.contains("Line").astype(bool)


def _write_table(table: Table, path: Path) -> None:
    from pyogrio import raw
    from pyogrio.errors import DataSourceError, FeatureError, GeometryError

    cells = [_cells(table.rows, column) for column in table.columns]
    names = [column.name for column in table.columns]
    data, masks = [values for values, _ in cells], [mask for _, mask in cells]
    described = {"IDENTIFIER": table.name, "DESCRIPTION": geopackage.meaning(table.name)}
    try:
        raw.write(
            path,
            _wkb(table),
            data,
            names,
            field_mask=masks,
            layer=table.name,
            driver="GPKG",
            geometry_type=f"Multi{table.kind}" if table.kind else None,
            crs=CRS if table.kind else None,
            append=path.exists(),
            dataset_options={} if path.exists() else {"VERSION": _VERSION},
            layer_options=described | ({"SPATIAL_INDEX": "YES"} if table.kind else {}),
        )
    except (DataSourceError, FeatureError, GeometryError) as error:
        raise OutputError(f"GDAL cannot write {path.name} ({error}); choose another format or disk") from error


def _wkb(table: Table) -> Any:
    """Return geometries for a column that holds only those of several parts; None for a table that has no geometry."""
    import shapely

    if table.shapes is None:
        return None
    makers = {"Point": shapely.multipoints, "LineString": shapely.multilinestrings, "Polygon": shapely.multipolygons}
    several = [
        None if shape is None else makers[table.kind](shapely.get_parts(shape)) for shape in on_grid(table.shapes)
    ]
    return shapely.to_wkb(several, include_srid=False)


def _cells(rows: GeoDataFrame, column: Column) -> tuple[Any, Any]:
    """Return the values of a column as GDAL takes them, days as days, and which of them are missing."""
    import numpy as np

    values = rows[column.name]
    missing = values.isna().to_numpy(dtype=bool)
    if column.dtype.startswith("datetime"):
        return values.to_numpy().astype("datetime64[D]"), missing
    if column.dtype == "string":
        return values.astype(object).where(~missing, None).to_numpy(dtype=object), missing
    kinds = {"Int64": np.int64, "float64": np.float64, "bool": np.bool_}
    return values.fillna(0).to_numpy(dtype=kinds[column.dtype]), missing
