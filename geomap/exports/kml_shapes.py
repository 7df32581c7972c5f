"""Geometries as KML, and the place from which all of them can be seen."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from geomap.schema import DEGREE_DIGITS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geopandas import GeoDataFrame
    from shapely.geometry.base import BaseGeometry

__all__ = ["View", "bounds", "placed"]

_DEGREE_M = 111_200
_NEAREST_M = 20_000


@dataclass(frozen=True, slots=True)
class View:
    """A point in degrees, and how far above it to look from, metres."""

    lon: float
    lat: float
    range_m: float


def bounds(tables: Iterable[GeoDataFrame]) -> View | None:
    """Return a view of all geometries of some tables, also across the antimeridian; None where there are none."""
    import shapely

    points = [shapely.get_coordinates(table.geometry.to_numpy()) for table in tables]
    lons = sorted({float(lon) for some in points for lon in some[:, 0]})
    lats = [float(lat) for some in points for lat in some[:, 1]]
    if not lons:
        return None
    # the widest gap between two neighbours is what need not be seen
    gaps = [(after - before, after) for before, after in zip(lons, [*lons[1:], lons[0] + 360], strict=True)]
    gap, first = max(gaps)
    wide = 360 - gap
    lat = (min(lats) + max(lats)) / 2
    across = max(wide * math.cos(math.radians(lat)), max(lats) - min(lats)) * _DEGREE_M
    return View((first + wide / 2 + 180) % 360 - 180, lat, max(1.4 * across, _NEAREST_M))


def placed(shape: BaseGeometry | None) -> Any:
    """Return the element of a geometry, lying on the ground; None for none."""
    if shape is None or shape.is_empty:
        return None
    import shapely
    from lxml import etree

    parts = [_part(part) for part in shapely.get_parts(shape)]
    if len(parts) == 1:
        return parts[0]
    several = etree.Element("MultiGeometry")
    several.extend(parts)
    return several


def _part(part: BaseGeometry) -> Any:
    from lxml import etree

    element = etree.Element(part.geom_type)
    if part.geom_type == "Polygon":
        import shapely

        etree.SubElement(element, "tessellate").text = "1"
        turned = shapely.orient_polygons(part)
        for place, rings in (("outerBoundaryIs", [turned.exterior]), ("innerBoundaryIs", turned.interiors)):
            for ring in rings:
                inner = etree.SubElement(etree.SubElement(element, place), "LinearRing")
                etree.SubElement(inner, "coordinates").text = _coordinates(ring)
        return element
    if part.geom_type == "LineString":
        etree.SubElement(element, "tessellate").text = "1"
    etree.SubElement(element, "coordinates").text = _coordinates(part)
    return element


def _coordinates(line: BaseGeometry) -> str:
    return " ".join(f"{round(lon, DEGREE_DIGITS)!r},{round(lat, DEGREE_DIGITS)!r}" for lon, lat, *_ in line.coords)
