"""The road network: junctions, and the roads between them with their lengths; EPSG:4326.

The shipped one (OpenStreetMap's main roads by way of scgraph-data) keeps the junctions of the world's motorways, trunk
and primary roads and drops the bends between them: an edge is a straight line that stands for a road, and has that
road's length. A network made from an OpenStreetMap extract has the bends, one-way roads and names as well.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field, fields
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile

import numpy as np

from geomap.datasets import data_path
from geomap.errors import DataError
from geomap.files import replacing
from geomap.geometry.geodesy import DEGREE_M, nearest_on

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

__all__ = ["Network", "Snap", "load_network", "open_network", "save_network", "widened"]

Bounds = tuple[float, float, float, float]

_LONG_M = 40_000.0
"""Edges up to this length are found by the square degree of their first junction, the few longer ones one by one."""
_UNIT = 1e6
"""Files keep coordinates as millionths of a degree, 0.1 m."""


@dataclass(frozen=True, slots=True)
class Snap:
    """A spot on an edge that is the nearest one to a place."""

    edge: int
    """Row of the edge in its network."""
    fraction: float
    """Where on the edge, as a share of its length: 0 at its first node and 1 at its second."""
    lon: float
    lat: float
    distance_m: float


@dataclass(frozen=True, eq=False)
class Network:
    """Junctions and edges; see `data/build_roads.py` for how the shipped ones were made."""

    points: NDArray[np.float64]
    """lon, lat in degrees of each junction."""
    edges: NDArray[np.int32]
    """First and second junction of each edge."""
    lengths: NDArray[np.float64]
    """Length in metres of the road an edge stands for, with its bends."""
    country: NDArray[np.uint8]
    """Number of the country of each junction."""
    codes: tuple[str, ...]
    """ISO 3166-1 alpha-2 code of each country number; number 0 is none."""
    also: NDArray[np.uint8] | None = None
    """Number of a second country that holds the land of a junction to be its own; 0 where nobody does."""
    oneway: NDArray[np.int8] | None = None
    """Per edge 0 where both directions are open, 1 and -1 where only that from or to its first junction is."""
    bend_starts: NDArray[np.int64] | None = None
    """Per edge, and once more at the end, where its bends begin in `bend_xy`."""
    bend_xy: NDArray[np.float64] | None = None
    """lon, lat in degrees of the vertices between the junctions, in the edges' direction."""
    refs: NDArray[np.int32] | None = None
    """Per edge the number of its road's name; number 0 is none."""
    names: tuple[str, ...] = ("",)
    """Numbers and names of roads, "M5" or "M5;Damascus Highway"."""
    pace: NDArray[np.float32] | None = None
    """Per edge how many metres of main road a metre of it is worth in a search; 1 on all roads when left out."""
    attribution: str = field(default="", kw_only=True)
    """The notice that maps with these roads carry, where it is not that of the shipped ones."""

    @cached_property
    def _squares(self) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
        """The squares of one degree that hold the first junctions of short edges, in order, and these edges."""
        short = self.lengths <= _LONG_M
        rows = np.flatnonzero(short)
        first = self.points[self.edges[rows, 0]]
        square = _square(np.floor(first[:, 0]), np.floor(first[:, 1]))
        order = np.argsort(square, kind="stable")
        return square[order], rows[order]

    @cached_property
    def _long(self) -> tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.float64]]:
        """The long edges, and the south-western and north-eastern corners of what may hold them."""
        rows = np.flatnonzero(self.lengths > _LONG_M)
        return rows, *self._corners(rows)

    def _corners(self, rows: NDArray[np.int64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return the corners of what may hold the edges: no bend lies further from both ends than half the length."""
        a, b = self.points[self.edges[rows, 0]], self.points[self.edges[rows, 1]]
        least, most = np.minimum(a, b), np.maximum(a, b)
        if self.bend_starts is not None:
            up = np.where(self.bend_starts[rows + 1] > self.bend_starts[rows], self.lengths[rows] / 2 / DEGREE_M, 0.0)
            side = up / np.maximum(0.1, np.cos(np.radians(np.abs(a[:, 1]))))
            least, most = least - np.column_stack([side, up]), most + np.column_stack([side, up])
        return least, most

    @cached_property
    def sides(self) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
        """Country numbers of the first and of the second junction of each edge."""
        return self.country[self.edges[:, 0]], self.country[self.edges[:, 1]]

    def number(self, code: str | None) -> int:
        """Return the number of a country here, 0 where its code is unknown."""
        return self.codes.index(code) if code in self.codes else 0

    def in_countries(self, countries: Collection[str]) -> NDArray[np.bool_]:
        """Return per junction whether it lies in one of the countries, or on land that one of them claims."""
        wanted = np.zeros(256, dtype=bool)
        wanted[[number for code in countries if (number := self.number(code))]] = True
        return wanted[self.country] if self.also is None else wanted[self.country] | wanted[self.also]

    @cached_property
    def gates(self) -> NDArray[np.int64]:
        """Rows of the edges whose ends lie in different countries."""
        (a, b), known = self.sides, self.country > 0
        apart = (a != b) & known[self.edges[:, 0]] & known[self.edges[:, 1]]
        if self.also is not None:
            c, d = self.also[self.edges[:, 0]], self.also[self.edges[:, 1]]
            apart &= (a != d) & (b != c) & ((c != d) | (c == 0))
        return np.flatnonzero(apart)

    def code(self, node: int) -> str:
        """Return the code of the country of a junction, empty where two hold its land to be theirs or none is known."""
        return "" if self.also is not None and self.also[node] else self.codes[int(self.country[node])]

    def is_straight(self, edge: int) -> bool:
        """Whether an edge is drawn without bends."""
        return self.bend_starts is None or bool(self.bend_starts[edge] == self.bend_starts[edge + 1])

    def line(self, edge: int) -> NDArray[np.float64]:
        """Return the vertices of an edge from its first junction to its second, lon, lat in degrees."""
        ends: NDArray[np.float64] = self.points[self.edges[edge]]
        if self.is_straight(edge) or self.bend_starts is None or self.bend_xy is None:
            return ends
        inner = self.bend_xy[self.bend_starts[edge] : self.bend_starts[edge + 1]]
        return np.vstack([ends[:1], inner, ends[1:]])

    def lines(self, rows: NDArray[np.int64]) -> NDArray[np.object_]:
        """Return the edges as LineStrings."""
        import shapely

        return np.array([shapely.LineString(self.line(int(row))) for row in rows], dtype=object)

    def rows_touching(self, area: BaseGeometry) -> tuple[NDArray[np.int64], NDArray[np.object_]]:
        """Return the edges that touch polygons in EPSG:4326, in order, and their lines."""
        import shapely

        rows = self.rows_near(area.bounds)
        lines = self.lines(rows)
        shapely.prepare(area)
        touch = shapely.intersects(area, lines)
        return rows[touch], lines[touch]

    def rows_near(self, bounds: Bounds) -> NDArray[np.int64]:
        """Return the edges that touch the box west, south, east, north in degrees, and some beside it, in order."""
        left, low, right, high = widened(bounds, _LONG_M)
        squares, short = self._squares
        lats = np.arange(math.floor(low), math.floor(high) + 1, dtype=np.float64)
        first, last = (np.full(len(lats), math.floor(lon), dtype=np.float64) for lon in (left, right))
        starts = np.searchsorted(squares, _square(first, lats))
        stops = np.searchsorted(squares, _square(last, lats), side="right")
        rows = np.concatenate([short[:0], *(short[i:j] for i, j in zip(starts, stops, strict=True))])
        long, least, most = self._long
        found = rows[_touches(*self._corners(rows), bounds)], long[_touches(least, most, bounds)]
        return np.sort(np.concatenate(found))

    def window(self, bounds: Bounds) -> Network:
        """Return the roads that touch the box west, south, east, north in degrees, with each bend as a junction.

        The length of a bent edge is shared out evenly among its pieces.
        """
        rows = self.rows_near(bounds)
        nodes, ends = np.unique(self.edges[rows], return_inverse=True)
        ends = ends.reshape(-1, 2)
        points, pairs, shares = [self.points[nodes]], [ends], np.ones(len(rows))
        if self.bend_starts is not None and len(rows):
            counts = self.bend_starts[rows + 1] - self.bend_starts[rows]
            vertices, first = self._lines(rows)
            is_end = np.zeros(len(vertices), dtype=bool)
            is_end[first] = is_end[first + counts + 1] = True
            name = np.empty(len(vertices), dtype=np.int64)
            name[first], name[first + counts + 1] = ends.T
            name[~is_end] = len(nodes) + np.arange(counts.sum())
            pieces = np.delete(np.arange(len(vertices)), first + counts + 1)
            points.append(vertices[~is_end])
            pairs, shares = (
                [np.column_stack([name[pieces], name[pieces + 1]])],
                np.repeat(1.0 / (counts + 1), counts + 1),
            )
            rows = np.repeat(rows, counts + 1)
        where = np.concatenate(points)
        return Network(
            points=where,
            edges=np.concatenate(pairs).astype(np.int32),
            lengths=self.lengths[rows] * shares,
            country=np.concatenate([self.country[nodes], np.zeros(len(where) - len(nodes), dtype=np.uint8)]),
            codes=self.codes,
        )

    def nearest(
        self, rows: NDArray[np.int64], lon: float, lat: float
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return for each of the edges the share of its length at its spot nearest to a place, and the gap in metres.

        Right within 0.5 % up to 100 km from the place.
        """
        if self.bend_starts is None:
            return nearest_on(self.points[self.edges[rows, 0]], self.points[self.edges[rows, 1]], lon, lat)
        vertices, first = self._lines(rows)
        sizes = np.diff(np.append(first, len(vertices))) - 1
        inner = np.delete(np.arange(len(vertices)), first + sizes)
        fraction, gap = nearest_on(vertices[inner], vertices[inner + 1], lon, lat)
        steps = np.hypot(*((vertices[inner + 1] - vertices[inner]) * (math.cos(math.radians(lat)), 1.0)).T)
        head = np.cumsum(sizes) - sizes
        totals, before = np.add.reduceat(steps, head), np.cumsum(steps) - steps
        best = np.lexsort((gap, np.repeat(np.arange(len(rows)), sizes)))[head]
        along = before[best] - before[head] + fraction[best] * steps[best]
        share = np.divide(along, totals, out=np.zeros_like(along), where=totals > 0)
        return np.clip(share, 0.0, 1.0), gap[best]

    def _lines(self, rows: NDArray[np.int64]) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
        """Return the vertices of the edges one after the other, and where those of each begin."""
        assert self.bend_starts is not None
        assert self.bend_xy is not None
        bends, counts = self.bend_starts[rows].astype(np.int64), self.bend_starts[rows + 1] - self.bend_starts[rows]
        first = np.cumsum(counts + 2) - counts - 2
        vertices = np.empty((int((counts + 2).sum()), 2))
        vertices[first], vertices[first + counts + 1] = self.points[self.edges[rows]].transpose(1, 0, 2)
        order = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
        vertices[np.repeat(first + 1, counts) + order] = self.bend_xy[np.repeat(bends, counts) + order]
        return vertices, first


@cache
def load_network() -> Network:
    """Return the shipped network.

    Raises
    ------
    DataError
        The file is missing or damaged.
    """
    try:
        return open_network(data_path("roads.npz"))
    except DataError as error:
        raise DataError(f"{error}; install geomap again") from error


def open_network(path: Path) -> Network:
    """Return the network of a file that :func:`save_network` wrote; nothing is parsed.

    Raises
    ------
    DataError
        The file is missing or damaged.
    """
    try:
        with path.open("rb") as opened, np.load(opened, allow_pickle=False) as data:
            found = {name: data[name] for name in data.files}
        unit = float(found.pop("unit", 1e3))
        for name in ("points", "bend_xy"):
            if name in found:
                found[name] = found[name] / unit
        words: dict[str, Any] = {"codes": tuple(found.pop("codes").tolist())}
        if "names" in found:
            words["names"] = tuple(found.pop("names").tobytes().decode().split("\n"))
        if "attribution" in found:
            words["attribution"] = str(found.pop("attribution"))
        return Network(**found | {"lengths": found["lengths"].astype(np.float64)}, **words)
    except (OSError, KeyError, ValueError, TypeError, EOFError, BadZipFile) as error:
        raise DataError(f"the road network {path} cannot be read: {error}") from error


def save_network(network: Network, path: Path) -> None:
    """Write a network to a file, whole or not at all; coordinates are rounded to 0.1 m, lengths to the metre."""
    values = {item.name: getattr(network, item.name) for item in fields(network)}
    kept = {name: np.asarray(value) for name, value in values.items() if value is not None}
    for name in ("points", "bend_xy"):
        if name in kept:
            kept[name] = np.rint(kept[name] * _UNIT).astype(np.int32)
    kept["lengths"] = np.rint(kept["lengths"]).astype(np.uint32)
    kept["names"] = np.frombuffer("\n".join(network.names).encode(), dtype=np.uint8)
    with replacing(path) as draft, draft.open("wb") as opened:
        np.savez(opened, allow_pickle=False, unit=np.float64(_UNIT), **kept)


def widened(bounds: Bounds, margin_m: float) -> Bounds:
    """Return the box grown by `margin_m` metres on every side."""
    west, south, east, north = bounds
    up = margin_m / DEGREE_M
    side = up / max(0.1, float(np.cos(np.radians(max(abs(south), abs(north))))))
    return west - side, south - up, east + side, north + up


def _square(lon: NDArray[np.float64], lat: NDArray[np.float64]) -> NDArray[np.int32]:
    """Return the numbers of squares of one degree, those of a parallel side by side."""
    return ((lat + 90) * 1000 + lon + 180).astype(np.int32)


def _touches(least: NDArray[np.float64], most: NDArray[np.float64], bounds: Bounds) -> NDArray[np.bool_]:
    west, south, east, north = bounds
    return (least[:, 0] <= east) & (most[:, 0] >= west) & (least[:, 1] <= north) & (most[:, 1] >= south)
