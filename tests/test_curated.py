"""The tables written by hand, checked as cheaply as a reviewer would: the recipe checks them against all the lists."""

import csv
from pathlib import Path

import pytest

from geomap.gazetteer import Gazetteer
from geomap.gazetteer.index import distance_m
from geomap.gazetteer.names import key, without_article

FOLDER = Path(__file__).parent.parent / "data" / "curated"
pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="the tables are in the repository, not in the package")


def rows(name):
    if not FOLDER.is_dir():
        return []
    with (FOLDER / name).open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


def places():
    return [row for path in sorted((FOLDER / "places").glob("*.csv")) for row in rows(path)]


@pytest.fixture(scope="module")
def gazetteer():
    return Gazetteer()


@pytest.mark.parametrize("row", places(), ids=lambda row: row["name"])
def test_a_place_is_found_under_each_of_its_names_where_its_row_says(gazetteer, row):
    assert row["checked"]
    for name in (row["name"], *filter(None, row["names"].split(";"))):
        found = [c.place for c in gazetteer.candidates(name)]
        gaps = [distance_m(p.lon, p.lat, float(row["lon"]), float(row["lat"])) for p in found]
        assert gaps, f"{name} is not in the store"
        assert min(gaps) < 500, f"{name} is not where {row['name']} is"


@pytest.mark.parametrize("row", [r for r in places() if not r["same_as"]], ids=lambda row: row["name"])
def test_a_place_of_our_own_is_honest_about_its_precision(gazetteer, row):
    wide = row["kind"] in {"mountains", "lake", "region", "valley", "peninsula", "island", "forest", "oilfield"}
    assert 500 <= float(row["precision_m"]) <= (100_000 if wide else 20_000)
    assert -90 <= float(row["lat"]) <= 90
    assert -180 <= float(row["lon"]) <= 180
    assert "not verified" not in row["checked"] or float(row["precision_m"]) >= 800
    nearest = gazetteer.nearest(float(row["lon"]), float(row["lat"]), limit=40, max_m=300_000)
    assert not row["country"] or row["country"] in {place.country for place in nearest}


def test_ids_are_given_once():
    linked = [row["same_as"] for row in places() if row["same_as"]]
    assert len(linked) == len(set(linked))


def test_no_two_places_of_one_name_and_country_stand_close(gazetteer):
    seen = {}
    for row in places():
        for name in (row["name"], *filter(None, row["names"].split(";"))):
            spot = (without_article(key(name)), row["kind"], row["country"])
            other = seen.setdefault(spot, row)
            gap = distance_m(float(row["lon"]), float(row["lat"]), float(other["lon"]), float(other["lat"]))
            assert other is row or gap > 5_000, f"{name}: {row['name']} and {other['name']}"


def test_theatres_have_depth():
    count = {}
    for row in places():
        count[row["country"]] = count.get(row["country"], 0) + 1
    levant = sum(count[code] for code in ("SY", "IQ", "TR", "JO", "LB"))
    assert levant >= 600
    assert sum(count.values()) - levant >= 600


@pytest.mark.parametrize("table", ["regions.csv", "countries.csv", "admin1.csv"])
def test_areas_are_found_under_each_of_their_names(gazetteer, table):
    for row in rows(table):
        for name in filter(None, (row["name"], *row["names"].split(";"))):
            assert gazetteer.has(name), f"{name} of {row['name']} is not in the store"


def test_every_country_has_a_demonym_or_is_a_small_island(gazetteer):
    of = {row["place"] for row in rows("demonyms.csv")}
    without = [row["code"] for row in rows("countries.csv") if row["code"] not in of]
    populous = [code for code in without if gazetteer.country(code).population > 500_000]
    assert populous in ([], ["CG"], ["CG", "RE"], ["RE"])


def test_demonyms_point_at_their_place(gazetteer):
    for row in rows("demonyms.csv"):
        place = gazetteer.demonym(row["demonym"])
        assert row["place"] in {place.id, place.country, place.admin1_code}


def test_towns_of_highways_stand_where_the_gazetteer_has_them(gazetteer):
    known, far = 0, []
    for row in rows("highways.csv"):
        for town, point in zip(row["towns"].split(";"), row["points"].split(";"), strict=True):
            lat, lon = map(float, point.split())
            found = [c.place for c in gazetteer.candidates(town) if c.place.country in row["countries"].split()]
            spots = [(p.lon, p.lat) for p in found if p.feature.startswith(("P.", "S."))]
            if spots:
                known += 1
                if min(distance_m(*spot, lon, lat) for spot in spots) > 12_000:
                    far.append(f"{row['country']} {row['ref']}: {town}")
    assert known > 2_500
    # A namesake elsewhere in the country is no mistake, but there are few.
    assert len(far) < 0.01 * known, far


def test_names_of_highways_are_told_once_in_a_row():
    for row in rows("highways.csv"):
        names = [name for column in ("names", "generic") for name in row[column].split(";") if name]
        twice = {name for name in names if names.count(name) > 1}
        assert not twice, f"{row['country']} {row['ref']}: {twice}"
        assert row["ref"] not in names
