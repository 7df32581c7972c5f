"""A notebook with a map in it, saved, turned into a web page, and shown without trust."""

from __future__ import annotations

import json
import re

import nbformat
import pytest
import samples
from nbconvert import HTMLExporter
from test_browser_page import listed

from geomap.maps.webmap import Map

pytestmark = pytest.mark.browser


def book(*maps: Map) -> nbformat.NotebookNode:
    """Return a notebook that was run, each cell of which shows a map."""
    cells = [nbformat.v4.new_markdown_cell("# Columns")]
    for number, webmap in enumerate(maps, 1):
        shown = {"text/html": webmap._repr_html_(), "text/plain": "a map"}
        output = nbformat.v4.new_output("execute_result", shown, execution_count=number)
        cells.append(nbformat.v4.new_code_cell("scene.map()", execution_count=number, outputs=[output]))
    return nbformat.v4.new_notebook(cells=cells)


def story(title: str = "Columns") -> Map:
    return Map.from_readings(samples.readings(), title=title)


@pytest.fixture
def exported(open_map, tmp_path):
    """Open a notebook as nbconvert writes it; of a network nothing is answered."""

    def open_one(*maps: Map, change=lambda html: html):
        html, _ = HTMLExporter().from_notebook_node(book(*maps))
        path = tmp_path / "notebook.html"
        path.write_text(change(html), encoding="utf-8")
        context = open_map(Map()).page.context
        context.route(re.compile("^https?:"), lambda route: route.abort())
        page = context.new_page()
        asked = []
        page.on("request", lambda request: asked.append((request.frame, request.url)))
        page.goto(path.as_uri())
        return page, asked

    return open_one


def test_the_map_works_in_the_page_that_nbconvert_writes(exported):
    page, asked = exported(story("One"), story("Two"))
    frames = page.frames[1:]
    for frame, title in zip(frames, ("One", "Two"), strict=True):
        frame.wait_for_selector("html[data-ready]", timeout=10_000)
        assert frame.inner_text("#title") == title
        assert len(listed(frame)) == 10
    frames[0].click("#list [data-id=m1]")
    assert frames[0].locator("#card").is_visible()
    assert [url for frame, url in asked if frame in frames and not url.startswith(("about:", "data:", "blob:"))] == []


def test_the_page_keeps_its_policy_in_a_frame(exported):
    page, _ = exported(story())
    frame = page.frames[1]
    frame.wait_for_selector("html[data-ready]", timeout=10_000)
    frame.evaluate("document.body.append(Object.assign(document.createElement('script'), {text: 'window.ran = 1'}))")
    assert frame.evaluate("window.ran") is None


def test_what_a_sanitiser_leaves_shows_the_picture_and_says_what_it_is(exported):
    """JupyterLab takes out frames and, of styles, what places things."""

    def sanitised(html: str) -> str:
        html = re.sub(r"<iframe.*?</iframe>", "", html, flags=re.DOTALL)
        return html.replace("position:relative;", "")

    page, _ = exported(story(), change=sanitised)
    assert len(page.frames) == 1
    picture = page.locator("img[alt*='trust the notebook']")
    box, line = picture.bounding_box(), page.get_by_text("A picture: trust the notebook").bounding_box()
    assert box["width"] > 500
    assert box["height"] > 400
    assert line["y"] + line["height"] <= box["y"] + 1, "the line stands above the picture"
    assert picture.evaluate("image => image.naturalWidth") == 960


def test_without_script_the_picture_shows_through(open_map, chromium, tmp_path):
    html, _ = HTMLExporter().from_notebook_node(book(story()))
    path = tmp_path / "plain.html"
    path.write_text(html, encoding="utf-8")
    context = chromium.new_context(java_script_enabled=False)
    context.route(re.compile("^https?:"), lambda route: route.abort())
    page = context.new_page()
    page.goto(path.as_uri())
    assert page.frames[1].inner_text("body").strip() == ""
    assert page.locator("img[alt*='trust the notebook']").is_visible()
    context.close()


def test_a_saved_notebook_is_not_larger_than_the_page(tmp_path):
    webmap = story()
    path = tmp_path / "map.html"
    webmap.save(path)
    assert len(json.dumps(book(webmap))) < path.stat().st_size


@pytest.mark.parametrize("size", [(840, 640), (1060, 640), (840, 560)])
def test_in_a_cell_the_first_view_holds_the_whole_story(open_map, size):
    page = open_map(story(), size=size).page
    held = """() => {
        const map = window[document.querySelector(".folium-map").id];
        const box = map.getContainer().getBoundingClientRect();
        return [map.getSize().y - box.height, map.getBounds().contains([[35.95, 38.9], [37.1, 41.3]])];
    }"""
    assert page.evaluate(held) == [0, True]
