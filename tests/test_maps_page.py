"""The single file: nothing fetched, nothing executed, the same bytes."""

import base64
import hashlib
import re
from html.parser import HTMLParser
from importlib import resources

import folium
import numpy as np
import pytest
import samples
from pages import data_of

from geomap.maps import page
from geomap.maps.foreign import hash_of
from geomap.maps.ground import basemap
from geomap.maps.webmap import Map

GROUND = {
    "bounds": [38, 35, 43, 38],
    "scale": 10_000,
    "layers": {
        "land": [np.array([(37, 34), (45, 34), (45, 39), (37, 39), (37, 34)]) * 10_000],
        "borders": [],
        "lakes": [],
    },
    "towns": [],
    "labels": [],
    "attribution": [],
}


@pytest.fixture(autouse=True)
def _small_ground(monkeypatch):
    monkeypatch.setattr(basemap, "clip", lambda bounds, **more: GROUND)


class Loads(HTMLParser):
    """Collects every attribute that makes a browser load something, and every handler."""

    def __init__(self):
        super().__init__()
        self.found: list[str] = []
        self.inline: list[str] = []

    def handle_starttag(self, tag, attrs):
        for name, value in attrs:
            asks = name in {"src", "srcset", "data", "poster", "action"} or (name == "href" and tag != "a")
            if asks and not value.startswith("data:"):
                self.found.append(value)
            if name.startswith("on") or name == "style":
                self.inline.append(name)


def rendered(webmap: Map) -> str:
    return webmap.get_root().render()


def loads(html: str) -> Loads:
    parser = Loads()
    parser.feed(html)
    return parser


def policy(html: str) -> str:
    return re.search(r'Content-Security-Policy" content="([^"]*)"', html)[1].replace("&#39;", "'")


def test_page_loads_nothing_and_has_no_inline_handlers():
    parser = loads(rendered(Map.from_readings(samples.readings())))
    assert parser.found == []
    assert parser.inline == []


def test_style_loads_nothing_but_inlined_pictures():
    html = rendered(Map())
    assert (
        set(re.findall(r"url\((?!data:|#)[^)]*\)", "".join(re.findall(r"<style>(.*?)</style>", html, re.DOTALL))))
        == set()
    )
    assert "@import" not in html


def test_policy_forbids_all_but_our_own_blocks():
    html = rendered(Map())
    rules = policy(html)
    assert "default-src 'none'" in rules
    assert "connect-src 'none'" in rules
    assert "unsafe" not in rules
    assert "https:" not in rules
    blocks = re.findall(r"<(script|style)\b([^>]*)>(.+?)</\1>", html, re.DOTALL)
    assert hash_of(page.bundle()) in rules, "the modules, which the page takes out of a block"
    for _, kind, text in blocks:
        if "application/" not in kind:
            digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
            assert f"sha256-{digest}" in rules


def test_same_records_same_bytes():
    pages = {rendered(Map.from_readings(samples.readings(), title="T")) for _ in range(2)}
    webmap = Map.from_readings(samples.readings(), title="T")
    pages |= {rendered(webmap), rendered(webmap)}
    assert len(pages) == 1


def test_random_looking_words_of_a_report_are_left_alone():
    word = "_" + "0123456789abcdef" * 2
    assert word in rendered(Map(title=word))


def test_hostile_text_stays_text():
    html = rendered(Map.from_readings([samples.hostile_reading()], title=samples.HOSTILE))
    assert "<img" not in html
    assert html.count("<script") == html.count("</script>") == rendered(Map()).count("<script")
    assert "javascript:" not in re.sub(r"<script.*?</script>", "", html, flags=re.DOTALL)
    movement = data_of(html)["movements"][0]
    assert movement["note"] == samples.HOSTILE + "\u202c", "a turn of direction ends with the text"
    assert "url" not in movement["source"]


def test_unwritable_characters_and_old_line_ends_do_not_stop_the_page():
    html = rendered(Map(title="a\ud800b\r\nc"))
    assert html.encode("utf-8")
    assert "\r" not in html


NAMED = re.compile(r"^(?:export )?(?:async )?(?:function\*?|const|let|class) (\w+)", re.MULTILINE)


def modules() -> dict[str, str]:
    files = resources.files("geomap.maps").joinpath("assets").iterdir()
    return {file.name: file.read_text("utf-8") for file in files if file.name.endswith(".js")}


def test_modules_share_no_top_level_name():
    names = [name for source in modules().values() for name in NAMED.findall(source)]
    assert len(names) > 80
    assert sorted(names) == sorted(set(names))
    assert not re.search(r"^(import|export) ", page.bundle(), re.MULTILINE)


def test_every_module_is_reached_from_main():
    for name, source in modules().items():
        first = NAMED.search(source)
        assert not first or first[0].removeprefix("export ") in page.bundle(), f"{name} is not in the bundle"


def test_empty_map_is_whole():
    html = rendered(Map())
    assert html.startswith("<!DOCTYPE html>")
    assert '<html lang="en"' in html
    assert data_of(html)["movements"] == []


@pytest.mark.parametrize(
    ("bounds", "holds"),
    [((39.0, 36.0, 39.0, 36.0), (38.0, 35.0, 40.0, 37.0)), ((-179.0, 83.0, 179.0, 84.0), (-179.0, 83.0, 179.0, 84.0))],
)
def test_ground_reaches_beyond_the_story(bounds, holds):
    west, south, east, north = page.view_with_margin(bounds)
    assert west <= holds[0]
    assert south <= holds[1]
    assert east >= holds[2]
    assert north >= holds[3]
    assert -180 <= west < east <= 180


def test_own_layer_widens_the_policy_by_what_it_loads():
    webmap = Map()
    folium.Marker((36, 39), popup="here", icon=folium.Icon()).add_to(webmap)
    html = rendered(webmap)
    scripts = [url for url in loads(html).found if url.endswith(".js")]
    assert any("awesome-markers" in url for url in scripts)
    assert any("jquery" in url for url in scripts)
    assert not any("leaflet.js" in url for url in scripts), "Leaflet is inlined already"
    assert all(url in policy(html) for url in scripts)
    assert "connect-src 'none'" in policy(html)


def test_tiles_allow_pictures_only():
    html = rendered(Map(tiles="OpenStreetMap"))
    assert loads(html).found == []
    assert "img-src data: blob: https:" in policy(html)
    assert "connect-src 'none'" in policy(html)
