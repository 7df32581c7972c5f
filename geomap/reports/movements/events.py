"""Words of movement in a parsed sentence, and the phrases that fill their slots.

Frames follow the idea of FrameNet's Motion, Departing, Arriving and Conquering: a trigger word, a mover, a
source, a goal and a path. The frames and their words are in ``lexicon.toml``; here is only the grammar.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from geomap.models import MovementKind
from geomap.reports.grammar import agent_of, is_force, is_passive, objects_of, subject_of, whole
from geomap.reports.lexicon import Frame, load_lexicon
from geomap.reports.movements.directions import fill_directions
from geomap.reports.movements.implied import imply_other_end, imply_place
from geomap.reports.movements.linear import agent_after, could_move, force_before, group_right_before, places_after
from geomap.reports.movements.triggers import Trigger, find_triggers
from geomap.reports.places.toponyms import DIRECTION_WORDS

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
        if event.has_place:
            imply_other_end(event, passage)
        else:
            imply_place(event, events, passage)
    return events + [taker for event in events if (taker := _taker(event, passage)) is not None]


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
    if not verb and event.mover is None:
        event.mover = group_right_before(trigger.words[0])
    if verb and not event.has_place and could_move(event.mover, passage) and trigger.entry.frame in HEARD:
        for slot, place in places_after(trigger, owners, passage):
            filled: list[PlaceRef] = getattr(event, slot)
            filled.append(place)


def _taker(event: Event, passage: Passage) -> Event | None:
    """Return the advance of those to whom a place is handed over: "handed a camp at A to Kenyan soldiers"."""
    trigger = event.trigger
    if trigger.entry.frame is not Frame.LOSE or not event.origin:
        return None
    for prep in (c for w in trigger.words for c in w.children if c.dep_ in {"prep", "dative"} and c.lower_ == "to"):
        receiver = next((t for t in prep.children if t.dep_ == "pobj"), None)
        if receiver is not None and not passage.is_spot(receiver) and could_move(receiver, passage):
            entry = replace(trigger.entry, frame=Frame.FALL, kind=MovementKind.ADVANCE)
            return Event(replace(trigger, entry=entry), mover=receiver, destination=list(event.origin))
    return None


def _is_lost(mover: Token | None) -> bool:
    """Whether the parse has found nobody who moves, or a time in his stead: "hours after it began rebels seized A"."""
    times = load_lexicon().words["times"]
    return mover is None or mover.ent_type_ in {"DATE", "TIME"} or mover.lemma_.lower() in times


def _fill_go(event: Event, passage: Passage) -> None:
    token, entry = event.trigger.token, event.trigger.entry
    if token.pos_ == "NOUN":
        event.mover = _mover_of_noun(token, passage)
        return
    if is_passive(token):
        subject = subject_of(token)
        event.sender = agent_of(token)
        coming = any(c.lower_ in {"will", "to"} for c in token.children if c.dep_ == "aux")
        if (
            not coming
            and token.lemma_ in load_lexicon().words["stationing"]
            and not any(c.lower_ in {"to", "into", "onto"} for c in token.children)
        ):
            event.void = True
            return
        if subject is not None and entry.object_slot and not is_force(subject) and (places := passage.places(subject)):
            getattr(event, entry.object_slot).extend(places)
            event.mover, event.sender = event.sender, None
        else:
            # "children abandoned in A"; but "vehicles entered from B" where the parse sees a participle
            told = any(c.dep_ in {"auxpass", "nsubjpass"} for c in token.children)
            event.mover = subject
            event.void = not entry.moves_others and (told or subject is None or not is_force(subject))
            if entry.kind is MovementKind.REINFORCEMENT:
                # who is reinforced does not move, but those he is reinforced by
                event.mover, event.void = event.sender, event.sender is None or not is_force(event.sender)
        return
    event.mover = subject_of(token)
    generic = load_lexicon().places["generic"]
    for target in objects_of(token):
        if target in event.trigger.words or target.ent_type_ in {"DATE", "TIME"} or _is_measure(target):
            continue
        forces = _means_forces(target)
        named = passage.is_place(target) or target.lemma_.lower() in generic
        if not forces and not named and (target.pos_ == "NOUN" or target.lower_ in load_lexicon().words["some"]):
            event.mover, event.void = None, True
            return
        if not forces and entry.object_slot and (places := passage.places(target)):
            getattr(event, entry.object_slot).extend(places)
        elif forces:
            if not event.trigger.entry.moves_others:
                event.mover, event.void = None, True
                return
            event.sender, event.mover = event.mover, target


def _is_ground(token: Token) -> bool:
    """Whether a common noun names a place: "the liberation of the city"."""
    places = load_lexicon().places
    return not is_force(token) and token.lemma_.lower() in places["generic"] | places["spots"]


def _means_forces(token: Token) -> bool:
    """Whether an object is forces, also in part or beside other things: "many of its troops", "guns and tanks"."""
    part = token.lower_ in load_lexicon().words["some"]
    inside = part and any(is_force(t) for t in token.subtree if t.i > token.i)
    return inside or is_force(token) or any(is_force(t) for t in token.conjuncts)


def _is_measure(token: Token) -> bool:
    """Whether a word only tells which way or how far: "fled eastwards", "pushed five kilometres"."""
    if token.lemma_.lower() in load_lexicon().words["lengths"]:
        return True
    return token.lower_.removesuffix("s").removesuffix("ward") in DIRECTION_WORDS


def _mover_of_noun(noun: Token, passage: Passage) -> Token | None:
    """Return who makes "the withdrawal of A's troops", "A's withdrawal", "began their withdrawal"."""
    for child in noun.children:
        takes = load_lexicon().nouns.get(noun.lemma_.lower())
        takes_of = takes is not None and takes.frame is Frame.TAKE and child.lower_ == "of"
        if child.dep_ == "prep" and child.lower_ in {"of", "by"} and not takes_of:
            target = next((t for t in child.children if t.dep_ == "pobj"), None)
            if target is not None and not passage.is_place(target) and not _is_ground(target):
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
                taken = [t for t in child.children if t.dep_ == "pobj"]
                event.destination += [
                    p for t in taken for p in passage.places(t) or passage.unknown(t, beside_noun=_is_name(t))
                ]
        return
    passive = is_passive(token)
    event.mover = agent_of(token) if passive else subject_of(token)
    targets = [t for t in [subject_of(token)] if t is not None] if passive else objects_of(token)
    for target in targets:
        event.destination += passage.places(target)
    idiom = any(t.tag_ == "NN" and t.lemma_.lower() in load_lexicon().words["taken"] for t in targets)
    persons = any(t.lower_ == "who" for t in token.children) or (
        token.lemma_ == "take" and any(c.dep_ == "prt" and c not in event.trigger.words for c in token.children)
    )
    if idiom or persons:
        event.destination, event.void = [], True
        return
    if targets and not event.destination and not any(_may_be_place(t, event, passage) for t in targets):
        event.void = True
        return
    for word in event.trigger.words:
        for child in word.children:
            if child.dep_ == "prep" and child.lower_ in {"of", "over"}:
                event.destination += [p for t in child.children if t.dep_ == "pobj" for p in passage.places(t)]


def _is_name(token: Token) -> bool:
    """Whether a word is a proper noun that need not be a person's."""
    return token.pos_ == "PROPN" and token.ent_type_ not in {"PERSON", "NORP"}


def _may_be_place(token: Token, event: Event, passage: Passage) -> bool:
    """Whether what is taken can be a place: not "took the wounded", "captured 20 soldiers"."""
    nouns = load_lexicon().places
    lemma = token.lemma_.lower()
    known = lemma in nouns["generic"] | nouns["spots"] | nouns["partitive"] or token in event.trigger.words
    return known or token.pos_ in {"PROPN", "PRON"} or passage.mention_at(token) is not None


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
    if token.pos_ == "NOUN":
        falls = [t for c in token.children if c.lower_ == "of" for t in c.children if t.dep_ == "pobj"]
        places = tuple(p for t in falls for p in passage.places(t))
    else:
        subject = subject_of(token)
        places = passage.places(subject) if subject is not None else ()
    if not places:
        return
    holding = load_lexicon().words["holding"]
    reach = token.subtree if token.pos_ == "NOUN" else token.children
    for prep in (c for c in reach if c.dep_ in {"prep", "dative"} and c.lower_ in {"to", "into", "under", "in"}):
        for target in (t for t in prep.children if t.dep_ == "pobj"):
            if event.mover is not None or (prep.lower_ == "in" and target.lemma_ not in holding):
                continue
            inner = [t for t in target.subtree if t.dep_ in {"pobj", "poss", "compound", "nmod"} and t.i != target.i]
            event.mover = inner[-1] if target.lemma_ in holding and inner else target
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
