"""`Map` as folium's users know it."""

import folium
import pytest
import samples
from test_maps_page import GROUND, data_of, rendered

from geomap.errors import InputError
from geomap.maps import basemap
from geomap.maps.webmap import Map
from geomap.models import Issue


@pytest.fixture(autouse=True)
def _small_ground(monkeypatch):
    monkeypatch.setattr(basemap, "clip", lambda bounds, **more: GROUND)


def test_is_a_folium_map():
    assert isinstance(Map(), folium.Map)


def test_records_can_be_added_one_by_one():
    webmap = Map(title="One by one")
    webmap.add_report(samples.readings()[0].report)
    for movement in samples.movements():
        webmap.add_movement(movement)
    for area in samples.areas():
        webmap.add_area(area)
    for incident in samples.incidents():
        webmap.add_incident(incident)
    webmap.add_place(samples.BASE).add_issue(Issue("load", "a file was empty"))
    data = data_of(rendered(webmap))
    assert data["title"] == "One by one"
    assert [len(data[name]) for name in ("reports", "movements", "areas", "incidents", "places")] == [1, 6, 2, 2, 1]
    assert data["issues"][0]["message"] == "a file was empty"


def test_title_is_made_from_the_actors():
    assert Map().title == "Movements, as reported"
    title = Map.from_readings(samples.readings()).title
    assert title == "Movements of United States, Turkey and others, as reported"


def test_save_writes_the_page(tmp_path):
    webmap = Map.from_readings(samples.readings())
    path = tmp_path / "map.html"
    webmap.save(path)
    assert path.read_text(encoding="utf-8") == rendered(webmap)


def test_notebook_gets_an_escaped_frame():
    shown = Map.from_readings(samples.readings())._repr_html_()
    assert shown.count("<iframe") == 1
    assert "<script" not in shown


def test_location_given_by_hand_is_kept():
    assert data_of(rendered(Map(location=(36, 39), zoom_start=7)))["fit"] is False
    assert data_of(rendered(Map()))["fit"] is True


def test_bad_colour_is_refused():
    with pytest.raises(InputError):
        Map(colours={"SDF": "blue"})
