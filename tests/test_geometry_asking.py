import pytest

from geomap.errors import UnknownPlaceError
from geomap.geometry.asking import find, place_of, places_of, ref_of
from geomap.models import Certainty, Place, PlaceRef

GOMA = Place("t:1", "Goma", 29.22, -1.68, "CD")


@pytest.mark.parametrize(
    ("what", "country"),
    [("Kharkiv", "UA"), ("icao:ORAA", "IQ"), ("25 km west of Goma", "CD"), ("Gao", "ML")],
)
def test_a_place_is_a_name_an_id_a_position_or_a_phrase(what, country):
    assert place_of(what).country == country


def test_a_position_is_latitude_first():
    place = place_of("13.63,25.35")
    assert (place.lon, place.lat) == (25.35, 13.63)


def test_a_place_that_is_given_stays_as_it_is():
    assert place_of(GOMA) is GOMA
    assert place_of(PlaceRef("the city", GOMA)) is GOMA


def test_names_that_fit_several_places_are_taken_near_the_others():
    assert [place.country for place in places_of(["Valencia", "Maracay"])] == ["VE", "VE"]
    assert [place.country for place in places_of(["Valencia", "Alicante"])] == ["ES", "ES"]
    assert [place.country for place in places_of([GOMA, "Bukavu"])] == ["CD", "CD"]


def test_a_small_namesake_nearby_is_not_meant():
    assert [place.country for place in places_of(["Warsaw", "Minsk"])] == ["PL", "BY"]
    assert [place.country for place in places_of(["Tripoli", "Beirut"])] == ["LB", "LB"]


def test_an_unknown_name_suggests_others():
    with pytest.raises(UnknownPlaceError, match="no place is called"):
        place_of("Xqzzvby")
    with pytest.raises(UnknownPlaceError, match="mean no known place"):
        place_of(PlaceRef("there"))


def test_what_was_chosen_from_is_kept():
    assert ref_of("Tripoli").alternatives


@pytest.mark.parametrize("name", ["Chernihiv", "Deir ez-Zor", "Homs", "Kandahar"])
def test_a_spot_is_the_town_and_not_its_province(name):
    assert place_of(name, near=(0.0, 0.0), spot=True).feature.startswith("P.")
    assert place_of("Anbar", spot=True).feature == "A.ADM1"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Kobanê", "geonames:172256"),
        ("عين العرب", "geonames:172256"),
        ("icao:ORAA", "icao:ORAA"),
        ("36.89, 38.35", "coordinates:36.89,38.35"),
    ],
)
def test_names_ids_and_coordinates_are_found(name, expected):
    found = find(name)
    assert found.status is Certainty.RESOLVED
    assert found.place.id == expected


def test_what_is_near_is_told_by_name_place_or_position():
    beirut = find("Beirut").place
    for near in ("Beirut", beirut, (beirut.lon, beirut.lat)):
        assert find("Tripoli", near=near).place.country == "LB"
    assert find("Tripoli", countries="LB").place.country == "LB"
    assert find("Tripoli").place.country == "LY"
    with pytest.raises(UnknownPlaceError, match="Qwzxville"):
        find("Tripoli", near="Qwzxville")


def test_what_is_not_found_is_an_answer_too():
    for name in ("Qwzxville", "geonames:0", ""):
        found = find(name)
        assert (found.status, found.place) == (Certainty.UNKNOWN, None)
        assert found.reason
