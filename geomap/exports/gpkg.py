"""GeoPackage: each layer of the schema as a table of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomap.exports.layers import add_layer, layers
from geomap.schema import Layer

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from geomap.models import Reading

__all__ = ["write"]


def write(readings: Sequence[Reading], path: Path, *, keep_text: bool) -> None:  # noqa: ARG001
    """Write the layers one by one."""
    for layer, table in layers(readings):
        # sources and issues lie nowhere: they become attribute tables
        content = table.drop(columns="geometry") if layer in {Layer.SOURCES, Layer.ISSUES} else table
        add_layer(content, path, layer, driver="GPKG")
