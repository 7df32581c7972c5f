"""Tables of coded events told by their columns."""

import csv
import json
from datetime import date

import pytest
from coded import GDELT_COLUMNS, acled_row, gdelt_row, resolve
from shapely.geometry import Point

import geomap
from geomap.reports.coded.tables import coded_items, coded_sheet
from geomap.reports.intake.load import load


def sheet(columns, *rows):
    return coded_sheet(columns, [(f"line {n}", list(row), None) for n, row in enumerate(rows, 2)])


def ids(coded):
    return [incident.id for incident in coded.read("t", "t.csv", resolve).incidents]


@pytest.mark.parametrize("spell", [str.upper, str.title, lambda name: f" {name} ", lambda name: f"\ufeff{name}"])
def test_columns_are_known_in_any_case_and_order(spell):
    row = dict(reversed(acled_row(event_id_cnty="SYR7").items()))
    assert ids(sheet([spell(name) for name in row], row.values())) == ["t:SYR7"]


def test_the_first_row_of_a_table_without_header_is_no_header():
    rows = [gdelt_row(), gdelt_row(globaleventid="880000002", sourceurl="https://daily.example/2")]
    first, second = ([str(row[name]) for name in GDELT_COLUMNS] for row in rows)
    assert ids(sheet(first, second)) == ["t:880000001", "t:880000002"]


def test_a_point_stands_in_for_columns_that_are_not_there():
    row = {name: value for name, value in acled_row().items() if name not in {"latitude", "longitude"}}
    coded = coded_sheet(list(row), [("feature 1", list(row.values()), Point(40.1, 36.2))])
    place = coded.read("t", "t.geojson", resolve).incidents[0].places[0].place
    assert (place.lon, place.lat) == (40.1, 36.2)


def test_answers_of_acleds_service_are_read():
    assert ids(coded_items({"status": 200, "count": 1, "data": [acled_row(event_id_cnty="SYR9")]})) == ["t:SYR9"]
    assert ids(coded_items([acled_row(), acled_row(event_id_cnty="SYR2")])) == ["t:SYR1", "t:SYR2"]


@pytest.mark.parametrize("content", [None, [], {}, {"data": {}}, {"data": ["x"]}, [{"text": "A report."}], "data", 3])
def test_other_json_is_left_to_others(content):
    assert coded_items(content) is None


@pytest.mark.parametrize("columns", [[], [None, ""], ["from", "to"], ["text"], ["id", "kind", "lat", "lon"]])
def test_other_tables_are_left_to_others(columns):
    assert sheet(columns) is None


def write_csv(path, rows, *, delimiter=",", header=True, encoding="utf-8"):
    with path.open("w", encoding=encoding, newline="") as lines:
        writer = csv.writer(lines, delimiter=delimiter)
        if header:
            writer.writerow(rows[0])
        writer.writerows(row.values() for row in rows)
    return path


def loaded(path):
    found = load([path], resolve=resolve)
    (reading,) = found.tables
    return reading, [issue.message for issue in found.issues]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_files_are_read_however_they_are_separated_and_encoded(tmp_path, delimiter, encoding):
    rows = [acled_row(), acled_row(event_id_cnty="SYR2", location="Tall Šāwī", notes='He said "no"; they left.')]
    path = write_csv(tmp_path / "events.csv", rows, delimiter=delimiter, encoding=encoding)
    reading, issues = loaded(path)
    assert [incident.places[0].text for incident in reading.incidents] == ["Tal Bir", "Tall Šāwī"]
    assert issues == []


def test_a_daily_file_of_gdelt_is_read(tmp_path):
    rows = [gdelt_row(), gdelt_row(globaleventid="880000002", eventcode="010", eventrootcode="01")]
    reading, issues = loaded(write_csv(tmp_path / "20191012.export.CSV", rows, delimiter="\t", header=False))
    assert [incident.id for incident in reading.incidents] == ["20191012.export:880000001"]
    assert [message.partition(": ")[2] for message in issues] == [
        "1 row of a kind that is not shown here left out: 1 statements (CAMEO 01)"
    ]


def test_workbooks_and_answers_of_services_are_read(tmp_path):
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    row = acled_row(event_date=date(2019, 10, 12), latitude=36.65, longitude=40.37, geo_precision=1)
    book.active.append(list(row))
    book.active.append(list(row.values()))
    book.save(tmp_path / "events.xlsx")
    (tmp_path / "events.json").write_text(json.dumps({"status": 200, "data": [acled_row()]}), encoding="utf-8")
    from_book, from_service = (loaded(tmp_path / name)[0].incidents[0] for name in ("events.xlsx", "events.json"))
    assert (from_book.date, from_book.places) == (from_service.date, from_service.places)


def test_a_header_alone_says_that_there_is_nothing(tmp_path):
    path = tmp_path / "events.csv"
    path.write_text(",".join(acled_row()) + "\n", encoding="utf-8")
    found = load([path], resolve=resolve)
    assert found.tables == ()
    assert [issue.message for issue in found.issues] == [f"{path}: holds no events; it has a header and no rows"]


def test_a_scene_is_made_of_such_a_file_as_of_any_table(tmp_path):
    path = write_csv(tmp_path / "events.csv", [acled_row(), acled_row(event_id_cnty="SYR2", sub_event_type="Arrests")])
    scene = geomap.Scene.from_file(path)
    assert list(scene.incidents["id"]) == ["events:SYR1"]
    assert "1 Arrests" in scene.issues["message"][0]
    again = geomap.Scene.from_file(scene.export(tmp_path / "again.csv"))
    assert list(again.incidents["note"]) == list(scene.incidents["note"])
    assert list(again.incidents["read_by"]) == ["ACLED's coders"]
