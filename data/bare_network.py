"""The road network as its source has it, for laying listed roads on it: what is near a spot, and ways."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from pyproj import Geod
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components, dijkstra
from scipy.spatial import cKDTree
from sphere import EARTH_M, on_sphere

Spot = tuple[float, float]
"""lon, lat"""

GEOD = Geod(ellps="WGS84")
_LARGE = 1000
"""A part of the network with fewer junctions hangs together with nothing."""
_TRIED = 4
"""Junctions at either end that a way is looked for from: a town may have those of several roads."""


def line_m(points: Sequence[Spot]) -> float:
    """Return the length of a line on the ellipsoid, in metres."""
    return float(GEOD.line_length(*zip(*points, strict=True))) if len(points) > 1 else 0.0


@dataclass(frozen=True, eq=False)
class Base:
    """The network as its source has it: junctions and edges with the lengths of their roads."""

    points: NDArray[np.float64]
    """lon, lat"""
    pairs: NDArray[np.int64]
    lengths: NDArray[np.float64]
    """Metres of road."""
    barred: frozenset[int] = frozenset()
    """Junctions at which no road begins or ends: those at a bridge that is gone belong to neither bank's towns."""

    @cached_property
    def _tree(self) -> cKDTree:
        return cKDTree(on_sphere(self.points))

    @cached_property
    def edge_of(self) -> dict[tuple[int, int], int]:
        """The edge between two junctions, the lower number first."""
        return {(min(a, b), max(a, b)): row for row, (a, b) in enumerate(self.pairs.tolist())}

    @cached_property
    def beside(self) -> dict[int, list[int]]:
        """The edges at each junction."""
        found: dict[int, list[int]] = defaultdict(list)
        for row, (a, b) in enumerate(self.pairs.tolist()):
            found[a].append(row)
            found[b].append(row)
        return found

    @cached_property
    def part(self) -> NDArray[np.int32]:
        """The number of the connected part each junction belongs to."""
        ones = np.ones(len(self.pairs))
        graph = csr_array((ones, self.pairs.T), shape=(len(self.points),) * 2)
        return np.asarray(connected_components(graph, directed=False)[1])

    def near(self, spot: Spot, within_m: float) -> list[int]:
        """Return the junctions near a spot, nearest first, those of large parts of the network before the rest."""
        centre = on_sphere(np.array([spot]))[0]
        rows = set(self._tree.query_ball_point(centre, within_m / EARTH_M)) - self.barred
        size = self._sizes
        return sorted(rows, key=lambda row: (size[self.part[row]] < _LARGE, self.away_m(spot, row)))

    @cached_property
    def _sizes(self) -> NDArray[np.int64]:
        return np.bincount(self.part)

    def without(self, edges: Sequence[tuple[Spot, Spot]], *, around_m: float) -> "Base":
        """Return the network less edges given by their junctions, with the junctions about these barred."""
        barred: set[int] = set()
        keep = np.ones(len(self.pairs), dtype=bool)
        for ends in edges:
            a, b = (self.near(end, 1.0)[0] for end in ends)
            keep[self.edge_of[min(a, b), max(a, b)]] = False
            barred.update(*(self.near(end, around_m) for end in ends))
        return Base(self.points, self.pairs[keep], self.lengths[keep], frozenset(barred))

    def spot(self, node: int) -> Spot:
        """Return where a junction is."""
        lon, lat = self.points[node]
        return float(lon), float(lat)

    def away_m(self, spot: Spot, node: int) -> float:
        """Return the distance of a junction from a spot, in metres."""
        return line_m((spot, self.spot(node)))

    def window(self, spots: Sequence[Spot], margin_deg: float = 0.8) -> "Window":
        """Return the part of the network about some spots."""
        lon, lat = np.array(spots).T
        x, y = self.points.T
        wide = margin_deg / max(0.2, np.cos(np.radians(np.abs(lat).max())))
        inside = (x > lon.min() - wide) & (x < lon.max() + wide)
        inside &= (y > lat.min() - margin_deg) & (y < lat.max() + margin_deg)
        # An edge that leaves the window counts with its far junction: it may be the road itself.
        rows = np.flatnonzero(inside[self.pairs].any(axis=1))
        return Window(self, rows)


@dataclass(frozen=True, eq=False)
class Window:
    """A part of the network in which ways are looked for."""

    base: Base
    rows: NDArray[np.int64]

    @cached_property
    def nodes(self) -> NDArray[np.int64]:
        """The junctions, in order; a graph counts them by their place here."""
        return np.unique(self.base.pairs[self.rows])

    @cached_property
    def graph(self) -> csr_array:
        """The metres of road between junctions."""
        local = np.searchsorted(self.nodes, self.base.pairs[self.rows])
        lengths = np.maximum(self.base.lengths[self.rows], 1.0)
        return csr_array((lengths, local.T), shape=(len(self.nodes),) * 2)

    def way(
        self, start: Spot, end: Spot, *, starts: Sequence[int], ends: Sequence[int], limit_m: float
    ) -> list[int] | None:
        """Return the junctions of the shortest way between two spots by some of the junctions near them."""
        best: tuple[float, list[int]] = (np.inf, [])
        targets = [(node, int(np.searchsorted(self.nodes, node))) for node in ends[:_TRIED]]
        for node in starts[:_TRIED]:
            source = int(np.searchsorted(self.nodes, node))
            far, before = dijkstra(self.graph, directed=False, indices=source, return_predecessors=True, limit=limit_m)
            off = self.base.away_m(start, node)
            for other, target in targets:
                cost = far[target] + off + self.base.away_m(end, other)
                if far[target] <= limit_m and cost < best[0]:
                    best = cost, self._walk(before, source, target)
        return best[1] or None

    def apart_m(self, a: int, b: int, *, limit_m: float) -> float:
        """Return the metres of road between two junctions, infinite beyond a limit."""
        source, target = (int(np.searchsorted(self.nodes, node)) for node in (a, b))
        return float(dijkstra(self.graph, directed=False, indices=source, limit=limit_m)[target])

    def _walk(self, before: NDArray[np.int32], source: int, target: int) -> list[int]:
        path = [target]
        while path[-1] != source:
            path.append(int(before[path[-1]]))
        return [int(self.nodes[local]) for local in reversed(path)]
