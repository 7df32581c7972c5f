"""Numbers of vehicles and people, in digits or in the words of a language."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from geomap.reports.forces.amounts import Amounts
from geomap.reports.languages.tokens import Sort

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomap.reports.languages.lexicon import Lexicon
    from geomap.reports.languages.tokens import Word

__all__ = ["count_at", "find_amounts", "is_time"]

REACH = 4
"""Words between a number and the noun it counts."""
SCALE, THOUSAND = 100.0, 1000.0
"""Number words from the first on multiply a smaller number before them; from the second on they close a group."""
_GROUPED = re.compile(r"\d{1,3}(?:[.,٫٬ ]\d{3})+|\d+")
_DASHES = frozenset("-–—")


def count_at(words: Sequence[Word], at: int, lexicon: Lexicon) -> tuple[float, int] | None:
    """Return the number that begins with a word and the place after it, or None; of a range the lower bound."""
    total, part, place = 0.0, 0.0, at
    while (value := _value(words, place, lexicon)) is not None and not (part and words[place].sort is Sort.NUMBER):
        number, place = value
        if number < SCALE or not part:
            part += number
        elif number > part:
            part *= number
        else:
            part += number
        if number >= THOUSAND and part != number:
            total, part = total + part, 0.0
        joint = lexicon.clauses["and"].at(words, place)
        if joint and words[at].sort is Sort.WORD and _value(words, joint.last, lexicon):
            place = joint.last
    return (total + part, _after_range(words, place)) if place > at else None


def _value(words: Sequence[Word], at: int, lexicon: Lexicon) -> tuple[float, int] | None:
    """Return the number that one word gives and the place after it."""
    if at >= len(words):
        return None
    if words[at].sort is Sort.NUMBER:
        return (float(re.sub(r"\D", "", words[at].form)), at + 1) if _GROUPED.fullmatch(words[at].form) else None
    match = lexicon.numbers.at(words, at)
    return (match.value, match.last) if match else None


def _after_range(words: Sequence[Word], at: int) -> int:
    """Return the place after the upper bound of "20-25"."""
    ranged = at + 1 < len(words) and words[at].text in _DASHES and words[at + 1].sort is Sort.NUMBER
    return at + 2 if ranged else at


def find_amounts(words: Sequence[Word], first: int, last: int, lexicon: Lexicon) -> Amounts:
    """Return the numbers of vehicles and of people that a phrase gives; vague ones ("dozens of") give none.

    Parameters
    ----------
    words
        The words of the sentence.
    first, last
        Where the phrase begins, and the place after it.
    lexicon
        Of its language.
    """
    sums: dict[str, tuple[int, list[str]]] = {}
    at = first
    while at < last:
        counted = count_at(words, at, lexicon)
        if counted is None:
            at += 1
            continue
        value, after = counted
        noun = _counted_noun(words, after, last, lexicon)
        vague = at > 0 and lexicon.vague.at(words, at - 1) is not None
        bounded = any((m := lexicon.bounds.at(words, n)) and m.last == at for n in range(max(0, at - 2), at))
        vague = vague or (lexicon.vague.at(words, at) is not None and after == at + 1 and not bounded)
        if noun is not None and not vague and 0 < value < 10_000_000:
            kind, end = noun
            total, texts = sums.get(kind, (0, []))
            sums[kind] = (total + int(value), [*texts, " ".join(w.text for w in words[at:end])])
        at = after
    vehicles, people = sums.get("vehicles"), sums.get("people")
    return Amounts(
        vehicles and vehicles[0], vehicles and ", ".join(vehicles[1]),
        people and people[0], people and ", ".join(people[1]),
    )  # fmt: skip


def is_time(words: Sequence[Word], at: int, lexicon: Lexicon) -> bool:
    """Whether a word after a number makes a time of it: a month, days, years."""
    return any(
        m.at(words, at) is not None for m in (lexicon.time.months, lexicon.time.units, lexicon.time.words["year"])
    )


def _counted_noun(words: Sequence[Word], at: int, last: int, lexicon: Lexicon) -> tuple[str, int] | None:
    """Return what a number before a word counts, vehicles or people, and the place after the noun."""
    for place in range(at, min(last, at + REACH)):
        if words[place].sort is Sort.NUMBER or words[place].text == "," or lexicon.numbers.at(words, place):
            return None
        if lexicon.shares.at(words, place) or is_time(words, place, lexicon):
            return None
        for kind in ("vehicles", "people"):
            match = lexicon.forces[kind].at(words, place)
            if match and not lexicon.forces["units"].at(words, place):
                return kind, match.last
    return None
