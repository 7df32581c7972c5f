"""Which part of a border is meant: from where one place to where another lies along it, or all of it; EPSG:4326."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import shapely
from shapely.geometry import LineString

from geomap.errors import InputError
from geomap.geometry.bands import flat_band
from geomap.geometry.borders import country_at
from geomap.geometry.geodesy import cumulative_m, cut, dense, destination, length_m, locate
from geomap.geometry.sweeps import wrapped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from geomap.models import Place

__all__ = ["FAR_M", "Reach", "reach_between", "whole"]

FAR_M = 150_000.0
"""A place farther from a border says nothing about where along it something begins."""

_BEND = 0.001
_CORNER_M = 300.0
"""A third country so near to the end of a border makes that end its corner."""
_COAST_M = 4_000.0
"""A border ends at the coast where the sea is so near: land reaches 1.5 km out, a border's end may lie behind it."""
_STOUT = 2.0
"""A border shorter than this many depths has no course that its ends could be cut square to."""
_SAME_PIECE_M = 5_000.0


@dataclass(frozen=True, eq=False)
class Reach:
    """The part of a line from `first_m` to `last_m` metres along it, and which of its ends are cut square."""

    line: LineString
    first_m: float
    last_m: float
    cut_first: bool
    cut_last: bool

    @cached_property
    def part(self) -> LineString:
        """The part itself."""
        return cut(self.line, self.first_m, self.last_m)

    def band(self, depth_m: float) -> BaseGeometry:
        """Return all within `depth_m` metres of the part, cut at the antimeridian."""
        return wrapped(
            flat_band(
                self.line, depth_m, first_m=self.first_m, last_m=self.last_m,
                cut_first=self.cut_first, cut_last=self.cut_last,
            )
        )  # fmt: skip


def whole(lines: Sequence[LineString], depth_m: float, between: tuple[str, str]) -> list[Reach]:
    """Return all of a border between two countries, given by their codes.

    Where it ends at a third country it is cut square, so that a strip does not go on along the border with that one. At
    the coast it is not: there all land within the depth belongs to the strip.
    """
    reaches = []
    for line in lines:
        finer = _finer(line, depth_m)
        total = length_m(finer)
        stout = not line.is_ring and total >= _STOUT * depth_m
        ends = [stout and _corner(finer, number, between) for number in (0, -1)]
        reaches.append(Reach(finer, 0.0, total, *ends))
    return reaches


def reach_between(
    lines: Sequence[LineString], ends: tuple[Place, Place], depth_m: float, between: tuple[str, str]
) -> Reach:
    """Return the part of a border from where the one place to where the other lies along it, in any order.

    Of a closed line, as round an enclave, it is the shorter way round.

    Raises
    ------
    InputError
        A place is far from the border, the two lie by pieces of it that do not hang together, or at the same spot.
    """
    start, end = ends
    finer = [_finer(line, depth_m) for line in lines]
    line = finer[_piece(finer, start, end)]
    spots = sorted(locate(line, place.lon, place.lat)[0] for place in ends)
    if line.is_ring:
        line = _opened(line, (spots[0] + spots[1]) / 2.0, across=spots[1] - spots[0] > length_m(line) / 2.0)
        spots = sorted(locate(line, place.lon, place.lat)[0] for place in ends)
    first, last = spots
    if last - first < 1.0:
        raise InputError(
            f"{start.name} and {end.name} lie at the same spot of the border; name two places apart from each other"
        )
    total = length_m(line)
    cuts = first > 0.0 or _corner(line, 0, between), last < total or _corner(line, -1, between)
    return Reach(line, first, last, *cuts)


def _piece(lines: Sequence[LineString], start: Place, end: Place) -> int:
    """Return the number of the piece of a border by which both places lie."""
    off = np.array([[locate(line, place.lon, place.lat)[1] for line in lines] for place in (start, end)])
    for place, near in zip((start, end), off.min(axis=1), strict=True):
        if near > max(FAR_M, place.precision_m):
            raise InputError(
                f"{place.name} lies {near / 1000:.0f} km from the border; name a place near it, or its LAT,LON"
            )
    common = int(off.max(axis=0).argmin())
    if (off[:, common] <= 2.0 * off.min(axis=1) + _SAME_PIECE_M).all():
        return common
    mine, other = (lines[int(number)] for number in off.argmin(axis=1))
    raise InputError(
        f"{start.name} and {end.name} lie by two pieces of the border that do not hang together, one "
        f"{length_m(mine) / 1000:.0f} km long and one {length_m(other) / 1000:.0f} km; build a strip along each"
    )


def _opened(ring: LineString, middle_m: float, *, across: bool) -> LineString:
    """Return a closed line that starts opposite to the part between two spots, which may run across its old start."""
    points = shapely.get_coordinates(ring)
    along = cumulative_m(points)
    start = middle_m if across else (middle_m + along[-1] / 2.0) % along[-1]
    first = int(np.searchsorted(along[:-1], start)) % (len(points) - 1)
    turned: NDArray[np.float64] = np.roll(points[:-1], -first, axis=0)
    return LineString(np.vstack([turned, turned[:1]]))


def _corner(line: LineString, number: int, between: tuple[str, str]) -> bool:
    """Whether a line ends inland, at a third country, rather than at the coast."""
    here = line.coords[number]
    near, wide = (
        {country_at(*destination(here[0], here[1], turn, radius)) for turn in range(0, 360, 15)}
        for radius in (_CORNER_M, _COAST_M)
    )
    return bool(near - {*between, None}) or None not in wide


def _finer(line: LineString, depth_m: float) -> LineString:
    return LineString(dense(shapely.get_coordinates(line), depth_m * _BEND))
