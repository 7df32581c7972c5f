"""What leaves the page: paper, and a picture."""

from __future__ import annotations

import io
import re
from datetime import date

import pytest
import samples

from geomap.maps.webmap import Map
from geomap.models import Report

pytestmark = pytest.mark.browser


def story(title: str = "Columns") -> Map:
    return Map.from_readings(samples.readings(), title=title)


def before_print(page) -> None:
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")


def after_print(page) -> None:
    page.emulate_media(media="screen")
    page.evaluate("dispatchEvent(new Event('afterprint'))")


def test_paper_has_map_legend_and_a_numbered_table_of_sources(open_map):
    page = open_map(story()).page
    before_print(page)
    assert page.locator("#paper canvas").bounding_box()["width"] > 600
    assert page.locator("#legend").is_visible()
    assert page.locator("#list").is_hidden()
    assert page.locator("#printed tbody th").all_inner_texts() == [str(n) for n in range(1, 11)]
    row = page.locator("#printed tr", has_text="travelled in convoy from Raqqa to Hasakah").first.inner_text()
    for told in ("4 May 2021", "completed", "Valley Courier", "citing a monitoring group", "https://courier.example/"):
        assert told in row
    after_print(page)
    assert page.locator(".stage").is_visible()


def test_paper_is_light_and_the_page_goes_back_to_dark(open_map):
    page = open_map(story(), color_scheme="dark").page
    before_print(page)
    corner = "() => [...document.querySelector('#paper canvas').getContext('2d').getImageData(300, 300, 1, 1).data]"
    assert min(page.evaluate(corner)[:3]) > 150
    after_print(page)
    assert page.get_attribute("html", "data-theme") == "dark"


def test_only_what_is_shown_is_printed(open_map):
    page = open_map(story(), hash="#t=2021-05-04").page
    before_print(page)
    shown = page.inner_text("#printed")
    assert "from Raqqa to Hasakah" in shown
    assert "from Tall Abyad" not in shown


def test_pages_are_landscape_and_many_sources_take_several(open_map):
    pypdf = pytest.importorskip("pypdf")
    webmap = story()
    for n in range(80):
        webmap.add_movement(samples.movement(100 + n, actor="Turkey", destination=(samples.ref(samples.RAQQA),)))
    page = open_map(webmap).page
    paper = pypdf.PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    assert len(paper.pages) >= 3
    for sheet in paper.pages:
        assert sheet.mediabox.width == pytest.approx(297 / 25.4 * 72, abs=2)
        assert sheet.mediabox.height == pytest.approx(210 / 25.4 * 72, abs=2)
    texts = [re.sub(r"\s+", " ", sheet.extract_text()) for sheet in paper.pages]
    assert "Columns" in texts[0]
    assert "As of" in texts[0]
    assert all("When Status What Source" in text for text in texts[1:-1]), "the head of the table is on each page"
    assert "90" in texts[-1]


def saved(page) -> tuple[str, tuple[int, int]]:
    """Return the name of the saved picture, and its width and height."""
    with page.expect_download() as download:
        page.click("#picture")
    content = download.value.path().read_bytes()
    assert content.startswith(b"\x89PNG")
    size = int.from_bytes(content[16:20], "big"), int.from_bytes(content[20:24], "big")
    return download.value.suggested_filename, size


def test_picture_is_sharp_and_named_after_title_and_day(open_map):
    page = open_map(story("Columns / May ✈"), accept_downloads=True).page
    name, (width, height) = saved(page)
    assert name.startswith("columns-may-as-of-")
    assert name.endswith("-may-2021.png")
    stage = page.locator(".stage").bounding_box()
    assert width == 2 * round(stage["width"] - 2)
    assert height > 2 * stage["height"] + 100, "title above, legend and sources below"


def test_picture_of_an_arabic_page_keeps_its_name(open_map):
    report = Report("r1", "text", title="قافلة", published=date(2021, 5, 6))
    page = open_map(Map(title="تحركات القوافل").add_report(report), accept_downloads=True).page
    assert saved(page)[0].startswith("تحركات-القوافل")
