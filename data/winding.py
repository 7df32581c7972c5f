"""How much longer roads are than the simplified lines their lengths were measured on: more so in mountains.

The source of the road network measured its lengths on lines without small bends. Set beside the published lengths of
`bench/distances.csv`, they come out 2 % too short in plains and 20 to 30 % in high mountains. What tells the two apart
is the spread of the heights of the towns around, which GeoNames gives. The figures below were fitted to every second
row of that table; the other half came out right within 3.4 % at the median.
"""

from pathlib import Path

import numpy as np
from inputs import archived
from scipy.spatial import cKDTree
from sphere import EARTH_M, on_sphere

PLAIN = 0.020
"""Share that is missing in a plain."""
PER_METRE = 0.00043
"""Share that is missing beside that, for each metre of the standard deviation of heights around."""
MOST = 0.35
TOWNS, WITHIN_M = 8, 60_000.0
"""The nearest towns whose heights count, and how far they may be; with fewer than three the land is taken as flat."""
LEAST = 3
LAT, LON, HEIGHT = 4, 5, 16
"""Columns of GeoNames' table; the height is that of its elevation model in metres."""
BEYOND_M = 9_000.0


def wound(points: np.ndarray, pairs: np.ndarray, lengths: np.ndarray, cache: Path) -> np.ndarray:
    """Return the lengths of the roads with the bends that were not measured."""
    middles = points[pairs].mean(axis=1)
    return lengths * (1.0 + np.minimum(MOST, PLAIN + PER_METRE * relief(middles, cache)))


def relief(spots: np.ndarray, cache: Path) -> np.ndarray:
    """Return the standard deviation of the heights of the towns around each spot, in metres."""
    towns, heights = read_heights(cache)
    gaps, rows = cKDTree(on_sphere(towns)).query(on_sphere(spots), k=TOWNS, distance_upper_bound=WITHIN_M / EARTH_M)
    near = np.isfinite(gaps)
    found = np.where(near, np.append(heights, 0.0)[rows], 0.0)
    count = np.maximum(near.sum(axis=1), 1)
    mean = found.sum(axis=1) / count
    spread = np.sqrt((np.where(near, found - mean[:, None], 0.0) ** 2).sum(axis=1) / count)
    return np.where(near.sum(axis=1) >= LEAST, spread, 0.0)


def read_heights(cache: Path) -> tuple[np.ndarray, np.ndarray]:
    """Return lon, lat of towns and their heights in metres."""
    path = archived("geonames-features", cache, "dist/cities500.txt")
    rows = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines())
    table = np.array([(float(row[LON]), float(row[LAT]), float(row[HEIGHT] or np.nan)) for row in rows])
    # the model has -9999 where it knows nothing
    known = np.abs(table[:, 2]) < BEYOND_M
    return table[known, :2], table[known, 2]
