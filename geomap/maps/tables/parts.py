"""The geometries of a table taken apart and measured, all together: one call for many is a hundred times as fast."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import shapely
from shapely import GeometryType

from geomap.geometry.geodesy import areas_m2, lengths_m

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    Shapes = Sequence[BaseGeometry | None]

__all__ = ["Parts", "parts_of"]

_LINES = (GeometryType.LINESTRING, GeometryType.LINEARRING, GeometryType.MULTILINESTRING)


@dataclass(slots=True)
class Parts:
    """What of one geometry in EPSG:4326 is lines, areas and points; a collection may hold all three."""

    lines: list[BaseGeometry] = field(default_factory=list)
    lengths_m: list[float] = field(default_factory=list)
    """Of each line, on the ellipsoid."""
    outline: BaseGeometry | None = None
    """All polygons as one; None where there are none."""
    area_m2: float = 0.0
    """Of the outline, on the ellipsoid."""
    points: list[BaseGeometry] = field(default_factory=list)
    why_not: str = ""
    """Why it cannot be drawn; empty where it can."""


def parts_of(shapes: Shapes) -> list[Parts]:
    """Return the parts of each geometry of a table, which are in degrees; rings that cross themselves are mended."""
    array = np.asarray(shapes, dtype=object)
    reasons = _reasons(array)
    fit = np.array([not reason for reason in reasons], dtype=bool)
    crossed = fit & ~shapely.is_valid(array)
    array[crossed] = shapely.make_valid(array[crossed], method="structure", keep_collapsed=False)
    found = [_apart(shape) if may else Parts(why_not=why) for shape, may, why in zip(array, fit, reasons, strict=True)]
    _measure(found)
    return found


def _reasons(array: NDArray[np.object_]) -> list[str]:
    """Return of each geometry why it cannot be drawn; empty where it can."""
    points, owner = shapely.get_coordinates(array, return_index=True)
    odd = np.zeros(len(array), dtype=bool)
    odd[owner[~np.isfinite(points).all(axis=1)]] = True
    bounds = shapely.bounds(array)
    with np.errstate(invalid="ignore"):
        outside = ~odd & ((bounds[:, :2] < (-180, -90)).any(axis=1) | (bounds[:, 2:] > (180, 90)).any(axis=1))
    short = np.isin(shapely.get_type_id(array), _LINES) & (shapely.length(array) == 0)
    found = [""] * len(array)
    for wrong, why in (
        (short, "its line has no length"),
        (outside, ""),
        (odd, "its geometry has coordinates that are no numbers, or that its CRS does not reach"),
        (shapely.is_empty(array), "its geometry is empty"),
        (shapely.is_missing(array), "it has no geometry"),
    ):
        for at in np.flatnonzero(wrong):
            found[at] = why or _far(bounds[at])
    return found


def _far(bounds: NDArray[np.float64]) -> str:
    west, south, east, north = bounds
    return f"its bounds {west:g}, {south:g}, {east:g}, {north:g} are no degrees of longitude and latitude"


def _apart(geometry: BaseGeometry) -> Parts:
    parts = Parts()
    polygons: list[BaseGeometry] = []
    waiting = [geometry]
    while waiting:
        part = waiting.pop(0)
        kind = part.geom_type
        if kind == "Point":
            parts.points += [] if part.is_empty else [part]
        elif hasattr(part, "geoms"):
            waiting[:0] = part.geoms
        elif not part.is_empty:
            line = shapely.LineString(part.coords) if kind == "LinearRing" else part
            (polygons if kind == "Polygon" else parts.lines).append(line)
    if polygons:
        parts.outline = shapely.union_all(polygons) if len(polygons) > 1 else polygons[0]
    return parts


def _measure(found: list[Parts]) -> None:
    """Fill in the lengths and areas of all parts."""
    lengths = iter(lengths_m([line for parts in found for line in parts.lines]).tolist())
    areas = iter(areas_m2([parts.outline for parts in found if parts.outline is not None]).tolist())
    for parts in found:
        parts.lengths_m = [next(lengths) for _ in parts.lines]
        if parts.outline is not None:
            parts.area_m2 = next(areas)
