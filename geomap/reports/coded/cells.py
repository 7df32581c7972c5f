"""The cells of tables of coded events: columns by any of their names, days, numbers and points however written."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from geomap.grades import UNGRADED
from geomap.tables.cells import number_of, text_of
from geomap.tables.days import span_of
from geomap.tables.formulas import original

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    Row = Mapping[str, object]

__all__ = ["Cells", "day_of", "slashed_order"]

_MOMENT = re.compile(r"\d{14}")
_SLASHED = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4})(?: 0?0:00(?::00)?)?")
_GRADE = re.compile(r"[A-F][1-6]")
_WHOLE = re.compile(r"-?\d+\.0+")


@dataclass(frozen=True, slots=True)
class Cells:
    """Reads the cells of a table by what they say.

    Parameters
    ----------
    columns
        By what a column says, the lower-case name the table has for it; what it has no column for is missing.
    """

    columns: Mapping[str, str]

    @classmethod
    def of(cls, names: Iterable[str], known: Mapping[str, Sequence[str]]) -> Cells:
        """Return the cells of a table with these lower-case columns.

        Parameters
        ----------
        names
            The columns.
        known
            What a column can say, and the names it is known by; the first that the table has is taken.
        """
        have = set(names)
        found = ((role, next((name for name in words if name in have), None)) for role, words in known.items())
        return cls({role: name for role, name in found if name is not None})

    def text(self, row: Row, role: str) -> str:
        """Return what a row says, as text; empty where it says nothing."""
        name = self.columns.get(role)
        text = text_of(row.get(name)) if name is not None else ""
        return original(text) if text.startswith("'") else text

    def code(self, row: Row, role: str) -> str:
        """Return a code in small letters; a whole number as it is written without decimals."""
        text = self.text(row, role).lower()
        return text.partition(".")[0] if _WHOLE.fullmatch(text) else text

    def grade(self, row: Row) -> str:
        """Return the Admiralty grade that a person has put in a row; F6 where there is none, or what is no grade."""
        text = self.text(row, "grade").upper()
        return text if _GRADE.fullmatch(text) else UNGRADED

    def repeats_header(self, row: Row, role: str) -> bool:
        """Whether a row is the header once more, as in files that were joined: its cell is the column's own name."""
        return self.text(row, role).lower() == self.columns.get(role)

    def point(self, row: Row) -> tuple[float, float] | None:
        """Return the longitude and latitude in degrees; None where there are none, or where they cannot be.

        0, 0 is what many programs write for an empty cell: it lies in the Gulf of Guinea, 600 km from any land.
        """
        lon, lat = _degrees(self.text(row, "lon")), _degrees(self.text(row, "lat"))
        if lon is None or lat is None or (lon == 0 and lat == 0):
            return None
        return (lon, lat) if -180 <= lon <= 180 and -90 <= lat <= 90 else None


@lru_cache(maxsize=100_000)
def _degrees(text: str) -> float | None:
    """Return degrees written with a point or a comma before the decimals: no comma of theirs parts thousands."""
    return number_of(text.replace(",", ".") if text.count(",") == 1 else text)


def slashed_order(texts: Iterable[str]) -> str | None:
    """Return in which order a column writes days such as 3/4/2019: "dmy", "mdy", or None where it does not tell.

    A single 14/4/2019 tells it for the whole column, if no 4/14/2019 says otherwise.
    """
    firsts: set[str] = set()
    for match in filter(None, map(_SLASHED.fullmatch, texts)):
        if int(match[1]) > 12:
            firsts.add("dmy")
        elif int(match[2]) > 12:
            firsts.add("mdy")
    return firsts.pop() if len(firsts) == 1 else None


@lru_cache(maxsize=50_000)
def day_of(text: str, order: str | None = None) -> date | None:
    """Return the day that a cell names in any of the ways of `geomap.tables.days`, or as 20190131 or 20190131123000.

    None where it is no single day, and for 3/4/2019 without an order: it is March in one country and April in another.
    """
    plain = text.partition(".")[0] if _WHOLE.fullmatch(text) else text
    if (match := _SLASHED.fullmatch(plain)) and order:
        day, month = (match[1], match[2]) if order == "dmy" else (match[2], match[1])
        plain = f"{match[3]}-{month:0>2}-{day:0>2}"
    span, _ = span_of(plain[:8] if _MOMENT.fullmatch(plain) else plain)
    return span.start if span and span.days == 1 else None
