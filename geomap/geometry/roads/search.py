"""Cheapest ways over a road network, by SciPy's Dijkstra.

A `Graph` is the part of a network that may be used: roads of some countries, or all, without those that are avoided.
A `Search` runs from one place and knows the cost of every junction it reached. Costs are metres of road; passing a
border costs a `toll` on top, which keeps a way from slipping over a border and back.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np

from geomap.geometry.geodesy import cumulative_m, distance_m
from geomap.geometry.roads.network import Network, Snap, widened

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

__all__ = ["OFF_ROAD", "Graph", "Joint", "Part", "Search", "graph_of", "placed"]

Spot = tuple[float, float]

OFF_ROAD = 3.0
"""A metre off the road counts as so many on it, when the road to join is chosen."""
_TIES_M = 250.0
"""Roads no further than this beyond the nearest may be joined as well: the other carriageway of the same highway."""
_MOST_JOINTS = 64
_MAYBE_M = 2_000.0
"""A place further than this from a road that is drawn straight may lie on it, if the road's length allows; it is joined
to that road rather than to any that is further off than this."""
_SLACK = 1.02
"""A road may lead by a place if the way by it is not longer than this share of the road's length."""


@dataclass(frozen=True, slots=True)
class Joint:
    """A spot by which a place may join the roads."""

    snap: Snap
    row: int
    """The edge's place in the graph's `rows`."""
    label: int
    """The connected part it lies in."""
    off_m: float
    """Distance from the place to the road."""

    beside_m: float = 0.0
    """Distance from the place to the road as drawn, where it is taken to lie on that road all the same."""

    @property
    def cost_m(self) -> float:
        """What getting to the road counts."""
        return OFF_ROAD * (_MAYBE_M if self.beside_m else self.off_m)


@dataclass(frozen=True, eq=False)
class Graph:
    """Edges of a network in the directions they are open, those out of a junction side by side."""

    network: Network
    rows: NDArray[np.int64]
    """Edges of the network that may be used, in order."""
    nodes: NDArray[np.int64]
    """Their junctions, in order; here a junction goes by its place among them."""
    starts: NDArray[np.int32]
    heads: NDArray[np.int32]
    slots: NDArray[np.int32]
    """Per direction of an edge its place in `rows`."""
    costs: NDArray[np.float64]
    """Per place in `rows` the metres of the road and its toll."""
    labels: NDArray[np.int32]
    """Per junction the number of the connected part it lies in."""
    inside: NDArray[np.bool_] | None = None
    """Per junction whether ways may go through it; where not, an edge to it may be joined, and left by its other end.
    None where they may go through all."""

    @cached_property
    def _csr(self) -> tuple[NDArray[np.float64], NDArray[np.int32], NDArray[np.int32], Lock]:
        """Costs, heads and starts with room for a node more, from which a search sets out."""
        room = 2 * _MOST_JOINTS
        costs = np.concatenate([self.costs[self.slots], np.zeros(room)])
        heads = np.concatenate([self.heads, np.zeros(room, dtype=np.int32)])
        return costs, heads, np.append(self.starts, self.starts[-1]), Lock()

    def run(
        self, heads: NDArray[np.int32], costs: NDArray[np.float64], limit: float
    ) -> tuple[NDArray[np.float64], NDArray[np.int32]]:
        """Return the least cost of each junction up to a limit, and the junction before it.

        The search sets out from a node of its own, the last one, from which ways lead to the heads at their costs.
        """
        from scipy.sparse import csr_array
        from scipy.sparse.csgraph import dijkstra

        weights, targets, starts, lock = self._csr
        size, used = len(self.nodes), int(self.starts[-1])
        with lock:
            # in place: copying the roads of the world takes longer than the search
            weights[used : used + len(heads)], targets[used : used + len(heads)] = costs, heads
            starts[-1] = used + len(heads)
            matrix = csr_array((weights[: starts[-1]], targets[: starts[-1]], starts), shape=(size + 1, size + 1))
            found, before = dijkstra(matrix, indices=size, limit=limit, return_predecessors=True)
        return found, before

    def local(self, node: int) -> int:
        """Return the place of a junction of the network among those here."""
        return int(np.searchsorted(self.nodes, node))

    def is_open(self, row: int, *, forward: bool) -> bool:
        """Whether the edge at a place in `rows` may be used in its own direction, or against it."""
        oneway = self.network.oneway
        return oneway is None or int(oneway[self.rows[row]]) != (-1 if forward else 1)

    def snaps(self, lon: float, lat: float, reach_m: float) -> list[Joint]:
        """Return the spots by which a place may join the roads within reach, the nearest first.

        The nearest spot of every connected part, and its near rivals: which part leads on is for the search to find.
        """
        near = self.network.rows_near(widened((lon, lat, lon, lat), reach_m))
        places, here = placed(self.rows, near)
        at = places[here]
        if not len(at):
            return []
        fraction, gap = self.network.nearest(self.rows[at], lon, lat)
        label = self._labels_of(at)
        order = np.lexsort((gap, label))
        parts, first = np.unique(label[order], return_index=True)
        least = gap[order[first]][np.searchsorted(parts, label)]
        kept = np.flatnonzero((gap <= reach_m) & (gap <= least + _TIES_M))
        kept = kept[np.argsort(gap[kept], kind="stable")][:_MOST_JOINTS]
        return [self._joint(int(at[k]), float(fraction[k]), int(label[k]), (lon, lat)) for k in kept]

    def _joint(self, row: int, fraction: float, label: int, place: Spot) -> Joint:
        x, y = self.spot(row, fraction)
        snap = Snap(int(self.rows[row]), fraction, x, y, distance_m(*place, x, y))
        if snap.distance_m > _MAYBE_M and self._may_lead_by(row, fraction, place):
            return Joint(Snap(snap.edge, fraction, *place, 0.0), row, label, 0.0, snap.distance_m)
        return Joint(snap, row, label, snap.distance_m)

    def _may_lead_by(self, row: int, fraction: float, place: Spot) -> bool:
        """Whether a road whose length tells of bends that are not drawn may lead by a place beside the drawn line."""
        edge = int(self.rows[row])
        line = self.network.line(edge)
        along = cumulative_m(line)
        k = min(int(np.searchsorted(along, fraction * along[-1], side="right")) - 1, len(line) - 2)
        (ax, ay), (bx, by) = line[k].tolist(), line[k + 1].tolist()
        longer = distance_m(ax, ay, *place) + distance_m(*place, bx, by) - float(along[k + 1] - along[k])
        return float(along[-1]) + longer <= _SLACK * float(self.network.lengths[edge])

    def _labels_of(self, rows: NDArray[np.int64]) -> NDArray[np.int32]:
        """Return the connected part of each edge, given by its place in `rows`."""
        first, second = np.searchsorted(self.nodes, self.network.edges[self.rows[rows]].T)
        labels: NDArray[np.int32] = self.labels[
            first if self.inside is None else np.where(self.inside[first], first, second)
        ]
        return labels

    def is_inside(self, node: int) -> bool:
        """Whether ways may go through a junction, given by its place in `nodes`."""
        return self.inside is None or bool(self.inside[node])

    def spot(self, row: int, fraction: float) -> Spot:
        """Return the point at a share of an edge, given by its place in `rows`."""
        line = self.network.line(int(self.rows[row]))
        if len(line) == 2:
            (ax, ay), (bx, by) = line.tolist()
            return ax + fraction * (bx - ax), ay + fraction * (by - ay)
        along = _along(line)
        at = fraction * along[-1]
        return float(np.interp(at, along, line[:, 0])), float(np.interp(at, along, line[:, 1]))


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of an edge that a way takes."""

    row: int
    """The edge's place in the graph's `rows`."""
    start: float
    end: float
    """From which share of the edge to which; the first is the greater where it is taken backwards."""


class Search:
    """The costs from one place, or to it, of all junctions that cost no more than a limit."""

    def __init__(self, graph: Graph, joints: Sequence[Joint], *, limit: float = np.inf) -> None:
        self.graph, self.joints, self.limit = graph, tuple(joints), limit
        heads, costs, self._links = self._leave()
        self.costs, self._before = graph.run(heads, costs, limit)

    def _leave(self) -> tuple[NDArray[np.int32], NDArray[np.float64], dict[int, tuple[float, int, bool]]]:
        """Return the junctions next to the place, their costs from it, and by which snap and which way each is met."""
        best: dict[int, tuple[float, int, bool]] = {}
        graph = self.graph
        for number, joint in enumerate(self.joints):
            snap, row = joint.snap, joint.row
            first, second = (graph.local(int(node)) for node in graph.network.edges[snap.edge])
            whole, off = float(graph.costs[row]), joint.cost_m
            for node, share, forward in ((second, 1.0 - snap.fraction, True), (first, snap.fraction, False)):
                cost = off + share * whole
                if (
                    graph.is_inside(node)
                    and graph.is_open(row, forward=forward)
                    and cost < best.get(node, (np.inf, 0, True))[0]
                ):
                    best[node] = cost, number, forward
        heads = np.array(sorted(best), dtype=np.int32)
        return heads, np.array([best[int(node)][0] for node in heads]), best

    def reach(self, rows: NDArray[np.int64], fractions: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the cost of spots on edges, given by their places in `rows`; infinite where none was found."""
        graph = self.graph
        edges = graph.network.edges[graph.rows[rows]]
        first, second = (self.costs[np.searchsorted(graph.nodes, nodes)] for nodes in edges.T)
        whole = graph.costs[rows]
        forward, back = first + fractions * whole, second + (1.0 - fractions) * whole
        if graph.network.oneway is not None:
            oneway = graph.network.oneway[graph.rows[rows]]
            forward, back = np.where(oneway < 0, np.inf, forward), np.where(oneway > 0, np.inf, back)
        found: NDArray[np.float64] = np.minimum(forward, back)
        for k, (row, fraction) in enumerate(zip(rows.tolist(), fractions.tolist(), strict=True)):
            found[k] = min(found[k], self._direct(row, fraction)[0])
        return found

    def _direct(self, row: int, fraction: float) -> tuple[float, int]:
        """Return the cost of staying on the edge that the place was joined to, and the snap; infinite if on none."""
        best = (np.inf, -1)
        for number, joint in enumerate(self.joints):
            snap = joint.snap
            if joint.row == row and self.graph.is_open(row, forward=fraction >= snap.fraction):
                cost = joint.cost_m + abs(fraction - snap.fraction) * float(self.graph.costs[row])
                best = min(best, (cost, number))
        return best

    def parts(self, row: int, fraction: float) -> tuple[Joint, list[Part]]:
        """Return the way to a spot that was reached: where it joins the roads, and the pieces of edges it takes."""
        graph = self.graph
        direct, number = self._direct(row, fraction)
        first, second = (graph.local(int(node)) for node in graph.network.edges[graph.rows[row]])
        whole = float(graph.costs[row])
        ends = [
            (self.costs[node] + share * whole, node, start)
            for node, share, start, forward in ((first, fraction, 0.0, True), (second, 1.0 - fraction, 1.0, False))
            if graph.is_open(row, forward=forward)
        ]
        cost, node, start = min(ends, default=(np.inf, -1, 0.0))
        if direct <= cost:
            joint = self.joints[number]
            return joint, [Part(row, joint.snap.fraction, fraction)]
        found = [Part(row, start, fraction)]
        source = len(graph.nodes)
        while (before := int(self._before[node])) != source:
            found.append(self._edge(before, node))
            node = before
        _, number, forward = self._links[node]
        joint = self.joints[number]
        found.append(Part(joint.row, joint.snap.fraction, 1.0 if forward else 0.0))
        return joint, found[::-1]

    def _edge(self, tail: int, head: int) -> Part:
        """Return the cheapest edge from one junction to the next."""
        graph = self.graph
        span = slice(int(graph.starts[tail]), int(graph.starts[tail + 1]))
        slots = graph.slots[span][graph.heads[span] == head]
        row = int(slots[0] if len(slots) == 1 else slots[np.argmin(graph.costs[slots])])
        forward = int(graph.network.edges[graph.rows[row], 0]) == int(graph.nodes[tail])
        return Part(row, *((0.0, 1.0) if forward else (1.0, 0.0)))


def graph_of(
    network: Network,
    allowed: NDArray[np.bool_] | None = None,
    fringe: NDArray[np.bool_] | None = None,
    tolled: NDArray[np.int64] | None = None,
    tolls: NDArray[np.float64] | None = None,
) -> Graph:
    """Return the graph of some edges of a network.

    Parameters
    ----------
    network
        The roads.
    allowed
        Per edge whether ways may go along it; all when left out.
    fringe
        Per edge whether ways may begin or end on it, though they do not go along it: one of its ends is out of bounds.
    tolled, tolls
        Edges that cost more than their road, in order, and how much more in metres.
    """
    through = np.arange(len(network.edges)) if allowed is None else np.flatnonzero(allowed)
    rows = through if allowed is None or fringe is None else np.flatnonzero(allowed | fringe)
    used = np.zeros(len(network.points), dtype=bool)
    used[network.edges[rows].ravel()] = True
    nodes, rank = np.flatnonzero(used), np.cumsum(used, dtype=np.int32) - 1
    place = through if allowed is None else np.searchsorted(rows, through)
    starts, heads, slots = _ways_out(network, through, rank, len(nodes), place.astype(np.int32))
    inside = None
    if len(rows) > len(through):
        inside = np.zeros(len(nodes), dtype=bool)
        inside[rank[network.edges[through].ravel()]] = True
    costs = network.lengths[rows] * (1.0 if network.pace is None else network.pace[rows])
    if tolled is not None and tolls is not None:
        at, here = placed(rows, tolled)
        costs[at[here]] += tolls[here]
    labels = _labels(starts, heads, directed=network.oneway is not None)
    return Graph(network, rows, nodes, starts, heads, slots, costs, labels, inside)


def placed(rows: NDArray[np.int64], wanted: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Return the place of each wanted number among ordered ones, and whether it is there at all."""
    at = np.searchsorted(rows, wanted)
    here = rows[np.minimum(at, len(rows) - 1)] == wanted if len(rows) else np.zeros(len(at), dtype=bool)
    return at, here


def _ways_out(
    network: Network, rows: NDArray[np.int64], rank: NDArray[np.int32], size: int, place: NDArray[np.int32]
) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int32]]:
    """Return where each junction's ways out begin, the junctions they lead to, and their edges by the given places."""
    a, b = rank[network.edges[rows]].T
    if network.oneway is None:
        tails, heads, slots = np.concatenate([a, b]), np.concatenate([b, a]), np.concatenate([place, place])
    else:
        there, back = network.oneway[rows] >= 0, network.oneway[rows] <= 0
        tails, heads = np.concatenate([a[there], b[back]]), np.concatenate([b[there], a[back]])
        slots = np.concatenate([place[there], place[back]])
    order = np.argsort(tails, kind="stable")
    starts = np.concatenate([[0], np.cumsum(np.bincount(tails, minlength=size))]).astype(np.int32)
    return starts, heads[order].astype(np.int32), slots[order]


def _labels(starts: NDArray[np.int32], heads: NDArray[np.int32], *, directed: bool) -> NDArray[np.int32]:
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import connected_components

    size = len(starts) - 1
    matrix = csr_array((np.ones(len(heads)), heads, starts), shape=(size, size))
    # where no road is one-way, all are both ways, and the weak parts, found faster, are the strong ones
    kind = "strong" if directed else "weak"
    labels: NDArray[np.int32] = connected_components(matrix, directed=True, connection=kind)[1]
    return labels


def _along(line: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the way along a short line to each vertex, in degrees at its middle latitude."""
    scale = (np.cos(np.radians(line[:, 1].mean())), 1.0)
    return np.concatenate([[0.0], np.cumsum(np.hypot(*(np.diff(line, axis=0) * scale).T))])
