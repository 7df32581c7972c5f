#!/usr/bin/env python3
"""Routes beside what else finds them on the same road network, in one run: opening, time, memory, and true lengths.

    python bench/bench_routes.py [--pairs 200] [--only geomap scipy ...] [--distances] [--cpu]

Each contestant runs in a process of its own, one after the other, on the shipped network and the same pairs of towns:

geomap
    ``geomap.route``: places joined to the nearest road, the way, its country at each spot, the crossings on it.
scipy
    ``scipy.sparse.csgraph.dijkstra`` between the junctions nearest to the towns, up to four times the straight
    distance, and the walk back through its predecessors: the least that SciPy can do.
scgraph
    ``GeoGraph.get_shortest_path`` as it is set up by default.
networkx, networkx A*
    ``bidirectional_dijkstra``, and ``astar_path`` with the distance on the globe to the end, between nearest junctions.

The pairs are towns of more than 20,000 people, 300 to 700 km apart in a straight line, the same in every run: a
continent is drawn first, then two towns. Times are for one pair on a network that is open and has answered once.
Memory is the peak of the process, in MiB. The last line of the times is what reading the network's arrays once through
memory takes: nothing that looks at every road can be faster.

``distances.csv`` holds lengths of roads between towns as published, put together before any was computed here; a row
is only ever struck out, with its reason in `note`, where the known gaps of the network stand as well. What is compared
is the length of the route, through the places of `via`, which tell the road that the figure is of. With every second
row of the first set the lengths of the network's roads were corrected (``data/winding.py``); the second set was written
down after that, and nothing was fitted to it.
"""

from __future__ import annotations

import argparse
import csv
import json
import math
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import redirect_stdout
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

HERE = Path(__file__).parent
NEAREST_KM, FARTHEST_KM = 300, 700
LEAST_PEOPLE = 20_000
SEED = 20250930
CONTINENTS = {
    "Africa": (-18, -35, 51, 37),
    "Asia": (51, 0, 145, 60),
    "Middle East": (35, 12, 63, 42),
    "Europe": (-10, 37, 60, 68),
    "North America": (-125, 8, -60, 55),
    "South America": (-82, -55, -34, 8),
    "Oceania": (113, -44, 179, -10),
}
"""Boxes west, south, east, north in degrees; they may overlap, for all a pair needs is to be on one of them."""
WRONG = 0.15

Pair = tuple[float, float, float, float, str, str]
"""lon, lat, lon, lat in degrees, and the codes of the two countries."""


def pairs_of(count: int) -> list[Pair]:
    """Return pairs of towns, the continents in turn."""
    from geomap.gazetteer.index import Index
    from geomap.geometry.geodesy import distance_m

    index, chance = Index(), random.Random(SEED)
    towns = {
        name: sorted(
            (place.lon, place.lat, place.country or "")
            for place in index.within(*box, least_population=LEAST_PEOPLE)
            if place.feature.startswith("P.")
        )
        for name, box in CONTINENTS.items()
    }
    found: list[Pair] = []
    names = sorted(towns)
    while len(found) < count:
        there = towns[names[len(found) % len(names)]]
        one, other = chance.sample(there, 2)
        if NEAREST_KM <= distance_m(*one[:2], *other[:2]) / 1000 <= FARTHEST_KM:
            found.append((*one[:2], *other[:2], one[2], other[2]))
    return found


# --- contestants: each opens the network and returns what answers a pair with the metres of its way, None without one


def with_geomap() -> Callable[[Pair], float | None]:
    from geomap import route
    from geomap.geometry.roads.network import load_network
    from geomap.models import How, Place

    load_network()

    def ask(pair: Pair) -> float | None:
        found = route((Place("a", "A", *pair[:2], pair[4]), Place("b", "B", *pair[2:4], pair[5])))
        drawn = max(found.legs, key=lambda leg: leg.length_m)
        return None if drawn.how is How.SCHEMATIC else found.length_m

    return ask


def with_scipy() -> Callable[[Pair], float | None]:
    import numpy as np
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import dijkstra

    from geomap.geometry.geodesy import distance_m
    from geomap.geometry.roads.network import load_network

    network = load_network()
    size = len(network.points)
    pairs = np.sort(network.edges, axis=1)
    order = np.lexsort((network.lengths, pairs[:, 1], pairs[:, 0]))
    # SciPy would add up roads between the same junctions: the shortest is kept
    kept = order[np.append(True, (np.diff(pairs[order], axis=0) != 0).any(axis=1))]
    matrix = csr_array((network.lengths[kept], tuple(pairs[kept].T)), shape=(size, size))
    near = junctions(network.points)

    def ask(pair: Pair) -> float | None:
        source, target = near(pair[:2]), near(pair[2:4])
        limit = 4 * distance_m(*pair[:4])
        costs, before = dijkstra(matrix, directed=False, indices=source, limit=limit, return_predecessors=True)
        node, way = target, [target]
        while before[node] >= 0:
            node = int(before[node])
            way.append(node)
        return float(costs[target]) if np.isfinite(costs[target]) else None

    return ask


def with_scgraph() -> Callable[[Pair], float | None]:
    from scgraph import GeoGraph

    from geomap.geometry.roads.network import load_network

    network = load_network()
    links: list[dict[int, float]] = [{} for _ in range(len(network.points))]
    for (a, b), length in zip(network.edges.tolist(), network.lengths.tolist(), strict=True):
        km = min(length / 1000, links[a].get(b, math.inf))
        links[a][b] = links[b][a] = km
    graph = GeoGraph(graph=links, nodes=network.points[:, ::-1].tolist())

    def ask(pair: Pair) -> float | None:
        start, end = ({"latitude": pair[i + 1], "longitude": pair[i]} for i in (0, 2))
        try:
            return float(graph.get_shortest_path(start, end, output_units="m")["length"])
        except Exception as error:  # noqa: BLE001  # it says in many ways that there is no way
            print(f"scgraph: {error}", file=sys.stderr)
            return None

    return ask


def with_networkx(*, a_star: bool = False) -> Callable[[Pair], float | None]:
    import networkx as nx

    from geomap.geometry.roads.network import load_network

    network = load_network()
    graph = nx.Graph()
    for (a, b), length in zip(network.edges.tolist(), network.lengths.tolist(), strict=True):
        if length < graph.get_edge_data(a, b, {"weight": math.inf})["weight"]:
            graph.add_edge(a, b, weight=length)
    near = junctions(network.points)
    spots = network.points.tolist()

    def ahead(node: int, target: int) -> float:
        (lon, lat), (x, y) = spots[node], spots[target]
        up, side = math.radians(y - lat), math.radians(x - lon)
        part = math.sin(up / 2) ** 2
        part += math.cos(math.radians(lat)) * math.cos(math.radians(y)) * math.sin(side / 2) ** 2
        return 2 * 6_335_000 * math.asin(math.sqrt(part))

    def ask(pair: Pair) -> float | None:
        source, target = near(pair[:2]), near(pair[2:4])
        try:
            if not a_star:
                return float(nx.bidirectional_dijkstra(graph, source, target)[0])
            way = nx.astar_path(graph, source, target, ahead)
            return float(nx.path_weight(graph, way, "weight"))
        except nx.NetworkXNoPath:
            return None

    return ask


def with_networkx_a_star() -> Callable[[Pair], float | None]:
    return with_networkx(a_star=True)


CONTESTANTS: dict[str, Callable[[], Callable[[Pair], float | None]]] = {
    "geomap": with_geomap,
    "scipy": with_scipy,
    "scgraph": with_scgraph,
    "networkx": with_networkx,
    "networkx A*": with_networkx_a_star,
}


def junctions(points) -> Callable[[tuple[float, float]], int]:
    """Return what finds the junction nearest to lon, lat."""
    import numpy as np
    from scipy.spatial import KDTree

    def on_ball(lonlat):
        lon, lat = np.radians(lonlat).T
        return np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)], axis=-1)

    tree = KDTree(on_ball(points))
    return lambda spot: int(tree.query(on_ball(np.asarray(spot)))[1])


# --- one contestant, in a process of its own


def compete(name: str, pairs: list[Pair], clock: Callable[[], float]) -> dict[str, object]:
    start = clock()
    ask = CONTESTANTS[name]()
    ask(pairs[0])
    opened = clock() - start
    times, lengths = [], []
    for pair in pairs:
        start = clock()
        lengths.append(ask(pair))
        times.append((clock() - start) * 1000)
    return {"opened_s": opened, "times_ms": times, "lengths_m": lengths, "peak_mib": peak_mib()}


def opening(clock: Callable[[], float]) -> dict[str, object]:
    from geomap.geometry.roads import network as roads

    start = clock()
    network = roads.load_network()
    opened = (clock() - start) * 1000
    arrays = [a for a in (network.points, network.edges, network.lengths, network.country) if a is not None]
    reads = []
    for _ in range(9):
        start = clock()
        for array in arrays:
            array.sum()
        reads.append((clock() - start) * 1000)
    return {
        "opened_ms": opened,
        "read_ms": statistics.median(reads),
        "junctions": len(network.points),
        "edges": len(network.edges),
        "size_mib": sum(array.nbytes for array in arrays) / 2**20,
        "peak_mib": peak_mib(),
    }


def distances() -> list[dict[str, object]]:
    from geomap import route
    from geomap.geometry.asking import place_of
    from geomap.models import How

    found: list[dict[str, object]] = []
    with (HERE / "distances.csv").open(encoding="utf-8", newline="") as opened:
        rows = [row for row in csv.DictReader(opened) if not row["excluded"]]
    for row in rows:
        ends = [(row["origin"], row["origin_country"]), (row["destination"], row["destination_country"])]
        start, end = (place_of(name, countries=[code], spot=True) for name, code in ends)
        codes = [code for _, code in ends]
        near = ((start.lon + end.lon) / 2, (start.lat + end.lat) / 2)
        via = [place_of(name, countries=codes, near=near, spot=True) for name in filter(None, row["via"].split(";"))]
        way = route((start, *via, end))
        published = float(row["km"])
        km = way.length_m / 1000
        found.append(
            {
                "name": f"{row['origin']}–{row['destination']}",
                "countries": sorted(set(codes)),
                "published": published,
                "km": km,
                "error": km / published - 1,
                "set": row["set"],
                "schematic": any(leg.how is How.SCHEMATIC for leg in way.legs),
                "snaps_m": [round(snap) for snap in way.snap_m],
                "note": row["note"],
            }
        )
    return found


def peak_mib() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


# --- the run


def run(task: str, pairs: Path, *, cpu: bool = False) -> dict[str, object]:
    command = [sys.executable, str(Path(__file__).resolve()), "--task", task, "--pairs-file", str(pairs)]
    command += ["--cpu"] * cpu
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{task} failed:\n{done.stderr}")
    answer: dict[str, object] = json.loads(done.stdout)
    return answer


def emptied() -> bool:
    """Drop the network's file from the page cache; False where the system has no such call."""
    from geomap.datasets import data_path

    if not hasattr(os, "posix_fadvise"):
        return False
    with data_path("roads.npz").open("rb") as opened:
        os.posix_fadvise(opened.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
    return True


def tell_opening(pairs: Path, *, cpu: bool) -> float:
    cold = run("opening", pairs, cpu=cpu)["opened_ms"] if emptied() else None
    warm = sorted((run("opening", pairs, cpu=cpu) for _ in range(5)), key=lambda one: one["opened_ms"])[2]
    print(f"network: {warm['junctions']:,} junctions, {warm['edges']:,} edges, {warm['size_mib']:.0f} MiB in memory")
    cold_said = f", {cold:.0f} ms with its file not in the cache" if cold else ""
    print(f"opened in a fresh process: {warm['opened_ms']:.0f} ms{cold_said}; peak {warm['peak_mib']:.0f} MiB\n")
    return float(warm["read_ms"])


def tell_times(names: list[str], pairs: Path, read_ms: float, *, cpu: bool) -> None:
    found = {name: run(name, pairs, cpu=cpu) for name in names}
    base = found.get("geomap")
    count = len(next(iter(found.values()))["times_ms"])
    print(f"{count} pairs of towns {NEAREST_KM}–{FARTHEST_KM} km apart, ms{' of the processor' * cpu} a route")
    heads = ("", "opened, first", "median", "p99", "longest", "× geomap", "MiB", "no way")
    print("{:<14}{:>14}{:>9}{:>9}{:>9}{:>10}{:>8}{:>8}".format(*heads))
    for name, one in found.items():
        times = sorted(one["times_ms"])
        median, p99 = statistics.median(times), times[math.ceil(0.99 * len(times)) - 1]
        ratio = median / statistics.median(base["times_ms"]) if base else math.nan
        none = sum(length is None for length in one["lengths_m"])
        print(
            f"{name:<14}{one['opened_s']:>12.1f} s{median:>9.1f}{p99:>9.1f}{times[-1]:>9.1f}{ratio:>10.2f}"
            f"{one['peak_mib']:>8.0f}{none:>8}"
        )
    print(f"{'arrays read':<14}{'':>14}{read_ms:>9.1f}\n")


def tell_distances(pairs: Path) -> None:
    found = run("distances", pairs)["rows"]
    errors = sorted(abs(row["error"]) for row in found)
    countries = {code for row in found for code in row["countries"]}
    wrong = [row for row in found if abs(row["error"]) > WRONG]
    print(f"{len(found)} published road lengths in {len(countries)} countries")
    most = errors[math.ceil(0.9 * len(errors)) - 1]
    long = sum(row["error"] > 0 for row in found)
    print(
        f"error: median {statistics.median(errors):.1%}, nine of ten within {most:.1%}, {len(wrong)} over {WRONG:.0%}"
    )
    print(f"{long} come out too long, {len(found) - long} too short")
    for name in sorted({row["set"] for row in found}):
        there = [abs(row["error"]) for row in found if row["set"] == name]
        worst = sum(error > WRONG for error in there)
        print(f"{name} set: {len(there)} lengths, median {statistics.median(there):.1%}, {worst} over {WRONG:.0%}")
    print()
    for row in sorted(found, key=lambda one: -abs(one["error"])):
        mark = "!" if abs(row["error"]) > WRONG else " "
        snaps = ", ".join(f"{snap / 1000:.1f}" for snap in row["snaps_m"])
        print(
            f"{mark} {row['name']:<28}{row['published']:>6.0f} km, here {row['km']:>6.0f}, {row['error']:>+7.1%}"
            f"; joined {snaps} km off{'; not all by road' if row['schematic'] else ''}"
        )
        if mark == "!":
            print(f"    {row['note'] or 'no gap of the network is known that explains it'}")


def main() -> None:
    parser = argparse.ArgumentParser(description="Time, memory and lengths of routes.")
    parser.add_argument("--pairs", type=int, default=200)
    parser.add_argument("--only", nargs="+", choices=list(CONTESTANTS), default=list(CONTESTANTS))
    parser.add_argument("--distances", action="store_true", help="the published lengths alone")
    parser.add_argument("--cpu", action="store_true", help="time of the processor, on a machine that is busy otherwise")
    parser.add_argument("--task", help=argparse.SUPPRESS)
    parser.add_argument("--pairs-file", type=Path, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.task:
        clock = time.process_time if args.cpu else time.perf_counter
        tasks = {"opening": lambda: opening(clock), "distances": lambda: {"rows": distances()}}
        pairs = [tuple(pair) for pair in json.loads(args.pairs_file.read_text())]
        with redirect_stdout(sys.stderr):  # scgraph speaks of its progress
            answer = tasks[args.task]() if args.task in tasks else compete(args.task, pairs, clock)
        json.dump(answer, sys.stdout)
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "pairs.json"
        path.write_text(json.dumps([] if args.distances else pairs_of(args.pairs)))
        if not args.distances:
            tell_times(args.only, path, tell_opening(path, cpu=args.cpu), cpu=args.cpu)
        tell_distances(path)


if __name__ == "__main__":
    main()
