from dataclasses import replace
from datetime import date

import pytest
import shapely

from geomap.errors import InputError
from geomap.gazetteer import Gazetteer
from geomap.geometry.borders import country
from geomap.geometry.finding import find_place
from geomap.geometry.geodesy import distance_m, length_m
from geomap.geometry.outlines import outline
from geomap.geometry.routing import alternatives, route
from geomap.geometry.stubs import STUB_M, stub
from geomap.models import How, Mode, Place


def place(name, lat, lon, code=None, feature="P.PPL", precision_m=3000.0):
    return Place(f"test:{name}", name, lon, lat, code, feature=feature, precision_m=precision_m)


SYRIA = place("Syria", 35, 38.5, "SY", "A.PCLI")
IRAQ = place("Iraq", 33, 44, "IQ", "A.PCLI")
RWANDA = place("Rwanda", -2, 30, "RW", "A.PCLI")
RMEILAN = place("Rmeilan", 36.998, 41.95, "SY")
GOMA = place("Goma", -1.68, 29.22, "CD")
BASE = place("Ain al-Asad", 33.786, 42.441, "IQ", "S.AIRB")
DAMASCUS = place("Damascus", 33.513, 36.292, "SY")
ALEPPO = place("Aleppo", 36.202, 37.16, "SY")
BERLIN = place("Berlin", 52.52, 13.4, "DE")
LEIPZIG = place("Leipzig", 51.34, 12.37, "DE")
HOMS = place("Homs", 34.733, 36.714, "SY")


@pytest.mark.parametrize(
    ("start", "end", "km"),
    [
        (DAMASCUS, ALEPPO, 355),
        (place("Kyiv", 50.45, 30.523, "UA"), place("Chernihiv", 51.498, 31.289, "UA"), 145),
        (place("Gao", 16.27, -0.04, "ML"), place("Niamey", 13.51, 2.11, "NE"), 443),
    ],
)
def test_roads_are_about_as_long_as_published(start, end, km):
    found = route((start, end))
    assert found.length_m / 1000 == pytest.approx(km, rel=0.05)
    assert {leg.how for leg in found.legs} == {How.INFERRED}
    assert len(found.crossings) == (start.country != end.country)
    # bends that are not drawn count
    assert found.length_m >= sum(length_m(leg.geometry) for leg in found.legs)


def test_via_is_passed_in_order():
    found = route((DAMASCUS, HOMS, ALEPPO))
    assert len(found.snap_m) == 3
    assert distance_m(*found.legs[0].geometry.coords[-1], HOMS.lon, HOMS.lat) < 5_000


@pytest.mark.parametrize(("start", "target"), [(RMEILAN, IRAQ), (GOMA, RWANDA)])
def test_a_way_into_a_neighbour_ends_just_past_the_border(start, target):
    found = route((start, target))
    end = shapely.Point(found.legs[-1].geometry.coords[-1])
    assert country(target.country).covers(end)
    (crossing,) = found.crossings
    assert crossing.between == (start.country, target.country)
    assert found.length_m - crossing.at_m < 2_500
    assert "–" in crossing.name
    line = shapely.union_all([leg.geometry for leg in found.legs])
    allowed = country(start.country).union(country(target.country))
    assert line.difference(allowed.buffer(0.005)).is_empty


def test_a_way_into_a_region_ends_at_its_edge():
    hasakah = place("Al-Hasakah", 36.5, 40.75, "SY", "A.ADM1", 90_000)
    hasakah = replace(hasakah, admin1_code="SY.01")
    found = route((place("Mardin", 37.313, 40.735, "TR"), hasakah))
    end = found.legs[-1].geometry.coords[-1]
    assert outline(hasakah).boundary.distance(shapely.Point(end)) < 0.001
    assert len(found.legs) == 1


def test_a_region_just_across_a_river_is_not_reached_by_a_detour():
    bank = find_place("the left bank of the Dnipro", Gazetteer()).place
    assert bank is not None
    found = route((place("Kherson", 46.636, 32.617, "UA"), bank))
    assert [leg.how for leg in found.legs] == [How.SCHEMATIC]
    assert found.length_m < 10_000
    assert any("detour" in issue.message for issue in found.issues)


def test_a_region_abroad_lists_the_crossing():
    north = place("the north", 36.4, 38.6, "SY", "L.RGN", 60_000)
    found = route((place("Ankara", 39.93, 32.86, "TR"), north))
    assert {crossing.between for crossing in found.crossings} == {("TR", "SY")}


def test_a_way_out_of_a_country_starts_at_its_border():
    found = route((SYRIA, BASE))
    assert found.crossings[0].between == ("SY", "IQ")
    assert found.crossings[0].at_m < 2_500
    last = found.legs[-1].geometry.coords[-1]
    assert distance_m(*last, BASE.lon, BASE.lat) < 10_000
    assert distance_m(*found.legs[0].geometry.coords[0], SYRIA.lon, SYRIA.lat) > 100_000


def test_third_countries_are_kept_out_of_where_there_is_a_way():
    erbil = place("Erbil", 36.19, 44.01, "IQ")
    found = route((RMEILAN, erbil))
    assert [crossing.between for crossing in found.crossings] == [("SY", "IQ")]


def test_a_third_country_that_cannot_be_kept_out_of_is_told():
    found = route((BERLIN, place("Kyiv", 50.45, 30.523, "UA")))
    assert [crossing.between for crossing in found.crossings] == [("DE", "PL"), ("PL", "UA")]
    assert "PL" in found.issues[0].message


def test_no_road_gives_a_schematic_line_and_an_issue():
    found = route((place("London", 51.5, -0.12, "GB"), place("New York", 40.71, -74.0, "US")))
    assert [leg.how for leg in found.legs] == [How.SCHEMATIC]
    assert found.length_m == pytest.approx(5_585_000, rel=0.01)
    assert "no road connects" in found.issues[0].message


def test_by_air_is_a_great_circle():
    found = route((DAMASCUS, ALEPPO), mode=Mode.AIR)
    assert [leg.how for leg in found.legs] == [How.SCHEMATIC]
    assert found.length_m == pytest.approx(distance_m(36.292, 33.513, 37.16, 36.202), rel=1e-6)


def test_by_rail_is_schematic_and_says_so():
    found = route((DAMASCUS, ALEPPO), mode=Mode.RAIL)
    assert [leg.how for leg in found.legs] == [How.SCHEMATIC]
    assert found.snap_m == ()
    assert found.issues[0].message == "railways are not known; the line from Damascus to Aleppo is schematic"


@pytest.mark.parametrize("stops", [(SYRIA, IRAQ), (DAMASCUS, SYRIA), (ALEPPO, ALEPPO)])
def test_what_cannot_be_a_line_is_an_issue(stops):
    found = route(stops)
    assert not found.legs
    assert found.issues


def test_a_place_off_the_road_is_joined_schematically():
    found = route((place("a spot in the Jazira desert", 33.9, 44.0, "IQ"), place("Ramadi", 33.425, 43.3, "IQ")))
    assert found.legs[0].how is How.SCHEMATIC
    assert found.legs[0].length_m == pytest.approx(found.snap_m[0], rel=0.02)
    assert found.snap_m[0] > 10_000


def test_a_base_beside_the_highway_is_reached_by_its_own_road():
    found = route(["Mosul", "Ain al-Asad"])
    assert {leg.how for leg in found.legs} == {How.INFERRED}
    line = shapely.union_all([leg.geometry for leg in found.legs])
    assert line.distance(shapely.Point(43.3, 33.42)) > 0.3  # no detour by Ramadi
    assert distance_m(*found.legs[-1].geometry.coords[-1], BASE.lon, BASE.lat) < 3_000


def test_a_long_straight_edge_is_told():
    found = route((SYRIA, BASE))
    assert any("drawn straight" in issue.message for issue in found.issues)
    assert not any("drawn straight" in issue.message for issue in route((BERLIN, LEIPZIG)).issues)


def test_bad_input():
    with pytest.raises(InputError, match="two places"):
        route((DAMASCUS,))
    with pytest.raises(InputError, match="not on the globe"):
        route((DAMASCUS, place("Nowhere", 95.0, 10.0)))


def test_stub_towards_a_place_follows_its_road():
    out = stub(DAMASCUS, outgoing=True, toward=ALEPPO)
    assert out.open_end
    assert not out.open_start
    assert out.length_m == pytest.approx(STUB_M, rel=0.01)
    back = stub(DAMASCUS, outgoing=False, toward=ALEPPO)
    assert back.open_start
    assert back.legs[-1].geometry.coords[-1] == out.legs[0].geometry.coords[0]


def test_a_road_as_a_stop_is_met_where_it_is_nearest():
    m5 = place("M5", 35.0, 36.7, "SY", "R.RD", 100_000)
    found = route((place("Hama airfield", 35.118, 36.711, "SY"), m5))
    assert found.length_m < 20_000
    assert stub(m5, outgoing=False).legs == ()


def test_stub_without_direction_is_schematic():
    out = stub(DAMASCUS, outgoing=True)
    assert [leg.how for leg in out.legs] == [How.SCHEMATIC]
    assert "direction" in out.issues[0].message


def test_the_day_of_other_ways_may_be_written():
    ways = alternatives(["Asmara", "Mekelle"], count=1, on="2018-10-01")
    assert len(ways) == 2
    assert not any("closed since" in issue.message for way in ways for issue in way.issues)
    later = alternatives(["Asmara", "Mekelle"], count=0, on="2019-06-01")
    assert any("closed since" in issue.message for way in later for issue in way.issues)


def test_stops_come_one_by_one_or_in_a_list():
    assert route(DAMASCUS, HOMS, ALEPPO) == route([DAMASCUS, HOMS, ALEPPO])


def test_modes_and_days_may_be_words():
    assert route(DAMASCUS, ALEPPO, mode="air") == route(DAMASCUS, ALEPPO, mode=Mode.AIR)
    assert route("Qamishli", "Mosul", on="2012-01-01") == route("Qamishli", "Mosul", on=date(2012, 1, 1))
    with pytest.raises(InputError, match="mode 'camel' is none of road, air"):
        route(DAMASCUS, ALEPPO, mode="camel")
    with pytest.raises(InputError, match="is no day"):
        route(DAMASCUS, ALEPPO, on="yesterday")
