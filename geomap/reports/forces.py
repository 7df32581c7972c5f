"""Whether a noun phrase names forces under arms, and which ones do not count."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomap.reports.actors import ActorKind, actor_of
from geomap.reports.lexicon import load_lexicon

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

__all__ = ["is_group", "is_relief", "moves_under_arms"]

QUANTIFIERS = frozenset(
    [
        "hundred",
        "thousand",
        "dozen",
        "score",
        "number",
        "group",
        "member",
        "rest",
        "part",
        "wave",
        "bulk",
        "remnant",
        "some",
        "most",
        "all",
        "remainder",
        "majority",
        "series",
        "couple",
        "half",
        "other",
        "one",
        "two",
    ]
)
"""Heads of phrases that count forces: "hundreds of fighters"."""


def moves_under_arms(head: Token, phrase: Span) -> bool:
    """Whether a noun phrase names forces: its head does, or it counts some ("hundreds of fighters")."""
    forces = load_lexicon().forces
    lemma = head.lemma_.lower()
    under_arms = forces["people"] | forces["vehicles"]
    if lemma in forces["not_forces"]:
        return False
    if lemma in under_arms:
        return True
    return lemma in QUANTIFIERS and any(t.lemma_.lower() in under_arms for t in phrase if t.i > head.i)


def is_relief(phrase: Span) -> bool:
    """Whether a convoy brings help rather than arms."""
    relief = load_lexicon().forces["relief"]
    head = phrase.root
    reach = [*phrase, *(t for c in head.children if c.dep_ in {"acl", "relcl", "prep"} for t in c.subtree)]
    return any(t.lemma_.lower() in relief for t in reach)


def is_group(actor: str) -> bool:
    """Whether an actor is an armed group rather than a state or coalition."""
    row = actor_of(actor)
    return row is not None and row.kind is ActorKind.GROUP
