"""What is in a page: its data, which it holds deflated; and when it has come to rest in a browser."""

from __future__ import annotations

import re
from time import monotonic

from geomap.maps.packing import unpack


def data_of(html: str) -> dict:
    """Return the values of a page's data."""
    return unpack(re.search(r'id="geomap-data">(.*?)</script>', html, re.DOTALL)[1])[0]


def until(page: object, expression: str, arg: object = None) -> None:
    """Wait until a script says that something is so, at most half a minute.

    Asked again from here: the page's policy forbids what Playwright's own ``wait_for_function`` does to ask twice.
    """
    end = monotonic() + 30
    while not page.evaluate(expression, arg):
        assert monotonic() < end, f"never so: {expression}"
        page.wait_for_timeout(20)


def at_rest(page: object) -> None:
    """Wait until what was last asked of a page is on its canvases: a busy machine paints over several frames."""
    if not page.evaluate("!!document.documentElement.dataset.ready"):
        return  # no script runs, so nothing is painted
    page.evaluate(
        "() => { window.framesSeen = 0; const next = () => ++framesSeen < 3 && requestAnimationFrame(next); next(); }"
    )
    until(page, "framesSeen >= 3 && !document.querySelector('.leaflet-pane[aria-busy]')")
