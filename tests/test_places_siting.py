"""Quarters of towns, and sites beside what was named before."""

import pytest

from geomap.gazetteer import Gazetteer
from geomap.models import Candidate, Certainty, Place, Resolution, Role
from geomap.reports.places.siting import beside_towns
from geomap.reports.places.toponyms import Toponym

TABQA = Place("test:1", "Tabqa", 38.55, 35.84, "SY", feature="P.PPLA2")
FIELD = Place("test:2", "Shaer", 37.89, 34.84, "SY", feature="L.GASF")
ELSEWHERE = Place("test:3", "Alexandria", 29.92, 31.2, "EG", feature="P.PPLA", population=5_000_000)


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer()


def found(text: str, gazetteer: Gazetteer, **places: Place) -> dict[str, Place | None]:
    """Return what the names of a text mean once their towns are looked at."""
    spans = sorted((text.index(name), name) for name in places)
    names = [Toponym(0, 0, start, start + len(name), name, Role.PLACE) for start, name in spans]
    alone = [Resolution(name, Certainty.RESOLVED, "", (Candidate(places[name], 0.9),)) for _, name in spans]
    answers = beside_towns(names, alone, text, gazetteer)
    return {name: answer.place for (_, name), answer in zip(spans, answers, strict=True)}


@pytest.mark.parametrize(
    "text",
    [
        "They reached Tabqa. The city's Alexandria neighborhood fell.",
        "They reached Tabqa. The citys Alexandria neighborhood fell.",
        "They took the Alexandria district of Tabqa.",
        "They took the Alexandria quarter in the city of Tabqa.",
        "They took Tabqa's Alexandria quarter.",
        "They reached Tabqa and took the Alexandria area of the city.",
    ],
)
def test_a_quarter_lies_in_its_town(gazetteer: Gazetteer, text: str) -> None:
    place = found(text, gazetteer, Tabqa=TABQA, Alexandria=ELSEWHERE)["Alexandria"]
    assert place is not None
    assert (place.lon, place.lat, place.name) == (TABQA.lon, TABQA.lat, "Alexandria")
    assert place.precision_m >= 15_000


@pytest.mark.parametrize(
    "text",
    [
        "They left Tabqa for Alexandria.",
        "They left Tabqa and reached the Alexandria area.",
        "The city's envoys went from Tabqa to Alexandria in Egypt.",
        "The Alexandria suburb of Tabqa was quiet.",
    ],
)
def test_what_is_in_no_town_stays_where_it_is(gazetteer: Gazetteer, text: str) -> None:
    assert found(text, gazetteer, Tabqa=TABQA, Alexandria=ELSEWHERE)["Alexandria"] == ELSEWHERE


def test_a_quarter_that_the_gazetteer_has_is_found_by_its_town(gazetteer: Gazetteer) -> None:
    aleppo = gazetteer.resolve("Aleppo", countries=("SY",)).place
    assert aleppo is not None
    place = found("In Aleppo's Salaheddine district", gazetteer, Aleppo=aleppo, Salaheddine=ELSEWHERE)["Salaheddine"]
    assert place is not None
    assert place.country == "SY"
    assert not place.id.startswith("site:")


def test_what_is_nearby_lies_by_what_was_named_before(gazetteer: Gazetteer) -> None:
    text = "Shots were heard at Shaer and at the nearby Alexandria oil field."
    place = found(text, gazetteer, Shaer=FIELD, Alexandria=ELSEWHERE)["Alexandria"]
    assert place is not None
    assert (place.lon, place.lat) == (FIELD.lon, FIELD.lat)
    assert place.precision_m >= 30_000


@pytest.mark.parametrize(
    ("noun", "feature"),
    [("air base", "S.AIRP"), ("airport", "S.AIRP"), ("military base", "S.INSM"), ("dam", "S.DAM"), ("prison", "S.PRN")],
)
def test_a_site_named_after_its_town_is_not_the_town(gazetteer: Gazetteer, noun: str, feature: str) -> None:
    place = found(f"They went from Tabqa {noun} to the town.", gazetteer, Tabqa=TABQA)["Tabqa"]
    assert place is not None
    assert (place.name, place.feature, place.lon, place.lat) == (f"Tabqa {noun}", feature, TABQA.lon, TABQA.lat)
    assert place.id != TABQA.id
    assert place.precision_m >= 15_000


@pytest.mark.parametrize(
    "text", ["They held Tabqa town.", "They left Tabqa based on orders.", "Tabqa, dam and all, fell."]
)
def test_a_town_that_no_site_is_named_after_stays_the_town(gazetteer: Gazetteer, text: str) -> None:
    assert found(text, gazetteer, Tabqa=TABQA)["Tabqa"] == TABQA


def test_a_site_that_the_gazetteer_has_stays_where_it_is(gazetteer: Gazetteer) -> None:
    assert found("They left Shaer base.", gazetteer, Shaer=FIELD)["Shaer"] == FIELD
