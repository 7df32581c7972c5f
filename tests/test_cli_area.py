"""`geomap area …`: what is printed and written, and how wrong usage ends."""

import json

import click
import pytest
import shapely
from click.testing import CliRunner

from geomap import console
from geomap.cli import main
from geomap.geometry.geodesy import area_m2

LINE = {"type": "LineString", "coordinates": [[29.0, -2.0], [30.0, -2.0]]}
COMMANDS = ["strip", "stretch", "around", "between", "side", "unit", "hull", "drawn"]


@pytest.fixture
def run(monkeypatch, tmp_path):
    """Run a command in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    return lambda *args: CliRunner().invoke(main, [*args], catch_exceptions=False)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_area_command_has_help_with_an_example(run, command):
    result = run("area", command, "--help")
    assert result.exit_code == 0
    assert f"geomap area {command} " in result.stdout.partition("Options:")[0].partition("\n")[2]


@pytest.mark.parametrize(
    ("arguments", "kind"),
    [
        (("around", "2.0,29.0", "--distance", "20km"), "around"),
        (("between", "Tigris", "Euphrates", "--within", "Iraq"), "between"),
        (("side", "--of", "Euphrates", "--side", "east", "--within", "Syria"), "side"),
        (("stretch", "--road", "M5", "--from", "Homs", "--to", "Hama"), "highway_stretch"),
        (("stretch", "--road", "Euphrates", "--from", "Raqqa", "--length", "20-30km", "--width", "5km"),
         "highway_stretch"),
        (("unit", "Hasakah"), "unit"),
        (("hull", "Goma", "Bukavu", "Kigali"), "hull"),
        (("drawn", "POLYGON ((30 -2, 31 -2, 31 -1, 30 -2))"), "drawn"),
    ],
)  # fmt: skip
def test_json_keeps_its_fields(run, arguments, kind):
    result = run("area", *arguments, "--json")
    assert result.exit_code == 0, result.stderr
    record = json.loads(result.stdout)
    assert [*record] == [
        "kind", "depth_m", "depth_max_m", "length_m", "area_m2", "built_from", "published_limits", "issues", "geometry",
        "possible", "possible_area_m2",
    ]  # fmt: skip
    assert record["kind"] == kind
    assert record["built_from"]
    assert record["area_m2"] or record["length_m"]
    assert shapely.geometry.shape(record["geometry"]).is_valid


def test_a_range_of_distances_is_in_the_record_and_both_parts_in_the_file(run, tmp_path):
    result = run("area", "around", "2.0,29.0", "--distance", "20-30km", "-o", "zone.geojson", "--json")
    record = json.loads(result.stdout)
    assert (record["depth_m"], record["depth_max_m"]) == (20_000, 30_000)
    written = json.loads((tmp_path / "zone.geojson").read_text(encoding="utf-8"))
    assert written["type"] == "FeatureCollection"
    sure, possible = (shapely.geometry.shape(feature["geometry"]) for feature in written["features"])
    assert [feature["properties"]["part"] for feature in written["features"]] == ["sure", "possible"]
    assert shapely.difference(sure, possible).area < 1e-9
    assert "possible" not in written["features"][0]["properties"]


def test_what_is_certain_is_one_feature(run, tmp_path):
    result = run("area", "unit", "RW", "-o", "rwanda.geojson")
    assert result.exit_code == 0
    assert result.stdout.startswith("unit: 2")
    written = json.loads((tmp_path / "rwanda.geojson").read_text(encoding="utf-8"))
    assert written["type"] == "Feature"
    assert written["properties"]["built_from"] == "the outline of Rwanda"


def test_a_buffer_zone_along_a_drawn_line_has_two_sides(run, tmp_path):
    (tmp_path / "ceasefire.geojson").write_text(json.dumps(LINE), encoding="utf-8")
    areas = {}
    for side in ("both", "left", "right"):
        result = run("area", "drawn", "ceasefire.geojson", "--buffer", "5km", "--side", side, "--json")
        assert result.exit_code == 0, result.stderr
        areas[side] = shapely.geometry.shape(json.loads(result.stdout)["geometry"])
    assert area_m2(areas["both"]) == pytest.approx(10_000 * 111_250, rel=0.005)
    assert area_m2(areas["left"]) + area_m2(areas["right"]) == pytest.approx(area_m2(areas["both"]), rel=1e-3)
    assert areas["left"].bounds[1] == pytest.approx(-2.0, abs=1e-4)
    assert areas["right"].bounds[3] == pytest.approx(-2.0, abs=1e-4)


def test_a_drawn_line_serves_where_a_line_is_asked_for(run, tmp_path):
    (tmp_path / "line.geojson").write_text(json.dumps(LINE), encoding="utf-8")
    result = run("area", "side", "--of", "line.geojson", "--side", "south", "--within", "RW", "--json")
    assert result.exit_code == 0, result.stderr
    assert shapely.geometry.shape(json.loads(result.stdout)["geometry"]).bounds[3] <= -1.99
    assert run("area", "around", "line.geojson", "--distance", "5km").exit_code == 0


def test_what_had_to_be_put_right_is_told(run):
    result = run("area", "drawn", "POLYGON ((30 -2, 31 -2, 31 -1))")
    assert result.exit_code == 0
    assert "a ring was open" in result.stdout


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("around", "2.0,29.0", "--distance", "20-30km"), "around: 6"),
        (("around", "2.0,29.0", "--distance", "1km"), "around: nothing surely, possibly 1"),
        (("stretch", "--road", "M5", "--from", "Homs", "--towards", "Hama", "--length", "20-30km"),
         "highway stretch: 20 km long"),
        (("drawn", "POLYGON ((30 -2, 30.01 -2, 30.01 -1.99, 30 -1.99, 30 -2))"), "drawn: 1.2 km²"),
    ],
)  # fmt: skip
def test_the_summary_says_how_much_is_sure_and_how_much_possible(run, arguments, says):
    assert run("area", *arguments).stdout.startswith(says)


def test_an_ambiguous_name_is_told(run):
    result = run("area", "around", "San Jose", "--distance", "20km", "--json")
    assert any("San Jose" in issue["message"] and issue["stage"] == "resolve"
               for issue in json.loads(result.stdout)["issues"])  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("around", "Goma", "--distance", "30 parsecs"), "no length"),
        (("around", "Goma", "--distance", "0km"), "no length"),
        (("around", "Goma", "--distance", "30-20km"), "ends before it begins"),
        (("around", "Goma", "--distance", "9000km"), "at most 5,000 km"),
        (("around", "Goma", "--distance", "5km", "--side", "left"), "only a line"),
        (("between", "Turkey", "Iran"), "is an area"),
        (("side", "--of", "Nile", "--side", "up", "--within", "Egypt"), "is no side"),
        (("side", "--of", "Nile", "--side", "east"), "within which country"),
        (("hull", "Goma", "Bukavu"), "at least three"),
        (("hull", "Goma", "Bukavu", "Kigali", "--concave", "7"), "from 0 to 1"),
        (("stretch", "--road", "M5", "--from", "Homs"), "go together"),
        (("stretch", "--road", "M5 in Syria"), "which part"),
        (("drawn", "nowhere.geojson"), "no file that can be read"),
        (("drawn", "LINESTRING (1 2, 3 4)", "--side", "left"), "--buffer"),
        (("drawn", "LINESTRING (60 25, 61 25)", "--near", "Helsinki"), "lon before lat"),
    ],
)
def test_wrong_usage_ends_with_2_and_a_sentence(run, arguments, says):
    result = run("area", *arguments)
    assert result.exit_code == 2, result.stdout
    assert says in " ".join(result.stderr.split())


@pytest.mark.parametrize("arguments", [("around", "Xyzzyq", "--distance", "5km"), ("unit", "Xyzzyq")])
def test_unknown_places_end_with_1(run, arguments):
    result = run("area", *arguments)
    assert result.exit_code == 1
    assert "Xyzzyq" in result.stderr


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("30km", 30_000, 30_000),
        ("30-35km", 30_000, 35_000),
        ("30 to 35 km", 30_000, 35_000),
        ("500m-2km", 500, 2_000),
        ("0-20km", 0, 20_000),
        ("1.5 – 2 mi", 2414.016, 3218.688),
    ],
)
def test_ranges_of_lengths(text, low, high):
    assert console.length_range(text) == pytest.approx((low, high))


@pytest.mark.parametrize("text", ["30", "km", "30-", "-30km", "30-35", "35-30km", "0km", "0-0km", "a-bkm"])
def test_what_is_no_range(text):
    with pytest.raises(click.BadParameter):
        console.length_range(text)
