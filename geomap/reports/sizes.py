"""How deep, wide and long a report says that a zone, a corridor or a stretch of road is."""

from __future__ import annotations

import re

from geomap.measures import NUMBER, parse_range, unit_m
from geomap.models import Range

__all__ = ["bare_length", "depth_of", "length_of", "width_of"]

_LEAST = r"at\s+least|more\s+than|over|no\s+less\s+than|not\s+less\s+than|a\s+minimum\s+of|minimum|upwards\s+of"
_MOST = (
    r"up\s+to|at\s+most|no\s+more\s+than|not\s+more\s+than|less\s+than|under|a\s+maximum\s+of"
    r"|as\s+(?:deep|far|much)\s+as"
)
_UNIT = r"(?P<unit>km|kilomet(?:er|re)s?|nautical[- ]miles?|nmi|miles?|met(?:er|re)s?|yards?)"
_LENGTH = (
    rf"(?:(?:(?P<least>{_LEAST})|(?P<most>{_MOST}))\s+(?:an?\s+)?)?"
    rf"\b(?P<n>{NUMBER}(?:-?\s*(?:-|–|to|and|or)\s*{NUMBER})?)[\s-]*{_UNIT}"
)
_OPEN_END = 1.5
"""How far "at least" may reach, as a share: as far as :func:`geomap.measures.parse_length` lets it."""
_WIND = r"(?:north|south|east|west)[\s-]?(?:east|west)?"
_DEPTH = re.compile(
    rf"{_LENGTH}[\s-]*(?P<how>wide|deep|depth|width|broad|into|inside|in(?:to)?\s+depth|in\s+width|from the border)?\b",
    re.IGNORECASE,
)
_WIDE = re.compile(rf"{_LENGTH}[\s-]*(?:wide|broad|in\s+width|across)\b", re.IGNORECASE)
_LONG = re.compile(rf"{_LENGTH}[\s-]*(?P<how>long|length|in length|stretch|section|of)\b", re.IGNORECASE)
_ANY = re.compile(rf"{_LENGTH}\b", re.IGNORECASE)
_ACROSS = r"(?:buffer|security|zone|strip|belt|band|corridor|area)"
_SIDES = (
    r"(?:on|to|along|at|for)?\s*(?:either|each|both)\s+(?:of\s+the\s+)?sides?\b"
    rf"|(?:to\s+the\s+)?(?P<one>{_WIND})\s+and\s+(?:[\w.-]+\s+){{0,5}}?(?P<two>{_WIND})\s+of\b"
    r"|on\s+(?:the|its|their)\s+(?:own\s+)?(?:\w+\s+)?side\b"
)
"""Words after a length by which it is measured from a line outwards."""
_AFTER = re.compile(rf"\W*(?:\(|safe|around|round|{_ACROSS}|\w+\W+{_ACROSS}|{_SIDES})", re.IGNORECASE)
_BEFORE = re.compile(
    rf"(?:\b{_ACROSS}s?\s+(?:of|that\s+(?:is|reaches|extends)|reaching|extending|stretching)\s+(?:about\s+|some\s+|roughly\s+)?"
    r"|\bwithin\s+(?:an?\s+)?)$",
    re.IGNORECASE,
)
_MEASURED = re.compile(rf"\W*(?:{_SIDES})", re.IGNORECASE)
_STRETCHED = re.compile(r"\W*(?:long|in length|stretch)", re.IGNORECASE)
_RUNNING = re.compile(
    r"\W*(?:\([^()]*\)\s*)?(?:\w+\s+){0,2}?(?:zone|strip|belt|area|corridor)\s+(?:stretching|running|extending)\s+(?:from|between)\b",
    re.IGNORECASE,
)
"""Words after a length by which it is measured from one end to the other: "a 98-km area stretching from A to B"."""
_ALONG = re.compile(rf"\W*(?:long|in length|stretch|from\b|of\b|away|{_WIND})", re.IGNORECASE)
_TO_LINE = re.compile(r"\s*(?:of|from)\b", re.IGNORECASE)


def depth_of(text: str) -> Range | None:
    """Return the depth a sentence gives, in metres; a length that is said to be long is no depth.

    "Up to 20 km" is a depth from 0, "at least 10 km" one that may be half as much again.
    """
    for match in _DEPTH.finditer(text):
        after = text[match.end() : match.end() + 48]
        before = _BEFORE.search(text[: match.start()])
        if before and before[0].lower().startswith("within"):
            if _TO_LINE.match(after):
                return _measure(match)
            continue
        if not match["how"] and _RUNNING.match(text, match.end()):
            continue
        if match["how"] and not _STRETCHED.match(after):
            return _measure(match)
        if _MEASURED.match(after) or ((before or _AFTER.match(after)) and not _ALONG.match(after)):
            return _measure(match)
    return None


def width_of(text: str) -> Range | None:
    """Return the width a sentence gives something, from edge to edge, in metres: "a corridor 2 km wide"."""
    match = _WIDE.search(text)
    return _measure(match) if match else None


def length_of(text: str) -> Range | None:
    """Return the length that a sentence says something has, in metres: "180 km long"."""
    running = next((m for m in _ANY.finditer(text) if _RUNNING.match(text, m.end())), None)
    if running is not None:
        return _measure(running)
    found = (m for m in _LONG.finditer(text) if not re.search(r"\bwithin\s+(?:an?\s+)?$", text[: m.start()].lower()))
    match = next(found, None)
    return _measure(match) if match else None


def bare_length(text: str) -> Range | None:
    """Return the first length of a sentence in metres, whatever it is of."""
    match = _ANY.search(text)
    return _measure(match) if match else None


def _measure(match: re.Match[str]) -> Range | None:
    size = parse_range(re.sub(r"-(?=\s)", "", match["n"]))
    if size is None:
        return None
    unit = unit_m(match["unit"].replace("-", " "))
    low = 0.0 if match["most"] else size.low * unit
    return Range(low, size.high * unit * (_OPEN_END if match["least"] else 1.0))
