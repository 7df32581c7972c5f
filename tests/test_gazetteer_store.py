import random

import pytest

from geomap.errors import DataError, InputError, OutputError
from geomap.gazetteer.index import Index
from geomap.gazetteer.store import Entry, Unit, write

SYRIA = Entry("geonames:163843", "Syria", 38.5, 35.0, "SY", feature="A.PCLI", source="s", names=frozenset({"Syrie"}))
UNIT = Entry("geonames:172410", "Hasakah", 40.5, 36.5, "SY", "SY.01", "A.ADM1", source="s")
TOWN = Entry("geonames:173811", "Al Hasakah", 40.74, 36.5, "SY", "SY.01", "P.PPLA", 188_160, source="towns",
             local_name="الحسكة", names=frozenset({"Hassakeh", "Haseke"}))  # fmt: skip
POST = Entry("my:17", "Post 17", -179.99999, -89.5, feature="S.INSM", precision_m=250.4, source="me", note="seen")
ALL = [SYRIA, UNIT, TOWN, POST]


@pytest.fixture
def index(tmp_path):
    write(tmp_path / "a.sqlite", ALL, units=[Unit("SY", SYRIA.id), Unit("SY.01", UNIT.id, TOWN.id)],
          demonyms={"syrian": SYRIA.id})  # fmt: skip
    return Index(tmp_path / "a.sqlite")


def test_what_is_written_is_read(index):
    town = index.place(TOWN.id)
    assert (town.id, town.name, town.lon, town.lat) == (TOWN.id, "Al Hasakah", 40.74, 36.5)
    assert (town.country, town.admin1_code, town.admin1) == ("SY", "SY.01", "Hasakah")
    assert (town.feature, town.population, town.local_name) == ("P.PPLA", 188_160, "الحسكة")
    assert (town.source, town.note) == ("towns", None)
    post = index.place("my:17")
    assert (post.id, post.lon, post.lat, post.country, post.admin1) == ("my:17", -179.99999, -89.5, None, None)
    assert (post.precision_m, post.source, post.note, post.population) == (250.0, "me", "seen", 0)
    assert index.unit("SY.01").id == UNIT.id
    assert index.capital("SY.01") == town
    assert index.capital("SY") is None
    assert index.demonym("syrian").id == SYRIA.id


@pytest.mark.parametrize("form", ["al hasakah", "hasakah", "hassakeh", "haseke", "حسكه"])
def test_a_place_is_found_by_all_its_names(index, form):
    assert TOWN.id in {place.id for place in index.exact(form)}


def test_articles_stay_where_none_are_used(tmp_path):
    write(tmp_path / "a.sqlite", [Entry("a:1", "El Paso", -106.5, 31.8, "US"), Entry("a:2", "al-Bab", 37.5, 36.4)])
    index = Index(tmp_path / "a.sqlite")
    assert not index.has("paso")
    assert index.has("bab")


def test_the_same_places_in_any_order_give_the_same_bytes(tmp_path):
    shuffled = list(ALL)
    random.Random(3).shuffle(shuffled)
    write(tmp_path / "a.sqlite", ALL)
    write(tmp_path / "b.sqlite", shuffled)
    assert (tmp_path / "a.sqlite").read_bytes() == (tmp_path / "b.sqlite").read_bytes()


def test_a_layer_takes_the_names_of_units_from_another_store(index, tmp_path):
    write(tmp_path / "layer.sqlite", [Entry("my:1", "Here", 40.0, 36.0, "SY", "SY.01")])
    assert Index(tmp_path / "layer.sqlite").place("my:1").admin1 is None
    assert Index(tmp_path / "layer.sqlite", units=index).place("my:1").admin1 == "Hasakah"


def test_an_empty_store_knows_nothing(tmp_path):
    write(tmp_path / "a.sqlite", [])
    index = Index(tmp_path / "a.sqlite")
    assert not index.has("homs")
    assert index.exact_many(["homs"]) == {}
    assert list(index.within(-180, -90, 180, 90)) == []


@pytest.mark.parametrize(
    ("entries", "message"),
    [
        ([TOWN, TOWN], "two places have the id 'geonames:173811'"),
        ([Entry("a:1", "Nowhere", 200.0, 0.0)], "outside the world"),
        ([Entry("a:1", "Nowhere", 0.0, float("nan"))], "outside the world"),
        ([Entry("a:1", "Nowhere", 0.0, 0.0, "IQ", "SY.01")], "no unit of IQ"),
    ],
)
def test_what_cannot_be_is_refused_and_the_old_store_stays(tmp_path, entries, message):
    path = tmp_path / "a.sqlite"
    write(path, [POST])
    with pytest.raises(InputError, match=message):
        write(path, entries)
    assert Index(path).has("post 17")
    assert [file.name for file in tmp_path.iterdir()] == ["a.sqlite"]


def test_units_and_demonyms_name_places_that_are_there(tmp_path):
    with pytest.raises(InputError, match="no place has the id 'a:9'"):
        write(tmp_path / "a.sqlite", [POST], units=[Unit("SY", "a:9")])
    with pytest.raises(InputError, match="no place has the id 'a:9'"):
        write(tmp_path / "a.sqlite", [POST], demonyms={"syrian": "a:9"})


def test_a_store_needs_a_folder(tmp_path):
    with pytest.raises(OutputError, match="does not exist"):
        write(tmp_path / "none" / "a.sqlite", [POST])


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.999])
def test_a_store_cut_short_says_so(tmp_path, share):
    path = tmp_path / "a.sqlite"
    write(path, ALL)
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * share)])
    with pytest.raises(DataError, match=r"cut short|no gazetteer store"):
        Index(path)


def test_damage_inside_a_store_is_said_when_met(tmp_path):
    path = tmp_path / "a.sqlite"
    write(path, ALL)
    whole = bytearray(path.read_bytes())
    whole[4096:] = b"\xff" * (len(whole) - 4096)
    path.write_bytes(whole)
    with pytest.raises(DataError, match="damaged"):
        Index(path).exact("homs")
