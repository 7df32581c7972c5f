from __future__ import annotations

import itertools
from collections import Counter

import numpy as np
import shapely

from geomap.maps.basemap_roads import highways, trails


def edges_of(walks: list[list[int]]) -> Counter:
    return Counter(frozenset(pair) for walk in walks for pair in itertools.pairwise(walk))


def test_trails_take_every_edge_once():
    # A ring, a bridge of two edges to a star, and an edge on its own.
    edges = [(0, 1), (1, 2), (0, 2), (2, 3), (3, 4), (4, 5), (4, 6), (4, 7), (8, 9)]
    walks = list(trails(np.array(edges)))
    assert edges_of(walks) == Counter(map(frozenset, edges))


def test_a_walk_does_not_end_before_it_has_to():
    # Each component needs half as many walks as it has odd junctions, a ring one.
    line, ring, cross = [(0, 1), (1, 2), (2, 3)], [(4, 5), (5, 6), (4, 6)], [(7, 8), (7, 9), (7, 10), (7, 11)]
    assert len(list(trails(np.array(line)))) == 1
    assert len(list(trails(np.array(ring)))) == 1
    assert len(list(trails(np.array(cross)))) == 2


def test_highways_are_few_lines_on_the_network():
    from geomap.geometry.roads.network import load_network

    box = (38.0, 34.0, 43.0, 37.5)
    lines, window = highways(box, 1e-6), load_network().window(box)
    junctions = {tuple(point) for point in window.points.tolist()}
    assert all(tuple(point) in junctions for line in lines for point in shapely.get_coordinates(line).tolist())
    assert len(lines) < len(window.edges) / 3
    # junctions of one spot are one
    spot = np.unique(window.points, axis=0, return_inverse=True)[1].ravel()
    merged = np.sort(spot[window.edges], axis=1)
    lengths = np.hypot(*(window.points[window.edges[:, 0]] - window.points[window.edges[:, 1]]).T)
    _, once = np.unique(merged, axis=0, return_index=True)
    assert np.isclose(shapely.length(lines).sum(), lengths[once].sum())


def test_the_open_sea_has_no_highways():
    assert len(highways((-30.0, 20.0, -29.0, 21.0), 0.01)) == 0
