"""Tables of coded events told by their columns."""

import pytest
from coded import GDELT_COLUMNS, acled_row, gdelt_row, resolve
from shapely.geometry import Point

from geomap.reports.coded.tables import coded_items, coded_sheet


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
