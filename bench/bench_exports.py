"""Files for other programs, written and read back: ``python bench/bench_exports.py [--count 5000]``.

The same made-up movements (`map_contestants.made_up`) in every format. Beside geomap stands what a user would write
otherwise: a GeoDataFrame of the same lines and words, by GeoPandas or pandas in the same format, without styles,
relations, sources or what corrections are told by; and the limit, the bytes of geomap's file put on the disk. Times are
of the processor, in seconds; ``made`` is what making the frames takes, which each format needs; memory is the peak of
the whole run, in MiB.
"""

from __future__ import annotations

import argparse
import os
import resource
import tempfile
import time
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

from map_contestants import frame_of, made_up, records_of

from geomap import exports, features
from geomap.models import Movement, Reading
from geomap.schema import Layer
from geomap.tables.places import only_words
from geomap.tables.reading import read

if TYPE_CHECKING:
    from collections.abc import Callable

    import geopandas as gpd

FORMATS = ("gpkg", "geojson", "kml", "parquet", "csv", "xlsx")


def readings_of(count: int) -> tuple[list[Reading], gpd.GeoDataFrame]:
    made = made_up(count)
    reports, movements = records_of(made)
    by_report: defaultdict[str, list[Movement]] = defaultdict(list)
    for movement in movements:
        by_report[movement.provenance.report_id].append(movement)
    return [Reading(one, movements=tuple(by_report[one.id])) for one in reports], frame_of(made)


def plainly(frame: gpd.GeoDataFrame, path: Path) -> None:
    """Write a frame as a user would."""
    if path.suffix == ".parquet":
        frame.to_parquet(path)
    elif path.suffix in {".csv", ".xlsx"}:
        table = frame.drop(columns="geometry").assign(wkt=frame.geometry.to_wkt())
        table.to_csv(path, index=False) if path.suffix == ".csv" else table.to_excel(path, index=False)
    else:
        frame.to_file(path, driver={".gpkg": "GPKG", ".geojson": "GeoJSON", ".kml": "LIBKML"}[path.suffix])


def spent(act: Callable[[], object]) -> float:
    start = time.process_time()
    act()
    return time.process_time() - start


def on_disk(data: bytes, path: Path) -> float:
    """Return the seconds of the clock that the bytes take to the disk."""
    start = time.perf_counter()
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    return time.perf_counter() - start


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--count", type=int, default=5000)
    count = asked.parse_args().count
    readings, frame = readings_of(count)
    with tempfile.TemporaryDirectory() as folder:
        few, plain = readings_of(20)
        for kind in FORMATS:  # libraries are loaded, caches filled
            exports.write(few, Path(folder) / f"warm.{kind}")
            plainly(plain, Path(folder) / f"warm-plain.{kind}")
        made = spent(lambda: [features.frame(layer, readings) for layer in Layer])
        print(f"{count:,} movements of {len(readings):,} reports; frames made in {made:.2f} s")
        print(f"{'':8} {'written':>8} {'plain':>8} {'ratio':>6} {'limit':>8} {'read':>8} {'MB':>7} {'plain':>7}")
        for kind in FORMATS:
            path, other = Path(folder) / f"moves.{kind}", Path(folder) / f"plain.{kind}"
            ours = spent(lambda path=path: exports.write(readings, path))
            theirs = spent(lambda other=other: plainly(frame, other))
            data = path.read_bytes()
            limit = on_disk(data, Path(folder) / "limit")
            back = spent(lambda data=data, kind=kind: read(data, f".{kind}", "moves", "moves", only_words))
            print(
                f"{kind:8} {ours:8.2f} {theirs:8.2f} {ours / theirs:6.1f} {limit:8.3f} {back:8.2f} "
                f"{len(data) / 1e6:7.1f} {other.stat().st_size / 1e6:7.1f}"
            )
    print(f"peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")


if __name__ == "__main__":
    main()
