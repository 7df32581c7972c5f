"""Which road a name means."""

import collections

import pytest
import shapely

from geomap.errors import UnknownRoadError
from geomap.geometry.geodesy import distance_m, length_m
from geomap.geometry.roads.highways import highway, known, named, road_called


@pytest.mark.parametrize(
    ("name", "country", "ref"),
    [
        ("M4", "SY", "M4"),
        ("the M4 highway", "SY", "M4"),
        ("highway M-4", "SY", "M4"),
        ("M-04", "UA", "M04"),
        ("M4", "UA", "M04"),
        ("трасса М-14", "UA", "M14"),
        ("H20", "UA", "H20"),
        ("N-20", "UA", "H20"),
        ("E40", "UA", "E40"),
        ("Don highway", "RU", "M-4"),
        ("Highway 12", "IQ", "12"),
        ("Route 60", "PS", "60"),
        ("RN16", "ML", "RN16"),
        ("N3", "BF", "N3"),
        ("uranium road", "NE", "RN25"),
        ("the Western Salvation Road", "SD", "Inqaz Western Road"),
        ("Salah al-Din Street", "PS", "Salah al-Din Road"),
        ("the coastal road", "LY", "Libyan Coastal Highway"),
        ("al-Kharafi road", "SY", "M7"),
        ("the road of death", "IL", "232"),
        ("Trans-Saharan Highway", "DZ", "N1"),
    ],
)
def test_a_road_goes_by_its_numbers_and_names(name, country, ref):
    assert road_called(name, countries=(country,)).ref == ref


@pytest.mark.parametrize(
    ("name", "country", "of", "km"),
    [
        ("the Kharkiv–Izium road", "UA", "M03", 118),
        ("Izyum-Kharkiv highway", "UA", "M03", 118),
        ("the Damascus–Aleppo highway", "SY", "M5", 310),
        ("the highway between Homs and Hama", "SY", "M5", 45),
        ("Aleppo-Lattakia highway", "SY", "M4", 160),
        ("Sevare-Douentza road", "ML", "RN16", 165),
        ("the road from Tikrit to Samarra", "IQ", "1", 52),
    ],
)
def test_a_name_of_two_towns_is_the_part_between_them(name, country, of, km):
    part, whole = (road_called(n, countries=(country,)) for n in (name, of))
    assert set(part.towns) <= set(whole.towns)
    assert 0.8 * km < part.span_m() / 1000 < 1.1 * km


@pytest.mark.parametrize(
    "name", ["Salah al-Din", "Ring", "Don", "Coastal", "Kharkiv", "Kharkiv and Izium", "", "the road"]
)
def test_words_that_may_be_no_road_are_none(name):
    assert named(name, generic=False) == ()


@pytest.mark.parametrize(
    "name", ["the international highway", "the coastal road", "Highway 12", "ring road", "the road of death"]
)
def test_general_names_need_a_country(name):
    assert named(name)
    assert not named(name, generic=False)
    with pytest.raises(UnknownRoadError, match="say in which"):
        road_called(name)


def test_a_name_of_two_roads_in_a_country_is_refused():
    with pytest.raises(UnknownRoadError, match="may be M4, M5 in SY; say which"):
        road_called("the international highway", countries=("SY",))


def test_the_very_words_of_a_name_decide_between_two_roads():
    roads = {
        name: road_called(name, countries=("IQ",)).ref for name in ("Baghdad–Basra highway", "Baghdad–Basra motorway")
    }
    assert roads == {"Baghdad–Basra highway": "8", "Baghdad–Basra motorway": "Freeway 1 south"}


def test_a_number_in_several_countries_is_refused_and_an_unknown_one_tells_what_is_known():
    with pytest.raises(UnknownRoadError, match=r"SY, .*GB.*; say in which country"):
        highway("M4")
    with pytest.raises(UnknownRoadError, match="no road called 'M99' is known"):
        highway("M99")
    with pytest.raises(UnknownRoadError, match=r"in SY; known there: .*M20"):
        highway("M99", countries=("SY",))


def test_the_table_is_sound():
    seen = collections.Counter((road.country, road.ref) for road in known())
    assert [ref for ref, count in seen.items() if count > 1] == []
    for road in known():
        assert len(road.towns) == len(road.points) >= 2, road
        assert road.country == road.countries[0]
        assert all(len(code) == 2 and code.isupper() for code in road.countries)
        assert all(-180 <= lon <= 180 and -60 <= lat <= 75 for lon, lat in road.points)
        direct = distance_m(*road.points[0], *road.points[-1])
        assert road.span_m() < 3 * direct + 100_000, f"{road.country} {road.ref} turns back"


def test_each_name_of_a_road_leads_to_it():
    for road in known():
        for name in (road.ref, *road.names, *road.generic):
            found = [r for r in named(name) if r.country == road.country]
            ends = {town for r in found for town in r.towns}
            assert ends & set(road.towns), f"{name} is not {road.country} {road.ref}"


def test_the_line_runs_past_the_towns():
    road = road_called("M5", countries=("SY",))
    line = highway("M5", countries=("SY",))
    assert 380_000 < length_m(line) < 520_000
    assert max(shapely.distance(line, shapely.Point(spot)) for spot in road.points) < 0.07
