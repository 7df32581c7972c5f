import geopandas
from records import readings
from shapely.geometry import Polygon

from geomap import exports


def test_geoparquet_keeps_dtypes_and_crs(tmp_path):
    path = tmp_path / "out.parquet"
    exports.write(readings(), path)
    table = geopandas.read_parquet(path)
    assert table.crs == "EPSG:4326"
    assert table["layer"].value_counts().to_dict() == {
        "issues": 3, "movements": 2, "places": 2, "sources": 2, "areas": 1, "incidents": 1,
    }  # fmt: skip
    assert str(table["vehicles"].dtype) == "Int64"
    assert isinstance(table.geometry[2], Polygon)
