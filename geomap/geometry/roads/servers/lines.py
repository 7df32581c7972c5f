"""What routers answer with, made into lines; and whether such a line is what was asked for."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geomap.errors import NoRouteError, ServiceError
from geomap.geometry.geodesy import distance_m, length_m, locate
from geomap.geometry.roads.servers.router import RoadLine

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from shapely.geometry import LineString

    from geomap.geometry.roads.servers.router import Spot

__all__ = ["RawLine", "decoded", "number", "sound"]

FARTHEST_SNAP_M = 35_000.0
"""A way that begins or ends further than this from its stop is none to it. It is the distance at which Valhalla gives
up by itself (`search_cutoff`); OSRM never does."""
_OFF_SHARE, _OFF_M = 0.05, 500.0
"""How far a stated length may be from that of the drawn line: routers compute on a sphere and round to metres."""
_ASCII_SHIFT, _MORE, _BITS = 63, 32, 5


@dataclass(frozen=True, slots=True)
class RawLine:
    """A way as a router states it, before anything of it is believed."""

    points: NDArray[np.float64]
    """Lon and lat in degrees, by the router's word."""
    length_m: object
    duration_s: object


def decoded(text: object, digits: int = 6) -> NDArray[np.float64]:
    """Return lon and lat in degrees of an encoded polyline.

    The format is Google's (https://developers.google.com/maps/documentation/utilities/polylinealgorithm): steps of lat
    and lon in units of the last digit, in chunks of five bits, the lowest first.

    Raises
    ------
    ServiceError
        The text is no such line.
    """
    codes = np.frombuffer(str(text).encode("ascii", "replace"), np.uint8).astype(np.int64) - _ASCII_SHIFT
    last = codes < _MORE
    if not len(codes) or codes.min() < 0 or codes.max() >= 2 * _MORE or not last[-1] or last.sum() % 2:
        raise ServiceError("it answered with a line that is no encoded polyline")
    starts = np.concatenate([[0], np.flatnonzero(last)[:-1] + 1])
    place = np.arange(len(codes)) - np.repeat(starts, np.diff(starts, append=len(codes)))
    if place.max() * _BITS > 40:
        raise ServiceError("it answered with a line whose steps are longer than the globe")
    numbers = np.add.reduceat((codes & (_MORE - 1)) << (_BITS * place), starts)
    steps = np.where(numbers & 1, ~(numbers >> 1), numbers >> 1).reshape(-1, 2)
    lonlat: NDArray[np.float64] = np.cumsum(steps, axis=0)[:, ::-1] / 10.0**digits
    return lonlat


def sound(raw: RawLine, stops: Sequence[Spot]) -> RoadLine:
    """Return the line a router stated, where it is one, leads from stop to stop, and is as long as it says.

    Raises
    ------
    NoRouteError
        It ends far from a stop: the data of the router do not reach there.
    ServiceError
        It is no line, off the globe, in the wrong order of lat and lon, or of another length than stated.
    """
    points = raw.points
    if points.ndim != 2 or points.shape[1:] != (2,) or len(points) < 2 or not np.isfinite(points).all():
        raise ServiceError("it answered with a way that is no line")
    if (np.abs(points) > (180.0, 90.0)).any():
        raise ServiceError("it answered with a way off the globe")
    line = shapely.LineString(np.column_stack([np.unwrap(points[:, 0], period=360.0), points[:, 1]]))
    snaps = (
        distance_m(*stops[0], *points[0]),
        *(locate(line, *_beside(line, stop))[1] for stop in stops[1:-1]),
        distance_m(*stops[-1], *points[-1]),
    )
    _check_ends(points, stops, snaps)
    stated = number(raw.length_m)
    if stated is None:
        raise ServiceError(f"it states {raw.length_m!r:.40} for the length of a way")
    drawn = length_m(line)
    if abs(stated - drawn) > max(stated, drawn) * _OFF_SHARE + _OFF_M:
        raise ServiceError(f"it states {stated / 1000:.1f} km for a way that is {drawn / 1000:.1f} km long as drawn")
    return RoadLine(line, stated, number(raw.duration_s), snaps)


def number(stated: object) -> float | None:
    """Return what should be a length or time; None where it is no number, not finite or negative."""
    if not isinstance(stated, (int, float)):
        return None
    try:
        value = float(stated)
    except OverflowError:
        return None
    return value if math.isfinite(value) and value >= 0 else None


def _beside(line: LineString, stop: Spot) -> Spot:
    """Return a stop with its longitude on the same turn round the globe as the line's."""
    west, _, east, _ = line.bounds
    return stop[0] + 360.0 * round(((west + east) / 2 - stop[0]) / 360.0), stop[1]


def _check_ends(points: NDArray[np.float64], stops: Sequence[Spot], snaps: tuple[float, ...]) -> None:
    worst = int(np.argmax(snaps))
    if snaps[worst] <= FARTHEST_SNAP_M:
        return
    (x, y), (u, v) = points[0], points[-1]
    if max(abs(x), abs(u)) <= 90.0:
        turned = distance_m(y, x, *stops[0]), distance_m(v, u, *stops[-1])
        if max(turned) <= FARTHEST_SNAP_M:
            raise ServiceError("it answered with lat and lon in the wrong order")
    lon, lat = stops[worst]
    raise NoRouteError(
        f"the nearest road it has is {snaps[worst] / 1000:,.0f} km from {lat:.4f}, {lon:.4f}; its data end before"
    )
