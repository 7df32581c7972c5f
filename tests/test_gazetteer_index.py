import sqlite3

import pytest

from geomap.datasets import data_path
from geomap.errors import DataError
from geomap.gazetteer.index import Index, distance_m, prior


@pytest.fixture(scope="module")
def index():
    return Index()


def test_distance_is_that_of_a_degree_of_latitude():
    assert distance_m(40.0, 36.0, 40.0, 37.0) == pytest.approx(111_195, rel=1e-3)
    assert distance_m(179.9, 0.0, -179.9, 0.0) == pytest.approx(22_239, rel=1e-3)


def test_more_people_make_a_town_likelier():
    assert prior("P.PPL", 500) < prior("P.PPL", 50_000) < prior("P.PPLA", 50_000) < prior("A.PCLI", 50_000)


def test_places_of_a_form_come_most_important_first(index):
    assert index.has("homs")
    assert [place.country for place in index.exact("tripoli")][:2] == ["LY", "LB"]
    assert index.exact("tripoli", limit=1) == index.exact("tripoli")[:1]
    assert index.exact("no such place") == ()


def test_many_forms_are_found_at_once_as_one_by_one(index):
    forms = ["homs", "no such place", "al hasakah", "tripoli", "asad @airfield"]
    assert index.exact_many(forms) == {form: index.exact(form) for form in forms if index.has(form)}


def test_forms_of_one_skeleton_are_found_together(index):
    assert {"rmeilan", "rumaylan"} <= set(index.spelled(["rmln"]))


def test_capitals_are_places(index):
    assert index.capital("SY").name == "Damascus"
    assert index.capital("XX") is None


def test_a_place_carries_its_units_and_source(index):
    place = index.place("geonames:170063")
    assert (place.country, place.admin1_code, place.admin1, place.feature) == ("SY", "SY.09", "Aleppo", "P.PPLA")
    assert place.local_name == "حلب"
    assert place.source == "geonames-cities500"
    assert place.lat == pytest.approx(36.2, abs=0.01)
    assert place.lon == pytest.approx(37.16, abs=0.01)


@pytest.mark.parametrize("place_id", ["geonames:1", "icao:XXXX", "", "geonames:abc", "geonames:99999999999999"])
def test_unknown_ids_have_no_place(index, place_id):
    assert index.place(place_id) is None


def test_a_box_over_the_antimeridian_is_searched_on_both_sides(index):
    found = {place.country for place in index.within(177.0, -19.0, -179.0, -16.0)}
    assert "FJ" in found
    assert all(place.lon >= 177 or place.lon <= -179 for place in index.within(177.0, -19.0, -179.0, -16.0))


def test_no_store_is_an_error(tmp_path):
    with pytest.raises(DataError, match="no gazetteer store"):
        Index(tmp_path / "none.sqlite")


def test_a_file_that_is_no_store_is_an_error(tmp_path):
    path = tmp_path / "text.sqlite"
    path.write_text("not a database " * 1000)
    with pytest.raises(DataError, match="damaged"):
        Index(path)


def test_a_half_downloaded_store_is_an_error(tmp_path):
    path = tmp_path / "half.sqlite"
    whole = data_path("gazetteer.sqlite").read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(DataError):
        Index(path)


def test_a_store_of_another_version_is_an_error(tmp_path):
    path = tmp_path / "old.sqlite"
    store = sqlite3.connect(path)
    store.execute("CREATE TABLE meta (name TEXT, value TEXT)")
    store.execute("INSERT INTO meta VALUES ('version', '0')")
    store.commit()
    store.close()
    with pytest.raises(DataError, match="another version"):
        Index(path)


def test_the_shipped_store_cannot_be_written_through_the_index(index):
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        index._store.execute("DELETE FROM place")
