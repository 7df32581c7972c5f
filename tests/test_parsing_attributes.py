"""Words met before have the attributes that the model's rules give them."""

from importlib import import_module
from importlib.util import find_spec

import pytest

from geomap.reports.parsing import attributes
from geomap.reports.parsing.attributes import remember_words
from geomap.reports.parsing.nlp import MODELS


def shipped():
    return import_module(next(filter(find_spec, MODELS))).load()


@pytest.fixture(scope="module")
def parsers():
    remembering = shipped()
    remember_words(remembering)
    return remembering, shipped()


def told(doc):
    return [(t.tag_, t.pos_, str(t.morph), t.lemma_, t.dep_) for t in doc]


SENTENCES = [
    "The lead units left Kidal, and they lead the rest to a lead mine that is left.",
    "That was that: those that saw it saw a saw.",
    "There is no going back, there's only going on.",
    "He had had to do what he had; she'd have had it done, and I'd do it too.",
    "Is he in? He is, but the US is not, and tell us, did it not cross?",
]


@pytest.mark.parametrize("sentence", SENTENCES)
def test_the_same_word_in_another_part_is_another_word(parsers, sentence):
    remembering, plain = parsers
    for _ in range(2):
        assert told(remembering(sentence)) == told(plain(sentence))


def test_what_is_forgotten_is_found_again(parsers, monkeypatch):
    remembering, plain = parsers
    monkeypatch.setattr(attributes, "MOST_REMEMBERED", 2)
    for sentence in SENTENCES:
        assert told(remembering(sentence)) == told(plain(sentence))
    assert len(remembering.get_pipe("remembered_words")._known) < 40


def test_a_pipeline_without_rules_stays_as_it_is():
    import spacy

    blank = spacy.blank("en")
    remember_words(blank)
    assert blank.pipe_names == []
