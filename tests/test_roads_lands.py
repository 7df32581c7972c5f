"""The countries that a line of many vertices leads through."""

from itertools import groupby

import numpy as np
import pytest
import shapely
from shapely.ops import substring

from geomap.geometry.borders import border, country
from geomap.geometry.geodesy import DEGREE_M
from geomap.geometry.roads.lands import lands_along


def run(*lonlat, step=0.01):
    """Return the countries along a line, each stay once."""
    line = shapely.segmentize(shapely.LineString(lonlat), step)
    return [code for code, _ in groupby(lands_along(shapely.get_coordinates(line)))]


@pytest.mark.parametrize(
    ("line", "codes"),
    [
        (((36.00, 32.50), (36.10, 32.66)), ["JO", "SY"]),
        (((36.3, 33.5), (36.0, 33.7), (35.6, 33.85)), ["SY", "LB"]),
        (((33.0, 68.9), (30.0, 69.6)), ["RU", "NO"]),
        (((-106.5, 31.85), (-106.4, 31.65)), ["US", "MX"]),
        (((29.20, -1.64), (29.30, -1.71)), ["CD", "RW"]),
        (((2.1, 13.5), (1.0, 14.7), (-0.04, 16.27)), ["NE", "ML"]),
        (((102.05, 2.2), (103.76, 1.50), (103.82, 1.30)), ["", "MY", "", "SG"]),
        (((27.9, -33.0), (28.2, -29.5), (28.2, -27.9)), ["ZA", "LS", "ZA"]),
        (((30.5, 50.45), (30.9, 51.0), (31.3, 51.5)), ["UA"]),
        (((-58.0, -34.9), (-58.3, -34.7)), ["AR"]),
    ],
)
def test_countries_in_their_order(line, codes):
    found = run(*line)
    assert [code for code in found if code] == [code for code in codes if code]


def test_the_sea_is_no_country():
    assert run((1.2, 52.1), (4.4, 52.0)) == ["GB", "", "NL"]
    assert lands_along(np.array([[0.0, 0.0], [-30.0, -20.0]])) == ("", "")


def test_longitudes_past_the_antimeridian_are_those_before_it():
    points = np.array([[178.0, 66.5], [181.0, 66.8], [183.0, 66.9]])
    wrapped = points - [(0, 0), (360, 0), (360, 0)]
    assert lands_along(points) == lands_along(wrapped) == ("RU", "RU", "RU")


@pytest.mark.parametrize(("a", "b"), [("SY", "TR"), ("AR", "CL"), ("US", "CA"), ("DZ", "LY"), ("RU", "KZ")])
def test_a_road_that_weaves_over_the_border_on_paper_stays_where_it_came_from(a, b):
    line = max(shapely.get_parts(border(a, b)), key=shapely.length)
    along = shapely.get_coordinates(shapely.segmentize(substring(line, 0.5, 0.502, normalized=True), 0.002))
    weave = 40.0 / DEGREE_M * np.where(np.arange(len(along)) % 2, 1, -1)
    inside = np.array(country(a).representative_point().coords)
    points = np.vstack([inside, np.column_stack([along[:, 0], along[:, 1] + weave]), inside])
    held = shapely.intersects_xy(country(b), points[:, 0], points[:, 1])
    assert held.any()
    assert {code for code in lands_along(points) if code} == {a}


def test_a_real_corner_of_another_country_counts():
    # from Geneva to Basel straight on: France, Switzerland and France again are all kilometres deep
    assert run((6.14, 46.20), (7.0, 47.1), (7.59, 47.56), step=0.002) == ["CH", "FR", "CH"]


def test_land_that_two_claim_makes_no_crossing():
    """Crimea counts to both polygons: a line stays in the country it came through."""
    assert shapely.intersects_xy([country("RU"), country("UA")], 34.1, 45.2).all()
    assert set(run((32.6, 46.65), (33.8, 45.9), (34.1, 45.2))) - {""} == {"UA"}
    assert set(run((38.9, 45.05), (37.0, 45.15), (36.4, 45.3), (34.1, 45.2))) - {""} == {"RU"}
    assert set(run((34.1, 45.2), (33.8, 45.9), (32.6, 46.65))) - {""} == {"UA"}
