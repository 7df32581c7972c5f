"""`geomap area strip`: what it takes, what it says, what it refuses."""

import json

import pytest
from click.testing import CliRunner

from geomap.cli import main


def run(*arguments):
    return CliRunner().invoke(main, ["area", "strip", *arguments])


def record(*arguments):
    result = run(*arguments, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_countries_and_places_go_by_name():
    found = record(
        "--between", "Syria", "turkey", "--side", "Syria", "--depth", "5km", "--from", "Kobani", "--to", "Tell Abyad"
    )
    assert found["kind"] == "border_strip"
    assert found["depth_m"] == found["depth_max_m"] == 5000
    assert found["area_m2"] == pytest.approx(5000 * found["length_m"], rel=0.2)
    assert found["built_from"] == (
        "5 km deep along the border of Syria and Turkey from Kobani to Tell Abyad, on the side of Syria"
    )


def test_a_range_of_depths_has_two_outlines(tmp_path):
    out = tmp_path / "zone.geojson"
    found = record("--between", "KE", "UG", "--side", "both", "--depth", "10-12km", "-o", str(out))
    assert (found["depth_m"], found["depth_max_m"]) == (10_000, 12_000)
    assert found["possible"]["type"] == "Polygon"
    assert "on both sides" in found["built_from"]
    assert out.exists()


def test_sides_may_differ_in_depth():
    found = record("--between", "BI", "RW", "--depth", "BI=10km", "--depth", "Rwanda=2km")
    assert found["depth_m"] is None
    assert found["built_from"].startswith("10 km deep in Burundi and 2 km deep in Rwanda")


def test_a_province_limits_it():
    whole = record("--between", "SY", "TR", "--side", "SY", "--depth", "10km")
    part = record("--between", "SY", "TR", "--side", "SY", "--depth", "10km", "--within", "Idlib")
    assert 0 < part["area_m2"] < whole["area_m2"] / 2
    assert "within the region named" in part["built_from"]


def test_a_summary_for_people():
    shown = run("--between", "BI", "RW", "--side", "BI", "--depth", "10km").stdout
    assert shown.startswith("border strip: ")
    assert "km²" in shown


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--depth", "5km"], "--side both"),
        (["--depth", "5km", "--side", "IQ"], "neither of"),
        (["--depth", "SY=5km", "--depth", "SY=6km"], "once for each side"),
        (["--depth", "5km", "--depth", "SY=6km"], "once for each side"),
        (["--depth", "5km", "--side", "SY", "--from", "Kobani"], "go together"),
        (["--depth", "9-5km", "--side", "SY"], "smaller number first"),
        (["--side", "SY"], "--depth"),
    ],
)
def test_wrong_usage_says_what_to_write(options, words):
    result = run("--between", "SY", "TR", *options)
    assert result.exit_code == 2
    assert words in result.output


@pytest.mark.parametrize(
    ("options", "code", "words"),
    [
        (["--between", "SY", "UA", "--side", "SY", "--depth", "5km"], 1, "SY borders IL, IQ, JO, LB, TR"),
        (["--between", "SY", "Atlantis", "--side", "SY", "--depth", "5km"], 1, "Atlantis"),
        (["--between", "SY", "SY", "--side", "SY", "--depth", "5km"], 2, "one country"),
        (["--between", "SY", "TR", "--side", "SY", "--depth", "9000km"], 2, "no strip"),
        (
            ["--between", "SY", "TR", "--side", "SY", "--depth", "5km", "--from", "Damascus", "--to", "Kobani"],
            2,
            "Damascus lies",
        ),
    ],
)
def test_what_cannot_be_built_is_told_on_standard_error(options, code, words):
    result = run(*options)
    assert result.exit_code == code
    assert words in result.stderr
    assert result.stdout == ""
