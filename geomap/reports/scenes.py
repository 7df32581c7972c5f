"""Where an incident was: what was struck, or what "in", "at" or "near" names around the word for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomap.reports.deeds import Deed, is_verb, verb_of
from geomap.reports.grammar import is_passive, objects_of, subject_of
from geomap.reports.lexicon import load_lexicon

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.tokens import Span, Token

    from geomap.models import PlaceRef
    from geomap.reports.passage import Passage

__all__ = ["places_of", "roads_in"]

_CLAUSES = frozenset(["ccomp", "advcl", "relcl", "acl", "parataxis", "conj"])
"""Relations by which another verb's clause hangs on a verb."""
_HIT = frozenset(["at", "on", "into", "toward", "towards", "onto", "against"])
"""Prepositions before what is fired at."""
_DEEP = 3
"""Nouns between a word and the place it stands at: "a convoy at a checkpoint on the edge of A"."""


def places_of(deed: Deed, passage: Passage) -> tuple[PlaceRef, ...]:
    """Return where a deed was done, the smallest places that are told of."""
    token = deed.token
    struck = _struck(token)
    if targets := [p for t in struck for p in _spots(t, passage)]:
        return _smallest(targets, passage)
    verb = None if is_verb(token) else verb_of(token)
    clauses = [c for c in token.children if c.dep_ in {"relcl", "acl"}] if verb is not None else []
    near = [token, *struck, *deed.parties, *clauses, *([verb] if verb is not None else [])]
    if around := [p for t in near for p in _around(t, passage)]:
        return _smallest(around, passage)
    told = tuple(r for t in near for r in passage.told_of(t) if r.place and r.place.feature != "L.RGN")
    return told or _in_clause(verb if verb is not None else token, passage)


def _struck(token: Token) -> list[Token]:
    """Return what a verb is done to, or what a noun is "on" or "against", or what its own verb does it to."""
    if is_verb(token):
        fired = [t for c in token.children if c.dep_ == "prep" and c.lower_ in _HIT for t in c.children]
        subject = subject_of(token) if is_passive(token) else None
        return [*objects_of(token), *([subject] if subject is not None else []), *fired]
    hung = (c for c in token.children if c.dep_ == "prep" and c.lower_ in {"on", "of", "against", "at"})
    own = [t for c in hung for t in c.children if t.dep_ == "pobj"]
    inner = [t for c in token.children if c.dep_ in {"relcl", "acl"} and not is_passive(c) for t in objects_of(c)]
    return [*own, *objects_of(token), *inner, *_struck_by(token)]


def _struck_by(noun: Token) -> list[Token]:
    """Return what a verb says that a noun befalls: "shelling hit A", "A came under fire", "A was hit by shelling"."""
    words, verb = load_lexicon().incidents, verb_of(noun)
    if verb is None:
        return []
    if noun.dep_ == "dobj" and verb.lemma_.lower() in words["light"]:
        return [t for c in verb.children if c.dep_ == "prep" and c.lower_ in _HIT for t in c.children]
    if noun.dep_ in {"nsubj", "nsubjpass"} and verb.lemma_.lower() in words["impact"] | words["hearing"]:
        return objects_of(verb)
    suffers = is_passive(verb) and noun.head.lower_ in {"by", "in"} and verb.lemma_.lower() in words["impact"]
    suffers |= noun.head.lower_ == "under" and verb.lemma_.lower() in words["suffering"]
    subject = subject_of(verb) if suffers else None
    return [subject] if subject is not None else []


def _around(token: Token, passage: Passage) -> list[PlaceRef]:
    standing = load_lexicon().incidents["where"]
    preps = (c for c in token.children if c.dep_ == "prep" and c.lower_ in standing)
    return [p for prep in preps for t in prep.children if t.dep_ == "pobj" for p in _spots(t, passage)]


def _in_clause(verb: Token, passage: Passage) -> tuple[PlaceRef, ...]:
    """Return the places of "in A" anywhere in the clause of a verb, the nearest preposition's alone."""
    standing = load_lexicon().incidents["where"]
    inside = [t for t in verb.subtree if t.dep_ == "prep" and t.lower_ in standing and _clause_of(t).i == verb.i]
    for prep in sorted(inside, key=lambda t: abs(t.i - verb.i)):
        if found := [p for t in prep.children if t.dep_ == "pobj" for p in _spots(t, passage)]:
            return _smallest(found, passage)
    return ()


def _clause_of(token: Token) -> Token:
    while token.head.i != token.i and not (token.pos_ == "VERB" and token.dep_ in _CLAUSES):
        token = token.head
    return token


def _spots(token: Token, passage: Passage, deep: int = _DEEP) -> list[PlaceRef]:
    """Return places small enough to put a mark on, over the nouns between: "a house in A", "the streets of A"."""
    named = passage.places(token)
    if named or not deep or passage.mention_at(token) is not None:
        known = [p for p in named if p.place and not p.place.is_country and p.place.feature != "L.RGN"]
        return known or [p for p in named if p.place is None and passage.is_spot(token)]
    beside = (c for c in token.children if c.dep_ in {"compound", "poss", "nmod"} and passage.is_spot(c))
    if owners := [p for c in beside for p in _spots(c, passage, 0)]:
        return owners  # "Odesa port", "the town's market"
    onward = {"to", "from"} if token.lemma_.lower() in load_lexicon().names["lines"] else set()
    within = load_lexicon().incidents["where"] | {"of"} | onward  # "a convoy on the road to A"
    preps = (c for c in token.children if c.dep_ == "prep" and c.lower_ in within)
    nouns = (t for prep in preps for t in prep.children if t.dep_ == "pobj")
    return next((found for t in nouns if (found := _spots(t, passage, deep - 1))), [])


def _smallest(places: Iterable[PlaceRef], passage: Passage) -> tuple[PlaceRef, ...]:
    """Return places without those that only say where the one before them lies: "A, B province"."""
    found = tuple(dict.fromkeys(places))
    text = passage.doc.text
    spots = [p for p in found if p.place and not p.place.is_area]
    pairs = ((a, b) for a in found for b in found if a.place and b.place and b.place.is_area)
    wider = {b.text for a, b in pairs if f"{a.text}, {b.text}" in text and _is_wider(b, a)}
    wider |= {p.text for p in found if spots and p.place and p.place.feature.startswith("H.")}
    return tuple(p for p in found if p.text not in wider)


def _is_wider(place: PlaceRef, other: PlaceRef) -> bool:
    return place.place is not None and other.place is not None and place.place.precision_m > other.place.precision_m


def roads_in(sentence: Span, passage: Passage) -> tuple[PlaceRef, ...]:
    """Return the road a picture was taken on, in a sentence that names one."""
    return tuple(
        p
        for t in sentence
        if t.lemma_ in {"road", "highway", "motorway"}
        for p in passage.places(t)
        if p.place is not None and p.place.feature == "R.RD"
    )
