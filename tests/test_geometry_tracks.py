"""Lines measured along the road they stand for."""

from itertools import pairwise

import numpy as np
import pytest
import shapely

from geomap.errors import InputError
from geomap.geometry.geodesy import length_m
from geomap.geometry.tracks import Track, track_of
from geomap.models import How, Leg, Place, Route

LINE = shapely.LineString([(20.0, 0.0), (21.0, 0.0), (22.0, 0.0)])
WINDING = Track("a winding road", LINE, np.array([0.0, 300_000.0, 400_000.0]))


def at(lon, lat=0.0):
    return Place("t:1", "there", lon, lat, precision_m=1_000)


@pytest.mark.parametrize(("lon", "metres"), [(20.0, 0), (20.5, 150_000), (21.0, 300_000), (21.5, 350_000), (23.0, 4e5)])
def test_places_are_found_by_metres_of_road(lon, metres):
    near = at(min(lon, 22.4))
    assert WINDING.at(near) == pytest.approx(metres, abs=10)


@pytest.mark.parametrize(("first", "last"), [(0, 400_000), (150_000, 350_000), (10_000, 20_000), (300_000, 310_000)])
def test_a_part_begins_and_ends_where_it_is_asked_to(first, last):
    line = WINDING.part(first, last)
    ends = [WINDING.at(at(*xy)) for xy in (line.coords[0], line.coords[-1])]
    assert ends == pytest.approx([first, last], abs=10)


def test_parts_follow_each_other_without_gap():
    cuts = [0, 120_000, 300_000, 345_000, 400_000]
    parts = [WINDING.part(a, b) for a, b in pairwise(cuts)]
    assert sum(length_m(part) for part in parts) == pytest.approx(length_m(LINE), rel=1e-6)


def test_no_length_is_no_line():
    assert WINDING.part(1_000, 1_000).is_empty


def test_where_it_runs_in_an_area_the_longest_part_first():
    area = shapely.union(shapely.box(20.1, -1, 20.2, 1), shapely.box(20.5, -1, 20.9, 1))
    first, second = WINDING.inside(area)
    assert first == pytest.approx((150_000, 270_000), abs=50)
    assert second == pytest.approx((30_000, 60_000), abs=50)


def test_a_route_is_as_long_as_its_legs():
    legs = tuple(
        Leg(How.INFERRED, shapely.LineString([(a, 0), (a + 1, 0)]), road) for a, road in ((20, 2e5), (21, 15e4))
    )
    found = track_of(Route(legs))
    assert found.total_m == pytest.approx(350_000)
    assert found.at(at(21.5)) == pytest.approx(275_000, abs=50)


def test_what_is_known_of_a_part_is_told_by_the_line_as_drawn():
    asked = []
    track = Track("a road", LINE, np.array([0.0, 3e5, 4e5]), caveat=lambda a, b: asked.append((a, b)) or "mind the gap")
    assert track.told(150_000, 300_000) == "mind the gap"
    assert asked[0] == pytest.approx((55_660, 111_319), abs=10)


def test_a_place_far_from_the_line_is_refused():
    with pytest.raises(InputError, match="name a place near it"):
        WINDING.at(at(21.0, 2.0))
    with pytest.raises(InputError, match="no line"):
        track_of(Route(()))
