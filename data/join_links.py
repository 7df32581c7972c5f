"""Roads joined to a network: as bends of an edge that it has, or as an edge of their own."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
import shapely
from pyproj import Geod
from road_links import Link
from scipy.spatial import cKDTree

GEOD = Geod(ellps="WGS84")
AT_JUNCTION_M = 500.0
"""A road that ends this near to a junction, or as near to it as to any road but for this, begins there."""
WITHIN_M = 5_000.0
"""A road that ends further from all others than this ends there, until a later one begins at its end."""
WINDING = 1.1
"""How much longer a road is than the line through spots of it that lie 10 km apart or more: a share of 10 %, seen on
roads of the network that were simplified to such a line."""
APART_M = 10_000.0
NONE = np.empty((0, 2))


@dataclass(frozen=True, eq=False)
class Joined:
    """Junctions and edges, with the bends of each edge from its first junction to its second."""

    points: np.ndarray
    """lon, lat in degrees."""
    pairs: np.ndarray
    lengths: np.ndarray
    bends: list[np.ndarray]


@dataclass
class _Works:
    """A network that grows."""

    points: list[tuple[float, float]]
    pairs: list[tuple[int, int]]
    lengths: list[float]
    bends: list[np.ndarray]
    gone: dict[int, tuple[int, ...]] = field(default_factory=dict)
    """Edges that were taken away, with what they were split into."""
    bent: set[int] = field(default_factory=set)
    loose: list[int] = field(default_factory=list)
    """Junctions that a road ended at before there was another."""

    def __post_init__(self) -> None:
        self.base = len(self.pairs)
        self.tree = cKDTree(np.array(self.points))
        ends = np.array(self.points)[np.array(self.pairs)]
        self.lines = shapely.STRtree(shapely.linestrings(ends))
        self.row_of = {(min(a, b), max(a, b)): row for row, (a, b) in enumerate(self.pairs)}

    def line(self, row: int) -> np.ndarray:
        a, b = self.pairs[row]
        return np.vstack([self.points[a], self.bends[row], self.points[b]])

    def bend(self, link: Link) -> None:
        """Give an edge its bends; it gets longer where they are longer than it. A bridge that is no more goes."""
        a, b = (int(self.tree.query(link.points[end])[1]) for end in (0, -1))
        row = self.row_of[min(a, b), max(a, b)]
        if link.open_until:
            self.gone[row] = ()
        if row in self.bent or row in self.gone:
            return
        line = np.array(link.points)
        inner = line[1:-1] if self.pairs[row][0] == a else line[1:-1][::-1]
        self.bends[row] = inner
        self.bent.add(row)
        self.lengths[row] = max(self.lengths[row], length_m(line))

    def lay(self, link: Link) -> None:
        """Add a road of its own, joined to the others at its ends."""
        first, last = self.end(link.points[0]), self.end(link.points[-1])
        line = np.vstack([self.points[first], link.points, self.points[last]])
        steps = np.hypot(*np.diff(line, axis=0).T)
        line = line[np.concatenate([[True], steps > 1e-6])]
        gaps = GEOD.line_lengths(*line.T)
        metres = float(np.where(gaps > APART_M, WINDING * gaps, gaps).sum())
        if first != last:
            self.add(first, last, metres, line[1:-1])

    def add(self, first: int, last: int, metres: float, bends: np.ndarray) -> int:
        self.pairs.append((first, last))
        self.lengths.append(metres)
        self.bends.append(bends)
        return len(self.pairs) - 1

    def end(self, spot: tuple[float, float]) -> int:
        """Return the junction that a road begins at: one that is there, or a new one on the nearest road."""
        near = [(self.away(spot, row), row) for row in self.rows_near(spot)]
        (gap, share), row = min(near, default=((np.inf, 0.0), -1))
        if gap > WITHIN_M:
            self.points.append(spot)
            self.loose.append(len(self.points) - 1)
            return self.loose[-1]
        return self.junction(spot, row, share, gap)

    def tie(self, node: int) -> None:
        """Join a loose end to a road that has been laid past it since."""
        spot = self.points[node]
        near = [(self.away(spot, row), row) for row in self.rows_near(spot) if node not in self.pairs[row]]
        (gap, share), row = min(near, default=((np.inf, 0.0), -1))
        if gap <= WITHIN_M:
            self.add(node, self.junction(spot, row, share, gap), max(1.0, gap), NONE)

    def junction(self, spot: tuple[float, float], row: int, share: float, gap: float) -> int:
        """Return the junction of an edge at a share of it: one of its ends if that is as near, else a new one."""
        ends = self.pairs[row]
        at, node = min((GEOD.inv(*spot, *self.points[node])[2], node) for node in ends)
        return node if at < gap + AT_JUNCTION_M else self.split(row, share)

    def rows_near(self, spot: tuple[float, float]) -> list[int]:
        """Return the edges that may lie within reach of a spot, and all that are new or bent."""
        up = WITHIN_M / 110_000.0
        side = up / max(0.1, np.cos(np.radians(spot[1])))
        box = shapely.box(spot[0] - side, spot[1] - up, spot[0] + side, spot[1] + up)
        # the index holds the edges as they were, straight
        rows = {*(int(row) for row in self.lines.query(box)), *self.bent, *range(self.base, len(self.pairs))}
        return sorted(rows - self.gone.keys())

    def away(self, spot: tuple[float, float], row: int) -> tuple[float, float]:
        """Return how far from an edge a spot lies in metres, and at which share of the edge."""
        scale = (np.cos(np.radians(spot[1])), 1.0)
        line = shapely.linestrings(self.line(row) * scale)
        share = float(shapely.line_locate_point(line, shapely.Point(np.array(spot) * scale), normalized=True))
        x, y = shapely.get_coordinates(shapely.line_interpolate_point(line, share, normalized=True))[0] / scale
        return float(GEOD.inv(*spot, x, y)[2]), share

    def split(self, row: int, share: float) -> int:
        """Put a junction on an edge and return it."""
        line = self.line(row)
        steps = np.cumsum(np.hypot(*np.diff(line, axis=0).T))
        along = np.concatenate([[0.0], steps]) / max(1e-12, steps[-1])
        spot = tuple(float(np.interp(share, along, line[:, axis])) for axis in (0, 1))
        self.points.append(spot)
        node, (a, b) = len(self.points) - 1, self.pairs[row]
        inner = along[1:-1]
        pieces = (
            self.add(a, node, share * self.lengths[row], self.bends[row][inner < share]),
            self.add(node, b, (1 - share) * self.lengths[row], self.bends[row][inner >= share]),
        )
        self.gone[row] = pieces
        return node


def join(points: np.ndarray, pairs: np.ndarray, lengths: np.ndarray, links: Iterable[Link]) -> Joined:
    """Return the network with the links in it, joined in their order: a later one may end on an earlier one."""
    works = _Works(
        [tuple(point) for point in points.tolist()],
        [tuple(pair) for pair in pairs.tolist()],
        lengths.tolist(),
        [NONE] * len(pairs),
    )
    standing = list(links)
    for link in standing:
        if link.replaces:
            works.bend(link)
    for link in standing:
        if not link.replaces and not link.open_until:
            works.lay(link)
    for node in works.loose:
        works.tie(node)
    kept = [row for row in range(len(works.pairs)) if row not in works.gone]
    print(f"  {len(kept) - len(pairs)} edges more, {len(works.loose)} loose ends")
    return Joined(
        np.array(works.points),
        np.array([works.pairs[row] for row in kept], dtype=np.int32),
        np.array([works.lengths[row] for row in kept]),
        [works.bends[row] for row in kept],
    )


def length_m(line: np.ndarray) -> float:
    return float(GEOD.line_length(*line.T))
