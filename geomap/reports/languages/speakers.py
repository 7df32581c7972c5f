"""Who says so, in the words of the text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomap.reports.languages.clauses import HeadKind
from geomap.reports.languages.tokens import Sort

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomap.reports.languages.clauses import Clause
    from geomap.reports.languages.lexicon import Lexicon
    from geomap.reports.languages.tokens import Word

__all__ = ["find_speaker"]

MAX_WORDS = 12


def find_speaker(clause: Clause, told: Sequence[Clause], lexicon: Lexicon, text: str) -> str | None:
    """Return the words that name who says what a clause tells, or None.

    Parameters
    ----------
    clause
        The clause of the claim.
    told
        All clauses of its sentence.
    lexicon
        Of its language.
    text
        The report's text.
    """
    spoken = [c for c in told if c.head.kind is HeadKind.SAYING]
    for saying in sorted(spoken, key=lambda c: abs(c.head.first - clause.head.first)):
        if words := _speaker(saying, lexicon):
            return text[words[0].start : words[-1].end]
    return None


def _speaker(saying: Clause, lexicon: Lexicon) -> Sequence[Word]:
    head = saying.head
    before = _trimmed(saying, range(saying.start, head.first), lexicon)
    after = _trimmed(saying, range(head.last, saying.stop), lexicon)
    according = lexicon.clauses["according"].at(saying.words, head.first) is not None
    if lexicon.order.marks_after:
        return before
    return after if according or (lexicon.order.subject_after and after) else before or after


def _trimmed(saying: Clause, places: range, lexicon: Lexicon) -> Sequence[Word]:
    """Return the longest run of words that names someone: no times, no articles first, no other clause."""
    run: list[Word] = []
    for at in places:
        word = saying.words[at]
        if at not in saying.own or word.sort is Sort.MARK or _is_time(saying.words, at, lexicon):
            if run:
                break
            continue
        opens = lexicon.articles.at(saying.words, at) or lexicon.clauses["split"].at(saying.words, at)
        if run or not (opens or lexicon.prepositions.at(saying.words, at)):
            run.append(word)
    if all(lexicon.clauses["auxiliary"].at(run, at) for at in range(len(run))):
        return []
    while run and (lexicon.prepositions.at(run, len(run) - 1) or lexicon.clauses["that"].at(run, len(run) - 1)):
        run.pop()
    return run[:MAX_WORDS]


def _is_time(words: Sequence[Word], at: int, lexicon: Lexicon) -> bool:
    time = lexicon.time
    return any(matcher.at(words, at) is not None for matcher in (time.weekdays, time.days))
