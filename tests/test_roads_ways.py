"""Ways on the shipped network: what they keep to, what borders cost, and how they differ."""

from datetime import date

import numpy as np
import pytest
import shapely

from geomap.geometry.borders import country
from geomap.geometry.geodesy import distance_m
from geomap.geometry.outlines import admin1
from geomap.geometry.roads import entries, ways
from geomap.geometry.roads.crossings import nearest
from geomap.geometry.roads.graphs import Avoid

DAMASCUS, ALEPPO, HOMS = (36.292, 33.513), (37.16, 36.202), (36.714, 34.733)
KYIV, LVIV = (30.523, 50.45), (24.03, 49.84)
BERLIN, MUNICH, FRANKFURT = (13.4, 52.52), (11.576, 48.137), (8.682, 50.111)
LIMA, CUSCO = (-77.043, -12.046), (-71.967, -13.532)


@pytest.mark.parametrize(
    ("start", "end", "code"),
    [(DAMASCUS, ALEPPO, "SY"), (KYIV, LVIV, "UA"), (BERLIN, MUNICH, "DE"), (LIMA, CUSCO, "PE")],
)
def test_a_way_is_a_connected_line_of_the_roads_length(start, end, code):
    way = ways.to_point(start, end, (code,))
    assert way.points[0] == pytest.approx(start, abs=0.1)
    assert way.points[-1] == pytest.approx(end, abs=0.1)
    drawn = [distance_m(*a, *b) for a, b in zip(way.points, way.points[1:], strict=False)]
    assert list(way.along_m) == sorted(way.along_m)
    assert way.length_m >= 0.999 * sum(drawn)
    assert set(way.countries) <= {code, ""}


@pytest.mark.parametrize(("start", "end"), [(DAMASCUS, ALEPPO), (BERLIN, MUNICH)])
def test_there_and_back_are_the_same_road(start, end):
    there, back = ways.to_point(start, end, ()), ways.to_point(end, start, ())
    assert there.cost_m == pytest.approx(back.cost_m, rel=1e-3)
    # the spots by which a place joins the roads may differ by some steps
    assert shapely.hausdorff_distance(shapely.LineString(there.points), shapely.LineString(back.points)) < 0.01
    assert back.turned().along_m[0] == 0.0
    assert np.diff(back.turned().along_m).min() >= 0.0


def test_two_spots_of_one_road_are_joined_along_it():
    way = ways.to_point((36.75, 34.95), (36.75, 35.0), ("SY",))
    assert way.length_m == pytest.approx(5_600, rel=0.1)


def test_a_country_that_is_avoided_is_gone_round():
    trieste, zagreb = (13.78, 45.65), (15.98, 45.81)
    free, round_it = (ways.to_point(trieste, zagreb, (), avoid=avoid) for avoid in (Avoid(), Avoid(("SI",))))
    assert "SI" in free.countries
    assert "SI" not in round_it.countries
    assert round_it.length_m > free.length_m
    assert "HR" not in ways.to_point(trieste, zagreb, (), avoid=Avoid(("HR",))).countries


def test_an_area_that_is_avoided_is_gone_round():
    homs = shapely.Point(HOMS).buffer(0.15)
    free, round_it = (ways.to_point(DAMASCUS, ALEPPO, ("SY",), avoid=avoid) for avoid in (Avoid(), Avoid(area=homs)))
    assert shapely.LineString(free.points).intersects(homs)
    assert not shapely.LineString(round_it.points).intersects(homs)
    assert round_it.length_m > free.length_m


@pytest.mark.parametrize(("start", "end", "code"), [(DAMASCUS, ALEPPO, "SY"), (BERLIN, FRANKFURT, "DE")])
def test_alternatives_really_differ(start, end, code):
    first, *others = ways.alternatives(start, end, (code,), count=3)
    assert others
    assert first.points == ways.to_point(start, end, (code,)).points
    for number, other in enumerate(others, start=1):
        assert other.length_m <= 1.5 * first.length_m
        for better in [first, *others[: number - 1]]:
            assert len(other.edges & better.edges) < len(other.edges)


def test_the_named_highway_is_taken_rather_than_a_side_road_that_is_little_shorter():
    way = shapely.LineString(ways.to_point(DAMASCUS, ALEPPO, ("SY",)).points)
    assert way.distance(shapely.Point(36.80, 35.86)) < 0.03  # Saraqib, on the M5
    assert way.distance(shapely.Point(37.10, 35.72)) > 0.2  # Abu al-Duhur, on the old road


def test_no_alternative_is_made_up():
    # one road leads along the coast
    assert len(ways.alternatives((-16.5, 24.2), (-16.1, 23.72), (), count=3)) <= 2
    assert ways.alternatives(DAMASCUS, (-100.0, 40.0), (), count=3) == ()


def test_closed_borders_are_passed_only_where_no_detour_is_short():
    """Chernihiv to Homiel: the direct road was open until 24 February 2022."""
    start, end = (31.289, 51.498), (31.0, 52.44)
    before, after = (ways.to_point(start, end, (), on=day) for day in (date(2021, 6, 1), date(2023, 6, 1)))
    assert [found.between for found in before.passes()] == [("UA", "BY")]
    assert after.cost_m > before.cost_m


def test_into_a_country_by_an_open_crossing_where_one_is_near():
    way = entries.to_country((38.353, 36.891), "SY", "TR", ())
    (found,) = way.passes()
    assert found.between == ("SY", "TR")
    known = nearest(found.lon, found.lat, "SY", "TR")
    assert known is not None
    assert known.is_open_on(None) is not False
    assert country("TR").covers(shapely.Point(way.points[-1]))
    assert distance_m(*way.points[-1], found.lon, found.lat) < 2_100


@pytest.mark.parametrize(
    ("start", "home", "code"),
    [((30.06, -1.95), "RW", "CD"), ((36.23, 49.99), "UA", "RU"), ((66.38, 31.01), "AF", "PK"),
     ((2.1, 13.5), "NE", "BJ"), ((-106.49, 31.69), "MX", "US"), ((105.85, 21.03), "VN", "CN")],
)  # fmt: skip
def test_into_a_neighbour_there_is_one_passage(start, home, code):
    way = entries.to_country(start, home, code, ())
    assert [found.between for found in way.passes()] == [(home, code)]
    assert way.length_m - way.at_m(way.passes()[0]) < 2_500


@pytest.mark.parametrize(
    ("start", "code"), [((40.735, 37.313), "SY.01"), ((43.13, 36.34), "IQ.01"), ((30.523, 50.45), "UA.02")]
)
def test_into_a_province_the_way_ends_just_inside(start, code):
    area = admin1(code)
    way = entries.to_area(start, area, ())
    line = shapely.LineString(way.points)
    assert shapely.intersects_xy(area, *way.points[-1])
    assert shapely.intersection(line, area).length < 0.01


def test_a_small_area_without_a_junction_is_entered_from_a_road_that_runs_through_it():
    spot = shapely.Point(ways.to_point(DAMASCUS, HOMS, ("SY",)).points[-2]).buffer(0.001)
    way = entries.to_area(DAMASCUS, spot, ("SY",))
    assert spot.distance(shapely.Point(way.points[-1])) < 1e-6


def test_at_sea_and_between_continents_there_is_no_way():
    assert ways.to_point((-30.0, 40.0), (-31.0, 41.0), ()) is None
    assert ways.to_point(DAMASCUS, (-74.0, 40.7), ()) is None
    assert ways.to_point((-0.12, 51.5), (-6.26, 53.35), ()) is None


def test_nobody_drives_round_a_sea_for_a_bridge_that_the_network_lacks():
    malmo, hamburg = (13.0, 55.6), (10.0, 53.55)
    way = ways.to_point(malmo, hamburg, ())
    assert way is None or way.length_m < 3 * 290_000 + 500_000
