"""The shipped store: one SQLite file, opened in place, read only.

Tables
------
place
    One row a place. ``key`` is the GeoNames id, or a number from 2**25 up for a place without one, whose id is then
    in ``code``. ``lon`` and ``lat`` are in units of 1e-5 degrees; ``feature`` is a key of the table of that name.
grid
    Each square degree's places, packed as below.
spelling
    A form of a name and the keys of the places it may mean, four bytes each, most important first. The forms are
    those of :mod:`geomap.gazetteer.names`: a spelling key, ``core @kind``, or ``~skeleton``.
unit
    Countries and first-level units by code: their place, and their capital's.
demonym
    Adjectives and names of peoples: the place they belong to.
"""

from __future__ import annotations

import math
import sqlite3
from functools import cached_property
from typing import TYPE_CHECKING, Any

from geomap.datasets import data_path
from geomap.errors import DataError
from geomap.models import Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

__all__ = ["SCHEMA_VERSION", "Index", "distance_m", "prior"]

SCHEMA_VERSION = 1
EARTH_RADIUS_M = 6_371_008.8
"""Mean radius of WGS 84 (IUGG)."""

_QUERY = (
    "SELECT key, code, name, lon, lat, country, admin1, feature, precision_m, population, local_name, source, note "
    "FROM place WHERE "
)
_SOURCES = ("geonames-cities500", "geonames-divisions", "airportsdata", "geomap-curated")
_PRIOR = {
    "A.PCLI": 0.97, "A.PCLD": 0.85, "A.TERR": 0.8, "L.CONT": 0.95, "L.RGN": 0.72, "H.SEA": 0.85, "H.GULF": 0.8,
    "H.STRT": 0.8, "H.STM": 0.7, "H.LK": 0.6, "S.AIRP": 0.38, "S.AIRB": 0.45, "S.INSM": 0.5, "S.PSTB": 0.45,
    "L.OILF": 0.45, "L.GASF": 0.45, "S.DAM": 0.45, "S.CMPRF": 0.45, "T.MTS": 0.6, "T.MT": 0.5, "T.DSRT": 0.6,
    "T.PEN": 0.7, "T.ISL": 0.55, "T.VAL": 0.6,
}  # fmt: skip
_ADMIN_SHARE = {"A.ADM1": 0.04, "A.ADM2": 0.01}
"""How much of a unit's population counts: its seat, when of the same name, is meant more often than the unit."""


def distance_m(lon1: float, lat1: float, lon2: float, lat2: float) -> float:
    """Return the great-circle distance in metres; good to 0.5 %, which ranking does not notice."""
    a1, a2 = math.radians(lat1), math.radians(lat2)
    half = math.sin((a2 - a1) / 2) ** 2
    half += math.cos(a1) * math.cos(a2) * math.sin(math.radians(lon2 - lon1) / 2) ** 2
    return 2 * EARTH_RADIUS_M * math.asin(min(1.0, math.sqrt(half)))


def prior(feature: str, population: int) -> float:
    """Return how likely a place is meant when nothing else is known, from 0 to 1: by kind and number of people."""
    if fixed := _PRIOR.get(feature):
        return fixed
    counted = population * _ADMIN_SHARE.get(feature, 1.0)
    value = 0.3 + 0.085 * math.log10(counted + 1)
    if feature == "P.PPLC":
        value += 0.06
    elif feature == "P.PPLA":
        value += 0.03
    elif feature == "P.PPLX":
        value -= 0.1
    return round(min(max(value, 0.05), 0.95), 4)


def _default_precision(feature: str, population: int) -> float:
    """Return the radius that holds a place whose source gives none: a point's own error, and a town's size."""
    if feature.startswith("P."):
        return float(round(2000 + 10 * math.sqrt(population), -2))
    return 3000.0


class Index:
    """Read-only access to a store.

    Parameters
    ----------
    path
        The store; the shipped one by default.

    Raises
    ------
    DataError
        The file is missing, is no store, is damaged, or is of another version.
    """

    def __init__(self, path: Path | None = None) -> None:
        self.path = path or data_path("gazetteer.sqlite")
        if not self.path.is_file():
            raise DataError(f"no gazetteer store at {self.path}; give the path of one, or leave it out")
        uri = f"{self.path.resolve().as_uri()}?mode=ro&immutable=1"
        self._store = sqlite3.connect(uri, uri=True, check_same_thread=False)
        found = self._rows("SELECT value FROM meta WHERE name = 'version'")
        if not found or found[0][0] != str(SCHEMA_VERSION):
            raise DataError(f"{self.path} is a store of another version; reinstall geomap, or build it again")

    def _rows(self, query: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        try:
            return self._store.execute(query, values).fetchall()
        except sqlite3.Error as error:
            raise DataError(f"{self.path} is damaged ({error}); reinstall geomap") from error

    def keys(self, form: str) -> tuple[int, ...]:
        """Return the keys of the places with this form of a name, most important first."""
        found = self._rows("SELECT places FROM spelling WHERE key = ?", (form,))
        return _unpack(found[0][0]) if found else ()

    def forms(self, start: str, stop: str) -> Iterator[tuple[str, tuple[int, ...]]]:
        """Yield forms from `start` up to, not including, `stop`, each with the keys of its places."""
        for form, packed in self._rows("SELECT key, places FROM spelling WHERE key >= ? AND key < ?", (start, stop)):
            yield form, _unpack(packed)

    def places(self, keys: Iterable[int], *, least_population: int = 0) -> tuple[Place, ...]:
        """Return places in the order of their keys, without those of fewer people."""
        wanted = tuple(keys)
        marks = ",".join("?" * len(wanted))
        rows = self._rows(f"{_QUERY} key IN ({marks}) AND population >= ?", (*wanted, least_population))
        found = {row[0]: row for row in rows}
        return tuple(self._place(found[key]) for key in wanted if key in found)

    def place(self, place_id: str) -> Place | None:
        """Return the place with an id such as ``geonames:170654`` or ``icao:ORAA``, or None."""
        source, _, number = place_id.partition(":")
        if source == "geonames" and number.isdecimal() and len(number) < 10:
            found = self._rows(f"{_QUERY} key = ?", (int(number),))
        else:
            found = self._rows(f"{_QUERY} code = ?", (place_id,))
        return self._place(found[0]) if found else None

    def unit(self, code: str) -> Place | None:
        """Return the country or first-level unit with a code such as ``SY`` or ``SY.01``, or None."""
        found = self._units.get(code)
        return self.places((found[0],))[0] if found else None

    def capital(self, code: str) -> int | None:
        """Return the key of the capital of a country or first-level unit, or None."""
        found = self._units.get(code)
        return found[1] if found else None

    def demonym(self, spelling: str) -> Place | None:
        """Return the place of a people's name or adjective, given its key, or None."""
        found = self._rows("SELECT place FROM demonym WHERE key = ?", (spelling,))
        return self.places((found[0][0],))[0] if found else None

    def within(
        self, west: float, south: float, east: float, north: float, *, least_population: int = 0
    ) -> Iterator[Place]:
        """Yield the places in a box of lon and lat in degrees; `west` greater than `east` crosses the antimeridian."""
        for first, last in ((west, 180.0), (-180.0, east)) if west > east else ((west, east),):
            for row in range(math.floor(south), math.floor(north) + 1):
                start = (row + 90) * 360 + 180
                cells = (start + math.floor(first), start + math.floor(last))
                for (packed,) in self._rows("SELECT places FROM grid WHERE cell BETWEEN ? AND ?", cells):
                    found = self.places(_unpack(packed), least_population=least_population)
                    yield from (p for p in found if first <= p.lon <= last and south <= p.lat <= north)

    @cached_property
    def _units(self) -> dict[str, tuple[int, int | None]]:
        return {code: (place, capital) for code, place, capital in self._rows("SELECT code, place, capital FROM unit")}

    @cached_property
    def _features(self) -> dict[int, str]:
        return dict(self._rows("SELECT key, code FROM feature"))

    @cached_property
    def _unit_names(self) -> dict[str, str]:
        return dict(self._rows("SELECT unit.code, place.name FROM unit JOIN place ON place.key = unit.place"))

    def _place(self, row: tuple[Any, ...]) -> Place:
        (
            key,
            code,
            name,
            lon,
            lat,
            country,
            admin1,
            feature,
            precision,
            population,
            local_name,
            source,
            note,
        ) = row
        unit = f"{country}.{admin1}" if admin1 else None
        kind = self._features[feature]
        return Place(
            id=code or f"geonames:{key}",
            name=name,
            lon=lon / 1e5,
            lat=lat / 1e5,
            country=country,
            admin1=self._unit_names.get(unit) if unit else None,
            admin1_code=unit,
            feature=kind,
            precision_m=float(precision) if precision else _default_precision(kind, population),
            population=population,
            local_name=local_name,
            source=_SOURCES[source],
            note=note,
        )


def _unpack(packed: object) -> tuple[int, ...]:
    if not isinstance(packed, bytes) or len(packed) % 4:
        raise DataError("a row of the gazetteer store is damaged; reinstall geomap")
    return tuple(int.from_bytes(packed[at : at + 4], "big") for at in range(0, len(packed), 4))
