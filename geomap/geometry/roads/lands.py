"""The countries that a line of many vertices leads through."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geomap.geometry.borders import border, lands_near, neighbours
from geomap.geometry.geodesy import DEGREE_M

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["lands_along"]

SHALLOW_M = 100.0
"""A line that never gets deeper into a country than this on its way out of another and back has not left it: the
borders are right within 50 m, and a road beside one weaves over it on paper only."""
_SAMPLES = 200
"""Vertices of one stay that are measured."""


def lands_along(points: NDArray[np.float64]) -> tuple[str, ...]:
    """Return the code of the country that each vertex lies in; empty at sea, from about 1.5 km off the coast on.

    Parameters
    ----------
    points
        Lon and lat in degrees (EPSG:4326) in order; longitudes may run on past 180.
    """
    where = np.column_stack([(points[:, 0] + 180.0) % 360.0 - 180.0, points[:, 1]])
    codes = _settled(_holders(where))
    return tuple(_without_weaving(where, codes))


def _holders(points: NDArray[np.float64]) -> dict[str, NDArray[np.bool_]]:
    """Return per country whether each vertex lies in it; land that two states claim lies in both."""
    found: dict[str, NDArray[np.bool_]] = {}
    (west, south), (east, north) = points.min(axis=0), points.max(axis=0)
    for code, piece in lands_near(west, south, east, north):
        inside = shapely.intersects_xy(piece, points[:, 0], points[:, 1])
        if inside.any():
            found[code] = found.get(code, False) | inside
    return found


def _settled(holders: dict[str, NDArray[np.bool_]]) -> list[str]:
    """Return one country a vertex: in land that two claim a line stays in the country it has come through."""
    if not holders:
        return []
    names, inside = list(holders), np.column_stack(list(holders.values()))
    count = inside.sum(axis=1)
    alone = np.flatnonzero(count == 1)
    current = int(inside[alone[0]].argmax()) if len(alone) else int(inside.sum(axis=0).argmax())
    codes = []
    for row, held in zip(inside, count, strict=True):
        if held and not row[current]:
            current = int(row.argmax())
        codes.append(names[current] if held else "")
    return codes


def _without_weaving(points: NDArray[np.float64], codes: list[str]) -> list[str]:
    """Return the codes without stays in a neighbour that are not deep enough to be told from none."""
    codes = codes or [""] * len(points)
    while True:
        known = [i for i, code in enumerate(codes) if code]
        stays = [list(stay) for _, stay in itertools.groupby(known, key=codes.__getitem__)]
        for before, stay, after in zip(stays, stays[1:], stays[2:], strict=False):
            home = codes[before[0]]
            if home == codes[after[0]] and _is_shallow(points[stay], home, codes[stay[0]]):
                for i in stay:
                    codes[i] = home
                break
        else:
            return codes


def _is_shallow(points: NDArray[np.float64], home: str, other: str) -> bool:
    """Return whether no vertex lies further than `SHALLOW_M` metres from the border of the two countries."""
    if other not in neighbours(home):
        return False
    chosen = points[:: max(1, len(points) // _SAMPLES)]
    scale = np.array([np.cos(np.radians(chosen[:, 1].mean())), 1.0])
    margin = 2.0 * SHALLOW_M / DEGREE_M / scale[0]
    line = shapely.clip_by_rect(border(home, other), *(chosen.min(axis=0) - margin), *(chosen.max(axis=0) + margin))
    if line.is_empty:
        return False
    flat = shapely.transform(line, lambda lonlat: lonlat * scale)
    deepest = shapely.distance(flat, shapely.points(chosen * scale)).max() * DEGREE_M
    return bool(deepest <= SHALLOW_M)
