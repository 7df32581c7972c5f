"""How many: vehicles and troops in the words that name the mover."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from geomap.measures import NUMBER, parse_number
from geomap.reports.lexicon import load_lexicon

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Amounts", "find_amounts"]

_BOUNDS = (
    r"(?:(?:about|around|some|roughly|nearly|almost|approximately|over|at least|at most|as many as|up to|more than"
    r"|less than|fewer than|an estimated|estimated)\s+)?"
)
MAX_ADJECTIVES = 4
ADJECTIVES = {"armored", "armoured", "airborne"}
"""Words of the lists that also stand before the noun that is counted."""


@dataclass(frozen=True, slots=True)
class Amounts:
    """Numbers of vehicles (aircraft and ships included) and of people under arms, with the words."""

    vehicles: int | None = None
    vehicles_text: str | None = None
    troops: int | None = None
    troops_text: str | None = None


def find_amounts(words: str) -> Amounts:
    """Return the numbers in a noun phrase; vague ones ("dozens of") stay None, of a range the lower bound counts."""
    found: dict[str, tuple[int, str]] = {}
    for kind, pattern in _patterns():
        total, texts = 0, []
        for match in pattern.finditer(words):
            value = parse_number(match["number"])
            if (value is not None and value < 10_000_000 and not 1900 <= value <= 2100) or value in {2000.0}:
                total += int(value or 0)
                texts.append(match[0].strip())
        if texts and total:
            found[kind] = (total, ", ".join(texts))
    vehicles, troops = found.get("vehicles"), found.get("people")
    return Amounts(vehicles and vehicles[0], vehicles and vehicles[1], troops and troops[0], troops and troops[1])


def _longest_first(words: Iterable[str]) -> list[str]:
    return sorted(map(re.escape, words), key=len, reverse=True)


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    forces = load_lexicon().forces
    return tuple(
        (
            kind,
            re.compile(
                rf"\b{_BOUNDS}(?P<number>{NUMBER})(?:\s*(?:-|–|to)\s*{NUMBER})?\s+(?:(?!(?:and|or|to|from|of)\s)[\w.-]+\s+){{0,{MAX_ADJECTIVES}}}?"
                rf"(?:{'|'.join(_longest_first(forces[kind] - forces['units'] - ADJECTIVES))})(?:s|es)?\b",
                re.IGNORECASE,
            ),
        )
        for kind in ("vehicles", "people")
    )
