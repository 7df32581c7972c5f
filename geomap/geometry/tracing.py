"""The line of a movement, from what its report says of origin, destination and way."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from geomap.errors import GeomapError
from geomap.geometry.outlines import is_region
from geomap.geometry.routing import open_ends, route, stub
from geomap.models import Issue, Mode, Route

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomap.geometry.roads.servers import Router
    from geomap.models import Movement, Place, PlaceRef

__all__ = ["trace"]


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


def _jobs(origins: list[Place], ends: list[Place], via: list[Place]) -> list[_Job]:
    if origins and ends:
        pairs = [(origins[0], end) for end in ends] + [(origin, ends[0]) for origin in origins[1:]]
        return [_Job((a, *via, b)) for a, b in pairs]
    if origins:
        return [_Job((origin, *via), outgoing=True) for origin in origins]
    if ends:
        return [_Job((*via, end), outgoing=False) for end in ends]
    return [_Job(via)] if len(via) > 1 else [_Job(via, outgoing=True)] if via else []


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
