from __future__ import annotations

from datetime import date, timedelta

import pytest

from geomap.reports.intake.stamps import find_stamp, nearest_year


def stamp(text: str):
    return find_stamp(text, 0, len(text))


@pytest.mark.parametrize(
    ("text", "day", "minute"),
    [
        ("14:32 GMT", None, 872),
        ("3.45pm", None, 945),
        ("12:05 AM · Oct 22, 2019", date(2019, 10, 22), 5),
        ("12.30pm BST", None, 750),
        ("• 14:32", None, 872),
        ("14h32", None, 872),
        ("13:40 Kyiv time", None, 820),
        ("22 Oct 2019 - 12:32 GMT", date(2019, 10, 22), 752),
        ("October 22, 2019 at 3:45 p.m. EDT", date(2019, 10, 22), 945),
        ("22.10.2019 14:32", date(2019, 10, 22), 872),
        ("2019-10-22T14:32:00+00:00", date(2019, 10, 22), 872),
        ("22 октября 2019, 14:32", date(2019, 10, 22), 872),
        ("22 أكتوبر 2019", date(2019, 10, 22), None),
        ("Thu Aug 1 2013", date(2013, 8, 1), None),
        ("Published: 21 Oct 2019", date(2019, 10, 21), None),
    ],
)
def test_lines_that_are_stamps(text, day, minute):
    found = stamp(text)
    assert found is not None
    assert (found.day, found.minute, found.inline) == (day, minute, False)


@pytest.mark.parametrize(
    "text",
    [
        "At 14:32 soldiers left.",
        "10 soldiers left.",
        "3.45 million people fled.",
        "Oct 22 was quiet in Gao.",
        "5 days ago soldiers left Gao.",
        "10.30 – noon",
        "1h",
        "12 people",
        "Day 3",
    ],
)
def test_sentences_that_only_begin_with_a_time(text):
    assert stamp(text) is None


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("14:32 – Soldiers left Gao.", "Soldiers left Gao."),
        ("[14:32] Soldiers left Gao.", "Soldiers left Gao."),
        ("14:32 GMT: Soldiers left Gao.", "Soldiers left Gao."),
        ("7pm - Soldiers left Gao.", "Soldiers left Gao."),
    ],
)
def test_the_entry_may_go_on_in_the_line(text, rest):
    found = stamp(text)
    assert found.inline
    assert text[found.end :] == rest


@pytest.mark.parametrize(
    ("text", "ago"),
    [
        ("10h ago", timedelta(hours=10)),
        ("25 min ago", timedelta(minutes=25)),
        ("2 days ago", timedelta(days=2)),
        ("il y a 2 heures", timedelta(hours=2)),
        ("2 saat önce", timedelta(hours=2)),
        ("منذ 3 ساعات", timedelta(hours=3)),
    ],
)
def test_times_that_count_back(text, ago):
    assert stamp(text).ago == ago


def test_a_change_is_told_from_the_time_itself():
    assert stamp("Updated at 3.45pm BST").later
    assert not stamp("3.45pm BST").later


def test_the_nearest_year_turns_with_the_year():
    assert nearest_year(12, 31, date(2023, 1, 1)) == date(2022, 12, 31)
    assert nearest_year(1, 1, date(2022, 12, 31)) == date(2023, 1, 1)
    assert nearest_year(2, 29, date(2022, 3, 1)) is None


def test_figures_that_mean_one_day_here_and_another_there_are_none():
    assert stamp("3/4/2019 14:32") is None or stamp("3/4/2019 14:32").day is None
    assert stamp("23/4/2019 14:32").day == date(2019, 4, 23)
