"""What of a movement can be drawn: lines without a gap, places of which the way is not known, or nothing and why."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import shapely

from geomap.maps import style
from geomap.maps.writing import isolated
from geomap.models import How

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomap.models import Incident, Leg, Movement, Place, PlaceRef, Route

__all__ = ["chains", "stubs", "why_no_spot", "why_not_drawn"]

_STUB_MOST_M = 12_000.0
_JOINED_DEG = 1e-6


def chains(route: Route | None) -> tuple[tuple[Leg, ...], ...]:
    """Return the legs as lines without a gap: a route to several places has several.

    Left out are stubs, schematic ends whose direction means nothing; `stubs` gives their places.
    """
    if route is None:
        return ()
    if len(route.legs) == 1 and not (route.open_start or route.open_end):
        return () if route.legs[0].geometry.is_empty else (route.legs,)
    if route and len(route.legs) == 1 and not (route.open_start or route.open_end):
        return () if route.legs[0].geometry.is_empty else (route.legs,)
    return tuple(tuple(chain) for chain in _all_chains(route) if not _is_stub(chain, route))


def stubs(movement: Movement) -> tuple[Place, ...]:
    """Return the spots a movement comes to or leaves by a way that is not known at all."""
    route = movement.route
    if route and route.legs and not (route.open_start or route.open_end) and chains(route):
        return ()
    lines = [chain for chain in _all_chains(route) if _is_stub(chain, route)]
    at_end = route is not None and route.open_start
    ends = [chain[-1].geometry.coords[-1] if at_end else chain[0].geometry.coords[0] for chain in lines]
    refs = movement.destination if at_end else movement.origin
    spots = [ref.place for ref in (*refs, *movement.via) if ref.place and not ref.place.is_area]
    found: list[Place | None] = [
        next((spot for spot in spots if math.dist((spot.lon, spot.lat), end[:2]) < 0.02), None) for end in ends
    ]
    if not lines and not chains(route):  # one end is known, and no line was made at all
        known = [ref.place for ref in (*movement.destination, *movement.origin) if ref.place]
        return tuple(place for place in known if not place.is_area)[:1]
    return tuple(place for place in dict.fromkeys(found) if place)


def _all_chains(route: Route | None) -> list[list[Leg]]:
    legs = [leg for leg in route.legs if not leg.geometry.is_empty] if route else []
    if len(legs) < 2:
        return [legs] if legs else []
    found: list[list[Leg]] = []
    before = math.inf, math.inf
    for leg in legs:
        points = shapely.get_coordinates(leg.geometry)
        if math.dist(before, points[0]) < _JOINED_DEG:
            found[-1].append(leg)
        else:
            found.append([leg])
        before = points[-1]
    return found


def _is_stub(chain: Sequence[Leg], route: Route | None) -> bool:
    open_ended = route is not None and (route.open_start or route.open_end)
    return open_ended and len(chain) == 1 and chain[0].how is How.SCHEMATIC and chain[0].length_m <= _STUB_MOST_M


def why_not_drawn(movement: Movement) -> str:
    """Return the reason, for the reader, that a movement has no line: a sentence or two."""
    origin, destination = movement.origin, movement.destination
    unknown = [isolated(ref.text) for ref in (*origin, *movement.via, *destination) if ref.place is None]
    missing = "where it went" if origin else "where it came from"
    if stubs(movement):
        return f"The report does not say {missing}."
    if not origin and not destination:
        return "The report says neither where it came from nor where it went."
    if unknown:
        return f"No place could be found for {style.joined(unknown)}."
    if origin and destination:
        return f"Known only as: {_named(origin)} and {_named(destination)}. No line to draw between them."
    return f"Known only as: {_named((*origin, *destination))}. Nowhere to draw a line {'from' if origin else 'to'}."


def why_no_spot(incident: Incident) -> str | None:
    """Return the reason, for the reader, that an incident has no mark on the map; None where it has one."""
    if any(ref.place and not ref.place.is_spread for ref in incident.places):
        return None
    if not incident.places:
        return "The report does not say where."
    unknown = [isolated(ref.text) for ref in incident.places if ref.place is None]
    if unknown:
        return f"No place could be found for {style.joined(unknown)}."
    return f"Known only as: {_named(incident.places)}. No single spot to mark."


def _named(refs: Sequence[PlaceRef]) -> str:
    return style.joined([isolated(ref.place.name if ref.place else ref.text) for ref in refs])
