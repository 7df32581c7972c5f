"""What a person puts on a map without a report, as records with the words and the source given."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geomap.errors import InputError, UnknownPlaceError
from geomap.geometry.asking import refs_of
from geomap.geometry.geodesy import area_m2, length_m
from geomap.geometry.tracing import trace
from geomap.given import day_of, days_of, word_of
from geomap.models import (
    Area,
    AreaKind,
    AreaPlan,
    How,
    Incident,
    IncidentKind,
    Interval,
    Leg,
    Mode,
    Movement,
    MovementKind,
    Place,
    PlaceRef,
    Provenance,
    Report,
    Route,
    Shape,
    Status,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from shapely.geometry.base import BaseGeometry

    from geomap.geometry.asking import What
    from geomap.given import Day, Days
    from geomap.models import Resolution

__all__ = ["Claim", "area_by_hand", "incident_by_hand", "movement_by_hand", "refs_by_hand"]

NOBODY = "drawn by hand"
"""What stands for the source of a claim that names none."""
_ADDED = ("added",)
_GRADE = re.compile(r"[A-F][1-6]")
_RIVALS = 4


@dataclass(frozen=True, slots=True)
class Claim:
    """Who says what is put on a map by hand, and in which words."""

    quote: str = ""
    source: str | None = None
    title: str | None = None
    url: str | None = None
    published: Day | None = None
    grade: str = "F6"

    def report(self, number: int) -> Report:
        """Return the report that stands for the claim.

        Raises
        ------
        InputError
            The day of publication is none, or the grade is none from A1 to F6.
        """
        if not _GRADE.fullmatch(self.grade):
            raise InputError(f"grade {self.grade!r} is none from A1 to F6, in the letters of the NATO Admiralty system")
        day = None if self.published is None else day_of(self.published)
        return Report(f"by-hand-{number}", self.quote, self.source or NOBODY, self.title, self.url, day)

    def provenance(self, report: Report) -> Provenance:
        """Return the claim as told by the report that stands for it, as a whole."""
        return Provenance(
            report.id, report.source, report.title, report.url, report.published, self.quote, 0, len(self.quote),
            grade=self.grade, by_hand=_ADDED,
        )  # fmt: skip


def refs_by_hand(whats: Sequence[What], countries: Collection[str] = ()) -> tuple[PlaceRef, ...]:
    """Return the places that are meant; a name that fits several is taken near the others.

    Raises
    ------
    UnknownPlaceError
        No place has one of the names, or several have it equally well; the message names those that may be meant.
    """
    return refs_of(whats, countries=countries, spot=True, unsure=_refuse)


def _refuse(found: Resolution) -> None:
    places = [candidate.place for candidate in found.candidates[:_RIVALS]]
    ids = ", ".join(f"{place.id} ({', '.join(filter(None, (place.admin1, place.country)))})" for place in places)
    raise UnknownPlaceError(
        f"{found.query!r} may be several places: {found.reason}; say which, as in "
        f"'{found.query}, {places[0].admin1 or places[0].country}', or give its id: {ids}"
    )


def movement_by_hand(
    report: Report,
    claim: Claim,
    *,
    origin: Sequence[PlaceRef],
    destination: Sequence[PlaceRef],
    via: Sequence[PlaceRef],
    route: Route | BaseGeometry | None,
    actor: str | None,
    co_actors: Sequence[str],
    date: Days | None,
    status: Status | str,
    kind: MovementKind | str,
    mode: Mode | str,
    vehicles: int | None,
    troops: int | None,
    note: str | None,
) -> Movement:
    """Return a movement between places, with the route that is given or that joins them.

    Raises
    ------
    InputError
        A day, status, kind or mode is none, or what is given as the route is no line.
    """
    line = route if isinstance(route, Route) or route is None else _reported(route)
    way = word_of(Mode, mode, "mode")
    return trace(
        Movement(
            f"{report.id}-movement",
            claim.provenance(report),
            trigger="",
            actor=actor,
            actor_text=None,
            origin=tuple(origin),
            destination=tuple(destination),
            via=tuple(via),
            co_actors=tuple(co_actors),
            date=_interval(date),
            status=word_of(Status, status, "status"),
            kind=word_of(MovementKind, kind, "kind"),
            mode=line.mode if line and way is Mode.UNKNOWN else way,
            vehicles=vehicles,
            vehicles_text=_counted(vehicles, "vehicle"),
            troops=troops,
            troops_text=_counted(troops, "soldier"),
            confidence=1.0,
            route=line,
            note=note,
        )
    )


def area_by_hand(
    report: Report,
    claim: Claim,
    where: Shape | BaseGeometry | What,
    *,
    actor: str | None,
    status: Status | str,
    kind: AreaKind | str,
    date: Days | None,
    note: str | None,
) -> Area:
    """Return an area of a shape, a polygon, or the outline of a named unit.

    Raises
    ------
    InputError
        A day, status or kind is none, or there is nothing in the shape.
    UnknownPlaceError
        No place has the name.
    """
    shape = _shape(where)
    return Area(
        f"{report.id}-area",
        claim.provenance(report),
        text=claim.quote or shape.built_from,
        kind=word_of(AreaKind, kind, "kind"),
        status=word_of(Status, status, "status"),
        actor=actor,
        plan=AreaPlan(),
        date=_interval(date),
        shape=shape,
        note=note,
    )


def incident_by_hand(
    report: Report,
    claim: Claim,
    places: Sequence[PlaceRef],
    *,
    actor: str | None,
    kind: IncidentKind | str | None,
    date: Days | None,
    note: str | None,
) -> Incident:
    """Return an incident at places.

    Raises
    ------
    InputError
        No place or no kind is told, or the day or the kind is none.
    """
    if not places:
        raise InputError("an incident is somewhere; give the place, or several in a list")
    if kind is None:
        raise InputError(f"what was it at {places[0].text}? say kind=…, one of {', '.join(IncidentKind)}")
    return Incident(
        f"{report.id}-incident",
        claim.provenance(report),
        kind=word_of(IncidentKind, kind, "kind"),
        trigger="",
        actor=actor,
        places=tuple(places),
        date=_interval(date),
        note=note,
    )


def _interval(date: Days | None) -> Interval | None:
    return None if date is None else days_of(date)


def _counted(number: int | None, word: str) -> str | None:
    return None if number is None else f"{number:,} {word}{'' if number == 1 else 's'}"


def _reported(line: BaseGeometry) -> Route:
    if getattr(line, "geom_type", "") != "LineString" or line.is_empty:
        told = getattr(line, "geom_type", type(line).__name__)
        raise InputError(f"a route is a Route or a LineString in EPSG:4326, no {told}")
    return Route((Leg(How.REPORTED, line, length_m(line)),))


def _shape(where: Shape | BaseGeometry | What) -> Shape:
    if isinstance(where, Shape):
        return where
    if isinstance(where, str | Place | PlaceRef):
        from geomap.geometry.regions import unit

        return unit(where)
    kind = getattr(where, "geom_type", type(where).__name__)
    if kind not in {"Polygon", "MultiPolygon"} or where.is_empty:
        raise InputError(f"an area is a place, a Shape, or a polygon in EPSG:4326, no {kind}")
    return Shape(where, "the outline is given by hand", area_m2=area_m2(where), published_limits=True)
