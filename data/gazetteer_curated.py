"""The tables written by hand: read, checked, and joined with the lists.

``python data/gazetteer_curated.py`` checks every table without making anything, so that a correction can be tried in
seconds.
"""

import csv
import sys
from collections import Counter
from pathlib import Path

import gazetteer_names as naming
from gazetteer_checks import check, names_of
from gazetteer_lists import OWN_KEYS, Row, read_airfields, read_table, read_towns
from inputs import HERE

from geomap.gazetteer.feature_codes import WORDS

FIRST_KEY = OWN_KEYS + (1 << 20)
"""Keys below it belong to airfields."""
_KINDS = (
    "town village quarter base airbase airport airstrip camp crossing oilfield gasfield refinery dam "
    "bridge junction road river lake sea gulf strait canal mountain mountains hill valley desert "
    "peninsula island region continent territory prison mine plant site pass forest"
)
FEATURES = {kind: WORDS[kind] for kind in _KINDS.split()} | {"port": "S.PRT"}
"""The kinds a row may have, and the feature code of each."""


def read_places() -> list[dict[str, str]]:
    """Return the rows of every theatre, each with the table and line it stands in."""
    rows = []
    for path in sorted((HERE / "curated" / "places").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as opened:
            table = csv.DictReader(opened)
            rows += [{**row, "at": f"{path.name} line {table.line_num}"} for row in table]
    return rows


def merge_curated(rows: dict[int, Row]) -> list[Row]:
    """Return the curated places that are in no list; the others lend their spellings to the place they name."""
    known = {row.id: row for row in rows.values()}
    tables, new = read_places(), []
    check(tables, known, FEATURES)
    for table in tables:
        if table["same_as"]:
            lend(table, known[table["same_as"]])
        else:
            new.append(own(table, FIRST_KEY + len(new)))
    for table in read_table("regions.csv"):
        radius = str(float(table["radius_km"]) * 1000)
        new.append(own({**table, "admin1": "", "precision_m": radius}, FIRST_KEY + len(new)))
    name_apart(new)
    return new


def name_apart(rows: list[Row]) -> None:
    """Give places of one name different ids: with their country, then with the feature code, in small letters."""
    for part in (lambda row: row.country or "", lambda row: row.feature.partition(".")[2]):
        uses = Counter(row.code for row in rows)
        for row in rows:
            if uses[row.code] > 1 and part(row):
                row.code = f"{row.code}-{part(row).lower()}"
    if twice := [code for code, count in Counter(row.code for row in rows).items() if count > 1]:
        raise SystemExit(f"curated places share an id: {', '.join(twice)}; tell them apart in their names")


def lend(table: dict[str, str], row: Row) -> None:
    """Give a listed place the names, and where the table has one the precision, of a curated row."""
    names = names_of(table)
    row.names |= names
    row.name = table["name"]
    row.local_name = naming.local(table["name"], sorted(names), table["country"]) or row.local_name
    row.precision_m = int(float(table["precision_m"])) if table["precision_m"] else row.precision_m
    row.note = table["note"] or row.note


def own(table: dict[str, str], number: int) -> Row:
    names = names_of(table)
    return Row(
        key=number, code=f"curated:{naming.slug(table['name'])}", name=table["name"],
        lon=float(table["lon"]), lat=float(table["lat"]), country=table["country"] or None,
        admin1=table["admin1"] or None, feature=FEATURES[table["kind"]],
        population=int(table.get("population") or 0),
        source="geomap-curated", precision_m=int(float(table["precision_m"])), note=table["note"] or None,
        local_name=naming.local(table["name"], sorted(names), table["country"]), names=names,
    )  # fmt: skip


def main() -> None:
    cache = Path(sys.argv[sys.argv.index("--cache") + 1] if "--cache" in sys.argv else ".cache")
    towns = read_towns(cache)
    lists = [*towns, *read_airfields(towns)]
    tables = read_places()
    check(tables, {row.id: row for row in lists}, FEATURES)
    print(f"{len(tables):,} places by hand, each of them in its country and near what it says")


if __name__ == "__main__":
    main()
