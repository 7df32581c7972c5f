"""Sentences that do not end by themselves are ended; all others are left as they are."""

import pytest

from geomap.reports.parsing.endless import LONGEST
from geomap.reports.parsing.nlp import load_parser


@pytest.mark.parametrize(
    "words",
    [
        "and the troops who left Gao with the men of Kidal that came from Mopti because ",
        "Gao Kidal Mopti Segou ",
        "Goma, Bukavu, Uvira, ",
        "it went on ",
    ],
)
def test_no_sentence_is_endless(words):
    doc = load_parser()(words * 120)
    assert max(len(sentence) for sentence in doc.sents) <= LONGEST + 1
    assert "".join(sentence.text_with_ws for sentence in doc.sents) == doc.text


@pytest.mark.parametrize(
    "text",
    [
        "The column, which had left Gao at dawn, and which was made up of some 40 lorries, reached Kidal on Monday.",
        "Who came? They did! And then... nothing. It left for Bukavu; and Uvira fell.",
        "The dead came from " + ", ".join(["Goma", "Uvira", "Beni"] * 15) + " and Bunia.",
    ],
)
def test_sentences_that_end_are_left_alone(text):
    parser = load_parser()
    with parser.select_pipes(disable=["endless_sentences"]):
        plain = [sentence.text for sentence in parser(text).sents]
    assert [sentence.text for sentence in parser(text).sents] == plain
