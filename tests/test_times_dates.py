"""Words for times against a Friday, in January of 2019 where nothing else is said."""

import time
from datetime import date

import pytest

from geomap.models import Interval
from geomap.reports.times.dates import find_times

FRIDAY = date(2019, 1, 11)
TUESDAY = Interval(date(2019, 1, 8), date(2019, 1, 8))


def iso(words: str, **options: object) -> str | None:
    (found,) = find_times(words, FRIDAY, **options)
    assert words[found.start : found.end] == found.text
    return found.interval.iso() if found.interval else None


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("the withdrawal began Thursday night", "2019-01-10"),
        ("on Friday the column left", "2019-01-11"),
        ("Friday's withdrawal", "2019-01-11"),
        ("the Tuesdays raid", "2019-01-08"),
        ("last Friday", "2019-01-04"),
        ("early on Sunday", "2019-01-06"),
        ("late Wednesday", "2019-01-09"),
        ("before dawn on Monday", "2019-01-07"),
        ("in the early hours of Tuesday", "2019-01-08"),
        ("on Saturday evening", "2019-01-05"),
        ("at around 5 pm on Wednesday", "2019-01-09"),
        ("on the night of Saturday", "2019-01-05"),
        ("on Tuesday of last week", "2019-01-01"),
        ("on Wednesday last week", "2019-01-02"),
        ("By Monday all had been retaken", "2019-01-07"),
    ],
)
def test_weekdays_are_the_last_ones(words: str, expected: str) -> None:
    assert find_times(words, FRIDAY)[0].interval == Interval.parse(expected)
    assert {found.interval for found in find_times(words, FRIDAY)} == {Interval.parse(expected)}


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("yesterday evening", "2019-01-10"),
        ("the day before yesterday", "2019-01-09"),
        ("earlier today", "2019-01-11"),
        ("this morning", "2019-01-11"),
        ("last night", "2019-01-10"),
        ("overnight", "2019-01-10/2019-01-11"),
        ("overnight on Wednesday", "2019-01-09"),
        ("in the night to Thursday", "2019-01-09/2019-01-10"),
        ("overnight into Thursday", "2019-01-09/2019-01-10"),
        ("two days ago", "2019-01-09"),
        ("a week ago", "2019-01-04"),
        ("six hours ago", "2019-01-11"),
        ("two months ago", "2018-11-01/2018-11-30"),
        ("over the past two days", "2019-01-09/2019-01-11"),
        ("over the past 48 hours", "2019-01-09/2019-01-11"),
        ("in the last 24 hours", "2019-01-10/2019-01-11"),
        ("during the past week", "2019-01-04/2019-01-11"),
        ("over the weekend", "2019-01-05/2019-01-06"),
        ("last weekend", "2019-01-05/2019-01-06"),
    ],
)
def test_days_near_publication(words: str, expected: str) -> None:
    assert iso(words) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("since Tuesday", "2019-01-08/2019-01-11"),
        ("since early December", "2018-12-01/2019-01-11"),
        ("since 2012", "2012-01-01/2019-01-11"),
        ("since the 3rd", "2019-01-03/2019-01-11"),
        ("between Tuesday and Thursday", "2019-01-08/2019-01-10"),
        ("from Monday to Wednesday", "2019-01-07/2019-01-09"),
        ("from Sunday until Tuesday", "2019-01-06/2019-01-08"),
        ("on Monday and Tuesday", "2019-01-07/2019-01-08"),
        ("between 3 and 5 May 2018", "2018-05-03/2018-05-05"),
        ("from 12 to 14 March 2018", "2018-03-12/2018-03-14"),
        ("from the 12th to the 14th of December", "2018-12-12/2018-12-14"),
        ("Dec. 3-5", "2018-12-03/2018-12-05"),
        ("from 28 November to 3 December", "2018-11-28/2018-12-03"),
        ("between May and July 2018", "2018-05-01/2018-07-31"),
    ],
)
def test_spans(words: str, expected: str) -> None:
    assert iso(words) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("earlier this week", "2019-01-07/2019-01-11"),
        ("at the beginning of the week", "2019-01-07/2019-01-08"),
        ("last week", "2018-12-31/2019-01-06"),
        ("this month", "2019-01-01/2019-01-11"),
        ("last month", "2018-12-01/2018-12-31"),
        ("late last month", "2018-12-21/2018-12-31"),
        ("earlier this year", "2019-01-01/2019-01-11"),
        ("at the end of last year", "2018-12-01/2018-12-31"),
        ("in March 2011", "2011-03-01/2011-03-31"),
        ("in November", "2018-11-01/2018-11-30"),
        ("in late May 2016", "2016-05-21/2016-05-31"),
        ("in mid-October", "2018-10-11/2018-10-20"),
        ("earlier in January", "2019-01-01/2019-01-11"),
        ("earlier in the month", "2019-01-01/2019-01-11"),
        ("in the first week of December", "2018-12-01/2018-12-07"),
        ("in 2014", "2014-01-01/2014-12-31"),
        ("in early 2014", "2014-01-01/2014-03-31"),
        ("in the 1990s", "1990-01-01/1999-12-31"),
        ("in the summer of 2012", "2012-06-01/2012-08-31"),
        ("last autumn", "2018-09-01/2018-11-30"),
    ],
)
def test_weeks_months_seasons_and_years(words: str, expected: str) -> None:
    assert iso(words) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("on 14 October 2018", "2018-10-14"),
        ("on Saturday, the 3rd of November", "2018-11-03"),
        ("on Saturday March 28 2015", "2015-03-28"),
        ("on Oct. 13, 2018", "2018-10-13"),
        ("on Dec 21", "2018-12-21"),
        ("2018-12-21", "2018-12-21"),
        ("on the 8th.", "2019-01-08"),
        ("on the 21st, they left", "2018-12-21"),
        ("21/10/2018", "2018-10-21"),
        ("10/21/2018", "2018-10-21"),
        ("3.9.2018", "2018-09-03"),
        ("05/01/2019", "2019-01-05"),
        ("in 1683", "1683-01-01/1683-12-31"),
        ("In 1812 Polish lancers crossed the river.", "1812-01-01/1812-12-31"),
        ("on New Year's Day", "2019-01-01"),
        ("on Christmas Eve", "2018-12-24"),
        ("on 31 February 2019", None),
        ("03/04/2018", None),
    ],
)
def test_dates(words: str, expected: str | None) -> None:
    assert iso(words) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("a day later", "2019-01-09"),
        ("two days later", "2019-01-10"),
        ("a week earlier", "2019-01-01"),
        ("that day", "2019-01-08"),
        ("four days earlier they had taken the port", "2019-01-04"),
        ("earlier in the day", "2019-01-08"),
        ("the same night", "2019-01-08"),
        ("the following day", "2019-01-09"),
        ("the next morning", "2019-01-09"),
        ("the day before", "2019-01-07"),
        ("the night before", "2019-01-07"),
        ("the previous weekend", "2019-01-05/2019-01-06"),
        ("the previous Friday", "2019-01-04"),
        ("the following month", "2019-02-01/2019-02-28"),
        ("hours later", "2019-01-08"),
        ("hours after the start of the offensive", "2019-01-08"),
        ("in the afternoon", "2019-01-08"),
        ("by nightfall", "2019-01-08"),
    ],
)
def test_what_counts_from_the_event_before(words: str, expected: str) -> None:
    assert iso(words, anchor=TUESDAY) == expected


@pytest.mark.parametrize(
    "words", ["a day later", "the following day", "that night", "hours later", "hours after", "the previous Friday"]
)
def test_without_an_event_before_there_is_nothing_to_count_from(words: str) -> None:
    assert iso(words) is None


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("will leave on Tuesday", "2019-01-15"),
        ("must leave by Friday", "2019-01-11"),
        ("is to leave next Friday", "2019-01-18"),
        ("will start tomorrow", "2019-01-12"),
        ("will be gone by the end of the month", "2019-01-31"),
        ("will go at the end of March", "2019-03-21/2019-03-31"),
        ("later this month", "2019-01-11/2019-01-31"),
        ("next week", "2019-01-14/2019-01-20"),
        ("in March", "2019-03-01/2019-03-31"),
        ("on 3 November", "2019-11-03"),
        ("next year", "2020-01-01/2020-12-31"),
        ("this weekend", "2019-01-12/2019-01-13"),
    ],
)
def test_what_is_to_come(words: str, expected: str) -> None:
    assert iso(words, future=True) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [("around noon", "2019-01-11"), ("at 18:00", "2019-01-11"), ("during the night", "2019-01-10/2019-01-11")],
)
def test_a_part_of_a_day_alone_is_that_of_the_news(words: str, expected: str) -> None:
    assert iso(words) == expected


def test_what_goes_on_since_an_hour_goes_on_today() -> None:
    assert iso("They are rolling in since about 2 pm", anchor=TUESDAY) == "2019-01-11"


@pytest.mark.parametrize(
    "words", ["one " * 5000 + "days", "1" * 20_000, "about " * 5000, "May 5 " * 9000, "the last " * 3000]
)
def test_long_nonsense_costs_no_time(words: str) -> None:
    start = time.process_time()
    find_times(words, FRIDAY)
    assert time.process_time() - start < 2


def test_a_part_of_a_day_belongs_to_the_day_the_sentence_names() -> None:
    found = find_times("at dawn they left, the governor said on Thursday", FRIDAY)
    assert [f.interval and f.interval.iso() for f in found] == ["2019-01-10", "2019-01-10"]


def test_since_reaches_to_the_day_of_the_one_who_says_so() -> None:
    found = find_times("told us on Thursday that soldiers had been leaving since Monday", FRIDAY)
    assert [f.interval and f.interval.iso() for f in found] == ["2019-01-10", "2019-01-07/2019-01-10"]


def test_a_day_named_in_the_sentence_is_counted_from() -> None:
    found = find_times("told us on Monday that the trucks had left the day before", FRIDAY)
    assert [f.interval and f.interval.iso() for f in found] == ["2019-01-07", "2019-01-06"]


@pytest.mark.parametrize(
    "words",
    [
        "a few days ago", "in recent weeks", "on Good Friday", "on Easter Monday", "before Tuesday",
        "over the past few days", "several weeks later", "years ago",
    ],
)  # fmt: skip
def test_no_days_are_invented(words: str) -> None:
    assert iso(words) is None


@pytest.mark.parametrize(
    "words",
    [
        "on Tuesdays the market opens",
        "the week-long siege", "it may 5 times fail", "a 30-day truce", "about 2019 men", "march on the city",
        "from 2000 to 2500 soldiers", "the 4th Division", "on the 21st floor", "the Sunday Times wrote",
        "in 1200 vehicles",
        "in 1500 houses",
        "a day of rest",
        "the fall of Derna", "spring offensive", "Route 66", "page 10-12", "they sat 3 abreast",
    ],
)  # fmt: skip
def test_words_that_only_look_like_times(words: str) -> None:
    assert find_times(words, FRIDAY) == ()


def test_without_publication_only_complete_dates_are_resolved() -> None:
    relative, complete = find_times("on Saturday, not on 3 May 2020,", None)
    assert relative.text.endswith("Saturday")
    assert relative.interval is None
    assert complete.interval is not None
    assert complete.interval.iso() == "2020-05-03"
