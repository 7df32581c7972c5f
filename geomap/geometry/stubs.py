"""Stubs: short lines that stand for a movement of which one end is known."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from shapely.geometry import LineString

from geomap.geometry.geodesy import cut, destination, length_m
from geomap.geometry.outlines import is_region
from geomap.geometry.routing import check_position, route, turned
from geomap.models import How, Issue, Leg, Mode, Route

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomap.geometry.roads.servers import Router
    from geomap.models import Place

__all__ = ["STUB_M", "open_ends", "stub"]

STUB_M = 20_000.0
"""Length of the stub that stands for an end that is not known."""


def stub(
    place: Place,
    *,
    outgoing: bool,
    toward: Place | None = None,
    mode: Mode = Mode.ROAD,
    router: Router | None = None,
) -> Route:
    """Return a short line out of a place whose other end is not known, or into it.

    With a place it runs towards, or comes from, it is the first 20 km of the road there; otherwise it is a schematic
    line whose direction means nothing.
    """
    check_position(place)
    legs: list[Leg] = []
    issues: tuple[Issue, ...] = ()
    if toward is not None and not _is_spread(place):
        whole = route((place, toward), mode=mode, router=router)
        left = STUB_M
        for leg in whole.legs:
            line = cut(leg.geometry, 0.0, left)
            legs.append(replace(leg, geometry=line, length_m=length_m(line)))
            left -= legs[-1].length_m
            if left <= 1.0:
                break
    elif not _is_spread(place):
        # North-east is as good as any: the arrow shows coming or going, the issue that the direction is unknown.
        far = destination(place.lon, place.lat, 45.0, STUB_M / 2)
        line = LineString([(place.lon, place.lat), far])
        legs = [Leg(How.SCHEMATIC, line, length_m(line))]
        issues = open_ends((place,), outgoing=outgoing)
    else:
        issues = open_ends((place,), outgoing=outgoing)
    if not outgoing:
        legs = [turned(leg) for leg in reversed(legs)]
    return Route(tuple(legs), mode=mode, open_start=not outgoing, open_end=outgoing, issues=issues)


def open_ends(places: Sequence[Place], *, outgoing: bool) -> tuple[Issue, ...]:
    """Return what there is to say of stubs at these places: one issue for spots, one for what is no single spot."""
    spots = ", ".join(place.name for place in places if not _is_spread(place))
    spread = ", ".join(place.name for place in places if _is_spread(place))
    issues = []
    if spots:
        end = "goes" if outgoing else "comes from"
        issues.append(Issue("route", f"where the movement at {spots} {end} is not known; the stub has no direction"))
    if spread:
        issues.append(Issue("route", f"{spread}: no single spot, and the other end is not known; no line is drawn"))
    return tuple(issues)


def _is_spread(place: Place) -> bool:
    return place.is_country or is_region(place) or place.feature.startswith(("R", "H"))
