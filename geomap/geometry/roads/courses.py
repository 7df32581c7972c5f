"""The line of a named road: along the network from town to town, and straight where the network lacks the road."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Protocol

import numpy as np
from shapely.geometry import LineString

from geomap.geometry.geodesy import distance_m
from geomap.geometry.roads.ways import to_point

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomap.geometry.roads.paths import Way

__all__ = ["Course", "Gap", "course"]

Spot = tuple[float, float]

_OFF_ROAD_M = 5_000.0
"""A town further than this from the way found is passed by another road."""
_DETOUR, _SLACK_M = 1.5, 5_000.0
"""A way longer than so many straight lines, and this, goes round: the road itself is missing."""

_SEEN_M = 500.0


class _Road(Protocol):
    @property
    def countries(self) -> tuple[str, ...]: ...
    @property
    def towns(self) -> tuple[str, ...]: ...
    @property
    def points(self) -> tuple[Spot, ...]: ...


@dataclass(frozen=True, slots=True)
class Gap:
    """A piece of a road that the network lacks: it is drawn straight between two towns."""

    start: str
    end: str
    start_m: float
    """Where it begins and ends, in metres along the road's line."""
    end_m: float
    reason: str


@dataclass(frozen=True, slots=True)
class Course:
    """The line of a road, and which of it is only straight between towns."""

    line: LineString
    """EPSG:4326"""
    gaps: tuple[Gap, ...]
    along_m: tuple[float, ...]
    """Metres of road, bends that are not drawn included, from the start of the line to each of its vertices."""

    def straight_m(self, first_m: float = 0.0, last_m: float = math.inf) -> float:
        """Return how many metres of the part between two distances along the line are drawn straight."""
        first_m, last_m = sorted((first_m, last_m))
        return sum(max(0.0, min(gap.end_m, last_m) - max(gap.start_m, first_m)) for gap in self.gaps)

    def caveat(self, first_m: float = 0.0, last_m: float = math.inf) -> str:
        """Return what a map must say of that part; empty where all of it follows the network."""
        straight = self.straight_m(first_m, last_m)
        if straight < _SEEN_M:
            return ""
        low, high = sorted((first_m, last_m))
        pieces = [f"{g.start}–{g.end}" for g in self.gaps if g.end_m > low and g.start_m < high]
        return f"{straight / 1000:.0f} km of it are drawn straight between its towns: {', '.join(pieces)}"


@lru_cache(maxsize=512)
def course(road: _Road) -> Course:
    """Return the line of a road given by its towns.

    A piece is straight where no road connects its two towns, where one of them lies more than 5 km from the road
    found, or where the way is longer than one and a half times the straight line and 5 km: a way round is never
    taken for the road.
    """
    line: list[Spot] = []
    road_m: list[float] = []
    straight: list[tuple[int, int, str, str, str]] = []
    spots = list(zip(road.towns, road.points, strict=True))
    for (town, a), (following, b) in pairwise(spots):
        piece, reason = _piece(a, b, road.countries, (town, following))
        if piece is None:
            _join(line, road_m, [line[-1] if line else a, b])
            straight.append((len(line) - 2, len(line) - 1, town, following, reason))
        else:
            _join(line, road_m, piece.points, piece.along_m)
    steps = [distance_m(*p, *q) for p, q in pairwise(line)]
    along = np.concatenate([[0.0], np.cumsum(steps)])
    gaps = tuple(Gap(a, b, float(along[i]), float(along[j]), reason) for i, j, a, b, reason in straight)
    return Course(LineString(line), gaps, tuple(accumulate(road_m)))


def _piece(a: Spot, b: Spot, countries: Sequence[str], towns: tuple[str, str]) -> tuple[Way | None, str]:
    """Return the way between two neighbouring towns, or why there is none to be trusted.

    It keeps to the road's countries where it can; the network may know a road only by an edge that ends abroad.
    """
    found = _way(a, b, countries, towns)
    return found if not found[1] else _way(a, b, (), towns)


def _way(a: Spot, b: Spot, countries: Sequence[str], towns: tuple[str, str]) -> tuple[Way | None, str]:
    way = to_point(a, b, countries)
    if way is None:
        return None, "no road connects them"
    for town, off in zip(towns, (way.start_m, way.end_m), strict=True):
        if off > _OFF_ROAD_M:
            return None, f"{town} lies {off / 1000:.0f} km from the nearest road"
    straight = distance_m(*a, *b)
    length = sum(distance_m(*p, *q) for p, q in pairwise(way.points))
    if length > _DETOUR * straight + _SLACK_M:
        return None, f"the way round is {length / 1000:.0f} km for {straight / 1000:.0f} km"
    return way, ""


def _join(line: list[Spot], road_m: list[float], points: Sequence[Spot], along_m: Sequence[float] = ()) -> None:
    """Add the next piece to a line; a drive into a town beside the road and back out is left away.

    `road_m` has the metres of road from each vertex to the one before; a piece without `along_m` is straight.
    """
    steps = np.diff(along_m).tolist() if along_m else [distance_m(*p, *q) for p, q in pairwise(points)]
    start = 0
    if line and line[-1] == points[0]:
        start = 1
        while start < len(points) and len(line) > 1 and line[-2] == points[start]:
            line.pop()
            road_m.pop()
            start += 1
    before = distance_m(*line[-1], *points[0]) if line else 0.0
    road_m += [before, *steps][start:]
    line += points[start:]
