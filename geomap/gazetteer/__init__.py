"""Places and their names, offline."""

from geomap.gazetteer.frames import candidates_frame, places_frame
from geomap.gazetteer.names import Kind
from geomap.gazetteer.search import Gazetteer

__all__ = ["Gazetteer", "Kind", "candidates_frame", "places_frame"]
