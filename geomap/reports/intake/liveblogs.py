"""The days of the entries of a live blog, by their own stamps."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from geomap.reports.intake.stamps import nearest_year

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from geomap.reports.intake.stamps import Stamp

__all__ = ["days_of", "opening"]

_DAY = 24 * 60
_HALF_DAY = timedelta(hours=12)


def opening(stamps: Sequence[Stamp]) -> list[bool]:
    """Return which stamps open an entry; "Updated at 3.45pm" does so only in a blog that has no other stamps.

    One stamp, or several right under each other, are those of a whole story: then none opens an entry.
    """
    plain = [not stamp.later for stamp in stamps]
    opens = plain if sum(plain) > 1 else [True] * len(stamps)
    return opens if sum(opens) > 1 else [False] * len(stamps)


def days_of(stamps: Sequence[Stamp], published: date | None, moment: datetime | None = None) -> list[date | None]:
    """Return the day of each entry, in the order of the text, which may be that of time or its reverse.

    A stamp that names its day fixes those beside it: from clock to clock time runs the way in which all entries take
    the shorter time together, so that 23:50 before 00:10 passes midnight in one order and comes from the day before
    in the other. Without any such stamp the first entry is of the day of publication; where its hour is known, the
    entry that is nearest to it.

    Parameters
    ----------
    stamps
        Of the entries.
    published
        The blog's day; None leaves unknown what the stamps leave open.
    moment
        When the blog was published, with its time zone; "10h ago" counts back from there.
    """
    known = [_named(stamp, published, moment) for stamp in stamps]
    shifts = _shifts(stamps, known)
    anchors = [n for n, day in enumerate(known) if day is not None]
    if not anchors:
        if published is None or all(stamp.minute is None for stamp in stamps):
            return [None] * len(stamps)
        anchor = _at_publication(stamps, moment)
        return [_shifted(published, shift - shifts[anchor]) if s.minute is not None else None
                for s, shift in zip(stamps, shifts, strict=True)]  # fmt: skip
    days: list[date | None] = []
    anchor = anchors[0]
    for n, day in enumerate(known):
        anchor = n if day is not None else anchor
        if day is None and stamps[n].minute is not None:
            start = known[anchor]
            days.append(_shifted(start, shifts[n] - shifts[anchor]) if start else None)
        else:
            days.append(day)
    return days


def _named(stamp: Stamp, published: date | None, moment: datetime | None) -> date | None:
    """Return the day that a stamp names, or counts back to."""
    if stamp.day is not None:
        return stamp.day
    if stamp.day_of_year is not None:
        return nearest_year(*stamp.day_of_year, published) if published else None
    if stamp.ago is None:
        return None
    if moment is not None:
        return (moment - stamp.ago).date()
    if published is None or stamp.minute is not None:
        return None
    # Without the hour of publication "20h ago" may be that day or the one before.
    return published - timedelta(days=stamp.ago.days) if stamp.ago.days or stamp.ago <= _HALF_DAY else None


def _shifts(stamps: Sequence[Stamp], known: Sequence[date | None]) -> list[int]:
    """Return for each stamp how many days it lies after the first one by the clocks; a stamp without one adds none."""
    clocks = _clocks(stamps)
    forward = [(after - before) % _DAY for before, after in pairwise(clocks)]
    backward = [(before - after) % _DAY for before, after in pairwise(clocks)]
    days = [day for day in known if day is not None]
    differ = bool(days) and days[0] != days[-1]
    ascending = days[0] < days[-1] if differ else sum(forward) <= sum(backward)
    steps = forward if ascending else [-step for step in backward]
    return [at // _DAY for at in accumulate(steps, initial=clocks[0])] if clocks else []


def _clocks(stamps: Sequence[Stamp]) -> list[int]:
    """Return minutes after midnight; a heading without a clock stands at the clock of the entry that follows it."""
    clocks: list[int] = []
    after: int | None = None
    for stamp in reversed(stamps):
        after = stamp.minute if stamp.minute is not None else after
        clocks.append(after or 0)
    return clocks[::-1]


def _at_publication(stamps: Sequence[Stamp], moment: datetime | None) -> int:
    """Return the number of the entry that is of the day of publication: the first, or the outer one nearer in hours."""
    timed = [n for n, stamp in enumerate(stamps) if stamp.minute is not None]
    if moment is None:
        return timed[0]
    clock = moment.hour * 60 + moment.minute
    return min(timed[0], timed[-1], key=lambda n: abs((stamps[n].minute or 0) - clock))


def _shifted(day: date, days: int) -> date | None:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None
