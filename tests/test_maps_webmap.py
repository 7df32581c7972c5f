"""`Map` as folium's users know it."""

import copy
import pickle
import re

import folium
import pytest
import samples
from test_maps_page import GROUND, data_of, rendered

from geomap.errors import InputError
from geomap.maps.ground import basemap
from geomap.maps.webmap import Map
from geomap.models import Issue
from geomap.scene import Scene


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


def test_other_projections_are_refused():
    with pytest.raises(InputError, match="Mercator"):
        Map(crs="EPSG4326")


def test_bounds_are_those_of_the_story_and_of_added_layers():
    webmap = Map.from_readings(samples.readings())
    (south, west), (north, east) = webmap.get_bounds()
    assert (west, south, east, north) == webmap.story.bounds()
    folium.Marker((30, 30)).add_to(webmap)
    assert webmap.get_bounds()[0] == [30, 30]
    assert Map().get_bounds() == [[None, None], [None, None]]


@pytest.mark.parametrize("again", [copy.deepcopy, lambda webmap: pickle.loads(pickle.dumps(webmap))])
def test_a_copy_writes_the_same_page(again):
    webmap = Map.from_readings(samples.readings(), tiles="OpenStreetMap")
    folium.Circle((36, 39), 1000).add_to(webmap)
    assert rendered(again(webmap)) == rendered(webmap)


def test_a_view_that_was_chosen_is_no_longer_fitted():
    webmap = Map()
    assert webmap.is_fitted
    webmap.fit_bounds([[35, 38], [36, 39]])
    assert not webmap.is_fitted


def test_layers_to_keep_in_front_are():
    webmap = Map()
    circle = folium.Circle((36, 39), 1000).add_to(webmap)
    webmap.keep_in_front(circle)
    assert re.search(r'"overlayadd", \(\) => circle_\w+\.bringToFront\(\)', rendered(webmap))


def test_what_the_page_draws_are_layers_that_the_control_lists():
    webmap = Map()
    control = folium.LayerControl().add_to(webmap)
    rendered(webmap)
    assert list(control.overlays) == ["Offline map", "Areas", "Movements", "Incidents", "Places"]


def test_another_figure_gets_the_page_in_a_frame():
    webmap = Map(title="Held")
    html = folium.Figure().add_child(webmap).render()
    assert html.count("<iframe") == 1
    assert 'title="Held"' in html
    outside = re.sub(r'srcdoc="[^"]*"', "", html)
    assert "L.map(" not in outside, "nothing of the map runs outside its frame"


def test_a_scene_passes_its_tiles_on(tmp_path):
    path = Scene(samples.readings()).save(tmp_path / "map.html", tiles="OpenStreetMap")
    assert data_of(path.read_text(encoding="utf-8"))["tilesOff"] == ["tile.openstreetmap.org"]
