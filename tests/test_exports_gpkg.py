import geopandas
import pytest
from records import readings
from shapely.geometry import Point

from geomap import exports


def test_geopackage_keeps_the_layers_apart(tmp_path):
    path = tmp_path / "out.gpkg"
    exports.write(readings(), path)
    counts = {name: len(geopandas.read_file(path, layer=name)) for name in geopandas.list_layers(path)["name"]}
    assert counts == {"movements": 2, "areas": 1, "incidents": 1, "places": 2, "sources": 2, "issues": 3}
    moves = geopandas.read_file(path, layer="movements")
    assert moves.crs == "EPSG:4326"
    assert moves["length_m"][0] == pytest.approx(83_000.4)
    assert moves.geometry[1] is None


def test_incident_points_reach_the_file(tmp_path):
    path = tmp_path / "out.gpkg"
    exports.write(readings(), path)
    assert geopandas.read_file(path, layer="incidents").geometry[0] == Point(11.0, 50.5)
