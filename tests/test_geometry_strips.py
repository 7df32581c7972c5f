"""Strips along real borders, measured with geodesic distances to the border itself, not with buffers."""

import numpy as np
import pytest
import shapely
from shapely.geometry import Point

from geomap.errors import InputError, UnknownBorderError, UnknownPlaceError
from geomap.geometry import borders
from geomap.geometry.geodesy import area_m2, destination, ellipsoid, length_m
from geomap.geometry.strips import border_strip
from geomap.models import Place

TELL_ABYAD = Place("t:1", "Tell Abyad", 38.956, 36.697, "SY")
RAS_AL_AYN = Place("t:2", "Ras al-Ayn", 40.07, 36.85, "SY")
DAMASCUS = Place("t:3", "Damascus", 36.29, 33.51, "SY")


def vertices(line, step_m=150.0):
    return shapely.get_coordinates(shapely.segmentize(line, step_m / 111_320))


def away(line, spots):
    """Geodesic distances in metres from spots to a line, right within a metre or two for a depth of kilometres."""
    points = vertices(line)
    found = []
    for spot in spots:
        near = points[np.abs(points[:, 1] - spot[1]) < 1.0]
        found.append(ellipsoid().inv(*np.broadcast_to(spot, near.shape).T, *near.T)[2].min())
    return np.array(found)


def outside(shape, *codes):
    """Share of a shape that is in none of the countries, as it is written: with six decimals."""
    written = shapely.make_valid(shapely.transform(shape, lambda xy: xy.round(6)))
    rest = shapely.difference(written, shapely.union_all([borders.country(code) for code in codes]))
    return rest.area / shape.area


def sprinkled(line, depth, count=60, seed=5):
    """Spots about a line, each a little nearer or farther than a depth from some point of it."""
    rng = np.random.default_rng(seed)
    points = vertices(line)
    return np.array(
        [
            destination(*points[rng.integers(len(points))], rng.uniform(0, 360), depth * rng.uniform(0.3, 1.4))
            for _ in range(count)
        ]
    )


CASES = [
    ("UG", "CD", "UG", 20_000),  # the equator, lakes
    ("KE", "UG", "KE", 5_000),
    ("BI", "TZ", "BI", 8_000),
    ("LS", "ZA", "ZA", 20_000),  # a ring
    ("BE", "NL", "NL", 3_000),  # enclaves in enclaves
    ("AM", "AZ", "AZ", 10_000),  # an exclave
    ("GM", "SN", "GM", 10_000),  # a country as wide as its strip
    ("FI", "NO", "FI", 25_000),  # 70° N
    ("KW", "IQ", "KW", 15_000),
    ("BT", "IN", "BT", 10_000),
]


@pytest.mark.parametrize(("a", "b", "side", "depth"), CASES)
def test_a_strip_holds_what_is_near_and_nothing_else(a, b, side, depth):
    """Spots in the country belong to it when they are within the depth; near its ends the cut may take some away."""
    strip = border_strip(a, b, side=side, depth_m=depth)
    line, land = borders.border(a, b, drawn_by=side), borders.country(side)
    assert outside(strip.geometry, side) < 1e-6
    assert strip.geometry.is_valid
    ends = np.array([spot for part in line.geoms if not part.is_ring for spot in (part.coords[0], part.coords[-1])])
    seen = 0
    for spot, off in zip(spots := sprinkled(line, depth), away(line, spots), strict=True):
        if abs(off / depth - 1.0) < 0.01 or not shapely.intersects_xy(land, *spot):
            continue
        if off > depth:
            assert not shapely.intersects_xy(strip.geometry, *spot)
        elif not len(ends) or ellipsoid().inv(*np.broadcast_to(spot, ends.shape).T, *ends.T)[2].min() > 1.5 * depth:
            assert shapely.intersects_xy(strip.geometry, *spot)
            seen += 1
    assert seen > 5


def test_a_strip_between_two_places_is_as_deep_as_asked_and_stays_on_its_side():
    strip = border_strip("SY", "TR", side="SY", depth_m=30_000, start=TELL_ABYAD, end=RAS_AL_AYN)
    line = borders.border("SY", "TR", drawn_by="SY")
    edge = away(line, shapely.get_coordinates(strip.geometry))
    assert edge.max() == pytest.approx(30_000, rel=0.005)
    assert outside(strip.geometry, "SY") < 1e-6
    assert strip.published_limits
    assert strip.possible is None
    assert strip.length_m == pytest.approx(105_000, rel=0.02)
    # Both ends are square: nothing bulges past them.
    west, _, east, _ = strip.geometry.bounds
    assert west > TELL_ABYAD.lon - 0.1
    assert east < RAS_AL_AYN.lon + 0.2  # the course, and so the cut, is aslant


def test_places_may_be_named_in_any_order_and_any_way():
    one = border_strip("SY", "TR", side="SY", depth_m=30_000, start="Ras al-Ayn", end="36.697,38.956")
    other = border_strip("Turkey", "Syria", side="Syria", depth_m=30_000, start="36.697,38.956", end="Ras al-Ayn")
    assert one.geometry.equals(other.geometry)
    assert one.built_from.startswith("30 km deep along the border of Syria and Turkey from Ra")
    assert one.built_from.endswith(", on the side of Syria")


def test_two_strips_that_follow_each_other_meet_without_overlap_or_gap():
    whole = border_strip("SY", "TR", side="SY", depth_m=20_000, start="36.82,38.01", end="37.05,41.23").geometry
    first = border_strip("SY", "TR", side="SY", depth_m=20_000, start="36.82,38.01", end=TELL_ABYAD).geometry
    second = border_strip("SY", "TR", side="SY", depth_m=20_000, start=TELL_ABYAD, end="37.05,41.23").geometry
    assert area_m2(first.intersection(second)) < 2e-3 * area_m2(whole)
    assert area_m2(whole.difference(first.union(second))) < 2e-3 * area_m2(whole)


def test_both_sides_are_one_shape():
    both = border_strip("SY", "TR", side="both", depth_m=5_000, start=TELL_ABYAD, end=RAS_AL_AYN)
    sides = [
        border_strip("SY", "TR", side=code, depth_m=5_000, start=TELL_ABYAD, end=RAS_AL_AYN) for code in ("SY", "TR")
    ]
    assert both.geometry.geom_type == "Polygon"
    assert both.area_m2 == pytest.approx(sum(side.area_m2 for side in sides), rel=1e-4)
    assert both.built_from.endswith(", on both sides")
    assert outside(both.geometry, "SY", "TR") < 1e-6


def test_sides_may_differ_in_depth():
    strip = border_strip("SY", "TR", depth_m={"Syria": 10_000, "TR": 2_000}, start=TELL_ABYAD, end=RAS_AL_AYN)
    for code, depth in (("SY", 10_000), ("TR", 2_000)):
        own = strip.geometry.intersection(borders.country(code))
        assert away(borders.border("SY", "TR", drawn_by=code), shapely.get_coordinates(own)).max() == pytest.approx(
            depth, rel=0.01
        )
    assert strip.built_from.startswith("10 km deep in Syria and 2 km deep in Turkey along the border")


def test_a_range_of_depths_has_a_sure_and_a_possible_polygon():
    strip = border_strip(
        "SY", "TR", side="SY", depth_m=30_000, possible_depth_m=35_000, start=TELL_ABYAD, end=RAS_AL_AYN
    )
    sure = border_strip("SY", "TR", side="SY", depth_m=30_000, start=TELL_ABYAD, end=RAS_AL_AYN)
    assert strip.geometry.equals(sure.geometry)
    assert strip.possible.buffer(0.002).covers(strip.geometry)
    assert area_m2(strip.possible) == pytest.approx(sure.area_m2 * 35 / 30, rel=0.03)
    assert strip.built_from.startswith("30 to 35 km deep")


def test_up_to_a_depth_nothing_is_sure():
    strip = border_strip("SY", "TR", side="SY", depth_m=0, possible_depth_m=20_000, start=TELL_ABYAD, end=RAS_AL_AYN)
    assert strip.geometry.is_empty
    assert area_m2(strip.possible) > 1e9
    assert strip.built_from.startswith("up to 20 km deep")
    assert "no depth is sure" in strip.issues[0].message


def test_a_strip_to_the_coast_takes_in_the_coast():
    strip = border_strip("SY", "TR", side="SY", depth_m=30_000).geometry
    assert strip.covers(Point(35.95, 35.85))
    assert not strip.covers(Point(35.74, 35.85))


@pytest.mark.parametrize(
    ("a", "b", "side", "third", "corner"),
    [
        ("FI", "RU", "FI", "NO", (28.93, 69.05)),
        ("KE", "UG", "UG", "SS", (33.99, 4.23)),
        ("KE", "ET", "KE", "SO", (41.9, 3.95)),
        ("BO", "PY", "PY", "AR", (-62.64, -22.24)),
    ],
)
def test_a_strip_does_not_go_on_along_the_border_with_a_third_country(a, b, side, third, corner):
    strip = border_strip(a, b, side=side, depth_m=20_000).geometry
    beyond = borders.border(side, third, drawn_by=side)
    beside = [spot for spot in vertices(beyond, 500.0) if ellipsoid().inv(*corner, *spot)[2] < 20_000]
    inside = shapely.intersects_xy(shapely.buffer(strip, -1e-4), np.array(beside))
    # A border that turns by less than a right angle still has the strip beside it.
    assert inside.mean() < 0.75
    assert shapely.distance(strip, Point(corner)) < 0.02


def test_land_beyond_a_third_country_is_left_out():
    """Seventeen kilometres of border in Nakhchivan; the rest of Azerbaijan lies across Armenia."""
    strip = border_strip("AZ", "TR", side="AZ", depth_m=300_000)
    assert strip.geometry.bounds[2] < 46.5
    assert any("across a third country" in issue.message for issue in strip.issues)


def test_islands_within_the_depth_belong_to_it():
    """Suursaari lies 40 km off the coast, within 60 km of where the Finnish border meets the sea."""
    strip = border_strip("FI", "RU", side="RU", depth_m=60_000)
    assert len(shapely.get_parts(strip.geometry)) > 1


def test_an_enclave_of_the_other_side_is_no_part_of_it():
    strip = border_strip("BE", "NL", side="NL", depth_m=10_000)
    assert not strip.geometry.covers(Point(4.9310, 51.4386))  # Baarle-Hertog
    assert strip.geometry.covers(Point(4.95, 51.46))


def test_round_an_enclave_the_shorter_way_is_taken():
    maseru, fouriesburg = "-29.29,27.45", "-28.70,28.15"
    strip = border_strip("LS", "ZA", side="ZA", depth_m=10_000, start=maseru, end=fouriesburg)
    assert 100_000 < strip.length_m < 300_000
    assert strip.geometry.bounds[1] > -29.6


@pytest.mark.parametrize("depth", [1.0, 50.0, 1_000_000.0])
def test_any_depth_from_a_metre_to_a_thousand_kilometres(depth):
    strip = border_strip("BI", "TZ", side="TZ", depth_m=depth)
    assert strip.geometry.is_valid
    if depth < 100:
        assert strip.area_m2 == pytest.approx(strip.length_m * depth, rel=0.03)
    else:
        # Zanzibar lies 1,000 km away, the south coast 1,300 km.
        assert 0.8 < strip.area_m2 / area_m2(borders.country("TZ")) < 1.0


@pytest.mark.parametrize(("a", "b", "side", "depth"), [("LB", "SY", "LB", 300e3), ("GM", "SN", "GM", 100e3)])
def test_a_depth_beyond_the_country_is_told_and_takes_in_all_of_it(a, b, side, depth):
    strip = border_strip(a, b, side=side, depth_m=depth)
    assert f"nearly all of {side}" in strip.issues[0].message
    assert strip.area_m2 == pytest.approx(area_m2(borders.country(side)), rel=1e-3)


def test_a_region_keeps_only_what_lies_in_it():
    region = shapely.box(39.0, 36.0, 40.0, 38.0)
    strip = border_strip("SY", "TR", side="SY", depth_m=30_000, region=region)
    assert region.buffer(1e-9).covers(strip.geometry)
    assert strip.built_from.endswith("within the region named")
    assert strip.length_m < length_m(borders.border("SY", "TR")) / 5
    with pytest.raises(InputError, match="lies in the region"):
        border_strip("SY", "TR", side="SY", depth_m=30_000, region=shapely.box(0, 0, 1, 1))


def test_where_the_two_draw_the_border_apart_a_reader_is_told():
    strip = border_strip("EG", "SD", side="EG", depth_m=10_000)
    assert any("draw their border up to" in issue.message for issue in strip.issues)
    assert not border_strip("KE", "UG", side="KE", depth_m=10_000).issues


@pytest.mark.parametrize("depth", [0.0, -1.0, float("nan"), float("inf"), 3e6])
def test_depth_must_be_one_a_strip_can_have(depth):
    with pytest.raises(InputError, match="depth"):
        border_strip("SY", "TR", side="SY", depth_m=depth)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"side": "IQ", "depth_m": 1000}, "cannot lie in IQ"),
        ({"side": None, "depth_m": 1000}, "SY, TR or both"),
        ({"side": "both", "depth_m": {"SY": 1000}}, "no depth is given for the side of TR"),
        ({"side": "SY", "depth_m": 3000, "possible_depth_m": 2000}, "swap"),
        ({"side": "SY", "depth_m": 1000, "start": TELL_ABYAD}, "one end only"),
        ({"side": "SY", "depth_m": 1000, "start": TELL_ABYAD, "end": DAMASCUS}, "Damascus lies 2.. km from the border"),
        ({"side": "SY", "depth_m": 1000, "start": TELL_ABYAD, "end": TELL_ABYAD}, "at the same spot"),
    ],
)
def test_what_makes_no_strip_says_what_to_do(options, words):
    with pytest.raises(InputError, match=words):
        border_strip("SY", "TR", **options)


def test_ends_by_two_pieces_of_a_border_make_no_strip():
    with pytest.raises(InputError, match="do not hang together"):
        border_strip("FR", "ES", side="FR", depth_m=5000, start="43.36,-1.77", end="42.46,2.86")


def test_countries_that_do_not_meet_make_no_strip():
    with pytest.raises(UnknownBorderError, match="SY borders IL, IQ, JO, LB, TR"):
        border_strip("Syria", "Ukraine", side="Syria", depth_m=1000)
    with pytest.raises(InputError, match="one country"):
        border_strip("Syria", "SY", side="SY", depth_m=1000)
    with pytest.raises(UnknownBorderError, match="Atlantis"):
        border_strip("Atlantis", "SY", side="SY", depth_m=1000)
    with pytest.raises(UnknownPlaceError, match="Xyzzyville"):
        border_strip("SY", "TR", side="SY", depth_m=1000, start="Xyzzyville", end=TELL_ABYAD)
