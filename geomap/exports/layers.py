"""The layers of readings as tables for formats that have them below each other, and days as text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomap.schema import CRS, SCHEMA, Layer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geopandas import GeoDataFrame

    from geomap.models import Reading

__all__ = ["days_as_text", "one_table"]


def one_table(readings: Sequence[Reading], *, keep_text: bool = False) -> GeoDataFrame:
    """Return all layers below each other, with a column for each name in the schema; the first names the layer.

    The other geometries of a layer, such as what possibly belongs to an area, are columns before the last, which has
    the geometry that is drawn.
    """
    import geopandas
    import pandas as pd

    from geomap.features import frame

    # a yes or no that other layers do not have needs a dtype with a missing value
    kept = {"bool": "boolean", "geometry": "object"}
    dtypes = {column.name: kept.get(column.dtype, column.dtype) for layer in Layer for column in SCHEMA[layer]}
    tables, shapes = [], []
    for layer in Layer:
        table = frame(layer, readings, keep_text=keep_text)
        columns = pd.DataFrame(table.drop(columns="geometry")).reindex(columns=list(dtypes)).astype(dtypes)
        columns.insert(0, "layer", pd.Series(layer.value, index=columns.index, dtype="string"))
        tables.append(columns)
        shapes += list(table.geometry)
    result = pd.concat(tables, ignore_index=True)
    for name in [name for name, dtype in dtypes.items() if dtype == "object"]:
        found = result.pop(name)
        result[name] = geopandas.GeoSeries(found.where(found.notna(), None), crs=CRS)
    return geopandas.GeoDataFrame(result, geometry=shapes, crs=CRS)


def days_as_text(table: GeoDataFrame) -> GeoDataFrame:
    """Return a copy in which days are ISO 8601 text rather than midnights."""
    result = table.copy()
    for name, values in table.select_dtypes("datetime").items():
        result[name] = values.dt.strftime("%Y-%m-%d").astype("string")
    return result
