"""Ends of movements that are zones of the same report or lines of truces: "into the safe zone", "to the Blue Line"."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from geomap.errors import GeomapError
from geomap.models import AreaKind, Place, PlaceRef
from geomap.reports.lines import known_line
from geomap.reports.places.focus import is_implied

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomap.gazetteer import Gazetteer
    from geomap.models import Area, Movement

__all__ = ["with_lines", "with_zones"]

_WORDS = {
    AreaKind.SAFE_ZONE: r"safe|de-?escalation|de-?confliction|humanitarian",
    AreaKind.BUFFER_ZONE: (
        r"buffer|security|demilitari[sz]ed|exclusion|separation|disengagement|neutral|military|closed\s+military"
    ),
    AreaKind.BORDER_STRIP: r"border",
}
_ZONE = re.compile(
    r"\b(?P<prep>into|in|inside|to|towards?|from|out\s+of|across|through)\s+"
    r"(?P<words>(?:the|this|that|its|their)\s+(?:[\w.-]+\s+){0,2}?[\"'“‘]?(?P<sort>"
    + "|".join(_WORDS.values())
    + r")[\"'”’]?[- ](?:zone|strip|belt|area|corridor)s?\b[\"'”’]?)",
    re.IGNORECASE,
)
_NEAR = 80
"""Characters from a word of movement to the end of the zone it leads to."""
_STEM = 5
"""Letters that tell sorts of zones apart, "demilitarized" and "demilitarised" not."""
_OUT = frozenset(["from", "out"])
_THROUGH = frozenset(["across", "through"])


def with_lines(movements: Sequence[Movement], gazetteer: Gazetteer) -> tuple[Movement, ...]:
    """Return movements whose ends at a line of a truce that is a border lie there."""

    def known(refs: tuple[PlaceRef, ...]) -> tuple[PlaceRef, ...]:
        return tuple(known_line(ref, gazetteer) for ref in refs)

    return tuple(
        replace(m, origin=known(m.origin), via=known(m.via), destination=known(m.destination)) for m in movements
    )


def with_zones(movements: Sequence[Movement], areas: Sequence[Area]) -> tuple[Movement, ...]:
    """Return movements with the zone of the report as an end, where the words name it and no place fills that slot.

    A zone is one only where the report has a single one of that sort, and tells enough of it to draw.
    """
    return tuple(_with_zone(movement, areas) if areas else movement for movement in movements)


def _with_zone(movement: Movement, areas: Sequence[Area]) -> Movement:
    quote = movement.provenance.quote
    at = quote.find(movement.trigger.split()[0]) if movement.trigger else -1
    match = _ZONE.search(quote, at, at + _NEAR) if at >= 0 else None
    if match is None:
        return movement
    prep = match["prep"].split()[0].lower()
    slot = "origin" if prep in _OUT else "via" if prep in _THROUGH else "destination"
    held: tuple[PlaceRef, ...] = getattr(movement, slot)
    if not all(map(is_implied, held)) or (slot == "destination" and _names_an_end(movement, quote, match.end())):
        return movement
    kind = next(kind for kind, words in _WORDS.items() if re.fullmatch(words, match["sort"], re.IGNORECASE))
    called = match["sort"][:_STEM].lower()
    meant = [area for area in areas if area.kind is kind and called in area.text.lower()]
    place = _place(meant[0], match["words"]) if len(meant) == 1 else None
    if place is None:
        return movement
    ref = PlaceRef(match["words"], place, "the zone of the report")
    if slot == "origin":
        return replace(movement, origin=(ref,))
    return replace(movement, via=(ref,)) if slot == "via" else replace(movement, destination=(ref,))


def _names_an_end(movement: Movement, quote: str, after: int) -> bool:
    """Whether a place that fills another slot is told right behind the zone: it says where the zone is."""
    told = (*movement.origin, *movement.via)
    return any(quote.startswith(ref.text, after + len(gap)) for ref in told for gap in (" in ", " near ", " around "))


def _place(area: Area, words: str) -> Place | None:
    """Return a zone as a place that a line can end at, or None where it cannot be drawn."""
    from geomap.geometry.areas import shape
    from geomap.geometry.borders import country_at
    from geomap.geometry.sweeps import farthest_m, spot_in

    try:
        built = shape(area.plan)
    except GeomapError:
        return None
    outer = built.possible if built.geometry.is_empty and built.possible is not None else built.geometry
    if outer.is_empty or "Polygon" not in outer.geom_type:
        return None
    lon, lat = spot_in(outer)
    return Place(
        f"zone:{area.kind.value}@{lat:.3f},{lon:.3f}", words, round(lon, 5), round(lat, 5), country_at(lon, lat),
        feature="L.RGN", precision_m=round(farthest_m(outer, lon, lat), -2), source="relation", geometry=outer,
    )  # fmt: skip
