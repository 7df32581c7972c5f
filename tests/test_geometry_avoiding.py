import json

import pytest
import shapely

from geomap.errors import InputError, UnknownPlaceError
from geomap.geometry.avoiding import avoiding
from geomap.geometry.roads.graphs import Avoid
from geomap.models import Shape

SQUARE = shapely.box(30.0, 10.0, 31.0, 11.0)


def test_nothing_is_avoided_by_default():
    assert avoiding(()) == Avoid()


def test_countries_by_code_and_by_name():
    assert avoiding(["TR", "Iraq", "TR"]) == Avoid(("TR", "IQ"))


def test_provinces_by_their_outline_and_towns_as_wide_as_they_are():
    found = avoiding(["Idlib Governorate", "Goma"])
    assert found.countries == ()
    assert found.area.covers(shapely.Point(29.22, -1.68))
    assert found.area.covers(shapely.Point(36.63, 35.93))
    assert not found.area.covers(shapely.Point(37.16, 36.2))


def test_files_text_and_shapes(tmp_path):
    path = tmp_path / "zone.geojson"
    path.write_text(json.dumps({"type": "Feature", "properties": {}, "geometry": shapely.geometry.mapping(SQUARE)}))
    for what in (str(path), SQUARE.wkt):
        assert avoiding([what]).area.equals(SQUARE)
    wide = Shape(SQUARE, "a square", possible=SQUARE.buffer(1.0))
    assert avoiding([wide]).area.covers(shapely.Point(29.5, 10.5))


def test_a_line_has_no_inside():
    with pytest.raises(InputError, match="has no inside"):
        avoiding([Shape(SQUARE.boundary, "a line")])
    with pytest.raises(UnknownPlaceError):
        avoiding(["Xqzzvby"])
