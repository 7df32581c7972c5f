"""Make geomap/_data/roads.npz: the world's highways as one undirected graph.

Input: the package scgraph-data (OpenStreetMap's motorways, trunk and primary roads, junctions kept, bends between
them dropped, each edge with the length of the road it stands for). Nodes are renumbered along a Z-order curve, so that
neighbours in space are neighbours in the file, and each gets the country it lies in.
"""

import json
import re
from pathlib import Path

import numpy as np
import shapely
from inputs import installed
from osm_borders import countries
from pyproj import Geod

GEOD = Geod(ellps="WGS84")
# A few loops in the source got the length of a whole road between two nodes side by side.
LONGEST_DETOUR = 2.5
SLACK_M = 500.0
# A junction on a bridge or quay may lie just outside the country's polygon.
OFFSHORE_DEG = 0.3


def read_package() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return lon, lat in thousandths of a degree, node pairs and lengths in metres; the module is not run."""
    text = installed("scgraph-world-highways", "scgraph_data", "world_highways.py").read_text(encoding="ascii")
    lines = text.splitlines()
    graph = next(line for line in lines if line.startswith("graph="))
    nodes = next(line for line in lines if line.startswith("nodes="))
    lat_lon = np.array(json.loads(nodes.removeprefix("nodes=")))
    pairs, lengths = [], []
    for node, neighbours in enumerate(re.findall(r"\{([^}]*)\}", graph)):
        for item in filter(None, neighbours.split(", ")):
            other, km = item.split(": ")
            if node < int(other):
                pairs.append((node, int(other)))
                lengths.append(float(km) * 1000)
    return (
        np.rint(lat_lon[:, ::-1] * 1000).astype(np.int32),
        np.array(pairs, dtype=np.int32),
        np.array(lengths),
    )


def z_order(points: np.ndarray) -> np.ndarray:
    """Return for each point its place along the Z-order curve: the bits of lon and lat interleaved."""
    code = np.zeros(len(points), dtype=np.uint64)
    for axis, offset in ((0, 180_000), (1, 90_000)):
        value = (points[:, axis] + offset).astype(np.uint64)
        for bit in range(19):
            code |= ((value >> np.uint64(bit)) & np.uint64(1)) << np.uint64(2 * bit + axis)
    return code


def node_countries(points: np.ndarray, cache: Path) -> tuple[np.ndarray, np.ndarray]:
    """Return the country codes and, per node, its index among them (0, "", where it lies in none)."""
    polygons = countries(cache)
    codes = np.array(["", *polygons])
    lon, lat = (points / 1000).T
    index = np.zeros(len(points), dtype=np.uint8)
    for number, polygon in enumerate(polygons.values(), start=1):
        west, south, east, north = polygon.bounds
        near = np.flatnonzero((index == 0) & (lon >= west) & (lon <= east) & (lat >= south) & (lat <= north))
        shapely.prepare(polygon)
        index[near[shapely.intersects_xy(polygon, lon[near], lat[near])]] = number
    outside = np.flatnonzero(index == 0)
    tree = shapely.STRtree(list(polygons.values()))
    found, polygon = tree.query_nearest(
        shapely.points(lon[outside], lat[outside]), max_distance=OFFSHORE_DEG, all_matches=False
    )
    index[outside[found]] = polygon + 1
    return codes, index


def build(out: Path, cache: Path) -> None:
    points, pairs, lengths = read_package()
    order = np.lexsort((points[:, 1], points[:, 0], z_order(points)))
    rank = np.empty(len(order), dtype=np.int32)
    rank[order] = np.arange(len(order), dtype=np.int32)
    points, pairs = points[order], np.sort(rank[pairs], axis=1)
    edge_order = np.lexsort((pairs[:, 1], pairs[:, 0]))
    pairs, lengths = pairs[edge_order], lengths[edge_order]
    lon, lat = (points / 1000).T
    straight = GEOD.inv(lon[pairs[:, 0]], lat[pairs[:, 0]], lon[pairs[:, 1]], lat[pairs[:, 1]])[2]
    lengths = np.clip(lengths, straight, straight * LONGEST_DETOUR + SLACK_M)
    codes, country = node_countries(points, cache)
    np.savez(
        out / "roads.npz",
        points=points,
        edges=pairs,
        lengths=np.rint(lengths).astype(np.uint32),
        country=country,
        codes=codes,
    )
    print(f"roads.npz: {len(points):,} nodes, {len(pairs):,} edges, {lengths.sum() / 1e6:,.0f} thousand km")
