"""Which days of a date are sure, and what was known of an event on which day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
import samples

from geomap.linking.events import events_of
from geomap.maps.days import known_steps, sure_days
from geomap.models import Interval, Status
from geomap.reports.times.dates import find_times

PUBLISHED = date(2022, 6, 15)


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("14 May", (5, 14), (5, 14)),
        ("from 3 to 9 March", (3, 3), (3, 9)),
        ("March 3 to 9", (3, 3), (3, 9)),
        ("from 28 May to 3 June", (5, 28), (6, 3)),
        ("from March to May", (3, 31), (5, 1)),
        ("since early May", (5, 10), (6, 15)),
        ("since Monday", (6, 13), (6, 15)),
        ("Friday and Saturday", (6, 10), (6, 11)),
        ("for the past three days", (6, 12), (6, 15)),
    ],
)
def test_days_that_are_sure(words, first, last):
    (time,) = find_times(words, PUBLISHED)
    assert sure_days(time.interval, time.text, PUBLISHED) == Interval(date(2022, *first), date(2022, *last))


@pytest.mark.parametrize(
    "words", ["between 3 and 9 March", "last week", "in May", "overnight", "this weekend", "Friday or Saturday"]
)
def test_somewhere_in_there_makes_no_day_sure(words):
    (time,) = find_times(words, PUBLISHED)
    assert time.interval.days > 1
    assert sure_days(time.interval, time.text, PUBLISHED) is None


@pytest.mark.parametrize("words", [None, "2022-03-03", "2022-03-03/2022-03-09"])
def test_days_given_by_hand_are_meant_from_one_to_the_other(words):
    interval = Interval(date(2022, 3, 3), date(2022, 3, 9))
    assert sure_days(interval, words, None) == interval


def test_a_trip_dated_by_its_departure_lasts_until_its_arrival():
    assert sure_days(Interval(date(2022, 6, 13), date(2022, 6, 14)), "Monday", PUBLISHED) == Interval(
        date(2022, 6, 13), date(2022, 6, 14)
    )


def test_words_that_do_not_fit_their_days_make_none_sure():
    assert sure_days(Interval(date(2022, 3, 3), date(2022, 3, 9)), "from Easter to Whitsun", PUBLISHED) is None


def test_an_event_is_what_the_reports_up_to_a_day_tell():
    first = samples.movements()[0]
    told = [
        replace(
            first,
            id=f"m{number}",
            event="m1",
            status=status,
            provenance=replace(first.provenance, report_id=f"r{number}", published=date(2021, 5, day)),
        )
        for number, status, day in ((1, Status.PLANNED, 3), (2, Status.ONGOING, 4), (3, Status.COMPLETED, 9))
    ]
    readings = [replace(samples.readings()[0], movements=(m,)) for m in told]
    (event,) = events_of(readings)
    assert [(day.day, lead.status) for day, lead in known_steps(event)] == [
        (3, Status.PLANNED),
        (4, Status.ONGOING),
        (9, Status.COMPLETED),
    ]


def test_a_telling_without_a_day_is_never_known_to_have_been_there():
    first = samples.movements()[0]
    undated = replace(first, provenance=replace(first.provenance, published=None))
    (event,) = events_of([replace(samples.readings()[0], movements=(undated,))])
    assert list(known_steps(event)) == []
