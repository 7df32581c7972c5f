"""Movements into and out of the zones that the same report tells of."""

from datetime import date

import pytest

from geomap.gazetteer import Gazetteer
from geomap.models import Movement, Report
from geomap.reports.read import read


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer()


SAFE = "Turkey set up a safe zone 30 km deep along the Turkish-Syrian border in Syria. "
SECURITY = "Ankara declared a security zone 20 km deep along the Iraq-Turkey border inside Iraq. "
EXCLUSION = "The army declared a 5-kilometre exclusion zone around Sake. "
BUFFER = "A buffer zone 10 km deep on both sides of the border between Sudan and South Sudan was agreed. "
DMZ = "The two armies keep a demilitarised zone 2 km deep on either side of the Thai-Cambodian border. "
LITANI = "The UN patrols a buffer zone 5 km deep south of the Litani. "


def movements(text: str, gazetteer: Gazetteer) -> tuple[Movement, ...]:
    return read(Report("test", text, published=date(2024, 3, 15)), gazetteer).movements


@pytest.mark.parametrize(
    ("text", "slot", "words"),
    [
        (SAFE + "On Monday Turkish troops moved from Sanliurfa into the safe zone.", "destination", "the safe zone"),
        (SAFE + "Turkish armoured vehicles drove from Akcakale to the “safe zone”.", "destination", "the “safe zone”"),
        (SECURITY + "Turkish soldiers withdrew from the security zone to Hakkari on Friday.", "origin",
         "the security zone"),
        (EXCLUSION + "Rebels advanced from Goma to the exclusion zone.", "destination", "the exclusion zone"),
        (BUFFER + "Sudanese troops pulled out of the buffer zone to Kadugli.", "origin", "the buffer zone"),
        (DMZ + "Cambodian soldiers moved from Siem Reap into the demilitarised zone.", "destination",
         "the demilitarised zone"),
        (LITANI + "Lebanese troops moved from Sidon into the buffer zone.", "destination", "the buffer zone"),
    ],
)  # fmt: skip
def test_a_zone_of_the_report_is_an_end(text: str, slot: str, words: str, gazetteer: Gazetteer) -> None:
    (found,) = [m for m in movements(text, gazetteer) if getattr(m, slot)]
    (ref,) = getattr(found, slot)
    assert ref.text == words
    assert ref.place is not None
    assert ref.place.geometry is not None
    assert ref.place.geometry.area > 0


@pytest.mark.parametrize(
    "text",
    [
        "Turkish troops moved from Sanliurfa into the safe zone.",
        SAFE + "On Monday Turkish troops moved from Sanliurfa to Akcakale.",
        SAFE + "Turkish troops left Sanliurfa, and refugees wait for news of the safe zone.",
        "Turkey wants a safe zone. On Monday Turkish troops moved from Sanliurfa into the safe zone.",
        EXCLUSION + "Rebels moved from Goma to the demilitarised zone.",
    ],
)
def test_a_zone_that_cannot_be_drawn_or_is_not_gone_to_is_no_end(text: str, gazetteer: Gazetteer) -> None:
    for movement in movements(text, gazetteer):
        refs = (*movement.origin, *movement.via, *movement.destination)
        assert all(ref.place is None or not ref.place.id.startswith("zone:") for ref in refs)


@pytest.mark.parametrize(
    ("text", "words", "known"),
    [
        ("Israeli troops withdrew from Tyre to the Blue Line.", "Blue Line", True),
        ("Taliban fighters moved from Kandahar towards the Durand Line.", "Durand Line", True),
        ("North Korean soldiers moved up from Kaesong to the Military Demarcation Line.", "Military Demarcation Line",
         True),
        ("Indian soldiers moved up from Leh to the Line of Actual Control.", "Line of Actual Control", False),
        ("Pakistani troops moved from Muzaffarabad towards the Line of Control.", "Line of Control", False),
    ],
)  # fmt: skip
def test_lines_of_truces_are_ends(text: str, words: str, known: bool, gazetteer: Gazetteer) -> None:
    (movement,) = movements(text, gazetteer)
    (ref,) = movement.destination
    assert ref.text == words
    assert (ref.place is not None) == known


def test_what_is_only_called_like_a_line_is_none(gazetteer: Gazetteer) -> None:
    assert movements("The Blue Line bus left Tyre for Sidon.", gazetteer) == ()
