"""Days and words as a person writes them."""

from datetime import UTC, date, datetime

import pandas as pd
import pytest

from geomap.errors import InputError
from geomap.given import day_of, days_of, word_of
from geomap.models import Interval, Status


@pytest.mark.parametrize(
    "value",
    [
        "2019-10-14",
        " 2019-10-14 ",
        date(2019, 10, 14),
        datetime(2019, 10, 14, 23, tzinfo=UTC),
        pd.Timestamp("2019-10-14"),
    ],
)
def test_a_day_in_any_writing(value):
    found = day_of(value)
    assert found == date(2019, 10, 14)
    assert type(found) is date


@pytest.mark.parametrize("value", ["14.10.2019", "", "2019-02-30", pd.NaT, 20191014.5])
def test_what_is_no_day_is_refused(value):
    with pytest.raises(InputError, match="is no day"):
        day_of(value)


def test_several_days():
    week = Interval(date(2019, 10, 14), date(2019, 10, 20))
    assert days_of("2019-10-14/2019-10-20") == days_of(week) == week
    assert days_of(date(2019, 10, 14)) == days_of("2019-10-14") == Interval(week.start, week.start)
    with pytest.raises(InputError, match="earlier day first"):
        days_of("2019-10-20/2019-10-14")


def test_words_of_a_closed_set():
    assert word_of(Status, "Planned", "status") is Status.PLANNED
    assert word_of(Status, Status.DENIED, "status") is Status.DENIED
    with pytest.raises(InputError, match="status 'maybe' is none of completed, ongoing"):
        word_of(Status, "maybe", "status")
