"""One trip told in several sentences, several trips in one, and steps that stay apart."""

from datetime import date

import pytest

from geomap.gazetteer import Gazetteer
from geomap.models import Movement, Report
from geomap.reports.read import read

FRIDAY = date(2024, 3, 15)


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer()


def trips(text: str, gazetteer: Gazetteer) -> list[tuple[list[str], list[str]]]:
    found: tuple[Movement, ...] = read(Report("test", text, published=FRIDAY), gazetteer).movements
    return [([ref.text for ref in m.origin], [ref.text for ref in m.destination]) for m in found]


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        # the next sentence tells the other end
        (
            "A convoy of 20 French vehicles left Gao on Sunday. The convoy reached Niamey on Monday.",
            (["Gao"], ["Niamey"]),
        ),
        (
            "A Russian column arrived in Melitopol on Monday. It had set out from Berdiansk at dawn.",
            (["Berdiansk"], ["Melitopol"]),
        ),
        # the same told twice, less closely
        ("RSF fighters captured El Fasher on Monday. The RSF entered Sudan's El Fasher.", ([], ["El Fasher"])),
    ],
)
def test_one_trip_told_in_two_sentences(text: str, joined: tuple[list[str], list[str]], gazetteer: Gazetteer) -> None:
    assert trips(text, gazetteer) == [joined]


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        # by what way those came who took a place
        ("Libyan soldiers captured Sirte after driving up from Misrata.", (["Misrata"], ["Sirte"])),
        ("M23 rebels seized Rutshuru, advancing from Bunagana.", (["Bunagana"], ["Rutshuru"])),
        ("Convoys of the army drove from Gao on Sunday and brought soldiers to Kidal.", (["Gao"], ["Kidal"])),
        # those who gave up a place went to another
        ("Al-Shabaab fighters vacated Kismayo and crossed the river into Jamame.", (["Kismayo"], ["Jamame"])),
        ("ISIS fighters abandoned Rutba and fled to Qaim.", (["Rutba"], ["Qaim"])),
        # those who ride go where their vehicles go
        ("The last fighters left Douma on Saturday in 42 buses bound for Jarablus.", (["Douma"], ["Jarablus"])),
        ("Soldiers left Gao aboard trucks that reached Kidal at dawn.", (["Gao"], ["Kidal"])),
    ],
)
def test_one_trip_told_by_two_verbs(text: str, joined: tuple[list[str], list[str]], gazetteer: Gazetteer) -> None:
    assert trips(text, gazetteer) == [joined]


@pytest.mark.parametrize(
    ("text", "apart"),
    [
        # two who move
        (
            "French troops left Gao. Malian soldiers entered Timbuktu.",
            [(["Gao"], []), ([], ["Timbuktu"])],
        ),
        # another step, days later
        (
            "Russian troops captured Soledar on Monday. On Thursday Russian troops captured Bakhmut.",
            [([], ["Soledar"]), ([], ["Bakhmut"])],
        ),
        # those who moved send others
        (
            "The Malian army, which entered Gao on March 2, sent reinforcements from Mopti.",
            [([], ["Gao"]), (["Mopti"], [])],
        ),
        # given up before an attack elsewhere
        (
            "RSF fighters abandoned Sennar and advanced on Kosti.",
            [(["Sennar"], []), ([], ["Kosti"])],
        ),
        # left again after it was taken
        (
            "M23 rebels captured Goma before withdrawing to Sake.",
            [([], ["Goma"]), (["Goma"], ["Sake"])],
        ),
        # there and back
        (
            "Chadian troops moved from Mao to Bol. Chadian troops moved from Bol to Mao.",
            [(["Mao"], ["Bol"]), (["Bol"], ["Mao"])],
        ),
    ],
)
def test_trips_that_stay_apart(text: str, apart: list[tuple[list[str], list[str]]], gazetteer: Gazetteer) -> None:
    assert trips(text, gazetteer) == apart


def test_a_telling_without_a_place_of_its_own_adds_nothing(gazetteer: Gazetteer) -> None:
    text = (
        "Shells fell on Afrin for days. Guards left the jail after Turkey had invaded the area. "
        "Turkey invaded northern Syria on Sunday."
    )
    assert trips(text, gazetteer) == [([], ["northern Syria"])]
