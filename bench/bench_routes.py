"""Time of a road route of about 500 km in geomap: ``python bench/bench_routes.py``."""

import statistics
import time

from geomap.geometry.routing import route
from geomap.models import Place

PAIRS = [
    (Place("b:1", "Kyiv", 30.523, 50.45, "UA"), Place("b:2", "Kharkiv", 36.23, 49.99, "UA")),
    (Place("b:3", "Kabul", 69.17, 34.53, "AF"), Place("b:4", "Kandahar", 65.71, 31.61, "AF")),
    (Place("b:5", "Damascus", 36.292, 33.513, "SY"), Place("b:6", "Qamishli", 41.231, 37.052, "SY")),
]


def main() -> None:
    start = time.perf_counter()
    route(PAIRS[0])
    print(f"first route, network opened: {(time.perf_counter() - start) * 1000:.0f} ms")
    for pair in PAIRS:
        times = []
        for _ in range(9):
            start = time.perf_counter()
            found = route(pair)
            times.append(time.perf_counter() - start)
        km, ms = found.length_m / 1000, statistics.median(times) * 1000
        print(f"{pair[0].name}–{pair[1].name}: {km:.0f} km, median {ms:.0f} ms")


if __name__ == "__main__":
    main()
