"""Layers and plugins of folium beside ours, the switches, tiles, and the hosts a folium map is shown in."""

from __future__ import annotations

import base64
import json

import folium
import geopandas
import pytest
import samples
from branca.element import Element
from folium import plugins
from pages import at_rest
from shapely.geometry import LineString, Point
from test_browser_page import drawn_colours, listed

import geomap
from geomap.maps.webmap import Map

pytestmark = pytest.mark.browser

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
ZONE = {
    "type": "Feature",
    "properties": {"name": "Zone"},
    "geometry": {"type": "Polygon", "coordinates": [[[39, 36], [40, 36], [40, 36.5], [39, 36]]]},
}


def story(**options) -> Map:
    return Map.from_readings(samples.readings(), title="Columns", **options)


def of_the_map(page, words: str):
    return page.evaluate(
        f"(() => {{ const map = window[document.querySelector('.folium-map').id]; return {words}; }})()"
    )


def pictures(route):
    route.fulfill(body=PNG, content_type="image/png")


def asked(opened) -> list[str]:
    return [url for url in opened.requests if url.startswith("http")]


def switch(page, name: str) -> None:
    page.locator(".leaflet-control-layers-overlays label", has_text=name).click()


def test_layers_of_folium_itself_ask_nobody(open_map):
    webmap = story()
    folium.Marker((36.2, 39.5), popup=folium.Popup("<b>spoken</b>", show=True), tooltip="tip").add_to(webmap)
    folium.GeoJson(
        ZONE,
        style_function=lambda _: {"color": "#ff00ff"},
        popup=folium.GeoJsonPopup(["name"]),
        tooltip=folium.GeoJsonTooltip(["name"]),
    ).add_to(webmap)
    folium.PolyLine([(36, 39), (36.5, 40)]).add_to(webmap)
    folium.LatLngPopup().add_to(webmap)
    opened = open_map(webmap)
    assert opened.messages == []
    assert asked(opened) == []
    assert opened.page.inner_text(".leaflet-popup-content b") == "spoken"
    assert opened.page.locator("path[stroke='#ff00ff']").count() == 1


def test_text_in_a_popup_runs_no_handler(open_map):
    webmap = story()
    hostile = "</script><img src=x onerror='window.hacked=1'><script>window.hacked=2</script>"
    folium.Marker((36.2, 39.5), popup=folium.Popup(hostile, show=True)).add_to(webmap)
    page = open_map(webmap).page
    assert page.evaluate("window.hacked") is None
    assert len(listed(page)) == 10


def test_a_layer_that_fails_leaves_our_map_whole(open_map):
    webmap = story()
    webmap.get_root().script.add_child(Element("this is no script;"))
    opened = open_map(webmap)
    assert any("SyntaxError" in message or "Unexpected" in message for message in opened.messages)
    assert len(listed(opened.page)) == 10


def test_elements_of_the_makers_own_work(open_map):
    webmap = story()
    root = webmap.get_root()
    root.header.add_child(Element("<style>#own { color: rgb(1, 2, 3); }</style>"))
    root.header.add_child(Element("<script>window.headed = typeof L;</script>"))
    root.html.add_child(Element("<button id='own' onclick='window.clicked = 1' style='position: relative'>B</button>"))
    root.script.add_child(Element(f"window.scripted = typeof {webmap.get_name()};"))
    opened = open_map(webmap)
    opened.page.evaluate("document.getElementById('own').click()")
    assert opened.page.evaluate("[window.headed, window.scripted, window.clicked].join()") == "object,object,1"
    assert opened.page.evaluate("getComputedStyle(document.getElementById('own')).color") == "rgb(1, 2, 3)"
    assert opened.messages == []


def test_scripts_of_plugins_are_loaded_in_their_order_and_allowed(open_map):
    webmap = story()
    plugins.HeatMap([[36.2, 39.5, 1]]).add_to(webmap)
    plugins.Draw(export=False).add_to(webmap)

    def stub(route):
        name = route.request.url.rsplit("/", 1)[1]
        told = f"(window.loaded ??= []).push([{json.dumps(name)}, typeof L]);"
        heat = "L.heatLayer = () => L.layerGroup();"
        draw = "L.Control.Draw = L.Control.extend({ onAdd: () => L.DomUtil.create('i') });"
        route.fulfill(body=told + heat + draw, content_type="text/javascript")

    opened = open_map(webmap, answer=stub)
    loaded = opened.page.evaluate("window.loaded")
    assert [name for name, _ in loaded] == ["leaflet_heat.min.js", "leaflet.draw.js"]
    assert {kind for _, kind in loaded} == {"object"}, "Leaflet is there before them"
    assert not any("Content Security Policy" in message for message in opened.messages)
    assert "cdnjs.cloudflare.com" in opened.page.inner_text("#notice")


def test_clusters_know_how_deep_the_map_goes(open_map):
    assert of_the_map(open_map(story()).page, "map.getMaxZoom()") == 18


def test_there_is_no_control_unless_it_is_asked_for(open_map):
    assert open_map(story()).page.locator(".leaflet-control-layers").count() == 0


def test_the_control_lists_our_layers_and_the_users(open_map):
    webmap = story()
    folium.FeatureGroup("Mine").add_to(webmap)
    folium.LayerControl(collapsed=False).add_to(webmap)
    names = open_map(webmap).page.locator(".leaflet-control-layers-overlays label").all_inner_texts()
    assert [name.strip() for name in names] == ["Offline map", "Areas", "Movements", "Incidents", "Places", "Mine"]


def test_switches_hide_what_is_drawn_and_keep_the_list(open_map):
    webmap = story()
    folium.LayerControl(collapsed=False).add_to(webmap)
    page = open_map(webmap).page
    assert "#1b73fc" in drawn_colours(page)
    switch(page, "Movements")
    assert "#1b73fc" not in drawn_colours(page)
    assert len(listed(page)) == 10
    switch(page, "Movements")
    assert "#1b73fc" in drawn_colours(page)


def test_without_the_ground_the_sea_is_left(open_map):
    webmap = story()
    folium.LayerControl(collapsed=False).add_to(webmap)
    page = open_map(webmap).page
    colours = """() => {
        const canvas = document.querySelector(".leaflet-ground-pane canvas");
        const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
        const seen = new Set();
        for (let i = 0; i < data.length; i += 4) seen.add(data.slice(i, i + 4).join());
        return seen.size;
    }"""
    assert page.evaluate(colours) > 1
    switch(page, "Offline map")
    at_rest(page)
    assert page.evaluate(colours) == 1


def test_tiles_ask_nobody_until_they_are_switched_on(open_map):
    webmap = story(tiles="OpenStreetMap")
    opened = open_map(webmap, answer=pictures)
    page = opened.page
    assert asked(opened) == []
    assert "are off" in page.inner_text("#notice")
    assert "OpenStreetMap contributors" not in (page.text_content("#attribution span") or "")
    page.hover(".leaflet-control-layers")
    switch(page, "OpenStreetMap.Mapnik")
    page.wait_for_timeout(500)
    assert {url.split("/")[2] for url in asked(opened)} == {"tile.openstreetmap.org"}
    assert "OpenStreetMap contributors" in page.text_content("#attribution span")
    assert not any("Content Security Policy" in message for message in opened.messages)
    switch(page, "OpenStreetMap.Mapnik")
    assert "OpenStreetMap contributors" not in page.text_content("#attribution span")


def test_the_story_lies_above_tiles(open_map):
    page = open_map(story(tiles="OpenStreetMap", tiles_on=True), answer=pictures).page
    panes = "['ground', 'tilePane', 'story'].map((name) => +getComputedStyle(map.getPane(name)).zIndex)"
    ground, tiles, drawn = of_the_map(page, panes)
    assert ground < tiles < drawn


def test_a_view_that_was_chosen_is_kept(open_map):
    webmap = story()
    webmap.fit_bounds([[35, 38], [36, 39]])
    page = open_map(webmap).page
    assert of_the_map(page, "map.getBounds().contains([35.5, 38.5]) && !map.getBounds().contains([36.8, 42])")


def test_a_plain_table_is_a_map(open_map):
    frame = geopandas.GeoDataFrame(
        {"label": ["River road", "Bridge"], "trucks": [20, None], "date": ["2021-05-04", None]},
        geometry=[LineString([(39, 36), (40, 36.4)]), Point(40.5, 36.2)],
        crs=4326,
    )
    opened = open_map(geomap.explore(frame, points="places"))
    page = opened.page
    assert opened.messages == []
    page.click("#list .entry")
    card = page.inner_text("#card")
    assert all(words in card for words in ("River road", "trucks", "20", "unknown"))


def test_two_maps_of_a_notebook_keep_to_themselves(open_map):
    opened = open_map(Map())
    page = opened.page.context.new_page()
    page.set_content("".join(Map.from_readings(samples.readings(), title=name)._repr_html_() for name in ("A", "B")))
    for frame, name in zip(page.frames[1:], ("A", "B"), strict=True):
        frame.wait_for_selector("html[data-ready]", timeout=10_000)
        assert frame.inner_text("#title") == name
    page.frames[1].click("#list [data-id=m1]")
    assert page.frames[2].locator("#card").is_hidden()


def test_an_untrusted_notebook_shows_the_picture(open_map):
    opened = open_map(Map())
    page = opened.page.context.new_page()
    shown = story()._repr_html_()
    page.set_content(shown[: shown.index("<iframe")] + "</div>")
    assert page.evaluate("document.images[0].naturalWidth") > 300
    assert "trust the notebook" in page.get_attribute("img", "alt")


def test_another_figure_holds_the_whole_page(open_map):
    opened = open_map(Map())
    figure = folium.Figure(height="600px")
    figure.add_child(story())
    page = opened.page.context.new_page()
    page.set_content(figure.render())
    page.frames[1].wait_for_selector("html[data-ready]", timeout=10_000)
    assert len(listed(page.frames[1])) == 10


def test_a_host_that_takes_the_map_apart_shows_the_whole_page(open_map):
    """What streamlit-folium does: it runs the script of the map and of its layers on a page of its own."""
    opened = open_map(Map())
    webmap = story()
    circle = folium.Circle((36.2, 39.5), 10_000).add_to(webmap)
    webmap.get_root().render()
    webmap.render()
    script = webmap._template.module.script(webmap) + circle._template.module.script(circle)
    name = webmap.get_name()
    page = opened.page.context.new_page()
    page.set_content('<div id="map_div" style="height: 600px"></div>')
    page.add_script_tag(
        content=f"{script.replace(name, 'map_div')}; window.map = map_div; map.on('moveend', () => {{}});"
    )
    frame = page.wait_for_selector("iframe").content_frame()
    frame.wait_for_selector("html[data-ready]", timeout=10_000)
    assert len(listed(frame)) == 10
    assert frame.locator("path.leaflet-interactive").count() == 1
    inside = frame.evaluate("window[document.querySelector('.folium-map').id].getZoom()")
    assert page.evaluate("map.getZoom()") == inside
    page.evaluate("map.setView([36.5, 40], 9)")
    assert frame.evaluate("window[document.querySelector('.folium-map').id].getZoom()") == 9
