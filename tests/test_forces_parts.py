"""Totals and their parts, each part a movement of its own."""

from datetime import date

import pytest

from geomap.gazetteer import Gazetteer
from geomap.models import Report
from geomap.reports.read import read


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer()


def told(text: str, gazetteer: Gazetteer) -> list[tuple[list[str], int | None, str | None]]:
    found = read(Report("test", text, published=date(2024, 3, 15)), gazetteer).movements
    return [([ref.text for ref in m.destination], m.vehicles or m.troops, m.note) for m in found]


def test_each_part_goes_its_own_way_and_the_rest_is_counted(gazetteer):
    text = "Seventy army trucks left Atbara on Saturday, thirty of them for Shendi, the rest for Merowe."
    assert told(text, gazetteer) == [
        (["Shendi"], 30, None),
        (["Merowe"], 40, "the rest counted: 70 less 30"),
    ]


def test_the_rest_of_a_vague_number_is_not_counted(gazetteer):
    text = "About 500 Ukrainian soldiers left Avdiivka, 200 of them for Pokrovsk and the others for Kostiantynivka."
    assert told(text, gazetteer) == [(["Pokrovsk"], 200, None), (["Kostiantynivka"], None, None)]


@pytest.mark.parametrize(
    "text",
    [
        "A convoy of 120 Malian army vehicles left Gao for Kidal and Ansongo.",
        "Some 300 Colombian soldiers, 40 of them recruits, left Cali for Buenaventura and Tumaco.",
    ],
)
def test_forces_without_parts_stay_together(text, gazetteer):
    assert [destination for destination, _, _ in told(text, gazetteer)] == [
        [name for name in ("Kidal", "Ansongo", "Buenaventura", "Tumaco") if name in text]
    ]
