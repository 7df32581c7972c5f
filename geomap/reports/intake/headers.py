"""What a report says of itself before the story begins: day, publisher, author, title, language, address."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from geomap.decode import without_surrogates
from geomap.reports.intake.stamps import date_pattern, day_of

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Header", "header_from", "parse_day", "parse_header", "parse_moment"]

_DATE_LINE = re.compile(r"\s*date[ \t:]+(\d{4}-\d{1,2}-\d{1,2})(?=\s|$)[ \t]*", re.IGNORECASE)
_FRONT_MATTER = re.compile(r"\s*---[ \t]*\n(?P<block>.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_ENTRY = re.compile(r"[ \t]*(?P<key>[A-Za-z][A-Za-z _-]{0,30}?)[ \t]*:[ \t]*(?P<value>.*)")
_KEYS = {
    "published": "published",
    "date": "published",
    "publication date": "published",
    "published at": "published",
    "author": "author",
    "authors": "author",
    "publisher": "source",
    "source": "source",
    "site": "source",
    "title": "title",
    "headline": "title",
    "language": "lang",
    "lang": "lang",
    "url": "url",
    "link": "url",
}
_ZONES = {"EST": -5, "EDT": -4, "PST": -8, "PDT": -7, "CET": 1, "CEST": 2, "EET": 2, "EEST": 3, "MSK": 3}
"""Hours east of Greenwich of zones by names that mean one alone; BST and IST are several."""
_UNKNOWN = {"", "unknown", "none", "null", "n/a", "-"}
_LANGUAGE = re.compile(r"([a-z]{2})(?:[-_][a-z0-9]+)*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Header:
    """A report's own account of where it comes from."""

    source: str | None = None
    title: str | None = None
    url: str | None = None
    published: date | None = None
    lang: str | None = None
    author: str | None = None
    published_at: datetime | None = None
    """Moment of publication, where its time zone is given."""
    body_start: int = 0
    """Offset into the text at which the story begins."""
    problems: tuple[str, ...] = ()
    """What could not be understood, one sentence each."""


def parse_header(text: str) -> Header:
    """Return the header at the start of a text: ``date 2019-01-11``, YAML front matter or lines of ``Key: value``.

    Only known keys count, so a story that begins with a colon is no header; other keys are allowed in front matter.
    """
    if match := _FRONT_MATTER.match(text):
        entries = [_ENTRY.fullmatch(line) for line in match["block"].splitlines()]
        known = [(e["key"], e["value"]) for e in entries if e and e["key"].lower() in _KEYS]
        if known:
            return replace(header_from(dict(known)), body_start=match.end())
    if match := _DATE_LINE.match(text):
        return replace(header_from({"published": match[1]}), body_start=match.end())
    return _key_lines(text)


def _key_lines(text: str) -> Header:
    found: dict[str, str] = {}
    start = len(text) - len(text.lstrip())
    at = start
    for line in text[start : start + 20_000].splitlines(keepends=True):
        at += len(line)
        if not line.strip():
            continue
        entry = _ENTRY.fullmatch(line.rstrip("\n"))
        if entry is None or entry["key"].lower() not in _KEYS:
            break
        found[entry["key"]] = entry["value"]
        start = at
    return replace(header_from(found), body_start=start) if found else Header()


def header_from(entries: Mapping[str, object]) -> Header:
    """Return the header that keys and values give; keys are known by several names, a value "unknown" is none."""
    given: dict[str, str] = {}
    for key, value in entries.items():
        name, text = _KEYS.get(str(key).strip().lower()), _plain(value)
        if name and text.lower() not in _UNKNOWN:
            given.setdefault(name, text)
    published, lang = given.pop("published", None), given.pop("lang", None)
    day, moment = (parse_day(published), parse_moment(published)) if published else (None, None)
    code = _LANGUAGE.fullmatch(lang) if lang else None
    problems = []
    if published and day is None:
        problems.append(f"publication date {published!r} is no day; write it as 2019-01-31")
    if lang and code is None:
        problems.append(f"language {lang!r} is no ISO 639-1 code; write it as en")
    return Header(
        source=given.get("source"),
        title=given.get("title"),
        url=given.get("url"),
        published=day,
        lang=code[1].lower() if code else None,
        author=given.get("author"),
        published_at=moment,
        problems=tuple(problems),
    )


def _plain(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(filter(None, map(_plain, value)))
    text = "" if value is None else without_surrogates(str(value)).strip()
    if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'":
        return text[1:-1].strip()
    return text


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
    if not re.search(r"[^\W\d_]{3}", text) or len(text) > 100:
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
    """Return the midnight of a whole day with the name of its month in any language of the page's words."""
    match = re.fullmatch(date_pattern("d"), text.strip(), re.IGNORECASE)
    day, _ = (day_of(match.groupdict(), "d") or (None, None)) if match else (None, None)
    return datetime.combine(day, time()) if day else None


def _offset_s(name: str | None, offset_s: int | None) -> int | None:
    """Return the seconds east of Greenwich of a zone; None, so no zone, for a name that is not known."""
    hours = _ZONES.get(name or "")
    return offset_s if hours is None else hours * 3600
