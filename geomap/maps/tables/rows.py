"""Rows of a user's table -> records, with what is shown of them instead of the sentences made from reports."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from geomap.models import (
    Area,
    AreaKind,
    AreaPlan,
    How,
    Incident,
    IncidentKind,
    Issue,
    Leg,
    Movement,
    MovementKind,
    Place,
    PlaceRef,
    Provenance,
    Report,
    Route,
    Shape,
    Status,
)
from geomap.tables.cells import number_of
from geomap.tables.days import days_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from enum import StrEnum

    from shapely.geometry.base import BaseGeometry

    from geomap.maps.tables.columns import Columns
    from geomap.maps.tables.parts import Parts
    from geomap.models import Interval

    Kind = TypeVar("Kind", bound=StrEnum)

__all__ = ["Found", "Reader"]

_SPOT = "L.LCTY"
"""GeoNames' code for a locality of which nothing more is known."""
_WEAKEST = (How.REPORTED, How.INFERRED, How.SCHEMATIC)


@dataclass(slots=True)
class Found:
    """What a table was read as."""

    reports: dict[tuple[object, ...], Report] = field(default_factory=dict)
    movements: list[Movement] = field(default_factory=list)
    areas: list[Area] = field(default_factory=list)
    incidents: list[Incident] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    shown: dict[str, dict[str, object]] = field(default_factory=dict)
    """By the id of an item, what the page shows instead of what the record alone would say."""


@dataclass(frozen=True, slots=True)
class _Row:
    """What a row says, whatever its geometry is."""

    cells: Sequence[str]
    at: str
    id: str
    text: str
    label: str
    actor: str | None
    status: Status | None
    kind: str
    days: Interval | None
    days_text: str | None
    note: str | None
    claim: Provenance


@dataclass(slots=True)
class Reader:
    """Reads the rows of one table.

    Parameters
    ----------
    columns
        What the columns say.
    name
        Of the table: the start of ids and the id of its report.
    points_happen
        Points are incidents; otherwise places.
    taken
        Ids that other items of the map have.
    """

    columns: Columns
    name: str
    points_happen: bool
    taken: set[str]
    found: Found = field(default_factory=Found)
    _read_days: dict[tuple[str, str], tuple[Interval | None, str | None]] = field(default_factory=dict)

    def read(self, number: int, cells: Sequence[str], parts: Parts) -> None:
        """Add a row with the parts of its geometry, counted from 1."""
        row = self._row(number, cells)
        if parts.lines:
            self._movement(row, parts)
        if parts.outline is not None:
            self._area(row, parts.outline, parts.area_m2)
        if parts.points and self.points_happen:
            self._incident(row, parts.points)
        elif parts.points:
            self._place(row, parts.points)

    def _row(self, number: int, cells: Sequence[str]) -> _Row:
        text = self.columns.text
        at = f"row {number}"
        days, problem = self._days(text(cells, "date"), text(cells, "end"))
        if problem:
            self._issue(at, problem)
        status = text(cells, "status").lower()
        known = _one(Status, status)
        if status and known is None:
            self._issue(at, f"status {status!r} is none of {', '.join(Status)}; drawn as not known")
        words, label = text(cells, "text"), text(cells, "label")
        return _Row(
            cells,
            at,
            text(cells, "id") or f"{self.name}-{number}",
            words or label,
            label or words,
            text(cells, "actor") or None,
            known,
            text(cells, "kind"),
            days,
            text(cells, "date") if problem and days is None else None,
            text(cells, "note") or None,
            self._claim(cells, words or label),
        )

    def _days(self, first: str, last: str) -> tuple[Interval | None, str | None]:
        """Return the days from one cell to another, and what is wrong with them; each pair is read once."""
        key = (first, last)
        if key not in self._read_days:
            self._read_days[key] = days_of(first, last)
        return self._read_days[key]

    def _claim(self, cells: Sequence[str], quote: str) -> Provenance:
        source, title, url, written = (
            self.columns.text(cells, role) for role in ("source", "title", "url", "published")
        )
        days, _ = self._days(written, "")
        published = days.start if days else None
        key = (source, title, url, published)
        reports = self.found.reports
        if key not in reports:
            own = self.name if not reports else f"{self.name}-source-{len(reports) + 1}"
            reports[key] = Report(
                own, "", source=source or None, title=title or None, url=url or None, published=published
            )
        report = reports[key]
        return Provenance(report.id, report.source, report.title, report.url, published, quote, 0, len(quote))

    def _issue(self, at: str, message: str) -> None:
        self.found.issues.append(Issue("load", f"{at}: {message}", self.name))

    def _new_id(self, wanted: str) -> str:
        made, number = wanted, 2
        while made in self.taken:
            made, number = f"{wanted}-{number}", number + 1
        self.taken.add(made)
        return made

    def _show(self, item_id: str, row: _Row, what: str, *, kind: str, status: bool = True) -> None:
        """Keep what the page is to say of an item: the table's own words, and nothing it does not say."""
        words = row.label or f"{row.actor + ': ' if row.actor else ''}{what}, {row.at} of the table"
        shown: dict[str, object] = {"sentence": words, "label": words, "kind": kind}
        if status and row.status is None:
            shown["status"] = "unknown"
        if facts := self.columns.told(row.cells):
            shown["facts"] = facts
        self.found.shown[item_id] = shown

    def _movement(self, row: _Row, parts: Parts) -> None:
        confidence = number_of(self.columns.text(row.cells, "confidence"))
        if confidence is not None and not 0 <= confidence <= 1:
            self._issue(row.at, f"confidence {confidence:g} is not between 0 and 1; left out")
            confidence = None
        ways = [How(way) for way in self.columns.text(row.cells, "how").split("; ") if way in set(How)]
        how = max(ways or [How.REPORTED], key=_WEAKEST.index)
        item_id = self._new_id(row.id)
        self.found.movements.append(
            Movement(
                item_id,
                row.claim,
                trigger="",
                actor=row.actor,
                actor_text=row.actor,
                date=row.days,
                date_text=row.days_text,
                status=row.status or Status.COMPLETED,
                kind=_kind(MovementKind, row.kind, MovementKind.DEPLOYMENT),
                confidence=1.0 if confidence is None else confidence,
                route=Route(tuple(Leg(how, *leg) for leg in zip(parts.lines, parts.lengths_m, strict=True))),
                note=row.note,
            )
        )
        self._show(item_id, row, "line", kind=row.kind or "line")

    def _area(self, row: _Row, outline: BaseGeometry, area_m2: float) -> None:
        shape = Shape(outline, "Drawn as the table gives it.", area_m2=area_m2, published_limits=True)
        item_id = self._new_id(row.id)
        self.found.areas.append(
            Area(
                id=item_id,
                provenance=row.claim,
                text=row.text,
                kind=_kind(AreaKind, row.kind, AreaKind.CONTROL),
                status=row.status or Status.COMPLETED,
                actor=row.actor,
                plan=AreaPlan(),
                date=row.days,
                date_text=row.days_text,
                shape=shape,
                note=row.note,
            )
        )
        self._show(item_id, row, "area", kind=row.kind or "area")

    def _incident(self, row: _Row, points: list[BaseGeometry]) -> None:
        item_id = self._new_id(row.id)
        refs = tuple(
            PlaceRef(place.name, place, "given") for place in self._spots(row, item_id, points, "point of the table")
        )
        self.found.incidents.append(
            Incident(
                id=item_id,
                provenance=row.claim,
                kind=_kind(IncidentKind, row.kind, IncidentKind.PRESENCE),
                trigger="",
                actor=row.actor,
                places=refs,
                date=row.days,
                date_text=row.days_text,
                note=row.note,
            )
        )
        self._show(item_id, row, "point", kind=row.kind or "point", status=False)

    def _place(self, row: _Row, points: list[BaseGeometry]) -> None:
        self.found.places += self._spots(row, self._new_id(row.id), points, row.id)

    def _spots(self, row: _Row, item_id: str, points: list[BaseGeometry], unnamed: str) -> list[Place]:
        precision = number_of(self.columns.text(row.cells, "precision"))
        radius = precision if precision is not None and precision >= 0 else math.inf
        return [
            Place(
                f"table:{item_id}/{number}",
                row.label or unnamed,
                point.x,
                point.y,
                feature=_SPOT,
                precision_m=radius,
                note=row.note,
            )
            for number, point in enumerate(points, 1)
        ]


def _kind(kinds: type[Kind], given: str, default: Kind) -> Kind:
    return _one(kinds, given.lower().replace(" ", "_")) or default


def _one(kinds: type[Kind], given: str) -> Kind | None:
    """Return the term that a cell gives, or None."""
    try:
        return kinds(given) if given else None
    except ValueError:
        return None
