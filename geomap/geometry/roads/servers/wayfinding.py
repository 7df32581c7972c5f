"""Ways of a router as ways of the road network are: with the countries they lead through and the metres to each vertex.

What a router cannot tell is told in words, and never raised: a route is then found on the shipped network.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geomap.errors import NoRouteError, ServiceError
from geomap.geometry.geodesy import cumulative_m, distance_m
from geomap.geometry.roads.graphs import Avoid
from geomap.geometry.roads.lands import lands_along
from geomap.geometry.roads.paths import Way

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomap.geometry.roads.servers.router import RoadLine, Router, Spot

__all__ = ["Found", "find_ways"]

_OTHERS = 3
"""Further ways that are asked for where the first leads through a country that it should keep out of."""
_NEAR_M = 5_000.0
"""A way that passes both its ends within so many metres in all is one to them, however short the trip."""
_STEP_DEG = 0.05
"""Edges are cut to this length, so that a corner of a country is not leapt over."""
_DETAIL_DEG = 5e-5
"""Vertices that move the line by less, about 5 m, are left out: a route of 500 km has tens of thousands of them."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a router says of the way between two positions."""

    ways: tuple[Way, ...] = ()
    """Best first; none where it knows none or has failed."""
    durations_s: tuple[float | None, ...] = ()
    """By the router's own account, one a way."""
    words: tuple[str, ...] = ()
    """What there is to say of it, such as why there is no way."""


def find_ways(
    router: Router,
    start: Spot,
    end: Spot,
    countries: Sequence[str] = (),
    *,
    alternatives: int = 0,
    avoid: Avoid | None = None,
) -> Found:
    """Return the ways by a router from one position to another; never raises for what a router does.

    Parameters
    ----------
    router
        Who is asked.
    start, end
        Lon and lat in degrees.
    countries
        Codes of countries that a way should keep to: one that does goes before those that do not.
    alternatives
        Further ways wanted.
    avoid
        Countries and polygons that a way must keep out of.
    """
    avoid = avoid or Avoid()
    try:
        lines = router.ways((start, end), alternatives=alternatives, avoid=avoid.area)
        found = [(_way(router, line), line.duration_s) for line in lines]
    except (NoRouteError, ServiceError) as error:
        return Found(words=(f"{router.name}: {error}",))
    if not any(_keeps(way, countries, avoid) for way, _ in found):
        with suppress(NoRouteError, ServiceError):  # then there is what it said first
            lines = router.ways((start, end), alternatives=max(_OTHERS, alternatives), avoid=avoid.area)
            found = [(_way(router, line), line.duration_s) for line in lines]
    found = [(way, time) for way, time in found if _reaches(way, start, end)]
    if not found:
        return Found(words=(f"{router.name} has none near enough to its ends",))
    allowed = [(way, time) for way, time in found if not set(avoid.countries) & set(way.countries)]
    if not allowed:
        through = ", ".join(avoid.countries)
        return Found(words=(f"{router.name}: it knows no way that keeps out of {through} (ways seen: {len(found)})",))
    ordered = sorted(allowed, key=lambda item: not _keeps(item[0], countries, avoid))[: 1 + alternatives]
    ways, durations = zip(*ordered, strict=True)
    return Found(ways, durations, _strays(router, ways[0], countries))


def _reaches(way: Way, start: Spot, end: Spot) -> bool:
    """Whether most of the trip would be on the road."""
    return way.start_m + way.end_m <= max(_NEAR_M, distance_m(*start, *end) / 2)


def _keeps(way: Way, countries: Sequence[str], avoid: Avoid) -> bool:
    passed = {code for code in way.countries if code}
    return not passed & set(avoid.countries) and (not countries or passed <= set(countries))


def _strays(router: Router, way: Way, countries: Sequence[str]) -> tuple[str, ...]:
    others = [code for code in dict.fromkeys(way.countries) if code and code not in countries]
    return (f"the road that {router.name} knows leads through {', '.join(others)}",) if countries and others else ()


def _way(router: Router, line: RoadLine) -> Way:
    points = shapely.get_coordinates(shapely.segmentize(shapely.simplify(line.line, _DETAIL_DEG), _STEP_DEG))
    along = cumulative_m(points)
    whole = float(along[-1])
    share = line.length_m / whole if whole else 0.0
    return Way(
        points=tuple(map(tuple, points.tolist())),
        countries=lands_along(np.asarray(points)),
        along_m=tuple((along * share).tolist()),
        start_m=line.snap_m[0],
        end_m=line.snap_m[-1],
        cost_m=line.length_m,
        by=router.name,
        notice=router.attribution,
    )
