"""Reports of one batch that speak of the same zone: what one leaves open, another may tell.

Only what is missing is filled in, never what differs, and the area says which report it was taken from.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from geomap.reports.forces.actors import allied

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geomap.models import Area, AreaPlan, Reading

__all__ = ["link_zones"]


def link_zones(readings: Sequence[Reading]) -> tuple[Reading, ...]:
    """Return the readings with the depth of a zone filled in from other reports on the same zone.

    Two areas are one zone when kind, border and side are the same and the same forces want or hold it.
    """
    told = [area for reading in readings for area in reading.areas if area.plan.depth_m]
    return tuple(_completed(reading, told) for reading in readings)


def _completed(reading: Reading, told: Iterable[Area]) -> Reading:
    """Return a reading whose zones without a depth have that of another report, and so the stretches in them."""
    changed: dict[AreaPlan, AreaPlan] = {}
    areas = []
    for area in reading.areas:
        source = next((other for other in told if _same_zone(area, other)), None)
        if area.plan.depth_m is None and source is not None:
            plan = replace(area.plan, depth_m=source.plan.depth_m)
            changed[area.plan] = plan
            told_by = source.provenance.title or source.provenance.report_id
            note = f"This report gives no depth; the one drawn is told by “{told_by}”."
            areas.append(replace(area, plan=plan, note=note))
        else:
            areas.append(area)
    return replace(reading, areas=tuple(_within(area, changed) for area in areas))


def _within(area: Area, changed: dict[AreaPlan, AreaPlan]) -> Area:
    if area.plan.within in changed:
        return replace(area, plan=replace(area.plan, within=changed[area.plan.within]))
    return area


def _same_zone(first: Area, second: Area) -> bool:
    borders = (first.plan.border, second.plan.border)
    return (
        first.kind is second.kind
        and None not in borders
        and set(borders[0] or ()) == set(borders[1] or ())
        and first.plan.side == second.plan.side
        and allied(first.actor, second.actor)
    )
