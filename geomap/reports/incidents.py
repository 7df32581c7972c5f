"""Strikes, shelling, clashes and sightings of a report: points with a cause, never movements."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomap.models import Incident, IncidentKind, PlaceRef, Report, Status
from geomap.reports.actors import find_actor
from geomap.reports.attribution import find_speaker
from geomap.reports.dates import find_times
from geomap.reports.grammar import subject_of
from geomap.reports.lexicon import load_lexicon
from geomap.reports.passage import Passage, claim_of, noun_phrase
from geomap.reports.status import is_speculative, read_status

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Span, Token

    from geomap.gazetteer import Gazetteer
    from geomap.reports.resolve import Context

__all__ = ["find_incidents"]

STANDING = {"in", "at", "on", "near", "around", "outside", "inside", "against", "across", "between"}


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
            for kind, token, places in _triggers(sentence, passage):
                if token.pos_ == "VERB" and not _has_target(token) and _actor(token, context, gazetteer) is None:
                    continue
                fresh = tuple(p for p in places if (kind, p.place.id if p.place else p.text) not in seen)
                if fresh and _happened(token):
                    seen |= {(kind, p.place.id if p.place else p.text) for p in fresh}
                    found.append(_incident(report, passage, sentence, kind, token, fresh, context, gazetteer))
    return tuple(found)


def _has_target(verb: Token) -> bool:
    """Whether a verb of striking is said of something struck; without, it needs forces that strike."""
    return any(c.dep_ in {"dobj", "nsubjpass"} for c in verb.children) and verb.dep_ != "acl"


def _happened(token: Token) -> bool:
    return read_status(token) in {Status.COMPLETED, Status.ONGOING} and not is_speculative(token)


def _triggers(sentence: Span, passage: Passage) -> Iterator[tuple[IncidentKind, Token, tuple[PlaceRef, ...]]]:
    words = load_lexicon().incidents
    kinds = (IncidentKind.STRIKE, IncidentKind.SHELLING, IncidentKind.CLASH)
    for token in sentence:
        lemma = token.lemma_.lower()
        for kind in kinds:
            if token.pos_ == "VERB" and lemma in words[kind.value]:
                places = _at_verb(token, passage, kind)
            elif token.pos_ in {"NOUN", "PROPN"} and lemma in words[f"{kind.value}_nouns"] and token.dep_ != "compound":
                places = _around(token, passage)
            else:
                continue
            if places:
                yield kind, token, places
                break
        if lemma in words["footage"] and (roads := _road(sentence, passage)):
            yield IncidentKind.SIGHTING, token, roads


def _at_verb(verb: Token, passage: Passage, kind: IncidentKind) -> tuple[PlaceRef, ...]:
    targets = [c for c in verb.children if c.dep_ in {"dobj", "nsubjpass"}]
    places = tuple(p for t in targets for p in _spots(t, passage))
    if places or (targets and kind is IncidentKind.STRIKE and verb.lemma_ in {"hit", "target"}):
        return places
    return _around(verb, passage)


def _around(token: Token, passage: Passage) -> tuple[PlaceRef, ...]:
    """Return the places of "in A", "near B" on a trigger or on what it does it to."""
    near = [token, *(c for c in token.children if c.dep_ == "dobj")]
    if token.pos_ != "VERB" and token.dep_ in {"nsubj", "nsubjpass", "dobj"} and token.head.pos_ == "VERB":
        near.append(token.head)
    preps = [c for t in near for c in t.children if c.dep_ == "prep" and c.lower_ in STANDING]
    found = tuple(p for prep in preps for t in prep.children if t.dep_ == "pobj" for p in _spots(t, passage))
    return found or tuple(ref for t in near for ref in passage.told_of(t) if ref.place and ref.place.feature != "L.RGN")


def _spots(token: Token, passage: Passage) -> tuple[PlaceRef, ...]:
    """Return places small enough to put a mark on."""
    return tuple(
        p
        for p in passage.places(token)
        if p.place is not None and not p.place.is_country and p.place.feature != "L.RGN"
    )


def _road(sentence: Span, passage: Passage) -> tuple[PlaceRef, ...]:
    """Return the road a picture was taken on, in a sentence that names one."""
    return tuple(
        p
        for t in sentence
        if t.lemma_ in {"road", "highway", "motorway"}
        for p in passage.places(t)
        if p.place is not None and p.place.feature == "R.RD"
    )


def _incident(
    report: Report, passage: Passage, sentence: Span, kind: IncidentKind, token: Token,
    places: tuple[PlaceRef, ...], context: Context, gazetteer: Gazetteer,
) -> Incident:  # fmt: skip
    times = find_times(sentence.text, report.published)
    at = token.idx - sentence.start_char - (len(sentence.text) - len(sentence.text.lstrip()))
    claim = claim_of(report, passage, sentence, marks=((at, at + len(token)),), speaker=find_speaker(token))
    return Incident(
        id="", provenance=claim, kind=kind, trigger=token.text,
        actor=_actor(token, context, gazetteer), places=places,
        date=times[0].interval if times else None, date_text=times[0].text if times else None,
    )  # fmt: skip


def _actor(token: Token, context: Context, gazetteer: Gazetteer) -> str | None:
    """Return who strikes: the agent, the subject, or the people named beside the noun."""
    agents = [
        t
        for c in token.children
        if c.dep_ in {"agent", "prep"} and c.lower_ == "by"
        for t in c.children
        if t.dep_ == "pobj"
    ]
    passive = any(c.dep_ == "nsubjpass" for c in token.children)
    subject = None if passive or token.pos_ != "VERB" else subject_of(token)
    phrases = [noun_phrase(t).text for t in [*agents, *([subject] if subject is not None else [])]]
    if token.pos_ != "VERB":
        phrases.append(f"{token.doc[token.left_edge.i : token.i].text} forces")
    return next((a for p in phrases if (a := find_actor(p, context.countries, gazetteer))), None)
