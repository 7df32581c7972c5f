"""Coordinates from outside, made sound: numbers, in two dimensions, where a Web Mercator map has room for them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import shapely

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray
    from shapely.geometry import LineString
    from shapely.geometry.base import BaseGeometry

__all__ = ["MOST_LAT", "SHORTEST", "UnsoundError", "odd_lines", "sound_line", "sound_shape", "why_unsound"]

MOST_LAT = 85.0
"""Degrees from the equator at which the map ends; Web Mercator is a square up to 85.05."""
MOST_LON = 360.0
"""Longitudes run on beyond 180 where a line crosses the antimeridian, but not round the world."""
SHORTEST = 1e-4
"""Degrees (11 m) below which a line is a point: the page's grid."""

_LINE, _RING, _POLYGON = 1, 2, 3
_WORLD = (-MOST_LON, -MOST_LAT, MOST_LON, MOST_LAT)


class UnsoundError(ValueError):
    """Coordinates that no map can show; the message says why, as the end of a sentence."""


def why_unsound(lon: float, lat: float) -> str | None:
    """Return why a point cannot be shown, as the end of a sentence; None where it can."""
    if not (math.isfinite(lon) and math.isfinite(lat)):
        return "has coordinates that are no numbers"
    if abs(lat) > 90 or abs(lon) > MOST_LON:
        return f"has coordinates that are not on the earth (longitude {lon:g}, latitude {lat:g})"
    if abs(lat) > MOST_LAT:
        return f"lies beyond {MOST_LAT:g} degrees {'north' if lat > 0 else 'south'}, where the map ends"
    return None


def odd_lines(geometries: Sequence[BaseGeometry | None]) -> NDArray[np.bool_]:
    """Return which of many lines `sound_line` has to look at; quick."""
    lines = np.array(geometries, dtype=object)
    box = shapely.bounds(lines).reshape(-1, 4)
    inside = np.all((box >= _WORLD[:2] * 2) & (box <= _WORLD[2:] * 2), axis=1)  # not so where a number is none
    long = np.max(box[:, 2:] - box[:, :2], axis=1, initial=0.0) >= SHORTEST
    plain = (shapely.get_type_id(lines) == _LINE) & ~shapely.has_z(lines)
    # Bounds pass over vertices that are no numbers.
    coordinates, owner = shapely.get_coordinates(lines, return_index=True)
    broken = np.zeros(len(lines), dtype=bool)
    broken[owner[~np.isfinite(coordinates).all(axis=1)]] = True
    odd: NDArray[np.bool_] = ~(inside & long & plain) | broken
    return odd


def sound_line(geometry: BaseGeometry | None) -> LineString:
    """Return a line in two dimensions.

    Raises
    ------
    UnsoundError
        It is none, or has a vertex that cannot be shown.
    """
    if geometry is None or shapely.get_type_id(geometry) not in {_LINE, _RING}:
        raise UnsoundError("is no line")
    points = shapely.get_coordinates(geometry)
    for lon, lat in points.tolist():
        if why := why_unsound(lon, lat):
            raise UnsoundError(why)
    if len(points) < 2:
        raise UnsoundError("has fewer than two points")
    return shapely.LineString(points)


def sound_shape(geometry: BaseGeometry | None) -> tuple[BaseGeometry | None, list[str]]:
    """Return the polygons and lines of a shape that can be shown, None where it has none, and what was done to them.

    Outlines that cross themselves are taken apart by the even-odd rule, what lies beyond the map is cut off, points
    are left out.
    """
    if geometry is None or geometry.is_empty:
        return None, []
    if not np.isfinite(shapely.get_coordinates(geometry)).all():
        return None, ["has coordinates that are no numbers"]
    done: list[str] = []
    flat = shapely.force_2d(geometry)
    if not shapely.is_valid(flat):
        flat = shapely.make_valid(flat)
        done.append("had an outline that crosses itself; its parts are drawn")
    west, south, east, north = flat.bounds
    if max(-west, east) > MOST_LON or max(-south, north) > 90:
        return None, [*done, "has coordinates that are not on the earth"]
    if max(-south, north) > MOST_LAT:
        flat = shapely.clip_by_rect(flat, *_WORLD)
        done.append(f"reaches beyond {MOST_LAT:g} degrees, where the map ends")
    parts = list(_parts(flat))
    kept = [part for part in parts if shapely.get_type_id(part) in {_LINE, _RING, _POLYGON} and not part.is_empty]
    if len(kept) < len(parts):
        done.append("has points, which are no area" if kept else "is no area, but points")
    if not kept:
        return None, done
    return (kept[0] if len(kept) == 1 else _collected(kept)), done


def _collected(parts: list[BaseGeometry]) -> BaseGeometry:
    if all(shapely.get_type_id(part) == _POLYGON for part in parts):
        return shapely.MultiPolygon(parts)
    if all(shapely.get_type_id(part) == _LINE for part in parts):
        return shapely.MultiLineString(parts)
    return shapely.GeometryCollection(parts)


def _parts(geometry: BaseGeometry) -> Iterator[BaseGeometry]:
    if hasattr(geometry, "geoms"):
        for part in geometry.geoms:
            yield from _parts(part)
    elif not geometry.is_empty:
        yield geometry
