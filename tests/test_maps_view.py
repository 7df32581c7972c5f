"""What a map shows when it is opened."""

from dataclasses import replace

import pytest
import samples
from shapely.geometry import LineString, Polygon, box

from geomap.maps.payload import Story
from geomap.maps.view import story_box, view_with_margin
from geomap.models import Shape

LINE = Story(movements=[samples.movements()[0]])  # 39.008 to 40.742 east, 35.95 to 36.507 north


def told(lon: float, lat: float, side: float, **more: object):
    return samples.place("west of there", lon, lat, geometry=box(lon, lat, lon + side, lat + side), **more)


def with_end(place) -> Story:
    first = LINE.movements[0]
    return Story(movements=[first, replace(first, id="m2", route=None, origin=(samples.ref(place),), destination=())])


def test_countries_do_not_count_beside_lines():
    assert story_box(with_end(samples.IRAQ)) == story_box(LINE)


def test_a_told_region_near_the_story_is_seen():
    box_ = story_box(with_end(told(38.2, 36.0, 0.4)))
    assert box_ == pytest.approx((38.2, 35.95, 40.742, 36.507))


def test_a_told_road_is_seen_whole():
    road = LineString([(38.5, 36.9), (40.0, 37.3)])
    place = samples.place("the road", 39.2, 37.1, geometry=road.buffer(0.02), course=road, feature="R.RD")
    assert story_box(with_end(place))[3] == pytest.approx(37.32, abs=0.01)


def test_a_region_that_would_hide_the_story_is_not():
    assert story_box(with_end(told(30.0, 30.0, 12.0))) == story_box(LINE)


def test_of_many_regions_the_near_ones_are_seen():
    first = LINE.movements[0]
    ends = (samples.ref(told(30.0, 30.0, 12.0)), samples.ref(told(38.6, 36.0, 0.2)))
    made = Story(movements=[first, replace(first, id="m2", route=None, origin=ends, destination=())])
    assert story_box(made)[0] == pytest.approx(38.6)


def test_possible_parts_of_areas_count():
    sure, possible = box(39, 36, 39.5, 36.5), box(38.8, 35.8, 39.7, 36.7)
    area = replace(samples.areas()[0], shape=Shape(sure, "x", possible=possible))
    assert story_box(Story(areas=[area])) == pytest.approx(possible.bounds)
    only = replace(area, shape=Shape(Polygon(), "x", possible=possible))
    assert story_box(Story(areas=[only])) == pytest.approx(possible.bounds)


def test_regions_are_all_there_is():
    def known_only_as(place) -> Story:
        return Story(movements=[samples.movement(1, origin=(samples.ref(place),))])

    assert story_box(known_only_as(told(38.0, 36.0, 2.0))) == (38.0, 36.0, 40.0, 38.0)
    west, south, east, north = story_box(known_only_as(samples.IRAQ))
    assert west < 39.5
    assert east > 48.0
    assert (south, north) == pytest.approx((29.1, 37.4), abs=0.2)
    assert story_box(Story()) is None


@pytest.mark.parametrize(
    ("bounds", "holds"),
    [
        ((39.0, 36.0, 39.0, 36.0), (38.0, 35.0, 40.0, 37.0)),
        ((-179.0, 83.0, 179.0, 84.0), (-179.0, 83.0, 179.0, 84.0)),
        ((177.4, -18.0, 180.1, -16.8), (176.0, -19.0, 182.0, -16.0)),
        ((120.0, 0.0, 280.0, 10.0), (119.0, -10.0, 281.0, 20.0)),
        ((-100.0, 0.0, 190.0, 10.0), (-101.0, -10.0, 191.0, 20.0)),
        ((177.0, -18.0, 179.0, -16.8), (176.0, -19.0, 181.0, -16.0)),
        ((-179.5, -20.0, -175.0, -15.0), (-180.0, -21.0, -174.0, -14.0)),
    ],
)
def test_the_ground_reaches_beyond_the_story(bounds, holds):
    west, south, east, north = view_with_margin(bounds)
    assert west <= holds[0]
    assert south <= holds[1]
    assert east >= holds[2]
    assert north >= holds[3]
    assert -180 <= west < east <= west + 360
    assert east - west < 360 or (west, east) == (-180, 180)
    assert -84 <= south < north <= 84


def test_without_a_story_the_ground_is_the_world():
    assert view_with_margin(None)[::2] == (-180.0, 180.0)
