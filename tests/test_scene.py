"""What a scene gives: frames, parts of itself by day and by actor, and what it says of itself."""

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest
import samples

import geomap
from geomap.errors import InputError
from geomap.models import Issue, Report
from geomap.scene import Scene
from geomap.schema import SCHEMA, Layer

REPORTS = [
    Report("a", "A convoy of 10 US trucks left Rmeilan for Iraq on Thursday.", published=date(2019, 1, 11)),
    Report("b", "Turkish forces shelled Tell Rifaat on Monday.", published=date(2019, 10, 15)),
    Report("c", "Turkey wants a safe zone 30 km deep along the Syrian-Turkish border."),
]


@pytest.fixture(scope="module")
def scene():
    return geomap.build(REPORTS)


@pytest.fixture
def told():
    return Scene(samples.readings(), (Issue("load", "one.pdf cannot be read"),))


@pytest.mark.parametrize("layer", list(Layer))
def test_each_frame_has_its_columns_and_dtypes_also_when_empty(told, layer):
    for scene in (told, Scene(())):
        frame = getattr(scene, layer.value)
        assert frame.crs == "EPSG:4326"
        assert list(frame.columns) == [*(column.name for column in SCHEMA[layer]), "geometry"]
        for column in SCHEMA[layer]:
            assert frame[column.name].dtype == column.dtype, column.name


def test_issues_are_a_frame_and_records_in_one_order(told):
    assert told.issues["message"].tolist() == [issue.message for issue in told.issue_records]
    assert told.issues["stage"].iloc[0] == "load"
    assert pd.isna(told.issues["report_id"].iloc[0])


def test_what_a_scene_says_of_itself(told):
    assert repr(told) == "<Scene: 2 reports, 6 movements, 2 areas, 2 incidents, 2 issues, 2021-05-04 to 2021-05-12>"
    assert repr(Scene(())) == "<Scene: 0 reports, 0 movements, 0 areas, 0 incidents, 0 issues>"
    assert len(told) == 10
    assert not Scene(())
    assert [report.id for report in told.reports] == ["r1", "r2"]


@pytest.mark.parametrize("day", ["2018-12-31", "2019-01-10", "2019-10-13", "2019-10-14", "2020-01-01"])
def test_a_window_of_a_scene_is_the_scene_built_in_that_window(scene, day):
    assert scene.until(day) == geomap.build(REPORTS, until=day)
    assert scene.since(day) == geomap.build(REPORTS, since=date.fromisoformat(day))


def test_what_lies_between_two_days(scene):
    assert scene.between("2019-01-10", "2019-10-13") == scene.since("2019-01-10").until("2019-10-13")
    assert len(scene.between("2019-01-10", "2019-10-13")) == 2, "the convoy, and the zone without a day"
    assert len(scene.between("2019-01-10", "2019-10-13", undated=False)) == 1
    with pytest.raises(InputError, match="swap them"):
        scene.between("2019-10-13", "2019-01-10")
    with pytest.raises(InputError, match="'13 October' is no day"):
        scene.until("13 October")


def test_what_was_known_by_a_day_is_as_the_reports_up_to_then_tell_it():
    whole = Scene(samples.told_twice())
    (event,) = whole.events
    assert (len(event.tellings), event.lead.vehicles) == (2, 20)
    (early,) = whole.until("2021-05-05", clock="report").events
    assert (len(early.tellings), early.lead.vehicles, early.lead.status) == (1, 15, "ongoing")
    assert whole.until("2021-05-04", clock="report").readings == ()
    assert len(whole.until("2021-05-04")) == 2, "by then it had happened"


def test_what_some_actors_do(told):
    assert told.actors == ("United States", "Turkey", "Syrian government", "Russia", "SDF")
    turkey = told.by_actor("turkey")
    assert turkey.actors == ("Turkey",)
    assert (len(turkey.movements), len(turkey.areas), len(turkey.incidents)) == (1, 1, 2)
    assert [r.id for r in told.by_actor("SDF").reports] == ["r1"], "reports of others go"
    assert len(told.by_actor("SDF", "Russia")) == 2
    with pytest.raises(InputError, match="'Atlantis' is no actor of this scene; there are: United States, Turkey"):
        told.by_actor("SDF", "Atlantis")
    with pytest.raises(InputError, match="nobody"):
        told.by_actor()


def test_who_moves_along_is_an_actor_too():
    first, *_ = samples.readings()
    mixed = replace(first.movements[0], co_actors=("civilians",))
    scene = Scene((replace(first, movements=(mixed, first.movements[2])),))
    assert scene.actors == ("United States", "civilians", "Turkey")
    assert scene.by_actor("civilians").readings[0].movements == (mixed,)


def test_the_days_are_steps_for_time(scene):
    assert [day.isoformat() for day in scene.days] == ["2019-01-10", "2019-10-14"]
    assert [len(scene.until(day)) for day in scene.days] == [2, 3]


def test_a_part_of_a_scene_keeps_what_was_kept_back():
    built = geomap.build(REPORTS, round_km=5)
    assert built.until("2019-05-01").care == built.care
