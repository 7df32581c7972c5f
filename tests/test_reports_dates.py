from datetime import date

import pytest

from geomap.reports.dates import find_times

FRIDAY = date(2019, 1, 11)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("the withdrawal began Thursday night", "2019-01-10"),
        ("on Friday the column left", "2019-01-11"),
        ("last Friday", "2019-01-04"),
        ("yesterday evening", "2019-01-10"),
        ("two days ago", "2019-01-09"),
        ("since Tuesday", "2019-01-08/2019-01-11"),
        ("over the weekend", "2019-01-05/2019-01-06"),
        ("earlier this week", "2019-01-07/2019-01-11"),
        ("last week", "2018-12-31/2019-01-06"),
        ("last month", "2018-12-01/2018-12-31"),
        ("earlier this year", "2019-01-01/2019-01-11"),
        ("in March 2011", "2011-03-01/2011-03-31"),
        ("in 2014", "2014-01-01/2014-12-31"),
        ("on 14 October 2018", "2018-10-14"),
        ("on Oct. 13, 2018", "2018-10-13"),
        ("overnight", "2019-01-10/2019-01-11"),
        ("over the past two days", "2019-01-09/2019-01-11"),
    ],
)
def test_time_expressions_against_the_day_of_publication(words: str, expected: str) -> None:
    (found,) = find_times(words, FRIDAY)
    assert found.interval is not None
    assert found.interval.iso() == expected
    assert words[found.start : found.end] == found.text


@pytest.mark.parametrize(
    "words",
    ["the week-long siege", "it may 5 times fail", "a 30-day truce", "about 2019 men", "march on the city"],
)
def test_words_that_only_look_like_times(words: str) -> None:
    assert find_times(words, FRIDAY) == ()


def test_without_publication_only_complete_dates_are_resolved() -> None:
    relative, complete = find_times("on Saturday, not on 3 May 2020,", None)
    assert relative.text.endswith("Saturday")
    assert relative.interval is None
    assert complete.interval is not None
    assert complete.interval.iso() == "2020-05-03"


def test_weekdays_to_come() -> None:
    (found,) = find_times("will leave on Tuesday", FRIDAY, future=True)
    assert found.interval is not None
    assert found.interval.iso() == "2019-01-15"


def test_a_day_later_counts_from_the_event_before() -> None:
    (found,) = find_times("withdrew a day later", FRIDAY, anchor=date(2019, 1, 8))
    assert found.interval is not None
    assert found.interval.iso() == "2019-01-09"


def test_impossible_dates_keep_their_words() -> None:
    (found,) = find_times("on 31 February 2019", FRIDAY)
    assert found.interval is None
