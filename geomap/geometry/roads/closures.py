"""When a border crossing was closed: periods with dates as exact as the sources give them.

A table writes ``closed 2015-04-01/2018-10-15: fighting; unknown 2024-12/..: nobody says``: first the day, month or year
of the closure, then that of the opening again, ``..`` where there is none. "2015-04" is some day of that month, so
whether the crossing was open on the tenth is not known.
"""

from __future__ import annotations

import calendar
import itertools
import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

__all__ = ["Closure", "Moment", "State", "ongoing", "parse", "state_on"]

_PERIOD = re.compile(r"(?P<state>\w+) (?P<start>[\d.-]+)/(?P<end>[\d.-]+)(?:: (?P<reason>.+))?")
_MOMENT = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")


class State(StrEnum):
    """What is known of a crossing on a day."""

    OPEN = "open"
    CLOSED = "closed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Moment:
    """A day known to the day, the month or the year."""

    first: date
    last: date

    @classmethod
    def of(cls, text: str) -> Moment:
        """Return the days that "2015", "2015-04" or "2015-04-01" may mean.

        Raises
        ------
        ValueError
            The text is no such date.
        """
        if not _MOMENT.fullmatch(text):
            raise ValueError(f"{text!r} is no date; write YYYY, YYYY-MM or YYYY-MM-DD")
        year, month, day = (*map(int, text.split("-")), 0, 0)[:3]
        last_month = month or 12
        return cls(
            date(year, month or 1, day or 1),
            date(year, last_month, day or calendar.monthrange(year, last_month)[1]),
        )

    def __str__(self) -> str:
        days = (self.last - self.first).days
        if not days:
            return f"{self.first.day} {self.first:%B %Y}"
        return f"{self.first:%B %Y}" if days < 31 else f"{self.first.year}"


@dataclass(frozen=True, slots=True)
class Closure:
    """A time in which a crossing was closed, or in which nobody knows."""

    state: State
    start: Moment | None
    """When it was closed; None before all memory."""
    end: Moment | None
    """When it was opened again; None where it has not been."""
    reason: str = ""

    @classmethod
    def of(cls, text: str) -> Closure:
        """Return the closure a table writes as "closed 2015-04-01/2018-10-15: fighting".

        Raises
        ------
        ValueError
            The text is no closure, or it ends before it starts.
        """
        found = _PERIOD.fullmatch(text)
        if not found or found["state"] not in {State.CLOSED, State.UNKNOWN}:
            raise ValueError(
                f"{text!r} is no closure; write 'closed 2015-04/2018-10-15: why' or 'unknown 2024/..: why'"
            )
        start, end = (None if found[side] == ".." else Moment.of(found[side]) for side in ("start", "end"))
        if start and end and start.first >= end.last:
            raise ValueError(f"{text!r} does not end after it starts")
        return cls(State(found["state"]), start, end, found["reason"] or "")

    def state_on(self, day: date) -> State | None:
        """Return what the closure says of a day; None where it says nothing, UNKNOWN where its dates are too rough."""
        may_start, sure_start = (self.start.first, self.start.last) if self.start else (date.min, date.min)
        sure_end, may_end = (self.end.first, self.end.last) if self.end else (date.max, date.max)
        if sure_start <= day and (day < sure_end or not self.end):
            return self.state
        return State.UNKNOWN if may_start <= day < may_end else None

    def __str__(self) -> str:
        head = "not known whether open" if self.state is State.UNKNOWN else "closed"
        if self.end and self.start:
            when = f" from {self.start} to {self.end}"
        else:
            when = f" until {self.end}" if self.end else f" since {self.start}" if self.start else ""
        return f"{head}{when}" + (f": {self.reason}" if self.reason else "")


def parse(text: str) -> tuple[Closure, ...]:
    """Return the closures of a table's cell, in order of time.

    Raises
    ------
    ValueError
        A closure is badly written, or they overlap or are out of order.
    """
    found = tuple(Closure.of(part.strip()) for part in text.split(";") if part.strip())
    for before, after in itertools.pairwise(found):
        if not before.end or not after.start or before.end.first > after.start.first:
            raise ValueError(f"'{before}' is not over before '{after}'")
    return found


def state_on(closures: tuple[Closure, ...], day: date) -> tuple[State, Closure | None]:
    """Return the state on a day and the closure that says so; OPEN and None where no closure is told."""
    said = [(state, closure) for closure in closures if (state := closure.state_on(day))]
    sure = [pair for pair in said if pair[0] is State.CLOSED]
    return next(iter(sure or said), (State.OPEN, None))


def ongoing(closures: tuple[Closure, ...]) -> date:
    """Return a day after all that is told, on which the last known state holds."""
    ends = [moment.last for closure in closures for moment in (closure.start, closure.end) if moment]
    return max(ends, default=date.min) + timedelta(days=1)
