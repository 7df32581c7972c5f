"""The view of a map, and what of it lies near the story."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import shapely

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from geomap.maps.ground.store import Bounds

    Shapes = NDArray[np.object_]

__all__ = ["AROUND", "CLOSE", "FAR", "Focus", "Window", "fit_zoom", "side_of"]

FAR, AROUND, CLOSE = 0, 1, 2
CLOSE_DEG = 0.4
"""What lies so near to a vertex of the story is close to it: half a screen at zoom 10."""
AROUND_SHARE, AROUND_DEG = 1 / 20, 2.0
"""How near what is around the story lies: a share of the view's longer side, and what that is at most."""
BLOCK_DEG = 5
SCREEN = 3_000.0
"""Pixels that the longer side of the view takes when the story fills a screen."""


def side_of(view: Bounds) -> float:
    """Return the longer side of a box in degrees."""
    return max(view[2] - view[0], view[3] - view[1])


def fit_zoom(view: Bounds) -> float:
    """Return the zoom at which a screen shows the story, of which the view is made three times as large."""
    return math.log2(SCREEN * 360 / 256 / side_of(view))


@dataclass(frozen=True, slots=True)
class Window:
    """A part of the view that does not cross the antimeridian."""

    bounds: Bounds
    shift: float
    """Degrees to add to longitudes, so that both sides of the antimeridian lie side by side."""

    @property
    def offset(self) -> NDArray[np.float64]:
        """What to add to lon and lat."""
        return np.array([self.shift, 0.0])

    def part(self, box: Bounds) -> Bounds | None:
        """Return what lies in the window of a box of the view's longitudes, in the window's own."""
        west, south, east, north = self.bounds
        cut = (
            max(west, box[0] - self.shift),
            max(south, box[1]),
            min(east, box[2] - self.shift),
            min(north, box[3]),
        )
        return cut if cut[0] < cut[2] and cut[1] < cut[3] else None

    def shifted(self, shapes: Shapes) -> Shapes:
        """Return shapes in the view's longitudes."""
        return shapely.transform(shapes, partial(np.add, self.offset)) if self.shift else shapes


@dataclass(frozen=True, eq=False)
class Focus:
    """Where the story is, as the squares of two grids that hold a vertex of it."""

    view: Bounds
    close: NDArray[np.int64]
    around: NDArray[np.int64]

    @classmethod
    def of(cls, geometries: Iterable[BaseGeometry], view: Bounds) -> Focus:
        """Return the focus on geometries in EPSG:4326, whose longitudes may be on either side of the antimeridian."""
        points = shapely.get_coordinates(np.array(list(geometries), dtype=object))
        points = points[np.isfinite(points).all(axis=1)]
        middle = (view[0] + view[2]) / 2
        points[:, 0] = (points[:, 0] - middle + 180) % 360 - 180 + middle
        inside = np.all((points >= view[:2]) & (points <= view[2:]), axis=1)
        near = points[inside]
        around = cls._around_deg(view)
        return cls(view, np.unique(_squares(near, CLOSE_DEG)), np.unique(_squares(near, around)))

    @staticmethod
    def _around_deg(view: Bounds) -> float:
        return max(CLOSE_DEG, min(AROUND_DEG, side_of(view) * AROUND_SHARE))

    def zones(self, points: NDArray[np.float64]) -> NDArray[np.int8]:
        """Return for each point whether it is `FAR` from the story, `AROUND` it or `CLOSE`."""
        found = np.zeros(len(points), dtype=np.int8)
        for zone, squares, step in ((AROUND, self.around, self._around_deg(self.view)), (CLOSE, self.close, CLOSE_DEG)):
            own, offsets = _squares(points, step), _squares(_NEIGHBOURS * step, step) - _squares(np.zeros((1, 2)), step)
            wanted = np.unique(squares[:, None] + offsets)
            found[np.isin(own, wanted)] = zone
        return found

    def boxes(self, step: float = BLOCK_DEG) -> list[Bounds]:
        """Return boxes along the lines of a grid of so many degrees that hold all that is around the story.

        They do not overlap, and lie in the view's longitudes; neighbours in a row are one.
        """
        return _boxes(self.around, self._around_deg(self.view), step)

    def close_boxes(self, step: float) -> list[Bounds]:
        """Return the same for what is close to the story."""
        return _boxes(self.close, CLOSE_DEG, step)


_NEIGHBOURS = np.array([(x, y) for x in (-1, 0, 1) for y in (-1, 0, 1)], dtype=float) + 0.5
_ROW = 1_000_000


def _squares(points: NDArray[np.float64], step: float) -> NDArray[np.int64]:
    """Return the number of the grid's square that each point lies in."""
    at = np.floor(points / step).astype(np.int64)
    squares: NDArray[np.int64] = at[:, 1] * _ROW + at[:, 0]
    return squares


def _boxes(squares: NDArray[np.int64], side: float, step: float) -> list[Bounds]:
    """Return the boxes of a grid that touch squares of another grid or their neighbours."""
    rows = (squares + _ROW // 2) // _ROW
    corners = np.column_stack([squares - rows * _ROW, rows]) * side
    blocks = {
        (row, column)
        for x, y in corners.tolist()
        for row in range(math.floor((y - side) / step), math.floor((y + 2 * side) / step) + 1)
        for column in range(math.floor((x - side) / step), math.floor((x + 2 * side) / step) + 1)
    }
    boxes: list[Bounds] = []
    for row, column in sorted(blocks):
        west, south = column * step, row * step
        if boxes and boxes[-1][1] == south and boxes[-1][2] == west:
            boxes[-1] = (boxes[-1][0], south, west + step, south + step)
        else:
            boxes.append((west, south, west + step, south + step))
    return boxes
