import shapely

from geomap.geometry.passing import places_along
from geomap.geometry.routing import route
from geomap.models import How, Leg, Route


def names(found):
    return [passing.place.name for passing in found]


def test_a_route_passes_the_towns_on_its_road_in_order():
    found = route(["Damascus", "Aleppo"])
    passed = places_along(found)
    assert {"Homs", "Hama"} <= set(names(passed))
    assert [passing.at_m for passing in passed] == sorted(passing.at_m for passing in passed)
    assert all(3_000 < passing.at_m < found.length_m - 3_000 and passing.off_m <= 5_000 for passing in passed)
    (homs,) = (passing for passing in passed if passing.place.name == "Homs")
    assert abs(homs.at_m - 160_000) < 10_000


def test_no_more_than_asked_and_the_largest_first():
    found = route(["Khartoum", "Port Sudan"])
    assert len(places_along(found, limit=3)) <= 3
    assert "Atbara" in names(places_along(found, limit=3))


def test_towns_beyond_a_border_are_not_passed():
    along = places_along(route(["Qamishli", "Tell Tamer"]), within_m=8_000)
    assert {passing.place.country for passing in along} == {"SY"}


def test_what_is_schematic_passes_nothing():
    line = shapely.LineString([(36.3, 33.5), (37.2, 36.2)])
    assert places_along(Route((Leg(How.SCHEMATIC, line, 300_000.0),))) == ()
    assert places_along(Route(())) == ()


def test_distances_count_the_bends_that_are_not_drawn():
    line = shapely.LineString([(36.714, 34.5), (36.714, 35.0)])
    drawn, bent = (Route((Leg(How.REPORTED, line, metres),)) for metres in (55_500.0, 111_000.0))
    at = [next(p.at_m for p in places_along(each) if p.place.name == "Homs") for each in (drawn, bent)]
    assert abs(at[1] - 2 * at[0]) < 100
