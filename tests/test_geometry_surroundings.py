"""What is surely and what is possibly within a distance of places, lines and areas."""

import math

import numpy as np
import pytest
import shapely

from geomap.errors import InputError, UnknownPlaceError
from geomap.geometry.anchors import line_of
from geomap.geometry.borders import country
from geomap.geometry.geodesy import area_m2, destination
from geomap.geometry.shapes import made, reach
from geomap.geometry.surroundings import around, least_and_most, span_text
from geomap.models import Place

TOWN = Place("t:1", "Town", 29.2, -1.7, "CD", feature="P.PPL", precision_m=4_000)
BASE = Place("t:2", "Base", 42.4, 33.8, "IQ", feature="S.AIRB", precision_m=3_000)
SOMEWHERE = Place("t:3", "Somewhere", 40.3, 36.3, "SY", feature="L.RGN", precision_m=50_000)


def disc(radius):
    return math.pi * radius**2


def test_of_a_town_the_middle_is_sure_and_the_edge_possible():
    found = around(TOWN, 10_000)
    assert found.area_m2 == pytest.approx(disc(10_000), rel=0.005)
    assert area_m2(found.possible) == pytest.approx(disc(14_000), rel=0.005)
    assert "possibly to its edge, 4 km out" in found.built_from


def test_of_a_place_that_is_not_exactly_known_its_error_counts_both_ways():
    found = around(BASE, 10_000)
    assert found.area_m2 == pytest.approx(disc(7_000), rel=0.005)
    assert area_m2(found.possible) == pytest.approx(disc(13_000), rel=0.005)


@pytest.mark.parametrize("turn", range(0, 360, 45))
def test_wherever_the_place_is_what_is_sure_is_near_it_and_what_is_near_it_possible(turn):
    truth = destination(BASE.lon, BASE.lat, turn, 2_999)
    found = around(BASE, 10_000)
    for bearing in range(0, 360, 30):
        assert shapely.contains_xy(reach(found), *destination(*truth, bearing, 9_950))
        assert not shapely.contains_xy(found.geometry, *destination(*truth, bearing, 10_050))


def test_a_range_is_sure_at_its_low_end_and_possible_at_its_high():
    found = around(shapely.Point(10, 60), (20_000, 30_000))
    assert found.area_m2 == pytest.approx(disc(20_000), rel=0.005)
    assert area_m2(found.possible) == pytest.approx(disc(30_000), rel=0.005)
    assert not found.published_limits
    assert "20 to 30 km" in found.built_from


def test_up_to_a_distance_nothing_is_sure():
    found = around(shapely.Point(10, 60), (0, 30_000))
    assert found.geometry.is_empty
    assert area_m2(found.possible) == pytest.approx(disc(30_000), rel=0.005)


def test_nearer_than_a_place_is_known_nothing_is_sure_and_an_issue_says_so():
    found = around(BASE, 2_000)
    assert found.geometry.is_empty
    assert "known within 3 km" in found.issues[0].message
    assert area_m2(found.possible) == pytest.approx(disc(5_000), rel=0.005)


def test_an_area_whose_outline_is_not_known_is_somewhere_in_its_circle():
    found = around(SOMEWHERE, 60_000)
    assert found.area_m2 == pytest.approx(disc(10_000), rel=0.005)
    assert area_m2(found.possible) == pytest.approx(disc(110_000), rel=0.005)


@pytest.mark.parametrize("lat", [0.0, 33.0, -54.0, 68.0, 80.0])
@pytest.mark.parametrize("lon", [15.0, 179.95, -179.95])
def test_the_distance_is_right_at_any_latitude_and_across_the_antimeridian(lon, lat):
    found = around(shapely.Point(lon, lat), 30_000)
    assert found.area_m2 == pytest.approx(disc(30_000), rel=0.005)
    west, _, east, _ = found.geometry.bounds
    assert -180 <= west <= east <= 180
    for bearing in range(0, 360, 20):
        for distance, inside in ((29_850, True), (30_150, False)):
            x, y = destination(lon, lat, bearing, distance)
            assert shapely.intersects_xy(found.geometry, (x + 180) % 360 - 180, y) == inside


@pytest.mark.parametrize(("lat", "radius"), [(90.0, 50_000), (89.9, 50_000), (-89.95, 20_000), (85.0, 1_000_000)])
def test_around_a_pole_all_longitudes_are_near(lat, radius):
    found = around(shapely.Point(10.0, lat), radius)
    cap = 2 * math.pi * 6_371_007**2 * (1 - math.cos(radius / 6_371_007))
    assert found.area_m2 == pytest.approx(cap, rel=0.01)
    assert found.geometry.is_valid
    assert shapely.intersects_xy(found.geometry, -120.0, math.copysign(89.99, lat))
    for bearing in range(0, 360, 30):
        x, y = destination(10.0, lat, bearing, 0.98 * radius)
        assert shapely.intersects_xy(found.geometry, (x + 180) % 360 - 180, y)
        x, y = destination(10.0, lat, bearing, 1.02 * radius)
        assert not shapely.intersects_xy(found.geometry, (x + 180) % 360 - 180, y)


def test_around_an_area_its_inside_belongs_to_it_and_a_ring_leaves_it_out():
    whole, edge = around("RW", 20_000), around("RW", 20_000, ring=True)
    land = area_m2(country("RW"))
    assert whole.area_m2 - edge.area_m2 == pytest.approx(land, rel=1e-3)
    assert area_m2(shapely.intersection(edge.geometry, country("RW"))) < 1e-3 * land


def test_a_ring_round_a_town_may_begin_in_its_middle():
    found = around(TOWN, 10_000, ring=True)
    assert found.area_m2 == pytest.approx(disc(10_000) - disc(4_000), rel=0.005)
    assert shapely.contains_xy(reach(found), TOWN.lon, TOWN.lat)


def test_around_what_is_built_its_possible_part_may_have_surroundings_too():
    built = made(shapely.box(30, 0, 31, 1), "a zone", possible=shapely.box(29.5, 0, 31, 1))
    found = around(built, 10_000)
    assert shapely.contains_xy(found.geometry, 29.95, 0.5)
    assert not shapely.contains_xy(found.geometry, 29.6, 0.5)
    assert shapely.contains_xy(found.possible, 29.45, 0.5)


def test_around_several_is_around_each():
    found = around([TOWN, BASE], 10_000)
    assert found.area_m2 == pytest.approx(disc(10_000) + disc(7_000), rel=0.005)
    assert "Town or Base" in found.built_from


def test_around_a_line_and_in_a_region():
    line = shapely.LineString([(29.0, -2.0), (31.0, -2.0)])
    found = around(line, 5_000, within="RW")
    assert area_m2(shapely.difference(found.geometry, country("RW"))) < 1.0
    for x in np.linspace(29.4, 30.6, 7):
        assert shapely.contains_xy(found.geometry, x, -1.957)
        assert not shapely.contains_xy(found.geometry, x, -1.953)


@pytest.mark.parametrize(
    ("side", "north", "south"), [("left", True, False), ("right", False, True), ("both", True, True)]
)
def test_along_a_line_a_side_is_a_band_with_square_ends(side, north, south):
    line = shapely.LineString([(29.0, -2.0), (30.0, -2.0)])
    found = around(line, 5_000, side=side)
    assert found.area_m2 == pytest.approx((north + south) * 5_000 * 111_250, rel=0.005)
    assert shapely.contains_xy(found.geometry, 29.5, -1.96) == north
    assert shapely.contains_xy(found.geometry, 29.5, -2.04) == south
    assert found.geometry.bounds[0] == pytest.approx(29.0, abs=1e-4)


def test_beside_a_river_that_may_be_off_the_bank_itself_is_not_sure():
    found = around("Euphrates", 10_000, side="left", within="SY")
    river = shapely.intersection(line_of("Euphrates").shape, shapely.buffer(country("SY"), -0.1))
    water = shapely.get_coordinates(river)
    assert not shapely.intersects_xy(found.geometry, *water.T).any()
    assert shapely.intersects_xy(found.possible, *water.T).all()
    assert shapely.intersects_xy(found.geometry, 39.01, 35.96)  # north of the river at Raqqa
    assert not shapely.intersects_xy(found.possible, 39.01, 35.85)


@pytest.mark.parametrize(
    ("distance", "says"),
    [(0, "no distance"), (-5_000, "no distance"), (math.nan, "no distance"), (math.inf, "no distance"),
     (6_000_000, "at most 5,000 km"), ((30_000, 20_000), "ends before it begins"), ((-1, 5), "no distance")],
)  # fmt: skip
def test_a_distance_that_is_none_is_refused(distance, says):
    with pytest.raises(InputError, match=says):
        around(TOWN, distance)


def test_nothing_the_sea_of_names_and_lines_without_inside_are_refused():
    with pytest.raises(InputError, match="nothing is given"):
        around([], 10_000)
    with pytest.raises(UnknownPlaceError, match="Xyzzyq"):
        around("Xyzzyq", 10_000)
    with pytest.raises(InputError, match="no inside"):
        around(shapely.LineString([(0, 0), (1, 1)]), 10_000, ring=True)
    with pytest.raises(InputError, match="only a line"):
        around(TOWN, 10_000, side="left")
    with pytest.raises(InputError, match="no side of a line"):
        around(shapely.LineString([(0, 0), (1, 1)]), 10_000, side="north")
    with pytest.raises(InputError, match="nothing is left"):
        around(TOWN, 10_000, within="FI")
    with pytest.raises(InputError, match="is empty"):
        around(shapely.Point(), 10_000)


def test_lengths_in_words():
    assert [span_text(30_000, 30_000), span_text(30_000, 35_000), span_text(0, 20_000), span_text(500, 500)] == [
        "30 km", "30 to 35 km", "up to 20 km", "500 m",
    ]  # fmt: skip
    assert least_and_most((1, 2), "width") == (1.0, 2.0)
