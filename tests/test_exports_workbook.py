import sys
from dataclasses import replace
from datetime import date
from zipfile import ZipFile

import openpyxl
import pandas as pd
import pytest
from lxml import etree
from records import reading, readings
from shapely.geometry import LineString

from geomap import exports
from geomap.errors import OutputError
from geomap.exports.workbook import CELL_CHARACTERS
from geomap.features import frame
from geomap.models import How, Interval, Leg, Route
from geomap.schema import SCHEMA, Layer
from geomap.terms import Mode, MovementKind, Status

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def noted(note, **values):
    """The readings with a note on the first movement."""
    told = reading()
    first, *others = told.movements
    return (replace(told, movements=(replace(first, note=note, **values), *others)),)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "out.xlsx"


def cells_of(path, sheet="movements", row=2):
    """The cells of a row by the names of their columns."""
    rows = openpyxl.load_workbook(path)[sheet].iter_rows()
    names = [cell.value for cell in next(rows)]
    for number, cells in enumerate(rows, 2):
        if number == row:
            return dict(zip(names, cells, strict=True))
    raise AssertionError(f"{sheet} has no row {row}")


def test_a_sheet_a_layer_and_one_that_explains_them(path):
    exports.write(readings(), path)
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == [*Layer, "columns"]
    for layer in Layer:
        sheet = book[layer]
        kept = [column for column in SCHEMA[layer] if column.name not in {"text", "possible"}]
        assert {cell.value for cell in sheet[1]} == {column.name for column in kept}
        assert sheet.max_row - 1 == len(frame(layer, readings()))
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref == sheet.dimensions
    explained = pd.read_excel(path, sheet_name="columns")
    assert set(explained["sheet"]) == set(Layer)
    assert explained.set_index(["sheet", "column"])["to edit"]["movements"]["from"] == "yes"


def test_values_keep_their_types(path):
    exports.write(readings(), path)
    cells = cells_of(path)
    assert (cells["date"].value.isoformat(), cells["date"].number_format) == ("2020-01-03T00:00:00", "yyyy-mm-dd")
    assert (cells["vehicles"].value, cells["from_lon"].value) == (12, 10.123456789)
    assert (cells["background"].value, cells["background"].data_type) == (False, "b")
    assert cells["via"].value is None
    table = pd.read_excel(path, sheet_name="movements")
    assert table["date"].dtype.kind == "M"
    assert table["vehicles"].tolist()[0] == 12


def test_what_is_edited_comes_first_on_white_and_the_rest_is_grey(path):
    exports.write(readings(), path)
    cells = cells_of(path)
    edited = [column.name for column in SCHEMA[Layer.MOVEMENTS] if column.editable]
    assert list(cells)[: len(edited)] == edited
    assert list(cells)[-1] == "as_read"
    grey = {name for name, cell in cells.items() if cell.value is not None and cell.fill.fill_type == "solid"}
    assert {"quote", "id", "as_read"} <= grey
    assert not grey & set(edited)


@pytest.mark.parametrize("start", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "#N/A", "＝1"])
def test_no_text_is_a_formula_or_an_error(path, start):
    exports.write(noted(start), path)
    cell = cells_of(path)["note"]
    assert (cell.value, cell.data_type) == (start.replace("\r", "\n"), "s")
    assert cell.quotePrefix is (start[0] != "#")
    with ZipFile(path) as parts:
        for name in parts.namelist():
            if name.startswith("xl/worksheets/sheet"):
                root = etree.fromstring(parts.read(name))
                assert root.find(f".//{MAIN}f") is None
                assert not [c for c in root.iter(f"{MAIN}c") if c.get("t") == "e"]


def test_texts_are_no_links(path):
    exports.write(readings(), path)
    assert cells_of(path)["url"].value == "https://example.org/a"
    assert cells_of(path)["url"].hyperlink is None


def test_characters_that_xml_does_not_have_are_left_out(path):
    exports.write(noted("a\x00b\x0bcd\ufffe e\r\nf"), path)
    assert cells_of(path)["note"].value == "abcd e\nf"


@pytest.mark.parametrize("letter", ["x", "\U0001f600"])
def test_a_text_that_no_cell_holds_is_cut_and_that_is_told(path, letter):
    text = letter * (CELL_CHARACTERS + 1)
    exports.write(noted(text), path)
    kept = cells_of(path)["note"].value
    assert text.startswith(kept)
    assert CELL_CHARACTERS - 1 <= len(kept.encode("utf-16-le")) // 2 <= CELL_CHARACTERS
    told = pd.read_excel(path, sheet_name="issues").iloc[-1]
    assert (told["stage"], told["report_id"]) == ("export", "r1")
    assert told["message"].startswith("note of r1-m1 has ")


def test_a_line_that_no_cell_holds_is_left_out_rather_than_cut(path):
    points = [(10 + number / 1000, 50.123456) for number in range(3000)]
    given = Route((Leg(How.REPORTED, LineString(points), 200_000.0),), given=True)
    exports.write(noted(None, route=given), path)
    assert cells_of(path)["wkt"].value is None
    assert "was left out" in pd.read_excel(path, sheet_name="issues").iloc[-1]["message"]


def test_a_text_that_a_cell_just_holds_is_not_cut(path):
    exports.write(noted("x" * CELL_CHARACTERS), path)
    assert len(cells_of(path)["note"].value) == CELL_CHARACTERS
    assert "export" not in set(pd.read_excel(path, sheet_name="issues")["stage"])


def test_days_before_the_calendar_of_spreadsheets_are_text(path):
    exports.write(noted(None, date=Interval(date(1899, 12, 31), date(1900, 3, 1))), path)
    cells = cells_of(path)
    assert cells["date"].value == "1899-12-31"
    assert cells["date_end"].value.date() == date(1900, 3, 1)


def test_terms_are_chosen_from_lists_also_in_new_rows(path):
    exports.write(readings(), path)
    sheet = openpyxl.load_workbook(path)["movements"]
    names = {cell.value: cell.column_letter for cell in sheet[1]}
    lists = {str(rule.sqref): rule.formula1 for rule in sheet.data_validations.dataValidation}
    for name, terms in (("status", Status), ("kind", MovementKind), ("mode", Mode)):
        assert lists[f"{names[name]}2:{names[name]}1048576"] == f'"{",".join(terms)}"'
    assert all(len(terms) <= 255 for terms in lists.values()), "Excel: a list that is typed in has 255 characters"


def test_headers_say_what_their_columns_mean(path):
    exports.write(readings(), path)
    sheet = openpyxl.load_workbook(path)["movements"]
    comments = {cell.value: cell.comment.text for cell in sheet[1]}
    assert "One of: completed, ongoing" in comments["status"]
    assert comments["as_read"].endswith("Not to be edited.")
    assert all(comments.values())


def test_the_texts_of_reports_are_there_on_request_only(path):
    exports.write(readings(), path, keep_text=True)
    assert cells_of(path, "sources")["text"].value == reading().report.text
    exports.write(readings(), path)
    assert "text" not in cells_of(path, "sources")


def test_without_openpyxl_the_file_that_was_there_stays(path, monkeypatch):
    path.write_text("old")
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    with pytest.raises(OutputError, match=r"geomap\[tables\]"):
        exports.write(readings(), path)
    assert path.read_text() == "old"
