import pytest

from geomap.measures import parse_length, parse_number, parse_range, unit_m
from geomap.models import Range
from geomap.reports.forces.amounts import find_amounts


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


@pytest.mark.parametrize(
    ("text", "low", "high", "error", "approximate"),
    [
        ("160 km", 160_000, 160_000, 8_000, False),
        ("about 160 km", 160_000, 160_000, 16_000, True),
        ("some 160 km (100 miles)", 160_000, 160_000, 16_000, True),
        ("7 km", 7_000, 7_000, 500, False),
        ("25km", 25_000, 25_000, 2_500, False),
        ("100 km", 100_000, 100_000, 15_000, False),
        ("15 to 20 kilometres", 15_000, 20_000, 3_000, False),
        ("half a mile", 804.7, 804.7, 120.7, True),
        ("more than 50 km", 50_000, 75_000, 5_000, False),
        ("less than 5 km", 0, 5_000, 500, False),
        ("twelve nautical miles", 22_224, 22_224, 1_111, False),
        ("several kilometres", 3_000, 10_000, 450, True),
    ],
)
def test_a_length_is_as_good_as_its_words(text: str, low: float, high: float, error: float, approximate: bool) -> None:
    found = parse_length(text)
    assert found is not None
    assert (found.low_m, found.high_m, found.error_m) == pytest.approx((low, high, error), rel=1e-3)
    assert found.approximate is approximate


@pytest.mark.parametrize("text", ["60 km/h", "30 km²", "20 million", "40 mph", "no figure"])
def test_speeds_areas_and_counts_are_no_lengths(text: str) -> None:
    found = parse_length(text)
    assert found is None


def test_an_unknown_unit_is_an_error() -> None:
    with pytest.raises(ValueError, match="leagues"):
        unit_m("leagues")
