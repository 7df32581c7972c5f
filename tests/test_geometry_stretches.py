"""Stretches of roads and other lines: where they begin and end, what of that is known, and how long they are."""

import pytest
import shapely
from shapely.geometry import LineString

from geomap.errors import InputError, UnknownRoadError
from geomap.geometry.geodesy import area_m2, length_m
from geomap.geometry.shapes import made
from geomap.geometry.stretches import stretch
from geomap.geometry.tracks import track_of
from geomap.models import How, Leg, Place, Route

LINE = LineString([(20.0, 0.0), (21.0, 0.0), (22.0, 0.0)])
DEGREE_M = 111_319.5


def at(lon, lat=0.0, name="there"):
    return Place(f"t:{lon}", name, lon, lat, precision_m=1_000)


def ends(line):
    xs = shapely.get_coordinates(line)[:, 0]
    return float(xs.min()), float(xs.max())


def test_between_two_places_in_any_order():
    one = stretch(LINE, start=at(20.5, name="Aba"), end=at(21.5, 0.1, "Buta"))
    other = stretch(LINE, start=at(21.5, 0.1, "Buta"), end=at(20.5, name="Aba"))
    assert one.geometry.equals(other.geometry)
    assert ends(one.geometry) == pytest.approx((20.5, 21.5), abs=1e-6)
    assert one.length_m == pytest.approx(DEGREE_M, rel=1e-4)
    assert one.published_limits
    assert one.possible is None
    assert "from Aba to Buta" in one.built_from


def test_a_length_from_an_end_of_the_road_can_only_lead_on():
    found = stretch(LINE, start=at(20.0), length_m=30_000)
    assert ends(found.geometry) == pytest.approx((20.0, 20.0 + 30_000 / DEGREE_M), abs=1e-4)
    assert (found.possible, found.published_limits) == (None, True)
    back = stretch(LINE, start=at(22.0), length_m=30_000)
    assert ends(back.geometry) == pytest.approx((22.0 - 30_000 / DEGREE_M, 22.0), abs=1e-4)


def test_a_length_from_the_middle_of_a_road_may_lead_either_way():
    found = stretch(LINE, start=at(21.0), length_m=30_000)
    assert "which way" in found.built_from
    assert not found.published_limits
    assert ends(found.possible) == pytest.approx((21 - 30_000 / DEGREE_M, 21 + 30_000 / DEGREE_M), abs=1e-4)


@pytest.mark.parametrize(("goal", "first", "last"), [(22.0, 21.0, 21.27), (20.2, 20.73, 21.0)])
def test_towards_a_place_says_which_way(goal, first, last):
    found = stretch(LINE, start=at(21.0), towards=at(goal, name="Goal"), length_m=30_000)
    assert ends(found.geometry) == pytest.approx((first, last), abs=0.01)
    assert found.published_limits
    assert "towards Goal" in found.built_from


def test_of_a_range_the_low_end_is_sure_and_the_high_end_possible():
    found = stretch(LINE, start=at(20.0), length_m=(30_000, 35_000))
    assert found.length_m == pytest.approx(30_000, rel=1e-3)
    assert length_m(found.possible) == pytest.approx(35_000, rel=1e-3)
    assert not found.published_limits


def test_up_to_a_length_nothing_is_sure():
    found = stretch(LINE, start=at(20.0), length_m=(0, 35_000))
    assert found.geometry.is_empty
    assert length_m(found.possible) == pytest.approx(35_000, rel=1e-3)


def test_about_a_place_any_stretch_that_holds_it_is_possible():
    found = stretch(LINE, around=at(21.0), length_m=20_000)
    assert ends(found.geometry) == pytest.approx((20.91, 21.09), abs=0.001)
    assert ends(found.possible) == pytest.approx((20.82, 21.18), abs=0.001)
    assert "assumed" in found.built_from


def test_in_an_area_all_of_it_is_possible():
    area = shapely.box(20.2, -1, 21.2, 1)
    found = stretch(LINE, within=area, length_m=40_000)
    assert ends(found.possible) == pytest.approx((20.2, 21.2), abs=1e-3)
    assert found.length_m == pytest.approx(40_000, rel=1e-3)
    whole = stretch(LINE, within=area)
    assert ends(whole.geometry) == pytest.approx((20.2, 21.2), abs=1e-3)
    assert whole.possible is None


def test_what_may_be_in_an_uncertain_area_is_possible():
    area = made(shapely.box(20.2, -1, 21.2, 1), "a zone", possible=shapely.box(20.0, -1, 21.5, 1))
    found = stretch(LINE, within=area)
    assert ends(found.geometry) == pytest.approx((20.2, 21.2), abs=1e-3)
    assert ends(found.possible) == pytest.approx((20.0, 21.5), abs=1e-3)


def test_a_road_in_several_parts_of_an_area_is_all_of_them():
    area = shapely.union(shapely.box(20.0, -1, 20.5, 1), shapely.box(21.5, -1, 22.0, 1))
    assert stretch(LINE, within=area).length_m == pytest.approx(DEGREE_M, rel=1e-3)


def test_with_a_width_it_is_a_polygon_half_as_wide_to_either_side():
    found = stretch(LINE, start=at(20.5), end=at(21.5), width_m=10_000)
    assert found.area_m2 == pytest.approx(10_000 * DEGREE_M, rel=0.005)
    assert ends(found.geometry) == pytest.approx((20.5, 21.5), abs=1e-3)
    assert found.geometry.bounds[3] == pytest.approx(5_000 / 110_574, rel=0.01)


def test_with_a_width_alone_it_is_the_corridor_of_all_the_line():
    assert stretch(LINE, width_m=10_000).area_m2 == pytest.approx(20_000 * DEGREE_M, rel=0.005)


def test_a_range_of_widths_is_sure_at_its_low_end():
    found = stretch(LINE, start=at(20.5), end=at(21.5), width_m=(4_000, 10_000))
    assert found.area_m2 == pytest.approx(4_000 * DEGREE_M, rel=0.005)
    assert area_m2(found.possible) == pytest.approx(10_000 * DEGREE_M, rel=0.005)


def test_a_length_is_measured_along_the_road_not_the_line_that_is_drawn():
    leg = Leg(How.INFERRED, LINE, 1.5 * length_m(LINE))
    found = stretch(Route((leg,)), start=at(20.0), length_m=60_000)
    assert found.length_m == pytest.approx(60_000, rel=1e-3)
    assert length_m(found.geometry) == pytest.approx(40_000, rel=1e-3)
    assert track_of(Route((leg,))).total_m == pytest.approx(3 * DEGREE_M, rel=1e-4)


def test_a_length_that_does_not_fit_its_ends_is_told():
    found = stretch(LINE, start=at(20.0), end=at(22.0), length_m=30_000)
    assert "223 km long, not 30 km" in found.issues[0].message
    assert not stretch(LINE, start=at(20.0), end=at(22.0), length_m=220_000).issues


def test_a_road_shorter_than_the_length_is_told():
    found = stretch(LINE, within=shapely.box(20.0, -1, 20.2, 1), length_m=50_000)
    assert "only 22 km" in found.issues[0].message


@pytest.mark.parametrize(
    ("road", "countries", "start", "end", "low", "high"),
    [
        ("M5", ("SY",), "Homs", "Hama", 40, 55),
        ("Kyiv-Chernihiv highway", (), "Kyiv", "Chernihiv", 125, 160),
        ("Kabul-Kandahar highway", (), "Kabul", "Kandahar", 420, 560),
        ("I-35", ("US",), "Austin", "Dallas", 280, 360),
    ],
)
def test_roads_by_name_on_three_continents(road, countries, start, end, low, high):
    found = stretch(road, countries=countries, start=start, end=end)
    assert low < found.length_m / 1000 < high
    assert found.geometry.geom_type == "LineString"


def test_the_country_of_its_ends_says_which_road_is_meant():
    assert stretch("M5", start="Homs", end="Hama").length_m == stretch("M5 in Syria", start="Homs", end="Hama").length_m


def test_a_river_has_stretches_too():
    found = stretch("Euphrates", start="Raqqa", end="Deir ez-Zor", width_m=10_000)
    assert 130e3 < found.area_m2 / 10_000 < 190e3
    assert area_m2(found.possible) > 1.3 * found.area_m2  # the river itself may be 2 km off
    assert "right within 2 km" in found.built_from


@pytest.mark.parametrize(
    ("asked", "error", "says"),
    [
        ({"road": LINE}, InputError, "which part"),
        ({"road": LINE, "length_m": 5_000}, InputError, "which part"),
        ({"road": LINE, "start": at(20.0)}, InputError, "which part"),
        ({"road": LINE, "start": at(20.0), "length_m": -5}, InputError, "no length"),
        ({"road": LINE, "start": at(20.0), "length_m": 0}, InputError, "no length"),
        ({"road": LINE, "start": at(20.0), "end": at(20.0)}, InputError, "places apart"),
        ({"road": LINE, "start": at(20.0), "end": at(21.0, 3.0)}, InputError, "near it"),
        ({"road": LINE, "start": at(21.0), "towards": at(21.0), "length_m": 5_000}, InputError, "further along"),
        ({"road": LINE, "start": at(20.0), "end": at(21.0), "width_m": -3}, InputError, "no width"),
        ({"road": LINE, "within": shapely.box(0, 0, 1, 1)}, InputError, "does not run through"),
        ({"road": "M999"}, UnknownRoadError, "M999"),
        ({"road": "M4"}, UnknownRoadError, "say in which country"),
        ({"road": "M4", "countries": ("AF",)}, UnknownRoadError, "known in AF"),
        ({"road": "Goma", "start": at(29.0), "length_m": 5}, InputError, "is no line"),
    ],
)
def test_what_says_too_little_or_nonsense_is_refused(asked, error, says):
    with pytest.raises(error, match=says):
        stretch(asked.pop("road"), **asked)
