"""Whether a noun phrase names forces under arms, and which ones do not count."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomap.reports.lexicon import load_lexicon

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

__all__ = ["cargo_of", "carries_civilians", "is_relief", "moves_under_arms", "rides_along"]


def moves_under_arms(head: Token, phrase: Span) -> bool:
    """Whether a noun phrase names forces: its head does, or counts some ("hundreds of fighters", "a tank company")."""
    forces = load_lexicon().forces
    lemma = head.lemma_.lower()
    under_arms = forces["people"] | forces["vehicles"]
    if lemma in forces["not_forces"]:
        return False
    if lemma in under_arms:
        return True
    return lemma in forces["quantifiers"] and any(t.lemma_.lower() in under_arms for t in phrase if t.i != head.i)


def is_relief(phrase: Span) -> bool:
    """Whether a convoy brings help rather than arms; soldiers of the UN are soldiers."""
    forces = load_lexicon().forces
    armed = any(t.lemma_.lower() in forces["people"] for t in phrase)
    relief = forces["relief"] - ({"un"} if armed else set())
    return any(t.lemma_.lower() in relief for t in [*phrase, *cargo_of(phrase.root)])


def carries_civilians(head: Token) -> bool:
    """Whether vehicles are told to carry civilians and no fighters: "buses with families"."""
    forces = load_lexicon().forces
    if head.lemma_.lower() not in forces["vehicles"]:
        return False
    aboard = [t for t in cargo_of(head) if t.i != head.i]
    return any(map(rides_along, aboard)) and not any(t.lemma_.lower() in forces["people"] for t in aboard)


def rides_along(noun: Token) -> bool:
    """Whether a noun names persons who are no forces."""
    lists = load_lexicon().forces
    return noun.pos_ in {"NOUN", "ADJ"} and noun.lemma_.lower() in lists["civilians"]


def cargo_of(head: Token) -> list[Token]:
    """Return the words that tell what a convoy carries: "of", "with", "carrying"."""
    return [t for c in head.children if c.i > head.i and c.dep_ in {"acl", "relcl", "prep"} for t in c.subtree]
