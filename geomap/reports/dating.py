"""Which of a sentence's times belongs to which of its events."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomap.reports.lexicon import load_lexicon

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

    from geomap.reports.dates import TimeExpression

__all__ = ["time_of"]

CLAUSE = {"xcomp", "advcl", "conj", "acl", "prep", "pobj", "dobj", "pcomp", "nsubj", "nsubjpass"}
"""Relations that keep a word in the clause of its head."""


def time_of(trigger: Token, sentence: Span, times: tuple[TimeExpression, ...]) -> TimeExpression | None:
    """Return the time of an event: the nearest one of its clause, never that of the one who speaks of it."""
    at = trigger.idx - sentence.start_char
    return min((t for t in times if _belongs(t, trigger, sentence)), key=lambda t: abs(t.start - at), default=None)


def _belongs(time: TimeExpression, trigger: Token, sentence: Span) -> bool:
    span = sentence.doc.char_span(
        sentence.start_char + time.start, sentence.start_char + time.end, alignment_mode="expand"
    )
    if span is None:
        return False
    owner = span.root
    while owner.pos_ != "VERB" and owner.i not in (trigger.i, owner.head.i):
        owner = owner.head
    if owner.i == trigger.i:
        return True
    if owner.lemma_ in load_lexicon().saying:
        return False
    return _clause_head(owner).i == _clause_head(trigger).i and owner.dep_ != "relcl"


def _clause_head(token: Token) -> Token:
    """Return the verb at the top of the clause a token is in."""
    while token.dep_ in CLAUSE and token.head.i != token.i:
        if token.head.lemma_ in load_lexicon().saying:
            break
        token = token.head
    return token
