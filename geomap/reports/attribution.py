"""Who says so: the speaker a sentence names for a claim."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomap.reports.lexicon import load_lexicon

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["find_speaker"]

MAX_WORDS = 14


def find_speaker(trigger: Token, before: str | None = None) -> str | None:
    """Return the words that name who says what the trigger's clause tells, or None.

    Parameters
    ----------
    trigger
        The verb or noun of the claim.
    before
        The speaker named last in the report, meant by "it", "he" and "the group".
    """
    saying = load_lexicon().saying
    token = trigger
    for _ in range(8):
        for child in token.children:
            if child.lower_ == "according" and (words := _according(child)):
                return words
            if (
                child.lemma_ in saying
                and child.dep_ in {"parataxis", "ccomp", "advcl", "conj"}
                and child.i > token.i
                and (words := _speaker(child, before))
            ):
                return words
        if token.head.i == token.i:
            return None
        if token.head.lemma_ in saying and token.dep_ in {"ccomp", "parataxis", "advcl", "conj", "dep"}:
            return _speaker(token.head, before)
        token = token.head
    return None


def _according(token: Token) -> str | None:
    to = next((c for c in token.children if c.lower_ == "to"), None)
    target = next((c for c in to.children if c.dep_ == "pobj"), None) if to is not None else None
    return _words(target) if target is not None else None


def _speaker(verb: Token, before: str | None) -> str | None:
    subject = next((c for c in verb.children if c.dep_ == "nsubj"), None)
    if subject is None:
        return None
    if subject.pos_ == "PRON" or (
        subject.lemma_ in {"group", "monitor", "source", "agency", "statement"} and subject.left_edge.lower_ == "the"
    ):
        return before or (None if subject.pos_ == "PRON" else _words(subject))
    return _words(subject)


def _words(head: Token) -> str:
    last = head.i
    for child in head.children:
        if child.i > head.i and child.dep_ in {"prep", "appos", "flat"} and child.lower_ in {"of", "for", "from"}:
            last = max(t.i for t in child.subtree)
    start = head.left_edge.i
    span = head.doc[max(start, last + 1 - MAX_WORDS) : last + 1]
    return str(span.text).strip().removeprefix("the ").removeprefix("The ").strip()
