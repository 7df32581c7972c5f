"""Writing a store: places and their names in one file that :mod:`geomap.gazetteer.index` opens in place.

The shipped store and the user's own layers are made by the same function. A store is written whole or not at all.
"""

from __future__ import annotations

import sqlite3
import struct
from collections import defaultdict
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geomap.errors import InputError
from geomap.files import replacing
from geomap.gazetteer.index import LAST, SCHEMA_VERSION, bones_key, cell, prior
from geomap.gazetteer.names import abbreviation, key, split_generic, without_article
from geomap.gazetteer.sounds import bones

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

__all__ = ["ARTICLE_COUNTRIES", "Entry", "Unit", "write"]

OWN_KEYS = 1 << 25
"""Keys from here on belong to places without a GeoNames id; the largest of those is below 2**24."""
_ARAB = "AE BH DJ DZ EG EH ER IL IQ JO KM KW LB LY MA MR OM PS QA SA SD SO SS SY TD TN YE"
ARTICLE_COUNTRIES = frozenset(_ARAB.split())
"""Where names take the Arabic article, and are written with or without it."""

_SCHEMA = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE feature (key INTEGER PRIMARY KEY, code TEXT NOT NULL);
CREATE TABLE source (key INTEGER PRIMARY KEY, name TEXT NOT NULL);
CREATE TABLE place (
    key INTEGER PRIMARY KEY, code TEXT, name TEXT NOT NULL, lon INTEGER NOT NULL, lat INTEGER NOT NULL,
    country TEXT, admin1 TEXT, feature INTEGER NOT NULL, precision_m INTEGER, population INTEGER NOT NULL,
    local_name TEXT, source INTEGER NOT NULL, note TEXT
);
CREATE TABLE grid (cell INTEGER PRIMARY KEY, places BLOB NOT NULL);
CREATE TABLE unit (code TEXT PRIMARY KEY, place INTEGER NOT NULL, capital INTEGER) WITHOUT ROWID;
CREATE TABLE demonym (key TEXT PRIMARY KEY, place INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE spelling (bones INTEGER PRIMARY KEY, forms TEXT NOT NULL, places BLOB NOT NULL);
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """A place to be written, with all its names."""

    id: str
    """``geonames:170592`` or any other text of the form ``source:id``."""
    name: str
    lon: float
    """Degrees, WGS 84."""
    lat: float
    country: str | None = None
    """ISO 3166-1 alpha-2 code."""
    admin1_code: str | None = None
    """GeoNames code of the first-level unit with its country, such as ``SY.02``."""
    feature: str = "P.PPL"
    """GeoNames feature class and code."""
    population: int = 0
    precision_m: float | None = None
    """Radius of the circle that surely holds the place; by kind and population when not known."""
    local_name: str | None = None
    source: str = ""
    """Key of the data set."""
    note: str | None = None
    names: frozenset[str] = frozenset()
    """Other names and spellings."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A country or first-level unit: its code, the id of its place, and that of its capital."""

    code: str
    place: str
    capital: str | None = None


def write(
    path: Path | str, entries: Iterable[Entry], *, units: Iterable[Unit] = (), demonyms: Mapping[str, str] | None = None
) -> None:
    """Write a store of places, whole or not at all.

    Parameters
    ----------
    path
        The file; an earlier one is replaced.
    entries
        The places, in any order; what is written does not depend on it.
    units
        Countries and first-level units among them.
    demonyms
        Peoples' names and adjectives, as keyed, with the id of the place they belong to.

    Raises
    ------
    InputError
        Two places share an id, a place lies outside the world or its unit outside its country, or a unit or demonym
        names a place that is not there.
    OutputError
        The file cannot be written there.
    """
    ranked = sorted(entries, key=lambda entry: (-prior(entry.feature, entry.population), entry.id))
    keys = _keys(ranked)
    with replacing(path) as draft, closing(sqlite3.connect(draft)) as store:
        store.execute("PRAGMA page_size = 4096")
        store.executescript(_SCHEMA)
        store.execute("INSERT INTO meta VALUES ('version', ?)", (str(SCHEMA_VERSION),))
        _write_places(store, ranked, keys)
        _write_spellings(store, ranked, keys)
        known = ((unit.code, _known(keys, unit.place), _known(keys, unit.capital)) for unit in units)
        store.executemany("INSERT INTO unit VALUES (?,?,?)", sorted(known))
        peoples = ((form, _known(keys, place)) for form, place in (demonyms or {}).items())
        store.executemany("INSERT INTO demonym VALUES (?,?)", sorted(peoples))
        store.execute("CREATE INDEX codes ON place (code) WHERE code IS NOT NULL")
        store.commit()
        store.execute("VACUUM")


def _keys(entries: Iterable[Entry]) -> dict[str, int]:
    """Return a number for each id: that of GeoNames where it has one."""
    keys: dict[str, int] = {}
    for entry in sorted(entries, key=lambda entry: entry.id):
        if entry.id in keys:
            raise InputError(f"two places have the id {entry.id!r}; ids have to differ")
        keys[entry.id] = _geonames_key(entry.id) or OWN_KEYS + len(keys)
    return keys


def _geonames_key(place_id: str) -> int | None:
    source, _, number = place_id.partition(":")
    if source == "geonames" and number.isascii() and number.isdecimal() and number[:1] != "0" and len(number) < 9:
        return int(number) if int(number) < OWN_KEYS else None
    return None


def _known(keys: Mapping[str, int], place_id: str | None) -> int | None:
    if place_id is not None and place_id not in keys:
        raise InputError(f"no place has the id {place_id!r} that a unit or demonym names")
    return keys[place_id] if place_id is not None else None


def _write_places(store: sqlite3.Connection, entries: Sequence[Entry], keys: Mapping[str, int]) -> None:
    features = {code: number for number, code in enumerate(sorted({entry.feature for entry in entries}))}
    sources = {name: number for number, name in enumerate(sorted({entry.source for entry in entries}))}
    store.executemany("INSERT INTO feature VALUES (?,?)", ((number, code) for code, number in features.items()))
    store.executemany("INSERT INTO source VALUES (?,?)", ((number, name) for name, number in sources.items()))
    rows = sorted(_row(entry, keys[entry.id], features, sources) for entry in entries)
    store.executemany("INSERT INTO place VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)", rows)
    cells: dict[int, list[int]] = defaultdict(list)
    for entry in entries:
        cells[cell(entry.lon, entry.lat)].append(keys[entry.id])
    packed = ((number, struct.pack(f">{len(found)}I", *found)) for number, found in sorted(cells.items()))
    store.executemany("INSERT INTO grid VALUES (?,?)", packed)


def _row(entry: Entry, number: int, features: Mapping[str, int], sources: Mapping[str, int]) -> tuple[object, ...]:
    if not (-180.0 <= entry.lon <= 180.0 and -90.0 <= entry.lat <= 90.0):
        raise InputError(f"{entry.name} ({entry.id}) lies at lon {entry.lon}, lat {entry.lat}, outside the world")
    country, _, unit = (entry.admin1_code or "").partition(".")
    if entry.admin1_code and (country != entry.country or not unit):
        raise InputError(f"{entry.name} ({entry.id}) is in {entry.admin1_code}, which is no unit of {entry.country}")
    precision = None if entry.precision_m is None else round(entry.precision_m)
    code = None if number < OWN_KEYS else entry.id
    return (
        number, code, entry.name, round(entry.lon * 1e5), round(entry.lat * 1e5), entry.country, unit or None,
        features[entry.feature], precision, entry.population, entry.local_name, sources[entry.source], entry.note,
    )  # fmt: skip


def _write_spellings(store: sqlite3.Connection, entries: Iterable[Entry], keys: Mapping[str, int]) -> None:
    """Write the forms of names, those of one skeleton in one row."""
    groups: dict[int, dict[str, list[int]]] = defaultdict(dict)
    for entry in entries:
        for form in _forms(entry):
            groups[bones_key(bones(form))].setdefault(form, []).append(keys[entry.id])
    store.executemany("INSERT INTO spelling VALUES (?,?,?)", (_packed(*group) for group in sorted(groups.items())))


def _packed(number: int, forms: Mapping[str, Sequence[int]]) -> tuple[int, str, bytes]:
    """Return the row of forms with one skeleton: the forms, and the keys of each, the last of a form marked."""
    found = [key for form in sorted(forms) for key in (*forms[form][:-1], forms[form][-1] | LAST)]
    return number, "\n".join(sorted(forms)), struct.pack(f">{len(found)}I", *found)


def _forms(entry: Entry) -> Iterator[str]:
    """Yield the forms of names under which a place is found, each once."""
    forms = set()
    for name in entry.names | {entry.name, entry.local_name or ""}:
        spelling = key(name)
        if not spelling or (len(spelling) == 1 and spelling.isascii()):
            continue
        if short := abbreviation(name):
            forms.add(short)
            continue
        forms.add(spelling)
        if entry.country is None or entry.country in ARTICLE_COUNTRIES:
            forms.add(without_article(spelling))
        generic = split_generic(name)
        if generic and generic.kind.fits(entry.feature) and not entry.feature.startswith("P."):
            forms.add(generic.form)
    yield from forms
