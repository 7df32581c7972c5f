"""KML: a folder for each layer, with names, descriptions and time spans."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from geomap.exports.layers import add_layer, days_as_text, layers
from geomap.schema import Layer

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from geopandas import GeoDataFrame
    from pandas import DataFrame

    from geomap.models import Reading

__all__ = ["write"]


def write(readings: Sequence[Reading], path: Path, *, keep_text: bool) -> None:
    """Write the layers one by one."""
    for layer, table in layers(readings, keep_text=keep_text):
        content = days_as_text(table).rename(columns={"name": "place_name", "start": "words_start", "end": "words_end"})
        content.insert(0, "Name", _names(layer, table))
        content.insert(1, "description", _descriptions(content))
        if "date" in table:
            # these two names make KML time spans, which viewers play
            content["begin"], content["end"] = table["date"], table["date_end"]
        add_layer(content, path, layer, driver="LIBKML")


def _names(layer: Layer, table: GeoDataFrame) -> list[str]:
    parts = {
        Layer.MOVEMENTS: ("actor", "kind", "from", "to"),
        Layer.AREAS: ("actor", "kind"),
        Layer.INCIDENTS: ("actor", "kind", "places"),
        Layer.PLACES: ("words",),
        Layer.SOURCES: ("source", "title"),
        Layer.ISSUES: ("stage",),
    }[layer]
    rows = table[list(parts)].astype(object).itertuples(index=False)
    return [" · ".join(value for value in row if isinstance(value, str)) for row in rows]


def _descriptions(table: DataFrame) -> list[str]:
    """Quotes and messages as HTML, which is what viewers take descriptions for."""
    column = next(name for name in ("quote", "reason", "message", "url") if name in table)
    return [html.escape(value) if isinstance(value, str) else "" for value in table[column].astype(object)]
