from __future__ import annotations

import numpy as np

from geomap.maps.ground.store import SCALE, pack, unpack


def test_blocks_come_back_as_they_were_packed():
    ring = np.array([[0, 0], [1_800_000, -900_000], [3, 4], [0, 0]], dtype=np.int32)
    hole = np.array([[-5, 7], [70_000, 1]], dtype=np.int32)
    back = unpack(pack([(ring, False), (hole, True)]))
    assert [is_hole for _, is_hole in back] == [False, True]
    np.testing.assert_allclose(back[0][0] * SCALE, ring, atol=1e-6)
    np.testing.assert_allclose(back[1][0] * SCALE, hole, atol=1e-6)
