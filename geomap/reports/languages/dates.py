"""Time expressions of a sentence in another language as days, against the day of publication.

The conventions are those of :mod:`geomap.reports.times.dates`: a weekday is the last one up to the day of publication,
or the next one for what is to come; weeks run from Monday; "last month" is the whole month before.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from geomap.models import Interval
from geomap.reports.languages.numbers import count_at
from geomap.reports.languages.tokens import Sort

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from geomap.reports.languages.lexicon import Lexicon
    from geomap.reports.languages.tokens import Word

__all__ = ["Time", "Times"]

_NUMERIC = re.compile(r"(?:(\d{4})-(\d\d)-(\d\d)|(\d{1,2})[./](\d{1,2})[./](\d{4}))")
YEARS = range(1900, 2101)
FAR_AHEAD = 60
"""Days by which a date without a year may lie after publication before it is one of the year before."""
REACH = 2
"""Words between a time word and "last", "since" and the like."""


@dataclass(frozen=True, slots=True)
class Time:
    """Words that name a time, by their places in the sentence, with the days they mean or None."""

    first: int
    last: int
    interval: Interval | None
    weekday: bool = False
    """It is a day of the week."""
    dated: bool = False
    """It is a day of a month."""


@dataclass(frozen=True, slots=True)
class Times:
    """Reads the times of sentences of one report."""

    lexicon: Lexicon
    published: date | None
    text: str
    anchor: date | None = None
    """Day of the event told before."""
    future: bool = False
    """What is told of is still to come."""

    def find(self, words: Sequence[Word], *, future: bool = False, anchor: date | None = None) -> tuple[Time, ...]:
        """Return the times of a sentence in order.

        Parameters
        ----------
        words
            The words of the sentence.
        future
            Read weekdays without a direction as the next such day.
        anchor
            Day of the event told before, for "the day before"; that of publication by default.
        """
        return replace(self, anchor=anchor or self.published, future=future)._find(words)

    def _find(self, words: Sequence[Word]) -> tuple[Time, ...]:
        found: list[Time] = []
        at = 0
        while at < len(words):
            time = self._at(words, at)
            if time is None:
                at += 1
                continue
            joined = self._joined(found[-1], time, words) if found else None
            if joined is not None:
                time = joined
                found.pop()
            found.append(time)
            at = time.last
        return tuple(found)

    def _at(self, words: Sequence[Word], at: int) -> Time | None:
        readers: tuple[Callable[[Sequence[Word], int], Time | None], ...] = (
            self._numeric, self._day_of_month, self._month, self._ago, self._past, self._days, self._told_days,
            self._weekday, self._weekend, self._period, self._year,
        )  # fmt: skip
        for reader in readers:
            try:
                time = reader(words, at)
            except (ValueError, OverflowError):
                time = None
            if time is not None:
                return self._since(words, time)
        return None

    def _numeric(self, words: Sequence[Word], at: int) -> Time | None:
        if words[at].sort is not Sort.NUMBER:
            return None
        match = _NUMERIC.match(self.text, words[at].start)
        if match is None:
            return None
        y, m, d, dd, mm, yy = match.groups()
        day = date(int(y), int(m), int(d)) if y else date(int(yy), int(mm), int(dd))
        last = next((n for n in range(at, len(words)) if words[n].end >= match.end()), at)
        return Time(at, last + 1, Interval(day, day), dated=True)

    def _day_of_month(self, words: Sequence[Word], at: int) -> Time | None:
        number = re.fullmatch(r"(\d{1,2})(?:er|º|°|-?[a-zа-яіїє]{1,2})?", words[at].form)
        if number is None or not 1 <= int(number[1]) <= 31:
            return None
        month = self._month_at(words, self._glue(words, at + 1))
        if month is None:
            return None
        value, last = month
        year, last = self._year_after(words, last)
        day = self._dated(int(number[1]), value, year)
        return Time(at, last, Interval(day, day) if day else None, dated=True)

    def _dated(self, day: int, month: int, year: int | None) -> date | None:
        if year:
            return date(year, month, day)
        if self.published is None:
            return None
        here = date(self.published.year, month, day)
        if not self.future and (here - self.published).days > FAR_AHEAD:
            return here.replace(year=here.year - 1)
        return here

    def _month_at(self, words: Sequence[Word], at: int) -> tuple[int, int] | None:
        """Return the month that begins with a word, and the place after it and its other name ("آذار/مارس")."""
        match = self.lexicon.time.months.at(words, at)
        if match is None or match.joined not in {"", "و"}:
            return None
        last = match.last
        if last + 1 < len(words) and words[last].text in "/(" and self.lexicon.time.months.at(words, last + 1):
            last += 2
            last += last < len(words) and words[last].text == ")"
        return match.value, last

    def _year_after(self, words: Sequence[Word], at: int) -> tuple[int | None, int]:
        place = self._glue(words, at)
        if place < len(words) and words[place].form.isdigit() and int(words[place].form) in YEARS:
            after = self.lexicon.time.words["year"].at(words, place + 1)
            return int(words[place].form), after.last if after else place + 1
        return None, at

    def _glue(self, words: Sequence[Word], at: int) -> int:
        while (match := self.lexicon.time.words["glue"].at(words, at)) is not None:
            at = match.last
        return at

    def _month(self, words: Sequence[Word], at: int) -> Time | None:
        found = self._month_at(words, at)
        if found is None:
            return None
        month, last = found
        year, last = self._year_after(words, last)
        led = at > 0 and words[at - 1].sort is not Sort.MARK
        if not year and (not self.published or not led):
            return None
        if not year and self.published:
            year = self.published.year - (month > self.published.month and not self.future)
        assert year is not None
        first = date(year, month, 1)
        end = date(year, month, calendar.monthrange(year, month)[1])
        part = self.lexicon.time.words["end_of"]
        if any(part.at(words, n) for n in range(max(0, at - REACH), at)):
            first = first.replace(day=21)
        if self.published and first <= self.published < end and not self.future:
            end = self.published
        return Time(at, last, Interval(first, end))

    def _ago(self, words: Sequence[Word], at: int) -> Time | None:
        """Return "three days ago", where "ago" stands before or after."""
        ago = self.lexicon.time.words["ago"]
        before = ago.at(words, at)
        count, place = self._count(words, before.last if before else at)
        unit = self.lexicon.time.units.at(words, place)
        if unit is None:
            return None
        after = ago.at(words, unit.last)
        if before is None and after is None:
            return None
        word = before or after
        assert word is not None
        from_told = self.lexicon.time.words["before_that"].at(words, word.first) is not None
        day = self.anchor if from_told else self.published
        return Time(at, after.last if after else unit.last, _back_to(day, count, unit.value))

    def _count(self, words: Sequence[Word], at: int) -> tuple[int, int]:
        counted = count_at(words, at, self.lexicon)
        return (int(counted[0]), counted[1]) if counted else (1, at)

    def _past(self, words: Sequence[Word], at: int) -> Time | None:
        """Return "the last three days", "los últimos días"."""
        if self.published is None or self.lexicon.time.units.at(words, at) is None:
            return None
        unit = self.lexicon.time.units.at(words, at)
        assert unit is not None
        past = self.lexicon.time.words["past"]
        near = [n for n in (*range(max(0, at - 3), at), unit.last) if past.at(words, n)]
        if not near:
            return None
        count = next((c[0] for n in range(max(0, at - 3), at) if (c := count_at(words, n, self.lexicon))), 2)
        days = {"hour": max(1, count // 24), "day": count, "week": 7 * count, "month": 30 * count}.get(unit.value)
        if days is None:
            return None
        return Time(min(near[0], at), unit.last, Interval(self.published - timedelta(days=int(days)), self.published))

    def _days(self, words: Sequence[Word], at: int) -> Time | None:
        match = self.lexicon.time.days.at(words, at)
        if match is None:
            return None
        if self.published is None:
            return Time(match.first, match.last, None)
        first, last = (self.published + timedelta(days=n) for n in match.value)
        return Time(match.first, match.last, Interval(first, last))

    def _told_days(self, words: Sequence[Word], at: int) -> Time | None:
        match = self.lexicon.time.told_days.at(words, at)
        if match is None:
            return None
        if self.anchor is None:
            return Time(match.first, match.last, None)
        first, last = (self.anchor + timedelta(days=n) for n in match.value)
        return Time(match.first, match.last, Interval(first, last))

    def _joined(self, first: Time, second: Time, words: Sequence[Word]) -> Time | None:
        """Return two times as one: "Tuesday 14 November", "in the night from Saturday to Sunday"."""
        between = range(first.last, second.first)
        if first.interval is None or second.interval is None or len(between) > 1:
            return None
        if first.weekday and second.dated:
            return Time(first.first, second.last, second.interval)
        night = any(
            self.lexicon.time.words["night"].at(words, n) for n in range(max(0, first.first - 4), first.first + 1)
        )
        follows = second.interval.end - first.interval.end == timedelta(days=1)
        if night and between and second.weekday and (follows or not first.weekday):
            return Time(
                first.first, second.last, Interval(second.interval.end - timedelta(days=1), second.interval.end)
            )
        return None

    def _weekday(self, words: Sequence[Word], at: int) -> Time | None:
        match = self.lexicon.time.weekdays.at(words, at)
        if match is None:
            return None
        if self.published is None:
            return Time(at, match.last, None)
        back = (self.published.weekday() - match.value) % 7
        last, ahead = (
            self._near(words, match.first, match.last, "last"),
            self._near(words, match.first, match.last, "next"),
        )
        if ahead or (self.future and not last):
            day = self.published + timedelta(days=(-back) % 7 or (7 if ahead else 0))
        else:
            day = self.published - timedelta(days=back or (7 if last else 0))
        night = self._near(words, match.first, match.last, "night_to")
        return Time(
            at, match.last, Interval(day - timedelta(days=1), day) if night else Interval(day, day), weekday=True
        )

    def _near(self, words: Sequence[Word], first: int, last: int, name: str) -> bool:
        """Whether a word of a list stands beside a time word."""
        matcher = self.lexicon.time.words[name]
        places = [*range(max(0, first - 3), first), *range(last, min(len(words), last + 1))]
        return any(
            (m := matcher.at(words, n)) is not None and ((m.last <= first and first - m.last <= 1) or n >= last)
            for n in places
        )

    def _weekend(self, words: Sequence[Word], at: int) -> Time | None:
        match = self.lexicon.time.words["weekend"].at(words, at)
        if match is None:
            return None
        if self.published is None:
            return Time(at, match.last, None)
        ahead = self.future or self._near(words, at, match.last, "next")
        saturday = self.published - timedelta(days=(self.published.weekday() - 5) % 7) + timedelta(days=7 * ahead)
        sunday = saturday + timedelta(days=1)
        return Time(at, match.last, Interval(saturday, sunday if ahead else max(saturday, min(sunday, self.published))))

    def _period(self, words: Sequence[Word], at: int) -> Time | None:
        """Return "last week", "this month", whichever of the two words comes first."""
        unit = self.lexicon.time.units.at(words, at)
        if unit is None or unit.value not in {"week", "month", "year"}:
            return None
        shift = next(
            (n for name, n in (("last", -1), ("next", 1), ("this", 0)) if self._near(words, at, unit.last, name)), None
        )
        if shift is None:
            return None
        return Time(at, unit.last, self._unit(unit.value, shift) if self.published else None)

    def _unit(self, unit: str, shift: int) -> Interval:
        assert self.published is not None
        today = self.published
        if unit == "week":
            first = today - timedelta(days=today.weekday()) + timedelta(days=7 * shift)
            last = first + timedelta(days=6)
        elif unit == "month":
            year, month = divmod(today.year * 12 + today.month - 1 + shift, 12)
            first, last = date(year, month + 1, 1), date(year, month + 1, calendar.monthrange(year, month + 1)[1])
        else:
            first, last = date(today.year + shift, 1, 1), date(today.year + shift, 12, 31)
        return Interval(first, today if not shift else last)

    def _year(self, words: Sequence[Word], at: int) -> Time | None:
        if not words[at].form.isdigit() or int(words[at].form) not in YEARS:
            return None
        after = self.lexicon.time.words["year"].at(words, at + 1)
        before = self.lexicon.time.words["in_year"]
        led = any((m := before.at(words, n)) is not None and m.last == at for n in range(max(0, at - 2), at))
        if not led and after is None:
            return None
        year = int(words[at].form)
        return Time(at, after.last if after else at + 1, Interval(date(year, 1, 1), date(year, 12, 31)))

    def _since(self, words: Sequence[Word], time: Time) -> Time:
        """Return the days from a time to that of publication where "since" goes with it."""
        if time.interval is None or self.published is None or time.interval.start > self.published:
            return time
        since = self.lexicon.time.words["since"]
        before = range(max(0, time.first - REACH), time.first)
        led = any((m := since.at(words, n)) is not None and time.first - m.last <= 1 for n in before)
        after = range(time.last, min(len(words), time.last + REACH))
        if not led and not (self.lexicon.order.marks_after and any(since.at(words, n) for n in after)):
            return time
        return replace(time, interval=Interval(time.interval.start, self.published))


def _back_to(day: date | None, count: int, unit: str) -> Interval | None:
    """Return the day, month or year so many units before a day."""
    if day is None:
        return None
    if unit in {"month", "year"}:
        months = day.year * 12 + day.month - 1 - count * (12 if unit == "year" else 1)
        year, month = divmod(months, 12)
        if unit == "year":
            return Interval(date(year, 1, 1), date(year, 12, 31))
        return Interval(date(year, month + 1, 1), date(year, month + 1, calendar.monthrange(year, month + 1)[1]))
    days = {"hour": count // 24, "day": count, "week": 7 * count}[unit]
    then = day - timedelta(days=days)
    return Interval(then, then)
