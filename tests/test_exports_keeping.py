"""What stands in a file is not written over by accident."""

from __future__ import annotations

from dataclasses import replace

import pytest
import samples

from geomap import exports
from geomap.errors import OutputError
from geomap.models import Reading, Status


def corrected() -> list[Reading]:
    first, *others = samples.readings()
    movement = first.movements[0]
    claim = replace(movement.provenance, by_hand=("status",))
    put_right = replace(movement, provenance=claim, status=Status.DENIED)
    return [replace(first, movements=(put_right, *first.movements[1:])), *others]


KINDS = ("csv", "xlsx", "gpkg", "geojson", "parquet", "kml")


@pytest.mark.parametrize("kind", KINDS)
def test_corrections_are_not_written_over_by_readings_without_them(tmp_path, kind):
    path = tmp_path / f"moves.{kind}"
    exports.write(corrected(), path)
    before = path.read_bytes()
    with pytest.raises(OutputError, match=rf"moves.{kind} holds a correction by hand that would be lost"):
        exports.write(samples.readings(), path)
    assert path.read_bytes() == before
    exports.write(corrected(), path)
    exports.write(samples.readings(), path, overwrite=True)
    exports.write(samples.readings(), path)
    assert exports.corrected_file(path, f".{kind}") == path


def test_a_deleted_row_is_a_correction_too(tmp_path):
    path = tmp_path / "moves.csv"
    first, *others = corrected()
    exports.write([replace(first, movements=(), taken_out=("abcdef",)), *others], path)
    with pytest.raises(OutputError, match="holds a correction"):
        exports.write(samples.readings(), path)


def test_a_table_of_somebody_else_is_not_written_over(tmp_path):
    path = tmp_path / "own.csv"
    path.write_text("name,size\nRaqqa,3\n", encoding="utf-8")
    with pytest.raises(OutputError, match=r"own.csv is a table that geomap did not write; write to another file"):
        exports.write(samples.readings(), path)
    with pytest.raises(OutputError, match="did not write"):
        exports.corrected_file(path, ".csv")
    assert path.read_text(encoding="utf-8") == "name,size\nRaqqa,3\n"


@pytest.mark.parametrize("kind", ["md", "evidence.csv", "timemap.json", "orbat.json"])
def test_only_geomaps_own_sheets_and_scenarios_are_written_over(tmp_path, kind):
    path = tmp_path / f"notes.{kind}"
    path.write_text("# What I found out\n", encoding="utf-8")
    with pytest.raises(OutputError, match="is a file that geomap did not write; write to another file"):
        exports.write(samples.readings(), path)
    assert path.read_text(encoding="utf-8") == "# What I found out\n"
    exports.write(samples.readings(), path, overwrite=True)
    exports.write((), path)
    exports.write(samples.readings(), path)


@pytest.mark.parametrize(("name", "text"), [("a.csv", ""), ("a.csv", "name\n"), ("a.gpkg", "old"), ("a.jsonl", "{}\n")])
def test_what_holds_no_rows_is_written_over(tmp_path, name, text):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    assert exports.corrected_file(path, path.suffix) is None
    exports.write(samples.readings(), path)
    assert path.stat().st_size > len(text)
