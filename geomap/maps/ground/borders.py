"""The country borders of close views: those that strips and outlines are built on, so that both agree to the metre."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

from geomap.maps.ground.detail import FINEST_DEG
from geomap.maps.ground.focus import side_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geomap.maps.ground.focus import Focus
    from geomap.maps.ground.store import Bounds

    Shapes = NDArray[np.object_]

__all__ = ["NEAR_DEG", "borders_of", "close_borders"]

CLOSE_TO_DEG = 25.0
"""Views up to this wide draw everywhere the borders that areas are built on, others around the story."""
NEAR_DEG = 0.1
"""Two surveys of one border lie within this of each other, about 10 km; beyond it they are two lines. Assumed."""
COARSE_SOURCE, CLOSE_SOURCE = "natural-earth-borders", "osm-borders"


def borders_of(focus: Focus, borders: Shapes, disputed: Shapes) -> tuple[Shapes, Shapes, set[str]]:
    """Return the borders of a view, the disputed ones apart, and the keys of their sources.

    Parameters
    ----------
    focus
        Where the story is in the view.
    borders, disputed
        The coarser map's lines in the view, which are kept away from the story in wide views.
    """
    view = focus.view
    # No land border is near the antimeridian.
    close = side_of(view) <= CLOSE_TO_DEG
    boxes = [view] if close else focus.boxes()
    boxes = [box for box in (_meet(box, view) for box in boxes) if box and box[2] <= 180]
    near = [close_borders(box, _within(disputed, box), FINEST_DEG / 2) for box in boxes]
    hole = shapely.union_all([shapely.box(*box) for box in boxes])
    far = [_parts(shapely.difference(lines, hole)) if len(lines) else lines for lines in (borders, disputed)]
    firm = np.concatenate([far[0], *(found[0] for found in near)])
    doubtful = np.concatenate([far[1], *(found[1] for found in near)])
    sources = {COARSE_SOURCE} if any(map(len, far)) else set()
    sources |= {CLOSE_SOURCE} if any(len(lines) for found in near for lines in found) else set()
    return _merged(firm), _merged(doubtful), sources


def _meet(box: Bounds, view: Bounds) -> Bounds | None:
    cut = (max(box[0], view[0]), max(box[1], view[1]), min(box[2], view[2]), min(box[3], view[3]))
    return cut if cut[0] < cut[2] and cut[1] < cut[3] else None


def _within(lines: Shapes, box: Bounds) -> Shapes:
    return _parts(shapely.clip_by_rect(lines, *box)) if len(lines) else lines


def _merged(lines: Shapes) -> Shapes:
    """Return lines joined end to end, so that those cut at the edge of a box go on beyond it."""
    return _parts(shapely.line_merge(shapely.multilinestrings(lines))) if len(lines) else lines


def close_borders(box: Bounds, disputed: Shapes, tolerance: float) -> tuple[Shapes, Shapes]:
    """Return the land borders in a box and, of these, the ones in dispute apart, as lines in EPSG:4326.

    Parameters
    ----------
    box
        West, south, east and north in degrees.
    disputed
        The coarser map's lines of disputed status: a border near them is in dispute. Those with no border near, such
        as a front that is nobody's border, are kept as they are.
    tolerance
        How far in degrees a simplified line may stray.
    """
    arcs = _parts(shapely.simplify(shapely.clip_by_rect(_land_borders(box), *box), tolerance))
    lines = _merged(arcs)
    if not len(disputed):
        return lines, disputed
    zone = _around(disputed)
    shapely.prepare(zone)
    near = shapely.intersects(zone, lines)
    doubtful = _parts(shapely.intersection(lines[near], zone))
    firm = np.concatenate([lines[~near], _parts(shapely.difference(lines[near], zone))])
    if len(doubtful):
        disputed = _parts(shapely.difference(disputed, _around(doubtful)))
    return firm, np.concatenate([doubtful, disputed])


def _land_borders(box: Bounds) -> Shapes:
    """Return the borders on land between all countries whose own boxes touch a box, joined where they draw apart."""
    from geomap.geometry.borders import border, load_borders

    data = load_borders()
    corners = np.array(box) * 1e5
    touch = np.all((data.boxes[:, :2] <= corners[2:]) & (data.boxes[:, 2:] >= corners[:2]), axis=1)
    touching = np.unique(data.rings[touch, 0])
    owners = data.arc_owners[(data.arc_owners[:, 1] > 0) & (data.arc_owners[:, 2] == 0), :2]
    pairs = np.unique(owners[np.isin(owners, touching).all(axis=1)], axis=0)
    lines = [shapely.get_parts(border(data.codes[a], data.codes[b])) for a, b in pairs.tolist()]
    return np.concatenate([np.empty(0, dtype=object), *lines])


def _around(lines: Shapes) -> shapely.Geometry:
    coarse = shapely.simplify(lines, NEAR_DEG / 5)
    return shapely.union_all(shapely.buffer(coarse, NEAR_DEG, quad_segs=2))


def _parts(shapes: Shapes) -> Shapes:
    parts = shapely.get_parts(shapely.get_parts(shapes))
    kept: Shapes = parts[(shapely.get_type_id(parts) == 1) & ~shapely.is_empty(parts)]
    return kept
