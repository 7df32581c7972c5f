"""A file of any kind that holds tables, opened: its sheets, layers or one table."""

from __future__ import annotations

import io
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from geomap.errors import InputError
from geomap.tables.placemarks import from_kml
from geomap.tables.sheets import Sheet, layer_named, sheet_of
from geomap.tables.texts import from_csv, from_geojson, from_yaml
from geomap.tables.workbooks import from_xlsx

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

__all__ = ["KINDS", "open_table"]

_STYLES = frozenset(["layer_styles", "qgis_projects"])
"""Tables that QGIS keeps in a GeoPackage for itself."""
_ELSE = {
    ".shp": "a Shapefile cuts names of columns to ten characters",
    ".ods": "save it as .xlsx",
    ".xls": "save it as .xlsx",
    ".kmz": "unpack it: it is a .kml in a ZIP archive",
}


def open_table(data: bytes, kind: str) -> list[Sheet]:
    """Return the tables of a file.

    Parameters
    ----------
    data
        The whole file.
    kind
        Its suffix, one of `KINDS`.

    Raises
    ------
    InputError
        No table is read from files of this kind, the library for it is not installed, or the file is damaged.
    """
    kind = kind.lower()
    if kind not in KINDS:
        hint = f"; {_ELSE[kind]}" if kind in _ELSE else ""
        raise InputError(f"no table is read from {kind or 'a file without suffix'}{hint}; known are {', '.join(KINDS)}")
    if not data.strip():
        raise InputError("is empty")
    return KINDS[kind](data)


def _from_gpkg(data: bytes) -> list[Sheet]:
    """Return the layers of a GeoPackage."""
    import pyogrio
    from pyogrio.errors import DataLayerError, DataSourceError, FeatureError

    with TemporaryDirectory() as folder:  # GDAL tells some formats by the end of the name
        path = Path(folder) / "table.gpkg"
        path.write_bytes(data)
        try:
            names = _read_layers([(str(name), shapes) for name, shapes in pyogrio.list_layers(path)])
            tables = [(name, pyogrio.read_dataframe(path, layer=name)) for name in names]
        except (DataSourceError, DataLayerError, FeatureError, ValueError) as error:
            raise InputError(f"is no readable GeoPackage: {error}") from error
    return [sheet_of(table, name) for name, table in _joined(tables)]


def _joined(tables: Sequence[tuple[str, Any]]) -> list[tuple[str, Any]]:
    """Return the layers of a GeoPackage with the tables that geomap parts areas into as one layer again.

    What possibly belongs to an area is in a table of its own, since a table has one column of geometries.
    """
    found = dict(tables)
    maybe: dict[str, Any] = {}
    for name in ("areas_possible", "areas_possible_lines"):
        if name in found and "id" in found[name]:
            table = found.pop(name)
            maybe |= dict(zip(table["id"], table.geometry, strict=True))
    parted = [name for name in ("areas", "areas_lines") if name in found]
    for name in parted:
        table = found[name]
        if "as_read" in table and "possible" not in table:
            found[name] = table.assign(possible=[maybe.get(own) for own in table["id"]])
    return [("areas" if name == "areas_lines" else name, table) for name, table in found.items()]


def _read_layers(layers: Sequence[tuple[str, str | None]]) -> list[str]:
    """Return the layers to read: all with geometries, and of tables geomap's own, or all where none is."""
    own = any(layer_named(name) for name, _ in layers)
    return [name for name, shapes in layers if name not in _STYLES and (shapes or layer_named(name) or not own)]


def _from_parquet(data: bytes) -> list[Sheet]:
    try:
        import pyarrow  # noqa: F401
    except ImportError as error:
        raise InputError("reading .parquet needs an extra; run: pip install 'geomap[tables]'") from error
    import geopandas
    import pandas as pd

    try:
        try:
            table: Any = geopandas.read_parquet(io.BytesIO(data))
        except ValueError:
            table = pd.read_parquet(io.BytesIO(data))  # a table without geometry
    except Exception as error:
        raise InputError(f"is no readable Parquet file: {error}") from error
    return [sheet_of(table)]


KINDS: Mapping[str, Callable[[bytes], list[Sheet]]] = {
    ".csv": from_csv,
    ".xlsx": from_xlsx,
    ".geojson": from_geojson,
    ".json": from_geojson,
    ".gpkg": _from_gpkg,
    ".parquet": _from_parquet,
    ".kml": from_kml,
    ".yaml": from_yaml,
    ".yml": from_yaml,
}
"""By the suffix of a file, what opens it."""
