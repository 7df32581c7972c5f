"""Speakers glued to the place before them by a lost comma."""

import pytest

from geomap.reports.parsing.nlp import load_parser


@pytest.mark.parametrize(
    ("sentence", "name", "governor", "people"),
    [
        ("Al-Shabab militants took over Halgan residents said.", "Halgan", "took", "residents"),
        ("Rebels entered the town of Kismayo residents said.", "Kismayo", "of", "residents"),
        ("Kenyan soldiers advanced towards Garissa witnesses said.", "Garissa", "towards", "witnesses"),
        ("Chadian soldiers captured Bardai activists in the town said.", "Bardai", "captured", "activists"),
        ("Soldiers withdrew from Sake locals told reporters.", "Sake", "from", "locals"),
        ("Fighters left for Abu al-Zor officials said on Monday.", "Zor", "for", "officials"),
        ("After the attack in Kumba residents said the army left.", "Kumba", "in", "residents"),
    ],
)
def test_a_place_and_its_speakers_are_parted(sentence: str, name: str, governor: str, people: str) -> None:
    words = {token.text: token for token in load_parser()(sentence)}
    assert words[name].head.text == governor
    assert words[name].dep_ in {"dobj", "pobj"}
    assert words[people].dep_ == "nsubj"
    assert words[people].head.text in {"said", "told"}


@pytest.mark.parametrize(
    "sentence",
    [
        "Kumba residents said the soldiers left.",
        "But Kumba residents said the soldiers left.",
        "The army attacked Kumba rebels said to be foreigners.",
        "He met Kumba residents who said the army left.",
        "Soldiers killed two Kumba residents, activists said.",
        "The mayor said Kumba residents said so.",
    ],
)
def test_people_of_a_place_keep_its_name(sentence: str) -> None:
    (name,) = (token for token in load_parser()(sentence) if token.text == "Kumba")
    assert name.head.text in {"residents", "rebels"}
