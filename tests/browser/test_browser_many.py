"""Very large maps and very small ones: thousands of movements, one point, nothing at all."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
import samples
from conftest import Opened
from pages import at_rest, until
from shapely.geometry import LineString
from test_maps_page import GROUND

from geomap.maps.ground import basemap
from geomap.maps.webmap import Map
from geomap.models import Interval, Leg, Route, Status

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.browser

MANY = 3_000
LISTED = 200  # entries of the list that are in the document at once


def many() -> Map:
    """Three thousand movements of eight actors over a year, from west to east in sixty rows; number 2,999 is apart."""
    page = Map(title="Many columns")
    base = samples.movements()[0]
    statuses = tuple(Status)
    for number in range(MANY):
        x, y = 34.0 + 0.2 * (number % 50), 30.0 + 0.12 * (number // 50)
        line = LineString([(x + 0.006 * step, y + 0.02 * (step % 3)) for step in range(31)])
        day = date(2020, 1, 1) + timedelta(days=number * 365 // MANY)
        page.add_movement(
            replace(
                base,
                id=f"m{number}",
                actor=f"Force {number % 8}",
                status=statuses[number % len(statuses)],
                date=Interval(day, day),
                route=Route((Leg(samples.How.INFERRED, line, 20_000.0),), samples.Mode.ROAD),
                origin=(samples.ref(samples.place(f"Village {number}", x, y)),),
                destination=(samples.ref(samples.place(f"Hamlet {number}", *line.coords[-1])),),
            )
        )
    return page


def wait_until_painted(page, pixels: int) -> None:
    """Wait until the story covers as many pixels; thousands of lines are painted over several frames."""
    until(
        page,
        """(least) => {
        const { width, height } = document.querySelector(".leaflet-story-pane canvas");
        const copy = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true });
        copy.drawImage(document.querySelector(".leaflet-story-pane canvas"), 0, 0);
        const { data } = copy.getImageData(0, 0, width, height);
        let count = 0;
        for (let i = 3; i < data.length; i += 4) if (data[i] > 0) count++;
        return count >= least;
    }""",
        pixels,
    )


@pytest.fixture(scope="module")
def crowd(chromium, tmp_path_factory) -> Iterator[Opened]:
    """The page of thousands, written and opened once; each test begins with it as it was opened."""
    path = tmp_path_factory.mktemp("crowd") / "map.html"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(basemap, "clip", lambda bounds, **more: GROUND)
        many().save(path)
    context = chromium.new_context(viewport={"width": 1400, "height": 900}, reduced_motion="reduce")
    opened = Opened(context.new_page())
    opened.page.on("console", lambda message: opened.messages.append(message.text))
    opened.page.on("pageerror", lambda error: opened.messages.append(str(error)))
    opened.page.on("request", lambda request: opened.requests.append(request.url))
    opened.page.goto(path.as_uri())
    opened.page.wait_for_selector("html[data-ready]")
    yield opened
    context.close()


def test_thousands_open_and_the_list_holds_a_part_of_them_at_once(crowd):
    page = crowd.page
    wait_until_painted(page, 100_000)
    assert crowd.messages == []
    assert [url for url in crowd.requests if not url.startswith(("file:", "data:", "blob:"))] == []
    assert f"{MANY} movements" in page.inner_text("#counts").replace(",", "")
    entries = page.locator("#list .entry")
    assert entries.count() == LISTED
    assert page.get_attribute("#list li", "aria-setsize") == str(MANY)
    page.get_by_text("more", exact=False).and_(page.locator("#list button.text-button")).click()
    assert entries.first.get_attribute("data-id") == f"m{LISTED}"
    assert entries.count() == LISTED


def test_search_finds_one_of_thousands_and_leads_there(crowd):
    page = crowd.page
    page.keyboard.press("/")
    page.keyboard.type("village 2999")
    until(page, "document.querySelectorAll('#list .entry').length === 1")
    page.click("#list .entry")
    assert "Village 2999" in page.inner_text("#card")
    in_view = page.evaluate(
        """() => {
        const map = window[document.querySelector(".folium-map").id];
        return map.getBounds().contains([37.08, 43.8]);
    }"""
    )
    assert in_view
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    assert page.locator("#list .entry").count() == LISTED
    assert crowd.messages == []


def test_zooming_into_thousands_paints_anew(crowd):
    page = crowd.page
    for button in ("#zoomFit", "#zoomIn", "#zoomIn", "#zoomOut"):
        page.click(button)
        at_rest(page)
    wait_until_painted(page, 100_000)
    assert crowd.messages == []


def test_first_day_of_thousands_shows_only_that_day(crowd):
    page = crowd.page
    page.click("button[data-act=first]")
    on_first_day = sum(number * 365 // MANY == 0 for number in range(MANY))
    assert page.locator("#list .entry").count() == on_first_day
    assert f"{MANY - on_first_day} not shown" in page.inner_text("#list").replace(",", "")


def test_one_point_opens_with_its_name_and_not_deeper_than_a_town(open_map):
    opened = open_map(Map(title="One town").add_place(samples.RAQQA))
    zoom = opened.page.evaluate("window[document.querySelector('.folium-map').id].getZoom()")
    assert 5 <= zoom <= 12
    wait_until_painted(opened.page, 20)
    assert opened.messages == []


def test_a_movement_without_place_line_or_day_is_listed_with_the_reason(open_map):
    claim = samples.said("r1", "A column of about 20 trucks left.", "about 20 trucks", published=None)
    bare = samples.movement(1, provenance=claim, date=None, date_text=None, route=None)
    opened = open_map(Map().add_movement(bare))
    entry = opened.page.locator("#list [data-id=m1]")
    assert "no date given" in entry.inner_text()
    assert entry.locator(".undrawn").inner_text().strip()
    assert "No report gives a date" in opened.page.inner_text("#time")
    entry.click()
    assert "about 20 trucks" in opened.page.inner_text("#card")
    assert opened.messages == []


def test_an_empty_map_works_by_every_key(open_map):
    opened = open_map(Map())
    for key in ("j", "k", "ArrowRight", "ArrowLeft", "Space", "l", "d", "0", "/", "Escape", "?", "Escape"):
        opened.page.keyboard.press(key)
    assert "no movement" in opened.page.inner_text("#list")
    assert opened.messages == []
