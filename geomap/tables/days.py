"""Days as people and spreadsheets write them in cells."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, datetime, timedelta

from geomap.quantities import Interval
from geomap.tables.cells import is_missing, text_of
from geomap.written_days import parse_day

__all__ = ["days_of", "span_of"]

_YEAR = re.compile(r"[12]\d{3}")
_MONTH = re.compile(r"([12]\d{3})-(\d{1,2})")
_NUMBERS = re.compile(r"(\d{1,4})([./-])(\d{1,2})\2(\d{1,4})\.?(?:[ T]0?0:00(?::00(?:\.0+)?)?)?")
_SERIAL = re.compile(r"([2-9]\d{4})(?:\.0+)?")

_EXCEL_EPOCH = date(1899, 12, 30)
"""Day 0 of Excel's serial days from March 1900 on: they count a 29 February 1900 (ECMA-376, 18.17.4)."""

Told = tuple[Interval | None, str | None]


def days_of(first: object, last: object = None) -> Told:
    """Return the days from one cell to another, and what is wrong with them in words, or None.

    A cell is a date, a moment (its day in its own time zone), a serial day of Excel, or text: an ISO 8601 day, moment,
    month, year or interval ``A/B``, ``31.01.2019``, ``31/01/2019``, or a day with its month in letters. ``3/4/2019`` is
    none: it is March in one country and April in another. Days that end before they start are only the first.
    """
    start, wrong = span_of(first)
    end, wrong_end = span_of(last)
    problem = wrong or wrong_end
    if problem is None and start and end and end.end < start.start:
        problem = f"it ends on {end.end}, before it starts on {start.start}; only the first day was taken"
        end = None
    known = [span for span in (start, end) if span]
    return (Interval(known[0].start, known[-1].end) if known else None), problem


def span_of(value: object) -> Told:
    """Return the days that one cell names, and what is wrong with it in words, or None; both None where it is empty."""
    if is_missing(value):
        return None, None
    if isinstance(value, datetime):  # pandas' Timestamp is one
        return Interval(value.date(), value.date()), None
    if isinstance(value, date):
        return Interval(value, value), None
    text = text_of(value)
    if not text:
        return None, None
    whole = _written(text)
    spans = [whole] if whole else [_written(part.strip()) for part in text.split("/", 1)]
    found = [span for span in spans if span]
    if len(found) == len(spans) and found[0].start <= found[-1].end:
        return Interval(found[0].start, found[-1].end), None
    return None, _doubt(text) or f"{text!r} is no day; write it as 2019-01-31"


def _doubt(text: str) -> str | None:
    """Return what a day may be that is written with numbers alone, in an order that differs between countries."""
    numbers = _NUMBERS.fullmatch(text)
    if not numbers:
        return None
    choices = [day for order in (_DAY_FIRST, _MONTH_FIRST) if (day := _from(numbers, order))]
    return f"{text!r} may be {' or '.join(map(str, choices))}; write the one it is" if len(choices) > 1 else None


_YEAR_FIRST, _DAY_FIRST, _MONTH_FIRST = (1, 3, 4), (4, 3, 1), (4, 1, 3)
"""The groups of `_NUMBERS` that are the year, month and day."""


def _written(text: str) -> Interval | None:
    if _YEAR.fullmatch(text):
        return Interval(date(int(text), 1, 1), date(int(text), 12, 31))
    month = _MONTH.fullmatch(text)
    if month and 1 <= int(month[2]) <= 12:
        year, number = int(month[1]), int(month[2])
        return Interval(date(year, number, 1), date(year, number, monthrange(year, number)[1]))
    day = _day(text)
    return Interval(day, day) if day else None


def _day(text: str) -> date | None:
    if serial := _SERIAL.fullmatch(text):
        return _EXCEL_EPOCH + timedelta(days=int(serial[1]))
    if numbers := _NUMBERS.fullmatch(text):
        if len(numbers[1]) == 4:
            return _from(numbers, _YEAR_FIRST)
        # with dots the day comes first wherever days are written so
        orders = (_DAY_FIRST,) if numbers[2] == "." else (_DAY_FIRST, _MONTH_FIRST)
        days = {day for order in orders if (day := _from(numbers, order))}
        return days.pop() if len(days) == 1 else None
    return parse_day(text)


def _from(numbers: re.Match[str], order: tuple[int, int, int]) -> date | None:
    year, month, day = (numbers[group] for group in order)
    if len(year) != 4:
        return None
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
