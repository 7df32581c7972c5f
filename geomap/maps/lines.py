"""What of a movement can be drawn: lines without a gap, places of which the way is not known, or nothing and why."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from geomap.models import How

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomap.models import Leg, Movement, Place, Route

__all__ = ["chains", "stubs", "why_not_drawn"]

_STUB_MOST_M = 12_000.0


def chains(route: Route | None) -> tuple[tuple[Leg, ...], ...]:
    """Return the legs as lines without a gap: a route to several places has several.

    Left out are stubs, schematic ends whose direction means nothing; `stubs` gives their places.
    """
    return tuple(tuple(chain) for chain in _all_chains(route) if not _is_stub(chain, route))


def stubs(movement: Movement) -> tuple[Place, ...]:
    """Return the spots a movement comes to or leaves by a way that is not known at all."""
    route = movement.route
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
    found: list[list[Leg]] = []
    for leg in route.legs if route else ():
        if len(leg.geometry.coords) < 2:
            continue
        start = leg.geometry.coords[0][:2]
        if found and math.dist(found[-1][-1].geometry.coords[-1][:2], start) < 1e-6:
            found[-1].append(leg)
        else:
            found.append([leg])
    return found


def _is_stub(chain: Sequence[Leg], route: Route | None) -> bool:
    open_ended = route is not None and (route.open_start or route.open_end)
    return open_ended and len(chain) == 1 and chain[0].how is How.SCHEMATIC and chain[0].length_m <= _STUB_MOST_M


def why_not_drawn(movement: Movement) -> str:
    """Return the reason, for the reader, that a movement has no line."""
    if stubs(movement):
        return f"the report does not say {'where it went' if movement.origin else 'where it came from'}"
    if movement.route and movement.route.issues:
        return movement.route.issues[0].message
    ends = (*movement.origin, *movement.destination)
    if not ends:
        return "the report names neither where it came from nor where it went"
    unknown = [ref.text for ref in ends if ref.place is None]
    if unknown:
        return f"no place could be found for {', '.join(unknown)}"
    if not movement.origin or not movement.destination:
        return f"the report does not say {'where it came from' if not movement.origin else 'where it went'}"
    return "no line could be made between its ends"
