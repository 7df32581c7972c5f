"""The parts of a report's text: the story itself, told apart from headers, captions and page furniture."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geomap.models import Report

__all__ = ["Block", "blocks"]

_CAPTION = re.compile(
    r"\b(file|aerial|undated|handout|stock)\s+(file\s+)?(photo|image|picture|photograph)\b"
    r"|\((photo|image|picture|source|credit)\b|\((AP|AFP|Reuters|EPA|Getty[^)]*|Photo[^)]*)\)\s*$"
    r"|^\s*(photo|image|picture|caption|file)\s*:|[\[(](photo|file)",
    re.IGNORECASE,
)
_FURNITURE = re.compile(
    r"^\s*(?:read more\b|also on \S+\.[a-z]{2,}\b|see also\s*:|related(?: \w+)?\s*:|watch\s*:|share this\b"
    r"|like this story\b|follow us\b|subscribe\b|sign up\b|advertisement\s*$|more on this\b)",
    re.IGNORECASE,
)
_MEDIA = re.compile(r"\((?:videos?|photos?|watch|map)[^)]{0,20}\)", re.IGNORECASE)
FURNITURE_LENGTH = 250
"""A pointer to another story is no longer than this."""
_LINE = re.compile(r"[^\n]+")
WRAP_COLUMN = 130
"""Lines no longer than this may be one paragraph wrapped by an editor."""
MAX_BLOCK = 5_000
"""Longer paragraphs are cut, after a sentence where there is one: time and memory grow with their length."""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph of the report; offsets are into the report's text."""

    start: int
    end: int
    caption: bool = False
    """Words under a picture: its date is the picture's, not the event's."""


def blocks(report: Report) -> tuple[Block, ...]:
    """Return the paragraphs of the story in order, without page furniture.

    A line is joined to the one before where an editor wrapped the text: the text has empty lines between its
    paragraphs, all its lines are short, and the line before ends within a sentence.
    """
    text = report.text
    lines = [(m.start(), m.end()) for m in _LINE.finditer(text, report.body_start) if m[0].strip()]
    wrapped = "\n\n" in text and all(end - start <= WRAP_COLUMN for start, end in lines)
    joined: list[tuple[int, int]] = []
    for start, end in lines:
        if wrapped and joined and text[joined[-1][1] : start] == "\n" and end - joined[-1][0] < MAX_BLOCK:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.extend(_cut(text, start, end))
    kept = ((_after_furniture(text, start, end), end) for start, end in joined)
    return tuple(
        Block(start, end, caption=end - start < 400 and bool(_CAPTION.search(text, start, end)))
        for start, end in kept
        if start < end
    )


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the parts of a paragraph, none longer than `MAX_BLOCK`."""
    while end - start > MAX_BLOCK:
        stop = max(text.rfind(mark, start, start + MAX_BLOCK) for mark in (". ", "? ", "! ")) + 2
        stop = stop if stop > start + MAX_BLOCK // 2 else start + MAX_BLOCK
        yield start, stop
        start = stop
    yield start, end


def _after_furniture(text: str, start: int, end: int) -> int:
    """Return where the story goes on in a paragraph: after a pointer to another story that was run into it."""
    if not _FURNITURE.match(text[start:end]):
        return start
    glued = _MEDIA.search(text, start, min(end, start + FURNITURE_LENGTH))
    if glued:
        return glued.end()
    return end if end - start <= FURNITURE_LENGTH else start
