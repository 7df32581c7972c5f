"""Places and their names, offline."""

from geomap.gazetteer.names import Kind
from geomap.gazetteer.search import Gazetteer

__all__ = ["Gazetteer", "Kind"]
