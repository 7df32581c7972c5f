"""The still picture and the plain list that stand in where no script runs."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING, cast

from geomap.maps import style
from geomap.maps.still.frame import HALO, WIDTH, Frame, Labels, written
from geomap.maps.still.ground import ground, names
from geomap.maps.still.lines import crowd, lines, tags
from geomap.maps.still.story import CROWD, QUIET, Ink, area_names, areas, incidents, places, wide_regions
from geomap.maps.texts import safe_url

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from geomap.maps.payload import Story
    from geomap.maps.values import Json
    from geomap.maps.view import Bounds
    from geomap.models import Area, Event, Incident, Movement, Provenance

__all__ = ["Entry", "entries", "svg"]


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
    for item, entry in _entries(story):
        shown = {
            key: str(words) for key, words in story.shown.get(item.id, {}).items() if key in {"status", "sentence"}
        }
        yield replace(entry, **shown)


def _entries(story: Story) -> Iterator[tuple[Movement | Area | Incident, Entry]]:
    for item in story.movements:
        told = _others(story.events.get(item.id))
        yield item, _entry(item, item.status.value, style.movement_sentence(item), also=told)
    for area in story.areas:
        yield area, _entry(area, area.status.value, style.area_sentence(area))
    for incident in story.incidents:
        yield incident, _entry(incident, incident.kind.value, style.incident_sentence(incident))


def _entry(item: Movement | Area | Incident, status: str, sentence: str, *, also: Sequence[Provenance] = ()) -> Entry:
    claim = item.provenance
    when = item.date.iso() if item.date else item.date_text or "date unknown"
    source = f"{_named(claim)} ({style.grade_words(claim.grade)})"
    more = f"; also told by {'; '.join(_named(other) for other in also)}" if also else ""
    hand = f"; {style.by_hand_words(claim)}" if claim.by_hand else ""
    return Entry(status, sentence, when, claim.quote, f"{source}{more}{hand}", safe_url(claim.url))


def _named(claim: Provenance) -> str:
    source = "source withheld" if claim.withheld else claim.source or claim.title or claim.report_id
    parts = (source, claim.attributed_to, claim.published and claim.published.isoformat())
    return ", ".join(part for part in parts if part)


def _others(event: Event | None) -> tuple[Provenance, ...]:
    """Return the claims of the reports besides the one whose words are quoted."""
    return tuple(m.provenance for m in event.tellings if m.id != event.lead.id) if event else ()


def svg(story: Story, base: Json, *, view: Bounds | None = None, as_of: date | None = None, width: int = WIDTH) -> str:
    """Return a picture of the final state as SVG, without styles or scripts; empty where nothing is drawn.

    Parameters
    ----------
    story
        What is drawn.
    base
        The ground, as `geomap.maps.ground.basemap.clip` gives it.
    view
        West, south, east and north in degrees of what is to be seen; None takes all that is drawn.
    as_of
        The day that the map speaks for; None takes the last one that its records name.
    width
        In pixels; letters of a narrower one are as large, and it has room for fewer names.
    """
    bounds = view or story.bounds()
    if bounds is None:
        return ""
    frame = Frame.of(bounds, width)
    labels = Labels(frame)
    labels.take((0, frame.height - 34, 150, frame.height))
    labels.take((width - 190, frame.height - 30, width, frame.height))
    actors = story.actors()
    ink = Ink({actor.name: actor.light for actor in actors})
    drawn, each = _story(frame, story, base, ink, labels)
    dots, told = places(frame, story, labels)
    letters: Iterable[str] = ()
    if len(story.movements) < CROWD:
        letters = tags(frame, story.movements, ink, {actor.name: actor.tag for actor in actors}, labels)
    body = [*drawn, *dots, *letters, *area_names(frame, story.areas[:CROWD], labels)]
    stamp = _stamp(as_of or _last_day(story), each)
    sheet = f'viewBox="0 0 {width} {frame.height}" width="{width}" height="{frame.height}"'
    return "".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="Map" {sheet} font-family="sans-serif">',
            f"<defs>{ink.defs()}</defs>" if ink.hatches else "",
            f'<rect width="{width}" height="{frame.height}" fill="#D8E4E8"/>',
            ground(frame, base),
            *body[: len(drawn)],
            f"<g {HALO}>",
            names(frame, base, labels, told),
            *body[len(drawn) :],
            _scale(frame),
            written(width - 10, frame.height - 11, stamp, size=11, fill=QUIET, anchor="end") if stamp else "",
            "</g></svg>",
        )
    )


def _story(frame: Frame, story: Story, base: Json, ink: Ink, labels: Labels) -> tuple[list[str], int]:
    """Return what lies below the names, and of how many movements one is drawn."""
    extent = cast("Bounds", tuple(cast("list[float]", base.get("bounds", (-180.0, -85.0, 180.0, 85.0)))))
    parts, each = [*areas(frame, story.areas[:CROWD], ink)], 1
    if len(story.movements) < CROWD:
        parts = [*wide_regions(frame, story, extent, ink, labels), *parts]
        parts += lines(frame, story.movements, ink, labels)
    else:
        many, each = crowd(frame, story.movements, ink)
        parts += many
    return [*parts, *incidents(frame, story.incidents[:CROWD], ink, labels)], each


def _last_day(story: Story) -> date | None:
    items: Iterable[Movement | Area | Incident] = chain(story.movements, story.areas, story.incidents)
    days = [day for item in items for day in (item.date and item.date.end, item.provenance.published) if day]
    return max(days, default=None)


def _stamp(day: date | None, each: int) -> str:
    """Return what the picture speaks for, in words."""
    part = f"1 in {each} movements drawn" if each > 1 else ""
    return " · ".join(words for words in (day and f"As of {day.isoformat()}", part) if words)


def _scale(frame: Frame) -> str:
    """Return the scale bar: right at the middle of the sheet, and nearly so elsewhere on it."""
    metres = frame.metres_px(frame.height / 2) * 120
    step = 10 ** math.floor(math.log10(metres))
    nice = next(n for n in (5, 2, 1) if n * step <= metres) * step
    wide = 120 * nice / metres
    y = frame.height - 12
    words = f"{nice / 1000:g} km" if nice >= 1000 else f"{nice:g} m"
    bar = f'<path d="M12 {y - 5}v5h{wide:.0f}v-5" fill="none" stroke="{QUIET}" stroke-width="1.4"/>'
    return bar + written(12, y - 9, words, size=11, fill=QUIET)
