"""The rules are those of TimeMap's docs/configuration.md and of the schemas in its src/reducers/validate."""

import json
from dataclasses import replace
from datetime import datetime

import pytest
from records import reading, readings
from samples import IRAQ, RAQQA, TAL_TAMR, areas, movement, ref, told_twice
from samples import readings as story
from shapely.geometry import Polygon

from geomap import exports
from geomap.models import Reading, Report, Status

EVENT = {
    "id", "description", "date", "time", "time_precision", "location", "latitude", "longitude", "type", "category",
    "category_full", "associations", "sources", "comments", "time_display", "narrative___stepStyles", "shape", "colour",
}  # fmt: skip
ASSOCIATION = {"id", "title", "desc", "mode", "colour", "type", "display", "filter_paths"}
SOURCE = {
    "id", "title", "thumbnail", "paths", "type", "affil_s", "url", "description", "parent", "author", "date", "notes",
}  # fmt: skip


def domain(tmp_path, told):
    path = tmp_path / "story.timemap.json"
    exports.write(told, path)
    return json.loads(path.read_text(encoding="utf-8"))


def of(*movements):
    return (Reading(Report("r1", "text", "Daily"), movements=movements),)


@pytest.mark.parametrize("told", [readings(), story(), told_twice(), ()], ids=["records", "story", "twice", "nothing"])
def test_the_file_is_what_the_schemas_ask_for(tmp_path, told):
    found = domain(tmp_path, told)
    assert set(found) == {"events", "associations", "sources", "sites", "regions", "shapes"}
    for event in found["events"]:
        assert set(event) <= EVENT
        lists = {"associations", "sources"}
        assert all(isinstance(value, list if name in lists else str) for name, value in event.items())
        assert {"description", "latitude", "longitude"} <= set(event)
        assert (event["latitude"] == "") == (event["longitude"] == "")
        if event["date"]:
            datetime.strptime(event["date"], "%m/%d/%Y")  # noqa: DTZ007 - TimeMap's days have no zone
    ids = [one["id"] for one in found["associations"]]
    assert len(ids) == len(set(ids))
    for one in found["associations"]:
        assert {"id", "title", "mode"} <= set(one) <= ASSOCIATION
        assert one["mode"] in {"CATEGORY", "FILTER", "NARRATIVE"}
        assert one["filter_paths"][-1] == one["title"]
        assert not any("/" in step for step in one["filter_paths"])
    for key, source in found["sources"].items():
        assert {"id", "paths"} <= set(source) <= SOURCE
        assert source["id"] == key
        assert source["paths"] == []
    for region in found["regions"]:
        assert set(region) == {"name", "items"}
        for item in region["items"]:
            lat, lon = map(float, item.split(","))
            assert -90 <= lat <= 90
            assert -180 <= lon <= 180
    assert {one for event in found["events"] for one in event["associations"]} <= set(ids)
    assert {one for event in found["events"] for one in event["sources"]} <= set(found["sources"])


def test_an_event_lies_where_a_movement_ended_and_on_its_first_day(tmp_path):
    (event, *_) = domain(tmp_path, story())["events"]
    assert (event["date"], event["time_precision"], event["time_display"]) == ("05/04/2021", "day", "2021-05-04")
    assert (event["latitude"], event["longitude"]) == ("36.507000", "40.742000")
    assert event["location"] == "from Raqqa to Hasakah"
    assert "“A column of about 20 trucks" in event["description"]


def test_the_middle_of_a_country_is_no_spot(tmp_path):
    left, entered = domain(tmp_path, of(movement(1, origin=(ref(RAQQA),), destination=(ref(IRAQ),)),
                                        movement(2, destination=(ref(IRAQ),))))["events"]  # fmt: skip
    assert (left["latitude"], left["longitude"]) == ("35.950000", "39.008000")
    assert (entered["latitude"], entered["longitude"]) == ("", "")


def test_what_has_no_day_has_no_date(tmp_path):
    (event,) = domain(tmp_path, of(movement(1, date=None, date_text="recently", destination=(ref(TAL_TAMR),))))[
        "events"
    ]
    assert (event["date"], event["time_display"]) == ("", "not dated")


def test_tellings_of_one_movement_are_one_event_with_all_their_sources(tmp_path):
    found = domain(tmp_path, told_twice())
    (event,) = found["events"]
    assert event["sources"] == ["r2", "r1"], "in the order of publication"
    assert "vehicles: 15 (claim 2), 20 (claim 1)" in event["comments"]
    assert "Some 15 trucks" in event["description"]


def test_lines_are_named_by_what_is_known_of_them(tmp_path):
    found = domain(tmp_path, story())["regions"]
    assert [region["name"] for region in found] == [
        "line, inferred", "line, reported", "line, inferred, planned", "line, schematic", "area, planned", "area",
    ]  # fmt: skip
    assert found[0]["items"][0] == "35.950000,39.008000"


def test_what_is_denied_is_no_line(tmp_path):
    denied = [move for move in story()[0].movements if move.status is Status.DENIED]
    found = domain(tmp_path, of(*denied))
    assert len(found["events"]) == 1
    assert found["regions"] == []


def test_what_may_belong_to_an_area_is_a_line_of_its_own(tmp_path):
    hole = Polygon([(0, 0), (4, 0), (4, 4), (0, 4)], [[(1, 1), (2, 1), (2, 2)]])
    area = replace(areas()[1], shape=replace(areas()[1].shape, geometry=Polygon(), possible=hole))
    found = domain(tmp_path, (replace(reading(), movements=(), areas=(area,)),))["regions"]
    assert [region["name"] for region in found] == ["area, possible"] * 2


def test_a_slash_in_a_name_makes_no_branch(tmp_path):
    found = domain(tmp_path, of(movement(1, actor="A/B")))
    assert ["Forces", "A∕B"] in [one["filter_paths"] for one in found["associations"]]
