"""Strips of a given depth along the land border of two countries, on one side of it or on both."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

from geomap.errors import InputError
from geomap.geometry.borders import border, box_of, country, frontier, land_in, pieces_near, polygons
from geomap.geometry.countries import country_name
from geomap.geometry.geodesy import area_m2, length_m
from geomap.geometry.reaches import Reach, reach_between, whole
from geomap.geometry.strip_asks import asked, kilometres
from geomap.models import Issue, Shape

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from geomap.geometry.asking import What
    from geomap.geometry.strip_asks import Ask

__all__ = ["border_strip", "country_name"]

_TOLD_APART_M = 1_000.0
"""Where the two lines of a border are farther apart, the reader is told."""
_ACROSS_M = 1_000.0
"""So much of a third country may lie between land and the border it is near to: outlines do not quite meet."""
_NEARLY_ALL = 0.95
_TOUCHING_DEG = 1e-5


def border_strip(
    a: str,
    b: str,
    *,
    depth_m: float | Mapping[str, float],
    side: str | None = None,
    possible_depth_m: float | Mapping[str, float] | None = None,
    start: What | None = None,
    end: What | None = None,
    region: BaseGeometry | None = None,
) -> Shape:
    """Return the land within a depth of the border of two countries, on the side of one of them or on both.

    The depth is the geodesic distance from the border as that side draws it. With `start` and `end` the strip reaches
    from where the one to where the other lies along the border, its ends cut square to the border's general course;
    without them along all of it, cut square where a third country begins. Land that is near the border only across a
    third country is left out. Nothing lies outside the polygon of the side's country.

    Parameters
    ----------
    a, b
        Codes (ISO 3166-1 alpha-2) or names of the two countries, in any order.
    depth_m
        Depth in metres, or the depth on each side by country.
    side
        Code or name of the country the strip lies in, or "both"; may be left out where the depths name the sides.
    possible_depth_m
        Depth in metres that it may have at most, by country as `depth_m`: "30 to 35 km" is 30,000 and 35,000, "up to
        20 km" is 0 and 20,000. What lies between the two is in the shape's `possible`.
    start, end
        Places near the border, by record, name, id or "LAT,LON", in any order; both or neither.
    region
        Polygon in EPSG:4326; only what lies in it is kept.

    Raises
    ------
    UnknownBorderError
        The two share no land border; the message names the neighbours. Or no country has that code or name.
    UnknownPlaceError
        No place has the name of an end.
    InputError
        A depth or side makes no strip, only one end is given, an end is far from the border, the ends lie by pieces
        of it that do not hang together, or the region holds nothing of the strip.

    Examples
    --------
    >>> strip = border_strip("SY", "TR", side="SY", depth_m=30_000, start="Jarabulus", end="36.85,40.07")
    >>> strip.built_from
    '30 km deep along the border of Syria and Turkey from Jarablus to 36.85, 40.07, on the side of Syria'
    """
    ask = asked(a, b, side, depth_m, possible_depth_m, start, end, region)
    reaches = {code: _reaches(ask, code) for code in ask.depths}
    issues = _disputed(ask, reaches)
    sure = _built(ask, reaches, issues, possible=False)
    possible = _built(ask, reaches, issues, possible=True) if ask.uncertain else None
    if (sure if possible is None else possible).is_empty:
        raise InputError(
            f"nothing of the strip along the border of {country_name(ask.pair[0])} and {country_name(ask.pair[1])} "
            "lies in the region; leave the region out, or name another"
        )
    if sure.is_empty:
        issues.append(Issue("area", "no depth is sure; what is drawn is how far it may reach"))
    return Shape(
        geometry=sure,
        built_from=ask.told(),
        length_m=_length(ask, reaches),
        area_m2=area_m2(sure),
        published_limits=bool(ask.ends) and possible is None,
        possible=possible,
        issues=tuple(dict.fromkeys(issues)),
    )


def _reaches(ask: Ask, code: str) -> list[Reach]:
    """Return the parts of the border, as one country draws it, along which the strip runs."""
    lines = list(border(*ask.pair, drawn_by=code).geoms)
    low, high = ask.depths[code]
    if ask.ends:
        return [reach_between(lines, ask.ends, low or high, ask.pair)]
    return whole(lines, low or high, ask.pair)


def _built(ask: Ask, reaches: dict[str, list[Reach]], issues: list[Issue], *, possible: bool) -> BaseGeometry:
    """Return the polygons of all sides, as deep as is sure or possible."""
    parts = []
    for code, depths in ask.depths.items():
        depth = depths[possible]
        if depth > 0.0:
            land = land_in(code, shapely.union_all([reach.band(depth) for reach in reaches[code]]))
            land = _connected(land, ask, reaches[code], issues, code)
            if _is_nearly_all(land, code):
                issues.append(Issue("area", f"a depth of {kilometres(depth)} takes in nearly all of {code}"))
            parts.append(land)
    found = shapely.union_all(parts)
    found = found if ask.region is None else shapely.intersection(found, ask.region)
    return polygons(found)


def _connected(land: BaseGeometry, ask: Ask, reaches: list[Reach], issues: list[Issue], code: str) -> BaseGeometry:
    """Return the land without what the border is near to only across a third country."""
    parts = shapely.get_parts(land)
    line = shapely.MultiLineString([reach.part for reach in reaches])
    loose = ~shapely.dwithin(parts, line, _TOUCHING_DEG)
    if not loose.any():
        return land
    across = np.zeros(len(parts))
    bridges = _shortest(parts[loose], line)
    for other in pieces_near(*shapely.total_bounds(bridges), but=ask.pair):
        across[loose] += [length_m(part) for part in shapely.intersection(bridges, other)]
    beyond = across > _ACROSS_M
    if beyond.any():
        km2 = area_m2(shapely.union_all(parts[beyond])) / 1e6
        issues.append(
            Issue("area", f"{km2:,.0f} km² of {code} within the depth lie across a third country; they are left out")
        )
    return polygons(shapely.union_all(parts[~beyond]))


def _shortest(parts: NDArray[np.object_], line: BaseGeometry) -> NDArray[np.object_]:
    """Return the shortest line from each part to a line, chosen in a plane scaled at its latitude."""
    scale = np.array([max(np.cos(np.radians(shapely.get_coordinates(line)[:, 1].mean())), 1e-3), 1.0])
    flat = shapely.transform(parts, lambda xy: xy * scale), shapely.transform(line, lambda xy: xy * scale)
    found: NDArray[np.object_] = shapely.transform(shapely.shortest_line(*flat), lambda xy: xy / scale)
    return found


def _disputed(ask: Ask, reaches: dict[str, list[Reach]]) -> list[Issue]:
    """Return an issue for each stretch of the border that the two countries draw far apart."""
    issues = []
    both = frontier(*ask.pair)
    code, parts = next(iter(reaches.items()))
    line = shapely.MultiLineString([reach.part for reach in parts])
    whose = f"the line of {code}" if len(reaches) == 1 else "each country's own line"
    for lens in both.lenses:
        middle = shapely.line_interpolate_point(both.arc(lens, code), 0.5, normalized=True)
        if lens.width_m > _TOLD_APART_M and shapely.dwithin(middle, line, _TOUCHING_DEG):
            issues.append(
                Issue(
                    "area",
                    f"near {middle.y:.2f},{middle.x:.2f} the two countries draw their border up to "
                    f"{lens.width_m / 1000:.0f} km apart; the depth is from {whose}; see which the report means",
                )
            )
    return issues


def _is_nearly_all(land: BaseGeometry, code: str) -> bool:
    if land.is_empty:
        return False
    west, south, east, north = box_of(code)
    own = land.bounds
    # The outline of a large country takes long to make, and a strip that does not span it is not all of it.
    if own[2] - own[0] < 0.8 * (east - west) or own[3] - own[1] < 0.8 * (north - south):
        return False
    return area_m2(land) > _NEARLY_ALL * area_m2(country(code))


def _length(ask: Ask, reaches: dict[str, list[Reach]]) -> float:
    """Return the length of the border that the strip runs along; of two sides the shorter line."""
    totals = []
    for parts in reaches.values():
        lines = [reach.part for reach in parts]
        lines = lines if ask.region is None else [shapely.intersection(line, ask.region) for line in lines]
        totals.append(sum(length_m(line) for line in lines))
    return min(totals)
