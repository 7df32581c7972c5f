"""The gazetteer's answers as lines for people: an answer in words, and its candidates in aligned columns."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

import click

from geomap.gazetteer.feature_codes import kind_word
from geomap.models import Certainty

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geomap.models import Candidate, Resolution

__all__ = ["answer_text", "columns_of"]

_COLOURS = {Certainty.RESOLVED: "green", Certainty.AMBIGUOUS: "yellow", Certainty.UNKNOWN: "red"}
_HEAD = ("name", "in", "country", "kind", "lat", "lon", "precision", "score", "id", "reason")
_NUMBERS = frozenset({"lat", "lon", "precision", "score"})
"""Columns that are aligned at their right."""
_LONGEST_QUERY, _LEAST_REASON = 60, 24
"""Columns of the screen that a name may take, and that a reason is given at least."""
_ISOLATE, _POP = "\u2068", "\u2069"
"""First strong isolate and its end (Unicode Standard Annex 9): a name in Arabic does not turn its line around."""


def answer_text(resolution: Resolution, *, width: int | None = None) -> str:
    """Return an answer in words, and below it the candidates, one a line.

    Colours are ANSI sequences, for `click.echo` to keep or strip.

    Parameters
    ----------
    resolution
        The answer.
    width
        Columns of the terminal, to which reasons are shortened; None for a pipe, where nothing is.
    """
    name = _cut(_plain(resolution.query), _LONGEST_QUERY) if width else _plain(resolution.query)
    status = click.style(resolution.status.value, fg=_COLOURS[resolution.status], bold=True)
    lines = [f"{_isolated(name, width)}: {status}, {_plain(resolution.reason)}"]
    if resolution.candidates:
        head, *rows = _aligned([_HEAD, *(_row(candidate) for candidate in resolution.candidates)], width)
        lines += [click.style(head, dim=True), *rows]
    return "\n".join(lines)


def columns_of(text: str) -> int:
    """Return how many columns of a terminal a text takes.

    East Asian wide letters take two, combining marks and format characters none (Unicode Standard Annexes 11 and 44).
    """
    return sum(
        0 if unicodedata.category(letter) in {"Mn", "Me", "Cf"} else 1 + (unicodedata.east_asian_width(letter) in "WF")
        for letter in text
    )


def _row(candidate: Candidate) -> tuple[str, ...]:
    place = candidate.place
    return (
        _plain(place.name), _plain(place.admin1 or ""), place.country or "", kind_word(place.feature),
        f"{place.lat:.4f}", f"{place.lon:.4f}", f"±{_length(place.precision_m)}", f"{candidate.score:.2f}",
        _plain(place.id), _plain(candidate.reason),
    )  # fmt: skip


def _aligned(rows: Sequence[Sequence[str]], width: int | None) -> list[str]:
    """Return rows as lines whose columns begin below one another; the first row is the head."""
    sizes = [max(columns_of(cell) for cell in column) for column in zip(*rows, strict=True)]
    left = 2 + sum(size + 2 for size in sizes[:-1])
    room = max(width - left, _LEAST_REASON) if width else None
    return ["  " + "  ".join(_cells(row, sizes, width, room)).rstrip() for row in rows]


def _cells(row: Sequence[str], sizes: Sequence[int], width: int | None, room: int | None) -> Iterable[str]:
    for column, cell, size in zip(_HEAD[:-1], row, sizes, strict=False):
        gap = " " * (size - columns_of(cell))
        yield gap + cell if column in _NUMBERS else _isolated(cell, width) + gap
    yield _cut(row[-1], room) if room else row[-1]


def _length(metres: float) -> str:
    return f"{metres / 1000:.0f} km" if metres >= 10_000 else f"{metres / 1000:.1f} km"


def _plain(text: str) -> str:
    """Return a text without what would steer a terminal: control characters and changes of direction."""
    return "".join("\ufffd" if unicodedata.category(letter) in {"Cc", "Cf", "Cs"} and letter not in "\u200c\u200d"
                   else letter for letter in text)  # fmt: skip


def _isolated(text: str, width: int | None) -> str:
    """Return a text that is written right to left so that, on a screen, its neighbours keep their order."""
    turns = width is not None and any(unicodedata.bidirectional(letter) in {"R", "AL"} for letter in text)
    return f"{_ISOLATE}{text}{_POP}" if turns else text


def _cut(text: str, room: int) -> str:
    """Return a text that takes no more than so many columns, its end replaced by an ellipsis."""
    if columns_of(text) <= room:
        return text
    kept = ""
    for letter in text:
        if columns_of(kept + letter) >= room:
            break
        kept += letter
    return kept.rstrip() + "…"
