"""The published road lengths that routes are measured against: a table that cannot hold what no road could be."""

import csv
from pathlib import Path

import pytest

from geomap.geometry.asking import place_of
from geomap.geometry.geodesy import distance_m

TABLE = Path(__file__).parents[1] / "bench" / "distances.csv"
pytestmark = pytest.mark.skipif(not TABLE.is_file(), reason="the table is in the repository, not in the package")
MOST_WINDING = 2.2
"""The road over the mountains from Bucaramanga to Cúcuta is 1.9 times its straight line, Srinagar to Leh 1.7 times."""


def rows():
    if not TABLE.is_file():
        return []
    with TABLE.open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


def test_the_table_is_broad():
    kept = [row for row in rows() if not row["excluded"]]
    assert len(kept) >= 50
    assert len({row["origin_country"] for row in kept}) >= 8
    assert len({frozenset((row["origin"], row["destination"])) for row in rows()}) == len(rows())


@pytest.mark.parametrize("row", rows(), ids=lambda row: f"{row['origin']}-{row['destination']}")
def test_a_row_says_what_is_published_and_where(row):
    assert row["source"]
    assert row["excluded"] in {"", "yes"}
    assert not row["excluded"] or row["note"], "a row is struck out with its reason"
    start = place_of(row["origin"], countries=[row["origin_country"]], spot=True)
    end = place_of(row["destination"], countries=[row["destination_country"]], spot=True)
    assert (start.country, end.country) == (row["origin_country"], row["destination_country"])
    straight = distance_m(start.lon, start.lat, end.lon, end.lat) / 1000
    assert 0.98 * straight <= float(row["km"]) <= MOST_WINDING * straight
    assert 40 <= float(row["km"]) <= 900
