"""Answers of the gazetteer as lines."""

import re

import click
import pytest

from geomap.answers import answer_text, columns_of
from geomap.models import Candidate, Certainty, Place, Resolution

GOMA = Place("geonames:216281", "Goma", 29.22845, -1.67409, "CD", "North Kivu", "CD.11", "P.PPLA", 8600.0, 432_587)
DANDONG = Place("geonames:2037886", "丹东", 124.39, 40.13, "CN", "辽宁", "CN.19", "S.AIRB", 900.0)
RIVER = Place("curated:none", "Nowhere River", 0.0, 0.0, None, None, None, "H.STMX", 120_000.0)


def answer(*places, query="Goma", status=Certainty.RESOLVED, reason="because"):
    found = tuple(Candidate(place, 0.875, f"reason of {place.name}") for place in places)
    return Resolution(query, status, reason, found)


def lines(resolution, **options):
    return click.unstyle(answer_text(resolution, **options)).splitlines()


def test_an_answer_tells_status_reason_and_candidates():
    head, titles, row = lines(answer(GOMA))
    assert head == "Goma: resolved, because"
    assert titles.split() == ["name", "in", "country", "kind", "lat", "lon", "precision", "score", "id", "reason"]
    assert re.split(r"\s{2,}", row.strip()) == [
        "Goma", "North Kivu", "CD", "town", "-1.6741", "29.2284", "±8.6 km", "0.88", "geonames:216281",
        "reason of Goma",
    ]  # fmt: skip


def test_columns_line_up_with_wide_and_missing_values():
    _, titles, *rows = lines(answer(GOMA, DANDONG, RIVER))
    for word in ("kind", "id", "reason"):
        start = titles.index(word)
        for row in rows:
            cut = next(at for at in range(len(row) + 1) if columns_of(row[:at]) >= start)
            assert columns_of(row[:cut]) == start
            assert row[cut - 1] == " "
            assert row[cut] != " "


@pytest.mark.parametrize(
    ("feature", "word"),
    [("P.PPLA", "town"), ("P.PPLC", "capital"), ("A.ADM1", "province"), ("S.AIRB", "airbase"), ("S.DAM", "dam"),
     ("S.XYZ", "spot"), ("H.STMX", "water"), ("", "place")],
)  # fmt: skip
def test_kinds_are_words(feature, word):
    place = Place("x:1", "There", 1.0, 2.0, "SY", "Homs", "SY.11", feature)
    assert f" {word} " in lines(answer(place))[2]


def test_an_unknown_name_is_one_line():
    assert lines(answer(status=Certainty.UNKNOWN)) == ["Goma: unknown, because"]


def test_the_status_is_coloured():
    assert "\x1b[31m" in answer_text(answer(status=Certainty.UNKNOWN))
    assert "\x1b[33m" in answer_text(answer(GOMA, status=Certainty.AMBIGUOUS))


def test_reasons_are_cut_to_the_terminal_and_whole_in_a_pipe():
    place = Place("x:1", "There", 1.0, 2.0, "SY", "Homs", "SY.11")
    long = Resolution("There", Certainty.RESOLVED, "why", (Candidate(place, 0.5, "because " * 40),))
    assert lines(long)[2].count("because") == 40
    narrow = lines(long, width=120)[2]
    assert narrow.endswith("…")
    assert columns_of(narrow) <= 120
    assert lines(long, width=20)[2].count("because") >= 2


def test_names_from_right_to_left_are_isolated_on_a_terminal_alone():
    resolution = answer(Place("x:1", "عفرين", 36.87, 36.51, "SY", "حلب"), query="عفرين")
    shown = lines(resolution, width=100)
    assert shown[0].startswith("\u2068عفرين\u2069: ")
    assert shown[2].count("\u2068") == shown[2].count("\u2069") == 2
    assert "\u2068" not in "\n".join(lines(resolution))


@pytest.mark.parametrize("query", ["\x1b[2Jevil", "a\nb", "\u202eevil", "\ud800"])
def test_a_name_cannot_steer_the_terminal(query):
    head, *rest = lines(answer(query=query, status=Certainty.UNKNOWN))
    assert not rest
    assert not {"\x1b", "\u202e", "\ud800"} & set(head)
    assert "\ufffd" in head


def test_a_very_long_name_is_cut_on_a_terminal():
    assert columns_of(lines(answer(query="丹" * 10_000, status=Certainty.UNKNOWN), width=80)[0]) < 90


@pytest.mark.parametrize(
    ("text", "columns"),
    [("Kobani", 6), ("丹东", 4), ("e\u0301", 1), ("تلّ", 2), ("ལྷ་ས", 3), ("평양", 4), ("a\u200cb", 2), ("", 0)],
)
def test_columns_of_letters(text, columns):
    assert columns_of(text) == columns
