"""What the map looks like, in figures: for formats that carry their own style, so that they look like it too.

Widths, patterns and strengths are those of the page's script (``maps/assets/strokes.js``, ``areas.js``), in pixels of
1/96 inch; the colours of actors are its light ones.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geomap.terms import How, Status

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geomap.maps.style import Actor
    from geomap.models import Reading

__all__ = [
    "DASHED",
    "DENIED",
    "DOTS",
    "HALO",
    "PAPER",
    "PLANNED",
    "SECONDARY",
    "STRAIGHT_M",
    "SURE",
    "TEXT",
    "TURNS",
    "WIDTHS",
    "Look",
    "Strength",
    "for_words",
]

PAPER, HALO, TEXT, SECONDARY, DENIED = "#ffffff", "#f4f1ea", "#26231d", "#6f685a", "#7c766b"
WIDTHS: Mapping[How, float] = {How.REPORTED: 5, How.INFERRED: 3.6, How.SCHEMATIC: 2.8}
PLANNED = frozenset([Status.PLANNED, Status.ORDERED])
DASHED, DOTS = (12.0, 8.0), (0.1, 5.5)
STRAIGHT_M = 25_000
"""A road drawn straight for longer is hollow: its bends are not known."""
TURNS = (0.0, 90.0, 45.0, 135.0, 67.5, 157.5)
"""How an actor's hatch is turned, degrees, so that two over each other can be told apart."""


@dataclass(frozen=True, slots=True)
class Strength:
    """How strongly a line is drawn for how surely it was read."""

    least: float
    """The confidence from which on it is drawn so."""
    opacity: float


SURE = (Strength(0.75, 1.0), Strength(0.5, 0.85), Strength(0.0, 0.6))
"""The map's three steps; what is below the second has no casing either."""


@dataclass(frozen=True, slots=True)
class Look:
    """The actors of some readings with their colours, tags and slots, in the map's order."""

    actors: Sequence[Actor]

    @classmethod
    def of(cls, readings: Sequence[Reading]) -> Look:
        """Return the actors in order of first appearance in movements, then areas, then incidents."""
        from geomap.maps.style import actors

        items = [
            *(item.actor for reading in readings for item in reading.movements),
            *(item.actor for reading in readings for item in reading.areas),
            *(item.actor for reading in readings for item in reading.incidents),
        ]
        return cls(actors(name for name in items if name))


def for_words(colour: str) -> str:
    """Return a colour drawn a little towards the text's, so that small letters keep their contrast."""
    mixed = (int(colour[n : n + 2], 16) * 0.7 + int(TEXT[n : n + 2], 16) * 0.3 for n in (1, 3, 5))
    return "#" + "".join(f"{math.floor(channel + 0.5):02x}" for channel in mixed)  # as the page rounds
