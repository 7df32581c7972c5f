"""What bench_map.py reads off a page in Chromium: when it is drawn, how it zooms, plays, points, what it asks for."""

from __future__ import annotations

import bisect
import json
import mimetypes
import os
import re
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, Route

SIZE = {"width": 1440, "height": 900}
FLAGS = ("--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync")
PLAIN = ("--disable-gpu",)
WEBGL = ("--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist")
PATIENCE_MS = 120_000
REST_MS = 1200
"""A page is at rest after this long without a drawing call or a change of the document."""
LONG_MS = 50
MARK = "geomap-bench"
# Of the two kinds of task in a trace only the second one has in it what a canvas does after the script has ended.
CATEGORIES = ["devtools.timeline", "disabled-by-default-devtools.timeline", "blink.user_timing"]
MOVES = 30

# Notes every drawing call and change of the document. The calls are only counted, which costs the page with the most
# of them some 2 % of the time it takes to draw.
WATCH = """(() => {
  const watch = (window.watch = { last: 0, calls: 0 });
  const noted = (made, names) => {
    for (const name of names) {
      const before = made?.prototype[name];
      if (before) made.prototype[name] = function (...given) {
        watch.last = performance.now(); watch.calls++;
        return before.apply(this, given);
      };
    }
  };
  noted(window.CanvasRenderingContext2D, ["stroke", "fill", "drawImage", "fillText", "putImageData", "clearRect"]);
  const gl = ["drawArrays", "drawElements", "drawArraysInstanced", "drawElementsInstanced"];
  noted(window.WebGLRenderingContext, gl.slice(0, 2));
  noted(window.WebGL2RenderingContext, gl);
  new MutationObserver(() => { watch.last = performance.now(); })
    .observe(document, { subtree: true, childList: true });
  const frame = () => requestAnimationFrame(frame);
  frame();
})();"""

# The moment of the last drawing call; null while the page still draws, or says that it is not ready.
RESTED = """(rest) => {
  const waits = document.getElementById("geomap-data") && !document.documentElement.dataset.ready;
  return waits || performance.now() - window.watch.last < rest ? null : window.watch.last;
}"""

LEAFLET = "document.querySelector('.folium-map') && window[document.querySelector('.folium-map').id]"

PACKAGES = (
    "leaflet@1.9.3", "jquery@3.7.1", "bootstrap@5.2.2", "@fortawesome/fontawesome-free@6.2.0", "requirejs@2.3.4",
    "@jupyter-widgets/html-manager@^1.0.1", "anywidget", "parquet-wasm",
)  # fmt: skip
ELSEWHERE = {
    r"code\.jquery\.com/jquery-3\.7\.1\.min\.js": "jquery/dist/jquery.min.js",
    r"cdnjs\.cloudflare\.com/.*/require\.min\.js": "requirejs/require.js",
}
"""Addresses that do not name their npm package, and where in it their file is."""


@dataclass
class Measured:
    """A page, in milliseconds of the page's main thread, MiB and frames a second; None where it was not measured."""

    drawn_ms: float | None = None
    drawn_wall_ms: float | None = None
    calls: int = 0
    worst_ms: float | None = None
    blocked_ms: float | None = None
    pan_worst_ms: float | None = None
    hover_ms: float | None = None
    played_fps: float | None = None
    played_worst_ms: float | None = None
    memory_mib: float | None = None
    requests: int = 0
    missing: list[str] = field(default_factory=list)
    messages: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Spent:
    """What the main thread of a page spent, in milliseconds: each task, and all between one frame and the next."""

    tasks: tuple[float, ...]
    frames: tuple[float, ...]

    @property
    def total_ms(self) -> float:
        return sum(self.tasks)

    @property
    def blocked_ms(self) -> float:
        """What tasks took beyond 50 ms each."""
        return sum(max(0.0, task - LONG_MS) for task in self.tasks)

    @property
    def worst_ms(self) -> float:
        return max(self.frames, default=0.0)

    @property
    def fps(self) -> float:
        """Frames a second on a screen of 60, were the processor free."""
        return 1000 * len(self.frames) / sum(max(1000 / 60, frame) for frame in self.frames) if self.frames else 0.0


def spent(trace: bytes, until_ms: float | None = None) -> Spent:
    """Read a trace; `until_ms` leaves out what was after the second frame from that moment of the page's own clock."""
    events = json.loads(trace)["traceEvents"]
    mark = next(one for one in events if one["name"] == MARK)
    thread = (mark["pid"], mark["tid"])
    zero = mark["ts"] - 1000 * mark["args"]["data"]["startTime"]
    own = [one for one in events if (one["pid"], one["tid"]) == thread]
    tasks = sorted((one["ts"], one.get("tdur", 0) / 1000) for one in own if one["name"] == "RunTask")
    shown = sorted(one["ts"] for one in own if one["name"] == "FireAnimationFrame")
    if until_ms is not None:
        shown = shown[: bisect.bisect(shown, zero + 1000 * until_ms) + 2]
        tasks = [task for task in tasks if task[0] <= shown[-1]]
    frames = [0.0] * (len(shown) + 1)
    for start, took in tasks:
        frames[bisect.bisect(shown, start)] += took
    return Spent(tuple(took for _, took in tasks), tuple(frames))


@contextmanager
def traced(browser: Browser, page: Page, found: list[bytes]) -> Iterator[None]:
    """Keep a trace of what the page does inside, with a mark on its clock at the end."""
    browser.start_tracing(page=page, categories=CATEGORIES)
    try:
        yield
        page.evaluate(f"() => void performance.mark('{MARK}')")
    finally:
        found.append(browser.stop_tracing())


@contextmanager
def chromium(*, webgl: bool = False) -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    path = os.environ.get("GEOMAP_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as running:
        browser = running.chromium.launch(executable_path=path, args=[*FLAGS, *(WEBGL if webgl else PLAIN)])
        yield browser
        browser.close()


def packages(folder: Path) -> Path:
    """Return the folder of the npm packages that other libraries' pages load, fetched on first use."""
    if not (folder / "node_modules" / "leaflet").is_dir():
        folder.mkdir(parents=True, exist_ok=True)
        quiet = ("--no-save", "--no-audit", "--no-fund", "--ignore-scripts")
        subprocess.run(["npm", "install", *quiet, *PACKAGES], cwd=folder, check=True, capture_output=True)
    return folder / "node_modules"


def package_file(url: str, modules: Path) -> Path | None:
    """Return the file that a content network would answer with, None where no package here has it."""
    if "@deck.gl/jupyter-widget" in url:
        return deck_in_wheel()
    for pattern, name in ELSEWHERE.items():
        if re.search(pattern, url):
            return modules / name
    found = re.search(r"(?:jsdelivr\.net/npm|unpkg\.com)/((?:@[\w.-]+/)?[\w.-]+)@[^/]+/(.+?)(?:\?|$)", url)
    file = modules / found[1] / found[2] if found else None
    return next((f for f in (file, file.with_name(f"{file.name}.js")) if f.is_file()), None) if file else None


def deck_in_wheel() -> Path | None:
    """Return deck.gl as pydeck's wheel brings it."""
    import pydeck

    file = Path(pydeck.__file__).parent / "nbextension" / "static" / "index.js"
    return file if file.is_file() else None


def answering(context: BrowserContext, modules: Path | None, measured: Measured) -> None:
    """Answer what a page loads from packages, with nothing where there is none; note each."""

    def answer(route: Route) -> None:
        url = route.request.url
        if url.startswith(("file:", "data:", "blob:")):
            route.continue_()
            return
        measured.requests += 1
        file = package_file(url, modules) if modules else None
        if file is None:
            measured.missing.append(url)
            route.fulfill(body="", content_type="text/css" if ".css" in url else "text/javascript")
        else:
            kind = mimetypes.guess_type(file.name)[0] or "text/javascript"
            route.fulfill(body=file.read_bytes(), content_type=kind, headers={"Access-Control-Allow-Origin": "*"})

    context.route("**/*", answer)


def without_integrity(path: Path) -> Path:
    """Return the page, or a copy without hashes of what it loads where it has such."""
    text = path.read_text(encoding="utf-8")
    plain = re.sub(r'\s(?:integrity|crossorigin)="[^"]*"', "", text) if 'integrity="' in text else text
    if plain == text:
        return path.resolve()
    copy = path.with_suffix(".plain.html")
    copy.write_text(plain, encoding="utf-8")
    return copy.resolve()


def at_rest(page: Page) -> float:
    """Wait for the page to be at rest; return the moment of its last drawing call, ms on its own clock."""
    ended = page.wait_for_function(RESTED, arg=REST_MS, polling=100, timeout=PATIENCE_MS).json_value()
    return float(ended)


def measure(path: Path, *, webgl: bool = False, modules: Path | None = None, many: bool = False) -> Measured:
    """Open a page and let it do everything in turn; with `many` only what a very large one is asked for."""
    measured = Measured()
    with chromium(webgl=webgl) as browser:
        context = browser.new_context(viewport=SIZE)
        context.add_init_script(WATCH)
        answering(context, modules, measured)
        page = context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        page.on("pageerror", lambda error: measured.messages.append(str(error)[:200]))
        traces: list[bytes] = []
        with traced(browser, page, traces):
            page.goto(without_integrity(path).as_uri(), timeout=PATIENCE_MS)
            measured.drawn_wall_ms = at_rest(page)
        measured.drawn_ms = spent(traces.pop(), measured.drawn_wall_ms).total_ms
        measured.calls = page.evaluate("window.watch.calls")
        if measured.calls == 0:
            measured.messages.append("nothing was drawn")
            return measured
        measured.memory_mib = memory_mib(browser)
        if webgl:
            measured.messages.append("moving is not measured: WebGL without a graphics card is not what its users have")
            return measured
        steps = [panned] if many else [zoomed, panned, played, pointed]
        for step in steps:
            step(browser, page, measured)
        context.close()
    return measured


def zoomed(browser: Browser, page: Page, measured: Measured) -> None:
    """Zoom two levels in and two out, and rest after each."""
    leaflet = page.evaluate(f"() => Boolean({LEAFLET})")
    bare = page.evaluate("() => Boolean(window.bare)")
    page.mouse.move(SIZE["width"] / 2, SIZE["height"] / 2)
    traces: list[bytes] = []
    with traced(browser, page, traces):
        for way in (1, 1, -1, -1):
            if leaflet or bare:
                page.evaluate(f"({'window.bare' if bare else LEAFLET}).{'zoomIn' if way > 0 else 'zoomOut'}() && null")
            else:
                page.mouse.wheel(0, -200 * way)
            page.wait_for_timeout(400)  # Leaflet's own animation takes 250 ms
            at_rest(page)
    found = spent(traces.pop())
    measured.worst_ms, measured.blocked_ms = found.worst_ms, found.blocked_ms


def panned(browser: Browser, page: Page, measured: Measured) -> None:
    """Drag the map 300 pixels to the left, and back, in steps of 15."""
    traces: list[bytes] = []
    with traced(browser, page, traces):
        page.mouse.move(800, 420)
        page.mouse.down()
        for step in [*range(1, 21), *range(20, -1, -1)]:
            page.mouse.move(800 - 15 * step, 420)
            page.wait_for_timeout(16)
        page.mouse.up()
        at_rest(page)
    measured.pan_worst_ms = spent(traces.pop()).worst_ms


def played(browser: Browser, page: Page, measured: Measured, seconds: int = 5) -> None:
    """Play the clock from its first day, where there is one."""
    if not page.query_selector("button[data-act=play]"):
        return
    page.click("button[data-act=first]")
    at_rest(page)
    traces: list[bytes] = []
    with traced(browser, page, traces):
        page.click("button[data-act=play]")
        page.wait_for_timeout(1000 * seconds)
    found = spent(traces.pop())
    measured.played_fps, measured.played_worst_ms = found.fps, found.worst_ms
    page.click("button[data-act=pause]")
    at_rest(page)


def pointed(browser: Browser, page: Page, measured: Measured) -> None:
    """Move the pointer over the map; what is counted is the main thread's part of a move that was shown."""
    traces: list[bytes] = []
    with traced(browser, page, traces):
        for step in range(MOVES):
            page.mouse.move(500 + 13 * step, 300 + 7 * step)
            page.wait_for_timeout(50)
    measured.hover_ms = spent(traces.pop()).total_ms / MOVES


def memory_mib(browser: Browser) -> float | None:
    """Return the memory of the page's own process; None where the system does not tell."""
    session: CDPSession = browser.new_browser_cdp_session()
    found = session.send("SystemInfo.getProcessInfo")["processInfo"]
    sizes = [resident_mib(one["id"]) for one in found if one["type"] == "renderer"]
    return max((size for size in sizes if size is not None), default=None)


def resident_mib(process: int) -> float | None:
    try:
        status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    except OSError:
        return None
    found = re.search(r"VmRSS:\s+(\d+) kB", status)
    return int(found[1]) / 1024 if found else None


def default_packages() -> Path:
    return Path(tempfile.gettempdir()) / "geomap-bench-packages"
