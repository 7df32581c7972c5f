"""The data of a page as one short text: its values as JSON and its lines as whole numbers, deflated, in base64.

A page of 10,000 routes is a tenth of what the same records take as GeoJSON: neighbouring vertices differ by little,
and the bytes of the differences, sorted by significance, deflate well.
"""

from __future__ import annotations

import base64
import json
import struct
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

import numpy as np

from geomap.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

__all__ = ["SCALE", "Lines", "deflated", "pack", "packed_lines", "unpack"]

SCALE = 10_000
"""Units of one degree: a vertex is right to 6 m."""

_PLANES = 3  # bytes of a difference; enough for longitudes up to 838 degrees
_HEAD = struct.Struct("<I")
_SMALL = 1_000_000  # bytes


@dataclass(frozen=True, slots=True)
class Lines:
    """Many lines for which the number of the first and how many there are stand in the JSON."""

    lines: Sequence[NDArray[np.generic]]


def pack(values: object) -> str:
    """Return values and the lines in them as base64 text for a data block of a page.

    Parameters
    ----------
    values
        What JSON can hold, `Lines`, and arrays of shape (n, 2): lines of lon, lat, in degrees (EPSG:4326) where they
        are floats, in units of 1/`SCALE` degree where they are integers. In the JSON the line's number stands for it.

    Raises
    ------
    ValueError
        A number is not finite.
    """
    lines: list[NDArray[np.generic]] = []

    def number(value: object) -> int | list[int]:
        if isinstance(value, Lines):
            lines.extend(value.lines)
            return [len(lines) - len(value.lines), len(value.lines)]
        if not isinstance(value, np.ndarray):
            raise TypeError(f"{type(value).__name__} is no value of a page")
        lines.append(value)
        return len(lines) - 1

    text = json.dumps(values, ensure_ascii=False, separators=(",", ":"), allow_nan=False, default=number)
    head = text.encode("utf-8", "replace")
    return deflated(_HEAD.pack(len(head)) + head + packed_lines(lines))


def deflated(block: bytes) -> str:
    """Return bytes as base64 text for a data block of a page; of megabytes the last percents are not worth the time."""
    return base64.b64encode(zlib.compress(block, 9 if len(block) < _SMALL else 6)).decode("ascii")


def packed_lines(lines: Sequence[NDArray[np.generic]]) -> bytes:
    """Return lines as bytes, not yet deflated; vertices equal to the one before are left out.

    The layout, all numbers little-endian: the number of lines; the vertices of each; then of all vertices the
    differences to the vertex before, also from line to line, zigzag-coded, three bytes each, the lowest bytes of all
    x first, then those of all y, then the next higher bytes.
    """
    sizes = np.array([len(line) for line in lines], dtype=np.int64)
    points = _units(lines, sizes)
    steps = np.diff(points, axis=0, prepend=np.zeros((1, 2), dtype=np.int64))
    first = np.zeros(len(points), dtype=bool)
    starts = np.cumsum(sizes) - sizes
    first[starts[sizes > 0]] = True
    kept = first | steps.any(axis=1)
    owner = np.repeat(np.arange(len(lines)), sizes)
    counts = np.bincount(owner[kept], minlength=len(lines)).astype("<u4")
    zigzag = ((steps[kept] << 1) ^ (steps[kept] >> 63)).astype("<u4")
    planes = zigzag.T.copy().view(np.uint8).reshape(2, -1, 4)[:, :, :_PLANES].transpose(2, 0, 1)
    return _HEAD.pack(len(lines)) + counts.tobytes() + planes.tobytes()


def _units(lines: Sequence[NDArray[np.generic]], sizes: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the vertices of all lines in whole units; a float holds the units of any place without loss."""
    if not lines:
        return np.empty((0, 2), dtype=np.int64)
    points = np.concatenate(lines, dtype=np.float64)
    if not np.isfinite(points).all():
        raise ValueError("a line has a coordinate that is no number")
    factors = [1 if line.dtype.kind in "iu" else SCALE for line in lines]
    units: NDArray[np.int64] = np.rint(points * np.repeat(factors, sizes)[:, None]).astype(np.int64)
    return units


def unpack(text: str) -> tuple[dict[str, object], list[NDArray[np.float64]]]:
    """Return the values that `pack` put into a text, and its lines in degrees.

    Raises
    ------
    DataError
        The text was not made by `pack`.
    """
    try:
        raw = zlib.decompress(base64.b64decode(text, validate=True))
        (length,) = _HEAD.unpack_from(raw)
        values = json.loads(raw[_HEAD.size : _HEAD.size + length])
        return cast("dict[str, object]", values), _unpacked_lines(raw[_HEAD.size + length :])
    except (ValueError, zlib.error, struct.error) as error:
        raise DataError(f"the data of the page cannot be read ({error}); make the page again") from error


def _unpacked_lines(raw: bytes) -> list[NDArray[np.float64]]:
    (lines,) = _HEAD.unpack_from(raw)
    counts = np.frombuffer(raw, "<u4", lines, offset=_HEAD.size)
    planes = np.frombuffer(raw, np.uint8, offset=_HEAD.size + counts.nbytes).reshape(_PLANES, 2, -1).astype(np.int64)
    zigzag = planes[0] | planes[1] << 8 | planes[2] << 16
    points = np.cumsum((zigzag >> 1) ^ -(zigzag & 1), axis=1).T / SCALE
    return np.split(points, np.cumsum(counts)[:-1]) if lines else []
