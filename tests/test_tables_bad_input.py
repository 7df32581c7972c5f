"""What people hand in: each fault is told with its file, row, column and value, and the other rows are read."""

from __future__ import annotations

import io
import json
from datetime import date, datetime

import geopandas
import openpyxl
import pytest
import samples
from shapely.geometry import LineString, MultiLineString, MultiPoint, Point, Polygon, box

import geomap
from geomap import exports
from geomap.errors import InputError
from geomap.models import AreaKind, How, IncidentKind, Interval, PlaceRef, Range
from geomap.tables.places import only_words
from geomap.tables.reading import Table, read


def csv_table(text: str | bytes) -> Table:
    data = text.encode() if isinstance(text, str) else text
    return read(data, ".csv", "t", "t.csv", only_words)


def movement(table: Table):
    (reading,) = table.readings
    (found,) = reading.movements
    return found


def messages(table: Table) -> list[str]:
    return [issue.message for issue in table.issues]


def geojson(*features, **more) -> Table:
    content = {"type": "FeatureCollection", "features": features} | more
    return read(json.dumps(content).encode(), ".geojson", "t", "t.geojson", only_words)


def feature(geometry, **properties) -> dict:
    shape = geometry.__geo_interface__ if geometry is not None else None
    return {"type": "Feature", "geometry": shape, "properties": properties}


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2019-01-31", date(2019, 1, 31)),
        ("31.01.2019", date(2019, 1, 31)),
        ("31/01/2019", date(2019, 1, 31)),
        ("01/31/2019", date(2019, 1, 31)),
        ("31 Jan 2019", date(2019, 1, 31)),
        ("31 janvier 2019", date(2019, 1, 31)),
        ("31 січня 2019", date(2019, 1, 31)),
        ("January 31, 2019", date(2019, 1, 31)),
        ("2019/1/31", date(2019, 1, 31)),
        ("43496", date(2019, 1, 31)),
        ("2019-01-31T14:30:00+03:00", date(2019, 1, 31)),
        ("4/4/2019", date(2019, 4, 4)),
    ],
)
def test_days_as_people_write_them(written, day):
    table = csv_table(f'from,to,date\nGao,Kidal,"{written}"\n')
    assert movement(table).date == Interval(day, day)
    assert messages(table) == []


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("3/4/2019", "date '3/4/2019' may be 2019-04-03 or 2019-03-04; write the one it is"),
        ("30.02.2019", "date '30.02.2019' is no day; write it as 2019-01-31"),
        ("soon", "date 'soon' is no day; write it as 2019-01-31"),
    ],
)
def test_a_day_that_is_none_or_may_be_two_is_told(written, said):
    table = csv_table(f"from,to,date\nGao,Kidal,{written}\n")
    assert movement(table).date is None
    assert messages(table) == [f"t.csv, line 2: {said}"]


def test_months_and_years_are_spans():
    assert movement(csv_table("from,date\nGao,2019-02\n")).date == Interval(date(2019, 2, 1), date(2019, 2, 28))
    assert movement(csv_table("from,date\nGao,2019\n")).date == Interval(date(2019, 1, 1), date(2019, 12, 31))


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
def test_separators_and_encodings(separator, encoding):
    text = "from,to,actor\nDeir ez-Zor,الرقة,Türkiye\n".replace(",", separator)
    table = csv_table(text.encode(encoding))
    assert [ref.text for ref in movement(table).destination] == ["الرقة"]
    assert movement(table).actor == "Türkiye"
    assert messages(table) == []


def test_a_code_page_is_guessed_and_told():
    table = csv_table("from,to,actor\nMálaga,Logroño,España\n".encode("cp1252"))
    assert movement(table).origin[0].text == "Málaga"
    assert "no encoding is declared; read as" in messages(table)[0]


@pytest.mark.parametrize(
    ("written", "number"), [("1 200", 1200), ("1,200", 1200), ("1.200,0", 1200), ("1'200", 1200), ("1200.0", 1200)]
)
def test_numbers_as_people_write_them(written, number):
    assert movement(csv_table(f'from;to;vehicles\nGao;Kidal;"{written}"\n')).vehicles == number


def test_decimal_commas():
    table = csv_table("kind;lon;lat;precision_m\nclash;1,25;36,5;1500,5\n")
    place = table.readings[0].incidents[0].places[0].place
    assert (place.lon, place.lat, place.precision_m) == (1.25, 36.5, 1500.5)
    assert messages(table) == []


def test_a_comma_that_may_be_two_things_is_told():
    table = csv_table("kind;border;side;depth_m\nborder_strip;SY-TR;SY;30,000\n")
    assert table.readings[0].areas[0].plan.depth_m == Range(30_000, 30_000)
    assert messages(table) == ["t.csv, line 2: depth_m '30,000' was read as 30000; write it without a comma"]


def test_columns_in_any_case_and_order_with_synonyms():
    table = csv_table("\ufeff Comments ,DESTINATION,Start-Date, Origin ,Group\nseen,Kidal,2020-01-02,Gao,Mali\n")
    found = movement(table)
    assert (found.origin[0].text, found.destination[0].text) == ("Gao", "Kidal")
    assert (found.actor, found.note, found.date.start) == ("Mali", "seen", date(2020, 1, 2))
    assert messages(table) == []


def test_columns_that_are_not_known_are_told():
    table = csv_table("from,to,actr,weather\nGao,Kidal,Mali,fine\n")
    assert messages(table) == [
        "t.csv: column 'actr' is not known and was not read; did you mean actor?",
        "t.csv: column 'weather' is not known and was not read; put what is to be kept into note",
    ]


def test_of_a_column_that_stands_twice_the_filled_one_is_read():
    table = csv_table("from,to,actor,actor\nGao,Kidal,,Mali\n")
    assert movement(table).actor == "Mali"
    assert "has 2 columns 'actor'" in messages(table)[0]


@pytest.mark.parametrize("text", ["", "  \n ", "\ufeff"])
def test_an_empty_file_is_said_to_be(tmp_path, text):
    path = tmp_path / "t.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=r"t\.csv: (is empty|has no column)"):
        geomap.Scene.from_file(path)


def test_a_table_without_rows_is_a_scene_without_anything(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("from,to,actor\n", encoding="utf-8")
    assert len(geomap.Scene.from_file(path)) == 0


def test_a_table_of_something_else_says_what_it_lacks():
    with pytest.raises(InputError, match='no column "from" or "to"'):
        csv_table("x,colour\n1,red\n")


def test_one_bad_row_never_stops_the_others():
    table = csv_table("from,to,vehicles\nGao,Kidal,many\n,,3\nBer,Gao,3,4,5\nBer,Gao,3\n")
    assert [m.vehicles for m in table.readings[0].movements] == [None, 3]
    assert messages(table) == [
        "t.csv, line 4: has 5 cells for 3 columns; quote cells that hold commas",
        "t.csv, line 3: has neither from nor to; fill in at least one",
        "t.csv, line 2: vehicles 'many' is no whole number; left empty",
    ]


def workbook(*rows, more=None) -> Table:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    if more:
        more(book)
    data = io.BytesIO()
    book.save(data)
    return read(data.getvalue(), ".xlsx", "t", "t.xlsx", only_words)


def test_a_merged_cell_holds_for_all_its_rows():
    table = workbook(
        ["from", "to", "actor"],
        ["Gao", "Kidal", "Mali"],
        ["Gao", "Ber", None],
        more=lambda book: book.active.merge_cells("C2:C3"),
    )
    assert [m.actor for m in table.readings[0].movements] == ["Mali", "Mali"]


def test_days_and_numbers_of_a_workbook():
    noon = datetime(2020, 1, 2, 12)  # noqa: DTZ001 - workbooks know no time zones
    table = workbook(["from", "date", "published", "vehicles"], ["Gao", noon, 43496, 12.0])
    found = movement(table)
    assert (found.date.start, found.provenance.published, found.vehicles) == (date(2020, 1, 2), date(2019, 1, 31), 12)


def test_a_formula_without_a_value_is_told():
    table = workbook(["from", "to", "vehicles"], ["Gao", "Kidal", "=6*2"])
    assert movement(table).vehicles is None
    (said,) = messages(table)
    assert "row 2: vehicles is a formula that was never worked out" in said


def test_every_sheet_is_read_and_a_strange_one_told():
    def more(book):
        book.create_sheet("spring").append(["to", "actor"])
        book["spring"].append(["Ber", "Mali"])
        book.create_sheet("remarks").append(["these are my remarks"])
        book.create_sheet("empty")

    table = workbook(["from"], ["Gao"], more=more)
    assert len(table.readings[0].movements) == 2
    assert messages(table) == ["t.xlsx, sheet 'remarks' has no column that geomap knows; it was not read"]


def test_a_locked_workbook_is_said_to_be():
    with pytest.raises(InputError, match="locked with a password"):
        read(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), ".xlsx", "t", "t.xlsx", only_words)


@pytest.mark.parametrize("kind", [".xlsx", ".gpkg", ".parquet", ".kml", ".geojson"])
def test_a_damaged_file_is_said_to_be(kind):
    with pytest.raises(InputError, match=r"readable|no JSON"):
        read(b"PK this is no such file", kind, "t", f"t{kind}", only_words)


@pytest.mark.parametrize("name", ["moves.shp", "moves.ods", "moves.doc", "moves"])
def test_an_unknown_suffix_lists_those_that_are_known(tmp_path, name):
    path = tmp_path / name
    path.write_bytes(b"x")
    with pytest.raises(InputError, match=r"no table is read from .*known are \.csv, \.xlsx, \.geojson"):
        geomap.Scene.from_file(path)


def test_a_file_that_is_not_there_or_is_a_folder(tmp_path):
    with pytest.raises(InputError, match=r"none\.csv cannot be read: No such file"):
        geomap.Scene.from_file(tmp_path / "none.csv")
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(InputError, match=r"folder\.csv cannot be read"):
        geomap.Scene.from_file(tmp_path / "folder.csv")


def test_formulas_are_texts_again():
    table = csv_table("from,to,note\nGao,Kidal,'=1+1\nGao,Kidal,''-x\nGao,Kidal,'twas\n")
    assert [m.note for m in table.readings[0].movements] == ["=1+1", "'-x", "'twas"]


def test_people_draw_lines_areas_and_points():
    table = geojson(
        feature(LineString([(0, 16), (1, 17)]), actor="Mali"),
        feature(Polygon([(0, 0), (1, 0), (1, 1), (0, 1)]), kind="safe zone", date="2020-01-02"),
        feature(MultiPoint([(0, 0), (1, 1)]), kind="strike", places="Gao"),
        feature(Point(5, 5), kind="rally"),
        feature(Point(5, 5)),
    )
    (reading,) = table.readings
    assert reading.movements[0].route.legs[0].how is How.REPORTED
    assert reading.movements[0].route.given
    assert reading.areas[0].kind is AreaKind.SAFE_ZONE
    assert reading.areas[0].shape.area_m2 == pytest.approx(1.23e10, rel=0.01)
    assert [ref.place.lat for ref in reading.incidents[0].places] == [0, 1]
    assert reading.incidents[1].kind is IncidentKind.PRESENCE
    assert messages(table) == [
        "t.geojson, feature 5: is a point that does not say what happened there; fill in kind, or from and to",
        f"t.geojson, feature 4: kind 'rally' is none of {', '.join(IncidentKind)}; taken as presence",
    ]


def test_heights_parts_and_nothing():
    up = LineString([(0, 16, 100), (1, 17, 200)])
    table = geojson(
        feature(up, **{"from": "Gao"}),
        feature(MultiLineString([[(0, 0), (1, 1)], [(2, 2), (3, 3)]]), **{"from": "Gao"}),
        feature(LineString(), **{"from": "Gao"}),
        feature(None, **{"from": "Gao"}),
    )
    first, second, third, fourth = table.readings[0].movements
    assert list(first.route.legs[0].geometry.coords) == [(0, 16), (1, 17)]
    assert len(second.route.legs) == 2
    assert third.route is None
    assert fourth.route is None


def test_an_outline_that_crosses_itself_is_mended_and_told():
    table = geojson(feature(Polygon([(0, 0), (1, 1), (1, 0), (0, 1)]), kind="control"))
    assert table.readings[0].areas[0].shape.geometry.is_valid
    assert "feature 1: its outline crosses itself" in messages(table)[0]


def test_a_geometry_that_cannot_be_is_told():
    bad = {"type": "Feature", "geometry": {"type": "LineString", "coordinates": [[1]]}, "properties": {"from": "Gao"}}
    table = geojson(bad, feature(LineString([(0, 0), (500, 99)]), to="Kidal"))
    assert [m.route for m in table.readings[0].movements] == [None, None]
    assert "feature 1: its geometry cannot be used" in messages(table)[0]
    assert "are no degrees" in messages(table)[1]


@pytest.mark.parametrize("kind", ["gpkg", "parquet", "geojson"])
def test_another_crs_is_turned_into_degrees(tmp_path, kind):
    line = LineString([(0.0, 16.0), (1.0, 17.0)])
    frame = geopandas.GeoDataFrame({"from": ["Gao"], "to": ["Kidal"]}, geometry=[line], crs=4326).to_crs(3857)
    path = tmp_path / f"t.{kind}"
    if kind == "parquet":
        frame.to_parquet(path)
    elif kind == "gpkg":
        frame.to_file(path, layer="my lines", driver="GPKG")
    else:
        content = json.loads(frame.to_json())
        content["crs"] = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::3857"}}
        path.write_text(json.dumps(content), encoding="utf-8")
    found = movement(read(path.read_bytes(), f".{kind}", "t", path.name, only_words))
    assert found.route.legs[0].geometry.equals_exact(line, 1e-6)


def test_a_table_without_a_crs_in_metres_is_told(tmp_path):
    frame = geopandas.GeoDataFrame({"from": ["Gao"]}, geometry=[LineString([(5e5, 1e6), (6e5, 2e6)])], crs=None)
    path = tmp_path / "t.parquet"
    frame.to_parquet(path)
    table = read(path.read_bytes(), ".parquet", "t", path.name, only_words)
    assert movement(table).route is None
    assert "has no CRS" in messages(table)[0]


def test_kml_as_google_earth_saves_it():
    text = """<?xml version="1.0" encoding="UTF-8"?>
    <kml xmlns="http://www.opengis.net/kml/2.2"><Document><Folder><name>My places</name>
    <Placemark><name>The pocket</name><Polygon><outerBoundaryIs><LinearRing><coordinates>
    0,0,0 1,0,0 1,1,0 0,0,0</coordinates></LinearRing></outerBoundaryIs></Polygon></Placemark>
    <Placemark><name>Way north</name><description>They went north.</description>
    <LineString><coordinates>0,16,0 1,17,0</coordinates></LineString></Placemark>
    </Folder></Document></kml>"""
    (reading,) = read(text.encode(), ".kml", "t", "t.kml", only_words).readings
    assert reading.areas[0].text == "The pocket"
    assert reading.areas[0].shape.geometry.area == 0.5
    assert reading.movements[0].provenance.quote == "They went north."
    assert list(reading.movements[0].route.legs[0].geometry.coords) == [(0, 16), (1, 17)]


def test_yaml_holds_layers_and_lists():
    text = """
    movements:
    - {from: Gao, to: [Kidal, Ber], date: 2020-01-02}
    areas:
    - {kind: control, around: Gao, depth_m: 5000}
    """
    (reading,) = read(text.encode(), ".yaml", "t", "t.yaml", only_words).readings
    assert [ref.text for ref in reading.movements[0].destination] == ["Kidal", "Ber"]
    assert reading.areas[0].plan.around == (PlaceRef("Gao"),)
    assert reading.areas[0].plan.depth_m == Range(5000, 5000)


def test_columns_that_were_taken_out_of_our_own_table_are_told(tmp_path):
    path = tmp_path / "t.gpkg"
    exports.write(samples.readings(), path)
    frame = geopandas.read_file(path, layer="movements").drop(columns=["note", "actor"])
    frame.to_file(path, layer="movements", driver="GPKG")
    table = read(path.read_bytes(), ".gpkg", "t", path.name, only_words)
    assert [m.provenance.by_hand for m in table.readings[0].movements] == [()] * 6
    assert messages(table) == [
        "t.gpkg, movements have no columns actor, note, so that nothing of these is known; put them back, or leave it"
    ]


def test_columns_of_a_persons_own_beside_ours_are_told(tmp_path):
    path = tmp_path / "t.gpkg"
    exports.write(samples.readings(), path)
    geopandas.read_file(path, layer="areas").assign(checked_by="me").to_file(path, layer="areas", driver="GPKG")
    table = read(path.read_bytes(), ".gpkg", "t", path.name, only_words)
    assert messages(table) == [
        "t.gpkg: column 'checked_by' is not known and was not read; put what is to be kept into note"
    ]


def test_a_reading_that_breaks_is_one_rows_issue():
    def resolve(name: str, near=None) -> PlaceRef:
        if name == "Kidal":
            raise RuntimeError("the index is gone")
        return PlaceRef(name)

    table = read(b"from\nKidal\nGao\n", ".csv", "t", "t.csv", resolve)
    assert [m.origin[0].text for m in table.readings[0].movements] == ["Gao"]
    assert messages(table) == ["t.csv, line 2: cannot be read: RuntimeError: the index is gone"]


def test_a_box_is_an_area():
    assert geojson(feature(box(0, 0, 1, 1))).readings[0].areas[0].kind is AreaKind.CONTROL
