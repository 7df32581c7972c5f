"""Events of a report to movements: what counts, what is told of it, what belongs together."""

from __future__ import annotations

import re
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from geomap.models import Interval, Movement, MovementKind, PlaceRef, Report, Role, Status
from geomap.reports.forces.amounts import count_forces, told_of_the_same
from geomap.reports.forces.means import kind_of, mode_of
from geomap.reports.forces.memory import Memory
from geomap.reports.forces.movers import Movers
from geomap.reports.forces.parts import parted
from geomap.reports.lexicon import Frame, load_lexicon
from geomap.reports.movements.attribution import Speaker, find_speaker, in_full
from geomap.reports.movements.drafts import Draft, join_within, movement_of
from geomap.reports.movements.events import Event, find_events
from geomap.reports.movements.joining import narrowed
from geomap.reports.movements.status import is_speculative, read_status
from geomap.reports.places.focus import is_implied
from geomap.reports.times.dates import TimeExpression, find_times
from geomap.reports.times.dating import deed_day, goes_on, narrated_day, time_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spacy.tokens import Span, Token

    from geomap.gazetteer import Gazetteer
    from geomap.models import Place
    from geomap.reports.passage import Passage
    from geomap.reports.places.resolve import Context

__all__ = ["Narrator"]

HAPPENING = {Status.COMPLETED, Status.ONGOING}


@dataclass(slots=True)
class Narrator:
    """Reads the paragraphs of one report in order and remembers what later sentences refer to."""

    report: Report
    context: Context
    gazetteer: Gazetteer
    memory: Memory = field(init=False)
    movers: Movers = field(init=False)
    speaker: Speaker | None = None
    organisations: set[str] = field(default_factory=set)
    anchor: Interval | None = None
    """When what was told last happened."""
    recent: Interval | None = None
    """When what the sentence before tells happened."""
    road: tuple[PlaceRef, int] | None = None
    """The road a picture was taken on, and how many sentences ago."""
    last: Draft | None = None
    pending: tuple[MovementKind, TimeExpression, int] | None = None
    """Kind and time of an event told without a place, and how many sentences ago."""

    def __post_init__(self) -> None:
        day = self.report.published
        self.memory = Memory(self.context.countries, self.gazetteer, year=day.year if day else None)
        self.movers = Movers(self.memory)

    def read_all(self, passages: Iterable[Passage]) -> list[Movement]:
        """Return the movements of all paragraphs; who took what "was taken" is told by the whole report."""
        drafts = [draft for passage in passages for draft in self._told(passage)]
        return [movement_of(self.movers.settled(draft), self.report) for draft in drafts]

    def _told(self, passage: Passage) -> list[Draft]:
        """Return what one paragraph tells."""
        if passage.caption:
            return []
        found: list[Draft] = []
        self.organisations |= {re.sub(r"^[Tt]he ", "", e.text) for e in passage.doc.ents if e.label_ == "ORG"}
        chunks = deque(passage.doc.noun_chunks)
        for sentence in passage.doc.sents:
            self.memory.note(_taken(chunks, sentence.end), _places(sentence, passage))
            events = find_events(sentence, passage)
            drafts = join_within([d for e in events for d in self._drafts(e, sentence, passage)])
            found += [part for draft in drafts for part in parted(draft)]
            self._remember(sentence, passage, drafts, events)
        return found

    def _drafts(self, event: Event, sentence: Span, passage: Passage) -> list[Draft]:
        """Return what one event tells: nothing, one movement, or an advance and a retreat."""
        if not event.has_place or is_speculative(event.trigger.token):
            return []
        winner = self._draft(event, event.mover, sentence, passage)
        if event.trigger.entry.frame is not Frame.EXPEL:
            return [winner] if winner else []
        loser = self._draft(event, event.expelled, sentence, passage)
        if winner:
            gone_to = bool(event.destination)  # then where the beaten had been is only implied
            winner.destination = [ref for ref in winner.origin if not (gone_to and is_implied(ref))]
            winner.origin = []
        if loser:
            loser.kind = MovementKind.RETREAT
            loser.mover = self.movers.beaten(loser.mover, by=winner.actor if winner else None)
        return [d for d in (winner, loser) if d and d.places]

    def _draft(self, event: Event, head: Token | None, sentence: Span, passage: Passage) -> Draft | None:
        kind, trigger = kind_of(event, head), event.trigger.token
        sequel = self.last is not None and _akin(self.last.kind, event.trigger.entry.kind)
        mover = self.movers.mover(event, head, last=self.last.actor if self.last else None, sequel=sequel)
        if mover is None:
            return None
        status = read_status(trigger)
        speaker = in_full(find_speaker(trigger, self.speaker), self.organisations)
        self.speaker = speaker or self.speaker
        amounts = count_forces(trigger, head)
        return Draft(
            event, sentence, passage, kind, status, mover,
            narrowed(event.origin), narrowed(event.destination), list(event.via) or self._seen_road(sentence),
            self._time(event, head, sentence, status), amounts, speaker, mode_of(event, head),
        )  # fmt: skip

    def _time(self, event: Event, head: Token | None, sentence: Span, status: Status) -> TimeExpression | None:
        """Return the time that belongs to the trigger, not to the one who speaks of it.

        A sentence without any takes that of the same event told just before without a place, and one that goes on with
        the event of the sentence before ("the militants fled") the days of that.
        """
        future, trigger = status in {Status.PLANNED, Status.ORDERED}, event.trigger.token
        times = find_times(sentence.text, self.report.published, future=future, anchor=self.anchor)
        owned = time_of(trigger, sentence, _heard(event, sentence, times))
        if owned is not None or times or future:
            return owned
        told = None if _had(trigger) or status is not Status.COMPLETED else self.pending
        if told and _akin(told[0], event.trigger.entry.kind):
            return told[1]
        if self.recent and goes_on(trigger, head):
            return TimeExpression(0, 0, "", self.recent)
        return None

    def _seen_road(self, sentence: Span) -> list[PlaceRef]:
        """Return the road a picture was taken on, where this sentence tells what the picture shows."""
        if self.road and self.road[1] <= 3 and (self.road[1] > 0 or _shows(sentence)):
            return [self.road[0]]
        return []

    def _remember(self, sentence: Span, passage: Passage, drafts: list[Draft], events: list[Event]) -> None:
        self._remember_road(sentence, passage, drafts)
        self.pending = (*self.pending[:2], self.pending[2] + 1) if self.pending and self.pending[2] < 2 else None
        times = find_times(sentence.text, self.report.published, anchor=self.anchor)
        self.anchor = narrated_day(sentence, times) or self.anchor
        self.recent = self._days_of(sentence, times, drafts)
        for event in events:
            if not event.has_place and (time := time_of(event.trigger.token, sentence, times)):
                self.pending = (event.trigger.entry.kind, time, 0)
        for draft in drafts:
            passage.focus.note(passage.base + sentence.end_char, draft.places, draft.destination)
            if draft.actor and draft.kind is MovementKind.ADVANCE and draft.status in HAPPENING:
                self.memory.cast.advanced(draft.actor)
        if not drafts and self.last and not self.last.amounts.counted:
            whole = (self.last.mover.text or "").lower().startswith("all ")
            self.last.amounts = told_of_the_same(sentence, whole=whole)
        self.last = drafts[-1] if drafts else self.last
        self.memory.remember(sentence)

    def _days_of(self, sentence: Span, times: tuple[TimeExpression, ...], drafts: list[Draft]) -> Interval | None:
        """Return the days that a next sentence can go on with; what "had" happened before leaves them as they were."""
        told = [d for d in reversed(drafts) if d.time and d.time.interval]
        verbs = [d.event.trigger.token for d in told] if drafts else [sentence.root]
        if verbs and all(map(_had, verbs)):
            return self.recent
        days = (d.time.interval for d in told if d.time and not d.time.text.lower().startswith("since"))
        if drafts:
            return next(days, None)
        return deed_day(sentence, times) if times else None

    def _remember_road(self, sentence: Span, passage: Passage, drafts: list[Draft]) -> None:
        roads = [
            p
            for t in sentence
            if t.lemma_ in {"road", "highway", "motorway"}
            for p in passage.places(t)
            if p.place and p.place.feature == "R.RD"
        ]
        if roads and _shows(sentence):
            self.road = (roads[0], 0)
        elif self.road:
            shown = _shows(sentence) or (self.road[1] > 0 and bool(drafts))
            self.road = (self.road[0], self.road[1] + 1) if shown or self.road[1] == 0 else None


def _places(sentence: Span, passage: Passage) -> Iterator[Place]:
    """Yield the places that a sentence names."""
    for token in sentence:
        index = passage.mention_at(token)
        mention = passage.mentions[index] if index is not None else None
        if mention and mention.role is Role.PLACE and mention.place:
            yield mention.place


def _taken(chunks: deque[Span], end: int) -> Iterator[Span]:
    """Yield and remove the phrases that begin before a token; asking each sentence for its own costs a whole pass."""
    while chunks and chunks[0].start < end:
        yield chunks.popleft()


def _heard(event: Event, sentence: Span, times: tuple[TimeExpression, ...]) -> tuple[TimeExpression, ...]:
    """Leave out the times of other trips that the same verb tells; those among its own words go first."""

    def inside(time: TimeExpression, words: Span) -> bool:
        return words.start_char <= sentence.start_char + time.start < words.end_char

    own = tuple(t for t in times if event.words is not None and inside(t, event.words))
    return own or tuple(t for t in times if not any(inside(t, words) for words in event.others))


def _had(trigger: Token) -> bool:
    """Whether a verb stands in the pluperfect."""
    return any(c.lower_ == "had" for c in trigger.lefts)


def _akin(first: MovementKind, second: MovementKind) -> bool:
    """Whether two kinds can be tellings of one event."""
    leaving = {MovementKind.WITHDRAWAL, MovementKind.RETREAT, MovementKind.EVACUATION, MovementKind.CONVOY}
    return first is second or {first, second} <= leaving


def _shows(sentence: Span) -> bool:
    return any(t.lemma_.lower() in load_lexicon().incidents["footage"] for t in sentence)
