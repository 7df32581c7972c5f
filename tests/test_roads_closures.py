from datetime import date

import pytest

from geomap.geometry.roads.closures import Closure, Moment, State, ongoing, parse, state_on


@pytest.mark.parametrize(
    ("text", "first", "last", "said"),
    [
        ("2015", date(2015, 1, 1), date(2015, 12, 31), "2015"),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29), "February 2024"),
        ("2018-10-15", date(2018, 10, 15), date(2018, 10, 15), "15 October 2018"),
    ],
)
def test_a_moment_is_as_exact_as_it_is_written(text, first, last, said):
    moment = Moment.of(text)
    assert (moment.first, moment.last, str(moment)) == (first, last, said)


@pytest.mark.parametrize("text", ["15-04-2015", "2015-13", "2015-02-30", "2015-4", "April 2015", "", "20150401"])
def test_what_is_no_date_is_refused(text):
    with pytest.raises(ValueError):  # noqa: PT011
        Moment.of(text)


def test_a_closure_known_to_the_day_says_yes_or_no():
    (closure,) = parse("closed 2015-04-01/2018-10-15: held by rebels")
    assert closure.state_on(date(2015, 3, 31)) is None
    assert closure.state_on(date(2015, 4, 1)) is State.CLOSED
    assert closure.state_on(date(2018, 10, 14)) is State.CLOSED
    assert closure.state_on(date(2018, 10, 15)) is None


def test_inside_a_month_that_is_all_that_is_known_the_state_is_unknown():
    (closure,) = parse("closed 2013-03/2014-10")
    assert closure.state_on(date(2013, 2, 28)) is None
    assert closure.state_on(date(2013, 3, 10)) is State.UNKNOWN
    assert closure.state_on(date(2013, 3, 31)) is State.CLOSED
    assert closure.state_on(date(2014, 9, 30)) is State.CLOSED
    assert closure.state_on(date(2014, 10, 10)) is State.UNKNOWN
    assert closure.state_on(date(2014, 11, 1)) is None


def test_a_closure_within_one_month_is_never_sure():
    (closure,) = parse("closed 2024-12-06/2024-12: coup")
    assert closure.state_on(date(2024, 12, 5)) is None
    assert {closure.state_on(date(2024, 12, day)) for day in range(6, 31)} == {State.UNKNOWN}


def test_open_ends_reach_as_far_as_dates_do():
    before, after = parse("closed ../2013-01: no bridge; closed 2020-01-10/..: no mandate")
    assert before.state_on(date.min) is State.CLOSED
    assert after.state_on(date.max) is State.CLOSED
    assert before.state_on(date(2013, 2, 1)) is None


def test_a_sure_closure_goes_before_an_unknown_edge():
    closures = parse("unknown 2010/2012-05: unrest; closed 2012-05-10/..: war")
    state, closure = state_on(closures, date(2012, 5, 20))
    assert state is State.CLOSED
    assert closure.reason == "war"
    assert state_on(closures, date(2012, 5, 5))[0] is State.UNKNOWN


def test_the_last_known_state_holds_after_all_that_is_told():
    assert state_on((), ongoing(()))[0] is State.OPEN
    assert state_on(over := parse("closed 2015/2018"), ongoing(over))[0] is State.OPEN
    assert state_on(lasting := parse("closed 2015/.."), ongoing(lasting))[0] is State.CLOSED


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("closed 2011/..: war", "closed since 2011: war"),
        ("closed 2015-04-01/2018-10-15", "closed from 1 April 2015 to 15 October 2018"),
        ("closed ../2013-01: no bridge", "closed until January 2013: no bridge"),
        ("closed ../..", "closed"),
        ("unknown 2024-12/..: nobody says", "not known whether open since December 2024: nobody says"),
    ],
)
def test_words(text, said):
    assert str(Closure.of(text)) == said


@pytest.mark.parametrize(
    "text",
    [
        "open 2015/2016",
        "closed 2015",
        "closed 2016/2015: backwards",
        "closed 2016-03-01/2016-03-01",
        "closed 2015/2018; closed 2016/..",
        "closed 2015/..; closed 2016/2018",
        "closed 2015/2016: fire; and flood",
    ],
)
def test_what_cannot_be_right_is_refused(text):
    with pytest.raises(ValueError):  # noqa: PT011
        parse(text)


def test_an_empty_cell_tells_no_closure():
    assert parse("") == ()
