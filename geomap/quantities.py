"""Quantities that a report tells as a range: numbers, and days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

__all__ = ["Interval", "Range"]


@dataclass(frozen=True, slots=True)
class Range:
    """A reported quantity from `low` to `high`, both included; equal when one number was given."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Interval:
    """Days from `start` to `end`, both included."""

    start: date
    end: date

    def iso(self) -> str:
        """Return ISO 8601: one day, or ``A/B``."""
        if self.start == self.end:
            return self.start.isoformat()
        return f"{self.start.isoformat()}/{self.end.isoformat()}"

    @classmethod
    def parse(cls, text: str) -> Interval:
        """Return the interval written as an ISO 8601 day or ``A/B``.

        Raises
        ------
        ValueError
            The text is no ISO day or interval, or it ends before it starts.
        """
        first, _, last = text.strip().partition("/")
        start = date.fromisoformat(first.strip())
        end = date.fromisoformat(last.strip()) if last else start
        if end < start:
            raise ValueError(f"interval {text!r} ends before it starts; write the earlier day first")
        return cls(start, end)

    @property
    def days(self) -> int:
        """Number of days, at least one."""
        return (self.end - self.start).days + 1
