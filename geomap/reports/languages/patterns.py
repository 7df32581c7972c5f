"""Word patterns of a lexicon, found in the words of a sentence.

How a pattern is written is told in :mod:`geomap.reports.languages.lexicon`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Generic, TypeVar

from geomap.reports.languages.morphology import proclitics
from geomap.reports.languages.tokens import Sort, fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from geomap.reports.languages.tokens import Word

__all__ = ["Form", "Grammar", "Match", "Matcher", "Shape"]

T = TypeVar("T")
GAP = ".."
MAX_GAP = 5
"""Words that a gap spans at most."""
PREFIX = 3
"""Letters by which patterns are kept for a quick look-up."""


class Form(StrEnum):
    """What a form of a verb says of time, by the names that the classes of a lexicon use."""

    PAST = "past"
    PRESENT = "present"
    FUTURE = "future"
    OPEN = "open"
    """No time of its own: an infinitive, a subjunctive."""
    LINKED = "linked"
    """As far as the next verb: "advancing from A, they took B"."""
    NOUN = "noun"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Shape:
    """A form, and what it says beside the time."""

    form: Form
    passive: bool = False
    negated: bool = False

    @classmethod
    def parse(cls, words: str) -> Shape:
        """Return the shape of "past", "past passive", "future not" and the like.

        Raises
        ------
        ValueError
            A word is no form and neither "passive" nor "not".
        """
        first, *rest = words.split()
        if unknown := set(rest) - {"passive", "not"}:
            raise ValueError(f"{words!r} is no form: {unknown.pop()!r} is neither 'passive' nor 'not'")
        return cls(Form(first), "passive" in rest, "not" in rest)


@dataclass(frozen=True, slots=True)
class Grammar:
    """How the words of a language are inflected."""

    lang: str
    letters: Mapping[str, str]
    """A capital letter in an ending, to the letters it stands for."""
    classes: Mapping[str, Mapping[str, Sequence[str]]]
    """Class to form to endings."""

    def word(self, pattern: str) -> Iterator[tuple[str, re.Pattern[str], Shape | None]]:
        """Yield the first letters, a regular expression and the shape of each way a word of a pattern is written.

        Raises
        ------
        ValueError
            The pattern names a class that the lexicon does not have.
        """
        for part in pattern.split("|"):
            stem, colon, name = part.partition(":")
            if not colon:
                yield self._plain(part)
                continue
            if name not in self.classes:
                raise ValueError(f"pattern {pattern!r} names the class {name!r}, which is not in [class]")
            for shape, endings in self.classes[name].items():
                yield from self._inflected(fold(stem, self.lang), Shape.parse(shape), endings)

    def _plain(self, part: str) -> tuple[str, re.Pattern[str], None]:
        folded = [fold(piece, self.lang) for piece in part.split("*")]
        return folded[0], re.compile(".*".join(map(re.escape, folded))), None

    def _inflected(
        self, stem: str, shape: Shape, endings: Sequence[str]
    ) -> Iterator[tuple[str, re.Pattern[str], Shape]]:
        after: dict[str, list[str]] = defaultdict(list)
        for ending in endings:
            before, tilde, behind = ending.partition("~")
            after[fold(before, self.lang) if tilde else ""].append(self._ending(behind if tilde else ending))
        for before, tails in after.items():
            yield before + stem, re.compile(rf"{re.escape(before + stem)}(?:{'|'.join(tails)})"), shape

    def _ending(self, ending: str) -> str:
        return "".join(
            ".*"
            if letter == "*"
            else f"[{self.letters[letter]}]"
            if letter in self.letters
            else re.escape(fold(letter, self.lang))
            for letter in ending
        )


@dataclass(frozen=True, slots=True)
class Match(Generic[T]):
    """Words of a sentence that fit a pattern."""

    at: tuple[int, ...]
    """Their places in the sentence, in order; words in a gap are not among them."""
    value: T
    shape: Shape
    joined: str = ""
    """A word written together with the first one, before it: "and", "by"."""

    @property
    def first(self) -> int:
        """Place of the first word."""
        return self.at[0]

    @property
    def last(self) -> int:
        """Place after the last word."""
        return self.at[-1] + 1


@dataclass(frozen=True, slots=True)
class _Way(Generic[T]):
    """One way to write a pattern: what the first word looks like, and the words after it."""

    first: re.Pattern[str]
    rest: tuple[str, ...]
    shape: Shape
    value: T


class Matcher(Generic[T]):
    """Patterns with their values, found in sentences."""

    def __init__(self, grammar: Grammar, patterns: Sequence[tuple[str, T, Form]]) -> None:
        self.grammar = grammar
        self._ways: dict[str, list[_Way[T]]] = defaultdict(list)
        self._words: dict[str, tuple[tuple[re.Pattern[str], Shape | None], ...]] = {}
        for pattern, value, form in patterns:
            first, *rest = pattern.split()
            for word in rest:
                self._words[word] = tuple((regex, shape) for _, regex, shape in grammar.word(word))
            for prefix, regex, shape in grammar.word(first):
                told = shape if shape is not None and shape.form is not Form.NONE else Shape(form)
                way = _Way(regex, tuple(rest), told, value)
                self._ways[prefix[:PREFIX]].append(way)

    def __bool__(self) -> bool:
        return bool(self._ways)

    def find(self, words: Sequence[Word], start: int = 0, stop: int | None = None) -> tuple[Match[T], ...]:
        """Return what is found from one word to before another, in order; of matches that overlap the longest."""
        stop = len(words) if stop is None else stop
        found, taken = [], set[int]()
        for at in range(start, stop):
            if at in taken:
                continue
            match = self.at(words, at, stop)
            if match is not None:
                found.append(match)
                taken.update(match.at)
        return tuple(found)

    def any(self, words: Sequence[Word], start: int = 0, stop: int | None = None) -> bool:
        """Whether anything is found from one word to before another."""
        stop = len(words) if stop is None else stop
        return any(self.at(words, at, stop) is not None for at in range(start, stop))

    def at(self, words: Sequence[Word], at: int, stop: int | None = None) -> Match[T] | None:
        """Return the longest match that begins with a word, or None."""
        stop = len(words) if stop is None else stop
        if not 0 <= at < stop or words[at].sort is Sort.MARK:
            return None
        best: Match[T] | None = None
        for joined, form in self._forms(words[at]):
            for size in range(min(PREFIX, len(form)) + 1):
                for way in self._ways.get(form[:size], ()):
                    if way.first.fullmatch(form) and (match := self._whole(way, words, at, stop, joined)):
                        best = match if best is None or len(match.at) > len(best.at) else best
            if best is not None:
                return best
        return None

    def _forms(self, word: Word) -> Iterator[tuple[str, str]]:
        """Yield a word as written, then without the words written together with it."""
        yield "", word.form
        if self.grammar.lang == "ar":
            for joined, form in proclitics(word.form):
                if joined:
                    yield joined, form

    def _whole(self, way: _Way[T], words: Sequence[Word], at: int, stop: int, joined: str) -> Match[T] | None:
        places, shape = [at], way.shape
        gap = False
        for pattern in way.rest:
            if pattern == GAP:
                gap = True
                continue
            found = self._next(pattern, words, places[-1] + 1, stop, gap=gap)
            if found is None:
                return None
            places.append(found[0])
            if found[1] is not None and found[1].form is not Form.NONE:
                shape = found[1]
            gap = False
        return Match(tuple(places), way.value, replace(shape), joined)

    def _next(
        self, pattern: str, words: Sequence[Word], at: int, stop: int, *, gap: bool
    ) -> tuple[int, Shape | None] | None:
        for place in range(at, min(stop, at + (MAX_GAP if gap else 0) + 1)):
            if words[place].sort is Sort.MARK:
                return None
            for regex, shape in self._words[pattern]:
                if any(regex.fullmatch(form) for _, form in self._forms(words[place])):
                    return place, shape
        return None
