"""How finely the ground is drawn where: finest close to the story, coarser away from it, all within one budget."""

from __future__ import annotations

import math
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geomap.maps.ground.focus import AROUND, CLOSE, FAR, side_of
from geomap.maps.packing import SCALE, packed_lines

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from geomap.maps.ground.focus import Focus
    from geomap.maps.ground.store import Bounds

    Shapes = NDArray[np.object_]
    Line = NDArray[np.int64]

__all__ = ["FINEST_DEG", "TOLERANCES", "Drawn", "fitted", "packed_size"]

FINEST_DEG = 0.0004
"""Tolerance close to the story: a pixel at zoom 11.8; most of the data is no finer."""
FAR_SHARE = 1 / 5_000
"""Tolerance far from the story as a share of the view's longer side: half a pixel when the story fills a screen."""
STEP = 1.6
TOLERANCES = tuple(FINEST_DEG * STEP**number for number in range(18))
"""Degrees; the coarsest is a 300th of the world."""
PARTS = (0.6, 0.2, 0.2)
"""Parts of the budget for what is far from the story, around it and close to it; what one leaves the others take."""
SPARED = ("admin1", "roads", "rivers")
MOST_COARSER = 4
"""How many steps coarser than wanted a ground may be before the first of these layers is left out."""
VERTEX_BYTES, LINE_BYTES = 4.0, 5.0
"""First guess at what a vertex and a line take in the page; the packed size is then measured."""

# How much coarser than the coast a layer may be, and the least size in tolerances that is still seen.
_LOOSENESS = {"lakes": 1.5, "rivers": 1.4, "admin1": 2.0, "roads": 1.5}
_LEAST_SIZE = {"land": 3.0, "lakes": 6.0, "rivers": 36.0, "roads": 3.0, "admin1": 3.0}


@dataclass(frozen=True, eq=False)
class Drawn:
    """The lines or rings of a layer; each vertex knows how coarse a map may be that still shows it."""

    points: NDArray[np.float64]
    owner: NDArray[np.int64]
    """Number of the line a vertex belongs to."""
    rank: NDArray[np.int8]
    """How many of the tolerances keep a vertex."""
    zone: NDArray[np.int8]
    size: NDArray[np.float64]
    """Per line the diagonal of its box in degrees."""
    least_size: float
    ring: bool

    @classmethod
    def of(cls, shapes: Shapes, layer: str, focus: Focus, *, ring: bool) -> Drawn:
        """Return the lines, their vertices ranked by repeated simplification after Douglas and Peucker."""
        points, owner = shapely.get_coordinates(shapes, return_index=True)
        rank = np.zeros(len(points), dtype=np.int8)
        if len(points):
            # The third coordinate carries the vertex's number through the simplification.
            lines = shapely.linestrings(np.column_stack([points, np.arange(len(points))]), indices=owner)
            for number, tolerance in enumerate(TOLERANCES):
                lines = shapely.simplify(lines, tolerance * _LOOSENESS.get(layer, 1.0), preserve_topology=False)
                rank[shapely.get_coordinates(lines, include_z=True)[:, 2].astype(np.int64)] = number + 1
        box = shapely.bounds(shapes).reshape(-1, 4)
        size = np.hypot(box[:, 2] - box[:, 0], box[:, 3] - box[:, 1])
        return cls(points, owner, rank, focus.zones(points), size, _LEAST_SIZE.get(layer, 0.0), ring)

    def kept(self, coarse: Sequence[int]) -> NDArray[np.bool_]:
        """Return the vertices to draw, given the number of the tolerance of each zone."""
        if not len(self.points):
            return np.zeros(0, dtype=bool)
        least = np.array([TOLERANCES[number] for number in coarse]) * self.least_size
        nearest = np.zeros(len(self.size), dtype=np.int8)
        np.maximum.at(nearest, self.owner, self.zone)
        seen = self.size >= least[nearest]
        kept: NDArray[np.bool_] = (self.rank > np.array(coarse)[self.zone]) & seen[self.owner]
        return kept

    def lines(self, kept: NDArray[np.bool_]) -> list[Line]:
        """Return what is left of the lines in whole units; rings of no area and repeated vertices are left out."""
        units = np.rint(self.points[kept] * SCALE).astype(np.int64)
        owner = self.owner[kept]
        if not len(units):
            return []
        moved = np.append(True, np.any(units[1:] != units[:-1], axis=1) | (owner[1:] != owner[:-1]))
        units, owner = units[moved], owner[moved]
        parts = np.split(units, np.flatnonzero(owner[1:] != owner[:-1]) + 1)
        return [part for part in parts if len(part) >= (4 if self.ring else 2)]


def fitted(drawn: Mapping[str, Drawn], view: Bounds, budget: int) -> dict[str, list[Line]]:
    """Return the layers so coarse that their packed size keeps the budget, or as coarse as can be.

    Where that would spoil the coasts, what matters least is left out instead.
    """
    first = max(0, math.ceil(math.log(side_of(view) * FAR_SHARE / FINEST_DEG, STEP)))
    left = dict(drawn)
    while True:
        lines, far = _fitted(left, first, budget)
        spared = next((layer for layer in SPARED if layer in left and lines[layer]), None)
        if far <= first + MOST_COARSER or spared is None:
            return {layer: lines.get(layer, []) for layer in drawn}
        del left[spared]


def _fitted(drawn: Mapping[str, Drawn], first: int, budget: int) -> tuple[dict[str, list[Line]], int]:
    """Return the layers within the budget, and the number of the tolerance far from the story."""
    coarse, aim = [first, first // 2, 0], float(budget)
    while True:
        kept = {layer: one.kept(coarse) for layer, one in drawn.items()}
        guess = [sum(_guess(one, kept[layer], zone) for layer, one in drawn.items()) for zone in (FAR, AROUND, CLOSE)]
        larger = [zone for zone in (FAR, AROUND, CLOSE) if coarse[zone] + 1 < len(TOLERANCES)]
        if sum(guess) <= aim or not larger:
            lines = {layer: one.lines(kept[layer]) for layer, one in drawn.items()}
            size = packed_size([line for layer in lines.values() for line in layer])
            if size <= budget or not larger:
                return lines, coarse[FAR]
            aim = min(aim, sum(guess)) * min(0.97, budget / size)
        else:
            coarse[max(larger, key=lambda zone: guess[zone] / PARTS[zone])] += 1


def _guess(one: Drawn, kept: NDArray[np.bool_], zone: int) -> float:
    own = kept & (one.zone == zone)
    lines = np.count_nonzero(np.diff(one.owner[own])) + 1 if own.any() else 0
    return float(VERTEX_BYTES * np.count_nonzero(own) + LINE_BYTES * lines)


def packed_size(lines: Sequence[Line]) -> int:
    """Return how many characters lines take in the data block of the page."""
    return len(zlib.compress(packed_lines(list(lines)), 6)) * 4 // 3 if lines else 0
