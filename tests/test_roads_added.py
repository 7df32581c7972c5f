"""Ways over roads that the user has added: along their bends, in their directions, with their notice."""

import json

import extracts
import numpy as np
import pytest
from click.testing import CliRunner
from extracts import at
from pyproj import Geod

from geomap import route
from geomap.cli import main
from geomap.geometry.roads import shelf
from geomap.models import How, Place

PRIMARY = {"highway": "primary"}
ONEWAY = PRIMARY | {"oneway": "yes"}


@pytest.fixture
def add(home, tmp_path):
    def call(nodes, ways, *, minor=False, name="mine"):
        return shelf.add_roads(extracts.write(tmp_path / "x.osm.pbf", nodes, ways), name=name, minor=minor)[0]

    return call


def stop(column, row):
    lon, lat = at(column, row)
    return Place(f"test:{column}-{row}", f"{column}, {row}", lon, lat, "SY", precision_m=100)


def length(*lonlats):
    lon, lat = np.array(lonlats).T
    return Geod(ellps="WGS84").line_length(lon, lat)


def test_a_way_follows_the_bends_and_counts_them(add):
    nodes = {1: at(0, 0), 2: at(1, 2), 3: at(2, -2), 4: at(3, 0)}
    add(nodes, [([1, 2, 3, 4], PRIMARY)])
    found = route([stop(0, 0), stop(3, 0)])
    (leg,) = found.legs
    assert [tuple(spot) for spot in np.round(leg.geometry.coords, 6)] == list(nodes.values())
    assert found.length_m == pytest.approx(length(*nodes.values()), abs=2)
    assert (leg.how, leg.by, leg.notice) == (How.INFERRED, None, "© OpenStreetMap contributors")


def test_a_stop_between_two_junctions_is_joined_to_the_bend_beside_it(add):
    nodes = {1: at(0, 0), 2: at(2, 2), 3: at(4, 0)}
    add(nodes, [([1, 2, 3], PRIMARY)])
    found = route([stop(2, 2.02), stop(4, 0)])
    assert found.length_m == pytest.approx(length(at(2, 2), at(4, 0)), rel=0.02)
    assert max(found.snap_m) < 30


def test_carriageways_are_driven_in_their_direction(add):
    nodes = {1: at(0, 0), 2: at(5, 0.2), 3: at(10, 0), 4: at(5, -0.2)}
    add(nodes, [([1, 2, 3], ONEWAY), ([3, 4, 1], ONEWAY), ([1, 3], {"highway": "track", "ref": "T"})])
    out, back = route([stop(0, 0), stop(10, 0)]), route([stop(10, 0), stop(0, 0)])
    assert at(5, 0.2) in [tuple(np.round(spot, 6)) for spot in out.legs[0].geometry.coords]
    assert at(5, -0.2) in [tuple(np.round(spot, 6)) for spot in back.legs[0].geometry.coords]


def test_a_one_way_road_is_not_driven_against(add):
    nodes = {1: at(0, 0), 2: at(3, 0), 3: at(1.5, 4)}
    add(nodes, [([1, 2], ONEWAY), ([2, 3], PRIMARY), ([3, 1], PRIMARY)])
    assert route([stop(0, 0), stop(3, 0)]).length_m == pytest.approx(length(at(0, 0), at(3, 0)), abs=2)
    back = length(at(3, 0), at(1.5, 4), at(0, 0))
    assert route([stop(3, 0), stop(0, 0)]).length_m == pytest.approx(back, abs=3)


def test_a_highway_is_taken_before_a_shorter_track(add):
    nodes = {1: at(0, 0), 2: at(5, 2), 3: at(10, 0)}
    add(nodes, [([1, 2, 3], {"highway": "trunk"}), ([1, 3], {"highway": "track"})], minor=True)
    assert route([stop(0, 0), stop(10, 0)]).length_m == pytest.approx(length(*nodes.values()), abs=2)


def test_stops_beyond_the_added_roads_are_joined_over_the_shipped_ones(add):
    add({1: at(0, 0), 2: at(1, 0)}, [([1, 2], PRIMARY)])
    homs = Place("test:homs", "Homs", 36.723, 34.7324, "SY")
    damascus = Place("test:damascus", "Damascus", 36.2919, 33.5102, "SY")
    found = route([homs, damascus])
    assert 130_000 < found.length_m < 200_000
    assert all(leg.notice is None for leg in found.legs)


def test_the_command_follows_them_and_says_whose_they_are(add, tmp_path):
    nodes = {1: at(0, 0), 2: at(1, 2), 3: at(3, 0)}
    add(nodes, [([1, 2, 3], PRIMARY)])
    spots = [f"{lat},{lon}" for lon, lat in (at(0, 0), at(3, 0))]
    done = CliRunner().invoke(main, ["route", *spots, "--json", "-o", str(tmp_path / "way.geojson")])
    assert done.exit_code == 0, done.stderr
    record = json.loads(done.stdout)
    assert record["length_m"] == pytest.approx(length(*nodes.values()), abs=2)
    assert [leg["notice"] for leg in record["legs"]] == ["© OpenStreetMap contributors"]
    said = CliRunner().invoke(main, ["route", *spots]).stdout
    assert "  roads: © OpenStreetMap contributors\n" in said
    drawn = json.loads((tmp_path / "way.geojson").read_text("utf-8"))
    assert drawn["properties"]["legs"] == record["legs"]


def test_stops_that_the_added_roads_do_not_join_are_joined_over_the_shipped_ones(add):
    homs, hama = (36.723, 34.7324), (36.7578, 35.1318)
    nodes = {1: homs, 2: (36.75, 34.85), 3: (36.70, 34.98), 4: hama}
    added = add(nodes, [([1, 2], PRIMARY), ([3, 4], PRIMARY)])
    assert added.covers(*homs)
    assert added.covers(*hama)
    stops = [Place(f"test:{lon}", f"{lon}", lon, lat, "SY", precision_m=500) for lon, lat in (homs, hama)]
    found = route(stops)
    assert 40_000 < found.length_m < 60_000
    assert all(leg.notice is None for leg in found.legs)
