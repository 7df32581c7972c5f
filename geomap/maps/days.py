"""Which days of a date are sure, and what was known of an event on which day.

A date is kept as the days that its words allow. "On 14 October" is sure of its day, "from 3 to 9 March" of all of its
days; "last week" and "between 3 and 9 March" say that it was somewhere in there, which makes no single day sure.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from geomap.models import Interval
from geomap.reports.times.dates import find_times

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from geomap.models import Event, Movement

__all__ = ["known_steps", "sure_days"]

_ISO = re.compile(r"\s*(?:\d{4}-\d\d-\d\d)(?:\s*(?:/|to|–|-)\s*\d{4}-\d\d-\d\d)?\s*")
_SOMEWHERE = re.compile(r"\b(?:between|or)\b", re.IGNORECASE)
_THROUGHOUT = re.compile(r"\s*(?:for|throughout|all)\b", re.IGNORECASE)
_SINCE = re.compile(r"\bsince\b", re.IGNORECASE)
_JOINT = re.compile(r"\s*(?:\b(?:to|until|till|through|into|and)\b|[-–—])\s*", re.IGNORECASE)
_RELATION = re.compile(r"^.*\b(?:since|from|until|till|on|the)\b\s*", re.IGNORECASE)
_NUMBER = re.compile(r"\d{1,2}(?:st|nd|rd|th)?")


def sure_days(interval: Interval, words: str | None, published: date | None) -> Interval | None:
    """Return the days of an interval on which what is told surely went on; None where it was on some day of it.

    Parameters
    ----------
    interval
        The days from the earliest to the latest that the words allow.
    words
        The words that date it. Where there are none, or only ISO days, somebody gave the two days by hand and means
        all from one to the other.
    published
        Day of publication, from which "since Monday" counts.
    """
    if interval.days == 1 or not words or _ISO.fullmatch(words) or _THROUGHOUT.match(words):
        return interval
    if _SOMEWHERE.search(words):
        return None
    near = (published, interval.start, interval.end)
    if _SINCE.search(words):
        first = _part(words, near, start=interval.start)
        return _within(first.end, interval.end) if first else None
    for joint in _JOINT.finditer(words):
        first = _part(words[: joint.start()], near, start=interval.start)
        last = _part(words[joint.end() :], near, end=interval.end)
        if first and last:
            return _within(first.end, last.start)
    own = _part(words, near, start=interval.start)  # of a trip that ends on another day only the first is named
    return interval if own and own.days == 1 else None


def _part(
    words: str, near: Iterable[date | None], *, start: date | None = None, end: date | None = None
) -> Interval | None:
    """Return the days that one end of "from A to B" names, or None where they do not begin, or end, as they should.

    "3" in "3 to 9 March" is read without its month, so it is told by where it stands.
    """
    bare = _RELATION.sub("", words.strip())
    edge = start or end
    if edge and _NUMBER.fullmatch(bare):
        return Interval(edge, edge)
    for day in near:
        times = find_times(bare, day) or find_times(f"in {bare}", day)  # a bare "March" is no time
        found = [time.interval for time in times if time.interval]
        if len(found) == 1 and edge == (found[0].start if start else found[0].end):
            return found[0]
    return None


def _within(first: date, last: date) -> Interval | None:
    return Interval(first, last) if first <= last else None


def known_steps(event: Event) -> Iterator[tuple[date, Movement]]:
    """Yield the days on which reports told more of an event, each with the event as the reports up to then tell it."""
    from geomap.linking.events import as_known

    days = sorted({m.provenance.published for m in event.tellings if m.provenance.published})
    for day in days:
        lead = as_known(event, day)
        if lead is not None:
            yield day, lead
