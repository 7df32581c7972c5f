"""Possessives that have lost their apostrophe."""

import pytest

from geomap.reports.parsing.nlp import load_parser


@pytest.mark.parametrize(
    ("text", "owner"),
    [
        ("Rebels cut the countrys main road in half.", "country"),
        ("Troops went into the citys old quarter at dawn.", "city"),
        ("The territorys 19 districts were cut off.", "territory"),
        ("Gunmen hid in the churchs cellar.", "church"),
    ],
)
def test_the_owner_is_the_noun_it_is(text: str, owner: str) -> None:
    doc = load_parser()(text)
    word = next(t for t in doc if t.text == owner)
    assert (word.pos_, word.nbor().text) == ("NOUN", "s")
    assert doc.text == text


@pytest.mark.parametrize(
    "text",
    [
        "Both armies left the towns at dawn.",
        "Soldiers from three countries held the valleys there.",
        "The Kellys farm near Harrys bar was searched.",
        "Four boys were held by the armys.",
    ],
)
def test_plurals_names_and_what_owns_nothing_stay_whole(text: str) -> None:
    assert "s" not in [t.text for t in load_parser()(text)]
