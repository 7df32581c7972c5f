"""A border put together from arcs: a tiny world of two countries, west 1 and east 2, along the meridian of 0."""

import numpy as np
import pytest
import shapely
from shapely.geometry import LineString

from geomap.geometry.borders import Borders
from geomap.geometry.frontiers import Frontier, frontier_of
from geomap.geometry.geodesy import length_m

WEST, EAST = 1, 2


def world(*arcs):
    """Return borders of the arcs alone, each as its owners, whether it lies at sea, and its vertices in degrees."""
    points = [np.rint(np.array(arc[3]) * 1e5).astype(np.int32) for arc in arcs]
    return Borders(
        codes=("", "WE", "EA"),
        steps=np.diff(np.concatenate(points), axis=0, prepend=np.int32(0)),
        arc_sizes=np.array([len(part) for part in points], dtype=np.int32),
        arc_owners=np.array([arc[:3] for arc in arcs], dtype=np.uint8),
        rings=np.empty((0, 4), dtype=np.int32),
        boxes=np.empty((0, 4), dtype=np.int32),
        ring_arcs=np.empty(0, dtype=np.int32),
    )


SOUTH = (WEST, EAST, 0, [(0, 0), (0, 1)])
NORTH = (WEST, EAST, 0, [(0, 2), (0, 3)])


def line_of(*arcs, drawn_by=None):
    return frontier_of(world(*arcs), WEST, EAST).line(drawn_by)


def test_shared_arcs_that_touch_are_one_line():
    assert line_of(SOUTH, (WEST, EAST, 0, [(0, 1), (0, 2)]), NORTH).equals(LineString([(0, 0), (0, 3)]))


def test_where_the_two_draw_apart_each_has_its_own_line():
    own = (WEST, 0, 0, [(0, 1), (0.1, 1.5), (0, 2)])
    other = (EAST, 0, 0, [(0, 1), (-0.2, 1.5), (0, 2)])
    west, east = (line_of(SOUTH, NORTH, own, other, drawn_by=code) for code in ("WE", "EA"))
    assert len(west.geoms) == len(east.geoms) == 1
    assert west.bounds[2] == pytest.approx(0.1)
    assert east.bounds[0] == pytest.approx(-0.2)
    assert line_of(SOUTH, NORTH, own, other).equals(west)  # the shorter
    lens = frontier_of(world(SOUTH, NORTH, own, other), EAST, WEST).lenses[0]
    assert lens.width_m == pytest.approx(0.3 * 111_320, rel=0.05)


def test_a_gap_that_only_one_closes_stays_open():
    own = (WEST, 0, 0, [(0, 1), (0.1, 1.5), (0, 2)])
    assert len(line_of(SOUTH, NORTH, own).geoms) == 2


def test_two_coasts_far_apart_are_no_border():
    west = (WEST, 0, 0, [(0, 1), (-1, 1.5), (0, 2)])
    east = (EAST, 0, 0, [(0, 1), (1, 1.5), (0, 2)])
    assert len(line_of(SOUTH, NORTH, west, east).geoms) == 2


def test_what_is_shared_at_sea_is_no_land_border():
    assert len(line_of(SOUTH, NORTH, (WEST, EAST, 1, [(0, 1), (0, 2)])).geoms) == 2


@pytest.mark.parametrize(("apart", "pieces"), [(0.01, 1), (0.03, 2)])
def test_ends_within_two_kilometres_are_joined(apart, pieces):
    assert len(line_of(SOUTH, (WEST, EAST, 0, [(0, 1 + apart), (0, 3)])).geoms) == pieces


def test_a_line_is_not_joined_to_its_own_other_end():
    nearly_closed = (WEST, EAST, 0, [(0, 0), (1, 0), (1, 1), (0.005, 0.005)])
    assert not line_of(nearly_closed).geoms[0].is_ring


def test_an_enclave_that_touches_the_border_does_not_break_it():
    touching = (WEST, EAST, 0, [(0, 1), (0.1, 1.05), (0.1, 0.95), (0, 1)])
    lines = line_of(SOUTH, (WEST, EAST, 0, [(0, 1), (0, 3)]), touching).geoms
    assert sorted(line.is_ring for line in lines) == [False, True]
    assert max(map(length_m, lines)) == pytest.approx(length_m(LineString([(0, 0), (0, 3)])))


def test_countries_without_a_shared_arc_have_no_frontier():
    assert frontier_of(world((WEST, 0, 0, [(0, 0), (0, 1)])), WEST, EAST) is None
    assert frontier_of(world(SOUTH), WEST, WEST) is None


def test_a_frontier_is_the_same_from_either_side():
    data = world(SOUTH, NORTH)
    one, other = frontier_of(data, WEST, EAST), frontier_of(data, EAST, WEST)
    assert isinstance(one, Frontier)
    assert one.pair == other.pair == ("WE", "EA")
    assert shapely.equals(one.line(), other.line())


def test_what_both_draw_on_alongside_each_other_is_border_up_to_a_third_country():
    """A parallel without a vertex in common: one runs on along a third country, the other turns off at the corner."""
    own = (WEST, 0, 0, [(0, 1), (0, 5), (-3, 5)])
    other = (EAST, 0, 0, [(0, 1), (0, 1.7), (0, 2.5), (3, 2.5)])
    for code in ("WE", "EA"):
        line = line_of(SOUTH, own, other, drawn_by=code)
        assert len(line.geoms) == 1
        assert line.bounds[3] == pytest.approx(2.5, abs=0.01)


def test_a_river_that_both_claim_is_border_on_both_banks():
    own = (WEST, 0, 0, [(0, 1), (0.005, 1.1), (0.005, 2), (-1, 2)])
    other = (EAST, 0, 0, [(0, 1), (0, 2), (1, 2)])
    frontier = frontier_of(world(SOUTH, own, other), WEST, EAST)
    assert frontier.line("WE").bounds[3] == pytest.approx(2.0, abs=0.02)
    assert frontier.lenses[0].width_m == pytest.approx(0.005 * 111_320, rel=0.1)


@pytest.mark.parametrize("degrees", [60, 120, 180])
def test_coasts_that_part_at_the_end_of_a_border_are_none(degrees):
    half = np.radians(degrees / 2)
    west = (WEST, 0, 0, [(0, 1), (-np.sin(half), 1 + np.cos(half))])
    east = (EAST, 0, 0, [(0, 1), (np.sin(half), 1 + np.cos(half))])
    assert line_of(SOUTH, west, east).bounds == (0, 0, 0, 1)


def test_arcs_that_part_after_a_short_way_are_border_until_then():
    """Two kilometres alongside, then one turns off along a third country and the other runs on for 800 metres."""
    own = (WEST, 0, 0, [(0, 1), (0, 1.02), (0.02, 1.03)])
    other = (EAST, 0, 0, [(0, 1), (0, 1.0125)])
    for code in ("WE", "EA"):
        assert line_of(SOUTH, own, other, drawn_by=code).bounds[3] == pytest.approx(1.0125, abs=0.002)
