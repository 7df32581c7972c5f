"""Ways along the road network: from point to point, and from a point to the edge of a country or area.

A way keeps to the countries it is allowed; it leaves them only where it is asked for without any. Borders are passed
at open crossings with a name rather than elsewhere, as far as that is no great detour.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geomap.geometry.borders import border, country_at, neighbours
from geomap.geometry.geodesy import cumulative_m, distance_m, nearest_on
from geomap.geometry.roads.crossings import NAMED_WITHIN_M, crossings
from geomap.geometry.roads.network import Network, load_network
from geomap.geometry.roads.search import OFF_ROAD, Graph, Joint, Part, Search, graph_of
from geomap.geometry.roads.shelf import network_for

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

__all__ = ["FARTHEST_M", "Avoid", "Pass", "Way", "alternatives", "to_area", "to_country", "to_point"]

Spot = tuple[float, float]

FARTHEST_M = 4_000_000.0
"""Beyond this distance no road way is looked for."""
_REACHES_M = (5_000.0, 30_000.0, 120_000.0)
"""How far from a place a road that leads on is looked for, in turns."""
_BEYOND_M = 2_000.0
"""How far past the border a way into a country goes on, so that an arrow shows it went through."""
_BORDER_M, _UNNAMED_M, _CLOSED_M = 20_000.0, 15_000.0, 80_000.0
"""Detours in metres of road that are taken rather than pass a border at all; pass it where no crossing is known, though
some are between the two countries; and pass it at a crossing that is closed."""
_STEP_M = 50.0
"""How far into an area a way goes on, so that it does not end on the very edge."""
_LEAST_SHARE = 1e-6
"""A smaller piece of an edge, less than half a metre, is none."""
_DOORS = 8
_KEPT = 12
_PENALTY, _TRIES, _LONGER, _SHARED = 1.5, 8, 1.5, 0.7
"""An alternative is looked for with the roads already used made dearer; it is up to 1.5 times as long as the best way
and shares at most 70 % of its length with any better one (Abraham et al. 2013, Alternative routes in road networks,
ask for limited sharing as well)."""


@dataclass(frozen=True, slots=True)
class Avoid:
    """What a way keeps out of."""

    countries: tuple[str, ...] = ()
    """ISO 3166-1 alpha-2 codes."""
    area: BaseGeometry | None = None
    """Polygons in EPSG:4326; a road that touches them is not taken."""


@dataclass(frozen=True, slots=True)
class Pass:
    """A spot where a way goes from one country into another."""

    lon: float
    lat: float
    between: tuple[str, str]
    vertex: int
    """The way's edge from this vertex to the next one crosses the border."""


@dataclass(frozen=True, slots=True)
class Way:
    """A line along roads, in the direction it was asked for."""

    points: tuple[Spot, ...]
    countries: tuple[str, ...]
    """Code of the country of each vertex; empty where it is no junction."""
    along_m: tuple[float, ...]
    """Metres of road, bends that are not drawn included, from the way's first vertex to each."""
    start_m: float
    """Distance from the asked start to the road."""
    end_m: float
    cost_m: float
    edges: frozenset[int] = frozenset()
    """Rows of the edges it takes in its network."""
    by: str | None = None
    """The make of the router that gave it; None for a network."""
    notice: str | None = None
    """What the licence of that router's data, or of roads of the user's own, asks for."""

    @property
    def length_m(self) -> float:
        """Metres of road, bends that are not drawn included."""
        return self.along_m[-1]

    def turned(self) -> Way:
        """Return the way in the other direction."""
        return replace(
            self,
            points=self.points[::-1],
            countries=self.countries[::-1],
            along_m=tuple(self.length_m - metres for metres in self.along_m[::-1]),
            start_m=self.end_m,
            end_m=self.start_m,
        )

    def passes(self) -> tuple[Pass, ...]:
        """Return where the way changes country, in order."""
        known = [(i, code) for i, code in enumerate(self.countries) if code]
        return tuple(_border_pass(self.points, i, j, (a, b)) for (i, a), (j, b) in itertools.pairwise(known) if a != b)

    def at_m(self, found: Pass) -> float:
        """Return how many metres of road lie before a border that the way passes."""
        i = found.vertex
        whole = distance_m(*self.points[i], *self.points[i + 1])
        share = distance_m(*self.points[i], found.lon, found.lat) / whole if whole else 0.0
        return self.along_m[i] + min(1.0, share) * (self.along_m[i + 1] - self.along_m[i])


def to_point(
    start: Spot, end: Spot, countries: Sequence[str], *, avoid: Avoid | None = None, on: date | None = None
) -> Way | None:
    """Return the shortest way between two points that keeps to the countries; None where no road connects them.

    Without countries any road may be taken. `on` is the day for which border crossings count as open or closed.
    """
    if distance_m(*start, *end) > FARTHEST_M:
        return None
    network, keep, away = _network(start, end), _codes(countries), avoid or Avoid()
    found = _anywhere(network, start, end, away, on)
    # the best of all ways is the best within the countries too if it does not leave them; it mostly does not
    if found is None or not keep or {code for code in found.countries if code} <= set(keep):
        return found
    return _between(_graph(network, keep, away, on), start, end)


@lru_cache(maxsize=_KEPT)
def _anywhere(network: Network, start: Spot, end: Spot, avoid: Avoid, on: date | None) -> Way | None:
    return _between(_graph(network, (), avoid, on), start, end)


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
    graph = _graph(_network(start, end), _codes(countries), avoid or Avoid(), on)
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
    keep = _codes((home or "", code, *countries)) if direct else ()
    network = _network(start, start)
    graph = _graph(network, keep, avoid or Avoid(), on)
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
    way = _way(graph, search, best[1], best[2], end_m=0.0)
    return replace(way, countries=(*way.countries[:-1], code))


def to_area(
    start: Spot, area: BaseGeometry, countries: Sequence[str], *, avoid: Avoid | None = None, on: date | None = None
) -> Way | None:
    """Return the shortest way from a point outside to where a road enters the area; None where none leads there.

    Roads of the countries are taken if one leads there, else any.
    """
    network = _network(start, start)
    near = network.rows_near(area.bounds)
    lines = shapely.linestrings([network.line(int(row)) for row in near]) if len(near) else np.array([])
    shapely.prepare(area)
    near, lines = (values[shapely.intersects(area, lines)] for values in (near, lines))
    for keep in dict.fromkeys((_codes(countries), ())):
        graph = _graph(network, keep, avoid or Avoid(), on)
        at = np.searchsorted(graph.rows, near)
        kept = np.flatnonzero(graph.rows[np.minimum(at, len(graph.rows) - 1)] == near) if len(graph.rows) else at[:0]
        search = _from(graph, start, at[kept])
        if search is not None and (way := _entry(graph, search, at[kept], lines[kept], area)):
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
    return _way(graph, search, best[1], best[2], end_m=0.0) if np.isfinite(best[0]) else None


def _network(*spots: Spot) -> Network:
    """Return the network to use: the user's own where it covers the places, else the shipped one."""
    own = network_for(spots)
    return own.network if own else load_network()


def _codes(countries: Sequence[str]) -> tuple[str, ...]:
    return tuple(sorted({code for code in countries if code}))


@lru_cache(maxsize=_KEPT)
def _graph(network: Network, countries: tuple[str, ...], avoid: Avoid, on: date | None) -> Graph:
    """Return the roads that may be used, with what their borders cost."""
    first, second = network.edges.T
    allowed = fringe = None
    if countries:
        here = network.in_countries(countries)
        allowed, fringe = here[first] & here[second], here[first] ^ here[second]
    if avoid.countries:
        away = ~network.in_countries(avoid.countries)
        free = away[first] & away[second]
        allowed, fringe = (free, None) if allowed is None else (allowed & free, fringe & free)
    if avoid.area is not None:
        near = network.rows_near(avoid.area.bounds)
        lines = shapely.linestrings([network.line(int(row)) for row in near]) if len(near) else np.array([])
        shapely.prepare(avoid.area)
        allowed = np.ones(len(network.edges), dtype=bool) if allowed is None else allowed
        barred = near[shapely.intersects(avoid.area, lines)]
        allowed[barred] = False
        if fringe is not None:
            fringe[barred] = False
    return graph_of(network, allowed, fringe, *_tolls(network, on))


@lru_cache(maxsize=_KEPT)
def _tolls(network: Network, on: date | None) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Return the edges that pass a border, and what each costs beside its road on a day."""
    a, b = network.sides
    rows = network.gates
    tolls = np.full(len(rows), _BORDER_M)
    low, high = np.minimum(a[rows], b[rows]).astype(np.int64), np.maximum(a[rows], b[rows]).astype(np.int64)
    pairs = low * 1000 + high
    for pair in np.unique(pairs):
        known = crossings(network.codes[pair // 1000], network.codes[pair % 1000])
        if not known:
            continue
        own = np.flatnonzero(pairs == pair)
        starts, ends = (network.points[network.edges[rows[own], side]] for side in (0, 1))
        gaps = np.array([nearest_on(starts, ends, crossing.lon, crossing.lat)[1] for crossing in known])
        nearest = np.argmin(gaps, axis=0)
        closed = np.array([crossing.is_open_on(on) is False for crossing in known])
        named = gaps.min(axis=0) <= NAMED_WITHIN_M
        tolls[own] += np.where(named, np.where(closed[nearest], _CLOSED_M, 0.0), _UNNAMED_M)
    return rows, tolls


def _between(graph: Graph, start: Spot, end: Spot) -> Way | None:
    joints, targets = _joined(graph, start, end)
    if not joints:
        return None
    rows = np.array([joint.row for joint in targets])
    fractions = np.array([joint.snap.fraction for joint in targets])
    off = OFF_ROAD * np.array([joint.snap.distance_m for joint in targets])
    for limit in _limits(distance_m(*start, *end) + OFF_ROAD * joints[0].snap.distance_m):
        search = Search(graph, joints, limit=limit)
        reached = search.reach(rows, fractions) + off
        best = int(np.argmin(reached))
        if reached[best] <= limit:
            return _way(graph, search, int(rows[best]), float(fractions[best]), end_m=targets[best].snap.distance_m)
    return None


def _joined(graph: Graph, start: Spot, end: Spot) -> tuple[list[Joint], list[Joint]]:
    """Return the spots by which two places may join roads that are connected, looking near them first."""
    for reach in _REACHES_M:
        here, there = graph.snaps(*start, reach), graph.snaps(*end, reach)
        common = {joint.label for joint in here} & {joint.label for joint in there}
        if common:
            return [j for j in here if j.label in common], [j for j in there if j.label in common]
    return [], []


def _from(graph: Graph, start: Spot, rows: NDArray[np.int64]) -> Search | None:
    """Return the search from a place that has reached the cheapest of the edges, by either end, if one can be."""
    if not len(rows):
        return None
    ends = np.searchsorted(graph.nodes, graph.network.edges[graph.rows[rows]])
    labels = set(np.unique(graph.labels[ends]).tolist())
    for reach in _REACHES_M:
        joints = [joint for joint in graph.snaps(*start, reach) if joint.label in labels]
        if not joints:
            continue
        nearest = shapely.points(graph.network.points[graph.nodes[ends]].reshape(-1, 2))
        least = float(np.min(shapely.distance(nearest, shapely.Point(start)))) * 111_000.0
        for limit in _limits(least):
            search = Search(graph, joints, limit=limit)
            # an edge counts with the whole of its cost, so that a cheaper one just beyond the limit is not missed
            if (search.costs[ends].min(axis=1) + graph.costs[rows] <= limit).any():
                return search
    return None


def _limits(distance: float) -> Iterator[float]:
    yield 1.4 * distance + 80_000.0
    yield 3.0 * distance + 500_000.0
    yield np.inf


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
    found = _border_pass([tuple(point) for point in line], 0, len(line) - 1, (network.codes[int(outer[edge])], code))
    along = cumulative_m(line)
    lon, lat = line[found.vertex]
    at = along[found.vertex] + distance_m(lon, lat, found.lon, found.lat)
    shares = [min(1.0, metres / max(1.0, float(along[-1]))) for metres in (at, at + _BEYOND_M)]
    first, second = (1.0 - share if turned else share for share in shares)
    return first, second


def _border_pass(points: Sequence[Spot], first: int, last: int, between: tuple[str, str]) -> Pass:
    """Return where the line between two vertices passes the border; its middle where it meets none."""
    a, b = between
    line = shapely.LineString(points[first : last + 1])
    if b in neighbours(a):
        met = shapely.get_coordinates(shapely.intersection(border(a, b), line))
        if len(met):
            shares = shapely.line_locate_point(line, shapely.points(met))
            spot = met[np.argmin(shares)]
            steps = shapely.distance(
                shapely.linestrings([points[k : k + 2] for k in range(first, last)]), shapely.Point(spot)
            )
            return Pass(float(spot[0]), float(spot[1]), between, first + int(np.argmin(steps)))
    k = (first + last - 1) // 2
    (x, y), (u, v) = points[k], points[k + 1]
    return Pass((x + u) / 2, (y + v) / 2, between, k)


def _way(graph: Graph, search: Search, row: int, fraction: float, *, end_m: float) -> Way:
    """Return the way to a spot that a search has reached."""
    network = graph.network
    snap, found = search.parts(row, fraction)
    parts = [part for part in found if abs(part.end - part.start) > _LEAST_SHARE] or found[:1]
    points: list[Spot] = []
    codes: list[str] = []
    along: list[float] = []
    for part in parts:
        line, metres = _piece(graph, part)
        ends = network.edges[graph.rows[part.row]]
        first, last = ends[::-1] if part.start > part.end else ends
        heads = [network.code(first) if part.start in {0.0, 1.0} else "", *[""] * (len(line) - 2)]
        heads.append(network.code(last) if part.end in {0.0, 1.0} else "")
        skip = 1 if points else 0
        offset = along[-1] if along else 0.0
        points += line[skip:]
        codes += heads[skip:]
        along += [offset + value for value in metres[skip:]]
    codes[0], codes[-1] = _end_code(graph, parts[0], points[0]), _end_code(graph, parts[-1], points[-1])
    return Way(
        points=tuple(points),
        countries=tuple(codes),
        along_m=tuple(along),
        start_m=snap.distance_m,
        end_m=end_m,
        cost_m=sum(abs(part.end - part.start) * float(graph.costs[part.row]) for part in parts),
        edges=frozenset(int(graph.rows[part.row]) for part in parts),
        notice=network.attribution or None,
    )


def _end_code(graph: Graph, part: Part, spot: Spot) -> str:
    """Return the country of the first or last spot of a way: that of its edge, unless the edge passes a border."""
    first, second = (graph.network.code(int(node)) for node in graph.network.edges[graph.rows[part.row]])
    if first == second or not first or not second:
        return first or second
    return country_at(*spot) or ""


def _piece(graph: Graph, part: Part) -> tuple[list[Spot], list[float]]:
    """Return the vertices of a piece of an edge in the direction it is taken, and the metres of road to each."""
    network, edge = graph.network, int(graph.rows[part.row])
    line, length = network.line(edge), float(network.lengths[edge])
    if len(line) == 2 and {part.start, part.end} == {0.0, 1.0}:
        a, b = line[::-1].tolist() if part.start else line.tolist()
        return [(a[0], a[1]), (b[0], b[1])], [0.0, length]
    shares = np.array([0.0, 1.0]) if len(line) == 2 else cumulative_m(line)
    shares = shares / shares[-1] if shares[-1] else np.linspace(0.0, 1.0, len(line))
    low, high = sorted((part.start, part.end))
    kept = np.concatenate([[low], shares[(shares > low) & (shares < high)], [high]])
    points = np.column_stack([np.interp(kept, shares, line[:, axis]) for axis in (0, 1)])
    metres = (kept - low) * length
    if part.start > part.end:
        points, metres = points[::-1], metres[-1] - metres[::-1]
    return list(map(tuple, points.tolist())), metres.tolist()
