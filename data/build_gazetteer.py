"""Make ``gazetteer.sqlite``: the world's places and their spellings in one file that is opened in place.

Towns, countries and administrative units come from GeoNames through three packages, airfields from airportsdata,
and what those lack from the tables in ``curated/``, which were written by hand. Each curated row is checked.
"""

from collections.abc import Iterator
from pathlib import Path

from gazetteer_curated import merge_curated
from gazetteer_lists import Row, read_airfields, read_countries, read_table, read_towns, read_units

from geomap.gazetteer.names import key
from geomap.gazetteer.store import Entry, Unit, write


def build(out: Path, cache: Path) -> None:
    towns = read_towns(cache)
    countries = read_countries(towns)
    divisions = read_units(towns, cache)
    airfields = read_airfields(towns)
    rows = {row.key: row for row in (*towns, *countries, *divisions.values(), *airfields)}
    rows |= {row.key: row for row in merge_curated(rows)}
    path = out / "gazetteer.sqlite"
    write(path, map(entry, rows.values()), units=units(rows, divisions), demonyms=dict(demonyms(rows, divisions)))
    print(f"{len(rows):,} places, {path.stat().st_size / 1e6:.1f} MB")


def entry(row: Row) -> Entry:
    return Entry(
        id=row.id, name=row.name, lon=row.lon, lat=row.lat, country=row.country, admin1_code=row.admin1,
        feature=row.feature, population=row.population, precision_m=row.precision_m, local_name=row.local_name,
        source=row.source, note=row.note, names=frozenset(row.names),
    )  # fmt: skip


def units(rows: dict[int, Row], divisions: dict[str, Row]) -> Iterator[Unit]:
    """Yield countries and first-level units with their capitals."""
    capitals = {row.country: row.id for row in rows.values() if row.feature == "P.PPLC"}
    for row in rows.values():
        if row.feature.startswith("A.PCL") and row.country:
            yield Unit(row.country, row.id, capitals.get(row.country))
    seats = {row.admin1: row.id for row in rows.values() if row.feature in {"P.PPLA", "P.PPLC"} and row.admin1}
    for code, row in divisions.items():
        if row.feature == "A.ADM1":
            yield Unit(code, row.id, seats.get(code))


def demonyms(rows: dict[int, Row], divisions: dict[str, Row]) -> Iterator[tuple[str, str]]:
    """Yield adjectives and peoples' names, as keyed, with the id of their place."""
    known = {code: row.id for code, row in divisions.items()}
    known |= {row.country: row.id for row in rows.values() if row.feature.startswith("A.PCL") and row.country}
    known |= {row.code: row.code for row in rows.values() if row.code}
    for table in read_table("demonyms.csv"):
        if table["place"] not in known:
            raise SystemExit(f"curated/demonyms.csv: no place {table['place']} for {table['demonym']}")
        yield key(table["demonym"]), known[table["place"]]
