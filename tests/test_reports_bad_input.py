"""Texts that are hardly any: nothing is invented, nothing breaks, and what is odd is told."""

from __future__ import annotations

import json
from datetime import date
from time import process_time

import pytest

from geomap.gazetteer import Gazetteer
from geomap.models import Report, Role
from geomap.reports.intake.load import load
from geomap.reports.read import read

STORY = "A column of the Malian army left Gao for Kidal on Monday, officials said. "
TOWNS = ["Gao", "Kidal", "Mopti", "Bamako", "Sikasso", "Niamey", "Dakar", "Accra"]
PAIRS = [(a, b) for a in TOWNS for b in TOWNS if a != b]
LISTS = {
    "figures": "\n".join(f"{town}\t{n * 7 % 100}\t{n * 3.3:.1f}\t2019" for n, town in enumerate(TOWNS * 6)),
    "timetable": "\n".join(f"{n % 24:02}:{n % 60:02} {a} {b} QX{n + 100} On time" for n, (a, b) in enumerate(PAIRS)),
    "weather": "\n".join(f"{a}: {n % 9 + 30} degrees, storms advancing on {b}." for n, (a, b) in enumerate(PAIRS)),
    "results": "\n".join(f"{a} 2 {b} 1: {a} attacked early and took the lead; {b} fell back." for a, b in PAIRS),
    "names": ", ".join(TOWNS * 50),
}
NOISE = {
    "letters": "x" * 20_000,
    "brackets": "([{" * 5_000,
    "quotes": "\"'“" * 2_000,
    "path": "a/" * 2_000,
    "lines": "\n" * 20_000,
    "controls": "Troops \x00 left \x07 Gao \u200f\u202e for Kidal. " * 30,
    "signs": "🚀🔥 " * 200,
    "endless": "and the men who came from there said that " * 200,
}


@pytest.fixture(scope="module")
def gazetteer():
    return Gazetteer()


def reading(text: str, gazetteer):
    return read(Report("r", text, published=date(2023, 3, 7)), gazetteer)


@pytest.mark.parametrize("text", [*LISTS.values(), *NOISE.values()], ids=[*LISTS, *NOISE])
def test_no_movement_is_invented(text, gazetteer):
    assert reading(text, gazetteer).movements == ()


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n", "\n\n", "\u2028"])
def test_all_line_ends_end_lines(end, gazetteer):
    (movement,) = reading(f"All was quiet.{end}{STORY}{end}It rained.", gazetteer).movements
    assert movement.provenance.quote == STORY.strip()


def test_words_beside_the_story_tell_no_movement(gazetteer):
    text = (
        "Read more: rebels withdraw from Mopti to Sikasso\nThis May 3, 2020 file photo shows soldiers leaving Mopti.\n"
        f"BAMAKO, March 7 (AFP) - {STORY}\n"
        "— Sahel Watch (@sahelwatch) March 7, 2023\n"
        "Related stories\nArmy enters Timbuktu\nTags: Mopti, army withdrawal\n"
    )
    found = reading(text, gazetteer)
    assert [m.provenance.quote for m in found.movements] == [STORY.strip()]
    assert (found.report.source, found.report.published) == ("AFP", date(2023, 3, 7))
    assert [m.text for m in found.mentions if m.role is Role.DATELINE] == ["BAMAKO"]


def test_runs_that_are_no_words_are_left_out_aloud(gazetteer):
    found = reading(f"{STORY}{'a/' * 300} {STORY}", gazetteer)
    assert any("without a space" in issue.message for issue in found.issues)
    assert len(found.movements) == 1


def test_a_script_without_spaces_is_no_such_run(gazetteer):
    assert not any(
        "without a space" in issue.message for issue in reading("军队周一离开加奥前往基达尔。" * 40, gazetteer).issues
    )


def test_capitals_are_told(gazetteer):
    assert any("capitals" in issue.message for issue in reading((STORY * 5).upper(), gazetteer).issues)


def test_halves_of_characters_in_json_do_no_harm(tmp_path, gazetteer):
    line = json.dumps({"id": "a\ud800", "text": f"{STORY}\ud800 It rained.", "source": "Wi\udfffre"})
    (tmp_path / "a.jsonl").write_text(line, encoding="utf-8")
    (report,) = load([tmp_path]).reports
    assert (report.id, report.source, len(report.text)) == ("a\ufffd", "Wi\ufffdre", len(STORY) + 12)
    assert len(read(report, gazetteer).movements) == 1


def test_time_grows_with_the_length_alone(gazetteer):
    def seconds(times: int) -> float:
        start = process_time()
        reading("and the men who came from there said that " * times, gazetteer)
        return process_time() - start

    seconds(10)
    assert seconds(400) < 20 * max(seconds(50), 0.05)
