"""Regions cut along lines that wind, end inside or miss them, and what lies between two lines."""

import numpy as np
import pytest
import shapely
from shapely.geometry import LineString, Point, box

from geomap.geometry.cutting import interspace, joined, sides_of, turned_to

REGION = box(0, 0, 10, 10)
UP = LineString([(5, -1), (5, 11)])


def winding(seed, count=40):
    """A river from south to north that winds by up to 3 degrees and, for stretches, runs back."""
    rng = np.random.default_rng(seed)
    along = np.linspace(-1, 11, count)
    bends = 5 + np.convolve(rng.normal(0, 2.0, count), np.ones(5) / 5, mode="same")
    return LineString(np.column_stack([bends, along]))


def test_left_and_right_are_those_of_who_follows_the_line():
    found = sides_of(REGION, UP)
    assert found.left.equals(box(0, 0, 5, 10))
    assert found.right.equals(box(5, 0, 10, 10))
    back = sides_of(REGION, shapely.reverse(UP))
    assert back.left.equals(found.right)
    assert found.of("left") is found.left


@pytest.mark.parametrize(
    ("bearing", "hand"), [(90, "right"), (270, "left"), (45, "right"), (225, "left"), (0, None), (180, None)]
)
def test_a_wind_is_a_hand_unless_the_line_runs_that_way(bearing, hand):
    assert turned_to(sides_of(REGION, UP), bearing) == hand


@pytest.mark.parametrize("seed", range(8))
def test_a_winding_river_parts_a_region_whole(seed):
    line = winding(seed)
    found = sides_of(REGION, line)
    assert found.left.area + found.right.area == pytest.approx(REGION.area)
    assert shapely.intersection(found.left, found.right).area < 1e-9
    assert (turned_to(found, 90), turned_to(found, 270)) == ("right", "left")
    # what touches the western edge lies west of it, whatever the bends
    assert shapely.contains_xy(found.left, 0.01, 5.0)
    assert shapely.contains_xy(found.right, 9.99, 5.0)


def test_a_line_that_ends_inside_is_led_on_straight():
    found = sides_of(REGION, LineString([(5, -1), (5, 6)]))
    assert found.left.area == pytest.approx(50, abs=1e-4)
    assert found.extended_m == pytest.approx(4 * 110.6e3, rel=0.01)
    assert sides_of(REGION, UP).extended_m == 0


def test_led_on_leaning_to_the_left_the_left_becomes_the_smaller():
    line = LineString([(5, 3), (5, 7)])
    areas = [sides_of(REGION, line, lean_deg=lean).left.area for lean in (45, 0, -45)]
    assert areas[1] == pytest.approx(50, abs=1e-3)
    assert areas[0] == pytest.approx(50 - 3 * 3, rel=0.02)  # a triangle of 3 by 3 degrees at either end
    assert areas[2] == pytest.approx(50 + 3 * 3, rel=0.02)


def test_a_line_with_both_ends_inside_is_led_on_at_both():
    found = sides_of(REGION, LineString([(3, 4), (5, 5), (7, 6)]))
    assert found.left.area + found.right.area == pytest.approx(100)
    assert shapely.contains_xy(found.left, 5, 9)
    assert shapely.contains_xy(found.right, 5, 1)


def test_a_bend_out_of_the_region_and_back_makes_a_piece_of_its_side():
    line = LineString([(5, -1), (5, 3), (12, 4), (12, 6), (5, 7), (5, 11)])
    found = sides_of(REGION, line)
    assert shapely.contains_xy(found.left, 9, 5)
    assert shapely.contains_xy(found.right, 9, 1)
    assert shapely.contains_xy(found.right, 9, 9)


def test_islands_go_to_the_side_they_lie_on():
    region = shapely.MultiPolygon([REGION, box(11, 4, 12, 5), box(-3, 4, -2, 5)])
    found = sides_of(region, UP)
    assert shapely.contains_xy(found.right, 11.5, 4.5)
    assert shapely.contains_xy(found.left, -2.5, 4.5)


def test_a_line_with_a_spur_cuts_like_one_without():
    spur = LineString([(5, -1), (5, 4), (6, 4), (5, 4), (5, 11)])
    assert sides_of(REGION, spur).left.area == pytest.approx(50)


@pytest.mark.parametrize(("x", "hand"), [(-2, "right"), (13, "left")])
def test_a_line_beside_a_region_has_all_of_it_on_one_side(x, hand):
    found = sides_of(REGION, LineString([(x, -1), (x, 11)]))
    assert found.of(hand).equals(REGION)
    assert turned_to(found, 90 if hand == "right" else 270) == hand


def test_what_lies_between_two_lines_is_closed_across_at_the_shorter():
    found = interspace(LineString([(0, 0), (10, 0)]), LineString([(2, 1), (8, 1)]))
    assert found.faced.bounds == pytest.approx((2, 0, 8, 1), abs=0.01)
    assert found.closed.area == pytest.approx(8, abs=0.01)
    assert shapely.difference(found.faced, found.closed).area < 1e-9


@pytest.mark.parametrize("turn", [False, True])
def test_the_directions_of_the_lines_do_not_matter(turn):
    lower, upper = LineString([(0, 0), (5, 0.3), (10, 0)]), LineString([(0, 2), (10, 2)])
    found = interspace(lower, shapely.reverse(upper) if turn else upper)
    assert found.closed.area == pytest.approx(18.5)


def test_lines_that_cross_enclose_a_part_on_either_side():
    found = interspace(LineString([(0, 0), (10, 2)]), LineString([(0, 2), (10, 0)]))
    assert shapely.contains_xy(found.closed, 1, 1)
    assert shapely.contains_xy(found.closed, 9, 1)
    assert not shapely.contains_xy(found.closed, 5, 1.9)


@pytest.mark.parametrize("seed", range(6))
def test_a_spot_between_two_rivers_is_between_them(seed):
    rng = np.random.default_rng(seed)
    x = np.linspace(0, 10, 60)
    wave = [np.convolve(rng.normal(0, 0.6, 60), np.ones(9) / 9, mode="same") for _ in range(2)]
    lower, upper = LineString(np.column_stack([x, wave[0]])), LineString(np.column_stack([x, 3 + wave[1]]))
    found = interspace(lower, upper)
    for u, v in rng.uniform((0.5, -1), (9.5, 4), (100, 2)):
        low, high = np.interp(u, x, wave[0]), np.interp(u, x, 3 + wave[1])
        if min(abs(v - low), abs(v - high)) > 0.05:
            assert found.closed.contains(Point(u, v)) == (low < v < high)


def test_parts_of_a_line_are_led_together_over_small_gaps_only():
    line = shapely.MultiLineString([[(0, 0), (1, 0)], [(1.1, 0), (3, 0)], [(9, 0), (9.5, 0)]])
    assert joined(line, 30_000).bounds == (0, 0, 3, 0)
    assert joined(line, 1_000).bounds == (1.1, 0, 3, 0)
