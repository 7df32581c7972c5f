"""Lengths, areas, bearings and buffers in metres on the WGS 84 ellipsoid.

Everything takes and returns lon, lat in degrees (EPSG:4326). A line is cut and measured along its geodesic segments.
"""

from __future__ import annotations

import itertools
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import shapely
from shapely.geometry import LineString, Point

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from pyproj import Geod
    from shapely.geometry.base import BaseGeometry

__all__ = [
    "arc",
    "area_m2",
    "bearing",
    "buffer_m",
    "cumulative_m",
    "cut",
    "destination",
    "distance_m",
    "ellipsoid",
    "length_m",
    "locate",
    "nearest_on",
    "point_at",
]

DEGREE_M = 111_320.0
_PIECE_M = 40_000.0
_ARC_STEP_M = 50_000.0
_BEND = 0.002


@cache
def ellipsoid() -> Geod:
    """Return the WGS 84 ellipsoid."""
    from pyproj import Geod

    return Geod(ellps="WGS84")


def distance_m(lon: float, lat: float, other_lon: float, other_lat: float) -> float:
    """Return the geodesic distance between two points in metres."""
    return float(ellipsoid().inv(lon, lat, other_lon, other_lat)[2])


def bearing(lon: float, lat: float, other_lon: float, other_lat: float) -> float:
    """Return the bearing at the first point towards the second, in degrees clockwise from north, 0 to 360."""
    return float(ellipsoid().inv(lon, lat, other_lon, other_lat)[0]) % 360.0


def destination(lon: float, lat: float, bearing_deg: float, distance: float) -> tuple[float, float]:
    """Return the lon, lat reached after `distance` metres along the geodesic that starts at `bearing_deg`."""
    east, north, _ = ellipsoid().fwd(lon, lat, bearing_deg, distance)
    return float(east), float(north)


def length_m(geometry: BaseGeometry) -> float:
    """Return the geodesic length of a line, or the perimeter of a polygon, in metres."""
    return float(ellipsoid().geometry_length(geometry))


def area_m2(geometry: BaseGeometry) -> float:
    """Return the area on the ellipsoid in square metres, whatever way the rings turn."""
    polygons = (shapely.geometry.polygon.orient(part) for part in _polygons(geometry))
    return float(sum(abs(ellipsoid().geometry_area_perimeter(polygon)[0]) for polygon in polygons))


def arc(lon: float, lat: float, other_lon: float, other_lat: float) -> LineString:
    """Return the great-circle line between two points with a vertex about every 50 km.

    Longitudes run on past 180 where the line crosses the antimeridian, so that it stays in one piece.
    """
    count = int(distance_m(lon, lat, other_lon, other_lat) / _ARC_STEP_M)
    middle = ellipsoid().npts(lon, lat, other_lon, other_lat, count) if count else []
    points = np.array([(lon, lat), *middle, (other_lon, other_lat)])
    points[:, 0] = np.unwrap(points[:, 0], period=360.0)
    return LineString(points)


def cumulative_m(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the distance along the line from its start to each vertex, in metres."""
    steps = ellipsoid().inv(points[:-1, 0], points[:-1, 1], points[1:, 0], points[1:, 1])[2]
    return np.concatenate([[0.0], np.cumsum(steps)])


def nearest_on(
    starts: NDArray[np.float64], ends: NDArray[np.float64], lon: float, lat: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return for each segment its fraction nearest to the point, and the distance there in metres.

    Computed in a plane scaled at the point's latitude: right within 0.5 % up to 100 km from the point.
    """
    scale = np.array([DEGREE_M * np.cos(np.radians(lat)), DEGREE_M])
    a = (starts - (lon, lat)) * scale
    step = (ends - starts) * scale
    square = np.einsum("ij,ij->i", step, step)
    fraction = np.clip(-np.einsum("ij,ij->i", a, step) / np.where(square > 0, square, 1.0), 0.0, 1.0)
    offset = a + step * fraction[:, None]
    return fraction, np.hypot(offset[:, 0], offset[:, 1])


def locate(line: LineString, lon: float, lat: float) -> tuple[float, float]:
    """Return how far along the line its point nearest to lon, lat lies, and how far off that is, in metres."""
    points = shapely.get_coordinates(line)
    fraction, distance = nearest_on(points[:-1], points[1:], lon, lat)
    best = int(np.argmin(distance))
    along = cumulative_m(points)
    return float(along[best] + fraction[best] * (along[best + 1] - along[best])), float(distance[best])


def point_at(line: LineString, distance: float) -> Point:
    """Return the point `distance` metres along the line, held within its ends."""
    points = shapely.get_coordinates(line)
    return Point(_interpolate(points, cumulative_m(points), distance))


def cut(line: LineString, start_m: float, end_m: float) -> LineString:
    """Return the part of the line from `start_m` to `end_m` metres along it, held within its ends."""
    points = shapely.get_coordinates(line)
    along = cumulative_m(points)
    first, last = sorted((max(0.0, start_m), min(float(along[-1]), end_m)))
    inside = points[(along > first) & (along < last)]
    return LineString([_interpolate(points, along, first), *inside, _interpolate(points, along, last)])


def buffer_m(geometry: BaseGeometry, distance: float) -> BaseGeometry:
    """Return everything within `distance` metres of the geometry.

    A single projection would be hundreds of metres wrong on a long line, so each piece of 40 km is buffered in an
    azimuthal equidistant projection of its own and the pieces are united. Bends smaller than 0.2 % of the distance are
    left out, so the edge is right within that.

    Raises
    ------
    ValueError
        The distance is negative.
    """
    if distance < 0:
        raise ValueError(f"a buffer of {distance} m has no area; give a distance of 0 or more")
    pieces = [_buffer_piece(piece, distance) for piece in _pieces(geometry)]
    solid = _polygons(geometry)
    return shapely.union_all([*pieces, *solid])


def _buffer_piece(piece: BaseGeometry, distance: float) -> BaseGeometry:
    from pyproj import Proj

    west, south, east, north = piece.bounds
    local = Proj(proj="aeqd", lon_0=(west + east) / 2, lat_0=(south + north) / 2, ellps="WGS84")

    def there(lonlat: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.column_stack(local(lonlat[:, 0], lonlat[:, 1]))

    def back(xy: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.column_stack(local(xy[:, 0], xy[:, 1], inverse=True))

    line = shapely.simplify(shapely.transform(piece, there), distance * _BEND)
    return shapely.transform(line.buffer(distance, quad_segs=16), back)


def _pieces(geometry: BaseGeometry) -> list[BaseGeometry]:
    pieces: list[BaseGeometry] = []
    for part in shapely.get_parts(geometry):
        if part.geom_type == "Point":
            pieces.append(part)
            continue
        lines = shapely.get_parts(part.boundary) if part.geom_type == "Polygon" else [part]
        for line in lines:
            total = length_m(line)
            edges = np.linspace(0.0, total, max(1, int(np.ceil(total / _PIECE_M))) + 1)
            pieces.extend(cut(line, a, b) for a, b in itertools.pairwise(edges))
    return pieces


def _polygons(geometry: BaseGeometry) -> list[BaseGeometry]:
    return [part for part in shapely.get_parts(geometry) if part.geom_type == "Polygon"]


def _interpolate(points: NDArray[np.float64], along: NDArray[np.float64], distance: float) -> tuple[float, float]:
    return float(np.interp(distance, along, points[:, 0])), float(np.interp(distance, along, points[:, 1]))
