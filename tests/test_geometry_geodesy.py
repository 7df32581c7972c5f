import math

import numpy as np
import pytest
import shapely
from shapely.geometry import LineString, Point

from geomap.geometry import geodesy


def test_degree_of_the_equator_is_its_known_length():
    assert geodesy.distance_m(0, 0, 1, 0) == pytest.approx(111_319.49, abs=0.01)
    assert geodesy.length_m(LineString([(0, 0), (1, 0)])) == pytest.approx(111_319.49, abs=0.01)


def test_bearing_and_destination_undo_each_other():
    lon, lat = geodesy.destination(38.0, 36.0, 57.0, 12_345.0)
    assert geodesy.distance_m(38.0, 36.0, lon, lat) == pytest.approx(12_345.0, abs=0.01)
    assert geodesy.bearing(38.0, 36.0, lon, lat) == pytest.approx(57.0, abs=1e-6)


@pytest.mark.parametrize("lat", [0.0, 36.0, 68.0, -50.0])
def test_buffer_of_a_point_is_a_circle_of_that_radius(lat):
    disc = geodesy.buffer_m(Point(20.0, lat), 10_000.0)
    rim = shapely.get_coordinates(disc)
    radii = [geodesy.distance_m(20.0, lat, x, y) for x, y in rim]
    assert np.allclose(radii, 10_000.0, atol=5.0)
    assert geodesy.area_m2(disc) == pytest.approx(math.pi * 1e8, rel=0.005)


def test_buffer_of_a_long_line_is_as_wide_everywhere():
    line = LineString([(30.0, 40.0), (40.0, 40.0)])
    strip = geodesy.buffer_m(line, 30_000.0)
    for lon in (31.0, 33.3, 35.0, 38.7):
        at = Point(lon, 40.0)
        inside = geodesy.destination(at.x, at.y, 0.0, 29_500.0)
        outside = geodesy.destination(at.x, at.y, 0.0, 30_500.0)
        assert strip.covers(Point(inside))
        assert not strip.covers(Point(outside))


def test_the_area_of_a_box_is_that_between_its_parallels():
    """Edges along a parallel are no geodesics; the closed form is Snyder's equal-area q (1987, eq. 3-12)."""
    e2 = geodesy.ellipsoid().es
    e = math.sqrt(e2)

    def q(lat):
        s = math.sin(math.radians(lat))
        return (1 - e2) * (s / (1 - e2 * s * s) + math.atanh(e * s) / e)

    exact = geodesy.ellipsoid().a ** 2 / 2 * math.radians(40.0) * (q(60.0) - q(49.0))
    assert geodesy.area_m2(shapely.box(-120.0, 49.0, -80.0, 60.0)) == pytest.approx(exact, rel=1e-5)


def test_a_buffer_across_the_antimeridian_stays_in_one_piece():
    disc = geodesy.buffer_m(Point(179.9, -16.5), 50_000.0)
    assert disc.geom_type == "Polygon"
    assert disc.bounds[2] > 180.0
    assert geodesy.area_m2(disc) == pytest.approx(math.pi * 2.5e9, rel=0.003)


def test_a_buffer_along_a_parallel_is_as_wide_as_along_any_line():
    """The border on the 49th parallel is one edge a thousand kilometres long, and no geodesic."""
    strip = geodesy.buffer_m(LineString([(-120.0, 49.0), (-100.0, 49.0)]), 10_000.0)
    for lon in (-118.0, -110.0, -103.3):
        assert strip.covers(Point(geodesy.destination(lon, 49.0, 180.0, 9_950.0)))
        assert not strip.covers(Point(geodesy.destination(lon, 49.0, 180.0, 10_050.0)))


def test_a_plane_keeps_distances_and_bearings_from_its_point():
    plane = geodesy.Plane(179.5, 65.0)
    there = plane.there(np.array([geodesy.destination(179.5, 65.0, 60.0, 80_000.0)]))
    assert np.hypot(*there[0]) == pytest.approx(80_000.0, abs=0.1)
    assert plane.back(there)[0, 0] > 180.0


def test_negative_buffer_is_refused():
    with pytest.raises(ValueError, match="-5"):
        geodesy.buffer_m(Point(0, 0), -5.0)


def test_cut_and_locate_measure_along_the_line():
    line = LineString([(0, 0), (1, 0), (1, 1)])
    part = geodesy.cut(line, 50_000.0, 150_000.0)
    assert geodesy.length_m(part) == pytest.approx(100_000.0, abs=1.0)
    along, off = geodesy.locate(line, 0.5, 0.01)
    assert along == pytest.approx(55_660.0, abs=50.0)
    assert off == pytest.approx(1_113.0, abs=10.0)


def test_arc_across_the_antimeridian_stays_in_one_piece():
    points = shapely.get_coordinates(geodesy.arc(170.0, 10.0, -170.0, 10.0))
    assert np.abs(np.diff(points[:, 0])).max() < 5.0
    assert points[-1, 0] == pytest.approx(190.0)


def test_many_lines_and_areas_are_measured_as_each_alone():
    lines = [LineString([(0, 0), (1, 0), (1, 2)]), LineString([(179, 10), (181, 12)]), LineString([(5, 5), (5.1, 5)])]
    assert geodesy.lengths_m(lines) == pytest.approx([geodesy.length_m(line) for line in lines], rel=1e-12)
    holed = shapely.Polygon(shapely.box(0, 0, 2, 2).exterior.coords, [shapely.box(0.5, 0.5, 1, 1).exterior.coords])
    shapes = [
        holed,
        shapely.MultiPolygon([shapely.box(3, 3, 4, 4), shapely.box(5, 5, 6, 6)]),
        lines[0],
        shapely.box(9, 9, 9.1, 9.1),
    ]
    assert geodesy.areas_m2(shapes) == pytest.approx([geodesy.area_m2(shape) for shape in shapes], rel=1e-12)
    assert geodesy.areas_m2(shapes)[0] == pytest.approx(
        geodesy.area_m2(shapely.box(0, 0, 2, 2)) - geodesy.area_m2(shapely.box(0.5, 0.5, 1, 1)), rel=1e-9
    )
    assert list(geodesy.lengths_m([])) == []
    assert list(geodesy.areas_m2([])) == []
