"""Movements and incidents of a report in another language, read without a parse.

The reader knows no language: all words come from the lexicon. It reads sentence by sentence, and remembers of those
before who acted last and which place was named last.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from geomap.models import Incident, IncidentKind, Mode, Movement, MovementKind, PlaceRef, Provenance, Role, Status
from geomap.reports.forces.amounts import Amounts
from geomap.reports.languages.casting import Cast, cast
from geomap.reports.languages.clauses import Clause, HeadKind, Spot, clauses
from geomap.reports.languages.dates import Time, Times
from geomap.reports.languages.movers import Force, Forces
from geomap.reports.languages.numbers import find_amounts
from geomap.reports.languages.slots import LEAVING, Slots, fill, mark_of
from geomap.reports.languages.speakers import find_speaker
from geomap.reports.languages.status import is_speculative, read_status
from geomap.reports.lexicon import Frame
from geomap.reports.movements.joining import narrowed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geomap.models import Report
    from geomap.reports.languages.lexicon import Lexicon
    from geomap.reports.languages.tokens import Sentence
    from geomap.reports.places.resolve import Context

__all__ = ["Teller"]

BACKGROUND_AFTER = timedelta(days=31)
"""What ended longer before publication is told as history."""
INCIDENTS = {
    HeadKind.STRIKE: IncidentKind.STRIKE, HeadKind.SHELLING: IncidentKind.SHELLING, HeadKind.CLASH: IncidentKind.CLASH,
}  # fmt: skip
YIELDING = frozenset([MovementKind.WITHDRAWAL, MovementKind.RETREAT])
"""Kinds of movement that make room for others."""
COME = frozenset([Status.PLANNED, Status.ORDERED])


@dataclass(slots=True)
class _Draft:
    """A movement while its sentence is being read."""

    clause: Clause
    role: Cast
    slots: Slots
    status: Status
    kind: MovementKind
    time: Time | None
    amounts: Amounts
    speaker: str | None
    mode: Mode


@dataclass(slots=True)
class Teller:
    """Reads the sentences of one report in order."""

    report: Report
    lexicon: Lexicon
    context: Context
    last: Force | None = None
    """Who acted last, in a sentence before."""
    place: PlaceRef | None = None
    """The place named last."""
    day: date | None = None
    """The day of the movement told last."""
    taken: tuple[str | None, PlaceRef] | None = None
    """Who took which place in the movement told last."""
    movements: list[Movement] = field(default_factory=list)
    incidents: list[Incident] = field(default_factory=list)
    _times: Times | None = None
    _forces: Forces | None = None

    def read(self, sentence: Sentence, spots: Sequence[Spot]) -> None:
        """Add what a sentence tells.

        Parameters
        ----------
        sentence
            The next sentence.
        spots
            Its place names.
        """
        told = clauses(sentence, self.lexicon, spots)
        drafts: list[_Draft] = []
        if told:
            names = frozenset(at for spot in spots for at in range(spot.first, spot.last))
            forces = self.forces.find(sentence.words, self._no_forces(sentence, spots), names)
            inside = [s for s in spots if not _part_of_force(s, forces)]
            drafts = self._drafts(told, inside, forces)
            self.movements += [self._movement(d) for d in _joined(drafts)]
            self._add_incidents(told, inside, forces)
            self._remember(forces, drafts)
        named = [s for s in spots if _is_named(s)]
        scenes = [scene for d in drafts if (scene := _scene(d))]
        if drafts:
            self.taken = self._taken_place(drafts[-1])
        if scenes:
            self.place = scenes[-1]
        elif named and not (drafts and self.place):
            self.place = _ref(named[-1])

    @property
    def forces(self) -> Forces:
        """The reader of phrases of forces."""
        if self._forces is None:
            self._forces = Forces(self.lexicon, self.context.countries)
        return self._forces

    @property
    def times(self) -> Times:
        """The reader of times."""
        if self._times is None:
            self._times = Times(self.lexicon, self.report.published, self.report.text)
        return self._times

    def _no_forces(self, sentence: Sentence, spots: Sequence[Spot]) -> frozenset[int]:
        """Return the words that name places only: a country may be forces where it acts, or where they are its own."""
        return frozenset(
            at
            for spot in spots
            if spot.mention.role is Role.PLACE
            and (spot.mention.place is None or not spot.mention.place.is_country or not self._acts(spot, sentence))
            for at in range(spot.first, spot.last)
        )

    def _acts(self, spot: Spot, sentence: Sentence) -> bool:
        """Whether the name of a country stands for its forces: as a subject, or right after their noun."""
        words, lexicon = sentence.words, self.lexicon
        mark = mark_of(spot, words, lexicon)
        before = range(max(0, spot.first - 2), spot.first)
        if mark == "of" and lexicon.order.marks_after:
            before = range(spot.last, min(len(words), spot.last + 5))
        if mark in {"bare", "of"} and any(
            lexicon.forces[k].at(words, n) for n in before for k in ("people", "vehicles")
        ):
            return True
        if mark != "bare":
            return False
        if lexicon.order.verb_last:
            return True
        head = next((n for n in range(len(words)) if lexicon.triggers.at(words, n)), len(words))
        return spot.first < head or (lexicon.order.subject_after and spot.first == head + 1)

    def _drafts(self, told: Sequence[Clause], spots: Sequence[Spot], forces: Sequence[Force]) -> list[_Draft]:
        drafts: list[_Draft] = []
        for n, clause in enumerate(told):
            if clause.head.kind is not HeadKind.MOVEMENT or self._looks_only_like_it(clause):
                continue
            slots = fill(clause, spots, self.lexicon, earlier=self._named_before(clause, spots, drafts))
            if not slots:
                continue
            after = told[n + 1] if n + 1 < len(told) else None
            before = _moved(drafts[-1]) if drafts else None
            countries = self.context.countries
            roles = cast(clause, forces, self.lexicon, before=before, last=self.last, countries=countries)
            drafts += [self._draft(clause, role, slots, after, told) for role in roles]
            self._yield_ground(drafts, clause)
        return drafts

    def _yield_ground(self, drafts: Sequence[_Draft], clause: Clause) -> None:
        """Let those who go without a word of where from go from the place that others were just said to have taken."""
        mine = next((d for d in reversed(drafts) if d.clause is clause), None)
        if mine is None or mine.slots.origin or mine.kind not in YIELDING or mine.status is not Status.COMPLETED:
            return
        others = [d for d in drafts if d.clause is not clause]
        taken = self._taken_place(others[-1]) if others else self.taken
        if taken is None or taken[0] == mine.role.actor:
            return
        place = taken[1]
        if all(ref.place is None or ref.place != place.place for ref in mine.slots.destination):
            mine.slots.origin.append(replace(place, reason=f"taken for {place.text}, which others took"))

    def _taken_place(self, draft: _Draft) -> tuple[str | None, PlaceRef] | None:
        """Return who took which place in a draft, or None where nobody did."""
        scene = _scene(draft)
        if scene is None or draft.kind in YIELDING:
            return None
        return draft.role.actor, scene

    def _looks_only_like_it(self, clause: Clause) -> bool:
        own = sorted(clause.own)
        return (
            any(self.lexicon.look_alikes.at(clause.words, at) for at in (*own, *range(clause.start, clause.stop)))
            or is_speculative(clause, self.lexicon)
        )  # fmt: skip

    def _named_before(self, clause: Clause, spots: Sequence[Spot], drafts: Sequence[_Draft]) -> PlaceRef | None:
        """Return what "the town" means in a clause: where the movement before ended, else the place named last."""
        scenes = [scene for d in drafts if (scene := _scene(d))]
        if scenes:
            return scenes[-1]
        named = [s for s in spots if s.first not in clause.own and s.last <= clause.head.first and _is_named(s)]
        return _ref(named[-1]) if named else self.place

    def _draft(self, clause: Clause, role: Cast, slots: Slots, after: Clause | None, told: Sequence[Clause]) -> _Draft:
        entry = clause.head.entry
        assert entry is not None
        kind, own = entry.kind, slots
        if entry.frame is Frame.EXPEL:
            own = Slots(destination=slots.origin) if role.wins else Slots(slots.origin, slots.destination, slots.via)
            kind = MovementKind.ADVANCE if role.wins else MovementKind.RETREAT
        status = read_status(clause, self.lexicon, after=after)
        if kind is MovementKind.DEPLOYMENT and own.origin and not own.destination:
            kind = MovementKind.WITHDRAWAL
        time = self._time(clause, told, future=status in COME)
        if time is not None and time.interval is not None:
            self.day = time.interval.end
        published = self.report.published
        if status in {Status.COMPLETED, Status.ONGOING} and time and time.interval and published:
            status = Status.PLANNED if time.interval.start > published else status
        amounts = self._amounts(clause, role)
        speaker = find_speaker(clause, told, self.lexicon, self.report.text)
        return _Draft(clause, role, own, status, kind, time, amounts, speaker, self._mode(clause, role))

    def _time(self, clause: Clause, told: Sequence[Clause], *, future: bool) -> Time | None:
        """Return the time of a clause: its own, or the one that opens the sentence."""
        times = self.times.find(clause.words, future=future, anchor=self.day)
        own = [t for t in times if t.first in clause.own]
        if own:
            return min(own, key=lambda t: min(abs(t.first - clause.head.first), abs(t.last - clause.head.first)))
        spoken = {at for c in told if c.head.kind is HeadKind.SAYING for at in c.own}
        opening = [t for t in times if t.first < told[0].head.first and t.first not in spoken]
        return opening[0] if opening and not self.lexicon.order.verb_last else None

    def _amounts(self, clause: Clause, role: Cast) -> Amounts:
        if role.mover is None or role.inferred:
            return Amounts()
        found = find_amounts(clause.words, role.mover.first, role.mover.last, self.lexicon)
        if found == Amounts() and role.company is not None:
            return find_amounts(clause.words, role.company.first, role.company.last, self.lexicon)
        return found

    def _mode(self, clause: Clause, role: Cast) -> Mode:
        places = set(clause.head.at) | set(clause.own)
        if role.mover is not None and not role.inferred:
            places |= set(range(role.mover.first, role.mover.last))
        for name, matcher in self.lexicon.modes.items():
            if any(matcher.at(clause.words, at) for at in places):
                return Mode(name)
        return Mode.UNKNOWN

    def _add_incidents(self, told: Sequence[Clause], spots: Sequence[Spot], forces: Sequence[Force]) -> None:
        seen = {(i.kind, p.place.id if p.place else p.text) for i in self.incidents for p in i.places}
        for clause in told:
            kind = INCIDENTS.get(clause.head.kind)
            if kind is None or self.lexicon.status["negation"].any(
                clause.words, max(0, clause.head.first - 2), clause.head.first
            ):
                continue
            struck = (
                s
                for s in spots
                if s.first in clause.own and mark_of(s, clause.words, self.lexicon) not in {"origin", "via"}
            )
            places = tuple(_ref(s) for s in struck if s.mention.role is Role.PLACE and _is_spot(s))
            fresh = tuple(p for p in places if (kind, p.place.id if p.place else p.text) not in seen)
            if fresh:
                seen |= {(kind, p.place.id if p.place else p.text) for p in fresh}
                self.incidents.append(self._incident(clause, kind, fresh, told, forces))

    def _incident(
        self,
        clause: Clause,
        kind: IncidentKind,
        places: tuple[PlaceRef, ...],
        told: Sequence[Clause],
        forces: Sequence[Force],
    ) -> Incident:
        time = self._time(clause, told, future=False)
        near = [f for f in forces if f.first in clause.own and f.actor]
        first, last = clause.words[clause.head.first], clause.words[clause.head.last - 1]
        speaker = find_speaker(clause, told, self.lexicon, self.report.text)
        return Incident(
            id="", provenance=self._claim(clause, [(first.start, last.end)], speaker),
            kind=kind, trigger=self.report.text[first.start : last.end], actor=near[0].actor if near else None,
            places=places, date=time.interval if time else None, date_text=self._time_text(clause, time),
        )  # fmt: skip

    def _remember(self, forces: Sequence[Force], drafts: Sequence[_Draft]) -> None:
        movers = [mover for d in drafts if (mover := _moved(d)) is not None]
        named = [f for f in forces if f.actor is not None and f.armed]
        self.last = movers[0] if movers else named[-1] if named else self.last

    def _movement(self, draft: _Draft) -> Movement:
        clause, text = draft.clause, self.report.text
        mover = draft.role.mover
        interval, published = (draft.time.interval if draft.time else None), self.report.published
        spans = [(clause.words[at].start, clause.words[at].end) for at in clause.head.at]
        if mover is not None and not draft.role.inferred:
            spans.append((clause.words[mover.first].start, clause.words[mover.last - 1].end))
        if draft.time is not None:
            spans.append((clause.words[draft.time.first].start, clause.words[draft.time.last - 1].end))
        places = (*draft.slots.origin, *draft.slots.destination, *draft.slots.via)
        return Movement(
            id="", provenance=self._claim(clause, spans, draft.speaker),
            trigger=" ".join(clause.words[at].text for at in clause.head.at),
            actor=draft.role.actor,
            actor_text=mover.text(clause.words, text) if mover is not None and not draft.role.inferred else None,
            origin=tuple(narrowed(draft.slots.origin)), destination=tuple(narrowed(draft.slots.destination)),
            via=tuple(narrowed(draft.slots.via)),
            date=interval, date_text=self._time_text(clause, draft.time), status=draft.status, kind=draft.kind,
            mode=draft.mode, vehicles=draft.amounts.vehicles, vehicles_text=draft.amounts.vehicles_text,
            troops=draft.amounts.troops, troops_text=draft.amounts.troops_text,
            confidence=_confidence(draft, places),
            background=bool(interval and published and interval.end < published - BACKGROUND_AFTER),
        )  # fmt: skip

    def _time_text(self, clause: Clause, time: Time | None) -> str | None:
        if time is None:
            return None
        return self.report.text[clause.words[time.first].start : clause.words[time.last - 1].end]

    def _claim(self, clause: Clause, spans: Iterable[tuple[int, int]], speaker: str | None) -> Provenance:
        report, sentence = self.report, clause.sentence
        return Provenance(
            report.id, report.source, report.title, report.url, report.published,
            report.text[sentence.start : sentence.end], sentence.start, sentence.end,
            marks=tuple(sorted({(a - sentence.start, b - sentence.start) for a, b in spans})), attributed_to=speaker,
        )  # fmt: skip


def _part_of_force(spot: Spot, forces: Sequence[Force]) -> bool:
    """Whether a name only tells whose forces are meant: "the army of Mali"."""
    return any(f.armed and f.first <= spot.first < f.last for f in forces)


def _moved(draft: _Draft) -> Force | None:
    """Return who moves in a draft, under the name found for them."""
    mover = draft.role.mover
    return replace(mover, actor=draft.role.actor) if mover is not None else None


def _scene(draft: _Draft) -> PlaceRef | None:
    """Return the place that a movement is about: the one taken or entered, or the one left."""
    if draft.status is not Status.COMPLETED or draft.kind is MovementKind.CONVOY:
        return None
    places = draft.slots.origin if draft.kind in LEAVING else draft.slots.destination
    return next((p for p in reversed(places) if p.place is not None and not p.place.is_country), None)


def _ref(spot: Spot) -> PlaceRef:
    return PlaceRef(spot.mention.text, spot.mention.place)


def _is_named(spot: Spot) -> bool:
    """Whether a name is one of a place that "the town" may mean."""
    place = spot.mention.place
    return spot.mention.role is Role.PLACE and place is not None and not place.is_country


def _is_spot(spot: Spot) -> bool:
    """Whether a place is small enough to put a mark on."""
    place = spot.mention.place
    return place is not None and not place.is_country and place.feature != "L.RGN"


def _joined(drafts: Sequence[_Draft]) -> list[_Draft]:
    """Join the legs of one trip told in one sentence: "left A and went on through B to C"."""
    joined: list[_Draft] = []
    for draft in drafts:
        earlier = joined[-1] if joined else None
        if earlier is None or not _continues(earlier, draft):
            joined.append(draft)
            continue
        for name in ("origin", "destination", "via"):
            getattr(earlier.slots, name).extend(getattr(draft.slots, name))
        earlier.time = earlier.time or draft.time
        earlier.status = draft.status
        if earlier.amounts == Amounts():
            earlier.amounts = draft.amounts
    return joined


def _continues(earlier: _Draft, draft: _Draft) -> bool:
    """Whether a clause without a mover of its own tells the other end of the trip of the clause before it."""
    first, second = earlier.clause.head.entry, draft.clause.head.entry
    assert first is not None
    assert second is not None
    if not draft.role.shared or not _near(earlier.status, draft.status) or {first.frame, second.frame} != {Frame.GO}:
        return False
    clash = (earlier.slots.origin and draft.slots.origin) or (earlier.slots.destination and draft.slots.destination)
    return not clash


def _near(first: Status, second: Status) -> bool:
    """Whether two statuses can be those of two legs of one trip: "left A and is on its way to B"."""
    return first is second or {first, second} == {Status.COMPLETED, Status.ONGOING}


def _confidence(draft: _Draft, places: Sequence[PlaceRef]) -> float:
    """Return how surely a movement is read: less than in English, less for what is not said in so many words."""
    value = 0.8 if draft.speaker else 0.75
    value *= 0.8 if draft.role.inferred else 1.0
    value *= 0.8 if any(p.place is None for p in places) else 1.0
    return round(value, 2)
