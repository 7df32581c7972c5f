"""What is in a page: its data, which it holds deflated; and when it has come to rest in a browser."""

from __future__ import annotations

import re

from geomap.maps.packing import unpack


def data_of(html: str) -> dict:
    """Return the values of a page's data."""
    return unpack(re.search(r'id="geomap-data">(.*?)</script>', html, re.DOTALL)[1])[0]


def at_rest(page: object) -> None:
    """Wait until what was last asked of a page is on its canvases: a busy machine paints over several frames."""
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    page.wait_for_function("!document.querySelector('.leaflet-pane[aria-busy]')")
