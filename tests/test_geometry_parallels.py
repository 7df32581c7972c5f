"""Parallels of latitude as lines that part the land."""

import pytest

from geomap.errors import InputError
from geomap.geometry.parallels import parallel


@pytest.mark.parametrize(
    ("lat", "countries", "west", "east"),
    [
        (36.0, ("IQ",), 41.3, 45.6),
        (38.0, ("KR", "KP"), 124.7, 128.8),
        (17.0, ("VN",), 106.4, 107.2),
        (-17.0, ("BO",), -69.4, -58.4),
        (22.0, ("EG", "SD"), 25.0, 36.9),
    ],
)
def test_a_parallel_runs_a_little_past_its_countries(
    lat: float, countries: tuple[str, ...], west: float, east: float
) -> None:
    place = parallel(lat, countries)
    assert place.course is not None
    first, low, last, high = place.course.bounds
    assert low == high == lat
    assert first == pytest.approx(west - 0.5, abs=0.4)
    assert last == pytest.approx(east + 0.5, abs=0.4)


@pytest.mark.parametrize(
    ("lat", "countries", "match"),
    [
        (95.0, ("IQ",), "no parallel"),
        (60.0, ("IQ",), "does not run through IQ"),
        (36.0, (), "which country"),
    ],
)
def test_parallels_that_are_none(lat: float, countries: tuple[str, ...], match: str) -> None:
    with pytest.raises(InputError, match=match):
        parallel(lat, countries)
