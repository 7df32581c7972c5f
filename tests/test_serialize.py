import json
from dataclasses import replace
from itertools import pairwise

from records import ALFA, BRAVO, ROUTE, TEXT, reading, readings
from shapely.geometry import GeometryCollection, Point, Polygon, box

from geomap.models import Candidate, Certainty, PlaceRef, Range, Resolution, Shape
from geomap.serialize import (
    dumps,
    geometry_record,
    reading_record,
    resolution_record,
    route_record,
    shape_record,
)

CONTRACT = {
    "report": "id source title url published lang toponyms movements areas incidents issues",
    "toponyms": "start end text lat lon place name country feature precision_m confidence role",
    "movements": "start end trigger actor actor_text origin destination via date date_text status kind mode "
    "vehicles vehicles_text troops attributed_to grade confidence",
    "areas": "start end text kind status actor depth_m length_m built_from geometry",
    "incidents": "start end kind actor places date",
    "issues": "stage message start end",
}


def test_every_field_of_the_contract_is_there():
    record = reading_record(reading())
    assert set(CONTRACT["report"].split()) <= set(record)
    for name in ("toponyms", "movements", "areas", "incidents", "issues"):
        for item in record[name]:
            assert set(CONTRACT[name].split()) <= set(item)


def test_spans_count_in_the_text():
    record = reading_record(reading(), keep_text=True)
    toponym = record["toponyms"][0]
    assert record["text"] == TEXT
    assert record["text"][toponym["start"] : toponym["end"]] == toponym["text"]


def test_text_is_left_out_unless_asked_for():
    assert "text" not in reading_record(reading())


def test_movement_values():
    movement = reading_record(reading())["movements"][0]
    assert movement["date"] == "2020-01-03/2020-01-04"
    assert movement["origin"][0] | {"reason": "", "alternatives": []} == {
        "text": "Alfa",
        "lat": 50.0,
        "lon": 10.123457,
        "place": "test:alfa",
        "name": "Alfa",
        "country": "DE",
        "feature": "P.PPL",
        "precision_m": 1500,
        "reason": "",
        "alternatives": [],
    }
    assert [end["lat"] for end in movement["destination"]] == [50.5, None]
    assert movement["length_m"] == 83_000
    assert movement["legs"] == [
        {"how": "inferred", "length_m": 35000, "by": None},
        {"how": "schematic", "length_m": 48000, "by": None},
    ]


def test_area_range_keeps_both_bounds():
    area = reading_record(reading())["areas"][0]
    assert (area["depth_m"], area["depth_max_m"], area["length_m"]) == (20_000, 25_000, None)


def test_a_line_of_json_is_one_line_and_repeats():
    first, second = (dumps(reading_record(reading())) for _ in range(2))
    assert first == second
    assert "\n" not in first
    assert json.loads(first)["id"] == "r1"


def test_report_without_anything_has_empty_lists():
    record = reading_record(readings()[1])
    assert [record[name] for name in ("toponyms", "movements", "areas", "incidents", "issues")] == [[]] * 5
    assert record["published"] is None


def test_resolution():
    found = Resolution(
        "Alfa", Certainty.AMBIGUOUS, "two places", (Candidate(ALFA, 0.5, "larger"), Candidate(BRAVO, 0.4))
    )
    record = resolution_record(found)
    assert (record["status"], [candidate["place"] for candidate in record["candidates"]]) == (
        "ambiguous",
        ["test:alfa", "test:bravo"],
    )
    assert set(record["candidates"][0]) == set(
        "place name lat lon country admin1 feature precision_m score reason".split()
    )


def test_a_place_told_by_others_has_its_area():
    told = replace(ALFA, geometry=box(10.1, 49.9, 10.2, 50.1))
    record = resolution_record(Resolution("x", Certainty.RESOLVED, "", (Candidate(told, 0.5), Candidate(ALFA, 0.4))))
    assert record["candidates"][0]["geometry"]["type"] == "Polygon"
    assert "geometry" not in record["candidates"][1]


def test_route():
    record = route_record(ROUTE, PlaceRef("Alfa", ALFA), PlaceRef("Bravo", BRAVO))
    assert set("from to via length_m mode legs crossings snap_m issues geometry".split()) <= set(record)
    assert record["geometry"] == {
        "type": "LineString",
        "coordinates": [[10.123457, 50.0], [10.5, 50.2], [11.0, 50.5]],
    }
    assert record["crossings"][0] == {
        "name": "Gate",
        "between": ["DE", "CZ"],
        "lat": 50.2,
        "lon": 10.5,
        "at_m": 35000,
        "note": None,
    }


def test_shape():
    record = shape_record(Shape(box(0, 0, 1, 1), "a box", area_m2=1.6), kind="border_strip", depth=Range(5, 5))
    assert set("kind depth_m length_m area_m2 built_from issues geometry".split()) <= set(record)
    assert (record["depth_m"], record["length_m"], record["area_m2"]) == (5, None, 2)


def test_outer_rings_run_anticlockwise_and_holes_clockwise():
    clockwise = Polygon([(0, 0), (0, 3), (3, 3), (3, 0)], holes=[[(1, 1), (2, 1), (2, 2), (1, 2)]])
    outer, hole = geometry_record(clockwise)["coordinates"]
    assert _signed_area(outer) > 0 > _signed_area(hole)
    assert outer[0] == outer[-1]


def _signed_area(ring):
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(ring)) / 2


def test_collections_and_nothing():
    record = geometry_record(GeometryCollection([Point(1.00000049, 2)]))
    assert record == {
        "type": "GeometryCollection",
        "geometries": [{"type": "Point", "coordinates": [1.0, 2.0]}],
    }
    assert geometry_record(None) is None
    assert geometry_record(Polygon()) is None
