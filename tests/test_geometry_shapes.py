"""What is sure and what is possible of shapes taken together."""

import numpy as np
import pytest
import shapely

from geomap.errors import InputError
from geomap.geometry.shapes import about, difference, intersection, made, reach, union
from geomap.models import Issue, Shape


def shape(sure, possible=None, words="a", **more):
    return made(shapely.box(*sure), words, possible=None if possible is None else shapely.box(*possible), **more)


A = shape((0, 0, 4, 4), (-1, -1, 5, 5), "a town's ground")
B = shape((3, 0, 8, 4), (2, -1, 9, 5), "a valley")


def test_union_is_sure_where_one_is_and_possible_where_one_may_be():
    found = union(A, B)
    assert found.geometry.equals(shapely.box(0, 0, 8, 4))
    assert found.possible.equals(shapely.box(-1, -1, 9, 5))
    assert "a town's ground" in found.built_from
    assert "a valley" in found.built_from


def test_intersection_is_sure_where_both_are():
    found = intersection(A, B)
    assert found.geometry.equals(shapely.box(3, 0, 4, 4))
    assert found.possible.equals(shapely.box(2, -1, 5, 5))


def test_difference_leaves_out_of_the_sure_what_may_be_the_others():
    found = difference(A, B)
    assert found.geometry.equals(shapely.box(0, 0, 2, 4))
    assert found.possible.equals(shapely.difference(shapely.box(-1, -1, 5, 5), shapely.box(3, 0, 8, 4)))


def test_certain_shapes_stay_certain():
    a, b = shape((0, 0, 2, 2)), shape((1, 0, 3, 2))
    for found in (union(a, b), intersection(a, b), difference(a, b)):
        assert found.possible is None


@pytest.mark.parametrize("operation", [union, intersection, difference])
def test_each_spot_is_judged_by_what_is_known_of_each_shape(operation):
    """Whatever a and b truly are between sure and possible, the result lies between its own sure and possible."""
    rng = np.random.default_rng(7)
    found = operation(A, B)
    meant = {
        union: lambda a, b: a | b,
        intersection: lambda a, b: a & b,
        difference: lambda a, b: a & ~b,
    }[operation]
    for x, y in rng.uniform((-2, -2), (10, 6), (300, 2)):
        states = []
        for part in (A, B):
            least, most = shapely.contains_xy(part.geometry, x, y), shapely.contains_xy(reach(part), x, y)
            states.append({bool(least), bool(most)})
        truths = {meant(np.bool_(a), np.bool_(b)) for a in states[0] for b in states[1]}
        assert bool(shapely.contains_xy(found.geometry, x, y)) == (truths == {True})
        assert bool(shapely.contains_xy(reach(found), x, y)) == (True in truths)


def test_nothing_sure_is_an_empty_polygon_with_a_possible_one():
    found = made(shapely.Polygon(), "somewhere", possible=shapely.box(0, 0, 1, 1))
    assert found.geometry.is_empty
    assert found.area_m2 == 0.0
    assert difference(shape((0, 0, 2, 2)), found).geometry.area == pytest.approx(3.0)


def test_a_line_cut_by_an_area_stays_a_line():
    line = made(shapely.LineString([(0, 0), (10, 0)]), "a road")
    found = intersection(line, shape((2, -1, 5, 1)))
    assert found.geometry.equals(shapely.LineString([(2, 0), (5, 0)]))
    assert found.length_m == pytest.approx(3 * 111_320, rel=0.001)
    assert difference(line, shape((2, -1, 5, 1))).length_m == pytest.approx(7 * 111_320, rel=0.001)


def test_areas_that_only_touch_have_nothing_in_common():
    with pytest.raises(InputError, match="nothing is left"):
        intersection(shape((0, 0, 1, 1)), shape((1, 0, 2, 1)))
    with pytest.raises(InputError, match="nothing is left"):
        difference(shape((0, 0, 1, 1)), shape((-1, -1, 2, 2)))


@pytest.mark.parametrize("call", [union, lambda: intersection(A), lambda: difference(A)])
def test_too_few_shapes_are_refused(call):
    with pytest.raises(InputError):
        call()


def test_a_line_and_an_area_have_no_union():
    with pytest.raises(InputError, match="width"):
        union(A, made(shapely.LineString([(0, 0), (1, 1)]), "a road"))


def test_issues_are_kept_once():
    note = Issue("area", "mind the gap")
    a = shape((0, 0, 2, 2), issues=(note,))
    assert union(a, shape((1, 0, 3, 2), issues=(note,))).issues == (note,)


def test_a_possible_outline_that_adds_nothing_is_left_out():
    assert shape((0, 0, 1, 1), (0, 0, 1, 1)).possible is None
    assert shape((0, 0, 1, 1), (0, 0, 2, 2)).possible.equals(shapely.box(0, 0, 2, 2))


def test_what_is_cut_at_the_antimeridian_is_joined_about_a_longitude_and_cut_again():
    cut = shapely.MultiPolygon([shapely.box(179, -18, 180, -17), shapely.box(-180, -18, -179, -17)])
    whole = about(cut, 180.0)
    assert whole.geom_type == "Polygon"
    assert whole.bounds == (179, -18, 181, -17)
    again = made(whole, "islands")
    assert isinstance(again, Shape)
    assert again.geometry.equals(cut)


def test_the_area_of_long_edges_is_that_of_straight_lines_in_lon_and_lat():
    band = made(shapely.box(0, 59, 90, 60), "a band along the parallel")
    assert band.area_m2 == pytest.approx(111.4e3 * (2 * 3.14159 * 6_378_000 * 0.5038 / 4), rel=0.01)
