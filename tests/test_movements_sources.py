"""Words that only tell who says so: what is in them is no end of a movement, unless they tell one themselves."""

import pytest

from geomap.gazetteer import Gazetteer
from geomap.models import Report
from geomap.reports.movements.sources import sources
from geomap.reports.parsing.nlp import load_parser
from geomap.reports.read import read


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer()


def told(text: str) -> list[str]:
    """Return the words of a sentence that name a speaker."""
    sentence = next(load_parser()(text).sents)
    return [sentence.doc[run.start : run.stop].text for run in sources(sentence)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "The convoy left on Friday, according to Kivu Watch, a group that is run from an office in Nairobi.",
            "according to Kivu Watch, a group that is run from an office in Nairobi",
        ),
        (
            "Rebels took Sake, said the Lake Institute, a group based in Oslo.",
            "the Lake Institute, a group based in Oslo",
        ),
        ("Two battalions left Gao on Sunday, the governor of Mopti said.", "governor of Mopti"),
        ("According to a source in Juba, soldiers left Bor for Torit.", "According to a source in Juba"),
    ],
)
def test_who_says_so(text: str, words: str) -> None:
    assert told(text) == [words]


def test_a_clause_of_its_own_is_not_part_of_it() -> None:
    text = "Soldiers left Bor, according to a monitor, and the rebels marched on Torit."
    assert all("rebels" not in words for words in told(text))


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("The column set off on Friday, according to Sahel Monitor, a group in Geneva that relies on shepherds.", []),
        ("Two battalions left Gao on Sunday, the governor of Mopti said.", ["Gao"]),
        ("Malian soldiers who fled Gao on Monday said they were hungry.", ["Gao"]),
    ],
)
def test_places_of_speakers_are_no_ends(text: str, ends: list[str], gazetteer: Gazetteer) -> None:
    found = read(Report("test", text), gazetteer).movements
    assert [ref.place.name for m in found for ref in m.origin + m.destination + m.via if ref.place] == ends


@pytest.mark.parametrize(
    "text",
    [
        "Rwanda and its allies now hold the land north of Goma.",
        "The militia still holds Gao and has a firm grip on Mopti.",
    ],
)
def test_holding_land_is_no_movement(text: str, gazetteer: Gazetteer) -> None:
    assert not read(Report("test", text), gazetteer).movements
