"""Nouns of movement with a hyphen."""

import pytest

from geomap.reports.parsing.nlp import load_parser


@pytest.mark.parametrize(
    ("text", "word"), [("A build-up of troops began.", "build-up"), ("Their pull-outs failed.", "pull-outs")]
)
def test_a_noun_of_movement_keeps_its_hyphen(text: str, word: str) -> None:
    token = next(t for t in load_parser()(text) if "-" in t.text)
    assert (token.text, token.pos_) == (word, "NOUN")


@pytest.mark.parametrize("text", ["A counter-offensive began.", "A rebel-held town fell."])
def test_other_words_are_cut_at_theirs(text: str) -> None:
    assert any(t.text == "-" for t in load_parser()(text))
