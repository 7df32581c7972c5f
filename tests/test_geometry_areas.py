import pytest
import shapely

from geomap.errors import InputError
from geomap.geometry.areas import shape
from geomap.geometry.borders import country
from geomap.geometry.geodesy import area_m2, length_m
from geomap.geometry.outlines import admin1, outline
from geomap.geometry.relative import part
from geomap.geometry.stretches import stretch
from geomap.models import AreaPlan, Place, PlaceRef, Range

TELL_TAMER = Place("t:1", "Tell Tamer", 40.372, 36.658, "SY")
MANBIJ = Place("t:2", "Manbij", 37.955, 36.528, "SY")
NORTHEAST = Place("t:3", "Northeast Syria", 40.3, 36.3, "SY", feature="L.RGN", precision_m=170_000)
SOMEWHERE = Place("t:4", "Somewhere", 40.3, 36.3, "SY", feature="L.RGN", precision_m=50_000)


def ref(place):
    return PlaceRef(place.name, place)


def test_stretch_between_two_places_has_published_limits():
    found = stretch("M4", countries=("SY",), start=TELL_TAMER, end=MANBIJ)
    assert found.published_limits
    assert found.length_m == pytest.approx(235_000, rel=0.1)


def test_stretch_of_a_length_is_assumed_and_shows_what_is_possible():
    strip = AreaPlan(border=("SY", "TR"), side="SY", depth_m=Range(30_000, 30_000), region=ref(NORTHEAST))
    found = shape(AreaPlan(road="M4", length_m=Range(30_000, 35_000), within=strip))
    assert found.length_m == pytest.approx(30_000, rel=0.02)
    assert not found.published_limits
    assert "assumed" in found.built_from
    zone = shape(strip).geometry
    assert found.geometry.difference(zone.buffer(1e-6)).is_empty
    assert length_m(found.possible) > 80_000


def test_stretch_around_a_place_is_about_it():
    found = stretch("M4", countries=("SY",), around=TELL_TAMER, length_m=20_000)
    assert found.geometry.distance(shapely.Point(40.372, 36.658)) < 0.02
    with pytest.raises(InputError, match="which part"):
        stretch("M4", countries=("SY",))
    with pytest.raises(InputError, match="no length"):
        stretch("M4", countries=("SY",), around=TELL_TAMER, length_m=-1)


def test_a_range_of_depths_gives_a_sure_and_a_possible_strip():
    found = shape(AreaPlan(border=("SY", "TR"), side="SY", depth_m=Range(10_000, 20_000)))
    assert area_m2(found.possible) > 1.7 * found.area_m2


def test_around_places_is_a_buffer():
    found = shape(AreaPlan(around=(ref(MANBIJ),), depth_m=Range(10_000, 10_000)))
    assert found.area_m2 == pytest.approx(3.14159e8, rel=0.005)


def test_region_is_its_outline_or_else_a_circle():
    assert not shape(AreaPlan(region=ref(NORTHEAST))).issues
    found = shape(AreaPlan(region=ref(SOMEWHERE)))
    assert "not known" in found.issues[0].message
    assert found.area_m2 == pytest.approx(3.14159 * 50_000**2, rel=0.005)


def test_a_region_without_outline_keeps_to_its_country():
    coast = Place("part:t:1:west", "west coast of Syria", 36.0, 35.9, "SY", feature="L.RGN", precision_m=90_000)
    found = shape(AreaPlan(region=ref(coast)))
    assert shapely.difference(found.geometry, country("SY")).area < 1e-9
    assert found.area_m2 < 3.14159 * 90_000**2 / 2
    assert "within 90 km of the middle of west coast of Syria, as far as it lies in SY" in found.built_from


def test_a_part_of_a_unit_is_its_half_on_that_side():
    unit = Place("t:2", "Aleppo", 37.6, 36.2, "SY", admin1_code="SY.09", feature="A.ADM1", precision_m=100_000)
    north, south = (part(unit, bearing, "a part of Aleppo") for bearing in (0.0, 180.0))
    for half in (north, south):
        assert outline(half) is half.geometry
        assert shapely.difference(half.geometry, admin1("SY.09")).area < 1e-9
        assert (half.country, half.admin1_code, half.feature) == ("SY", "SY.09", "L.RGN")
    assert shapely.intersection(north.geometry, south.geometry).area < 1e-9
    assert north.lat > south.lat
    assert area_m2(north.geometry) + area_m2(south.geometry) == pytest.approx(area_m2(admin1("SY.09")), rel=1e-6)


@pytest.mark.parametrize(
    ("code", "km2"), [("SY.01", 23_334), ("IQ.01", 138_501), ("SD.55", 296_420), ("UA.05", 26_517)]
)
def test_first_level_units_have_their_size(code, km2):
    assert area_m2(admin1(code)) / 1e6 == pytest.approx(km2, rel=0.1)


def test_a_region_is_the_union_of_its_units():
    whole = outline(NORTHEAST)
    assert area_m2(whole) == pytest.approx(sum(area_m2(admin1(code)) for code in ("SY.01", "SY.04", "SY.07")), rel=0.01)


@pytest.mark.parametrize("plan", [AreaPlan(), AreaPlan(border=("SY", "TR")), AreaPlan(around=(PlaceRef("there"),))])
def test_a_plan_that_says_too_little_is_refused(plan):
    with pytest.raises(InputError):
        shape(plan)
