"""What areas are built from: names of places, rivers, roads and borders, shapes, routes, geometries."""

import pytest
import shapely

from geomap.errors import InputError, UnknownPlaceError, UnknownRoadError
from geomap.geometry.anchors import anchor_of, anchors_of, line_of, region_of, river_of, road_of
from geomap.geometry.borders import border, country
from geomap.geometry.outlines import admin1
from geomap.geometry.shapes import made
from geomap.models import How, Leg, Place, PlaceRef, Route

TOWN = Place("t:1", "Town", 29.2, -1.7, "CD", feature="P.PPL", precision_m=4_000)
ROAD = Place("t:2", "M5", 36.7, 34.7, "SY", feature="R.RD", precision_m=300_000)


def test_a_town_has_an_extent_and_what_is_none_an_error():
    assert (anchor_of(TOWN).extent_m, anchor_of(TOWN).error_m) == (4_000, 0)
    spot = anchor_of("36.386,38.861")
    assert spot.extent_m == 0
    assert spot.error_m > 0
    assert spot.is_spot


@pytest.mark.parametrize("text", ["0,1", "1,2", "10, 20", "-5,30"])
def test_numbers_are_coordinates_not_roads(text):
    assert anchor_of(text).is_spot
    assert road_of(text) is None


@pytest.mark.parametrize("text", ["M5 in Syria", "M5, Syria", "road:SY:M5", "the M5 highway in Syria"])
def test_a_road_is_named_with_its_country(text):
    assert anchor_of(text).shape.equals(anchor_of(ROAD).shape)
    assert road_of(text).ref == "M5"


def test_a_road_of_another_country_is_not_taken():
    with pytest.raises(UnknownRoadError, match="AF"):
        anchor_of("M5", countries=("AF",))


@pytest.mark.parametrize("text", ["SY-TR border", "TR/SY border", "sy–tr border"])
def test_a_border_goes_by_its_codes(text):
    assert line_of(text).shape.equals(border("SY", "TR"))
    assert line_of(text).error_m == 0


def test_a_border_in_words_is_its_line_too():
    found = line_of("Syrian-Turkish border")
    assert "LineString" in found.shape.geom_type
    assert found.error_m == 0


@pytest.mark.parametrize(
    ("text", "name"),
    [("Euphrates", "Euphrates"), ("the Dnipro", "Dnieper"), ("River Niger", "Niger River"), ("Congo", "Congo River"),
     ("Mississippi River", "Mississippi River"), ("the Indus", "Indus")],
)  # fmt: skip
def test_where_a_line_is_meant_a_name_is_the_rivers(text, name):
    assert line_of(text).name == name
    assert river_of(text).name == name


def test_elsewhere_it_is_the_towns():
    assert anchor_of("Dnipro").is_spot
    assert river_of("Goma") is None


def test_what_is_built_or_given_stands_for_itself():
    shape = made(shapely.box(0, 0, 1, 1), "a zone", possible=shapely.box(0, 0, 2, 2))
    assert anchor_of(shape).name == "a zone"
    assert anchor_of(shape).possible.equals(shape.possible)
    assert anchor_of(shapely.Point(1, 2)).error_m == 0
    line = shapely.LineString([(0, 0), (1, 0)])
    route = Route((Leg(How.INFERRED, line, 1.0), Leg(How.INFERRED, shapely.LineString([(1, 0), (2, 0)]), 1.0)))
    assert anchor_of(route).shape.equals(shapely.LineString([(0, 0), (2, 0)]))
    assert line_of(shape).shape.length == 4


def test_doubtful_names_are_taken_near_the_others_and_told():
    alone = anchor_of("San Jose")
    assert "San Jose" in alone.doubt
    assert anchor_of("Goma").doubt == ""
    near = anchors_of(["San Jose", "Sacramento"])[0]
    assert near.country == "US"


def test_a_region_is_a_country_a_province_a_shape_or_a_polygon():
    assert region_of("SY").area.equals(country("SY"))
    assert region_of("Syria").country == "SY"
    assert region_of("Hasakah").area.equals(admin1("SY.01"))
    assert region_of(PlaceRef("there", TOWN)).words.startswith("all within 4 km")
    assert region_of(shapely.box(0, 0, 1, 1)).area.area == 1


@pytest.mark.parametrize(
    ("call", "error", "says"),
    [
        (lambda: anchor_of("Xyzzyq"), UnknownPlaceError, "Xyzzyq"),
        (lambda: anchor_of(PlaceRef("the old front")), UnknownPlaceError, "the old front"),
        (lambda: anchor_of(Route(())), InputError, "no line"),
        (lambda: anchor_of(shapely.LineString()), InputError, "is empty"),
        (lambda: line_of("Goma"), InputError, "is no line"),
        (lambda: region_of("Euphrates"), InputError, "no inside"),
        (lambda: region_of("M5 in Syria"), InputError, "is a road"),
        (lambda: region_of(shapely.LineString([(0, 0), (1, 1)])), InputError, "no inside"),
        (lambda: region_of("Qwxzzk"), UnknownPlaceError, "Qwxzzk"),
    ],
)
def test_what_is_not_known_or_not_of_that_kind_is_refused(call, error, says):
    with pytest.raises(error, match=says):
        call()
