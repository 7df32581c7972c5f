"""The highways of a view as few long lines, out of the shipped network of junctions and edges."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geomap.maps.ground.focus import FAR, side_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from geomap.maps.ground.focus import Focus, Window
    from geomap.maps.ground.store import Bounds

__all__ = ["highways", "trails"]


FAR_SHARE, AROUND_SHARE = 1 / 1_500, 1 / 4_000
CLOSE_DEG = 0.0008
"""Sides of the squares whose junctions are drawn as one, the first two as shares of the view's longer side: two pixels
when the story fills a screen, and as much as 90 m, so that carriageways side by side are one line."""


def highways(window: Window, focus: Focus, *, everywhere: bool = True) -> NDArray[np.object_]:
    """Return the highways that touch a window as lines in EPSG:4326, close to the story with each junction.

    Parameters
    ----------
    window
        The part of the view.
    focus
        Where the story is.
    everywhere
        Whether those far from the story are wanted as well.
    """
    from geomap.geometry.roads.network import load_network

    box = window.bounds if everywhere else _around(window, focus)
    found = load_network().window(box) if box else None
    if found is None or not len(found.edges):
        return np.array([], dtype=object)
    zone = focus.zones(found.points + window.offset)
    edges = found.edges if everywhere else found.edges[(zone[found.edges] > FAR).any(axis=1)]
    side = side_of(focus.view)
    spot = np.array([side * FAR_SHARE, max(CLOSE_DEG, side * AROUND_SHARE), CLOSE_DEG])[zone]
    squares = np.floor(found.points / spot[:, None]).astype(np.int64)
    number = (squares[:, 0] * 10_000_000 + squares[:, 1]) * 3 + zone
    _, first, square = np.unique(number, return_index=True, return_inverse=True)
    ends = np.sort(first[square][edges], axis=1)
    # An edge as one number is sorted ten times faster than as a row.
    ends = np.stack(np.divmod(np.unique(ends[:, 0] * len(found.points) + ends[:, 1]), len(found.points)), axis=1)
    walks = list(trails(ends[ends[:, 0] != ends[:, 1]]))
    if not walks:
        return np.array([], dtype=object)
    owner = np.repeat(np.arange(len(walks)), [len(walk) for walk in walks])
    lines: NDArray[np.object_] = shapely.linestrings(found.points[np.concatenate(walks)], indices=owner)
    return lines


def _around(window: Window, focus: Focus) -> Bounds | None:
    """Return the box of what lies around the story in a window."""
    boxes = [box for box in map(window.part, focus.boxes()) if box]
    if not boxes:
        return None
    west, south, east, north = zip(*boxes, strict=True)
    return min(west), min(south), max(east), max(north)


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
