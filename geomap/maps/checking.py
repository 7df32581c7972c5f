"""The one door to the page: a story as it was given -> a story of which everything can be shown.

What cannot be shown is left out or replaced by what can, each time with an issue of stage "draw" that says what it
was and what to do. Sound records pass as they are.
"""

from __future__ import annotations

import dataclasses
import math
import re
from dataclasses import replace
from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

from geomap.maps.soundness import SHORTEST, UnsoundError, odd_lines, sound_line, sound_shape, why_unsound
from geomap.maps.texts import fit, is_fit, safe_url
from geomap.models import Area, Event, Incident, Interval, Issue, Movement

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geomap.maps.payload import Story
    from geomap.models import Crossing, Leg, Place, PlaceRef, Provenance, Reading, Report, Route, Shape

__all__ = ["LONG", "SHORT", "checked", "with_own_ids"]

SHORT = 300
"""Most characters of a name, a title or a few words."""
LONG = 4000
"""Most characters of a quotation or a note: a page and a half."""

_LONG_FIELDS = frozenset(["quote", "note", "built_from", "message", "reason"])
_UNSEEN_FIELDS = frozenset(["url", "spans", "geometry", "course"])
_LIKELY = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")
_Item = TypeVar("_Item", Movement, Area, Incident)
_Record = TypeVar("_Record")


def checked(story: Story) -> Story:
    """Return a story that the page can show, with the issues of what it cannot; the one given is not changed."""
    return _Door(story).passed()


def with_own_ids(readings: Iterable[Reading]) -> list[Reading]:
    """Return readings of which no two movements count alike, so that none is taken for another."""
    seen: set[str] = set()
    return [replace(reading, movements=tuple(_renamed(m, seen) for m in reading.movements)) for reading in readings]


def _renamed(item: _Item, seen: set[str]) -> _Item:
    """Return an item under an id that no other has, which is then seen."""
    name, number = item.id or "item", 2
    while name in seen:
        name, number = f"{item.id or 'item'} ({number})", number + 1
    seen.add(name)
    return item if name == item.id else replace(item, id=name)


class _Door:
    """What was let through so far, and what was said of it."""

    def __init__(self, story: Story) -> None:
        self.story = story
        self.issues: list[Issue] = []
        self.ids: set[str] = set()
        self.places: dict[int, Place | None] = {}

    def passed(self) -> Story:
        story = self.story
        lines = self.odd_routes()
        self.events: dict[str, Event] = {}
        movements = [self.movement(item, odd=n in lines) for n, item in enumerate(story.movements)]
        areas = [self.area(item) for item in story.areas]
        incidents = [self.incident(item) for item in story.incidents]
        places = [place for place in map(self.place, story.places) if place]
        reports = [self.report(report) for report in story.reports]
        given = [self.worded(issue, issue.report_id) for issue in story.issues]
        return replace(
            story,
            reports=reports,
            movements=movements,
            areas=areas,
            incidents=incidents,
            places=places,
            issues=[*given, *dict.fromkeys(self.issues)],
            events=self.events,
            shown={name: self.own_words(values) for name, values in story.shown.items()},
        )

    def odd_routes(self) -> set[int]:
        """Return the numbers of the movements whose lines have to be looked at one by one."""
        legs = [(n, leg) for n, item in enumerate(self.story.movements) if item.route for leg in item.route.legs]
        odd = odd_lines([leg.geometry for _, leg in legs])
        unmeasured = (not math.isfinite(leg.length_m) for _, leg in legs)
        return {n for (n, _), flag, other in zip(legs, odd.tolist(), unmeasured, strict=True) if flag or other}

    def tell(self, message: str, report: str | None) -> None:
        self.issues.append(Issue("draw", message, report and fit(report, SHORT)))

    # Items.

    def movement(self, given: Movement, *, odd: bool) -> Movement:
        item = self.item(given)
        refs = {slot: self.refs(getattr(item, slot), item) for slot in ("origin", "via", "destination")}
        changes: dict[str, Any] = {slot: new for slot, new in refs.items() if new is not getattr(item, slot)}
        if not math.isfinite(item.confidence):
            changes["confidence"] = 0.0
        route = item.route
        if route and (odd or route.crossings):
            new = self.route(route, item) if odd else self.crossed(route, item)
            changes |= {"route": new} if new is not route else {}
        item = replace(item, **changes) if changes else item
        event = self.story.events.get(given.id)
        if event and item.id not in self.events:
            self.events[item.id] = self.event(event, item)
        return item

    def event(self, event: Event, lead: Movement) -> Event:
        if len(event.tellings) == 1:
            return replace(event, lead=lead, tellings=(lead,))
        told = tuple(self.claimed(telling) for telling in event.tellings)
        differences = tuple(self.worded(one, None) for one in event.differences)
        return Event(lead, told, differences)

    def area(self, given: Area) -> Area:
        item = self.item(given)
        plan = item.plan
        changes: dict[str, Any] = {}
        for slot in ("ends", "around"):
            refs = self.refs(getattr(plan, slot), item)
            if refs is not getattr(plan, slot):
                changes[slot] = refs
        for slot in ("depth_m", "width_m", "length_m"):
            size = getattr(plan, slot)
            if size and not (math.isfinite(size.low) and math.isfinite(size.high)):
                changes[slot] = None
        if changes:
            item = replace(item, plan=replace(plan, **changes))
        return replace(item, shape=self.shape(item.shape, item)) if item.shape else item

    def incident(self, given: Incident) -> Incident:
        item = self.item(given)
        places = self.refs(item.places, item)
        return item if places is item.places else replace(item, places=places)

    def item(self, given: _Item) -> _Item:
        """Return an item whose texts, dates and address are sound, under an id of its own."""
        return _renamed(self.claimed(given), self.ids)

    def claimed(self, item: _Item) -> _Item:
        claim = item.provenance
        if not _is_worded(item):
            item = self.worded(item, claim.report_id)
        changes: dict[str, Any] = {}
        new_claim = self.claim(item.provenance)
        if new_claim is not item.provenance:
            changes["provenance"] = new_claim
        days = item.date
        if days is not None and (days.end < days.start or type(days.start) is not date or type(days.end) is not date):
            changes |= self.days(days, item)
        return replace(item, **changes) if changes else item

    def days(self, days: Interval, item: Movement | Area | Incident) -> dict[str, Any]:
        """Return the days without hours; those that end before they begin only as words."""
        start, end = (day.date() if isinstance(day, datetime) else day for day in (days.start, days.end))
        if start <= end:
            return {"date": Interval(start, end)}
        told = f"{start.isoformat()} to {end.isoformat()}"
        self.tell(f"{item.id}: its days end before they begin ({told}); write the earlier first", _report(item))
        return {"date": None, "date_text": item.date_text or told}

    def claim(self, claim: Provenance) -> Provenance:
        changes: dict[str, Any] = {}
        if claim.url and (url := self.address(claim.url, claim.report_id)) != claim.url:
            changes["url"] = url
        if type(claim.published) is datetime:
            changes["published"] = claim.published.date()
        within = tuple(mark for mark in claim.marks if 0 <= mark[0] < mark[1] <= len(claim.quote))
        if len(within) != len(claim.marks):
            changes["marks"] = within
        return replace(claim, **changes) if changes else claim

    def address(self, url: str, report: str | None) -> str | None:
        safe = safe_url(url)
        if safe is None:
            self.tell(f"the address “{fit(url, 60)}” is left out; links are http or https and short", report)
        return safe

    def report(self, report: Report) -> Report:
        if not _all_fit((report.id, report.title, report.source, report.author)):
            # The text itself is not shown, and may be long.
            report = replace(self.worded(replace(report, text=""), report.id), text=report.text)
        changes: dict[str, Any] = {}
        if report.url and (url := self.address(report.url, report.id)) != report.url:
            changes["url"] = url
        if type(report.published) is datetime:
            changes["published"] = report.published.date()
        return replace(report, **changes) if changes else report

    # Places.

    def refs(self, refs: tuple[PlaceRef, ...], item: Movement | Area | Incident) -> tuple[PlaceRef, ...]:
        """Return the refs, the very same ones where all are sound."""
        new = tuple(self.ref(ref, item) for ref in refs)
        return refs if all(a is b for a, b in zip(new, refs, strict=True)) else new

    def ref(self, given: PlaceRef, item: Movement | Area | Incident) -> PlaceRef:
        ref = given
        if not _all_fit((ref.text,), (ref.reason,)):
            ref = replace(ref, text=self.text(ref.text, SHORT, item), reason=self.text(ref.reason, LONG, item))
        others = [replace(one, place=place, score=one.score if math.isfinite(one.score) else 0.0,
                          reason=fit(one.reason, SHORT))
                  for one in ref.alternatives if (place := self.place(one.place))]  # fmt: skip
        if others != list(ref.alternatives):
            ref = replace(ref, alternatives=tuple(others))
        if ref.place is None:
            return ref
        place = self.place(ref.place, _report(item))
        if place is ref.place:
            return ref
        why = ref.reason if place else "its position cannot be shown"
        return replace(ref, place=place, reason=why)

    def place(self, place: Place, report: str | None = None) -> Place | None:
        """Return a place with a position, or None; each is looked at once."""
        known = id(place)
        if known not in self.places:
            self.places[known] = self.looked_at(place, report)
        return self.places[known]

    def looked_at(self, given: Place, report: str | None) -> Place | None:
        place = given
        if not _all_fit((place.id, place.name, place.local_name, place.admin1, place.country), (place.note,)):
            place = self.worded(place, report)
        why = why_unsound(place.lon, place.lat)
        if why is None and place.geometry is not None:
            outline, done = sound_shape(place.geometry)
            why = None if outline is not None else next(iter(done), "has an empty outline")
            if outline is not None and done:
                place = replace(place, geometry=outline)
        if why:
            self.tell(f"{place.name or place.id} {why}; it is not drawn", report)
            return None
        return place

    # Lines and shapes.

    def route(self, route: Route, item: Movement) -> Route:
        legs: list[Leg] = []
        for leg in route.legs:
            try:
                line = sound_line(leg.geometry)
            except UnsoundError as error:
                self.tell(f"{item.id}: a part of its line {error}; it is not drawn", _report(item))
                continue
            length = leg.length_m if math.isfinite(leg.length_m) else _measured(line)
            legs.append(replace(leg, geometry=line, length_m=length))
        if legs and _spread(legs) < SHORTEST:
            self.tell(f"{item.id}: its line has no length; it is not drawn", _report(item))
            legs = []
        return self.crossed(replace(route, legs=tuple(legs)), item)

    def crossed(self, route: Route, item: Movement) -> Route:
        """Return the route with the crossings that have a position."""
        kept = tuple(crossing for crossing in route.crossings if self.stands(crossing, item))
        worded = tuple(
            self.worded(one, _report(item)) if not _all_fit((one.name,), (one.note,)) else one for one in kept
        )
        return route if worded == route.crossings else replace(route, crossings=worded)

    def stands(self, crossing: Crossing, item: Movement) -> bool:
        why = why_unsound(crossing.lon, crossing.lat)
        if why is None and not math.isfinite(crossing.at_m):
            why = "lies at no known distance along the line"
        if why:
            self.tell(f"{item.id}: the crossing {fit(crossing.name, SHORT)} {why}; it is not drawn", _report(item))
        return why is None

    def shape(self, shape: Shape, item: Area) -> Shape | None:
        import shapely

        sure, done = sound_shape(shape.geometry)
        possible, also = sound_shape(shape.possible)
        for why in dict.fromkeys([*done, *also]):
            self.tell(f"{item.id}: the shape {why}", _report(item))
        if sure is None and possible is None:
            if not done and not also:
                self.tell(f"{item.id}: the shape is empty; it is not drawn", _report(item))
            return None
        length, size = (x if x is not None and math.isfinite(x) else None for x in (shape.length_m, shape.area_m2))
        built = self.text(shape.built_from, LONG, item)
        empty = shapely.Polygon()
        same = sure is shape.geometry and possible is shape.possible
        if same and (length, size, built) == (shape.length_m, shape.area_m2, shape.built_from):
            return shape
        drawn = sure if sure is not None else empty
        return replace(shape, geometry=drawn, possible=possible, length_m=length, area_m2=size, built_from=built)

    # Words.

    def own_words(self, values: Any) -> Any:
        """Return a table's own words, in whatever order they are kept, fit for the page."""
        if isinstance(values, dict):
            return {fit(str(name), SHORT): self.own_words(value) for name, value in values.items()}
        if isinstance(values, (list, tuple)):
            return [self.own_words(value) for value in values]
        return self.fitted(values, LONG, None)

    def text(self, text: str, most: int, item: Movement | Area | Incident) -> str:
        self.tell_cut(text, most, _report(item))
        return fit(text, most)

    def tell_cut(self, text: str, most: int, report: str | None) -> None:
        if len(text) > most:
            self.tell(f"a text of {len(text):,} characters is cut to {most:,}: “{fit(text, 60)}”", report)

    def worded(self, record: _Record, report: str | None) -> _Record:
        """Return a record with all its texts fit for the page, also those of the records in it."""
        changes: dict[str, Any] = {}
        kind: Any = type(record)
        for name in _fields(kind):
            value = getattr(record, name)
            if (new := self.fitted(value, LONG if name in _LONG_FIELDS else SHORT, report)) is not value:
                changes[name] = new
        return replace(record, **changes) if changes else record  # type: ignore[type-var]

    def fitted(self, value: Any, most: int, report: str | None) -> Any:
        if type(value) is str:
            if is_fit(value, most):
                return value
            self.tell_cut(value, most, report)
            return fit(value, most)
        if isinstance(value, tuple):
            new = tuple(self.fitted(one, most, report) for one in value)
            return value if all(a is b for a, b in zip(new, value, strict=True)) else new
        if dataclasses.is_dataclass(value):
            return self.worded(value, report)
        return value


@cache
def _fields(kind: Any) -> tuple[str, ...]:
    return tuple(f.name for f in dataclasses.fields(kind) if f.name not in _UNSEEN_FIELDS)


def _all_fit(names: Iterable[str | None], prose: Iterable[str | None] = ()) -> bool:
    """Whether none of some texts needs a closer look; quick."""
    short, long = [name for name in names if name], [text for text in prose if text]
    joined = "".join([*short, *long])
    if not joined.isprintable() and _LIKELY.search(joined):
        return False
    if len(joined) <= SHORT:
        return True
    return all(len(name) <= SHORT for name in short) and all(len(text) <= LONG for text in long)


def _is_worded(item: Movement | Area | Incident) -> bool:
    """Whether the texts of an item, but for those of its places, can be shown as they are."""
    claim = item.provenance
    names = [item.id, item.actor, item.date_text, claim.report_id, claim.source, claim.title]
    names += [claim.attributed_to, claim.grade, claim.read_by, *claim.by_hand]
    if isinstance(item, Movement):
        names += [item.actor_text, item.vehicles_text, item.troops_text, *item.co_actors]
    elif isinstance(item, Area):
        names += [item.plan.road, item.text]
    return _all_fit(names, (claim.quote, item.note))


def _report(item: Movement | Area | Incident) -> str:
    return item.provenance.report_id


def _measured(line: Any) -> float:
    from geomap.geometry.geodesy import length_m

    return length_m(line)


def _spread(legs: Sequence[Leg]) -> float:
    """Return the longer side of the box of some lines, in degrees."""
    west, south, east, north = zip(*(leg.geometry.bounds for leg in legs), strict=True)
    return float(max(max(east) - min(west), max(north) - min(south)))
