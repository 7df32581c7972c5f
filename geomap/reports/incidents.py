"""Strikes, shelling, clashes, captures, sightings and presence: points with a cause, never movements.

A word of violence is said of much else ("a strike by teachers", "the film bombed", "fought for votes"), so an event
needs a witness: forces, a weapon, or a word that means nothing else ("shelled", "airstrike", "firefight").
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from geomap.models import Incident, IncidentKind, PlaceRef, Report, Status
from geomap.reports.forces.actors import find_actor, names_actor
from geomap.reports.grammar import agent_of, is_force, is_passive, objects_of, subject_of
from geomap.reports.lexicon import load_lexicon
from geomap.reports.movements.attribution import find_speaker
from geomap.reports.movements.status import is_speculative, read_status
from geomap.reports.passage import Passage, claim_of, noun_phrase
from geomap.reports.times.dates import find_times
from geomap.reports.times.dating import time_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from spacy.tokens import Span, Token

    from geomap.gazetteer import Gazetteer
    from geomap.reports.places.resolve import Context

__all__ = ["find_incidents"]

_DEEDS = (IncidentKind.SHELLING, IncidentKind.STRIKE, IncidentKind.CLASH)
_NOMINAL = frozenset(["nsubj", "nsubjpass", "dobj", "pobj", "csubj"])
_CLAUSES = frozenset(["ccomp", "advcl", "relcl", "acl", "parataxis", "conj"])
"""Relations by which another verb's clause hangs on a verb."""


@dataclass(frozen=True, slots=True)
class _Found:
    """One event in a sentence: the word for it, its parties, the weapon's noun included, and its places."""

    kind: IncidentKind
    token: Token
    parties: tuple[Token, ...]
    places: tuple[PlaceRef, ...]


def find_incidents(
    report: Report, passages: Sequence[Passage], context: Context, gazetteer: Gazetteer
) -> tuple[Incident, ...]:
    """Return the incidents of a report that have happened at a named place, each kind and place once."""
    found: list[Incident] = []
    seen: set[tuple[IncidentKind, str]] = set()
    for passage in passages:
        if passage.caption:
            continue
        for sentence in passage.doc.sents:
            for one in _found(sentence, passage, context):
                fresh = tuple(p for p in one.places if (one.kind, p.place.id if p.place else p.text) not in seen)
                if fresh and _happened(one.token):
                    seen |= {(one.kind, p.place.id if p.place else p.text) for p in fresh}
                    found.append(_incident(report, passage, sentence, one, fresh, context, gazetteer))
    return tuple(found)


def _happened(token: Token) -> bool:
    verb = _verb_of(token) if token.dep_ in {"nsubj", "nsubjpass"} else None
    status = read_status(verb if verb is not None else token)
    return status in {Status.COMPLETED, Status.ONGOING} and not is_speculative(token)


@cache
def _telling() -> frozenset[str]:
    """Return all words that may tell of an incident."""
    words = load_lexicon().incidents
    deeds = (words[f"{kind}{sort}"] for kind in _DEEDS for sort in ("", "_only", "_nouns", "_nouns_only"))
    others = ("impact", "taken", "seen", "shooting", "standing", "footage")
    return frozenset().union(*deeds, *(words[name] for name in others))


def _found(sentence: Span, passage: Passage, context: Context) -> Iterator[_Found]:
    words, telling = load_lexicon().incidents, _telling()
    for token in sentence:
        lemma = token.lemma_.lower()
        if lemma not in telling and token.lower_ not in telling:
            continue
        if _is_verb(token) and token.dep_ not in {"amod", "compound"}:
            kind, parties = _of_verb(token, lemma, context)
        elif token.pos_ in {"NOUN", "PROPN", "VERB"} and token.dep_ not in {"amod", "compound"}:
            kind, parties = _of_noun(token, token.lower_ if token.pos_ == "VERB" else lemma, context)
        else:
            continue
        if kind is not None and (places := _places(token, parties, passage)):
            yield _Found(kind, token, parties, places)
        elif lemma in words["footage"] and (roads := _roads(sentence, passage)):
            yield _Found(IncidentKind.SIGHTING, token, (), roads)


def _is_verb(token: Token) -> bool:
    """Whether a word is a verb, and no gerund that stands for a noun: "shelling of A continued"."""
    return token.pos_ == "VERB" and not (token.tag_ == "VBG" and token.dep_ in _NOMINAL)


def _of_verb(verb: Token, lemma: str, context: Context) -> tuple[IncidentKind | None, tuple[Token, ...]]:
    """Return what a verb tells of, and who and what takes part."""
    words = load_lexicon().incidents
    passive = is_passive(verb)
    doer = agent_of(verb) if passive else subject_of(verb)
    targets = [t for t in (subject_of(verb),) if t is not None] if passive else objects_of(verb)
    using = [t for c in verb.children if c.dep_ == "prep" and c.lower_ in {"with", "using"} for t in c.children]
    parties = tuple(t for t in (doer, *targets, *using, *_with(verb)) if t is not None)
    weapon = next((k for t in parties if (k := _weapon(t)) is not None), None)
    armed = [t for t in parties if _armed(t, context)]
    staged = any(t.lemma_.lower() in words["staged"] for t in parties)
    if staged or any(_peaceful(t) for t in (doer, *_with(verb)) if t is not None):
        return None, ()
    for kind in _DEEDS:
        if lemma in words[f"{kind.value}_only"] and (targets or armed or weapon):
            return (weapon or kind) if kind is not IncidentKind.CLASH else kind, parties
        if lemma in words[kind.value] and (weapon or (doer is not None and doer in armed) or (passive and armed)):
            return (weapon or kind) if kind is not IncidentKind.CLASH else kind, parties
    if lemma in words["impact"] and weapon:
        return weapon, parties
    if lemma in words["shooting"] and armed and any(t.lemma_.lower() in words["shots"] for t in targets):
        return weapon or IncidentKind.CLASH, parties
    if lemma in words["taken"] and any(is_force(t) for t in targets) and (doer is None or doer in armed):
        return IncidentKind.CAPTURE, parties
    if lemma in words["seen"] and passive and any(t in armed for t in targets) and not _goes_on(verb):
        return IncidentKind.SIGHTING, parties
    if lemma in words["standing"] and (passive or not targets) and armed:
        return IncidentKind.PRESENCE, parties
    return None, ()


def _of_noun(noun: Token, lemma: str, context: Context) -> tuple[IncidentKind | None, tuple[Token, ...]]:
    """Return what a noun tells of ("shelling of A", "a drone strike by B"), and who and what takes part."""
    words = load_lexicon().incidents
    beside = [c for c in noun.children if c.dep_ in {"compound", "amod", "nmod", "poss"} and c.i < noun.i]
    hung = [
        t
        for c in noun.children
        if c.dep_ in {"prep", "agent"} and c.lower_ in {"by", "on", "against", "between", "with", "of"}
        for t in c.children
        if t.dep_ == "pobj"
    ]
    parties = tuple(dict.fromkeys([*beside, *hung, *(t for h in hung for t in h.conjuncts)]))
    if any(_peaceful(t) for t in (*parties, *objects_of(noun))):
        return None, ()
    weapon = next((k for t in (*beside, *hung) if (k := _weapon(t)) is not None), None)
    for kind in _DEEDS:
        if lemma in words[f"{kind.value}_nouns_only"]:
            return kind, parties
    said = next(
        (k for k in (IncidentKind.STRIKE, IncidentKind.CLASH) if _beside(beside, words[f"{k.value}_beside"])), None
    )
    for kind in (IncidentKind.STRIKE, IncidentKind.SHELLING, IncidentKind.CLASH):
        if lemma in words[f"{kind.value}_nouns"] and (weapon or said or any(_armed(t, context) for t in parties)):
            return weapon or said or (IncidentKind.CLASH if lemma in words["clash_nouns"] else kind), parties
    return None, ()


def _beside(words: Iterable[Token], known: frozenset[str]) -> bool:
    return any(word.lower_ in known for word in words)


def _with(verb: Token) -> list[Token]:
    """Return whom a verb's subject fights with or against."""
    return [
        t
        for c in verb.children
        if c.dep_ == "prep" and c.lower_ in {"with", "against"}
        for t in c.children
        if t.dep_ == "pobj"
    ]


def _goes_on(verb: Token) -> bool:
    """Whether what is seen does something more: "was seen heading to A" is a movement."""
    return any(c.dep_ in {"xcomp", "advcl", "ccomp", "acl"} for c in verb.children)


def _weapon(token: Token) -> IncidentKind | None:
    """Return the kind of incident that a weapon makes: "a missile", "mortar fire"."""
    words = load_lexicon().incidents
    nouns = (token, *(c for c in token.children if c.dep_ == "compound"))
    named = {t.lower_.removesuffix("s") if t.pos_ == "PROPN" else t.lemma_.lower() for t in nouns}
    if named & words["shelling_weapons"]:
        return IncidentKind.SHELLING
    return IncidentKind.STRIKE if named & words["strike_weapons"] else None


def _armed(token: Token, context: Context) -> bool:
    """Whether a phrase names forces or a party to a war."""
    phrase = noun_phrase(token).text
    return is_force(token) or names_actor(phrase, token.text, context.countries)


def _peaceful(token: Token) -> bool:
    """Whether a phrase names people who do not fight a war, or things that hit without a weapon."""
    return token.lemma_.lower() in load_lexicon().incidents["peaceful"]


def _verb_of(noun: Token) -> Token | None:
    """Return the verb that a noun is an argument of."""
    head = noun.head
    while head.pos_ == "ADP" and head.head.i != head.i:
        head = head.head
    return head if head.pos_ in {"VERB", "AUX"} and head.i != noun.i else None


def _places(token: Token, parties: Iterable[Token], passage: Passage) -> tuple[PlaceRef, ...]:
    """Return where it happened: what was struck, else what "in", "at" or "near" names around it."""
    direct = _struck(token)
    targets = tuple(p for t in direct for p in _spots(t, passage))
    if targets:
        return targets
    verb = None if _is_verb(token) else _verb_of(token)
    near = [token, *direct, *parties, *([verb] if verb is not None and token.dep_ != "pobj" else [])]
    if around := _around(near, passage):
        return around
    told = tuple(r for t in near for r in passage.told_of(t) if r.place and r.place.feature != "L.RGN")
    return told or _in_clause(verb if verb is not None else token, passage)


def _struck(token: Token) -> list[Token]:
    """Return what a verb is done to, or what a noun is "on", "of" or "against"."""
    if _is_verb(token):
        fired = [t for c in token.children if c.dep_ == "prep" and c.lower_ in {"at", "on", "into"} for t in c.children]
        subject = subject_of(token) if is_passive(token) else None
        return [*objects_of(token), *([subject] if subject is not None else []), *fired]
    hung = (c for c in token.children if c.dep_ == "prep" and c.lower_ in {"on", "of", "against", "at"})
    return [t for c in hung for t in c.children if t.dep_ == "pobj"]


def _around(near: Iterable[Token], passage: Passage) -> tuple[PlaceRef, ...]:
    standing = load_lexicon().incidents["where"]
    preps = (c for t in near for c in t.children if c.dep_ == "prep" and c.lower_ in standing)
    found = [p for prep in preps for t in prep.children if t.dep_ == "pobj" for p in _spots(t, passage)]
    return tuple(dict.fromkeys(found))


def _in_clause(verb: Token, passage: Passage) -> tuple[PlaceRef, ...]:
    """Return the places of "in A" anywhere in the clause of a verb, the nearest preposition's alone."""
    standing = load_lexicon().incidents["where"]
    inside = [t for t in verb.subtree if t.dep_ == "prep" and t.lower_ in standing and _clause_of(t).i == verb.i]
    for prep in sorted(inside, key=lambda t: abs(t.i - verb.i)):
        if found := tuple(p for t in prep.children if t.dep_ == "pobj" for p in _spots(t, passage)):
            return found
    return ()


def _clause_of(token: Token) -> Token:
    while token.head.i != token.i and not (token.pos_ == "VERB" and token.dep_ in _CLAUSES):
        token = token.head
    return token


def _spots(token: Token, passage: Passage) -> tuple[PlaceRef, ...]:
    """Return places small enough to put a mark on."""
    return tuple(
        p
        for p in passage.places(token)
        if p.place is not None and not p.place.is_country and p.place.feature != "L.RGN"
    )


def _roads(sentence: Span, passage: Passage) -> tuple[PlaceRef, ...]:
    """Return the road a picture was taken on, in a sentence that names one."""
    return tuple(
        p
        for t in sentence
        if t.lemma_ in {"road", "highway", "motorway"}
        for p in passage.places(t)
        if p.place is not None and p.place.feature == "R.RD"
    )


def _incident(
    report: Report, passage: Passage, sentence: Span, one: _Found,
    places: tuple[PlaceRef, ...], context: Context, gazetteer: Gazetteer,
) -> Incident:  # fmt: skip
    times = find_times(sentence.text, report.published)
    time = time_of(one.token, sentence, times) or (times[0] if len(times) == 1 else None)
    at = one.token.idx - sentence.start_char - (len(sentence.text) - len(sentence.text.lstrip()))
    speaker = find_speaker(one.token)
    claim = claim_of(report, passage, sentence, marks=((at, at + len(one.token)),), speaker=speaker)
    return Incident(
        id="", provenance=claim, kind=one.kind, trigger=one.token.text,
        actor=_actor(one, context, gazetteer), places=places,
        date=time.interval if time else None, date_text=time.text if time else None,
    )  # fmt: skip


def _actor(one: _Found, context: Context, gazetteer: Gazetteer) -> str | None:
    """Return who strikes, fights, is seen or stands there; the one that is struck is not named."""
    token = one.token
    if _is_verb(token):
        shown = one.kind in {IncidentKind.SIGHTING, IncidentKind.PRESENCE}
        doer = subject_of(token) if shown or not is_passive(token) else agent_of(token)
        phrases = [noun_phrase(doer).text] if doer is not None else []
    else:
        by = [t for c in token.children if c.lower_ in {"by", "between"} for t in c.children if t.dep_ == "pobj"]
        phrases = [noun_phrase(t).text for t in by]
        phrases.append(f"{token.doc[token.left_edge.i : token.i].text} forces")
    return next((a for p in phrases if (a := find_actor(p, context.countries, gazetteer))), None)
