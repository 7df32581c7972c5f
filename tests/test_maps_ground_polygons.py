from __future__ import annotations

import numpy as np
import pytest
import shapely

from geomap.maps.ground.polygons import cut, mended, polygons

SQUARE = np.array([(0, 0), (4, 0), (4, 4), (0, 4), (0, 0)], dtype=float)


def test_a_hole_belongs_to_the_ring_before_it():
    found = polygons([(SQUARE, False), (SQUARE / 4 + 1, True), (SQUARE + 10, False)])
    assert shapely.area(found).tolist() == [15.0, 16.0]
    assert len(polygons([])) == 0


def test_cutting_keeps_one_kind_of_shape():
    corner = shapely.box(4, 4, 8, 8)
    found = cut(np.array([*polygons([(SQUARE, False)]), corner]), (2.0, 2.0, 4.0, 4.0), 3)
    assert shapely.area(found).tolist() == [4.0]


def test_a_ring_that_crosses_itself_is_mended():
    bow = np.array([(0, 0), (4, 4), (4, 0), (0, 4), (0, 0)], dtype=float)
    whole = mended(polygons([(bow, False), (SQUARE + 10, False)]))
    assert shapely.is_valid(whole).all()
    assert set(shapely.get_type_id(whole)) == {3}
    assert shapely.area(whole).sum() == pytest.approx(8.0 + 16.0)
