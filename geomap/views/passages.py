"""A text with what was read in it marked: place names, and the words of movements, areas and incidents."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from html import escape
from itertools import pairwise
from typing import TYPE_CHECKING

from geomap.maps.texts import fit
from geomap.views.markup import Html, text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geomap.models import Provenance

__all__ = ["Mark", "Sort", "legend", "passage", "quotation"]

LONGEST = 20_000
"""Most characters of a report that are shown, ten pages; a notebook is no reader of books."""


class Sort(StrEnum):
    """What a mark says of its words."""

    PLACE = "place name"
    UNKNOWN = "place name that is not known"
    MOVEMENT = "movement"
    AREA = "area"
    INCIDENT = "incident"
    SAID = "words that say so"


# Half transparent grounds and middle tones: 3:1 to white and to black alike.
_STYLES = {
    Sort.PLACE: "background:rgba(59,130,246,0.22);color:inherit;border-radius:3px",
    Sort.UNKNOWN: "background:rgba(128,128,128,0.28);color:inherit;border-radius:3px",
    Sort.MOVEMENT: "border-bottom:2px solid #c2701c",
    Sort.AREA: "border-bottom:2px dashed #23936a",
    Sort.INCIDENT: "border-bottom:2px dotted #b45bbb",
    Sort.SAID: "font-weight:bold",
}
_TAGS = {Sort.PLACE: "mark", Sort.UNKNOWN: "mark", Sort.SAID: "b"}
_ORDER = (Sort.MOVEMENT, Sort.AREA, Sort.INCIDENT, Sort.SAID, Sort.PLACE, Sort.UNKNOWN)
"""From the outermost to the innermost, where several lie on the same words."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Characters from `start` to `end` of a text, half open, and what was read in them."""

    start: int
    end: int
    sort: Sort
    label: str = ""
    """Short sign behind the words, such as ``M1``."""
    told: str = ""
    """What it is read as; shown while the pointer rests on it."""


def passage(words: str, marks: Iterable[Mark], *, begin: int = 0, most: int = LONGEST) -> Html:
    """Return a text with its marks, each paragraph in its own direction.

    Marks may lie over each other and across paragraphs. What lies outside of the text is left out.

    Parameters
    ----------
    words
        The text.
    marks
        In any order, by offsets into the text.
    begin
        Offset of the first character that is shown.
    most
        Characters that are shown at most; what is cut is told.
    """
    shown = fit(words[begin:], most)
    kept = [mark for mark in marks if 0 <= mark.start < mark.end <= len(words)]
    lines, at = [], begin
    for written in shown.split("\n"):
        inside = [mark for mark in kept if mark.start < at + len(written) and at < mark.end]
        if written.strip():
            lines.append(f'<div dir="auto" style="margin:0 0 0.6em">{_line(written, at, inside)}</div>')
        at += len(written) + 1
    left = len(words) - begin - len(shown)
    more = f'<div style="opacity:0.75">… and {left:,} more characters</div>' if left > 0 else ""
    return Html(f"<div>{''.join(lines)}{more}</div>")


def _line(written: str, at: int, marks: Sequence[Mark]) -> str:
    """Return a line that begins at an offset of its text, in pieces that each lie wholly in their marks."""
    edges = {0, len(written)}
    for mark in marks:
        edges |= {max(0, mark.start - at), min(len(written), mark.end - at)}
    cuts = sorted(edges)
    parts = []
    for start, end in pairwise(cuts):
        here = [mark for mark in marks if mark.start - at <= start and end <= mark.end - at]
        parts.append(_piece(written[start:end], here))
        parts += [f"<sup>{escape(mark.label)}</sup>" for mark in here if mark.label and mark.end - at == end]
    return "".join(parts)


def _piece(written: str, marks: Sequence[Mark]) -> str:
    made = escape(written)
    by_sort = {mark.sort: mark for mark in reversed(marks)}
    for sort in reversed(_ORDER):
        if mark := by_sort.get(sort):
            tag = _TAGS.get(sort, "span")
            told = f' title="{escape(fit(mark.told, 300))}"' if mark.told else ""
            made = f'<{tag} style="{_STYLES[sort]}"{told}>{made}</{tag}>'
    return made


def legend(sorts: Iterable[Sort]) -> Html:
    """Return what the marks of some sorts mean."""
    found = set(sorts)
    names = [
        f'<{_TAGS.get(sort, "span")} style="{_STYLES[sort]}">{sort.value}</{_TAGS.get(sort, "span")}>'
        for sort in _ORDER
        if sort in found
    ]
    return Html(f'<div style="margin:4px 0">{" · ".join(names)}</div>') if names else Html("")


def quotation(claim: Provenance) -> Html:
    """Return the quoted words of a claim, those that carry it in bold; empty where there are none."""
    if not claim.quote:
        return Html("")
    said = [Mark(start, end, Sort.SAID) for start, end in claim.marks]
    by = f'<div dir="ltr">— {text(claim.attributed_to)}</div>' if claim.attributed_to else ""
    return Html(f'<blockquote dir="auto">{passage(claim.quote, said)}{by}</blockquote>')
