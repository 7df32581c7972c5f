"""The towns of a view: each is named from the zoom on at which it stands out from more important ones."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from geomap.maps.ground.focus import AROUND, CLOSE, FAR, fit_zoom, side_of
from geomap.maps.ground.store import SCALE
from geomap.maps.mercator import MOST_LAT, ordinate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from geomap.maps.ground.focus import Focus, Window
    from geomap.models import Place

    Inhabited = tuple[Place, float]
    """A place and its longitude in the view."""

__all__ = ["inhabited", "towns"]

MOST = {FAR: 140, AROUND: 100, CLOSE: 200}
"""Most towns of each zone that are named."""
APART_PX = 66.0
"""A town is named where no more important one is nearer: as much as a name takes."""
TALLER = 2.0
"""How much nearer above and below than beside it another may be."""
RANKS = (10, 40, 110)
"""As many towns are written largest; at least as large as the second and the third size."""
AROUND_TO, CLOSE_TO, CAPITALS_FROM = 9.5, 12.0, 1.5
"""The last zoom at which a town near the story appears for the first time; how long before its turn a capital does."""
LEAST_PER_DEG, LEAST_PER_DEG_WIDE = 100, 2_000
"""People a town needs at least for each degree of the view's longer side, and in views wider than `WIDE_DEG`."""
WIDE_DEG = 60.0
COMPARED = 2_500
"""Most towns that are compared with each other."""
CLOSE_BOXES, AROUND_BOXES, LEAST_AROUND = 40, 20, 20_000
"""Most boxes close to and around the story that are searched for towns, and people these have at least around it."""
CAPITAL = "P.PPLC"
_IMPORTANCE = {CAPITAL: 10.0, "P.PPLA": 3.0, "P.PPLA2": 1.5}
# Quarters and ruins are no towns.
_NO_TOWNS = {"P.PPLX", "P.PPLH", "P.PPLQ", "P.PPLW"}


def inhabited(windows: Sequence[Window], focus: Focus) -> list[Inhabited]:
    """Return the places of a view that many people live in, towns and provinces, with their longitudes in the view."""
    from geomap.gazetteer import Gazetteer

    side = side_of(focus.view)
    least = round((LEAST_PER_DEG if side <= WIDE_DEG else LEAST_PER_DEG_WIDE) * side)
    gazetteer = Gazetteer()
    return [
        (place, place.lon + window.shift)
        for window in windows
        for place in gazetteer.within(window.bounds, least_population=least)
    ]


def towns(
    places: Sequence[Inhabited], windows: Sequence[Window], focus: Focus
) -> tuple[list[dict[str, object]], set[str]]:
    """Return the towns of a view, those that are named first before others, and the keys of their sources.

    Each is a dict of ``n`` its name, ``l`` the local name where it differs, ``x`` and ``y`` in whole units, ``z`` the
    zoom in tenths from which it is to be named, and ``r`` its rank in the view from 0, the largest, to 3.
    """
    gathered = {place.id: (place, lon) for place, lon in (*places, *_villages(windows, focus)) if _is_town(place)}
    rows = sorted(gathered.values(), key=lambda row: (-_importance(row[0]), row[0].id))
    points = np.array([(lon, place.lat) for place, lon in rows]).reshape(-1, 2)
    zones = focus.zones(points)
    # On the map a degree of latitude is as wide as Mercator's projection makes it.
    points[:, 1] = ordinate(np.clip(points[:, 1], -MOST_LAT, MOST_LAT))
    kept = _foremost(points, zones == CLOSE, [place.feature == CAPITAL for place, _ in rows], side_of(focus.view))
    zooms = _zooms(points[kept], [rows[row][0] for row in kept])
    last = {FAR: fit_zoom(focus.view) + 2, AROUND: AROUND_TO, CLOSE: CLOSE_TO}
    order = np.argsort(zooms, kind="stable")
    shown: list[int] = []
    for zone, most in MOST.items():
        own = order[(zones[kept][order] == zone) & (zooms[order] <= max(last[FAR], last[zone]))]
        shown += own[:most].tolist()
    shown.sort(key=lambda row: zooms[row])
    found = [rows[int(kept[row])] for row in shown]
    named = [_town(*found[number], float(zooms[row]), number) for number, row in enumerate(shown)]
    return named, {place.source for place, _ in found if place.source}


def _town(place: Place, lon: float, zoom: float, number: int) -> dict[str, object]:
    local = {"l": place.local_name} if place.local_name and place.local_name != place.name else {}
    spot = {"x": round(lon * SCALE), "y": round(place.lat * SCALE)}
    rank = sum(number >= size for size in RANKS)
    return {"n": place.name, **local, **spot, "z": math.ceil(10 * zoom), "r": rank}


def _villages(windows: Sequence[Window], focus: Focus) -> list[Inhabited]:
    """Return the places around the story, in the square degrees that touch what is close to it all of them."""
    from geomap.gazetteer import Gazetteer

    gazetteer = Gazetteer()
    asked = [(box, LEAST_AROUND) for box in focus.boxes()[:AROUND_BOXES]] if side_of(focus.view) > WIDE_DEG else []
    asked += [(box, 0) for box in focus.close_boxes(1.0)[:CLOSE_BOXES]]
    return [
        (place, place.lon + window.shift)
        for window in windows
        for box, least in asked
        if (part := window.part(box))
        for place in gazetteer.within(part, least_population=least)
    ]


def _is_town(place: Place) -> bool:
    return place.feature.startswith("P.") and place.feature not in _NO_TOWNS


def _importance(place: Place) -> float:
    """Return a town's population, more for the seat of a country, a province or a district."""
    return (place.population + 50) * _IMPORTANCE.get(place.feature, 1.0)


def _foremost(
    points: NDArray[np.float64], close: NDArray[np.bool_], capital: list[bool], side: float
) -> NDArray[np.intp]:
    """Return the rows of the first town in each square, small ones close to the story, and of the capitals."""
    if not len(points):
        return np.array([], dtype=np.intp)
    square = np.where(close, 0.02, side / 60)
    squares = np.floor(points / square[:, None]).astype(np.int64)
    _, first = np.unique((squares[:, 0] * 1_000_000 + squares[:, 1]) * 2 + close, return_index=True)
    return np.union1d(first, np.flatnonzero(capital))[:COMPARED]


def _zooms(points: NDArray[np.float64], places: list[Place]) -> NDArray[np.float64]:
    """Return for each town the zoom at which those before it are so far away that its name has room."""
    x, y = points.T.astype(np.float32)
    apart = np.maximum(np.abs(x[:, None] - x), TALLER * np.abs(y[:, None] - y))
    apart[np.triu(np.ones_like(apart, dtype=bool))] = np.inf
    nearest = np.clip(apart.min(axis=1, initial=np.inf), 1e-6, 360.0)
    # The world is 360 degrees and 256 pixels wide at zoom 0.
    zooms = np.log2(APART_PX * 360 / 256 / nearest)
    capital = np.array([place.feature == CAPITAL for place in places], dtype=bool)
    early: NDArray[np.float64] = np.clip(zooms - CAPITALS_FROM * capital, 0.0, None)
    return early
