"""Routes and shapes that a person puts on a map without a report, as records with the words and the source given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomap.models import (
    Area,
    AreaKind,
    AreaPlan,
    Interval,
    Movement,
    MovementKind,
    PlaceRef,
    Provenance,
    Report,
    Status,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomap.models import Route, Shape

__all__ = ["area_by_hand", "movement_by_hand", "report_by_hand"]


def report_by_hand(number: int, text: str, *, source: str | None, url: str | None) -> Report:
    """Return the report that stands for words given by hand."""
    return Report(f"by-hand-{number}", text, source=source or "drawn by hand", url=url)


def movement_by_hand(
    report: Report,
    route: Route,
    *,
    actor: str | None,
    status: Status,
    kind: MovementKind,
    date: Interval | None,
    stops: Sequence[PlaceRef],
    note: str | None,
) -> Movement:
    """Return a movement along a route, told by the words of a report as a whole."""
    return Movement(
        f"{report.id}-movement",
        _provenance(report),
        trigger="",
        actor=actor,
        actor_text=None,
        origin=tuple(stops[:1]),
        via=tuple(stops[1:-1]),
        destination=tuple(stops[-1:]) if len(stops) > 1 else (),
        date=date,
        status=status,
        kind=kind,
        mode=route.mode,
        confidence=1.0,
        route=route,
        note=note,
    )


def area_by_hand(
    report: Report,
    shape: Shape,
    *,
    actor: str | None,
    status: Status,
    kind: AreaKind,
    date: Interval | None,
    note: str | None,
) -> Area:
    """Return an area of a shape, told by the words of a report as a whole."""
    return Area(
        f"{report.id}-area",
        _provenance(report),
        text=report.text,
        kind=kind,
        status=status,
        actor=actor,
        plan=AreaPlan(),
        date=date,
        shape=shape,
        note=note,
    )


def _provenance(report: Report) -> Provenance:
    return Provenance(
        report.id, report.source, report.title, report.url, report.published, report.text, 0, len(report.text)
    )
