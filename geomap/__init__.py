"""News reports about military movements, as an interactive, sourced map.

>>> import geomap
>>> scene = geomap.build("seeds/")  # doctest: +SKIP
>>> scene.save("map.html")  # doctest: +SKIP

Names are loaded when they are first used, so that importing the package costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geomap.frames import to_frame
    from geomap.gazetteer import Gazetteer
    from geomap.geocoder import OfflineGeocoder
    from geomap.geometry.asking import find
    from geomap.geometry.avoiding import avoiding
    from geomap.geometry.drawing import drawn
    from geomap.geometry.passing import places_along
    from geomap.geometry.regions import hull, unit
    from geomap.geometry.roads.servers import Router, open_router
    from geomap.geometry.routing import alternatives, route
    from geomap.geometry.shapes import difference, intersection, union
    from geomap.geometry.sides import between, side_of
    from geomap.geometry.stretches import stretch
    from geomap.geometry.strips import border_strip
    from geomap.geometry.surroundings import around
    from geomap.maps.tables.explore import explore
    from geomap.maps.webmap import Map
    from geomap.models import Report
    from geomap.pipeline import build
    from geomap.reading import read
    from geomap.reports.readers import EndpointReader, Reader
    from geomap.scene import Scene

__all__ = [
    "EndpointReader",
    "Gazetteer",
    "Map",
    "OfflineGeocoder",
    "Reader",
    "Report",
    "Router",
    "Scene",
    "alternatives",
    "around",
    "avoiding",
    "between",
    "border_strip",
    "build",
    "difference",
    "drawn",
    "explore",
    "find",
    "hull",
    "intersection",
    "open_router",
    "places_along",
    "read",
    "route",
    "side_of",
    "stretch",
    "to_frame",
    "union",
    "unit",
]

__version__ = "0.1.0"

_HOMES = {
    "EndpointReader": "geomap.reports.readers",
    "Gazetteer": "geomap.gazetteer",
    "Map": "geomap.maps.webmap",
    "OfflineGeocoder": "geomap.geocoder",
    "Reader": "geomap.reports.readers",
    "Report": "geomap.models",
    "Router": "geomap.geometry.roads.servers",
    "Scene": "geomap.scene",
    "alternatives": "geomap.geometry.routing",
    "around": "geomap.geometry.surroundings",
    "avoiding": "geomap.geometry.avoiding",
    "between": "geomap.geometry.sides",
    "border_strip": "geomap.geometry.strips",
    "build": "geomap.pipeline",
    "difference": "geomap.geometry.shapes",
    "drawn": "geomap.geometry.drawing",
    "explore": "geomap.maps.tables.explore",
    "find": "geomap.geometry.asking",
    "hull": "geomap.geometry.regions",
    "intersection": "geomap.geometry.shapes",
    "open_router": "geomap.geometry.roads.servers",
    "places_along": "geomap.geometry.passing",
    "read": "geomap.reading",
    "route": "geomap.geometry.routing",
    "side_of": "geomap.geometry.sides",
    "stretch": "geomap.geometry.stretches",
    "to_frame": "geomap.frames",
    "union": "geomap.geometry.shapes",
    "unit": "geomap.geometry.regions",
}


def __getattr__(name: str) -> object:
    """Load a public name from its module at its first use."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    """Return the public names, for tab completion."""
    return sorted([*__all__, "__version__"])
