"""Ways with nodes in common to a network of junctions and edges; coordinates are lon, lat in degrees (EPSG:4326).

An edge goes from junction to junction or dead end as far as class, name and direction stay the same. Its length is
that on the ellipsoid along all its nodes; of these it keeps as bends what is needed to stay within 15 m of them.
No edge begins and ends at one junction and no two edges join the same two: a bend of such edges becomes a junction.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geomap.errors import InputError
from geomap.geometry.borders import country, load_borders
from geomap.geometry.geodesy import DEGREE_M, ellipsoid
from geomap.geometry.roads.network import Network
from geomap.geometry.roads.tags import PACE

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

__all__ = ["BEND_M", "Ways", "countries_of", "joined"]

BEND_M = 15.0
"""How far in metres a drawn road may lie off its nodes: the width of a large road, and less than GPS traces differ."""
_OFFSHORE_DEG = 0.3
"""A junction on a bridge or quay may lie this far outside the polygon of its country."""


@dataclass(frozen=True, eq=False, slots=True)
class Ways:
    """Roads as they are mapped."""

    refs: NDArray[np.int64]
    """Ids of the nodes of all ways in order."""
    starts: NDArray[np.int64]
    """Per way, and once more at the end, where its nodes begin."""
    kinds: NDArray[np.uint8]
    """Number of each way's class, see `geomap.geometry.roads.tags.PACE`."""
    oneway: NDArray[np.int8]
    labels: NDArray[np.int32]
    """Number of each way's name in `names`."""
    names: tuple[str, ...]


@dataclass(frozen=True, eq=False, slots=True)
class _Lines:
    """Lines over the nodes, each with what its road is."""

    nodes: NDArray[np.int64]
    """Rows of the nodes of all lines in order."""
    starts: NDArray[np.int64]
    kinds: NDArray[np.uint8]
    oneway: NDArray[np.int8]
    labels: NDArray[np.int32]

    @property
    def first(self) -> NDArray[np.int64]:
        return self.nodes[self.starts[:-1]]

    @property
    def last(self) -> NDArray[np.int64]:
        return self.nodes[self.starts[1:] - 1]

    @property
    def sizes(self) -> NDArray[np.int64]:
        return np.diff(self.starts)

    def only(self, rows: NDArray[np.int64]) -> _Lines:
        """Return some of the lines, in the order of `rows`."""
        sizes = self.sizes[rows]
        starts = np.concatenate([[0], np.cumsum(sizes)])
        nodes = self.nodes[np.arange(starts[-1]) + np.repeat(self.starts[rows] - starts[:-1], sizes)]
        return _Lines(nodes, starts, self.kinds[rows], self.oneway[rows], self.labels[rows])

    def cut(self, at: NDArray[np.int64]) -> _Lines:
        """Return the lines cut at positions of `nodes` inside lines; a node cut at ends one and begins another."""
        at = np.sort(at)
        starts = np.concatenate([self.starts + np.searchsorted(at, self.starts), at + np.arange(1, len(at) + 1)])
        owner = np.searchsorted(self.starts, at, side="right") - 1
        rows = np.sort(np.concatenate([np.arange(len(self.kinds)), owner]))
        nodes = np.insert(self.nodes, at + 1, self.nodes[at])
        return _Lines(nodes, np.sort(starts), self.kinds[rows], self.oneway[rows], self.labels[rows])


def joined(ways: Ways, ids: NDArray[np.int64], points: NDArray[np.float64], *, attribution: str = "") -> Network:
    """Return the network of ways.

    Parameters
    ----------
    ways
        The roads.
    ids
        Ids of all their nodes, in order.
    points
        lon, lat of each of these nodes in degrees; not a number where it is unknown: there the way is cut.
    attribution
        The notice that goes with the network.

    Raises
    ------
    InputError
        No way has two known nodes in a row.
    """
    lines = _simple(_chains(_runs(ways, np.searchsorted(ids, ways.refs), ~np.isnan(points[:, 0]))))
    nodes, ends = np.unique(np.stack([lines.first, lines.last]), return_inverse=True)
    bend_starts, bends = _bends(lines, points)
    codes, own, also = countries_of(points[nodes])
    used, refs = np.unique(np.append(lines.labels, 0), return_inverse=True)
    return Network(
        points=points[nodes],
        edges=ends.reshape(2, -1).T.astype(np.int32),
        lengths=_lengths(lines, points),
        country=own,
        codes=codes,
        also=also if also.any() else None,
        oneway=lines.oneway,
        bend_starts=bend_starts,
        bend_xy=bends,
        refs=refs[:-1].astype(np.int32),
        names=tuple(ways.names[number] for number in used.tolist()),
        pace=np.array(PACE, dtype=np.float32)[lines.kinds],
        attribution=attribution,
    )


def _runs(ways: Ways, nodes: NDArray[np.int64], known: NDArray[np.bool_]) -> _Lines:
    """Return the ways cut where roads meet, and where a node is unknown or comes twice in a row."""
    way = np.repeat(np.arange(len(ways.kinds)), np.diff(ways.starts))
    a, b = nodes[:-1], nodes[1:]
    step = (way[:-1] == way[1:]) & (a != b) & known[a] & known[b]
    if not step.any():
        raise InputError(
            f"none of its {len(ways.kinds):,} roads has two nodes in the file; give one with complete ways"
        )
    a, b, way = a[step], b[step], way[:-1][step]
    degree = np.bincount(a, minlength=len(known)) + np.bincount(b, minlength=len(known))
    begins = np.ones(len(a), dtype=bool)
    begins[1:] = (way[1:] != way[:-1]) | (a[1:] != b[:-1]) | (degree[a[1:]] != 2)
    firsts = np.flatnonzero(begins)
    ends = np.append(firsts[1:], len(a))
    rows = way[firsts]
    # each run has one node more than steps
    nodes = np.insert(a, ends, b[ends - 1])
    starts = np.append(firsts, len(a)) + np.arange(len(firsts) + 1)
    return _Lines(nodes, starts, ways.kinds[rows], ways.oneway[rows], ways.labels[rows])


def _chains(runs: _Lines) -> _Lines:
    """Return runs joined end to end where just two meet that are of one class, name and direction."""
    mates = _mates(runs).tolist()
    order: list[int] = []
    sizes: list[int] = []
    done = bytearray(len(runs.kinds))
    # from loose ends first; what then is left is rings
    for start in (*(end for end, mate in enumerate(mates) if mate < 0), *range(0, len(mates), 2)):
        if done[start >> 1]:
            continue
        before, end = len(order), start
        while end >= 0 and not done[end >> 1]:
            done[end >> 1] = 1
            order.append(end)
            end = mates[end ^ 1]
        sizes.append(len(order) - before)
    return _strung(runs, np.array(order, dtype=np.int64), np.array(sizes, dtype=np.int64))


def _mates(runs: _Lines) -> NDArray[np.int64]:
    """Return for each end, 2 n for the first and 2 n + 1 for the last of run n, the end it goes on at, or -1."""
    count = len(runs.kinds)
    node = np.stack([runs.first, runs.last], axis=1).ravel()
    order = np.argsort(node, kind="stable")
    _, begin, size = np.unique(node[order], return_index=True, return_counts=True)
    one, other = order[begin[size == 2]], order[begin[size == 2] + 1]
    p, q = one >> 1, other >> 1
    # two ends of one sort face each other, and then so do their directions
    facing = np.where((one & 1) == (other & 1), -1, 1)
    same = (p != q) & (runs.kinds[p] == runs.kinds[q]) & (runs.labels[p] == runs.labels[q])
    same &= runs.oneway[p] == runs.oneway[q] * facing
    mates = np.full(2 * count, -1)
    mates[one[same]], mates[other[same]] = other[same], one[same]
    return mates


def _strung(runs: _Lines, order: NDArray[np.int64], sizes: NDArray[np.int64]) -> _Lines:
    """Return runs strung together: `order` has the end each is entered at, `sizes` how many make one line."""
    rows, back = order >> 1, (order & 1).astype(bool)
    lengths = runs.sizes[rows]
    starts = np.cumsum(lengths) - lengths
    within = np.arange(lengths.sum()) - np.repeat(starts, lengths)
    step = np.where(back, -1, 1)
    base = np.where(back, runs.starts[rows + 1] - 1, runs.starts[rows])
    nodes = runs.nodes[np.repeat(base, lengths) + within * np.repeat(step, lengths)]
    heads = np.cumsum(sizes) - sizes
    # within a line the last node of a run is the first of the next
    doubled = np.ones(len(order), dtype=bool)
    doubled[heads] = False
    nodes = np.delete(nodes, starts[doubled])
    totals = np.add.reduceat(lengths - doubled, heads)
    oneway = runs.oneway[rows[heads]] * step[heads].astype(np.int8)
    return _Lines(
        nodes,
        np.concatenate([[0], np.cumsum(totals)]),
        runs.kinds[rows[heads]],
        oneway.astype(np.int8),
        runs.labels[rows[heads]],
    )


def _simple(lines: _Lines) -> _Lines:
    """Return the lines without loops, without doubles, and without two between the same ends."""
    loops = np.flatnonzero(lines.first == lines.last)
    sizes = lines.sizes[loops]
    thirds = [lines.starts[loops] + sizes // 3, lines.starts[loops] + np.minimum(2 * sizes // 3, sizes - 2)]
    lines = lines.cut(np.unique(np.concatenate(thirds)))
    lines = _without_doubles(lines)
    _, pair, counts = np.unique(_pairs(lines), return_inverse=True, return_counts=True)
    beside = np.flatnonzero((counts[pair] > 1) & (lines.sizes > 2))
    return lines.cut(lines.starts[beside] + lines.sizes[beside] // 2)


def _without_doubles(lines: _Lines) -> _Lines:
    """Return the lines with one of those that join two nodes straight: a road mapped twice, open as either is."""
    straight = np.flatnonzero(lines.sizes == 2)
    pairs = _pairs(lines)[straight]
    order = np.lexsort((lines.kinds[straight], pairs))
    straight, pairs = straight[order], pairs[order]
    again = np.zeros(len(pairs), dtype=bool)
    again[1:] = pairs[1:] == pairs[:-1]
    towards = lines.oneway[straight] * np.where(lines.first[straight] < lines.last[straight], 1, -1)
    group = np.cumsum(~again) - 1
    total, size = np.zeros((2, np.count_nonzero(~again)), dtype=np.int64)
    np.add.at(total, group, towards)
    np.add.at(size, group, 1)
    oneway = lines.oneway.copy()
    oneway[straight[(np.abs(total) != size)[group]]] = 0
    kept = np.setdiff1d(np.arange(len(lines.kinds)), straight[again])
    return _Lines(lines.nodes, lines.starts, lines.kinds, oneway, lines.labels).only(kept)


def _pairs(lines: _Lines) -> NDArray[np.int64]:
    """Return a number for the two ends of each line, the same in both directions."""
    low, high = np.minimum(lines.first, lines.last), np.maximum(lines.first, lines.last)
    pairs: NDArray[np.int64] = low * (int(lines.nodes.max(initial=0)) + 1) + high
    return pairs


def _lengths(lines: _Lines, points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the length of each line on the ellipsoid in metres, at least one: nothing would be no way at all."""
    lon, lat = points[lines.nodes].T
    steps = np.append(ellipsoid().inv(lon[:-1], lat[:-1], lon[1:], lat[1:])[2], 0.0)
    steps[lines.starts[1:] - 1] = 0.0
    totals: NDArray[np.float64] = np.maximum(np.add.reduceat(steps, lines.starts[:-1]), 1.0)
    return totals


def _bends(lines: _Lines, points: NDArray[np.float64]) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Return where each line's bends begin, and lon, lat of the bends: what Douglas and Peucker leave of its inside."""
    bent = np.flatnonzero(lines.sizes > 2)
    starts, bends = _simplified(lines.only(bent), points) if len(bent) else (np.zeros(1, dtype=int), np.empty((0, 2)))
    counts = np.zeros(len(lines.kinds), dtype=np.int64)
    counts[bent] = np.diff(starts)
    return np.concatenate([[0], np.cumsum(counts)]), bends


def _simplified(lines: _Lines, points: NDArray[np.float64]) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    count = len(lines.kinds)
    owner = np.repeat(np.arange(count), lines.sizes)
    lonlat = points[lines.nodes]
    middle = np.add.reduceat(lonlat[:, 1], lines.starts[:-1]) / lines.sizes
    scale = np.stack([np.cos(np.radians(middle)), np.ones(count)], axis=1) * DEGREE_M
    plane = shapely.linestrings(lonlat * scale[owner], indices=owner)
    kept, row = shapely.get_coordinates(shapely.simplify(plane, BEND_M, preserve_topology=False), return_index=True)
    inside = np.ones(len(row), dtype=bool)
    edges = np.flatnonzero(np.append(True, row[1:] != row[:-1]))
    inside[edges] = False
    inside[np.append(edges[1:], len(row)) - 1] = False
    starts = np.concatenate([[0], np.cumsum(np.bincount(row[inside], minlength=count))])
    return starts, np.round(kept[inside] / scale[row[inside]], 7)


def countries_of(points: NDArray[np.float64]) -> tuple[tuple[str, ...], NDArray[np.uint8], NDArray[np.uint8]]:
    """Return the codes of countries, and per point, lon, lat in degrees, the number of its own and of a second one.

    Number 0, "", is none. A second country is one that holds the land to be its own too. A point just off a coast, on
    a bridge or quay, counts to the nearest country.
    """
    polygons = _polygons_near(points)
    numbers, also = np.zeros((2, len(points)), dtype=np.int64)
    for number, polygon in enumerate(polygons.values(), start=1):
        west, south, east, north = polygon.bounds
        near = np.flatnonzero(((points >= (west, south)) & (points <= (east, north))).all(axis=1))
        shapely.prepare(polygon)
        held = near[shapely.intersects_xy(polygon, points[near, 0], points[near, 1])]
        also[held[numbers[held] > 0]] = number
        numbers[held[numbers[held] == 0]] = number
    outside = np.flatnonzero(numbers == 0)
    tree = shapely.STRtree(list(polygons.values()))
    row, found = tree.query_nearest(shapely.points(points[outside]), max_distance=_OFFSHORE_DEG, all_matches=False)
    numbers[outside[row]] = found + 1
    kept, renumbered = np.unique(np.concatenate([[0], numbers, also]), return_inverse=True)
    own, second = renumbered[1:].astype(np.uint8).reshape(2, -1)
    codes = ("", *polygons)
    return tuple(codes[number] for number in kept.tolist()), own, second


def _polygons_near(points: NDArray[np.float64]) -> dict[str, BaseGeometry]:
    """Return the countries whose boxes touch that of the points, by their codes."""
    borders = load_borders()
    (west, south), (east, north) = points.min(axis=0) * 1e5, points.max(axis=0) * 1e5
    boxes, slack = borders.boxes, _OFFSHORE_DEG * 1e5
    near = (boxes[:, 0] <= east + slack) & (boxes[:, 2] >= west - slack)
    near &= (boxes[:, 1] <= north + slack) & (boxes[:, 3] >= south - slack) & (borders.rings[:, 2] == 0)
    return {borders.codes[number]: country(borders.codes[number]) for number in np.unique(borders.rings[near, 0])}
