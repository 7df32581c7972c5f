"""Stretches of named roads: between two places, of a length, inside an area."""

from __future__ import annotations

from typing import TYPE_CHECKING

import shapely

from geomap.errors import InputError
from geomap.geometry.geodesy import cut, length_m, locate
from geomap.geometry.roads.highways import highway
from geomap.models import Issue, Shape

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shapely.geometry import LineString
    from shapely.geometry.base import BaseGeometry

    from geomap.models import Place

__all__ = ["stretch"]

_FAR_FROM_ROAD_M = 60_000.0


def stretch(
    road: str,
    *,
    countries: Sequence[str] = (),
    start: Place | None = None,
    end: Place | None = None,
    around: Place | None = None,
    length_m: float | None = None,
    within: BaseGeometry | None = None,
) -> Shape:
    """Return a stretch of a named road as a line in EPSG:4326.

    Between `start` and `end` where both are given. Otherwise of `length_m` metres: from `start` on, up to `end`, about
    `around`, or in the middle of what lies in the polygon `within`; these limits are assumed, and `possible` is the
    whole line they were chosen from.

    Raises
    ------
    UnknownRoadError
        The road is unknown.
    InputError
        Nothing says which part is meant, the length is not positive, or a place is far from the road.
    """
    whole = highway(road, countries=countries)
    if length_m is not None and not length_m > 0:
        raise InputError(f"a stretch of {length_m} m has no length; give a positive length such as 35km")
    if start is not None and end is not None:
        first, last = _along(whole, start, road), _along(whole, end, road)
        return _shape(cut(whole, first, last), f"the {road} from {start.name} to {end.name}", published=True)
    zone = _inside(whole, within, road) if within is not None else whole
    if length_m is None:
        if within is None:
            raise InputError(f"which part of the {road}? give both ends, or a length and a place")
        return _shape(zone, f"what of the {road} lies in the area named")
    first, words = _placed(zone, road, length_m, start=start, end=end, around=around)
    line = cut(zone, first, first + length_m)
    built = f"{length_m / 1000:g} km of the {road} {words}; the limits were not published and are assumed"
    return _shape(line, built, possible=zone, wanted=length_m)


def _placed(
    zone: LineString,
    road: str,
    wanted: float,
    *,
    start: Place | None,
    end: Place | None,
    around: Place | None,
) -> tuple[float, str]:
    total = length_m(zone)
    if start is not None:
        return _along(zone, start, road), f"from {start.name} on"
    if end is not None:
        return max(0.0, _along(zone, end, road) - wanted), f"up to {end.name}"
    if around is not None:
        middle = _along(zone, around, road)
        return min(max(0.0, middle - wanted / 2), max(0.0, total - wanted)), f"about {around.name}"
    return max(0.0, (total - wanted) / 2), "in the middle of its part in the area"


def _shape(
    line: LineString,
    built_from: str,
    *,
    published: bool = False,
    possible: LineString | None = None,
    wanted: float | None = None,
) -> Shape:
    found = length_m(line)
    issues: tuple[Issue, ...] = ()
    if wanted is not None and found < 0.98 * wanted:
        issues = (Issue("area", f"only {found / 1000:.0f} km of the road lie there, not {wanted / 1000:g} km"),)
    return Shape(line, built_from, length_m=found, published_limits=published, possible=possible, issues=issues)


def _inside(line: LineString, within: BaseGeometry, road: str) -> LineString:
    parts = shapely.get_parts(shapely.line_merge(shapely.intersection(line, within)))
    lines = [part for part in parts if part.geom_type == "LineString" and not part.is_empty]
    if not lines:
        raise InputError(f"the {road} does not run through the area named")
    return max(lines, key=length_m)


def _along(line: LineString, place: Place, road: str) -> float:
    along, off = locate(line, place.lon, place.lat)
    if off > max(_FAR_FROM_ROAD_M, place.precision_m):
        raise InputError(f"{place.name} lies {off / 1000:.0f} km from the {road}; name a place near it")
    return along
