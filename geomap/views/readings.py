"""Reports, and what was read in them, in their text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomap.maps.payload import Story
from geomap.models import Area, Movement
from geomap.views.claims import area_line, incident_line, movement_line
from geomap.views.markup import Html, bold, issues, line, link, page, table, text
from geomap.views.passages import Mark, Sort, legend, passage, quotation
from geomap.views.pictures import small_map

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geomap.models import Incident, Mention, Reading, Report

__all__ = ["reading", "report"]

_NAMES = 60
"""Most place names that are listed below a text."""


def report(found: Report) -> Html:
    """Return a report: who published it, and its text, with the place names that came with it."""
    given = [Mark(start, end, Sort.PLACE) for start, end in found.spans or ()]
    return page(_head(found), passage(found.text, given, begin=found.body_start))


def reading(found: Reading) -> Html:
    """Return a report with what was read in it marked in the text and listed below; with a small map."""
    items = list(_labelled(found))
    marks = [*map(_mention, found.mentions)]
    for label, sort, item in items:
        claim = item.provenance
        marks.append(Mark(claim.start, claim.end, sort, label))
        if found.report.text[claim.start : claim.end] == claim.quote:
            said = ((claim.start + start, claim.start + end) for start, end in claim.marks)
            marks += [Mark(start, end, Sort.SAID) for start, end in said]
    story = Story(
        movements=[*found.movements],
        areas=[area for area in found.areas if area.shape],
        incidents=[*found.incidents],
    )
    return page(
        _head(found.report),
        passage(found.report.text, marks, begin=found.report.body_start),
        legend(mark.sort for mark in marks if mark.end <= len(found.report.text)),
        *(_told(label, item, found.report) for label, _, item in items),
        line("Nothing that moves, no area and no incident was read.", quiet=True) if not items else Html(""),
        _names(found),
        small_map(story, "what the report tells, on a map"),
        issues(found.issues),
    )


def _labelled(found: Reading) -> Iterator[tuple[str, Sort, Movement | Area | Incident]]:
    yield from ((f"M{number}", Sort.MOVEMENT, item) for number, item in enumerate(found.movements, 1))
    yield from ((f"A{number}", Sort.AREA, item) for number, item in enumerate(found.areas, 1))
    yield from ((f"I{number}", Sort.INCIDENT, item) for number, item in enumerate(found.incidents, 1))


def _told(label: str, item: Movement | Area | Incident, report: Report) -> Html:
    """Return an entry, with its quoted words where the text of the report is not kept, as in tables."""
    entry = _entry(label, item)
    return entry if report.text.strip() else Html(entry + quotation(item.provenance))


def _entry(label: str, item: Movement | Area | Incident) -> Html:
    if isinstance(item, Movement):
        return movement_line(label, item)
    return area_line(label, item) if isinstance(item, Area) else incident_line(label, item)


def _head(found: Report) -> Html:
    told = [link(found.url, found.source) if found.source else link(found.url, found.url) if found.url else ""]
    told += [text(found.author) if found.author else "", found.published.isoformat() if found.published else ""]
    head = line(bold(found.title or found.id))
    return Html(head + line(" · ".join(part for part in told if part), quiet=True)) if any(told) else head


def _mention(found: Mention) -> Mark:
    if found.place is None:
        return Mark(found.start, found.end, Sort.UNKNOWN, told="not known")
    where = ", ".join(part for part in (found.place.name, found.place.admin1, found.place.country) if part)
    reason = found.resolution.reason if found.resolution else ""
    return Mark(found.start, found.end, Sort.PLACE, told=f"{where}: {reason}" if reason else where)


def _names(found: Reading) -> Html:
    """Return the place names once each, with what they mean; folded, for it may be long."""
    once = {(mention.text, mention.place.id if mention.place else None): mention for mention in found.mentions}
    if not once:
        return Html("")
    rows = []
    for mention in list(once.values())[:_NAMES]:
        place, answer = mention.place, mention.resolution
        where = ", ".join(part for part in (place.admin1, place.country) if part) if place else ""
        sure = answer.status.value if answer else "unknown"
        rows.append([text(mention.text), text(place.name if place else ""), text(where), sure,
                     text(answer.reason if answer else "")])  # fmt: skip
    left = len(once) - _NAMES
    more = line(f"and {left} more in .mentions", quiet=True) if left > 0 else ""
    count = "1 place name" if len(once) == 1 else f"{len(once)} place names"
    listed = table(("words", "place", "in", "", "why"), rows)
    return Html(f"<details><summary>{count}</summary>{listed}{more}</details>")
