"""`geomap data` as a user meets it: what is added, listed, refused and removed."""

import json

import extracts
import pytest
from click.testing import CliRunner
from dumps import row, zipped
from service import Reply

from geomap.cli import main

TABLE = (
    "name,names,lat,lon,country,kind\nZzyxqvort Outpost,Qarnaa;قرناء,34.5,39.25,SY,base\nWadi Qqaf,,34.6,39.3,SY,wadi\n"
)
DUMP = row(15000001, "Qaryat Qqudaym", 34.7, 39.1, population=80) + row(15000002, "Sadd Qqudaym", 34.71, 39.11, "S.DAM")


@pytest.fixture
def run(home, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)

    def call(*args):
        result = CliRunner().invoke(main, [str(arg) for arg in args])
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result

    return call


@pytest.fixture
def table(tmp_path):
    def write(text=TABLE, name="posts.csv"):
        (tmp_path / name).write_text(text, encoding="utf-8")
        return name

    return write


def find(run, name):
    return json.loads(run("find", name, "--json").stdout)


def test_a_table_is_added_found_listed_and_removed(run, table):
    added = run("data", "add", "places", table())
    assert (added.exit_code, added.stdout) == (0, "posts: 2 places added\n")
    assert find(run, "Zzyxqvort Outpost")["candidates"][0]["place"] == "user:posts/zzyxqvort-outpost"
    assert "posts  2 places  Own places of posts.csv" in run("data", "list").stdout
    listed = json.loads(run("data", "list", "--json").stdout)
    assert (listed["name"], listed["count"], len(listed["source"]["sha256"])) == ("posts", 2, 64)
    assert run("data", "remove", "posts").stdout == "posts removed\n"
    assert find(run, "Zzyxqvort Outpost")["status"] == "unknown"
    assert run("data", "list").stdout == ""


def test_places_are_added_for_maps_and_reports_too(run, table, tmp_path):
    run("data", "add", "places", table(), "--attribution", "Survey of the Qqaf", "--licence", "CC0-1.0")
    (tmp_path / "report.txt").write_text(
        "A convoy of ten trucks drove from Homs to Zzyxqvort Outpost on Monday.", "utf-8"
    )
    assert run("extract", "report.txt", "-o", "out.jsonl").exit_code == 0
    record = json.loads((tmp_path / "out.jsonl").read_text("utf-8"))
    assert record["movements"][0]["destination"][0]["place"] == "user:posts/zzyxqvort-outpost"
    listed = run("sources").stdout
    assert "Survey of the Qqaf" in listed
    assert "CC0-1.0" in listed


def test_bad_rows_stop_everything_unless_told_otherwise(run, table):
    table(TABLE + "Qqalb,,134.5,39.25,SY,base\n,,34.5,39.25,SY,base\n")
    refused = run("data", "add", "places", "posts.csv")
    assert refused.exit_code == 1
    assert "posts.csv: data: row 4: lat '134.5' and lon '39.25' are swapped" in refused.stderr
    assert "posts.csv: data: row 5: has no name" in refused.stderr
    assert "nothing added, 2 rows are bad; correct them, or add the others with --skip-bad" in refused.stderr
    assert run("data", "list").stdout == ""
    added = run("data", "add", "places", "posts.csv", "--skip-bad")
    assert (added.exit_code, added.stdout) == (0, "posts: 2 places added, 2 bad rows left out\n")
    assert "row 5" in added.stderr


def test_a_refused_table_leaves_what_was_added_before(run, table):
    run("data", "add", "places", table())
    table("name,lat,lon\nQqelse,99,200\n")
    assert run("data", "add", "places", "posts.csv").exit_code == 1
    assert find(run, "Zzyxqvort Outpost")["status"] == "resolved"


def test_a_place_known_already_is_named_and_corrected(run, table):
    before = find(run, "Kobani")["candidates"][0]
    table(f"name,lat,lon,kind\nKobani,{before['lat'] + 0.002:.3f},{before['lon'] + 0.002:.3f},town\n")
    added = run("data", "add", "places", "posts.csv", "--name", "checked")
    assert (
        f"1 places are known already and now are as this table has them: {before['name']} ({before['place']})"
        in added.stderr
    )
    for name in ("Kobani", "Kobanê", "كوباني"):
        after = find(run, name)["candidates"]
        (lat,) = [candidate["lat"] for candidate in after if candidate["place"] == before["place"]]
        assert lat == pytest.approx(before["lat"] + 0.002, abs=6e-4)


def test_a_dump_is_downloaded_and_added(run, service):
    service.says(Reply(zipped(DUMP), headers={"Last-Modified": "Sat, 21 Nov 2020 03:04:05 GMT"}))
    added = run("data", "add", "geonames", "sy", "--url", service.url)
    assert (added.exit_code, added.stdout, added.stderr) == (0, "geonames-sy: 2 places added\n", "")
    assert find(run, "Qaryat Qqudaym")["candidates"][0]["place"] == "geonames:15000001"
    assert "GeoNames: places of Syria, 2020-11-21  CC-BY-4.0" in run("data", "list").stdout
    assert "© GeoNames (geonames.org), CC BY 4.0" in run("sources").stdout


@pytest.mark.parametrize(
    ("name", "content"), [("SY.zip", zipped(DUMP)), ("SY.txt", DUMP.encode())], ids=["archive", "text"]
)
def test_a_dump_is_added_from_a_file(run, tmp_path, name, content):
    (tmp_path / name).write_bytes(content)
    assert run("data", "add", "geonames", "--file", name).stdout == "geonames-sy: 2 places added\n"
    assert (
        run("data", "add", "geonames", "SY", "--file", name, "--min-population", "100").stdout
        == "geonames-sy: 1 places added\n"
    )


def test_one_country_that_fails_does_not_stop_the_others(run, service):
    service.says(Reply(status=404), Reply(zipped(DUMP)))
    added = run("data", "add", "geonames", "IQ", "SY", "--url", service.url)
    assert (added.exit_code, added.stdout) == (0, "geonames-sy: 2 places added\n")
    assert "there is no dump of 'IQ'" in added.stderr


def test_a_download_that_fails_leaves_the_old_places(run, service):
    service.says(Reply(zipped(DUMP)))
    run("data", "add", "geonames", "SY", "--url", service.url)
    service.says(Reply(b"<html>moved</html>"))
    failed = run("data", "add", "geonames", "SY", "--url", service.url)
    assert failed.exit_code == 1
    assert "no whole zip archive" in failed.stderr
    assert "geonames-sy  2 places" in run("data", "list").stdout


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["geonames"], "name a country"),
        (["geonames", "XX"], "no country has the code 'XX'"),
        (["geonames", "Syria"], "no country has the code 'SYRIA'"),
        (["geonames", "--file", "posts.csv"], "whose dump is posts.csv"),
        (["geonames", "--file", "none.zip"], "does not exist"),
        (["places"], "Missing argument"),
        (["places", "none.csv"], "does not exist"),
        (["places", "posts.csv", "--name", "My Posts"], "no name for a layer"),
        (["places", "posts.csv", "--name", "geonames-sy"], "kept for downloads"),
        (["places", "posts.csv", "posts.csv", "--name", "x"], "one by one"),
    ],
)
def test_wrong_usage(run, table, args, words):
    table()
    result = run("data", "add", *args)
    assert result.exit_code == 2
    assert words in result.stderr


def test_a_damaged_layer_is_told_listed_and_removable(run, table, home):
    run("data", "add", "places", table())
    (home / "places" / "posts.sqlite").write_bytes(b"half a fi")
    (home / "report.txt").write_text("A convoy of ten trucks drove from Homs to Aleppo on Monday.", "utf-8")
    for command in (["find", "Kobani"], ["route", "Homs", "Hama"], ["extract", home / "report.txt", "-o", "out.jsonl"]):
        done = run(*command)
        assert done.exit_code == 0
        assert done.stderr.count("geomap data remove posts") == 1
    assert "posts  " in run("data", "list").stderr
    assert run("data", "remove", "posts").exit_code == 0
    assert run("find", "Kobani").stderr == ""


def test_removing_what_is_not_there(run):
    result = run("data", "remove", "posts")
    assert result.exit_code == 2
    assert "nothing called 'posts' was added; there is none" in result.stderr


def test_an_own_place_goes_before_a_known_one_of_its_name_elsewhere(run, table):
    table("name,lat,lon,kind\nSpringfield,34.51,39.22,outpost\n")
    run("data", "add", "places", "posts.csv")
    first, second = find(run, "Springfield")["candidates"][:2]
    assert (first["place"], second["country"]) == ("user:posts/springfield", "US")
    assert "one of your own places" in first["reason"]
    assert (
        json.loads(run("find", "Springfield", "--country", "US", "--json").stdout)["candidates"][0]["country"] == "US"
    )


@pytest.mark.parametrize("given", ["", "geonames:170063"])
def test_a_corrected_place_keeps_what_the_row_leaves_open(run, table, given):
    before = find(run, "Aleppo")["candidates"][0]
    assert before["place"] == "geonames:170063"
    table(f"id,name,lat,lon\n{given},Aleppo,36.21,37.15\n")
    run("data", "add", "places", "posts.csv")
    after = find(run, "Aleppo")["candidates"][0]
    assert (after["lat"], after["lon"]) == (36.21, 37.15)
    for field in ("place", "country", "admin1", "feature", "score"):
        assert after[field] == before[field], field


PRIMARY = {"highway": "primary", "ref": "M5"}
DAY = {"osmosis_replication_timestamp": "2024-05-06T20:21:00Z"}


@pytest.fixture
def extract(tmp_path):
    def write(name="syria-latest.osm.pbf", *, last=3):
        nodes = {1: (36.5, 34.5), 2: (36.6, 34.6), 3: (36.8, 34.6)}
        ways = [([1, 2, last], PRIMARY), ([2, 3], {"highway": "residential"})]
        extracts.write(tmp_path / name, nodes, ways, **DAY)
        return name

    return write


def test_roads_are_added_listed_and_removed(run, extract):
    added = run("data", "add", "roads", extract())
    assert (added.exit_code, added.stdout, added.stderr) == (0, "syria: 33 km of roads added\n", "")
    listed = run("data", "list").stdout
    assert "syria  33 km of roads  OpenStreetMap roads of syria-latest.osm.pbf, 2024-05-06  ODbL-1.0" in listed
    record = json.loads(run("data", "list", "--json").stdout)
    assert (record["name"], record["minor"], len(record["source"]["sha256"])) == ("syria", False, 64)
    assert record["bounds"] == pytest.approx([36.5, 34.5, 36.8, 34.6], abs=0.05)
    told = run("sources").stdout
    assert "© OpenStreetMap contributors" in told.partition("OpenStreetMap roads of syria-latest.osm.pbf")[2]
    assert run("data", "remove", "syria").stdout == "syria removed\n"
    assert run("data", "list").stdout == ""
    assert "roads of syria-latest" not in run("sources").stdout


def test_roads_have_a_name_and_streets_when_asked_for(run, extract):
    added = run("data", "add", "roads", extract(last=99), "--name", "homs", "--minor")
    assert added.stdout == "homs: 33 km of roads with streets and tracks added\n"
    assert (
        added.stderr == "syria-latest.osm.pbf: data: 1 points of roads are not in the file; the roads end before them\n"
    )


def test_roads_and_places_have_no_name_in_common(run, extract, table):
    run("data", "add", "roads", extract())
    refused = run("data", "add", "places", table(), "--name", "syria")
    assert refused.exit_code == 2
    assert "'syria' is a network of roads; give the places another name" in refused.stderr
    assert run("data", "add", "places", table()).exit_code == 0
    refused = run("data", "add", "roads", extract(), "--name", "posts")
    assert refused.exit_code == 2
    assert "'posts' is a layer of places; give the roads another name" in refused.stderr
    assert [line.split()[0] for line in run("data", "list").stdout.splitlines()] == ["posts", "syria"]
    assert run("data", "remove", "posts", "syria").stdout == "posts removed\nsyria removed\n"


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"", "is empty"), (b"<html>", "is no PBF file"), (b"\x00\x00\x00\x0d\x0a\x09OSMH", "is no PBF")],
)
def test_a_file_that_is_no_extract_changes_nothing(run, extract, tmp_path, content, words):
    run("data", "add", "roads", extract())
    before = run("data", "list").stdout
    (tmp_path / "syria.osm.pbf").write_bytes(content)
    refused = run("data", "add", "roads", "syria.osm.pbf")
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert words in refused.stderr
    assert run("data", "list").stdout == before


def test_damaged_roads_are_said_and_can_be_removed(run, extract, home):
    run("data", "add", "roads", extract())
    next((home / "roads").glob("*.npz")).write_bytes(b"PK")
    listed = run("data", "list")
    assert listed.stdout == ""
    assert "is cut off" in listed.stderr
    assert "geomap data remove syria" in listed.stderr
    assert run("sources").exit_code == 0
    assert run("data", "remove", "syria").stdout == "syria removed\n"


def test_a_name_that_nothing_has_cannot_be_removed(run, extract):
    run("data", "add", "roads", extract())
    refused = run("data", "remove", "iraq")
    assert refused.exit_code == 2
    assert "nothing called 'iraq' was added; there is syria" in refused.stderr
