"""What added layers load is found in what they render to, and the policy names exactly that."""

import re

import folium
import pytest
from branca.element import Element, MacroElement
from folium import plugins
from folium.template import Template
from test_maps_page import GROUND, loads, policy, rendered

from geomap.errors import InputError
from geomap.maps.foreign import hash_of, hosts
from geomap.maps.ground import basemap
from geomap.maps.webmap import Map


@pytest.fixture(autouse=True)
def _small_ground(monkeypatch):
    monkeypatch.setattr(basemap, "clip", lambda bounds, **more: GROUND)


def rules(webmap: Map) -> dict[str, list[str]]:
    parts = (rule.split() for rule in policy(rendered(webmap)).split("; "))
    return {name: sources for name, *sources in parts}


def with_layer(layer) -> Map:
    return Map().add_child(layer)


def test_nothing_added_nothing_allowed():
    found = rules(Map())
    assert found["img-src"] == ["data:", "blob:"]
    assert found["connect-src"] == ["'none'"]
    assert set(found) == {
        "default-src",
        "base-uri",
        "form-action",
        "connect-src",
        "script-src",
        "style-src",
        "img-src",
    }
    assert all(source.startswith("'sha256-") for source in found["script-src"])


def test_our_own_layers_are_no_additions():
    assert not Map().has_additions
    assert with_layer(folium.Circle((36, 39), 10)).has_additions


def test_a_popup_needs_no_library():
    html = rendered(with_layer(folium.Marker((36, 39), popup="here")))
    assert [url for url in loads(html).found if not url.startswith("data:")] == []
    assert "DOMParser" in html


@pytest.mark.parametrize(
    ("layer", "directive", "sources"),
    [
        (folium.TileLayer("OpenStreetMap"), "img-src", {"https://tile.openstreetmap.org"}),
        (
            folium.TileLayer("https://{s}.tiles.example/{z}/{x}/{y}.png", attr="T", subdomains=["a1", "b2"]),
            "img-src",
            {"https://a1.tiles.example", "https://b2.tiles.example"},
        ),
        (folium.WmsTileLayer("https://wms.example/ows?x=1&y=2", layers="a"), "img-src", {"https://wms.example"}),
        (
            folium.raster_layers.ImageOverlay("https://img.example/a.png", [[1, 2], [3, 4]]),
            "img-src",
            {"https://img.example"},
        ),
        (
            folium.raster_layers.VideoOverlay("https://vid.example/a.webm", [[1, 2], [3, 4]]),
            "media-src",
            {"https://vid.example"},
        ),
        (plugins.FloatImage("https://img.example/a.png"), "img-src", {"https://img.example"}),
        (
            plugins.VectorGridProtobuf("https://v.example/{z}/{x}/{y}.pbf", "v"),
            "connect-src",
            {"https://v.example"},
        ),
        (plugins.Realtime("https://live.example/a.json"), "connect-src", {"https://live.example"}),
        (plugins.Geocoder(), "connect-src", {"https://nominatim.openstreetmap.org"}),
        (plugins.MeasureControl(), "script-src", {"'unsafe-eval'"}),
        (plugins.AntPath([(1, 2), (3, 4)]), "style-src-elem", {"'unsafe-inline'"}),
        (
            folium.Marker((1, 2), popup=folium.Popup('<img src="https://img.example/a.png">')),
            "img-src",
            {"https://img.example"},
        ),
        (
            folium.Marker((1, 2), icon=folium.CustomIcon("https://img.example/a.png")),
            "img-src",
            {"https://img.example"},
        ),
    ],
)
def test_what_a_layer_loads_is_allowed(layer, directive, sources):
    found = rules(with_layer(layer))
    assert sources <= set(found[directive])
    added = {source for source in found["img-src"] if source.startswith("http")}
    links = {source for source in found["style-src"] if source.startswith("http")}
    assert "https:" not in found["img-src"]
    assert all(any(link.startswith(source) for link in links) or source in sources for source in added)


def test_links_of_plugins_are_allowed_by_their_address():
    webmap = with_layer(plugins.Fullscreen())
    found = rules(webmap)
    scripts = [url for url in loads(rendered(webmap)).found if url.endswith(".js")]
    assert len(scripts) == 1
    assert scripts[0] in found["script-src"]


def test_a_script_without_text_hides_no_hash():
    html = rendered(with_layer(plugins.Fullscreen()))
    after_link = re.search(r"</script>\s*<script>(\s*var map_.*?)</script>", html, re.DOTALL)[1]
    assert hash_of(after_link) in policy(html)


def test_elements_of_the_users_own_stay_over_renderings():
    webmap = Map()
    root = webmap.get_root()
    root.html.add_child(Element("<p id='mine'>mine</p>"))
    root.header.add_child(Element("<style>#mine { color: red }</style>"))
    root.script.add_child(Element("window.mine = 1;"))
    first, second = rendered(webmap), rendered(webmap)
    assert first == second
    assert all(words in first for words in ("<p id='mine'>", "#mine {", "window.mine = 1;"))


def test_what_is_added_after_a_rendering_runs_after_the_layers():
    webmap = with_layer(folium.Circle((36, 39), 10))
    rendered(webmap)
    webmap.get_root().script.add_child(Element("window.later = 1;"))
    html = rendered(webmap)
    assert html.index("L.circle(") < html.index("window.later")


def test_a_layer_that_was_taken_out_is_gone():
    webmap = Map()
    circle = folium.Circle((36, 39), 10).add_to(webmap)
    assert "L.circle(" in rendered(webmap)
    webmap._children.pop(circle.get_name())
    assert "L.circle(" not in rendered(webmap)


def test_handlers_that_the_maker_wrote_into_the_page_may_run():
    webmap = Map()
    webmap.get_root().html.add_child(Element(f'<button onclick="{webmap.get_name()}.zoomIn()">+</button>'))
    assert "'unsafe-hashes'" in rules(webmap)["script-src"]


def test_handlers_in_popups_may_not():
    webmap = with_layer(folium.Marker((1, 2), popup=folium.Popup('<b onclick="alert(1)">x</b>')))
    assert "'unsafe-hashes'" not in rules(webmap)["script-src"]


def test_the_end_of_a_script_in_a_popup_ends_nothing():
    ends = [
        rendered(with_layer(folium.Marker((1, 2), popup=folium.Popup(text)))).count("</script>")
        for text in ("harmless", "</script><script>alert(1)</script>")
    ]
    assert ends[0] == ends[1]


def test_more_can_be_allowed_by_hand():
    class Quiet(MacroElement):
        _template = Template("{% macro script(this, kwargs) %}fetch(window.address);{% endmacro %}")

    webmap = with_layer(Quiet()).allow("connect-src", "https://api.example", "https://b.example")
    assert rules(webmap)["connect-src"] == ["https://api.example", "https://b.example"]


@pytest.mark.parametrize(
    "words", [("connect-src", "https://a.example; script-src *"), ("img src", "https://a.example")]
)
def test_a_rule_cannot_be_ended_by_hand(words):
    with pytest.raises(InputError):
        Map().allow(*words)


@pytest.mark.parametrize(
    ("url", "found"),
    [
        ("https://{s}.a.example/{z}", ["https://x.a.example", "https://y.a.example"]),
        ("https://tiles-{s}.a.example:8080/{z}", ["https://tiles-x.a.example:8080", "https://tiles-y.a.example:8080"]),
        ("//a.example/{z}/{s}", ["https://a.example"]),
        ("https://{region}.a.example/", ["https://*.a.example"]),
        ("http://localhost:3000/{z}", ["http://localhost:3000"]),
    ],
)
def test_hosts_of_an_address(url, found):
    assert list(hosts(url, "xy")) == found
