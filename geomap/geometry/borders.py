"""Countries, their neighbours and the lines between them, from OpenStreetMap's borders; EPSG:4326.

A polygon ends at the coast of Natural Earth's land, about 1.5 km out so that harbours lie in it. Where states disagree,
the line is the one mapped on the ground, and a point in land that two claim counts to both polygons.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from typing import TYPE_CHECKING

import numpy as np
import shapely
from shapely.geometry import MultiLineString, Polygon

from geomap.datasets import data_path
from geomap.errors import DataError, UnknownBorderError
from geomap.geometry.frontiers import Frontier, frontier_of

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

__all__ = [
    "Borders",
    "border",
    "box_of",
    "codes",
    "country",
    "country_at",
    "land_near",
    "lands_near",
    "load_borders",
    "neighbours",
    "pieces_near",
]

KEPT = 64
"""Countries and borders whose lines are kept: those of all the world take seventy megabytes."""


@dataclass(frozen=True, eq=False)
class Borders:
    """The arcs of all borders, each stored once; see `data/build_borders.py`."""

    codes: tuple[str, ...]
    steps: NDArray[np.int32]
    """Vertices of all arcs in hundred-thousandths of a degree, each as the step from the one before."""
    arc_sizes: NDArray[np.int32]
    arc_owners: NDArray[np.uint8]
    """Per arc the numbers of the country or countries it bounds, and whether these share it at sea only."""
    rings: NDArray[np.int32]
    """Per ring the number of its country, its polygon, whether it is a hole, how many arcs it takes."""
    boxes: NDArray[np.int32]
    """Per ring west, south, east, north in hundred-thousandths of a degree."""
    ring_arcs: NDArray[np.int32]
    """The arcs of all rings in order; the complement of a number is that arc backwards."""

    @cached_property
    def _xy(self) -> NDArray[np.int32]:
        return np.cumsum(self.steps, axis=0, dtype=np.int32)

    @cached_property
    def _starts(self) -> NDArray[np.int64]:
        return np.concatenate([[0], np.cumsum(self.arc_sizes)])

    @cached_property
    def _ring_starts(self) -> NDArray[np.int64]:
        return np.concatenate([[0], np.cumsum(self.rings[:, 3])])

    @cached_property
    def arc_ends(self) -> NDArray[np.int64]:
        """Per arc a number for the position of its first and of its last vertex."""
        first, last = self._xy[self._starts[:-1]], self._xy[self._starts[1:] - 1]
        return np.column_stack([self.position(first / 1e5), self.position(last / 1e5)])

    def position(self, points: NDArray[np.float64]) -> NDArray[np.int64]:
        """Return a number for each position on the grid of a hundred-thousandth of a degree."""
        xy = np.rint(points * 1e5).astype(np.int64) + np.array([18_000_000, 9_000_000])
        numbers: NDArray[np.int64] = xy[:, 0] * 100_000_000 + xy[:, 1]
        return numbers

    def arc(self, number: int) -> NDArray[np.float64]:
        """Return the vertices of an arc; a complement gives it backwards."""
        real = number if number >= 0 else ~number
        points: NDArray[np.float64] = self._xy[self._starts[real] : self._starts[real + 1]] / 1e5
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
        pieces = np.unique(self.rings[self.rings[:, 0] == number, 1])
        return shapely.union_all([self.piece(int(piece)) for piece in pieces])

    def piece(self, number: int) -> BaseGeometry:
        """Return one of the polygons that make up a country, such as an island, by its number."""
        shells: list[NDArray[np.float64]] = []
        holes: list[NDArray[np.float64]] = []
        for row in np.flatnonzero(self.rings[:, 1] == number):
            numbers = self.ring_arcs[self._ring_starts[row] : self._ring_starts[row + 1]]
            ring = np.concatenate([self.arc(int(n)) for n in numbers])
            if len(ring) >= 4:
                (holes if self.rings[row, 2] else shells).append(ring)
        if not shells:
            return Polygon()
        return shapely.make_valid(Polygon(shells[0], holes), method="structure", keep_collapsed=False)

    def near(self, lon: float, lat: float) -> NDArray[np.int32]:
        """Return the country number and the piece of each piece whose box holds the point."""
        x, y = lon * 1e5, lat * 1e5
        west, south, east, north = self.boxes.T
        held = (west <= x) & (x <= east) & (south <= y) & (y <= north) & (self.rings[:, 2] == 0)
        found: NDArray[np.int32] = self.rings[held, :2]
        return found


@cache
def load_borders() -> Borders:
    """Return the shipped borders.

    Raises
    ------
    DataError
        The file is missing or damaged.
    """
    path = data_path("borders.npz")
    try:
        with path.open("rb") as opened, np.load(opened) as data:
            fields = {name: data[name] for name in data.files}
            return Borders(codes=tuple(fields.pop("codes").tolist()), **fields)
    except (OSError, KeyError, ValueError, TypeError) as error:
        raise DataError(f"the borders {path} cannot be read: {error}; install geomap again") from error


def codes() -> tuple[str, ...]:
    """Return the ISO 3166-1 alpha-2 codes of all countries with a polygon."""
    return load_borders().codes[1:]


@lru_cache(maxsize=KEPT)
def country(code: str) -> BaseGeometry:
    """Return the polygon of a country: its land, up to about 1.5 km off the coast.

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


@lru_cache(maxsize=KEPT)
def frontier(a: str, b: str) -> Frontier:
    """Return the land border of two countries with what each of them draws its own way.

    Raises
    ------
    UnknownBorderError
        A code is unknown, or the two share no land border; the message names the neighbours.
    """
    data = load_borders()
    found = frontier_of(data, data.number(a), data.number(b))
    if found is None:
        listed = ", ".join(neighbours(a)) or "nobody"
        raise UnknownBorderError(f"{a.upper()} and {b.upper()} share no land border; {a.upper()} borders {listed}")
    return found


@lru_cache(maxsize=KEPT)
def border(a: str, b: str, *, drawn_by: str | None = None) -> MultiLineString:
    """Return the land border of two countries, its pieces joined.

    Where the two do not draw it alike it is the line of `drawn_by`, one of the codes, or the shorter of both. Edges are
    straight in lon and lat.

    Raises
    ------
    UnknownBorderError
        A code is unknown, or the two share no land border; the message names the neighbours.
    """
    return frontier(a, b).line(None if drawn_by is None else drawn_by.upper())


def country_at(lon: float, lat: float) -> str | None:
    """Return the code of the country whose land holds the point; None at sea, from about 1.5 km off the coast on."""
    data = load_borders()
    for number, piece in data.near(lon, lat):
        if shapely.intersects_xy(_piece(int(piece)), lon, lat):
            return data.codes[int(number)]
    return None


def land_in(code: str, area: BaseGeometry) -> BaseGeometry:
    """Return the part of a country's land that lies in an area; none of it reaches beyond the country's polygon.

    Raises
    ------
    UnknownBorderError
        No country has that code.
    """
    data = load_borders()
    bounds = shapely.bounds(shapely.get_parts(area)) * 1e5
    own = (data.rings[:, 0] == data.number(code)) & (data.rings[:, 2] == 0)
    west, south, east, north = (axis[:, None] for axis in data.boxes[own].T)
    touches = (west <= bounds[:, 2]) & (east >= bounds[:, 0]) & (south <= bounds[:, 3]) & (north >= bounds[:, 1])
    pieces = [_piece(int(number)) for number in np.unique(data.rings[own, 1][touches.any(axis=1)])]
    return polygons([shapely.intersection(piece, area) for piece in pieces])


def land_near(west: float, south: float, east: float, north: float) -> BaseGeometry:
    """Return the land of all countries in a box of lon and lat in degrees, up to about 1.5 km off the coast."""
    pieces = pieces_near(west, south, east, north)
    return shapely.union_all([shapely.clip_by_rect(piece, west, south, east, north) for piece in pieces])


def polygons(geometries: BaseGeometry | list[BaseGeometry]) -> BaseGeometry:
    """Return the polygons of overlays without the lines and points these leave where edges only touch."""
    parts = shapely.get_parts(shapely.get_parts(np.array(geometries, dtype=object)))
    kept = parts[shapely.get_type_id(parts) == shapely.GeometryType.POLYGON]
    return shapely.union_all(kept) if len(kept) else Polygon()


def pieces_near(
    west: float, south: float, east: float, north: float, *, but: tuple[str, ...] = ()
) -> list[BaseGeometry]:
    """Return the polygons, whole, of all countries but some whose boxes touch a box of lon and lat in degrees."""
    return [piece for code, piece in lands_near(west, south, east, north) if code not in but]


def lands_near(west: float, south: float, east: float, north: float) -> list[tuple[str, BaseGeometry]]:
    """Return the polygons whose boxes touch a box of lon and lat in degrees, each with the code of its country."""
    data = load_borders()
    box = np.array([west, south, east, north]) * 1e5
    touches = (data.boxes[:, 0] <= box[2]) & (data.boxes[:, 2] >= box[0])
    touches &= (data.boxes[:, 1] <= box[3]) & (data.boxes[:, 3] >= box[1]) & (data.rings[:, 2] == 0)
    rows = np.unique(data.rings[touches, :2], axis=0)
    return [(data.codes[int(number)], _piece(int(piece))) for number, piece in rows]


@cache
def box_of(code: str) -> tuple[float, float, float, float]:
    """Return west, south, east, north of a country in degrees."""
    data = load_borders()
    own = data.boxes[data.rings[:, 0] == data.number(code)] / 1e5
    return (*own[:, :2].min(axis=0).tolist(), *own[:, 2:].max(axis=0).tolist())


@lru_cache(maxsize=4 * KEPT)
def _piece(number: int) -> BaseGeometry:
    piece = load_borders().piece(number)
    shapely.prepare(piece)
    return piece
