"""Operations and offensives that take places: whose they are, by the words beside them or those who began them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomap.reports.grammar import agent_of, is_passive, subject_of
from geomap.reports.lexicon import load_lexicon

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spacy.tokens import Token

__all__ = ["campaigns_in", "is_campaign", "makers_of"]


def is_campaign(head: Token) -> bool:
    """Whether a noun is an action of war: "the offensive", or the name of one, "Operation Dawn"."""
    lemmas = load_lexicon().forces["campaigns"]
    named = head.pos_ == "PROPN" and any(c.text in {"Operation", "Offensive"} for c in head.children)
    return named or head.lemma_.lower() in lemmas


def campaigns_in(words: Iterable[Token]) -> Iterator[Token]:
    """Yield the nouns among words that are actions of war."""
    return (t for t in words if t.pos_ in {"NOUN", "PROPN"} and is_campaign(t))


def makers_of(noun: Token) -> Iterator[Token]:
    """Yield who may carry an action out: its owner, "by" whom it is, who launched it."""
    yield from (c for c in noun.children if c.dep_ == "poss")
    yield from (t for c in noun.children if c.lower_ == "by" for t in c.children if t.dep_ == "pobj")
    verb = noun.head
    if verb.pos_ != "VERB" or verb.lemma_.lower() not in load_lexicon().forces["begun"]:
        return
    if noun.dep_ in {"dobj", "nsubjpass"}:
        maker = agent_of(verb) if is_passive(verb) else subject_of(verb)
        if maker is not None and maker is not noun:
            yield maker
