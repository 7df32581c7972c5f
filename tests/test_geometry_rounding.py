"""Coordinates made coarser on purpose."""

from dataclasses import replace

import shapely
from records import ALFA, reading

from geomap.geometry.rounding import rounded
from geomap.models import Movement, PlaceRef, Reading


def moved(place) -> Reading:
    plain = reading()
    movement = Movement("m", plain.movements[0].provenance, "moved", None, None, destination=(PlaceRef("x", place),))
    return Reading(plain.report, movements=(movement,))


def test_a_spot_lies_on_the_grid_and_says_so():
    place = rounded(moved(ALFA), 10_000.0).movements[0].destination[0].place
    assert place.precision_m == ALFA.precision_m + 10_000.0
    assert (place.lon, place.lat) != (ALFA.lon, ALFA.lat)
    assert abs(place.lat - ALFA.lat) < 0.05


def test_the_area_of_a_place_told_by_others_lies_on_the_grid_too():
    step = 10_000.0 / 111_320.0
    told = replace(ALFA, feature="L.LCTY", geometry=shapely.Point(ALFA.lon, ALFA.lat).buffer(0.5))
    area = rounded(moved(told), 10_000.0).movements[0].destination[0].place.geometry
    corners = shapely.get_coordinates(area) / step
    assert abs(corners - corners.round()).max() < 1e-6
    speck = replace(told, geometry=shapely.Point(ALFA.lon, ALFA.lat).buffer(1e-4))
    assert rounded(moved(speck), 10_000.0).movements[0].destination[0].place.geometry is None
