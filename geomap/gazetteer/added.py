"""Whose places were used besides the shipped ones: notices that maps and lists of sources owe."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomap.gazetteer.layers import layer_sources
from geomap.gazetteer.online import service_source

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geomap.datasets import Source
    from geomap.models import Place

__all__ = ["added_sources"]


def added_sources(places: Iterable[Place]) -> tuple[Source, ...]:
    """Return the data sets, by key, of those places that come from the user's layers or from a service."""
    keys: dict[str, bool] = {}
    for place in places:
        keys[place.source] = place.id.startswith(("osm:", f"{place.source}:"))
    if not keys:
        return ()
    layers = {source.key: source for source in layer_sources()}
    asked = {key: service_source(key) for key, online in keys.items() if online and key not in layers}
    return tuple(source for key, source in sorted((layers | asked).items()) if key in keys)
