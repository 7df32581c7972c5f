"""Stories across the antimeridian: one piece, in the smallest box."""

from dataclasses import replace

import pytest
import samples
import shapely
from shapely.geometry import LineString, MultiPolygon, Polygon, box

from geomap.maps.payload import Story
from geomap.maps.unwrapping import shifted_to, unwrapped, western_edge
from geomap.models import Crossing, How, Leg, Route, Shape

NADI = samples.place("Nadi", 177.4, -17.8, country="FJ")
TAVEUNI = samples.place("Taveuni", -179.9, -16.8, country="FJ")
ANADYR = samples.place("Anadyr", 177.5, 64.7, country="RU")
UELEN = samples.place("Uelen", -169.8, 66.2, country="RU")
ATTU, ADAK = samples.place("Attu", 173.2, 52.9, country="US"), samples.place("Adak", -176.6, 51.9, country="US")
GUAM, OAHU = samples.place("Guam", 144.8, 13.4, country="GU"), samples.place("Oahu", -157.9, 21.4, country="US")


def moving(*legs, origin, destination, **values) -> Story:
    route = Route(tuple(Leg(How.SCHEMATIC, LineString(points), 1e6) for points in legs), **values)
    ends = {"origin": (samples.ref(origin),), "destination": (samples.ref(destination),)}
    return Story(movements=[samples.movement(1, route=route, **ends)])


def straight(one, other) -> Story:
    return moving([(one.lon, one.lat), (other.lon, other.lat)], origin=one, destination=other)


@pytest.mark.parametrize(
    ("one", "other", "west", "east"),
    [
        (NADI, TAVEUNI, 177.4, 180.1),
        (TAVEUNI, NADI, 177.4, 180.1),
        (ANADYR, UELEN, 177.5, 190.2),
        (ATTU, ADAK, 173.2, 183.4),
        (GUAM, OAHU, 144.8, 202.1),
    ],
)
def test_a_line_takes_the_short_way_in_one_piece(one, other, west, east):
    made = unwrapped(straight(one, other))
    assert made.bounds()[::2] == pytest.approx((west, east))
    (movement,) = made.movements
    points = shapely.get_coordinates(movement.route.legs[0].geometry)
    ends = [movement.origin[0].place.lon, movement.destination[0].place.lon]
    assert points[:, 0].tolist() == pytest.approx(ends), "the line still ends at its places"


def test_a_story_elsewhere_is_the_very_same():
    made = Story(movements=list(samples.movements()), areas=list(samples.areas()))
    assert unwrapped(made) is made
    wide = straight(samples.place("Lisbon", -9.1, 38.7), samples.place("Tokyo", 139.7, 35.7))
    assert unwrapped(wide) is wide


def test_a_story_wider_than_half_the_world_is_not_cut_in_two():
    lima, perth = samples.place("Lima", -77.0, -12.0), samples.place("Perth", 115.9, -32.0)
    made = moving([(-77.0, -12.0), (18.4, -33.9), (115.9, -32.0)], origin=lima, destination=perth)
    west, _, east, _ = unwrapped(made).bounds()
    assert (west, east) == pytest.approx((-77.0, 115.9))


def test_legs_and_crossings_follow_on_each_other():
    crossing = Crossing("Date line", ("RU", "US"), -179.0, 65.0, 9e4)
    made = moving(
        [(177.5, 64.7), (180.0, 65.0)],
        [(-180.0, 65.0), (-169.8, 66.2)],
        origin=ANADYR,
        destination=UELEN,
        crossings=(crossing,),
    )
    (movement,) = unwrapped(made).movements
    (one, other) = (shapely.get_coordinates(leg.geometry) for leg in movement.route.legs)
    assert one[-1].tolist() == other[0].tolist() == [180.0, 65.0]
    assert movement.route.crossings[0].lon == pytest.approx(181.0)


def test_a_convoy_round_many_vertices_runs_on():
    points = [(lon if lon <= 180 else lon - 360, 30.0) for lon in range(150, 240, 5)]
    made = unwrapped(moving(points, origin=GUAM, destination=OAHU))
    line = shapely.get_coordinates(made.movements[0].route.legs[0].geometry)
    assert line[:, 0].tolist() == list(range(150, 240, 5))


@pytest.mark.parametrize(
    "shape",
    [
        MultiPolygon([box(178, -19, 180, -16), box(-180, -19, -178, -16)]),
        Polygon([(178, -19), (-178, -19), (-178, -16), (178, -16)]),
        box(178, -19, 182, -16),
    ],
)
def test_a_band_across_is_one_polygon(shape):
    area = replace(samples.areas()[0], shape=Shape(shape, "a band", possible=shape))
    made = unwrapped(Story(areas=[area]))
    found = made.areas[0].shape
    assert found.geometry.geom_type == found.possible.geom_type == "Polygon"
    assert found.geometry.bounds == pytest.approx((178, -19, 182, -16))
    assert found.geometry.area == pytest.approx(12.0)


def test_rings_with_holes_stay_whole():
    outer = [(178, -19), (-178, -19), (-178, -16), (178, -16)]
    hole = [(-179.5, -18), (-179, -18), (-179, -17), (-179.5, -17)]
    area = replace(samples.areas()[0], shape=Shape(Polygon(outer, [hole]), "a band"))
    (found,) = unwrapped(Story(areas=[area])).areas
    assert found.shape.geometry.area == pytest.approx(11.5)


def test_told_places_and_spots_lie_beside_the_line():
    told = samples.place("off Taveuni", -179.5, -17.0, geometry=box(-179.8, -17.2, -179.2, -16.8))
    made = straight(NADI, TAVEUNI)
    made.incidents = [replace(samples.incidents()[0], places=(samples.ref(told), samples.ref(TAVEUNI)))]
    made.places = [TAVEUNI]
    made = unwrapped(made)
    first, second = (ref.place for ref in made.incidents[0].places)
    assert first.lon == pytest.approx(180.5)
    assert first.geometry.bounds[0] == pytest.approx(180.2)
    assert second is made.places[0], "a place stays one place"
    assert second.lon == pytest.approx(180.1)


@pytest.mark.parametrize(
    ("extents", "west"),
    [
        ([], -180.0),
        ([(10.0, 20.0)], 10.0),
        ([(177.0, 177.0), (-179.0, -179.0)], 177.0),
        ([(170.0, 230.0), (-150.0, -150.0), (-100.0, -100.0)], 170.0),
        ([(-10.0, 10.0), (100.0, 100.0)], -10.0),
        ([(-180.0, 180.0)], -180.0),
    ],
)
def test_the_cut_lies_in_the_widest_gap(extents, west):
    assert western_edge(extents) == pytest.approx(west)


def test_longitudes_move_by_whole_turns():
    assert shifted_to(-179.0, 177.0) == pytest.approx(181.0)
    assert shifted_to(177.0, 177.0) == pytest.approx(177.0)
    assert shifted_to(537.0, -180.0) == pytest.approx(177.0)
