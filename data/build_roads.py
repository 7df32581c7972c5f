"""Make geomap/_data/roads.npz: the world's highways as one undirected graph.

Input: the package scgraph-data (OpenStreetMap's motorways, trunk and primary roads, junctions kept, bends between
them dropped, each edge with the length of a simplified line of the road it stands for), and the roads of
`curated/road_links.csv` and `curated/highways.csv` that it lacks or draws straight over a long way (`road_links.py`).
Lengths are corrected for the bends the source left out (`winding.py`), edges over a border pass it at their crossing
(`gate_bends.py`), main roads that end in a city are joined to each other (`city_streets.py`), and named highways are
preferred to other roads (`main_roads.py`). Each node gets the country it lies in, and a second one where two hold its
land to be theirs.
"""

import json
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import shapely
from city_streets import with_streets
from gate_bends import gates
from inputs import installed
from join_links import Joined, join
from main_roads import paces
from osm_borders import countries
from pyproj import Geod
from road_links import links
from winding import wound

from geomap.geometry.roads.network import Network, save_network

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


def node_countries(points: np.ndarray, cache: Path) -> tuple[tuple[str, ...], np.ndarray, np.ndarray]:
    """Return the country codes and, per node, the numbers of the country it lies in and of another that claims it."""
    polygons = countries(cache)
    lon, lat = points.T
    index, also = np.zeros(len(points), dtype=np.uint8), np.zeros(len(points), dtype=np.uint8)
    for number, polygon in enumerate(polygons.values(), start=1):
        west, south, east, north = polygon.bounds
        near = np.flatnonzero((lon >= west) & (lon <= east) & (lat >= south) & (lat <= north))
        shapely.prepare(polygon)
        held = near[shapely.intersects_xy(polygon, lon[near], lat[near])]
        also[held[index[held] > 0]] = number
        index[held[index[held] == 0]] = number
    outside = np.flatnonzero(index == 0)
    tree = shapely.STRtree(list(polygons.values()))
    found, polygon = tree.query_nearest(
        shapely.points(lon[outside], lat[outside]), max_distance=OFFSHORE_DEG, all_matches=False
    )
    index[outside[found]] = polygon + 1
    return ("", *polygons), index, also


def ordered(joined: Joined) -> Joined:
    """Return the same roads: nodes along the Z-order curve, edges by their nodes, each from the lower to the higher.

    Neighbours in space are then neighbours in the file, and the same input gives the same bytes.
    """
    points = np.rint(joined.points * 1000).astype(np.int64)
    order = np.lexsort((joined.points[:, 1], joined.points[:, 0], z_order(points)))
    rank = np.empty(len(order), dtype=np.int32)
    rank[order] = np.arange(len(order), dtype=np.int32)
    pairs = rank[joined.pairs]
    turned = pairs[:, 0] > pairs[:, 1]
    bends = [bend[::-1] if back else bend for bend, back in zip(joined.bends, turned, strict=True)]
    return by_junctions(Joined(joined.points[order], np.sort(pairs, axis=1), joined.lengths, bends))


def by_junctions(joined: Joined) -> Joined:
    """Return the same roads with their edges in the order of their junctions."""
    pairs = joined.pairs
    rows = np.lexsort((joined.lengths, pairs[:, 1], pairs[:, 0]))
    return Joined(joined.points, pairs[rows], joined.lengths[rows], [joined.bends[row] for row in rows])


def build(out: Path, cache: Path) -> None:
    points, pairs, lengths = read_package()
    lonlat = points / 1000
    (lon, lat), (first, second) = lonlat.T, pairs.T
    straight = GEOD.inv(lon[first], lat[first], lon[second], lat[second])[2]
    lengths = np.clip(lengths, straight, straight * LONGEST_DETOUR + SLACK_M)
    lengths = wound(lonlat, pairs, lengths, cache)
    codes, country, _ = node_countries(lonlat, cache)
    # the bends of named roads go first: theirs are more, and an edge is bent once
    bends = [*links(lonlat, pairs, lengths), *gates(lonlat, pairs, lengths, country, codes)]
    roads = ordered(join(lonlat, pairs, lengths, bends))
    codes, country, also = node_countries(roads.points, cache)
    roads = by_junctions(with_streets(roads, country))
    sizes = [len(bend) for bend in roads.bends]
    network = Network(
        points=roads.points,
        edges=roads.pairs,
        lengths=roads.lengths,
        country=country,
        codes=codes,
        also=also,
        bend_starts=np.concatenate([[0], np.cumsum(sizes)]).astype(np.int32),
        bend_xy=np.concatenate([bend for bend in roads.bends if len(bend)]),
    )
    network = replace(network, pace=paces(network))
    save_network(network, out / "roads.npz")
    total = roads.lengths.sum() / 1e6
    print(f"roads.npz: {len(roads.points):,} nodes, {len(roads.pairs):,} edges, {total:,.0f} thousand km")
