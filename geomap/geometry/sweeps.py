"""Shapes that directions and distances make: sectors round a point, bands along a line, halves of an area.

Built from geodesics on the WGS 84 ellipsoid; EPSG:4326 throughout. Longitudes run on past 180 where a shape crosses the
antimeridian, so that it stays in one piece.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import shapely
from shapely.geometry import LineString, Point, Polygon

from geomap.geometry.geodesy import DEGREE_M, bearing, buffer_m, distance_m, ellipsoid, length_m

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

__all__ = [
    "band",
    "coarse",
    "farthest_m",
    "gap_m",
    "half",
    "nearest_spot",
    "ring",
    "spot_in",
    "sweep",
    "wind",
    "wrapped",
]

_STEP_DEG = 2.5
"""Vertices of an arc: its chords then leave out less than 0.03 % of the radius."""
_GENERAL = 1 / 100
_WINDS = (
    "north", "north-northeast", "northeast", "east-northeast", "east", "east-southeast", "southeast", "south-southeast",
    "south", "south-southwest", "southwest", "west-southwest", "west", "west-northwest", "northwest", "north-northwest",
)  # fmt: skip


def ring(
    lon: float, lat: float, low_m: float, high_m: float, *, bearing_deg: float | None = None, sector: float = 180.0
) -> BaseGeometry:
    """Return all that lies between two distances from a point, within `sector` degrees either side of a bearing."""
    turn = np.linspace(-sector, sector, 2 + int(2 * sector / _STEP_DEG)) + (bearing_deg or 0.0)
    whole = bearing_deg is None or sector >= 180.0
    outer = _arc(lon, lat, turn, high_m)
    if whole:
        disc = Polygon(outer)
        return disc if low_m < 1.0 else Polygon(outer, [_arc(lon, lat, turn, low_m)])
    inner = np.array([[lon, lat]]) if low_m < 1.0 else _arc(lon, lat, turn, low_m)[::-1]
    return shapely.make_valid(Polygon(np.concatenate([outer, inner])))


def sweep(
    geometry: BaseGeometry, bearing_deg: float | None, distance: float, *, hand: str | None = None
) -> BaseGeometry:
    """Return what a line, or the edge of a polygon, passes over when it is moved `distance` metres along a bearing.

    With `hand` "left" or "right" each part of the line moves square to its own course, to that side of it. Bends
    smaller than a hundredth of the distance are left out.
    """
    parts = []
    for line in _lines(coarse(geometry, distance * _GENERAL)):
        points = shapely.get_coordinates(shapely.segmentize(line, 0.2))
        for first, last in pairwise(points):
            course = bearing(*first, *last)
            turn = bearing_deg if bearing_deg is not None else course + (-90.0 if hand == "left" else 90.0)
            moved = _moved(np.array([last, first]), turn, distance)
            parts.append(shapely.make_valid(Polygon(np.concatenate([[first, last], moved]))))
    return _polygons(shapely.union_all(parts))


def band(
    geometry: BaseGeometry,
    low_m: float,
    high_m: float,
    *,
    bearing_deg: float | None = None,
    hand: str | None = None,
) -> BaseGeometry:
    """Return all that lies between two distances from a line or polygon, on the side of a bearing or a hand.

    The inside of a polygon does not belong to the band. Where a line runs the way of the bearing it has no such side,
    and nothing lies there.
    """
    simple = coarse(geometry, high_m * _GENERAL)
    found = buffer_m(simple, high_m)
    if low_m >= 1.0:
        found = shapely.difference(found, buffer_m(simple, low_m))
    found = shapely.difference(found, simple) if simple.area else found
    if bearing_deg is not None or hand is not None:
        # A line at a slant is nearer than its distance along the bearing: three times covers slants up to 70 degrees.
        found = shapely.intersection(found, sweep(simple, bearing_deg, 3 * high_m, hand=hand))
    return _polygons(found)


def half(area: BaseGeometry, bearing_deg: float) -> BaseGeometry:
    """Return the part of an area that lies on the side of a bearing from its centroid."""
    middle = area.centroid
    west, south, east, north = area.bounds
    reach = 2.2 * distance_m(west, south, east, north)
    spots = [(bearing_deg - 90.0, reach), (bearing_deg - 45.0, reach * 1.5), (bearing_deg + 45.0, reach * 1.5)]
    flat = np.array([_planar(middle, turn, far) for turn, far in (*spots, (bearing_deg + 90.0, reach))])
    return _polygons(shapely.intersection(area, Polygon(flat)))


def coarse(geometry: BaseGeometry, tolerance_m: float) -> BaseGeometry:
    """Return the geometry without bends smaller than a tolerance in metres."""
    return shapely.simplify(geometry, tolerance_m / DEGREE_M)


def spot_in(area: BaseGeometry, wanted: tuple[float, float] | None = None) -> tuple[float, float]:
    """Return a point inside an area: the wanted one, the one nearest to it, or one well inside."""
    if wanted is not None and shapely.intersects_xy(area, *wanted):
        return wanted
    if wanted is not None:
        inner = shapely.buffer(area, -0.02 * area.area**0.5)
        if not inner.is_empty:
            return nearest_spot(inner, *wanted)
    inside = shapely.point_on_surface(area)
    return float(inside.x), float(inside.y)


def nearest_spot(geometry: BaseGeometry, lon: float, lat: float) -> tuple[float, float]:
    """Return the point of a geometry that is nearest to lon, lat.

    Found in a plane scaled at that latitude, which is good enough to choose a point, not to measure with.
    """
    scale = np.array([max(np.cos(np.radians(lat)), 1e-3), 1.0])
    plane = shapely.transform(geometry, lambda xy: xy * scale)
    line = shapely.shortest_line(plane, Point(lon * scale[0], lat))
    x, y = shapely.get_coordinates(line)[0] / scale
    return float(x), float(y)


def gap_m(geometry: BaseGeometry, lon: float, lat: float) -> float:
    """Return the distance from a point to a geometry in metres, 0 inside it."""
    return 0.0 if shapely.intersects_xy(geometry, lon, lat) else distance_m(lon, lat, *nearest_spot(geometry, lon, lat))


def farthest_m(geometry: BaseGeometry, lon: float, lat: float) -> float:
    """Return the distance from a point to the farthest vertex of a geometry in metres."""
    points = shapely.get_coordinates(geometry)
    here = np.broadcast_to((lon, lat), points.shape)
    return float(ellipsoid().inv(here[:, 0], here[:, 1], points[:, 0], points[:, 1])[2].max())


def wrapped(area: BaseGeometry) -> BaseGeometry:
    """Return polygons whose longitudes run past 180 or -180 cut there, all of them in -180..180 (RFC 7946, 3.1.9)."""
    west, _, east, _ = area.bounds
    if west >= -180.0 and east <= 180.0:
        return area
    parts = []
    for turn in (-360.0, 0.0, 360.0):
        moved = shapely.transform(area, lambda xy, turn=turn: xy + np.array([turn, 0.0]))
        parts.append(shapely.clip_by_rect(moved, -180.0, -90.0, 180.0, 90.0))
    return _polygons(shapely.union_all(parts))


def wind(bearing_deg: float) -> str:
    """Return the nearest of the sixteen winds in words."""
    return _WINDS[round(bearing_deg / 22.5) % 16]


def _arc(lon: float, lat: float, turn: NDArray[np.float64], distance: float) -> NDArray[np.float64]:
    start = np.broadcast_to((lon, lat), (len(turn), 2))
    east, north, _ = ellipsoid().fwd(start[:, 0], start[:, 1], turn, np.full(len(turn), distance))
    points = np.column_stack([east, north])
    points[:, 0] = lon + (points[:, 0] - lon + 180.0) % 360.0 - 180.0
    return points


def _moved(points: NDArray[np.float64], turn: float, distance: float) -> NDArray[np.float64]:
    count = len(points)
    east, north, _ = ellipsoid().fwd(points[:, 0], points[:, 1], np.full(count, turn), np.full(count, distance))
    lon = points[:, 0] + (east - points[:, 0] + 180.0) % 360.0 - 180.0
    return np.column_stack([lon, north])


def _planar(middle: Point, turn: float, far: float) -> tuple[float, float]:
    """Return a point far off in a plane scaled at the middle's latitude: only its side of a straight cut counts."""
    angle, degrees = np.radians(turn), far / DEGREE_M
    return middle.x + degrees * np.sin(angle) / np.cos(np.radians(middle.y)), middle.y + degrees * np.cos(angle)


def _lines(geometry: BaseGeometry) -> list[LineString]:
    edges = (part.boundary if part.geom_type == "Polygon" else part for part in shapely.get_parts(geometry))
    return [line for edge in edges for line in shapely.get_parts(edge) if length_m(line) > 0]


def _polygons(geometry: BaseGeometry) -> BaseGeometry:
    parts = [part for part in shapely.get_parts(shapely.get_parts(geometry)) if part.geom_type == "Polygon"]
    return parts[0] if len(parts) == 1 else shapely.MultiPolygon(parts)
