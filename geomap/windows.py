"""Windows of days: which items of a reading lie in one, by the day they happened or by the day they were told."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from geomap.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from geomap.models import Area, Incident, Movement, Reading

__all__ = ["Clock", "Window", "days_told", "within"]

Clock = Literal["event", "report"]
"""``event``: when it happened; ``report``: when it was published."""


@dataclass(frozen=True, slots=True)
class Window:
    """Days from `since` to `until`, both included; None is open.

    By the clock of events an item counts by its days, and is inside where any of them is: "between 3 and 9 March" may
    have been on the 5th. Where its report tells no day it counts by the day of publication. By the clock of reports it
    counts by the day of publication alone. What has no day to count by is inside where `undated` is true.
    """

    since: date | None = None
    until: date | None = None
    clock: Clock = "event"
    undated: bool = True

    def __post_init__(self) -> None:
        if self.since and self.until and self.since > self.until:
            raise InputError(f"since {self.since} lies after until {self.until}; swap them")
        if self.clock not in {"event", "report"}:
            raise InputError(f"clock {self.clock!r} is none of event, report")

    @property
    def is_open(self) -> bool:
        """Whether nothing lies outside."""
        return self.since is None and self.until is None and self.undated

    def holds(self, first: date | None, last: date | None) -> bool:
        """Whether any of the days from first to last is inside; None where there are none."""
        if first is None or last is None:
            return self.undated
        return not (self.since and last < self.since) and not (self.until and first > self.until)


def within(readings: Iterable[Reading], window: Window) -> tuple[Reading, ...]:
    """Return readings with the items that lie in a window of days.

    By the clock of events a report stays also where nothing of it is left: it was read, and its issues were met. By
    the clock of reports one that was not yet there, or no longer asked for, goes with all that was read from it.
    """
    if window.is_open:
        return tuple(readings)
    if window.clock == "report":
        return tuple(r for r in readings if window.holds(_published(r), _published(r)))
    return tuple(_inside(reading, window) for reading in readings)


def days_told(readings: Iterable[Reading], clock: Clock = "event") -> tuple[date, ...]:
    """Return the days on which items begin or end, or were told, each once and in order.

    An item without a day of its own has that of its publication, as in a window; one without either has none.
    """
    found: set[date | None] = set()
    for item in _items(readings):
        found.update(_days(item) if clock == "event" else (item.provenance.published,))
    return tuple(sorted(day for day in found if day))


def _items(readings: Iterable[Reading]) -> Iterator[Movement | Area | Incident]:
    for reading in readings:
        yield from reading.movements
        yield from reading.areas
        yield from reading.incidents


def _days(item: Movement | Area | Incident) -> tuple[date | None, date | None]:
    published = item.provenance.published
    return (item.date.start, item.date.end) if item.date else (published, published)


def _inside(reading: Reading, window: Window) -> Reading:
    def inside(item: Movement | Area | Incident) -> bool:
        return window.holds(*_days(item))

    return replace(
        reading,
        movements=tuple(filter(inside, reading.movements)),
        areas=tuple(filter(inside, reading.areas)),
        incidents=tuple(filter(inside, reading.incidents)),
    )


def _published(reading: Reading) -> date | None:
    """Return when a report was published, by itself or, as of tables, by the claims that cite it."""
    told = (item.provenance.published for item in _items([reading]))
    return reading.report.published or next((day for day in told if day), None)
