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
_RUN = 250
"""Vertices that are looked up together: the box of a whole line would hold countries far from it."""


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
    for first in range(0, len(points), _RUN):
        run = points[first : first + _RUN]
        for code, piece in lands_near(*run.min(axis=0), *run.max(axis=0)):
            inside = shapely.intersects_xy(piece, run[:, 0], run[:, 1])
            if inside.any():
                found.setdefault(code, np.zeros(len(points), dtype=bool))[first : first + _RUN] |= inside
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
    known = [i for i, code in enumerate(codes) if code]
    stays: list[list[int]] = []
    for _, stay in itertools.groupby(known, key=codes.__getitem__):
        stays.append(list(stay))
        while len(stays) > 2 and _is_woven(points, codes, stays[-3:]):
            home, out, back = stays[-3:]
            for i in out:
                codes[i] = codes[home[0]]
            stays[-3:] = [home + out + back]
    return codes


def _is_woven(points: NDArray[np.float64], codes: list[str], stays: list[list[int]]) -> bool:
    """Return whether the middle one of three stays is none."""
    home, other, again = (codes[stay[0]] for stay in stays)
    return home == again and _is_shallow(points[stays[1]], home, other)


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
