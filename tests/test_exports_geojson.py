import json
from dataclasses import replace

import geopandas
import pytest
import shapely
from records import reading, readings
from shapely.geometry import LineString, MultiLineString, MultiPolygon, Point, Polygon, box, shape

from geomap import exports
from geomap.exports.meridian import box_of, cut
from geomap.models import How, Leg, Route
from geomap.scene import Scene


def written(tmp_path, told=None):
    path = tmp_path / "out.geojson"
    exports.write(readings() if told is None else told, path, overwrite=True)
    return json.loads(path.read_text(encoding="utf-8")), path


def with_possible(possible, sure=None):
    told = reading()
    area = told.areas[0]
    made = replace(area.shape, possible=possible, geometry=area.shape.geometry if sure is None else sure)
    return (replace(told, areas=(replace(area, shape=made),)),)


def positions(coordinates):
    if isinstance(coordinates[0], float):
        yield coordinates
    else:
        for part in coordinates:
            yield from positions(part)


def test_geojson_follows_rfc_7946(tmp_path):
    collection, path = written(tmp_path)
    assert set(collection) == {"type", "bbox", "features"}  # no crs
    first = collection["features"][0]
    assert first["id"] == "r1-m1"
    assert first["geometry"]["type"] == "LineString"
    assert (first["properties"]["date"], first["properties"]["vehicles"]) == ("2020-01-03", 12)
    assert collection["features"][1]["geometry"] is None
    layers = [feature["properties"]["layer"] for feature in collection["features"]]
    assert layers == [
        *["movements"] * 2, "areas", "incidents", *["places"] * 2, *["sources"] * 2, *["issues"] * 3,
    ]  # fmt: skip
    assert len(geopandas.read_file(path)) == len(layers)
    ids = [feature["id"] for feature in collection["features"] if "id" in feature]
    assert len(ids) == len(set(ids)) == 4


def test_outer_rings_turn_left_and_positions_are_short(tmp_path):
    clockwise = Polygon([(9, 49), (9, 52), (12, 52), (12, 49)], [[(10, 50), (11, 50), (11, 51), (10, 51)]])
    collection, _ = written(tmp_path, with_possible(clockwise))
    area = next(feature for feature in collection["features"] if feature["properties"]["layer"] == "areas_possible")
    ring, hole = area["geometry"]["coordinates"]
    assert shapely.LinearRing(ring).is_ccw
    assert not shapely.LinearRing(hole).is_ccw
    drawn = [feature["geometry"] for feature in collection["features"] if feature["geometry"]]
    for position in positions([geometry["coordinates"] for geometry in drawn]):
        assert len(position) == 2
        assert all(value == round(value, 7) for value in position)


def test_what_is_possible_is_a_feature_of_its_own_and_comes_back(tmp_path):
    told = with_possible(box(9, 49, 12, 52))
    collection, path = written(tmp_path, told)
    found = {feature["id"]: feature for feature in collection["features"] if "id" in feature}
    maybe = found["r1-a1-possible"]
    assert shape(maybe["geometry"]).bounds == (9, 49, 12, 52)
    assert (maybe["properties"]["id"], maybe["properties"]["layer"]) == ("r1-a1", "areas_possible")
    assert "possible" not in found["r1-a1"]["properties"]
    (area,) = Scene.from_file(path).areas.itertuples()
    assert area.possible.bounds == (9, 49, 12, 52)
    assert area.corrected is None or str(area.corrected) == "<NA>"


def test_the_box_holds_all(tmp_path):
    collection, _ = written(tmp_path)
    assert collection["bbox"] == [10.0, 50.0, 11.0, 51.0]
    assert "bbox" not in written(tmp_path, ())[0]


def test_a_line_across_the_antimeridian_is_cut_and_comes_back_whole(tmp_path):
    line = LineString([(178, 10), (179, 10), (-179, 12), (-178, 12)])
    told = reading()
    move = replace(told.movements[0], route=Route((Leg(How.REPORTED, line, 400_000.0),), given=True))
    collection, path = written(tmp_path, (replace(told, movements=(move,), areas=(), mentions=(), incidents=()),))
    first = collection["features"][0]
    assert first["geometry"] == {
        "type": "MultiLineString",
        "coordinates": [
            [[178.0, 10.0], [179.0, 10.0], [180.0, 11.0]],
            [[-180.0, 11.0], [-179.0, 12.0], [-178.0, 12.0]],
        ],
    }
    assert collection["bbox"] == [178.0, 10.0, -178.0, 12.0]
    (row,) = Scene.from_file(path).movements.itertuples()
    assert list(row.geometry.coords) == list(line.coords)


def test_polygons_are_cut_too():
    whole = Polygon([(179, 10), (-179, 10), (-179, 12), (179, 12)])
    parts = cut(whole)
    assert isinstance(parts, MultiPolygon)
    assert sorted(part.bounds for part in parts.geoms) == [(-180, 10, -179, 12), (179, 10, 180, 12)]
    assert box_of([parts]) == (179, 10, -179, 12)


@pytest.mark.parametrize("same", [Point(180, 1), LineString([(179, 0), (180, 1)]), box(-180, -10, -170, 10)])
def test_what_does_not_cross_is_left_as_it_is(same):
    assert cut(same) is same


def test_of_several_lines_only_those_that_cross_are_cut():
    parts = cut(MultiLineString([[(0, 0), (1, 1)], [(179, 0), (-179, 0)]]))
    assert [part.bounds for part in parts.geoms] == [(0, 0, 1, 1), (179, 0, 180, 0), (-180, 0, -179, 0)]


def test_nothing_has_no_box():
    assert box_of([None]) is None
    assert box_of([box(-180, -90, 180, 90)]) == (-180, -90, 180, 90)
