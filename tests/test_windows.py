"""Which items lie in a window of days."""

from dataclasses import replace
from datetime import date

import pytest
import samples

from geomap.errors import InputError
from geomap.windows import Window, days_told, within

MARCH = Window(date(2019, 3, 3), date(2019, 3, 9))


@pytest.mark.parametrize(
    ("first", "last", "inside"),
    [
        (date(2019, 3, 1), date(2019, 3, 2), False),
        (date(2019, 3, 1), date(2019, 3, 3), True),
        (date(2019, 3, 5), date(2019, 3, 5), True),
        (date(2019, 3, 9), date(2019, 3, 12), True),
        (date(2019, 3, 10), date(2019, 3, 12), False),
        (date(2019, 1, 1), date(2019, 12, 31), True),
        (None, None, True),
    ],
)
def test_an_item_is_inside_by_any_of_its_days(first, last, inside):
    assert MARCH.holds(first, last) is inside


def test_what_has_no_day_can_be_left_out():
    assert not replace(MARCH, undated=False).holds(None, None)
    assert not Window(undated=False).is_open


def test_a_window_that_ends_before_it_begins_or_has_no_clock_is_refused():
    with pytest.raises(InputError, match="swap them"):
        Window(date(2020, 1, 1), date(2019, 1, 1))
    with pytest.raises(InputError, match="none of event, report"):
        Window(clock="wall")


def test_an_item_without_days_counts_by_its_publication():
    (reading, _) = samples.readings()
    told = {m.id: m.date for m in reading.movements}
    assert told["m4"] is None
    kept = within([reading], Window(until=date(2021, 5, 5)))[0]
    assert [m.id for m in kept.movements] == ["m1", "m2"], "m4 and m6 are undated and were published on 6 May"
    kept = within([reading], Window(since=date(2021, 5, 8)))[0]
    assert [m.id for m in kept.movements] == ["m3"]


def test_by_the_event_a_report_stays_and_by_the_report_it_goes():
    first, second = samples.readings()
    assert [r.report.id for r in within([first, second], Window(until=date(2000, 1, 1)))] == ["r1", "r2"]
    assert within([first, second], Window(until=date(2021, 5, 7), clock="report")) == (first,)
    assert within([first, second], Window(since=date(2021, 5, 7), clock="report")) == (second,)


def test_a_report_without_its_own_day_has_that_of_what_cites_it():
    first, _ = samples.readings()
    silent = replace(first, report=replace(first.report, published=None))
    assert within([silent], Window(until=date(2021, 5, 5), clock="report")) == ()
    nothing = replace(silent, movements=())
    assert within([nothing], Window(until=date(2021, 5, 5), clock="report")) == (nothing,)
    assert within([nothing], Window(until=date(2021, 5, 5), clock="report", undated=False)) == ()


def test_the_days_on_which_something_is_told():
    first, _ = samples.readings()
    days = days_told([first])
    assert [day.day for day in days] == [4, 5, 6, 7, 9, 12]
    assert days_told([first], "report") == (date(2021, 5, 6),)
