"""The whole way, from texts to a scene with lines and shapes."""

from datetime import UTC, date, datetime, timedelta

import pytest

import geomap
from geomap.errors import InputError
from geomap.models import How, Report, Status
from geomap.reports import read as reader

CONVOY = Report(
    "convoy", "A US convoy of 10 trucks left Rmeilan for Iraq on Thursday night.", published=date(2019, 1, 11)
)
ZONE = Report(
    "zone", "Turkey wants a safe zone 30 km deep along the Syrian-Turkish border.", published=date(2019, 10, 9)
)
VAGUE = Report(
    "vague", "Turkey intends to set up a “safe zone”, a strip in northeastern Syria, in Syria near the Turkish border."
)


def test_a_convoy_into_a_country_ends_at_its_border() -> None:
    scene = geomap.build([CONVOY])
    (movement,) = scene.readings[0].movements
    route = movement.route
    assert route is not None
    (crossing,) = route.crossings
    assert set(crossing.between) == {"SY", "IQ"}
    assert any(leg.how is How.INFERRED for leg in route.legs)
    assert 10_000 < route.length_m < 120_000
    assert movement.date is not None
    assert movement.date.iso() == "2019-01-10"


def test_a_strip_lies_on_its_side_and_is_as_deep_as_told() -> None:
    scene = geomap.build([ZONE])
    (area,) = scene.readings[0].areas
    assert area.shape is not None
    assert not area.shape.published_limits
    # 900 km of border, 30 km deep
    assert 20e9 < (area.shape.area_m2 or 0) < 30e9


def test_what_one_report_leaves_open_another_may_tell() -> None:
    scene = geomap.build([ZONE, VAGUE])
    (area,) = scene.readings[1].areas
    assert area.plan.depth_m == scene.readings[0].areas[0].plan.depth_m
    assert "zone" in (area.note or "")


def test_windows_of_days() -> None:
    assert len(geomap.build([CONVOY], since=date(2019, 1, 10)).movements) == 1
    assert len(geomap.build([CONVOY], since=date(2019, 1, 11)).movements) == 0
    assert len(geomap.build([CONVOY], until=date(2019, 1, 9)).movements) == 0
    with pytest.raises(InputError, match="swap"):
        geomap.build([CONVOY], since=date(2020, 1, 1), until=date(2019, 1, 1))


def test_a_delay_leaves_out_what_is_young_and_not_done_and_says_how_much() -> None:
    today = datetime.now(UTC).date()
    young = Report("young", "Ethiopian soldiers are advancing on Mekelle.", published=today)
    old = Report("old", "Ethiopian soldiers are advancing on Mekelle.", published=today - timedelta(days=30))
    scene = geomap.build([young, old], delay=timedelta(hours=72))
    assert [len(r.movements) for r in scene.readings] == [0, 1]
    assert scene.readings[1].movements[0].status is Status.ONGOING
    assert any(issue.message.startswith("1 ongoing or planned") for issue in scene.issue_records)


def test_coordinates_can_be_made_coarser() -> None:
    exact = geomap.build([CONVOY]).readings[0].movements[0].origin[0].place
    coarse = geomap.build([CONVOY], round_km=20).readings[0].movements[0].origin[0].place
    assert exact is not None
    assert coarse is not None
    assert (exact.lon, exact.lat) != (coarse.lon, coarse.lat)
    assert abs(exact.lat - coarse.lat) < 0.1
    assert coarse.precision_m == exact.precision_m + 20_000


def test_one_bad_report_never_stops_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    real = reader.read

    def read(report: Report, *rest: object) -> object:
        if report.id == "zone":
            raise ZeroDivisionError("boom")
        return real(report, *rest)

    monkeypatch.setattr(reader, "read", read)
    scene = geomap.build([ZONE, CONVOY])
    assert [len(r.movements) for r in scene.readings] == [0, 1]
    assert any("boom" in issue.message and issue.report_id == "zone" for issue in scene.issue_records)


def test_the_same_input_gives_the_same_page() -> None:
    first, second = (geomap.build([CONVOY, ZONE]).map(title="T").get_root().render() for _ in range(2))
    assert first == second
