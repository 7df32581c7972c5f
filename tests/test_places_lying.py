"""Settlements that only the words locate."""

import pytest

from geomap.gazetteer import Gazetteer
from geomap.models import Candidate, Certainty, Place, Resolution, Role
from geomap.reports.places.lying import is_respelled, put_where_told
from geomap.reports.places.toponyms import Toponym

BORNO = Place("test:1", "Borno", 13.0, 11.5, "NG", feature="A.ADM1", precision_m=200_000.0)
TOWN = Place("test:2", "Kupiansk", 37.62, 49.71, "UA", feature="P.PPLA2", precision_m=4_000.0)
NIGERIA = Place("test:3", "Nigeria", 8.0, 10.0, "NG", feature="A.PCLI", precision_m=700_000.0)
OTHER_END = Place("test:4", "Qwzxana", 4.5, 12.4, "NG", feature="P.PPL")
ABROAD = Place("test:5", "Qwzxan", 72.7, 24.6, "IN", feature="P.PPL")
SAME_END = Place("test:6", "Qwzxana", 13.4, 11.9, "NG", feature="P.PPL")


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer()


def put(text: str, gazetteer: Gazetteer, **places: Place | None) -> dict[str, Place | None]:
    """Return what the names of a text mean once the words were heard; those with no place are unknown."""
    spans = sorted((text.index(name), name) for name in places)
    names = [Toponym(0, 0, start, start + len(name), name, Role.PLACE) for start, name in spans]
    alone = [_alone(name, places[name]) for _, name in spans]
    answers = put_where_told(names, alone, text, gazetteer)
    return {name: answer.place for (_, name), answer in zip(spans, answers, strict=True)}


def _alone(name: str, place: Place | None) -> Resolution:
    if place is None:
        return Resolution(name, Certainty.UNKNOWN, "not found")
    return Resolution(name, Certainty.RESOLVED, "", (Candidate(place, 0.9, name=place.name),))


@pytest.mark.parametrize(
    "text",
    [
        "They took the village of Qwzxan in Borno state.",
        "They took the village of Qwzxan, in the eastern countryside of Borno.",
        "They took Qwzxan village in Borno.",
        "They took the hamlets of Xqertal and Qwzxan in northern Borno.",
        "They took Xqertal, Qwzxan villages in rural Borno.",
        "They took the town called Qwzxan, which lies in Borno.",
    ],
)
def test_an_unknown_village_has_the_radius_of_what_it_lies_in(gazetteer: Gazetteer, text: str) -> None:
    names = {name: None for name in ("Xqertal", "Qwzxan") if name in text}
    found = put(text, gazetteer, Borno=BORNO, **names)
    for name in names:
        place = found[name]
        assert place is not None
        assert (place.name, place.lon, place.lat, place.precision_m) == (name, BORNO.lon, BORNO.lat, BORNO.precision_m)
        assert place.feature == "P.PPL"
    assert len({place.id for place in found.values() if place}) == len(found)


def test_near_a_town_is_wider_than_the_town(gazetteer: Gazetteer) -> None:
    place = put("They took the village of Qwzxan near Kupiansk.", gazetteer, Kupiansk=TOWN, Qwzxan=None)["Qwzxan"]
    assert place is not None
    assert (place.lon, place.lat, place.precision_m) == (TOWN.lon, TOWN.lat, 30_000.0)


def test_the_province_of_a_country_holds_rather_than_the_country(gazetteer: Gazetteer) -> None:
    text = "They took the village of Qwzxan in Nigeria's northern Borno state."
    place = put(text, gazetteer, Qwzxan=None, Nigeria=NIGERIA, Borno=BORNO)["Qwzxan"]
    assert place is not None
    assert (place.lon, place.lat) == (BORNO.lon, BORNO.lat)


@pytest.mark.parametrize(
    "text",
    [
        # called nothing
        "They took Qwzxan in Borno.",
        "They met General Qwzxan in Borno state.",
        # said to lie nowhere
        "They took the village of Qwzxan and Borno was quiet.",
        "The village of Qwzxan heard shots in the night from Borno.",
        "They took the village of Qwzxan on the way to Borno.",
    ],
)
def test_what_the_words_do_not_locate_stays_unknown(gazetteer: Gazetteer, text: str) -> None:
    assert put(text, gazetteer, Borno=BORNO, Qwzxan=None)["Qwzxan"] is None


@pytest.mark.parametrize(
    ("text", "beside"),
    [
        ("They took the villages of Qwzxan, Xqertal and Qwzxana.", True),
        ("They took the villages of Qwzxan, Xqertal and Qwzxana in Borno state.", True),
        ("They took Qwzxana and Xqertal villages.", True),
        # towns may lie far apart, and people are no villages
        ("They took the towns of Xqertal and Qwzxana.", False),
        ("They took Xqertal and Qwzxana.", False),
    ],
)
def test_villages_of_one_list_are_neighbours(gazetteer: Gazetteer, text: str, beside: bool) -> None:
    unknown = {name: None for name in ("Qwzxan", "Xqertal") if f"{name}," in text or f"{name} " in text}
    area = {"Borno": BORNO} if "Borno" in text else {}
    place = put(text, gazetteer, Qwzxana=SAME_END, **unknown, **area)["Xqertal"]
    assert (place is not None) is beside
    if place is not None:
        assert (place.lon, place.lat, place.precision_m) == (SAME_END.lon, SAME_END.lat, 30_000.0)


def test_a_village_across_the_border_from_its_neighbour_stays_there(gazetteer: Gazetteer) -> None:
    text = "They took the villages of Qwzxana and Qwzxan."
    assert put(text, gazetteer, Qwzxana=SAME_END, Qwzxan=ABROAD)["Qwzxan"] == ABROAD


def test_a_country_is_too_wide(gazetteer: Gazetteer) -> None:
    assert put("The village of Qwzxan in Nigeria", gazetteer, Nigeria=NIGERIA, Qwzxan=None)["Qwzxan"] is None


@pytest.mark.parametrize(("place", "stays"), [(SAME_END, True), (OTHER_END, False), (ABROAD, False)])
def test_another_place_of_the_name_has_to_lie_there(gazetteer: Gazetteer, place: Place, stays: bool) -> None:
    found = put("They took the village of Qwzxan in Borno state.", gazetteer, Borno=BORNO, Qwzxan=place)["Qwzxan"]
    assert (found == place) is stays


@pytest.mark.parametrize(("name", "respelled"), [("Qwzxana", False), ("Qwzxana village", False), ("Qvzxanna", True)])
def test_which_names_are_spelled_another_way(name: str, respelled: bool) -> None:
    assert is_respelled(name, _alone(name, SAME_END)) is respelled
