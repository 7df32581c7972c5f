from __future__ import annotations

import math

import numpy as np
import pytest
import shapely

from geomap.maps.ground.detail import FINEST_DEG, TOLERANCES, Drawn, fitted, packed_size
from geomap.maps.ground.focus import Focus
from geomap.maps.packing import SCALE

VIEW = (0.0, 0.0, 20.0, 20.0)


def coast(seed: int = 3, vertices: int = 4000) -> shapely.LineString:
    """Return a wiggly line across the view."""
    rng = np.random.default_rng(seed)
    x = np.linspace(0, 20, vertices)
    return shapely.LineString(np.column_stack([x, 10 + np.cumsum(rng.normal(0, 0.01, vertices))]))


def drawn(*shapes: shapely.Geometry, focus: tuple[shapely.Point, ...] = (), ring: bool = False) -> Drawn:
    layer = "land" if ring else "borders"
    return Drawn.of(np.array(shapes, dtype=object), layer, Focus.of(focus, VIEW), ring=ring)


def test_the_coarser_the_fewer_vertices_and_no_line_strays_further_than_that():
    line = coast()
    one = drawn(line)
    before = math.inf
    for number in (0, 3, 6, 9):
        kept = one.kept([number] * 3)
        points = one.points[kept]
        assert len(points) < before
        before = len(points)
        # Simplified again and again, each time by as much: the sum of the tolerances so far is the most.
        most = sum(TOLERANCES[: number + 1])
        assert shapely.hausdorff_distance(shapely.LineString(points), line) <= most


def test_the_ends_of_a_line_stay():
    one = drawn(coast())
    (line,) = one.lines(one.kept([len(TOLERANCES) - 1] * 3))
    assert line[0].tolist() == np.rint(np.array(coast().coords[0]) * SCALE).astype(int).tolist()
    assert line[-1].tolist() == np.rint(np.array(coast().coords[-1]) * SCALE).astype(int).tolist()


def test_more_vertices_stay_close_to_the_story_in_one_unbroken_line():
    spot = shapely.Point(10.0, coast().interpolate(0.5, normalized=True).y)
    one = drawn(coast(), focus=(spot,))
    kept = one.kept([8, 4, 0])
    (line,) = one.lines(kept)
    x = line[:, 0] / SCALE
    assert np.all(np.diff(x) >= 0), "in their order"
    per_degree = [int(((x > west) & (x < west + 0.6)).sum()) for west in (2.0, 9.7, 17.0)]
    assert per_degree[1] > 5 * max(per_degree[0], per_degree[2])


def test_rings_stay_closed_and_specks_vanish():
    island = shapely.Point(5, 5).buffer(2).exterior
    speck = shapely.Point(15, 15).buffer(FINEST_DEG / 2).exterior
    one = drawn(island, speck, ring=True)
    (ring,) = one.lines(one.kept([2, 1, 0]))
    assert ring[0].tolist() == ring[-1].tolist()
    assert len(ring) >= 4


@pytest.mark.parametrize("budget", [400, 2_000, 8_000])
def test_the_budget_is_kept_and_used(budget):
    layers = {"borders": drawn(coast(1), coast(2))}
    size = packed_size(fitted(layers, VIEW, budget)["borders"])
    assert budget / 4 < size <= budget


def test_no_lines_take_no_room():
    assert packed_size([]) == 0
    assert fitted({"borders": drawn()}, VIEW, 100) == {"borders": []}
