"""The shipped road network: the world's highways as a graph, opened whole and worked on in windows.

The network (OpenStreetMap's main roads by way of scgraph-data) keeps the junctions and drops the bends between them:
an edge is a straight line that stands for a road, with that road's length. Coordinates are EPSG:4326.
"""

from __future__ import annotations

import heapq
import itertools
import math
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING

import numpy as np

from geomap.datasets import data_path
from geomap.errors import DataError
from geomap.geometry.geodesy import DEGREE_M, nearest_on

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

__all__ = ["Network", "Path", "Search", "Snap", "Window", "load_network", "widened"]

Bounds = tuple[float, float, float, float]

_LONG_M = 40_000.0
"""A shorter edge that touches a box has an end within half as much of it."""
_LEAST_RADIUS_M = 6_335_439.0
"""The least radius of curvature of the ellipsoid: a chord of such a sphere is shorter than any way along it."""


@dataclass(frozen=True, slots=True)
class Snap:
    """The point of the network nearest to a place: a spot on an edge, never just the nearest junction."""

    edge: int
    """Row of the edge in its window."""
    fraction: float
    """Where on the edge, 0 at its first node and 1 at its second."""
    lon: float
    lat: float
    distance_m: float


@dataclass(frozen=True, slots=True)
class Path:
    """The cheapest way to one target."""

    points: tuple[tuple[float, float], ...]
    """Vertices, lon, lat, from the source to the target."""
    cost_m: float
    countries: tuple[int, ...]
    """Per vertex the number of its country; 0 at the source and the target, which are no junctions."""


@dataclass(frozen=True, eq=False)
class Network:
    """All junctions and edges; see `data/build_roads.py` for how they were made."""

    points: NDArray[np.float64]
    edges: NDArray[np.int32]
    lengths: NDArray[np.float64]
    country: NDArray[np.uint8]
    """Number of the country of each junction."""
    codes: tuple[str, ...]
    """ISO 3166-1 alpha-2 code of each country number; number 0 is none."""

    @cached_property
    def _long(self) -> NDArray[np.bool_]:
        return self.lengths > _LONG_M

    def window(self, bounds: Bounds) -> Window:
        """Return the part of the network whose edges touch the box west, south, east, north, in degrees."""
        rows = self._rows_near(bounds)
        west, south, east, north = bounds
        a, b = self.points[self.edges[rows, 0]], self.points[self.edges[rows, 1]]
        low, high = np.minimum(a, b), np.maximum(a, b)
        touch = (low[:, 0] <= east) & (high[:, 0] >= west) & (low[:, 1] <= north) & (high[:, 1] >= south)
        hit = rows[touch]
        edges = self.edges[hit]
        nodes, local = np.unique(edges, return_inverse=True)
        return Window(
            points=self.points[nodes],
            edges=local.reshape(-1, 2).astype(np.int32),
            lengths=self.lengths[hit],
            country=self.country[nodes],
            codes=self.codes,
        )

    def _rows_near(self, bounds: Bounds) -> NDArray[np.int64]:
        """Return the edges that may touch the box: those with an end near it, and all long ones."""
        west, south, east, north = widened(bounds, _LONG_M / 2)
        lon, lat = self.points.T
        near = (lon >= west) & (lon <= east) & (lat >= south) & (lat <= north)
        return np.flatnonzero(near[self.edges[:, 0]] | near[self.edges[:, 1]] | self._long)


@dataclass(frozen=True, eq=False)
class Window(Network):
    """A part of the network with rows of its own."""

    @cached_property
    def ends(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """The two end points of each edge."""
        return self.points[self.edges[:, 0]], self.points[self.edges[:, 1]]

    def number(self, code: str | None) -> int:
        """Return the number of a country here, 0 where its code is unknown."""
        return self.codes.index(code) if code in self.codes else 0

    def inside(self, countries: Sequence[str]) -> NDArray[np.bool_]:
        """Return which edges have both ends in the countries, given by their ISO 3166-1 alpha-2 codes."""
        mine = np.isin(self.country, [self.number(code) for code in countries])
        return mine[self.edges[:, 0]] & mine[self.edges[:, 1]]

    def only(self, mask: NDArray[np.bool_]) -> Window:
        """Return the window with only the marked edges; junctions keep their rows."""
        return Window(self.points, self.edges[mask], self.lengths[mask], self.country, self.codes)

    def components(self) -> NDArray[np.int64]:
        """Return for each edge the number of the connected part it belongs to: that of the part's first junction."""
        a, b = self.edges.T
        label = np.arange(len(self.points))
        while (label[a] != label[b]).any():
            # Every part takes the lowest number next to it, then all its junctions follow.
            ends, low = np.concatenate([label[a], label[b]]), np.minimum(label[a], label[b])
            np.minimum.at(label, ends, np.tile(low, 2))
            while (label[label] != label).any():
                label = label[label]
        labels: NDArray[np.int64] = label[a]
        return labels

    def snap(self, lon: float, lat: float) -> Snap | None:
        """Return the nearest spot on any edge, or None where there is no road within the window."""
        if not len(self.edges):
            return None
        fraction, distance = nearest_on(*self.ends, lon, lat)
        best = int(np.argmin(distance))
        return self.on_edge(best, float(fraction[best]), distance_m=float(distance[best]))

    def on_edge(self, edge: int, fraction: float, *, distance_m: float = 0.0) -> Snap:
        """Return the spot at a fraction of an edge."""
        a, b = self.points[self.edges[edge, 0]], self.points[self.edges[edge, 1]]
        lon, lat = a + (b - a) * fraction
        return Snap(edge, fraction, float(lon), float(lat), distance_m)


@dataclass(frozen=True, slots=True)
class _Graph:
    """Edges in both directions, those out of a node side by side."""

    starts: list[int]
    heads: list[int]
    costs: list[float]

    @classmethod
    def of(cls, edges: NDArray[np.int32], costs: NDArray[np.float64], size: int) -> _Graph:
        tails, heads = np.concatenate([edges, edges[:, ::-1]]).T
        order = np.argsort(tails, kind="stable")
        starts = np.concatenate([[0], np.cumsum(np.bincount(tails, minlength=size))])
        return cls(starts.tolist(), heads[order].tolist(), np.tile(costs, 2)[order].tolist())


class Search:
    """Cheapest ways from one spot of a window to other spots of it, looked for no further than asked.

    Edges are split where the spots lie on them. `crossing_m` is added for each edge that changes country, which keeps
    a way from slipping over a border and back. With a single target the search leans towards it (A*).
    """

    def __init__(
        self, window: Window, source: Snap, targets: Sequence[Snap] = (), *, crossing_m: float = 20_000.0
    ) -> None:
        self.window = window
        self.spots = (source, *targets)
        cost = window.lengths + crossing_m * (window.country[window.edges[:, 0]] != window.country[window.edges[:, 1]])
        links, weights = self._split(cost)
        count = len(window.points)
        self._graph = _Graph.of(
            np.concatenate([window.edges, links]), np.concatenate([cost, weights]), count + len(self.spots)
        )
        self._ahead = self._bee_lines() if len(targets) == 1 else [0.0] * (count + len(self.spots))
        self._cost = {count: 0.0}
        self._before: dict[int, int] = {}
        self._done: set[int] = set()
        self._heap = [(0.0, count)]

    def _bee_lines(self) -> list[float]:
        """Return for each node a distance to the target that no road undercuts."""
        spots = np.array([(spot.lon, spot.lat) for spot in self.spots])
        lon, lat = np.radians(np.concatenate([self.window.points, spots])).T
        on_sphere = np.column_stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])
        distances: list[float] = (_LEAST_RADIUS_M * np.linalg.norm(on_sphere - on_sphere[-1], axis=1)).tolist()
        return distances

    def _settled(self) -> Iterator[int]:
        """Yield the nodes not settled yet, cheapest first."""
        starts, heads, costs = self._graph.starts, self._graph.heads, self._graph.costs
        known, ahead, done, heap = self._cost, self._ahead, self._done, self._heap
        while heap:
            node = heapq.heappop(heap)[1]
            if node in done:
                continue
            done.add(node)
            here = known[node]
            for i in range(starts[node], starts[node + 1]):
                head, cost = heads[i], here + costs[i]
                if cost < known.get(head, math.inf):
                    known[head] = cost
                    self._before[head] = node
                    heapq.heappush(heap, (cost + ahead[head], head))
            yield node

    def _reach(self, node: int) -> bool:
        return node in self._done or node in self._settled()

    def _split(self, cost: NDArray[np.float64]) -> tuple[NDArray[np.int32], NDArray[np.float64]]:
        on_edge: dict[int, list[tuple[float, int]]] = {}
        for i, spot in enumerate(self.spots):
            on_edge.setdefault(spot.edge, []).append((spot.fraction, len(self.window.points) + i))
        links, weights = [], []
        for edge, spots in on_edge.items():
            first, last = self.window.edges[edge]
            chain = [(0.0, int(first)), *sorted(spots), (1.0, int(last))]
            for (a, tail), (b, head) in itertools.pairwise(chain):
                links.append((tail, head))
                weights.append((b - a) * cost[edge])
        return np.array(links, dtype=np.int32), np.array(weights)

    def cost_m(self, target: int) -> float:
        """Return the cost to target number `target`, infinite where no road leads there."""
        node = len(self.window.points) + 1 + target
        return self._cost[node] if self._reach(node) else math.inf

    def nearest(self, nodes: NDArray[np.bool_], limit: int) -> list[int]:
        """Return the first `limit` junctions of those marked that a road leads to, cheapest first."""
        count = len(nodes)
        return list(itertools.islice((n for n in self._settled() if n < count and nodes[n]), limit))

    def path(self, target: int) -> Path | None:
        """Return the way to target number `target`, or None where no road leads there."""
        node = len(self.window.points) + 1 + target
        if not self._reach(node):
            return None
        cost, nodes = self._cost[node], [node]
        while node in self._before:
            node = self._before[node]
            nodes.append(node)
        nodes.reverse()
        count = len(self.window.points)
        points = [
            (self.spots[n - count].lon, self.spots[n - count].lat) if n >= count else tuple(self.window.points[n])
            for n in nodes
        ]
        countries = tuple(0 if n >= count else int(self.window.country[n]) for n in nodes)
        return Path(tuple((float(x), float(y)) for x, y in points), cost, countries)


@cache
def load_network() -> Network:
    """Return the shipped network.

    Raises
    ------
    DataError
        The file is missing or damaged.
    """
    path = data_path("roads.npz")
    try:
        with path.open("rb") as opened, np.load(opened) as data:
            return Network(
                points=data["points"] / 1000.0,
                edges=data["edges"],
                lengths=data["lengths"].astype(np.float64),
                country=data["country"],
                codes=tuple(data["codes"].tolist()),
            )
    except (OSError, KeyError, ValueError) as error:
        raise DataError(f"the road network {path} cannot be read: {error}; install geomap again") from error


def widened(bounds: Bounds, margin_m: float) -> Bounds:
    """Return the box grown by `margin_m` metres on every side."""
    west, south, east, north = bounds
    up = margin_m / DEGREE_M
    side = up / max(0.1, float(np.cos(np.radians(max(abs(south), abs(north))))))
    return west - side, south - up, east + side, north + up
