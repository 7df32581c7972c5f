"""Sides of rivers, roads and borders on several continents, and what lies between lines."""

import pytest
import shapely

from geomap.errors import InputError, UnknownPlaceError
from geomap.geometry.borders import country
from geomap.geometry.geodesy import area_m2, distance_m
from geomap.geometry.shapes import reach
from geomap.geometry.sides import between, side_of

CASES = [
    # line, side, region, spots on it, spots on the other side (lon, lat), well off the water
    ("Euphrates", "east", "Syria", [(40.75, 36.5), (41.2, 37.0)], [(37.16, 36.2), (36.3, 33.5)]),
    ("Euphrates", "north", "SY", [(40.75, 36.5), (39.0, 36.4)], [(38.3, 34.6), (37.16, 36.2)]),
    ("Tigris", "east", "Iraq", [(44.0, 36.2), (45.4, 35.56)], [(43.3, 33.4), (45.3, 31.3)]),
    ("Nile", "east", "Egypt", [(33.8, 27.25), (32.5, 30.6)], [(25.5, 29.2), (29.0, 25.5)]),
    ("Nile", "east", "Sudan", [(37.2, 19.6), (36.4, 15.5)], [(30.2, 19.0), (29.0, 16.5)]),
    ("Dnipro", "left", "Ukraine", [(36.2, 50.0), (35.4, 46.9)], [(24.0, 49.8), (30.7, 46.5), (33.4, 47.9)]),
    ("the Dnieper", "west", "UA", [(24.0, 49.8), (28.5, 49.2)], [(36.2, 50.0), (37.5, 47.1)]),
    ("Niger", "north", "Mali", [(-3.0, 18.0), (1.4, 18.4)], [(-5.7, 11.3), (-1.7, 15.3)]),
    ("Congo River", "north", "CD", [(21.0, 4.2), (23.0, 3.5)], [(15.5, -5.0), (27.5, -11.6)]),
    ("Mississippi River", "west", "US", [(-96.8, 32.8), (-157.9, 21.4)], [(-84.4, 33.7), (-74.3, 40.8)]),
    ("Mekong", "east", "Cambodia", [(106.9, 12.5), (105.9, 11.1)], [(103.9, 13.4), (104.2, 10.7)]),
    ("Indus", "west", "Pakistan", [(67.0, 30.2), (71.6, 34.0)], [(74.3, 31.5), (73.1, 33.6)]),
    ("Amu Darya", "south", "Afghanistan", [(69.2, 34.5), (66.9, 36.6)], []),
    ("Rhine", "left", "Germany", [(7.0, 49.3), (6.65, 49.75)], [(13.4, 52.5), (9.2, 48.8)]),
]  # fmt: skip


def holds(area, spot):
    return bool(shapely.intersects_xy(area, *spot))


@pytest.mark.parametrize(("line", "side", "region", "here", "there"), CASES, ids=lambda value: str(value)[:12])
def test_places_known_to_lie_on_a_side_do(line, side, region, here, there):
    found = side_of(line, side, within=region)
    assert [spot for spot in here if not holds(found.geometry, spot)] == []
    assert [spot for spot in there if holds(reach(found), spot)] == []
    assert side in found.built_from
    assert shapely.difference(found.geometry, reach(found)).area < 1e-9


@pytest.mark.parametrize(("line", "region"), [("Euphrates", "SY"), ("Nile", "EG"), ("Mekong", "KH"), ("Niger", "ML")])
def test_the_two_banks_make_up_the_region(line, region):
    left, right = (side_of(line, hand, within=region) for hand in ("left", "right"))
    assert area_m2(shapely.intersection(left.geometry, right.geometry)) < 1.0
    whole = area_m2(country(region))
    assert area_m2(shapely.union(reach(left), reach(right))) == pytest.approx(whole, rel=1e-4)
    # a river known within 2 km leaves a strip of 4 km to neither bank
    assert left.area_m2 + right.area_m2 < whole


def test_where_a_river_ends_inside_it_is_led_on_and_told():
    found = side_of("Nile", "east", within="Sudan")
    assert "led on straight" in found.built_from
    assert "assumed" in found.issues[0].message
    assert not found.published_limits


def test_what_depends_on_how_a_river_goes_on_is_possible_only():
    found = side_of(shapely.LineString([(24.0, 3.0), (24.0, 5.0)]), "east", within=shapely.box(20, 0, 28, 5))
    assert holds(found.geometry, (26.0, 2.0))
    for spot in ((24.5, 1.0), (23.5, 1.0)):
        assert holds(found.possible, spot)
        assert not holds(found.geometry, spot)
    assert not holds(found.possible, (22.0, 2.0))


def test_a_river_that_crosses_a_region_leaves_nothing_to_tell():
    assert side_of("Euphrates", "east", within="Syria").issues == ()


@pytest.mark.parametrize(
    ("line", "side", "region", "says"),
    [
        ("Euphrates", "east", "Lebanon", "nothing of Lebanon"),
        ("Nile", "upward", "Egypt", "is no side"),
        ("Goma", "east", "CD", "is no line"),
        ("Nile", "south", "Egypt", "runs toward the south"),
        ("Euphrates", "east", None, "within which country"),
        ("Nile", "east", "M4 in Syria", "has no inside"),
    ],
)
def test_a_side_that_is_none_is_refused(line, side, region, says):
    with pytest.raises((InputError, LookupError), match=says):
        side_of(line, side, within=region)


def test_a_region_that_the_river_misses_lies_on_one_side_whole():
    found = side_of("Euphrates", "west", within="Lebanon")
    assert found.area_m2 == pytest.approx(area_m2(country("LB")), rel=1e-6)
    assert "does not run through" in found.issues[0].message


def test_an_unknown_line_or_region_is_an_error_that_says_so():
    with pytest.raises(UnknownPlaceError, match="Xyzzyq"):
        side_of("Xyzzyq", "east", within="SY")
    with pytest.raises(UnknownPlaceError, match="Qwxzzk"):
        side_of("Nile", "east", within="Qwxzzk")


def test_a_border_and_a_line_given_have_sides_too():
    assert side_of("SY-TR border", "south", within="SY").area_m2 == pytest.approx(area_m2(country("SY")), rel=0.01)
    meridian = shapely.LineString([(24.0, -2.0), (24.0, 12.0)])
    found = side_of(meridian, 90.0, within="CF")
    assert found.geometry.bounds[0] == pytest.approx(24.0)
    assert found.possible is None


def test_a_region_across_the_antimeridian_is_cut_like_any_other():
    line = shapely.LineString([(179.0, -25.0), (179.0, -5.0)])
    east, west = (side_of(line, side, within="FJ") for side in ("east", "west"))
    assert holds(west.geometry, (178.0, -17.8))
    assert holds(east.geometry, (-179.9, -16.8)) or holds(east.geometry, (179.98, -16.8))
    assert east.area_m2 + west.area_m2 == pytest.approx(area_m2(country("FJ")), rel=1e-3)
    assert all(-180 <= x <= 180 for x in shapely.get_coordinates(east.geometry)[:, 0])


@pytest.mark.parametrize(
    ("first", "second", "region", "here", "there"),
    [
        ("Tigris", "Euphrates", "Iraq", [(44.3, 33.5), (45.3, 32.0), (43.0, 34.5)], [(43.0, 31.5), (45.5, 35.5)]),
        ("Blue Nile", "White Nile", "Sudan", [(33.0, 14.4)], [(31.0, 14.0), (35.5, 14.0)]),
        ("Southern Bug", "Dnieper", "Ukraine", [(32.0, 48.5)], [(36.2, 50.0), (25.0, 49.0)]),
        ("Indus", "Amu Darya", None, [(69.2, 34.5)], [(75.5, 30.0)]),
    ],
)
def test_what_lies_between_two_rivers_does(first, second, region, here, there):
    found = between(first, second, within=region)
    assert [spot for spot in here if not holds(reach(found), spot)] == []
    assert [spot for spot in there if holds(reach(found), spot)] == []
    if region:
        assert shapely.difference(reach(found), country(code_of(region))).area < 1e-9


def code_of(name):
    return {"Iraq": "IQ", "Sudan": "SD", "Ukraine": "UA"}[name]


def test_between_two_lines_given_the_sure_part_is_where_both_run():
    lower = shapely.LineString([(20.0, 5.0), (24.0, 5.0)])
    upper = shapely.LineString([(21.0, 6.0), (23.0, 6.0)])
    found = between(lower, upper)
    assert found.geometry.bounds == pytest.approx((21.0, 5.0, 23.0, 6.0), abs=0.02)
    assert found.possible.area == pytest.approx(3.0, rel=0.01)


def test_between_two_places_is_a_corridor_of_assumed_width():
    found = between("Hasakah", "Qamishli")
    assert holds(found.geometry, (41.0, 36.8))
    assert "assumed" in found.built_from


def test_between_a_place_and_a_river_is_the_way_to_its_nearest_bank():
    found = between("36.386,38.861", "Euphrates")
    nearest = min(distance_m(38.861, 36.386, x, y) for x, y in shapely.get_coordinates(found.geometry))
    assert nearest < 15_000
    assert holds(found.geometry, (38.9, 36.15))


def test_areas_have_nothing_between_them():
    with pytest.raises(InputError, match="is an area"):
        between("Turkey", "Iran")
