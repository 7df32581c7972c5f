"""Make geomap/_data/highways.csv: roads known by a name, as the towns they pass, written by hand.

The line between two towns is taken from the network when it is asked for. The recipe lays every road on it and prints
each piece that cannot be followed: those are drawn straight, and the road says so. A row that cannot be right stops
the recipe. Needs roads.npz, into which data/road_links.py has put what the source lacked of these roads.
"""

import csv
import itertools
import shutil
from collections import Counter
from pathlib import Path

from geomap.geometry.geodesy import distance_m, length_m
from geomap.geometry.roads.courses import course
from geomap.geometry.roads.highways import known

CURATED = Path(__file__).parent / "curated" / "highways.csv"
FARTHEST_M = 600_000.0
"""Towns that follow each other are nearer than this anywhere; further, and a name has been taken for another's."""


def build(out: Path, cache: Path) -> None:  # noqa: ARG001
    with CURATED.open(encoding="utf-8", newline="") as opened:
        check(list(csv.DictReader(opened)))
    shutil.copyfile(CURATED, out / "highways.csv")
    known.cache_clear()
    total = straight = 0.0
    for road in known():
        found = course(road)
        total, straight = total + length_m(found.line), straight + found.straight_m()
        for gap in found.gaps:
            km = (gap.end_m - gap.start_m) / 1000
            print(f"  {road.country} {road.ref}: {gap.start}–{gap.end} is straight, {km:.0f} km: {gap.reason}")
    print(f"highways.csv: {len(known())} roads, {total / 1e6:.1f} thousand km, {straight / 1e6:.1f} of them straight")


def check(rows: list[dict[str, str]]) -> None:
    """Stop at the first row that cannot be right."""
    refs = Counter((row["country"], row["ref"]) for row in rows)
    for row in rows:
        name = f"highways.csv, {row['country']} {row['ref']}"
        towns = row["towns"].split(";")
        spots = [tuple(float(number) for number in point.split()) for point in row["points"].split(";")]
        if refs[row["country"], row["ref"]] > 1:
            raise SystemExit(f"{name}: two roads of a country have this number")
        if len(towns) != len(spots) or len(towns) < 2:
            raise SystemExit(f"{name}: {len(towns)} towns at {len(spots)} spots; each needs one, and a road two")
        if row["country"] != row["countries"].split()[0]:
            raise SystemExit(f"{name}: its countries begin with another")
        for (town, a), (following, b) in itertools.pairwise(zip(towns, spots, strict=True)):
            apart = distance_m(a[1], a[0], b[1], b[0])
            if not 0 < apart < FARTHEST_M:
                raise SystemExit(f"{name}: {town} and {following} are {apart / 1000:.0f} km apart")


if __name__ == "__main__":
    build(Path(__file__).parent.parent / "geomap" / "_data", Path())
