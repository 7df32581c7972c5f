"""What is read gets its lines and shapes: movements are traced from their places, areas built from their plans."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from geomap.errors import GeomapError
from geomap.models import Area, Issue, Movement, PlaceRef, Reading

if TYPE_CHECKING:
    from geomap.gazetteer import Gazetteer
    from geomap.geometry.roads.servers import Router
    from geomap.tables.places import Resolve

__all__ = ["drawn", "resolver"]

_ID = re.compile(r"[a-z]+:\S")


def resolver(gazetteer: Gazetteer) -> Resolve:
    """Return what turns the place names, ids and positions of tables into places."""
    from geomap.errors import UnknownPlaceError
    from geomap.geometry.finding import find_place

    def resolve(name: str, near: tuple[float, float] | None = None) -> PlaceRef:
        if _ID.match(name):
            with suppress(UnknownPlaceError):
                return PlaceRef(name, gazetteer.get(name), "by its id")
        found = find_place(name, gazetteer, near=near)
        reason = found.candidates[0].reason if found.candidates else found.reason
        return PlaceRef(name, found.place, reason or found.reason, found.candidates[1:4])

    return resolve


def drawn(reading: Reading, router: Router | None = None) -> Reading:
    """Return a reading with lines for its movements and shapes for its areas, as far as they can be had.

    What has a line or shape keeps it; what cannot be drawn is an issue.
    """
    from geomap.geometry.tracing import trace

    issues = list(reading.issues)
    movements = []
    for movement in reading.movements:
        try:
            movements.append(trace(movement, router=router))
        except GeomapError as error:
            issues.append(_issue("route", error, movement))
            movements.append(movement)
    areas = []
    for area in reading.areas:
        try:
            areas.append(_shaped(area))
        except GeomapError as error:
            issues.append(_issue("area", error, area))
            areas.append(area)
    return replace(reading, movements=tuple(movements), areas=tuple(areas), issues=tuple(issues))


def _shaped(area: Area) -> Area:
    from geomap.geometry.areas import shape

    return area if area.shape else replace(area, shape=shape(area.plan))


def _issue(stage: str, error: GeomapError, record: Movement | Area) -> Issue:
    claim = record.provenance
    return Issue(stage, str(error), claim.report_id, claim.start, claim.end)
