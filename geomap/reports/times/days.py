"""Calendar days as news speaks of them: weeks run from Monday, weekends from Saturday, "late May" from the 21st."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

from geomap.models import Interval

__all__ = [
    "MONTHS",
    "WEEKDAYS",
    "back",
    "day",
    "month_days",
    "nearest",
    "piece_of",
    "season_days",
    "week_days",
    "weekday_day",
    "weekend_days",
    "year_days",
]

WEEKDAYS = {name.lower(): n for n, name in enumerate(calendar.day_name)}
MONTHS = {name.lower(): n for n, name in enumerate(calendar.month_name) if name}
MONTHS |= {name.lower(): n for n, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}
SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
"""First month of each season, in the meteorologists' way, north of the equator."""
FAR = 60
"""Days by which a date without a year may lie on the wrong side of publication before another year is meant."""


def day(when: date) -> Interval:
    """Return one day as an interval."""
    return Interval(when, when)


def nearest(number: int, month: int, published: date, *, future: bool) -> date:
    """Return a day of a month in the year that is meant: the last such day, or the next where `future`.

    Raises
    ------
    ValueError
        No such day exists.
    """
    here = date(published.year, month, number)
    if not future and (here - published).days > FAR:
        return date(published.year - 1, month, number)
    if future and (published - here).days > FAR:
        return date(published.year + 1, month, number)
    return here


def month_days(year: int, month: int) -> Interval:
    """Return all days of a month."""
    return Interval(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]))


def year_days(year: int) -> Interval:
    """Return all days of a year."""
    return Interval(date(year, 1, 1), date(year, 12, 31))


def season_days(year: int, season: str) -> Interval:
    """Return the three months of a season; winter begins in December of its year."""
    first = SEASONS[season]
    last = month_days(year + (first == 12), (first + 1) % 12 + 1)
    return Interval(date(year, first, 1), last.end)


def week_days(when: date, weeks: int = 0) -> Interval:
    """Return Monday to Sunday of the week of a day, or of one so many weeks on."""
    monday = when - timedelta(days=when.weekday() - 7 * weeks)
    return Interval(monday, monday + timedelta(days=6))


def weekend_days(when: date, weeks: int = 0) -> Interval:
    """Return the Saturday and Sunday begun last on a day, or the ones so many weeks on."""
    saturday = when - timedelta(days=(when.weekday() - 5) % 7 - 7 * weeks)
    return Interval(saturday, saturday + timedelta(days=1))


def weekday_day(weekday: int, when: date, *, ahead: bool, other: bool = False) -> date:
    """Return the last such weekday up to a day, or the next one from it on; `other` leaves the day itself out."""
    if ahead:
        return when + timedelta(days=(weekday - when.weekday()) % 7 or (7 if other else 0))
    return when - timedelta(days=(when.weekday() - weekday) % 7 or (7 if other else 0))


def back(when: date, count: int, unit: str) -> date:
    """Return the day so many hours, days, weeks, fortnights, months or years before; negative counts go on."""
    if unit == "hour":
        return when - timedelta(days=max(1, count // 24))
    if unit in {"day", "week", "fortnight"}:
        return when - timedelta(days=count * {"day": 1, "week": 7, "fortnight": 14}[unit])
    months = when.year * 12 + when.month - 1 - count * (12 if unit == "year" else 1)
    year, month = divmod(months, 12)
    return date(year, month + 1, min(when.day, calendar.monthrange(year, month + 1)[1]))


def piece_of(whole: Interval, piece: str) -> Interval:
    """Return the part of a week, month, season or year that a word such as "late" means.

    Parameters
    ----------
    whole
        A calendar week, month, season or year.
    piece
        "early", "mid" and "late" are thirds of a month and quarters of a year; "start" and "end" the same of a month,
        the first and last month of a year. Also "first half", "second half", "first week" and "last week".
    """
    first, last = whole.start, whole.end
    half = first + timedelta(days=(whole.days + 1) // 2)
    if piece == "first half":
        return Interval(first, half - timedelta(days=1))
    if piece == "second half":
        return Interval(half, last)
    if piece.endswith("week"):
        week = timedelta(days=min(7, whole.days) - 1)
        return Interval(first, first + week) if piece == "first week" else Interval(last - week, last)
    if whole.days <= 7:
        shift, size = {"mid": (2, 1), "late": (4, 2), "end": (4, 2)}.get(piece, (0, 1))
        begin = first + timedelta(days=shift)
        return Interval(begin, begin + timedelta(days=size))
    if whole.days <= 31:
        shift = {"mid": 10, "late": 20, "end": 20}.get(piece, 0)
        begin = first + timedelta(days=shift)
        return Interval(begin, last if shift == 20 else begin + timedelta(days=9))
    months = 12 if whole.days > 300 else 3
    size = {"start": 1, "end": 1, "mid": months // 3}.get(piece, months // 4 or 1)
    shift = {"mid": months // 3, "late": months - size, "end": months - size}.get(piece, 0)
    begin, end = back(first, -shift, "month"), back(first, 1 - shift - size, "month")
    return Interval(begin, month_days(end.year, end.month).end)
