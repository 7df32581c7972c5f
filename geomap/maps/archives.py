"""Local archives of map tiles, MBTiles and PMTiles: what of them a view needs, as pictures for the page."""

from __future__ import annotations

import base64
import gzip
import math
import sqlite3
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from geomap.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["LIMIT_BYTES", "Archive", "Cut", "opened"]

LIMIT_BYTES = 8_000_000
"""Most bytes of tiles that a page takes in; as text they are a third more."""

Bounds = tuple[float, float, float, float]

_REACH = 85.0511  # degrees of latitude: where web Mercator's square ends
_TYPES = {b"\x89PNG\r\n\x1a\n": "png", b"\xff\xd8\xff": "jpeg", b"RIFF": "webp"}


class Archive(Protocol):
    """What an archive tells of itself, and its tiles, counted from the north."""

    attribution: str
    zooms: tuple[int, int]
    bounds: Bounds

    def tile(self, z: int, x: int, y: int) -> bytes | None:
        """Return the picture of a tile, or None where the archive has none."""


@dataclass(frozen=True, slots=True)
class Cut:
    """The tiles of a view, whole levels from the coarsest on."""

    tiles: dict[str, str]
    """By ``z/x/y`` the picture as an address that holds it."""
    zooms: tuple[int, int]
    left_out: int | None
    """The first level that was too much, or None where all are there."""


@contextmanager
def opened(path: Path) -> Iterator[Archive]:
    """Open an archive by its suffix, and close it.

    Raises
    ------
    InputError
        It is missing, damaged, of another kind, or holds vector tiles.
    """
    if not path.is_file():
        raise InputError(f"no tiles at {path}; give an .mbtiles or .pmtiles file")
    if path.suffix.lower() == ".pmtiles":
        with path.open("rb") as file:
            yield _Pmtiles(file, path)
        return
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as base:
        yield _Mbtiles(base, path)


class _Mbtiles:
    """MBTiles 1.3: an SQLite file whose rows count from the south (github.com/mapbox/mbtiles-spec)."""

    def __init__(self, base: sqlite3.Connection, path: Path) -> None:
        self._base = base
        try:
            told = dict(base.execute("SELECT name, value FROM metadata"))
            found = base.execute("SELECT min(zoom_level), max(zoom_level) FROM tiles").fetchone()
        except sqlite3.DatabaseError as error:
            raise InputError(f"{path} is no readable MBTiles archive: {error}") from error
        if found[0] is None:
            raise InputError(f"{path} holds no tiles")
        _refuse_vector(path, is_vector=str(told.get("format", "")).lower() == "pbf")
        self.attribution = str(told.get("attribution") or told.get("name") or path.stem)
        self.zooms = (int(found[0]), int(found[1]))
        self.bounds = _bounds_of(str(told.get("bounds", "")))

    def tile(self, z: int, x: int, y: int) -> bytes | None:
        row = self._base.execute(
            "SELECT tile_data FROM tiles WHERE zoom_level = ? AND tile_column = ? AND tile_row = ?",
            (z, x, 2**z - 1 - y),
        ).fetchone()
        return bytes(row[0]) if row and row[0] else None


class _Pmtiles:
    """PMTiles 3, read by the package of its authors."""

    def __init__(self, file: object, path: Path) -> None:
        try:
            from pmtiles.reader import MmapSource, Reader
            from pmtiles.tile import TileType
        except ImportError as error:
            raise InputError("reading .pmtiles needs an extra; run: pip install 'geomap[tiles]'") from error
        try:
            self._reader = Reader(MmapSource(file))
            head = self._reader.header()
            told = self._reader.metadata()
        except Exception as error:
            raise InputError(f"{path} is no readable PMTiles archive: {error}") from error
        _refuse_vector(path, is_vector=head["tile_type"] == TileType.MVT)
        self.attribution = str(told.get("attribution") or told.get("name") or path.stem)
        self.zooms = (head["min_zoom"], head["max_zoom"])
        west, south, east, north = (head[f"{edge}_e7"] / 1e7 for edge in ("min_lon", "min_lat", "max_lon", "max_lat"))
        self.bounds = (west, south, east, north)

    def tile(self, z: int, x: int, y: int) -> bytes | None:
        found: bytes | None = self._reader.get(z, x, y)
        return found or None


def _refuse_vector(path: Path, *, is_vector: bool) -> None:
    if is_vector:
        raise InputError(
            f"{path} holds vector tiles, which have no look of their own; "
            "render it to pictures first (png, jpg or webp), or give a raster archive"
        )


def _bounds_of(text: str) -> Bounds:
    try:
        west, south, east, north = (float(part) for part in text.split(","))
    except ValueError:
        return (-180.0, -_REACH, 180.0, _REACH)
    return (west, south, east, north)


def cut(archive: Archive, view: Bounds, *, limit: int = LIMIT_BYTES) -> Cut:
    """Return the tiles that show a view, level by level as long as whole levels stay within a limit.

    Parameters
    ----------
    archive
        Where they are taken from.
    view
        West, south, east, north in degrees.
    limit
        Most bytes of all pictures together.

    Raises
    ------
    InputError
        What the archive holds is no picture.
    """
    low, high = archive.zooms
    held: dict[str, str] = {}
    spent, deepest = 0, low
    for z in range(low, high + 1):
        names = list(_names(z, view))
        if len(names) > limit // 100:  # no picture is smaller
            return Cut(held, (low, deepest), z)
        level = {f"{z}/{x}/{y}": data for x, y in names if (data := archive.tile(z, x, y))}
        spent += sum(map(len, level.values()))
        if spent > limit:
            return Cut(held, (low, deepest), z)
        held |= {name: _address(data) for name, data in level.items()}
        deepest = z if level else deepest
    return Cut(held, (low, deepest), None)


def _names(z: int, view: Bounds) -> Iterator[tuple[int, int]]:
    """Yield column and row of the tiles that touch a view."""
    west, south, east, north = view
    (left, top), (right, bottom) = _place(west, north, z), _place(east, south, z)
    yield from ((x, y) for x in range(left, right + 1) for y in range(top, bottom + 1))


def _place(lon: float, lat: float, z: int) -> tuple[int, int]:
    """Return column and row of the tile that holds a position: OpenStreetMap's slippy map scheme."""
    side = 2**z
    sine = math.sin(math.radians(max(-_REACH, min(_REACH, lat))))
    x = (lon + 180.0) / 360.0 * side
    y = (0.5 - math.log((1.0 + sine) / (1.0 - sine)) / (4.0 * math.pi)) * side
    return max(0, min(side - 1, math.floor(x))), max(0, min(side - 1, math.floor(y)))


def _address(data: bytes) -> str:
    if data[:2] == b"\x1f\x8b":
        data = gzip.decompress(data)
    kind = next((name for magic, name in _TYPES.items() if data.startswith(magic)), None)
    if kind is None:
        raise InputError("the archive's tiles are no png, jpg or webp pictures; give a raster archive")
    return f"data:image/{kind};base64,{base64.b64encode(data).decode()}"
