"""Areas that are all a report says of where."""

import pytest
import samples
import shapely

from geomap.maps import regions as module
from geomap.maps.payload import Story
from geomap.maps.regions import known_only_as, main_part, regions

VALLEY = samples.place("Green Valley", 40.0, 36.0, feature="L.RGN", precision_m=80_000.0)
ISLES = shapely.MultiPolygon(
    [shapely.box(39, 35, 41, 37), shapely.box(170, 35, 171, 36), shapely.box(41.5, 35, 41.501, 35.001)]
)


@pytest.fixture
def outlined(monkeypatch):
    """Give the valley and Iraq the same outline, and no other place one."""
    known = {VALLEY.id: ISLES, samples.IRAQ.id: ISLES}
    monkeypatch.setattr(module, "outline", lambda place: known.get(place.id))


def test_an_undrawn_movement_is_known_only_by_its_areas():
    movement = samples.movement(1, origin=(samples.ref(VALLEY),), destination=(samples.ref(samples.IRAQ),))
    assert known_only_as([movement, movement], []) == (VALLEY, samples.IRAQ)
    assert known_only_as([samples.movement(1, origin=(samples.ref(samples.RAQQA),))], []) == ()


def test_a_line_into_a_country_says_it_better():
    _, into_iraq, *_ = samples.movements()
    assert known_only_as([into_iraq], []) == ()


def test_a_place_told_by_others_is_shown_as_the_area_that_holds_it():
    sector = shapely.box(39.0, 36.1, 39.2, 36.3)
    told = samples.place("20 km north of Raqqa", 39.1, 36.2, feature="L.LCTY", geometry=sector)
    movement = samples.movement(1, destination=(samples.ref(told),))
    assert known_only_as([movement], []) == (told,)
    (region,) = regions([told], (38.0, 34.0, 42.0, 38.0))
    assert region.geometry.equals(sector)
    assert told.is_spread
    assert not told.is_area


def test_outlines_are_cut_to_the_surroundings_of_the_view(outlined):
    (region,) = regions([VALLEY, samples.RAQQA], (38.0, 34.0, 42.0, 38.0))
    assert region.place is VALLEY
    assert region.geometry.bounds == pytest.approx((39, 35, 41, 37)), "the far part and the speck are left out"
    assert region.cut


def test_outlines_are_no_finer_than_the_view_shows(monkeypatch):
    circle = shapely.Point(40, 36).buffer(1.0, quad_segs=2000)
    monkeypatch.setattr(module, "outline", lambda place: circle)
    (region,) = regions([VALLEY], (38.0, 34.0, 42.0, 38.0))
    assert shapely.get_num_coordinates(region.geometry) < 200
    assert region.geometry.area == pytest.approx(circle.area, rel=0.01)


def test_where_nothing_else_is_known_the_view_shows_the_region_before_the_country(outlined):
    assert main_part(VALLEY).bounds == (39, 35, 41, 37)
    story = Story(movements=[samples.movement(1, origin=(samples.ref(VALLEY),))])
    assert story.bounds() == (39, 35, 41, 37)
    story.movements.append(samples.movement(2, origin=(samples.ref(samples.RAQQA),)))
    assert story.bounds() == pytest.approx((39.008, 35.95, 39.008, 35.95)), "a spot counts for more"


def test_a_region_across_the_antimeridian_is_one_piece():
    across = shapely.MultiPolygon([shapely.box(178, -19, 180, -16), shapely.box(-180, -19, -178, -16)])
    told = samples.place("the strait", 179.0, -17.0, geometry=across)
    (east,) = regions((told,), (170.0, -25.0, 190.0, -10.0))
    (west,) = regions((told,), (-190.0, -25.0, -170.0, -10.0))
    assert east.geometry.bounds == (178.0, -19.0, 182.0, -16.0)
    assert west.geometry.bounds == (-182.0, -19.0, -178.0, -16.0)
    assert len(east.geometry.geoms) == 1
    assert not east.cut


def test_a_told_road_is_a_thin_region_however_large_the_map():
    road = shapely.LineString([(39.0, 36.0), (39.2, 36.1), (39.3, 36.05)])
    strip = road.buffer(0.002)
    told = samples.place("the road", 39.1, 36.05, feature="R.RD", geometry=strip, course=road)
    (region,) = regions((told,), (-10.0, 0.0, 80.0, 60.0))
    assert region.geometry.area == pytest.approx(strip.area, rel=0.1)
    assert region.geometry.hausdorff_distance(strip) < 0.001
    assert region.narrow, "its outline is drawn"
    (wide,) = regions((samples.place("the hills", 39.1, 36.05, geometry=road.buffer(0.1)),), (30.0, 30.0, 50.0, 40.0))
    assert not wide.narrow
