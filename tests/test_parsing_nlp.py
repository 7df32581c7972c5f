"""The parser reads as the model it is made from does, in less time."""

from datetime import date
from importlib import import_module
from importlib.util import find_spec

import pytest

from geomap.gazetteer import Gazetteer
from geomap.models import Report
from geomap.reports.parsing.nlp import MODELS, load_parser
from geomap.reports.read import read

TEXTS = [
    "Two columns of Ethiopian armour, about 40 vehicles in all, left Gode for the Somali border on Tuesday.",
    "There weren't any soldiers at the bridge; it's theirs now, isn't it? You're going to hold it, they'd said.",
    "Let's go, c'mon! I'm gonna stay, you gotta leave. Somethin' ain't right here, y'all.",
    "COLOMBO -- The Sri Lankan navy said that it had done what it does, and that nobody got hurt.",
    "He who was being led away had done so once\n\nbefore;   that being the case, would anyone have us go there?",
    "(Photo: AFP) @user http://example.org 12:40 GMT -- 3,500 m² , N'Djamena, Côte d'Ivoire & Guinea-Bissau",
    "this that these those this\tthat which I can't do: do it, let it be, whether or not they do",
    "",
    " ",
]


@pytest.fixture(scope="module")
def shipped():
    return import_module(next(filter(find_spec, MODELS))).load()


@pytest.mark.parametrize("text", TEXTS)
def test_words_have_the_attributes_that_the_model_gives_them(shipped, text):
    def told(doc):
        words = [(t.tag_, t.pos_, str(t.morph), t.lemma_, t.dep_, t.head.i, t.is_sent_start) for t in doc]
        return words, [(e.start, e.end, e.label_) for e in doc.ents]

    assert told(load_parser()(text)) == told(shipped(text))


def test_only_the_parsers_own_products_are_changed():
    from thinc.api import get_current_ops

    before = get_current_ops()
    load_parser.__wrapped__()
    assert get_current_ops() is before


def test_what_is_read_does_not_depend_on_what_was_read_before():
    places = ("Bentiu", "Malakal", "Renk", "Nasir")
    texts = [f"On Monday {n}0 soldiers left {place} for the Ethiopian border." for n, place in enumerate(places, 1)]
    reports = [Report(f"r{n}", text, published=date(2015, 5, 20)) for n, text in enumerate(texts)]
    gazetteer = Gazetteer()
    after_others = [read(report, gazetteer) for report in reports]
    load_parser.cache_clear()
    alone = [read(report, Gazetteer()) for report in reversed(reports)]
    assert alone == after_others[::-1]
    assert all(reading.movements for reading in alone)
