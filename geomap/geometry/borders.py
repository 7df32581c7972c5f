"""Countries, their neighbours and the lines between them, from OpenStreetMap's borders; EPSG:4326.

A polygon holds its country's territorial sea. Where states disagree, the line is the one mapped on the ground, and a
point in land that two claim counts to both polygons.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from importlib import resources
from typing import TYPE_CHECKING

import numpy as np
import shapely
from shapely.geometry import MultiLineString, Polygon

from geomap.errors import DataError, UnknownBorderError

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

__all__ = ["Borders", "border", "codes", "country", "country_at", "load_borders", "neighbours"]


@dataclass(frozen=True, eq=False)
class Borders:
    """The arcs of all borders, each stored once; see `data/build_borders.py`."""

    codes: tuple[str, ...]
    xy: NDArray[np.int32]
    """Vertices of all arcs in hundred-thousandths of a degree."""
    arc_sizes: NDArray[np.int32]
    arc_owners: NDArray[np.uint8]
    """Per arc the numbers of the country or countries it bounds, and whether it lies at sea."""
    rings: NDArray[np.int32]
    """Per ring the number of its country, its polygon, whether it is a hole, how many arcs it takes."""
    ring_arcs: NDArray[np.int32]
    """The arcs of all rings in order; the complement of a number is that arc backwards."""

    @cached_property
    def _starts(self) -> NDArray[np.int64]:
        return np.concatenate([[0], np.cumsum(self.arc_sizes)])

    @cached_property
    def _ring_starts(self) -> NDArray[np.int64]:
        return np.concatenate([[0], np.cumsum(self.rings[:, 3])])

    @cached_property
    def bounds(self) -> dict[int, tuple[float, float, float, float]]:
        """Box of each country number: west, south, east, north."""
        corners = {}
        low = np.minimum.reduceat(self.xy, self._starts[:-1]) / 1e5
        high = np.maximum.reduceat(self.xy, self._starts[:-1]) / 1e5
        for number in range(1, len(self.codes)):
            mine = (self.arc_owners[:, :2] == number).any(axis=1)
            (west, south), (east, north) = low[mine].min(axis=0), high[mine].max(axis=0)
            corners[number] = (float(west), float(south), float(east), float(north))
        return corners

    def arc(self, number: int) -> NDArray[np.float64]:
        """Return the vertices of an arc; a complement gives it backwards."""
        real = number if number >= 0 else ~number
        points: NDArray[np.float64] = self.xy[self._starts[real] : self._starts[real + 1]] / 1e5
        return points if number >= 0 else points[::-1]

    def number(self, code: str) -> int:
        """Return the number of a country.

        Raises
        ------
        UnknownBorderError
            No country has that code.
        """
        if code.upper() not in self.codes[1:]:
            raise UnknownBorderError(
                f"no country has the code {code!r}; use a two-letter code such as SY, IQ or UA (ISO 3166-1)"
            )
        return self.codes.index(code.upper())

    def polygon(self, number: int) -> BaseGeometry:
        """Return the polygon of a country number."""
        shells: dict[int, tuple[list[NDArray[np.float64]], list[NDArray[np.float64]]]] = {}
        for row in np.flatnonzero(self.rings[:, 0] == number):
            numbers = self.ring_arcs[self._ring_starts[row] : self._ring_starts[row + 1]]
            ring = np.concatenate([self.arc(int(n)) for n in numbers])
            if len(ring) >= 4:
                shells.setdefault(int(self.rings[row, 1]), ([], []))[int(self.rings[row, 2])].append(ring)
        parts = [Polygon(outer[0], holes) for outer, holes in shells.values() if outer]
        return shapely.union_all(shapely.make_valid(parts, method="structure"))


@cache
def load_borders() -> Borders:
    """Return the shipped borders.

    Raises
    ------
    DataError
        The file is missing or damaged.
    """
    path = resources.files("geomap") / "_data" / "borders.npz"
    try:
        with path.open("rb") as opened, np.load(opened) as data:
            fields = {name: data[name] for name in data.files}
            return Borders(codes=tuple(fields.pop("codes").tolist()), **fields)
    except (OSError, KeyError, ValueError, TypeError) as error:
        raise DataError(f"the borders {path} cannot be read: {error}; install geomap again") from error


def codes() -> tuple[str, ...]:
    """Return the ISO 3166-1 alpha-2 codes of all countries with a polygon."""
    return load_borders().codes[1:]


@cache
def country(code: str) -> BaseGeometry:
    """Return the polygon of a country, its territorial sea included.

    Raises
    ------
    UnknownBorderError
        No country has that code.
    """
    data = load_borders()
    return data.polygon(data.number(code))


@cache
def neighbours(code: str) -> tuple[str, ...]:
    """Return the codes of the countries that share a land border with this one, in order.

    Raises
    ------
    UnknownBorderError
        No country has that code.
    """
    data = load_borders()
    number = data.number(code)
    owners = data.arc_owners
    land = owners[(owners[:, :2] == number).any(axis=1) & (owners[:, 1] > 0) & (owners[:, 2] == 0), :2]
    return tuple(sorted(data.codes[int(n)] for n in np.unique(land) if n != number))


@cache
def border(a: str, b: str) -> MultiLineString:
    """Return the land border of two countries, its pieces joined where they touch.

    Raises
    ------
    UnknownBorderError
        A code is unknown, or the two share no land border; the message names the neighbours.
    """
    data = load_borders()
    pair = sorted((data.number(a), data.number(b)))
    rows = np.flatnonzero((data.arc_owners[:, :2] == pair).all(axis=1) & (data.arc_owners[:, 2] == 0))
    if not len(rows) or pair[0] == pair[1]:
        listed = ", ".join(neighbours(a)) or "nobody"
        raise UnknownBorderError(f"{a.upper()} and {b.upper()} share no land border; {a.upper()} borders {listed}")
    lines = [line for row in rows if len(line := data.arc(int(row))) > 1]
    merged = shapely.line_merge(MultiLineString(lines))
    return MultiLineString(shapely.get_parts(merged).tolist())


def country_at(lon: float, lat: float) -> str | None:
    """Return the code of the country, with its territorial sea, that holds the point; None on the high sea."""
    data = load_borders()
    for number, (west, south, east, north) in data.bounds.items():
        if west <= lon <= east and south <= lat <= north:
            polygon = country(data.codes[number])
            shapely.prepare(polygon)
            if shapely.intersects_xy(polygon, lon, lat):
                return data.codes[number]
    return None
