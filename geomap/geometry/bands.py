"""Bands of a given width along a line, their ends cut square; metres on the ellipsoid, EPSG:4326."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely
from shapely.geometry import LineString, MultiLineString

from geomap.errors import InputError
from geomap.geometry.geodesy import DEGREE_M, Plane, buffer_m, cumulative_m, dense, nearest_on
from geomap.geometry.sweeps import wrapped

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

__all__ = ["WIDEST_M", "corridor", "flat_band"]

WIDEST_M = 2_000_000.0
"""Beyond that a band along a border of the far north would reach over the pole, which lon and lat cannot hold."""

_BEND = 0.001
_HEAD = 2.0
"""How far from its end, in widths, a line is thought to belong to that end: what is cut off lies within."""
_WINDING = 0.3
"""A course is told from a piece of line that gets ahead by this share of its length at least."""


def corridor(line: BaseGeometry, *, left_m: float, right_m: float, flat_ends: bool = True) -> BaseGeometry:
    """Return all within `left_m` metres to the left of a line and `right_m` to its right, seen in its direction.

    The line is a LineString or MultiLineString in EPSG:4326; parts that meet at the antimeridian are joined, and the
    result is cut there (RFC 7946, 3.1.9). Ends are square to the line's general course over one width, or round. The
    width is right within 0.3 %.

    Raises
    ------
    InputError
        It is no line, a width is negative or beyond `WIDEST_M`, or both are 0.
    """
    widths = (left_m, right_m)
    if not all(np.isfinite(width) and 0.0 <= width <= WIDEST_M for width in widths) or max(widths) <= 0.0:
        raise InputError(
            f"a band of {left_m} m to the left and {right_m} m to the right of a line cannot be drawn; give widths "
            f"from 0 to {WIDEST_M / 1000:.0f} km, one of them above 0"
        )
    lines = _joined(line)
    parts = []
    for part in lines:
        flat = flat_ends and not part.is_ring
        if left_m == right_m:
            parts.append(flat_band(part, left_m, cut_first=flat, cut_last=flat))
            continue
        for width, left in ((left_m, True), (right_m, False)):
            if width > 0.0:
                parts.append(_one_side(flat_band(part, width, cut_first=flat, cut_last=flat), part, width, left=left))
    return wrapped(_polygonal(shapely.union_all(parts)))


def flat_band(
    line: LineString,
    reach_m: float,
    *,
    first_m: float = 0.0,
    last_m: float = np.inf,
    cut_first: bool = True,
    cut_last: bool = True,
) -> BaseGeometry:
    """Return all within `reach_m` metres of the part of a line from `first_m` to `last_m` metres along it.

    A cut end is square to the general course of the whole line there, told from one width of it either way, so that
    the bands of two parts that follow each other meet in one line. An end that is not cut is round. Longitudes run on
    past 180 where the band crosses the antimeridian.
    """
    points = dense(shapely.get_coordinates(line), reach_m * _BEND)
    track = _Track(points, cumulative_m(points))
    first, last = max(0.0, first_m), min(track.total, last_m)
    cuts = [_cut(track, first, last, reach_m)] if cut_first else []
    cuts += [_cut(track, last, first, reach_m)] if cut_last else []
    edges = sorted({first, last, *(cut.until for cut in cuts)})
    parts = []
    for a, b in itertools.pairwise(edges):
        band = buffer_m(LineString(track.between(a, b)), reach_m)
        for cut in cuts:
            low, high = sorted((cut.at, cut.until))
            band = cut.trimmed(band, reach_m) if low <= a and b <= high else band
        parts.append(band)
    return shapely.union_all(parts)


@dataclass(frozen=True, eq=False)
class _Track:
    """A line with the distance along it to each of its vertices, in metres."""

    points: NDArray[np.float64]
    along: NDArray[np.float64]

    @property
    def total(self) -> float:
        return float(self.along[-1])

    def at(self, distance: float) -> NDArray[np.float64]:
        return np.array([np.interp(distance, self.along, axis) for axis in self.points.T])

    def between(self, first: float, last: float) -> NDArray[np.float64]:
        inside = self.points[(self.along > first) & (self.along < last)]
        return np.vstack([self.at(first), inside, self.at(last)])


@dataclass(frozen=True, eq=False)
class _Cut:
    """A straight cut across a line; what lies beyond it is taken off the band of the line up to `until`."""

    at: float
    until: float
    plane: Plane
    outward: NDArray[np.float64]

    def trimmed(self, band: BaseGeometry, reach_m: float) -> BaseGeometry:
        flat = shapely.transform(band, self.plane.there)
        far = 4.0 * _HEAD * reach_m
        across = np.array([-self.outward[1], self.outward[0]])
        beyond = np.array([across, across + self.outward, self.outward - across, -across]) * far
        return self.plane.lifted(shapely.difference(flat, shapely.Polygon(beyond)), reach_m * _BEND)


def _cut(track: _Track, at: float, other: float, reach_m: float) -> _Cut:
    """Return the cut at one end of a part of a track that has its other end at `other`."""
    here = track.at(at)
    plane = Plane(float(here[0]), float(here[1]))
    inward = 1.0 if other > at else -1.0
    inside = (track.along - at) * inward > 0.0
    gone = inside & (np.hypot(*plane.there(track.points).T) > _HEAD * reach_m)
    left = track.along[gone]
    nearest = float(left[np.argmin(np.abs(left - at))]) if len(left) else other
    until = nearest if abs(nearest - at) < abs(other - at) else other
    return _Cut(at, until, plane, -inward * _course(track, at, plane, reach_m))


def _course(track: _Track, at: float, plane: Plane, reach_m: float) -> NDArray[np.float64]:
    """Return the direction in which a line generally runs at a spot, as a unit vector of the plane there."""
    window = reach_m
    while True:
        low, high = max(0.0, at - window), min(track.total, at + window)
        ends = plane.there(np.vstack([track.at(low), track.at(high)]))
        step: NDArray[np.float64] = ends[1] - ends[0]
        ahead = float(np.hypot(*step))
        if ahead >= _WINDING * (high - low) or window < reach_m / 32.0:
            return step / max(ahead, 1e-9)
        window /= 2.0


def _one_side(band: BaseGeometry, line: LineString, width: float, *, left: bool) -> BaseGeometry:
    """Return the part of a line's band to one hand of the line."""
    points = dense(shapely.get_coordinates(line), width * _BEND)
    knife = points if line.is_ring else _stretched(points, 1.2 * width)
    faces = shapely.get_parts(shapely.polygonize([shapely.union_all([band.boundary, LineString(knife)])]))
    inner = shapely.point_on_surface(faces)
    shapely.prepare(band)
    kept = [
        face
        for face, spot in zip(faces, inner, strict=True)
        if shapely.intersects(band, spot) and _left_of(knife, spot.x, spot.y) == left
    ]
    return shapely.union_all(kept)


def _stretched(points: NDArray[np.float64], metres: float) -> NDArray[np.float64]:
    """Return a line that runs on straight at both its ends, along its general course there."""
    track = _Track(points, cumulative_m(points))
    ends = []
    for at, way in ((0.0, -1.0), (track.total, 1.0)):
        here = track.at(at)
        plane = Plane(float(here[0]), float(here[1]))
        ends.append(plane.back((way * metres * _course(track, at, plane, metres))[None, :]))
    return np.vstack([ends[0], points, ends[1]])


def _left_of(points: NDArray[np.float64], lon: float, lat: float) -> bool:
    """Whether a point lies to the left of a line, as told by the part of the line nearest to it.

    At a vertex the normals of both edges count (Baerentzen and Aanaes, Signed distance computation using the angle
    weighted pseudonormal, 2005).
    """
    fraction, distance = nearest_on(points[:-1], points[1:], lon, lat)
    best = int(np.argmin(distance))
    scale = np.array([np.cos(np.radians(lat)), 1.0]) * DEGREE_M
    step = np.diff(points, axis=0) * scale
    unit = step / np.maximum(np.hypot(*step.T), 1e-9)[:, None]
    near = points[best] + fraction[best] * (points[best + 1] - points[best])
    course = unit[best].copy()
    if fraction[best] >= 1.0 and best + 1 < len(unit):
        course += unit[best + 1]
    if fraction[best] <= 0.0 and best > 0:
        course += unit[best - 1]
    offset = (np.array([lon, lat]) - near) * scale
    return bool(course[0] * offset[1] - course[1] * offset[0] > 0.0)


def _joined(line: BaseGeometry) -> list[LineString]:
    """Return the lines of a geometry, joined where they meet, also where they were cut at the antimeridian."""
    parts = [part for part in shapely.get_parts(line) if part.geom_type in {"LineString", "LinearRing"}]
    parts = [LineString(part.coords) for part in parts if part.length > 0.0]
    if not parts or len(parts) < len(shapely.get_parts(line)):
        raise InputError(f"a {line.geom_type} is no line with a length; give a LineString or MultiLineString")
    east = any(part.bounds[2] >= 180.0 for part in parts)
    moved = [
        shapely.transform(part, lambda xy: xy + np.array([360.0, 0.0])) if east and part.bounds[0] <= -180.0 else part
        for part in parts
    ]
    return list(shapely.get_parts(shapely.line_merge(MultiLineString(moved))))


def _polygonal(geometry: BaseGeometry) -> BaseGeometry:
    return shapely.union_all([part for part in shapely.get_parts(geometry) if part.geom_type == "Polygon"])
