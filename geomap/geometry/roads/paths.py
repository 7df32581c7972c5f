"""Ways as lines: what a search found, its lengths, and the borders it passes."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geomap.geometry.borders import border, country_at, neighbours
from geomap.geometry.geodesy import cumulative_m, distance_m

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from geomap.geometry.roads.search import Graph, Joint, Part, Search

__all__ = ["Pass", "Way", "border_pass", "way_to"]

Spot = tuple[float, float]

_LEAST_SHARE = 1e-6
"""A smaller piece of an edge, less than half a metre, is none."""


@dataclass(frozen=True, slots=True)
class Pass:
    """A spot where a way goes from one country into another."""

    lon: float
    lat: float
    between: tuple[str, str]
    vertex: int
    """The way's edge from this vertex to the next one crosses the border."""


@dataclass(frozen=True, slots=True)
class Way:
    """A line along roads, in the direction it was asked for."""

    points: tuple[Spot, ...]
    countries: tuple[str, ...]
    """Code of the country of each vertex; empty where it is no junction."""
    along_m: tuple[float, ...]
    """Metres of road, bends that are not drawn included, from the way's first vertex to each."""
    start_m: float
    """Distance from the asked start to the road."""
    end_m: float
    cost_m: float
    edges: frozenset[int] = frozenset()
    """Rows of the edges it takes in its network."""
    by: str | None = None
    """The make of the router that gave it; None for a network."""
    beside_m: tuple[float, float] = (0.0, 0.0)
    """How far beside the road as drawn its start and its end lie, where they are taken to lie on it all the same: the
    road's length tells of bends that are not drawn."""
    notice: str | None = None
    """What the licence of that router's data, or of roads of the user's own, asks for."""

    @property
    def length_m(self) -> float:
        """Metres of road, bends that are not drawn included."""
        return self.along_m[-1]

    def turned(self) -> Way:
        """Return the way in the other direction."""
        return replace(
            self,
            points=self.points[::-1],
            countries=self.countries[::-1],
            along_m=tuple(self.length_m - metres for metres in self.along_m[::-1]),
            start_m=self.end_m,
            end_m=self.start_m,
            beside_m=self.beside_m[::-1],
        )

    def passes(self) -> tuple[Pass, ...]:
        """Return where the way changes country, in order."""
        known = [(i, code) for i, code in enumerate(self.countries) if code]
        return tuple(border_pass(self.points, i, j, (a, b)) for (i, a), (j, b) in itertools.pairwise(known) if a != b)

    def at_m(self, found: Pass) -> float:
        """Return how many metres of road lie before a border that the way passes."""
        i = found.vertex
        whole = distance_m(*self.points[i], *self.points[i + 1])
        share = distance_m(*self.points[i], found.lon, found.lat) / whole if whole else 0.0
        return self.along_m[i] + min(1.0, share) * (self.along_m[i + 1] - self.along_m[i])


def border_pass(points: Sequence[Spot], first: int, last: int, between: tuple[str, str]) -> Pass:
    """Return where the line between two vertices passes the border; its middle where it meets none."""
    a, b = between
    line = shapely.LineString(points[first : last + 1])
    if b in neighbours(a):
        met = shapely.get_coordinates(shapely.intersection(border(a, b), line))
        if len(met):
            shares = shapely.line_locate_point(line, shapely.points(met))
            spot = met[np.argmin(shares)]
            steps = shapely.distance(
                shapely.linestrings([points[k : k + 2] for k in range(first, last)]), shapely.Point(spot)
            )
            return Pass(float(spot[0]), float(spot[1]), between, first + int(np.argmin(steps)))
    k = (first + last - 1) // 2
    (x, y), (u, v) = points[k], points[k + 1]
    return Pass((x + u) / 2, (y + v) / 2, between, k)


def way_to(graph: Graph, search: Search, row: int, fraction: float, *, target: Joint | None = None) -> Way:
    """Return the way to a spot that a search has reached, that of a target where one is given."""
    network = graph.network
    joint, found = search.parts(row, fraction)
    parts = [part for part in found if abs(part.end - part.start) > _LEAST_SHARE] or found[:1]
    points: list[Spot] = []
    codes: list[str] = []
    along: list[float] = []
    rows = graph.rows[[part.row for part in parts]]
    edges = zip(rows.tolist(), network.edges[rows].tolist(), network.points[network.edges[rows]].tolist(), strict=True)
    for part, (edge, nodes, ends) in zip(parts, edges, strict=True):
        length = float(network.lengths[edge])
        if {part.start, part.end} == {0.0, 1.0} and network.is_straight(edge):
            turn = -1 if part.start else 1
            line, metres = [(x, y) for x, y in ends[::turn]], [0.0, length]
        else:
            line, metres = _piece(network.line(edge), length, part)
        first, last = nodes[::-1] if part.start > part.end else nodes
        heads = [network.code(first) if part.start in {0.0, 1.0} else "", *[""] * (len(line) - 2)]
        heads.append(network.code(last) if part.end in {0.0, 1.0} else "")
        skip = 1 if points else 0
        offset = along[-1] if along else 0.0
        points += line[skip:]
        codes += heads[skip:]
        along += [offset + value for value in metres[skip:]]
    codes[0], codes[-1] = _end_code(graph, parts[0], points[0]), _end_code(graph, parts[-1], points[-1])
    points[0] = joint.snap.lon, joint.snap.lat
    if target is not None:
        points[-1] = target.snap.lon, target.snap.lat
    return Way(
        points=tuple(points),
        countries=tuple(codes),
        along_m=tuple(along),
        start_m=joint.off_m,
        end_m=target.off_m if target else 0.0,
        beside_m=(joint.beside_m, target.beside_m if target else 0.0),
        cost_m=sum(abs(part.end - part.start) * float(graph.costs[part.row]) for part in parts),
        edges=frozenset(int(graph.rows[part.row]) for part in parts),
        notice=network.attribution or None,
    )


def _end_code(graph: Graph, part: Part, spot: Spot) -> str:
    """Return the country of the first or last spot of a way: that of its edge, unless the edge passes a border."""
    first, second = (graph.network.code(int(node)) for node in graph.network.edges[graph.rows[part.row]])
    if first == second or not first or not second:
        return first or second
    return country_at(*spot) or ""


def _piece(line: NDArray[np.float64], length: float, part: Part) -> tuple[list[Spot], list[float]]:
    """Return the vertices of a piece of an edge in the direction it is taken, and the metres of road to each."""
    shares = np.array([0.0, 1.0]) if len(line) == 2 else cumulative_m(line)
    shares = shares / shares[-1] if shares[-1] else np.linspace(0.0, 1.0, len(line))
    low, high = sorted((part.start, part.end))
    kept = np.concatenate([[low], shares[(shares > low) & (shares < high)], [high]])
    points = np.column_stack([np.interp(kept, shares, line[:, axis]) for axis in (0, 1)])
    metres = (kept - low) * length
    if part.start > part.end:
        points, metres = points[::-1], metres[-1] - metres[::-1]
    return list(map(tuple, points.tolist())), metres.tolist()
