"""Strikes, shelling, clashes, captures, sightings and presence: points with a cause, never movements."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from geomap.models import Incident, IncidentKind, PlaceRef, Report, Status
from geomap.reports.deeds import Deed, deeds, is_verb, key_of, verb_of
from geomap.reports.forces.actors import find_actor
from geomap.reports.grammar import agent_of
from geomap.reports.lexicon import load_lexicon
from geomap.reports.movements.attribution import find_speaker
from geomap.reports.movements.status import is_speculative, read_status
from geomap.reports.passage import Passage, claim_of, noun_phrase
from geomap.reports.scenes import places_of, roads_in
from geomap.reports.times.dates import find_times
from geomap.reports.times.dating import is_background, time_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Span, Token

    from geomap.gazetteer import Gazetteer
    from geomap.reports.places.resolve import Context
    from geomap.reports.times.dates import TimeExpression

__all__ = ["find_incidents"]

_YEAR = re.compile(r"1\d{3}|20\d{2}")
_AGO = re.compile(r"\b(?:decade|year|centur|generation)\w*\s+ago\b", re.IGNORECASE)


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
            for deed, places in _located(sentence, passage, context):
                fresh = tuple(p for p in places if (deed.kind, p.place.id if p.place else p.text) not in seen)
                time = _time(deed, sentence, report) if fresh else None
                if not fresh or not _is_news(deed, time, report):
                    continue
                seen |= {(deed.kind, p.place.id if p.place else p.text) for p in fresh}
                found.append(_incident(report, passage, sentence, deed, fresh, time, context, gazetteer))
    return tuple(found)


def _located(sentence: Span, passage: Passage, context: Context) -> Iterator[tuple[Deed, tuple[PlaceRef, ...]]]:
    """Yield the deeds of a sentence with their places; a noun that its verb has told of already is not one more."""
    told: set[tuple[int, PlaceRef]] = set()
    for deed in deeds(sentence, context):
        places = places_of(deed, passage)
        verb = deed.token if is_verb(deed.token) else verb_of(deed.token)
        key = verb.i if verb is not None else deed.token.i
        fresh = tuple(p for p in places if (key, p) not in told)
        told |= {(key, p) for p in fresh}
        if fresh:
            yield deed, fresh
    for token in sentence:
        roads = roads_in(sentence, passage) if token.lemma_.lower() in load_lexicon().incidents["footage"] else ()
        if roads:
            yield Deed(IncidentKind.SIGHTING, token), roads


def _is_news(deed: Deed, time: TimeExpression | None, report: Report) -> bool:
    """Whether a deed was done, and not long ago, in an exercise or in a story."""
    token = deed.token
    verb = verb_of(token)
    if verb is not None and _is_only_feared(verb):
        return False
    beaten = verb is not None and key_of(verb) in load_lexicon().incidents["beaten"] and token.dep_ == "dobj"
    above = verb if verb is not None and (beaten or token.dep_ in {"nsubj", "nsubjpass"}) else token
    if read_status(above) not in {Status.COMPLETED, Status.ONGOING} or is_speculative(token):
        return False
    interval = time.interval if time else None
    if deed.kind is IncidentKind.PRESENCE and interval is not None:
        return True  # "have been stationed in A since 2016"
    if is_background(token, interval, report.published) or (interval is None and _is_history(token, report)):
        return False
    feigned = load_lexicon().incidents["feigned"]
    return not any(t.lemma_.lower() in feigned for t in (*token.ancestors, *token.children))


def _is_only_feared(verb: Token) -> bool:
    """Whether a verb says that something is unlikely or to come, or that fears of it grow."""
    status = load_lexicon().status
    unreal = status["denied_adjectives"] | status["planned_adjectives"]
    beside = {c.lemma_.lower() for c in verb.children if c.dep_ == "acomp"}
    subjects = {c.lemma_.lower() for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"}}
    return bool(beside & unreal or subjects & status["speculation_nouns"])


def _is_history(token: Token, report: Report) -> bool:
    """Whether a deed without a day of its own is told of another year: "the 1982 bombing", "two decades ago"."""
    years = [int(t.text) for t in token.lefts if _YEAR.fullmatch(t.text)]
    if any(report.published is None or year < report.published.year for year in years):
        return True
    verb = token if is_verb(token) else verb_of(token)
    spoken = (
        (t.doc[t.left_edge.i : t.i + 1].text for t in verb.children if t.lower_ == "ago") if verb is not None else ()
    )
    return any(_AGO.search(words) for words in spoken)


def _time(deed: Deed, sentence: Span, report: Report) -> TimeExpression | None:
    times = find_times(sentence.text, report.published)
    return time_of(deed.token, sentence, times) or (times[0] if len(times) == 1 else None)


def _incident(
    report: Report, passage: Passage, sentence: Span, deed: Deed, places: tuple[PlaceRef, ...],
    time: TimeExpression | None, context: Context, gazetteer: Gazetteer,
) -> Incident:  # fmt: skip
    at = deed.token.idx - sentence.start_char - (len(sentence.text) - len(sentence.text.lstrip()))
    speaker = find_speaker(deed.token)
    claim = claim_of(report, passage, sentence, marks=((at, at + len(deed.token)),), speaker=speaker)
    return Incident(
        id="", provenance=claim, kind=deed.kind, trigger=deed.token.text,
        actor=_actor(deed, context, gazetteer), places=places,
        date=time.interval if time else None, date_text=time.text if time else None,
    )  # fmt: skip


def _actor(deed: Deed, context: Context, gazetteer: Gazetteer) -> str | None:
    """Return who strikes, fights, is seen or stands there; the one that is struck is not named."""
    token = deed.token
    sent = [by for doer in deed.doers for c in doer.children if c.dep_ == "acl" and (by := agent_of(c)) is not None]
    phrases = [noun_phrase(doer).text for doer in (*deed.doers, *sent)]
    if not is_verb(token):
        phrases.append(f"{token.doc[token.left_edge.i : token.i].text} forces")
    return next((a for p in phrases if (a := find_actor(p, context.countries, gazetteer))), None)
