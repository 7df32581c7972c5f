import csv
import json
from dataclasses import replace
from xml.etree import ElementTree as ET

import geopandas
import pytest
from records import TEXT, reading, readings
from shapely.geometry import Point, Polygon

from geomap import exports
from geomap.errors import InputError, OutputError
from geomap.exports import Format
from geomap.files import replacing, write_text

KML = "{http://www.opengis.net/kml/2.2}"


@pytest.mark.parametrize("name", [known.value for known in Format if known is not Format.GPKG])
def test_the_same_readings_give_the_same_bytes(tmp_path, name):
    paths = [tmp_path / f"{run}.{name}" for run in ("a", "b")]
    for path in paths:
        exports.write(readings(), path)
    assert paths[0].read_bytes() == paths[1].read_bytes()


@pytest.mark.parametrize("name", [known.value for known in Format])
def test_no_readings_still_make_a_valid_file(tmp_path, name):
    path = tmp_path / f"none.{name}"
    exports.write((), path)
    assert path.is_file()
    if name not in {"jsonl", "csv", "kml"}:
        geopandas.read_parquet(path) if name == "parquet" else geopandas.read_file(path, layer=0)


def test_json_lines_hold_one_report_a_line(tmp_path):
    path = tmp_path / "out.jsonl"
    exports.write(readings(), path, keep_text=True)
    lines = path.read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["id"] for line in lines] == ["r1", "empty"]
    assert json.loads(lines[0])["text"] == TEXT


def test_geojson_follows_rfc_7946(tmp_path):
    path = tmp_path / "out.geojson"
    exports.write(readings(), path)
    collection = json.loads(path.read_text(encoding="utf-8"))
    assert set(collection) == {"type", "features"}
    first = collection["features"][0]
    assert first["id"] == "r1-m1"
    assert first["geometry"]["type"] == "LineString"
    assert (first["properties"]["date"], first["properties"]["vehicles"]) == ("2020-01-03", 12)
    assert collection["features"][1]["geometry"] is None
    assert [feature["properties"]["layer"] for feature in collection["features"]] == [
        *["movements"] * 2, "areas", "incidents", *["places"] * 2, *["issues"] * 3,
    ]  # fmt: skip
    assert len(geopandas.read_file(path)) == 9


def test_geopackage_keeps_the_layers_apart(tmp_path):
    path = tmp_path / "out.gpkg"
    exports.write(readings(), path)
    counts = {name: len(geopandas.read_file(path, layer=name)) for name in geopandas.list_layers(path)["name"]}
    assert counts == {"movements": 2, "areas": 1, "incidents": 1, "places": 2, "issues": 3}
    moves = geopandas.read_file(path, layer="movements")
    assert moves.crs == "EPSG:4326"
    assert moves["length_m"][0] == pytest.approx(83_000.4)
    assert moves.geometry[1] is None


def test_kml_has_time_spans_and_shows_text_as_text(tmp_path):
    path = tmp_path / "out.kml"
    exports.write(readings(), path)
    root = ET.parse(path).getroot()
    marks = list(root.iter(f"{KML}Placemark"))
    assert len(marks) == 9
    assert marks[0].findtext(f"{KML}name") == "Germany · convoy · Alfa · Bravo; Charlie"
    assert marks[0].findtext(f"{KML}TimeSpan/{KML}begin").startswith("2020-01-03")
    assert marks[0].findtext(f"{KML}TimeSpan/{KML}end").startswith("2020-01-04")
    assert "&lt;script&gt;" in marks[2].findtext(f"{KML}description")


def test_geoparquet_keeps_dtypes_and_crs(tmp_path):
    path = tmp_path / "out.parquet"
    exports.write(readings(), path)
    table = geopandas.read_parquet(path)
    assert table.crs == "EPSG:4326"
    assert table["layer"].value_counts().to_dict() == {
        "issues": 3, "movements": 2, "places": 2, "areas": 1, "incidents": 1,
    }  # fmt: skip
    assert str(table["vehicles"].dtype) == "Int64"
    assert isinstance(table.geometry[2], Polygon)


def test_csv_reads_back_and_runs_no_formula(tmp_path):
    path = tmp_path / "out.csv"
    exports.write((reading(),), path)
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert rows[0]["quote"].startswith("'=SUM(A1)")
    assert (rows[0]["from"], rows[0]["to"], rows[0]["date_end"]) == ("Alfa", "Bravo; Charlie", "2020-01-04")
    assert (rows[0]["vehicles"], rows[1]["vehicles"]) == ("12", "")
    assert "geometry" not in rows[0]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_csv_formula_starts_are_quoted(start):
    import pandas as pd

    texts = pd.Series([f"{start}1", f"a{start}", None], dtype="string")
    assert exports._without_formulas(texts).fillna("").tolist() == [f"'{start}1", f"a{start}", ""]


def test_unknown_suffix_lists_the_known(tmp_path):
    with pytest.raises(InputError, match=r"'shp'.*known are jsonl, geojson, gpkg, kml, parquet, csv"):
        exports.write(readings(), tmp_path / "out.shp")
    assert list(tmp_path.iterdir()) == []


def test_format_overrules_the_suffix(tmp_path):
    path = tmp_path / "out.txt"
    exports.write(readings(), path, format="CSV")
    assert path.read_text(encoding="utf-8").startswith("layer,id,report_id,")


@pytest.mark.parametrize("name", [known.value for known in Format])
def test_missing_folder_is_an_output_error(tmp_path, name):
    with pytest.raises(OutputError, match="does not exist"):
        exports.write(readings(), tmp_path / "no" / f"out.{name}")


def test_a_folder_is_not_overwritten(tmp_path):
    with pytest.raises(OutputError, match="no ordinary file"):
        write_text(tmp_path, "x")


def test_failure_leaves_the_old_file_and_no_draft(tmp_path):
    path = tmp_path / "out.txt"
    path.write_text("old", encoding="utf-8")

    def fail():
        with replacing(path) as draft:
            draft.write_text("half", encoding="utf-8")
            raise KeyError("stop")

    with pytest.raises(KeyError):
        fail()
    assert [item.name for item in tmp_path.iterdir()] == ["out.txt"]
    assert path.read_text(encoding="utf-8") == "old"


def test_a_full_disk_is_an_output_error(tmp_path):
    def fail():
        with replacing(tmp_path / "out.txt"):
            raise OSError(28, "No space left on device")

    with pytest.raises(OutputError, match="No space left"):
        fail()


def test_write_through_a_link_keeps_the_link(tmp_path):
    real, link = tmp_path / "real.txt", tmp_path / "link.txt"
    link.symlink_to(real)
    write_text(link, "text\n")
    assert link.is_symlink()
    assert real.read_text(encoding="utf-8") == "text\n"


def test_incident_points_reach_the_file(tmp_path):
    path = tmp_path / "out.gpkg"
    exports.write(readings(), path)
    assert geopandas.read_file(path, layer="incidents").geometry[0] == Point(11.0, 50.5)


@pytest.mark.parametrize("name", [known.value for known in Format])
def test_an_area_of_which_nothing_is_sure_is_written_without_geometry(tmp_path, name):
    told = reading()
    possible = replace(told.areas[0].shape, geometry=Polygon(), area_m2=0.0, possible=told.areas[0].shape.geometry)
    path = tmp_path / f"up-to.{name}"
    exports.write((replace(told, areas=(replace(told.areas[0], shape=possible),)),), path)
    if name == "gpkg":
        assert geopandas.read_file(path, layer="areas").geometry.isna().all()
    if name == "jsonl":
        (area,) = json.loads(path.read_text(encoding="utf-8"))["areas"]
        assert area["geometry"] is None
        assert area["possible"]["type"] == "Polygon"
