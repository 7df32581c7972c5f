"""The layers of readings as tables for formats that have them below each other, and days as text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomap.schema import CRS, DEGREE_DIGITS, SCHEMA, Layer

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import numpy as np
    from geopandas import GeoDataFrame
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from geomap.models import Reading

__all__ = ["days_as_text", "on_grid", "one_table"]


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
        shapes += list(on_grid(table.geometry))
    result = pd.concat(tables, ignore_index=True)
    for name in [name for name, dtype in dtypes.items() if dtype == "object"]:
        found = result.pop(name)
        result[name] = geopandas.GeoSeries(on_grid(found.where(found.notna(), None)), crs=CRS)
    return geopandas.GeoDataFrame(result, geometry=shapes, crs=CRS)


def days_as_text(table: GeoDataFrame) -> GeoDataFrame:
    """Return a copy in which days are ISO 8601 text rather than midnights."""
    result = table.copy()
    for name, values in table.select_dtypes("datetime").items():
        result[name] = values.dt.strftime("%Y-%m-%d").astype("string")
    return result


def on_grid(shapes: Iterable[BaseGeometry | None]) -> NDArray[np.object_]:
    """Return shapes with the decimals of a degree that files have.

    Programs that write seven decimals (GDAL does for RFC 7946) then leave all coordinates as they are, and no line is
    taken for one that somebody moved.
    """
    import numpy as np
    import shapely

    rounded: NDArray[np.object_] = shapely.transform(
        np.array(list(shapes), dtype=object), lambda points: points.round(DEGREE_DIGITS)
    )
    return rounded
