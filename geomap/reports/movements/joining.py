"""Several tellings of one movement joined: same forces, same direction, places that fit into each other."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from geomap.models import MovementKind, Status
from geomap.reports.forces.actors import allied
from geomap.reports.places.focus import is_implied

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomap.models import Interval, Movement, Place, PlaceRef

__all__ = ["fit", "merge_movements", "narrowed", "share"]

_NEAR_STATUS = ({Status.COMPLETED, Status.ONGOING}, {Status.PLANNED, Status.ORDERED})
"""Tellings of one event may differ by so much: "are leaving" and "left", "ordered to" and "will"."""


NEXT_SENTENCE = 160
"""Characters that may stand between two sentences of one trip."""
TAKEN_UP = {"the", "they", "it", "these", "those", "their", "its"}
"""First words of a mover that was named before."""
ARRIVING = {MovementKind.ENTRY, MovementKind.CONVOY, MovementKind.WITHDRAWAL, MovementKind.RETREAT}
COMING = {MovementKind.CONVOY, MovementKind.WITHDRAWAL}
GOING = {s: set(pair) for pair in _NEAR_STATUS for s in pair}
ONE_TRIP = timedelta(days=2)
"""A convoy is hardly on its way for longer; what follows later is another step."""


def merge_movements(movements: Sequence[Movement]) -> tuple[Movement, ...]:
    """Return the movements of one report with repeated ones joined; the fullest telling is kept and completed."""
    merged: list[Movement] = []
    for movement in movements:
        index = next((i for i, m in enumerate(merged) if _same_event(m, movement)), None)
        if index is None:
            merged.append(movement)
        else:
            merged[index] = _completed(merged[index], movement)
    return tuple(merged)


def _same_event(a: Movement, b: Movement) -> bool:
    """Whether two tellings of one report can be one movement: same actor, status and direction, places that fit."""
    if not allied(a.actor, b.actor):
        return False
    if _goes_on(a, b):
        return True
    if a.date and b.date and not _overlap(a.date, b.date):
        return False
    same = _same(a.origin, b.origin) or _same(a.destination, b.destination) or _retold(a, b)
    if a.status is not b.status and not (same and {a.status, b.status} in _NEAR_STATUS):
        return False
    return _retold(a, b) or (
        (same or _vaguer(b, a))
        and fit(a.origin, b.origin)
        and fit(a.destination, b.destination)
        and not share(a.origin, b.destination)
        and not share(a.destination, b.origin)
    )


def _goes_on(a: Movement, b: Movement) -> bool:
    """Whether the next sentence tells the other end of the same trip: "left A … By evening the vehicles reached B"."""
    near = 0 <= b.provenance.start - a.provenance.end < NEXT_SENTENCE
    taken_up = (b.actor_text or "").lower().split(" ")[0] in TAKEN_UP
    if not near or not taken_up or b.status not in GOING.get(a.status, {a.status}):
        return False
    soon = not (a.date and b.date) or abs(b.date.start - a.date.end) <= ONE_TRIP
    onwards = a.origin and not a.destination and b.destination and not b.origin and b.kind in ARRIVING
    told = tuple(ref for ref in b.destination if not (is_implied(ref) and share([ref], a.destination)))
    back = b.origin and not told and not a.origin and (a.destination or a.via) and b.kind in COMING
    return soon and bool(onwards or back) and not share(a.origin + a.destination, b.origin + told)


def _retold(a: Movement, b: Movement) -> bool:
    """Whether two tellings share their word and one has no place of its own: "invaded A … now that it has invaded"."""
    own = [any(not is_implied(ref) for ref in m.origin + m.via + m.destination) for m in (a, b)]
    return own[0] != own[1] and a.kind is b.kind and a.trigger[:4].lower() == b.trigger[:4].lower()


def _vaguer(later: Movement, earlier: Movement) -> bool:
    """Whether a later sentence only says again, less closely, what an earlier one told: "they entered Iraq"."""
    slots = ((later.origin, earlier.origin), (later.destination, earlier.destination))
    filled = [(vague, close) for vague, close in slots if vague]
    return bool(filled) and all(
        any(_contains(v.place, c.place) for c in close) for vague, close in filled for v in vague
    )


def _same(first: Sequence[PlaceRef], second: Sequence[PlaceRef]) -> bool:
    """Whether two slots name one and the same place, in so many words."""
    named = [[ref.place.id for ref in slot if ref.place and not is_implied(ref)] for slot in (first, second)]
    return bool(set(named[0]) & set(named[1]))


def _overlap(a: Interval, b: Interval) -> bool:
    return a.start <= b.end and b.start <= a.end


def _completed(a: Movement, b: Movement) -> Movement:
    """Return the fuller of two tellings with what only the other says."""
    main, other = (b, a) if _fullness(b) > _fullness(a) else (a, b)
    if _retold(a, b):
        other = replace(other, origin=(), destination=(), via=())
    dated = main if main.date or main.date_text else other
    counted = main if main.vehicles or main.troops else other
    return replace(
        main,
        origin=tuple(narrowed([*main.origin, *other.origin])),
        destination=tuple(narrowed([*main.destination, *other.destination])),
        via=main.via or other.via,
        date=dated.date, date_text=dated.date_text, background=dated.background,
        vehicles=counted.vehicles, vehicles_text=counted.vehicles_text,
        troops=counted.troops, troops_text=counted.troops_text,
        confidence=max(main.confidence, other.confidence),
    )  # fmt: skip


def _fullness(m: Movement) -> int:
    headline = m.provenance.quote[-1:] not in {".", "!", "?", "”", '"'}
    spots = sum(bool(p.place and not p.place.is_area) for p in m.origin + m.destination)
    implied = all(is_implied(ref) for ref in m.origin + m.via + m.destination)
    return (
        2 * (bool(m.origin) + bool(m.destination))
        + spots
        + bool(m.via)
        + bool(m.date)
        + bool(m.date_text)
        + bool(m.vehicles or m.troops)
        - 3 * headline
        - 4 * implied
    )


def fit(first: Sequence[PlaceRef], second: Sequence[PlaceRef]) -> bool:
    """Whether two slots can be one: either is empty, or a place of one lies in a place of the other."""
    return not first or not second or share(first, second)


def share(first: Sequence[PlaceRef], second: Sequence[PlaceRef]) -> bool:
    """Whether a place of one slot lies in a place of the other, or is it."""
    return any(_contains(a.place, b.place) or _contains(b.place, a.place) for a in first for b in second)


def _contains(outer: Place | None, inner: Place | None) -> bool:
    if outer is None or inner is None:
        return False
    if outer.id == inner.id:
        return True
    if outer.is_country:
        return outer.country == inner.country
    return outer.feature == "A.ADM1" and outer.admin1_code is not None and outer.admin1_code == inner.admin1_code


def narrowed(places: list[PlaceRef]) -> list[PlaceRef]:
    """Leave out what another place of the slot lies in, and repetitions."""
    kept: list[PlaceRef] = []
    for ref in places:
        if any(o.place != ref.place and _contains(ref.place, o.place) for o in places):
            continue
        if all(o.place is None or o.place != ref.place for o in kept):
            kept.append(ref)
    return kept
