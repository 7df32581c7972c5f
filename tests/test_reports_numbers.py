import pytest

from geomap.models import Range
from geomap.reports.amounts import find_amounts
from geomap.reports.numbers import parse_number, parse_range


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("10", 10), ("1,500", 1500), ("2.5 million", 2_500_000), ("a hundred and twenty", 120), ("twenty-five", 25),
        ("three thousand", 3000), ("12.000", 12_000), ("a thousand", 1000), ("dozens", None), ("and", None), ("", None),
    ],
)  # fmt: skip
def test_numbers_in_digits_and_words(text: str, value: float | None) -> None:
    assert parse_number(text) == value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("30 to 35 kilometres", Range(30, 35)),
        ("20-25 km", Range(20, 25)),
        ("a 30-km strip", Range(30, 30)),
        ("between five and seven miles", Range(5, 7)),
        ("no figure", None),
    ],
)
def test_ranges(text: str, expected: Range | None) -> None:
    assert parse_range(text) == expected


@pytest.mark.parametrize(
    ("words", "vehicles", "troops"),
    [
        ("a convoy of about 10 armored vehicles", 10, None),
        ("more than 150 rebel fighters", None, 150),
        ("forty T-72 tanks and 600 soldiers", 40, 600),
        ("dozens of trucks", None, None),
        ("hundreds of militiamen", None, None),
        ("the 4th Division", None, None),
        ("two battalions", None, None),
        ("three convoys", None, None),
        ("2014 Islamic State militants", None, None),
        ("three frigates", 3, None),
    ],
)
def test_amounts_of_a_mover(words: str, vehicles: int | None, troops: int | None) -> None:
    found = find_amounts(words)
    assert (found.vehicles, found.troops) == (vehicles, troops)


def test_the_words_of_an_amount_are_whole() -> None:
    assert find_amounts("a convoy of about 10 armored vehicles").vehicles_text == "about 10 armored vehicles"
