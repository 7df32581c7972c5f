"""Ways along the road network: from point to point, and from a point to the edge of a country or area.

A way keeps to the countries it is allowed; it leaves them only where it is asked for without any. Borders are passed
at open crossings with a name rather than elsewhere, as far as that is no great detour.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from geomap.geometry.geodesy import distance_m
from geomap.geometry.roads.graphs import REACHES_M, Avoid, codes_of, graph_for, limits, network_at
from geomap.geometry.roads.network import Network, load_network
from geomap.geometry.roads.paths import way_to
from geomap.geometry.roads.search import Graph, Joint, Search

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from geomap.geometry.roads.paths import Way

__all__ = ["FARTHEST_M", "alternatives", "to_point"]

Spot = tuple[float, float]

FARTHEST_M = 4_000_000.0
"""Beyond this distance no road way is looked for."""
_KEPT = 12
_PENALTY, _TRIES, _LONGER, _SHARED = 1.5, 8, 1.5, 0.7
"""An alternative is looked for with the roads already used made dearer; it is up to 1.5 times as long as the best way
and shares at most 70 % of its length with any better one (Abraham et al. 2013, Alternative routes in road networks,
ask for limited sharing as well)."""


def to_point(
    start: Spot, end: Spot, countries: Sequence[str], *, avoid: Avoid | None = None, on: date | None = None
) -> Way | None:
    """Return the shortest way between two points that keeps to the countries; None where no road connects them.

    Without countries any road may be taken. `on` is the day for which border crossings count as open or closed.
    """
    if distance_m(*start, *end) > FARTHEST_M:
        return None
    keep, away = codes_of(countries), avoid or Avoid()
    for network in dict.fromkeys((network_at(start, end), load_network())):
        found = _anywhere(network, start, end, away, on)
        # the best of all ways is the best within the countries too if it does not leave them; it mostly does not
        if found and keep and not {code for code in found.countries if code} <= set(keep):
            found = _between(graph_for(network, keep, away, on), start, end)
        if found:
            return found
    return None


@lru_cache(maxsize=_KEPT)
def _anywhere(network: Network, start: Spot, end: Spot, avoid: Avoid, on: date | None) -> Way | None:
    return _between(graph_for(network, (), avoid, on), start, end)


def alternatives(
    start: Spot,
    end: Spot,
    countries: Sequence[str],
    *,
    count: int,
    avoid: Avoid | None = None,
    on: date | None = None,
) -> tuple[Way, ...]:
    """Return the shortest way and up to `count` others that really differ from it and from each other, best first."""
    graph = graph_for(network_at(start, end), codes_of(countries), avoid or Avoid(), on)
    best = _between(graph, start, end)
    if best is None:
        return ()
    found, costs, last = [best], graph.costs.copy(), best
    lengths = graph.network.lengths
    for _ in range(_TRIES):
        if len(found) > count:
            break
        costs[np.searchsorted(graph.rows, sorted(last.edges))] *= _PENALTY
        other = _between(replace(graph, costs=costs.copy()), start, end)
        if other is None:
            break
        last = other
        total = max(1.0, float(lengths[sorted(other.edges)].sum()))
        shared = max(float(lengths[sorted(other.edges & way.edges)].sum()) for way in found) / total
        if other.length_m <= _LONGER * best.length_m and shared <= _SHARED:
            found.append(other)
    return tuple(found)


def _between(graph: Graph, start: Spot, end: Spot) -> Way | None:
    joints, targets = _joined(graph, start, end)
    if not joints:
        return None
    rows = np.array([joint.row for joint in targets])
    fractions = np.array([joint.snap.fraction for joint in targets])
    off = np.array([joint.cost_m for joint in targets])
    for limit in limits(distance_m(*start, *end) + joints[0].cost_m):
        search = Search(graph, joints, limit=limit)
        reached = search.reach(rows, fractions) + off
        best = int(np.argmin(reached))
        if reached[best] <= limit:
            return way_to(graph, search, int(rows[best]), float(fractions[best]), target=targets[best])
    return None


def _joined(graph: Graph, start: Spot, end: Spot) -> tuple[list[Joint], list[Joint]]:
    """Return the spots by which two places may join roads that are connected, looking near them first."""
    for reach in REACHES_M:
        here, there = graph.snaps(*start, reach), graph.snaps(*end, reach)
        common = {joint.label for joint in here} & {joint.label for joint in there}
        if common:
            return [j for j in here if j.label in common], [j for j in there if j.label in common]
    return [], []
