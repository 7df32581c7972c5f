"""Routes between places: along roads where a road leads there, as a plain arc where only the ends are known.

A country or region has no middle a convoy drives to: a route that ends in a country ends just past the border crossing
its road takes, and one that ends in a region ends where the road enters it.
"""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING

import shapely
from shapely.geometry import LineString, Point
from shapely.ops import nearest_points

from geomap.errors import InputError, UnknownRoadError
from geomap.geometry.borders import country_at
from geomap.geometry.geodesy import arc, cut, destination, distance_m, length_m, locate, point_at
from geomap.geometry.outlines import circle, is_region, outline
from geomap.geometry.roads import ways
from geomap.geometry.roads.crossings import nearest
from geomap.geometry.roads.highways import highway
from geomap.geometry.sweeps import nearest_spot
from geomap.models import Crossing, How, Issue, Leg, Mode, Route

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shapely.geometry.base import BaseGeometry

    from geomap.geometry.roads.ways import Way
    from geomap.models import Place

__all__ = ["open_ends", "route", "stub"]

STUB_M = 20_000.0
"""Length of the stub that stands for an end that is not known."""
_WALK_M = 2_000.0
"""A place further from its road than this, and than its precision, gets a schematic leg to the road."""
_DETOUR, _DETOUR_M = 4.0, 25_000.0
"""A way into a region that is longer than both this many times the straight one and this length is not drawn: the
network lacks the bridge or road by which the region's edge is reached."""
_TOO_FAR_M = 60_000.0
_SAME_M = 200.0
_STRAIGHT_M = 80_000.0
_OFF_ROAD = {Mode.AIR, Mode.SEA, Mode.RAIL}


@dataclass(slots=True)
class _Draft:
    """A route in the making."""

    legs: list[Leg] = field(default_factory=list)
    crossings: list[Crossing] = field(default_factory=list)
    snaps: list[float] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)

    @property
    def length_m(self) -> float:
        return sum(leg.length_m for leg in self.legs)

    def say(self, message: str) -> None:
        self.issues.append(Issue("route", message))

    def line(self, points: Sequence[tuple[float, float]] | LineString, how: How) -> None:
        geometry = LineString(points)
        length = length_m(geometry)
        if length > 0:
            self.legs.append(Leg(how, geometry, length))


def route(stops: Sequence[Place], *, mode: Mode = Mode.ROAD) -> Route:
    """Return the route through the stops, in order.

    By air, sea and rail each leg is a schematic arc; every other mode goes by road. Where no road leads, and by rail,
    of which no network is shipped, an issue says that the arc is schematic. Lengths are those of the drawn line on the
    ellipsoid: the network keeps junctions and leaves out the bends between them, so the road itself is longer.

    Raises
    ------
    InputError
        Fewer than two stops, or coordinates off the globe.
    """
    if len(stops) < 2:
        raise InputError(f"a route needs two places or more, got {len(stops)}; give where it starts and where it ends")
    for stop in stops:
        _check(stop)
    stops = [_on_road(stop, stops[max(0, i - 1)] if i else stops[1]) for i, stop in enumerate(stops)]
    draft = _Draft()
    points = [stops[0], *(stop for stop in stops[1:-1] if not _is_area(stop)), stops[-1]]
    for stop in stops[1:-1]:
        if _is_area(stop):
            draft.say(f"{stop.name} is an area and no point on the way; the route is drawn without it")
    countries = tuple(dict.fromkeys(code for stop in stops if (code := _country(stop))))
    for start, end in itertools.pairwise(points):
        _leg(draft, start, end, countries, mode)
    return Route(
        legs=tuple(draft.legs),
        mode=mode,
        crossings=tuple(draft.crossings),
        snap_m=tuple(round(value, 1) for value in draft.snaps),
        issues=tuple(dict.fromkeys(draft.issues)),
    )


def stub(place: Place, *, outgoing: bool, toward: Place | None = None, mode: Mode = Mode.ROAD) -> Route:
    """Return a short line out of a place whose other end is not known, or into it.

    With a place it runs towards, or comes from, it is the first 20 km of the road there; otherwise it is a schematic
    line whose direction means nothing.
    """
    _check(place)
    legs: list[Leg] = []
    issues: tuple[Issue, ...] = ()
    if toward is not None and not _is_spread(place):
        whole = route((place, toward), mode=mode)
        left = STUB_M
        for leg in whole.legs:
            line = cut(leg.geometry, 0.0, left)
            legs.append(Leg(leg.how, line, length_m(line)))
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
        legs = [Leg(leg.how, leg.geometry.reverse(), leg.length_m) for leg in reversed(legs)]
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


def _leg(draft: _Draft, start: Place, end: Place, countries: tuple[str, ...], mode: Mode) -> None:
    if _is_area(start) and _is_area(end):
        draft.say(f"{start.name} and {end.name} are both areas: no line can be drawn between them")
        return
    if distance_m(start.lon, start.lat, end.lon, end.lat) < _SAME_M:
        draft.say(f"{start.name} and {end.name} are the same spot; there is nothing to draw between them")
        return
    if _is_area(start):
        part = _Draft()
        _leg(part, end, start, countries, mode)
        _append_turned(draft, part)
    elif mode in _OFF_ROAD:
        if mode is Mode.RAIL:
            draft.say(f"railways are not known; the line from {start.name} to {end.name} is schematic")
        draft.line(_arc(start, end), How.SCHEMATIC)
    elif _is_area(end):
        _into_area(draft, start, end, countries)
    else:
        _by_road(draft, start, end, countries)


def _by_road(draft: _Draft, start: Place, end: Place, countries: tuple[str, ...]) -> None:
    a, b = (start.lon, start.lat), (end.lon, end.lat)
    way = ways.to_point(a, b, countries)
    if way is None or _off(way, a, b):
        free = ways.to_point(a, b, ())
        if free is not None and not _off(free, a, b):
            way = free
            others = sorted({code for code in free.countries if code} - set(countries))
            if others:
                draft.say(f"no road from {start.name} to {end.name} keeps out of {', '.join(others)}")
    if way is None or _off(way, a, b):
        draft.say(f"no road connects {start.name} and {end.name}; the line between them is schematic")
        draft.line(_arc(start, end), How.SCHEMATIC)
        return
    _add(draft, way, start, end)


def _into_area(draft: _Draft, start: Place, end: Place, countries: tuple[str, ...]) -> None:
    spot, home = (start.lon, start.lat), _country(start)
    if end.is_country:
        if end.country == home:
            draft.say(f"{start.name} lies in {end.name} itself: where in it the movement ends is not known")
            return
        way = ways.to_country(spot, home, end.country or "", countries)
    else:
        area = _area(end)
        if shapely.intersects_xy(area, *spot):
            draft.say(f"{start.name} lies in {end.name} itself: where in it the movement ends is not known")
            return
        way = ways.to_area(spot, area, countries)
    if way is None or way.start_m > _TOO_FAR_M:
        draft.say(f"no road leads from {start.name} into {end.name}; the line to its edge is schematic")
        draft.line(_arc(start, end), How.SCHEMATIC)
        return
    if not end.is_country and _is_detour(way, edge := _arc(start, end)):
        draft.say(f"the known road from {start.name} into {end.name} is a detour; the line to its edge is schematic")
        draft.line(edge, How.SCHEMATIC)
        return
    _add(draft, way, start, None)


def _is_detour(way: Way, straight: LineString) -> bool:
    """Whether a way runs so far about that whoever went will have found a shorter one."""
    return length_m(LineString(way.points)) > max(_DETOUR_M, _DETOUR * length_m(straight))


def _add(draft: _Draft, way: Way, start: Place, end: Place | None) -> None:
    before = draft.length_m
    walk_in = _walks(way.start_m, start)
    if walk_in:
        draft.line([(start.lon, start.lat), way.points[0]], How.SCHEMATIC)
    offset = draft.length_m
    draft.line(way.points, How.INFERRED)
    longest = max(distance_m(*a, *b) for a, b in pairwise(way.points))
    if longest > _STRAIGHT_M:
        draft.say(f"{longest / 1000:.0f} km of the road are drawn straight: the network leaves out the bends there")
    for found in way.passes():
        head = LineString([*way.points[: found.vertex + 1], (found.lon, found.lat)])
        draft.crossings.append(_crossing(found, offset + length_m(head)))
    if end is not None and _walks(way.end_m, end):
        draft.line([way.points[-1], (end.lon, end.lat)], How.SCHEMATIC)
    if not draft.snaps or before == 0:
        draft.snaps.append(way.start_m)
    draft.snaps.append(way.end_m)


def _crossing(found: ways.Pass, at_m: float) -> Crossing:
    a, b = found.between
    known = nearest(found.lon, found.lat, a, b)
    name = known.name if known else f"crossing of the {a}–{b} border"
    note = "inferred from the shortest way by road"
    if known and known.note:
        note = f"{note}; {known.note}"
    return Crossing(name, found.between, found.lon, found.lat, at_m, note)


def _append_turned(draft: _Draft, part: _Draft) -> None:
    before, total = draft.length_m, part.length_m
    draft.legs += [Leg(leg.how, leg.geometry.reverse(), leg.length_m) for leg in reversed(part.legs)]
    draft.crossings += [
        Crossing(c.name, (c.between[1], c.between[0]), c.lon, c.lat, before + total - c.at_m, c.note)
        for c in reversed(part.crossings)
    ]
    draft.snaps += part.snaps[::-1]
    draft.issues += part.issues


def _arc(start: Place, end: Place) -> LineString:
    lon, lat = end.lon, end.lat
    if _is_area(end):
        edge = nearest_points(_area(end), Point(start.lon, start.lat))[0]
        lon, lat = edge.x, edge.y
    if distance_m(start.lon, start.lat, lon, lat) < 1.0:
        return LineString([(start.lon, start.lat), (start.lon, start.lat)])
    return arc(start.lon, start.lat, lon, lat)


def _area(place: Place) -> BaseGeometry:
    return outline(place) or circle(place)


def _is_area(place: Place) -> bool:
    return place.is_country or is_region(place)


def _is_spread(place: Place) -> bool:
    return _is_area(place) or place.feature.startswith(("R", "H"))


def _country(place: Place) -> str | None:
    return place.country or country_at(place.lon, place.lat)


def _walks(distance: float, place: Place) -> bool:
    return distance > max(_WALK_M, min(place.precision_m, 5_000.0))


def _off(way: Way, start: tuple[float, float], end: tuple[float, float]) -> bool:
    """Whether most of the trip would be off the road."""
    return way.start_m + way.end_m > max(5_000.0, min(2 * _TOO_FAR_M, 0.5 * distance_m(*start, *end)))


def _on_road(place: Place, other: Place) -> Place:
    """Return a road that is named as a stop as its point nearest to the stop beside it; any other place as it is."""
    if not place.feature.startswith("R") or _is_area(other):
        return place
    if place.geometry is not None:
        lon, lat = nearest_spot(place.geometry, other.lon, other.lat)
        return replace(place, lon=lon, lat=lat, precision_m=_WALK_M)
    try:
        line = highway(place.name, countries=(place.country,) if place.country else ())
    except UnknownRoadError:
        return place
    spot = point_at(line, locate(line, other.lon, other.lat)[0])
    return replace(place, lon=spot.x, lat=spot.y, precision_m=_WALK_M)


def _check(place: Place) -> None:
    if not (math.isfinite(place.lon) and math.isfinite(place.lat) and abs(place.lat) <= 90 and abs(place.lon) <= 180):
        raise InputError(f"{place.name} has the position {place.lat}, {place.lon}, which is not on the globe")
