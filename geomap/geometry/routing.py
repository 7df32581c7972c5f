"""Routes between places: along roads where a road leads there, as a plain arc where only the ends are known.

A country or region has no middle a convoy drives to: a route that ends in a country ends just past the border crossing
its road takes, and one that ends in a region ends where the road enters it.
"""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np
import shapely
from shapely.geometry import LineString, Point
from shapely.ops import nearest_points

from geomap.errors import InputError, UnknownRoadError
from geomap.geometry.asking import places_of
from geomap.geometry.borders import country_at
from geomap.geometry.geodesy import arc, cumulative_m, distance_m, length_m, locate, point_at
from geomap.geometry.outlines import circle, is_region, outline
from geomap.geometry.roads import entries, ways
from geomap.geometry.roads.crossings import nearest
from geomap.geometry.roads.graphs import Avoid
from geomap.geometry.roads.highways import highway
from geomap.geometry.roads.servers import find_ways
from geomap.geometry.sweeps import nearest_spot
from geomap.given import day_of, word_of
from geomap.models import Crossing, How, Issue, Leg, Mode, Place, PlaceRef, Route

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from shapely.geometry.base import BaseGeometry

    from geomap.geometry.asking import What
    from geomap.geometry.roads.paths import Pass, Way
    from geomap.geometry.roads.servers import Router
    from geomap.given import Day

__all__ = ["alternatives", "check_position", "route", "turned"]

_WALK_M = 2_000.0
"""A place further from its road than this, and than its precision, gets a schematic leg to the road."""
_DETOUR, _DETOUR_M = 4.0, 25_000.0
"""A way into a region that is longer than both this many times the straight one and this length is not drawn: the
network lacks the bridge or road by which the region's edge is reached."""
_AFAR_M = 10_000.0
"""Where a way in the stops' own countries begins and ends further off than this, one through others is looked for."""
_TOO_FAR_M = 60_000.0
_SAME_M = 200.0
_STRAIGHT_M = 40_000.0
"""A road that is drawn straight over more than this is told of."""
_OFF_ROAD = {Mode.AIR, Mode.SEA, Mode.RAIL}
MOST_ALTERNATIVES = 3


@dataclass(frozen=True, slots=True)
class _Asked:
    """What holds for all legs of a route."""

    mode: Mode
    countries: tuple[str, ...]
    """Where its stops lie: it keeps to these countries as far as roads do."""
    avoid: Avoid
    on: date | None
    """The day for which border crossings count as open or closed."""
    router: Router | None = None
    """Who is asked for roads before the shipped network is."""


@dataclass(slots=True)
class _Draft:
    """A route in the making."""

    asked: _Asked
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

    def road(self, way: Way) -> None:
        if way.length_m > 0:
            self.legs.append(Leg(How.INFERRED, LineString(way.points), way.length_m, way.by, way.notice))

    def route(self) -> Route:
        return Route(
            legs=tuple(self.legs),
            mode=self.asked.mode,
            crossings=tuple(self.crossings),
            snap_m=tuple(round(value, 1) for value in self.snaps),
            issues=tuple(dict.fromkeys(self.issues)),
        )


def route(
    *stops: What | Sequence[What],
    mode: Mode | str = Mode.ROAD,
    avoid: Avoid | None = None,
    on: Day | None = None,
    router: Router | None = None,
) -> Route:
    """Return the route through the stops, in order.

    By air, sea and rail each leg is a schematic arc; every other mode goes by the shortest road, a named highway being
    preferred to roads that are less than 15 % shorter. Where no road leads, and by rail, of which no network is
    shipped, an issue says that the arc is schematic. The length of a leg by road is that of the road with its bends,
    also of those that the network does not draw; a schematic leg has its line's, on the ellipsoid.

    Parameters
    ----------
    stops
        Where it starts, passes and ends, one after the other or in a list: places, or names, ids, ``LAT,LON`` and
        phrases that :func:`geomap.find` understands. A name that fits several places is taken near the others.
    mode
        How the forces travel: road, air, rail, sea or foot.
    avoid
        Countries and areas to keep out of.
    on
        The day for which border crossings count as open or closed, such as ``"2019-10-14"``; the last that is known
        when left out.
    router
        Who is asked for each way by road, from :func:`geomap.geometry.roads.servers.open_router`. Where it knows none
        or fails, an issue says so and the way is the shipped network's; `Leg.by` tells the legs apart.

    Raises
    ------
    InputError
        Fewer than two stops, coordinates off the globe, or a mode or day that is none.
    UnknownPlaceError
        No place has one of the names.

    Examples
    --------
    >>> from geomap import route
    >>> found = route("Kyiv", "Chernihiv")
    >>> round(found.length_m / 1000, -1)
    140.0
    >>> [crossing.between for crossing in route("Rmeilan", "Ain al-Asad").crossings]
    [('SY', 'IQ')]
    """
    every = [stop for given in stops for stop in ([given] if isinstance(given, Place | PlaceRef | str) else given)]
    draft, points = _begin(every, word_of(Mode, mode, "mode"), avoid, day_of(on) if on else None, router)
    for start, end in itertools.pairwise(points):
        _leg(draft, start, end)
    return draft.route()


def alternatives(
    stops: Sequence[What],
    *,
    count: int = MOST_ALTERNATIVES,
    avoid: Avoid | None = None,
    on: Day | None = None,
    router: Router | None = None,
) -> tuple[Route, ...]:
    """Return the route by road between two places and up to `count` others that really differ, the best first.

    Another way is up to half as long again, and shares at most 70 % of its length with any better one. Where no road
    connects the places, or one of them is an area, there is only the route that :func:`route` gives. A router that is
    asked has rules of its own for what another way is.

    Raises
    ------
    InputError
        There are not exactly two stops, `count` is not from 0 to 3, or the day is none.
    UnknownPlaceError
        No place has one of the names.
    """
    if len(stops) != 2:
        raise InputError(f"alternatives are looked for between two places, not {len(stops)}; leave out the others")
    if not 0 <= count <= MOST_ALTERNATIVES:
        raise InputError(f"{count} alternatives cannot be had; ask for 0 to {MOST_ALTERNATIVES}")
    on = day_of(on) if on else None
    first = route(stops, avoid=avoid, on=on, router=router)
    draft, (start, end) = _begin(stops, Mode.ROAD, avoid, on, router)
    if _is_area(start) or _is_area(end) or not any(leg.how is How.INFERRED for leg in first.legs):
        return (first,)
    spots = (start.lon, start.lat), (end.lon, end.lat)
    found = [first]
    if router is not None and any(leg.by for leg in first.legs):
        others = find_ways(router, *spots, draft.asked.countries, alternatives=count, avoid=draft.asked.avoid).ways
    else:
        keep = draft.asked.countries if ways.to_point(*spots, draft.asked.countries, avoid=avoid, on=on) else ()
        others = ways.alternatives(*spots, keep, count=count, avoid=avoid, on=on)
    for way in others[1:]:
        other = _Draft(draft.asked)
        _add(other, way, start, end)
        found.append(other.route())
    return tuple(found)


def _begin(
    stops: Sequence[What], mode: Mode, avoid: Avoid | None, on: date | None, router: Router | None
) -> tuple[_Draft, list[Place]]:
    """Return an empty draft, and the spots that a route through the stops goes by."""
    if len(stops) < 2:
        raise InputError(f"a route needs two places or more, got {len(stops)}; give where it starts and where it ends")
    places = list(places_of(stops, spot=True))
    for place in places:
        check_position(place)
    places = [_on_road(place, places[max(0, i - 1)] if i else places[1]) for i, place in enumerate(places)]
    countries = tuple(dict.fromkeys(code for place in places if (code := _country(place))))
    draft = _Draft(_Asked(mode, countries, avoid or Avoid(), on, router))
    for place in places[1:-1]:
        if _is_area(place):
            draft.say(f"{place.name} is an area and no point on the way; the route is drawn without it")
    return draft, [places[0], *(place for place in places[1:-1] if not _is_area(place)), places[-1]]


def _leg(draft: _Draft, start: Place, end: Place) -> None:
    mode = draft.asked.mode
    if _is_area(start) and _is_area(end):
        draft.say(f"{start.name} and {end.name} are both areas: no line can be drawn between them")
        return
    if distance_m(start.lon, start.lat, end.lon, end.lat) < _SAME_M:
        draft.say(f"{start.name} and {end.name} are the same spot; there is nothing to draw between them")
        return
    if _is_area(start):
        part = _Draft(draft.asked)
        _leg(part, end, start)
        _append_turned(draft, part)
    elif mode in _OFF_ROAD:
        if mode is Mode.RAIL:
            draft.say(f"railways are not known; the line from {start.name} to {end.name} is schematic")
        draft.line(_arc(start, end), How.SCHEMATIC)
    elif _is_area(end):
        _into_area(draft, start, end)
    else:
        _by_road(draft, start, end)


def _by_road(draft: _Draft, start: Place, end: Place) -> None:
    asked, a, b = draft.asked, (start.lon, start.lat), (end.lon, end.lat)
    if given := _given(draft, a, b, f"from {start.name} to {end.name}"):
        _add(draft, given, start, end)
        return
    way = ways.to_point(a, b, asked.countries, avoid=asked.avoid, on=asked.on)
    if way is None or way.start_m + way.end_m > _AFAR_M:
        free = ways.to_point(a, b, (), avoid=asked.avoid, on=asked.on)
        if free is not None and not _off(free, a, b) and _nearer(free, way):
            way = free
            others = sorted({code for code in free.countries if code} - set(asked.countries))
            if others:
                draft.say(f"no road from {start.name} to {end.name} keeps out of {', '.join(others)}")
    if way is None or _off(way, a, b):
        draft.say(f"{_why_no_road(draft, start, end)}; the line between them is schematic")
        draft.line(_arc(start, end), How.SCHEMATIC)
        return
    _add(draft, way, start, end)


def _why_no_road(draft: _Draft, start: Place, end: Place) -> str:
    at_sea = " and ".join(place.name for place in (start, end) if country_at(place.lon, place.lat) is None)
    if at_sea:
        return f"no road leads to {at_sea}, at sea"
    out_of = " that keeps out of what is to be avoided" if draft.asked.avoid != Avoid() else ""
    return f"no road{out_of} connects {start.name} and {end.name}"


def _given(draft: _Draft, start: tuple[float, float], end: tuple[float, float], trip: str) -> Way | None:
    """Return the way by the router, where one is asked and knows one; what it does not know is told."""
    if draft.asked.router is None:
        return None
    found = find_ways(draft.asked.router, start, end, draft.asked.countries, avoid=draft.asked.avoid)
    for said in found.words:
        draft.say(said if found.ways else f"the road {trip} is that of the shipped network: {said}")
    return found.ways[0] if found.ways else None


def _into_area(draft: _Draft, start: Place, end: Place) -> None:
    asked, spot, home = draft.asked, (start.lon, start.lat), _country(start)
    if end.is_country:
        if end.country == home:
            draft.say(f"{start.name} lies in {end.name} itself: where in it the movement ends is not known")
            return
        way = entries.to_country(spot, home, end.country or "", asked.countries, avoid=asked.avoid, on=asked.on)
    else:
        area = _area(end)
        if shapely.intersects_xy(area, *spot):
            draft.say(f"{start.name} lies in {end.name} itself: where in it the movement ends is not known")
            return
        way = entries.to_area(spot, area, asked.countries, avoid=asked.avoid, on=asked.on)
    if way is None or way.start_m > _TOO_FAR_M:
        draft.say(f"no road leads from {start.name} into {end.name}; the line to its edge is schematic")
        draft.line(_arc(start, end), How.SCHEMATIC)
        return
    if not end.is_country and _is_detour(way, edge := _arc(start, end)):
        draft.say(f"the known road from {start.name} into {end.name} is a detour; the line to its edge is schematic")
        draft.line(edge, How.SCHEMATIC)
        return
    # a router has no answer to "into that country": it is asked for the spot where the known way has come in
    given = _given(draft, spot, way.points[-1], f"from {start.name} into {end.name}")
    if given and given.end_m <= _WALK_M and (not end.is_country or given.countries[-1] == end.country):
        way = replace(given, end_m=0.0)
    elif given:
        draft.say(f"the road into {end.name} is that of the shipped network: {given.by}'s does not lead in")
    _add(draft, way, start, None)


def _is_detour(way: Way, straight: LineString) -> bool:
    """Whether a way runs so far about that whoever went will have found a shorter one."""
    return way.length_m > max(_DETOUR_M, _DETOUR * length_m(straight))


def _add(draft: _Draft, way: Way, start: Place, end: Place | None) -> None:
    before = draft.length_m
    if draft.legs and (ended := draft.legs[-1]).by != way.by and ended.how is How.INFERRED:
        # two networks hardly meet in the same spot of a place
        draft.line([ended.geometry.coords[-1], way.points[0]], How.SCHEMATIC)
    elif _walks(way.start_m, start):
        draft.line([(start.lon, start.lat), way.points[0]], How.SCHEMATIC)
    offset = draft.length_m
    draft.road(way)
    if (longest := float(np.diff(cumulative_m(np.array(way.points))).max())) > _STRAIGHT_M:
        draft.say(f"{longest / 1000:.0f} km of the road are drawn straight: the network leaves out the bends there")
    for place, gap in zip((start, end), way.beside_m, strict=True):
        if place is not None and _walks(gap, place):
            where = f"{gap / 1000:.0f} km beside the road as drawn"
            draft.say(f"{place.name} lies {where} and is taken to lie on it: the road is longer, by bends not known")
    draft.crossings += [_crossing(draft, found, offset + way.at_m(found), way.by) for found in way.passes()]
    if end is not None and _walks(way.end_m, end):
        draft.line([way.points[-1], (end.lon, end.lat)], How.SCHEMATIC)
    if not draft.snaps or before == 0:
        draft.snaps.append(way.start_m)
    draft.snaps.append(way.end_m)


def _crossing(draft: _Draft, found: Pass, at_m: float, by: str | None) -> Crossing:
    """Return where a way crosses a border, by name where one is known; what is closed is told."""
    a, b = found.between
    known = nearest(found.lon, found.lat, a, b)
    note = "inferred from the shortest way by road"
    if known is None:
        return Crossing(f"crossing of the {a}–{b} border", found.between, found.lon, found.lat, at_m, note)
    if known.is_open_on(draft.asked.on) is not True:
        state = known.said(draft.asked.on)
        note = f"{note}; {state}"
        if known.is_open_on(draft.asked.on) is False:
            why = f"{by} knows nothing of closures" if by else "no better one is known"
            draft.say(f"the way passes {known.name}, {state}: {why}")
    if known.note:
        note = f"{note}; {known.note}"
    return Crossing(known.name, found.between, found.lon, found.lat, at_m, note)


def _append_turned(draft: _Draft, part: _Draft) -> None:
    before, total = draft.length_m, part.length_m
    draft.legs += [turned(leg) for leg in reversed(part.legs)]
    draft.crossings += [
        Crossing(c.name, (c.between[1], c.between[0]), c.lon, c.lat, before + total - c.at_m, c.note)
        for c in reversed(part.crossings)
    ]
    draft.snaps += part.snaps[::-1]
    draft.issues += part.issues


def turned(leg: Leg) -> Leg:
    """Return a leg in the other direction."""
    return replace(leg, geometry=leg.geometry.reverse())


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


def _country(place: Place) -> str | None:
    return place.country or country_at(place.lon, place.lat)


def _walks(distance: float, place: Place) -> bool:
    return distance > max(_WALK_M, min(place.precision_m, 5_000.0))


def _nearer(free: Way, way: Way | None) -> bool:
    """Whether a way begins and ends so much nearer that leaving the stops' own countries is likelier than a walk."""
    return way is None or free.start_m + free.end_m < way.start_m + way.end_m - _AFAR_M / 2


def _off(way: Way, start: tuple[float, float], end: tuple[float, float]) -> bool:
    """Whether most of the trip would be off the road."""
    return way.start_m + way.end_m > max(5_000.0, min(2 * _TOO_FAR_M, 0.5 * distance_m(*start, *end)))


def _on_road(place: Place, other: Place) -> Place:
    """Return a road that is named as a stop as its point nearest to the stop beside it; any other place as it is."""
    if not place.feature.startswith("R") or _is_area(other):
        return place
    known = place.course if place.course is not None else place.geometry
    if known is not None:
        lon, lat = nearest_spot(known, other.lon, other.lat)
        return replace(place, lon=lon, lat=lat, precision_m=_WALK_M)
    try:
        line = highway(place.name, countries=(place.country,) if place.country else ())
    except UnknownRoadError:
        return place
    spot = point_at(line, locate(line, other.lon, other.lat)[0])
    return replace(place, lon=spot.x, lat=spot.y, precision_m=_WALK_M)


def check_position(place: Place) -> None:
    """Refuse a place that is not on the globe.

    Raises
    ------
    InputError
        Its coordinates are no numbers, or out of range.
    """
    if not (math.isfinite(place.lon) and math.isfinite(place.lat) and abs(place.lat) <= 90 and abs(place.lon) <= 180):
        raise InputError(f"{place.name} has the position {place.lat}, {place.lon}, which is not on the globe")
