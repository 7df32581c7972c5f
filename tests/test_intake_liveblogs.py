from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from geomap.models import Report
from geomap.reports.intake.liveblogs import days_of, opening
from geomap.reports.intake.stamps import find_stamp
from geomap.reports.intake.story import BlockKind, blocks

DAY = date(2021, 5, 11)
BEFORE, AFTER = DAY - timedelta(days=1), DAY + timedelta(days=1)


def stamps(*lines: str):
    return [find_stamp(line, 0, len(line)) for line in lines]


@pytest.mark.parametrize(
    ("lines", "days"),
    [
        (["09:00", "14:00", "23:50"], [DAY, DAY, DAY]),
        (["23:50", "14:00", "09:00"], [DAY, DAY, DAY]),
        (["23:30", "23:50", "00:10"], [DAY, DAY, AFTER]),
        (["00:10", "23:50", "23:30"], [DAY, BEFORE, BEFORE]),
        (["10.30pm BST", "11.55pm BST", "12.05am BST"], [DAY, DAY, AFTER]),
        (["22:00", "06:00", "14:00", "22:00", "06:00"], [DAY, AFTER, AFTER, AFTER, DAY + timedelta(days=2)]),
        (["10 May 2021", "09:00", "23:00", "11 May 2021", "01:00"], [BEFORE, BEFORE, BEFORE, DAY, DAY]),
        (["11 May", "08:00", "10 May", "23:00", "20:00"], [DAY, DAY, BEFORE, BEFORE, BEFORE]),
        (["09:15 10 May 2021", "23:00", "00:30"], [BEFORE, BEFORE, DAY]),
        (["2 days ago", "1 day ago"], [DAY - timedelta(days=2), BEFORE]),
        (["3h ago", "20h ago"], [DAY, None]),
    ],
)  # fmt: skip
def test_days_of_entries(lines, days):
    assert days_of(stamps(*lines), DAY) == days


def test_without_a_day_only_stamps_that_name_one_are_dated():
    assert days_of(stamps("09:00", "14:00"), None) == [None, None]
    assert days_of(stamps("09:00", "09:15 11 May 2021", "14:00"), None) == [DAY, DAY, DAY]


def test_the_hour_of_publication_tells_which_end_is_its_day():
    evening = datetime(2021, 5, 11, 23, 40, tzinfo=UTC)
    morning = datetime(2021, 5, 11, 0, 20, tzinfo=UTC)
    assert days_of(stamps("00:10", "23:50", "23:45"), DAY, evening) == [AFTER, DAY, DAY]
    assert days_of(stamps("00:10", "23:50", "22:00"), DAY, morning) == [DAY, BEFORE, BEFORE]


def test_hours_ago_count_from_the_moment_of_publication():
    moment = datetime(2021, 5, 11, 6, 0, tzinfo=timezone(timedelta(hours=3)))
    assert days_of(stamps("5h ago", "10h ago"), DAY, moment) == [DAY, BEFORE]


def test_a_change_opens_no_entry_beside_stamps_that_do():
    assert opening(stamps("14:00", "Updated at 3.45pm", "16:00")) == [True, False, True]
    assert opening(stamps("Updated 22 Oct 2019 09:15", "Updated 22 Oct 2019 10:15")) == [True, True]
    assert opening(stamps("Updated 22 Oct 2019 09:15")) == [False]


def test_entries_of_a_text_are_dated_by_their_own_stamps():
    text = (
        "Fighting in the delta\n\n4h ago\n00.15 GMT\nSoldiers left Akassa overnight.\nUpdated at 00.20 GMT\n\n"
        "5h ago\n23.40 GMT\nBoats reached Brass today.\nOfficials confirmed it."
    )
    parts = blocks(Report("live", text, published=DAY))
    told = [(text[b.start : b.end], b.entry, b.day) for b in parts if b.kind is BlockKind.STORY]
    assert told == [
        ("Fighting in the delta", 0, DAY),
        ("Soldiers left Akassa overnight.", 1, DAY),
        ("Boats reached Brass today.\nOfficials confirmed it.", 2, BEFORE),
    ]


def test_a_chronology_is_no_live_blog():
    text = "3 May 2014 – Rebels took Kidal.\n9 May 2015 – They left for Gao."
    parts = blocks(Report("x", text, published=DAY))
    assert {b.day for b in parts if b.kind is BlockKind.STORY} == {DAY}


def test_one_stamp_is_that_of_the_story():
    parts = blocks(Report("x", "11 May 2021 14:32 GMT\nSoldiers left Akassa.", published=None))
    assert [(b.kind, b.entry, b.day) for b in parts] == [(BlockKind.STAMP, 0, DAY), (BlockKind.STORY, 0, DAY)]
