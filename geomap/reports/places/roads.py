"""Roads by their number: "highway M4", "the M4 motorway", "the M4", "Route 9"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["ROAD_NUMBER", "numbered_roads"]

_REF = r"[A-Z]{0,2}-?\d{1,3}"
ROAD_NUMBER = re.compile(
    rf"\b(?i:highway|motorway|road|route|autobahn)\s+(?P<ref>{_REF})\b"
    rf"|\b(?P<ref2>[A-Z]{{1,2}}-?\d{{1,3}})\s+(?:\w+\s+)?(?i:highway|motorway|road|route)\b"
    r"|\b[Tt]he\s+(?P<ref3>[MADE]-?\d{1,3})\b(?!\s*(?i:rifle|tank|movement|rebel|group|carbine|fighter))"
)


def numbered_roads(text: str) -> Iterator[tuple[int, int]]:
    """Yield where the numbers of roads stand in a text."""
    for match in ROAD_NUMBER.finditer(text):
        group = match.lastgroup or "ref"
        yield match.start(group), match.end(group)
