"""Word patterns of a lexicon, found in the words of a sentence.

How a pattern is written is told in :mod:`geomap.reports.languages.lexicon`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Generic, TypeVar

from geomap.reports.languages.morphology import proclitics
from geomap.reports.languages.tokens import Sort, fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from geomap.reports.languages.tokens import Word

__all__ = ["Form", "Grammar", "Match", "Matcher", "Shape", "Spelling"]

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
class Spelling:
    """One way to write a word of a pattern."""

    stem: str
    tail: re.Pattern[str] | None = None
    """What may follow the stem; None where nothing may."""
    shape: Shape | None = None

    def fits(self, form: str) -> bool:
        """Whether a word is written so."""
        if not form.startswith(self.stem):
            return False
        return len(form) == len(self.stem) if self.tail is None else bool(self.tail.fullmatch(form, len(self.stem)))


class Grammar:
    """How the words of a language are inflected.

    Parameters
    ----------
    lang
        ISO 639-1 code.
    letters
        A capital letter in an ending, to the letters it stands for.
    classes
        Class to form to endings.
    """

    def __init__(
        self, lang: str, letters: Mapping[str, str], classes: Mapping[str, Mapping[str, Sequence[str]]]
    ) -> None:
        self.lang = lang
        self._letters = letters
        self._classes = {name: tuple(self._tails(endings)) for name, endings in classes.items()}

    def spellings(self, pattern: str) -> Iterator[Spelling]:
        """Yield the ways in which a word of a pattern is written.

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
            if name not in self._classes:
                raise ValueError(f"pattern {pattern!r} names the class {name!r}, which is not in [class]")
            folded = fold(stem, self.lang)
            for before, tail, shape in self._classes[name]:
                yield Spelling(before + folded, tail, shape)

    def _plain(self, part: str) -> Spelling:
        first, *rest = (fold(piece, self.lang) for piece in part.split("*"))
        return Spelling(first, re.compile("".join(f".*{re.escape(piece)}" for piece in rest)) if rest else None)

    def _tails(self, forms: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, re.Pattern[str], Shape]]:
        """Yield what stands before a stem, what after it, and the shape, for each form of a class."""
        for shape, endings in forms.items():
            after: dict[str, list[str]] = defaultdict(list)
            for ending in endings:
                before, tilde, behind = ending.partition("~")
                after[fold(before, self.lang) if tilde else ""].append(self._ending(behind if tilde else ending))
            for before, tails in after.items():
                yield before, re.compile("|".join(tails)), Shape.parse(shape)

    def _ending(self, ending: str) -> str:
        return "".join(
            ".*"
            if letter == "*"
            else f"[{self._letters[letter]}]"
            if letter in self._letters
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

    first: Spelling
    rest: tuple[str, ...]
    shape: Shape
    value: T


class Matcher(Generic[T]):
    """Patterns with their values, found in sentences."""

    def __init__(self, grammar: Grammar, patterns: Sequence[tuple[str, T, Form]]) -> None:
        self.grammar = grammar
        self._ways: dict[str, list[_Way[T]]] = defaultdict(list)
        self._words: dict[str, tuple[Spelling, ...]] = {}
        for pattern, value, form in patterns:
            first, *rest = pattern.split()
            self._words.update({word: tuple(grammar.spellings(word)) for word in rest})
            for spelling in grammar.spellings(first):
                way = _Way(spelling, tuple(rest), _told(spelling.shape) or Shape(form), value)
                self._ways[spelling.stem[:PREFIX]].append(way)

    def __bool__(self) -> bool:
        return bool(self._ways)

    def find(
        self, words: Sequence[Word], start: int = 0, stop: int | None = None, *, only: Callable[[T], bool] | None = None
    ) -> tuple[Match[T], ...]:
        """Return what is found from one word to before another, in order; of matches that overlap the longest.

        Parameters
        ----------
        words
            The words of a sentence.
        start, stop
            The part of it; the whole by default.
        only
            Which values count; all by default.
        """
        stop = len(words) if stop is None else stop
        found, taken = [], set[int]()
        for at in range(start, stop):
            if at in taken:
                continue
            match = self.at(words, at, stop, only=only)
            if match is not None:
                found.append(match)
                taken.update(match.at)
        return tuple(found)

    def any(self, words: Sequence[Word], start: int = 0, stop: int | None = None) -> bool:
        """Whether anything is found from one word to before another."""
        stop = len(words) if stop is None else stop
        return any(self.at(words, at, stop) is not None for at in range(start, stop))

    def at(
        self, words: Sequence[Word], at: int, stop: int | None = None, *, only: Callable[[T], bool] | None = None
    ) -> Match[T] | None:
        """Return the longest match that begins with a word, or None."""
        stop = len(words) if stop is None else stop
        if not 0 <= at < stop or words[at].sort is Sort.MARK:
            return None
        for joined, form in self._forms(words[at]):
            found = (
                self._whole(way, words, at, stop, joined)
                for way in self._candidates(form)
                if only is None or only(way.value)
            )
            best = max((m for m in found if m is not None), key=lambda match: len(match.at), default=None)
            if best is not None:
                return best
        return None

    def _candidates(self, form: str) -> Iterator[_Way[T]]:
        """Yield the ways whose first word is written so."""
        for size in range(min(PREFIX, len(form)) + 1):
            for way in self._ways.get(form[:size], ()):
                if way.first.fits(form):
                    yield way

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
            shape = _told(found[1]) or shape
            gap = False
        return Match(tuple(places), way.value, shape, joined)

    def _next(
        self, pattern: str, words: Sequence[Word], at: int, stop: int, *, gap: bool
    ) -> tuple[int, Shape | None] | None:
        for place in range(at, min(stop, at + (MAX_GAP if gap else 0) + 1)):
            if words[place].sort is Sort.MARK:
                return None
            for spelling in self._words[pattern]:
                if any(spelling.fits(form) for _, form in self._forms(words[place])):
                    return place, spelling.shape
        return None


def _told(shape: Shape | None) -> Shape | None:
    """Return a shape that says anything."""
    return shape if shape is not None and shape.form is not Form.NONE else None
