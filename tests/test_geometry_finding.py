"""Phrases asked of the whole gazetteer."""

import pytest
import shapely

from geomap.gazetteer import Gazetteer
from geomap.geometry.finding import find_place
from geomap.geometry.geodesy import distance_m
from geomap.geometry.rivers import rivers
from geomap.models import Certainty


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer()


@pytest.mark.parametrize(
    ("text", "country", "lat", "lon", "km"),
    [
        ("160 km west of Baghdad", "IQ", 33.3, 42.7, 25),
        ("about 30 miles southwest of Raqqa", "SY", 35.64, 38.63, 15),
        ("between Tal Tamr and Ain Issa", "SY", 36.5, 39.7, 30),
        ("halfway between Kharkiv and Izium", "UA", 49.6, 36.8, 25),
        ("at the junction of the Aleppo–Latakia highway and the Damascus–Aleppo highway", "SY", 35.86, 36.80, 10),
        ("within 5 km of the Pokrovsk–Kostiantynivka road", "UA", 48.4, 37.45, 15),
        ("off the coast of Hodeidah", "YE", 14.8, 42.7, 40),
        ("25 km west of Goma", "CD", -1.67, 29.0, 10),
        ("a village near Kupiansk", "UA", 49.71, 37.61, 5),
        ("the road from Hasakah to Qamishli", "SY", 36.78, 41.0, 15),
        ("40 km north of Timbuktu", "ML", 17.13, -3.0, 10),
        ("the border of Donetsk and Dnipropetrovsk provinces", "UA", 48.2, 36.9, 50),
        ("Tripoli, 85 km north of Beirut", "LB", 34.43, 35.84, 10),
        ("Sake, 25 km west of Goma", "CD", -1.57, 29.04, 5),
        ("Khan Younis, 25 km southwest of Gaza City", "PS", 31.34, 34.30, 5),
        ("Ain al-Asad, 160 km west of Baghdad", "IQ", 33.79, 42.44, 5),
        ("Kobani, 30 km east of the Euphrates", "SY", 36.89, 38.35, 5),
        ("3 km south of 36.9, 38.35", "SY", 36.873, 38.35, 1),
        ("Rann, a town on the border with Cameroon", "NG", 12.27, 14.47, 10),
        ("al-Tanf, 24 km west of the Iraqi border", "SY", 33.5, 38.6, 15),
    ],
)
def test_a_phrase_is_answered_with_its_place(
    gazetteer: Gazetteer, text: str, country: str, lat: float, lon: float, km: float
) -> None:
    found = find_place(text, gazetteer)
    place = found.place
    assert found.status is Certainty.RESOLVED
    assert place is not None
    assert place.country == country
    assert distance_m(place.lon, place.lat, lon, lat) < km * 1000
    assert found.reason


def test_a_name_that_lies_elsewhere_than_told_is_not_swallowed(gazetteer: Gazetteer) -> None:
    found = find_place("Rmeilan, 20 km west of Baghdad", gazetteer)
    assert found.status is Certainty.AMBIGUOUS
    assert "contradicts" in found.reason
    assert "not 20 km west of Baghdad" in found.reason
    assert [c.place.country for c in found.candidates] == ["SY", "IQ"]


def test_an_unknown_name_lies_where_the_words_put_it(gazetteer: Gazetteer) -> None:
    found = find_place("Qwzxville, 30 km east of Herat", gazetteer)
    assert found.status is Certainty.RESOLVED
    assert found.place is not None
    assert (found.place.name, found.place.country) == ("Qwzxville", "AF")
    assert "not in the gazetteer" in found.reason


def test_the_likely_country_chooses_the_anchor(gazetteer: Gazetteer) -> None:
    british = find_place("10 km north of the M4", gazetteer, countries=["GB"])
    syrian = find_place("10 km north of the M4", gazetteer, countries=["SY"])
    either = find_place("10 km north of the M4", gazetteer)
    assert [r.place.country for r in (british, syrian) if r.place] == ["GB", "SY"]
    assert either.status is Certainty.AMBIGUOUS
    assert {"SY", "UA"} < {c.place.country for c in either.candidates}


def test_a_sense_of_the_anchor_that_the_words_cannot_mean_is_no_rival(gazetteer: Gazetteer) -> None:
    found = find_place("off the coast of Tripoli", gazetteer)
    assert {c.place.country for c in found.candidates} <= {"LY", "LB"}
    assert all(c.place.feature == "H.SEA" for c in found.candidates)
    inland = find_place("off the coast of Virginia", gazetteer)
    assert inland.status is Certainty.RESOLVED
    assert [c.place.country for c in inland.candidates] == ["US"]


@pytest.mark.parametrize(
    "text",
    ["20 km north of Qwzxville", "between the army and rebels", "west of the border of reason", "5 km race",
     "between January and March", "the border between Russia and Cuba", "30 km of road"],
)  # fmt: skip
def test_what_is_told_by_no_place_is_unknown_and_says_why(gazetteer: Gazetteer, text: str) -> None:
    found = find_place(text, gazetteer)
    assert found.status is Certainty.UNKNOWN
    assert found.place is None
    assert found.reason


@pytest.mark.parametrize("name", ["Near East", "West Bank", "Aleppo", "Tripoli, Lebanon", "Damascus countryside"])
def test_a_known_name_stays_what_it_is(gazetteer: Gazetteer, name: str) -> None:
    found = find_place(name, gazetteer)
    assert found == gazetteer.resolve(name)
    assert found.place is not None
    assert found.place.geometry is None


def test_every_river_with_a_course_is_in_the_gazetteer_and_runs_where_it_lies(gazetteer: Gazetteer) -> None:
    for name, line in rivers().items():
        waters = [c.place for c in gazetteer.candidates(name) if c.place.feature == "H.STM"]
        assert waters, name
        middle = shapely.Point(waters[0].lon, waters[0].lat)
        assert line.distance(middle) < 6.0, name


def test_a_junction_of_numbers_that_several_countries_have_is_ambiguous():
    found = find_place("the junction of the M4 and M5", Gazetteer())
    assert found.status is Certainty.AMBIGUOUS
    assert {"GB", "SY"} <= {candidate.place.country for candidate in found.candidates}
    assert find_place("the junction of the M4 and M5", Gazetteer(), countries=["SY"]).place.country == "SY"
