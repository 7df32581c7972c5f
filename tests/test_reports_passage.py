"""Places that a noun phrase names: lists, common nouns with a name by them, and words that take up a place."""

from datetime import date

import pytest

from geomap.gazetteer import Gazetteer
from geomap.models import Movement, Report
from geomap.reports.places.focus import is_implied
from geomap.reports.read import read

FRIDAY = date(2024, 3, 15)


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer()


def movements(text: str, gazetteer: Gazetteer) -> tuple[Movement, ...]:
    return read(Report("test", text, published=FRIDAY), gazetteer).movements


def destinations(text: str, gazetteer: Gazetteer) -> list[str]:
    """Return the names of the places that the last movement of a text goes to."""
    return [ref.place.name if ref.place else ref.text for ref in movements(text, gazetteer)[-1].destination]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Malian soldiers took the towns of Ber and Goundam.", ["Ber", "Goundam"]),
        ("Russian troops captured Bakhmut, Soledar and Popasna.", ["Bakhmut", "Soledar", "Popasna"]),
        ("Iraqi forces took the Bai Hassan and Avana oil fields west of Kirkuk.", ["Bai Hassan oilfield", "Avana"]),
        ("Congolese soldiers retook the Mushaki and Karuba villages in Masisi.", ["Mushaki", "Karuba"]),
        ("Iraqi forces seized their last stronghold in the region, the town of Rawa.", ["Rawa"]),
        ("M23 fighters entered Masisi territory.", ["Masisi"]),
        ("Nigerian soldiers captured several hilltops near Gwoza.", ["Gwoza"]),
        ("Ethiopian troops took the base outside Humera.", ["Humera"]),
        ("Djiboutian soldiers entered France's old base at Arta.", ["Arta"]),
        ("Turkish troops took Syria's Afrin region.", ["Afrin"]),
        ("Chadian troops took the village of Kouzatoro, which nobody knows.", ["Kouzatoro"]),
    ],
)
def test_places_of_a_phrase(text: str, places: list[str], gazetteer: Gazetteer) -> None:
    assert destinations(text, gazetteer) == places


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Guns were heard around Bambari. Wagner mercenaries entered the town on Monday.", "Bambari"),
        ("Shelling hit Bambari on Sunday. Rebel fighters pushed into the town's outskirts.", "Bambari"),
        ("Rebel fighters lost Bambari on Sunday. On Monday they retook it.", "Bambari"),
        ("Rebel fighters reached Bambari. The army sent 200 soldiers there on Friday.", "Bambari"),
        ("Rebel fighters attacked Bambari for a week. On Friday they seized a hill.", "Bambari"),
    ],
)
def test_words_that_take_up_a_place(text: str, place: str, gazetteer: Gazetteer) -> None:
    last = movements(text, gazetteer)[-1]
    assert [ref.place.name for ref in last.destination if ref.place] == [place]
    assert all(is_implied(ref) and place in ref.reason for ref in last.destination)


def test_two_steps_to_one_town_in_one_sentence_are_one_movement(gazetteer: Gazetteer) -> None:
    text = "Rebel fighters encircled Bambari and entered its northern districts."
    assert destinations(text, gazetteer) == ["Bambari"]


def test_who_withdraws_leaves_the_place_in_view(gazetteer: Gazetteer) -> None:
    text = "Fighting went on for weeks in Avdiivka. Ukrainian troops withdrew on Saturday."
    (movement,) = movements(text, gazetteer)
    assert [ref.place.name for ref in movement.origin if ref.place] == ["Avdiivka"]
    (told,) = movements("Ukrainian troops withdrew from Avdiivka on Saturday.", gazetteer)
    assert movement.confidence < told.confidence


@pytest.mark.parametrize(
    "text",
    [
        "Talks were held in Doha. The rebels withdrew from the negotiations.",
        "The match was played in Lagos. The army team entered a new league.",
        "Prices rose in Khartoum. The army reached an agreement with traders.",
        "A bomb went off in Quetta. Soldiers left the meeting early.",
    ],
)
def test_no_place_is_implied_where_something_else_is_left_or_reached(text: str, gazetteer: Gazetteer) -> None:
    assert movements(text, gazetteer) == ()


def test_troops_go_on_the_road_from_one_place_to_another(gazetteer: Gazetteer) -> None:
    (movement,) = movements("M23 rebels are pushing along the road from Sake to Minova.", gazetteer)
    assert [ref.text for ref in movement.origin] == ["Sake"]
    assert [ref.text for ref in movement.destination] == ["Minova"]
