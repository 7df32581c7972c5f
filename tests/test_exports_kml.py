import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd
import pyogrio
import pytest
from lxml import etree
from records import reading, readings
from shapely.geometry import LineString, MultiLineString, MultiPoint, Polygon, box

from geomap import exports
from geomap.exports.kml_shapes import bounds, placed
from geomap.features import frame
from geomap.maps.style import LIGHT
from geomap.models import Interval
from geomap.schema import SCHEMA, Layer
from geomap.terms import Status

KML = "{http://www.opengis.net/kml/2.2}"


def written(tmp_path, told=None):
    path = tmp_path / "out.kml"
    exports.write(readings() if told is None else told, path)
    return path, etree.parse(path)


def folders(document):
    return {folder.findtext(f"{KML}name"): folder for folder in document.iter(f"{KML}Folder")}


@pytest.mark.parametrize("told", ["all", "none", "possible"])
def test_it_is_kml_by_the_schema_of_ogc(tmp_path, told):
    fastkml = pytest.importorskip("fastkml")  # it has the schema
    schema = etree.XMLSchema(etree.parse(Path(fastkml.__file__).parent / "schema" / "ogckml22.xsd"))
    full = reading()
    unsure = replace(full.areas[0], shape=replace(full.areas[0].shape, geometry=Polygon(), possible=box(9, 49, 12, 52)))
    sets = {"all": readings(), "none": (), "possible": (replace(full, areas=(unsure,)),)}
    _, document = written(tmp_path, sets[told])
    assert schema.validate(document), schema.error_log


def test_layers_are_folders_and_movements_are_parted_by_actor(tmp_path):
    _, document = written(tmp_path)
    named = folders(document)
    assert list(named) == [
        "movements", "Germany", "not named", "areas", "areas_possible", "incidents", "places", "sources", "issues",
    ]  # fmt: skip
    assert named["Germany"].getparent() is named["movements"]
    names = [mark.findtext(f"{KML}name") for mark in named["movements"].iter(f"{KML}Placemark")]
    assert names == ["Germany · convoy · Alfa → Bravo; Charlie", "ordered: deployment · … → …"]


def test_marks_have_time_spans_and_words_are_no_markup(tmp_path):
    _, document = written(tmp_path)
    move, area = (folders(document)[name].find(f".//{KML}Placemark") for name in ("movements", "areas"))
    assert move.findtext(f"{KML}TimeSpan/{KML}begin") == "2020-01-03"
    assert move.findtext(f"{KML}TimeSpan/{KML}end") == "2020-01-04"
    assert area.find(f"{KML}TimeSpan") is None
    balloon = area.findtext(f"{KML}description")
    assert "&lt;script&gt;" in balloon
    assert "<script" not in balloon
    assert '<a href="https://example.org/a">' in balloon
    assert "Daily" in balloon


@pytest.mark.parametrize("address", ["javascript:alert(1)", 'https://a.example/"><script>', "file:///etc/passwd"])
def test_only_addresses_of_the_web_become_links(tmp_path, address):
    told = reading()
    movement = replace(told.movements[0], provenance=replace(told.movements[0].provenance, url=address))
    _, document = written(tmp_path, (replace(told, movements=(movement,)),))
    balloon = folders(document)["movements"].findtext(f".//{KML}Placemark/{KML}description")
    assert ("<a href=" in balloon) == address.startswith("https:")
    assert "<script" not in balloon
    assert re.findall(r'href="([^"]*)"', balloon) in ([], ["https://a.example/&quot;&gt;&lt;script&gt;"])


def test_it_fetches_nothing(tmp_path):
    _, document = written(tmp_path)
    fetching = {f"{KML}{name}" for name in ("Icon", "href", "NetworkLink", "Link", "Model", "GroundOverlay")}
    assert not [element for element in document.iter() if element.tag in fetching]


def test_styles_have_the_colours_of_the_map_and_say_how_sure(tmp_path):
    told = reading()
    first = told.movements[0]
    others = (
        replace(first, id="r1-m8", actor="Other", confidence=0.6),
        replace(first, id="r1-m9", actor="Other", status=Status.DENIED, confidence=0.1),
    )
    _, document = written(tmp_path, (replace(told, movements=(first, *others)),))
    styles = {style.get("id"): style for style in document.iter(f"{KML}Style")}
    used = [mark.findtext(f"{KML}styleUrl") for mark in folders(document)["movements"].iter(f"{KML}Placemark")]
    lines = [styles[address.removeprefix("#")].find(f"{KML}LineStyle") for address in used]
    colours = [line.findtext(f"{KML}color") for line in lines]

    def as_kml(colour):
        return (colour[5:7] + colour[3:5] + colour[1:3]).lower()

    assert [colour[2:] for colour in colours] == [as_kml(LIGHT[0]), as_kml(LIGHT[1]), as_kml("#7c766b")]
    strengths = [int(colour[:2], 16) for colour in colours]
    assert strengths[0] == 255 > strengths[1] > strengths[2]
    assert {line.findtext(f"{KML}width") for line in lines} == {"2.8"}  # partly schematic, so no surer than that


def test_every_column_comes_back_through_gdal(tmp_path):
    path, _ = written(tmp_path)
    layers = {"movements": "Germany", "areas": "areas", "incidents": "incidents", "places": "places"}
    for name, folder in layers.items():
        layer = Layer(name)
        read = pyogrio.read_dataframe(path, layer=folder)
        row = frame(layer, readings()).iloc[0]
        for column in SCHEMA[layer]:
            if column.dtype == "geometry" or pd.isna(row[column.name]):
                continue
            found = read[f"{column.name}2" if f"{column.name}2" in read else column.name][0]
            if column.dtype.startswith("datetime"):
                assert str(found)[:10] == str(row[column.name])[:10]
            elif column.dtype == "string":
                assert found == row[column.name]
            else:
                assert float(found) == pytest.approx(float(row[column.name]))


def test_a_scene_can_be_seen_as_a_whole(tmp_path):
    _, document = written(tmp_path)
    seen = document.find(f".//{KML}LookAt")
    assert float(seen.findtext(f"{KML}longitude")) == pytest.approx(10.5, abs=0.1)
    assert float(seen.findtext(f"{KML}latitude")) == pytest.approx(50.5, abs=0.1)
    assert 100_000 < float(seen.findtext(f"{KML}range")) < 300_000
    assert written(tmp_path, ())[1].find(f".//{KML}LookAt") is None


def test_a_view_across_the_antimeridian_is_not_the_whole_world():
    import geopandas

    view = bounds([geopandas.GeoDataFrame(geometry=[LineString([(179, 10), (-179, 12)])])])
    assert abs(view.lon) == pytest.approx(180)
    assert view.range_m < 1_000_000


def test_geometries_of_several_parts_and_with_holes():
    several = placed(MultiLineString([[(0, 0), (1, 1)], [(2, 2), (3, 3)]]))
    assert [part.tag for part in several] == ["LineString", "LineString"]
    assert placed(MultiPoint([(1, 2)])).findtext("coordinates") == "1.0,2.0"
    holed = placed(box(0, 0, 9, 9).difference(box(1, 1, 2, 2)))
    assert len(holed.findall("innerBoundaryIs")) == 1
    assert placed(None) is placed(Polygon()) is None


def test_a_character_that_is_no_text_is_left_out(tmp_path):
    told = reading()
    movement = replace(told.movements[0], trigger="dro\x00ve\x0b", date=Interval(date(2020, 1, 3), date(2020, 1, 3)))
    _, document = written(tmp_path, (replace(told, movements=(movement,)),))
    mark = folders(document)["movements"].find(f".//{KML}Placemark")
    assert [cell.text for cell in mark.iter(f"{KML}SimpleData") if cell.get("name") == "trigger"] == ["drove"]
