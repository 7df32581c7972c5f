"""What every curated row has to pass before it enters the store."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np
import shapely
from scipy.spatial import cKDTree

from geomap.gazetteer.index import distance_m
from geomap.gazetteer.names import key, without_article
from geomap.geometry.borders import country

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gazetteer_lists import Row

NEIGHBOURS = 60
"""A place lies in its first-level unit when one of so many nearest towns does; deserts are wide."""
BORDER_M = 3_000.0
"""How far outside its country's border a place may lie: crossings stand on the line, and the line is simplified."""
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


def nearest_units(rows: list[Row], towns: Iterable[Row]) -> list[str | None]:
    """Return the first-level unit of the nearest town of each row, when that town is in the row's country."""
    known = [town for town in towns if town.admin1]
    nearest = cKDTree(vectors(known)).query(vectors(rows))[1]
    return [
        known[at].admin1 if known[at].country == row.country else None for row, at in zip(rows, nearest, strict=True)
    ]


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
    """Return the spots outside their country's border, or with no town of the named unit anywhere near."""
    spots = [row for row in curated if row.country and not row.feature.startswith(AREAS)]
    faults = []
    for row, near in zip(spots, tree.query(vectors(spots), NEIGHBOURS)[1] if spots else (), strict=True):
        gap = 111_200 * country(row.country).distance(shapely.Point(row.lon, row.lat))
        if gap > max(BORDER_M, row.precision_m or 0):
            faults.append(f"{row.name}: {row.lat}, {row.lon} lies {gap / 1000:.1f} km outside {row.country}")
        around = [towns[index] for index in near]
        if row.admin1 and row.admin1 not in {town.admin1 for town in around}:
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
                near = min(AREA_TWIN_M, 0.3 * (row.precision_m or 0)) if row.feature.startswith(AREAS) else TWIN_M
                same = row.feature[0] == other.feature[0] or {row.feature[0], other.feature[0]} == {"A", "L"}
                if gap < near and same:
                    faults.append(
                        f"{row.name}: is {other.name} (geonames:{other.key} {other.code}), {gap / 1000:.1f} km"
                    )
    return sorted(set(faults))
