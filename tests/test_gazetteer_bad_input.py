"""Whatever is asked of the gazetteer: an honest answer, or an error that says what to do."""

import io
import math
import shutil
import sqlite3

import pandas as pd
import pytest
from click.testing import CliRunner
from hypothesis import example, given, settings
from hypothesis import strategies as st

from geomap.cli import main
from geomap.datasets import data_path
from geomap.errors import DataError, GeomapError, InputError, UnknownPlaceError
from geomap.gazetteer import Gazetteer
from geomap.models import Certainty, Resolution

NO_NAMES = {
    "empty": "",
    "spaces": " \t\u00a0\u3000",
    "one letter": "q",
    "one letter of another script": "ق",
    "ten thousand letters": "a" * 10_000,
    "ten thousand words": "ab " * 10_000,
    "ten thousand commas": "," * 10_000,
    "ten thousand marks": "e" + "\u0301" * 10_000,
    "control characters": "\x00\x01\x02\x07\x1b[2J\x7f",
    "only marks of direction": "\u202e\u202d\u200f\u2066\u2069",
    "emoji": "🙂🇺🇦👩‍👩‍👧",
    "a lone surrogate": "\ud800",
    "digits": "1234567",
    "punctuation": "?!…—–.,;:",
    "an end of SQL": "'; DROP TABLE place; --",
    "a wildcard of SQL": "%",
    "a pattern of SQL": "%a_b%",
    "a slow pattern": "(a+)+$",
    "a class of letters": "[a-z]+",
    "any letters": ".*",
    "a template": "{{ 7 * 7 }}",
    "a format": "%s%s%n",
    "a tag": "<img src=x onerror=alert(1)>",
    "a path": "../../../../etc/passwd",
    "an address of the web": "https://example.org/report?id=1",
    "an address of mail": "press@example.org",
    "mixed scripts without sense": "жqعxя漢zჟ",
    "keys hammered": "qwzxkjvqp",
}


@pytest.fixture(scope="module")
def gazetteer():
    return Gazetteer()


@pytest.mark.parametrize("name", NO_NAMES.values(), ids=NO_NAMES)
def test_what_is_no_name_is_an_honest_unknown(gazetteer, name):
    answer = gazetteer.resolve(name)
    assert answer.status is Certainty.UNKNOWN, answer.candidates[:1]
    assert answer.query == name
    assert answer.place is None
    assert 0 < len(answer.reason) < 300


@pytest.mark.parametrize("name", NO_NAMES.values(), ids=NO_NAMES)
def test_what_is_no_name_is_nothing_else_either(gazetteer, name):
    assert gazetteer.search(name, fuzzy=False) == ()
    assert not gazetteer.has(name)
    assert gazetteer.demonym(name) is None
    with pytest.raises(UnknownPlaceError):
        gazetteer.get(name)
    with pytest.raises(UnknownPlaceError):
        gazetteer.country(name)


def test_a_column_of_what_is_no_name_is_unknown_throughout(gazetteer):
    frame = gazetteer.resolve_frame([*NO_NAMES.values(), None, math.nan, 3, b"Goma", ["Goma"], {"name": "Goma"}])
    assert set(frame["status"]) == {"unknown"}
    assert frame["reason"].str.len().between(1, 300).all()


@pytest.mark.parametrize(
    "dressed",
    [
        " Kharkiv ", "\tKharkiv\n", "Kharkiv\x00", "\u202bKharkiv\u202c", "\u200eKharkiv\u200f", "\ufeffKharkiv",
        "Khar\u00adkiv", "Khar\u200bkiv", "“Kharkiv”", "«Kharkiv»", "(Kharkiv)", "Kharkiv.", "Kharkiv,", "Kharkiv;",
        "KHARKIV", "kharkiv", "Ｋｈａｒｋｉｖ", "🇺🇦 Kharkiv",
    ],
)  # fmt: skip
def test_what_clings_to_a_name_does_not_hide_it(gazetteer, dressed):
    assert gazetteer.resolve(dressed).place == gazetteer.resolve("Kharkiv").place


@pytest.mark.parametrize(
    ("odd", "plain"),
    [
        ("e\u0301l-Fasher", "él-Fasher"),
        ("عـفـريـن", "عفرين"),  # drawn out for the eye
        ("عِفْرين", "عفرين"),  # with vowel signs
        ("\u0643\u0631\u0643\u0648\u0643", "\u06a9\u0631\u06a9\u0648\u06a9"),  # Arabic and Persian kaf
    ],
)
def test_one_name_in_two_encodings_is_one_place(gazetteer, odd, plain):
    assert gazetteer.resolve(plain).place
    assert gazetteer.resolve(odd).place == gazetteer.resolve(plain).place


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("95, 10", "latitude 95 lies beyond 90"),
        ("133.8, 42.4", "is it the other way round"),
        ("10, 181", "longitude 181 beyond 180"),
        ("33°60'N 42°26'E", "60 minutes"),
        ("33N 42N", "one of N and S"),
    ],
)
def test_a_position_that_cannot_be_is_told_by_every_way_in(gazetteer, name, words):
    answer = gazetteer.resolve(name)
    assert answer.status is Certainty.UNKNOWN
    assert words in answer.reason
    assert words in gazetteer.resolve_frame([name])["reason"].iloc[0]
    with pytest.raises(InputError, match=words):
        gazetteer.search(name)
    assert words in CliRunner().invoke(main, ["find", name]).stdout


@pytest.mark.parametrize("value", [None, 12, 3.5, b"Goma", ["Goma"], object()])
def test_what_is_no_text_is_refused(gazetteer, value):
    for ask in (gazetteer.resolve, gazetteer.search):
        with pytest.raises(InputError, match="is no text"):
            ask(value)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"near": (42.4, 133.8)}, "lat in -90..90"),
        ({"near": (200.0, 33.8)}, "lon lies in -180..180"),
        ({"near": (math.nan, 33.8)}, "lon"),
        ({"near": (math.inf, 33.8)}, "lon"),
        ({"kind": "planet"}, "it is one of"),
    ],
)
def test_impossible_hints_are_errors(gazetteer, arguments, words):
    for ask in (gazetteer.resolve, gazetteer.search, lambda name, **hints: gazetteer.resolve_frame([name], **hints)):
        with pytest.raises(InputError, match=words):
            ask("Goma", **arguments)


@pytest.mark.parametrize("position", [(0.0, 91.0), (181.0, 0.0), (math.nan, 0.0), (0.0, -math.inf)])
def test_nothing_is_near_a_position_that_cannot_be(gazetteer, position):
    with pytest.raises(InputError):
        gazetteer.nearest(*position)


@pytest.mark.parametrize("bounds", [(0.0, 10.0, 1.0, 5.0), (0.0, -91.0, 1.0, 5.0), (0.0, math.nan, 1.0, 5.0)])
def test_a_box_that_cannot_be_is_an_error(gazetteer, bounds):
    with pytest.raises(InputError):
        gazetteer.within(bounds)


@pytest.mark.parametrize("lon", [-180.0, 0.0, 180.0])
@pytest.mark.parametrize("lat", [-90.0, 90.0])
def test_the_poles_and_the_date_line_are_positions(gazetteer, lon, lat):
    found = gazetteer.nearest(lon, lat, max_m=10_000)
    assert [place.id for place in found] in ([], ["icao:NZSP"])  # the airport of the South Pole lies there


def test_unknown_countries_favour_nothing_and_break_nothing(gazetteer):
    assert gazetteer.resolve("Kharkiv", countries=["ZZ", "", "🙂"]).candidates[0].place.country == "UA"


def test_limits_of_none_and_less_are_empty(gazetteer):
    assert gazetteer.search("Goma", limit=0) == gazetteer.search("Goma", limit=-3) == ()
    assert gazetteer.nearest(29.2, -1.7, limit=0) == ()


TEXTS = st.text(max_size=40) | st.text(alphabet="abkhrsy -'’,.()0123456789°NESWعبالنЯїק", max_size=25)
FUZZ = settings(max_examples=120, deadline=None, derandomize=True)


@FUZZ
@given(TEXTS)
@example("0" * 80)
@example("ß" * 5_000)
@example("İ" * 10)
def test_any_text_gets_an_answer(gazetteer, text):
    answer = gazetteer.resolve(text)
    assert answer.query == text
    assert answer.reason
    assert (answer.place is None) == (answer.status is Certainty.UNKNOWN)
    scores = [candidate.score for candidate in answer.candidates]
    assert scores == sorted(scores, reverse=True)
    assert all(0.0 <= score <= 1.0 for score in scores)
    assert gazetteer.resolve(text) == answer


@FUZZ
@given(TEXTS, st.sampled_from([(), ("SY",), ("UA", "RU")]), st.sampled_from([None, (37.0, 36.0)]))
def test_hints_never_break_an_answer(gazetteer, text, countries, near):
    answer = gazetteer.resolve(text, countries=countries, near=near)
    assert isinstance(answer, Resolution)
    assert not math.isnan(sum(candidate.score for candidate in answer.candidates))


@FUZZ
@given(st.floats(-180, 180), st.floats(-90, 90), st.floats(0, 2e7))
def test_nearest_answers_everywhere_in_order(gazetteer, lon, lat, reach):
    found = gazetteer.nearest(lon, lat, limit=3, max_m=min(reach, 200_000.0))
    assert len(found) <= 3


@FUZZ
@given(st.text(max_size=30))
def test_any_text_as_an_id_is_a_place_or_an_error(gazetteer, text):
    try:
        place = gazetteer.get(text)
    except GeomapError:
        return
    assert gazetteer.get(place.id) == place


def damaged(tmp_path, change):
    """Return a copy of the store whose bytes have been changed."""
    path = tmp_path / "store.sqlite"
    shutil.copy(data_path("gazetteer.sqlite"), path)
    with path.open("r+b") as file:
        change(file)
    return path


def cut(share):
    return lambda file: file.truncate(int(file.seek(0, io.SEEK_END) * share))


def overwrite(at, content):
    def change(file):
        file.seek(at)
        file.write(content)

    return change


@pytest.mark.parametrize("share", [0.0, 1e-6, 1e-4, 0.3, 0.999])
def test_a_half_downloaded_store_is_an_error_at_once(tmp_path, share):
    with pytest.raises(DataError, match=r"store\.sqlite"):
        Gazetteer(damaged(tmp_path, cut(share)))


@pytest.mark.parametrize(
    "content",
    [b"<!DOCTYPE html><html>404", b"version https://git-lfs.github.com/spec/v1\n", b"\x1f\x8b\x08", b"PK\x03\x04"],
)
def test_another_file_in_place_of_the_store_is_an_error_at_once(tmp_path, content):
    path = tmp_path / "store.sqlite"
    path.write_bytes(content * 3_000)
    with pytest.raises(DataError, match=r"store\.sqlite"):
        Gazetteer(path)


def test_a_page_of_noise_never_becomes_a_wrong_place(tmp_path):
    """Each place is answered as from the whole store, or with an error that names the file."""
    size = data_path("gazetteer.sqlite").stat().st_size
    whole, names = Gazetteer(), ["Kharkiv", "Goma", "Aleppo", "Hodeidah", "Bamako", "Tripoli", "Gao"]
    path = damaged(tmp_path, overwrite(8192, b"\xa5" * (size // 2)))
    answers = [answer_of(path, name) for name in names]
    assert all(
        isinstance(answer, str) or answer in (None, whole.resolve(name).place)
        for answer, name in zip(answers, names, strict=True)
    )
    assert all("store.sqlite" in answer for answer in answers if isinstance(answer, str))
    assert any(isinstance(answer, str) for answer in answers)


def answer_of(path, name):
    """Return what a store answers, or the error as text."""
    try:
        return Gazetteer(path).resolve(name).place
    except DataError as error:
        return str(error)


def test_another_database_is_no_store(tmp_path):
    path = tmp_path / "store.sqlite"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE holiday (day TEXT)")
    other.close()
    with pytest.raises(DataError, match=r"store\.sqlite"):
        Gazetteer(path)


@pytest.mark.parametrize("make", [lambda path: None, lambda path: path.mkdir()], ids=["missing", "a folder"])
def test_no_file_is_no_store(tmp_path, make):
    path = tmp_path / "store.sqlite"
    make(path)
    with pytest.raises(DataError, match=r"store\.sqlite"):
        Gazetteer(path)
    assert path.is_dir() or not path.exists()


def test_the_shipped_store_is_never_written_to(gazetteer):
    path = data_path("gazetteer.sqlite")
    before = (path.stat().st_mtime_ns, path.stat().st_size, {other.name for other in path.parent.iterdir()})
    gazetteer.resolve_frame(pd.Series(["Goma", "Qwxyzzplk", "Kharkvi"]))
    gazetteer.nearest(37.0, 36.0)
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True).execute("DELETE FROM place")
    assert (path.stat().st_mtime_ns, path.stat().st_size, {other.name for other in path.parent.iterdir()}) == before
