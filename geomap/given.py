"""What a person writes by hand in a call: days as ISO text, and words of closed sets."""

from __future__ import annotations

from datetime import UTC, date, datetime
from enum import StrEnum
from typing import TypeVar

from geomap.errors import InputError
from geomap.models import Interval

__all__ = ["Day", "Days", "day_of", "days_of", "word_of"]

Day = date | str
"""A day, a moment (of which the day is taken), or ISO 8601 text such as ``2019-10-14``."""
Days = Interval | date | str
"""A day as above, or several: an interval, or text such as ``2019-10-14/2019-10-20``."""

_Word = TypeVar("_Word", bound=StrEnum)


def day_of(value: Day) -> date:
    """Return the day that is given.

    Raises
    ------
    InputError
        It is no day.

    Examples
    --------
    >>> day_of("2019-10-14")
    datetime.date(2019, 10, 14)
    """
    if isinstance(value, datetime) and value == value:  # noqa: PLR0124 - pandas' NaT is a datetime that equals nothing
        return value.date()
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    try:
        # Python reads '2019-W42' and worse as a day, too
        return datetime.strptime(str(value).strip(), "%Y-%m-%d").replace(tzinfo=UTC).date()
    except ValueError as error:
        raise InputError(f"{value!r} is no day; write it as in isoformat: '2019-10-14'") from error


def days_of(value: Days) -> Interval:
    """Return the day or days that are given, as an interval.

    Raises
    ------
    InputError
        It is no day and no interval, or the interval ends before it starts.

    Examples
    --------
    >>> days_of("2019-10-14/2019-10-20").days
    7
    """
    if isinstance(value, Interval):
        return value
    if not isinstance(value, str):
        day = day_of(value)
        return Interval(day, day)
    first, slash, last = value.partition("/")
    start = day_of(first)
    end = day_of(last) if slash else start
    if end < start:
        raise InputError(f"{value!r} ends before it starts; write the earlier day first")
    return Interval(start, end)


def word_of(words: type[_Word], value: _Word | str, what: str) -> _Word:
    """Return the member of a closed set that a word means, in any case and with a space, ``-`` or ``_``.

    Parameters
    ----------
    words
        The set, of `geomap.terms`.
    value
        The word.
    what
        What it is asked for, for the error.

    Raises
    ------
    InputError
        The set has no such word; the message has those it has.

    Examples
    --------
    >>> from geomap.terms import AreaKind
    >>> word_of(AreaKind, "safe zone", "kind")
    <AreaKind.SAFE_ZONE: 'safe_zone'>
    """
    try:
        return words(str(value).strip().lower().replace(" ", "_").replace("-", "_"))
    except ValueError as error:
        raise InputError(f"{what} {str(value)!r} is none of {', '.join(words)}") from error
