"""What lies around the lines of the still picture: areas, regions, incidents, places and their names."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from itertools import chain as chained
from typing import TYPE_CHECKING

import shapely

from geomap.maps import style
from geomap.maps.lines import stubs
from geomap.maps.regions import known_only_as, regions
from geomap.maps.still.frame import path, width_of, written
from geomap.terms import IncidentKind, Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from shapely.geometry.base import BaseGeometry

    from geomap.maps.payload import Story
    from geomap.maps.still.frame import Frame, Labels
    from geomap.maps.view import Bounds
    from geomap.models import Area, Incident, Movement, Place, PlaceRef

__all__ = [
    "CROWD",
    "GREY",
    "PAPER",
    "QUIET",
    "TEXT",
    "Ink",
    "area_names",
    "areas",
    "incidents",
    "places",
    "wide_regions",
]

CROWD = 400
"""From so many movements on they are drawn as one path for each look, without heads, casing and tags."""
GREY, PAPER, TEXT, QUIET = "#7C766B", "#FFFFFF", "#26231D", "#6E6758"
PLACES = 150
"""Most places that are named."""


@dataclass(slots=True)
class Ink:
    """The colours of the actors, and the hatches made of them so far."""

    colours: dict[str, str]
    hatches: dict[str, str] = field(default_factory=dict)

    def of(self, item: Movement | Area | Incident) -> str:
        """Return an item's colour: grey where it is denied or nobody is named."""
        return GREY if item_status(item) is Status.DENIED else self.colours.get(item.actor or "", GREY)

    def hatch(self, colour: str) -> str:
        """Return the fill of a hatch in a colour."""
        return f"url(#{self.hatches.setdefault(colour, f'still-hatch-{len(self.hatches)}')})"

    def defs(self) -> str:
        """Return the patterns that are used."""
        return "".join(
            f'<pattern id="{name}" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
            f'<path d="M0 0V8" stroke="{colour}" stroke-width="2.4"/></pattern>'
            for colour, name in self.hatches.items()
        )


def item_status(item: Movement | Area | Incident) -> Status | None:
    """Return the status of what has one."""
    return getattr(item, "status", None)


def wide_regions(frame: Frame, story: Story, ground: Bounds, ink: Ink, labels: Labels) -> Iterator[str]:
    """Yield the regions that are all a report says of where, hatched; countries would cover the map."""
    known = [place for place in known_only_as(story.movements, story.incidents) if not place.is_country]
    for region in regions(known, ground):
        data = _filled(frame, region.geometry)
        if data:
            yield f'<path d="{data}" fill="{ink.hatch(GREY)}" fill-opacity=".4"/>'
            yield _inside(frame, region.geometry, f"reported only as: {region.place.name}", QUIET, labels)


def areas(frame: Frame, shown: Iterable[Area], ink: Ink) -> Iterator[str]:
    """Yield the areas: with an edge where limits were published, else hatched; what is only possible lighter."""
    for area in shown:
        shape, colour = area.shape, ink.of(area)
        if shape is None:
            continue
        sure = shape.geometry
        if sure.is_empty and shape.possible is not None:
            yield _area(_filled(frame, shape.possible), f'fill="{ink.hatch(colour)}" fill-opacity=".25"')
            continue
        if shape.possible is not None:
            yield _area(_filled(frame, shape.possible), f'fill="{colour}" fill-opacity=".07"')
        if shape.published_limits:
            yield _area(
                _filled(frame, sure), f'fill="{colour}" fill-opacity=".14" stroke="{colour}" stroke-width="1.4"'
            )
        else:
            yield _area(_filled(frame, sure), f'fill="{ink.hatch(colour)}" fill-opacity=".45"')
        yield _area(_stroked(frame, sure), f'fill="none" stroke="{colour}" stroke-width="3" stroke-dasharray="2 5"')


def area_names(frame: Frame, shown: Iterable[Area], labels: Labels) -> Iterator[str]:
    """Yield the names of the areas, inside them where there is room; an area without words has none."""
    for area in shown:
        if area.shape and area.text:
            drawn = area.shape.geometry if not area.shape.geometry.is_empty else area.shape.possible
            if drawn is not None:
                yield _inside(frame, drawn, style.area_label(area), QUIET, labels)


def _area(data: str, look: str) -> str:
    return f'<path d="{data}" fill-rule="evenodd" {look}/>' if data else ""


def _filled(frame: Frame, geometry: BaseGeometry) -> str:
    parts = frame.drawn(shapely.get_parts([geometry]), 0.6)
    rings = shapely.get_rings(parts[shapely.get_type_id(parts) == 3])
    return "".join(path(shapely.get_coordinates(ring), closed=True) for ring in rings)


def _stroked(frame: Frame, geometry: BaseGeometry) -> str:
    parts = frame.drawn(shapely.get_parts([geometry]), 0.6)
    return "".join(path(shapely.get_coordinates(part)) for part in parts[shapely.get_type_id(parts) == 1])


def _inside(frame: Frame, geometry: BaseGeometry, words: str, fill: str, labels: Labels) -> str:
    """Return a name in the middle of the largest part on the sheet; empty without room."""
    parts = frame.drawn(shapely.get_parts([geometry]), 2.0)
    if not len(parts) or shapely.is_empty(parts).all():
        return ""
    spot = shapely.point_on_surface(max(parts, key=lambda part: (part.area, part.length)))
    wide = width_of(words, 11)
    box = (spot.x - wide / 2, spot.y - 8, spot.x + wide / 2, spot.y + 7)
    if not labels.free(box):
        return ""
    labels.take(box)
    return written(spot.x, spot.y + 4, words, size=11, fill=fill, anchor="middle", more=' font-style="italic"')


def incidents(frame: Frame, shown: Iterable[Incident], ink: Ink, labels: Labels) -> Iterator[str]:
    """Yield the marks of incidents: a star for fire, a square for what was taken, a ring for what was seen."""
    seen: set[tuple[int, int, str, str]] = set()
    for incident in shown:
        for ref in incident.places:
            if ref.place is None or ref.place.is_spread:
                continue
            x, y = frame.spot(ref.place.lon, ref.place.lat)
            mark = (x, y, ink.of(incident), incident.kind.value)
            if mark in seen or not frame.holds(x, y):
                continue
            seen.add(mark)
            labels.take((x - 9, y - 9, x + 9, y + 9))
            yield f'<g transform="translate({x},{y})">{_mark(incident.kind, ink.of(incident))}</g>'


def _mark(kind: IncidentKind, colour: str) -> str:
    halo = f'stroke="{PAPER}" stroke-width="1.5"'
    if kind in {IncidentKind.STRIKE, IncidentKind.SHELLING, IncidentKind.CLASH}:
        turns = (math.radians(22.5 * n) for n in range(16))
        rays = " ".join(f"{r * math.cos(a):.0f} {r * math.sin(a):.0f}" for a, r in zip(turns, (9, 4) * 8, strict=True))
        return f'<path d="M{rays}z" fill="{colour}" {halo}/>'
    if kind is IncidentKind.CAPTURE:
        return f'<path d="M-6-6H6V6H-6z" fill="{colour}" {halo}/>'
    return f'<circle r="6" fill="{PAPER}" stroke="{colour}" stroke-width="3"/>'


def places(frame: Frame, story: Story, labels: Labels) -> tuple[list[str], set[str]]:
    """Return the dots and names of the story's places, those named most often first, and the names."""
    counts: dict[str, int] = {}
    known: dict[str, Place] = {}
    for place in chained(story.spots(), *(stubs(item) for item in story.movements if len(story.movements) < CROWD)):
        counts[place.id] = counts.get(place.id, 0) + 1
        known[place.id] = place
    marked = {ref.place.id for incident in story.incidents for ref in incident.places if ref.place}
    marked -= {ref.place.id for item in story.movements for ref in _ends(item) if ref.place}
    order = sorted(known.values(), key=lambda place: -counts[place.id])[:PLACES]
    spots = [(place, *frame.spot(place.lon, place.lat)) for place in order]
    spots = [(place, x, y) for place, x, y in spots if frame.holds(x, y)]
    for _, x, y in spots:
        labels.take((x - 4, y - 4, x + 4, y + 4))
    parts, dots = [], []
    for place, x, y in spots:
        if place.id not in marked:
            dots.append(f"M{x} {y}h0")
        bold = (place.name, 13, TEXT, ' font-weight="bold"')
        local = [(place.local_name, 10.5, QUIET, "")] if place.local_name and place.local_name != place.name else []
        gap = 11 if place.id in marked else 8
        tried = (
            labels.name(x, y, rows, gap=gap + more, over_lines=over)
            for over, more in ((False, 0), (False, 6), (True, 0))
            for rows in ([bold, *local], [bold])
        )
        parts.append(next(filter(None, tried), ""))
    if dots:  # a line of no length with round ends is a dot
        ring = f'd="{"".join(dots)}" stroke-linecap="round"'
        parts.insert(
            0, f'<path {ring} stroke="{TEXT}" stroke-width="9.6"/><path {ring} stroke="{PAPER}" stroke-width="6.4"/>'
        )
    return parts, {place.name for place, _, _ in spots}


def _ends(movement: Movement) -> tuple[PlaceRef, ...]:
    return (*movement.origin, *movement.via, *movement.destination)
