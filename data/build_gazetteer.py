"""Make ``gazetteer.sqlite``: the world's places and their spellings in one file that is opened in place.

Towns, countries and administrative units come from GeoNames through three packages, airfields from airportsdata,
and what those lack from the tables in ``curated/``, which were written by hand. Each curated row is checked.
"""

import math
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import gazetteer_names as naming
from gazetteer_curated import merge_curated
from gazetteer_lists import Row, by, read_airfields, read_countries, read_table, read_towns, read_units

from geomap.gazetteer.index import SCHEMA_VERSION
from geomap.gazetteer.names import key, skeleton, split_generic, without_article

SCHEMA = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE place (
    key INTEGER PRIMARY KEY, code TEXT, name TEXT NOT NULL, lon INTEGER NOT NULL, lat INTEGER NOT NULL,
    country TEXT, admin1 TEXT, feature INTEGER NOT NULL, precision_m INTEGER, population INTEGER NOT NULL,
    local_name TEXT, source INTEGER NOT NULL, note TEXT
);
CREATE TABLE feature (key INTEGER PRIMARY KEY, code TEXT NOT NULL);
CREATE TABLE grid (cell INTEGER PRIMARY KEY, places BLOB NOT NULL);
CREATE TABLE unit (code TEXT PRIMARY KEY, place INTEGER NOT NULL, capital INTEGER) WITHOUT ROWID;
CREATE TABLE demonym (key TEXT PRIMARY KEY, place INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE spelling (key TEXT PRIMARY KEY, places BLOB NOT NULL) WITHOUT ROWID;
"""
SOURCES = ("geonames-cities500", "geonames-divisions", "airportsdata", "geomap-curated")

def build(out: Path, cache: Path) -> None:
    towns = read_towns(cache)
    countries = read_countries(towns)
    units = read_units(towns, cache)
    airfields = read_airfields(towns)
    rows = {row.key: row for row in (*towns, *countries, *units.values(), *airfields)}
    rows |= {row.key: row for row in merge_curated(rows)}
    write(out / "gazetteer.sqlite", rows, units)


def spellings(row: Row) -> set[str]:
    """Return every form under which the store finds a place."""
    forms = set()
    for name in row.names | {row.name}:
        spelling = key(name)
        if not spelling or (len(spelling) < 2):
            continue
        forms.add(spelling)
        if naming.drops_article(row.country):
            forms.add(without_article(spelling))
        generic = split_generic(name)
        if generic and generic.kind.fits(row.feature) and not row.feature.startswith("P."):
            forms.add(generic.form)
        if row.loose and (bones := skeleton(generic.core if generic else name)):
            forms.add(f"~{bones}")
    if row.local_name:
        forms.add(key(row.local_name))
    return forms


def write(path: Path, rows: dict[int, Row], units: dict[str, Row]) -> None:
    index: dict[str, list[int]] = defaultdict(list)
    ranked = sorted(rows.values(), key=lambda row: (-row.prior, row.key))
    for row in ranked:
        for form in spellings(row):
            index[form].append(row.key)
    features = {code: number for number, code in enumerate(sorted({row.feature for row in rows.values()}))}
    unfinished = path.with_suffix(".part")
    unfinished.unlink(missing_ok=True)
    store = sqlite3.connect(unfinished)
    store.execute("PRAGMA page_size = 4096")
    store.executescript(SCHEMA)
    store.execute("INSERT INTO meta VALUES ('version', ?)", (str(SCHEMA_VERSION),))
    store.executemany(
        "INSERT INTO place VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)",
        (record(rows[number], features) for number in sorted(rows)),
    )
    store.executemany("INSERT INTO feature VALUES (?,?)", ((number, code) for code, number in features.items()))
    cells = by(ranked, lambda row: (math.floor(row.lat) + 90) * 360 + math.floor(row.lon) + 180)
    store.executemany(
        "INSERT INTO grid VALUES (?,?)", ((cell, packed(row.key for row in cells[cell])) for cell in sorted(cells))
    )
    store.executemany("INSERT INTO unit VALUES (?,?,?)", sorted(unit_records(rows, units)))
    store.executemany("INSERT INTO demonym VALUES (?,?)", sorted(set(demonyms(rows, units))))
    store.executemany(
        "INSERT INTO spelling VALUES (?,?)",
        ((form, packed(index[form])) for form in sorted(index)),
    )
    store.execute("CREATE INDEX codes ON place (code) WHERE code IS NOT NULL")
    store.commit()
    store.execute("VACUUM")
    store.close()
    unfinished.replace(path)
    print(f"{len(rows):,} places, {len(index):,} spellings, {path.stat().st_size / 1e6:.1f} MB")


def packed(keys: Iterable[int]) -> bytes:
    return b"".join(key.to_bytes(4, "big") for key in keys)


def record(row: Row, features: dict[str, int]) -> tuple[object, ...]:
    lon, lat = round(row.lon * 1e5), round(row.lat * 1e5)
    admin1 = row.admin1[3:] if row.admin1 else None
    kind = features[row.feature]
    return (row.key, row.code, row.name, lon, lat, row.country, admin1, kind, row.precision_m, row.population,
            row.local_name, SOURCES.index(row.source), row.note)  # fmt: skip


def unit_records(rows: dict[int, Row], units: dict[str, Row]) -> Iterator[tuple[str, int, int | None]]:
    """Yield code, place and capital of countries and first-level units."""
    capitals = {row.country: row.key for row in rows.values() if row.feature == "P.PPLC"}
    for row in rows.values():
        if row.feature.startswith("A.PCL") and row.country:
            yield row.country, row.key, capitals.get(row.country)
    seats = {row.admin1: row.key for row in rows.values() if row.feature in {"P.PPLA", "P.PPLC"} and row.admin1}
    for code, row in units.items():
        if row.feature == "A.ADM1":
            yield code, row.key, seats.get(code)


def demonyms(rows: dict[int, Row], units: dict[str, Row]) -> Iterator[tuple[str, int]]:
    known = {code: row.key for code, row in units.items()}
    known |= {row.country: row.key for row in rows.values() if row.feature.startswith("A.PCL")}
    known |= {row.code: row.key for row in rows.values() if row.code}
    for table in read_table("demonyms.csv"):
        if table["place"] not in known:
            raise SystemExit(f"curated/demonyms.csv: no place {table['place']} for {table['demonym']}")
        yield key(table["demonym"]), known[table["place"]]
