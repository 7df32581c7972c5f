"""Lengths, areas, bearings and buffers in metres on the WGS 84 ellipsoid.

Everything takes and returns lon, lat in degrees (EPSG:4326). A line is cut and measured along its geodesic segments.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

import numpy as np
import shapely
from shapely.geometry import LineString, Point, Polygon

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from pyproj import Geod, Proj
    from shapely.geometry.base import BaseGeometry

__all__ = [
    "Plane",
    "arc",
    "area_m2",
    "areas_m2",
    "bearing",
    "buffer_m",
    "cumulative_m",
    "cut",
    "dense",
    "destination",
    "distance_m",
    "ellipsoid",
    "length_m",
    "lengths_m",
    "locate",
    "nearest_on",
    "point_at",
]

DEGREE_M = 111_320.0
_PIECES_M = 50_000.0, 200_000.0
_ARC_STEP_M = 50_000.0
_GAUSS = ((0.1127016653792583, 5 / 18), (0.5, 8 / 18), (0.8872983346207417, 5 / 18))
"""Shares of an edge and their weights: Gauss-Legendre, three points."""
_BEND = 0.001
_QUARTER = 16
_EARTH_M = 6_371_000.0
_STEEPEST_LAT = 85.0
_FINEST_M = 0.01


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


def lengths_m(lines: Sequence[BaseGeometry]) -> NDArray[np.float64]:
    """Return the geodesic length of each of many lines, each in one part, in metres: `length_m` of all at once."""
    points, line = shapely.get_coordinates(np.asarray(lines, dtype=object), return_index=True)
    if len(points) < 2:
        return np.zeros(len(lines))
    steps = ellipsoid().inv(points[:-1, 0], points[:-1, 1], points[1:, 0], points[1:, 1])[2]
    within = line[:-1] == line[1:]
    found = np.bincount(line[:-1][within], np.asarray(steps)[within], minlength=len(lines))
    return found.astype(np.float64)


def area_m2(geometry: BaseGeometry) -> float:
    """Return the area on the ellipsoid in square metres, whatever way the rings turn.

    Edges are straight in lon and lat, as in GeoJSON; a border along a parallel is no geodesic. An edge adds the area
    between it and the equator: authalic q (Snyder, Map Projections: A Working Manual, 1987, eq. 3-12), integrated over
    its longitudes by Gauss's rule with three points.
    """
    return float(areas_m2([geometry])[0])


def areas_m2(geometries: Sequence[BaseGeometry]) -> NDArray[np.float64]:
    """Return the area of each of many geometries in square metres: `area_m2` of all at once."""
    parts, whole = shapely.get_parts(np.asarray(geometries, dtype=object), return_index=True)
    flat = shapely.get_type_id(parts) == shapely.GeometryType.POLYGON
    rings, polygon = shapely.get_rings(parts[flat], return_index=True)
    if not len(rings):
        return np.zeros(len(geometries))
    points, ring = shapely.get_coordinates(rings, return_index=True)
    start, step = points[:-1], np.diff(points, axis=0)
    q = sum(weight * _authalic(start[:, 1] + share * step[:, 1]) for share, weight in _GAUSS)
    within = ring[:-1] == ring[1:]
    under = np.bincount(ring[:-1][within], (np.radians(step[:, 0]) * q)[within], minlength=len(rings))
    # The first ring of a polygon is its shell, the others are holes.
    shell = np.concatenate([[True], np.diff(polygon) > 0])
    signed = np.abs(under) * np.where(shell, 1.0, -1.0)
    found = np.bincount(whole[flat][polygon], signed, minlength=len(geometries))
    return found.astype(np.float64) * (ellipsoid().a ** 2 / 2.0)


def _authalic(lat: NDArray[np.float64]) -> NDArray[np.float64]:
    squared = ellipsoid().es
    sine, e = np.sin(np.radians(lat)), np.sqrt(squared)
    q: NDArray[np.float64] = (1.0 - squared) * (sine / (1.0 - squared * sine * sine) + np.arctanh(e * sine) / e)
    return q


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
    return LineString(np.vstack([_interpolate(points, along, first), inside, _interpolate(points, along, last)]))


def buffer_m(geometry: BaseGeometry, distance: float) -> BaseGeometry:
    """Return everything within `distance` metres of the geometry.

    A single projection would be hundreds of metres wrong on a long line, so each piece of 50 to 200 km is buffered in
    an azimuthal equidistant projection of its own, where distances are right within 0.02 % (Snyder, Map Projections: A
    Working Manual, 1987, p. 191), and the pieces are united. Bends smaller than 0.1 % of the distance are left out, and
    half circles have 32 edges: all in all the edge is right within 0.3 %.

    Edges are straight between their vertices in lon and lat, as in GeoJSON. Where the result crosses the antimeridian
    its longitudes run on past 180, so that it stays in one piece; `sweeps.wrapped` cuts it there.

    Raises
    ------
    ValueError
        The distance is negative.
    """
    if distance < 0:
        raise ValueError(f"a buffer of {distance} m has no area; give a distance of 0 or more")
    pieces = [_buffer_piece(piece, distance) for piece in _pieces(geometry, distance)]
    solid = _polygons(geometry)
    return shapely.union_all([*pieces, *solid])


def dense(points: NDArray[np.float64], tolerance_m: float) -> NDArray[np.float64]:
    """Return the vertices of a line with more of them between, so that its edges are geodesics within a tolerance.

    Longitudes run on past 180 where the line crosses the antimeridian.
    """
    whole = np.column_stack([np.unwrap(points[:, 0], period=360.0), points[:, 1]])
    step = _straight_m(float(np.abs(points[:, 1]).max()), tolerance_m) / DEGREE_M
    finer: NDArray[np.float64] = shapely.get_coordinates(shapely.segmentize(LineString(whole), step))
    return finer


@dataclass(frozen=True, slots=True)
class Plane:
    """A plane that touches the ellipsoid at a point: from there distances and bearings are right, in metres."""

    lon: float
    lat: float

    def there(self, lonlat: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return x east and y north in metres."""
        return np.column_stack(_projection(self.lon, self.lat)(lonlat[:, 0], lonlat[:, 1]))

    def back(self, xy: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return lon, lat in degrees; longitudes lie within 180 degrees of the plane's own."""
        lon, lat = _projection(self.lon, self.lat)(xy[:, 0], xy[:, 1], inverse=True)
        return np.column_stack([self.lon + (lon - self.lon + 180.0) % 360.0 - 180.0, lat])

    def lifted(self, geometry: BaseGeometry, tolerance_m: float) -> BaseGeometry:
        """Return a polygon of the plane in lon, lat, its edges right within a tolerance in metres.

        One that holds a pole goes round all longitudes and up to the edge of lon and lat that the pole is there.
        """
        step = _straight_m(abs(self.lat) + 2.0, tolerance_m)
        found = shapely.transform(shapely.segmentize(geometry, step), self.back)
        steps = np.abs(np.diff(shapely.get_coordinates(found)[:, 0]))
        if not (steps > 180.0).any():
            return found
        return shapely.union_all([_round_pole(part, self.lat) for part in _polygons(found)])


def _round_pole(polygon: Polygon, lat: float) -> BaseGeometry:
    """Return a polygon near the pole of `lat` with longitudes that run on, closed over the pole where it holds that."""
    ring = np.array(polygon.exterior.coords)
    ring[:, 0] = np.unwrap(ring[:, 0], period=360.0)
    if abs(ring[-1, 0] - ring[0, 0]) > 180.0:
        pole = np.copysign(90.0, lat)
        ring = np.vstack([ring, [ring[-1, 0], pole], [ring[0, 0], pole]])
    ring[:, 0] -= 360.0 * np.round((ring[:, 0].min() + ring[:, 0].max()) / 720.0)
    return shapely.make_valid(Polygon(ring, polygon.interiors), method="structure", keep_collapsed=False)


def _straight_m(lat: float, tolerance_m: float) -> float:
    """Return how long an edge that is straight in lon and lat may be and still be a geodesic within a tolerance.

    It departs from the geodesic by its length squared times the tangent of the latitude over eight earth radii.
    """
    steep = max(float(np.tan(np.radians(min(lat, _STEEPEST_LAT)))), 0.1)
    return float(np.sqrt(8.0 * _EARTH_M * max(tolerance_m, _FINEST_M) / steep))


@lru_cache(maxsize=256)
def _projection(lon: float, lat: float) -> Proj:
    from pyproj import Proj

    return Proj(proj="aeqd", lon_0=lon, lat_0=lat, ellps="WGS84")


def _buffer_piece(points: NDArray[np.float64], distance: float) -> BaseGeometry:
    west, south = points.min(axis=0)
    east, north = points.max(axis=0)
    plane = Plane(float(west + east) / 2, float(south + north) / 2)
    flat = plane.there(points)
    if len(points) == 1:
        return plane.lifted(Point(flat[0]).buffer(distance, quad_segs=_QUARTER), distance * _BEND)
    line = shapely.simplify(LineString(flat), distance * _BEND)
    return plane.lifted(line.buffer(distance, quad_segs=_QUARTER), distance * _BEND)


def _pieces(geometry: BaseGeometry, distance: float) -> list[NDArray[np.float64]]:
    """Return the vertices of points, and those of lines and outlines in short pieces: the deeper, the longer."""
    pieces: list[NDArray[np.float64]] = []
    long = float(np.clip(distance, *_PIECES_M))
    for part in shapely.get_parts(geometry):
        if part.geom_type == "Point":
            pieces.append(shapely.get_coordinates(part))
            continue
        lines = shapely.get_parts(part.boundary) if part.geom_type == "Polygon" else [part]
        for line in lines:
            points = dense(shapely.get_coordinates(line), distance * _BEND)
            number = (cumulative_m(points) // long).astype(int)
            edges = [0, *(np.flatnonzero(np.diff(number)) + 1), len(points) - 1]
            pieces.extend(points[a : b + 1] for a, b in itertools.pairwise(edges) if b > a)
    return pieces


def _polygons(geometry: BaseGeometry) -> list[BaseGeometry]:
    return [part for part in shapely.get_parts(geometry) if part.geom_type == "Polygon"]


def _interpolate(points: NDArray[np.float64], along: NDArray[np.float64], distance: float) -> tuple[float, float]:
    return float(np.interp(distance, along, points[:, 0])), float(np.interp(distance, along, points[:, 1]))
