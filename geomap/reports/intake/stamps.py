"""Stamps of time: the day and the clock that stand over a story, or over an entry of a live blog."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from geomap.reports.intake.page_words import load_page_words
from geomap.written_days import any_of, date_pattern, day_of

__all__ = ["Stamp", "find_stamp", "nearest_year"]

_HOUR = 60
_DAY = 24 * _HOUR
_CLOCK = (
    r"(?P<hour>[01]?\d|2[0-3])(?:[:.h](?P<minute>[0-5]\d)(?::[0-5]\d)?\s?(?P<half>[ap]\.?m\b\.?)?"
    r"|\s?(?P<half2>[ap]\.?m\b\.?))"
)
_ZONE = r"(?:Z|(?-i:[A-Z]{2,5})(?:\s?[+-]\d{1,2}(?::?\d\d)?)?|[+-]\d\d:?\d\d|(?:(?-i:[A-Z])\w+\s+|local\s+)time)"
_SPACER = r"[\s,;|·•/–—-]*(?:(?:at|à|a las|в|о|saat)\s+)?[\s|·•/–—-]*"
_SEPARATOR = re.compile(r"\s*[\])]?\s*[-–—:|·•]\s+|\s*\]\s*")
_LONGEST = 80


@dataclass(frozen=True, slots=True)
class Stamp:
    """A stamp of time; offsets are those of the text it was looked for in."""

    start: int
    end: int
    day: date | None = None
    """The day it names, when it names the year as well."""
    day_of_year: tuple[int, int] | None = None
    """Month and day of one that leaves the year out."""
    minute: int | None = None
    """Minutes after midnight, by the clock it is told in."""
    ago: timedelta | None = None
    """How long before the page was read, as in "10h ago"."""
    later: bool = False
    """It tells when something was changed: "Updated at 3.45pm"."""
    inline: bool = False
    """The entry goes on in the same line."""

    @property
    def names_day(self) -> bool:
        """Whether it names a day, with or without its year."""
        return self.day is not None or self.day_of_year is not None


@cache
def _stamp_pattern() -> re.Pattern[str]:
    words = load_page_words()
    units = "|".join(f"(?P<{unit}>{any_of(words.stamps[unit])})" for unit in ("minutes", "hours", "days"))
    told = any_of(words.stamps["ago"])
    ago = rf"(?:(?:{told})\s+)?(?P<count>\d{{1,3}}|an?)\s?(?:{units})(?!\w)(?:\s+(?:{told}))?"
    lead = (
        rf"(?:(?P<later>{any_of(words.stamps['later'])})|{any_of(words.stamps['first'])})(?!\w)\s*:?\s*(?:at\s+|on\s+)?"
    )
    clock, zone = rf"{_CLOCK}", rf"(?:\s?[(]?{_ZONE}[)]?)?"
    second = clock
    for name in ("hour", "minute", "half2", "half"):
        second = second.replace(f"<{name}>", f"<{name}_>")
    return re.compile(
        rf"[\s*•·|\[(–—-]{{0,6}}(?:{lead})?(?:"
        rf"{date_pattern('a')}(?:{_SPACER}{clock}{zone})?"
        rf"|{second}{zone}(?:{_SPACER}{date_pattern('b')})?"
        rf"|{ago})[*)]{{0,3}}",
        re.IGNORECASE,
    )


def find_stamp(text: str, start: int, end: int) -> Stamp | None:
    """Return the stamp that a line is, or that it begins with before a dash, a colon or a bracket; None for others."""
    match = _stamp_pattern().match(text, start, min(end, start + _LONGEST))
    if match is None:
        return None
    rest = text[match.end() : end].strip(" \t*.:|–—-])")
    inline = bool(rest)
    stop = end
    if inline:
        separator = _SEPARATOR.match(text, match.end(), end)
        if separator is None or not _opens_sentence(rest):
            return None
        stop = separator.end()
    stamp = _read(match, start, stop, inline=inline)
    if stamp is None or (stamp.ago and not any(word in match[0].lower() for word in load_page_words().stamps["ago"])):
        return None
    return stamp


def _opens_sentence(rest: str) -> bool:
    first = next((char for char in rest if char.isalnum()), "")
    return bool(first) and not first.islower()


def _read(match: re.Match[str], start: int, stop: int, *, inline: bool) -> Stamp | None:
    g = match.groupdict()
    later = g["later"] is not None
    if g["count"]:
        number = int(g["count"]) if g["count"].isdecimal() else 1
        unit = {"minutes": timedelta(minutes=1), "hours": timedelta(hours=1), "days": timedelta(days=1)}
        ago = number * next(length for name, length in unit.items() if g[name])
        return Stamp(start, stop, ago=ago, later=later, inline=inline)
    day, day_of_year = day_of(g, "a") or day_of(g, "b") or (None, None)
    minute = _minute(g, "") if g["hour"] else _minute(g, "_")
    if day is None and day_of_year is None and minute is None:
        return None
    return Stamp(start, stop, day, day_of_year, minute, later=later, inline=inline)


def _minute(g: dict[str, str | None], suffix: str) -> int | None:
    hour = g["hour" + suffix]
    if hour is None:
        return None
    half = (g["half" + suffix] or g["half2" + suffix] or "").replace(".", "").lower()
    number = int(hour)
    if half and 1 <= number <= 12:
        number = number % 12 + (12 if half == "pm" else 0)
    return number * _HOUR + int(g["minute" + suffix] or 0)


def nearest_year(month: int, number: int, near: date) -> date | None:
    """Return the day of a month and a number that lies nearest to another day; None for a day no year near has."""
    days = []
    for year in (near.year - 1, near.year, near.year + 1):
        try:
            days.append(date(year, month, number))
        except ValueError:
            continue
    return min(days, key=lambda day: abs(day - near), default=None)
