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


ROAD = Place("t:r", "the road", 21.0, 0.0, "CD", feature="R.RD", course=shapely.LineString([(20, 0), (22, 0)]))
OTHER = Place("t:o", "the truce line", 21.0, 1.0, "CD", feature="L.RGN", course=shapely.LineString([(20, 1), (22, 1)]))
WEST, EAST = (Place(f"t:{x}", f"at {x}", x, 0.0, "CD", precision_m=2_000) for x in (20.5, 21.5))
FAR = Place("t:f", "far", 21.0, 1.5, "CD", precision_m=2_000)
EUPHRATES = Place("t:e", "Euphrates", 40.0, 35.3, feature="H.STM", precision_m=980_000)
SYRIA = Place("t:s", "Syria", 38.5, 35.0, "SY", feature="A.PCLI", precision_m=400_000)
RWANDA = Place("t:rw", "Rwanda", 30.0, -2.0, "RW", feature="A.PCLI", precision_m=120_000)
KIGALI = Place("t:k", "Kigali", 30.06, -1.95, "RW", feature="P.PPLC", precision_m=10_000)


def test_on_both_sides_of_a_line_as_deep_as_told():
    found = shape(AreaPlan(line=ref(ROAD), both_sides=True, depth_m=Range(10_000, 10_000)))
    for y, sure in ((0.07, True), (-0.07, True), (0.12, False), (-0.12, False)):
        assert shapely.contains_xy(found.geometry, 21.0, y) == sure


def test_on_one_side_of_a_line_as_deep_as_told():
    found = shape(AreaPlan(line=ref(ROAD), bearing=0.0, depth_m=Range(10_000, 20_000)))
    assert shapely.contains_xy(found.geometry, 21.0, 0.05)
    assert not shapely.contains_xy(found.geometry, 21.0, -0.01)
    assert shapely.contains_xy(found.possible, 21.0, 0.15)
    assert "north of it" in found.built_from


def test_a_side_of_a_river_without_a_depth_is_all_of_the_country_there():
    found = shape(AreaPlan(line=ref(EUPHRATES), bearing=90.0, region=ref(SYRIA)))
    same = shape(AreaPlan(line=ref(EUPHRATES), bearing=90.0, side="SY"))
    assert found.geometry.equals(same.geometry)
    assert shapely.contains_xy(found.geometry, 40.75, 36.5)
    assert not shapely.contains_xy(found.geometry, 37.16, 36.2)


def test_along_a_line_between_two_places_is_a_corridor():
    found = shape(AreaPlan(line=ref(ROAD), ends=(ref(WEST), ref(EAST)), width_m=Range(4_000, 4_000)))
    assert found.area_m2 == pytest.approx(4_000 * 111_320, rel=0.01)
    assumed = shape(AreaPlan(line=ref(ROAD), ends=(ref(WEST), ref(EAST))))
    assert assumed.area_m2 == pytest.approx(2_000 * 111_320, rel=0.01)
    assert "assumed" in assumed.built_from
    assert not assumed.published_limits


def test_a_length_of_a_line_is_a_stretch_of_it():
    found = shape(AreaPlan(line=ref(ROAD), length_m=Range(20_000, 30_000), around=(ref(WEST),)))
    assert found.length_m == pytest.approx(20_000, rel=0.01)
    assert length_m(found.possible) == pytest.approx(60_000, rel=0.01)


def test_a_line_alone_is_drawn_as_it_runs():
    found = shape(AreaPlan(line=ref(ROAD)))
    assert found.geometry.equals(ROAD.course)
    assert "right within 2 km" in found.built_from


def test_places_alone_are_joined_by_a_line_that_says_it_is_schematic():
    found = shape(AreaPlan(ends=(ref(WEST), ref(FAR), ref(EAST))))
    assert found.geometry.coords[1] == (21.0, 1.5)
    assert found.built_from.startswith("schematic")
    assert not found.published_limits


def test_places_with_a_width_are_joined_by_a_corridor_along_the_road():
    plan = AreaPlan(ends=(ref(TELL_TAMER), ref(MANBIJ)), width_m=Range(6_000, 6_000))
    found = shape(plan)
    assert found.geometry.geom_type.endswith("Polygon")
    assert found.area_m2 > 6_000 * 200_000
    assert "6 km wide" in found.built_from


def test_between_two_lines_and_amid_places():
    found = shape(AreaPlan(between=(ref(ROAD), ref(OTHER))))
    assert shapely.contains_xy(found.geometry, 21.0, 0.5)
    assert not shapely.contains_xy(found.possible, 21.0, 1.2)
    amid = shape(AreaPlan(between=(ref(WEST), ref(EAST), ref(FAR))))
    assert amid.area_m2 == pytest.approx(111_320 * 1.5 * 110_575 / 2, rel=0.01)


def test_a_strip_on_both_sides_lies_in_both_countries():
    found = shape(AreaPlan(border=("SY", "TR"), both_sides=True, depth_m=Range(10_000, 10_000)))
    for code in ("SY", "TR"):
        assert area_m2(shapely.intersection(found.geometry, country(code))) > 3e9


@pytest.mark.parametrize(("bearing", "code"), [(180.0, "SY"), (0.0, "TR")])
def test_a_wind_of_a_border_is_the_country_on_that_side(bearing, code):
    found = shape(AreaPlan(border=("SY", "TR"), bearing=bearing, depth_m=Range(10_000, 10_000)))
    assert shapely.difference(found.geometry, country(code)).area < 1e-6
    whole = shape(AreaPlan(border=("SY", "TR"), bearing=bearing))
    assert whole.area_m2 == pytest.approx(area_m2(country(code)), rel=0.01)


def test_up_to_a_depth_nothing_is_sure():
    found = shape(AreaPlan(border=("SY", "TR"), side="SY", depth_m=Range(0, 20_000)))
    assert found.geometry.is_empty
    assert area_m2(found.possible) > 5e9


def test_what_does_not_belong_to_a_region_is_taken_out():
    found = shape(AreaPlan(region=ref(RWANDA), without=(ref(KIGALI),)))
    assert not shapely.contains_xy(found.geometry, 30.06, -1.95)
    assert area_m2(country("RW")) - found.area_m2 == pytest.approx(3.14159e8, rel=0.01)


def test_a_line_whose_course_nobody_knows_is_refused():
    with pytest.raises(InputError, match="where the Line of Control runs is not known"):
        shape(AreaPlan(line=PlaceRef("the Line of Control"), both_sides=True, depth_m=Range(5_000, 5_000)))
    with pytest.raises(InputError, match="not known"):
        shape(AreaPlan(between=(ref(ROAD), PlaceRef("the old front"))))
    with pytest.raises(InputError, match="only one is known"):
        shape(AreaPlan(ends=(ref(WEST), PlaceRef("there"))))
