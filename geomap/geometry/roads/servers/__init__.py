"""Ways by a routing server, or by tiles of one's own, instead of the shipped network; only when told to.

Positions of stops are sent as they are. Nothing is asked unless a router is named, and each question is told in words.
"""

from geomap.geometry.roads.servers.opening import open_router
from geomap.geometry.roads.servers.router import RoadLine, Router
from geomap.geometry.roads.servers.server import OPENSTREETMAP
from geomap.geometry.roads.servers.wayfinding import Found, find_ways

__all__ = ["OPENSTREETMAP", "Found", "RoadLine", "Router", "find_ways", "open_router"]
