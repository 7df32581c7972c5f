"""What people draw: put right where that needs no guess, refused in a sentence where it would."""

import json

import pytest
import shapely

from geomap.errors import InputError
from geomap.geometry.drawing import drawn
from geomap.geometry.geodesy import length_m

SQUARE = [[30.0, -2.0], [31.0, -2.0], [31.0, -1.0], [30.0, -1.0]]
CLOSED = [*SQUARE, SQUARE[0]]


def polygon(*rings, **more):
    return {"type": "Polygon", "coordinates": list(rings), **more}


def line(*points, **more):
    return {"type": "LineString", "coordinates": list(points), **more}


def feature(geometry):
    return {"type": "Feature", "properties": {}, "geometry": geometry}


def messages(shape):
    return " ".join(issue.message for issue in shape.issues)


def crs(name):
    return {"crs": {"type": "name", "properties": {"name": name}}}


def test_a_good_polygon_comes_back_as_it_is():
    found = drawn(polygon(CLOSED))
    assert found.geometry.equals(shapely.box(30, -2, 31, -1))
    assert found.area_m2 == pytest.approx(111.2e3 * 110.6e3, rel=0.002)
    assert (found.issues, found.published_limits, found.possible) == ((), True, None)


@pytest.mark.parametrize(
    "source",
    [polygon(SQUARE), json.dumps(polygon(SQUARE)), "POLYGON ((30 -2, 31 -2, 31 -1, 30 -1))"],
    ids=["mapping", "text", "wkt"],
)
def test_an_open_ring_is_closed_and_told(source):
    found = drawn(source)
    assert found.geometry.equals(shapely.box(30, -2, 31, -1))
    assert "a ring was open" in messages(found)


def test_a_bow_tie_keeps_both_its_wings():
    found = drawn(polygon([[0.0, 0.0], [1.0, 1.0], [1.0, 0.0], [0.0, 1.0], [0.0, 0.0]]))
    assert found.geometry.is_valid
    assert found.geometry.area == pytest.approx(0.5)
    assert "cross or touch" in messages(found)
    assert "0.5 0.5" in messages(found)


def test_a_hole_stays_a_hole():
    hole = [[30.4, -1.6], [30.6, -1.6], [30.6, -1.4], [30.4, -1.4], [30.4, -1.6]]
    assert drawn(polygon(CLOSED, hole)).geometry.area == pytest.approx(1.0 - 0.04)


def test_features_are_united():
    other = polygon([[30.5, -2.0], [32.0, -2.0], [32.0, -1.0], [30.5, -1.0], [30.5, -2.0]])
    found = drawn({"type": "FeatureCollection", "features": [feature(polygon(CLOSED)), feature(other), feature(None)]})
    assert found.geometry.equals(shapely.box(30, -2, 32, -1))
    assert "2 polygons" in found.built_from


def test_lines_that_go_on_are_joined():
    found = drawn({"type": "GeometryCollection", "geometries": [line([1, 2], [2, 3]), line([2, 3], [5, 6])]})
    assert found.geometry.geom_type == "LineString"
    assert found.length_m == pytest.approx(length_m(shapely.LineString([(1, 2), (2, 3), (5, 6)])))
    assert found.area_m2 is None


def test_heights_are_left_out():
    found = drawn("LINESTRING Z (1 2 300, 2 3 400)")
    assert not found.geometry.has_z
    assert "heights" in messages(found)


@pytest.mark.parametrize("name", ["urn:ogc:def:crs:OGC:1.3:CRS84", "EPSG:4326", "urn:ogc:def:crs:EPSG::4326"])
def test_the_usual_system_is_taken_as_it_is(name):
    found = drawn(line([36.0, 50.0], [37.0, 50.0], **crs(name)))
    assert found.geometry.bounds == (36.0, 50.0, 37.0, 50.0)
    assert not found.issues


def test_another_system_is_converted_and_told():
    found = drawn(line([500_000, 0], [500_000, 1_000_000], **crs("urn:ogc:def:crs:EPSG::32635")))
    assert found.geometry.coords[0] == pytest.approx((27.0, 0.0), abs=1e-6)
    assert found.length_m == pytest.approx(1_000_400, rel=1e-3)
    assert "converted from" in messages(found)
    assert drawn("SRID=32635;LINESTRING(500000 0, 500000 1000000)").geometry.equals(found.geometry)


def test_across_the_antimeridian_it_is_cut_there():
    found = drawn(polygon([[179.0, -17.0], [-179.0, -17.0], [-179.0, -16.0], [179.0, -16.0], [179.0, -17.0]]))
    assert found.geometry.geom_type == "MultiPolygon"
    assert found.area_m2 == pytest.approx(2 * 111.3e3 * 0.958 * 110.6e3, rel=0.01)
    assert found.geometry.bounds == (-180.0, -17.0, 180.0, -16.0)
    way = drawn(line([179.0, -17.0], [-179.0, -17.0]))
    assert way.length_m == pytest.approx(213e3, rel=0.01)
    assert all(-180.0 <= x <= 180.0 for x in shapely.get_coordinates(way.geometry)[:, 0])


def test_a_file_is_read(tmp_path):
    path = tmp_path / "ceasefire.geojson"
    path.write_text(json.dumps(feature(line([1, 2], [2, 3]))), encoding="utf-8-sig")
    assert drawn(path).geometry.equals(drawn(str(path)).geometry)
    assert "ceasefire.geojson" in drawn(path).built_from


@pytest.mark.parametrize(
    ("source", "says"),
    [
        (polygon([[36.0, 138.0], [37.0, 138.0], [37.0, 139.0]]), "write lon before lat"),
        (line([500_000, 38], [500_100, 38]), "no lon and lat in degrees"),
        (line([1, 2], [2, float("nan")]), "no number"),
        (line(["here", 2], [2, 3]), "lists of lon and lat"),
        (line([1, 2]), "at least 2"),
        (polygon([[1, 2], [1, 2], [1, 2], [1, 2]]), "encloses nothing"),
        (polygon([[1, 2], [2, 3], [3, 4], [1, 2]]), "encloses nothing"),
        (polygon([1, 2, 3]), "lists of lon and lat"),
        ({"type": "Polygon", "coordinates": 5}, "no list of coordinates"),
        (polygon(), "is empty"),
        ({"type": "FeatureCollection", "features": []}, "is empty"),
        ({"type": "FeatureCollection"}, "without its list of features"),
        (feature(None), "is empty"),
        ({"type": "Point", "coordinates": [1, 2]}, "holds points"),
        ({"type": "Topology"}, "no GeoJSON geometry"),
        ({"type": "GeometryCollection", "geometries": [polygon(CLOSED), line(*SQUARE)]}, "one kind only"),
        (line([1, 2], [2, 3], **crs("my own grid")), "not known"),
        ("SRID=999999;LINESTRING(1 2, 2 3)", "not known"),
        ("LINESTRING EMPTY", "is empty"),
        ("POLYGON ((1 2", "is no WKT"),
        ("{not json", "neither GeoJSON nor WKT"),
        ("[1, 2]", "no GeoJSON object"),
        ('{"type": "LineString", "coordinates": ' + "[" * 100_000, "neither GeoJSON nor WKT"),
        ("no/such/file.geojson", "no file that can be read"),
    ],
)  # fmt: skip
def test_what_would_need_a_guess_is_refused(source, says):
    with pytest.raises(InputError, match=says):
        drawn(source)


def test_a_file_that_is_no_text_or_too_large_is_refused(tmp_path, monkeypatch):
    path = tmp_path / "drawing.zip"
    path.write_bytes(b"PK\x03\x04\xff\xfe")
    with pytest.raises(InputError, match="no text"):
        drawn(path)
    monkeypatch.setattr("geomap.geometry.drawing._MOST_BYTES", 3)
    with pytest.raises(InputError, match="simplify"):
        drawn(path)
    monkeypatch.setattr("geomap.geometry.drawing._MOST_POINTS", 3)
    with pytest.raises(InputError, match="more than 3 points"):
        drawn(polygon(CLOSED))


def test_lat_before_lon_is_noticed_where_it_should_lie_elsewhere():
    helsinki = (24.9, 60.2)
    swapped = polygon([[60.1, 24.8], [60.3, 24.8], [60.3, 25.0]])
    assert drawn(swapped).geometry.bounds[0] == 60.1
    with pytest.raises(InputError, match="change places"):
        drawn(swapped, near=helsinki)
    assert drawn(polygon([[24.8, 60.1], [24.8, 60.3], [25.0, 60.3]]), near=helsinki).area_m2 > 0
