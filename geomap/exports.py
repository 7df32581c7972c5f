"""Files for other programs: JSON Lines, GeoJSON, GeoPackage, KML, GeoParquet and CSV.

JSON Lines hold one object per report. GeoPackage and KML keep the five layers of `geomap.schema` apart;
GeoJSON, GeoParquet and CSV hold them in one table, whose first column names the layer.
"""

from __future__ import annotations

import html
import json
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geomap.errors import InputError, OutputError
from geomap.files import replacing, write_text
from geomap.schema import CRS, SCHEMA, Layer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from geopandas import GeoDataFrame
    from pandas import DataFrame, Series

    from geomap.models import Reading

__all__ = ["Format", "format_of", "write"]


class Format(StrEnum):
    """A kind of file, named by its suffix."""

    JSONL = "jsonl"
    GEOJSON = "geojson"
    GPKG = "gpkg"
    KML = "kml"
    PARQUET = "parquet"
    CSV = "csv"


def format_of(path: Path | str, name: str | None = None) -> Format:
    """Return the format called `name`, or the one the suffix of `path` stands for.

    Raises
    ------
    InputError
        No known format has that name or suffix.
    """
    wanted = name or Path(path).suffix.removeprefix(".")
    try:
        return Format(wanted.lower())
    except ValueError:
        known = ", ".join(known.value for known in Format)
        raise InputError(f"unknown format {wanted!r} of {str(path)!r}; known are {known}") from None


def write(
    readings: Sequence[Reading],
    path: Path | str,
    *,
    format: str | None = None,  # noqa: A002
    keep_text: bool = False,
) -> None:
    """Write what was read to one file, whole or not at all.

    Parameters
    ----------
    readings
        One reading per report, in the order to be written.
    path
        The file; an older one is replaced.
    format
        One of `Format`; by default the suffix of `path`.
    keep_text
        Whether JSON Lines hold the reports' texts as well.

    Raises
    ------
    InputError
        The format is unknown.
    OutputError
        The file cannot be written, or the library for its format is not installed.
    """
    chosen = format_of(path, format)
    if chosen is Format.JSONL:
        write_text(path, _json_lines(readings, keep_text=keep_text))
        return
    with replacing(path) as draft:
        _WRITERS[chosen](readings, draft)


def _json_lines(readings: Sequence[Reading], *, keep_text: bool) -> str:
    from geomap.serialize import dumps, reading_record

    return "".join(f"{dumps(reading_record(reading, keep_text=keep_text))}\n" for reading in readings)


def _write_geojson(readings: Sequence[Reading], path: Path) -> None:
    from geomap.serialize import dumps

    lines = ",\n".join(dumps(feature) for layer, table in _layers(readings) for feature in _geo_features(layer, table))
    path.write_text(f'{{"type": "FeatureCollection", "features": [\n{lines}\n]}}\n', encoding="utf-8", newline="")


def _geo_features(layer: Layer, table: GeoDataFrame) -> Iterator[dict[str, Any]]:
    from geomap.serialize import geometry_record

    properties = json.loads(_days_as_text(table).drop(columns="geometry").to_json(orient="records", double_precision=6))
    for values, geometry in zip(properties, table.geometry, strict=True):
        yield {
            "type": "Feature",
            **({"id": values["id"]} if "id" in values else {}),
            "geometry": geometry_record(geometry),
            "properties": {"layer": layer.value, **values},
        }


def _write_gpkg(readings: Sequence[Reading], path: Path) -> None:
    for layer, table in _layers(readings):
        # issues lie nowhere: they become an attribute table
        content = table.drop(columns="geometry") if layer is Layer.ISSUES else table
        _add_layer(content, path, layer, driver="GPKG")


def _write_kml(readings: Sequence[Reading], path: Path) -> None:
    for layer, table in _layers(readings):
        content = _days_as_text(table)
        content.insert(0, "Name", _kml_names(layer, table))
        content.insert(1, "description", _kml_descriptions(content))
        if "date" in table:
            # these two names make KML time spans, which viewers play
            content["begin"], content["end"] = table["date"], table["date_end"]
        _add_layer(content, path, layer, driver="LIBKML")


def _add_layer(table: DataFrame, path: Path, layer: Layer, *, driver: str) -> None:
    import pyogrio
    from pyogrio.errors import DataSourceError

    try:
        pyogrio.write_dataframe(table, path, layer=layer.value, driver=driver, append=path.exists())
    except DataSourceError as error:
        raise OutputError(f"{driver} cannot write {path.name} ({error}); choose another format or disk") from error


def _kml_names(layer: Layer, table: GeoDataFrame) -> list[str]:
    parts = {
        Layer.MOVEMENTS: ("actor", "kind", "from", "to"),
        Layer.AREAS: ("actor", "kind"),
        Layer.INCIDENTS: ("actor", "kind", "places"),
        Layer.PLACES: ("words",),
        Layer.ISSUES: ("stage",),
    }[layer]
    rows = table[list(parts)].astype(object).itertuples(index=False)
    return [" · ".join(value for value in row if isinstance(value, str)) for row in rows]


def _kml_descriptions(table: DataFrame) -> list[str]:
    """Quotes and messages as HTML, which is what viewers take descriptions for."""
    column = next(name for name in ("quote", "reason", "message") if name in table)
    return [html.escape(value) if isinstance(value, str) else "" for value in table[column].astype(object)]


def _write_parquet(readings: Sequence[Reading], path: Path) -> None:
    table = _one_table(readings)
    try:
        table.to_parquet(path, index=False)
    except ImportError as error:
        raise OutputError("GeoParquet needs pyarrow: pip install 'geomap[tables]'") from error


def _write_csv(readings: Sequence[Reading], path: Path) -> None:
    table = _days_as_text(_one_table(readings)).drop(columns="geometry")
    for name, values in table.select_dtypes("string").items():
        table[name] = _without_formulas(values)
    table.to_csv(path, index=False, encoding="utf-8", lineterminator="\n")


def _without_formulas(texts: Series) -> Series:
    """Texts that no spreadsheet runs as a formula: OWASP, "CSV Injection"."""
    return texts.str.replace(r"^(?=[=+\-@\t\r])", "'", regex=True)


_WRITERS: Mapping[Format, Callable[[Sequence[Reading], Path], None]] = {
    Format.GEOJSON: _write_geojson,
    Format.GPKG: _write_gpkg,
    Format.KML: _write_kml,
    Format.PARQUET: _write_parquet,
    Format.CSV: _write_csv,
}


def _layers(readings: Sequence[Reading]) -> Iterator[tuple[Layer, GeoDataFrame]]:
    from geomap.features import frame

    for layer in Layer:
        yield layer, frame(layer, readings)


def _one_table(readings: Sequence[Reading]) -> GeoDataFrame:
    """All layers below each other, with a column for each name in the schema."""
    import geopandas
    import pandas as pd

    # a yes or no that other layers do not have needs a dtype with a missing value
    dtypes = {
        column.name: {"bool": "boolean"}.get(column.dtype, column.dtype) for layer in Layer for column in SCHEMA[layer]
    }
    tables, shapes = [], []
    for layer, table in _layers(readings):
        columns = pd.DataFrame(table.drop(columns="geometry")).reindex(columns=list(dtypes)).astype(dtypes)
        columns.insert(0, "layer", pd.Series(layer.value, index=columns.index, dtype="string"))
        tables.append(columns)
        shapes += list(table.geometry)
    return geopandas.GeoDataFrame(pd.concat(tables, ignore_index=True), geometry=shapes, crs=CRS)


def _days_as_text(table: GeoDataFrame) -> GeoDataFrame:
    """Return a copy in which days are ISO 8601 text rather than midnights."""
    result = table.copy()
    for name, values in table.select_dtypes("datetime").items():
        result[name] = values.dt.strftime("%Y-%m-%d").astype("string")
    return result
