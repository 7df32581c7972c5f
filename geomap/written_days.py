"""Days as people write them: in figures, or with the name of a month in any of several languages."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["any_of", "date_pattern", "day_of", "parse_day", "parse_moment", "weekdays"]

_ZONES = {"EST": -5, "EDT": -4, "PST": -8, "PDT": -7, "CET": 1, "CEST": 2, "EET": 2, "EEST": 3, "MSK": 3}
"""Hours east of Greenwich of zones by names that mean one alone; BST and IST are several."""
_LONGEST = 100


@dataclass(frozen=True, slots=True)
class _Words:
    months: dict[str, int]
    weekdays: frozenset[str]


@cache
def _load_words() -> _Words:
    raw = tomllib.loads(files("geomap").joinpath("written_days.toml").read_text(encoding="utf-8"))
    months = {name: int(number) for number, names in raw["months"].items() for name in names}
    return _Words(months, frozenset(raw["weekdays"]["lemmas"]))


def weekdays() -> frozenset[str]:
    """Return the names of the days of the week, short ones too, in lower case."""
    return _load_words().weekdays


def parse_day(text: str) -> date | None:
    """Return the day that a text names, or None: ISO 8601 with or without a time, or with the month in letters.

    ``3/4/2019`` is None: it is March in one country and April in another.
    """
    found = _parse(text)
    return found.date() if found else None


def parse_moment(text: str) -> datetime | None:
    """Return the moment that a text names, or None where it gives no hour or no time zone.

    ``2019-10-21T23:30:00+03:00`` is one; its day in that zone is the day of publication.
    """
    found = _parse(text)
    return found if found and found.tzinfo is not None and re.search(r"\d[:.hT]\d", text) else None


def _parse(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text.strip())
    except ValueError:
        pass
    if not re.search(r"[^\W\d_]{3}", text) or len(text) > _LONGEST:
        return None
    return _in_letters(text)


def _in_letters(text: str) -> datetime | None:
    from dateutil import parser  # type: ignore[import-untyped]

    try:
        # What the words leave out is filled from the default: two defaults tell whether a whole day was given.
        first, second = (
            parser.parse(text, default=datetime(*day), tzinfos=_offset_s)  # noqa: DTZ001
            for day in ((2000, 1, 1), (2004, 2, 2))
        )
    except (ValueError, OverflowError):
        return _in_other_letters(text)
    return first if first.date() == second.date() else None


def _in_other_letters(text: str) -> datetime | None:
    """Return the midnight of a whole day with the name of its month in any language that is known."""
    match = re.fullmatch(date_pattern("d"), text.strip(), re.IGNORECASE)
    day, _ = (day_of(match.groupdict(), "d") or (None, None)) if match else (None, None)
    return datetime.combine(day, time()) if day else None


def _offset_s(name: str | None, offset_s: int | None) -> int | None:
    """Return the seconds east of Greenwich of a zone; None, so no zone, for a name that is not known."""
    hours = _ZONES.get(name or "")
    return offset_s if hours is None else hours * 3600


def any_of(phrases: Iterable[str]) -> str:
    """Return the pattern of any of several phrases, the longest first; a space stands for any white space."""
    ordered = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    return "|".join(re.escape(phrase).replace(r"\ ", r"\s+") for phrase in ordered)


@cache
def date_pattern(prefix: str) -> str:
    """Return the pattern of a date in figures or with its month in letters; its groups start with `prefix`."""
    words = _load_words()
    month, weekday = any_of(words.months), any_of(words.weekdays)
    year, comma = r"(?:19|20)\d\d", r"\s*[,،]?\s+"
    p = prefix
    day = r"(?:0?[1-9]|[12]\d|3[01])"
    return (
        rf"(?:(?:{weekday})\.?{comma}|le\s+|el\s+|on\s+)*(?:"
        rf"(?P<{p}iso>{year}-\d\d-\d\d)(?:T(?=\d))?"
        rf"|(?P<{p}dotted>{day}[./](?:0?[1-9]|1[0-2])[./]{year})"
        rf"|(?P<{p}d1>{day})(?:st|nd|rd|th|er)?\s*(?:de\s+|of\s+|-)?(?P<{p}m1>{month})(?!\w)\.?(?:\s*/\s*(?:{month}))?"
        rf"(?:[\s,،/-]{{0,3}}(?:de\s+)?(?P<{p}y1>{year})(?!\d))?(?:\s(?:г|р)\.?)?"
        rf"|(?P<{p}m2>{month})(?!\w)(?:\.\s*|\s+)(?P<{p}d2>{day})(?:st|nd|rd|th)?(?!\d|[:.]\d)(?:[\s,/]{{1,3}}(?P<{p}y2>{year})(?!\d))?"
        rf")(?:{comma}(?:{weekday})(?!\w))?"
    )


def day_of(g: dict[str, str | None], prefix: str) -> tuple[date | None, tuple[int, int] | None] | None:
    """Return the day that the groups of `date_pattern` give, or month and day where the year is left out."""
    try:
        if g[prefix + "iso"]:
            return date.fromisoformat(str(g[prefix + "iso"])), None
        if dotted := g[prefix + "dotted"]:
            return _of_figures(dotted)
        for n in ("1", "2"):
            if name := g[f"{prefix}m{n}"]:
                month, number = _load_words().months[" ".join(name.lower().split())], int(str(g[f"{prefix}d{n}"]))
                year = g[f"{prefix}y{n}"]
                if year:
                    return date(int(year), month, number), None
                return (None, (month, number)) if date(2000, month, number) else None
    except (ValueError, KeyError):
        return None
    return None


def _of_figures(text: str) -> tuple[date, None] | None:
    """Return the day of 22.10.2019; 3/4/2019 is March in one country and April in another, and so is none."""
    first, second, year = (int(part) for part in re.split(r"[./]", text))
    if "/" in text and first <= 12 and second <= 12 and first != second:
        return None
    return date(year, second, first), None
