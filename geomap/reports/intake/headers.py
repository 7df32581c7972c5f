"""What a report says of itself before the story begins: day, publisher, author, title, language, address."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from geomap.decode import without_surrogates
from geomap.written_days import parse_day, parse_moment

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

__all__ = ["Header", "header_from", "parse_header"]

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
