import csv
from dataclasses import replace
from hashlib import sha256
from itertools import pairwise

import pytest
from markdown_it import MarkdownIt
from records import TEXT, reading, readings
from samples import IRAQ, RAQQA, hostile_reading, movement, ref, told_twice

from geomap import __version__, datasets, exports
from geomap.care import without_sources
from geomap.exports.claims import claims_of, place_words
from geomap.models import Interval, Reading, Report, SpeakerKind


def sheet(tmp_path, told, **options):
    path = tmp_path / "evidence.md"
    exports.write(told, path, **options)
    return path.read_text(encoding="utf-8")


def rows(tmp_path, told):
    path = tmp_path / "moves.evidence.csv"
    exports.write(told, path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def changed(told, **values):
    """A reading whose first movement is another in some way."""
    first, *others = told.movements
    return replace(told, movements=(replace(first, **values), *others))


def test_each_claim_stands_with_what_it_rests_on(tmp_path):
    text = sheet(tmp_path, readings())
    claim = text.partition("### 1. ")[2].partition("### 2. ")[0]
    for line in (
        "> =SUM(A1) On Friday a convoy of 12 trucks drove from Alfa to Bravo.",
        "- **Who:** Germany; in its words “a convoy”",
        "- **What:** convoy, completed, by road, 12 vehicles (“12 trucks”)",
        "- **From:** Alfa (50.000° N, 10.123° E ±2 km)",
        "- **Date:** 2020-01-03 to 2020-01-04",
        "- **Line:** 83 km, 35 km inferred, 48 km schematic; crosses at Gate",
        "- **Address:** <https://example.org/a>",
        "- **Grade:** F6: source not judged, truth not judged",
        "- **Open:** 'Charlie' is unknown; the last part follows no road",
        "- **Record:** r1-m1 of report r1, characters 0 to 66 of its text",
    ):
        assert f"{line}\n" in claim, line
    assert "“Charlie” (which place that is, is not known)" in claim


def test_the_sheet_ends_with_sources_issues_and_licences(tmp_path):
    text = sheet(tmp_path, readings())
    end = text.partition("## Sources")[2]
    assert f"SHA-256 {sha256(TEXT.encode()).hexdigest()}" in end
    assert "- r1: the last part follows no road" in end
    assert all(source.licence in end for source in datasets.sources())
    assert f"geomap {__version__}" in text
    assert TEXT[-10:] not in end
    assert "20-km strip" in sheet(tmp_path, readings(), keep_text=True).partition("## Texts of the reports")[2]


def test_a_quote_is_quoted_whole_and_every_claim_has_a_heading(tmp_path):
    tokens = MarkdownIt("gfm-like").parse(sheet(tmp_path, readings()))
    headings = [after.content for token, after in pairwise(tokens) if token.tag == "h3"]
    assert [heading.partition(".")[0] for heading in headings if heading] == ["1", "2", "3", "4"]
    quotes = [tokens[place + 2].children for place, token in enumerate(tokens) if token.type == "blockquote_open"]
    words = ["".join(piece.content for piece in quote) for quote in quotes]
    assert words == [claim.provenance.quote for claim in claims_of(readings())]


def test_no_text_of_a_report_becomes_html_or_a_link(tmp_path):
    told = changed(hostile_reading(), provenance=replace(hostile_reading().movements[0].provenance, speaker=None))
    text = sheet(tmp_path, (told,), keep_text=True)
    assert "<script" not in text
    assert "<img" not in text
    assert "\u202e" not in text
    html = MarkdownIt("gfm-like").render(text)
    assert "href=" not in html.partition(">Data</h2>")[0]


def test_tellings_of_one_movement_name_each_other_and_where_they_differ():
    first, second = claims_of(told_twice())
    assert (first.facts["also told in"], second.facts["also told in"]) == ("claim 2", "claim 1")
    assert "vehicles: 15 (claim 2), 20 (claim 1)" in first.facts["told differently"]


def test_what_a_person_corrected_is_told():
    (claim, *_) = claims_of(
        [changed(reading(), provenance=replace(reading().movements[0].provenance, by_hand=("date",)))]
    )
    assert claim.facts["by hand"] == "corrected by hand: date"
    assert claim.facts["dated by"] == "hand; the report has the words “On Friday”"


@pytest.mark.parametrize(
    ("values", "date", "by"),
    [
        ({"date": None, "date_text": "recently"}, "not dated", "the words “recently”, which name no day"),
        ({"date": None, "date_text": None}, "not dated", None),
        ({"date_text": None}, "2020-01-03 to 2020-01-04", "the record"),
        (
            {"date": Interval.parse("2020-01-01/2020-01-05"), "date_text": "last week"},
            "2020-01-01 to 2020-01-05",
            "the words “last week”; on some of these days, not on each",
        ),
    ],
)
def test_how_a_claim_is_dated(values, date, by):
    (claim, *_) = claims_of([changed(reading(), **values)])
    assert (claim.facts["date"], claim.facts.get("dated by")) == (date, by)


def test_a_coordinate_has_no_more_decimals_than_are_known():
    assert place_words(ref(IRAQ)) == "Iraq (an area round 33.0° N, 44.0° E ±400 km)"
    assert place_words(ref(replace(RAQQA, precision_m=50.0))) == "Raqqa (35.95000° N, 39.00800° E ±50 m)"
    assert place_words(ref(replace(RAQQA, lon=-70.5, lat=-33.4))) == "Raqqa (33.400° S, 70.500° W ±2 km)"


def test_who_says_so_is_told_with_what_sort_of_speaker_that_is():
    said = replace(reading().movements[0].provenance, attributed_to="a shepherd", speaker=SpeakerKind.WITNESS)
    (claim, *_) = claims_of([changed(reading(), provenance=said)])
    assert claim.facts["said by"] == "a shepherd (witness)"


def test_a_hidden_source_stays_hidden(tmp_path):
    told, _ = without_sources(readings(), ["Daily"])
    text = sheet(tmp_path, told) + "".join(str(row) for row in rows(tmp_path, told))
    assert "**Publisher:** withheld by the maker" in text
    for secret in ("Daily", "example.org", "On Friday a convoy", sha256(TEXT.encode()).hexdigest()):
        assert secret not in text


def test_the_table_has_a_row_for_each_claim_source_issue_and_data_set(tmp_path):
    found = rows(tmp_path, readings())
    kinds = [row["record"] for row in found]
    assert kinds == [*["claim"] * 4, *["source"] * 2, *["issue"] * 3, *["data"] * len(datasets.sources()), "program"]
    assert [row["number"] for row in found[:4]] == ["1", "2", "3", "4"]
    assert found[0]["quote"].startswith("'=SUM(A1)")
    assert (found[0]["from_lat"], found[0]["from_lon"], found[0]["from_precision_m"]) == (
        "50.0",
        "10.123456789",
        "1500.0",
    )
    assert (found[3]["lat"], found[3]["precision_m"]) == ("50.5", "2000.0")
    assert found[4]["sha256"] == sha256(TEXT.encode()).hexdigest()


def test_both_sheets_tell_the_same(tmp_path):
    text = sheet(tmp_path, told_twice())
    for row in rows(tmp_path, told_twice()):
        if row["record"] == "claim":
            assert f"### {row['number']}. {row['says']}" in text
            assert f"- **Told differently:** {row['told_differently']}" in text


def test_nothing_read_is_a_sheet_that_says_so(tmp_path):
    text = sheet(tmp_path, (Reading(Report("empty", "Nothing here.")),))
    assert "0 claims from 1 report" in text
    assert [row["record"] for row in rows(tmp_path, ())][-1] == "program"


def test_a_movement_without_a_line_has_none():
    (claim,) = claims_of([Reading(Report("r1", "text"), movements=(movement(1, origin=(ref(RAQQA),)),))])
    assert (claim.facts["line"], claim.facts["to"]) == ("none", "not told")
