import re
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace

import geopandas
import pyogrio
import pytest
from lxml import etree
from records import reading, readings
from shapely.geometry import LineString, Point, Polygon, box

from geomap import exports
from geomap.errors import OutputError
from geomap.exports.gpkg import tables
from geomap.exports.look import Look
from geomap.exports.qgis.styles import qml
from geomap.maps.style import LIGHT
from geomap.schema import SCHEMA, Layer
from geomap.terms import IncidentKind, Status

AREAS = ("areas", "areas_lines", "areas_possible", "areas_possible_lines")
DRAWN = ("movements", "areas", "areas_possible", "incidents", "places")


@pytest.fixture
def path(tmp_path):
    made = tmp_path / "out.gpkg"
    exports.write(readings(), made)
    return made


def asked(path, query, *values):
    with closing(sqlite3.connect(path)) as file:
        return file.execute(query, values).fetchall()


def parted_readings():
    """Return readings with areas that are lines, and with what possibly belongs to them."""
    told = reading()
    (area,) = told.areas
    zone = replace(area, shape=replace(area.shape, possible=box(9, 49, 12, 52)))
    road = LineString([(10, 50), (10.5, 50)])
    stretch = replace(
        area, id="r1-a2", shape=replace(area.shape, geometry=road, possible=LineString([(9, 50), (11, 50)]))
    )
    return (replace(told, areas=(zone, stretch)),)


def test_layers_are_tables_with_one_kind_of_geometry(path):
    kinds = dict(pyogrio.list_layers(path))
    assert {name: kinds[name] for name in DRAWN} == {
        "movements": "MultiLineString", "areas": "MultiPolygon", "areas_possible": "MultiPolygon",
        "incidents": "MultiPoint", "places": "MultiPoint",
    }  # fmt: skip
    assert kinds["sources"] is kinds["issues"] is None
    moves = geopandas.read_file(path, layer="movements")
    assert moves.crs == "EPSG:4326"
    assert moves["length_m"][0] == pytest.approx(83_000.4)
    assert moves.geometry[1] is None
    assert geopandas.read_file(path, layer="incidents").geometry[0].geoms[0] == Point(11.0, 50.5)


def test_days_are_days_and_every_column_is_there_with_its_meaning(path):
    types = dict(asked(path, "SELECT name, type FROM pragma_table_info('movements')"))
    assert (types["date"], types["vehicles"], types["background"]) == ("DATE", "INTEGER", "BOOLEAN")
    assert asked(path, "SELECT date, date_end FROM movements") == [("2020-01-03", "2020-01-04"), (None, None)]
    for layer in Layer:
        told = asked(path, "SELECT column_name, description FROM gpkg_data_columns WHERE table_name = ?", layer.value)
        expected = {column.name: column.meaning for column in SCHEMA[layer] if column.dtype != "geometry"}
        assert dict(told) == expected
        assert set(expected) <= set(pyogrio.read_info(path, layer=layer.value)["fields"])


def test_areas_that_are_lines_and_what_is_possible_have_tables_of_their_own(tmp_path):
    path = tmp_path / "out.gpkg"
    exports.write(parted_readings(), path)
    read = {name: geopandas.read_file(path, layer=name) for name in AREAS}
    assert {name: list(table["id"]) for name, table in read.items()} == {
        "areas": ["r1-a1"], "areas_lines": ["r1-a2"], "areas_possible": ["r1-a1"], "areas_possible_lines": ["r1-a2"],
    }  # fmt: skip
    assert read["areas_possible"].geometry[0].bounds == (9, 49, 12, 52)
    assert read["areas_possible_lines"].geometry[0].length == 2


def test_an_area_of_which_nothing_is_sure_keeps_its_possible_part(tmp_path):
    told = parted_readings()[0]
    unsure = replace(told.areas[0], shape=replace(told.areas[0].shape, geometry=Polygon(), area_m2=0.0))
    exports.write((replace(told, areas=(unsure,)),), tmp_path / "out.gpkg")
    assert geopandas.read_file(tmp_path / "out.gpkg", layer="areas").geometry.isna().all()
    assert len(geopandas.read_file(tmp_path / "out.gpkg", layer="areas_possible")) == 1


def test_the_file_is_a_geopackage_as_the_standard_says(path):
    """Check what the abstract test suite of OGC 12-128 asks of tables, as far as SQL can tell."""
    head = path.read_bytes()[:100]
    assert head[:16] == b"SQLite format 3\x00"
    assert head[68:72] == b"GPKG"
    assert int.from_bytes(head[60:64]) == 10300
    assert asked(path, "PRAGMA integrity_check") == [("ok",)]
    assert asked(path, "PRAGMA foreign_key_check") == []
    assert {row[0] for row in asked(path, "SELECT srs_id FROM gpkg_spatial_ref_sys")} >= {-1, 0, 4326}
    for name, kind, srs in asked(path, "SELECT table_name, data_type, srs_id FROM gpkg_contents"):
        assert asked(path, "SELECT count(*) FROM sqlite_master WHERE name = ? AND type IN ('table', 'view')", name) == [
            (1,)
        ]
        shapes = asked(path, "SELECT column_name, z, m FROM gpkg_geometry_columns WHERE table_name = ?", name)
        assert shapes == ([("geom", 0, 0)] if kind == "features" else [])
        if shapes:
            assert srs == 4326
            assert asked(path, "SELECT count(*) FROM sqlite_master WHERE name = ?", f"rtree_{name}_geom") == [(1,)]
    extensions = {row[0] for row in asked(path, "SELECT extension_name FROM gpkg_extensions")}
    assert extensions == {"gpkg_rtree_index", "gpkg_schema", "gpkg_metadata", "gpkg_related_tables"}
    assert asked(path, "SELECT count(*) FROM gpkg_contents WHERE description = '' OR description IS NULL") == [(0,)]


def test_each_row_is_related_to_its_source_also_after_an_edit(path):
    relations = asked(path, "SELECT related_table_name, relation_name, mapping_table_name FROM gpkgext_relations")
    assert {(name, kind) for name, kind, _ in relations} == {
        *((name, "features") for name in DRAWN), ("issues", "attributes"),
    }  # fmt: skip
    query = (
        "SELECT m.id, s.report_id FROM sources_movements r "
        "JOIN movements m ON m.fid = r.related_id JOIN sources s ON s.fid = r.base_id ORDER BY m.id"
    )
    assert asked(path, query) == [("r1-m1", "r1"), ("r1-m2", "r1")]
    assert len(pyogrio.read_dataframe(path, layer="sources_movements")) == 2
    with closing(sqlite3.connect(path)) as file, file:
        file.create_function("ST_IsEmpty", 1, lambda _: 1)  # what a geometry column's triggers ask for
        file.execute("DELETE FROM movements WHERE id = 'r1-m1'")
    assert asked(path, query) == [("r1-m2", "r1")]


def test_licences_are_in_the_file(path):
    ((kind, text),) = asked(path, "SELECT mime_type, metadata FROM gpkg_metadata")
    assert kind == "text/xml"
    rights = [element.text for element in etree.fromstring(text).iter("rights")]
    assert any("OpenStreetMap" in notice for notice in rights)
    scopes = asked(path, "SELECT reference_scope, table_name FROM gpkg_metadata_reference")
    assert ("geopackage", None) in scopes
    assert ("table", "movements") in scopes


def test_each_table_has_its_default_style(path):
    styles = asked(path, "SELECT f_table_name, f_geometry_column, useAsDefault, styleQML, styleSLD FROM layer_styles")
    assert {row[0] for row in styles} == {*DRAWN, "sources", "issues"}
    for name, column, default, drawn, sld in styles:
        assert column == ("geom" if name in DRAWN else "")
        assert default == 1
        assert etree.fromstring(drawn).findtext("mapTip")
        if name in DRAWN:
            assert etree.fromstring(sld.encode()).tag == "{http://www.opengis.net/sld}StyledLayerDescriptor"


def style_of(name, told=None):
    told = parted_readings() if told is None else told
    made = {table.name: table for table in tables(told, keep_text=False)}
    table = made[name]
    names = [column.name for column in table.columns]
    return etree.fromstring(qml(name, table.layer, Look.of(told), geometry=table.kind, names=names)), names


def shown(rgb):
    return "#" + "".join(f"{int(part):02X}" for part in rgb.split(",")[:3])


@pytest.mark.parametrize("name", ["movements", "areas", "areas_lines", "areas_possible", "areas_possible_lines"])
def test_actors_have_the_colours_of_the_map(name):
    told = parted_readings()
    others = [replace(told[0].movements[0], id=f"r1-m{n}", actor=f"Group {n}") for n in range(7)]
    told = (replace(told[0], movements=(*told[0].movements, *others)),)
    style, _ = style_of(name, told)
    symbols = {symbol.get("name"): symbol for symbol in style.find("renderer-v2/symbols")}
    actors = ["Germany", *(f"Group {n}" for n in range(7))]
    for number, actor in enumerate(actors):
        (rule,) = (r for r in style.iter("rule") if r.get("label", "").startswith(f"{actor} ("))
        assert f"'{actor}'" in rule.get("filter")
        tones = [o.get("value") for o in symbols[rule.get("symbol")].iter("Option") if "color" in o.get("name", "")]
        assert LIGHT[number % len(LIGHT)] in {shown(tone) for tone in tones}
    assert "ELSE" in {rule.get("filter") for rule in style.iter("rule")}


def test_every_status_and_kind_of_the_map_is_told_apart():
    text = etree.tostring(style_of("movements")[0], encoding="unicode")
    assert all(f"'{status}'" in text for status in Status)
    assert all(f"%{how}%" in text for how in ("reported", "inferred", "schematic"))
    rules = style_of("incidents")[0].iter("rule")
    assert [rule.get("filter") for rule in rules] == [f"\"kind\" = '{kind}'" for kind in IncidentKind]
    signs = [
        o.get("value") for o in style_of("incidents")[0].iter("Option") if o.get("name") == "name" and o.get("value")
    ]
    assert len({sign for sign in signs if sign.startswith("base64:")}) == len(IncidentKind)


@pytest.mark.parametrize("name", [*DRAWN, "areas_lines", "areas_possible_lines", "sources", "issues"])
def test_expressions_name_columns_that_the_table_has(name):
    style, names = style_of(name)
    texts = [rule.get("filter") or "" for rule in style.iter("rule")]
    texts += [o.get("value") for o in style.iter("Option") if o.get("name") in {"expression", "geometryModifier"}]
    texts += [words.get("fieldName") for words in style.iter("text-style")]
    texts += re.findall(r"\[% (.*?) %\]", style.findtext("mapTip"), re.DOTALL)
    texts.append(style.findtext("previewExpression"))
    used = {found for text in texts for found in re.findall(r'"(\w+)"', re.sub(r"'(?:[^']|'')*'", "", text))}
    assert used <= set(names)
    assert used
    assert {field.get("name") for field in style.find("editable")} == set(names)


def test_what_is_corrected_is_open_to_editing_and_terms_are_chosen():
    style, _ = style_of("movements")
    editable = {field.get("name") for field in style.find("editable") if field.get("editable") == "1"}
    assert editable == {column.name for column in SCHEMA[Layer.MOVEMENTS] if column.editable}
    (status,) = (field for field in style.find("fieldConfiguration") if field.get("name") == "status")
    assert [o.get("value") for o in status.iter("Option") if o.get("value")] == [status.value for status in Status]


def test_names_of_actors_cannot_break_an_expression():
    told = reading()
    moved = replace(told.movements[0], actor='O\'Neil \\ <b>"x"')
    style, _ = style_of("movements", (replace(told, movements=(moved,)),))
    (rule,) = (rule for rule in style.iter("rule") if "O''Neil" in (rule.get("filter") or ""))
    assert rule.get("filter") == "\"actor\" = 'O''Neil \\\\ <b>\"x\"'"


def test_a_map_tip_shows_words_as_words_and_follows_no_script(path):
    tip = style_of("movements")[0].findtext("mapTip")
    assert "'<', '&lt;'" in tip
    assert "'^https?://'" in tip


def test_a_scene_without_anything_has_its_tables_and_styles(tmp_path):
    path = tmp_path / "none.gpkg"
    exports.write((), path)
    assert {name for name, _ in pyogrio.list_layers(path)} >= {*DRAWN, "sources", "issues"}
    assert asked(path, "SELECT count(*) FROM layer_styles") == [(7,)]


def test_a_file_with_changes_that_are_not_saved_is_not_replaced(path):
    with closing(sqlite3.connect(path)) as file:
        file.execute("PRAGMA journal_mode=WAL")
        file.execute("CREATE TABLE of_somebody (x)")
        file.commit()
        with pytest.raises(OutputError, match="open in another program, such as QGIS"):
            exports.write(readings(), path, overwrite=True)
    exports.write(readings(), path, overwrite=True)
    assert asked(path, "SELECT count(*) FROM sqlite_master WHERE name = 'of_somebody'") == [(0,)]


@pytest.mark.skipif(shutil.which("ogrinfo") is None, reason="GDAL's own tools are not on this machine")
def test_gdal_reads_the_relations(path):
    told = subprocess.run(["ogrinfo", "-al", "-so", str(path)], capture_output=True, text=True, check=True)
    assert "ERROR" not in told.stdout + told.stderr
    assert "Warning" not in told.stderr
    assert "Layer name: areas_possible" in told.stdout
    assert "sources_movements" in told.stdout or "Relationship" not in told.stdout


RENDER = """
import sys
from qgis.core import QgsApplication, QgsExpression, QgsExpressionContext, QgsExpressionContextUtils
from qgis.core import QgsMapRendererCustomPainterJob, QgsMapSettings, QgsProject, QgsRectangle, QgsVectorLayer
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QColor, QImage, QPainter

app = QgsApplication([], False)
app.initQgis()
layers = [QgsVectorLayer(f"{sys.argv[1]}|layername={name}", name, "ogr") for name in sys.argv[3:]]
QgsProject.instance().addMapLayers(layers)
settings = QgsMapSettings()
settings.setLayers(layers)
settings.setExtent(QgsRectangle(9.5, 49.5, 11.5, 51.5))
settings.setOutputSize(QSize(600, 600))
settings.setBackgroundColor(QColor("#ffffff"))
scopes = QgsExpressionContext(QgsExpressionContextUtils.globalProjectLayerScopes(layers[0]))
scopes.appendScope(QgsExpressionContextUtils.mapSettingsScope(settings))
settings.setExpressionContext(scopes)

def expressions(symbol):
    yield from (symbol.dataDefinedProperties().property(key) for key in symbol.dataDefinedProperties().propertyKeys())
    for part in symbol.symbolLayers():
        told = part.dataDefinedProperties()
        yield from (told.property(key) for key in told.propertyKeys())
        if part.subSymbol():
            yield from expressions(part.subSymbol())

for layer in layers:
    assert layer.isValid() and layer.renderer().type() == "RuleRenderer", layer.name()
    for rule in layer.renderer().rootRule().descendants():
        texts = [rule.filterExpression()] if rule.filterExpression() not in ("", "ELSE") else []
        texts += [one.expressionString() for one in expressions(rule.symbol())] if rule.symbol() else []
        for text in texts:
            expression = QgsExpression(text)
            assert not expression.hasParserError(), (text, expression.parserErrorString())
            for feature in layer.getFeatures():
                scopes.setFeature(feature)
                expression.evaluate(scopes)
                assert not expression.hasEvalError(), (text, expression.evalErrorString())
image = QImage(600, 600, QImage.Format_RGB32)
image.fill(QColor("#ffffff"))
painter = QPainter(image)
job = QgsMapRendererCustomPainterJob(settings, painter)
job.renderSynchronously()
painter.end()
image.save(sys.argv[2])
app.exitQgis()
"""


def python_with_qgis():
    for python in filter(shutil.which, ["/usr/bin/python3", sys.executable]):
        if not subprocess.run([python, "-c", "import qgis.core"], check=False, capture_output=True).returncode:
            return python
    return None


def test_qgis_draws_it(tmp_path):
    python = python_with_qgis()
    if python is None:
        pytest.skip("PyQGIS is not on this machine")
    from PIL import Image

    path, picture = tmp_path / "out.gpkg", tmp_path / "out.png"
    exports.write(parted_readings(), path)
    names = ["places", "incidents", "movements", "areas_lines", "areas", "areas_possible_lines", "areas_possible"]
    told = subprocess.run(
        [python, "-c", RENDER, str(path), str(picture), *names],
        check=False, capture_output=True, text=True, env={"QT_QPA_PLATFORM": "offscreen", "PATH": "/usr/bin:/bin"},
    )  # fmt: skip
    assert told.returncode == 0, told.stderr
    colours = dict(map(reversed, Image.open(picture).convert("RGB").getcolors(360_000)))
    blue = tuple(int(LIGHT[0][n : n + 2], 16) for n in (1, 3, 5))
    assert any(sum(abs(a - b) for a, b in zip(colour, blue, strict=True)) < 60 for colour in colours)
    assert len(colours) > 50
