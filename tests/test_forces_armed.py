"""Which noun phrases name forces under arms."""

import pytest

from geomap.reports.forces.armed import is_one_of, moves_under_arms
from geomap.reports.parsing.nlp import load_parser


def under_arms(sentence: str, word: str) -> bool:
    doc = load_parser()(sentence)
    head = next(t for t in doc if t.text == word)
    return moves_under_arms(head, doc[head.left_edge.i : head.right_edge.i + 1])


@pytest.mark.parametrize(
    ("word", "sentence"),
    [
        ("Troops", "Troops of nurses arrived in Bergamo."),
        ("Troops", "Troops of baboons retreated to the hills."),
        ("army", "An army of volunteers cleaned the beach."),
        ("squad", "A squad of cheerleaders left Leeds."),
    ],
)
def test_some_words_for_forces_only_say_that_many_came(word: str, sentence: str) -> None:
    assert not under_arms(sentence, word)


@pytest.mark.parametrize(
    ("word", "sentence"),
    [
        ("Troops", "Troops of the Fifth Army left Leticia."),
        ("Troops", "Troops of the three countries entered Bamako."),
        ("squad", "A squad of soldiers left Leticia."),
        ("Troops", "Troops left Leticia."),
        ("Three", "Three of the battalions left Leticia."),
    ],
)
def test_and_others_are_forces(word: str, sentence: str) -> None:
    assert under_arms(sentence, word)


@pytest.mark.parametrize(
    ("sentence", "counts"),
    [
        ("One of the battalions left Leticia.", True),
        ("One of its convoys reached Leticia.", True),
        ("One of the soldiers left Leticia.", False),
        ("One of the players left Leticia.", False),
    ],
)
def test_one_of_several_units_is_a_force_and_one_soldier_is_none(sentence: str, counts: bool) -> None:
    assert is_one_of(next(t for t in load_parser()(sentence) if t.text == "One")) is counts
