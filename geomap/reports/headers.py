"""What a report says of itself before the story begins: publication date, publisher, title, language, address."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Header", "header_from", "parse_day", "parse_header"]

_DATE_LINE = re.compile(r"\s*date[ \t:]+(\d{4}-\d{1,2}-\d{1,2})(?=\s|$)[ \t]*", re.IGNORECASE)
_FRONT_MATTER = re.compile(r"\s*---[ \t]*\n(?P<block>.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_ENTRY = re.compile(r"[ \t]*(?P<key>[A-Za-z][A-Za-z _-]{0,30}?)[ \t]*:[ \t]*(?P<value>.*)")
_KEYS = {
    "published": "published",
    "date": "published",
    "publication date": "published",
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
    for line in text[start : start + 20_000].splitlines(keepends=True):
        entry = _ENTRY.fullmatch(line.rstrip("\n"))
        if entry is None or entry["key"].lower() not in _KEYS:
            break
        found[entry["key"]] = entry["value"]
        start += len(line)
    return replace(header_from(found), body_start=start) if found else Header()


def header_from(entries: Mapping[str, object]) -> Header:
    """Return the header that keys and values give; keys are known by several names, a value "unknown" is none."""
    given: dict[str, str] = {}
    for key, value in entries.items():
        name, text = _KEYS.get(str(key).strip().lower()), _plain(value)
        if name and text.lower() not in _UNKNOWN:
            given.setdefault(name, text)
    published, lang = given.pop("published", None), given.pop("lang", None)
    day, code = parse_day(published) if published else None, _LANGUAGE.fullmatch(lang) if lang else None
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
        problems=tuple(problems),
    )


def _plain(value: object) -> str:
    text = "" if value is None else str(value).strip()
    if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'":
        return text[1:-1].strip()
    return text


def parse_day(text: str) -> date | None:
    """Return the day that a text names, or None: ISO 8601 with or without a time, or with the month in letters.

    ``3/4/2019`` is None: it is March in one country and April in another.
    """
    try:
        return datetime.fromisoformat(text.strip()).date()
    except ValueError:
        pass
    if not re.search(r"[^\W\d_]{3}", text):
        return None
    from dateutil import parser  # type: ignore[import-untyped]

    try:
        # What the words leave out is filled from the default: two defaults tell whether a whole day was given.
        first, second = (parser.parse(text, default=datetime(*day)) for day in ((2000, 1, 1), (2004, 2, 2)))  # noqa: DTZ001
    except (ValueError, OverflowError):
        return None
    return first.date() if first.date() == second.date() else None
