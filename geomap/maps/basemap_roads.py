"""The highways of a view as few long lines, out of the shipped network of junctions and edges."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np
import shapely

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from geomap.maps.basemap_store import Bounds

__all__ = ["highways", "trails"]


def highways(box: Bounds, spot: float) -> NDArray[np.object_]:
    """Return the highways that touch a box as lines in EPSG:4326.

    Parameters
    ----------
    box
        West, south, east and north in degrees.
    spot
        Size in degrees of the squares whose junctions become the first of them, so that carriageways side by side are
        one line.
    """
    from geomap.geometry.roads.network import load_network

    window = load_network().window(box)
    if not len(window.edges):
        return np.array([], dtype=object)
    squares = np.floor(window.points / spot).astype(np.int64)
    _, first, square = np.unique(squares[:, 0] * 10_000_000 + squares[:, 1], return_index=True, return_inverse=True)
    ends = np.sort(first[square][window.edges], axis=1)
    # An edge as one number is sorted ten times faster than as a row.
    ends = np.stack(np.divmod(np.unique(ends[:, 0] * len(window.points) + ends[:, 1]), len(window.points)), axis=1)
    walks = list(trails(ends[ends[:, 0] != ends[:, 1]]))
    if not walks:
        return np.array([], dtype=object)
    owner = np.repeat(np.arange(len(walks)), [len(walk) for walk in walks])
    lines: NDArray[np.object_] = shapely.linestrings(window.points[np.concatenate(walks)], indices=owner)
    return lines


def trails(edges: NDArray[np.int64]) -> Iterator[list[int]]:
    """Yield walks along the edges of a graph, their nodes in order, that take every edge once.

    A walk goes on through junctions until no edge is left at its end; those from odd junctions come first, since some
    walk has to end there anyhow.
    """
    ways: dict[int, list[int]] = defaultdict(list)
    pairs: list[tuple[int, int]] = [(a, b) for a, b in edges.tolist()]
    for row, (a, b) in enumerate(pairs):
        ways[a].append(row)
        ways[b].append(row)
    used = bytearray(len(pairs))
    for start in sorted(ways, key=lambda node: (len(ways[node]) % 2 == 0, node)):
        while len(walk := _walk(start, pairs, ways, used)) > 1:
            yield walk


def _walk(start: int, pairs: list[tuple[int, int]], ways: dict[int, list[int]], used: bytearray) -> list[int]:
    walk, at = [start], start
    while left := ways[at]:
        row = left.pop()
        if used[row]:
            continue
        used[row] = 1
        a, b = pairs[row]
        at = b if at == a else a
        walk.append(at)
    return walk
