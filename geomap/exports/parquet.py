"""GeoParquet 1.1: all layers in one table, the column ``layer`` tells which.

Beside the geometry that is drawn the column ``possible`` has what possibly belongs to an area. A column of boxes lets
readers skip what they do not ask for; each column says in its Arrow metadata what it means.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomap.errors import OutputError
from geomap.exports.attribution import notices
from geomap.exports.layers import one_table
from geomap.schema import SCHEMA, Layer

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from geomap.models import Reading

__all__ = ["write"]

_OTHERS = {
    "layer": "the layer of the row: " + ", ".join(Layer),
    "bbox": "box of the geometry, degrees: by it readers skip rows",
    "geometry": "the line, what surely belongs to the area, or the places; longitude and latitude in degrees",
}


def write(readings: Sequence[Reading], path: Path, *, keep_text: bool) -> None:
    """Write one table.

    Raises
    ------
    OutputError
        pyarrow is not installed.
    """
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError as error:
        raise OutputError("GeoParquet needs pyarrow: pip install 'geomap[tables]'") from error
    table = one_table(readings, keep_text=keep_text)
    table.to_parquet(path, index=False, schema_version="1.1.0", write_covering_bbox=True)
    # geopandas says what the geometries are; what the columns mean is put beside it
    made = parquet.read_table(path)
    meanings = _meanings()
    fields = [field.with_metadata({"description": meanings[field.name]}) for field in made.schema]
    told = {**made.schema.metadata, b"attribution": "\n".join(notices(readings)).encode()}
    parquet.write_table(made.cast(pyarrow.schema(fields, metadata=told)), path)


def _meanings() -> dict[str, str]:
    """Return what each column means; one that several layers have, by the layer."""
    told: dict[str, dict[str, list[str]]] = {}
    for layer in Layer:
        for column in SCHEMA[layer]:
            told.setdefault(column.name, {}).setdefault(column.meaning, []).append(layer.value)
    several = {
        name: next(iter(meant))
        if len(meant) == 1
        else "; ".join(f"{', '.join(of)}: {words}" for words, of in meant.items())
        for name, meant in told.items()
    }
    return several | _OTHERS
