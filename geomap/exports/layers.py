"""The layers of readings as most formats want them: one after the other, or below each other in one table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomap.errors import OutputError
from geomap.schema import CRS, SCHEMA, Layer

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from geopandas import GeoDataFrame
    from pandas import DataFrame

    from geomap.models import Reading

__all__ = ["add_layer", "days_as_text", "layers", "one_table"]


def layers(readings: Sequence[Reading], *, keep_text: bool = False) -> Iterator[tuple[Layer, GeoDataFrame]]:
    """Yield each layer of the schema with its table, in the schema's order, empty ones too."""
    from geomap.features import frame

    for layer in Layer:
        table = frame(layer, readings, keep_text=keep_text)
        for name in table.columns[table.dtypes == "geometry"].drop("geometry"):
            table[name] = table[name].to_wkt().astype("string")  # most formats hold one geometry a row
        yield layer, table


def one_table(readings: Sequence[Reading], *, keep_text: bool = False) -> GeoDataFrame:
    """Return all layers below each other, with a column for each name in the schema; the first names the layer."""
    import geopandas
    import pandas as pd

    # a yes or no that other layers do not have needs a dtype with a missing value
    kept = {"bool": "boolean", "geometry": "string"}
    dtypes = {column.name: kept.get(column.dtype, column.dtype) for layer in Layer for column in SCHEMA[layer]}
    tables, shapes = [], []
    for layer, table in layers(readings, keep_text=keep_text):
        columns = pd.DataFrame(table.drop(columns="geometry")).reindex(columns=list(dtypes)).astype(dtypes)
        columns.insert(0, "layer", pd.Series(layer.value, index=columns.index, dtype="string"))
        tables.append(columns)
        shapes += list(table.geometry)
    return geopandas.GeoDataFrame(pd.concat(tables, ignore_index=True), geometry=shapes, crs=CRS)


def days_as_text(table: GeoDataFrame) -> GeoDataFrame:
    """Return a copy in which days are ISO 8601 text rather than midnights."""
    result = table.copy()
    for name, values in table.select_dtypes("datetime").items():
        result[name] = values.dt.strftime("%Y-%m-%d").astype("string")
    return result


def add_layer(table: DataFrame, path: Path, layer: str, *, driver: str) -> None:
    """Write a table through GDAL as one layer of a file, which is made when it is not there.

    Raises
    ------
    OutputError
        GDAL cannot write it.
    """
    import pyogrio
    from pyogrio.errors import DataSourceError

    try:
        pyogrio.write_dataframe(table, path, layer=str(layer), driver=driver, append=path.exists())
    except DataSourceError as error:
        raise OutputError(f"{driver} cannot write {path.name} ({error}); choose another format or disk") from error
