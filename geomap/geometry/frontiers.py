"""The line between two countries, put together from the arcs of their outlines; EPSG:4326.

Where both draw their border alike, it is one arc. Where they do not, each has an arc of its own between the same two
ends: a few metres apart where their sources round differently, kilometres where they disagree. Such arcs are put in
between, so that the border is one line from end to end, as the one or the other draws it.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations, product
from typing import TYPE_CHECKING

import numpy as np
import shapely
from shapely.geometry import LineString, MultiLineString, Point

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
_ALONGSIDE_M = 1_000.0
"""Arcs that leave an end together bound each other while no farther apart: rivers that both claim are as wide."""
_PARTING = 5.0
"""Arcs that part at once, as coasts do, have got ahead less than this many times as far as they are apart."""
_CLOSE_M = 100.0
_STEP_M = 100.0


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
    lenses = _lenses(data, pair, rows)
    lenses += _beside(data, pair, rows, lenses)
    return Frontier((data.codes[pair[0]], data.codes[pair[1]]), shared, tuple(lenses))


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


def _beside(data: Borders, pair: tuple[int, int], rows: NDArray[np.int64], lenses: list[Lens]) -> list[Lens]:
    """Return what both countries draw on from the loose ends of a border, alongside each other.

    Along a parallel or in a river the two may have no vertex in common up to the corner with a third country.
    """
    closed = [xy for lens in lenses for xy in (lens.lines[0].coords[0], lens.lines[0].coords[-1])]
    ends = np.concatenate([data.arc_ends[rows].ravel(), data.position(np.array(closed).reshape(-1, 2))])
    spots, times = np.unique(ends, return_counts=True)
    loose = spots[times % 2 == 1]
    first, second = (_leaving(data, number, loose) for number in pair)
    found = []
    for spot in loose.tolist():
        for one, other in product(first.get(spot, ()), second.get(spot, ())):
            lengths = _together(one, other), _together(other, one)
            if min(lengths) > 0.0:
                found.append(_lens(_beginning(one, lengths[0]), _beginning(other, lengths[1])))
    return found


def _lens(one: LineString, other: LineString) -> Lens:
    """Return the lens of two lines from the same spot, each cut where it is nearest to the other's end."""
    flat, scale = (_metric(one), _metric(other)), _scale(one)
    ends = [Point(line.coords[-1]) for line in flat]
    cut = _beginning(one, flat[0].project(ends[1])), _beginning(other, flat[1].project(ends[0]))
    lines = min((one, cut[0]), key=length_m), min((other, cut[1]), key=length_m)
    first, second = (shapely.transform(line, lambda xy: xy * scale) for line in lines)
    return Lens(lines, float(shapely.hausdorff_distance(first, second)))


def _leaving(data: Borders, number: int, spots: NDArray[np.int64]) -> dict[int, list[LineString]]:
    """Return by spot the arcs of one country alone that leave it."""
    own = np.flatnonzero((data.arc_owners[:, 0] == number) & (data.arc_owners[:, 1] == 0))
    found: dict[int, list[LineString]] = {}
    for row in own[np.isin(data.arc_ends[own], spots).any(axis=1)]:
        points = data.arc(int(row))
        for end, ordered in zip(data.arc_ends[row].tolist(), (points, points[::-1]), strict=True):
            if len(points) > 1 and end in spots:
                found.setdefault(end, []).append(LineString(ordered))
    return found


def _together(line: LineString, other: LineString) -> float:
    """Return for how many metres a line runs alongside another one that begins with it; 0 where they part at once."""
    flat = _metric(line)
    beside = shapely.transform(other, lambda xy: xy * _scale(line))
    shapely.prepare(beside)
    span, ahead = 0.0, 4_000.0
    while span < flat.length:
        steps = np.arange(span, min(ahead, flat.length), _STEP_M) + _STEP_M
        parted = ~shapely.dwithin(beside, shapely.line_interpolate_point(flat, steps), _ALONGSIDE_M)
        span = float(steps[parted.argmax()] if parted.any() else steps[-1])
        if parted.any():
            break
        ahead *= 4.0
    steps = np.arange(_STEP_M, span, _STEP_M)
    gaps = shapely.distance(beside, shapely.line_interpolate_point(flat, steps))
    for limit in (_ALONGSIDE_M, _CLOSE_M):
        near = gaps[: int((gaps > limit).argmax())] if (gaps > limit).any() else gaps
        # Where the two begin to part for good, the border of a third country has begun.
        close = np.flatnonzero(near <= _CLOSE_M)
        if len(close) and near.max() * _PARTING <= len(near) * _STEP_M:
            whole = len(near) == len(gaps) and span >= flat.length
            return float(flat.length if whole else steps[close[-1]])
    return 0.0


def _beginning(line: LineString, metres: float) -> LineString:
    """Return the first metres of a line; its first vertex stays what it is."""
    flat = _metric(line)
    along = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(flat.coords, axis=0).T))])
    last = shapely.line_interpolate_point(flat, metres).coords[0] / _scale(line)
    return LineString(np.vstack([np.array(line.coords)[: max(1, int((along < metres).sum()))], last]))


def _scale(line: LineString) -> NDArray[np.float64]:
    """Return metres in a degree of longitude and of latitude where a line begins."""
    scale: NDArray[np.float64] = np.array([np.cos(np.radians(line.coords[0][1])), 1.0]) * DEGREE_M
    return scale


def _metric(line: LineString) -> LineString:
    """Return a line in metres of a plane scaled at the latitude where it begins."""
    return shapely.transform(line, lambda xy: xy * _scale(line))


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
