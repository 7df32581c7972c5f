"""Tables of coded events: what those of ACLED, GDELT and others have in common once their columns are understood.

Each row is one event of one place. A place is a point, so a row is an incident and never a movement: where forces came
from or went to is not told. All rows of a table are one reading, whose text is what the rows quote, one a line.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from geomap.models import Incident, Issue, Provenance, Reading, Report

if TYPE_CHECKING:
    from datetime import date

    from geomap.models import IncidentKind, Interval, PlaceRef
    from geomap.reports.coded.databases import Database

__all__ = ["Event", "Events"]

_NAMED_MOST = 6
"""Codes that are not read and that an issue names, the most frequent first."""
_CODE_MOST = 60
"""Characters of a code that an issue shows; longer ones are cells that slipped into another column."""


@dataclass(frozen=True, slots=True)
class Event:
    """A row of such a table, its codes turned into terms of ours."""

    id: str
    kind: IncidentKind
    trigger: str
    """What the database calls events of this code."""
    actor: str | None
    place: PlaceRef
    days: Interval | None
    days_text: str | None
    quote: str
    """The words of the row that tell of it, verbatim."""
    said_by: str | None = None
    url: str | None = None
    published: date | None = None
    grade: str = "F6"
    note: str | None = None


@dataclass(slots=True)
class Events:
    """The events of one table while it is read, and what could not be used of it, counted.

    Parameters
    ----------
    database
        Who made the table.
    name
        Of the table: the id of its report and the start of the ids of its incidents.
    where
        The file in the words of issues.
    """

    database: Database
    name: str
    where: str
    incidents: list[Incident] = field(default_factory=list)
    _lines: dict[str, int] = field(default_factory=dict)
    """The offset in the text at which each quote starts."""
    _length: int = 0
    _ids: set[str] = field(default_factory=set)
    _troubles: dict[str, list[str]] = field(default_factory=dict)
    """What is wrong, with the rows it is wrong in."""
    _others: Counter[str] = field(default_factory=Counter)
    """How many rows have a code that is nothing geomap shows."""

    def add(self, event: Event) -> None:
        """Keep an event."""
        start = self._cite(event.quote)
        self._ids.add(event.id)
        self.incidents.append(
            Incident(
                id=f"{self.name}:{event.id}",
                provenance=Provenance(
                    report_id=self.name,
                    source=self.database.name,
                    title=None,
                    url=event.url,
                    published=event.published,
                    quote=event.quote,
                    start=start,
                    end=start + len(event.quote),
                    attributed_to=event.said_by,
                    grade=event.grade,
                    read_by=self.database.read_by,
                ),
                kind=event.kind,
                trigger=event.trigger,
                actor=event.actor,
                places=(event.place,),
                date=event.days,
                date_text=event.days_text,
                note=event.note,
            )
        )

    def _cite(self, quote: str) -> int:
        """Return where a quote starts in the text."""
        start = self._lines.get(quote)
        if start is None:
            start = self._lines[quote] = self._length
            self._length += len(quote) + 1
        return start

    def has(self, own_id: str) -> bool:
        """Whether an event with this id is kept."""
        return own_id in self._ids

    def trouble(self, at: str, what: str) -> None:
        """Count a row with something wrong, in words."""
        self._troubles.setdefault(what, []).append(at)

    def pass_over(self, code: str) -> None:
        """Count a row whose code is nothing geomap shows."""
        self._others[code if len(code) <= _CODE_MOST else f"{code[:_CODE_MOST]}…"] += 1

    def reading(self) -> Reading:
        """Return all events as the reading of one report; none of its days is the day of the whole."""
        text = "\n".join(self._lines)
        report = Report(self.name, text, source=self.database.name, lang=self.database.lang)
        return Reading(report, incidents=tuple(self.incidents))

    def issues(self) -> tuple[Issue, ...]:
        """Return what is wrong, once each, with how many rows it is wrong in and the first of them."""
        told = [
            Issue("load", f"{self.where}, {rows[0]}: {what}{_further(len(rows) - 1)}", self.name)
            for what, rows in self._troubles.items()
        ]
        if self._others:
            kinds = ", ".join(f"{count:,} {code}" for code, count in self._others.most_common(_NAMED_MOST))
            more = len(self._others) - _NAMED_MOST
            kinds += f" and {more} other kinds" if more > 0 else ""
            rows = _counted(self._others.total())
            told.append(Issue("load", f"{self.where}: {rows} of a kind that is not shown here left out: {kinds}"))
        return tuple(told)


def _further(rows: int) -> str:
    return f" (and {_counted(rows).replace(' ', ' further ', 1)})" if rows else ""


def _counted(rows: int) -> str:
    return "1 row" if rows == 1 else f"{rows:,} rows"
