"""Ways along the road network: from point to point, and from a point to the edge of an area.

A way keeps to the countries it is allowed; it leaves them only where they are not connected otherwise.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geomap.geometry.borders import border, country_at, neighbours
from geomap.geometry.geodesy import distance_m, nearest_on
from geomap.geometry.roads.crossings import nearest
from geomap.geometry.roads.network import Search, Snap, Window, load_network, widened

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

__all__ = ["Pass", "Way", "to_area", "to_country", "to_point"]

Spot = tuple[float, float]

FARTHEST_M = 4_000_000.0
"""Beyond this distance no road way is looked for."""
_OFF_ROAD = 3.0
"""A metre off the road counts as so many on it, when a connected part of the network is chosen."""
_BEYOND_M = 2_000.0
"""How far past the border a way into a country goes on, so that an arrow shows it went through."""
_UNNAMED_M = 15_000.0
_CLOSED_M = 80_000.0
_DOORS = 24


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
    start_m: float
    """Distance from the asked start to the road."""
    end_m: float
    cost_m: float

    def turned(self) -> Way:
        """Return the way in the other direction."""
        return replace(
            self,
            points=self.points[::-1],
            countries=self.countries[::-1],
            start_m=self.end_m,
            end_m=self.start_m,
        )

    def passes(self) -> tuple[Pass, ...]:
        """Return where the way changes country, in order."""
        filled = _filled(self.countries)
        found = []
        for i, (a, b) in enumerate(itertools.pairwise(filled)):
            if a and b and a != b:
                lon, lat = border_spot(self.points[i], self.points[i + 1], a, b)
                found.append(Pass(lon, lat, (a, b), i))
        return tuple(found)


def to_point(start: Spot, end: Spot, countries: Sequence[str]) -> Way | None:
    """Return the shortest way between two points that keeps to the countries; None where no road connects them.

    Without countries any road may be taken.
    """
    distance = distance_m(*start, *end)
    if distance > FARTHEST_M:
        return None
    box = min(start[0], end[0]), min(start[1], end[1]), max(start[0], end[0]), max(start[1], end[1])
    best = None
    for margin in (max(60_000.0, 0.3 * distance), max(250_000.0, 1.2 * distance)):
        window = _allowed(load_network().window(widened(box, margin)), countries)
        best = _between(window, start, end) or best
        # A way that stays well inside its window cannot be beaten from outside it.
        if best and best.cost_m + (best.start_m + best.end_m) * _OFF_ROAD < distance + 2 * margin:
            break
    return best


def to_country(start: Spot, home: str | None, code: str, countries: Sequence[str]) -> Way | None:
    """Return the cheapest way from a point to a border crossing of a country and a little way in.

    Open crossings with a name are preferred to unnamed ones, and those to closed ones. Between neighbours the way keeps
    to the two countries and so ends on their common border. None where no road leads there.
    """
    direct = home is not None and code in neighbours(home)
    keep = tuple({home, code, *countries}) if home and direct else ()
    for margin in (150_000.0, 500_000.0, 1_500_000.0):
        window = _allowed(load_network().window(widened((*start, *start), margin)), keep)
        inside = window.country == window.number(code)
        if way := _entry(window, start, inside, code=code):
            return way
    return None


def to_area(start: Spot, area: BaseGeometry, countries: Sequence[str]) -> Way | None:
    """Return the shortest way from a point to where a road enters the area; None where none leads there."""
    west, south, east, north = area.bounds
    box = min(west, start[0]), min(south, start[1]), max(east, start[0]), max(north, start[1])
    for keep in (countries, ()):
        window = _allowed(load_network().window(widened(box, 100_000.0)), keep)
        shapely.prepare(area)
        inside = shapely.intersects_xy(area, window.points[:, 0], window.points[:, 1])
        if way := _entry(window, start, inside, area=area):
            return way
    return None


def border_spot(start: Spot, end: Spot, a: str, b: str) -> Spot:
    """Return where a straight edge crosses the border of two countries; its middle where it meets none."""
    middle = ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2)
    if b not in neighbours(a):
        return middle
    met = shapely.intersection(border(a, b), shapely.LineString([start, end]))
    points = shapely.get_coordinates(met)
    if not len(points):
        return middle
    first = points[np.argmin(np.hypot(*(points - start).T))]
    return float(first[0]), float(first[1])


def _allowed(window: Window, countries: Sequence[str]) -> Window:
    return window.only(window.inside(countries)) if countries else window


def _between(window: Window, start: Spot, end: Spot) -> Way | None:
    if not len(window.edges):
        return None
    labels = window.components()
    reach = _reach(window, labels, start) + _reach(window, labels, end)
    part = window.only(labels == int(np.argmin(reach)))
    source, target = part.snap(*start), part.snap(*end)
    if source is None or target is None:
        return None
    path = Search(part, source, (target,)).path(0)
    if path is None:
        return None
    codes = [part.codes[n] for n in path.countries]
    codes[0], codes[-1] = (country_at(spot.lon, spot.lat) or "" for spot in (source, target))
    return Way(path.points, tuple(codes), source.distance_m, target.distance_m, path.cost_m)


def _reach(window: Window, labels: NDArray[np.int64], spot: Spot) -> NDArray[np.float64]:
    """Return the distance from a spot to each connected part of the window, infinite for numbers not in use."""
    best = np.full(int(labels.max()) + 1, np.inf)
    np.minimum.at(best, labels, nearest_on(*window.ends, *spot)[1])
    return best


def _entry(
    window: Window, start: Spot, inside: NDArray[np.bool_], *, area: BaseGeometry | None = None, code: str = ""
) -> Way | None:
    """Return the cheapest way from a spot outside to the first point inside."""
    a, b = inside[window.edges[:, 0]], inside[window.edges[:, 1]]
    outer = window.only(~(a & b))
    if not len(outer.edges) or not (a ^ b).any():
        return None
    labels = outer.components()
    enters = inside[outer.edges].any(axis=1)
    reach = _reach(outer, labels, start) * _OFF_ROAD
    reach[~np.isin(np.arange(len(reach)), labels[enters])] = np.inf
    part = outer.only(labels == int(np.argmin(reach)))
    source = part.snap(*start)
    doors = np.flatnonzero(inside[part.edges].any(axis=1))
    if source is None or not len(doors):
        return None
    before = np.zeros(len(inside), dtype=bool)
    before[part.edges[doors]] = True
    nearest_nodes = Search(part, source).nearest(before & ~inside, _DOORS)
    doors = doors[np.isin(part.edges[doors], nearest_nodes).any(axis=1)]
    spots = [_door(part, int(edge), inside, area, code) for edge in doors]
    search = Search(part, source, [spot for spot, _ in spots])
    costs = [search.cost_m(i) + toll for i, (_, toll) in enumerate(spots)]
    if not costs:
        return None
    best = int(np.argmin(costs))
    path = search.path(best)
    if path is None:
        return None
    codes = tuple(part.codes[n] for n in path.countries)
    home = country_at(source.lon, source.lat) or ""
    first, second = part.edges[doors[best]]
    last = code or part.codes[int(part.country[first if inside[first] else second])]
    return Way(path.points, (home, *codes[1:-1], last), source.distance_m, 0.0, costs[best])


def _door(
    window: Window, edge: int, inside: NDArray[np.bool_], area: BaseGeometry | None, code: str
) -> tuple[Snap, float]:
    """Return where an edge has entered the area or country, and what its border crossing costs on top."""
    first, last = window.edges[edge]
    turned = bool(inside[first])
    outer, inner = (last, first) if turned else (first, last)
    start, end = window.points[outer], window.points[inner]
    toll, beyond = 0.0, 0.0
    if area is not None:
        met = shapely.get_coordinates(shapely.intersection(area.boundary, shapely.LineString([start, end])))
        spot = met[np.argmin(np.hypot(*(met - start).T))] if len(met) else end
    else:
        home = window.codes[int(window.country[outer])]
        spot = np.array(border_spot(tuple(start), tuple(end), home, code))
        known = nearest(float(spot[0]), float(spot[1]), home, code)
        toll = _UNNAMED_M if known is None else 0.0 if known.is_open else _CLOSED_M
        beyond = _BEYOND_M
    length = max(1.0, distance_m(*start, *end))
    share = min(1.0, (distance_m(*start, *spot) + beyond) / length)
    return window.on_edge(edge, 1.0 - share if turned else share), toll


def _filled(codes: Sequence[str]) -> list[str]:
    """Return the codes with each gap filled from the next known one before it, or else after it."""
    filled = list(codes)
    for i in range(1, len(filled)):
        filled[i] = filled[i] or filled[i - 1]
    for i in range(len(filled) - 2, -1, -1):
        filled[i] = filled[i] or filled[i + 1]
    return filled
