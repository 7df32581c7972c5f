"""Scenes in other libraries: their own objects are right, and say no more than the scene."""

import json
from dataclasses import replace
from datetime import date

import lonboard
import movingpandas
import pandas as pd
import pytest
import samples

import geomap
from geomap.errors import InputError
from geomap.interop.drawn import tables
from geomap.models import Interval, Report, Status
from geomap.scene import Scene

CONVOY = Report("r", "A convoy left Rmeilan for Iraq on Thursday.", published=date(2019, 1, 11))


@pytest.fixture
def scene():
    return Scene(samples.readings())


def trips(*movements):
    first, _ = samples.readings()
    return Scene((replace(first, movements=movements),)).to_trajectories()


def test_trajectories_are_of_what_is_told_with_both_ends_and_a_day(scene):
    found = scene.to_trajectories()
    assert isinstance(found, movingpandas.TrajectoryCollection)
    assert [trajectory.id for trajectory in found] == ["m1", "m5"]
    # m2 ends in a country, m3 is planned, m4 is denied and has no day, m6 has no line


def test_a_trip_takes_its_days_at_a_steady_pace(scene):
    (trip, _) = scene.to_trajectories().trajectories
    assert trip.get_start_time() == pd.Timestamp(2021, 5, 4)
    assert trip.get_end_time() == pd.Timestamp(2021, 5, 5)
    start, end = trip.get_start_location(), trip.get_end_location()
    assert ((start.x, start.y), (end.x, end.y)) == (samples.ROAD[0], samples.ROAD[-1])
    assert trip.df["fix"].tolist() == ["told", "guessed", "guessed", "guessed", "guessed", "told"]
    assert trip.df["actor"].unique().tolist() == ["United States"]
    trip.add_speed(units=("km", "h"))
    speeds = trip.df["speed"].iloc[1:]
    assert speeds.max() - speeds.min() < 0.05 * speeds.mean()
    assert trip.get_length(units="km") / 24 == pytest.approx(speeds.mean(), rel=0.02)


def test_days_that_are_several_are_all_taken():
    move = replace(samples.movements()[0], date=Interval(date(2021, 5, 4), date(2021, 5, 6)), status=Status.ONGOING)
    (trip,) = trips(move).trajectories
    assert trip.get_duration().days == 3


def test_an_event_told_twice_is_one_trajectory():
    assert len(Scene(samples.told_twice()).to_trajectories()) == 1


def test_a_vertex_that_is_there_twice_is_one_fix():
    line = samples.leg([*samples.ROAD[:3], samples.ROAD[2], *samples.ROAD[3:]])
    move = samples.movements()[0]
    (trip,) = trips(replace(move, route=replace(move.route, legs=(line,)))).trajectories
    assert len(trip.df) == len(samples.ROAD)


@pytest.mark.parametrize(
    "change",
    [
        {"date": None},
        {"status": Status.PLANNED},
        {"destination": ()},
        {"destination": (samples.ref(samples.IRAQ),)},
        {"origin": (samples.ref(samples.RAQQA), samples.ref(samples.QAMISHLI))},
        {"route": None},
    ],
)
def test_what_is_not_sure_is_no_trajectory(change):
    with pytest.raises(InputError, match="none of 1 movements is a trajectory"):
        trips(replace(samples.movements()[0], **change))


def test_tables_hold_what_is_drawn_once(scene):
    found = tables(scene.readings)
    assert found.lines["id"].tolist() == ["m1", "m2", "m3", "m4", "m5"]
    assert found.polygons["id"].tolist() == ["a1", "a2"]
    assert found.spots["id"].tolist() == ["i0", "i1"]
    assert len(tables(samples.told_twice()).lines) == 1
    assert found.lines.loc[2, ["actor", "status", "date", "date_end"]].tolist() == [
        "Turkey", "planned", "2021-05-09", "2021-05-12",
    ]  # fmt: skip
    colours = dict(zip(found.lines["actor"], found.lines["colour"], strict=True))
    assert colours["United States"] == (27, 115, 252)
    assert len(set(colours.values())) == 4
    assert found.bounds == pytest.approx((38.9, 35.7, 42.06, 37.07))


def test_an_incident_in_an_area_has_no_dot(scene):
    vague = replace(samples.incidents()[0], places=(samples.ref(samples.IRAQ),))
    first, second = scene.readings
    assert "i0" not in tables([first, replace(second, incidents=(vague,))]).spots["id"].tolist()


def test_lonboard_has_layers_in_the_actors_colours(scene):
    found = scene.to_lonboard()
    areas, paths, spots = found.layers
    assert isinstance(areas, lonboard.SolidPolygonLayer)
    assert isinstance(paths, lonboard.PathLayer)
    assert isinstance(spots, lonboard.ScatterplotLayer)
    assert found.basemap is None, "nothing is asked of a network"
    assert paths.table.num_rows == 5
    assert paths.table["words"][0].as_py().endswith("from Raqqa to Hasakah.")
    assert paths.get_color[0].as_py() == [27, 115, 252, 255]


def test_pydeck_has_layers_that_its_page_can_hold(scene):
    deck = scene.to_pydeck()
    read = json.loads(deck.to_json())
    layers = {layer["id"]: layer for layer in read["layers"]}
    assert list(layers) == ["areas", "movements", "incidents"]
    assert layers["movements"]["data"][0]["path"] == [list(point) for point in samples.ROAD]
    assert layers["incidents"]["data"][0]["spot"] == [samples.TAL_TAMR.lon, samples.TAL_TAMR.lat]
    assert layers["areas"]["data"][1]["polygon"][0][0] == [39.4, 35.7]
    view = read["initialViewState"]
    assert 38.9 < view["longitude"] < 42.1
    assert 35.7 < view["latitude"] < 37.1
    assert "mapProvider" not in read
    assert "mapStyle" not in read


@pytest.mark.parametrize("make", [Scene.to_lonboard, Scene.to_pydeck])
def test_where_nothing_is_drawn_they_say_so(make):
    with pytest.raises(InputError, match="nothing to draw"):
        make(Scene(()))


@pytest.mark.parametrize("layer", ["movements", "areas", "incidents", "places"])
def test_geopandas_explores_the_frames(scene, layer):
    frame = getattr(geomap.build(CONVOY) if layer == "places" else scene, layer)
    assert len(frame)
    shown = frame.explore().get_root().render()
    assert str(frame[frame.columns[0]].iloc[0]) in shown
