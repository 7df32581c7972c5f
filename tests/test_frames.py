"""Places, routes and shapes as one frame."""

import pytest
import shapely

from geomap.errors import InputError
from geomap.frames import COLUMNS, to_frame
from geomap.geometry.shapes import made
from geomap.models import How, Issue, Leg, Place, PlaceRef, Route

HERE = Place("t:1", "Here", 29.0, -2.0, "CD", precision_m=3_000)
WAY = Route(
    (Leg(How.INFERRED, shapely.LineString([(29, -2), (30, -2)]), 130_000),
     Leg(How.SCHEMATIC, shapely.LineString([(30, -2), (31, -2)]), 111_000)),
    issues=(Issue("route", "no road is known there"),),
)  # fmt: skip
ZONE = made(shapely.box(29, -2, 30, -1), "a zone", possible=shapely.box(28, -3, 31, 0), published=True)


def test_each_thing_has_its_rows_in_order():
    frame = to_frame(HERE, WAY, ZONE, PlaceRef("here", HERE))
    assert frame["part"].tolist() == ["place", "leg", "leg", "sure", "possible", "place"]
    assert frame["thing"].tolist() == [0, 1, 1, 2, 2, 3]
    assert frame["kind"].tolist() == ["place", "route", "route", "shape", "shape", "place"]
    assert frame.crs == "EPSG:4326"


def test_columns_are_these_and_say_what_they_mean():
    frame = to_frame(HERE, WAY, ZONE)
    assert [*frame.columns] == [*(column.name for column in COLUMNS), "geometry"]
    assert {column.name: str(frame[column.name].dtype) for column in COLUMNS} == {
        column.name: column.dtype for column in COLUMNS
    }
    assert all(column.meaning for column in COLUMNS)


def test_lengths_and_areas_are_those_of_each_row():
    frame = to_frame(WAY, ZONE)
    assert frame["length_m"].tolist()[:2] == [130_000, 111_000]
    assert frame["how"].tolist()[:2] == ["inferred", "schematic"]
    assert frame["area_m2"].iloc[3] == pytest.approx(9 * frame["area_m2"].iloc[2], rel=0.01)
    assert frame["issues"].iloc[0] == "no road is known there"
    assert frame["built_from"].iloc[2] == "a zone"


def test_a_line_that_is_possible_has_a_length():
    line = made(shapely.LineString([(0, 0), (1, 0)]), "a road", possible=shapely.LineString([(0, 0), (2, 0)]))
    assert to_frame(line)["length_m"].tolist() == pytest.approx([111_319, 222_639], rel=1e-3)


def test_nothing_sure_is_a_row_without_geometry():
    frame = to_frame(made(shapely.Polygon(), "up to a depth", possible=shapely.box(0, 0, 1, 1)))
    assert frame.geometry.isna().tolist() == [True, False]


def test_one_thing_none_and_a_list_are_frames_too():
    assert len(to_frame(HERE)) == 1
    assert len(to_frame([HERE, HERE])) == 2
    assert [*to_frame().columns] == [*(column.name for column in COLUMNS), "geometry"]


@pytest.mark.parametrize("thing", ["Goma", 3, PlaceRef("there")])
def test_what_has_no_geometry_is_refused(thing):
    with pytest.raises(InputError):
        to_frame(thing)
