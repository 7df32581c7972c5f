"""The columns of a user's table: which says what, and their cells as text, days and numbers."""

from __future__ import annotations

import math
import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from geomap.errors import InputError
from geomap.models import Interval
from geomap.reports.intake.headers import parse_day

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

__all__ = ["ROLES", "Columns", "days_of", "number_of", "text_of"]

ROLES: Mapping[str, tuple[str, ...]] = {
    "id": ("id",),
    "label": ("label", "name"),
    "text": ("text", "quote", "words", "sentence", "description"),
    "actor": ("actor",),
    "status": ("status",),
    "kind": ("kind", "event_type"),
    "date": ("date", "when", "start", "start_date", "date_start", "event_date", "day"),
    "end": ("end", "date_end", "end_date"),
    "source": ("source", "publisher"),
    "title": ("title",),
    "url": ("url", "link", "source_url"),
    "published": ("published",),
    "note": ("note",),
    "confidence": ("confidence",),
    "precision": ("precision_m",),
    "how": ("how",),
}
"""What a column can say, and the names it is known by, the first that a table has before the others."""

_DAYS = {"date", "end", "published"}
_WORDS_MOST = 500  # characters of a fact that a card shows
_YEAR = re.compile(r"[12]\d{3}")
_MONTH = re.compile(r"([12]\d{3})-(\d{2})")


@dataclass(frozen=True, slots=True)
class Columns:
    """Where in a row each role is, and the columns that have none, in the table's order."""

    places: Mapping[str, int]
    facts: tuple[tuple[int, str], ...]

    @classmethod
    def of(
        cls,
        names: Sequence[object],
        given: Mapping[str, str | None],
        *,
        without: Iterable[int] = (),
        numbers: Iterable[int] = (),
    ) -> Columns:
        """Return what the columns of a table say.

        Parameters
        ----------
        names
            The columns of the table.
        given
            By role, the column the user names for it; None where none of them says it.
        without
            Which columns hold geometries.
        numbers
            Which hold numbers: a ``start`` among them is no day, unless the user says so.

        Raises
        ------
        InputError
            The table has no column of a name given, or a role is not known.
        """
        written = [str(name) for name in names]
        low = [name.strip().lower() for name in written]
        left_out, counted = set(without), set(numbers)
        places: dict[str, int] = {}
        for role, name in given.items():
            if role not in ROLES:
                raise InputError(f"{role!r} is nothing a column can say; choose from {', '.join(ROLES)}")
            if name is None:
                continue
            if name not in written:
                raise InputError(f"no column {name!r} for {role}; the table has {', '.join(written)}")
            places[role] = written.index(name)
        for role, known in ROLES.items():
            unfit = {*places.values(), *left_out, *(counted if role in _DAYS else ())}
            at = next((low.index(name) for name in known if name in low and low.index(name) not in unfit), None)
            if role not in given and at is not None:
                places[role] = at
        taken = left_out | set(places.values())
        return cls(places, tuple((at, name) for at, name in enumerate(written) if at not in taken))

    def text(self, row: Sequence[str], role: str) -> str:
        """Return what a row holds for a role, its cells as text; empty where it has no such column."""
        at = self.places.get(role)
        return "" if at is None else row[at]

    def told(self, row: Sequence[str]) -> list[list[str]]:
        """Return the names and words of what a row holds beside the roles; empty cells are left out."""
        return [[name, _short(row[at])] for at, name in self.facts if row[at]]


def _short(words: str) -> str:
    return words if len(words) <= _WORDS_MOST else f"{words[:_WORDS_MOST]}…"


def text_of(value: object) -> str:
    """Return a cell as text: empty for what data frames hold where nothing is, days without a midnight."""
    if is_missing(value):
        return ""
    if isinstance(value, list | tuple | set):
        return "; ".join(map(text_of, value))
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value).strip().removesuffix(" 00:00:00")


def is_missing(value: object) -> bool:
    """Whether a cell is empty: None, NaN, NaT or pandas' NA, which all differ from themselves or compare to nothing."""
    if value is None or type(value).__name__ in {"NAType", "NaTType"}:
        return True
    return isinstance(value, float) and math.isnan(value)


def number_of(value: object) -> float | None:
    """Return a cell as a finite number; None where it is none."""
    try:
        number = float(text_of(value))
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def days_of(first: object, last: object = None) -> tuple[Interval | None, str | None]:
    """Return the days from one cell to another, and what is wrong with them in words, or None.

    A cell is a date, a moment (its day in its own time zone), or text: an ISO 8601 day, moment, month, year or
    interval ``A/B``, or a day with its month in letters. ``3/4/2019`` is none: it is March in one country and April
    in another. Days that end before they start are only the first.
    """
    start = _span(first)
    end = _span(last)
    wrong = [text_of(cell) for cell, span in ((first, start), (last, end)) if span is None and text_of(cell)]
    if wrong:
        problem = f"{wrong[0]!r} is no day; write it as 2019-01-31"
    elif start and end and end.end < start.start:
        problem = f"it ends on {end.end}, before it starts on {start.start}; only the first day was taken"
        end = None
    else:
        problem = None
    known = [span for span in (start, end) if span]
    return (Interval(known[0].start, known[-1].end) if known else None), problem


def _span(value: object) -> Interval | None:
    if is_missing(value):
        return None
    if isinstance(value, datetime):  # pandas' Timestamp is one
        return Interval(value.date(), value.date())
    if isinstance(value, date):
        return Interval(value, value)
    text = text_of(value)
    first, _, last = text.partition("/")
    spans = [_written(part.strip()) for part in ((first, last) if _is_interval(first, last) else (text,))]
    if any(span is None for span in spans):
        return None
    found = [span for span in spans if span]
    return Interval(found[0].start, found[-1].end) if found[0].start <= found[-1].end else None


def _is_interval(first: str, last: str) -> bool:
    return bool(last) and _written(first.strip()) is not None


def _written(text: str) -> Interval | None:
    if _YEAR.fullmatch(text):
        return Interval(date(int(text), 1, 1), date(int(text), 12, 31))
    month = _MONTH.fullmatch(text)
    if month and 1 <= int(month[2]) <= 12:
        year, number = int(month[1]), int(month[2])
        return Interval(date(year, number, 1), date(year, number, monthrange(year, number)[1]))
    day = parse_day(text) if text else None
    return Interval(day, day) if day else None
