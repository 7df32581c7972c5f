"""Trips that share a verb with another: who goes where, and when."""

from datetime import date

import pytest

from geomap.gazetteer import Gazetteer
from geomap.models import Report
from geomap.reports.read import read

FRIDAY = date(2024, 3, 15)


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer()


def trips(text: str, gazetteer: Gazetteer) -> list[tuple[list[str], list[str]]]:
    found = read(Report("test", text, published=FRIDAY), gazetteer).movements
    return [([ref.text for ref in m.origin], [ref.text for ref in m.destination]) for m in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "One column of the Sudanese army left Kassala for Gedaref, the other Port Sudan for Atbara.",
            [(["Kassala"], ["Gedaref"]), (["Port Sudan"], ["Atbara"])],
        ),
        ("Some militiamen went to Sabha, others to Murzuq.", [([], ["Sabha"]), ([], ["Murzuq"])]),
        ("Half of the marines marched to Isabela and the rest to Lamitan.", [([], ["Isabela"]), ([], ["Lamitan"])]),
        ("One battalion was sent to Gao, the other to Kidal.", [([], ["Gao"]), ([], ["Kidal"])]),
        ("One brigade withdrew from Lysychansk and another from Rubizhne.", [(["Lysychansk"], []), (["Rubizhne"], [])]),
        (
            "Two brigades were moved from Kherson to Bakhmut and a third from Poltava.",
            [(["Kherson"], ["Bakhmut"]), (["Poltava"], ["Bakhmut"])],
        ),
        (
            "One convoy headed to Gao, another to Kidal and a third to Menaka.",
            [([], ["Gao"]), ([], ["Kidal"]), ([], ["Menaka"])],
        ),
    ],
)
def test_a_verb_is_shared(text: str, expected: list[tuple[list[str], list[str]]], gazetteer: Gazetteer) -> None:
    assert trips(text, gazetteer) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Army units advanced on Lachin from two sides, one from Shusha and the other from Kalbajar.",
            [(["Shusha", "Kalbajar"], ["Lachin"])],
        ),
        ("Soldiers moved into Goma, Sake and other towns from Rutshuru.", [(["Rutshuru"], ["Goma", "Sake"])]),
        ("Soldiers left Gao and other bases for Kidal.", [(["Gao"], ["Kidal"])]),
        ("The soldiers left Gao for Kidal, while a second brigade is still in Menaka.", [(["Gao"], ["Kidal"])]),
    ],
)
def test_one_trip_stays_one(text: str, expected: list[tuple[list[str], list[str]]], gazetteer: Gazetteer) -> None:
    assert trips(text, gazetteer) == expected


def test_each_has_its_own_day(gazetteer: Gazetteer) -> None:
    text = "Some fighters left for Sabha on Monday and others for Murzuq on Tuesday, the army said."
    found = read(Report("test", text, published=FRIDAY), gazetteer).movements
    assert [m.date.iso() for m in found if m.date] == ["2024-03-11", "2024-03-12"]


def test_the_day_of_the_first_holds_for_the_others(gazetteer: Gazetteer) -> None:
    text = "One column left Kassala for Gedaref on Wednesday, the other Port Sudan for Atbara."
    found = read(Report("test", text, published=FRIDAY), gazetteer).movements
    assert [m.date.iso() for m in found if m.date] == ["2024-03-13", "2024-03-13"]
