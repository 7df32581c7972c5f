"""The page in a real browser: what a reader sees, does and is safe from."""

from __future__ import annotations

import folium
import pytest
import samples
from pages import at_rest
from test_maps_page import GROUND

from geomap.maps.ground import basemap
from geomap.maps.webmap import Map

pytestmark = pytest.mark.browser


def story() -> Map:
    return Map.from_readings(samples.readings(), title="Columns")


def listed(page) -> list[str]:
    return page.eval_on_selector_all("#list .entry", "all => all.map(one => one.dataset.id)")


def drawn_colours(page) -> set[str]:
    """Return the colours on the story's canvas, as #rrggbb, that cover at least 20 pixels."""
    at_rest(page)
    return set(
        page.evaluate(
            """() => {
            const canvas = document.querySelector(".leaflet-story-pane canvas");
            const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
            const count = {};
            for (let i = 0; i < data.length; i += 4) if (data[i + 3] === 255) {
                const key = "#" + [0, 1, 2].map((j) => data[i + j].toString(16).padStart(2, "0")).join("");
                count[key] = (count[key] ?? 0) + 1;
            }
            return Object.keys(count).filter((key) => count[key] >= 20);
        }"""
        )
    )


def test_opens_without_a_request_or_a_message(open_map):
    opened = open_map(story())
    assert opened.messages == []
    assert [url for url in opened.requests if not url.startswith(("file:", "data:"))] == []


def test_every_item_is_listed_and_drawn_in_its_actors_colour(open_map):
    page = open_map(story()).page
    assert sorted(listed(page)) == ["a1", "a2", "i0", "i1", "m1", "m2", "m3", "m4", "m5", "m6"]
    assert {"#1b73fc", "#bb661f"} <= drawn_colours(page)


def test_empty_map_opens_and_says_so(open_map):
    opened = open_map(Map())
    assert opened.messages == []
    assert "no movement" in opened.page.inner_text("#list")
    assert "No report gives a date" in opened.page.inner_text("#time")


def test_a_click_on_the_line_opens_its_card(open_map):
    page = open_map(story()).page
    spot = page.evaluate(
        """() => {
        const map = window[document.querySelector(".folium-map").id];
        const at = map.latLngToContainerPoint([36.72, 41.75]);
        const box = map.getContainer().getBoundingClientRect();
        return [at.x + box.x, at.y + box.y];
    }"""
    )
    page.mouse.click(*spot)
    card = page.locator("#card")
    card.wait_for(state="visible")
    assert "are withdrawing from Hasakah into Iraq" in card.inner_text()
    assert "crosses at Rabia crossing" in card.inner_text()


def test_legend_filters_map_and_list(open_map):
    page = open_map(story()).page
    page.locator("#legend label", has_text="United States").click()
    assert "m1" not in listed(page)
    assert "#1b73fc" not in drawn_colours(page)
    page.get_by_text("Show all again").click()
    assert "m1" in listed(page)


def test_search_finds_without_marks_or_case(open_map):
    page = open_map(story()).page
    page.keyboard.press("/")
    page.keyboard.type("HÁSAKAH 20 trucks")
    assert "m1" in listed(page)
    assert "a1" not in listed(page)
    page.keyboard.press("Escape")
    assert "a1" in listed(page)


def test_search_finds_a_place_in_its_own_script(open_map):
    page = open_map(story()).page
    page.keyboard.press("/")
    page.keyboard.insert_text("القامشلي")
    qamishli = [m.id for m in samples.movements() if samples.QAMISHLI in [r.place for r in (*m.origin, *m.destination)]]
    assert qamishli
    assert sorted(listed(page)) == qamishli


def test_keys_walk_open_and_return(open_map):
    page = open_map(story()).page
    page.keyboard.press("j")
    first = listed(page)[0]
    assert page.evaluate("document.activeElement.dataset.id") == first
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "card"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.dataset.id") == first
    assert page.locator("#card").is_hidden()


def test_address_brings_the_same_view_back(open_map):
    page = open_map(story()).page
    page.click("#list [data-id=m3]")
    page.click("button[data-act=report]")
    page.wait_for_timeout(400)  # the address is written when things have come to rest
    again = open_map(story(), hash=page.evaluate("location.hash")).page
    assert "Tall Abyad to Raqqa" in again.inner_text("#card")
    assert again.get_attribute("button[data-act=report]", "aria-pressed") == "true"


@pytest.mark.parametrize("hash_", ["#t=never&id=nobody&f=x:y,actor&v=1,2", "#%E0%A4%A", "#v=a,b,c"])
def test_a_broken_address_is_ignored(open_map, hash_):
    opened = open_map(story(), hash=hash_)
    assert opened.messages == []
    assert len(listed(opened.page)) == 10


def test_hostile_report_shows_as_text_and_runs_nothing(open_map):
    opened = open_map(Map.from_readings([samples.hostile_reading()], title=samples.HOSTILE), hash="#id=m9")
    page = opened.page
    page.click("#help")
    assert page.evaluate("window.hacked") is None
    assert page.locator("img").count() == 0
    assert page.locator("#card a, #dialog a").count() == 0, "bad addresses are no links"
    assert "<img src=x" in page.inner_text("#card")
    assert opened.messages == []
    assert [url for url in opened.requests if not url.startswith(("file:", "data:"))] == []


def test_undrawn_items_and_issues_are_told(open_map):
    page = open_map(story()).page
    assert "No place could be found for Umm Nowhere." in page.inner_text("#list [data-id=m6]")
    page.keyboard.press("?")
    assert "no place found for 'Umm Nowhere'" in page.inner_text("#issues")


def test_a_country_that_is_all_that_is_known_is_hatched_when_chosen(open_map, monkeypatch):
    monkeypatch.setattr(basemap, "clip", lambda bounds, **more: {**GROUND, "bounds": [30, 25, 55, 42]})
    lone = samples.movement(7, actor="SDF", origin=(samples.ref(samples.IRAQ),), route=None)
    page = open_map(Map(title="Leaving").add_movement(lone)).page

    def covered() -> int:
        at_rest(page)
        return page.evaluate(
            """() => {
            const canvas = document.querySelector(".leaflet-story-pane canvas");
            const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
            return data.filter((value, i) => i % 4 === 3 && value > 0).length;
        }"""
        )

    assert covered() == 0
    page.hover("#list [data-id=m7]")
    lightly = covered()
    assert lightly > 10_000
    page.click("#list [data-id=m7]")
    assert covered() >= lightly
    assert "Known only as: Iraq." in page.inner_text("#card")
    assert page.locator("#card canvas").count() == 1


def test_dark_is_dark_and_light_again(open_map):
    page = open_map(story(), color_scheme="dark").page
    assert "#38a3fc" in drawn_colours(page)
    page.keyboard.press("d")
    assert "#1b73fc" in drawn_colours(page)


def test_narrow_keeps_map_time_and_list_in_view(open_map):
    page = open_map(story(), size=(420, 860)).page
    for part in (".stage", "#time", "#side"):
        box = page.locator(part).bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 421
        assert box["y"] + box["height"] <= 861
    page.click("#list [data-id=m1]")
    assert page.locator("#side").bounding_box()["height"] > 300


def test_without_script_picture_and_list_stand_in(open_map):
    page = open_map(story(), java_script_enabled=False).page
    assert page.locator("main svg path").count() > 4
    assert "Raqqa to Hasakah" in page.inner_text("main")
    assert page.locator("#app").is_hidden()


def test_own_folium_layer_works_beside_ours(open_map):
    webmap = story()
    folium.CircleMarker((36.2, 40.0), radius=30, color="#ff00ff", fill=True).add_to(webmap)
    opened = open_map(webmap)
    assert opened.page.locator("path.leaflet-interactive").count() == 1
    assert opened.messages == []


def test_tiles_come_with_a_notice(open_map):
    webmap = story()
    folium.TileLayer("https://tiles.invalid/{z}/{x}/{y}.png", attr="Tiles").add_to(webmap)
    opened = open_map(webmap)
    assert "tiles.invalid" in opened.page.inner_text("#notice")


def test_works_in_a_notebooks_frame(open_map, chromium, monkeypatch):
    opened = open_map(Map())  # a page to hold the frame, and the small ground
    page = opened.page.context.new_page()
    page.on("console", lambda message: opened.messages.append(message.text))
    page.set_content(story()._repr_html_())
    frame = page.frames[1]
    frame.wait_for_selector("html[data-ready]", timeout=10_000)
    frame.click("#list [data-id=m1]")
    assert "Raqqa to Hasakah" in frame.inner_text("#card")
    assert opened.messages == []
