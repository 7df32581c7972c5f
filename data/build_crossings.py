"""Make geomap/_data/crossings.csv: border crossings written by hand, each moved onto the border it crosses.

Needs borders.npz. A crossing further than 8 km from its border is a mistake in the table and stops the recipe.
"""

import csv
from pathlib import Path

from geomap.geometry.borders import border
from geomap.geometry.geodesy import locate, point_at

CURATED = Path(__file__).parent / "curated" / "crossings.csv"
FARTHEST_M = 8000.0


def build(out: Path, cache: Path) -> None:  # noqa: ARG001
    with CURATED.open(encoding="utf-8", newline="") as opened:
        rows = list(csv.DictReader(opened))
    for row in rows:
        lon, lat = float(row["lon"]), float(row["lat"])
        places = [(locate(line, lon, lat), line) for line in border(row["a"], row["b"]).geoms]
        (along, off), line = min(places, key=lambda found: found[0][1])
        if off > FARTHEST_M:
            raise SystemExit(f"{row['name']} lies {off / 1000:.1f} km from the {row['a']}-{row['b']} border")
        point = point_at(line, along)
        row |= {"lon": f"{point.x:.4f}", "lat": f"{point.y:.4f}"}
    with (out / "crossings.csv").open("w", encoding="utf-8", newline="") as opened:
        writer = csv.DictWriter(opened, fieldnames=list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    print(f"crossings.csv: {len(rows)} crossings")
