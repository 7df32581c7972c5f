"""How surely stretches of words are names of places, in the light of the whole report.

What speaks for and against each is a sum of clues: what the parser takes the words for, what stands before and behind
them, what the gazetteer knows of the name, and then what the report says elsewhere: a name that is surely a place, or
part of a person's name, is so elsewhere too, and names in one list are alike.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import chain
from typing import TYPE_CHECKING

from geomap.reports.lexicon import general_words, load_lexicon
from geomap.reports.places.clues import WEIGHTS, Clue
from geomap.reports.places.signs import own_clues

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from geomap.reports.places.spans import Stretch

__all__ = ["weigh"]

LIST_MARKS = frozenset({",", "and", "or", "&", "/"})
MOST_SAID = 4.0
"""How much the other mentions of a name, or its neighbours in a list, may say."""


def weigh(report: Sequence[Sequence[Stretch]]) -> list[list[float]]:
    """Return for the stretches of each part of a report how surely they are places, as log odds."""
    clues = [[own_clues(stretch) for stretch in part] for part in report]
    heard(report, clues)
    return [[score(row) for row in part] for part in clues]


def score(clues: dict[Clue, float]) -> float:
    """Return the sum of weighted clues."""
    return sum(WEIGHTS[clue] * value for clue, value in clues.items())


def heard(report: Sequence[Sequence[Stretch]], clues: list[list[dict[Clue, float]]]) -> None:
    """Add to the clues of each stretch what the report says of it elsewhere."""
    alone = [[max(-MOST_SAID, min(MOST_SAID, score(row))) for row in part] for part in clues]
    said: defaultdict[str, list[float]] = defaultdict(list)
    for stretch, value in zip(chain(*report), chain(*alone), strict=True):
        said[stretch.name.lower()].append(value)
    others = {name: _Others(values) for name, values in said.items()}
    first_names, surnames = _persons(report)
    plain = _plain(report)
    for part, rows, values in zip(report, clues, alone, strict=True):
        for n, stretch in enumerate(part):
            name = stretch.name.lower()
            rows[n] |= others[name].than(values[n])
            rows[n] |= dict.fromkeys(_kinds(name, first_names, surnames, plain), 1.0)
            rows[n] |= _neighbours(part, values, n)


class _Others:
    """What all mentions of a name but one say."""

    def __init__(self, values: Sequence[float]) -> None:
        self._total, self._times = sum(values), len(values)
        self._best = sorted(values)[-2:]

    def than(self, value: float) -> dict[Clue, float]:
        """Return the clues that the mentions beside the one of this value give."""
        if self._times < 2:
            return {}
        best = self._best[0] if value == self._best[-1] else self._best[-1]
        return {Clue.ELSEWHERE: (self._total - value) / (self._times - 1), Clue.BEST_ELSEWHERE: best}


def _kinds(name: str, first_names: frozenset[str], surnames: frozenset[str], plain: frozenset[str]) -> Iterator[Clue]:
    if name in surnames:
        yield Clue.SURNAME
    elif name in first_names:
        yield Clue.FIRST_NAME
    if name in plain:
        yield Clue.LOWER


def _neighbours(part: Sequence[Stretch], values: Sequence[float], n: int) -> dict[Clue, float]:
    """Return what the names at the sides of one say of it: in a list, or behind a comma as what holds it."""
    said: dict[Clue, float] = {}
    listed = [values[m] for m in (n - 1, n + 1) if 0 <= m < len(part) and _listed(part[min(n, m)], part[max(n, m)])]
    if listed:
        said[Clue.LISTED] = max(listed)
    if n + 1 < len(part) and _holds(part[n + 1], part[n]):
        said[Clue.HELD] = 1.0
    return said


def _listed(one: Stretch, other: Stretch) -> bool:
    between = one.doc[one.last : other.first]
    return 0 < len(between) <= 3 and all(t.lower_ in LIST_MARKS | {"the"} for t in between)


def _holds(area: Stretch, stretch: Stretch) -> bool:
    """Whether the name behind a comma is that of a country or province: "Edmonton, Alberta"."""
    between = area.doc[stretch.last : area.first].text
    return between == "," and area.best is not None and (area.best.is_country or area.best.feature == "A.ADM1")


def _persons(report: Sequence[Sequence[Stretch]]) -> tuple[frozenset[str], frozenset[str]]:
    """Return the first names and the surnames of persons, in lower case, over the report.

    A full name tells both, a title the surname; what holds a word of sites or offices ("Greer Station") is no person.
    """
    first_names, surnames = set(), set()
    for doc in (part[0].doc for part in report if part):
        for entity in doc.ents:
            words = [token.lower_ for token in entity if token.is_alpha and token.text[0].isupper()]
            if entity.label_ != "PERSON" or not words or any(word in general_words() for word in words):
                continue
            if len(words) > 1 and len(words) < 5:
                first_names.add(words[0])
                surnames.add(words[-1])
            elif entity.start and doc[entity.start - 1].lower_ in load_lexicon().names["titles"]:
                surnames.add(words[0])
    return frozenset(first_names), frozenset(surnames)


def _plain(report: Sequence[Sequence[Stretch]]) -> frozenset[str]:
    """Return the words that the report also writes without a capital."""
    return frozenset(t.text for part in report if part for t in part[0].doc if t.is_lower and t.is_alpha)
