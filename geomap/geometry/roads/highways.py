"""Roads known by name or number: the table of them, and which one a name means."""

from __future__ import annotations

import csv
from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from geomap.datasets import data_path
from geomap.errors import DataError, UnknownRoadError
from geomap.geometry.geodesy import distance_m
from geomap.geometry.roads.courses import course
from geomap.geometry.roads.naming import place_key, road_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from shapely.geometry import LineString

    from geomap.geometry.roads.naming import RoadName

__all__ = ["Highway", "highway", "known", "named", "road_called"]

_LISTED = 12
"""So many roads are named in an error; more would hide what it says."""


@dataclass(frozen=True, slots=True)
class Highway:
    """A road with a name, as the places it passes in order."""

    ref: str
    """Its number, else its name; each once in a country."""
    names: tuple[str, ...]
    generic: tuple[str, ...]
    """Names that mean this road only to whom the country is known: "the coastal road"."""
    country: str
    countries: tuple[str, ...]
    """All it runs through, `country` first: ISO 3166-1 alpha-2 codes."""
    towns: tuple[str, ...]
    points: tuple[tuple[float, float], ...]
    """lon, lat of the towns, EPSG:4326"""

    def between(self, ends: Iterable[frozenset[str]]) -> Highway | None:
        """Return the part between two of its towns, given as :func:`place_key` writes them; None without both."""
        keys = [place_key(town) for town in self.towns]
        for first, last in (sorted(pair) for pair in ends):
            if first in keys and last in keys:
                i, j = sorted((keys.index(first), keys.index(last)))
                return self._part(i, j)
        return None

    def _part(self, i: int, j: int) -> Highway:
        if (i, j) == (0, len(self.towns) - 1):
            return self
        name = f"{self.towns[i]}–{self.towns[j]} road"
        return replace(self, ref=name, names=(), generic=(), towns=self.towns[i : j + 1], points=self.points[i : j + 1])

    def span_m(self) -> float:
        """Return the length in metres of the straight lines between its towns."""
        return sum(distance_m(*a, *b) for a, b in pairwise(self.points))


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


def named(name: str, *, generic: bool = True) -> tuple[Highway, ...]:
    """Return the roads of a number or name, in all countries.

    A road's own number goes before names that others share with it ("E40" is a road, and a name of the M06). A name
    of two places that a road passes is its part between them: "the Kharkiv–Izium road".

    Parameters
    ----------
    name
        "M5", "highway M5", "the Damascus–Aleppo road", "Ring Road".
    generic
        Whether names count that any country may have one of: "the coastal road", "Highway 12".
    """
    said = road_name(name)
    found: dict[str, tuple[Highway, ...]] = {}
    for roads in (_numbered(said, generic=generic), _called(said, generic=generic), _joining(said)):
        for country in dict.fromkeys(road.country for road in roads):
            found.setdefault(country, tuple(road for road in roads if road.country == country))
    return tuple(road for roads in found.values() for road in roads)


def road_called(name: str, *, countries: Sequence[str] = ()) -> Highway:
    """Return the one road a number or name means, in one of the countries when these are given.

    Raises
    ------
    UnknownRoadError
        No such road is in the table, or the name may mean several: the message says which.
    """
    every = named(name)
    here = [road for road in every if not countries or set(road.countries) & set(countries)]
    if not here:
        where = f" in {', '.join(countries)}" if countries else ""
        there = [road for road in known() if set(road.countries) & set(countries)]
        listed = f"; known there: {_refs(there)}" if there else ""
        raise UnknownRoadError(f"no road called {name!r} is known{where}{listed}")
    if len({road.country for road in here}) > 1:
        listed = ", ".join(dict.fromkeys(road.country for road in here))
        raise UnknownRoadError(f"{name!r} is a road in {listed}; say in which country")
    if len(here) > 1:
        raise UnknownRoadError(f"{name!r} may be {_refs(here)} in {here[0].country}; say which")
    if not countries and not named(name, generic=False):
        raise UnknownRoadError(f"{name!r} is said of roads in many countries; say in which one")
    return here[0]


def highway(name: str, *, countries: Sequence[str] = ()) -> LineString:
    """Return the line of a road in EPSG:4326, by its number or name: "M4", "the M4 highway", "Damascus–Homs road".

    Where the network lacks the road the line is straight between its towns:
    :func:`geomap.geometry.roads.courses.course` tells those pieces.

    Raises
    ------
    UnknownRoadError
        No such road is in the table, or the name may mean several.
    """
    return course(road_called(name, countries=countries)).line


def _refs(roads: Sequence[Highway]) -> str:
    refs = sorted({road.ref for road in roads}, key=lambda ref: (not ref[-1].isdecimal(), ref))
    more = f" and {len(refs) - _LISTED} more" if len(refs) > _LISTED else ""
    return ", ".join(refs[:_LISTED]) + more


def _numbered(said: RoadName, *, generic: bool) -> tuple[Highway, ...]:
    if said.number.isdecimal() and not generic:
        return ()
    entries = _Index.shipped().refs.get(said.number or said.own, ())
    return tuple(entry.road for entry in entries if said.says_road or not entry.needs_word)


def _called(said: RoadName, *, generic: bool) -> tuple[Highway, ...]:
    """Return the roads with a name; those with these very words ("Basra expressway") before those with like ones."""
    open_to = generic or not said.number.isdecimal()
    entries = [
        entry
        for entry in _Index.shipped().names.get(said.number or said.own, ())
        if (said.says_road or not entry.needs_word) and open_to and (generic or not entry.generic)
    ]
    very = {entry.road.country for entry in entries if entry.words == said.words}
    kept = [entry for entry in entries if entry.words == said.words or entry.road.country not in very]
    return tuple(dict.fromkeys(entry.road.between(said.ends) or entry.road for entry in kept))


def _joining(said: RoadName) -> tuple[Highway, ...]:
    """Return in each country the most direct part of a road between two of its towns."""
    if not said.says_road:
        return ()
    towns = _Index.shipped().towns
    best: dict[str, Highway] = {}
    for pair in said.ends:
        first, last = pair
        both = dict.fromkeys(road for road in towns.get(first, ()) if road in towns.get(last, ()))
        for part in filter(None, (road.between((pair,)) for road in both)):
            if part.country not in best or part.span_m() < best[part.country].span_m():
                best[part.country] = part
    return tuple(best.values())


class _Entry(NamedTuple):
    """A name a road goes by."""

    road: Highway
    words: str
    needs_word: bool
    """Whether it means the road only beside a word for a road."""
    generic: bool = False


@dataclass(frozen=True, slots=True)
class _Index:
    """The roads by what may be said of them."""

    refs: dict[str, list[_Entry]]
    names: dict[str, list[_Entry]]
    towns: dict[str, dict[Highway, None]]

    @staticmethod
    @cache
    def shipped() -> _Index:
        index = _Index(defaultdict(list), defaultdict(list), defaultdict(dict))
        for road in known():
            index._add(index.refs, road, (road.ref,))
            index._add(index.names, road, road.names)
            index._add(index.names, road, road.generic, generic=True)
            for town in road.towns:
                index.towns[place_key(town)][road] = None
        return index

    @staticmethod
    def _add(into: dict[str, list[_Entry]], road: Highway, names: Iterable[str], *, generic: bool = False) -> None:
        for name in names:
            said = road_name(name)
            needs_word = said.says_road and not said.number
            into[said.number or said.own].append(_Entry(road, said.words, needs_word, generic))


def _highway(row: dict[str, str]) -> Highway:
    spots = [point.split() for point in row["points"].split(";")]
    return Highway(
        ref=row["ref"],
        names=tuple(filter(None, row["names"].split(";"))),
        generic=tuple(filter(None, row["generic"].split(";"))),
        country=row["country"],
        countries=tuple(row["countries"].split()),
        towns=tuple(row["towns"].split(";")),
        points=tuple((float(lon), float(lat)) for lat, lon in spots),
    )
