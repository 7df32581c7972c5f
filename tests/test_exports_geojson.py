import json

import geopandas
from records import readings

from geomap import exports


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
        *["movements"] * 2, "areas", "incidents", *["places"] * 2, *["sources"] * 2, *["issues"] * 3,
    ]  # fmt: skip
    assert len(geopandas.read_file(path)) == 11
