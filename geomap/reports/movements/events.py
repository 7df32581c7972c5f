"""Words of movement in a parsed sentence, and the phrases that fill their slots.

Frames follow the idea of FrameNet's Motion, Departing, Arriving and Conquering: a trigger word, a mover, a
source, a goal and a path. The frames and their words are in ``lexicon.toml``; here is only the grammar.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from geomap.models import MovementKind
from geomap.reports.grammar import is_force, is_passive, whole
from geomap.reports.lexicon import Frame, load_lexicon
from geomap.reports.movements.directions import fill_directions
from geomap.reports.movements.gapping import parts_of
from geomap.reports.movements.implied import imply_other_end, imply_place
from geomap.reports.movements.linear import (
    agent_after,
    could_move,
    force_before,
    group_right_before,
    places_after,
    taken_for_subject,
)
from geomap.reports.movements.slots import fill_slots
from geomap.reports.movements.triggers import Trigger, find_triggers

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
    words: Span | None = None
    """The words of a trip told without a verb of its own: "… and the other to B"."""
    others: tuple[Span, ...] = ()
    """The words of other trips told with the same verb."""

    @property
    def has_place(self) -> bool:
        """Whether any slot is filled."""
        return bool(self.origin or self.destination or self.via)


def find_events(sentence: Span, passage: Passage) -> list[Event]:
    """Return the movement events of one sentence in order, with their slots filled from the grammar."""
    triggers = list(find_triggers(sentence))
    owners = {t.token.i for t in triggers}
    told = [_fill(trigger, owners, passage) for trigger in triggers]
    for event in (e for e in told if not e.void):
        _hear_second_witness(event, owners, passage)
    _ride(told)
    events = [part for event in told for part in parts_of(event, passage)]
    for event in (e for e in events if not e.void):
        if event.has_place:
            imply_other_end(event, events, passage)
        else:
            imply_place(event, events, passage)
    return events + [taker for event in events if (taker := _taker(event, passage)) is not None]


def _fill(trigger: Trigger, owners: set[int], passage: Passage) -> Event:
    event = Event(trigger)
    fill_slots(event, passage)
    event.mover = _own_subject(whole(event.mover))
    if trigger.entry.frame in {Frame.GO, Frame.TAKE}:
        fill_directions(event, owners, passage)
    return event


def _own_subject(mover: Token | None) -> Token | None:
    """Return who moves, where the parse takes what the verb before has taken for him: "took A and soldiers fled"."""
    before = mover.doc[mover.left_edge.i - 1] if mover is not None and mover.left_edge.i > mover.sent.start else None
    if mover is None or before is None or taken_for_subject(before, mover) is None:
        return mover
    return next((t for t in mover.conjuncts if t.i > mover.i and is_force(t)), mover)


def _hear_second_witness(event: Event, owners: set[int], passage: Passage) -> None:
    """Take from the order of the words what the parse has not told: a mover that can move, and places."""
    trigger = event.trigger
    if trigger.token.dep_ == "amod":
        return
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


def _ride(events: list[Event]) -> None:
    """Put those who go into the vehicles in which they go: "left A in 40 buses bound for B"."""
    for event in events:
        prep = event.mover.head if event.mover is not None and event.mover.dep_ == "pobj" else None
        if (
            prep is None
            or prep.lower_ not in {"in", "aboard", "on"}
            or event.trigger.token.dep_ not in {"acl", "relcl"}
        ):
            continue
        riders = (e for e in events if e.trigger.entry.frame is Frame.GO and e.trigger.token.i == prep.head.i)
        rides = next((e.mover for e in riders if e.mover is not None), None)
        if rides is not None and event.trigger.entry.frame is Frame.GO:
            event.mover = rides


def _taker(event: Event, passage: Passage) -> Event | None:
    """Return the advance of those to whom a place is handed over: "handed a camp at A to Kenyan soldiers"."""
    trigger = event.trigger
    if trigger.entry.frame is not Frame.LOSE or not event.origin:
        return None
    for prep in (c for w in trigger.words for c in w.children if c.dep_ in {"prep", "dative"} and c.lower_ == "to"):
        receiver = next((t for t in prep.children if t.dep_ == "pobj"), None)
        if receiver is not None and (could_move(receiver, passage) or passage.is_country(receiver)):
            entry = replace(trigger.entry, frame=Frame.FALL, kind=MovementKind.ADVANCE)
            return Event(replace(trigger, entry=entry), mover=receiver, destination=list(event.origin))
    return None


def _is_lost(mover: Token | None) -> bool:
    """Whether the parse has found nobody who moves, or a time in his stead: "hours after it began rebels seized A"."""
    times = load_lexicon().words["times"]
    return mover is None or mover.ent_type_ in {"DATE", "TIME"} or mover.lemma_.lower() in times
