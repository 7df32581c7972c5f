"""The line between two countries, put together from the arcs of their outlines; EPSG:4326.

Where both draw their border alike, it is one arc. Where they do not, each has an arc of its own between the same two
ends: a few metres apart where their sources round differently, kilometres where they disagree. Such arcs are put in
between, so that the border is one line from end to end, as the one or the other draws it.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
import shapely
from shapely.geometry import LineString, MultiLineString

from geomap.geometry.geodesy import DEGREE_M, distance_m, length_m

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from geomap.geometry.borders import Borders

__all__ = ["Frontier", "Lens", "frontier_of"]

_LINKED_M = 2_000.0
"""Ends of two pieces no farther apart are joined: between them lies a river's mouth or a corner of a third country."""
_WIDEST_M = 80_000.0
"""Between two ends, arcs farther apart are two coasts, not two opinions of a border."""


@dataclass(frozen=True, eq=False)
class Lens:
    """What lies between the arcs that two countries draw from one end to another: claimed by both, or by neither."""

    lines: tuple[LineString, LineString]
    """The arc of each, in the order of the frontier's pair."""
    width_m: float
    """How far the two lie apart at most, right within a few per cent."""


@dataclass(frozen=True, eq=False)
class Frontier:
    """The land border of two countries, by their codes."""

    pair: tuple[str, str]
    shared: tuple[LineString, ...]
    lenses: tuple[Lens, ...]

    def arc(self, lens: Lens, drawn_by: str | None = None) -> LineString:
        """Return the arc of one of the two countries, or the shorter one."""
        if drawn_by is None:
            return min(lens.lines, key=length_m)
        return lens.lines[self.pair.index(drawn_by)]

    def line(self, drawn_by: str | None = None) -> MultiLineString:
        """Return the border as one of the two draws it, else by the shorter of their arcs; its pieces joined."""
        return MultiLineString(_linked([*self.shared, *(self.arc(lens, drawn_by) for lens in self.lenses)]))


def frontier_of(data: Borders, a: int, b: int) -> Frontier | None:
    """Return the land border of two countries by their numbers, or None where they share none."""
    pair = (min(a, b), max(a, b))
    owners = data.arc_owners
    rows = np.flatnonzero((owners[:, :2] == pair).all(axis=1) & (owners[:, 2] == 0))
    if not len(rows) or a == b:
        return None
    shared = tuple(LineString(points) for row in rows if len(points := data.arc(int(row))) > 1)
    return Frontier((data.codes[pair[0]], data.codes[pair[1]]), shared, tuple(_lenses(data, pair, rows)))


def _lenses(data: Borders, pair: tuple[int, int], rows: NDArray[np.int64]) -> list[Lens]:
    """Return the gaps between shared arcs that both countries close, each with an arc of its own."""
    ends, times = np.unique(data.arc_ends[rows], return_counts=True)
    loose = set(ends[times % 2 == 1].tolist())
    first, second = (_closing(data, number, loose) for number in pair)
    found = []
    for key in first.keys() & second.keys():
        lines = LineString(data.arc(first[key])), LineString(data.arc(second[key]))
        width = float(shapely.hausdorff_distance(*(_metric(line) for line in lines)))
        if width <= _WIDEST_M:
            found.append(Lens(lines, width))
    return sorted(found, key=lambda lens: (lens.width_m, lens.lines[0].wkb))


def _closing(data: Borders, number: int, loose: set[int]) -> dict[tuple[int, int], int]:
    """Return the arcs of one country alone that run between two loose ends, by those ends."""
    own = np.flatnonzero((data.arc_owners[:, 0] == number) & (data.arc_owners[:, 1] == 0))
    ends = np.sort(data.arc_ends[own], axis=1)
    kept = np.isin(ends, list(loose)).all(axis=1) & (ends[:, 0] != ends[:, 1])
    return {(int(a), int(b)): int(row) for row, (a, b) in zip(own[kept], ends[kept], strict=True)}


def _metric(line: LineString) -> LineString:
    """Return a line in metres of a plane scaled at its latitude."""
    scale = np.array([np.cos(np.radians(line.bounds[1])), 1.0]) * DEGREE_M
    return shapely.transform(line, lambda xy: xy * scale)


def _linked(lines: Sequence[LineString]) -> list[LineString]:
    """Return lines joined where they touch, and where their ends lie close to each other."""
    pieces = _merged(lines)
    rings = [piece for piece in pieces if piece.is_ring]
    # An enclave may touch the border at a corner, where three lines meet and none would be joined.
    open_lines = _merged([piece for piece in pieces if not piece.is_ring])
    spots = [(number, xy) for number, line in enumerate(open_lines) for xy in (line.coords[0], line.coords[-1])]
    close = sorted(
        (apart, one, other)
        for one, other in combinations(range(len(spots)), 2)
        if spots[one][0] != spots[other][0]
        and abs(spots[one][1][1] - spots[other][1][1]) * DEGREE_M <= _LINKED_M
        and (apart := distance_m(*spots[one][1], *spots[other][1])) <= _LINKED_M
    )
    used: set[int] = set()
    chain = list(range(len(open_lines)))
    links = []
    for _, one, other in close:
        this, that = chain[spots[one][0]], chain[spots[other][0]]
        if this != that and not {one, other} & used:
            used |= {one, other}
            chain = [this if number == that else number for number in chain]
            links.append(LineString([spots[one][1], spots[other][1]]))
    return [*_merged([*open_lines, *links]), *rings]


def _merged(lines: Sequence[LineString]) -> list[LineString]:
    return list(shapely.get_parts(shapely.line_merge(MultiLineString(lines)))) if lines else []
