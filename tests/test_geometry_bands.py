import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import LineString, MultiLineString, Point, Polygon

from geomap.errors import InputError
from geomap.geometry.bands import WIDEST_M, corridor, flat_band
from geomap.geometry.geodesy import area_m2, cut, destination, ellipsoid, length_m, point_at

BENT = LineString([(30.0, 36.0), (31.0, 36.2), (31.2, 36.9), (32.0, 37.0)])


def distances(line, points):
    """Geodesic distances in metres from points to a line, measured to vertices every 20 m or so."""
    spots = shapely.get_coordinates(shapely.segmentize(line, 0.0002))
    return np.array([ellipsoid().inv(*np.broadcast_to(p, spots.shape).T, *spots.T)[2].min() for p in points])


@pytest.mark.parametrize("lat", [0.0, -34.0, 49.0, 68.0])
@pytest.mark.parametrize(("left", "right"), [(5000.0, 5000.0), (8000.0, 1000.0), (3000.0, 0.0), (0.0, 3000.0)])
def test_a_band_has_its_widths_and_its_area_at_any_latitude(lat, left, right):
    line = LineString([(20.0, lat), (24.0, lat)])
    band = corridor(line, left_m=left, right_m=right)
    assert area_m2(band) == pytest.approx(length_m(line) * (left + right), rel=0.005)
    # A parallel is no geodesic: its band is held to the line as it is drawn, straight in lon and lat.
    for share, width, turn in ((0.2, left, 0.0), (0.5, left, 0.0), (0.2, right, 180.0), (0.7, right, 180.0)):
        if width == 0.0:
            continue
        here = 20.0 + 4.0 * share, lat
        assert band.intersects(Point(destination(*here, turn, width * 0.99)))
        assert not band.covers(Point(destination(*here, turn, width * 1.01 + 1.0)))


def test_both_hands_make_the_whole():
    left = corridor(BENT, left_m=5000, right_m=0)
    right = corridor(BENT, left_m=0, right_m=2000)
    both = corridor(BENT, left_m=5000, right_m=2000)
    assert left.intersection(right).area < 1e-9
    assert area_m2(both) == pytest.approx(area_m2(left) + area_m2(right), rel=5e-4)
    assert left.contains(Point(30.5, 36.12))
    assert not left.intersects(Point(30.5, 36.08))


def test_ends_are_square_or_round():
    line = LineString([(20.0, 0.0), (21.0, 0.0)])
    flat = corridor(line, left_m=10_000, right_m=10_000)
    assert flat.bounds[0] == pytest.approx(20.0, abs=1e-6)
    rounded = corridor(line, left_m=10_000, right_m=10_000, flat_ends=False)
    assert rounded.bounds[0] == pytest.approx(destination(20.0, 0.0, 270.0, 10_000.0)[0], abs=1e-4)
    assert area_m2(rounded) == pytest.approx(area_m2(flat) + np.pi * 1e8, rel=0.002)


def test_a_line_that_ends_in_small_bends_leaves_no_bulge_beyond_its_end():
    xs = np.linspace(20.0, 21.0, 201)
    line = LineString(np.column_stack([xs, 0.004 * np.sin(xs * 300.0)]))
    band = corridor(line, left_m=10_000, right_m=10_000)
    assert band.bounds[0] == pytest.approx(20.0, abs=0.01)
    assert len(shapely.get_parts(band)) == 1


def test_bands_of_parts_that_follow_each_other_meet_in_one_line():
    total = length_m(BENT)
    first = flat_band(BENT, 5000, last_m=total / 2, cut_first=False)
    second = flat_band(BENT, 5000, first_m=total / 2, cut_last=False)
    whole = flat_band(BENT, 5000, cut_first=False, cut_last=False)
    assert area_m2(first.intersection(second)) < 1e-4 * area_m2(whole)
    assert area_m2(whole.difference(shapely.union_all([first, second]))) < 1e-4 * area_m2(whole)


def test_a_line_that_comes_back_keeps_what_lies_past_its_cut():
    """A hairpin: its far arm runs past the end of the near one, and its band stays."""
    hairpin = LineString([(20.5, 0.0), (22.0, 0.0), (22.0, 0.3), (20.0, 0.3)])
    band = corridor(hairpin, left_m=10_000, right_m=10_000)
    assert band.covers(Point(20.2, 0.3))
    assert not band.intersects(Point(20.45, 0.0))


@pytest.mark.parametrize(
    "line",
    [
        LineString([(179.0, 65.0), (181.0, 66.0)]),
        LineString([(179.0, 65.0), (-179.0, 66.0)]),
        LineString([(-181.0, 65.0), (-179.0, 66.0)]),
        MultiLineString([[(179.0, 65.0), (180.0, 65.5)], [(-180.0, 65.5), (-179.0, 66.0)]]),
    ],
)
def test_a_band_across_the_antimeridian_is_cut_there_and_loses_nothing(line):
    band = corridor(line, left_m=10_000, right_m=10_000)
    assert band.geom_type == "MultiPolygon"
    assert -180.0 <= band.bounds[0] < band.bounds[2] <= 180.0
    same = LineString([(9.0, 65.0), (11.0, 66.0)])
    assert area_m2(band) == pytest.approx(area_m2(corridor(same, left_m=10_000, right_m=10_000)), rel=1e-4)
    assert band.intersects(Point(179.99, 65.5))
    assert band.intersects(Point(-179.99, 65.5))


def test_a_ring_has_an_inside_and_an_outside():
    ring = LineString([(0, 0), (1, 0), (1, 1), (0, 1), (0, 0)])
    inside = corridor(ring, left_m=1000, right_m=0)
    assert Polygon(ring).buffer(1e-9).covers(inside)
    assert inside.interiors
    assert not corridor(ring, left_m=0, right_m=1000).contains(Point(0.5, 0.001))


@pytest.mark.parametrize("width", [1.0, 50.0, 200_000.0, 1_000_000.0])
def test_any_width_between_a_metre_and_a_thousand_kilometres(width):
    line = LineString([(20.0, 45.0), (21.0, 45.0)])
    band = corridor(line, left_m=width, right_m=width)
    north = destination(20.5, 45.0, 0.0, width * 0.99)
    beyond = destination(20.5, 45.0, 0.0, width * 1.01 + 1.0)
    assert band.covers(Point(north))
    assert not band.covers(Point(beyond))


@settings(max_examples=25, deadline=None)
@given(
    lat=st.floats(-68, 68),
    turns=st.lists(st.floats(-60, 60), min_size=2, max_size=6),
    width=st.floats(500, 40_000),
)
def test_the_edge_lies_at_the_width_from_the_line(lat, turns, width):
    spots, course = [(10.0, lat)], 90.0
    for turn in turns:
        course += turn
        spots.append(destination(*spots[-1], course, 30_000.0))
    line = LineString(spots)
    band = corridor(line, left_m=width, right_m=width, flat_ends=False)
    edge = shapely.get_coordinates(shapely.segmentize(band.boundary, 0.05))[::7]
    assert np.allclose(distances(line, edge), width, rtol=0.005)


def test_a_part_of_a_line_is_banded_between_its_ends_only():
    total = length_m(BENT)
    band = flat_band(BENT, 1000, first_m=total * 0.25, last_m=total * 0.75)
    assert area_m2(band) == pytest.approx(length_m(cut(BENT, total * 0.25, total * 0.75)) * 2000, rel=0.01)
    assert band.intersects(point_at(BENT, total * 0.5))
    assert not band.intersects(point_at(BENT, total * 0.2))


@pytest.mark.parametrize(("left", "right"), [(0, 0), (-1, 5), (float("nan"), 5), (float("inf"), 1), (WIDEST_M * 2, 1)])
def test_widths_that_make_no_band_are_refused(left, right):
    with pytest.raises(InputError, match="widths"):
        corridor(BENT, left_m=left, right_m=right)


@pytest.mark.parametrize("thing", [Point(0, 0), Point(0, 0).buffer(1), LineString(), LineString([(0, 0), (0, 0)])])
def test_what_is_no_line_has_no_band(thing):
    with pytest.raises(InputError, match="no line"):
        corridor(thing, left_m=10, right_m=10)
