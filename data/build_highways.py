"""Make geomap/_data/highways.csv: roads known by a name, as the towns they pass, written by hand.

The line between two towns is taken from the network when it is asked for; a road the network does not connect stops
the recipe. Needs roads.npz.
"""

import shutil
from pathlib import Path

from geomap.geometry.geodesy import length_m
from geomap.geometry.roads.highways import highway, known

CURATED = Path(__file__).parent / "curated" / "highways.csv"


def build(out: Path, cache: Path) -> None:  # noqa: ARG001
    shutil.copyfile(CURATED, out / "highways.csv")
    for road in known():
        line = highway(road.ref, countries=(road.country,))
        print(f"{road.country} {road.ref}: {length_m(line) / 1000:.0f} km")
