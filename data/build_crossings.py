"""Make geomap/_data/crossings.csv: border crossings written by hand, each moved onto the border it crosses.

Needs borders.npz. A row that cannot be right stops the recipe: a crossing further than 8 km from its border, a closure
whose dates are no dates or out of order, two rows that share a name within a kilometre.
"""

import csv
import itertools
from pathlib import Path

from geomap.gazetteer.names import key
from geomap.geometry.borders import border
from geomap.geometry.geodesy import distance_m, locate, point_at
from geomap.geometry.roads.closures import parse

CURATED = Path(__file__).parent / "curated" / "crossings.csv"
FARTHEST_M = 8000.0
SAME_M = 1000.0
COLUMNS = ("name", "names", "a", "b", "lat", "lon", "precision_m", "road", "closures", "source", "checked", "note")

Row = dict[str, str]


def build(out: Path, cache: Path) -> None:  # noqa: ARG001
    rows = [moved(row) for row in read(CURATED)]
    unlike(rows)
    with (out / "crossings.csv").open("w", encoding="utf-8", newline="") as opened:
        writer = csv.DictWriter(opened, fieldnames=COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    pairs = {frozenset((row["a"], row["b"])) for row in rows}
    print(
        f"crossings.csv: {len(rows)} crossings of {len(pairs)} borders, {sum(bool(r['closures']) for r in rows)} dated"
    )


def read(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as opened:
        reader = csv.DictReader(opened)
        if tuple(reader.fieldnames or ()) != COLUMNS:
            raise SystemExit(f"{path.name} has the columns {reader.fieldnames}; write {', '.join(COLUMNS)}")
        return list(reader)


def moved(row: Row) -> Row:
    """Return the row with its position on the border, after all that can be said of it alone was checked."""
    for column in ("name", "source", "checked"):
        if not row[column].strip():
            raise SystemExit(f"{row['name'] or row} has no {column}")
    if not 500 <= float(row["precision_m"]) <= 20_000:
        raise SystemExit(f"{row['name']} has a precision of {row['precision_m']} m; give 500 to 20000")
    try:
        parse(row["closures"])
    except ValueError as error:
        raise SystemExit(f"{row['name']}: {error}") from error
    lon, lat = float(row["lon"]), float(row["lat"])
    places = [(locate(line, lon, lat), line) for line in border(row["a"], row["b"]).geoms]
    (along, off), line = min(places, key=lambda found: found[0][1])
    if off > FARTHEST_M:
        raise SystemExit(f"{row['name']} lies {off / 1000:.1f} km from the {row['a']}-{row['b']} border")
    point = point_at(line, along)
    return row | {"lon": f"{point.x:.4f}", "lat": f"{point.y:.4f}"}


def unlike(rows: list[Row]) -> None:
    """Stop where two rows are one crossing: a name in common within a kilometre."""
    for one, other in itertools.combinations(rows, 2):
        if {one["a"], one["b"]} != {other["a"], other["b"]} or not spellings(one) & spellings(other):
            continue
        gap = distance_m(float(one["lon"]), float(one["lat"]), float(other["lon"]), float(other["lat"]))
        if gap < SAME_M:
            raise SystemExit(f"{one['name']} and {other['name']} share a name and lie {gap:.0f} m apart")


def spellings(row: Row) -> set[str]:
    return {key(name) for name in (row["name"], *row["name"].split("–"), *filter(None, row["names"].split(";")))}
