"""Other spellings and typing errors, on a store of a few places and on the shipped one."""

import pytest

from geomap.gazetteer.index import Index
from geomap.gazetteer.spelling import ALIKE, LOOKED_AT, TYPED, alike, close
from geomap.gazetteer.store import Entry, write

PLACES = [
    ("Rmeilan", "SY", ""), ("Manbij", "SY", ""), ("Qamishli", "SY", "القامشلي"), ("Deir ez-Zor", "SY", ""),
    ("Jarabulus", "SY", ""), ("Halwan", "EG", ""), ("Galwan", "IN", ""), ("Kramatorsk", "UA", "Краматорськ"),
    ("Hryhorivka", "UA", ""), ("Chemchemal", "IQ", ""), ("Mogadishu", "SO", ""), ("Berlin", "DE", ""),
    ("Brooklyn", "US", ""), ("Marburg", "DE", ""), ("Hama", "SY", ""), ("Homs", "SY", ""), ("Lviv", "UA", ""),
]  # fmt: skip


@pytest.fixture(scope="module")
def few(tmp_path_factory):
    path = tmp_path_factory.mktemp("store") / "few.sqlite"
    entries = [
        Entry(f"t:{n}", name, n / 10, 0.0, country, names=frozenset({local} - {""}))
        for n, (name, country, local) in enumerate(PLACES)
    ]
    base = Entry("t:base", "Al-Asad Airbase", 42.4, 33.8, "IQ", feature="S.AIRB")
    write(path, [*entries, base])
    return Index(path)


@pytest.fixture(scope="module")
def shipped():
    return Index()


def names(matches):
    return [place.name for match in matches for place in match.places]


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("Rumaylan", "Rmeilan"),
        ("رميلان", "Rmeilan"),
        ("Membij", "Manbij"),
        ("Kamichli", "Qamishli"),
        ("Dayr az Zawr", "Deir ez-Zor"),
        ("Deirezzor", "Deir ez-Zor"),
        ("Cerablus", "Jarabulus"),
        ("Çemçemal", "Chemchemal"),
        ("Kramatorszk", "Kramatorsk"),
        ("Grigorovka", "Hryhorivka"),
        ("Galwaan", "Galwan"),
        ("Lwiw", "Lviv"),
    ],
)
def test_other_transliterations_are_found(few, asked, meant):
    assert names(alike(few, asked) or close(few, asked))[0] == meant


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("Rmeilna", "Rmeilan"),
        ("Jramatorsk", "Kramatorsk"),
        ("Mogadihsu", "Mogadishu"),
        ("Nogadishu", "Mogadishu"),
        ("Berklin", "Berlin"),
        ("Brookly", "Brooklyn"),
        ("Broklyn", "Brooklyn"),
        ("Marbugr", "Marburg"),
        ("Краматоск", "Kramatorsk"),
    ],
)
def test_typing_errors_are_found(few, asked, meant):
    assert names(close(few, asked))[0] == meant


def test_vowels_are_no_matter_of_taste_where_names_are_spelled(few):
    assert names(alike(few, "Merburg")) == []
    assert names(alike(few, "Berklin")) == []
    assert names(close(few, "Merburg")) == ["Marburg"]


@pytest.mark.parametrize("asked", ["Hims", "Hams"])
def test_a_short_name_is_found_by_its_consonants(few, asked):
    assert names(alike(few, asked)) == ["Homs"]


def test_a_reading_counts_only_where_names_are_written_so(few):
    assert "Halwan" not in names(alike(few, "Galwaan"))


def test_a_kind_keeps_to_its_own(few):
    assert names(alike(few, "asaad @airfield")) == ["Al-Asad Airbase"]
    assert names(alike(few, "asaad @camp")) == []
    assert "Al-Asad Airbase" not in names(alike(few, "asaad"))


@pytest.mark.parametrize(
    ("asked", "meant"),
    [("Asaad airbase", "Al-Asad Airbase"), ("city of Kamichli", "Qamishli"), ("ville de Membij", "Manbij")],
)
def test_generic_words_are_no_part_of_the_spelling(few, asked, meant):
    assert meant in names(alike(few, asked))


@pytest.mark.parametrize(
    ("asked", "meant"),
    [("Asda airbase", "Al-Asad Airbase"), ("city of Qamsihli", "Qamishli"), ("Brelin region", "Berlin")],
)
def test_generic_words_are_no_part_of_a_typing_error(few, asked, meant):
    assert meant in names(close(few, asked))


def test_matches_come_likest_first_with_their_form(few):
    found = close(few, "Rmelan")
    assert found[0].form == "rmeilan"
    assert all(TYPED <= match.likeness <= 1.0 for match in found)
    assert [match.likeness for match in found] == sorted((match.likeness for match in found), reverse=True)
    assert all(match.likeness >= ALIKE * 0.97 for match in alike(few, "Rmelan"))


@pytest.mark.parametrize(
    "name",
    ["", " ", "a", "x y", "aaaaaaaaaaaaaaaa", "x" * 10_000, "ab" * 5_000, "\x00\x01", "\u200f\u200e", "🙂🙂🙂🙂",
     "жqعxя漢zჟ", "%%%%", "____", "[a-z]+", "(a+)+$", "\udcff\udcfe\udcfd\udcfc", "12345", "@@@@", " @camp"],
)  # fmt: skip
def test_odd_names_have_no_match_and_do_no_harm(shipped, name):
    assert alike(shipped, name) == ()
    assert close(shipped, name) == ()


@pytest.mark.parametrize("name", ["Kafr " * 20, "Abcdefghijklmnopqrstuvwxyz" * 4, "ـمـ" * 30, "Zzyzx-" * 15])
def test_long_names_are_answered_too(shipped, name):
    assert len(alike(shipped, name)) <= 2 * LOOKED_AT
    assert len(close(shipped, name)) <= 2 * LOOKED_AT


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("Rmelaan", "curated:rmeilan"),
        ("Mosoul", "geonames:99072"),
        ("Zaporijzhia", "geonames:687700"),
        ("Kandahaar", "geonames:1138336"),
        ("Tombouktou", "geonames:2449067"),
    ],
)
def test_the_shipped_store_knows_unlisted_spellings(shipped, asked, meant):
    assert not shipped.has(asked.lower())
    assert any(meant in {place.id for place in match.places} for match in alike(shipped, asked)[:8])
