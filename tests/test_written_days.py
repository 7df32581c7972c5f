"""Days in figures and in the letters of several languages."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import pytest

from geomap.written_days import parse_day, parse_moment


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2021-05-11", date(2021, 5, 11)),
        ("2021-05-11T23:30:00+03:00", date(2021, 5, 11)),
        ("Tue, 11 May 2021 23:30:00 +0300", date(2021, 5, 11)),
        ("11 mai 2021", date(2021, 5, 11)),
        ("11 травня 2021", date(2021, 5, 11)),
        ("11 أيار 2021", date(2021, 5, 11)),
        ("3/4/2019", None),
        ("May 2019", None),
        ("yesterday", None),
        ("x" * 1_000_000, None),
    ],
)
def test_days(text, day):
    assert parse_day(text) == day


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("2021-05-11T23:30:00+03:00", 3),
        ("2021-05-11T23:30:00Z", 0),
        ("Tue, 11 May 2021 23:30:00 +0300", 3),
        ("May 11, 2021 11:30 pm EDT", -4),
    ],
)
def test_moments_keep_their_time_zone(text, hours):
    assert parse_moment(text) == datetime(2021, 5, 11, 23, 30, tzinfo=timezone(timedelta(hours=hours)))


@pytest.mark.parametrize("text", ["2021-05-11", "2021-05-11T23:30:00", "11 May 2021 23:30 BST", "11 May 2021"])
def test_no_hour_or_no_zone_is_no_moment(text):
    assert parse_moment(text) is None
    assert parse_day(text) == date(2021, 5, 11)
