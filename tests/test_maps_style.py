"""Colours, tags and sentences of the map."""

from dataclasses import replace

import pytest
import samples

from geomap.errors import InputError
from geomap.maps import style
from geomap.models import IncidentKind, MovementKind, Status


def luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize(("colours", "ground"), [(style.LIGHT, "#F4F1EA"), (style.DARK, "#14181D")])
def test_every_slot_stands_out_from_its_ground(colours, ground):
    assert min(contrast(colour, ground) for colour in colours) >= 3.0


def test_actors_keep_order_and_get_unique_tags():
    cast = style.actors(["Turkey", "Tuareg", "Turkey", "SDF", "Tunisia", "Tuvalu"])
    assert [actor.name for actor in cast] == ["Turkey", "Tuareg", "SDF", "Tunisia", "Tuvalu"]
    assert len({actor.tag for actor in cast}) == 5
    assert all(1 < len(actor.tag) <= 4 for actor in cast)


def test_seventh_actor_shares_a_colour_but_not_a_tag():
    cast = style.actors([f"Group {letter}" for letter in "ABCDEFG"])
    assert cast[6].light == cast[0].light
    assert cast[6].tag != cast[0].tag


def test_an_actor_without_letters_has_a_tag():
    assert style.actors(["???"])[0].tag


def test_own_colour_is_used_on_both_grounds():
    (actor,) = style.actors(["SDF"], colours={"SDF": "#123456"})
    assert (actor.light, actor.dark) == ("#123456", "#123456")


def test_unreadable_colour_says_what_to_write():
    with pytest.raises(InputError, match="#RRGGBB"):
        style.checked_colours({"SDF": "red; background: url(x)"})


def test_sentence_tells_who_how_many_from_where_to_where():
    first, second, third, denied, *_ = samples.movements()
    assert style.movement_sentence(first) == ("US forces (about 20 trucks) travelled in convoy from Raqqa to Hasakah.")
    assert style.movement_sentence(second) == "US forces are withdrawing from Hasakah into Iraq."
    assert style.movement_sentence(third) == "Turkish forces are to advance from Tall Abyad to Raqqa."
    assert style.movement_sentence(denied).startswith("Denied: ")


@pytest.mark.parametrize("kind", MovementKind)
@pytest.mark.parametrize("status", Status)
def test_every_kind_and_status_has_a_sentence(kind, status):
    text = style.movement_sentence(
        samples.movement(1, kind=kind, status=status, destination=(samples.ref(samples.RAQQA),))
    )
    assert text.endswith("Raqqa.")
    assert "  " not in text


def test_forces_without_a_name_are_said_to_have_none():
    text = style.movement_sentence(samples.movement(1, actor=None, destination=(samples.ref(samples.RAQQA),)))
    assert text.startswith("Forces not named")


def test_area_sentence_gives_depth():
    strip, _ = samples.areas()
    assert style.area_sentence(strip) == "Safe zone, 30 km deep, Turkey, planned."


def test_incident_sentences():
    shelling, clash = samples.incidents()
    assert shelling.kind is IncidentKind.SHELLING
    assert style.incident_sentence(shelling) == "Shelling of Tal Tamr by Turkish forces."
    assert style.incident_sentence(clash) == "Clash involving Turkish forces at Tall Baydar base."


@pytest.mark.parametrize(
    ("grade", "words"),
    [
        ("B2", "B2: source usually reliable, probably true"),
        ("F6", "F6: source not judged, truth not judged"),
        ("?", "?"),
    ],
)
def test_grades_in_words(grade, words):
    assert style.grade_words(grade) == words


def test_precision_in_words():
    assert style.precision_words(800) == "±800 m"
    assert style.precision_words(5000) == "±5 km"


@pytest.mark.parametrize(
    ("by_hand", "words"),
    [
        ((), ""),
        (("to", "date_end"), "corrected by hand: to, date end"),
        (("added",), "added by hand"),
    ],
)
def test_what_a_person_did_is_said(by_hand, words):
    claim = replace(samples.movement(1).provenance, by_hand=by_hand)
    assert style.by_hand_words(claim) == words
