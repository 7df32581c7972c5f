"""Which way texts run, and names of one direction in lines of the other."""

from __future__ import annotations

from dataclasses import replace

import pytest
import samples

from geomap.maps import style, writing
from geomap.models import Report

ARABIC, HEBREW, PERSIAN = "قافلة تغادر الموصل", "שיירה יוצאת מחיפה", "کاروانی از تبریز"


@pytest.mark.parametrize("text", [ARABIC, HEBREW, PERSIAN, f"“{ARABIC}”, 3 km", f"12 {HEBREW} Haifa"])
def test_the_first_letter_with_a_direction_decides(text):
    assert writing.runs_left(text)


@pytest.mark.parametrize("text", ["", "12 – 14", "Kobani (كوباني)", "3 km"])
def test_other_texts_run_right(text):
    assert not writing.runs_left(text)


def test_only_names_that_turn_a_line_are_isolated():
    assert writing.isolated("Ain al-Asad") == "Ain al-Asad"
    assert writing.isolated("عين الأسد") == "\u2068عين الأسد\u2069"
    assert writing.isolated("Base עין") == "\u2068Base עין\u2069"


def test_each_name_of_a_sentence_is_isolated_by_itself():
    reached = samples.ref(samples.HASAKAH, "الحسكة")
    item = replace(samples.movements()[0], actor="حرس الحدود", destination=(reached,), vehicles_text="٢٠ شاحنة")
    assert style.movement_sentence(item) == (
        "\u2068حرس الحدود\u2069 forces (\u2068٢٠ شاحنة\u2069) travelled in convoy from Raqqa to \u2068الحسكة\u2069."
    )


def report(number: int, title: str | None, lang: str | None, text: str = "text") -> Report:
    return Report(f"r{number}", text, title=title, lang=lang)


def test_a_page_runs_as_its_title_or_most_of_its_reports():
    left, right = report(1, ARABIC, "ar"), report(2, "Convoy leaves", "en")
    assert writing.direction(ARABIC, [right]) == "rtl"
    assert writing.direction("Convoys", [left, right]) == "ltr"
    assert writing.direction("Convoys", [left, right, report(3, None, None, HEBREW)]) == "rtl"
    assert writing.direction("Convoys", []) == "ltr"


def test_the_language_is_that_of_most_reports_that_say_theirs():
    told = [report(1, None, "fa"), report(2, None, "ar"), report(3, None, "ar"), report(4, None, None)]
    assert writing.language(told) == "ar"
    assert writing.language(told[:2]) == "fa"
    assert writing.language([report(1, None, '"><script>')]) == "en"
    assert writing.language([]) == "en"
