"""`geomap find` as a user meets it: in a pipe, on a terminal, with odd names."""

import json
import os
import subprocess
import sys

import pytest
from click.testing import CliRunner

from geomap.cli import main


def find(*args, **options):
    result = CliRunner().invoke(main, ["find", *args], **options)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def records(result):
    return [json.loads(line) for line in result.stdout.splitlines()]


def on_a_terminal(*args, **environment):
    """Return what the command writes to a terminal of 100 columns."""
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    clean = {name: value for name, value in os.environ.items() if name not in {"NO_COLOR", "COLUMNS"}}
    subprocess.run(
        [sys.executable, "-m", "geomap", "find", *args], stdout=theirs, check=False,
        env=clean | {"COLUMNS": "100", "TERM": "xterm"} | environment,
    )  # fmt: skip
    os.close(theirs)
    written = b""
    while True:
        try:
            part = os.read(ours, 65_536)
        except OSError:  # Linux says so at the end
            break
        if not part:
            break
        written += part
    os.close(ours)
    return written.decode("utf-8")


def test_candidates_are_a_table_best_first():
    result = find("Tripoli", "--country", "lb")
    head, titles, first, *_ = result.stdout.splitlines()
    assert head.startswith("Tripoli: resolved, ")
    assert titles.split()[:5] == ["name", "in", "country", "kind", "lat"]
    assert " LB " in first
    assert "like the text" in first
    assert result.exit_code == 0


def test_json_has_the_agreed_fields_in_their_order():
    (record,) = records(find("Kharkiv", "--json"))
    assert list(record) == ["query", "status", "reason", "candidates"]
    assert list(record["candidates"][0]) == [
        "place", "name", "lat", "lon", "country", "admin1", "feature", "precision_m", "score", "reason",
    ]  # fmt: skip


def test_names_on_standard_input_are_answered_line_by_line():
    result = find("Berlin", "-", "--json", input="\ufeffGoma\r\n\nQqqxvvwzz\nعفرين")
    assert [record["query"] for record in records(result)] == ["Berlin", "Goma", "", "Qqqxvvwzz", "عفرين"]
    assert [record["status"] != "unknown" for record in records(result)] == [True, True, False, False, True]
    assert result.exit_code == 0


def test_no_names_on_standard_input_end_with_one():
    result = find("-", input="")
    assert (result.exit_code, result.stdout) == (1, "")


def test_standard_input_in_another_encoding_ends_with_two():
    result = find("-", input="Köln".encode("latin-1"))
    assert result.exit_code == 2
    assert "no UTF-8" in result.stderr


@pytest.mark.parametrize("args", [[], ["Goma", "--limit", "0"], ["Goma", "--nonsense"]], ids=" ".join)
def test_wrong_usage_ends_with_two(args):
    result = find(*args)
    assert result.exit_code == 2
    assert result.stdout == ""


@pytest.mark.parametrize(("near", "words"), [("Qqqxvvwzz", "Qqqxvvwzz"), ("95, 10", "latitude 95 lies beyond 90")])
def test_a_neighbour_that_is_none_ends_with_one_and_says_so(near, words):
    result = find("Goma", "--near", near)
    assert result.exit_code == 1
    assert words in result.stderr


def test_a_pipe_gets_no_colours_and_whole_reasons():
    stdout = find("Springfield").stdout
    assert "\x1b" not in stdout
    assert "…" not in stdout


def test_a_terminal_gets_colours_unless_told_otherwise():
    assert "\x1b[32m" in on_a_terminal("Goma")
    plain = on_a_terminal("Goma", NO_COLOR="1")
    assert "Goma: resolved" in plain
    assert "\x1b" not in plain


def test_a_name_from_right_to_left_keeps_its_line_on_a_terminal():
    assert "\u2068عفرين\u2069: " in on_a_terminal("عفرين", NO_COLOR="1")


def test_a_name_cannot_steer_the_terminal():
    assert "\x1b]0;" not in on_a_terminal("Goma\x1b]0;title\x07", NO_COLOR="1")


@pytest.mark.parametrize("name", ["", " ", "x" * 10_000, "'; DROP TABLE place; --", "🙂", "\x00"])
def test_odd_names_are_unknown_and_end_with_one(name):
    result = find(name, "--json")
    assert result.exit_code == 1
    assert records(result)[0]["status"] == "unknown"
    assert records(result)[0]["query"] == name
