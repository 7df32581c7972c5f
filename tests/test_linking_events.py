"""One movement in several reports: what is one event, what stays two, and what the reports say differently."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from geomap.linking.events import events_of, link_movements
from geomap.models import Interval, Movement, Place, PlaceRef, Provenance, Reading, Report, Status

MONDAY = date(2024, 3, 11)
GAO = Place("t:gao", "Gao", -0.045, 16.271, "ML", feature="P.PPLA")
GAO_AIRPORT = Place("t:gao-airport", "Gao International", -0.006, 16.249, "ML", feature="S.AIRP")
KIDAL = Place("t:kidal", "Kidal", 1.408, 18.441, "ML", feature="P.PPLA")
NIAMEY = Place("t:niamey", "Niamey", 2.11, 13.51, "NE", feature="P.PPLC")
MALI = Place("t:ml", "Mali", -2.0, 17.0, "ML", feature="A.PCLI", precision_m=900_000)
NIGER = Place("t:ne", "Niger", 9.4, 17.4, "NE", feature="A.PCLI", precision_m=900_000)


def told(
    report: str,
    *,
    origin: Place | None = GAO,
    destination: Place | None = KIDAL,
    published: date | None = MONDAY,
    **facts,
) -> Reading:
    """A report with one movement, by default of Malian forces from Gao to Kidal."""
    claim = Provenance(report, f"Agency {report}", None, None, published, "quote", 0, 5)
    movement = Movement(
        f"{report}:m1", claim, "left", facts.pop("actor", "Mali"), facts.pop("actor_text", "a column"),
        origin=(PlaceRef(origin.name, origin),) if origin else (),
        destination=(PlaceRef(destination.name, destination),) if destination else (),
        **facts,
    )  # fmt: skip
    return Reading(Report(report, "quote", published=published), movements=(movement,))


def events(*readings: Reading) -> list[list[str]]:
    """The reports of each event."""
    return [[m.provenance.report_id for m in event.tellings] for event in events_of(link_movements(readings))]


@pytest.mark.parametrize(
    "second",
    [
        told("b"),
        told("b", published=MONDAY + timedelta(days=1)),
        told("b", origin=None),
        told("b", destination=None),
        told("b", origin=GAO_AIRPORT),
        told("b", destination=MALI),
        told("b", vehicles=60),
        told("b", published=None),
        told("b", actor=None),
        told("b", status=Status.ONGOING),
        told("b", date=Interval(MONDAY - timedelta(days=1), MONDAY)),
    ],
)
def test_two_tellings_of_one_movement_are_one_event(second: Reading) -> None:
    assert events(told("a", vehicles=40), second) == [["a", "b"]]


@pytest.mark.parametrize(
    "second",
    [
        told("b", origin=KIDAL, destination=GAO),
        told("b", destination=NIAMEY),
        told("b", actor="France"),
        told("b", actor_text="a second column"),
        told("b", vehicles=400),
        told("b", published=MONDAY + timedelta(days=20)),
        told("b", date=Interval(MONDAY - timedelta(days=9), MONDAY - timedelta(days=8))),
        told("b", background=True),
        told("b", actor=None, origin=None),
        told("b", origin=None, destination=MALI),
        told("b", origin=None, destination=None),
    ],
)
def test_what_may_be_another_movement_stays_apart(second: Reading) -> None:
    assert events(told("a", vehicles=40), second) == [["a"], ["b"]]


def test_areas_alone_need_both_ends() -> None:
    a, b = told("a", origin=MALI, destination=NIGER), told("b", origin=MALI, destination=NIGER)
    assert events(a, b) == [["a", "b"]]
    assert events(told("a", origin=MALI, destination=None), told("b", origin=MALI, destination=None)) == [["a"], ["b"]]


def test_a_follow_up_brings_the_status_on_and_keeps_the_past() -> None:
    plan = told("plan", status=Status.PLANNED)
    deed = told("deed", published=MONDAY + timedelta(days=12))
    (event,) = events_of(link_movements([deed, plan]))
    assert event.lead.status is Status.COMPLETED
    assert [m.status for m in event.tellings] == [Status.PLANNED, Status.COMPLETED]
    assert events(plan, told("late", published=MONDAY + timedelta(days=60))) == [["plan"], ["late"]]
    assert events(plan, told("before", published=MONDAY - timedelta(days=5))) == [["plan"], ["before"]]


def test_a_denial_is_a_difference_and_no_undoing() -> None:
    readings = link_movements([told("a"), told("b", status=Status.DENIED, published=MONDAY + timedelta(days=1))])
    (event,) = events_of(readings)
    assert event.lead.status is Status.COMPLETED
    assert [(d.what, d.said) for d in event.differences] == [("status", (("completed", "a:m1"), ("denied", "b:m1")))]


def test_differences_name_what_each_says() -> None:
    sunday, tuesday = MONDAY - timedelta(days=1), MONDAY + timedelta(days=1)
    a = told("a", vehicles=40, date=Interval(sunday, sunday))
    b = told("b", vehicles=50, date=Interval(MONDAY, MONDAY), published=tuesday)
    (event,) = events_of(link_movements([a, b]))
    assert {d.what: [words for words, _ in d.said] for d in event.differences} == {
        "day": ["2024-03-10", "2024-03-11"],
        "vehicles": ["40", "50"],
    }


def test_the_fullest_telling_leads_and_takes_a_day_from_another() -> None:
    short = told("short", origin=None, date=Interval(MONDAY, MONDAY), date_text="on Monday")
    (event,) = events_of(link_movements([short, told("long", vehicles=40)]))
    assert event.lead.id == "long:m1"
    assert event.lead.date == Interval(MONDAY, MONDAY)


def test_the_day_of_a_plan_is_not_that_of_the_deed() -> None:
    plan = told("plan", status=Status.PLANNED, vehicles=40, date=Interval(MONDAY, MONDAY))
    deed = told("deed", published=MONDAY + timedelta(days=2))
    (event,) = events_of(link_movements([plan, deed]))
    assert (event.lead.id, event.lead.status, event.lead.date) == ("plan:m1", Status.COMPLETED, None)


def test_three_reports_one_event_whatever_their_order() -> None:
    readings = [told("a"), told("b", origin=GAO_AIRPORT), told("c", destination=None)]
    for order in ([0, 1, 2], [2, 1, 0], [1, 2, 0]):
        (event,) = events_of(link_movements([readings[i] for i in order]))
        assert [m.provenance.report_id for m in event.tellings] == ["a", "b", "c"]


def test_movements_of_one_report_are_left_as_read() -> None:
    one = told("a")
    twice = replace(one, movements=(one.movements[0], replace(one.movements[0], id="a:m2")))
    assert [m.event for reading in link_movements([twice]) for m in reading.movements] == [None, None]
    assert len(events_of([twice])) == 2


def test_nothing_told_is_no_event() -> None:
    assert link_movements([]) == ()
    assert events_of([Reading(Report("a", "x"))]) == ()
