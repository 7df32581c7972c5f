"""The commands as a user meets them: streams, exit codes, files."""

import json
import subprocess
import sys
import time

import pandas as pd
import pytest
from click.testing import CliRunner
from pages import data_of

from geomap.cli import main

REPORT = """---
published: 2021-03-05
publisher: Example News
title: Trucks reach Kharkiv
---
A convoy of 12 trucks of the Ukrainian army drove from Poltava to Kharkiv on Thursday, the ministry said.
"""


@pytest.fixture
def run(monkeypatch, tmp_path):
    """Run a command in a folder of its own."""
    monkeypatch.chdir(tmp_path)

    def call(*args, **options):
        result = CliRunner().invoke(main, [str(arg) for arg in args], **options)
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        assert "Traceback" not in result.output
        return result

    return call


@pytest.fixture
def reports(tmp_path):
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "trucks.md").write_text(REPORT, encoding="utf-8")
    return folder


def test_the_users_table_of_sources_grades_the_claims(run, reports, tmp_path):
    (tmp_path / "sources.csv").write_text("source,grade\nExample News,C\n", encoding="utf-8")
    assert run("extract", "reports", "-o", "out.jsonl", "--sources", "sources.csv").exit_code == 0
    (line,) = (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()
    assert [movement["grade"] for movement in json.loads(line)["movements"]] == ["C6"]


def test_a_table_of_sources_without_grades_is_wrong_usage(run, reports, tmp_path):
    (tmp_path / "sources.csv").write_text("name\nExample News\n", encoding="utf-8")
    result = run("extract", "reports", "-o", "out.jsonl", "--sources", "sources.csv")
    assert (result.exit_code, "needs source and grade" in result.stderr) == (2, True)


@pytest.mark.parametrize("name", ["Example News", "trucks"])
def test_a_hidden_source_is_in_no_output(run, reports, tmp_path, name):
    for output in ("out.jsonl", "out.csv", "map.html"):
        command = "map" if output.endswith("html") else "extract"
        result = run(command, "reports", "-o", output, "--hide-source", name)
        assert result.exit_code == 0
        written = (tmp_path / output).read_text(encoding="utf-8") + result.stderr
        assert not any(secret in written for secret in ("Example News", "Trucks reach", "the ministry", "trucks.md"))
    (line,) = (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()
    record = json.loads(line)
    assert (record["id"], record["toponyms"]) == ("withheld-1", [])
    assert record["movements"][0]["actor"] == "Ukraine"


def test_words_of_a_hidden_source_stay_when_asked_for(run, reports, tmp_path):
    result = run("extract", "reports", "-o", "out.jsonl", "--hide-source", "example news", "--keep-quotes")
    assert result.exit_code == 0
    assert "Poltava to Kharkiv" in (tmp_path / "out.jsonl").read_text(encoding="utf-8")


def test_a_source_that_nobody_is_hides_nothing_and_stops(run, reports, tmp_path):
    result = run("map", "reports", "-o", "map.html", "--hide-source", "Exmaple News")
    assert (result.exit_code, "Exmaple News" in result.stderr) == (2, True)
    assert not (tmp_path / "map.html").exists()
    result = run("extract", "reports", "-o", "out.jsonl", "--hide-source", "Example News", "--keep-text")
    assert (result.exit_code, "--keep-text writes texts" in result.stderr) == (2, True)


def test_help_is_instant():
    start = time.perf_counter()
    shown = subprocess.run([sys.executable, "-m", "geomap", "--help"], capture_output=True, text=True, check=True)
    assert time.perf_counter() - start < 1.5  # 0.13 s alone; generous for a busy machine
    assert "Usage: geomap" in shown.stdout


@pytest.mark.parametrize(
    "command",
    [["map"], ["extract"], ["find"], ["route"], ["area", "strip"], ["area", "stretch"], ["sources"]],
    ids=" ".join,
)
def test_every_command_has_help(run, command):
    result = run(*command, "--help")
    assert result.exit_code == 0
    assert "\\b" not in result.stdout  # what keeps the lines of examples apart
    if command != ["sources"]:
        assert f"geomap {' '.join(command)} " in result.stdout.partition("Options:")[0].partition("\n")[2]


def test_extract_writes_what_a_report_tells(run, reports, tmp_path):
    result = run("extract", reports, "-o", "out.jsonl")
    assert result.exit_code == 0
    (line,) = (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()
    record = json.loads(line)
    assert (record["id"], record["source"], record["published"]) == ("trucks", "Example News", "2021-03-05")
    (movement,) = record["movements"]
    assert [end["name"] for end in movement["origin"] + movement["destination"]] == ["Poltava", "Kharkiv"]
    assert (movement["date"], movement["vehicles"]) == ("2021-03-04", 12)
    assert "1 report, 1 movement, " in result.stderr
    assert result.stdout == ""


def test_extract_repeats_byte_for_byte(run, reports, tmp_path):
    for name in ("a.jsonl", "b.jsonl"):
        run("extract", reports, "-o", name)
    assert (tmp_path / "a.jsonl").read_bytes() == (tmp_path / "b.jsonl").read_bytes()


def test_extract_to_standard_output_from_standard_input(run):
    result = run("extract", "-", "-o", "-", "--keep-text", input=REPORT)
    assert result.exit_code == 0
    record = json.loads(result.stdout)
    movement = record["movements"][0]
    assert "12 trucks" in record["text"][movement["start"] : movement["end"]]


def test_a_table_that_extract_wrote_can_be_drawn_again(run, reports, tmp_path):
    assert run("extract", reports, "-o", "moves.csv").exit_code == 0
    assert run("extract", "moves.csv", "-o", "again.jsonl").exit_code == 0
    movement = json.loads((tmp_path / "again.jsonl").read_text(encoding="utf-8"))["movements"][0]
    assert [end["name"] for end in movement["origin"] + movement["destination"]] == ["Poltava", "Kharkiv"]
    assert (movement["date"], movement["vehicles"], movement["status"]) == ("2021-03-04", 12, "completed")


def correct(path, change) -> None:
    """Change the rows of a CSV as a person would."""
    table = pd.read_csv(path, dtype="string")
    change(table).to_csv(path, index=False)


def moves(path) -> pd.DataFrame:
    table = pd.read_csv(path, dtype="string")
    return table[table["layer"] == "movements"]


def test_extracting_again_keeps_what_a_person_corrected(run, reports, tmp_path):
    def change(table):
        table.loc[table["layer"] == "movements", ["to", "status"]] = ["Sumy", "planned"]
        added = pd.DataFrame({"layer": ["movements"], "from": ["Kharkiv"], "to": ["Izium"]}, dtype="string")
        return pd.concat([table, added])

    path = tmp_path / "moves.csv"
    run("extract", reports, "-o", "moves.csv")
    correct(path, change)
    for _ in range(2):
        result = run("extract", reports, "-o", "moves.csv")
        assert result.exit_code == 0, result.stderr
        assert "2 corrections by hand" in result.stderr
        table = moves(path)
        assert table[["from", "to"]].to_numpy().tolist() == [["Poltava", "Sumy"], ["Kharkiv", "Izium"]]
        assert table["corrected"].tolist() == ["to; status", "added"]
        assert table["source"].tolist()[0] == "Example News"
    run("map", reports, "--corrections", "moves.csv", "-o", "map.html")
    (first, second) = data_of((tmp_path / "map.html").read_text(encoding="utf-8"))["movements"]
    assert (first["label"], first["status"]) == ("Poltava → Sumy", "planned")
    assert first["source"]["byHand"] == "corrected by hand: to, status"
    assert second["source"]["byHand"] == "added by hand"


def test_a_deleted_row_stays_away_when_extracting_again(run, reports, tmp_path):
    run("extract", reports, "-o", "moves.csv")
    correct(tmp_path / "moves.csv", lambda table: table[table["layer"] != "movements"])
    result = run("extract", reports, "-o", "moves.csv")
    assert "1 correction by hand" in result.stderr
    assert moves(tmp_path / "moves.csv").empty
    assert run("extract", reports, "-o", "moves.csv", "--overwrite").exit_code == 0
    assert len(moves(tmp_path / "moves.csv")) == 1


@pytest.mark.parametrize(
    ("options", "code", "words"),
    [
        (["--until", "2020-01-01"], 1, "would be lost"),
        (["--hide-source", "Example News"], 1, "would be lost"),
        (["--round-km", "5"], 2, "--round-km would coarsen"),
    ],
)
def test_what_would_lose_or_coarsen_corrections_is_not_written_over_them(run, reports, tmp_path, options, code, words):
    def change(table):
        table.loc[table["layer"] == "movements", "status"] = "denied"
        return table

    path = tmp_path / "moves.csv"
    run("extract", reports, "-o", "moves.csv")
    correct(path, change)
    before = path.read_bytes()
    result = run("extract", reports, "-o", "moves.csv", *options)
    assert (result.exit_code, words in result.stderr) == (code, True), result.stderr
    assert path.read_bytes() == before


def test_a_table_of_somebody_else_is_not_written_over(run, reports, tmp_path):
    (tmp_path / "own.csv").write_text("name,size\nSumy,3\n", encoding="utf-8")
    result = run("extract", reports, "-o", "own.csv")
    assert result.exit_code == 1
    assert "own.csv is a table that geomap did not write" in result.stderr
    assert (tmp_path / "own.csv").read_text(encoding="utf-8") == "name,size\nSumy,3\n"


def test_a_bad_file_does_not_stop_the_good_one(run, reports, tmp_path):
    (reports / "noise.txt").write_bytes(bytes(range(256)) * 40)
    (reports / "empty.txt").write_bytes(b"")
    result = run("map", reports, "missing.txt", "-o", "map.html")
    assert result.exit_code == 0
    assert (tmp_path / "map.html").stat().st_size > 10_000
    issues = result.stderr.splitlines()
    for name in ("noise", "empty", "missing"):
        assert any(name in line for line in issues), issues


def test_nothing_usable_ends_with_one_and_writes_nothing(run, tmp_path):
    result = run("map", "missing.txt", "-o", "map.html")
    assert result.exit_code == 1
    assert "nothing could be used of missing.txt" in result.stderr
    assert not (tmp_path / "map.html").exists()


def test_unwritable_output_ends_with_one(run, reports):
    result = run("map", reports, "-o", "no/such/folder/map.html")
    assert result.exit_code == 1
    assert "does not exist" in result.stderr


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["map", "x", "-o", "map.html", "--since", "2020-02-02", "--until", "2020-01-01"], "lies after"),
        (["map", "x", "-o", "map.html", "--since", "soon"], "does not match the format"),
        (["map", "x", "-o", "map.html", "--delay", "72"], "no duration"),
        (["map", "x", "-o", "map.html", "--round-km", "0"], "round-km"),
        (["map", "x", "-o", "map.png"], "does not end in .html"),
        (["map", "-o", "map.html"], "Missing argument"),
        (["extract", "x", "-o", "out.shp"], "known are jsonl"),
        (["extract", "x", "-o", "out.csv", "--format", "xls"], "unknown format 'xls'"),
        (["find"], "Missing argument"),
        (["area", "strip", "--between", "SY", "TR", "--side", "SY", "--depth", "30 parsecs"], "no length"),
        (["area", "strip", "--between", "SY", "TR", "--side", "SY", "--depth", "-3km"], "no length"),
        (["area", "strip", "--between", "SY", "TR", "--side", "IQ", "--depth", "3km"], "neither of"),
        (["area", "stretch", "--road", "M4", "--from", "Aleppo"], "go together"),
        (["route", "Aleppo", "Homs", "-o", "way.shp"], "does not end in .geojson"),
    ],
)
def test_wrong_usage_ends_with_two_and_says_why(run, args, words):
    result = run(*args)
    assert result.exit_code == 2
    assert words in result.stderr


@pytest.mark.parametrize(
    ("text", "metres"), [("30km", 30_000), ("30 km", 30_000), ("35000m", 35_000), ("5 mi", 8046.72), ("1.5KM", 1500)]
)
def test_lengths(text, metres):
    from geomap.console import length

    assert length(text) == pytest.approx(metres)


@pytest.mark.parametrize(("text", "hours"), [("72h", 72), ("3 d", 72), ("1w", 168)])
def test_durations(text, hours):
    from geomap.console import duration

    assert duration(text).total_seconds() == hours * 3600


def test_find_answers_in_order_with_one_line_a_name(run):
    result = run("find", "Paris", "Qqqxvvwzz", "Nairobi", "--json", "--limit", "2")
    records = [json.loads(line) for line in result.stdout.splitlines()]
    assert [record["query"] for record in records] == ["Paris", "Qqqxvvwzz", "Nairobi"]
    assert records[0]["candidates"][0]["country"] == "FR"
    assert records[1]["status"] == "unknown"
    assert all(len(record["candidates"]) <= 2 for record in records)
    assert result.exit_code == 0


def test_find_of_an_unknown_name_ends_with_one(run):
    result = run("find", "Qqqxvvwzz")
    assert result.exit_code == 1
    assert "Qqqxvvwzz: unknown" in result.stdout


def test_find_listens_to_country_and_neighbourhood(run):
    for hint in (["--country", "lb"], ["--near", "Beirut"], ["--near", "33.9,35.5"]):
        record = json.loads(run("find", "Tripoli", "--json", *hint).stdout)
        assert record["candidates"][0]["country"] == "LB", hint


def test_find_answers_a_phrase_with_an_area_and_a_reason(run):
    west, contradiction = (
        json.loads(line)
        for line in run(
            "find", "160 km west of Baghdad", "Nairobi, 20 km west of Baghdad", "--json"
        ).stdout.splitlines()
    )
    assert (west["status"], west["candidates"][0]["country"]) == ("resolved", "IQ")
    assert west["candidates"][0]["geometry"]["type"] == "Polygon"
    assert contradiction["status"] == "ambiguous"
    assert "not 20 km west of Baghdad" in contradiction["reason"]


def test_route_takes_a_phrase(run):
    record = json.loads(run("route", "Raqqa", "20 km north of Raqqa", "--json").stdout)
    assert record["to"]["name"] == "20 km north of Raqqa"
    assert 15_000 < record["length_m"] < 40_000


def test_a_table_may_tell_places_by_others(run, tmp_path):
    (tmp_path / "moves.csv").write_text(
        "from,to\n15 km west of Kharkiv,between Kharkiv and Poltava\n", encoding="utf-8"
    )
    assert run("extract", "moves.csv", "-o", "again.jsonl").exit_code == 0
    movement = json.loads((tmp_path / "again.jsonl").read_text(encoding="utf-8"))["movements"][0]
    assert [end["country"] for end in movement["origin"] + movement["destination"]] == ["UA", "UA"]
    assert movement["destination"][0]["geometry"]["type"] == "Polygon"


def test_find_prints_an_aligned_table(run):
    lines = run("find", "Kobani").stdout.splitlines()
    assert lines[0].startswith("Kobani: resolved")
    assert lines[2].index("SY") == lines[1].index("country")


def test_route_of_an_unknown_place_ends_with_one(run):
    result = run("route", "Qqqxvvwzz", "Homs")
    assert result.exit_code == 1
    assert "no place is called 'Qqqxvvwzz'" in result.stderr


def test_route_writes_a_feature_and_prints_the_same_record(run, tmp_path):
    result = run("route", "Lyon", "Geneva", "--via", "Annecy", "-o", "way.geojson", "--json")
    assert result.exit_code == 0
    record = json.loads(result.stdout)
    feature = json.loads((tmp_path / "way.geojson").read_text(encoding="utf-8"))
    assert feature["geometry"] == record["geometry"]
    assert 130_000 < record["length_m"] < 250_000
    assert [stop["name"] for stop in record["via"]] == ["Annecy"]
    assert {"between", "at_m"} <= set(record["crossings"][0])


def test_route_by_coordinates(run):
    result = run("route", "45.76,4.84", "46.2,6.14")
    assert result.exit_code == 0
    assert " km by road" in result.stdout


def test_strip_has_the_depth_asked_for(run):
    result = run("area", "strip", "--between", "fr", "es", "--side", "es", "--depth", "20km", "--json")
    record = json.loads(result.stdout)
    assert (record["kind"], record["depth_m"]) == ("border_strip", 20_000)
    assert record["area_m2"] / record["length_m"] == pytest.approx(20_000, rel=0.35)  # the border bends
    assert record["geometry"]["type"] in {"Polygon", "MultiPolygon"}


def test_countries_without_a_common_border_end_with_one(run):
    result = run("area", "strip", "--between", "FR", "KE", "--side", "FR", "--depth", "20km")
    assert result.exit_code == 1
    assert "Error: " in result.stderr


def test_sources_name_licence_and_attribution(run):
    result = run("sources")
    assert result.exit_code == 0
    assert "CC-BY-4.0" in result.stdout
    assert "ODbL" in result.stdout
