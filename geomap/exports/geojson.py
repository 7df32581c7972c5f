"""GeoJSON (RFC 7946): all layers in one collection, the property ``layer`` tells which."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from geomap.exports.layers import days_as_text, layers

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from geopandas import GeoDataFrame

    from geomap.models import Reading
    from geomap.schema import Layer

__all__ = ["write"]


def write(readings: Sequence[Reading], path: Path, *, keep_text: bool) -> None:
    """Write one FeatureCollection, a feature a line."""
    from geomap.serialize import dumps

    lines = ",\n".join(
        dumps(feature) for layer, table in layers(readings, keep_text=keep_text) for feature in _features(layer, table)
    )
    path.write_text(f'{{"type": "FeatureCollection", "features": [\n{lines}\n]}}\n', encoding="utf-8", newline="")


def _features(layer: Layer, table: GeoDataFrame) -> Iterator[dict[str, Any]]:
    from geomap.serialize import geometry_record

    properties = json.loads(days_as_text(table).drop(columns="geometry").to_json(orient="records", double_precision=6))
    for values, geometry in zip(properties, table.geometry, strict=True):
        yield {
            "type": "Feature",
            **({"id": values["id"]} if "id" in values else {}),
            "geometry": geometry_record(geometry),
            "properties": {"layer": layer.value, **values},
        }
