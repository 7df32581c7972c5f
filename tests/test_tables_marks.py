"""Digests by which a correction is told from what was read."""

from dataclasses import replace

import pytest
import samples
import shapely
from shapely.geometry import LineString, MultiLineString, Polygon

from geomap import features
from geomap.schema import SCHEMA, Layer
from geomap.tables import marks


def test_items_that_share_their_words_have_identities_of_their_own():
    first, _ = samples.readings()
    found = marks.identities(Layer.MOVEMENTS, first)
    assert len(set(found)) == len(first.movements) == 6


def test_the_identity_of_what_stays_is_the_same_when_its_twin_is_deleted():
    first, _ = samples.readings()
    before = marks.identities(Layer.MOVEMENTS, first)
    left = replace(first, movements=first.movements[1:], taken_out=before[:1])
    assert marks.identities(Layer.MOVEMENTS, left) == before[1:]


def test_an_identity_is_the_same_whatever_is_corrected():
    first, _ = samples.readings()
    other = replace(first, movements=tuple(replace(m, actor="SDF", vehicles=3) for m in first.movements))
    assert marks.identities(Layer.MOVEMENTS, other) == marks.identities(Layer.MOVEMENTS, first)


@pytest.mark.parametrize("layer", [Layer.MOVEMENTS, Layer.AREAS, Layer.INCIDENTS, Layer.PLACES])
def test_a_mark_tells_its_layer_and_its_columns(layer):
    names = [column.name for column in SCHEMA[layer] if column.editable]
    row = dict.fromkeys([*names, marks.GEOMETRY])
    mark = marks.as_read(layer, row, "abcdef")
    assert marks.layer_of(mark) is layer
    assert marks.identity_of(mark) == "abcdef"
    assert marks.changed(layer, row, mark, set(row)) == ()
    assert marks.changed(layer, row | {names[0]: "new"}, mark, set(row)) == (names[0],)
    assert marks.changed(layer, row | {names[0]: "new"}, mark, set()) == (), (
        "a column that is not there was not changed"
    )
    assert marks.changed(layer, row, mark[:-1], set(row)) is None


def shape_changed(before, after) -> bool:
    row = dict.fromkeys(column.name for column in SCHEMA[Layer.AREAS])
    mark = marks.as_read(Layer.AREAS, row | {"geometry": before}, "abcdef")
    return marks.changed(Layer.AREAS, row | {"geometry": after}, mark, {"geometry"}) == ("geometry",)


def test_what_programs_do_to_geometries_is_no_correction():
    square = Polygon([(0, 0), (1.00000004, 0), (1, 1), (0, 1)])
    assert not shape_changed(square, shapely.MultiPolygon([Polygon([(1, 1), (1, 0), (0, 0), (0, 1)])]))
    line = LineString([(0, 0), (1, 1)])
    assert not shape_changed(line, MultiLineString([LineString([(0, 0, 9), (1, 1, 9)])]))
    assert shape_changed(line, LineString([(1, 1), (0, 0)])), "a line has a direction"
    assert shape_changed(line, LineString([(0, 0), (1, 1.00001)]))
    assert shape_changed(line, None)


def test_sources_list_the_identities_of_their_items():
    items = features.sources(samples.readings())["items"].str.split()
    assert [len(found) for found in items] == [6, 4]
