from __future__ import annotations

import json
from datetime import date

import pytest

from geomap.models import How, Interval, Mode, MovementKind, Place, PlaceRef, Status
from geomap.reports.intake.load import load


def messages(loaded) -> str:
    return "\n".join(issue.message for issue in loaded.issues)


def test_csv_rows_are_movements_grouped_by_the_report_they_cite(tmp_path):
    (tmp_path / "t.csv").write_text(
        "from,to,via,actor,date,date_end,status,kind,mode,vehicles,source,published,quote,grade\n"
        'Gao,Kidal,"Bourem; Anefis",Mali,2023-10-02,2023-10-04,ongoing,convoy,road,1 200,Wire,2023-10-05,"Left, s",B2\n'
        ",Tessalit,,Mali,,,,,,,Wire,2023-10-05,They left again.,\n"
        "Ber,Timbuktu,,,2023-08-13,,,,,,Other,2023-08-14,,\n"
    )
    loaded = load([tmp_path])
    assert not loaded.issues
    first, second = loaded.tables
    assert [len(r.movements) for r in loaded.tables] == [2, 1]
    move = first.movements[0]
    assert [ref.text for ref in move.via] == ["Bourem", "Anefis"]
    assert move.date == Interval(date(2023, 10, 2), date(2023, 10, 4))
    assert (move.status, move.kind, move.mode, move.vehicles) == (
        Status.ONGOING,
        MovementKind.CONVOY,
        Mode.ROAD,
        1200,
    )
    assert move.provenance.grade == "B2"
    for movement in first.movements:
        where = movement.provenance
        assert first.report.text[where.start : where.end] == where.quote
    assert (second.report.source, second.report.published) == ("Other", date(2023, 8, 14))
    ids = [m.id for r in loaded.tables for m in r.movements]
    assert len(set(ids)) == 3


def test_places_are_resolved_by_the_given_function(tmp_path):
    (tmp_path / "t.csv").write_text("from,to\nGao,Kidal\n")

    def resolve(name: str) -> PlaceRef:
        return PlaceRef(name, Place(f"user:{name}", name, 1.0, 2.0))

    (reading,) = load([tmp_path], resolve=resolve).tables
    assert reading.movements[0].origin[0].place.id == "user:Gao"


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("status", "perhaps", "perhaps"),
        ("grade", "Z9", "Z9"),
        ("troops", "many", "many"),
        ("date", "2023-02-30", "2023-02-30"),
        ("date_end", "soon", "soon"),
    ],
)
def test_a_cell_that_is_wrong_is_an_issue_and_the_row_stays(tmp_path, column, value, said):
    (tmp_path / "t.csv").write_text(f"from,to,{column}\nGao,Kidal,{value}\n")
    loaded = load([tmp_path])
    assert len(loaded.tables[0].movements) == 1
    assert said in messages(loaded)
    assert "line 2" in messages(loaded)


def test_rows_without_ends_and_tables_without_columns_are_issues(tmp_path):
    (tmp_path / "a.csv").write_text("from,to,actor\n,,Mali\nGao,,Mali\n")
    (tmp_path / "b.csv").write_text("x,y\n1,2\n")
    loaded = load([tmp_path])
    assert len(loaded.tables[0].movements) == 1
    assert "neither from nor to" in messages(loaded)
    assert "b.csv" in messages(loaded)


def feature(geometry, **properties) -> dict:
    return {"type": "Feature", "geometry": geometry, "properties": properties}


def test_a_given_line_is_the_reported_route(tmp_path):
    line = {"type": "LineString", "coordinates": [[0, 16.3], [0.4, 16.9], [1.4, 18.4]]}
    content = {
        "type": "FeatureCollection",
        "features": [
            feature(line, **{"from": "Gao", "to": "Kidal"}),
            feature(line, **{"from": "Gao", "to": "Kidal", "how": "inferred"}),
            feature(None, **{"from": "Gao"}),
            feature({"type": "LineString", "coordinates": [[0, 0], [500, 99]]}, **{"from": "Gao"}),
            feature(None, layer="areas", id="a1"),
        ],
    }
    (tmp_path / "t.geojson").write_text(json.dumps(content))
    loaded = load([tmp_path])
    first, second, third, fourth = loaded.tables[0].movements
    assert list(first.route.legs[0].geometry.coords) == [(0, 16.3), (0.4, 16.9), (1.4, 18.4)]
    assert first.route.legs[0].how is How.REPORTED
    assert second.route.legs[0].how is How.INFERRED
    assert first.route.length_m == pytest.approx(276_000, rel=0.02)
    assert third.route is None
    assert fourth.route is None
    assert "no degrees" in messages(loaded)
    assert "feature 5: has neither an outline nor a plan" in messages(loaded)


def test_workbook_and_yaml_read_as_csv_does(tmp_path):
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.active.append(["From", "To", "Date", "Vehicles"])
    book.active.append(["Gao", "Kidal", date(2023, 10, 2), 12])
    book.save(tmp_path / "a.xlsx")
    (tmp_path / "b.yaml").write_text(
        "- {from: Gao, to: Kidal, via: [Bourem, Anefis], date: 2023-10-02, vehicles: 12}\n"
    )
    book_reading, yaml_reading = load([tmp_path]).tables
    for reading in (book_reading, yaml_reading):
        move = reading.movements[0]
        assert (move.date, move.vehicles) == (Interval(date(2023, 10, 2), date(2023, 10, 2)), 12)
    assert len(yaml_reading.movements[0].via) == 2


def test_a_table_that_is_damaged_is_an_issue(tmp_path):
    (tmp_path / "a.xlsx").write_bytes(b"PK no workbook")
    (tmp_path / "b.yaml").write_text("- [unclosed")
    loaded = load([tmp_path])
    assert not loaded.tables
    assert "a.xlsx" in messages(loaded)
    assert "b.yaml" in messages(loaded)


def test_texts_guarded_against_spreadsheets_come_back(tmp_path):
    (tmp_path / "t.csv").write_text("from,to,note\nGao,Kidal,'=1+1\n")
    assert load([tmp_path]).tables[0].movements[0].note == "=1+1"
