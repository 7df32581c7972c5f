"""Nouns of forces at the head of a sentence."""

import pytest
import spacy
from spacy.tokens import Doc

from geomap.reports.parsing.nlp import load_parser
from geomap.reports.parsing.plurals import tell_plurals


@pytest.mark.parametrize(
    ("text", "word", "lemma"),
    [
        ("Guerrillas withdrew from Ituango in Colombia.", "Guerrillas", "guerrilla"),
        ("Militiamen retreated to Zawiya in Libya.", "Militiamen", "militiaman"),
        ("Jihadis retreated to Menaka.", "Jihadis", "jihadi"),
        ("Paramilitaries left Nyala.", "Paramilitaries", "paramilitary"),
    ],
)
def test_a_plural_that_opens_a_sentence_is_a_noun(text: str, word: str, lemma: str) -> None:
    token = next(t for t in load_parser()(text) if t.text == word)
    assert (token.pos_, token.tag_, token.lemma_) == ("NOUN", "NNS", lemma)


@pytest.mark.parametrize("words", [["Rangers", "moved"], ["Houthis", "entered"], ["Jolo", "Guerrillas", "left"]])
def test_clubs_and_longer_names_stay_names(words: list[str]) -> None:
    pipeline = spacy.blank("en")
    tell_plurals(pipeline)
    names = len(words) - 1
    doc = Doc(
        pipeline.vocab, words, pos=["PROPN"] * names + ["VERB"], deps=["compound"] * (names - 1) + ["nsubj", "ROOT"],
        heads=[names] * len(words),
    )  # fmt: skip
    told = pipeline(doc)
    assert [t.pos_ for t in told[:names]] == ["PROPN"] * names
