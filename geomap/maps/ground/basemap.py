"""The ground of the map: land, water, roads, borders and names, cut out of the shipped world for one view.

Everything is drawn from files of the package; nothing is loaded from a network. The closer to the story, the finer the
ground: a page is read from the whole region down to a town, and only near the story so closely. Country borders run as
they do on the ground, OpenStreetMap's in close views and near the story, and Natural Earth's elsewhere; disputed ones
are a layer of their own.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geomap.errors import InputError
from geomap.maps.ground.borders import borders_of
from geomap.maps.ground.detail import Drawn, fitted
from geomap.maps.ground.focus import Focus, Window, side_of
from geomap.maps.ground.names import labels
from geomap.maps.ground.polygons import cut, mended, polygons
from geomap.maps.ground.roads import highways
from geomap.maps.ground.store import SCALE, load_store
from geomap.maps.ground.towns import inhabited, towns
from geomap.maps.ground.view import stance

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from geomap.maps.ground.store import Bounds

    Shapes = NDArray[np.object_]

__all__ = ["BUDGET", "clip"]

BUDGET = 66_000
"""Most characters that the lines of one view take in the page, deflated and in base64; names take some 15,000 more."""
COARSE_FROM_DEG = 60.0
"""Wider views use the level that was generalised for continents but around the story, and have highways and provinces
only there."""

LAYERS = ("land", "lakes", "rivers", "roads", "borders", "disputed", "admin1")
FILLED = ("land", "lakes")
_SOURCES = {
    "land": ("natural-earth-land",),
    "lakes": ("natural-earth-lakes",),
    "rivers": ("wdbii-rivers",),
    "roads": ("scgraph-world-highways",),
    "admin1": ("natural-earth-admin1",),
}


def clip(bounds: Bounds, *, focus: Iterable[BaseGeometry] = (), budget: int = BUDGET) -> dict[str, object]:
    """Return the ground within a box as data for the page.

    Parameters
    ----------
    bounds
        West, south, east and north in degrees. East beyond 180 or less than west crosses the antimeridian; longitudes
        then go on beyond 180 in what is returned. Latitudes beyond the poles are cut.
    focus
        What the map is about, in EPSG:4326: near the vertices of these geometries the ground is as fine as its
        sources, with the villages of the neighbourhood. Without any all of it is as fine as the budget allows.
    budget
        Most characters that the lines take once they are packed: what exceeds it is simplified more.

    Returns
    -------
    dict
        ``bounds``; ``scale``, the units of one degree; ``layers`` (land, lakes, rivers, roads, borders, disputed,
        admin1), each a list of arrays of shape (n, 2) of whole units, rings closed and to be filled by the even-odd
        rule; ``towns``, as `geomap.maps.ground.towns.towns` gives them; ``labels``, as
        `geomap.maps.ground.names.labels` does; ``view``, whose view of the borders the ground takes: ``words`` and
        the names of the ``disputed`` ones among them; and ``attribution``, keys of `geomap.datasets.sources`.

    Raises
    ------
    InputError
        The box is empty or not a box of numbers.
    DataError
        A shipped file is missing.
    """
    view = _normal(bounds)
    windows = _windows(view)
    near = Focus.of(focus, view)
    shapes = {layer: _layer(layer, windows, near) for layer in LAYERS}
    shapes["borders"], shapes["disputed"], surveyed = borders_of(near, shapes["borders"], shapes["disputed"])
    drawn = {layer: Drawn.of(found, layer, near, ring=layer in FILLED) for layer, found in shapes.items()}
    layers = fitted(drawn, view, budget)
    places = inhabited(windows, near)
    named, sources = towns(places, windows, near)
    sources |= {key for layer, keys in _SOURCES.items() if layers[layer] for key in keys} | surveyed
    return {
        "bounds": [round(edge, 4) for edge in view],
        "scale": SCALE,
        "layers": layers,
        "towns": named,
        "labels": labels(places, windows, near),
        "view": stance(layers["disputed"], surveyed),
        "attribution": sorted(sources),
    }


def _normal(bounds: Bounds) -> Bounds:
    """Return the box with west from -180 to 180, east beyond it by at most 360 degrees."""
    west, south, east, north = (float(edge) for edge in bounds)
    if not all(map(math.isfinite, (west, south, east, north))) or south >= north or west == east:
        raise InputError(f"bounds {bounds} are no box; give west, south, east, north in degrees")
    width = min(360.0, east - west if east > west else east - west + 360 * math.ceil((west - east) / 360))
    south, north = max(-90.0, south), min(90.0, north)
    if south >= north:
        raise InputError(f"bounds {bounds} lie beyond a pole; give west, south, east, north in degrees")
    if width >= 360:
        return (-180.0, south, 180.0, north)
    west = (west + 180) % 360 - 180
    return (west, south, west + width, north)


def _windows(view: Bounds) -> tuple[Window, ...]:
    west, south, east, north = view
    first = Window((west, south, min(east, 180.0), north), 0.0)
    return (first,) if east <= 180 else (first, Window((-180.0, south, east - 360, north), 360.0))


def _layer(layer: str, windows: tuple[Window, ...], focus: Focus) -> Shapes:
    """Return the shapes of a layer within the view."""
    parts = [_of_window(layer, window, focus) for window in windows]
    if layer in FILLED and len(windows) > 1:
        # Without a seam at the antimeridian.
        return _rings(shapely.get_parts(shapely.union_all(np.concatenate(parts))))
    found = np.concatenate(parts)
    return _rings(found) if layer in FILLED else found


def _rings(polygons: Shapes) -> Shapes:
    """Return rings: as a polygon, a continent whose coast crosses itself once simplified would shrink to a bay."""
    rings: Shapes = shapely.get_rings(polygons)
    return rings


def _of_window(layer: str, window: Window, focus: Focus) -> Shapes:
    wide = side_of(focus.view) > COARSE_FROM_DEG
    if layer == "roads":
        return window.shifted(cut(highways(window, focus, everywhere=not wide), window.bounds, 1))
    filled = layer in FILLED
    if not wide:
        return window.shifted(_joined(_stored(layer, window.bounds, 0), filled=filled))
    near = [box for box in map(window.part, focus.boxes()) if box]
    fine = [_stored(layer, box, 0) for box in near]
    coarse = np.array([], dtype=object)
    if layer != "admin1":
        coarse = _outside(_joined(_stored(layer, window.bounds, 1), filled=filled), near, 3 if filled else 1)
    if not near:
        return window.shifted(coarse)
    return window.shifted(_joined(np.concatenate([coarse, *fine]), filled=filled))


def _outside(shapes: Shapes, boxes: Sequence[Bounds], kind: int) -> Shapes:
    """Return the parts of shapes outside of all boxes that are of one type, 1 lines or 3 polygons."""
    if not boxes or not len(shapes):
        return shapes
    hole = shapely.union_all([shapely.box(*box) for box in boxes])
    shapely.prepare(hole)
    touched = shapely.intersects(hole, shapes)
    left = shapely.get_parts(shapely.get_parts(shapely.difference(shapes[touched], hole)))
    found: Shapes = np.concatenate([shapes[~touched], left[shapely.get_type_id(left) == kind]])
    return found


def _stored(layer: str, box: Bounds, level: int) -> Shapes:
    """Return the lines or polygons of a level of the shipped world within a box, the polygons with the grid's seams."""
    near = [
        (line, hole)
        for line, hole in load_store().lines(layer, box, level=level)
        if layer in FILLED or _touches(line, box)
    ]
    found = mended(polygons(near)) if layer in FILLED else _lines([line for line, _ in near])
    return cut(found, box, 3 if layer in FILLED else 1)


def _lines(lines: list[NDArray[np.float64]]) -> Shapes:
    if not lines:
        return np.array([], dtype=object)
    owner = np.repeat(np.arange(len(lines)), [len(line) for line in lines])
    found: Shapes = shapely.linestrings(np.concatenate(lines), indices=owner)
    return found


def _touches(line: NDArray[np.float64], box: Bounds) -> bool:
    low, high = line.min(axis=0), line.max(axis=0)
    return bool(low[0] <= box[2] and high[0] >= box[0] and low[1] <= box[3] and high[1] >= box[1])


def _joined(shapes: Shapes, *, filled: bool) -> Shapes:
    """Return polygons without the seams of the stored grid, and lines joined end to end."""
    if not len(shapes):
        return shapes
    if not filled:
        parts: Shapes = shapely.get_parts(shapely.line_merge(shapely.multilinestrings(shapes)))
        return parts
    try:
        # Five to ten times faster, where the pieces meet vertex at vertex.
        whole = shapely.coverage_union_all(shapes)
    except shapely.GEOSException:
        whole = shapely.union_all(shapes)
    polygons: Shapes = shapely.get_parts(whole)
    return polygons
