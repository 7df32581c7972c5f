"""Events of a report to movements: who the mover is, what counts, what belongs together."""

from __future__ import annotations

import re
from collections import deque
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from geomap.models import Interval, Mode, Movement, MovementKind, PlaceRef, Report, Status
from geomap.reports.actors import allied, find_actor, names_actor
from geomap.reports.amounts import Amounts, find_amounts
from geomap.reports.attribution import find_speaker
from geomap.reports.dates import TimeExpression, find_times
from geomap.reports.dating import time_of
from geomap.reports.events import Event, find_events
from geomap.reports.focus import is_implied
from geomap.reports.forces import is_group, is_relief, moves_under_arms
from geomap.reports.grammar import subject_of
from geomap.reports.joining import fit, narrowed, share
from geomap.reports.lexicon import Frame, load_lexicon
from geomap.reports.passage import Passage, claim_of, noun_phrase
from geomap.reports.status import is_speculative, read_status

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Span, Token

    from geomap.gazetteer import Gazetteer
    from geomap.reports.resolve import Context

__all__ = ["Narrator"]

BACKGROUND_AFTER = timedelta(days=31)
"""What ended longer before publication is told as history."""
PRONOUNS = {"they", "it", "them", "those", "these", "its", "their", "both", "which", "that"}
PERSONS = {
    "he",
    "she",
    "i",
    "we",
    "you",
    "him",
    "her",
    "us",
    "me",
    "who",
    "his",
    "our",
    "my",
    "your",
    "one",
    "someone",
}
VAGUE_GROUPS = {"militant", "fighter", "jihadist", "terrorist", "extremist", "gunman", "group", "insurgent"}
MODES = (
    (Mode.AIR, {"aircraft", "helicopter", "plane", "jet", "airlift", "fly", "warplane", "bomber", "flight"}),
    (Mode.SEA, {"ship", "warship", "boat", "sail", "frigate", "destroyer", "submarine", "fleet", "flotilla", "vessel"}),
    (Mode.RAIL, {"train", "rail", "railway", "railcar"}),
    (Mode.FOOT, {"foot"}),
    (Mode.ROAD, {"convoy", "column", "vehicle", "truck", "tank", "bus", "lorry", "humvee", "drive", "road", "highway",
                 "motorway", "pickup", "jeep", "car", "apc", "bulldozer", "trailer"}),
)  # fmt: skip


@dataclass(slots=True)
class Draft:
    """A movement while its report is still being read."""

    event: Event
    sentence: Span
    passage: Passage
    kind: MovementKind
    status: Status
    actor: str | None
    actor_text: str | None
    origin: list[PlaceRef]
    destination: list[PlaceRef]
    via: list[PlaceRef]
    time: TimeExpression | None
    amounts: Amounts
    speaker: str | None
    mode: Mode
    inferred_actor: bool = False


@dataclass(slots=True)
class Narrator:
    """Reads the paragraphs of one report in order and remembers what later sentences refer to."""

    report: Report
    context: Context
    gazetteer: Gazetteer
    speaker: str | None = None
    forces: list[tuple[str, bool, int | None]] = field(default_factory=list)
    """Forces named so far, latest last; whether each is a group rather than a state; offset if in this sentence."""
    organisations: set[str] = field(default_factory=set)
    anchor: Interval | None = None
    road: tuple[PlaceRef, int] | None = None
    """The road a picture was taken on, and how many sentences ago."""
    last: Draft | None = None
    subject: Token | None = None
    """Subject of the sentence before that "they" may mean."""
    pending: tuple[MovementKind, TimeExpression, int] | None = None
    """Kind and time of an event told without a place, and how many sentences ago."""

    def read(self, passage: Passage) -> list[Movement]:
        """Return the movements of one paragraph."""
        if passage.caption:
            return []
        found: list[Draft] = []
        self.organisations |= {re.sub(r"^[Tt]he ", "", e.text) for e in passage.doc.ents if e.label_ == "ORG"}
        chunks = deque(passage.doc.noun_chunks)
        for sentence in passage.doc.sents:
            self._remember_forces(list(_taken(chunks, sentence.end)))
            events = find_events(sentence, passage)
            drafts = _join_within([d for e in events for d in self._drafts(e, sentence, passage)])
            found += drafts
            self._remember(sentence, passage, drafts, events)
        return [self._movement(draft) for draft in found]

    def _drafts(self, event: Event, sentence: Span, passage: Passage) -> list[Draft]:
        """Return what one event tells: nothing, one movement, or an advance and a retreat."""
        if not event.has_place or is_speculative(event.trigger.token):
            return []
        frame = event.trigger.entry.frame
        if frame is not Frame.EXPEL:
            draft = self._draft(event, event.mover, sentence, passage)
            return [draft] if draft else []
        winner = self._draft(event, event.mover, sentence, passage)
        loser = self._draft(event, event.expelled, sentence, passage)
        if winner:
            winner.destination, winner.origin = winner.origin, []
        if loser:
            loser.kind = MovementKind.RETREAT
        return [d for d in (winner, loser) if d]

    def _draft(self, event: Event, mover: Token | None, sentence: Span, passage: Passage) -> Draft | None:
        actor, text, inferred = self._mover(event, mover)
        if actor is None and text is None:
            return None
        trigger = event.trigger.token
        status = read_status(trigger)
        speaker = self._in_full(find_speaker(trigger, self.speaker))
        self.speaker = speaker or self.speaker
        kind = event.trigger.entry.kind
        if kind is MovementKind.DEPLOYMENT and event.origin and not event.destination:
            kind = MovementKind.WITHDRAWAL
        amounts = find_amounts(noun_phrase(mover).text) if mover is not None else Amounts()
        return Draft(
            event, sentence, passage, kind, status, actor, text,
            narrowed(event.origin), narrowed(event.destination), list(event.via) or self._seen_road(sentence),
            self._time(trigger, sentence, status, kind), amounts, speaker, _mode(event, mover), inferred_actor=inferred,
        )  # fmt: skip

    def _mover(self, event: Event, mover: Token | None) -> tuple[str | None, str | None, bool]:
        """Return actor, its words, and whether it was taken from earlier sentences; nothing if no force moves."""
        needs_force = event.trigger.entry.needs_force
        if mover is None:
            return (
                (self._earlier(group=False), "", True)
                if event.trigger.token.pos_ == "NOUN" and self.last
                else (None, None, False)
            )
        phrase = noun_phrase(mover)
        words = phrase.text.strip()
        if mover.lower_ in PERSONS and mover.pos_ in {"PRON", "NUM"}:
            return None, None, False
        if mover.lower_ in PRONOUNS:
            actor = self._antecedent(mover)
            return (actor, words, True) if actor else (None, None, False)
        if not moves_under_arms(mover, phrase):
            actor = self._actor(words)
            named = actor is not None and self._names(mover, words) and mover.ent_type_ != "PERSON"
            if not named or (needs_force and self._is_state(mover)):
                return None, None, False
            return actor, words, False
        if is_relief(phrase):
            return None, None, False
        actor = self._actor(words)
        if actor is None and event.sender is not None:
            actor = self._actor(noun_phrase(event.sender).text)
        if actor is not None:
            return actor, words, False
        if self.last and self.last.actor and _akin(self.last.kind, event.trigger.entry.kind):
            return self.last.actor, words, True
        return self._earlier(group=mover.lemma_.lower() in VAGUE_GROUPS, before=mover.idx + 1), words, True

    def _in_full(self, speaker: str | None) -> str | None:
        """Return "Syrian Observatory for Human Rights" for "Observatory", where the report has named it in full."""
        if speaker is None or not speaker[:1].isupper():
            return speaker
        longer = [name for name in self.organisations if re.search(rf"\b{re.escape(speaker)}\b", name)]
        return max(sorted(longer), key=len, default=speaker)

    def _names(self, head: Token, words: str) -> bool:
        """Whether a phrase without a noun of forces is the name of some: "the SDF", "Turkey", "the Kurds"."""
        if head.lemma_.lower() in load_lexicon().forces["not_forces"]:
            return False
        return names_actor(words, head.text, self.context.countries)

    def _antecedent(self, pronoun: Token) -> str | None:
        """Return whom "it" or "they" means: the one who says so, else the forces named last before."""
        verb = pronoun.head
        while verb.head.i != verb.i and verb.lemma_ not in load_lexicon().saying:
            verb = verb.head
        speaker = subject_of(verb) if verb.lemma_ in load_lexicon().saying else None
        if speaker is not None and speaker.i < pronoun.i and speaker.pos_ != "PRON" and (actor := self._force(speaker)):
            return actor
        subjects = [
            t for t in pronoun.sent if t.dep_ in {"nsubj", "nsubjpass"} and t.i < pronoun.i and t.pos_ != "PRON"
        ]
        said = {t for t in subjects if t.head.lemma_ in load_lexicon().saying}
        candidates = [t for t in subjects if t not in said] or ([self.subject] if self.subject is not None else [])
        return self._force(candidates[-1]) if candidates else None

    def _force(self, head: Token) -> str | None:
        """Return the forces a noun phrase names, or those it is told of, or None where it names none."""
        phrase = noun_phrase(head)
        if moves_under_arms(head, phrase):
            return self._actor(phrase.text) or self._earlier(group=False)
        return self._actor(phrase.text) if self._names(head, phrase.text) else None

    def _actor(self, words: str) -> str | None:
        return find_actor(words, self.context.countries, self.gazetteer)

    def _is_state(self, mover: Token) -> bool:
        """Whether the words are a bare country or capital, of which everything is said that its people do."""
        found = self.gazetteer.candidates(mover.text)
        return bool(found) and (found[0].place.is_country or self.gazetteer.capital_of(found[0].place) is not None)

    def _earlier(self, *, group: bool, before: int | None = None) -> str | None:
        """Return the forces named last, of the sentence in hand only those that stand before an offset."""
        for name, grouped, at in reversed(self.forces[-8:]):
            if (not group or grouped) and (before is None or at is None or at < before):
                return name
        return None

    def _time(self, trigger: Token, sentence: Span, status: Status, kind: MovementKind) -> TimeExpression | None:
        """Return the time that belongs to the trigger, not to the one who speaks of it.

        A sentence without any takes that of the same event told just before without a place.
        """
        future = status in {Status.PLANNED, Status.ORDERED}
        times = find_times(sentence.text, self.report.published, future=future, anchor=self.anchor)
        owned = time_of(trigger, sentence, times)
        if owned is not None or times or future or self.pending is None or not _akin(self.pending[0], kind):
            return owned
        return self.pending[1]

    def _seen_road(self, sentence: Span) -> list[PlaceRef]:
        """Return the road a picture was taken on, where this sentence tells what the picture shows."""
        if self.road and self.road[1] <= 3 and (self.road[1] > 0 or _shows(sentence)):
            return [self.road[0]]
        return []

    def _remember_forces(self, chunks: list[Span]) -> None:
        """Note the forces a sentence names; a bare country counts only where it acts."""
        self.forces = [(name, group, None) for name, group, _ in self.forces[-8:]]
        for chunk in chunks:
            armed = moves_under_arms(chunk.root, chunk)
            if not armed and (chunk.root.pos_ != "PROPN" or not self._names(chunk.root, chunk.text)):
                continue
            actor = self._actor(chunk.text)
            state = self._is_state(chunk.root)
            if actor and (armed or not state or chunk.root.dep_ in {"nsubj", "nsubjpass"}):
                self.forces.append((actor, (not state and not armed) or is_group(actor), chunk.root.idx))

    def _remember(self, sentence: Span, passage: Passage, drafts: list[Draft], events: list[Event]) -> None:
        self._remember_road(sentence, passage, drafts)
        self.pending = (*self.pending[:2], self.pending[2] + 1) if self.pending and self.pending[2] < 2 else None
        times = find_times(sentence.text, self.report.published, anchor=self.anchor) if events else ()
        for event in events:
            if not event.has_place and (time := time_of(event.trigger.token, sentence, times)):
                self.pending = (event.trigger.entry.kind, time, 0)
        for draft in drafts:
            passage.focus.note(passage.base + sentence.end_char, [*draft.origin, *draft.via, *draft.destination])
            if draft.time and draft.time.interval:
                self.anchor = draft.time.interval
        self.last = drafts[-1] if drafts else self.last
        own = [
            t
            for t in sentence
            if t.dep_ in {"nsubj", "nsubjpass"} and t.pos_ != "PRON" and t.head.lemma_ not in load_lexicon().saying
        ]
        self.subject = own[0] if own else self.subject

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

    def _movement(self, draft: Draft) -> Movement:
        interval = draft.time.interval if draft.time else None
        published = self.report.published
        provenance = claim_of(self.report, draft.passage, draft.sentence, marks=_marks(draft), speaker=draft.speaker)
        return Movement(
            id="", provenance=provenance, trigger=" ".join(t.text for t in draft.event.trigger.words),
            actor=draft.actor, actor_text=draft.actor_text or None,
            origin=tuple(draft.origin), destination=tuple(draft.destination), via=tuple(draft.via),
            date=interval, date_text=draft.time.text if draft.time else None,
            status=draft.status, kind=draft.kind, mode=draft.mode,
            vehicles=draft.amounts.vehicles, vehicles_text=draft.amounts.vehicles_text,
            troops=draft.amounts.troops, troops_text=draft.amounts.troops_text,
            confidence=_confidence(draft),
            background=bool(interval and published and interval.end < published - BACKGROUND_AFTER),
        )  # fmt: skip


def _taken(chunks: deque[Span], end: int) -> Iterator[Span]:
    """Yield and remove the phrases that begin before a token; asking each sentence for its own costs a whole pass."""
    while chunks and chunks[0].start < end:
        yield chunks.popleft()


def _akin(first: MovementKind, second: MovementKind) -> bool:
    """Whether two kinds can be tellings of one event."""
    leaving = {MovementKind.WITHDRAWAL, MovementKind.RETREAT, MovementKind.EVACUATION, MovementKind.CONVOY}
    return first is second or {first, second} <= leaving


def _shows(sentence: Span) -> bool:
    return any(t.lemma_.lower() in load_lexicon().incidents["footage"] for t in sentence)


def _mode(event: Event, mover: Token | None) -> Mode:
    words = {t.lemma_.lower() for t in noun_phrase(mover)} if mover is not None else set()
    words |= {t.lemma_.lower() for t in event.trigger.token.subtree if abs(t.i - event.trigger.token.i) < 12}
    return next((mode for mode, nouns in MODES if words & nouns), Mode.UNKNOWN)


def _marks(draft: Draft) -> tuple[tuple[int, int], ...]:
    """Return the spans of the words that carry the claim, in the quoted sentence."""
    quote = draft.sentence.text
    shift = len(quote) - len(quote.lstrip())
    spans = {
        (t.idx - draft.sentence.start_char, t.idx - draft.sentence.start_char + len(t))
        for t in draft.event.trigger.words
    }
    for words in [
        draft.actor_text,
        draft.time.text if draft.time else None,
        *(p.text for p in draft.origin + draft.destination + draft.via),
    ]:
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
    value = 0.9
    value *= 0.8 if draft.inferred_actor else 1.0
    places = draft.origin + draft.destination + draft.via
    value *= 0.8 if any(p.place is None for p in places) else 1.0
    value *= 0.8 if places and all(is_implied(p) for p in places) else 1.0
    return round(value * (1.0 if draft.speaker else 0.95), 2)


def _join_within(drafts: list[Draft]) -> list[Draft]:
    """Join the steps of one trip told in one sentence: "entered A from B, carrying forces to C"."""
    joined: list[Draft] = []
    for draft in drafts:
        target = next((d for d in joined if _same_trip(d, draft)), None)
        if target is None:
            joined.append(draft)
            continue
        for slot in ("origin", "destination", "via"):
            setattr(target, slot, narrowed(getattr(target, slot) + getattr(draft, slot)))
        target.time = target.time or draft.time
        target.amounts = target.amounts if target.amounts != Amounts() else draft.amounts
    return joined


def _same_trip(first: Draft, second: Draft) -> bool:
    if not allied(first.actor, second.actor) or first.status != second.status:
        return False
    if first.event.trigger.entry.frame is not second.event.trigger.entry.frame:
        return False
    if {first.kind, second.kind} == {MovementKind.RETREAT, MovementKind.ADVANCE}:
        return False
    movers = {t.i for t in (first.event.mover, first.event.sender) if t is not None}
    if movers & {t.i for t in (second.event.mover, second.event.sender) if t is not None}:
        return fit(first.origin, second.origin) and fit(first.destination, second.destination)
    return share(first.origin, second.origin) or share(first.destination, second.destination)
