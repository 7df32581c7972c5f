from __future__ import annotations

import numpy as np
import pytest
import shapely

from geomap.maps.ground.focus import AROUND, CLOSE, CLOSE_DEG, FAR, Focus, Window, fit_zoom

VIEW = (30.0, 28.0, 50.0, 42.0)
SPOT = shapely.Point(39.0, 36.0)


def test_what_is_near_is_close_and_what_is_far_is_not():
    zones = Focus.of([SPOT], VIEW).zones(np.array([(39.0, 36.0), (39.3, 36.3), (40.5, 36.0), (48.0, 30.0)]))
    assert zones.tolist() == [CLOSE, CLOSE, AROUND, FAR]


def test_each_place_within_the_distance_is_close():
    turns = np.linspace(0, 2 * np.pi, 60)
    ring = np.column_stack([39.0 + CLOSE_DEG * np.cos(turns), 36.0 + CLOSE_DEG * np.sin(turns)])
    focus = Focus.of([SPOT], VIEW)
    assert (focus.zones(ring) == CLOSE).all()
    assert (focus.zones(ring + 4 * CLOSE_DEG) < CLOSE).all()


def test_without_a_story_all_is_far():
    focus = Focus.of([], VIEW)
    assert (focus.zones(np.random.default_rng(1).uniform((30, 28), (50, 42), (50, 2))) == FAR).all()
    assert focus.boxes() == []


def test_the_boxes_hold_what_is_around_and_do_not_overlap():
    focus = Focus.of([SPOT, shapely.Point(31.0, 29.0)], VIEW)
    boxes = [shapely.box(*box) for box in focus.boxes()]
    points = np.random.default_rng(2).uniform((30, 28), (50, 42), (3000, 2))
    near = points[focus.zones(points) > FAR]
    assert len(near) > 30
    assert shapely.contains_xy(shapely.union_all(boxes), near).all()
    assert shapely.union_all(boxes).area == pytest.approx(sum(box.area for box in boxes))
    assert all(edge % 5 == 0 for box in focus.boxes() for edge in box)


def test_longitudes_are_those_of_the_view():
    across = (170.0, -25.0, 190.0, -10.0)
    for lon in (-179.0, 181.0):
        zones = Focus.of([shapely.Point(lon, -17.0)], across).zones(np.array([(181.0, -17.0), (171.0, -17.0)]))
        assert zones.tolist() == [CLOSE, FAR]


def test_a_window_gives_its_part_of_a_box_in_its_own_longitudes():
    east = Window((-180.0, -25.0, -170.0, -10.0), 360.0)
    assert east.part((175.0, -20.0, 185.0, -15.0)) == (-180.0, -20.0, -175.0, -15.0)
    assert east.part((170.0, -20.0, 175.0, -15.0)) is None
    (moved,) = east.shifted(np.array([shapely.Point(-179.0, -17.0)]))
    assert moved.x == 181.0


def test_the_zoom_that_shows_a_story_grows_by_one_as_the_view_halves():
    assert fit_zoom((0.0, 0.0, 10.0, 5.0)) - fit_zoom((0.0, 0.0, 20.0, 5.0)) == pytest.approx(1.0)
