"""Time expressions of news English as days, against the day of publication.

Conventions: "on Saturday" is the last Saturday up to the day of publication, or the next one when the words
speak of what is to come; weeks run from Monday; "last month" is the whole month before. Without a day of
publication only complete dates are resolved; the words of the others are kept.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

from geomap.measures import NUMBER, parse_number
from geomap.models import Interval

__all__ = ["TimeExpression", "find_times"]

WEEKDAYS = [day.lower() for day in calendar.day_name]
MONTHS = {name.lower(): n for n, name in enumerate(calendar.month_name) if name}
MONTHS |= {name.lower(): n for n, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_DAYPART = r"(?:\s+(?:at\s+)?(?:dawn|morning|noon|midday|afternoon|evening|night|midnight))?"
_PATTERNS = {
    "iso": r"\b(?P<iy>\d{4})-(?P<im>\d\d)-(?P<id>\d\d)\b",
    "dmy": rf"\b(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?\s+(?P<m1>{_MONTH})\.?,?(?:\s+(?P<y1>(?:19|20)\d\d))?\b",
    "mdy": rf"\b(?P<m2>{_MONTH})\.?\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?(?!\d)(?:,?\s+(?P<y2>(?:19|20)\d\d))?",
    "month": rf"\b(?:in|since|during|of|until|by|last|early|late|mid-?|from)\s+(?P<m3>{_MONTH})\b"
    r"(?:,?\s+(?P<y3>(?:19|20)\d\d))?",
    "month_year": rf"\b(?P<m4>{_MONTH})\s+(?P<y4>(?:19|20)\d\d)\b",
    "year": r"\b(?P<since_y>in|since|during|from|of|until|by|early|late|mid-)\s?(?P<y5>(?:19|20)\d\d)\b",
    "weekday": rf"\b(?:(?P<rel>since|until|by|last|next|this|past)\s+)?(?:(?:late|early|earlier|later)\s+(?:on\s+)?)?"
    rf"(?P<wd>{'|'.join(WEEKDAYS)})(?!\w){_DAYPART}",
    "near_day": rf"\b(?:the\s+)?(?:day\s+before\s+)?(?P<day>yesterday|today|tonight|tomorrow|overnight){_DAYPART}\b",
    "this_part": r"\b(?P<part>this|last)\s+(?:morning|afternoon|evening|night)\b",
    "weekend": r"\b(?:(?P<wk>over|at|during|last|this|next)\s+)?(?:the\s+)?(?:past\s+|last\s+)?weekend\b",
    "ago": rf"\b(?P<n>{NUMBER}|a|an|several|few)\s+(?P<u>hour|day|week|month|year)s?\s+(?:ago|earlier)\b",
    "past": rf"\b(?:in|over|during|for|within)?\s*(?:the\s+)?(?:past|last)\s+(?:(?P<pn>{NUMBER}|few|several)\s+)?"
    r"(?P<pu>hour|day|week|month|year)s\b",
    "period": r"\b(?:(?:earlier|late|later|early|beginning of|end of)\s+)?"
    r"(?P<pp>this|last|next|past|the)\s+(?P<pk>week|month|year)\b(?!s)",
    "later": rf"\b(?P<ln>{NUMBER}|a)\s+days?\s+later\b",
}
_TIMES = re.compile("|".join(f"(?P<{name}>{rx})" for name, rx in _PATTERNS.items()), re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """Words that name a time, with the days they mean or None."""

    start: int
    end: int
    text: str
    interval: Interval | None


def find_times(
    text: str, published: date | None, *, future: bool = False, anchor: date | None = None
) -> tuple[TimeExpression, ...]:
    """Return the time expressions of a text in order; offsets are into `text`.

    Parameters
    ----------
    text
        A sentence.
    published
        Day of publication; None leaves relative expressions unresolved.
    future
        Read weekdays without a direction as the next such day.
    anchor
        Day of the event told before, for "a day later".
    """
    found = []
    for match in _TIMES.finditer(text):
        try:
            interval = _resolve(match, published, future=future, anchor=anchor)
        except (ValueError, OverflowError):
            interval = None
        words = match[0]
        start = match.start() + len(words) - len(words.lstrip())
        if _is_time(match):
            found.append(TimeExpression(start, match.end(), words.strip(), interval))
    return tuple(found)


def _is_time(match: re.Match[str]) -> bool:
    """Leave "the week" of "the week-long siege" and the verb "may" alone."""
    if match.lastgroup is None:
        return False
    if match["pp"] and match["pp"].lower() == "the":
        return bool(re.match(r"(beginning|end) of", match[0], re.IGNORECASE))
    month = match["m1"] or match["m2"] or match["m3"] or match["m4"]
    return not (month and month in {"may", "march", "mar", "dec", "sat"})


def _resolve(match: re.Match[str], published: date | None, *, future: bool, anchor: date | None) -> Interval | None:
    g = match.groupdict()
    if g["iso"]:
        return _day(date(int(g["iy"]), int(g["im"]), int(g["id"])))
    for n in ("1", "2"):
        if g["m" + n]:
            return _day_of_month(int(g["d" + n]), g["m" + n], g["y" + n], published, future=future)
    month = g["m3"] or g["m4"]
    if month:
        return _month(month, g["y3"] or g["y4"], published, since="since" in match[0].lower().split())
    if g["y5"]:
        year = int(g["y5"])
        if g["since_y"].lower() == "since":
            return Interval(date(year, 1, 1), published) if published else None
        last = date(year, 12, 31)
        return Interval(date(year, 1, 1), min(last, published) if published and year == published.year else last)
    if g["later"]:
        count = parse_number(g["ln"]) or 1
        return _day(anchor + timedelta(days=int(count))) if anchor else None
    return _relative(g, match[0].lower(), published, future=future) if published else None


def _relative(g: dict[str, str | None], words: str, published: date, *, future: bool) -> Interval | None:
    if g["wd"]:
        return _weekday(WEEKDAYS.index(g["wd"].lower()), (g["rel"] or "").lower(), published, future=future)
    if g["day"]:
        shift = {"yesterday": -1, "tomorrow": 1}.get(g["day"].lower(), 0)
        if "day before yesterday" in words:
            shift = -2
        day = published + timedelta(days=shift)
        return Interval(day - timedelta(days=1), day) if g["day"].lower() == "overnight" else _day(day)
    if g["this_part"]:
        return _day(published - timedelta(days=g["part"] is not None and g["part"].lower() == "last"))
    if g["weekend"]:
        ahead = (g["wk"] or "").lower() == "next"
        saturday = published - timedelta(days=(published.weekday() - 5) % 7) + timedelta(days=7 if ahead else 0)
        sunday = saturday + timedelta(days=1)
        return Interval(saturday, sunday if ahead else max(saturday, min(sunday, published)))
    if g["ago"]:
        return _ago(g["n"] or "", (g["u"] or "").lower(), published)
    if g["past"]:
        count = int(parse_number(g["pn"] or "") or 2)
        return Interval(_back(published, count, (g["pu"] or "").lower()), published)
    return _period((g["pp"] or "").lower(), (g["pk"] or "").lower(), published)


def _day(day: date) -> Interval:
    return Interval(day, day)


def _day_of_month(day: int, month: str, year: str | None, published: date | None, *, future: bool) -> Interval | None:
    number = MONTHS[month.lower()]
    if year:
        return _day(date(int(year), number, day))
    if not published:
        return None
    here = date(published.year, number, day)
    if here > published and not future and (here - published).days > 60:
        here = date(published.year - 1, number, day)
    return _day(here)


def _month(month: str, year: str | None, published: date | None, *, since: bool) -> Interval | None:
    number = MONTHS[month.lower()]
    if not year and not published:
        return None
    if year:
        y = int(year)
    else:
        assert published is not None
        y = published.year - (number > published.month)
    first = date(y, number, 1)
    last = date(y, number, calendar.monthrange(y, number)[1])
    if published and first <= published < last:
        last = published
    return Interval(first, published if since and published and published >= first else last)


def _weekday(weekday: int, relation: str, published: date, *, future: bool) -> Interval:
    back = (published.weekday() - weekday) % 7
    if relation == "since":
        return Interval(published - timedelta(days=back), published)
    if relation in {"next", "by", "until"} or (future and relation not in {"last", "past"}):
        ahead = (weekday - published.weekday()) % 7
        return _day(published + timedelta(days=ahead or (7 if relation == "next" else 0)))
    return _day(published - timedelta(days=back or (7 if relation == "last" else 0)))


def _ago(count: str, unit: str, published: date) -> Interval:
    number = parse_number(count)
    n = int(number) if number is not None else (1 if count.lower() in {"a", "an"} else 3)
    if unit == "hour":
        return Interval(published - timedelta(days=-(-n // 24)), published) if n > 12 else _day(published)
    if unit in {"month", "year"}:
        return _month_of(_back(published, n, unit)) if unit == "month" else _year_of(published.year - n)
    return _day(_back(published, n, unit))


def _back(day: date, count: int, unit: str) -> date:
    if unit == "hour":
        return day - timedelta(days=max(1, count // 24))
    if unit in {"day", "week"}:
        return day - timedelta(days=count * (7 if unit == "week" else 1))
    months = day.year * 12 + day.month - 1 - count * (12 if unit == "year" else 1)
    year, month = divmod(months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _month_of(day: date) -> Interval:
    return Interval(day.replace(day=1), day.replace(day=calendar.monthrange(day.year, day.month)[1]))


def _year_of(year: int) -> Interval:
    return Interval(date(year, 1, 1), date(year, 12, 31))


def _period(which: str, unit: str, published: date) -> Interval:
    monday = published - timedelta(days=published.weekday())
    if unit == "week":
        first = monday + timedelta(days={"last": -7, "past": -7, "next": 7}.get(which, 0))
        return Interval(first, published if first == monday else first + timedelta(days=6))
    if unit == "month":
        if which in {"last", "past"}:
            return _month_of(published.replace(day=1) - timedelta(days=1))
        if which == "next":
            return _month_of(published.replace(day=28) + timedelta(days=7))
        return Interval(published.replace(day=1), published)
    shift = {"last": -1, "past": -1, "next": 1}.get(which, 0)
    return _year_of(published.year + shift) if shift else Interval(date(published.year, 1, 1), published)
