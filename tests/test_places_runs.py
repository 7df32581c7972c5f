"""Runs of names that have lost their commas, cut into the names."""

import pytest

from geomap.gazetteer import Gazetteer
from geomap.reports.parsing.nlp import load_parser
from geomap.reports.places.runs import is_announced, names_in_run


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer()


@pytest.mark.parametrize(
    ("run", "names"),
    [
        ("Hadrut Fuzuli", ["Hadrut", "Fuzuli"]),
        ("Bulo Marer Qoryoley", ["Bulo Marer", "Qoryoley"]),
        # no part of a name that has more words
        ("San Salvador Soyapango", ["San Salvador", "Soyapango"]),
        # unknown ones are cut where names begin, and keep their articles
        ("Qwzxun Xqertal", ["Qwzxun", "Xqertal"]),
        ("Khirbet Qwzxun Xqertal", ["Khirbet Qwzxun", "Xqertal"]),
        ("Qwzxun al-Xarbi al-Kabir Xqertal", ["Qwzxun al-Xarbi al-Kabir", "Xqertal"]),
    ],
)
def test_a_run_is_cut_into_its_names(gazetteer: Gazetteer, run: str, names: list[str]) -> None:
    doc = load_parser()(run)
    assert [doc[first:last].text for first, last in names_in_run(doc, 0, len(doc), gazetteer)] == names


@pytest.mark.parametrize(
    ("text", "announced"),
    [
        ("They took the villages of Qwzxun Xqertal and Hadrut.", True),
        ("They took the village of Qwzxun Xqertal.", False),
        ("They met the men of Qwzxun Xqertal.", False),
        ("They took Qwzxun Xqertal.", False),
    ],
)
def test_which_runs_are_lists(text: str, announced: bool) -> None:
    doc = load_parser()(text)
    first = next(token.i for token in doc if token.text == "Qwzxun")
    assert is_announced(doc, first) is announced
