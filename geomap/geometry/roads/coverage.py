"""What land a network speaks for; EPSG:4326.

Not the box of its roads, nor their hull: an extract of one country would claim its neighbours' land in every bay of
the border. It is the land within about 2 km of a road, and what lies between such land less than 20 km apart. A larger
gap, desert or lake or somebody else's land, stays open.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

from geomap.geometry.geodesy import DEGREE_M

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from geomap.geometry.roads.network import Network

__all__ = ["coverage_of"]

_CELL_M = 2_000.0
_GAP_M = 20_000.0
_SHAPE_M = 500.0
"""How far the outline may be off: much less than a cell."""


def coverage_of(network: Network) -> BaseGeometry:
    """Return the land within about 2 km of the roads of a network, and the gaps of less than 20 km between."""
    spots = _spots(network)
    scale = np.array([np.cos(np.radians((spots[:, 1].min() + spots[:, 1].max()) / 2)), 1.0]) * DEGREE_M / _CELL_M
    cells = np.unique(np.floor(spots * scale).astype(np.int64), axis=0)
    land = shapely.union_all(shapely.box(*(cells - 0.5).T, *(cells + 1.5).T))
    # grown and shrunk again: gaps close, and the outer edge stays where it was
    reach = _GAP_M / 2 / _CELL_M
    closed = land.buffer(reach, quad_segs=4).buffer(-reach, quad_segs=4)
    outline = shapely.union_all([land, closed]).simplify(_SHAPE_M / _CELL_M)
    return shapely.transform(shapely.make_valid(outline), lambda xy: np.round(xy / scale, 5))


def _spots(network: Network) -> NDArray[np.float64]:
    """Return spots on the roads, no two in a row much further apart than half a cell."""
    vertices, ends = _vertices(network)
    starts = np.delete(vertices, ends - 1, axis=0)
    steps = np.delete(vertices, np.concatenate([[0], ends[:-1]]), axis=0) - starts
    size = np.hypot(steps[:, 0] * np.cos(np.radians(starts[:, 1])), steps[:, 1]) * DEGREE_M
    counts = np.ceil(size / (_CELL_M / 2)).astype(np.int64) + 1
    within = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    share = within / np.repeat(np.maximum(counts - 1, 1), counts)
    spots: NDArray[np.float64] = np.repeat(starts, counts, axis=0) + np.repeat(steps, counts, axis=0) * share[:, None]
    return spots


def _vertices(network: Network) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Return the vertices of all edges in order, and where those of each end."""
    first, last = network.points[network.edges[:, 0]], network.points[network.edges[:, 1]]
    if network.bend_starts is None or network.bend_xy is None:
        return np.stack([first, last], axis=1).reshape(-1, 2), np.arange(2, 2 * len(first) + 1, 2)
    ends = np.cumsum(np.diff(network.bend_starts) + 2)
    starts = np.concatenate([[0], ends[:-1]])
    inside = np.ones(ends[-1], dtype=bool)
    inside[starts] = inside[ends - 1] = False
    vertices = np.empty((len(inside), 2))
    vertices[starts], vertices[ends - 1], vertices[inside] = first, last, network.bend_xy
    return vertices, ends
