import csv
from dataclasses import replace

import pandas as pd
import pyogrio
from records import reading, readings

from geomap import exports
from geomap.schema import SCHEMA, Layer
from geomap.tables.formulas import original


def rows_of(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def noted(note):
    """The readings with a note on the first movement."""
    told = reading()
    first, *others = told.movements
    return (replace(told, movements=(replace(first, note=note), *others)),)


def test_csv_reads_back_and_runs_no_formula(tmp_path):
    path = tmp_path / "out.csv"
    exports.write((reading(),), path)
    rows = rows_of(path)
    assert rows[0]["quote"].startswith("'=SUM(A1)")
    assert (rows[0]["from"], rows[0]["to"], rows[0]["date_end"]) == ("Alfa", "Bravo; Charlie", "2020-01-04")
    assert (rows[0]["vehicles"], rows[1]["vehicles"]) == ("12", "")
    assert "geometry" not in rows[0]


def test_what_is_edited_comes_first_and_what_only_geomap_needs_last(tmp_path):
    path = tmp_path / "out.csv"
    exports.write(readings(), path)
    names = list(rows_of(path)[0])
    edited = {column.name for layer in Layer for column in SCHEMA[layer] if column.editable}
    assert names[:4] == ["layer", "from", "to", "via"]
    assert set(names[1 : 1 + len(edited)]) == edited
    assert names.index("quote") < names.index("id") < names.index("as_read")
    assert not {"text", "possible", "geometry"} & set(names)


def test_the_texts_of_reports_are_there_on_request_only(tmp_path):
    path = tmp_path / "out.csv"
    exports.write(readings(), path, keep_text=True)
    texts = [original(row["text"]) for row in rows_of(path) if row["layer"] == "sources"]
    assert texts == [told.report.text for told in readings()]


def test_the_byte_order_mark_is_no_part_of_the_first_name(tmp_path):
    path = tmp_path / "out.csv"
    exports.write(noted("حلب, Şırnak and 上海"), path)
    assert path.read_bytes().startswith(b"\xef\xbb\xbflayer,")
    for table in (pd.read_csv(path), pyogrio.read_dataframe(path)):
        assert table.columns[0] == "layer"
        assert table["note"][0] == "حلب, Şırnak and 上海"


def test_a_carriage_return_begins_no_row(tmp_path):
    path = tmp_path / "out.csv"
    exports.write(noted("first\r=1+1\r\nlast\x00"), path)
    assert b"\r" not in path.read_bytes()
    assert rows_of(path)[0]["note"] == "first\n=1+1\nlast"
