#!/usr/bin/env python3
"""The map beside what else draws as many lines, in one run: size, writing, and in Chromium drawing, zooming, playing.

    python bench/bench_map.py [--routes 10000] [--only geomap explore ...] [--large] [--seeds] [--html FOLDER]

Each contestant writes in a process of its own, then its page is opened in a Chromium of its own, one after the other,
with the same routes of 31 points, each with an actor, a status, a day, a source, a quote and two places:

geomap
    ``geomap.Map`` of movement records: cards, clock, list, legend, search.
folium lines
    ``folium.PolyLine`` with a ``Popup`` for each route, on canvas.
folium GeoJson
    one ``folium.GeoJson`` with a popup of all fields, on canvas.
explore
    ``GeoDataFrame.explore`` with a popup of all fields, on canvas.
pydeck, lonboard
    a ``PathLayer`` and ``to_html``, drawn with WebGL, here by SwiftShader on the processor.
bare canvas
    no contestant but the limit: the coordinates alone, deflated, each line stroked once by a page of thirty lines.

What the pages of others load from content networks is answered from npm packages in a folder of the temporary
directory, and from pydeck's own wheel; the time that a network takes is not in the figures. Integrity hashes are taken
out of the pages, for a package's file may be another build of the same version.

Writing is from records or a GeoDataFrame to the file, in seconds of the processor, once all modules are imported;
memory is what the peak of the process grew by. Times in Chromium are those of the page's main thread on the processor,
so that a busy machine does not change them: drawn is all until the second frame after the last drawing call, the worst
frame is the most that was spent between two frames, blocked what tasks took beyond 50 ms each, over two steps of zoom
in and two out. Frames a second are those of a screen of 60 while the clock plays for five seconds. WebGL draws in
another process, which is not counted.

`--large` opens and pans 100,000 routes as well, `--seeds` writes and opens the reports of seeds/ and a page of 50
movements with its ground.
"""

from __future__ import annotations

import argparse
import gzip
import json
import resource
import subprocess
import sys
import tempfile
import time
from contextlib import redirect_stdout
from pathlib import Path

import map_chromium
import map_contestants

HERE = Path(__file__).resolve().parent
WEBGL = {"pydeck", "lonboard"}
MANY = 100_000
LEAST = 50


def peak_mib() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


# --- one task, in a process of its own


def write(name: str, routes: int, path: Path) -> dict[str, float]:
    """Write one contestant's page, after a small one that imports all there is to import."""
    contestant = map_contestants.CONTESTANTS[name]
    contestant(map_contestants.made_up(20))(path)
    writer = contestant(map_contestants.made_up(routes))
    before, start = peak_mib(), time.process_time()
    writer(path)
    return {"write_s": time.process_time() - start, "grew_mib": peak_mib() - before}


def write_seeds(path: Path) -> dict[str, float]:
    import geomap

    scene = geomap.build([str(HERE.parent / "seeds")])
    start = time.process_time()
    scene.save(path)
    return {"write_s": time.process_time() - start}


def run(task: str, routes: int, path: Path) -> dict[str, float]:
    command = [sys.executable, __file__, "--task", task, "--routes", str(routes), "--html", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{task} failed:\n{done.stderr}")
    found: dict[str, float] = json.loads(done.stdout)
    return found


# --- the run

HEADS = (
    "",
    "kB",
    "write s",
    "grew MiB",
    "drawn ms",
    "zoom worst",
    "blocked",
    "pan worst",
    "hover",
    "frames/s",
    "MiB",
    "requests",
)
COLUMNS = "{:<16}{:>9}{:>9}{:>10}{:>10}{:>12}{:>9}{:>11}{:>7}{:>10}{:>7}{:>10}"


def number(value: float | None, digits: int = 0) -> str:
    return "n/a" if value is None else f"{value:,.{digits}f}"


def tell(name: str, path: Path, written: dict[str, float], seen: map_chromium.Measured) -> None:
    values = (
        number(path.stat().st_size / 1000),
        number(written.get("write_s"), 2),
        number(written.get("grew_mib")),
        number(seen.drawn_ms if seen.calls else None),
        number(seen.worst_ms),
        number(seen.blocked_ms),
        number(seen.pan_worst_ms),
        number(seen.hover_ms, 1),
        number(seen.played_fps),
        number(seen.memory_mib),
        str(seen.requests),
    )
    print(COLUMNS.format(name, *values), flush=True)
    for message in list(dict.fromkeys(seen.messages))[-2:]:
        print(f"    {message}", flush=True)


def tell_all(names: list[str], routes: int, folder: Path, modules: Path, *, many: bool = False) -> None:
    made = map_contestants.made_up(routes)
    alone = map_contestants.coordinates_deflated(made)
    print(f"{routes:,} routes of {map_contestants.POINTS} points; coordinates alone, deflated: {alone / 1000:,.0f} kB")
    print(COLUMNS.format(*HEADS))
    for name in names:
        path = folder / f"{name.replace(' ', '-')}-{routes}.html"
        written = run(name, routes, path)
        seen = map_chromium.measure(path, webgl=name in WEBGL, modules=modules, many=many)
        tell(name, path, written, seen)
    print()


def tell_small(folder: Path, modules: Path) -> None:
    print(COLUMNS.format(*HEADS))
    for name, task, routes in ((f"{LEAST} movements", "geomap", LEAST), ("seeds", "seeds", 0)):
        path = folder / f"{task}-{routes}.html"
        written = run(task, routes, path)
        tell(name, path, written, map_chromium.measure(path, modules=modules))
        content = path.read_bytes()
        print(f"    {len(gzip.compress(content)) / 1000:,.0f} kB when a server compresses it")


def main() -> None:
    parser = argparse.ArgumentParser(description="Size, time and smoothness of a map file.")
    parser.add_argument("--routes", type=int, default=10_000)
    names = list(map_contestants.CONTESTANTS)
    parser.add_argument("--only", nargs="+", choices=names, default=names)
    parser.add_argument("--large", action="store_true", help=f"geomap and folium GeoJson with {MANY:,} routes as well")
    parser.add_argument("--seeds", action="store_true", help=f"the reports of seeds/ and {LEAST} movements as well")
    parser.add_argument("--html", type=Path, help="keep the pages in this folder")
    parser.add_argument("--packages", type=Path, default=map_chromium.default_packages(), help="folder of npm packages")
    parser.add_argument("--task", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.task:
        with redirect_stdout(sys.stderr):
            found = write_seeds(args.html) if args.task == "seeds" else write(args.task, args.routes, args.html)
        json.dump(found, sys.stdout)
        return
    modules = map_chromium.packages(args.packages)
    with tempfile.TemporaryDirectory() as temporary:
        folder = args.html or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        tell_all(args.only, args.routes, folder, modules)
        if args.large:
            tell_all(
                [name for name in args.only if name in {"geomap", "folium GeoJson"}], MANY, folder, modules, many=True
            )
        if args.seeds:
            tell_small(folder, modules)


if __name__ == "__main__":
    main()
