from __future__ import annotations

import itertools
from collections import Counter
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geomap.geometry.roads.network import load_network
from geomap.maps.ground.focus import Focus, Window, side_of
from geomap.maps.ground.roads import highways, trails

if TYPE_CHECKING:
    from geomap.maps.ground.store import Bounds


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


BOX = (38.0, 34.0, 43.0, 37.5)
RAQQA = shapely.Point(39.0, 35.95)


def drawn(box: Bounds, *focus: shapely.Point, everywhere: bool = True) -> np.ndarray:
    return highways(Window(box, 0.0), Focus.of(focus, box), everywhere=everywhere)


def test_highways_are_few_lines_between_junctions():
    lines, window = drawn(BOX), load_network().window(BOX)
    junctions = {tuple(point) for point in window.points.tolist()}
    assert all(tuple(point) in junctions for line in lines for point in shapely.get_coordinates(line).tolist())
    assert len(lines) < len(window.edges) / 5
    # Each road is there, within the spot whose junctions are one.
    ends = window.points[window.edges]
    middles = shapely.points(ends.mean(axis=1))
    assert shapely.distance(shapely.union_all(lines), middles).max() < 2 * side_of(BOX) / 1_500


def test_junctions_close_to_the_story_stay_apart():
    def near(lines: np.ndarray) -> int:
        points = np.unique(shapely.get_coordinates(lines), axis=0)
        return int((np.hypot(*(points - [39.0, 35.95]).T) < 0.3).sum())

    assert near(drawn(BOX, RAQQA)) > near(drawn(BOX))


def test_only_roads_around_the_story_when_asked_for():
    wide = (20.0, 20.0, 90.0, 50.0)
    lines = drawn(wide, RAQQA, everywhere=False)
    points = shapely.get_coordinates(lines)
    assert np.hypot(*(points - [39.0, 35.95]).T).min() < 0.1
    assert np.hypot(*(points - [39.0, 35.95]).T).max() < 8
    assert len(drawn(wide, everywhere=False)) == 0


def test_the_open_sea_has_no_highways():
    assert len(drawn((-30.0, 20.0, -29.0, 21.0))) == 0
