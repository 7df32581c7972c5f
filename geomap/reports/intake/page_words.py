"""The words around a story, as typed records; the words themselves are in ``page.toml``."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from geomap.written_days import any_of

__all__ = ["Lines", "PageWords", "load_page_words"]


@dataclass(frozen=True, slots=True)
class Lines:
    """How the lines of one kind may be known."""

    start: re.Pattern[str]
    """Matches the phrases at the start of a line."""
    anywhere: re.Pattern[str]
    whole: frozenset[str]
    """Lines in lower case."""


@dataclass(frozen=True, slots=True)
class PageWords:
    """All word lists."""

    pointers: Lines
    furniture: Lines
    bylines: Lines
    captions: Lines
    by: frozenset[str]
    between: frozenset[str]
    crafts: re.Pattern[str]
    labels: frozenset[str]
    agencies: dict[str, str]
    """Name in lower case to the one that is shown."""
    stamps: dict[str, frozenset[str]]


@cache
def load_page_words() -> PageWords:
    """Return the shipped lists."""
    raw = tomllib.loads(files("geomap.reports.intake").joinpath("page.toml").read_text(encoding="utf-8"))
    return PageWords(
        pointers=_lines(raw["pointers"]),
        furniture=_lines(raw["furniture"]),
        bylines=_lines(raw["bylines"]),
        captions=_lines(raw["captions"]),
        by=frozenset(raw["bylines"]["by"]),
        between=frozenset(raw["bylines"]["between"]),
        crafts=re.compile(rf"\b(?:{any_of(raw['bylines']['crafts'])})s?\b", re.IGNORECASE),
        labels=frozenset(raw["labels"]["lemmas"]),
        agencies={name: shown for shown, names in raw["agencies"].items() for name in names},
        stamps={name: frozenset(words) for name, words in raw["stamps"].items()},
    )


def _lines(raw: dict[str, list[str]]) -> Lines:
    return Lines(
        start=re.compile(rf"\W{{0,3}}(?:{any_of(raw['start'])})(?!\w)", re.IGNORECASE),
        anywhere=re.compile(any_of(raw["anywhere"]) if raw.get("anywhere") else r"(?!)", re.IGNORECASE),
        whole=frozenset(raw.get("whole", ())),
    )
