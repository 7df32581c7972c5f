"""One row of a table: its cells as what they mean, and what is wrong of them in words."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

from geomap.models import Range
from geomap.schema import SCHEMA, Layer
from geomap.tables import cells, marks
from geomap.tables.days import days_of, span_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from shapely.geometry.base import BaseGeometry

    from geomap.models import Interval

__all__ = ["Row"]

Choice = TypeVar("Choice", bound=StrEnum)

_GRADE = re.compile(r"[A-F][1-6]")
_YES, _NO = (
    frozenset(["true", "yes", "1", "x", "y", "wahr", "vrai"]),
    frozenset(["false", "no", "0", "n", "falsch", "faux"]),
)
_TERMS = frozenset(["kind", "mode", "role", "speaker", "status"])
_SMALL = frozenset(["from_lon", "from_lat", "to_lon", "to_lat", "lon", "lat", "bearing", "confidence"])
"""Columns of numbers below a thousand: a comma in them is a decimal one, whatever stands behind it."""


@dataclass(slots=True)
class Row:
    """A row whose cells are looked up by the names of `geomap.schema`."""

    at: str
    """Where it stands, in words."""
    values: Mapping[str, object]
    layer: Layer
    geometry: BaseGeometry | None = None
    possible: BaseGeometry | None = None
    has_geometry: bool = False
    """Its geometry was read; otherwise it is made anew."""
    problems: list[str] = field(default_factory=list)
    changed: frozenset[str] = frozenset()
    """Columns that are not as geomap wrote them."""
    by_hand: tuple[str, ...] = ()
    """All columns that a person corrected, now or before; ``("added",)`` for the whole row."""

    @property
    def mark(self) -> str:
        """The digests of what geomap wrote; empty in a row that it did not write."""
        return self.text("as_read")

    @property
    def is_own(self) -> bool:
        """Whether geomap wrote the row, whatever was corrected of it since."""
        return bool(self.mark)

    def text(self, column: str) -> str:
        """Return a cell as text, stripped."""
        return cells.text_of(self.values.get(column))

    def some(self, column: str) -> str | None:
        """Return a cell as text, or None where it is empty."""
        return self.text(column) or None

    def verbatim(self, column: str) -> str:
        """Return a cell as text, exactly as it stands."""
        return cells.verbatim(self.values.get(column))

    def listed(self, column: str) -> tuple[str, ...]:
        """Return the parts of a cell that lists several, separated by ``;``."""
        return tuple(cells.listed(self.text(column)))

    def number(self, column: str) -> float | None:
        """Return a cell as a number; what is none is told."""
        given = self.values.get(column)
        found = cells.number_of(given, small=column in _SMALL)
        if found is None and cells.text_of(given):
            self.problems.append(f"{column} {cells.text_of(given)!r} is no number; left empty")
        elif found is not None and cells.is_doubtful(given) and column not in _SMALL:
            self.problems.append(f"{column} {cells.text_of(given)!r} was read as {found:.0f}; write it without a comma")
        return found

    def amount(self, column: str) -> int | None:
        """Return a cell as a whole number that is not negative; what is none is told."""
        given = self.values.get(column)
        found = cells.number_of(given)
        if found is not None and found >= 0 and found.is_integer():
            return int(found)
        if cells.text_of(given):
            self.problems.append(f"{column} {cells.text_of(given)!r} is no whole number; left empty")
        return None

    def offset(self, column: str) -> int | None:
        """Return an offset into a text; None where there is none."""
        found = cells.number_of(self.values.get(column))
        return None if found is None else int(found)

    def span(self, name: str) -> Range | None:
        """Return the range of two columns, ``depth_m`` and ``depth_max_m``."""
        low, high = self.number(f"{name}_m"), self.number(f"{name}_max_m")
        if low is None:
            return Range(high, high) if high is not None else None
        if high is not None and high < low:
            self.problems.append(f"{name}_max_m {high:g} is less than {name}_m {low:g}; left out")
            high = None
        return Range(low, low if high is None else high)

    def yes(self, column: str) -> bool:
        """Return whether a cell says yes; an empty one says no."""
        given = self.text(column).lower()
        if given not in _YES | _NO | {""}:
            self.problems.append(f"{column} {self.text(column)!r} is neither true nor false; taken as false")
        return given in _YES

    def choice(self, choices: type[Choice], column: str, default: Choice) -> Choice:
        """Return the term of a cell; what is none of them is told and taken as the default."""
        given = self.text(column).lower()
        plain = re.sub(r"[\s-]+", "_", given)
        if plain in set(choices):
            return choices(plain)
        if given:
            self.problems.append(f"{column} {given!r} is none of {', '.join(choices)}; taken as {default}")
        return default

    def grade(self) -> str:
        """Return the Admiralty grade; F6 where there is none."""
        given = self.text("grade").upper()
        if given and not _GRADE.fullmatch(given):
            self.problems.append(f"grade {given!r} is no Admiralty grade from A1 to F6; taken as F6")
            return "F6"
        return given or "F6"

    def days(self) -> Interval | None:
        """Return the days of ``date`` and ``date_end``; a single day that was corrected takes its end along."""
        last = self.values.get("date_end")
        if "date" in self.changed and "date_end" not in self.changed and self._was_one_day():
            last = None
        for column in ("date", "date_end"):
            _, problem = span_of(self.values.get(column))
            if problem:
                self.problems.append(f"{column} {problem}")
        found, problem = days_of(self.values.get("date"), last)
        if found and problem and problem.startswith("it ends"):
            self.problems.append(f"date_end lies before date: {problem}")
        return found

    def _was_one_day(self) -> bool:
        end, _ = span_of(self.values.get("date_end"))
        return end is not None and marks.was(self.layer, self.mark, "date", end.start)

    def day(self, column: str) -> date | None:
        """Return the first day of a cell; what is none is told."""
        found, problem = span_of(self.values.get(column))
        if problem:
            self.problems.append(f"{column} {problem}")
        return found.start if found else None

    def follow(self, column: str) -> None:
        """Say that what a column tells was corrected elsewhere, where the report mentions the place."""
        self.changed |= {column}
        self.by_hand = tuple(dict.fromkeys((*self.by_hand, column)))

    def ends(self, columns: Iterable[str]) -> bool:
        """Whether any of these columns was corrected now."""
        return not self.changed.isdisjoint(columns)

    def typed(self) -> dict[str, object]:
        """Return the editable cells with the types of the schema, as their digests are made of them."""
        types = {column.name: column.dtype for column in SCHEMA[self.layer] if column.editable}
        return {name: self._typed(name, dtype) for name, dtype in types.items()} | {marks.GEOMETRY: self.geometry}

    def _typed(self, column: str, dtype: str) -> object:
        given = self.values.get(column)
        if dtype.startswith("datetime"):
            days, _ = span_of(given)
            return (days.start if column == "date" else days.end) if days else self.text(column)
        if dtype == "bool":
            return self.text(column).lower() in _YES
        if column in _TERMS:
            return self.text(column).lower()
        if dtype in {"Int64", "float64"}:
            number = cells.number_of(given, small=column in _SMALL)
            return self.text(column) if number is None else number
        return self.text(column)
