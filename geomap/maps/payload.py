"""A story: everything a map was given, and the data of the page made from it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, cast

from shapely.geometry import Point

from geomap.care import NOTHING, Care, Veil
from geomap.maps import style
from geomap.maps.checking import checked
from geomap.maps.lines import chains
from geomap.maps.notices import summarised
from geomap.maps.regions import known_only_as, regions
from geomap.maps.shared import Shared
from geomap.maps.unwrapping import unwrapped
from geomap.maps.values import (
    area_values,
    incident_values,
    issue_values,
    movement_values,
    region_values,
)
from geomap.maps.view import drawn, story_box

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from shapely.geometry.base import BaseGeometry

    from geomap.maps.values import Json
    from geomap.maps.view import Bounds
    from geomap.models import Area, Event, Incident, Issue, Movement, Place, Report

__all__ = ["Story"]


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
    hidden: tuple[str, ...] = ()
    """Sources that are not to be named: publishers, authors, titles or ids of reports."""
    keep_quotes: bool = False
    """Whether their words stay, without their names."""
    care: Care = NOTHING
    """What was kept back, or made coarser, before."""

    def actors(self) -> tuple[style.Actor, ...]:
        """Return the actors of all items in order of first appearance."""
        items: Sequence[Movement | Area | Incident] = [*self.movements, *self.areas, *self.incidents]
        return style.actors((item.actor for item in items if item.actor), colours=self.colours)

    def told_of(self) -> str:
        """Return what a headline calls the items: incidents where there is nothing else."""
        return "Incidents" if self.incidents and not (self.movements or self.areas) else "Movements"

    def ready(self) -> Story:
        """Return the story with what the page can show, in one piece also across the antimeridian.

        Raises
        ------
        InputError
            No report is by a source that is to be hidden.
        """
        return unwrapped(checked(self._veiled() if self.hidden else self))

    def _veiled(self) -> Story:
        """Return the story without what tells who the hidden sources are."""
        items: list[Movement | Area | Incident] = [*self.movements, *self.areas, *self.incidents]
        items += [telling for event in self.events.values() for telling in event.tellings]
        veil = Veil.of(self.reports, items, self.hidden, keep_quotes=self.keep_quotes)
        return replace(
            self,
            reports=[veil.report(report) for report in self.reports],
            movements=[veil.item(item) for item in self.movements],
            areas=[veil.item(item) for item in self.areas],
            incidents=[veil.item(item) for item in self.incidents],
            issues=[veil.issue(issue) for issue in self.issues],
            events={veil.items.get(name, name): veil.event(event) for name, event in self.events.items()},
            shown={veil.items.get(name, name): veil.values(words) for name, words in self.shown.items()},
            care=replace(self.care, hidden=self.care.hidden + len(veil.reports)),
            hidden=(),
        )

    def bounds(self) -> Bounds | None:
        """Return west, south, east, north of the first view, in degrees; None where nothing is drawn."""
        return story_box(self)

    def focus(self) -> list[BaseGeometry]:
        """Return what the ground is to be finest near, in EPSG:4326: lines, areas and spots."""
        spots = dict.fromkeys((place.lon, place.lat) for place in self.spots())
        return [*drawn(self), *map(Point, spots)]

    def spots(self) -> Iterable[Place]:
        """Yield the places that are shown as a point, as often as they are named."""
        refs = [ref for m in self.movements for ref in (*m.origin, *m.via, *m.destination)]
        refs += [ref for incident in self.incidents for ref in incident.places]
        yield from (ref.place for ref in refs if ref.place and not ref.place.is_spread)
        yield from (place for place in self.places if not place.is_spread)

    def payload(self, *, title: str, base: Json, about: Json, view: Bounds | None = None) -> Json:
        """Return the page's whole data as JSON-ready values.

        Parameters
        ----------
        title
            Headline of the page.
        base
            The basemap as `geomap.maps.ground.basemap.clip` gives it.
        about
            Scope, method and licences for the About panel.
        view
            The box that is seen first, as `bounds` gives it.
        """
        actors = self.actors()
        shared = Shared(actors, self.reports)
        ground = cast("Bounds", base.get("bounds", (-180.0, -85.0, 180.0, 85.0)))
        return {
            "title": title,
            "view": [round(value, 4) for value in view] if view else None,
            "actors": [{"name": a.name, "tag": a.tag, "light": a.light, "dark": a.dark} for a in actors],
            "reports": shared.reports,
            "movements": [self._own(movement_values(m, shared, self.events.get(m.id))) for m in self.movements],
            "areas": [self._own(area_values(item, shared)) for item in self.areas],
            "incidents": [self._own(incident_values(item, shared)) for item in self.incidents],
            "places": [shared.place(place) for place in self.places],
            "gazetteer": shared.places,
            "regions": {
                region.place.id: region_values(region)
                for region in regions(known_only_as(self.movements, self.incidents), ground)
            },
            "issues": [issue_values(issue) for issue in self._all_issues()],
            "about": about,
            "base": base,
        }

    def _own(self, values: Json) -> Json:
        return values | self.shown[str(values["id"])] if values["id"] in self.shown else values

    def _all_issues(self) -> tuple[Issue, ...]:
        """Return what was met, once each; an item without a line says itself why it has none."""
        met = [movement.route for movement in self.movements if movement.route and movement.route.issues]
        routes = [(route, chains(route)) for route in met]
        own = [issue for route, lines in routes if lines for issue in route.issues]
        own += [issue for area in self.areas if area.shape for issue in area.shape.issues]
        said = {issue for route, lines in routes if not lines for issue in route.issues}
        return summarised(issue for issue in dict.fromkeys([*self.issues, *own]) if issue not in said)
