from datetime import date

import pytest

from geomap.errors import InputError
from geomap.gazetteer import Gazetteer
from geomap.geometry.areas import shape
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
        "The part of the road they hold is 30 to 35 kilometres long."
    )
    stretch = next(a for a in reading(text, gazetteer).areas if a.kind is AreaKind.HIGHWAY_STRETCH)
    assert stretch.plan.road == "M4"
    assert stretch.plan.length_m == Range(30_000, 35_000)
    assert stretch.actor == "Turkey"


@pytest.mark.parametrize(
    ("text", "region", "actor"),
    [
        ("The SDF controls Hasakah province.", "Hasakah", "SDF"),
        ("The Taliban govern Kandahar province.", "Kandahar", "Taliban"),
        ("Houthi-held northern Yemen was calm.", "northern Yemen", "Houthis"),
        ("North Kivu remains in the hands of M23.", "North Kivu", "M23"),
        ("The RSF has controlled North Darfur since 2024.", "North Darfur", "RSF"),
    ],
)
def test_land_that_forces_hold_as_a_whole(text: str, region: str, actor: str, gazetteer: Gazetteer) -> None:
    (area,) = reading(text, gazetteer).areas
    assert area.kind is AreaKind.CONTROL
    assert (area.plan.region.text if area.plan.region else None, area.actor) == (region, actor)


@pytest.mark.parametrize(
    "text",
    [
        "M23 now holds large parts of North Kivu.",
        "The army controls prices in Khartoum.",
        "The president rules Chad.",
        "The rebels hope to control Idlib province one day.",
        "The Gaza Strip was calm.",
        "About 60,000 people live in the Zaatari camp.",
        "The army held talks in Kandahar province.",
        "A belt of rain lies along the Turkish-Syrian border.",
        "Rome regards Libya as its buffer zone.",
        "The council designated a smoke-free zone around Leeds.",
        "A camp for young footballers near Porto was opened on Monday.",
        "Scouts set up a training camp near Kandersteg.",
        "The front line staff of hospitals between Leeds and York are tired.",
        "Doctors want quiet corridors in London.",
        "North Kivu was controlled by the RCD.",
        "He grew up near Zaatari. The camp was like a town in the desert.",
    ],
)
def test_no_area(text: str, gazetteer: Gazetteer) -> None:
    assert reading(text, gazetteer).areas == ()


def test_a_strip_of_land_along_a_border(gazetteer: Gazetteer) -> None:
    text = "Israeli forces hold a strip of land five kilometres deep along the Lebanon-Israel border."
    (area,) = reading(text, gazetteer).areas
    assert (area.kind, area.actor, area.plan.side) == (AreaKind.BORDER_STRIP, "Israel", "LB")
    assert area.plan.depth_m == Range(5_000, 5_000)


def test_a_zone_around_a_place(gazetteer: Gazetteer) -> None:
    (area,) = reading("The army imposed a 5-kilometre exclusion zone around Goma airport.", gazetteer).areas
    assert (area.kind, area.plan.border) == (AreaKind.BUFFER_ZONE, None)
    assert [ref.text for ref in area.plan.around] == ["Goma"] or area.plan.around[0].text.startswith("Goma ")
    assert area.plan.depth_m == Range(5_000, 5_000)


@pytest.mark.parametrize(
    ("text", "kind", "status", "actor", "places"),
    [
        ("NATO imposed a no-fly zone over Libya.", "no_fly", "completed", "NATO", ["Libya"]),
        ("France enforces a no-fly zone over Benghazi.", "no_fly", "completed", "France", ["Benghazi"]),
        ("The sides set up humanitarian corridors in Sumy.", "safe_zone", "completed", None, ["Sumy"]),
        ("No-fly zones will be set up over Rio de Janeiro.", "no_fly", "planned", None, ["Rio de Janeiro"]),
        ("No buffer zone will be created around Goma airport.", "buffer_zone", "denied", None, ["Goma"]),
        ("Idlib province, held by HTS, took in more people.", "control", "completed", "HTS", ["Idlib"]),
        ("The rebels called for a no-fly zone over northern Syria.", "no_fly", "planned", None, ["northern Syria"]),
        ("The opposition is for a no-fly zone over northern Syria.", "no_fly", "planned", None, ["northern Syria"]),
        ("Russia set up a de-escalation zone in Idlib province.", "safe_zone", "completed", "Russia", ["Idlib"]),
        ("The army opened a corridor 2 km wide between Hama and Homs.", "control", "completed", None, ["Hama", "Homs"]),
        ("The front line runs from Robotyne to Verbove.", "front", "completed", None, ["Robotyne", "Verbove"]),
        ("Soldiers dismantled the refugee camp at Dikwa.", "camp", "completed", None, ["Dikwa"]),
        ("A camp for the displaced was set up near Dikwa.", "camp", "completed", None, ["Dikwa"]),
        ("North Kivu is controlled by M23.", "control", "completed", "M23", ["North Kivu"]),
    ],
)  # fmt: skip
def test_areas_and_what_is_said_of_them(
    text: str, kind: str, status: str, actor: str | None, places: list[str], gazetteer: Gazetteer
) -> None:
    (area,) = reading(text, gazetteer).areas
    refs = (*area.plan.ends, *area.plan.around, *([area.plan.region] if area.plan.region else []))
    found = [ref.text for ref in refs]
    assert (area.kind.value, found) == (kind, places)
    assert (area.status.value, actor or area.actor) == (status, area.actor)


def test_nautical_miles_round_an_island(gazetteer: Gazetteer) -> None:
    (area,) = reading("China declared an exclusion zone of 12 nautical miles around Kinmen.", gazetteer).areas
    assert area.plan.depth_m == Range(12 * 1852, 12 * 1852)
    assert [ref.text for ref in area.plan.around] == ["Kinmen"]


def test_most_of_a_province_is_told_and_not_drawn(gazetteer: Gazetteer) -> None:
    (area,) = reading("The RSF controls most of West Darfur.", gazetteer).areas
    assert (area.kind, area.actor, area.text) == (AreaKind.CONTROL, "RSF", "most of West Darfur")
    assert area.plan.region is None
    with pytest.raises(InputError, match="which part of West Darfur"):
        shape(area.plan)


def test_a_length_in_a_country_is_kept(gazetteer: Gazetteer) -> None:
    (area,) = reading("The UN patrols a buffer zone 180 km long in Cyprus.", gazetteer).areas
    assert area.plan.length_m == Range(180_000, 180_000)
    assert area.plan.region is None
    assert area.plan.part_of
    assert area.plan.part_of.text == "Cyprus"


def test_a_camp_that_something_befalls(gazetteer: Gazetteer) -> None:
    (area,) = reading("Soldiers closed the Rukban camp on Monday.", gazetteer).areas
    assert (area.kind, [ref.text for ref in area.plan.around]) == (AreaKind.CAMP, ["Rukban"])
