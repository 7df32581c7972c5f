"""Roads known by name or number, and their lines."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from shapely.geometry import LineString

from geomap.datasets import data_path
from geomap.errors import DataError, UnknownRoadError
from geomap.geometry.roads.ways import to_point

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Highway", "highway", "known", "named"]

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
