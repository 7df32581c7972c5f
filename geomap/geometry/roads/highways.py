"""Roads known by name or number: their lines, and stretches of them."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import shapely
from shapely.geometry import LineString

from geomap.datasets import data_path
from geomap.errors import DataError, InputError, UnknownRoadError
from geomap.geometry.geodesy import cut, length_m, locate
from geomap.geometry.roads.ways import to_point
from geomap.models import Issue, Shape

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shapely.geometry.base import BaseGeometry

    from geomap.models import Place

__all__ = ["Highway", "highway", "known", "named", "stretch"]

_FAR_FROM_ROAD_M = 60_000.0
_KIND = re.compile(r"\b(the|international|strategic|highway|motorway|road|route|freeway|expressway)\b|[^0-9a-z]+")


@dataclass(frozen=True, slots=True)
class Highway:
    """A road with a name, as the spots it passes in order."""

    ref: str
    names: tuple[str, ...]
    country: str
    points: tuple[tuple[float, float], ...]
    """lon, lat"""


@cache
def known() -> tuple[Highway, ...]:
    """Return the roads in the shipped table.

    Raises
    ------
    DataError
        The table is missing or damaged.
    """
    path = data_path("highways.csv")
    try:
        with path.open(encoding="utf-8") as opened:
            return tuple(_highway(row) for row in csv.DictReader(opened))
    except (OSError, KeyError, ValueError) as error:
        raise DataError(f"the highways {path} cannot be read: {error}; install geomap again") from error


def named(name: str) -> tuple[Highway, ...]:
    """Return the roads of a number or name, in all countries."""
    wanted = _key(name)
    return tuple(road for road in known() if wanted in {_key(road.ref), *map(_key, road.names)})


def highway(name: str, *, countries: Sequence[str] = ()) -> LineString:
    """Return the line of a road along the network, by its number or name: "M4", "the M4 highway", "highway M4".

    Raises
    ------
    UnknownRoadError
        No such road is in the table, it is in several countries and none of them was named, or the network does
        not connect its towns.
    """
    found = named(name)
    here = [road for road in found if not countries or road.country in countries]
    if not here:
        where = f" in {', '.join(countries)}" if countries else ""
        listed = ", ".join(sorted({road.ref for road in known() if not countries or road.country in countries}))
        raise UnknownRoadError(f"no road called {name!r} is known{where}; known there: {listed or 'none'}")
    if len({road.country for road in here}) > 1:
        listed = ", ".join(road.country for road in here)
        raise UnknownRoadError(f"{name!r} is a road in {listed}; say in which country")
    return _line(here[0])


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


@cache
def _line(road: Highway) -> LineString:
    points: list[tuple[float, float]] = []
    for a, b in zip(road.points[:-1], road.points[1:], strict=True):
        way = to_point(a, b, (road.country,))
        if way is None:
            raise UnknownRoadError(f"the network does not connect the towns of the {road.ref} in {road.country}")
        points += way.points if not points else way.points[1:]
    return LineString(points)


def _highway(row: dict[str, str]) -> Highway:
    spots = [point.split() for point in row["points"].split(";")]
    names = tuple(name for name in row["names"].split(";") if name)
    return Highway(row["ref"], names, row["country"], tuple((float(lon), float(lat)) for lat, lon in spots))


def _key(name: str) -> str:
    return _KIND.sub("", name.lower())
