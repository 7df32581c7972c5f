"""Movements along roads that are told by their towns, and over rivers."""

from datetime import date

import pytest
import shapely

from geomap.gazetteer import Gazetteer
from geomap.geometry.asking import place_of
from geomap.geometry.coursing import is_road, leg_along, met
from geomap.geometry.geodesy import distance_m, length_m
from geomap.geometry.sweeps import gap_m
from geomap.geometry.tracing import trace
from geomap.models import How, Movement, Place, PlaceRef, Provenance, Route


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer()


def spot(name: str, gazetteer: Gazetteer, country: str) -> Place:
    return place_of(name, countries=(country,), gazetteer=gazetteer)


def route(*, origin: Place | None = None, via: Place | None = None, destination: Place | None = None) -> Route:
    refs = [(PlaceRef(place.name, place),) if place else () for place in (origin, destination, via)]
    source = Provenance("r1", None, None, None, date(2024, 3, 15), "…", 0, 1)
    found = trace(Movement("m1", source, "moved", None, None, *refs)).route
    assert found is not None
    return found


def near(point: tuple[float, ...], place: Place) -> bool:
    return distance_m(point[0], point[1], place.lon, place.lat) < 8_000.0


ROADS = [
    ("Tabqa", "Kobani", "SY"),
    ("Goma", "Rutshuru", "CD"),
    ("Maiduguri", "Damaturu", "NG"),
    ("Kyiv", "Chernihiv", "UA"),
    ("Raqqa", "Deir ez-Zor", "SY"),
    ("Kandahar", "Lashkar Gah", "AF"),
    ("Cali", "Popayan", "CO"),
    ("Mosul", "Kirkuk", "IQ"),
    ("Mandalay", "Naypyidaw", "MM"),
    ("Mekelle", "Adigrat", "ET"),
]


@pytest.mark.parametrize(("first", "last", "country"), ROADS)
def test_who_leaves_a_town_on_a_road_goes_to_its_other_end(
    first: str, last: str, country: str, gazetteer: Gazetteer
) -> None:
    road = place_of(f"the road between {first} and {last}", countries=(country,), gazetteer=gazetteer)
    a, b = (spot(name, gazetteer, country) for name in (first, last))
    assert is_road(road)
    for origin, other in ((a, b), (b, a)):
        found = route(origin=origin, via=road)
        assert (found.open_start, found.open_end) == (False, True)
        assert found.legs[0].how is not How.INFERRED
        assert near(found.legs[0].geometry.coords[0], origin)
        assert near(found.legs[-1].geometry.coords[-1], other)


@pytest.mark.parametrize(("first", "last", "country"), ROADS[:5])
def test_who_comes_to_a_town_by_a_road_comes_from_its_other_end(
    first: str, last: str, country: str, gazetteer: Gazetteer
) -> None:
    road = place_of(f"the {first}–{last} road", countries=(country,), gazetteer=gazetteer)
    a, b = (spot(name, gazetteer, country) for name in (first, last))
    found = route(via=road, destination=b)
    assert (found.open_start, found.open_end) == (True, False)
    assert near(found.legs[0].geometry.coords[0], a)


def test_a_road_alone_is_drawn_without_a_direction(gazetteer: Gazetteer) -> None:
    road = place_of("the road between Goma and Rutshuru", countries=("CD",), gazetteer=gazetteer)
    found = route(via=road)
    assert (found.open_start, found.open_end) == (True, True)
    assert [leg.how for leg in found.legs] == [How.REPORTED]
    assert found.length_m == pytest.approx(length_m(road.course), rel=0.01)
    assert "which way" in found.issues[0].message


def test_a_road_between_two_other_places_is_driven_to_and_left(gazetteer: Gazetteer) -> None:
    road = place_of("the road from Hama to Aleppo", countries=("SY",), gazetteer=gazetteer)
    found = route(origin=spot("Damascus", gazetteer, "SY"), via=road, destination=spot("Aleppo", gazetteer, "SY"))
    assert [leg.how for leg in found.legs] == [How.INFERRED, How.REPORTED]
    assert (found.open_start, found.open_end) == (False, False)


def test_a_road_left_where_it_was_joined_is_no_way(gazetteer: Gazetteer) -> None:
    road = place_of("the road from Hama to Aleppo", countries=("SY",), gazetteer=gazetteer)
    hama = spot("Hama", gazetteer, "SY")
    assert leg_along(road, hama, hama) is None


def test_a_straight_line_that_stands_for_a_road_is_schematic() -> None:
    line = shapely.LineString([(10.0, 20.0), (11.0, 20.5)])
    road = Place("t:road", "the road from A to B", 10.5, 20.25, feature="R.RD", course=line)
    leg = leg_along(road, None, None)
    assert leg is not None
    assert leg.how is How.SCHEMATIC


@pytest.mark.parametrize(
    ("river", "town", "country", "most_km"),
    [
        ("Euphrates", "Manbij", "SY", 40),
        ("Litani", "Nabatieh", "LB", 25),
        ("White Nile", "Khartoum", "SD", 25),
        ("Salween", "Hpa-An", "MM", 25),
        ("Dnieper", "Kherson", "UA", 25),
    ],
)
def test_a_river_is_met_beside_the_place_one_comes_from(
    river: str, town: str, country: str, most_km: float, gazetteer: Gazetteer
) -> None:
    here = spot(town, gazetteer, country)
    place = place_of(river, gazetteer=gazetteer)
    there = met(place, here)
    assert distance_m(here.lon, here.lat, there.lon, there.lat) < most_km * 1000
    found = route(origin=here, via=place)
    assert found.open_end
    assert found.length_m < 3 * most_km * 1000


def test_a_town_is_met_where_it_is(gazetteer: Gazetteer) -> None:
    goma, sake = (spot(name, gazetteer, "CD") for name in ("Goma", "Sake"))
    assert met(goma, sake) == goma
    assert not is_road(goma)


def test_a_way_between_two_towns_crosses_the_river_between_them(gazetteer: Gazetteer) -> None:
    origin, end = (spot(name, gazetteer, "SY") for name in ("Manbij", "Kobani"))
    river = place_of("Euphrates", gazetteer=gazetteer)
    found = route(origin=origin, via=river, destination=end)
    line = shapely.MultiLineString([leg.geometry for leg in found.legs])
    assert gap_m(line, end.lon, end.lat) < 3_000.0
    assert found.length_m < 200_000.0
