from datetime import date

import pytest

from geomap.gazetteer import Gazetteer
from geomap.models import AreaKind, Range, Reading, Report, Status
from geomap.reports.read import read


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer()


def reading(text: str, gazetteer: Gazetteer) -> Reading:
    return read(Report("test", text, published=date(2024, 3, 15)), gazetteer)


def test_a_zone_gathers_what_several_sentences_say_of_it(gazetteer: Gazetteer) -> None:
    text = (
        "Turkey wants a “safe zone” along the Turkish-Syrian border. "
        "The safe zone would be 30 kilometres deep, Ankara said."
    )
    (area,) = reading(text, gazetteer).areas
    assert (area.kind, area.status, area.actor) == (AreaKind.SAFE_ZONE, Status.PLANNED, "Turkey")
    assert set(area.plan.border or ()) == {"TR", "SY"}
    assert area.plan.side == "SY"
    assert area.plan.depth_m == Range(30_000, 30_000)


def test_miles_and_a_zone_that_stands(gazetteer: Gazetteer) -> None:
    text = "Israeli troops hold a buffer zone 3 miles deep along the Lebanon-Israel border."
    (area,) = reading(text, gazetteer).areas
    assert area.kind is AreaKind.BUFFER_ZONE
    assert area.status is not Status.PLANNED
    assert area.plan.depth_m == Range(3 * 1609.344, 3 * 1609.344)


def test_a_zone_without_any_limit_is_no_area(gazetteer: Gazetteer) -> None:
    assert reading("Civilians asked for a safe zone.", gazetteer).areas == ()


def test_a_stretch_of_a_numbered_road(gazetteer: Gazetteer) -> None:
    text = (
        "Turkish troops took the highway M4 in Syria on Sunday. "
        "The occupied stretch of road is 30 to 35 kilometres long."
    )
    stretch = next(a for a in reading(text, gazetteer).areas if a.kind is AreaKind.HIGHWAY_STRETCH)
    assert stretch.plan.road == "M4"
    assert stretch.plan.length_m == Range(30_000, 35_000)
    assert stretch.actor == "Turkey"
