"""The ground of the still picture: fewer layers than the page's, in few characters."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import numpy as np
import shapely

from geomap.maps.packing import SCALE
from geomap.maps.still.frame import Labels, path, width_of, written

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from geomap.maps.still.frame import Frame
    from geomap.maps.values import Json

    Lines = dict[str, list[NDArray[np.int64]]]

__all__ = ["BUDGET", "ground", "names"]

BUDGET = 16_000
"""Most characters of the ground's lines; its names take some 6,000 more."""
FINEST_PX, COARSEST_PX = 0.6, 12.0
LEAST_PX = {"land": 3.0, "lakes": 5.0, "rivers": 40.0, "roads": 12.0}
LOOSENESS = {"rivers": 1.5, "roads": 1.5}
SPARED = ("rivers", "roads")
"""What goes first where the budget does not hold all."""
TOWNS, TOWN_PX, COUNTRY_PX, SEA_PX = 60, (12.0, 11.0, 10.5, 10.5), 12.0, 11.5
BAND = ' fill="none" stroke="#E9E2D5" stroke-width="4.5"'
_LOOKS = {
    "land": (' fill="#F4F1EA" fill-rule="evenodd"',),
    "rivers": (' fill="none" stroke="#9FB9C4" stroke-width=".8"',),
    "lakes": (' fill="#C3D6DE" fill-rule="evenodd"',),
    "roads": (' fill="none" stroke="#D8CCB6" stroke-width="1.1"',),
    "borders": (BAND, ' fill="none" stroke="#8F8778" stroke-dasharray="8 3 2 3"'),
    "disputed": (BAND, ' fill="none" stroke="#8F8778" stroke-dasharray="1.5 3.5"'),
}


def ground(frame: Frame, base: Json) -> str:
    """Return land, water, roads and borders as SVG paths, as fine as the budget allows."""
    layers = cast("Lines", base.get("layers", {}))
    shapes = {name: _shapes(layers.get(name, []), name) for name in _LOOKS}
    tolerance = FINEST_PX
    while True:
        paths = {name: _path(frame, found, name, tolerance) for name, found in shapes.items()}
        size = sum(len(paths[name]) * len(_LOOKS[name]) for name in paths)
        if size <= BUDGET or tolerance > COARSEST_PX:
            break
        tolerance *= 1.5
        if tolerance > 1.5:  # a sketch is better without what makes it busy
            shapes |= {name: found[:0] for name, found in shapes.items() if name in SPARED}
    return "".join(
        f'<path d="{paths[name]}"{look}/>' for name, looks in _LOOKS.items() if paths[name] for look in looks
    )


def _shapes(lines: list[NDArray[np.int64]], name: str) -> NDArray[np.object_]:
    made = [shapely.linestrings(line / SCALE) for line in lines if len(line) > 1]
    if name in {"land", "lakes"}:
        made = [shapely.polygons(line / SCALE) for line in lines if len(line) > 3]
    return np.array(made, dtype=object)


def _path(frame: Frame, shapes: NDArray[np.object_], name: str, tolerance: float) -> str:
    if not len(shapes):
        return ""
    filled = name in {"land", "lakes"}
    parts = frame.drawn(shapes, tolerance * LOOSENESS.get(name, 1.0))
    parts = parts[~shapely.is_empty(parts)]
    if filled:
        parts = shapely.get_rings(parts[shapely.get_type_id(parts) == 3])
    box = shapely.bounds(parts).reshape(-1, 4)
    parts = parts[np.hypot(box[:, 2] - box[:, 0], box[:, 3] - box[:, 1]) >= LEAST_PX.get(name, 0.0)]
    return "".join(path(shapely.get_coordinates(part), closed=filled) for part in parts)


def names(frame: Frame, base: Json, labels: Labels, told: set[str]) -> str:
    """Return the names of countries, seas and larger towns where there is room, without those told already."""
    return "".join([*_wide(frame, base, labels), *_towns(frame, base, labels, told)])


def _wide(frame: Frame, base: Json, labels: Labels) -> Iterator[str]:
    for label in cast("list[Json]", base.get("labels", [])):
        kind, name = label["k"], str(label["n"])
        if kind not in {"country", "sea", "lake"}:
            continue
        size = COUNTRY_PX if kind == "country" else SEA_PX
        words = name.upper() if kind == "country" else name
        wide = width_of(words, size) + (len(words) * 3 if kind == "country" else 0)
        look = ' letter-spacing="3"' if kind == "country" else ' font-style="italic"'
        for lon, lat, room in np.reshape(cast("list[int]", label["at"]), (-1, 3)) / SCALE:
            x, y = frame.spot(lon, lat)
            box = (x - wide / 2, y - size, x + wide / 2, y + size / 2)
            if (room and wide / 2 > 2 * room * frame.scale) or not labels.free(box):
                continue
            labels.take(box)
            fill = "#8A8272" if kind == "country" else "#5E7F8C"
            yield written(x, y + size / 3, words, size=size, fill=fill, anchor="middle", more=look)
            break


def _towns(frame: Frame, base: Json, labels: Labels, told: set[str]) -> Iterator[str]:
    shown = 0
    for town in cast("list[Json]", base.get("towns", [])):
        x, y = frame.spot(cast("int", town["x"]) / SCALE, cast("int", town["y"]) / SCALE)
        near = frame.holds(x, y) and str(town["n"]) not in told
        if not near or shown >= TOWNS or not labels.free((x - 2, y - 2, x + 2, y + 2), over_lines=True):
            continue
        rank = cast("int", town["r"])
        fill = "#4A453B" if rank == 0 else "#6E6758"
        name = labels.name(x, y, [(str(town["n"]), TOWN_PX[rank], fill, "")], gap=5)
        if name:
            shown += 1
            yield f'<circle cx="{x}" cy="{y}" r="1.7" fill="#8A8272"/>{name}'
