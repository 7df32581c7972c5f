"""The line of a movement, from what its report says of origin, destination and way."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from geomap.errors import GeomapError
from geomap.geometry.coursing import is_road, leg_along, met, without_rivers
from geomap.geometry.geodesy import distance_m
from geomap.geometry.outlines import is_region
from geomap.geometry.routing import route
from geomap.geometry.stubs import open_ends, stub
from geomap.models import Issue, Mode, Route

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomap.geometry.roads.servers import Router
    from geomap.models import Movement, Place, PlaceRef

__all__ = ["trace"]

_ON_ROAD_M, _TOWN_M = 2_000.0, 10_000.0
"""How near to the end of a road a spot, and the middle of a large town, are at it."""


def trace(movement: Movement, *, router: Router | None = None) -> Movement:
    """Return the movement with its route; one that already has a route is returned as it is.

    Every origin is joined to every destination it has a way to: several origins run to the first destination, and
    the first origin runs to each further one. An end that is not known becomes a short stub. A movement that tells
    of no spot at all gets a route without legs, whose issue says why. A router that is given is asked for ways by
    road.
    """
    if movement.route is not None:
        return movement
    mode = Mode.ROAD if movement.mode is Mode.UNKNOWN else movement.mode
    origins, ends = _places(movement.origin), _places(movement.destination)
    via = _places(movement.via)
    routes, issues = [], []
    jobs = _jobs(origins, ends, via)
    for job in jobs:
        try:
            routes.append(job.draw(mode, router))
        except GeomapError as error:
            issues.append(Issue("route", str(error)))
    issues += _stub_issues(jobs)
    if not routes and not issues:
        issues.append(Issue("route", "the report names no place the movement starts from, passes or reaches"))
    joined = _joined(routes, mode)
    report = movement.provenance.report_id
    marked = tuple(replace(issue, report_id=report) for issue in dict.fromkeys((*joined.issues, *issues)))
    return replace(movement, route=replace(joined, mode=movement.mode, issues=marked))


class _Job:
    """One line to draw: through known stops, or a stub at one."""

    def __init__(self, stops: Sequence[Place], *, outgoing: bool | None = None) -> None:
        self.stops, self.outgoing = tuple(stops), outgoing

    @property
    def is_stub(self) -> bool:
        return self.outgoing is not None and len(self.stops) == 1

    def draw(self, mode: Mode, router: Router | None) -> Route:
        if self.outgoing is None:
            return route(self.stops, mode=mode, router=router)
        if self.is_stub:
            return replace(stub(self.stops[0], outgoing=self.outgoing, mode=mode), issues=())
        drawn = route(self.stops, mode=mode, router=router)
        return replace(drawn, open_start=not self.outgoing, open_end=self.outgoing)


class _Along(_Job):
    """One line to draw along a road that is told by its towns, with the ways to it and from it."""

    def __init__(self, origin: Place | None, road: Place, end: Place | None) -> None:
        super().__init__([place for place in (origin, end) if place is not None])
        self.origin, self.road, self.end = origin, road, end

    def draw(self, mode: Mode, router: Router | None) -> Route:
        leg = leg_along(self.road, self.origin, self.end)
        if leg is None:
            return super().draw(mode, router)
        first, last = (_spot_of(self.road, *leg.geometry.coords[n]) for n in (0, -1))
        parts = [Route((leg,), mode=mode, open_start=self.origin is None, open_end=self.end is None)]
        if self.origin is not None and _is_apart(self.origin, first):
            parts.insert(0, route((self.origin, first), mode=mode, router=router))
        if self.end is not None and _is_apart(last, self.end):
            parts.append(route((last, self.end), mode=mode, router=router))
        if self.origin is None and self.end is None:
            said = Issue("route", f"which way they went along {self.road.name} is not told; the line has no direction")
            parts[0] = replace(parts[0], issues=(said,))
        return _joined(parts, mode)


def _spot_of(road: Place, lon: float, lat: float) -> Place:
    return replace(road, lon=lon, lat=lat, feature="R.RDJCT", precision_m=_ON_ROAD_M, geometry=None, course=None)


def _is_apart(place: Place, other: Place) -> bool:
    """Whether there is a way to draw between a place and the end of a road: what lies within a town is the town."""
    away = distance_m(place.lon, place.lat, other.lon, other.lat)
    return away > max(_ON_ROAD_M, min(max(place.precision_m, other.precision_m), _TOWN_M))


def _jobs(origins: list[Place], ends: list[Place], via: list[Place]) -> list[_Job]:
    roads = [place for place in via if is_road(place)]
    if len(roads) == 1 and len(via) == 1:
        pairs: list[tuple[Place | None, Place | None]] = [(a, b) for a, b in _pairs(origins, ends)]
        known = pairs or [(a, None) for a in origins] or [(None, b) for b in ends] or [(None, None)]
        return [_Along(a, roads[0], b) for a, b in known]
    if origins and ends:
        stops = without_rivers(via)
        return [_Job((met(a, b), *stops, met(b, a))) for a, b in _pairs(origins, ends)]
    if origins:
        return [_Job((origin, *(met(place, origin) for place in via)), outgoing=True) for origin in origins]
    if ends:
        return [_Job((*(met(place, end) for place in via), end), outgoing=False) for end in ends]
    return [_Job(via)] if len(via) > 1 else [_Job(via, outgoing=True)] if via else []


def _pairs(origins: list[Place], ends: list[Place]) -> list[tuple[Place, Place]]:
    if not origins or not ends:
        return []
    return [(origins[0], end) for end in ends] + [(origin, ends[0]) for origin in origins[1:]]


def _stub_issues(jobs: list[_Job]) -> tuple[Issue, ...]:
    """Return what there is to say of all stubs at once; the stubs of one movement all run the same way."""
    stubs = [job for job in jobs if job.is_stub]
    return open_ends([job.stops[0] for job in stubs], outgoing=bool(stubs and stubs[0].outgoing))


def _places(refs: Sequence[PlaceRef]) -> list[Place]:
    """Return the places of the words, each once; an area that holds another of them says nothing new."""
    places = list({ref.place.id: ref.place for ref in refs if ref.place is not None}.values())
    spots = [place for place in places if not (place.is_country or is_region(place))]
    return spots or places


def _joined(routes: list[Route], mode: Mode) -> Route:
    return Route(
        legs=tuple(leg for part in routes for leg in part.legs),
        mode=mode,
        crossings=tuple(crossing for part in routes for crossing in part.crossings),
        snap_m=tuple(value for part in routes for value in part.snap_m),
        open_start=any(part.open_start for part in routes),
        open_end=any(part.open_end for part in routes),
        issues=tuple(issue for part in routes for issue in part.issues),
    )
