"""Records to the page's JSON."""

from dataclasses import replace
from datetime import date

import pytest
import samples
from shapely.geometry import MultiPolygon, Polygon, box

from geomap.maps.packing import pack, unpack
from geomap.maps.payload import Story
from geomap.maps.webmap import Map
from geomap.models import Interval, Route, Shape


def story() -> Story:
    made = Story()
    for reading in samples.readings():
        made.reports.append(reading.report)
        made.movements.extend(reading.movements)
        made.areas.extend(reading.areas)
        made.incidents.extend(reading.incidents)
        made.issues.extend(reading.issues)
    return made


def completed(data: dict) -> dict:
    """Put places and what reports say back into the items, as the page does."""
    reports = {report["id"]: report for report in data["reports"]}
    for item in (*data["movements"], *data["areas"], *data["incidents"]):
        for slot in ("from", "via", "to", "places", "about"):
            for ref in item.get(slot, []):
                if "place" in ref:
                    ref["place"] = data["gazetteer"][ref["place"]]
        for told in (item, *item.get("tellings", [])):
            report = reports.get(told["source"]["report"], {})
            for name, own in (("publisher", "source"), ("title", "title"), ("url", "url"), ("published", "published")):
                told["source"].setdefault(name, report.get(own))
    return data


def payload(made: Story) -> dict:
    return completed(made.payload(title="T", base={}, about={}))


def test_bounds_leave_out_countries():
    west, south, east, north = story().bounds()
    assert (west, east) == pytest.approx((38.9, 42.06))
    assert south > 35, "the middle of Iraq at 33 degrees does not count"
    assert north == pytest.approx(37.07)


def test_nothing_has_no_bounds():
    assert Story().bounds() is None
    assert payload(Story())["view"] is None


def test_movement_keeps_legs_crossing_and_candidates():
    first, second, *_ = payload(story())["movements"]
    line = first["route"]["legs"][0]["line"]
    assert [axis for point in line for axis in point] == pytest.approx(
        [axis for point in samples.ROAD for axis in point], abs=1e-4
    )
    assert first["from"][0]["others"][0]["why"] == "smaller, farther off"
    assert second["route"]["crossings"][0]["name"] == "Rabia crossing"
    assert second["to"][0]["place"]["extent"] == "country"
    assert second["when"] == ["2021-05-05", "2021-05-06"]


def test_legs_of_a_router_name_it():
    made = story()
    route = made.movements[0].route
    ours, theirs = replace(route.legs[0], length_m=1000.0), replace(route.legs[0], by="OSRM", notice="©")
    made.movements = [replace(made.movements[0], route=replace(route, legs=(ours, theirs)))]
    assert [leg.get("by") for leg in payload(made)["movements"][0]["route"]["legs"]] == [None, "OSRM"]


def test_what_cannot_be_drawn_says_why():
    made = story()
    last = payload(made)["movements"][-1]
    assert "route" not in last
    assert "Umm Nowhere" in last["notDrawn"]
    made.movements = [replace(made.movements[0], route=Route(()))]
    assert payload(made)["movements"][0]["notDrawn"]
    made.movements = [samples.movement(1, destination=(samples.ref(samples.RAQQA),))]
    assert "where it came from" in payload(made)["movements"][0]["notDrawn"]


def test_area_rings_keep_holes_and_parts():
    outer = box(39, 35, 40, 36)
    with_hole = Polygon(outer.exterior, [box(39.4, 35.4, 39.6, 35.6).exterior])
    made = story()
    made.areas = [replace(made.areas[0], shape=Shape(MultiPolygon([with_hole, box(41, 35, 42, 36)]), "x"))]
    rings = payload(made)["areas"][0]["rings"]
    assert [len(polygon) for polygon in rings] == [2, 1]


def test_an_area_of_which_nothing_is_sure_is_drawn_as_one_whose_limits_are_not_known():
    made = story()
    possible = Shape(Polygon(), "up to 20 km deep", possible=box(41, 35, 42, 36), published_limits=True)
    made.areas = [replace(made.areas[0], shape=possible)]
    (area,) = payload(made)["areas"]
    assert len(area["rings"]) == 1
    assert "possible" not in area
    assert "published" not in area
    assert "notDrawn" not in area


def test_issues_of_routes_are_listed_once():
    made = story()
    made.issues *= 2
    assert len(payload(made)["issues"]) == 1


def test_payload_can_be_packed():
    made = payload(story())
    values, lines = unpack(pack(made))
    assert [one["id"] for one in values["movements"]] == [one["id"] for one in made["movements"]]
    assert len(lines[values["movements"][0]["route"]["legs"][0]["line"]]) == len(samples.ROAD)


def test_a_movement_told_twice_is_drawn_once_and_says_what_differs():
    made = payload(Map.from_readings(samples.told_twice()).story)
    (movement,) = made["movements"]
    assert [one["status"] for one in movement["tellings"]] == ["ongoing", "completed"]
    assert movement["differ"] == [{"what": "vehicles", "said": [["15", 0], ["20", 1]]}]
    assert "tellings" not in payload(story())["movements"][0]


def test_a_card_names_author_and_other_readers():
    reading = samples.told_twice()[0]
    movement = reading.movements[0]
    claim = replace(movement.provenance, read_by="model at host")
    made = payload(
        Map.from_readings(
            [
                replace(
                    reading,
                    report=replace(reading.report, author="A. Writer"),
                    movements=(replace(movement, provenance=claim),),
                )
            ]
        ).story
    )
    assert made["reports"][0]["author"] == "A. Writer"
    assert made["movements"][0]["source"]["readBy"] == "model at host"


def test_days_that_are_sure_are_told_where_a_date_has_several():
    when = Interval(date(2022, 3, 3), date(2022, 3, 9))
    words = {"a": "from 3 to 9 March", "b": "between 3 and 9 March"}
    made = story()
    made.movements = [samples.movement(n, date=when, date_text=text) for n, text in enumerate(words.values())]
    throughout, somewhere = payload(made)["movements"]
    assert throughout["sure"] == throughout["when"] == ["2022-03-03", "2022-03-09"]
    assert "sure" not in somewhere


def test_what_was_known_of_an_event_by_each_report():
    (movement,) = payload(Map.from_readings(samples.told_twice()).story)["movements"]
    assert [(step["day"], step.get("status")) for step in movement["known"]] == [
        ("2021-05-05", "ongoing"),
        ("2021-05-06", None),
    ], "in the end it is completed, which need not be said again"
    assert [movement["tellings"][step["by"]]["source"]["publisher"] for step in movement["known"]] == [
        "Harbour Post",
        "Valley Courier",
    ]
