"""Rows of other people's tables on their way into a layer: the good, the bad, and what was noticed."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geomap.gazetteer.store import Entry
    from geomap.models import Issue

__all__ = ["RowError", "Rows", "degrees"]

_SIDES = {"lat": 90.0, "lon": 180.0}


class RowError(ValueError):
    """A row cannot be used; the message says which value, and what to do."""


@dataclass(frozen=True, slots=True)
class Rows:
    """What a table holds."""

    entries: tuple[Entry, ...]
    bad: tuple[Issue, ...] = ()
    """Rows that cannot be used, each once, in their order."""
    notes: tuple[Issue, ...] = ()
    """What was taken for granted, or left out on purpose."""


def degrees(text: str, side: str) -> float:
    """Return a coordinate in degrees.

    Parameters
    ----------
    text
        A decimal number; its decimal sign may be a comma.
    side
        ``lat`` or ``lon``.

    Raises
    ------
    RowError
        It is no number, or out of range.
    """
    written = text.strip().replace("−", "-")
    try:
        value = float(written.replace(",", ".") if written.count(",") == 1 and "." not in written else written)
    except ValueError:
        raise RowError(f"{side} {text!r} is no number; write decimal degrees, such as 36.83") from None
    limit = _SIDES[side]
    if not math.isfinite(value) or abs(value) > limit:
        raise RowError(f"{side} {text!r} lies outside -{limit:g} to {limit:g}; write degrees of WGS 84")
    return value
