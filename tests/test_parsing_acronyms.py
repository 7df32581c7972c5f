"""Names in capitals that are spelt like words."""

import pytest

from geomap.reports.parsing.nlp import load_parser


@pytest.mark.parametrize(
    "text",
    [
        "IS captured the town of Hit on Monday.",
        "The city was in danger as IS advances in the north.",
        "The victory opens the way for IS to move towards the dam.",
    ],
)
def test_a_group_called_is_has_the_clause_as_its_subject(text: str) -> None:
    word = next(t for t in load_parser()(text) if t.text == "IS")
    assert (word.pos_, word.dep_) == ("PROPN", "nsubj")


@pytest.mark.parametrize("text", ["The army is in the town.", "THE ARMY IS IN THE TOWN OF BENI NOW."])
def test_the_verb_stays_a_verb(text: str) -> None:
    word = next(t for t in load_parser()(text) if t.lower_ == "is")
    assert word.norm_ == "is"
