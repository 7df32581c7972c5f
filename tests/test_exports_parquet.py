import json
from dataclasses import replace

import geopandas
import pytest
from pyarrow import parquet
from records import reading, readings
from shapely.geometry import Polygon, box

from geomap import exports
from geomap.schema import SCHEMA, Layer


@pytest.fixture
def path(tmp_path):
    told = reading()
    area = replace(told.areas[0], shape=replace(told.areas[0].shape, possible=box(9, 49, 12, 52)))
    made = tmp_path / "out.parquet"
    exports.write((replace(told, areas=(area,)), readings()[1]), made)
    return made


def test_geoparquet_keeps_dtypes_and_crs(path):
    table = geopandas.read_parquet(path)
    assert table.crs == "EPSG:4326"
    assert table["layer"].value_counts().to_dict() == {
        "issues": 3, "movements": 2, "places": 2, "sources": 2, "areas": 1, "incidents": 1,
    }  # fmt: skip
    assert str(table["vehicles"].dtype) == "Int64"
    assert isinstance(table.geometry[2], Polygon)


def test_both_geometries_are_geometries(path):
    table = geopandas.read_parquet(path)
    assert table["possible"].crs == "EPSG:4326"
    assert table["possible"].notna().sum() == 1
    assert table["possible"][2].bounds == (9, 49, 12, 52)
    assert table.active_geometry_name == "geometry"


def test_the_metadata_are_those_of_geoparquet_1_1(path):
    schema = parquet.read_schema(path)
    geo = json.loads(schema.metadata[b"geo"])
    assert (geo["version"], geo["primary_column"]) == ("1.1.0", "geometry")
    assert set(geo["columns"]) == {"geometry", "possible"}
    for told in geo["columns"].values():
        assert told["encoding"] == "WKB"
        assert told["crs"]["id"] == {"authority": "EPSG", "code": 4326}
    assert geo["columns"]["geometry"]["covering"]["bbox"]["xmin"] == ["bbox", "xmin"]
    assert set(geo["columns"]["geometry"]["geometry_types"]) == {"LineString", "Polygon", "Point"}
    assert b"OpenStreetMap" in schema.metadata[b"attribution"]


def test_boxes_let_readers_skip_rows(path):
    boxes = parquet.read_table(path, columns=["bbox"])["bbox"].to_pylist()
    assert boxes[2] == {"xmin": 10.0, "ymin": 50.0, "xmax": 11.0, "ymax": 51.0}
    near = geopandas.read_parquet(path, bbox=(10.9, 50.4, 11.1, 50.6))
    assert set(near["layer"]) == {"movements", "areas", "incidents"}


def test_each_column_says_what_it_means(path):
    schema = parquet.read_schema(path)
    assert all(field.metadata[b"description"] for field in schema)
    assert b"canonical name of who moves" in schema.field("actor").metadata[b"description"]
    columns = {column.name for layer in Layer for column in SCHEMA[layer]}
    assert set(schema.names) == columns | {"layer", "geometry", "bbox"}
