"""The ground in a real browser: what is drawn and named at which zoom."""

from __future__ import annotations

import numpy as np
import pytest
import samples
from pages import at_rest
from test_maps_page import GROUND

from geomap.maps.ground import basemap
from geomap.maps.webmap import Map

pytestmark = pytest.mark.browser

SEA, LAND, BEYOND = "#d8e4e8", "#f4f1ea", "#e9e2d5"
COUNTRY = {"n": "Farland", "k": "country", "z": 0, "at": [400000, 363000, 20000, 420000, 350000, 9000]}
TOWNS = [
    {"n": "Bigtown", "l": "مدينة", "x": 400000, "y": 355000, "z": 60, "r": 0},
    {"n": "Hamlet", "x": 401500, "y": 355600, "z": 98, "r": 3},
]

WATCH = """() => {
    window.told = [];
    const fill = CanvasRenderingContext2D.prototype.fillText;
    CanvasRenderingContext2D.prototype.fillText = function (text, x, y) {
        const wide = this.measureText(text).width;
        const left = x - wide * { left: 0, center: 0.5, right: 1 }[this.textAlign];
        if (this.canvas.matches(".drawn")) window.told.push({ text: text.replace(/[\\u2009\\u200a]/g, ""), left,
            right: left + wide, y, font: this.font, pad: [this.canvas.width, this.canvas.height] });
        return fill.call(this, text, x, y);
    };
}"""


@pytest.fixture
def opened(open_map, monkeypatch):
    """Open a map without a story on a ground of its own; return what shows a view and tells what is named."""

    def open_one(**base: object):
        monkeypatch.setattr(basemap, "clip", lambda bounds, **more: {**GROUND, **base})
        page = open_map(Map(title="Ground").add_place(samples.place("Spot", 40.6, 35.2))).page
        page.evaluate(WATCH)

        def show(lat: float, lon: float, zoom: float) -> list[dict]:
            page.evaluate("() => { window.told = []; }")
            view = f"setView([{lat}, {lon}], {zoom}, {{ animate: false }})"
            page.evaluate(f"() => {{ window[document.querySelector('.folium-map').id].{view}; }}")
            at_rest(page)
            return page.evaluate("() => window.told")

        show.page = page
        return show

    return open_one


def names(told: list[dict]) -> set[str]:
    return {one["text"] for one in told}


def colour(page, x: float, y: float) -> str:
    """Return the ground's colour at a share of what is seen, as #rrggbb."""
    at_rest(page)
    return page.evaluate(
        """([x, y]) => {
            const canvas = document.querySelector(".leaflet-ground-pane canvas");
            const [wide, high] = [canvas.width / 1.5, canvas.height / 1.5];
            const at = [wide * (0.25 + x), high * (0.25 + y)].map(Math.round);
            const { data } = canvas.getContext("2d").getImageData(...at, 1, 1);
            return "#" + [0, 1, 2].map((j) => data[j].toString(16).padStart(2, "0")).join("");
        }""",
        [x, y],
    )


def test_towns_appear_by_zoom_with_their_local_names_beneath(opened):
    show = opened(towns=TOWNS)
    assert {"Bigtown", "Hamlet"} & names(show(35.5, 40.0, 5)) == set()
    far = show(35.5, 40.0, 7)
    assert {"Bigtown", "Hamlet"} & names(far) == {"Bigtown"}
    near = {one["text"]: one for one in show(35.5, 40.0, 10)}
    assert {"Bigtown", "Hamlet", "مدينة"} <= near.keys()
    assert near["مدينة"]["y"] > near["Bigtown"]["y"]


def test_a_country_is_named_at_the_first_spot_that_is_wholly_seen(opened):
    show = opened(labels=[COUNTRY])
    best = next(one for one in show(36.3, 40.0, 8) if one["text"] == "FARLAND")
    assert "FARLAND" in names(show(35.0, 42.0, 8.5)), "the best spot is out of sight, another is not"
    assert "FARLAND" not in names(show(35.0, 38.5, 10))
    middle = (best["left"] + best["right"]) / 2
    assert middle == pytest.approx(best["pad"][0] / 2, abs=3)


def test_a_name_that_would_be_cut_at_the_edge_is_not_drawn(opened):
    show = opened(labels=[{**COUNTRY, "at": [400000, 355000, 20000]}], towns=TOWNS[:1])
    seen = show.page.evaluate("() => document.querySelector('.folium-map').clientWidth")
    inside = 0
    for lon in np.arange(38.0, 42.0, 0.25):
        for one in show(35.5, float(lon), 8):
            if one["text"] in {"FARLAND", "Bigtown", "مدينة"} and one["right"] > seen / 4 and one["left"] < seen * 1.25:
                inside += 1
                assert one["left"] >= seen / 4 - 1
                assert one["right"] <= seen * 1.25 + 1
    assert inside > 5


def test_a_country_without_room_is_not_named(opened):
    show = opened(labels=[{**COUNTRY, "at": [400000, 363000, 1000]}])
    assert "FARLAND" not in names(show(36.3, 40.0, 6))
    assert "FARLAND" in names(show(36.3, 40.0, 10))


def test_waters_are_in_italics_and_seas_in_two_lines(opened):
    show = opened(labels=[{"n": "Wide Sea", "k": "sea", "z": 40, "at": [400000, 355000, 0]}])
    told = {one["text"]: one for one in show(35.5, 40.0, 7)}
    assert {"Wide", "Sea"} <= told.keys()
    assert "italic" in told["Sea"]["font"]
    assert told["Sea"]["y"] > told["Wide"]["y"]
    assert "Wide" not in names(show(35.5, 40.0, 3.5))


def test_provinces_are_named_at_middle_zooms_only(opened):
    show = opened(labels=[{"n": "Upland", "k": "unit", "z": 62, "at": [400000, 355000, 0]}])
    found = [zoom for zoom in (5, 7, 9, 11) if "UPLAND" in names(show(35.5, 40.0, zoom))]
    assert found == [7, 9]


def test_beyond_the_ground_is_neither_land_nor_sea(opened):
    show = opened(bounds=[36, 33, 46, 40])
    show(36.5, 41.0, 8)
    assert colour(show.page, 0.5, 0.5) == LAND
    show(36.5, 45.9, 9)
    assert colour(show.page, 0.25, 0.5) == SEA
    assert colour(show.page, 0.9, 0.5) == BEYOND


def test_the_world_goes_on_round_the_globe(opened):
    square = np.array([(-10, -10), (10, -10), (10, 10), (-10, 10), (-10, -10)]) * 10_000
    show = opened(bounds=[-180, -60, 180, 60], layers={"land": [square]})
    for lon in (0, 360, -360):
        show(0.0, lon, 4)
        assert colour(show.page, 0.5, 0.5) == LAND, lon
    show(0.0, 180, 4)
    assert colour(show.page, 0.5, 0.5) == SEA


def test_disputed_borders_are_dashed_differently(opened):
    line = np.array([(38, 35), (42, 36)]) * 10_000
    show = opened(layers={"land": [], "borders": [line], "disputed": [line + 5000]})
    show.page.evaluate(
        """() => {
            window.dashes = new Set();
            const stroke = CanvasRenderingContext2D.prototype.stroke;
            CanvasRenderingContext2D.prototype.stroke = function (...all) {
                if (this.canvas.closest(".leaflet-ground-pane") || !this.canvas.parentNode)
                    window.dashes.add(this.getLineDash().join(" "));
                return stroke.apply(this, all);
            };
        }"""
    )
    show(35.5, 40.0, 7)
    dashes = set(show.page.evaluate("() => [...window.dashes]"))
    assert {"8 3 2 3", "1.5 3.5"} <= dashes
