"""GeoJSON (RFC 7946): all layers in one collection, the property ``layer`` tells which.

What possibly belongs to an area is a feature of its own, of the layer ``areas_possible``. A geometry that crosses the
180th meridian is cut there; such a feature has the geometry in one piece as well, in a member ``whole`` that other
programs pass over.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from geomap.exports.layers import days_as_text
from geomap.exports.meridian import box_of, cut
from geomap.schema import SCHEMA, Layer

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from geopandas import GeoDataFrame
    from shapely.geometry.base import BaseGeometry

    from geomap.models import Reading

__all__ = ["write"]

Feature = dict[str, Any]
_OF_POSSIBLE = (
    "id", "report_id", "actor", "kind", "status", "date", "date_end", "words", "built_from", "quote", "source",
)  # fmt: skip
"""What is said again of an area beside what possibly belongs to it."""


def write(readings: Sequence[Reading], path: Path, *, keep_text: bool) -> None:
    """Write one FeatureCollection, a feature a line."""
    from geomap.features import frame
    from geomap.serialize import dumps

    tables = {layer: frame(layer, readings, keep_text=keep_text) for layer in Layer}
    lines = ",\n".join(dumps(feature) for layer, table in tables.items() for feature in _features(layer, table))
    box = _box(tables.values())
    head = '{"type": "FeatureCollection", ' + (f'"bbox": {json.dumps(box)}, ' if box else "")
    path.write_text(f'{head}"features": [\n{lines}\n]}}\n', encoding="utf-8", newline="")


def _box(tables: Iterable[GeoDataFrame]) -> list[float] | None:
    shapes = [cut(shape) for table in tables for shape in table.geometry if shape is not None]
    box = box_of(shapes)
    return [round(side, 6) for side in box] if box else None


def _features(layer: Layer, table: GeoDataFrame) -> Iterator[Feature]:
    plain = [column.name for column in SCHEMA[layer] if column.dtype != "geometry"]
    properties = json.loads(days_as_text(table)[plain].to_json(orient="records", double_precision=6))
    for values, shape in zip(properties, table.geometry, strict=True):
        own = {"id": values["id"]} if "id" in values else {}
        yield {"type": "Feature", **own, **_placed(shape), "properties": {"layer": layer.value, **values}}
    if layer is Layer.AREAS:
        for values, shape in zip(properties, table["possible"], strict=True):
            if shape is not None:
                told = {"layer": "areas_possible", **{name: values[name] for name in _OF_POSSIBLE}}
                yield {"type": "Feature", "id": f"{values['id']}-possible", **_placed(shape), "properties": told}


def _placed(shape: BaseGeometry | None) -> Feature:
    """Return the members of a feature that say where it is."""
    from geomap.serialize import geometry_record

    if shape is None:
        return {"geometry": None}
    parts = cut(shape)
    return {"geometry": geometry_record(parts)} | ({} if parts is shape else {"whole": geometry_record(shape)})
