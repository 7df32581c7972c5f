"""The files a person's own table may be in, and their rows as they are written."""

from __future__ import annotations

import csv
import io
import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geomap.decode import decode
from geomap.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from geopandas import GeoDataFrame

__all__ = ["RawRows", "raw_rows"]

_UTF = {"utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"}
_FORMATS = {".csv": "csv", ".tsv": "csv", ".txt": "csv", ".geojson": "gis", ".json": "gis", ".gpkg": "gis"}


@dataclass(frozen=True, slots=True)
class RawRows:
    """A table as it is written."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, Mapping[str | None, object]], ...]
    """What each row is called in messages, and its cells by column; under None what has no column."""
    notes: tuple[str, ...] = ()


def raw_rows(path: Path, sheet: str | None = None) -> RawRows:
    """Return the rows of a .csv, .tsv, .geojson, .json or .gpkg file; geometries as WKT of WGS 84.

    Raises
    ------
    InputError
        The file is missing, of another format, or cannot be read.
    """
    kind = _FORMATS.get(path.suffix.lower())
    if kind is None:
        known = ", ".join(dict.fromkeys(_FORMATS))
        raise InputError(f"{path} ends in {path.suffix or 'no suffix'!r}; places are read from {known}")
    if not path.is_file():
        raise InputError(f"there is no file {path}; check the name")
    return _csv(path) if kind == "csv" else _gis(path, sheet)


def _csv(path: Path) -> RawRows:
    try:
        text, encoding = decode(path.read_bytes())
    except OSError as error:
        raise InputError(f"{path} cannot be read ({error.strerror or error})") from error
    except InputError as error:
        raise InputError(f"{path}: {error}") from error
    header = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max("\t;,|", key=header.count)
    reader = csv.DictReader(io.StringIO(text), delimiter=delimiter)
    try:
        rows = tuple((f"row {reader.line_num}", row) for row in reader)
    except csv.Error as error:
        raise InputError(f"{path}, line {reader.line_num}: {error}; is a quotation mark left open?") from error
    guessed = f"read as {encoding}; where names look wrong, save it as UTF-8"
    return RawRows(tuple(reader.fieldnames or ()), rows, () if encoding in _UTF else (guessed,))


def _gis(path: Path, sheet: str | None) -> RawRows:
    from pyogrio.errors import DataSourceError

    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        try:
            frame = _frame(path, sheet)
        except DataSourceError as error:
            raise InputError(f"{path} cannot be read ({error}); is it whole?") from error
    notes = list(dict.fromkeys(str(warning.message) for warning in said))
    if frame.crs is None:
        raise InputError(f"{path} does not say its CRS; set it, or save as EPSG:4326")
    if not frame.crs.equals("EPSG:4326"):
        notes.append(f"brought from {frame.crs.name} to WGS 84")
    # a table may carry lat and lon beside its geometry: the geometry is what was drawn
    shapes = frame.geometry.to_crs("EPSG:4326").to_wkt(rounding_precision=6)
    table = frame.drop(columns=frame.geometry.name).assign(geometry=shapes)
    rows: list[tuple[str, dict[str | None, object]]] = [
        (f"feature {number}", dict(zip(table.columns, cells, strict=True)))
        for number, cells in enumerate(table.itertuples(index=False, name=None), 1)
    ]
    return RawRows(tuple(map(str, table.columns)), tuple(rows), tuple(notes))


def _frame(path: Path, sheet: str | None) -> GeoDataFrame:
    """Return the one layer of a file that is meant."""
    import geopandas
    import pyogrio

    layers = [str(name) for name, kind in pyogrio.list_layers(path) if kind]
    if not layers:
        raise InputError(f"{path} has no geometries; give points")
    if sheet is None and len(layers) > 1:
        raise InputError(f"{path} has layers {', '.join(layers)}; name one with --sheet")
    if sheet and sheet not in layers:
        raise InputError(f"{path} has no layer {sheet!r}; it has {', '.join(layers)}")
    return geopandas.read_file(path, layer=sheet or layers[0])
