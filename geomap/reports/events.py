"""Words of movement in a parsed sentence, and the phrases that fill their slots.

Frames follow the idea of FrameNet's Motion, Departing, Arriving and Conquering: a trigger word, a mover, a
source, a goal and a path. The frames and their words are in ``lexicon.toml``; here is only the grammar.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from geomap.reports.directions import fill_directions
from geomap.reports.grammar import agent_of, is_force, is_infinitive, is_passive, objects_of, subject_of, whole
from geomap.reports.lexicon import Frame, load_lexicon
from geomap.reports.linear import agent_after, could_move, force_before, places_after
from geomap.reports.triggers import Trigger, find_triggers

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

    from geomap.models import PlaceRef
    from geomap.reports.passage import Passage

__all__ = ["Event", "find_events"]

HEARD = {Frame.GO, Frame.TAKE}
"""Frames whose places are also read by the order of the words."""


@dataclass(slots=True)
class Event:
    """A trigger with the phrases around it; the mover is a token that heads a noun phrase."""

    trigger: Trigger
    mover: Token | None = None
    sender: Token | None = None
    """Who sends or moves the mover: the subject of "Turkey deployed 50 tanks"."""
    expelled: Token | None = None
    void: bool = False
    """Whether something else than forces is moved: "sent a letter", "carried out strikes"."""
    origin: list[PlaceRef] = field(default_factory=list)
    destination: list[PlaceRef] = field(default_factory=list)
    via: list[PlaceRef] = field(default_factory=list)

    @property
    def has_place(self) -> bool:
        """Whether any slot is filled."""
        return bool(self.origin or self.destination or self.via)


def find_events(sentence: Span, passage: Passage) -> list[Event]:
    """Return the movement events of one sentence in order, with their slots filled from the grammar."""
    triggers = list(find_triggers(sentence))
    owners = {t.token.i for t in triggers}
    events = [_fill(trigger, owners, passage) for trigger in triggers]
    for event in (e for e in events if not e.void):
        _hear_second_witness(event, owners, passage)
        if not event.has_place:
            _imply(event, passage)
    return events


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


def _hear_second_witness(event: Event, owners: set[int], passage: Passage) -> None:
    """Take from the order of the words what the parse has not told: a mover that can move, and places."""
    trigger = event.trigger
    verb, passive = trigger.token.pos_ != "NOUN", is_passive(trigger.token)
    goes = trigger.entry.frame is Frame.GO
    if verb and trigger.entry.frame is not Frame.FALL and _is_lost(event.mover):
        heard = (
            agent_after(trigger, owners, passage) if passive and not goes else force_before(trigger, owners, passage)
        )
        event.mover = heard or event.mover
    if verb and not event.has_place and could_move(event.mover, passage) and trigger.entry.frame in HEARD:
        for slot, place in places_after(trigger, owners, passage):
            filled: list[PlaceRef] = getattr(event, slot)
            filled.append(place)


def _is_lost(mover: Token | None) -> bool:
    """Whether the parse has found nobody who moves, or a time in his stead: "hours after it began rebels seized A"."""
    return mover is None or mover.ent_type_ in {"DATE", "TIME"}


def _imply(event: Event, passage: Passage) -> None:
    """Fill the slot of a verb that tells of leaving or reaching a place without naming it: "the army withdrew"."""
    trigger, slot = event.trigger, event.trigger.entry.implied
    token = trigger.token
    at = passage.base + token.idx
    if not could_move(event.mover, passage):
        return
    there = next((t for t in token.subtree if t.lower_ == "there" and t.dep_ == "advmod"), None)
    if trigger.entry.frame is Frame.TAKE and token.pos_ == "VERB":
        taken = [t for t in objects_of(token) if t.lower_ in {"it", "them"}]
        if taken:
            event.destination += passage.focus.in_view(taken[0].text, at)
        return
    purpose = token.dep_ == "advcl" and is_infinitive(token)
    if slot is None or token.pos_ != "VERB" or purpose or _has_other_end(event):
        return
    if there is not None and there.head.lower_ == "from":
        slot = "origin"
    getattr(event, slot).extend(passage.focus.in_view(there.text if there is not None else token.text, at))


def _has_other_end(event: Event) -> bool:
    """Whether a verb of movement has an object or an end that is no place: "withdrew from the talks"."""
    own = load_lexicon().places["own"]
    ends = load_lexicon().prepositions["origin"] | load_lexicon().prepositions["goal"] | {"in", "at", "for", "on", "of"}
    objects = [t for w in event.trigger.words for t in objects_of(w) if not is_force(t)]
    preps = [c for w in event.trigger.words for c in w.children if c.dep_ == "prep" and c.lower_ in ends]
    objects += [t for p in preps for t in p.children if t.dep_ == "pobj" and t.ent_type_ not in {"DATE", "TIME"}]
    return any(t.lemma_.lower() not in own and t not in event.trigger.words for t in objects)


def _fill_go(event: Event, passage: Passage) -> None:
    token, entry = event.trigger.token, event.trigger.entry
    if token.pos_ == "NOUN":
        event.mover = _mover_of_noun(token, passage)
        return
    if is_passive(token):
        subject = subject_of(token)
        event.sender = agent_of(token)
        if token.lemma_ in load_lexicon().words["stationing"] and not any(
            c.lower_ in {"to", "into", "onto"} for c in token.children
        ):
            event.void = True
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
            event.mover, event.void = None, True
            return
        if (places := passage.places(target)) and entry.object_slot and not is_force(target):
            getattr(event, entry.object_slot).extend(places)
        elif is_force(target):
            if not event.trigger.entry.moves_others:
                event.mover, event.void = None, True
                return
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
