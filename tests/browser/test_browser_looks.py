"""The page beside approved screenshots, with a tolerance that another font or smoothing of edges stays within.

Both pictures are cut into blocks, and the blocks' mean colours and how much is drawn in them compared: letters may sit
elsewhere in a block, but what is gone, added, of another colour or in another place shows. To approve what the page
looks like now:

    GEOMAP_APPROVE=1 python -m pytest tests/browser/test_browser_looks.py

A comparison that fails leaves the new picture and the blocks that differ, in white, beside the approved one.
"""

from __future__ import annotations

import io
import os
from pathlib import Path

import numpy as np
import pytest
import samples
from pages import at_rest
from test_browser_access import arabic

from geomap.maps.webmap import Map

Image = pytest.importorskip("PIL.Image", reason="Pillow is not installed")

pytestmark = pytest.mark.browser

APPROVED = Path(__file__).parent / "approved"
BLOCK = 50  # pixels; holds a few lines of text
OTHER_COLOUR = 20.0  # of 255, between the means of a block
OTHER_INK = 30.0  # of 255, between the standard deviations of a block: something is drawn there, or not
MOST_BLOCKS = 0.055  # share of blocks that may differ so; serifs for sans serif make 4 %


def story() -> Map:
    return Map.from_readings(samples.readings(), title="Columns on the move, as two papers reported them")


def card(page) -> None:
    page.click("#list [data-id=m1]")
    page.mouse.move(1, 1)


def paper(page) -> None:
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")


def legend(page) -> None:
    page.click("#filters")


WIDE, PHONE, SHEET = (900, 600), (390, 700), (1040, 735)
LOOKS = {
    "light": (story, WIDE, {}, card),
    "dark": (story, WIDE, {"color_scheme": "dark"}, card),
    "arabic": (arabic, WIDE, {}, card),
    "phone": (story, PHONE, {"has_touch": True}, card),
    "phone-legend": (story, PHONE, {"has_touch": True}, legend),
    "print": (story, SHEET, {"color_scheme": "dark"}, paper),
    "no-script": (story, WIDE, {"java_script_enabled": False}, lambda page: None),
}


def seen(page) -> Image.Image:
    return Image.open(io.BytesIO(page.screenshot())).convert("RGB")


def blocks(picture: Image.Image) -> tuple[np.ndarray, np.ndarray]:
    """Return mean colour and standard deviation of each block, rows by columns (by channels)."""
    values = np.asarray(picture, dtype=float)
    rows, columns = (side // BLOCK for side in values.shape[:2])
    cut = values[: rows * BLOCK, : columns * BLOCK].reshape(rows, BLOCK, columns, BLOCK, 3)
    return cut.mean(axis=(1, 3)), cut.std(axis=(1, 3)).mean(axis=2)


def differing(now: Image.Image, approved: Image.Image) -> np.ndarray:
    """Return which blocks plainly differ."""
    (colour, ink), (approved_colour, approved_ink) = blocks(now), blocks(approved)
    other = np.abs(colour - approved_colour).max(axis=2) > OTHER_COLOUR
    return other | (np.abs(ink - approved_ink) > OTHER_INK)


@pytest.mark.parametrize("name", LOOKS)
def test_page_looks_as_approved(open_map, name):
    webmap, size, options, act = LOOKS[name]
    page = open_map(webmap(), size=size, **options).page
    act(page)
    at_rest(page)
    now = seen(page)
    path = APPROVED / f"{name}.png"
    if os.environ.get("GEOMAP_APPROVE"):
        now.quantize(256, dither=Image.Dither.NONE).save(path, optimize=True)
        pytest.skip(f"approved {path.name}")
    approved = Image.open(path).convert("RGB")
    assert now.size == approved.size
    apart = differing(now, approved)
    if apart.mean() > MOST_BLOCKS:
        now.save(path.with_suffix(".new.png"))
        shown = Image.fromarray(apart.repeat(BLOCK, 0).repeat(BLOCK, 1))
        shown.save(path.with_suffix(".difference.png"))
        pytest.fail(f"{name}: {apart.mean():.1%} of the blocks plainly differ; see {path.parent}")


CHANGES = {
    "a panel is gone": "document.querySelector('#legend').style.visibility = 'hidden'",
    "the map is empty": "document.querySelector('.leaflet-map-pane').style.visibility = 'hidden'",
    "panels are dark": "document.documentElement.dataset.theme = 'dark'",
    "the layout moved": "document.querySelector('#app').style.paddingTop = '60px'",
}


def test_tolerance_lets_another_font_pass_but_no_change_of_the_page(open_map):
    page = open_map(story(), size=WIDE).page
    card(page)
    at_rest(page)
    usual = seen(page)
    page.evaluate("document.body.style.fontFamily = 'serif'")
    assert differing(seen(page), usual).mean() <= MOST_BLOCKS
    page.evaluate("document.body.style.fontFamily = ''")
    for what, change in CHANGES.items():
        page.evaluate(change)
        assert differing(seen(page), usual).mean() > MOST_BLOCKS, what
        page.evaluate(
            """() => { document.documentElement.dataset.theme = "light";
            for (const one of document.querySelectorAll("#legend, .leaflet-map-pane, #app")) {
                one.style.visibility = ""; one.style.paddingTop = ""; } }"""
        )


def test_approved_pictures_are_few_and_small():
    files = list(APPROVED.glob("*.png"))
    assert {file.stem for file in files if "." not in file.stem} == set(LOOKS)
    assert sum(file.stat().st_size for file in files if "." not in file.stem) < 400_000
