"""The places that a route passes, with their distances along it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

from geomap.gazetteer import Gazetteer
from geomap.geometry.borders import country_at
from geomap.geometry.geodesy import cumulative_m, nearest_on
from geomap.geometry.roads.network import widened
from geomap.geometry.sweeps import wrapped
from geomap.models import How, Passing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geomap.models import Leg, Place, Route

__all__ = ["places_along"]

WITHIN_M = 5_000.0
"""How far off a place may lie: the network's roads leave out bends of that size, and bypasses lead round towns."""
LIMIT = 12
_BASES = {"S.AIRB", "S.AIRF", "S.INSM"}
_ENDS_M = 3_000.0
"""Nearer than this to its start or end a route does not pass a place: it leaves or reaches it."""


def places_along(
    route: Route, *, within_m: float = WITHIN_M, limit: int = LIMIT, gazetteer: Gazetteer | None = None
) -> tuple[Passing, ...]:
    """Return the towns, villages and bases within `within_m` metres of a route's roads, in the order it passes them.

    Of more than `limit` the larger ones are taken, spread over the route. Schematic legs pass nothing: where they run
    is not known. Distances along roads count their bends, in even shares of what is drawn of each leg.

    Parameters
    ----------
    route
        The route.
    within_m
        How far off the line as drawn a place may lie, in metres.
    limit
        Most places to return.
    gazetteer
        Where places are looked up; the shipped one with the user's layers when left out.
    """
    known = gazetteer or Gazetteer()
    best: dict[str, Passing] = {}
    before = 0.0
    for leg in route.legs:
        if leg.how is not How.SCHEMATIC:
            for found in _beside(leg, before, within_m, known):
                if found.place.id not in best or found.off_m < best[found.place.id].off_m:
                    best[found.place.id] = found
        before += leg.length_m
    inner = (found for found in best.values() if _ENDS_M < found.at_m < route.length_m - _ENDS_M)
    ranked = sorted(inner, key=lambda found: (-found.place.population, found.off_m, found.place.id))
    apart = route.length_m / (limit + 1)
    kept: list[Passing] = []
    for found in ranked:
        if len(kept) < limit and all(abs(found.at_m - other.at_m) >= apart for other in kept):
            kept.append(found)
    return tuple(sorted(kept, key=lambda found: found.at_m))


def _beside(leg: Leg, before: float, within_m: float, known: Gazetteer) -> Iterator[Passing]:
    line = shapely.get_coordinates(leg.geometry)
    along = cumulative_m(line)
    scale = leg.length_m / along[-1] if along[-1] else 1.0
    for place in _spots(leg, within_m, known):
        fraction, gap = nearest_on(line[:-1], line[1:], place.lon, place.lat)
        k = int(np.argmin(gap))
        if gap[k] <= within_m:
            at = along[k] + fraction[k] * (along[k + 1] - along[k])
            lon, lat = line[k] + fraction[k] * (line[k + 1] - line[k])
            if country_at(lon, lat) in {place.country, None}:  # a town beyond the border is not passed
                yield Passing(place, before + float(at) * scale, float(gap[k]))


def _spots(leg: Leg, within_m: float, known: Gazetteer) -> Iterator[Place]:
    for part in shapely.get_parts(wrapped(shapely.box(*widened(leg.geometry.bounds, within_m)))):
        for place in known.within(part.bounds):
            if (place.feature.startswith("P.") and place.feature != "P.PPLX") or place.feature in _BASES:
                yield place
