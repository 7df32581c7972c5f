"""One report on its own."""

from datetime import date
from pathlib import Path

import pytest

import geomap
from geomap.errors import InputError
from geomap.models import Report

TEXT = "A convoy of 10 trucks left Rmeilan for Iraq on Thursday."


def test_text_with_its_day_and_source():
    reading = geomap.read(
        TEXT, published="2019-01-11", source="Radio", title="Gone", url="https://r.example", lang="en"
    )
    report = Report("text", TEXT, "Radio", "Gone", "https://r.example", date(2019, 1, 11), "en")
    assert reading.report == report
    (movement,) = reading.movements
    assert movement.date.iso() == "2019-01-10"
    assert movement.route.crossings
    assert [mention.place.name for mention in reading.mentions] == ["Rmeilan", "Iraq"]


def test_a_report_and_a_file_are_read_as_in_a_scene(tmp_path):
    report = Report("r", TEXT, published=date(2019, 1, 11))
    assert geomap.read(report) == geomap.build([report]).readings[0]
    path = tmp_path / "r.md"
    path.write_text(f"---\npublished: 2019-01-11\n---\n{TEXT}", encoding="utf-8")
    assert geomap.read(path).movements[0].date == geomap.read(report).movements[0].date
    with pytest.raises(InputError, match="say themselves"):
        geomap.read(path, published="2019-01-11")


def test_what_is_not_one_report_is_refused(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("two.jsonl").write_text('{"text": "One."}\n{"text": "Two."}\n', encoding="utf-8")
    with pytest.raises(InputError, match=r"holds 2 reports; read them with geomap\.build"):
        geomap.read(Path("two.jsonl"))
    with pytest.raises(InputError, match="does not exist"):
        geomap.read(Path("nothing.md"))
    with pytest.raises(InputError, match=r"'two\.jsonl' is a file; give Path"):
        geomap.read("two.jsonl")
    with pytest.raises(InputError, match="the text is empty"):
        geomap.read("  \n")


def test_a_text_that_no_path_can_be_is_a_text():
    assert geomap.read("Nothing\0 moved.").movements == ()
