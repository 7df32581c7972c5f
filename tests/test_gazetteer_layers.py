"""The user's layers over and under a store: whose place wins, and what a damaged layer does."""

import sqlite3
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from geomap.datasets import Source
from geomap.errors import InputError, OutputError
from geomap.gazetteer import Gazetteer
from geomap.gazetteer.index import Index
from geomap.gazetteer.own.doubles import find_doubles
from geomap.gazetteer.own.shelf import Layer, LayerKind, add_layer, layer_at, layer_files, remove_layer
from geomap.gazetteer.store import Entry, Unit, write
from geomap.home import locked
from geomap.models import Certainty

SHIPPED = [
    Entry("geonames:1", "Sudan", 30.0, 16.0, "SD", feature="A.PCLI", population=40_000_000, source="lists"),
    Entry("geonames:2", "North Darfur", 25.0, 15.8, "SD", "SD.55", "A.ADM1", source="lists"),
    Entry("geonames:3", "Kutum", 24.667, 14.2, "SD", "SD.55", population=45_000, source="lists",
          local_name="كتم", names=frozenset(["Kuttum"])),
    Entry("geonames:4", "Mellit", 25.55, 14.13, "SD", "SD.55", population=30_000, source="lists"),
    Entry("curated:zurrug", "Al-Zurrug", 24.9, 15.05, "SD", "SD.55", "S.INSM", precision_m=3000, source="curated",
          names=frozenset(["az-Zurq", "الزرق"])),
]  # fmt: skip


def source(name):
    return Source(name, f"Places of {name}", "2026-01-02", "", "CC0-1.0", f"by {name}", "", ("places",), "")


def layer(name, kind=LayerKind.PLACES, added="2026-01-02T03:04:05+00:00"):
    return Layer(kind, source(name), 1, added)


@pytest.fixture(scope="module")
def shipped(tmp_path_factory):
    path = tmp_path_factory.mktemp("shipped") / "gazetteer.sqlite"
    write(path, SHIPPED, units=[Unit("SD", "geonames:1"), Unit("SD.55", "geonames:2")])
    return path


def own(place_id, name, lon, lat, **more):
    return Entry(place_id, name, lon, lat, "SD", "SD.55", source="mine", **more)


def test_places_of_a_layer_are_found_beside_the_shipped(home, shipped):
    add_layer(layer("mine"), [own("user:mine/wells", "Bir Mazza", 24.5, 14.9)])
    gazetteer = Gazetteer(shipped)
    assert gazetteer.resolve("Bir Mazza").place.id == "user:mine/wells"
    assert gazetteer.resolve("Bir Mazza").place.admin1 == "North Darfur"
    assert gazetteer.resolve("Kutum").place.id == "geonames:3"
    assert gazetteer.get("user:mine/wells").source == "mine"
    assert gazetteer.has("Bir Mazza")
    assert Gazetteer(shipped, layers=()).resolve("Bir Mazza").status is Certainty.UNKNOWN


@pytest.mark.parametrize("name", ["Kutum", "Kuttum", "كتم", "Kutum Town"])
def test_a_place_of_the_users_own_takes_over_all_its_names(home, shipped, name):
    add_layer(layer("mine"), [own("geonames:3", "Kutum Town", 24.66, 14.21, population=60_000)])
    found = Gazetteer(shipped).resolve(name)
    assert (found.status, found.place.name, found.place.lat) == (Certainty.RESOLVED, "Kutum Town", 14.21)
    assert len(found.candidates) == 1


def test_it_takes_over_where_it_lies_and_its_id(home, shipped):
    add_layer(layer("mine"), [own("geonames:3", "Kutum", 22.0, 13.0, population=60_000)])
    gazetteer = Gazetteer(shipped)
    assert gazetteer.get("geonames:3").lon == 22.0
    assert [place.id for place in gazetteer.nearest(24.667, 14.2, max_m=5000)] == []
    assert [place.lon for place in gazetteer.within((21, 12, 26, 15)) if place.id == "geonames:3"] == [22.0]


def test_a_unit_of_the_users_own_is_the_unit(home, shipped):
    add_layer(layer("mine"), [own("geonames:2", "Shamal Darfur", 25.1, 15.5, feature="A.ADM1")])
    assert Gazetteer(shipped).country("SD.55").name == "Shamal Darfur"


def test_a_download_adds_places_and_names_and_moves_nothing(home, shipped):
    rows = [
        own("geonames:3", "Kutum", 24.0, 14.0, names=frozenset(["Kotom"])),
        own("geonames:77", "Fata Borno", 24.58, 14.15),
    ]
    add_layer(layer("geonames-sd", LayerKind.GEONAMES), rows)
    gazetteer = Gazetteer(shipped)
    assert gazetteer.resolve("Fata Borno").place.id == "geonames:77"
    for name in ("Kutum", "Kotom"):
        (candidate,) = gazetteer.resolve(name).candidates
        assert (candidate.place.lon, candidate.place.source) == (24.667, "lists")
    assert [place.lon for place in gazetteer.within((23, 13, 26, 15)) if place.id == "geonames:3"] == [24.667]


def test_the_users_own_goes_before_a_download_and_the_later_before_the_earlier(home, shipped):
    add_layer(layer("geonames-sd", LayerKind.GEONAMES), [own("geonames:77", "Fata Borno", 24.5, 14.1)])
    for name, year, lon in (("older", "2020", 24.1), ("newer", "2025", 24.2)):
        add_layer(layer(name, added=f"{year}-01-01T00:00:00+00:00"), [own("geonames:77", "Fata Borno", lon, 14.1)])
    gazetteer = Gazetteer(shipped)
    (candidate,) = gazetteer.resolve("Fata Borno").candidates
    assert candidate.place.lon == 24.2
    assert [place.lon for place in gazetteer.within((24, 14, 25, 14.15))] == [24.2]
    assert gazetteer.within((24.05, 14, 24.15, 14.15)) == ()


def test_batches_answer_as_single_questions_do(home, shipped):
    add_layer(layer("mine"), [own("geonames:3", "Kutum", 24.66, 14.21), own("user:mine/a", "Mellit", 20.0, 14.1)])
    add_layer(layer("geonames-sd", LayerKind.GEONAMES), [own("geonames:4", "Melit", 0.0, 0.1)])
    index = Gazetteer(shipped)._index
    forms = ["kutum", "kuttum", "mellit", "melit", "nothing"]
    single = {form: index.exact(form) for form in forms if index.exact(form)}
    assert index.exact_many(forms) == single
    assert [place.id for place in single["mellit"]] == ["user:mine/a", "geonames:4"]
    assert single["melit"][0].lon == 25.55


def test_close_spellings_of_own_places_are_found(home, shipped):
    add_layer(layer("mine"), [own("user:mine/wells", "Wadi Howar", 24.5, 14.9, feature="H.WAD")])
    assert Gazetteer(shipped).search("Wady Hawar")[0].place.id == "user:mine/wells"


def test_a_layer_added_again_replaces_the_first(home, shipped):
    add_layer(layer("mine"), [own("user:mine/a", "Bir Mazza", 24.5, 14.9)])
    add_layer(layer("mine"), [own("user:mine/b", "Um Baru", 23.7, 15.0)])
    assert len(layer_files()) == 1
    assert not Gazetteer(shipped).has("Bir Mazza")


def test_a_layer_says_what_it_is(home):
    path = add_layer(layer("mine"), [own("user:mine/a", "Bir Mazza", 24.5, 14.9)])
    assert layer_at(path) == layer("mine")


def test_a_removed_layer_is_gone(home, shipped):
    add_layer(layer("mine"), [own("user:mine/a", "Bir Mazza", 24.5, 14.9)])
    remove_layer("mine")
    assert layer_files() == ()
    with pytest.raises(InputError, match="no layer 'mine'; there is none"):
        remove_layer("mine")


@pytest.mark.parametrize("name", ["", "../up", "Mine", "a b", "-a", "a" * 64])
def test_names_that_are_none(home, name):
    with pytest.raises(InputError, match="no name for a layer"):
        add_layer(layer(name), [])


DAMAGE = {
    "text": lambda data: b"no store at all" * 300,
    "empty": lambda data: b"",
    "half": lambda data: data[: len(data) // 2],
    "holes": lambda data: data[:4096] + bytes(len(data) - 4096),
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)
def test_a_damaged_layer_is_told_and_done_without(home, shipped, damage, caplog):
    add_layer(layer("good"), [own("user:good/a", "Bir Mazza", 24.5, 14.9)])
    path = add_layer(layer("bad"), [own(f"user:bad/{n}", f"Um Baru {n}", 23.7, 15.0) for n in range(200)])
    path.write_bytes(damage(path.read_bytes()))
    gazetteer = Gazetteer(shipped)
    assert gazetteer.resolve("Bir Mazza").place.id == "user:good/a"
    assert gazetteer.resolve("Kutum").place.id == "geonames:3"
    (issue,) = gazetteer.issues
    assert "geomap data remove bad" in issue.message
    assert "layer 'bad'" in caplog.text
    remove_layer("bad")
    assert Gazetteer(shipped).issues == ()


def test_a_store_of_another_version_is_a_damaged_layer(home, shipped):
    path = add_layer(layer("old"), [own("user:old/a", "Bir Mazza", 24.5, 14.9)])
    with sqlite3.connect(path) as store:
        store.execute("UPDATE meta SET value = '0' WHERE name = 'version'")
    store.close()
    assert "version" in Gazetteer(shipped).issues[0].message


def test_what_is_no_layer_in_the_folder_is_left_alone(home, shipped):
    (home / "places").mkdir(parents=True)
    for name in ("Notes.sqlite", "readme.txt", ".lock"):
        (home / "places" / name).write_text("mine")
    assert Gazetteer(shipped).issues == ()


def test_a_failed_add_leaves_the_old_layer(home, shipped):
    path = add_layer(layer("mine"), [own("user:mine/a", "Bir Mazza", 24.5, 14.9)])
    before = path.read_bytes()
    twice = [own("user:mine/b", "Um Baru", 23.7, 15.0)] * 2
    with pytest.raises(InputError, match="two places have the id"):
        add_layer(layer("mine"), twice)
    assert path.read_bytes() == before
    assert [found.name for found in (home / "places").iterdir() if not found.name.startswith(".lock")] == [
        "mine.sqlite"
    ]


KILLED = """
import os, signal
from geomap.gazetteer.own import shelf
from test_gazetteer_layers import layer, own
def entries():
    yield own("user:mine/b", "Um Baru", 23.7, 15.0)
write = shelf.write
def killed(path, rows):
    write(path, rows)
    os.kill(os.getpid(), signal.SIGKILL)
shelf.write = killed
shelf.add_layer(layer("mine"), entries())
"""


def test_a_killed_add_leaves_the_old_layer_and_the_next_one_cleans_up(home, shipped):
    path = add_layer(layer("mine"), [own("user:mine/a", "Bir Mazza", 24.5, 14.9)])
    before = path.read_bytes()
    run = subprocess.run([sys.executable, "-c", KILLED], cwd=Path(__file__).parent, check=False)
    assert run.returncode < 0
    assert path.read_bytes() == before
    assert Gazetteer(shipped).has("Bir Mazza")
    assert list(path.parent.glob(".geomap-*"))
    add_layer(layer("mine"), [own("user:mine/c", "Tine", 22.8, 15.0)])
    assert not list(path.parent.glob(".geomap-*"))


def test_two_adds_at_once_do_not_mix(home):
    with locked(home / "places"), pytest.raises(OutputError, match="another geomap"):
        add_layer(layer("mine"), [own("user:mine/a", "Bir Mazza", 24.5, 14.9)])


def test_the_shipped_store_is_never_written_to(home, shipped):
    before = shipped.read_bytes(), shipped.stat().st_mtime_ns
    add_layer(layer("mine"), [own("geonames:3", "Kutum", 24.66, 14.21)])
    gazetteer = Gazetteer(shipped)
    gazetteer.resolve("Kutum")
    gazetteer.nearest(24.6, 14.2)
    remove_layer("mine")
    assert (shipped.read_bytes(), shipped.stat().st_mtime_ns) == before


@pytest.mark.parametrize(
    ("entry", "double"),
    [
        (own("user:m/1", "Zurrug", 24.92, 15.06, feature="S.AIRB"), "curated:zurrug"),
        (own("user:m/1", "az-Zurq", 24.92, 15.06, feature="S.INSM"), "curated:zurrug"),
        (own("user:m/1", "The base", 24.92, 15.06, feature="S.INSM", names=frozenset(["الزرق"])), "curated:zurrug"),
        (own("user:m/1", "Kuttum", 24.65, 14.22, feature="P.PPLA3"), "geonames:3"),
        (own("user:m/1", "Zurrug", 24.92, 15.06), None),
        (own("user:m/1", "Zurrug", 25.2, 15.05, feature="S.INSM"), None),
        (own("user:m/1", "Kabkabiya", 24.667, 14.2), None),
        (own("user:m/1", "Sudan", 30.0, 16.0), None),
    ],
)
def test_the_same_place_is_known_by_name_spot_and_kind(shipped, entry, double):
    found = find_doubles([entry], Index(shipped))
    assert {key: place.id for key, place in found.items()} == ({entry.id: double} if double else {})


def test_two_rows_cannot_be_one_place_and_the_nearer_is(shipped):
    far, near = own("user:m/far", "Kutum", 24.69, 14.2), own("user:m/near", "Kutum", 24.67, 14.2)
    assert list(find_doubles([far, near], Index(shipped))) == ["user:m/near"]


def test_doubles_across_the_edge_of_a_square_degree(tmp_path):
    write(tmp_path / "s.sqlite", [Entry("curated:a", "Alpha", 9.999, -0.001, "GA")])
    across = replace(SHIPPED[3], id="user:m/a", name="Alpha", lon=10.001, lat=0.001)
    assert list(find_doubles([across], Index(tmp_path / "s.sqlite"))) == ["user:m/a"]


def test_layers_in_use_are_no_damage(home, shipped):
    add_layer(layer("mine"), [own("geonames:3", "Kutum", 24.66, 14.21)])
    add_layer(layer("geonames-sd", LayerKind.GEONAMES), [own("geonames:4", "Melit", 25.5, 14.1)])
    gazetteer = Gazetteer(shipped)
    for ask in (gazetteer.resolve, gazetteer.has, gazetteer.search):
        ask("Melit")
    gazetteer.nearest(25.5, 14.1)
    gazetteer.country("SD")
    assert gazetteer.issues == ()
