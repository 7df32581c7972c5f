"""Coordinates made coarser on purpose."""

from dataclasses import replace

import numpy as np
import shapely
from records import ALFA, reading

from geomap.geometry.rounding import rounded
from geomap.models import Movement, Place, PlaceRef, Reading


def moved(place) -> Reading:
    plain = reading()
    movement = Movement("m", plain.movements[0].provenance, "moved", None, None, destination=(PlaceRef("x", place),))
    return Reading(plain.report, movements=(movement,))


def test_a_spot_lies_on_the_grid_and_says_so():
    place = rounded(moved(ALFA), 10_000.0).movements[0].destination[0].place
    assert place.precision_m == ALFA.precision_m + 10_000.0
    assert (place.lon, place.lat) != (ALFA.lon, ALFA.lat)
    assert abs(place.lat - ALFA.lat) < 0.05


def on_grid(points, metres: float) -> bool:
    """Whether points lie on rows so many metres apart, and in each row so many metres from each other."""
    row = metres / 111_320.0
    across = row / np.cos(np.radians(points[:, 1]))
    nodes = points / np.column_stack([across, np.full(len(points), row)])
    return bool(abs(nodes - nodes.round()).max() < 1e-3)


def test_the_area_of_a_place_told_by_others_lies_on_the_grid_too():
    told = replace(ALFA, feature="L.LCTY", geometry=shapely.Point(ALFA.lon, ALFA.lat).buffer(0.5))
    area = rounded(moved(told), 10_000.0).movements[0].destination[0].place.geometry
    assert on_grid(shapely.get_coordinates(area), 10_000.0)
    speck = replace(told, geometry=shapely.Point(ALFA.lon, ALFA.lat).buffer(1e-4))
    assert rounded(moved(speck), 10_000.0).movements[0].destination[0].place.geometry is None


def test_the_id_of_a_place_told_by_others_holds_no_finer_position():
    told = replace(ALFA, id="relation:north-of-alfa@50.123,10.457", lat=50.123, lon=10.457)
    place = rounded(moved(told), 10_000.0).movements[0].destination[0].place
    assert place.id == f"relation:north-of-alfa@{place.lat:.2f},{place.lon:.2f}"


def test_lines_crossings_and_shapes_lie_on_the_grid_and_lines_still_hang_together():
    coarse = rounded(reading(), 2_000.0)
    route = next(m.route for m in coarse.movements if m.route)
    lines = [shapely.get_coordinates(leg.geometry) for leg in route.legs]
    assert all(on_grid(line, 2_000.0) for line in lines)
    assert lines[0][-1].tolist() == lines[1][0].tolist()
    assert on_grid(np.array([[one.lon, one.lat] for one in route.crossings]), 2_000.0)
    assert {leg.length_m % 2_000 for leg in route.legs} == {0.0}
    shape = next(area.shape for area in coarse.areas if area.shape)
    assert on_grid(shapely.get_coordinates(shape.geometry), 2_000.0)


def test_what_shrinks_to_nothing_is_left_out_and_said():
    plain = reading()
    coarse = rounded(plain, 400_000.0)
    assert not any(m.route.legs for m in coarse.movements if m.route)
    assert any("smaller than the grid of 400 km" in issue.message for issue in coarse.issues)
    assert len(coarse.movements) == len(plain.movements)


def test_a_position_given_in_numbers_is_named_by_the_rounded_ones():
    given = Place("coordinates:36.69812,38.95634", "36.69812, 38.95634", 38.95634, 36.69812, precision_m=10.0)
    plain = moved(given)
    told = replace(plain.movements[0], destination=(PlaceRef(given.name, given, "36.69812, 38.95634 as written"),))
    (ref,) = rounded(replace(plain, movements=(told,)), 1_000.0).movements[0].destination
    assert not any(number in repr(ref) for number in ("36.698", "38.956", "as written"))
    assert ref.text == ref.place.name == "36.696, 38.954"


def test_places_near_the_antimeridian_stay_on_the_earth():
    place = rounded(moved(replace(ALFA, lon=179.99999, lat=10.0)), 30_000.0).movements[0].destination[0].place
    assert -180 <= place.lon <= 180
