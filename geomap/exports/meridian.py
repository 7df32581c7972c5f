"""Geometries that cross the 180th meridian, cut there as RFC 7946 asks (section 3.1.9), and boxes that cross it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from shapely.geometry.base import BaseGeometry

__all__ = ["box_of", "cut"]

_HALF_TURN = 180.0


def cut(shape: BaseGeometry) -> BaseGeometry:
    """Return a geometry in parts on either side of the 180th meridian; the same where it does not cross it.

    A step of more than half the way round the world goes the other way. Both sides of the cut have the same latitude,
    on the straight line of degrees that the step is elsewhere.
    """
    import antimeridian
    import shapely

    if shape.geom_type in {"Point", "MultiPoint"} or not any(map(_jumps, shapely.get_parts(shape))):
        return shape
    parts = [
        antimeridian.fix_polygon(part, great_circle=False)
        if part.geom_type == "Polygon"
        else antimeridian.fix_line_string(part, great_circle=False)
        for part in shapely.get_parts(shape)
    ]
    found = [piece for part in parts for piece in shapely.get_parts(shapely.remove_repeated_points(part))]
    return shapely.MultiPolygon(found) if "Polygon" in shape.geom_type else shapely.MultiLineString(found)


def _jumps(part: BaseGeometry) -> bool:
    import numpy as np
    import shapely

    lines = [part.exterior, *part.interiors] if part.geom_type == "Polygon" else [part]
    return any((np.abs(np.diff(shapely.get_coordinates(line)[:, 0])) > _HALF_TURN).any() for line in lines)


def box_of(shapes: Iterable[BaseGeometry | None]) -> tuple[float, float, float, float] | None:
    """Return west, south, east, north of geometries that are cut, in degrees; None where there is none.

    West is greater than east where the smallest box crosses the 180th meridian (RFC 7946, section 5.2).
    """
    import shapely

    from geomap.maps.unwrapping import shifted_to, western_edge

    parts = [part.bounds for shape in shapes if shape is not None for part in shapely.get_parts(shape)]
    if not parts:
        return None
    west = western_edge((low, high) for low, _, high, _ in parts)
    east = max(shifted_to(low, west) + high - low for low, _, high, _ in parts)
    east = min(east, west + 2 * _HALF_TURN)
    south, north = min(low for _, low, _, _ in parts), max(high for *_, high in parts)
    return west, south, east - 2 * _HALF_TURN if east > _HALF_TURN else east, north
