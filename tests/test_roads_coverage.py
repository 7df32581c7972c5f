"""What land a network speaks for: its roads and what lies between them, and no neighbour's land."""

import numpy as np
import pytest
import shapely

from geomap.geometry.geodesy import destination
from geomap.geometry.roads.coverage import coverage_of
from geomap.geometry.roads.network import Network


def network(*lines):
    """A network with an edge for each line of lon, lat."""
    points = np.array([spot for line in lines for spot in (line[0], line[-1])], dtype=float)
    bends = [line[1:-1] for line in lines]
    return Network(
        points=points,
        edges=np.arange(len(points), dtype=np.int32).reshape(-1, 2),
        lengths=np.ones(len(lines)),
        country=np.zeros(len(points), dtype=np.uint8),
        codes=("",),
        bend_starts=np.concatenate([[0], np.cumsum([len(bend) for bend in bends])]),
        bend_xy=np.array([spot for bend in bends for spot in bend], dtype=float).reshape(-1, 2),
    )


@pytest.mark.parametrize("middle", [(36.5, 34.5), (-69.0, -33.0), (25.0, 68.0), (103.0, 1.0)])
def test_it_holds_the_roads_and_about_two_kilometres_beside_them(middle):
    ends = [destination(*middle, bearing, 30_000) for bearing in (90, 270)]
    land = coverage_of(network(ends))
    assert shapely.covers(land, shapely.LineString(ends))
    for bearing in (0, 180):
        assert shapely.intersects_xy(land, *destination(*middle, bearing, 1_000))
        assert not shapely.intersects_xy(land, *destination(*middle, bearing, 6_000))


def ring(middle, radius):
    return [destination(*middle, bearing, radius) for bearing in range(0, 361, 10)]


@pytest.mark.parametrize(("radius", "held"), [(8_000, True), (40_000, False)])
def test_small_gaps_are_held_and_large_ones_are_not(radius, held):
    middle = (36.5, 34.5)
    assert shapely.intersects_xy(coverage_of(network(ring(middle, radius))), *middle) is np.bool_(held)


def test_a_bay_of_the_border_is_not_claimed():
    # two arms 60 km apart, joined at one end
    line = [(36.0, 34.0), (37.0, 34.0), (37.0, 34.54), (36.0, 34.54)]
    land = coverage_of(network(line))
    assert not shapely.intersects_xy(land, 36.3, 34.27)
    assert shapely.intersects_xy(land, 37.0, 34.27)


def test_two_cities_are_two_polygons():
    land = coverage_of(network(ring((36.5, 34.5), 5_000), ring((38.5, 34.5), 5_000)))
    assert (land.geom_type, land.is_valid) == ("MultiPolygon", True)
    assert not shapely.intersects_xy(land, 37.5, 34.5)


def test_a_network_without_bends_speaks_for_its_straight_edges():
    bent = network([(36.0, 34.0), (36.5, 34.2)], [(36.5, 34.2), (37.0, 34.0)])
    straight = Network(bent.points, bent.edges, bent.lengths, bent.country, bent.codes)
    assert coverage_of(straight).equals(coverage_of(bent))
