"""Entities found for all words at once are those that the model finds word by word."""

from importlib import import_module
from importlib.util import find_spec

import pytest
from spacy.tokens import Doc

from geomap.reports.parsing.entities import find_entities_together
from geomap.reports.parsing.nlp import MODELS

TEXTS = [
    "The Mozambique Defence Armed Forces and 1,000 Rwandan troops took Mocímboa da Praia on Sunday, August 8, 2021.",
    "On Tuesday night Nana Akufo-Addo of Ghana went to Ouagadougou. The Economic Union of West African\nStates sat.",
    "It is based in Abuja; they sat for two and a half hours at the Transcorp Hilton Hotel, Mr. Buhari said.",
    "JUBA, South Sudan -- Riek Machar's men held Malakal  \n\n Upper Nile for between three and five days",
    "more than US$3.5 million, about 60 percent of it, went to the United Nations Mission in the Central African",
    "Lake Chad Basin Commission Multinational Joint Task Force Sector 3 Monguno Borno State Nigeria",
    "\n",
    "",
]


@pytest.fixture(scope="module")
def shipped():
    return import_module(next(filter(find_spec, MODELS))).load()


@pytest.fixture(scope="module")
def together():
    pipeline = import_module(next(filter(find_spec, MODELS))).load()
    find_entities_together(pipeline)
    assert "ner" in pipeline.disabled
    return pipeline


def found(doc: Doc):
    return [(e.start, e.end, e.label_) for e in doc.ents], [t.ent_iob_ for t in doc]


@pytest.mark.parametrize("text", TEXTS)
def test_the_same_entities_are_found(shipped, together, text):
    assert found(together(text)) == found(shipped(text))


def test_no_entity_goes_on_in_the_next_sentence(shipped, together):
    words = "the Great Lakes of the United Nations Mission in South Sudan".split()
    for end in range(1, len(words)):
        starts = [n in {0, end} for n in range(len(words))]
        one, other = (Doc(p.vocab, words, sent_starts=starts) for p in (shipped, together))
        assert found(together.get_pipe("entities_together")(other)) == found(shipped.get_pipe("ner")(one))
        assert not any(e.start < end < e.end for e in other.ents)


def test_a_model_that_tries_several_ways_stays_as_it_is():
    pipeline = import_module(next(filter(find_spec, MODELS))).load()
    pipeline.get_pipe("ner").cfg["beam_width"] = 4
    names = pipeline.pipe_names
    find_entities_together(pipeline)
    assert pipeline.pipe_names == names
