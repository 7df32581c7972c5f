"""A Chromium for the tests of the page: GEOMAP_CHROMIUM, or one found on the PATH."""

from __future__ import annotations

import os
import re
import shutil
import sys
from dataclasses import dataclass, field
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))  # samples.py

from typing import TYPE_CHECKING

from test_maps_page import GROUND

from geomap.maps.ground import basemap

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geomap.maps.webmap import Map

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
# Root, as in containers, cannot use Chromium's own sandbox.
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@dataclass
class Opened:
    """A page, and what it said and asked for while it was open."""

    page: object
    messages: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)


@pytest.fixture(scope="session")
def chromium() -> Iterator[object]:
    path = os.environ.get("GEOMAP_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        missing = "no Chromium: apt install chromium, or give its path in GEOMAP_CHROMIUM"
        if os.environ.get("GEOMAP_REQUIRE_BROWSER"):
            pytest.fail(missing)
        pytest.skip(missing)
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with playwright.sync_playwright() as running:
        browser = running.chromium.launch(executable_path=path, args=list(QUIET))
        yield browser
        browser.close()


@pytest.fixture
def open_map(chromium, tmp_path, monkeypatch):
    """Open a map's saved file; every message and request is kept; `answer` answers what the page asks of a network."""
    monkeypatch.setattr(basemap, "clip", lambda bounds, **more: GROUND)
    contexts = []

    def open_one(webmap: Map, *, hash: str = "", size=(1400, 900), answer=None, **options) -> Opened:  # noqa: A002
        path = tmp_path / "map.html"
        webmap.save(path)
        context = chromium.new_context(
            viewport={"width": size[0], "height": size[1]}, reduced_motion="reduce", **options
        )
        contexts.append(context)
        if answer:
            context.route(re.compile("^https?:"), answer)
        opened = Opened(context.new_page())
        opened.page.on("console", lambda message: opened.messages.append(message.text))
        opened.page.on("pageerror", lambda error: opened.messages.append(str(error)))
        opened.page.on("request", lambda request: opened.requests.append(request.url))
        opened.page.goto(f"{path.as_uri()}{hash}")
        if options.get("java_script_enabled", True):
            opened.page.wait_for_selector("html[data-ready]", timeout=10_000)
        return opened

    yield open_one
    for context in contexts:
        context.close()
