"""Strips of a given depth along a border, on one side of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely
from shapely.geometry import LineString, Polygon

from geomap.errors import InputError, UnknownPlaceError
from geomap.gazetteer import Gazetteer
from geomap.geometry.borders import border, country
from geomap.geometry.geodesy import area_m2, bearing, buffer_m, cut, destination, length_m, locate, point_at
from geomap.models import Issue, Shape

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from geomap.models import Place

__all__ = ["border_strip", "country_name"]

_FAR_FROM_BORDER_M = 150_000.0


def border_strip(
    a: str,
    b: str,
    *,
    side: str,
    depth_m: float,
    start: Place | None = None,
    end: Place | None = None,
    region: BaseGeometry | None = None,
) -> Shape:
    """Return the strip `depth_m` metres deep along the land border of two countries, on the side of one of them.

    With `start` and `end` it reaches from where the one to where the other lies along the border, cut off square;
    with `region` only what lies in that polygon (EPSG:4326) is kept.

    Raises
    ------
    UnknownBorderError
        The two share no land border; the message names the neighbours.
    InputError
        The depth is not positive, the side is neither country, only one end is given, an end is far from the border,
        or the region holds nothing of the strip.
    """
    a, b, side = a.upper(), b.upper(), side.upper()
    if not (np.isfinite(depth_m) and depth_m > 0):
        raise InputError(f"a strip of {depth_m} m has no depth; give a positive depth such as 30km")
    if side not in {a, b}:
        raise InputError(f"the strip along the {a}–{b} border cannot lie in {side}; its side is {a} or {b}")
    lines = list(border(a, b).geoms)
    issues: list[Issue] = []
    square: list[BaseGeometry] = []
    if start is not None or end is not None:
        if start is None or end is None:
            raise InputError("a strip with one end only is open; give both places it reaches from and to, or neither")
        line, square = _between(lines, start, end, depth_m)
        lines = [line]
    land = country(side)
    shape = shapely.intersection(buffer_m(shapely.MultiLineString(lines), depth_m), land)
    shape = shapely.difference(shape, shapely.union_all(square)) if square else shape
    if region is not None:
        shape = shapely.intersection(shape, region)
    shape = _polygonal(shape)
    if shape.is_empty:
        raise InputError(f"nothing of the {side} side of the {a}–{b} border lies in the region named")
    if area_m2(shape) > 0.95 * area_m2(land):
        issues.append(Issue("area", f"a depth of {depth_m / 1000:g} km takes in nearly all of {side}"))
    places = f" from {start.name} to {end.name}" if start and end else ""
    within = ", within the region named" if region is not None else ""
    return Shape(
        geometry=shape,
        built_from=f"{depth_m / 1000:g} km deep along the border of {country_name(a)} and {country_name(b)}{places}, "
        f"on the side of {country_name(side)}{within}",
        length_m=sum(length_m(line) for line in _kept(lines, region)),
        area_m2=area_m2(shape),
        published_limits=bool(places),
        issues=tuple(issues),
    )


def country_name(code: str) -> str:
    """Return a country's name for a sentence, or its code where no name is known."""
    try:
        return Gazetteer().country(code).name
    except UnknownPlaceError:
        return code


def _between(
    lines: list[LineString], start: Place, end: Place, depth_m: float
) -> tuple[LineString, list[BaseGeometry]]:
    """Return the part of the border between two places, and the half discs that square off its ends."""
    joined = _longest(lines)
    spots = []
    for place in (start, end):
        along, off = locate(joined, place.lon, place.lat)
        if off > max(_FAR_FROM_BORDER_M, place.precision_m):
            raise InputError(f"{place.name} lies {off / 1000:.0f} km from the border; name a place near it")
        spots.append(along)
    first, last = sorted(spots)
    if last - first < 1.0:
        raise InputError(f"{start.name} and {end.name} lie at the same spot of the border; name two places apart")
    total = length_m(joined)
    discs = []
    for at, inner in ((first, min(last, first + depth_m)), (last, max(first, last - depth_m))):
        if 0.0 < at < total:
            here, there = point_at(joined, at), point_at(joined, inner)
            discs.append(_half_disc(here.x, here.y, bearing(there.x, there.y, here.x, here.y), depth_m * 1.5))
    return cut(joined, first, last), discs


def _half_disc(lon: float, lat: float, outward: float, radius_m: float) -> Polygon:
    rim = [destination(lon, lat, outward + turn, radius_m) for turn in np.linspace(-90.0, 90.0, 37)]
    return Polygon(rim)


def _longest(lines: list[LineString]) -> LineString:
    return max(lines, key=length_m)


def _kept(lines: list[LineString], region: BaseGeometry | None) -> list[BaseGeometry]:
    return list(lines) if region is None else [shapely.intersection(line, region) for line in lines]


def _polygonal(geometry: BaseGeometry) -> BaseGeometry:
    return shapely.union_all([part for part in shapely.get_parts(geometry) if part.geom_type == "Polygon"])
