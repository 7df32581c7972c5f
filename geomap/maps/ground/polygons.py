"""Polygons out of stored rings, and shapes cut to a box."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from geomap.maps.ground.store import Bounds

    Shapes = NDArray[np.object_]

__all__ = ["cut", "mended", "polygons"]


def cut(shapes: Shapes, box: Bounds, kind: int) -> Shapes:
    """Return the parts of shapes within a box that are of one type, 1 lines or 3 polygons."""
    shapes = shapely.get_parts(shapes)
    edges = shapely.bounds(shapes).reshape(-1, 4)
    whole = np.all((edges >= [*box[:2], *box[:2]]) & (edges <= [*box[2:], *box[2:]]), axis=1)
    cut = shapely.get_parts(shapely.get_parts(shapely.clip_by_rect(shapes[~whole], *box)))
    found = np.concatenate([shapes[whole], cut])
    kept: Shapes = found[(shapely.get_type_id(found) == kind) & ~shapely.is_empty(found)]
    return kept


def polygons(rings: Sequence[tuple[NDArray[np.float64], bool]]) -> Shapes:
    """Return polygons of rings, of which each says whether it is a hole of the last that is none."""
    if not rings:
        return np.array([], dtype=object)
    ring = np.repeat(np.arange(len(rings)), [len(vertices) for vertices, _ in rings])
    closed = shapely.linearrings(np.concatenate([vertices for vertices, _ in rings]), indices=ring)
    # A ring that is no hole begins the next polygon.
    found: Shapes = shapely.polygons(closed, indices=np.cumsum([not hole for _, hole in rings]) - 1)
    return found


def mended(shapes: Shapes) -> Shapes:
    """Return polygons of which all are valid: rounding may have made a ring touch itself."""
    valid = shapely.is_valid(shapes)
    if valid.all():
        return shapes
    parts = shapely.get_parts(shapely.get_parts(shapely.make_valid(shapes[~valid])))
    whole: Shapes = np.concatenate([shapes[valid], parts[shapely.get_type_id(parts) == 3]])
    return whole
