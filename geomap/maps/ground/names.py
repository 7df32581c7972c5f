"""The names of countries, provinces and waters of a view, each with spots to choose from."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geomap.maps.ground.focus import AROUND, CLOSE, FAR, fit_zoom, side_of
from geomap.maps.ground.polygons import cut, mended, polygons
from geomap.maps.ground.store import SCALE, load_store

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from geomap.maps.ground.focus import Focus, Window
    from geomap.maps.ground.store import Country
    from geomap.maps.ground.towns import Inhabited

__all__ = ["labels"]

GRID = 36
"""Spots for a country's name lie on a grid of so many to the view's longer side, and on a finer one near the story."""
SPOTS = {False: 8, True: 16}
"""Most spots of a country away from the story, and close to it."""
NEAR_STEP = 0.5
"""How many degrees spots near the story lie apart at least."""
LEAST_ROOM = 1 / 150
"""A country is named where a circle of this share of the view's longer side fits into its visible part."""
UNIT_PX = 110.0
"""What a province's name takes at least, in pixels."""
UNITS, UNITS_FROM, UNITS_TO = 150, 4.5, 9.0
"""Most provinces that are named, from which zoom on, and the zoom beyond which none is named first."""
_NO_COUNTRIES = {"Siachen Glacier"}
"""What the source has beside the countries."""
# Zoom from which the waters of each rank are named.
_FROM_ZOOM = {"sea": (0.0, 4.0, 5.5), "lake": (4.5, 5.5, 7.0), "river": (4.5, 5.5, 7.0)}
_LAST_SIDE = {"sea": (400.0, 150.0, 60.0), "lake": (120.0, 60.0, 30.0), "river": (120.0, 60.0, 30.0)}


def labels(places: Sequence[Inhabited], windows: Sequence[Window], focus: Focus) -> list[dict[str, object]]:
    """Return the names of a view, countries first, the largest before others.

    Each is a dict of ``n`` the name, ``k`` one of country, unit, sea, lake or river, ``z`` the zoom in tenths from
    which it is named, 0 where that is always, and ``at``, spots ``[x, y, room, …]`` in whole units, the best first;
    room is the radius of a circle that the name should not leave by much, 0 where that is not known.
    """
    return [*_countries(windows, focus), *_waters(windows, focus), *_units(places, focus)]


def _label(name: str, kind: str, zoom: float, spots: NDArray[np.float64]) -> dict[str, object]:
    return {"n": name, "k": kind, "z": round(10 * zoom), "at": np.rint(spots * SCALE).astype(int).ravel().tolist()}


def _countries(windows: Sequence[Window], focus: Focus) -> list[dict[str, object]]:
    found: dict[str, list[NDArray[np.float64]]] = {}
    for window in windows:
        grid = _grid(window, focus)
        for country in load_store().countries(window.bounds):
            spots = _spots(country, window, focus, grid)
            if len(spots) and country.name not in _NO_COUNTRIES:
                found.setdefault(country.name, []).append(spots + np.append(window.offset, 0.0))
    rows = {name: _apart(np.concatenate(spots), focus) for name, spots in found.items()}
    return [_label(name, "country", 0.0, rows[name]) for name in sorted(rows, key=lambda name: -rows[name][0, 2])]


def _grid(window: Window, focus: Focus) -> NDArray[np.float64]:
    """Return the spots that are tried: all over the window, and closer together around the story."""
    side = side_of(focus.view)
    west, south, east, north = window.bounds
    step = side / GRID
    wide = _mesh(west, south, east, north, step)
    near = [_mesh(*box, NEAR_STEP) for box in map(window.part, focus.boxes(1.0)) if box] if step > NEAR_STEP else []
    close = np.concatenate([wide[:0], *near])
    return np.concatenate([wide, close[focus.zones(close + window.offset) >= AROUND]])


def _mesh(west: float, south: float, east: float, north: float, step: float) -> NDArray[np.float64]:
    x, y = np.meshgrid(np.arange(west + step / 2, east, step), np.arange(south + step / 2, north, step))
    return np.column_stack([x.ravel(), y.ravel()])


def _spots(country: Country, window: Window, focus: Focus, grid: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return spots in the visible part of a country, each with the room round it, in degrees."""
    # Cutting first spares mending a continent for the sake of a corner of it.
    parts = mended(cut(polygons(country.rings), window.bounds, 3))
    side = side_of(focus.view)
    if not len(parts) or shapely.area(parts).max() < (side * LEAST_ROOM) ** 2:
        return np.empty((0, 3))
    largest = parts[np.argmax(shapely.area(parts))]
    best = shapely.maximum_inscribed_circle(largest, tolerance=side / 300)
    land = shapely.multipolygons(parts)
    shapely.prepare(land)
    inside = grid[shapely.contains_xy(land, grid)]
    edge = shapely.boundary(land)
    room = shapely.distance(edge, shapely.points(inside))
    spots = np.column_stack([np.vstack([shapely.get_coordinates(best)[:1], inside]), np.append(best.length, room)])
    enough: NDArray[np.float64] = spots[spots[:, 2] >= 0.15]
    return enough if best.length >= side * LEAST_ROOM else enough[:0]


def _apart(spots: NDArray[np.float64], focus: Focus) -> NDArray[np.float64]:
    """Return some of the spots, those with most room first, away from each other; of those near the story more."""
    spots = spots[np.argsort(-spots[:, 2], kind="stable")]
    near = focus.zones(spots[:, :2]) == CLOSE
    kept: list[tuple[float, float]] = []
    rows, left = [], dict(SPOTS)
    for row, ((lon, lat, room), close) in enumerate(zip(spots.tolist(), near.tolist(), strict=True)):
        if not any(left.values()):
            break
        apart = NEAR_STEP if close else 0.6 * room + 2 * NEAR_STEP
        if left[close] and all(math.dist((lon, lat), other) >= apart for other in kept):
            kept.append((lon, lat))
            rows.append(row)
            left[close] -= 1
    chosen: NDArray[np.float64] = spots[rows]
    return chosen


def _waters(windows: Sequence[Window], focus: Focus) -> list[dict[str, object]]:
    """Return the waters with all of their spots in the view, the one nearest to its middle first."""
    west, south, east, north = focus.view
    middle = ((west + east) / 2, (south + north) / 2)
    found: dict[tuple[str, str], list[tuple[float, float]]] = {}
    ranks: dict[tuple[str, str], int] = {}
    for window in windows:
        left, low, right, high = window.bounds
        for label in load_store().labels:
            if left <= label.lon <= right and low <= label.lat <= high:
                found.setdefault((label.kind, label.name), []).append((label.lon + window.shift, label.lat))
                ranks[label.kind, label.name] = label.rank
    made = []
    for kind, name in sorted(found, key=lambda key: (ranks[key], key)):
        rank = ranks[kind, name]
        spots = sorted(found[kind, name], key=lambda spot: math.dist(spot, middle))
        if side_of(focus.view) <= _LAST_SIDE[kind][rank] or (focus.zones(np.array(spots)) > FAR).any():
            made.append(_label(name, kind, _FROM_ZOOM[kind][rank], np.array([(*spot, 0.0) for spot in spots])))
    return made


def _units(places: Sequence[Inhabited], focus: Focus) -> list[dict[str, object]]:
    """Return the first-level units; each from the zoom on at which the next one's name is far enough away."""
    rows = [(place.name, lon, place.lat) for place, lon in places if place.feature == "A.ADM1"]
    if not rows:
        return []
    points = np.array([row[1:] for row in rows])
    apart = np.maximum(np.abs(points[:, None, 0] - points[:, 0]), 3 * np.abs(points[:, None, 1] - points[:, 1]))
    np.fill_diagonal(apart, np.inf)
    # The world is 360 degrees and 256 pixels wide at zoom 0.
    zooms = np.log2(UNIT_PX * 360 / 256 / np.clip(apart.min(axis=1), 0.01, 360.0))
    near = focus.zones(points) > FAR
    last = np.where(near, UNITS_TO, fit_zoom(focus.view) + 0.5)
    zooms = np.maximum(UNITS_FROM, zooms)
    order = np.argsort(zooms, kind="stable")
    return [
        _label(rows[row][0], "unit", float(zooms[row]), np.array([(*rows[row][1:], 0.0)]))
        for row in order[(zooms < last)[order]][:UNITS].tolist()
    ]
