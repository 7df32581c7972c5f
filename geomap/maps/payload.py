"""A story: everything a map was given, and the data of the page made from it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

from geomap.maps import style
from geomap.maps.lines import chains
from geomap.maps.regions import known_only_as, main_part, regions
from geomap.maps.values import (
    area_values,
    incident_values,
    issue_values,
    movement_values,
    place_values,
    region_values,
    report_values,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from shapely.geometry.base import BaseGeometry

    from geomap.maps.values import Json
    from geomap.models import Area, Event, Incident, Issue, Movement, Place, Report

__all__ = ["Bounds", "Story"]

Bounds = tuple[float, float, float, float]


@dataclass(slots=True)
class Story:
    """Everything a map was given, in the order it was given."""

    reports: list[Report] = field(default_factory=list)
    movements: list[Movement] = field(default_factory=list)
    areas: list[Area] = field(default_factory=list)
    incidents: list[Incident] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    colours: dict[str, str] = field(default_factory=dict)
    events: dict[str, Event] = field(default_factory=dict)
    """By the id of the movement that is drawn of it; what is not here was told once."""
    shown: dict[str, Json] = field(default_factory=dict)
    """By the id of an item, values of the page that go before those made of its record: a table's own words."""

    def actors(self) -> tuple[style.Actor, ...]:
        """Return the actors of all items in order of first appearance."""
        items: Sequence[Movement | Area | Incident] = [*self.movements, *self.areas, *self.incidents]
        return style.actors((item.actor for item in items if item.actor), colours=self.colours)

    def bounds(self) -> Bounds | None:
        """Return west, south, east, north of what is drawn, in degrees; None where nothing is.

        Countries and other areas named only as an end count where there is nothing else: beside lines and spots
        they would hide the story in a continent.
        """
        boxes = [tuple(shape.bounds) for shape in self._geometries() if not shape.is_empty]
        boxes += [(place.lon, place.lat, place.lon, place.lat) for place in self._spots()]
        boxes = boxes or self._region_boxes()
        if not boxes:
            return None
        west, south, east, north = zip(*boxes, strict=True)
        return min(west), min(south), max(east), max(north)

    def _geometries(self) -> Iterable[BaseGeometry]:
        for movement in self.movements:
            yield from (leg.geometry for chain in chains(movement.route) for leg in chain)
        for area in self.areas:
            if area.shape:
                yield area.shape.geometry

    def _spots(self) -> Iterable[Place]:
        refs = [ref for m in self.movements for ref in (*m.origin, *m.via, *m.destination)]
        refs += [ref for incident in self.incidents for ref in incident.places]
        yield from (ref.place for ref in refs if ref.place and not ref.place.is_spread)
        yield from (place for place in self.places if not place.is_spread)

    def _region_boxes(self) -> list[Bounds]:
        """Return the boxes of the regions that are all that is known, or of the countries where there are none."""
        places = known_only_as(self.movements, self.incidents)
        near = [place for place in places if not place.is_country]
        for group in (near, places):
            found = [part.bounds for part in map(main_part, group) if part is not None]
            if found:
                return found
        return []

    def payload(self, *, title: str, base: Json, about: Json) -> Json:
        """Return the page's whole data as JSON-ready values.

        Parameters
        ----------
        title
            Headline of the page.
        base
            The basemap as `geomap.maps.basemap.clip` gives it.
        about
            Scope, method and licences for the About panel.
        """
        actors = self.actors()
        number = {actor.name: index for index, actor in enumerate(actors)}
        box = self.bounds()
        ground = cast("Bounds", base.get("bounds", (-180.0, -85.0, 180.0, 85.0)))
        return {
            "title": title,
            "view": [round(value, 4) for value in box] if box else None,
            "actors": [{"name": a.name, "tag": a.tag, "light": a.light, "dark": a.dark} for a in actors],
            "reports": [report_values(report) for report in self.reports],
            "movements": [self._own(movement_values(m, number, self.events.get(m.id))) for m in self.movements],
            "areas": [self._own(area_values(item, number)) for item in self.areas],
            "incidents": [self._own(incident_values(item, number)) for item in self.incidents],
            "places": [place_values(place) for place in self.places],
            "regions": {
                region.place.id: region_values(region)
                for region in regions(known_only_as(self.movements, self.incidents), ground)
            },
            "issues": [issue_values(issue) for issue in self._all_issues()],
            "about": about,
            "base": base,
        }

    def _own(self, values: Json) -> Json:
        return values | self.shown.get(str(values["id"]), {})

    def _all_issues(self) -> tuple[Issue, ...]:
        """Return what was met, once each; an item without a line says itself why it has none."""
        routes = [movement.route for movement in self.movements if movement.route]
        own = [issue for route in routes if chains(route) for issue in route.issues]
        own += [issue for area in self.areas if area.shape for issue in area.shape.issues]
        said = {issue for route in routes if not chains(route) for issue in route.issues}
        return tuple(issue for issue in dict.fromkeys([*self.issues, *own]) if issue not in said)
