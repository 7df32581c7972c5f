"""Movements that several reports tell of: which tellings are one event, what is drawn of it, where they differ.

Each report keeps its own telling; an event only ties them together. Two tellings are one event when the same forces
go the same way between the same places at the same time, in numbers that are near. Where that is not clear they stay
apart: two lines for one convoy mislead less than one line for two.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from geomap.models import Difference, Event, Interval, Movement, Status
from geomap.reports.forces.actors import allied
from geomap.reports.movements.joining import fit, share

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Sequence

    from geomap.models import Place, PlaceRef, Reading

__all__ = ["as_known", "events_of", "link_movements"]

NEAR_M = 15_000.0
"""Two spots no farther apart, in metres, may be one place told by different names: a town and its outskirts."""
TOLD_WITHIN = timedelta(days=2)
"""What a report tells without a day is taken to have happened at most so long before it was published."""
SLACK = timedelta(days=1)
"""Reports of one night differ by a day."""
FOLLOW_UP = timedelta(days=30)
"""What was planned or ordered and then done within this is taken for the same movement."""
NEAR_NUMBERS = 2.0
"""Counts of one column by several observers differ by up to this factor; beyond it they count two."""
ANOTHER = frozenset(
    ["second", "third", "fourth", "fifth", "another", "new", "fresh", "further", "additional", "latest"]
)
"""Words that set one column apart from the one before."""
_CELL_DEG = 0.25
_TO_COME = frozenset([Status.PLANNED, Status.ORDERED])
_STEPS = (Status.DENIED, Status.PLANNED, Status.ORDERED, Status.ONGOING, Status.COMPLETED)


def link_movements(readings: Sequence[Reading]) -> tuple[Reading, ...]:
    """Return the readings with the movements that several of them tell of marked by a common `Movement.event`.

    Movements of one report are never linked: the reader has joined what it tells twice.
    """
    groups: list[list[Movement]] = []
    found: defaultdict[Hashable, list[int]] = defaultdict(list)
    for movement in _in_time(m for reading in readings for m in reading.movements):
        keys = set(_keys(movement))
        rivals = sorted({number for key in keys for number in found[key]})
        number = next((n for n in rivals if _belongs(movement, groups[n])), len(groups))
        if number == len(groups):
            groups.append([])
        groups[number].append(movement)
        for key in keys:
            found[key].append(number)
    names = {m.id: _fullest(group).id for group in groups if len(group) > 1 for m in group}
    return tuple(
        replace(reading, movements=tuple(replace(m, event=names.get(m.id)) for m in reading.movements))
        for reading in readings
    )


def events_of(readings: Iterable[Reading]) -> tuple[Event, ...]:
    """Return the events of linked readings in the order of their first telling, also those told only once."""
    groups: dict[str, list[Movement]] = {}
    for number, movement in enumerate(m for reading in readings for m in reading.movements):
        groups.setdefault(movement.event or f"{movement.id}#{number}", []).append(movement)
    return tuple(_event(group) for group in groups.values())


def as_known(event: Event, day: date) -> Movement | None:
    """Return the movement that stands for an event by what was published up to a day; None where nothing was yet.

    A telling without a day of publication is never known to have been there.
    """
    told = [m for m in event.tellings if m.provenance.published and m.provenance.published <= day]
    return _event(told).lead if told else None


def _in_time(movements: Iterable[Movement]) -> list[Movement]:
    """Return movements by day of publication, so that an event does not depend on the order of the input."""
    return sorted(movements, key=lambda m: (m.provenance.published or date.max, m.provenance.report_id, m.id))


def _keys(movement: Movement) -> Iterator[Hashable]:
    """Yield what two tellings of one event have in common at least one of: a cell of the map, or an area."""
    for slot, refs in (("from", movement.origin), ("to", movement.destination)):
        for place in (ref.place for ref in refs if ref.place):
            if place.is_area:
                yield slot, place.id
                continue
            x, y = round(place.lon / _CELL_DEG), round(place.lat / _CELL_DEG)
            yield from ((slot, x + east, y + north) for east in (-1, 0, 1) for north in (-1, 0, 1))


def _belongs(movement: Movement, group: Sequence[Movement]) -> bool:
    """Whether a telling is of the same event as all tellings of a group, none of them of its own report."""
    report = movement.provenance.report_id
    return all(report != other.provenance.report_id and _same_event(other, movement) for other in group)


def _same_event(a: Movement, b: Movement) -> bool:
    return (
        _same_way(a, b)
        and _same_forces(a, b)
        and _same_time(a, b)
        and _near_numbers(a.vehicles, b.vehicles)
        and _near_numbers(a.troops, b.troops)
        and a.background == b.background
    )


def _same_way(a: Movement, b: Movement) -> bool:
    """Whether two tellings name the same end, and nothing that speaks against it; areas alone need both ends."""
    if _meet(a.origin, b.destination) or _meet(a.destination, b.origin):
        return False
    at_origin, at_destination = _meet(a.origin, b.origin), _meet(a.destination, b.destination)
    if at_origin and at_destination:
        return True
    spot = _meet(_spots(a.origin), _spots(b.origin)) or _meet(_spots(a.destination), _spots(b.destination))
    return spot and (at_origin or fit(a.origin, b.origin)) and (at_destination or fit(a.destination, b.destination))


def _meet(first: Iterable[PlaceRef], second: Iterable[PlaceRef]) -> bool:
    """Whether a place of one slot is a place of the other, or near it."""
    return any(_near(a.place, b.place) for a in first for b in second if a.place and b.place)


def _spots(refs: Iterable[PlaceRef]) -> tuple[PlaceRef, ...]:
    return tuple(ref for ref in refs if ref.place and not ref.place.is_area)


def _near(a: Place, b: Place) -> bool:
    if a.id == b.id:
        return True
    if a.is_area or b.is_area:
        return False
    from geomap.geometry.geodesy import distance_m

    return distance_m(a.lon, a.lat, b.lon, b.lat) <= NEAR_M


def _same_forces(a: Movement, b: Movement) -> bool:
    """Whether two tellings can be of the same forces; one that names none needs both ends to agree."""
    if bool(_another(a)) != bool(_another(b)):
        return False
    if a.actor is None or b.actor is None:
        return _meet(a.origin, b.origin) and _meet(a.destination, b.destination)
    return allied(a.actor, b.actor)


def _another(movement: Movement) -> frozenset[str]:
    return ANOTHER & frozenset((movement.actor_text or "").lower().split())


def _same_time(a: Movement, b: Movement) -> bool:
    """Whether two tellings can be of one time: days that meet, or a plan and what came of it."""
    if (a.status in _TO_COME) is (b.status in _TO_COME):
        first, second = _days(a), _days(b)
        return not first or not second or (first.start - SLACK <= second.end and second.start - SLACK <= first.end)
    plan, deed = (a, b) if a.status in _TO_COME else (b, a)
    said, done = plan.provenance.published, _days(deed)
    return said is None or done is None or said - SLACK <= done.end <= said + FOLLOW_UP


def _days(movement: Movement) -> Interval | None:
    """Return the days on which a movement happened or is to happen, as far as its report tells."""
    published = movement.provenance.published
    if movement.date or published is None:
        return movement.date
    if movement.status in _TO_COME:
        return Interval(published, published + FOLLOW_UP)
    return Interval(published - TOLD_WITHIN, published)


def _near_numbers(a: int | None, b: int | None) -> bool:
    return not a or not b or max(a, b) <= NEAR_NUMBERS * min(a, b)


def _event(group: Sequence[Movement]) -> Event:
    tellings = tuple(_in_time(group))
    if len(tellings) == 1:
        return Event(group[0], tellings)
    fullest = next((m for m in tellings if m.id == m.event), None) or _fullest(tellings)
    status = _status(tellings)
    alike = [m for m in (fullest, *tellings) if (m.status in _TO_COME) is (status in _TO_COME)]
    dated = next((m for m in alike if m.date), alike[0])
    lead = replace(fullest, status=status, date=dated.date, date_text=dated.date_text)
    return Event(lead, tellings, tuple(_differences(tellings)))


def _fullest(tellings: Sequence[Movement]) -> Movement:
    """Return the telling that says most; of equals the first."""
    return max(tellings, key=_fullness)


def _fullness(m: Movement) -> int:
    spots = len(_spots(m.origin)[:1]) + len(_spots(m.destination)[:1])
    facts = (m.origin, m.destination, m.via, m.actor, m.date, m.vehicles or m.troops)
    return 2 * spots + sum(bool(fact) for fact in facts)


def _status(tellings: Sequence[Movement]) -> Status:
    """Return how far the event has come by its newest telling; a denial by some does not undo what others tell."""
    told = [m for m in tellings if m.status is not Status.DENIED] or list(tellings)
    newest = told[-1].provenance.published
    return max((m.status for m in told if m.provenance.published == newest), key=_STEPS.index)


def _differences(tellings: Sequence[Movement]) -> Iterator[Difference]:
    """Yield what the tellings of one event say differently."""
    days = [(m.date.iso(), m) for m in tellings if m.date and m.status not in _TO_COME]
    if days and any(not _overlap(m.date, days[0][1].date) for _, m in days):
        yield _difference("day", days)
    for what in ("vehicles", "troops"):
        counted = [(f"{number:,}", m) for m in tellings if (number := getattr(m, what))]
        if len({words for words, _ in counted}) > 1:
            yield _difference(what, counted)
    for what, slot in (("origin", "origin"), ("destination", "destination")):
        placed = [(_names(refs), m) for m in tellings if (refs := getattr(m, slot))]
        if placed and any(not share(getattr(m, slot), getattr(placed[0][1], slot)) for _, m in placed):
            yield _difference(what, placed)
    named = [(m.actor, m) for m in tellings if m.actor]
    if len({actor for actor, _ in named}) > 1:
        yield _difference("forces", named)
    if {m.status for m in tellings} > {Status.DENIED}:
        yield _difference("status", [(m.status.value, m) for m in tellings])


def _overlap(a: Interval | None, b: Interval | None) -> bool:
    return a is None or b is None or (a.start <= b.end and b.start <= a.end)


def _names(refs: Sequence[PlaceRef]) -> str:
    return ", ".join(ref.place.name if ref.place else ref.text for ref in refs)


def _difference(what: str, said: Sequence[tuple[str, Movement]]) -> Difference:
    return Difference(what, tuple((words, m.id) for words, m in said))
