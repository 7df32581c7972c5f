"""Ways from a point into a country or an area, to where they enter it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geomap.geometry.borders import neighbours
from geomap.geometry.geodesy import cumulative_m, distance_m
from geomap.geometry.roads.graphs import REACHES_M, Avoid, codes_of, graph_for, limits, network_at
from geomap.geometry.roads.paths import border_pass, way_to
from geomap.geometry.roads.search import Graph, Search, placed

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from geomap.geometry.roads.paths import Way

__all__ = ["to_area", "to_country"]

Spot = tuple[float, float]

_BEYOND_M = 2_000.0
"""How far past the border a way into a country goes on, so that an arrow shows it went through."""
_STEP_M = 50.0
"""How far into an area a way goes on, so that it does not end on the very edge."""
_DOORS = 8


def to_country(
    start: Spot,
    home: str | None,
    code: str,
    countries: Sequence[str],
    *,
    avoid: Avoid | None = None,
    on: date | None = None,
) -> Way | None:
    """Return the cheapest way from a point to a border crossing of a country and a little way in.

    Open crossings with a name are preferred to unnamed ones, and those to closed ones. Between neighbours the way keeps
    to the two countries and so ends on their common border. None where no road leads there.
    """
    direct = home is not None and code in neighbours(home)
    keep = codes_of((home or "", code, *countries)) if direct else ()
    network = network_at(start, start)
    graph = graph_for(network, keep, avoid or Avoid(), on)
    first, second = (side[graph.rows] == network.number(code) for side in network.sides)
    rows = np.flatnonzero(first ^ second)
    search = _from(graph, start, rows)
    if search is None:
        return None
    outer = _ends(graph, rows, first=~first[rows])
    likely = np.argsort(search.costs[outer] + graph.costs[rows], kind="stable")[:_DOORS]
    # the place may lie on the very road that leads in
    doors = {*rows[likely].tolist(), *(joint.row for joint in search.joints if joint.row in set(rows.tolist()))}
    best = (np.inf, 0, 0.0)
    for row in sorted(doors):
        at_border, beyond = _past_border(graph, row, code, turned=bool(first[row]))
        best = min(best, (float(search.reach(np.array([row]), np.array([at_border]))[0]), row, beyond))
    if not np.isfinite(best[0]):
        return None
    way = way_to(graph, search, best[1], best[2])
    return replace(way, countries=(*way.countries[:-1], code))


def to_area(
    start: Spot, area: BaseGeometry, countries: Sequence[str], *, avoid: Avoid | None = None, on: date | None = None
) -> Way | None:
    """Return the shortest way from a point outside to where a road enters the area; None where none leads there.

    Roads of the countries are taken if one leads there, else any.
    """
    network = network_at(start, start)
    near, lines = network.rows_touching(area)
    for keep in dict.fromkeys((codes_of(countries), ())):
        graph = graph_for(network, keep, avoid or Avoid(), on)
        at, kept = placed(graph.rows, near)
        rows = at[kept]
        search = _from(graph, start, rows)
        if search is not None and (way := _entry(graph, search, rows, lines[kept], area)):
            return way
    return None


def _entry(
    graph: Graph, search: Search, rows: NDArray[np.int64], lines: NDArray[np.object_], area: BaseGeometry
) -> Way | None:
    """Return the cheapest way to where one of the edges enters the area, and a few steps in."""
    best: tuple[float, int, float] = (np.inf, 0, 0.0)
    joined = {joint.row: joint.snap.fraction for joint in search.joints}
    for row, line in zip(rows.tolist(), lines, strict=True):
        edge = int(graph.rows[row])
        step = min(1.0, _STEP_M / max(1.0, float(graph.network.lengths[edge])))
        met = shapely.points(shapely.get_coordinates(shapely.intersection(line, area)))
        shares = shapely.line_locate_point(line, met, normalized=True)
        low, high = float(shares.min()), float(shares.max())
        doors = [(low, low + step), (high, high - step)]
        if row in joined:
            near = float(shares[np.argmin(np.abs(shares - joined[row]))])
            doors.append((near, near + (step if near >= joined[row] else -step)))
        for door, inside in doors:
            if 0.0 <= inside <= 1.0:
                cost = float(search.reach(np.array([row]), np.array([door]))[0])
                best = min(best, (cost, row, inside))
    return way_to(graph, search, best[1], best[2]) if np.isfinite(best[0]) else None


def _from(graph: Graph, start: Spot, rows: NDArray[np.int64]) -> Search | None:
    """Return the search from a place that has reached the cheapest of the edges, by either end, if one can be."""
    if not len(rows):
        return None
    ends = np.searchsorted(graph.nodes, graph.network.edges[graph.rows[rows]])
    labels = set(np.unique(graph.labels[ends]).tolist())
    for reach in REACHES_M:
        joints = [joint for joint in graph.snaps(*start, reach) if joint.label in labels]
        if not joints:
            continue
        nearest = shapely.points(graph.network.points[graph.nodes[ends]].reshape(-1, 2))
        least = float(np.min(shapely.distance(nearest, shapely.Point(start)))) * 111_000.0
        for limit in (*limits(least), np.inf):
            search = Search(graph, joints, limit=limit)
            # an edge counts with the whole of its cost, so that a cheaper one just beyond the limit is not missed
            if (search.costs[ends].min(axis=1) + graph.costs[rows] <= limit).any():
                return search
    return None


def _ends(graph: Graph, rows: NDArray[np.int64], *, first: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Return the junction of each edge that is its first, or its second where `first` is false, by its place here."""
    edges = graph.network.edges[graph.rows[rows]]
    ends: NDArray[np.int64] = np.searchsorted(graph.nodes, np.where(first, edges[:, 0], edges[:, 1]))
    return ends


def _past_border(graph: Graph, row: int, code: str, *, turned: bool) -> tuple[float, float]:
    """Return at which share of an edge the border of a country lies, and a little beyond it."""
    network, edge = graph.network, int(graph.rows[row])
    line = network.line(edge)[::-1] if turned else network.line(edge)
    outer = network.sides[1 if turned else 0]
    found = border_pass([tuple(point) for point in line], 0, len(line) - 1, (network.codes[int(outer[edge])], code))
    along = cumulative_m(line)
    lon, lat = line[found.vertex]
    at = along[found.vertex] + distance_m(lon, lat, found.lon, found.lat)
    shares = [min(1.0, metres / max(1.0, float(along[-1]))) for metres in (at, at + _BEYOND_M)]
    first, second = (1.0 - share if turned else share for share in shares)
    return first, second
