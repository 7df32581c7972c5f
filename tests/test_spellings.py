"""The spelling list of the benchmark is whole: its halves are apart, its places can be where they are said to be."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from geomap.gazetteer import Gazetteer

BENCH = Path(__file__).parents[1] / "bench"
COLUMNS = ["name", "country", "lat", "lon", "tolerance_km", "language", "sort", "context"]
SORTS = {"variant", "script", "typo", "generic", "old", "refuse", "ambiguous"}
NO_PLACE = {"refuse", "ambiguous"}


def rows(half):
    with (BENCH / f"spellings_{half}.csv").open(encoding="utf-8", newline="") as file:
        table = csv.DictReader(file)
        assert table.fieldnames == COLUMNS
        return list(table)


@pytest.fixture(scope="module")
def halves():
    return rows("dev"), rows("held")


def test_the_halves_are_apart_and_alike(halves):
    dev, held = halves
    assert not {row["name"] for row in dev} & {row["name"] for row in held}
    assert abs(len(dev) - len(held)) <= 1
    by_sort = [Counter(row["sort"] for row in half) for half in halves]
    assert all(abs(by_sort[0][sort] - by_sort[1][sort]) <= 8 for sort in SORTS)


def test_the_list_is_broad(halves):
    every = [row for half in halves for row in half]
    assert len(every) >= 900
    assert len({row["language"] for row in every}) >= 20
    assert len({code for row in every for code in row["country"].split(";")}) >= 40
    assert sum(row["sort"] == "refuse" for row in every) >= 60


def test_each_row_can_be_right(halves):
    gazetteer = Gazetteer(layers=())
    for row in (row for half in halves for row in half):
        assert row["name"].strip(), row
        assert row["sort"] in SORTS, row
        if row["sort"] in NO_PLACE:
            assert not any(row[column] for column in ("country", "lat", "lon", "tolerance_km")), row
            continue
        assert all(gazetteer.country(code).is_country for code in row["country"].split(";")), row
        assert row["context"] in ("", *row["country"].split(";")), row
        assert -90 <= float(row["lat"]) <= 90, row
        assert -180 <= float(row["lon"]) <= 180, row
        assert 5 <= float(row["tolerance_km"]) <= 300, row
