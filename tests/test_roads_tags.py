"""Which ways are roads for forces on the move, which way they go, and what they are called."""

import pytest

from geomap.geometry.roads.tags import PACE, highway_values, road_of


@pytest.mark.parametrize(
    "tags",
    [
        {"highway": "motorway"},
        {"highway": "trunk_link"},
        {"highway": "unclassified", "surface": "sand"},
        {"highway": "road"},
        {"highway": "track", "ref": "R101"},
        {"highway": "track", "name": "Piste du Tanezrouft"},
        {"highway": "secondary", "access": "private"},
        {"highway": "tertiary", "access": "no", "motor_vehicle": "permissive"},
        {"highway": "primary", "vehicle": "no", "motor_vehicle": "yes"},
        {"highway": "unclassified", "access": "military"},
    ],
)
def test_roads_that_join_settlements_are_kept(tags):
    assert road_of(tags, minor=False) is not None


@pytest.mark.parametrize(
    "tags",
    [
        {"highway": "residential"},
        {"highway": "living_street"},
        {"highway": "service"},
        {"highway": "track"},
        {"highway": "track", "tracktype": "grade5"},
    ],
)
def test_streets_and_tracks_come_with_minor_roads_only(tags):
    assert road_of(tags, minor=False) is None
    assert road_of(tags, minor=True) is not None


@pytest.mark.parametrize(
    "tags",
    [
        {},
        {"building": "yes"},
        {"highway": "footway"},
        {"highway": "bus_stop"},
        {"highway": "construction", "construction": "motorway"},
        {"highway": "proposed"},
        {"route": "ferry"},
        {"railway": "rail"},
        {"highway": "residential", "area": "yes"},
        {"highway": "service", "service": "parking_aisle"},
        {"highway": "primary", "motor_vehicle": "no"},
        {"highway": "tertiary", "access": "no"},
    ],
)
def test_what_is_no_road_for_vehicles_is_left_out(tags):
    assert road_of(tags, minor=True) is None


@pytest.mark.parametrize(
    ("tags", "oneway"),
    [
        ({"highway": "primary"}, 0),
        ({"highway": "primary", "oneway": "yes"}, 1),
        ({"highway": "primary", "oneway": "1"}, 1),
        ({"highway": "primary", "oneway": "-1"}, -1),
        ({"highway": "primary", "oneway": "reversible"}, 0),
        ({"highway": "motorway"}, 1),
        ({"highway": "motorway", "oneway": "no"}, 0),
        ({"highway": "motorway", "oneway": "-1"}, -1),
        ({"highway": "motorway_link"}, 0),
        ({"highway": "tertiary", "junction": "roundabout"}, 1),
        ({"highway": "tertiary", "junction": "circular"}, 1),
        ({"highway": "tertiary", "junction": "jughandle"}, 0),
    ],
)
def test_directions(tags, oneway):
    road = road_of(tags, minor=False)
    assert road is not None
    assert road.oneway == oneway


@pytest.mark.parametrize(
    ("tags", "label"),
    [
        ({}, ""),
        ({"ref": "M5"}, "M5"),
        ({"ref": "M5", "name": "Damascus Highway"}, "M5;Damascus Highway"),
        ({"ref": "M5; M45", "int_ref": "M45"}, "M5;M45"),
        ({"name": "طريق دمشق", "name:en": "Damascus  Road", "ref": "7"}, "7;Damascus Road;طريق دمشق"),
        ({"name": "N7", "ref": "N7"}, "N7"),
    ],
)
def test_labels_are_numbers_then_names_each_once(tags, label):
    road = road_of({"highway": "primary"} | tags, minor=False)
    assert road is not None
    assert road.label == label


def test_every_class_has_a_pace_and_lower_ones_a_slower_one():
    kinds = [road_of({"highway": value}, minor=True).kind for value in highway_values(minor=True)]
    assert set(kinds) == set(range(len(PACE)))
    assert list(PACE) == sorted(PACE)
    assert set(highway_values(minor=False)) < set(highway_values(minor=True))
