"""The rules are those of ORBAT Mapper's src/types (scenarioModels, scenarioGeoModels) and src/scenariostore."""

import json
from datetime import datetime

import pytest
from records import readings
from samples import HASAKAH, IRAQ, QAMISHLI, RAQQA, movement, ref, told_twice
from samples import readings as story
from shapely.geometry import shape

from geomap import exports
from geomap.models import Interval, Reading, Report, Status

DAYS = Interval.parse("2021-05-04/2021-05-06")


def scenario(tmp_path, told):
    path = tmp_path / "story.orbat.json"
    exports.write(told, path)
    return json.loads(path.read_text(encoding="utf-8"))


def of(*movements):
    return (Reading(Report("r1", "text", "Daily"), movements=movements),)


def units_of(found):
    return [unit for side in found["sides"] for group in side["groups"] for unit in group["subUnits"]]


def features_of(found):
    return [feature for layer in found["layers"] for feature in layer["features"]]


def states(tmp_path, **values):
    (unit,) = units_of(scenario(tmp_path, of(movement(1, **{"date": DAYS} | values))))
    return [(state["t"], state["location"]) for state in unit["state"]]


@pytest.mark.parametrize("told", [readings(), story(), told_twice(), ()], ids=["records", "story", "twice", "nothing"])
def test_the_file_is_what_the_program_loads(tmp_path, told):
    found = scenario(tmp_path, told)
    assert (found["type"], found["version"]) == ("ORBAT-mapper", "1.0.0")
    assert all(isinstance(found[name], list) for name in ("sides", "events", "layers", "mapLayers"))
    things = [*found["sides"], *(g for side in found["sides"] for g in side["groups"]), *units_of(found)]
    things += [*found["events"], *found["layers"], *features_of(found)]
    ids = [thing["id"] for thing in things] + [state["id"] for unit in units_of(found) for state in unit["state"]]
    assert len(ids) == len(set(ids))
    for unit in units_of(found):
        assert len(unit["sidc"]) == 20
        assert unit["sidc"].isdigit()
        times = [datetime.fromisoformat(state["t"]) for state in unit["state"]]
        assert times == sorted(times), "the program takes states as they come"
    starts = [datetime.fromisoformat(event["startTime"]) for event in found["events"]]
    assert starts == sorted(starts)
    assert all(datetime.fromisoformat(found["startTime"]) <= start for start in starts)
    for feature in features_of(found):
        assert feature["type"] == "Feature"
        assert feature["meta"]["type"] == feature["geometry"]["type"]
        assert shape(feature["geometry"]).is_valid


def test_nobody_takes_sides(tmp_path):
    found = scenario(tmp_path, story())
    assert [side["name"] for side in found["sides"]] == ["United States", "Turkey", "Russia", "SDF"]
    assert {side["standardIdentity"] for side in found["sides"]} == {"1"}
    assert {unit["sidc"][3] for unit in units_of(found)} == {"1"}


def test_a_unit_is_at_its_origin_first_and_at_its_destination_last_and_never_put_in_between(tmp_path):
    (unit, *_) = units_of(scenario(tmp_path, story()))
    first, last = unit["state"]
    assert (first["t"], first["location"]) == ("2021-05-04T00:00:00Z", [39.008, 35.95])
    assert (last["t"], last["location"]) == ("2021-05-04T23:59:59Z", [40.742, 36.507])
    assert last["interpolate"] is False
    assert len(last["via"]) == 4
    assert unit["equipment"] == [{"name": "Vehicles", "count": 20}]


def test_a_unit_is_nowhere_where_no_spot_is_told(tmp_path):
    left, came = ("2021-05-04T00:00:00Z", [39.008, 35.95]), ("2021-05-06T23:59:59Z", [40.742, 36.507])
    gone = ("2021-05-06T23:59:59Z", None)
    assert states(tmp_path, origin=(ref(RAQQA),), destination=(ref(HASAKAH),)) == [left, came]
    assert states(tmp_path, destination=(ref(HASAKAH),)) == [came]
    assert states(tmp_path, origin=(ref(RAQQA),), destination=(ref(IRAQ),)) == [left, gone]
    assert states(tmp_path, origin=(ref(IRAQ),), destination=(ref(IRAQ),)) == []


@pytest.mark.parametrize(
    ("status", "expected"),
    [(Status.COMPLETED, 2), (Status.ONGOING, 2), (Status.PLANNED, 0), (Status.ORDERED, 0)],
)
def test_plans_move_nobody(tmp_path, status, expected):
    found = states(tmp_path, origin=(ref(RAQQA),), destination=(ref(QAMISHLI),), status=status)
    assert len(found) == expected
    assert status is not Status.ONGOING or found[-1][1] is None


def test_what_has_no_day_has_no_state_and_no_event(tmp_path):
    found = scenario(tmp_path, of(movement(1, origin=(ref(RAQQA),), destination=(ref(QAMISHLI),), date=None)))
    assert units_of(found)[0]["state"] == []
    assert found["events"] == []


def test_what_is_denied_is_drawn_but_nobodys_unit(tmp_path):
    denied = [move for move in story()[0].movements if move.status is Status.DENIED]
    found = scenario(tmp_path, of(*denied))
    assert found["sides"] == []
    (layer,) = found["layers"]
    assert layer["name"] == "Movements, denied"
    assert layer["features"][0]["style"]["stroke-style"] == "dashed"


def test_layers_keep_apart_what_is_done_planned_and_denied(tmp_path):
    found = {layer["name"]: layer["features"] for layer in scenario(tmp_path, story())["layers"]}
    assert list(found) == [
        "Movements, completed", "Movements, ongoing", "Movements, planned", "Movements, denied",
        "Areas, planned", "Areas, completed", "Incidents",
    ]  # fmt: skip
    broken = [feature["style"]["stroke-style"] for feature in found["Movements, completed"]]
    assert broken == ["solid", "dashed"], "the second has only a schematic line"


def test_tellings_of_one_movement_are_one_unit(tmp_path):
    assert len(units_of(scenario(tmp_path, told_twice()))) == 1
