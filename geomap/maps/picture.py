"""The still picture and the plain list that stand in where no script runs."""

from __future__ import annotations

import math
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, cast

from geomap.maps import style
from geomap.maps.lines import chains
from geomap.maps.packing import SCALE
from geomap.maps.texts import safe_url
from geomap.models import How, Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import numpy as np
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from geomap.maps.payload import Story
    from geomap.maps.values import Json
    from geomap.maps.view import Bounds
    from geomap.models import Area, Event, Incident, Leg, Movement, Place, Provenance

__all__ = ["Entry", "entries", "svg"]

_WIDTH = 960
_DASHES = {Status.PLANNED: "12 8", Status.ORDERED: "12 8"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the plain list."""

    status: str
    sentence: str
    when: str
    quote: str
    source: str
    url: str | None


def entries(story: Story) -> Iterator[Entry]:
    """Yield the plain list: movements, areas, incidents, in the order they were added."""
    for item in story.movements:
        told = _others(story.events.get(item.id))
        yield _entry(item, item.status.value, style.movement_sentence(item), also=told)
    for area in story.areas:
        yield _entry(area, area.status.value, style.area_sentence(area))
    for incident in story.incidents:
        yield _entry(incident, incident.kind.value, style.incident_sentence(incident))


def _entry(item: Movement | Area | Incident, status: str, sentence: str, *, also: Sequence[Provenance] = ()) -> Entry:
    claim = item.provenance
    when = item.date.iso() if item.date else item.date_text or "date unknown"
    source = f"{_named(claim)} ({style.grade_words(claim.grade)})"
    more = f"; also told by {'; '.join(_named(other) for other in also)}" if also else ""
    return Entry(status, sentence, when, claim.quote, f"{source}{more}", safe_url(claim.url))


def _named(claim: Provenance) -> str:
    parts = (claim.source or claim.report_id, claim.attributed_to, claim.published and claim.published.isoformat())
    return ", ".join(part for part in parts if part)


def _others(event: Event | None) -> tuple[Provenance, ...]:
    """Return the claims of the reports besides the one whose words are quoted."""
    return tuple(m.provenance for m in event.tellings if m.id != event.lead.id) if event else ()


@dataclass(frozen=True, slots=True)
class _Frame:
    """Degrees -> pixels in Web Mercator."""

    west: float
    top: float
    scale: float
    height: float

    @classmethod
    def of(cls, bounds: Bounds) -> _Frame:
        west, south, east, north = bounds
        margin_x, margin_y = 0.08 * (east - west) + 0.3, 0.08 * (north - south) + 0.3
        west, east = west - margin_x, east + margin_x
        top, bottom = _mercator(min(84.0, north + margin_y)), _mercator(max(-84.0, south - margin_y))
        scale = _WIDTH / (east - west)
        return cls(west, top, scale, min(1200.0, (top - bottom) * scale))

    def point(self, lon: float, lat: float) -> tuple[int, int]:
        return round((lon - self.west) * self.scale), round((self.top - _mercator(lat)) * self.scale)

    def path(self, points: Iterable[Sequence[float]]) -> str:
        """Return an SVG path; points that fall on the same pixel are dropped."""
        steps = dict.fromkeys(self.point(point[0], point[1]) for point in points)
        return "M" + " ".join(f"{x},{y}" for x, y in steps) if len(steps) > 1 else ""


def _mercator(lat: float) -> float:
    """Return the Mercator ordinate in degrees of longitude at the equator."""
    return math.degrees(math.asinh(math.tan(math.radians(lat))))


def svg(story: Story, base: Json) -> str:
    """Return a picture of the final state as SVG, without styles or scripts; empty where nothing is drawn."""
    bounds = story.bounds()
    if bounds is None:
        return ""
    frame = _Frame.of(bounds)
    colour = {actor.name: actor.light for actor in story.actors()}
    parts = [f'<rect width="{_WIDTH}" height="{frame.height:.0f}" fill="#D8E4E8"/>', *_ground(frame, base)]
    parts += [_area(frame, area, colour.get(area.actor or "", "#7C766B")) for area in story.areas if area.shape]
    lines = sorted(story.movements, key=lambda item: item.status is not Status.DENIED)  # denied ones lie below
    parts += [_line(frame, item, colour.get(item.actor or "", "#7C766B")) for item in lines]
    parts += [_dot(frame, place) for place in _places(story)]
    size = f'viewBox="0 0 {_WIDTH} {frame.height:.0f}" width="{_WIDTH}" height="{frame.height:.0f}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="Map" {size}>{"".join(parts)}</svg>'


def _ground(frame: _Frame, base: Json) -> Iterable[str]:
    layers = cast("dict[str, list[NDArray[np.int64]]]", base.get("layers", {}))
    looks = (
        ("land", 'fill="#F4F1EA" fill-rule="evenodd"'),
        ("lakes", 'fill="#C3D6DE" fill-rule="evenodd"'),
        ("borders", 'fill="none" stroke="#8F8778" stroke-dasharray="8 3 2 3"'),
    )
    for name, look in looks:
        closing = "Z" if "fill-rule" in look else ""
        lines = (frame.path(line / SCALE) for line in layers.get(name, []))
        kept = [f"{line}{closing}" for line in lines if line]
        if kept:
            yield f'<path d="{"".join(kept)}" {look}/>'


def _area(frame: _Frame, area: Area, colour: str) -> str:
    if area.shape is None:
        return ""
    dash = "" if area.shape.published_limits else ' stroke-dasharray="2 5"'
    paths = (frame.path(line) for line in _outlines(area.shape.geometry))
    data = "".join(f"{path}Z" if area.shape.area_m2 else path for path in paths if path)
    return f'<path d="{data}" fill="{colour}" fill-opacity="0.14" stroke="{colour}"{dash}/>' if data else ""


def _outlines(geometry: BaseGeometry) -> Iterable[Iterable[Sequence[float]]]:
    for part in getattr(geometry, "geoms", (geometry,)):
        yield part.exterior.coords if part.geom_type == "Polygon" else part.coords


def _line(frame: _Frame, movement: Movement, colour: str) -> str:
    if movement.status is Status.DENIED:
        colour = "#7C766B"
    parts = []
    for chain in chains(movement.route):
        for leg in chain:
            dash = "1 6" if leg.how is How.SCHEMATIC else _DASHES.get(movement.status, "")
            data = frame.path(leg.geometry.coords)
            pattern = f' stroke-dasharray="{dash}"' if dash else ""
            if data:
                parts.append(f'<path d="{data}" fill="none" stroke="{colour}" stroke-width="4"{pattern}/>')
        if parts and movement.status is not Status.DENIED and not (movement.route and movement.route.open_end):
            parts.append(_arrow(frame, chain, colour, hollow=movement.status in _DASHES))
    return "".join(parts)


def _arrow(frame: _Frame, chain: Sequence[Leg], colour: str, *, hollow: bool) -> str:
    """Return the arrowhead at the end of a line: filled when done or under way, hollow when only meant."""
    points = [frame.point(x, y) for leg in chain for x, y, *_ in leg.geometry.coords]
    end = points[-1]
    before = next((point for point in reversed(points) if math.dist(point, end) > 6), points[0])
    turn = math.degrees(math.atan2(end[1] - before[1], end[0] - before[0]))
    fill = "#FFFFFF" if hollow else colour
    place = f'transform="translate({end[0]},{end[1]}) rotate({turn:.0f})"'
    return f'<path d="M0,0L-14,-7L-14,7Z" {place} fill="{fill}" stroke="{colour}" stroke-width="2"/>'


def _places(story: Story) -> tuple[Place, ...]:
    refs = [ref for m in story.movements for ref in (*m.origin, *m.via, *m.destination)]
    refs += [ref for incident in story.incidents for ref in incident.places]
    found = {ref.place.id: ref.place for ref in refs if ref.place and not ref.place.is_area}
    return tuple(found.values())


def _dot(frame: _Frame, place: Place) -> str:
    x, y = frame.point(place.lon, place.lat)
    name = escape(place.name)
    text = f'<text x="{x + 8}" y="{y + 4}" font-family="sans-serif" font-size="13" font-weight="bold"'
    text += f' stroke="#F4F1EA" stroke-width="3" paint-order="stroke" fill="#26231D">{name}</text>'
    return f'<circle cx="{x}" cy="{y}" r="4" fill="#FFFFFF" stroke="#26231D" stroke-width="1.6"/>{text}'
