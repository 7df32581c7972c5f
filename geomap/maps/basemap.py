"""The ground of the map: land, water, roads, borders and names, cut out of the shipped world for one view.

Everything is drawn from files of the package; nothing is loaded from a network. Country borders run as they do on
the ground, OpenStreetMap's in close views and Natural Earth's in others; disputed ones are a layer of their own.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geomap.errors import InputError
from geomap.maps.basemap_borders import close_borders
from geomap.maps.basemap_roads import highways
from geomap.maps.basemap_store import SCALE, load_store

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from geomap.maps.basemap_store import Bounds, Country, Label
    from geomap.models import Place

    Shapes = NDArray[np.object_]

__all__ = ["BUDGET", "clip"]

BUDGET = 350_000
"""Most characters of JSON that the layers of one view take."""
COARSE_FROM_DEG = 60.0
"""Wider views use the level that was generalised for continents, without highways, provinces and towns."""
CLOSE_TO_DEG = 25.0
"""Views up to this wide draw the borders that areas are built on."""
FINEST_SHARE = 1 / 10_000
"""Tolerance as a share of the view's longer side: a quarter of a pixel where the view fills a screen of 2,500."""
LARGEST_SHARE = 1 / 300
ROAD_SPOT_SHARE = 1 / 4_000
"""Size, as a share of the view's longer side, of the spots whose junctions are drawn as one."""
TOWNS = 220
SPACING = (6.0, 12.0, 24.0, 48.0)
"""Towns of rank 0 to 3 are at least the view's longer side divided by this away from any more important town."""
LEAST_TOWN_PER_DEG = 100
"""People a town needs at least for each degree of the view's longer side."""
RANKED_TOWNS = 2000
"""Most towns that are compared with each other."""
CAPITAL = "P.PPLC"
LABEL_ROOM = 1 / 60
"""A country is named where a circle of this share of the view's longer side fits into its visible part."""

LAYERS = ("land", "lakes", "rivers", "roads", "borders", "disputed", "admin1")
FILLED = ("land", "lakes")
# How much coarser than the coast a layer may be, and the least size in tolerances that is still seen.
_LOOSENESS = {"lakes": 1.5, "rivers": 2.0, "admin1": 2.0}
_LEAST_SIZE = {"land": 3.0, "lakes": 8.0, "rivers": 40.0, "roads": 2.0}
_SOURCES = {
    "land": ("natural-earth-land",),
    "lakes": ("natural-earth-lakes",),
    "rivers": ("wdbii-rivers",),
    "roads": ("scgraph-world-highways",),
    "borders": ("natural-earth-borders",),
    "disputed": ("natural-earth-borders",),
    "admin1": ("natural-earth-admin1",),
}


@dataclass(frozen=True, slots=True)
class _Window:
    """A part of the view that does not cross the antimeridian."""

    bounds: Bounds
    shift: float
    """Degrees to add to longitudes, so that both sides of the antimeridian lie side by side."""


def clip(bounds: Bounds, *, budget: int = BUDGET, towns: int = TOWNS) -> dict[str, object]:
    """Return the ground within a box as JSON-ready data for the page.

    Parameters
    ----------
    bounds
        West, south, east and north in degrees. East beyond 180 or less than west crosses the antimeridian; longitudes
        then go on beyond 180 in what is returned. Latitudes beyond the poles are cut.
    budget
        Most characters of JSON for all layers together: what exceeds it is simplified more. The finest detail is a
        ten-thousandth of the longer side.
    towns
        Most towns; those that stand out most from their surroundings first.

    Returns
    -------
    dict
        ``bounds``; ``scale``, the units of one degree; ``layers`` (land, lakes, rivers, roads, borders, disputed,
        admin1), each a list of flat lists of whole units ``[x0, y0, dx1, dy1, …]``, rings closed and to be filled by
        the even-odd rule; ``towns`` with ``n`` name, ``l`` local name where it differs, ``x``, ``y`` and ``r`` rank
        from 0, the largest, to 3; ``labels`` with ``n``, ``x``, ``y`` and ``k``, one of country, sea, lake or river;
        and ``attribution``, keys of `geomap.datasets.sources`.

    Raises
    ------
    InputError
        The box is empty or not a box of numbers.
    DataError
        A shipped file is missing.
    """
    view = _normal(bounds)
    windows = _windows(view)
    shapes = {layer: _layer(layer, windows, view) for layer in LAYERS}
    # No land border is near the antimeridian.
    if close := _side(view) <= CLOSE_TO_DEG and len(windows) == 1:
        finest = _side(view) * FINEST_SHARE
        shapes["borders"], shapes["disputed"] = close_borders(view, shapes["disputed"], finest)
    layers = _within_budget(shapes, view, budget)
    places = _towns(windows, view, towns)
    sources = {key for layer, lines in layers.items() if lines for key in _SOURCES[layer]}
    sources |= {"osm-borders"} if close and (layers["borders"] or layers["disputed"]) else set()
    sources |= {place.source for place, _, _ in places if place.source}
    return {
        "bounds": [round(edge, 4) for edge in view],
        "scale": SCALE,
        "layers": layers,
        "towns": [_town(place, shift, rank) for place, shift, rank in places],
        "labels": _labels(windows, view),
        "attribution": sorted(sources),
    }


def _normal(bounds: Bounds) -> Bounds:
    """Return the box with west from -180 to 180, east beyond it by at most 360 degrees."""
    west, south, east, north = (float(edge) for edge in bounds)
    if not all(map(math.isfinite, (west, south, east, north))) or south >= north or west == east:
        raise InputError(f"bounds {bounds} are no box; give west, south, east, north in degrees")
    width = min(360.0, east - west if east > west else east - west + 360 * math.ceil((west - east) / 360))
    south, north = max(-90.0, south), min(90.0, north)
    if width >= 360:
        return (-180.0, south, 180.0, north)
    west = (west + 180) % 360 - 180
    return (west, south, west + width, north)


def _windows(view: Bounds) -> tuple[_Window, ...]:
    west, south, east, north = view
    first = _Window((west, south, min(east, 180.0), north), 0.0)
    return (first,) if east <= 180 else (first, _Window((-180.0, south, east - 360, north), 360.0))


def _side(view: Bounds) -> float:
    """Return the longer side of a box in degrees."""
    return max(view[2] - view[0], view[3] - view[1])


def _layer(layer: str, windows: tuple[_Window, ...], view: Bounds) -> Shapes:
    """Return the shapes of a layer within the view."""
    parts = []
    if layer == "admin1" and _side(view) > COARSE_FROM_DEG:
        return np.array([], dtype=object)
    for window in windows:
        raw = _roads(window.bounds, view) if layer == "roads" else _stored(layer, window.bounds, view)
        cut = _cut(raw, window.bounds, 3 if layer in FILLED else 1)
        if window.shift:
            cut = shapely.transform(cut, partial(np.add, np.array([window.shift, 0.0])))
        parts.append(cut)
    found = np.concatenate(parts)
    return found if layer == "roads" else _joined(found, filled=layer in FILLED)


def _cut(shapes: Shapes, box: Bounds, kind: int) -> Shapes:
    """Return the parts of shapes within a box that are of one type, 1 lines or 3 polygons."""
    shapes = shapely.get_parts(shapes)
    edges = shapely.bounds(shapes).reshape(-1, 4)
    whole = np.all((edges >= [*box[:2], *box[:2]]) & (edges <= [*box[2:], *box[2:]]), axis=1)
    cut = shapely.get_parts(shapely.get_parts(shapely.clip_by_rect(shapes[~whole], *box)))
    found = np.concatenate([shapes[whole], cut])
    kept: Shapes = found[shapely.get_type_id(found) == kind]
    return kept


def _stored(layer: str, box: Bounds, view: Bounds) -> Shapes:
    level = 1 if _side(view) > COARSE_FROM_DEG else 0
    near = [
        (line, hole)
        for line, hole in load_store().lines(layer, box, level=level)
        if layer in FILLED or _touches(line, box)
    ]
    if layer in FILLED:
        return _polygons(near)
    return _lines([line for line, _ in near])


def _lines(lines: list[NDArray[np.float64]]) -> Shapes:
    if not lines:
        return np.array([], dtype=object)
    owner = np.repeat(np.arange(len(lines)), [len(line) for line in lines])
    found: Shapes = shapely.linestrings(np.concatenate(lines), indices=owner)
    return found


def _touches(line: NDArray[np.float64], box: Bounds) -> bool:
    low, high = line.min(axis=0), line.max(axis=0)
    return bool(low[0] <= box[2] and high[0] >= box[0] and low[1] <= box[3] and high[1] >= box[1])


def _polygons(rings: Sequence[tuple[NDArray[np.float64], bool]]) -> Shapes:
    if not rings:
        return np.array([], dtype=object)
    ring = np.repeat(np.arange(len(rings)), [len(vertices) for vertices, _ in rings])
    closed = shapely.linearrings(np.concatenate([vertices for vertices, _ in rings]), indices=ring)
    # A ring that is no hole begins the next polygon.
    found: Shapes = shapely.polygons(closed, indices=np.cumsum([not hole for _, hole in rings]) - 1)
    if len(broken := np.flatnonzero(~shapely.is_valid(found))):
        # Rounding may have made a ring touch itself.
        found[broken] = shapely.make_valid(found[broken])
    return found


def _joined(shapes: Shapes, *, filled: bool) -> Shapes:
    """Return the rings of polygons without the seams of the stored grid, and lines joined end to end."""
    if not len(shapes):
        return shapes
    if filled:
        # As polygons, a continent whose coast crosses itself once simplified would be cut down to one of its bays.
        rings: Shapes = shapely.get_rings(shapely.get_parts(shapely.union_all(shapes)))
        return rings
    parts: Shapes = shapely.get_parts(shapely.line_merge(shapely.multilinestrings(shapes)))
    return parts


def _roads(box: Bounds, view: Bounds) -> Shapes:
    """Return the highways; none in views so wide that they would cover the land."""
    if _side(view) > COARSE_FROM_DEG:
        return np.array([], dtype=object)
    return highways(box, _side(view) * ROAD_SPOT_SHARE)


def _within_budget(shapes: dict[str, Shapes], view: Bounds, budget: int) -> dict[str, list[list[int]]]:
    """Return the layers as whole numbers, each time coarser until their JSON fits."""
    tolerance, coarsest = _side(view) * FINEST_SHARE, _side(view) * LARGEST_SHARE
    while True:
        shapes = {layer: _simplified(found, layer, tolerance) for layer, found in shapes.items()}
        layers = {layer: list(_flat(found, layer)) for layer, found in shapes.items()}
        size = len(json.dumps(layers, separators=(",", ":")))
        if size <= budget or tolerance > coarsest:
            return layers
        tolerance *= 1.5 if size < 1.5 * budget else 3.0


def _simplified(shapes: Shapes, layer: str, tolerance: float) -> Shapes:
    """Return the shapes that are large enough to be seen, simplified."""
    if not len(shapes):
        return shapes
    box = shapely.bounds(shapes)
    size = np.hypot(box[:, 2] - box[:, 0], box[:, 3] - box[:, 1])
    seen = shapes[size >= tolerance * _LEAST_SIZE.get(layer, 0.0)]
    simple: Shapes = shapely.simplify(seen, tolerance * _LOOSENESS.get(layer, 1.0), preserve_topology=False)
    left: Shapes = simple[~shapely.is_empty(simple)]
    return left


def _flat(shapes: Shapes, layer: str) -> Iterator[list[int]]:
    """Yield lines as flat lists of steps, of the filled layers only rings."""
    if not len(shapes):
        return
    coordinates, owner = shapely.get_coordinates(shapes, return_index=True)
    units = np.rint(coordinates * SCALE).astype(np.int64)
    first = np.append(True, owner[1:] != owner[:-1])
    steps = np.diff(units, axis=0, prepend=units[:1])
    steps[first] = units[first]
    moved = first | np.any(steps, axis=1)
    starts = np.flatnonzero(first[moved])
    flat = steps[moved].ravel().tolist()
    least = 4 if layer in FILLED else 2
    for start, end in pairwise([*starts.tolist(), len(flat) // 2]):
        if end - start >= least:
            yield flat[2 * start : 2 * end]


def _towns(windows: tuple[_Window, ...], view: Bounds, most: int) -> list[tuple[Place, float, int]]:
    """Return towns, the longitude to add, and their rank by how far the next more important town is."""
    found = [(place, window.shift) for window in windows for place in _populated(window.bounds, view)]
    found = sorted(found, key=lambda item: (-_importance(item[0]), item[0].id))
    # On the map a degree of latitude is as wide as Mercator's projection makes it.
    points = np.array([(place.lon + shift, _mercator(place.lat)) for place, shift in found]).reshape(-1, 2)
    points *= max(SPACING) / _side(view)
    towns = []
    rows = _foremost(points, [place.feature == CAPITAL for place, _ in found])
    for row, alone in zip(rows.tolist(), _gaps(points[rows]).tolist(), strict=True):
        place, shift = found[row]
        rank = next((r for r, parts in enumerate(SPACING) if alone >= max(SPACING) / parts), None)
        if place.feature == CAPITAL:
            rank = min(1, 1 if rank is None else rank)
        if rank is not None:
            towns.append((place, shift, rank))
    return sorted(towns, key=lambda item: item[2])[:most]


def _foremost(points: NDArray[np.float64], capital: list[bool]) -> NDArray[np.intp]:
    """Return the rows of the first town in each unit square, and of the capitals."""
    if not len(points):
        return np.array([], dtype=np.intp)
    squares = np.floor(points).astype(np.int64)
    _, first = np.unique(squares[:, 0] * 1_000_000 + squares[:, 1], return_index=True)
    return np.union1d(first, np.flatnonzero(capital))[:RANKED_TOWNS]


def _gaps(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return how far each point is, along the farther axis, from the nearest of those before it."""
    x, y = points.T.astype(np.float32)
    apart = np.maximum(np.abs(x[:, None] - x), np.abs(y[:, None] - y))
    apart[np.triu(np.ones_like(apart, dtype=bool))] = np.inf
    nearest: NDArray[np.float64] = apart.min(axis=1, initial=np.inf)
    return nearest


def _importance(place: Place) -> float:
    """Return a town's population, more for the seat of a country or a province."""
    return place.population * {CAPITAL: 10.0, "P.PPLA": 3.0}.get(place.feature, 1.0)


def _mercator(lat: float) -> float:
    """Return the height of a latitude on a Web Mercator map, in degrees of longitude."""
    return math.degrees(math.asinh(math.tan(math.radians(min(85.0, max(-85.0, lat))))))


def _populated(box: Bounds, view: Bounds) -> list[Place]:
    if _side(view) > COARSE_FROM_DEG:
        return []
    from geomap.gazetteer import Gazetteer

    places = Gazetteer().within(box, least_population=round(LEAST_TOWN_PER_DEG * _side(view)))
    return [
        p for p in places if p.feature.startswith("P.") and p.feature not in {"P.PPLX", "P.PPLH", "P.PPLQ", "P.PPLW"}
    ]


def _town(place: Place, shift: float, rank: int) -> dict[str, object]:
    local = {"l": place.local_name} if place.local_name and place.local_name != place.name else {}
    return {"n": place.name, **local, **_spot(place.lon + shift, place.lat), "r": rank}


def _spot(lon: float, lat: float) -> dict[str, int]:
    return {"x": round(lon * SCALE), "y": round(lat * SCALE)}


def _labels(windows: tuple[_Window, ...], view: Bounds) -> list[dict[str, object]]:
    """Return the names of countries and waters, one of each, largest first."""
    rows: dict[tuple[str, str], tuple[float, dict[str, object]]] = {}
    for window in windows:
        for country in load_store().countries(window.bounds):
            if found := _country_spot(country, window, view):
                room, lon, lat = found
                _offer(rows, "country", country.name, (-room, lon + window.shift, lat))
        for label in load_store().labels:
            if _shown(label, window.bounds, view):
                away = math.hypot(
                    label.lon + window.shift - (view[0] + view[2]) / 2, label.lat - (view[1] + view[3]) / 2
                )
                _offer(rows, label.kind, label.name, (away, label.lon + window.shift, label.lat))
    return [row for _, row in sorted(rows.values(), key=lambda item: item[0])]


def _offer(
    rows: dict[tuple[str, str], tuple[float, dict[str, object]]], kind: str, name: str, spot: tuple[float, float, float]
) -> None:
    """Keep the best spot for a name: the one with the least penalty, which stands before lon and lat."""
    penalty, lon, lat = spot
    old = rows.get((kind, name))
    if old is None or penalty < old[0]:
        rows[kind, name] = (penalty, {"n": name, **_spot(lon, lat), "k": kind})


def _shown(label: Label, box: Bounds, view: Bounds) -> bool:
    west, south, east, north = box
    # Seas of rank 0 stay in the widest views, small waters only in close ones.
    widest = (
        {0: 400.0, 1: 50.0, 2: 20.0}[label.rank] if label.kind == "sea" else {0: 60.0, 1: 35.0, 2: 20.0}[label.rank]
    )
    return west <= label.lon <= east and south <= label.lat <= north and _side(view) <= widest


def _country_spot(country: Country, window: _Window, view: Bounds) -> tuple[float, float, float] | None:
    """Return the room round the best spot of a country's visible part, with its lon and lat, or None when too small."""
    parts = _cut(_polygons(country.rings), window.bounds, 3)
    if not len(parts):
        return None
    side = _side(view)
    largest = parts[np.argmax(shapely.area(parts))]
    line = shapely.maximum_inscribed_circle(largest, tolerance=side / 200)
    room = line.length
    if room < side * LABEL_ROOM:
        return None
    lon, lat = line.coords[0]
    return room, lon, lat
