from __future__ import annotations

import numpy as np
import pytest
import shapely

from geomap.geometry.borders import border
from geomap.maps.ground.basemap import clip
from geomap.maps.ground.borders import NEAR_DEG, close_borders
from geomap.maps.ground.store import SCALE

NONE = np.array([], dtype=object)


def drawn(payload: dict, layer: str) -> shapely.Geometry:
    lines = [line / SCALE for line in payload["layers"][layer]]
    return shapely.MultiLineString(lines)


@pytest.mark.parametrize(
    ("pair", "box"),
    [
        (("SY", "IQ"), (38.0, 32.0, 44.0, 38.0)),
        (("ML", "NE"), (-2.0, 12.0, 6.0, 20.0)),
        (("RW", "CD"), (28, -4, 31, 0)),
        (("EG", "SD"), (24.0, 18.0, 32.0, 26.0)),  # a parallel, without a vertex in common
    ],
)
def test_the_drawn_border_is_the_one_that_strips_are_built_on(pair, box):
    inside = shapely.clip_by_rect(border(*pair), *box)
    lines = shapely.union_all([drawn(clip(box), layer) for layer in ("borders", "disputed")])
    # Simplified twice by a ten-thousandth of the view's side, and rounded.
    side = max(box[2] - box[0], box[3] - box[1])
    assert shapely.length(inside) > 0.5
    assert shapely.difference(inside, shapely.buffer(lines, 3e-4 * side)).length < 1e-6


def test_a_disputed_line_takes_the_border_beside_it_and_only_there():
    box = (38.0, 32.0, 44.0, 38.0)
    whole, kept = close_borders(box, NONE, 1e-3)
    assert len(kept) == 0
    line = border("SY", "IQ")
    middle = shapely.line_interpolate_point(max(shapely.get_parts(line), key=shapely.length), 0.5, normalized=True)
    beside = shapely.LineString([(middle.x - 0.1, middle.y), (middle.x + 0.1, middle.y)])
    alone = shapely.LineString([(38.5, 32.6), (38.9, 32.6)])
    firm, disputed = close_borders(box, np.array([beside, alone], dtype=object), 1e-3)
    assert shapely.length(firm).sum() < shapely.length(whole).sum()
    doubtful = shapely.union_all(disputed)
    assert doubtful.distance(middle) < 2e-3
    assert shapely.length(shapely.intersection(doubtful, shapely.buffer(alone, 1e-6))) == pytest.approx(alone.length)
    assert shapely.distance(shapely.union_all(firm), middle) > NEAR_DEG * 0.9


def test_nothing_is_lost_between_the_two():
    box = (33.0, 29.0, 38.0, 34.0)
    whole, _ = close_borders(box, NONE, 1e-3)
    wide = clip((24.0, 12.0, 64.0, 44.0))
    firm, disputed = close_borders(box, shapely.get_parts(shapely.clip_by_rect(drawn(wide, "disputed"), *box)), 1e-3)
    both = shapely.buffer(shapely.union_all([*firm, *disputed]), 1e-6)
    assert shapely.difference(shapely.union_all(whole), both).length < 1e-6


def test_close_views_name_their_source_and_wide_ones_do_not():
    assert "osm-borders" in clip((38.0, 32.0, 44.0, 38.0))["attribution"]
    assert "osm-borders" not in clip((24.0, 12.0, 64.0, 44.0))["attribution"]
    assert "osm-borders" not in clip((-30.0, 20.0, -29.0, 21.0))["attribution"]
