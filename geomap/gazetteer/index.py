"""A store of places: one SQLite file, opened in place, read only.

Tables
------
place
    One row a place. ``key`` is the GeoNames id, or a number from 2**25 up for a place without one, whose id is then
    in ``code``. ``lon`` and ``lat`` are in units of 1e-5 degrees; ``feature`` and ``source`` are keys of those tables.
grid
    Each square degree's places, four bytes a key, most important first.
spelling
    The forms of names, those of one skeleton in a row: its key is a digest of the skeleton, ``forms`` are lines, and
    ``places`` has the keys of each form's places, most important first, the last of a form with its top bit set. So
    one look-up finds a form, and all that are spelled like it. The forms are those of :mod:`geomap.gazetteer.names`:
    a spelling key, or ``core @kind``.
unit
    Countries and first-level units by code: their place, and their capital's.
demonym
    Adjectives and names of peoples: the place they belong to.

:mod:`geomap.gazetteer.store` writes it.
"""

from __future__ import annotations

import math
import sqlite3
import struct
import zlib
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Any, Protocol

from geomap.datasets import data_path
from geomap.errors import DataError
from geomap.gazetteer.sounds import bones, bones_of
from geomap.models import Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

__all__ = ["LAST", "SCHEMA_VERSION", "Index", "Lookup", "bones_key", "cell", "distance_m", "prior"]

SCHEMA_VERSION = 4
LAST = 1 << 31
"""Set in a place's key, it ends the list of one form."""
_LAST_OR_NOT = bytes(128) + b"\1" * 128
SCANNED_DEG2 = 200.0
"""Boxes of more square degrees are searched for large towns by going through all places once."""
LIMIT = 100
"""Places looked at for one form; San José, the commonest name of all, has more."""
MAPPED = 1 << 28
"""Bytes of a store that are read through the memory map, without copies."""
EARTH_RADIUS_M = 6_371_008.8
"""Mean radius of WGS 84 (IUGG)."""

_QUERY = (
    "SELECT key, code, name, lon, lat, country, admin1, feature, precision_m, population, local_name, source, note "
    "FROM place WHERE "
)
_BY_KEY = f"{_QUERY} key = ?"
_FEW = 12
"""Places that are sooner fetched one by one than with a question of their own."""
_PRIOR = {
    "A.PCLI": 0.97, "A.PCLD": 0.85, "A.TERR": 0.8, "L.CONT": 0.95, "L.RGN": 0.72, "H.SEA": 0.85, "H.GULF": 0.8,
    "H.STRT": 0.8, "H.STM": 0.7, "H.LK": 0.6, "S.AIRP": 0.38, "S.AIRB": 0.65, "S.INSM": 0.5, "S.PSTB": 0.45,
    "L.OILF": 0.45, "L.GASF": 0.45, "S.DAM": 0.45, "S.CMPRF": 0.45, "T.MTS": 0.6, "T.MT": 0.5, "T.DSRT": 0.6,
    "T.PEN": 0.7, "T.ISL": 0.55, "T.VAL": 0.6,
}  # fmt: skip
_RANK = {"P.PPLC": 0.06, "P.PPLA": 0.03, "P.PPLX": -0.1}
_ADMIN_SHARE = {"A.ADM1": 0.04, "A.ADM2": 0.01}
"""How much of a unit's population counts: its seat, when of the same name, is meant more often than the unit."""


def distance_m(lon1: float, lat1: float, lon2: float, lat2: float) -> float:
    """Return the great-circle distance in metres; good to 0.5 %, which ranking does not notice."""
    a1, a2 = math.radians(lat1), math.radians(lat2)
    half = math.sin((a2 - a1) / 2) ** 2
    half += math.cos(a1) * math.cos(a2) * math.sin(math.radians(lon2 - lon1) / 2) ** 2
    return 2 * EARTH_RADIUS_M * math.asin(min(1.0, math.sqrt(half)))


def bones_key(skeleton: str) -> int:
    """Return the number under which the forms of a skeleton are kept; now and then two share one."""
    return zlib.crc32(skeleton.encode(errors="surrogatepass")) >> 4


def cell(lon: float, lat: float) -> int:
    """Return the number of the square degree that a position in degrees lies in."""
    return (math.floor(lat) + 90) * 360 + math.floor(lon) + 180


def prior(feature: str, population: int) -> float:
    """Return how likely a place is meant when nothing else is known, from 0 to 1: by kind and number of people."""
    if feature in _PRIOR:
        return _PRIOR[feature]
    counted = population * _ADMIN_SHARE[feature] if feature in _ADMIN_SHARE else population
    value = 0.3 + 0.085 * math.log10(counted + 1) + _RANK.get(feature, 0.0)
    return round(value if value < 0.95 else 0.95, 4)


def _default_precision(feature: str, population: int) -> float:
    """Return the radius that holds a place whose source gives none: a point's own error, and a town's size."""
    if feature.startswith("P."):
        return 100.0 * round((2000 + 10 * math.sqrt(population)) / 100)
    return 3000.0


class Lookup(Protocol):
    """What a gazetteer asks of its places: one store answers it, or several of them together."""

    def has(self, form: str) -> bool:
        """Return whether some place has this form of a name."""

    def exact(self, form: str, *, limit: int = LIMIT) -> tuple[Place, ...]:
        """Return up to `limit` places with this form of a name, most important first."""

    def exact_many(self, forms: Iterable[str], *, limit: int = LIMIT) -> dict[str, tuple[Place, ...]]:
        """Return the same for many forms at once; forms that no place has are left out."""

    def spelled(self, skeletons: Iterable[str]) -> list[str]:
        """Return the forms of names with these skeletons, and now and then one with another."""

    def place(self, place_id: str) -> Place | None:
        """Return the place with an id such as ``geonames:170654`` or ``icao:ORAA``, or None."""

    def unit(self, code: str) -> Place | None:
        """Return the country or first-level unit with a code such as ``SY`` or ``SY.01``, or None."""

    def capital(self, code: str) -> Place | None:
        """Return the capital of a country or first-level unit, or None."""

    def demonym(self, spelling: str) -> Place | None:
        """Return the place of a people's name or adjective, given its key, or None."""

    def within(
        self, west: float, south: float, east: float, north: float, *, least_population: int = 0
    ) -> Iterator[Place]:
        """Yield the places in a box of lon and lat in degrees; `west` greater than `east` crosses the antimeridian."""


class Index:
    """Read-only access to a store; what its methods return is told in :class:`Lookup`.

    Parameters
    ----------
    path
        The store; the shipped one by default.
    units
        Where the names of first-level units are looked up that the store has none of.

    Raises
    ------
    DataError
        The file is missing, is no store, is cut short or damaged, or is of another version. Damage further inside
        raises the same error when it is met.
    """

    def __init__(self, path: Path | None = None, *, units: Lookup | None = None) -> None:
        self.path = path or data_path("gazetteer.sqlite")
        self._units_elsewhere = units
        self._remedy = "make it again" if path else "reinstall geomap"
        if not self.path.is_file():
            raise DataError(f"no gazetteer store at {self.path}; give the path of one, or leave it out")
        self._check_whole()
        uri = f"{self.path.resolve().as_uri()}?mode=ro&immutable=1"
        self._store = sqlite3.connect(uri, uri=True, check_same_thread=False)
        self._rows(f"PRAGMA mmap_size = {MAPPED}")
        found = self._rows("SELECT value FROM meta WHERE name = 'version'")
        if not found or found[0][0] != str(SCHEMA_VERSION):
            raise DataError(f"{self.path} is a store of another version; {self._remedy}")

    def _check_whole(self) -> None:
        """Compare the size of the file with the one its header tells (https://www.sqlite.org/fileformat2.html)."""
        with self.path.open("rb") as opened:
            header = opened.read(100)
        if len(header) < 100 or not header.startswith(b"SQLite format 3\0"):
            raise DataError(f"{self.path} is no gazetteer store, or a damaged one; {self._remedy}")
        page_size, pages = struct.unpack(">H", header[16:18])[0], struct.unpack(">I", header[28:32])[0]
        if (size := self.path.stat().st_size) < page_size * pages:
            raise DataError(f"{self.path} is cut short: {size:,} of {page_size * pages:,} bytes; {self._remedy}")

    def _rows(self, query: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        try:
            return self._store.execute(query, values).fetchall()
        except UnicodeEncodeError:  # half of a surrogate pair, which no stored text holds
            return []
        except sqlite3.Error as error:
            raise DataError(f"{self.path} is damaged ({error}); {self._remedy}") from error

    def has(self, form: str) -> bool:
        """Return whether some place has this form of a name."""
        found = self._rows("SELECT forms FROM spelling WHERE bones = ?", (bones_key(bones(form)),))
        return bool(found) and _line(found[0][0], form) is not None

    def exact(self, form: str, *, limit: int = LIMIT) -> tuple[Place, ...]:
        """Return up to `limit` places with this form of a name, most important first."""
        found = self._rows("SELECT forms, places FROM spelling WHERE bones = ?", (bones_key(bones(form)),))
        keys = self._keys(found[0][0], found[0][1], form)[:limit] if found else ()
        if len(keys) > _FEW:
            return tuple(self._places(keys).values())
        return tuple([self._place(row) for key in keys for row in self._rows(_BY_KEY, (key,))])

    def exact_many(self, forms: Iterable[str], *, limit: int = LIMIT) -> dict[str, tuple[Place, ...]]:
        """Return the places of many forms at once; forms that no place has are left out."""
        wanted = list(forms)
        digests = dict(zip(wanted, map(bones_key, bones_of(wanted)), strict=True))
        rows = self._many("SELECT bones, forms, places FROM spelling WHERE bones", set(digests.values()))
        groups = {digest: (lines, packed) for digest, lines, packed in rows}
        known = ((form, *groups[digest]) for form, digest in digests.items() if digest in groups)
        keys = {form: self._keys(lines, packed, form)[:limit] for form, lines, packed in known}
        places = self._places({key for found in keys.values() for key in found})
        return {form: tuple(places[key] for key in found) for form, found in keys.items() if found}

    def spelled(self, skeletons: Iterable[str]) -> list[str]:
        """Return the forms of names with these skeletons, and now and then one with another."""
        digests = {bones_key(skeleton) for skeleton in skeletons}
        rows = self._many("SELECT forms FROM spelling WHERE bones", digests)
        return [form for (forms,) in rows for form in forms.split("\n")]

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
        place, _ = self._units.get(code, (None, None))
        return self._places([place])[place] if place else None

    def capital(self, code: str) -> Place | None:
        """Return the capital of a country or first-level unit, or None."""
        _, capital = self._units.get(code, (None, None))
        return self._places([capital])[capital] if capital else None

    def demonym(self, spelling: str) -> Place | None:
        """Return the place of a people's name or adjective, given its key, or None."""
        return self._peoples.get(spelling)

    def within(
        self, west: float, south: float, east: float, north: float, *, least_population: int = 0
    ) -> Iterator[Place]:
        """Yield the places in a box of lon and lat in degrees; `west` greater than `east` crosses the antimeridian."""
        for first, last in ((west, 180.0), (-180.0, east)) if west > east else ((west, east),):
            # the numbers are the caller's own, as text of digits: nothing else gets into the question
            inside = (
                f"population >= {least_population:d} AND lon BETWEEN {first * 1e5:.3f} AND {last * 1e5:.3f} "
                f"AND lat BETWEEN {south * 1e5:.3f} AND {north * 1e5:.3f}"
            )
            if least_population and (last - first) * (north - south) > SCANNED_DEG2:
                yield from (self._place(found) for found in self._rows(f"{_QUERY} {inside}"))
                continue
            for row in range(math.floor(south), math.floor(north) + 1):
                cells = (cell(math.floor(first), row), cell(math.floor(last), row))
                for (packed,) in self._rows("SELECT places FROM grid WHERE cell BETWEEN ? AND ?", cells):
                    yield from self._places(self._unpacked(packed), inside).values()

    @cached_property
    def _units(self) -> dict[str, tuple[int, int | None]]:
        return {code: (place, capital) for code, place, capital in self._rows("SELECT code, place, capital FROM unit")}

    @cached_property
    def _peoples(self) -> dict[str, Place]:
        rows = dict(self._rows("SELECT key, place FROM demonym"))
        places = self._places(set(rows.values()))
        return {form: places[place] for form, place in rows.items()}

    @cached_property
    def _features(self) -> dict[int, str]:
        return dict(self._rows("SELECT key, code FROM feature"))

    @cached_property
    def _sources(self) -> dict[int, str]:
        return dict(self._rows("SELECT key, name FROM source"))

    @cached_property
    def _unit_names(self) -> dict[str, str | None]:
        return dict(self._rows("SELECT unit.code, place.name FROM unit JOIN place ON place.key = unit.place"))

    def _unit_name(self, code: str) -> str | None:
        names = self._unit_names
        if code not in names and self._units_elsewhere:
            unit = self._units_elsewhere.unit(code)
            names[code] = unit.name if unit else None
        return names.get(code)

    def _many(self, query: str, keys: Iterable[int]) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of many keys, some hundred a question."""
        rest = iter(sorted(keys))
        while some := tuple(islice(rest, 500)):
            yield from self._rows(f"{query} IN ({','.join('?' * len(some))})", some)

    def _keys(self, forms: str, packed: bytes, form: str) -> tuple[int, ...]:
        """Return the keys of one form out of a row of them."""
        number = _line(forms, form)
        if number is None:
            return ()
        if not number and packed[:1] >= b"\x80":  # the commonest case, without unpacking the others
            return (int.from_bytes(packed[:4]) & ~LAST,)
        lists = packed[::4].translate(_LAST_OR_NOT).split(b"\1", number + 1)
        if len(lists) < number + 2:
            raise DataError(f"{self.path} is damaged (a form without places); {self._remedy}")
        start = sum(map(len, lists[:number])) + number
        keys = self._unpacked(packed[4 * start : 4 * (start + len(lists[number]) + 1)])
        return (*keys[:-1], keys[-1] & ~LAST)

    def _unpacked(self, packed: object) -> tuple[int, ...]:
        if not isinstance(packed, bytes) or len(packed) % 4:
            raise DataError(f"{self.path} is damaged (a row of keys is cut); {self._remedy}")
        return struct.unpack(f">{len(packed) // 4}I", packed)

    def _places(self, keys: Iterable[int], which: str = "TRUE") -> dict[int, Place]:
        """Return places by their keys, in that order, without those that a condition on their rows leaves out."""
        wanted = tuple(keys)
        found = {row[0]: row for row in self._many(f"{_QUERY} {which} AND key", wanted)}
        return {key: self._place(found[key]) for key in wanted if key in found}

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
        return Place(  # by position: this is done for every place that is ever looked at
            code or f"geonames:{key}",
            name,
            lon / 1e5,
            lat / 1e5,
            country,
            self._unit_name(unit) if unit else None,
            unit,
            kind,
            float(precision) if precision else _default_precision(kind, population),
            population,
            local_name,
            self._sources[source],
            note,
        )


def _line(forms: str, form: str) -> int | None:
    """Return the number of the line that a form is, or None."""
    if form not in forms:
        return None
    if form == forms:
        return 0
    lines = f"\n{forms}\n"
    at = lines.find(f"\n{form}\n")
    return lines.count("\n", 0, at) if at >= 0 else None
