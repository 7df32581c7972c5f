"""Vectors put together from remembered words are those that the model makes."""

from importlib import import_module
from importlib.util import find_spec

import numpy as np
import pytest
import spacy

from geomap.reports import vectors
from geomap.reports.nlp import MODELS
from geomap.reports.vectors import remember_vectors

TEXTS = [
    "Two columns of marines left Zamboanga before dawn, and reached Jolo in the evening.",
    "Left alone, the left column left.",
    "Kinshasa",
    "The army said on 3 May 2016 (15:40 GMT) that the M-4 road, cut for 12 days, was open\nfor €250-a-day lorries",
]


def shipped():
    return import_module(next(filter(find_spec, MODELS))).load()


def of_words(pipeline):
    return pipeline.get_pipe("tok2vec").model


def of_entities(pipeline):
    return pipeline.get_pipe("ner").model.layers[0]


@pytest.fixture(scope="module")
def plain():
    return shipped()


@pytest.fixture
def quick():
    pipeline = shipped()
    remember_vectors(pipeline)
    return pipeline


@pytest.mark.parametrize("model", [of_words, of_entities])
def test_the_vectors_are_those_of_the_model(plain, quick, model):
    docs = [plain.make_doc(text) for text in TEXTS]
    for _ in range(2):
        made, own = model(quick).predict(docs), model(plain).predict(docs)
        np.testing.assert_allclose(np.vstack(made), np.vstack(own), atol=1e-5)


def test_both_models_are_taken_apart(quick):
    for component in ("tok2vec", "ner"):
        assert "remembered_vectors" in [node.name for node in quick.get_pipe(component).model.walk()]


def test_what_was_read_before_changes_nothing(plain, quick):
    doc = plain.make_doc(TEXTS[0])
    alone = of_words(quick).predict([doc])[0]
    other = shipped()
    remember_vectors(other)
    for text in TEXTS[:0:-1]:
        of_words(other).predict([plain.make_doc(text)])
    assert np.array_equal(of_words(other).predict([doc])[0], alone)


def test_what_is_forgotten_is_found_again(plain, quick, monkeypatch):
    monkeypatch.setattr(vectors, "MOST_REMEMBERED", 2)
    for text in TEXTS:
        doc = plain.make_doc(text)
        np.testing.assert_allclose(of_words(quick).predict([doc])[0], of_words(plain).predict([doc])[0], atol=1e-5)
    assert len(of_words(quick)._func._known) <= len(plain.make_doc(TEXTS[-1]))


def test_a_text_without_words_has_no_vectors(plain, quick):
    empty, some = of_words(quick).predict([plain.make_doc(""), plain.make_doc("Goma fell.")])
    assert empty.shape == (0, 96)
    assert len(some) == 3


def test_a_pipeline_without_a_model_stays_as_it_is():
    blank = spacy.blank("en")
    blank.add_pipe("sentencizer")
    remember_vectors(blank)
    assert blank.pipe_names == ["sentencizer"]
