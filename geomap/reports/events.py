"""Words of movement in a parsed sentence, and the phrases that fill their slots.

Frames follow the idea of FrameNet's Motion, Departing, Arriving and Conquering: a trigger word, a mover, a
source, a goal and a path. The frames and their words are in ``lexicon.toml``; here is only the grammar.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from geomap.reports.directions import fill_directions
from geomap.reports.grammar import agent_of, is_force, is_passive, objects_of, subject_of, whole
from geomap.reports.lexicon import Entry, Frame, load_lexicon

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Span, Token

    from geomap.models import PlaceRef
    from geomap.reports.passage import Passage

__all__ = ["Event", "Trigger", "find_events"]

STANDING = {"station", "position", "base", "mass", "amass"}
"""Verbs whose passive tells where forces are, not where they went: "troops stationed in A"."""


@dataclass(frozen=True, slots=True)
class Trigger:
    """A word of movement in its sentence."""

    token: Token
    entry: Entry
    words: tuple[Token, ...]


@dataclass(slots=True)
class Event:
    """A trigger with the phrases around it; the mover is a token that heads a noun phrase."""

    trigger: Trigger
    mover: Token | None = None
    sender: Token | None = None
    """Who sends or moves the mover: the subject of "Turkey deployed 50 tanks"."""
    expelled: Token | None = None
    origin: list[PlaceRef] = field(default_factory=list)
    destination: list[PlaceRef] = field(default_factory=list)
    via: list[PlaceRef] = field(default_factory=list)

    @property
    def has_place(self) -> bool:
        """Whether any slot is filled."""
        return bool(self.origin or self.destination or self.via)


def find_events(sentence: Span, passage: Passage) -> list[Event]:
    """Return the movement events of one sentence in order, with their slots filled from the grammar."""
    triggers = list(_triggers(sentence))
    owners = {t.token.i for t in triggers}
    return [_fill(trigger, owners, passage) for trigger in triggers]


def _triggers(sentence: Span) -> Iterator[Trigger]:
    lexicon = load_lexicon()
    for token in sentence:
        lemma = token.lemma_.lower()
        if token.pos_ in {"VERB", "AUX"} and token.dep_ not in {"amod", "compound"}:
            for entry in lexicon.verbs.get(lemma, ()):
                words = _rest(token, entry.rest)
                if words is not None and (entry.frame is not Frame.EXPEL or _expels(token)):
                    yield Trigger(token, entry, (token, *words))
                    break
        elif token.pos_ == "NOUN" and lemma in lexicon.nouns and token.dep_ not in {"compound", "nmod", "npadvmod"}:
            yield Trigger(token, lexicon.nouns[lemma], (token,))


def _rest(token: Token, rest: tuple[str, ...]) -> tuple[Token, ...] | None:
    """Return the tokens of a phrasal verb's other words, or None where one is missing."""
    found = []
    for word in rest:
        near = [c for c in token.children if c.i > token.i] + [
            t for t in token.doc[token.i + 1 : token.i + 3] if t.pos_ != "NOUN"
        ]
        match = next((t for t in near if t.lemma_.lower() == word or t.lower_ == word), None)
        if match is None:
            return None
        found.append(match)
    return tuple(found)


def _expels(token: Token) -> bool:
    """Whether a verb drives somebody out: it has people as its object and a way out."""
    passive = any(c.dep_ == "nsubjpass" for c in token.children)
    target = next((c for c in token.children if c.dep_ in {"dobj", "nsubjpass"}), None)
    words = {t.lower_ for t in token.subtree if abs(t.i - token.i) < 16}
    return target is not None and (
        bool(words & {"out", "from", "off", "back", "away"}) or (passive and token.lemma_ in {"oust", "expel"})
    )


def _fill(trigger: Trigger, owners: set[int], passage: Passage) -> Event:
    event = Event(trigger)
    fillers = {
        Frame.GO: _fill_go,
        Frame.TAKE: _fill_take,
        Frame.EXPEL: _fill_expel,
        Frame.FALL: _fill_fall,
        Frame.LOSE: _fill_lose,
        Frame.SHRINK: _fill_shrink,
    }
    fillers[trigger.entry.frame](event, passage)
    event.mover = whole(event.mover)
    if trigger.entry.frame in {Frame.GO, Frame.TAKE}:
        fill_directions(event, owners, passage)
    return event


def _fill_go(event: Event, passage: Passage) -> None:
    token, entry = event.trigger.token, event.trigger.entry
    if token.pos_ == "NOUN":
        event.mover = _mover_of_noun(token, passage)
        return
    if is_passive(token):
        subject = subject_of(token)
        event.sender = agent_of(token)
        if token.lemma_ in STANDING and not any(c.lower_ in {"to", "into", "onto"} for c in token.children):
            return
        if subject is not None and entry.object_slot and not is_force(subject) and (places := passage.places(subject)):
            getattr(event, entry.object_slot).extend(places)
            event.mover, event.sender = event.sender, None
        else:
            event.mover = subject
        return
    event.mover = subject_of(token)
    generic = load_lexicon().places["generic"]
    for target in objects_of(token):
        if target in event.trigger.words:
            continue
        if (
            not is_force(target)
            and not passage.is_place(target)
            and target.lemma_.lower() not in generic
            and target.pos_ == "NOUN"
        ):
            event.mover = None
            return
        if (places := passage.places(target)) and entry.object_slot and not is_force(target):
            getattr(event, entry.object_slot).extend(places)
        elif is_force(target):
            event.sender, event.mover = event.mover, target


def _mover_of_noun(noun: Token, passage: Passage) -> Token | None:
    """Return who makes "the withdrawal of A's troops", "A's withdrawal", "began their withdrawal"."""
    for child in noun.children:
        if child.dep_ == "prep" and child.lower_ in {"of", "by"}:
            target = next((t for t in child.children if t.dep_ == "pobj"), None)
            if target is not None and not passage.is_place(target):
                return target
    for child in noun.children:
        if (
            child.dep_ in {"poss", "compound", "nmod", "amod"}
            and not child.is_stop
            and (child.pos_ in {"PROPN", "NOUN"} or passage.mention_at(child) is not None)
        ):
            return child
    if noun.dep_ in {"dobj", "pobj", "conj", "attr"}:
        verb = noun.head if noun.dep_ != "pobj" else noun.head.head
        if verb.pos_ == "VERB":
            return agent_of(verb) if is_passive(verb) else subject_of(verb)
    return None


def _fill_take(event: Event, passage: Passage) -> None:
    token = event.trigger.token
    if token.pos_ == "NOUN":
        event.mover = _mover_of_noun(token, passage)
        for child in token.children:
            if child.dep_ == "prep" and child.lower_ == "of":
                event.destination += [p for t in child.children if t.dep_ == "pobj" for p in passage.places(t)]
        return
    passive = is_passive(token)
    event.mover = agent_of(token) if passive else subject_of(token)
    targets = [t for t in [subject_of(token)] if t is not None] if passive else objects_of(token)
    for target in targets:
        event.destination += passage.places(target)
    for word in event.trigger.words:
        for child in word.children:
            if child.dep_ == "prep" and child.lower_ in {"of", "over"}:
                event.destination += [p for t in child.children if t.dep_ == "pobj" for p in passage.places(t)]


def _fill_expel(event: Event, passage: Passage) -> None:
    token = event.trigger.token
    passive = is_passive(token)
    event.mover = agent_of(token) if passive else subject_of(token)
    event.expelled = subject_of(token) if passive else next(iter(objects_of(token)), None)
    for prep in (
        t for t in token.subtree if t.dep_ in {"prep", "prt", "advmod"} and t.lower_ in {"from", "of", "out", "off"}
    ):
        if prep.lower_ == "of" and prep.head.lower_ != "out":
            continue
        for target in prep.children:
            if target.dep_ == "pobj":
                event.origin += [p for p in passage.places(target) if p not in event.origin]


def _fill_fall(event: Event, passage: Passage) -> None:
    token = event.trigger.token
    subject = subject_of(token)
    if subject is None or not (places := passage.places(subject)):
        return
    for prep in (c for c in token.children if c.dep_ in {"prep", "dative"} and c.lower_ in {"to", "into", "under"}):
        for target in (t for t in prep.children if t.dep_ == "pobj"):
            inner = [t for t in target.subtree if t.dep_ in {"pobj", "poss", "compound", "nmod"} and t.i != target.i]
            event.mover = inner[-1] if target.lemma_ in {"hand", "control"} and inner else target
    event.destination += places


def _fill_lose(event: Event, passage: Passage) -> None:
    token = event.trigger.token
    event.mover = subject_of(token)
    for word in event.trigger.words:
        for child in word.children:
            if child.dep_ == "dobj":
                event.origin += passage.places(child)
            elif child.dep_ == "prep" and child.lower_ == "of" and word.i != token.i:
                event.origin += [p for t in child.children if t.dep_ == "pobj" for p in passage.places(t)]


def _fill_shrink(event: Event, passage: Passage) -> None:
    """Read "reduce its forces in A", "a reduction of troops in A"."""
    token = event.trigger.token
    forces = [t for t in objects_of(token) if is_force(t)] if token.pos_ == "VERB" else [_mover_of_noun(token, passage)]
    if not forces or forces[0] is None:
        return
    event.mover, event.sender = forces[0], subject_of(token) if token.pos_ == "VERB" else None
    preps = [
        c
        for t in (token, forces[0])
        for c in t.children
        if c.dep_ == "prep" and c.lower_ in {"in", "from", "at", "across"}
    ]
    for target in (t for prep in preps for t in prep.children if t.dep_ == "pobj"):
        event.origin += [p for p in passage.places(target) if p not in event.origin]
