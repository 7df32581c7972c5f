"""What every row written by hand has to pass before it enters the store."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

import numpy as np
import shapely
from scipy.spatial import cKDTree

from geomap.gazetteer.index import distance_m
from geomap.gazetteer.names import key, without_article
from geomap.geometry import geodesy
from geomap.geometry.borders import country

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from gazetteer_lists import Row

    Table = Mapping[str, str]

NEIGHBOURS = 60
"""A place lies in its first-level unit when one of so many nearest towns does; deserts are wide."""
BORDER_M = 3_000.0
"""How far outside its country's border a place may lie: crossings stand on the line, and the line is simplified."""
TWIN_M = 5_000.0
"""Two spots of one name and class closer than this are the same place."""
LINK_M = 10_000.0
"""How far a row may lie from the listed place it says it is."""
CLAIM_SHARE = 0.3
"""How wrong a distance from hearsay may be: "30 km from" is said of 25 and of 38."""
CLAIM_DEG = 50.0
"""How wrong a compass point may be: people say north of what lies north-east."""
REACH_M = 500_000.0
"""A name in a claim means a place no farther off than this."""
UNVERIFIED_M = 2_000.0
"""Least radius round a point that nobody has compared with a map or a list."""
WINDS = {wind: 45.0 * number for number, wind in enumerate(("N", "NE", "E", "SE", "S", "SW", "W", "NW"))}
CLAIM = re.compile(r"(?P<km>\d+(?:\.\d+)?) km (?:(?P<wind>[NS]?[EW]|[NS]) )?of (?P<name>.+)")


def check(tables: list[Table], known: Mapping[str, Row], kinds: Mapping[str, str]) -> None:
    """Stop the build with every fault of the rows, each with the table and line it stands in."""
    faults = [f"{t['at']}: {t['name']}: {fault}" for t in tables for fault in malformed(t, known, kinds)]
    if not faults:
        own = [table for table in tables if not table["same_as"]]
        spots = Spots(tables, known)
        for table, at in zip(own, spots.around(own), strict=True):
            found = (*misplaced(table, at), *disproved(table, spots), *twins(table, spots, kinds))
            faults += [f"{table['at']}: {table['name']}: {fault}" for fault in found]
        faults += duplicates(tables)
    if faults:
        raise SystemExit("curated places:\n  " + "\n  ".join(faults))


def malformed(table: Table, known: Mapping[str, Row], kinds: Mapping[str, str]) -> Iterator[str]:
    """Yield what is wrong with a row by itself."""
    if not table["checked"]:
        yield "say in `checked` how its position was checked"
    if table["kind"] not in kinds:
        yield f"kind {table['kind']!r} is none of {', '.join(kinds)}"
    if table["same_as"]:
        row = known.get(table["same_as"])
        if row is None:
            yield f"{table['same_as']} is in no list"
        elif (gap := gap_m(table, row)) > LINK_M:
            yield f"{table['same_as']} ({row.name}) lies {gap / 1000:.0f} km from {table['lat']}, {table['lon']}"
        return
    if not table["near"]:
        yield "say in `near` how far it is from which listed place"
    if not table["precision_m"]:
        yield "give the radius that surely holds it in `precision_m`"
    elif "not verified" in table["checked"] and float(table["precision_m"]) < UNVERIFIED_M:
        yield f"nobody verified its position: precision_m is at least {UNVERIFIED_M:.0f}"


class Spots:
    """All places with a position, by name and by neighbourhood."""

    def __init__(self, tables: Iterable[Table], known: Mapping[str, Row]) -> None:
        self.towns = [row for row in known.values() if row.feature.startswith("P.")]
        self._tree = cKDTree(vectors([(row.lon, row.lat) for row in self.towns]))
        self.rows: defaultdict[str, list[Row]] = defaultdict(list)
        self.tables: defaultdict[str, list[Table]] = defaultdict(list)
        for row in known.values():
            if row.feature[0] in "PS":
                for name in spellings(row.names | {row.name}):
                    self.rows[name].append(row)
        for table in tables:
            for name in spellings(names_of(table)):
                self.tables[name].append(table)

    def around(self, tables: list[Table]) -> Iterator[list[Row]]:
        """Yield the towns nearest to each row."""
        if tables:
            found = self._tree.query(vectors([position(table) for table in tables]), NEIGHBOURS)[1]
            yield from ([self.towns[index] for index in near] for near in found)

    def named(self, name: str) -> Iterator[tuple[float, float]]:
        """Yield lon and lat of every place of a name."""
        spelling = without_article(key(name))
        yield from ((row.lon, row.lat) for row in self.rows.get(spelling, ()))
        yield from (position(table) for table in self.tables.get(spelling, ()))


def misplaced(table: Table, around: list[Row]) -> Iterator[str]:
    """Yield that a row lies outside its country, or with no town of its unit anywhere near."""
    if table["country"]:
        gap = 111_200 * country(table["country"]).distance(shapely.Point(*position(table)))
        if gap > max(BORDER_M, float(table["precision_m"])):
            yield f"{table['lat']}, {table['lon']} lies {gap / 1000:.1f} km outside {table['country']}"
    if table["admin1"] and table["admin1"] not in {town.admin1 for town in around}:
        yield f"near {around[0].name} ({around[0].admin1}), not in {table['admin1']}"


def disproved(table: Table, spots: Spots) -> Iterator[str]:
    """Yield the claims of `near` that the row's position does not bear out."""
    for text in table["near"].split(";"):
        claim = CLAIM.fullmatch(text.strip())
        if claim is None:
            yield f"`near` {text.strip()!r} is not like '12 km NW of Manbij'"
            continue
        said, slack = 1000 * float(claim["km"]), 2000 + float(table["precision_m"])
        seen = [measured(table, at) for at in spots.named(claim["name"])]
        seen = sorted((abs(gap - said), gap, bearing) for gap, bearing in seen if gap < REACH_M)
        if not seen:
            yield f"`near` names {claim['name']!r}, of which none is known within {REACH_M / 1000:.0f} km"
        elif not any(
            off <= slack + CLAIM_SHARE * said and (gap < slack or turned(bearing, claim["wind"]) <= CLAIM_DEG)
            for off, gap, bearing in seen
        ):
            _, gap, bearing = seen[0]
            yield f"`near` says {claim[0]!r}, its position {gap / 1000:.0f} km at {bearing:.0f}° from there"


def measured(table: Table, at: tuple[float, float]) -> tuple[float, float]:
    """Return distance in metres and bearing in degrees from a position to a row."""
    lon, lat = position(table)
    return distance_m(*at, lon, lat), geodesy.bearing(*at, lon, lat)


def turned(bearing: float, wind: str | None) -> float:
    """Return the angle in degrees between a bearing and a point of the compass, 0 without one."""
    return abs((bearing - WINDS[wind] + 180) % 360 - 180) if wind else 0.0


def twins(table: Table, spots: Spots, kinds: Mapping[str, str]) -> Iterator[str]:
    """Yield the listed places of the same class and name that a row repeats without naming their id."""
    feature = kinds[table["kind"]]
    if feature[0] in "ALHTR":
        return
    for name in spellings(names_of(table)):
        for row in spots.rows.get(name, ()):
            if row.feature[0] == feature[0] and (gap := gap_m(table, row)) < TWIN_M:
                yield f"is {row.name}, {gap / 1000:.1f} km off: same_as {row.id}"


def duplicates(tables: list[Table]) -> Iterator[str]:
    """Yield the names given to two rows, and the listed places that two rows say they are."""
    for column in ("name", "same_as"):
        given = [t[column] for t in tables if t[column] and not (column == "name" and t["same_as"])]
        count = Counter(given)
        for value in (value for value, times in count.items() if times > 1):
            where = " and ".join(table["at"] for table in tables if table[column] == value)
            yield f"{where}: {column} {value!r} is given twice"


def names_of(table: Table) -> set[str]:
    """Return all names of a row."""
    return {name.strip() for name in (table["name"], *table["names"].split(";"))} - {""}


def spellings(names: Iterable[str]) -> set[str]:
    """Return names as they are compared: keyed, without a leading article."""
    return {without_article(key(name)) for name in names} - {""}


def gap_m(table: Table, row: Row) -> float:
    return distance_m(*position(table), row.lon, row.lat)


def position(table: Table) -> tuple[float, float]:
    return float(table["lon"]), float(table["lat"])


def nearest_units(rows: list[Row], towns: Iterable[Row]) -> list[str | None]:
    """Return the first-level unit of the nearest town of each row, when that town is in the row's country."""
    known = [town for town in towns if town.admin1]
    nearest = cKDTree(vectors([(town.lon, town.lat) for town in known])).query(vectors([(r.lon, r.lat) for r in rows]))[
        1
    ]
    return [
        known[at].admin1 if known[at].country == row.country else None for row, at in zip(rows, nearest, strict=True)
    ]


def vectors(positions: list[tuple[float, float]]) -> np.ndarray:
    """Return positions in degrees as unit vectors."""
    lon, lat = np.radians(np.asarray(positions, dtype=float)).T
    return np.column_stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])
