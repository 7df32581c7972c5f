"""Which part of a border is meant; lines on the equator, where no country lies, and real ends of borders."""

import pytest
from shapely.geometry import LineString

from geomap.errors import InputError
from geomap.geometry.borders import border
from geomap.geometry.geodesy import area_m2, length_m
from geomap.geometry.reaches import Reach, reach_between, whole
from geomap.models import Place

AT_SEA = ("XX", "YY")
LONG = LineString([(-30.0, 0.0), (-27.0, 0.0)])
APART = LineString([(-25.0, 0.0), (-23.0, 0.0)])
SQUARE = LineString([(-30, 0), (-29, 0), (-29, 1), (-30, 1), (-30, 0)])


def place(lon, lat, precision_m=0.0):
    return Place(f"t:{lon}", f"P{lon}", lon, lat, None, precision_m=precision_m)


@pytest.mark.parametrize("order", [1, -1])
def test_places_are_projected_onto_the_line_in_any_order(order):
    ends = (place(-29.0, 0.1), place(-28.0, -0.2))[::order]
    reach = reach_between([LONG, APART], ends, 1000.0, AT_SEA)
    assert reach.part.coords[0] == pytest.approx((-29.0, 0.0), abs=1e-6)
    assert reach.part.coords[-1] == pytest.approx((-28.0, 0.0), abs=1e-6)
    assert reach.cut_first
    assert reach.cut_last


def test_the_piece_is_taken_by_which_the_places_lie():
    reach = reach_between([LONG, APART], (place(-24.5, 0.3), place(-23.5, 0.3)), 1000.0, AT_SEA)
    assert reach.part.bounds[0] > -25.0


def test_a_short_piece_nearer_to_one_of_them_does_not_count():
    islet = LineString([(-28.02, 0.021), (-28.0, 0.021)])
    reach = reach_between([LONG, islet], (place(-29.0, 0.1), place(-28.01, 0.03)), 1000.0, AT_SEA)
    assert length_m(reach.part) == pytest.approx(110_200, rel=0.01)


def test_places_by_two_pieces_are_refused_with_their_lengths():
    with pytest.raises(InputError, match="one 334 km long and one 223 km"):
        reach_between([LONG, APART], (place(-29.0, 0.1), place(-24.0, 0.1)), 1000.0, AT_SEA)


def test_a_place_far_off_is_refused_unless_it_is_as_uncertain():
    ends = place(-29.0, 2.0), place(-28.0, 0.0)
    with pytest.raises(InputError, match=r"lies 22\d km from the border"):
        reach_between([LONG], ends, 1000.0, AT_SEA)
    province = place(-29.0, 2.0, precision_m=250_000.0), ends[1]
    assert length_m(reach_between([LONG], province, 1000.0, AT_SEA).part) == pytest.approx(111_320, rel=0.01)


def test_the_same_spot_has_no_length():
    with pytest.raises(InputError, match="same spot"):
        reach_between([LONG], (place(-29.0, 0.1), place(-29.0, -0.1)), 1000.0, AT_SEA)


@pytest.mark.parametrize(
    ("ends", "corner"),
    [
        ((place(-29.5, -0.1), place(-30.1, 0.5)), (-30.0, 0.0)),  # across where the ring starts
        ((place(-29.5, -0.1), place(-28.9, 0.5)), (-29.0, 0.0)),
        ((place(-29.5, 1.1), place(-30.1, 0.5)), (-30.0, 1.0)),
    ],
)
def test_of_a_ring_the_shorter_way_round_is_taken(ends, corner):
    reach = reach_between([SQUARE], ends, 1000.0, AT_SEA)
    assert length_m(reach.part) == pytest.approx(111_000, rel=0.02)
    assert corner in [tuple(round(value, 6) for value in xy) for xy in reach.part.coords]


def test_a_border_ends_square_at_a_third_country_and_not_at_the_coast():
    line = max(border("SY", "TR").geoms, key=length_m)
    reach = whole([line], 10_000.0, ("SY", "TR"))[0]
    by_iraq = 0 if line.coords[0][0] > line.coords[-1][0] else -1
    assert (reach.cut_first, reach.cut_last) == ((True, False) if by_iraq == 0 else (False, True))


def test_a_border_shorter_than_two_depths_is_not_cut():
    line = max(border("AZ", "TR").geoms, key=length_m)
    assert whole([line], 1_000.0, ("AZ", "TR"))[0].cut_first
    assert whole([line], 1_000.0, ("AZ", "TR"))[0].cut_last
    assert not whole([line], 20_000.0, ("AZ", "TR"))[0].cut_first


def test_a_ring_has_no_ends_to_cut():
    reach = whole([SQUARE], 1000.0, AT_SEA)[0]
    assert isinstance(reach, Reach)
    assert not reach.cut_first
    assert not reach.cut_last
    assert area_m2(reach.band(1000.0)) == pytest.approx(length_m(SQUARE) * 2000.0, rel=0.01)
