"""What every curated row has to pass before it enters the store."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np
from scipy.spatial import cKDTree

from geomap.gazetteer.index import distance_m
from geomap.gazetteer.names import key, without_article

if TYPE_CHECKING:
    from build_gazetteer import Row

NEIGHBOURS = 12
"""A place lies in its country when one of so many nearest towns does."""
TWIN_M = 5_000.0
"""Two spots of one name and kind closer than this are the same place."""
AREA_TWIN_M = 50_000.0
"""The same for two regions, whose middles are nobody's fact."""
AREAS = ("A.", "L.RGN", "L.CONT", "H.", "T.", "R.")


def check(curated: list[Row], rows: dict[int, Row]) -> None:
    """Stop the build with every fault of the curated rows."""
    towns = [row for row in rows.values() if row.feature.startswith("P.")]
    tree = cKDTree(vectors(towns))
    faults = [*duplicates(curated), *misplaced(curated, towns, tree), *twins(curated, rows)]
    if faults:
        raise SystemExit("curated tables:\n  " + "\n  ".join(faults))


def vectors(rows: list[Row]) -> np.ndarray:
    lon, lat = np.radians([row.lon for row in rows]), np.radians([row.lat for row in rows])
    return np.column_stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])


def duplicates(curated: list[Row]) -> list[str]:
    seen, faults = set(), []
    for row in curated:
        if row.code in seen:
            faults.append(f"{row.name}: two rows make the id {row.code}")
        seen.add(row.code)
    return faults


def misplaced(curated: list[Row], towns: list[Row], tree: cKDTree) -> list[str]:
    """Return the spots none of whose nearest towns lies in the country, or the unit, that the row names."""
    spots = [row for row in curated if row.country and not row.feature.startswith(AREAS)]
    faults = []
    for row, near in zip(spots, tree.query(vectors(spots), NEIGHBOURS)[1] if spots else (), strict=True):
        around = [towns[index] for index in near]
        if row.country not in {town.country for town in around}:
            faults.append(f"{row.name}: {row.lat}, {row.lon} lies by {around[0].name}, not in {row.country}")
        elif row.admin1 and row.admin1 not in {town.admin1 for town in around}:
            faults.append(f"{row.name}: near {around[0].name} ({around[0].admin1}), not in {row.admin1}")
    return faults


def twins(curated: list[Row], rows: dict[int, Row]) -> list[str]:
    """Return the spots that repeat a listed place of the same class and name without naming its id."""
    by_name = defaultdict(list)
    for row in rows.values():
        for name in row.names:
            by_name[without_article(key(name))].append(row)
    faults = []
    for row in curated:
        for name in row.names:
            for other in by_name.get(without_article(key(name)), ()):
                gap = distance_m(row.lon, row.lat, other.lon, other.lat)
                near = (
                    min(AREA_TWIN_M, 0.3 * (row.precision_m or 0))
                    if row.feature.startswith(AREAS)
                    else TWIN_M
                )
                same = row.feature[0] == other.feature[0] or {row.feature[0], other.feature[0]} == {"A", "L"}
                if gap < near and same:
                    faults.append(
                        f"{row.name}: is {other.name} (geonames:{other.key} {other.code}), {gap / 1000:.1f} km"
                    )
    return sorted(set(faults))
