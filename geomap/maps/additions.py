"""What can be put on a map: records that were read or made, and what a person tells by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self, cast

from geomap.errors import InputError
from geomap.maps.by_hand import Claim, area_by_hand, incident_by_hand, movement_by_hand, refs_by_hand
from geomap.models import Area, AreaKind, Incident, Mode, Movement, MovementKind, Place, PlaceRef, Status

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geopandas import GeoDataFrame
    from shapely.geometry.base import BaseGeometry

    from geomap.geometry.asking import What
    from geomap.given import Day, Days
    from geomap.maps.payload import Story
    from geomap.maps.webmap import Map
    from geomap.models import IncidentKind, Issue, Reading, Report, Route, Shape

__all__ = ["Additions"]


class Additions:
    """The part of :class:`geomap.Map` that takes what is to be drawn; each method returns the map."""

    _story: Story

    def _start_story(self, story: Story) -> None:
        self._story = story

    @property
    def story(self) -> Story:
        """The records added so far."""
        return self._story

    def add_reading(self, reading: Reading) -> Self:
        """Add a report with all that was read from it; return the map."""
        self.add_report(reading.report)
        self._story.movements.extend(reading.movements)
        self._story.areas.extend(reading.areas)
        self._story.incidents.extend(reading.incidents)
        self._story.issues.extend(reading.issues)
        return self

    def add_report(self, report: Report) -> Self:
        """Add a report to the sources; return the map."""
        self._story.reports.append(report)
        return self

    def add_movement(
        self,
        origin: Movement | What | None = None,
        destination: What | None = None,
        *,
        via: Sequence[What] = (),
        actor: str | None = None,
        co_actors: Sequence[str] = (),
        date: Days | None = None,
        status: Status | str = Status.COMPLETED,
        kind: MovementKind | str = MovementKind.DEPLOYMENT,
        mode: Mode | str = Mode.UNKNOWN,
        vehicles: int | None = None,
        troops: int | None = None,
        route: Route | BaseGeometry | None = None,
        quote: str = "",
        source: str | None = None,
        title: str | None = None,
        url: str | None = None,
        published: Day | None = None,
        grade: str = "F6",
        note: str | None = None,
    ) -> Self:
        """Add a movement from one place to another, along roads where they lead there; return the map.

        Parameters
        ----------
        origin, destination, via
            Where it starts and ends, and what it passes: places, or whatever :func:`geomap.find` understands; one end
            may be left out. Or a movement that was read or made, alone: without a route it is listed with the reason.
        actor, co_actors
            Who moves, and who moves along.
        date
            A day such as ``"2019-10-14"``, or several: ``"2019-10-14/2019-10-20"``.
        status, kind, mode
            As in :class:`geomap.models.Movement`: ``"planned"``, ``"withdrawal"``, ``"air"``.
        vehicles, troops
            How many.
        route
            The line where it is known: a route, or a LineString in EPSG:4326, which is drawn as reported.
        quote, source, title, url, published, grade
            The words that say so, and whose they are; without a source the map says "drawn by hand".
        note
            A remark of your own.

        Raises
        ------
        UnknownPlaceError
            No place has one of the names, or several have it equally well; the message names those that may be meant.
        InputError
            No end is told, or a day, status, kind, mode, grade or line is none.

        Examples
        --------
        >>> import geomap
        >>> m = geomap.Map(title="A withdrawal")
        >>> m = m.add_movement("Rmeilan", "Ain al-Asad", actor="United States", date="2019-01-10", vehicles=10)
        >>> [crossing.between for crossing in m.story.movements[0].route.crossings]
        [('SY', 'IQ')]
        """
        if isinstance(origin, Movement):
            _alone(destination, via, actor, co_actors, date, vehicles, troops, route, quote, source, title, url, note)
            self._story.movements.append(origin)
            return self
        if origin is None and destination is None and route is None:
            raise InputError(
                "a movement of which no end is known cannot be drawn; give where it starts, or where it ends"
            )
        ends = [end for end in (origin, *via, destination) if end is not None]
        refs = refs_by_hand(ends)
        first, last = int(origin is not None), len(refs) - int(destination is not None)
        claim = Claim(quote, source, title, url, published, grade)
        report = claim.report(self._next)
        movement = movement_by_hand(
            report,
            claim,
            origin=refs[:first],
            via=refs[first:last],
            destination=refs[last:],
            route=route,
            actor=actor,
            co_actors=co_actors,
            date=date,
            status=status,
            kind=kind,
            mode=mode,
            vehicles=vehicles,
            troops=troops,
            note=note,
        )
        self.add_report(report)
        return self.add_movement(movement)

    def add_area(
        self,
        where: Area | Shape | BaseGeometry | What,
        *,
        actor: str | None = None,
        status: Status | str = Status.COMPLETED,
        kind: AreaKind | str = AreaKind.CONTROL,
        date: Days | None = None,
        quote: str = "",
        source: str | None = None,
        title: str | None = None,
        url: str | None = None,
        published: Day | None = None,
        grade: str = "F6",
        note: str | None = None,
    ) -> Self:
        """Add an area; return the map.

        Parameters
        ----------
        where
            A shape, such as :func:`geomap.border_strip` gives; a polygon in EPSG:4326; or a country, province or
            region, by name or as a place, of which the outline is drawn, or where that is not known what surely holds
            it. Or an area that was read or made, alone: without a shape it is listed with the reason.
        kind
            What it is, as in :class:`geomap.models.Area`: ``"safe zone"``, ``"no fly"``.
        actor, status, date, quote, source, title, url, published, grade, note
            As for :meth:`add_movement`; `actor` is whose area it is.

        Raises
        ------
        UnknownPlaceError
            No place has the name.
        InputError
            It is no area, or a day, status, kind or grade is none.
        """
        if isinstance(where, Area):
            _alone(actor, date, quote, source, title, url, published, note)
            self._story.areas.append(where)
            return self
        claim = Claim(quote, source, title, url, published, grade)
        report = claim.report(self._next)
        area = area_by_hand(report, claim, where, actor=actor, status=status, kind=kind, date=date, note=note)
        self.add_report(report)
        return self.add_area(area)

    def add_incident(
        self,
        where: Incident | What | Sequence[What],
        *,
        kind: IncidentKind | str | None = None,
        actor: str | None = None,
        date: Days | None = None,
        quote: str = "",
        source: str | None = None,
        title: str | None = None,
        url: str | None = None,
        published: Day | None = None,
        grade: str = "F6",
        note: str | None = None,
    ) -> Self:
        """Add something that happened at a place; return the map.

        Parameters
        ----------
        where
            The place, or several in a list, as for :meth:`add_movement`. Or an incident that was read or made, alone.
        kind
            What it was: strike, shelling, clash, capture, sighting or presence. Only a record can do without.
        actor, date, quote, source, title, url, published, grade, note
            As for :meth:`add_movement`; `actor` is who acts.

        Raises
        ------
        UnknownPlaceError
            No place has one of the names, or several have it equally well.
        InputError
            No place or kind is told, or a day, kind or grade is none.
        """
        if isinstance(where, Incident):
            _alone(kind, actor, date, quote, source, title, url, published, note)
            self._story.incidents.append(where)
            return self
        refs = refs_by_hand([where] if isinstance(where, str | Place | PlaceRef) else list(where))
        claim = Claim(quote, source, title, url, published, grade)
        report = claim.report(self._next)
        self.add_incident(incident_by_hand(report, claim, refs, actor=actor, kind=kind, date=date, note=note))
        return self.add_report(report)

    def add_place(self, place: Place | str) -> Self:
        """Add a place to be named on the map, as a record or whatever :func:`geomap.find` understands; return the map.

        Raises
        ------
        UnknownPlaceError
            No place has the name, or several have it equally well.
        """
        if not isinstance(place, Place):
            (ref,) = refs_by_hand([place])
            assert ref.place is not None
            place = ref.place
        self._story.places.append(place)
        return self

    def add_route(
        self,
        route: Route,
        text: str,
        *,
        actor: str | None = None,
        status: Status | str = Status.COMPLETED,
        kind: MovementKind | str = MovementKind.CONVOY,
        date: Days | None = None,
        source: str | None = None,
        url: str | None = None,
        note: str | None = None,
        stops: Sequence[Place] = (),
    ) -> Self:
        """Add a route, such as :func:`geomap.route` gives, as a movement; return the map.

        Parameters
        ----------
        route
            The line.
        text
            What it stands for, in a sentence; shown as the quoted words.
        stops
            The places it leads through, first to last, to be named on the map.
        actor, status, kind, date, source, url, note
            As for :meth:`add_movement`.

        Raises
        ------
        InputError
            A day, status or kind is none.
        """
        return self.add_movement(
            stops[0] if stops else None,
            stops[-1] if len(stops) > 1 else None,
            via=stops[1:-1],
            route=route,
            actor=actor,
            status=status,
            kind=kind,
            date=date,
            quote=text,
            source=source,
            url=url,
            note=note,
        )

    def add_shape(
        self,
        shape: Shape,
        text: str,
        *,
        actor: str | None = None,
        status: Status | str = Status.COMPLETED,
        kind: AreaKind | str = AreaKind.CONTROL,
        date: Days | None = None,
        source: str | None = None,
        url: str | None = None,
        note: str | None = None,
    ) -> Self:
        """Add a shape as an area, with the sentence that says what it is; return the map.

        The parameters and errors are those of :meth:`add_area`; `text` is shown as the quoted words.
        """
        return self.add_area(
            shape, actor=actor, status=status, kind=kind, date=date, quote=text, source=source, url=url, note=note
        )

    def add_frame(
        self, frame: GeoDataFrame, *, points: str | None = None, name: str = "table", **columns: str | None
    ) -> Self:
        """Add the rows of a GeoDataFrame, as :func:`geomap.explore` draws them; return the map.

        Raises
        ------
        InputError
            As for :func:`geomap.explore`.
        """
        from geomap.maps.tables.explore import add_frame

        add_frame(cast("Map", self), frame, points=points, name=name, **columns)
        return self

    def add_issue(self, issue: Issue) -> Self:
        """Add an issue to the panel "What could not be read or drawn"; return the map."""
        self._story.issues.append(issue)
        return self

    @property
    def _next(self) -> int:
        return len(self._story.reports) + 1


def _alone(*told: object) -> None:
    """Refuse words beside a record, which says all by itself: they would be passed over in silence."""
    if any(told):
        raise InputError("a record is added alone; change what it says with dataclasses.replace(record, …)")
