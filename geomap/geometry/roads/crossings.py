"""Named border crossings: a short table written by hand, moved onto the borders by `data/build_crossings.py`."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from geomap.datasets import data_path
from geomap.errors import DataError
from geomap.geometry.geodesy import distance_m

if TYPE_CHECKING:
    from datetime import date

__all__ = ["Known", "crossings", "nearest"]

NAMED_WITHIN_M = 15_000.0
"""How far from a known crossing the straight edges of the network may pass the border and still mean that crossing."""


@dataclass(frozen=True, slots=True)
class Known:
    """A border crossing with a name."""

    name: str
    between: tuple[str, str]
    lon: float
    lat: float
    is_open: bool
    note: str | None = None

    def is_open_on(self, day: date | None) -> bool | None:  # noqa: ARG002
        """Return whether the crossing is open on a day, or by the last that is known; None where that is unknown."""
        return self.is_open


@cache
def crossings(a: str, b: str) -> tuple[Known, ...]:
    """Return the known crossings between two countries, given by their codes in any order."""
    return tuple(known for known in _table() if set(known.between) == {a, b})


def nearest(lon: float, lat: float, a: str, b: str, *, max_m: float = NAMED_WITHIN_M) -> Known | None:
    """Return the known crossing between two countries nearest to a point, within `max_m` metres, or None."""
    found = [(distance_m(lon, lat, known.lon, known.lat), known) for known in crossings(a, b)]
    distance, known = min(found, key=lambda pair: pair[0], default=(max_m + 1, None))
    return known if distance <= max_m else None


@cache
def _table() -> tuple[Known, ...]:
    path = data_path("crossings.csv")
    try:
        with path.open(encoding="utf-8") as opened:
            return tuple(
                Known(
                    name=row["name"],
                    between=(row["a"], row["b"]),
                    lon=float(row["lon"]),
                    lat=float(row["lat"]),
                    is_open=row["open"] == "yes",
                    note=row["note"] or None,
                )
                for row in csv.DictReader(opened)
            )
    except (OSError, KeyError, ValueError) as error:
        raise DataError(f"the crossings {path} cannot be read: {error}; install geomap again") from error
