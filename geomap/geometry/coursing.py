"""What a movement does with lines: a road told by its towns is gone along, a river is reached or crossed.

A line has no middle that anybody drives to. Of a road the part between where it is joined and where it is left is the
way itself; a river is met at the spot nearest to the place beside it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import shapely

from geomap.geometry.geodesy import cut, distance_m, length_m, locate
from geomap.geometry.rivers import course
from geomap.geometry.sweeps import nearest_spot
from geomap.models import How, Leg

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geomap.models import Place

__all__ = ["is_road", "leg_along", "met", "without_rivers"]

_NEAR_M = 2_000.0
"""How far off the line a spot on it may be: rivers and the roads of the network are right within that."""
_FAR_M = 60_000.0
"""A place further from a road than this joins or leaves it at the end that is nearer."""
_STRAIGHT = 1.002
"""A course no longer than this many times the distance of its ends is a straight line that stands for a road."""


def is_road(place: Place) -> bool:
    """Whether a place is a road whose course is told by the towns it joins."""
    return place.course is not None and place.feature.startswith("R.RD")


def leg_along(road: Place, origin: Place | None, end: Place | None) -> Leg | None:
    """Return the part of a road from where it is joined to where it is left, or None where these are one spot.

    It leads away from the end of the road that is nearer to the origin, or to the one nearer to the destination; where
    neither is known, from its first town to its last. A straight line that stands for a road is schematic.
    """
    line = max(shapely.get_parts(road.course), key=length_m)
    total = length_m(line)
    first, last = (None if place is None else _at(line, total, place) for place in (origin, end))
    if first is None and last is None:
        first, last = 0.0, total
    elif first is None and last is not None:
        first = 0.0 if last > total / 2 else total
    elif last is None and first is not None:
        last = 0.0 if first > total / 2 else total
    if first is None or last is None or abs(last - first) < _NEAR_M:
        return None
    part = cut(line, min(first, last), max(first, last))
    part = part if first < last else part.reverse()
    (ax, ay), (bx, by) = line.coords[0], line.coords[-1]
    straight = total <= _STRAIGHT * distance_m(ax, ay, bx, by)
    return Leg(How.SCHEMATIC if straight else How.REPORTED, part, length_m(part))


def met(place: Place, other: Place | None) -> Place:
    """Return a river as its spot nearest to another place; any other place, and a river told alone, as it is."""
    line = course(place)
    if line is None or other is None:
        return place
    lon, lat = nearest_spot(line, other.lon, other.lat)
    return replace(place, lon=round(lon, 5), lat=round(lat, 5), precision_m=_NEAR_M)


def without_rivers(places: Iterable[Place]) -> tuple[Place, ...]:
    """Return places without the rivers whose course is known: between two known ends the way itself crosses them."""
    return tuple(place for place in places if course(place) is None)


def _at(line: shapely.LineString, total: float, place: Place) -> float:
    """Return how far along a road a place joins it."""
    along, off = locate(line, place.lon, place.lat)
    if off <= max(_FAR_M, place.precision_m):
        return along
    (ax, ay), (bx, by) = line.coords[0], line.coords[-1]
    return 0.0 if distance_m(place.lon, place.lat, ax, ay) < distance_m(place.lon, place.lat, bx, by) else total
