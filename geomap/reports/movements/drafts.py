"""A movement while its report is still being read, its steps joined within a sentence, and the record made of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from geomap.models import Mode, Movement, MovementKind, PlaceRef, Report, Status
from geomap.reports.forces.actors import allied
from geomap.reports.forces.amounts import Amounts
from geomap.reports.lexicon import Frame, load_lexicon
from geomap.reports.movements.joining import fit, narrowed, share
from geomap.reports.passage import Passage, claim_of
from geomap.reports.places.focus import is_implied
from geomap.reports.times.dating import is_background
from geomap.reports.times.sequence import trip_time

if TYPE_CHECKING:
    from spacy.tokens import Span

    from geomap.reports.movements.attribution import Speaker
    from geomap.reports.movements.events import Event
    from geomap.reports.times.dates import TimeExpression

__all__ = ["Draft", "Mover", "join_within", "movement_of"]


@dataclass(frozen=True, slots=True)
class Mover:
    """Whoever moves, as the words tell it."""

    actor: str | None
    text: str | None
    inferred: bool = False
    """Taken from other words of the report."""
    co_actors: tuple[str, ...] = ()
    backed_by: tuple[str, ...] = ()
    unknown: bool = False
    """The words tell that somebody moved, and not who."""


@dataclass(slots=True)
class Draft:
    """What one event of a sentence tells."""

    event: Event
    sentence: Span
    passage: Passage
    kind: MovementKind
    status: Status
    mover: Mover
    origin: list[PlaceRef]
    destination: list[PlaceRef]
    via: list[PlaceRef]
    time: TimeExpression | None
    amounts: Amounts
    speaker: Speaker | None
    mode: Mode
    note: str | None = None

    @property
    def actor(self) -> str | None:
        """Canonical name of who moves."""
        return self.mover.actor

    @property
    def places(self) -> list[PlaceRef]:
        """Places of all slots."""
        return [*self.origin, *self.destination, *self.via]


def join_within(drafts: list[Draft]) -> list[Draft]:
    """Join the steps of one trip told in one sentence: "entered A from B, carrying forces to C"."""
    joined: list[Draft] = []
    for draft in drafts:
        target = next((d for d in joined if _same_trip(d, draft)), None)
        if target is None:
            joined.append(draft)
            continue
        leg = bool(target.destination) != bool(draft.destination) or (bool(target.origin) and _reaches(draft))
        target.time = trip_time(target.time, draft.time, on_the_way=leg)
        for slot in ("origin", "destination", "via"):
            setattr(target, slot, narrowed(getattr(target, slot) + getattr(draft, slot)))
        target.amounts = target.amounts if target.amounts != Amounts() else draft.amounts
        company = dict.fromkeys([*target.mover.co_actors, *draft.mover.co_actors])
        target.mover = replace(target.mover, co_actors=tuple(company))
    return joined


def _same_trip(first: Draft, second: Draft) -> bool:
    if not allied(first.actor, second.actor) or first.status != second.status:
        return False
    if first.event.trigger.entry.frame is not second.event.trigger.entry.frame:
        return _comes_from(second, first) or _leaves_for(first, second)
    if _sends(first, second) or _sends(second, first):
        return False
    if {first.kind, second.kind} == {MovementKind.RETREAT, MovementKind.ADVANCE}:
        return False
    movers = {t.i for t in (first.event.mover, first.event.sender) if t is not None}
    if movers & {t.i for t in (second.event.mover, second.event.sender) if t is not None}:
        return fit(first.origin, second.origin) and fit(first.destination, second.destination)
    return share(first.origin, second.origin) or share(first.destination, second.destination)


def _reaches(draft: Draft) -> bool:
    """Whether a verb tells the end of a trip: "they arrived the next day"."""
    return draft.event.trigger.token.lemma_ in {"arrive", "reach"}


def _comes_from(way: Draft, taking: Draft) -> bool:
    """Whether a participle tells by what way those came who took a place: "captured A after driving up from B"."""
    verb = way.event.trigger.token
    goes = (way.event.trigger.entry.frame, taking.event.trigger.entry.frame) == (Frame.GO, Frame.TAKE)
    comes = verb.tag_ == "VBG" and way.kind not in {MovementKind.WITHDRAWAL, MovementKind.RETREAT}
    if not (goes and comes and taking.event.trigger.token.is_ancestor(verb)) or taking.origin:
        return False
    return fit(way.destination, taking.destination) and not share(way.origin, taking.destination)


def _leaves_for(leaving: Draft, going: Draft) -> bool:
    """Whether those who gave up a place then went to another: "abandoned A and crossed into B"."""
    frames = (leaving.event.trigger.entry.frame, going.event.trigger.entry.frame)
    who, then = leaving.event.mover, going.event.mover
    if frames != (Frame.LOSE, Frame.GO) or who is None or then is None or who.i != then.i:
        return False
    onwards = going.destination and going.kind is not MovementKind.ADVANCE and fit(leaving.origin, going.origin)
    return bool(onwards) and not leaving.destination and not share(leaving.origin, going.destination)


def _sends(first: Draft, second: Draft) -> bool:
    """Whether those who moved themselves then send others: "the army, which entered A, sent soldiers from B".

    Vehicles that bring somebody go along: "convoys drove to A and brought soldiers to the base".
    """
    goer, sender = first.event.mover, second.event.sender
    if goer is None or sender is None or goer.i != sender.i or second.event.trigger.token.tag_ == "VBG":
        return False
    return goer.lemma_.lower() not in load_lexicon().forces["vehicles"]


def movement_of(draft: Draft, report: Report) -> Movement:
    """Return the record of a draft, still without an id."""
    interval = draft.time.interval if draft.time else None
    provenance = claim_of(report, draft.passage, draft.sentence, marks=_marks(draft), speaker=draft.speaker)
    return Movement(
        id="", provenance=provenance, trigger=" ".join(t.text for t in draft.event.trigger.words),
        actor=draft.actor, actor_text=draft.mover.text or None,
        co_actors=draft.mover.co_actors, backed_by=draft.mover.backed_by,
        origin=tuple(draft.origin), destination=tuple(draft.destination), via=tuple(draft.via),
        date=interval, date_text=(draft.time.text or None) if draft.time else None,
        status=draft.status, kind=draft.kind, mode=draft.mode,
        vehicles=draft.amounts.vehicles, vehicles_text=draft.amounts.vehicles_text,
        troops=draft.amounts.troops, troops_text=draft.amounts.troops_text, equipment=draft.amounts.equipment,
        confidence=_confidence(draft), note=draft.note,
        background=is_background(draft.event.trigger.token, interval, report.published),
    )  # fmt: skip


def _marks(draft: Draft) -> tuple[tuple[int, int], ...]:
    """Return the spans of the words that carry the claim, in the quoted sentence."""
    quote = draft.sentence.text
    shift = len(quote) - len(quote.lstrip())
    begin = draft.sentence.start_char
    spans = {(t.idx - begin, t.idx - begin + len(t)) for t in draft.event.trigger.words}
    for words in [draft.mover.text, draft.time.text if draft.time else None, *(p.text for p in draft.places)]:
        at = quote.find(words) if words else -1
        if at >= 0 and words:
            spans.add((at, at + len(words)))
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple((s - shift, e - shift) for s, e in merged if s >= shift)


def _confidence(draft: Draft) -> float:
    """Return how sure the reading is: less where the forces, or a place, are taken from other words."""
    value = 0.9
    value *= 0.8 if draft.mover.inferred else 1.0
    value *= 0.8 if any(p.place is None for p in draft.places) else 1.0
    value *= 0.8 if draft.places and all(map(is_implied, draft.places)) else 1.0
    return round(value * (1.0 if draft.speaker else 0.95), 2)
