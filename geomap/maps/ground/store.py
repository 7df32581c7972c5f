"""The shipped basemap file: blocks of lines and polygons that are found by their box and decoded one by one.

Coordinates are EPSG:4326 in ten-thousandths of a degree, about 11 m. A block keeps the differences between
neighbouring vertices, their bytes sorted by significance, deflated.
"""

from __future__ import annotations

import sqlite3
import zlib
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING

import numpy as np

from geomap.datasets import data_path
from geomap.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

__all__ = ["SCALE", "Bounds", "Country", "Label", "Store", "load_store", "pack", "unpack"]

SCALE = 10_000
SCHEMA = """
CREATE TABLE piece(level INTEGER, layer TEXT, west REAL, south REAL, east REAL, north REAL, data BLOB);
CREATE TABLE country(name TEXT, west REAL, south REAL, east REAL, north REAL, data BLOB);
CREATE TABLE label(name TEXT, kind TEXT, rank INTEGER, x REAL, y REAL);
"""

Bounds = tuple[float, float, float, float]
Vertices = "NDArray[np.float64]"


@dataclass(frozen=True, slots=True)
class Label:
    """The name of a sea, lake or river at one point; long waters have several."""

    name: str
    kind: str
    rank: int
    """0 is largest."""
    lon: float
    lat: float


@dataclass(frozen=True, slots=True)
class Country:
    """A country's name and its rings, generalised: good for placing the name, not for geometry."""

    name: str
    rings: tuple[tuple[NDArray[np.float64], bool], ...]
    """Vertices lon, lat, and whether the ring is a hole of the last ring that is none."""


def pack(lines: Iterable[tuple[NDArray[np.int32], bool]]) -> bytes:
    """Return lines as one block.

    Parameters
    ----------
    lines
        Vertices in ten-thousandths of a degree, and whether they are a hole in the polygon before them.
    """
    parts = list(lines)
    lengths = np.array([-len(part) if hole else len(part) for part, hole in parts], dtype="<i4")
    steps = np.diff(np.concatenate([part for part, _ in parts]).astype("<i4"), axis=0, prepend=np.zeros((1, 2), "<i4"))
    columns = steps.astype("<i4").T.copy().view(np.uint8).reshape(-1, 4)
    head = np.array([len(lengths)], dtype="<i4").tobytes() + lengths.tobytes()
    return zlib.compress(head + columns.T.tobytes(), 9)


def unpack(block: bytes) -> list[tuple[NDArray[np.float64], bool]]:
    """Return the lines of a block in degrees, each with whether it is a hole in the polygon before it."""
    raw = zlib.decompress(block)
    count = int(np.frombuffer(raw, "<i4", 1)[0])
    lengths = np.frombuffer(raw, "<i4", count, offset=4)
    planes = np.frombuffer(raw, np.uint8, offset=4 + 4 * count).reshape(4, -1)
    steps = np.ascontiguousarray(planes.T).view("<i4").reshape(2, -1)
    vertices = np.cumsum(steps, axis=1).T / SCALE
    parts = np.split(vertices, np.cumsum(np.abs(lengths))[:-1])
    return [(part, bool(length < 0)) for part, length in zip(parts, lengths, strict=True)]


class Store:
    """The basemap file, opened for reading.

    Parameters
    ----------
    path
        The file that ``data/build_basemap.py`` wrote.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._connection = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, check_same_thread=False)

    def lines(self, layer: str, bounds: Bounds, *, level: int) -> Iterator[tuple[NDArray[np.float64], bool]]:
        """Yield the lines of the blocks of a layer that touch a box; some lines may lie outside it."""
        query = "SELECT data FROM piece WHERE level = ? AND layer = ?"
        for (block,) in self._touching(query, (level, layer), bounds):
            yield from unpack(block)

    def countries(self, bounds: Bounds) -> tuple[Country, ...]:
        """Return the countries whose box touches a box."""
        rows = self._touching("SELECT name, data FROM country WHERE 1", (), bounds)
        return tuple(Country(name, tuple(unpack(data))) for name, data in rows)

    @cached_property
    def labels(self) -> tuple[Label, ...]:
        """All names of waters."""
        return tuple(Label(*row) for row in self._rows("SELECT name, kind, rank, x, y FROM label", ()))

    def _touching(self, query: str, values: Sequence[object], bounds: Bounds) -> list[tuple]:  # type: ignore[type-arg]
        west, south, east, north = bounds
        box = " AND west <= ? AND east >= ? AND south <= ? AND north >= ? ORDER BY rowid"
        return self._rows(query + box, (*values, east, west, north, south))

    def _rows(self, query: str, values: Sequence[object]) -> list[tuple]:  # type: ignore[type-arg]
        try:
            return self._connection.execute(query, values).fetchall()
        except sqlite3.Error as error:
            raise DataError(f"the basemap {self._path} cannot be read: {error}; install geomap again") from error


@cache
def load_store() -> Store:
    """Return the shipped basemap.

    Raises
    ------
    DataError
        The file is missing.
    """
    return Store(data_path("basemap.sqlite"))
