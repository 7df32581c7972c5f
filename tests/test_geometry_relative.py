"""Relations on the ground: an area that holds the place, a point in it, and a radius that reaches all of it."""

import math

import pytest
import shapely

from geomap.errors import GeomapError, InputError
from geomap.gazetteer.relations import Anchor, Relation, RelationKind, parse_relation
from geomap.geometry.geodesy import area_m2, bearing, distance_m
from geomap.geometry.relative import Located, Setting, disagreement, locate
from geomap.geometry.sweeps import farthest_m
from geomap.models import Place

PLACES = {
    place.name: place
    for place in (
        Place("t:baghdad", "Baghdad", 44.40, 33.34, "IQ", feature="P.PPLC", precision_m=28_000),
        Place("t:raqqa", "Raqqa", 39.01, 35.95, "SY", feature="P.PPLA", precision_m=7_000),
        Place("t:goma", "Goma", 29.228, -1.674, "CD", feature="P.PPLA", precision_m=8_500),
        Place("t:kharkiv", "Kharkiv", 36.25, 49.98, "UA", feature="P.PPLA", precision_m=14_000),
        Place("t:izium", "Izium", 37.26, 49.21, "UA", precision_m=4_000),
        Place("t:hodeidah", "Hodeidah", 42.954, 14.798, "YE", feature="P.PPLA", precision_m=8_000),
        Place("t:nadi", "Nadi", 177.416, -17.803, "FJ", precision_m=4_000),
        Place("t:hasakah", "Hasakah", 40.75, 36.50, "SY", "Al-Hasakah", "SY.01", "P.PPLA", 6_000),
        Place("t:qamishli", "Qamishli", 41.23, 37.05, "SY", "Al-Hasakah", "SY.01", "P.PPLA2", 6_000),
        Place("t:base", "Ain al-Asad", 42.441, 33.786, "IQ", feature="S.AIRB", precision_m=4_000),
        Place("t:rmeilan", "Rmeilan", 41.95, 36.98, "SY", precision_m=4_000),
        Place("t:kobani", "Kobani", 38.353, 36.891, "SY", precision_m=4_000),
        Place("t:syria", "Syria", 38.5, 35.0, "SY", feature="A.PCLI", precision_m=400_000),
        Place("t:turkey", "Turkey", 35.0, 39.0, "TR", feature="A.PCLI", precision_m=800_000),
        Place("t:rwanda", "Rwanda", 30.0, -2.0, "RW", feature="A.PCLI", precision_m=120_000),
        Place("t:cuba", "Cuba", -79.0, 22.0, "CU", feature="A.PCLI", precision_m=600_000),
        Place("t:euphrates", "Euphrates", 40.0, 35.3, None, feature="H.STM", precision_m=980_000),
        Place("t:dnieper", "Dnieper", 34.5, 48.3, "UA", feature="H.STM", precision_m=620_000),
        Place("t:balikh", "Balikh", 39.05, 36.4, "SY", feature="H.STM", precision_m=75_000),
        Place("t:m4", "M4", 37.8, 36.3, "SY", feature="R.RD", precision_m=300_000),
        Place("t:m5", "M5", 36.7, 34.7, "SY", feature="R.RD", precision_m=300_000),
        Place("t:highway 99", "Highway 99", 36.7, 34.7, "SY", feature="R.RD", precision_m=300_000),
    )
}


def resolve(anchor: Anchor) -> Place:
    return PLACES[anchor.text]


def told(text: str) -> Relation:
    found = parse_relation(text)
    assert found is not None
    return found


def located(text: str, setting: Setting | None = None) -> Located:
    return locate(told(text), resolve, setting)


ALL = [
    "160 km west of Baghdad", "about 30 miles southwest of Raqqa", "20 km from Goma", "20 km north of the M4",
    "300 km east of Nadi", "within 5 km of Izium", "near Izium", "near the border between Syria and Turkey",
    "between Kharkiv and Izium", "halfway between Kharkiv and Izium", "the border between Syria and Turkey",
    "the border with Rwanda", "east of the Euphrates", "the left bank of the Dnieper", "south of Kharkiv",
    "Hasakah countryside", "the northern countryside of Hasakah", "the eastern outskirts of Kharkiv",
    "the outskirts of Goma", "the approaches to Kharkiv", "off the coast of Hodeidah", "12 nautical miles off Hodeidah",
    "the road from Hasakah to Qamishli", "the junction of the M4 and M5", "50 km inside Syria", "30 km north of Syria",
    "south of Turkey", "the eastern part of Syria", "the eastern districts of Baghdad", "the shores of the Balikh",
    "5 km south of the border between Syria and Turkey", "within 5 km of the road from Hasakah to Qamishli",
    "the border between Syria and Turkey near Kobani", "the west bank of the Balikh", "20 km east of the Balikh",
    "west of Syria", "rural Izium", "the outskirts of Rwanda", "between the Euphrates and the M4",
]  # fmt: skip


@pytest.mark.parametrize("text", ALL)
def test_the_point_lies_in_the_area_and_the_radius_reaches_all_of_it(text: str) -> None:
    place = located(text).place
    assert place.geometry is not None
    assert place.geometry.is_valid
    assert place.geometry.geom_type in {"Polygon", "MultiPolygon"}
    assert area_m2(place.geometry) > 1e5
    assert shapely.intersects_xy(place.geometry, place.lon, place.lat)
    west, south, east, north = place.geometry.bounds
    assert -180 <= west <= east <= 180
    assert -90 <= south <= north <= 90
    assert place.precision_m >= farthest_m(place.geometry, place.lon, place.lat) - 51


def test_between_two_lines_is_the_land_both_enclose() -> None:
    found = located("between the Euphrates and the M4", Setting(("SY",)))
    assert found.place.geometry is not None
    assert found.place.feature == "L.RGN"
    assert shapely.intersects_xy(found.place.geometry, 40.2, 36.0)  # south of the road, north of the river
    assert not shapely.intersects_xy(found.place.geometry, 38.3, 34.6)
    assert not shapely.intersects_xy(found.place.geometry, 45.0, 32.0)  # the river goes on in Iraq
    assert "as far as it lies in SY" in found.reason


def test_a_distance_and_a_direction_make_a_sector_as_deep_as_the_distance_is_rounded() -> None:
    place = located("160 km west of Baghdad").place
    home = PLACES["Baghdad"]
    away = distance_m(home.lon, home.lat, place.lon, place.lat)
    assert away == pytest.approx(160_000, abs=100)
    assert bearing(home.lon, home.lat, place.lon, place.lat) == pytest.approx(270, abs=0.1)
    # 8 km of rounding either way, and the city's 28 km outwards; three eighths of a right angle each side of west.
    expected = math.pi * (196_000**2 - 152_000**2) * 45 / 360
    assert area_m2(place.geometry) == pytest.approx(expected, rel=0.01)  # type: ignore[arg-type]


def test_about_widens_and_due_narrows() -> None:
    areas = [
        area_m2(located(f"{text} west of Raqqa").place.geometry)  # type: ignore[arg-type]
        for text in ("30 km due", "30 km", "about 30 km")
    ]
    assert areas == sorted(areas)
    assert areas[0] == pytest.approx(areas[1] / 2, rel=0.02)


def test_north_of_a_road_is_the_strip_at_that_distance_on_that_side() -> None:
    found = located("20 km north of the M4", Setting(("SY",), (40.0, 36.5)))
    (road,) = found.anchors
    area = found.place.geometry
    assert area is not None
    for x, y in shapely.get_coordinates(area)[::25]:
        near = shapely.get_coordinates(shapely.shortest_line(road.shape, shapely.Point(x, y)))[0]
        assert 12_000 < distance_m(*near, x, y) < 26_000
    assert not shapely.intersects_xy(area, 40.0, 36.2)


def test_a_side_of_a_river_ends_with_the_country_of_the_story() -> None:
    place = located("east of the Euphrates", Setting(("SY",))).place
    area = place.geometry
    assert area is not None
    for inside in ((38.353, 36.891), (41.0, 36.5)):
        assert shapely.intersects_xy(area, *inside)
    for outside in ((37.16, 36.20), (38.28, 34.55), (43.13, 36.34)):
        assert not shapely.intersects_xy(area, *outside)
    assert place.country == "SY"


def test_left_and_right_are_told_looking_downstream() -> None:
    left, right = (located(f"the {hand} bank of the Dnieper").place.geometry for hand in ("left", "right"))
    assert left is not None
    assert right is not None
    oleshky, kherson_edge = (32.73, 46.63), (32.60, 46.66)
    assert shapely.intersects_xy(left, *oleshky)
    assert not shapely.intersects_xy(right, *oleshky)
    assert shapely.intersects_xy(right, *kherson_edge)


def test_the_border_is_on_both_sides_and_the_story_says_with_whom() -> None:
    both = located("the border between Syria and Turkey").place
    one = located("the border with Turkey", Setting(("SY",))).place
    assert both.geometry is not None
    assert one.geometry is not None
    assert one.geometry.equals(both.geometry)
    wide = located("the border with Turkey").place
    assert wide.precision_m > 2 * one.precision_m


def test_near_a_town_only_that_part_of_the_border_is_meant() -> None:
    near, whole = (located(f"the border between Syria and Turkey{end}").place for end in (" near Kobani", ""))
    assert near.precision_m < 60_000 < whole.precision_m
    assert shapely.difference(near.geometry, shapely.buffer(whole.geometry, 0.01)).area < 1e-3
    kobani = PLACES["Kobani"]
    assert distance_m(near.lon, near.lat, kobani.lon, kobani.lat) < 30_000


def test_a_river_without_a_course_is_as_uncertain_as_its_place() -> None:
    place = located("20 km east of the Balikh").place
    assert place.precision_m > PLACES["Balikh"].precision_m
    assert shapely.intersects_xy(place.geometry, 39.3, 36.4)


def test_offshore_is_at_sea_and_offset_from_a_country_outside_it() -> None:
    sea = located("off the coast of Hodeidah").place
    assert sea.feature == "H.SEA"
    assert not shapely.intersects_xy(sea.geometry, 43.2, 14.9)
    outside = located("30 km north of Syria").place
    assert outside.country == "TR"
    assert not shapely.intersects_xy(outside.geometry, 38.5, 36.0)
    inside = located("50 km inside Syria", Setting(("SY",), (41.0, 36.5))).place
    assert inside.country == "SY"


def test_the_countryside_of_a_seat_is_its_province_outside_the_town() -> None:
    area = located("Hasakah countryside").place.geometry
    assert shapely.intersects_xy(area, 41.0, 36.2)
    assert not shapely.intersects_xy(area, 40.75, 36.50)
    north = located("the northern countryside of Hasakah").place.geometry
    assert shapely.intersects_xy(north, 40.75, 36.9)
    assert not shapely.intersects_xy(north, 41.0, 36.2)


def test_halfway_and_between_lie_along_the_way() -> None:
    half, corridor = (located(f"{word} Kharkiv and Izium").place for word in ("halfway between", "between"))
    kharkiv, izium = PLACES["Kharkiv"], PLACES["Izium"]
    gaps = [distance_m(half.lon, half.lat, end.lon, end.lat) for end in (kharkiv, izium)]
    assert gaps[0] == pytest.approx(gaps[1], rel=0.25)
    assert half.precision_m < corridor.precision_m
    assert not shapely.intersects_xy(corridor.geometry, kharkiv.lon, kharkiv.lat)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("the border between Syria and Cuba", "no land border"),
        ("the border with Cuba", "no land border"),
        ("between the Euphrates and Raqqa", "no spot"),
        ("the road from Raqqa to Raqqa", "one spot"),
        ("20,000 km east of Raqqa", "check the number"),
        ("the left bank of the Balikh", "course of Balikh is not known"),
        ("the border between Syria and Turkey near Goma", "no part of it is near"),
        ("off the coast of Raqqa", "no sea"),
        ("50 km inside Raqqa", "has no inside"),
        ("10 km north of Highway 99", "course of Highway 99 is not known"),
        ("the junction of the M4 and Raqqa", "do not both have a course"),
        ("between Goma and Kharkiv", "lie .* apart"),
    ],
)
def test_what_makes_no_place_is_an_error_that_says_why(text: str, message: str) -> None:
    with pytest.raises(GeomapError, match=message):
        located(text)


def test_a_relation_without_the_distance_it_needs_is_an_error() -> None:
    bare = Relation(RelationKind.OFFSET, "west of Raqqa", 0, 13, (Anchor("Raqqa", 8, 13),), bearing=270.0)
    with pytest.raises(InputError, match="tells no distance"):
        locate(bare, resolve)


@pytest.mark.parametrize(
    ("name", "text", "contradicts"),
    [
        ("Ain al-Asad", "160 km west of Baghdad", False),
        ("Rmeilan", "20 km west of Baghdad", True),
        ("Kobani", "30 km east of the Euphrates", False),
        ("Baghdad", "east of the Euphrates", False),
        ("Kobani", "30 km west of the Euphrates", True),
        ("Rmeilan", "between Hasakah and Qamishli", True),
        ("Izium", "120 km southeast of Kharkiv", False),
        ("Izium", "120 km northwest of Kharkiv", True),
        ("Syria", "20 km west of Baghdad", False),
    ],
)
def test_a_place_that_lies_elsewhere_than_told_is_named(name: str, text: str, contradicts: bool) -> None:
    found = disagreement(PLACES[name], told(text), located(text))
    assert (found is not None) is contradicts
    if found:
        assert name in found
        assert text in found
        assert "km" in found


@pytest.mark.parametrize(
    ("text", "least_km", "most_km"),
    [
        ("south of Izium", 4, 15),
        ("south of Rmeilan", 4, 15),
        ("north of Goma", 8, 20),
        ("west of Qamishli", 6, 15),
        ("south of Baghdad", 20, 45),
        ("the southern countryside of Rmeilan", 4, 15),
        ("the northern countryside of Kobani", 4, 15),
        ("the western countryside of Goma", 8, 20),
        ("the eastern countryside of Hasakah", 10, 25),
    ],
)
def test_the_side_of_a_town_is_told_of_what_lies_beside_it(text: str, least_km: float, most_km: float) -> None:
    place = located(text).place
    town = next(known for name, known in PLACES.items() if name in text)
    away = distance_m(town.lon, town.lat, place.lon, place.lat) / 1000
    assert least_km <= away <= most_km
    assert place.geometry is not None
    assert farthest_m(place.geometry, place.lon, place.lat) <= place.precision_m + 100


@pytest.mark.parametrize(
    ("text", "lon", "lat"),
    [
        ("south of Izium", 37.27, 49.07),
        ("south of Baghdad", 44.35, 32.80),
        ("north of Goma", 29.25, -1.42),
        ("the southern countryside of Kobani", 38.36, 36.70),
    ],
)
def test_a_side_still_holds_what_lies_further_out(text: str, lon: float, lat: float) -> None:
    assert shapely.intersects_xy(located(text).place.geometry, lon, lat)


@pytest.mark.parametrize("text", ["the road from Hasakah to Qamishli", "the border between Syria and Turkey"])
def test_a_told_line_carries_its_course(text: str) -> None:
    place = located(text).place
    assert place.course is not None
    assert "LineString" in place.course.geom_type
    assert place.geometry is not None
    assert place.geometry.covers(shapely.simplify(place.course, 0.002))


@pytest.mark.parametrize(
    "text", ["south of Izium", "near the border between Syria and Turkey", "20 km north of the M4"]
)
def test_what_is_no_line_has_no_course(text: str) -> None:
    assert located(text).place.course is None
