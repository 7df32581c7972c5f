"""The user's road networks: kept whole or not at all, found by the land they speak for, removed."""

import json
import shutil

import extracts
import pytest
from extracts import at

from geomap.errors import DataError, InputError, OutputError
from geomap.geometry.roads import shelf

PRIMARY = {"highway": "primary", "ref": "M5"}
RESIDENTIAL = {"highway": "residential"}


@pytest.fixture
def extract(tmp_path):
    def write(name="syria-latest.osm.pbf", *, west=36.5, size=4, ways=()):
        """A square of roads, some 4 km wide, with streets in its middle."""
        nodes = {
            1: at(0, 0, west=west),
            2: at(size, 0, west=west),
            3: at(size, size, west=west),
            4: at(0, size, west=west),
        }
        nodes[5] = at(size / 2, size / 2, west=west)
        streets = [([1, 5, 3], RESIDENTIAL), ([2, 5, 4], RESIDENTIAL)]
        return extracts.write(
            tmp_path / name,
            nodes,
            [([1, 2, 3, 4, 1], PRIMARY), *streets, *ways],
            osmosis_replication_timestamp="2024-05-06T20:21:00Z",
        )

    return write


def names():
    return [shelved.name for shelved in shelf.networks()]


def test_a_network_is_added_found_and_removed(home, extract):
    added, notes = shelf.add_roads(extract())
    assert (added.name, notes) == ("syria", ())
    (found,) = shelf.networks()
    assert found == added
    assert (found.junctions, found.edges) == (len(found.network.points), len(found.network.edges))
    assert found.length_m == pytest.approx(found.network.lengths.sum(), abs=found.edges)
    assert found.network.names == ("", "M5")
    assert (found.source.licence, found.source.attribution) == ("ODbL-1.0", "© OpenStreetMap contributors")
    assert (found.source.version, len(found.source.sha256)) == ("2024-05-06", 64)
    assert found.source in shelf.road_sources()
    shelf.remove_roads("syria")
    assert shelf.networks() == shelf.road_sources() == ()
    assert [path.name for path in (home / "roads").iterdir()] == [".lock"]


def test_a_network_of_the_same_name_is_replaced(home, extract):
    first, _ = shelf.add_roads(extract())
    second, _ = shelf.add_roads(extract(size=6))
    assert second.length_m > first.length_m
    assert shelf.networks() == (second,)
    assert len(list((home / "roads").glob("*.npz"))) == 1


def test_the_most_detailed_network_that_holds_all_stops_is_used(home, extract):
    shelf.add_roads(extract(), name="main")
    shelf.add_roads(extract(), name="streets", minor=True)
    shelf.add_roads(extract(west=40.0), name="elsewhere", minor=True)
    assert names()[-1] == "main"
    here, there = at(1, 1), at(1, 1, west=40.0)
    assert shelf.network_for([here, at(2, 3)]).name == "streets"
    assert shelf.network_for([there]).name == "elsewhere"
    assert shelf.network_for([here, there]) is None
    assert shelf.network_for([]) is None
    shelf.remove_roads("streets")
    assert shelf.network_for([here]).name == "main"


def test_an_opened_network_stays_open(home, extract):
    shelf.add_roads(extract())
    assert shelf.network_for([at(1, 1)]).network is shelf.network_for([at(2, 2)]).network


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("syria-latest.osm.pbf", "syria"),
        ("Côte d'Ivoire.osm.bz2", "cote-d-ivoire"),
        ("map.osm", "map"),
        ("UA_2024.pbf", "ua-2024"),
    ],
)
def test_networks_are_named_for_their_file(home, extract, file, name):
    assert shelf.add_roads(extract(file))[0].name == name


@pytest.mark.parametrize("name", ["Syria", "a/b", "", "..", "x" * 64, "-a"])
def test_what_is_no_name_is_refused(home, extract, name):
    with pytest.raises(InputError, match="is no name for a network") if name else pytest.MonkeyPatch.context():
        shelf.add_roads(extract(), name=name)
    assert names() == ([] if name else ["syria"])


def test_a_name_of_places_is_refused(home, extract, tmp_path):
    from geomap.gazetteer.own.adding import add_places

    (tmp_path / "syria.csv").write_text("name,lat,lon,country\nZzyxqvort,34.5,39.2,SY\n", encoding="utf-8")
    add_places(tmp_path / "syria.csv", locate=lambda lon, lat: "SY")
    with pytest.raises(InputError, match="'syria' is a layer of places"):
        shelf.add_roads(extract())


def test_points_that_the_extract_lacks_are_noted(home, extract):
    added, (note,) = shelf.add_roads(extract(ways=[([1, 98, 99], PRIMARY)]))
    assert note.message == "2 points of roads are not in the file; the roads end before them"
    assert note.report_id == "syria-latest.osm.pbf"
    assert added.junctions


@pytest.mark.parametrize("content", [b"", b"<html>", b"\x00\x00\x00\x0d\x0a\x09OSMHeader"])
def test_a_bad_file_changes_nothing(home, extract, tmp_path, content):
    before, _ = shelf.add_roads(extract())
    path = extract()
    path.write_bytes(content)
    with pytest.raises(InputError):
        shelf.add_roads(path)
    assert shelf.networks() == (before,)
    assert len(before.network.edges)


def test_a_full_disk_leaves_what_was_there(home, extract, monkeypatch):
    before, _ = shelf.add_roads(extract())

    def full(*args, **kwargs):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("numpy.savez", full)
    with pytest.raises(OutputError, match="No space left on device"):
        shelf.add_roads(extract(size=6))
    assert shelf.networks() == (before,)
    assert sorted(path.suffix for path in (home / "roads").iterdir() if path.name != ".lock") == [".json", ".npz"]


def test_a_run_that_ends_before_the_network_is_named_leaves_what_was_there(home, extract, monkeypatch):
    before, _ = shelf.add_roads(extract())
    with monkeypatch.context() as patch:
        patch.setattr(shelf, "write_text", lambda *args: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            shelf.add_roads(extract(size=6))
    assert shelf.networks() == (before,)
    after, _ = shelf.add_roads(extract(size=8))
    assert shelf.networks() == (after,)
    assert len(list((home / "roads").glob("*.npz"))) == 1


def cut_off(folder):
    path = next(folder.glob("*.npz"))
    path.write_bytes(path.read_bytes()[:-40])


def unreadable(folder):
    path = next(folder.glob("*.npz"))
    path.write_bytes(bytes(path.stat().st_size))


def gone(folder):
    next(folder.glob("*.npz")).unlink()


def no_json(folder):
    next(folder.glob("*.json")).write_text("{", encoding="utf-8")


def other_json(folder):
    next(folder.glob("*.json")).write_text("[1]", encoding="utf-8")


def no_polygon(folder):
    path = next(folder.glob("*.json"))
    path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | {"coverage": "POLYGON(("}), encoding="utf-8")


@pytest.mark.parametrize("harm", [cut_off, gone, no_json, other_json, no_polygon])
def test_a_damaged_network_is_done_without_and_said(home, extract, harm):
    shelf.add_roads(extract())
    shelf.add_roads(extract("whole.osm.pbf", size=5), name="whole")
    shelf.remove_roads("whole")
    harm(home / "roads")
    assert shelf.networks() == shelf.road_sources() == ()
    assert shelf.network_for([at(1, 1)]) is None
    (issue,) = shelf.issues()
    assert "remove them: geomap data remove syria" in issue.message
    shelf.remove_roads("syria")
    assert shelf.issues() == ()


def test_a_network_that_cannot_be_opened_makes_room_for_the_next(home, extract, caplog):
    shelf.add_roads(extract(), name="main")
    shelf.add_roads(extract(), name="streets", minor=True)
    shutil.move(home / "roads" / "main.json", home / "main.json")
    whole = next((home / "roads").glob("main*.npz"))
    shutil.move(whole, home / whole.name)
    unreadable(home / "roads")
    shutil.move(home / "main.json", home / "roads" / "main.json")
    shutil.move(home / whole.name, whole)
    with pytest.raises(DataError):
        _ = shelf.networks()[0].network
    assert shelf.network_for([at(1, 1)]).name == "main"
    assert "'streets' are left out" in caplog.text


def test_what_is_not_there_cannot_be_removed(home, extract):
    shelf.add_roads(extract())
    with pytest.raises(InputError, match="no network 'iraq'; there is syria"):
        shelf.remove_roads("iraq")


def test_a_home_that_cannot_be_written_to_is_said(home, extract):
    home.write_text("a file", encoding="utf-8")
    with pytest.raises(OutputError, match="GEOMAP_HOME"):
        shelf.add_roads(extract())
