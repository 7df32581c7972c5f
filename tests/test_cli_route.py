import json

import pytest
from click.testing import CliRunner

from geomap.cli import main


def run(*args):
    return CliRunner().invoke(main, ["route", *args], catch_exceptions=False)


def test_a_route_tells_its_crossings_and_towns():
    lines = run("Damascus", "Aleppo", "--speed", "50km/h").output.splitlines()
    assert lines[0].startswith("Damascus → Aleppo: 3")
    assert any("passes Homs" in line for line in lines)
    assert any("at a steady 50 km/h" in line for line in lines)


def test_json_has_what_the_contract_names_and_more():
    record = json.loads(run("Goma", "Rwanda", "--json", "--speed", "30 km/h").output)
    assert {"from", "to", "via", "length_m", "mode", "legs", "crossings", "snap_m", "issues", "geometry"} <= set(record)
    assert [crossing["between"] for crossing in record["crossings"]] == [["CD", "RW"]]
    assert record["duration_s"] == pytest.approx(record["length_m"] / 30 * 3.6, abs=1)
    assert record["speed_kmh"] == 30.0


def test_alternatives_are_one_object_a_line_and_one_collection(tmp_path):
    path = tmp_path / "ways.geojson"
    found = run("Damascus", "Aleppo", "--alternatives", "2", "--json", "-o", str(path))
    lengths = [json.loads(line)["length_m"] for line in found.output.splitlines()]
    assert len(lengths) == 3
    assert lengths[0] == min(lengths)
    assert len(json.loads(path.read_text())["features"]) == 3


def test_what_is_avoided_is_gone_round():
    plain = json.loads(run("Trieste", "Zagreb", "--json").output)
    round_it = json.loads(run("Trieste", "Zagreb", "--avoid", "SI", "--json").output)
    assert "SI" in {code for crossing in plain["crossings"] for code in crossing["between"]}
    assert "SI" not in {code for crossing in round_it["crossings"] for code in crossing["between"]}


def test_by_air_is_a_plain_arc():
    record = json.loads(run("Damascus", "Latakia", "--mode", "air", "--json").output)
    assert [leg["how"] for leg in record["legs"]] == ["schematic"]
    assert record["places"] == []


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["London", "New York"], "no road connects London and New York City"),
        (["0,0", "Lagos"], "no road leads to 0, 0, at sea"),
        (["Berlin", "Warsaw", "--avoid", "PL"], "that keeps out of what is to be avoided"),
        (["Goma", "Goma"], "the same spot"),
    ],
)
def test_where_no_road_leads_the_line_is_schematic_and_says_so(args, words):
    found = run(*args)
    assert found.exit_code == 0
    assert words in found.output


@pytest.mark.parametrize(
    ("args", "code", "words"),
    [
        (["Xqzzvby", "Goma"], 1, "no place is called"),
        (["Goma", "Bukavu", "--speed", "fast"], 2, "is no speed"),
        (["Goma", "Bukavu", "--alternatives", "9"], 2, "range"),
        (["Goma", "Kigali", "--via", "Bukavu", "--alternatives", "1"], 2, "leave out --via"),
        (["Goma", "Bukavu", "--on", "yesterday"], 2, "does not match"),
        (["95,200", "Goma"], 1, ""),
    ],
)
def test_bad_input_is_told(args, code, words):
    found = run(*args)
    assert found.exit_code == code
    assert words in found.output
