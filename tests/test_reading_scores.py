"""The counting of the bench of reading: what it takes for found, wrong, missed, and turned round."""

import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from geomap.models import (
    Area,
    AreaKind,
    AreaPlan,
    Interval,
    Movement,
    Place,
    PlaceRef,
    Provenance,
    Range,
    Reading,
    Report,
    Status,
)

BENCH = Path(__file__).parents[1] / "bench"

KISUMU = {"text": "Kisumu", "lat": -0.1, "lon": 34.75, "kind": "town"}
NAKURU = {"text": "Nakuru", "lat": -0.28, "lon": 36.07, "kind": "town"}
LABEL = {
    "start": 0, "end": 80, "also": [[120, 160]], "actor": "Kenya", "actor_text": "the battalion", "origin": [KISUMU],
    "destination": [NAKURU], "via": [], "date": "2024-05-01/2024-05-03", "status": "completed", "vehicles": 30,
    "vehicles_alt": [32], "troops": None,
}  # fmt: skip


@pytest.fixture(scope="module")
def scores():
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(BENCH))
        import reading_scores

        yield reading_scores
    sys.modules.pop("reading_scores", None)


def ref(label: dict[str, object], *, km_north: float = 0.0) -> PlaceRef:
    lat, lon, name = float(label["lat"]) + km_north / 111.2, float(label["lon"]), str(label["text"])
    return PlaceRef(name, Place(id=f"coordinates:{lat},{lon}", name=name, lon=lon, lat=lat))


def told(start: int = 0, end: int = 80, **changes: object) -> Movement:
    at = Provenance("r", "Wire", None, None, None, "…", start, end)
    days = Interval(date(2024, 5, 1), date(2024, 5, 3))
    movement = Movement(
        "m", at, "moved", "Kenya", "the battalion", (ref(KISUMU),), (ref(NAKURU),), date=days, vehicles=32
    )  # fmt: skip
    return replace(movement, **changes)


def counts(tally) -> tuple[int, int, int]:
    return tally.right, tally.wrong, tally.missed


def test_what_is_labelled_is_right_in_all_its_slots(scores):
    tally = scores.score([told()], [LABEL])
    assert counts(tally) == (1, 0, 0)
    assert tally.f1 == 1
    assert [slot for slot in scores.SLOTS if tally.share(slot) not in (None, 1)] == []


@pytest.mark.parametrize(
    ("movement", "slot"),
    [
        (told(actor="Uganda", actor_text="a column"), "actor"),
        (told(origin=()), "origin"),
        (told(status=Status.PLANNED), "status"),
        (told(vehicles=31), "vehicles"),
        (told(date=Interval(date(2024, 5, 2), date(2024, 5, 2))), "date"),
        (told(origin=(ref(NAKURU),), destination=(ref(KISUMU),)), "direction"),
    ],
)
def test_a_slot_that_differs_is_not_right(movement, slot, scores):
    tally = scores.score([movement], [LABEL])
    assert counts(tally) == (1, 0, 0)
    assert tally.share(slot) == 0


@pytest.mark.parametrize(
    ("movement", "expected"),
    [
        (told(120, 160), (1, 0, 0)),
        (told(90, 110), (0, 1, 1)),
        (told(origin=(ref(KISUMU, km_north=20),), destination=()), (1, 0, 0)),
        (told(origin=(ref(KISUMU, km_north=30),), destination=()), (0, 1, 1)),
    ],
)
def test_sentence_and_place_decide(movement, expected, scores):
    assert counts(scores.score([movement], [LABEL])) == expected


def test_optional_labels_and_second_tellings_count_neither_way(scores):
    assert counts(scores.score([], [LABEL | {"optional": True}])) == (0, 0, 0)
    assert counts(scores.score([told()], [LABEL | {"optional": True}])) == (0, 0, 0)
    assert counts(scores.score([told(), told(120, 160)], [LABEL])) == (1, 0, 0)
    assert counts(scores.score([told(), told(trigger="went")], [LABEL])) == (1, 1, 0)


def test_areas_count_in_their_sentence_and_with_their_measures(scores):
    at = Provenance("r", "Wire", None, None, None, "…", 0, 40)
    plan = AreaPlan(depth_m=Range(15_000.0, 20_000.0))
    area = Area("a", at, "a zone", AreaKind.BUFFER_ZONE, Status.PLANNED, None, plan)
    label = {"start": 5, "end": 20, "text": "a zone", "kind": "buffer_zone", "depth_km": [15, 20]}
    reading = Reading(Report("r", "…"), areas=(area,))
    wanted = [(label, 1, 1), (label | {"depth_km": 15}, 1, 0), (label | {"start": 50, "end": 60}, 0, None)]
    for row, found, measure in wanted:
        tally = scores.score_reading(reading, {"movements": [], "areas": [row]})
        assert (tally.share("areas"), tally.share("area measures")) == (found, measure)


def test_a_movement_in_a_report_without_any_is_a_false_alarm(scores):
    tally = scores.score([told()], [])
    assert (tally.quiet, tally.alarms) == (1, 1)
    assert scores.score([], []).alarms == 0
