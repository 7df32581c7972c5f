"""One made-up sentence followed through the stages of reading, as the package itself reads it."""

from __future__ import annotations

import html
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from tabling import table

import geomap

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from geomap.models import Mention, Movement, PlaceRef, Reading

TRACED = Path(__file__).parents[1] / "traced.txt"


@cache
def reading() -> Reading:
    """Return what is read in the example."""
    return geomap.build(TRACED).readings[0]


def movement() -> Movement:
    """Return the movement of the example.

    Raises
    ------
    ValueError
        The example no longer tells exactly one.
    """
    (only,) = reading().movements
    return only


def story() -> str:
    """Return the text behind the header, its names and the words that carry the claim marked."""
    claim, report = movement().provenance, reading().report
    text = report.text[report.body_start :].strip()
    start = report.text.index(text)
    spans = {(claim.start + first, claim.start + last): "claim" for first, last in claim.marks}
    spans |= {(mention.start, mention.end): "place" for mention in reading().mentions}
    return f'<p class="traced">{_marked(text, {(a - start, b - start): kind for (a, b), kind in spans.items()})}</p>'


def names() -> str:
    """Return the names with their offsets and what they do in the sentence."""
    return table(
        ("words", "offsets", "role", "sure"),
        (
            (f"“{found.text}”", f"{found.start}–{found.end}", found.role, f"{found.confidence:.2f}")
            for found in _names()
        ),
    )


def places() -> str:
    """Return which place each name was taken for, why, and which other places bear it."""
    return table(
        ("words", "place", "why", "set aside"),
        (
            (f"“{found.text}”", f"{_named(found)} ({found.resolution.status})", found.resolution.reason, _rivals(found))
            for found in _names()
            if found.resolution
        ),
    )


def slots() -> str:
    """Return the parts of the movement: the words, and what is made of them."""
    found = movement()
    claim = found.provenance
    published = claim.published
    return table(
        ("part", "the report's words", "becomes"),
        (
            ("what happens", f"“{found.trigger}”", f"{found.kind}, {found.status}, by {found.mode}"),
            ("who", f"“{found.actor_text}”", found.actor or "not told"),
            ("from", _words(found.origin), _becomes(found.origin)),
            ("to", _words(found.destination), _becomes(found.destination)),
            ("when", f"“{found.date_text}”",
             f"{found.date.iso() if found.date else 'not told'}, counted from {published:%A}, {published}"),
            ("how many", f"“{found.vehicles_text}”", f"{found.vehicles} vehicles; {', '.join(found.equipment)}"),
            ("who says so", f"“{claim.attributed_to}”", f"{claim.speaker}, grade {claim.grade}"),
            ("how sure the reading is", "", f"{found.confidence:.2f}"),
        ),
    )  # fmt: skip


def line() -> str:
    """Return the legs of the line, the crossings, and what was noted about it."""
    route = movement().route
    assert route
    legs = table(
        ("leg", "how", "length"),
        ((str(number), leg.how, f"{leg.length_m / 1000:,.0f} km") for number, leg in enumerate(route.legs, start=1)),
    )
    noted = [
        f"Crosses the border at {crossing.name}, {crossing.at_m / 1000:,.0f} km on the way."
        for crossing in route.crossings
    ] + [f"{issue.message[:1].upper()}{issue.message[1:]}." for issue in route.issues]
    return legs + "\n\n" + "\n".join(f"- {said}" for said in noted)


def row() -> str:
    """Return the row of the movements' table, without what is empty."""
    frame = geomap.build(TRACED).movements.drop(columns="geometry")
    found = frame.iloc[0].dropna()
    return table(("column", "value"), ((f"`{name}`", str(value)) for name, value in found.items() if str(value)))


def _names() -> list[Mention]:
    return [mention for mention in reading().mentions if mention.resolution]


def _named(mention: Mention) -> str:
    place = mention.place
    if place is None:
        return "no place"
    return ", ".join(part for part in (place.name, place.admin1, place.country) if part)


def _rivals(mention: Mention) -> str:
    assert mention.resolution
    rivals = mention.resolution.candidates[1:3]
    return "; ".join(f"{other.reason} ({other.score:.2f})" for other in rivals) or "none"


def _words(ends: Iterable[PlaceRef]) -> str:
    return "; ".join(f"“{end.text}”" for end in ends)


def _becomes(ends: Iterable[PlaceRef]) -> str:
    return "; ".join(f"{end.place.name}, known to {_km(end.place.precision_m)}" for end in ends if end.place)


def _km(metres: float) -> str:
    return f"{metres / 1000:.0f} km" if metres >= 10_000 else f"{metres / 1000:.1f} km"


def _marked(text: str, spans: dict[tuple[int, int], str]) -> str:
    """Return the text as HTML with spans marked; where two overlap, the narrower one is kept inside the other."""
    marks = sorted(spans.items(), key=lambda item: (item[0][0], -item[0][1]))
    out, stack, at = [], [], 0
    for edge in sorted({len(text), *(edge for span in spans for edge in span)}):
        out.append(html.escape(text[at:edge]))
        at = edge
        while stack and stack[-1] == edge:
            out.append("</mark>")
            stack.pop()
        for (start, end), kind in marks:
            if start == edge:
                out.append(f'<mark class="{kind}">')
                stack.append(end)
    return "".join(out)


PARTS: dict[str, Callable[[], str]] = {
    "trace.story": story,
    "trace.names": names,
    "trace.places": places,
    "trace.slots": slots,
    "trace.line": line,
    "trace.row": row,
}
