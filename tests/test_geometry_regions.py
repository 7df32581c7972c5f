"""Outlines of countries and provinces, and what places enclose."""

import pytest
import shapely

from geomap.errors import InputError, UnknownPlaceError
from geomap.geometry.geodesy import area_m2
from geomap.geometry.regions import hull, unit
from geomap.geometry.shapes import reach
from geomap.models import Place

CORNERS = [Place(f"t:{x}{y}", f"{x} {y}", x, y, feature="P.PPL", precision_m=2_000) for x, y in
           [(20.0, 0.0), (22.0, 0.0), (22.0, 2.0), (20.0, 2.0), (21.0, 0.9)]]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "countries", "km2"),
    [
        ("SY", (), 185_180),
        ("Rwanda", (), 26_338),
        ("Hasakah", ("SY",), 23_334),
        ("Idlib", ("SY",), 6_097),
        ("Donetsk", ("UA",), 26_517),
        ("Anbar", ("IQ",), 138_501),
        ("Fiji", (), 18_274),
        ("Helmand", ("AF",), 58_584),
    ],
)
def test_units_have_their_published_size(name, countries, km2):
    found = unit(name, countries=countries)
    assert found.area_m2 / 1e6 == pytest.approx(km2, rel=0.3)
    assert found.published_limits


def test_what_has_no_known_outline_is_possible_only():
    found = unit(Place("t:1", "Somewhere", 40.3, 36.3, "SY", feature="L.RGN", precision_m=30_000))
    assert found.geometry.is_empty
    assert area_m2(found.possible) == pytest.approx(3.14159 * 30_000**2, rel=0.01)
    assert "not known" in found.issues[0].message
    assert "all within 30 km" in found.built_from


def test_an_unknown_unit_is_an_error():
    with pytest.raises(UnknownPlaceError, match="Xyzzyq"):
        unit("Xyzzyq")


def test_a_hull_surely_joins_the_middles_and_possibly_the_edges():
    found = hull(CORNERS)
    assert found.area_m2 == pytest.approx(2 * 111_320 * 2 * 110_575, rel=0.002)
    assert area_m2(found.possible) == pytest.approx(found.area_m2 + 4 * 2 * 111_000 * 2_000, rel=0.01)
    for place in CORNERS:
        assert shapely.dwithin(found.geometry, shapely.Point(place.lon, place.lat), 1e-6)


def test_a_concave_hull_follows_the_places():
    found = hull(CORNERS, concave=0.0)
    assert found.area_m2 < 0.8 * hull(CORNERS).area_m2
    assert found.area_m2 <= area_m2(reach(found))


def test_places_that_may_be_off_enclose_less_surely():
    bases = [Place(p.id, p.name, p.lon, p.lat, feature="S.AIRB", precision_m=10_000) for p in CORNERS]
    found = hull(bases)
    assert found.area_m2 == pytest.approx((222_640 - 20_000) * (221_150 - 20_000), rel=0.01)
    assert shapely.difference(found.geometry, hull(CORNERS).geometry).area < 1e-9


def test_a_hull_across_the_antimeridian_is_in_one_piece_and_cut_there():
    found = hull(["-18.14,178.44", "-13.83,-171.76", "-21.14,-175.20"])
    assert found.possible.bounds[0] == -180.0
    assert shapely.contains_xy(reach(found), -176.0, -18.0)
    assert not shapely.contains_xy(reach(found), 0.0, -18.0)


def test_a_hull_in_the_far_north_has_great_circles_for_edges():
    found = hull([shapely.Point(0, 70), shapely.Point(90, 70), shapely.Point(45, 60)])
    assert shapely.contains_xy(found.geometry, 45, 74.5)  # the great circle from 0 to 90 degrees east bows north


@pytest.mark.parametrize(
    ("places", "more", "says"),
    [
        (CORNERS[:2], {}, "at least three"),
        ([], {}, "at least three"),
        ([shapely.Point(x, 0) for x in (1, 2, 3)], {}, "on one line"),
        ([CORNERS[0]] * 3, {}, "on one line"),
        (["London", "Auckland", "Lima"], {}, "nearer to each other"),
        ([shapely.Point(x, 80) for x in (0, 120, 240)], {}, "a pole"),
        (CORNERS, {"concave": 2.0}, "from 0 to 1"),
    ],
)
def test_places_that_enclose_nothing_are_refused(places, more, says):
    with pytest.raises(InputError, match=says):
        hull(places, **more)
