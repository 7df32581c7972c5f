#!/usr/bin/env python3
"""Size of a map file, requests that leave it, and the time until it is drawn in Chromium.

    python bench/bench_map.py [--repeats 5] [INPUT ...]

Drawn is the frame after the page has said that all its parts are in place.
"""

from __future__ import annotations

import argparse
import gzip
import os
import shutil
import statistics
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

import geomap

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
DRAWN = "() => document.documentElement.dataset.ready !== undefined"
PAINTED = "() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? null"


def opened(browser: Browser, path: Path) -> tuple[float, float | None, list[str]]:
    """Return milliseconds until drawn, until first painted, and the addresses asked for other than the file."""
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(path.as_uri(), wait_until="commit")
    page.wait_for_function(DRAWN)
    drawn = page.evaluate("() => new Promise(done => requestAnimationFrame(() => done(performance.now())))")
    page.wait_for_load_state("networkidle")
    painted = page.evaluate(PAINTED)
    page.close()
    return drawn, painted, [url for url in asked if url != path.as_uri() and not url.startswith(("data:", "blob:"))]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("inputs", nargs="*", default=[str(Path(__file__).parents[1] / "seeds")])
    parser.add_argument("--repeats", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        path = geomap.build(options.inputs).save(Path(folder).resolve() / "map.html")
        content = path.read_bytes()
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("GEOMAP_CHROMIUM") or shutil.which("chromium"), args=FLAGS
        )
        runs = [opened(browser, path) for _ in range(options.repeats)]
        browser.close()
    print(f"size      {len(content) / 1000:6.0f} kB, {len(gzip.compress(content)) / 1000:.0f} kB compressed")
    print(f"requests  {max(len(run[2]) for run in runs):6}")
    print(f"painted   {statistics.median(run[1] or 0.0 for run in runs):6.0f} ms")
    print(f"drawn     {statistics.median(run[0] for run in runs):6.0f} ms")


if __name__ == "__main__":
    main()
