"""Sentences and words of a text in another language than English, each with its place in the text.

The text itself is never changed: a word's `form`, by which it is looked up, has one case, one apostrophe, one sort of
digits, and in Arabic none of the marks that print leaves out; its offsets are into the text as it was read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from geomap.reports.languages.folding import fold
from geomap.reports.languages.words import load_words

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Sentence", "Sort", "Word", "fold", "sentences"]

_LETTER = r"[^\W\d_]"
_MARKS = r"\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u0640\u200c\u200d"
"""Marks on letters, the Arabic lengthening stroke, and joiners: parts of a word."""
_SHORT = r"(?P<one>[A-Z])(?P=one)\.[ \u00a0]?(?P<two>[A-Z])(?P=two)(?=\.)"
"""A plural cut short as Spanish does it: "EE. UU."."""
_TOKEN = re.compile(
    rf"(?P<word>{_SHORT}|{_LETTER}[\w{_MARKS}]*(?:['’ʼ′‘`\-‐‑](?=[^\W_])[\w{_MARKS}]+)*)"
    r"|(?P<number>\d{1,3}(?:[.,٫٬\u00a0\u202f ]\d{3}(?!\d))+|\d+(?:[.,٫:]\d+)*)"
    r"|(?P<mark>\S)"
)
_ELISION = re.compile(r"(?:[cdjlmnst]|(?:jus|lors|puis|quois?|presqu|quelqu)?qu)['’](?=\w)", re.IGNORECASE)
_END = re.compile(r"[.!?؟۔…]+[\"'”’»)\]]*(?=\s|$)|\n\s*\n")
_INITIAL = re.compile(rf"(?:^|[\s(«\"“.])(?:{_LETTER}|д-р|г-н|г-жа)$", re.IGNORECASE)
_LAST_WORD = re.compile(r"[\w-]+$")
_SHORT_NUMBER = re.compile(r"(?:^|\D)\d{1,3}$")
_STARTS_LOW = re.compile(r"\s*[\"'“‘«(]*\s*[a-zà-öø-ÿа-яёіїєґğışçñ]")


class Sort(StrEnum):
    """What a token is."""

    WORD = "word"
    NUMBER = "number"
    MARK = "mark"


@dataclass(frozen=True, slots=True)
class Word:
    """A word, a number or a punctuation mark; offsets are into the report's text."""

    start: int
    end: int
    text: str
    form: str
    """The text as lexicons have it, see :func:`fold`."""
    sort: Sort

    @property
    def capital(self) -> bool:
        """Whether it is a word with a capital first; scripts without capitals have none."""
        return self.sort is Sort.WORD and self.text[0].isupper()


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence and its words; offsets are into the report's text."""

    start: int
    end: int
    words: tuple[Word, ...]


def sentences(text: str, lang: str, *, start: int = 0, end: int | None = None) -> tuple[Sentence, ...]:
    """Return the sentences of a part of a text, in order.

    Hyphenated words are one ("юго-запад", "Deir-ez-Zor"), words with an ending after an apostrophe too ("Rakka'dan");
    what French leaves of an article or preposition before a vowel is a word of its own ("d'" of "d'Alep").

    Parameters
    ----------
    text
        The report's text.
    lang
        ISO 639-1 code of its language.
    start, end
        The part; the whole by default.
    """
    found = []
    for first, last in _bounds(text, lang, start, len(text) if end is None else end):
        words = tuple(_words(text, lang, first, last))
        if words:
            found.append(Sentence(words[0].start, words[-1].end, words))
    return tuple(found)


def _bounds(text: str, lang: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield where sentences start and end."""
    first = start
    for match in _END.finditer(text, start, end):
        if _ends(text, lang, match, first):
            yield first, match.end()
            first = match.end()
    if first < end:
        yield first, end


def _ends(text: str, lang: str, match: re.Match[str], first: int) -> bool:
    """Return whether a full stop ends a sentence: not after an abbreviation, an initial or, in Turkish, an ordinal."""
    if match[0] != ".":
        return True
    before = text[first : match.start()]
    if _STARTS_LOW.match(text, match.end()) or _INITIAL.search(before):
        return False
    if lang == "tr" and _SHORT_NUMBER.search(before):
        return False
    last = _LAST_WORD.search(before)
    return last is None or fold(last[0], lang) not in load_words(lang).abbreviations


def _words(text: str, lang: str, start: int, end: int) -> Iterator[Word]:
    for match in _TOKEN.finditer(text, start, end):
        first, last = match.span()
        if match.lastgroup == "word" and lang in {"fr", "es"}:
            while elided := _ELISION.match(text, first, last):
                yield _word(text, lang, first, elided.end(), Sort.WORD)
                first = elided.end()
        yield _word(text, lang, first, last, Sort(match.lastgroup or Sort.MARK))


def _word(text: str, lang: str, start: int, end: int, sort: Sort) -> Word:
    written = text[start:end]
    return Word(start, end, written, fold(written, lang), sort)
