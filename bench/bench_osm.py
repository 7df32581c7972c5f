"""An OpenStreetMap extract to a road network: ``python bench/bench_osm.py [FILE.osm.pbf ...]``.

Without files two are measured: the largest extract that we know a package to ship, pyrosm's middle of Helsinki
(0.7 MB), and one of 32 MB that `osm_extract.py` makes, in the form of a country's. Each way runs in a process of its
own, twice unless it takes over a minute; the least time counts, and the most memory. Ratios are of processor time,
which other work on the machine changes least. Beside `geomap data add roads` stand:

- reading: osmium goes through all objects of the file and none reaches Python, which nobody can be faster than;
- pyrosm: ``get_network("driving")`` and ``to_graph`` of the same file, that is with streets, as ``--minor`` has them;
- osmnx: ``graph_from_xml`` of the file as XML, for files of up to 5 MB; making the XML does not count.
"""

import json
import resource
import subprocess
import sys
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path

from osm_extract import make

RUNS = 2
LONG_S = 60
XML_LIMIT = 5 << 20

Row = dict[str, float]


def geomap_main(path: Path) -> Row:
    return _geomap(path, minor=False)


def geomap_minor(path: Path) -> Row:
    return _geomap(path, minor=True)


def _geomap(path: Path, *, minor: bool) -> Row:
    from geomap.geometry.roads.network import save_network
    from geomap.geometry.roads.osm import read_extract

    network = read_extract(path, minor=minor).network
    with tempfile.TemporaryDirectory() as folder:
        save_network(network, Path(folder) / "out.npz")
        size = (Path(folder) / "out.npz").stat().st_size
    return {"junctions": len(network.points), "edges": len(network.edges), "file_mb": size / 1e6}


def reading(path: Path) -> Row:
    import osmium

    with osmium.io.Reader(str(path)) as reader:
        osmium.apply(reader, osmium.filter.KeyFilter("no object has this key"))
    return {}


def pyrosm(path: Path) -> Row:
    from pyrosm import OSM

    extract = OSM(str(path))
    nodes, edges = extract.get_network(network_type="driving", nodes=True)
    graph = extract.to_graph(nodes, edges, graph_type="networkx")
    return {"junctions": graph.number_of_nodes(), "edges": graph.number_of_edges()}


def osmnx(path: Path) -> Row:
    import osmnx as ox

    graph = ox.graph_from_xml(path)
    return {"junctions": graph.number_of_nodes(), "edges": graph.number_of_edges()}


WAYS = {way.__name__: way for way in (geomap_main, geomap_minor, reading, pyrosm, osmnx)}


def run(name: str, path: Path) -> Row:
    """Run one way in this process and print what it took."""
    start, begun = time.perf_counter(), time.process_time()
    found = WAYS[name](path)
    took, worked = time.perf_counter() - start, time.process_time() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"s": took, "cpu_s": worked, "peak_mb": peak, **found}


def measure(name: str, path: Path) -> Row | None:
    """Return the best of several runs in processes of their own; None where the way fails."""
    runs = []
    for _ in range(RUNS):
        done = subprocess.run(
            [sys.executable, __file__, "--one", name, path], capture_output=True, text=True, check=False
        )
        if done.returncode:
            print(f"  {name}: failed: {(done.stderr.strip().splitlines() or ['killed'])[-1]}")
            return None
        runs.append(json.loads(done.stdout.splitlines()[-1]))
        if runs[0]["s"] > LONG_S:
            break
    least = {key: min(run[key] for run in runs) for key in ("s", "cpu_s")}
    return runs[0] | least | {"peak_mb": max(run["peak_mb"] for run in runs)}


def as_xml(path: Path, folder: Path) -> Path:
    """Return a file as OpenStreetMap's XML."""
    import osmium

    target = folder / "extract.osm"
    with osmium.SimpleWriter(str(target)) as writer, osmium.io.Reader(str(path)) as reader:
        osmium.apply(reader, writer)
    return target


def report(path: Path, folder: Path) -> None:
    """Print what each way takes with a file."""
    print(f"{path.name}, {path.stat().st_size / 1e6:.1f} MB")
    found = {name: measure(name, path) for name in ("reading", "geomap_main", "geomap_minor")}
    if find_spec("pyrosm"):
        found["pyrosm"] = measure("pyrosm", path)
    if find_spec("osmnx") and path.stat().st_size <= XML_LIMIT:
        found["osmnx"] = measure("osmnx", as_xml(path, folder))
    least, ours = found["reading"], found["geomap_minor"]
    for name, row in found.items():
        if row is not None:
            print(f"  {name:<13}{told(name, row, least, ours)}")


def told(name: str, row: Row, least: Row | None, ours: Row | None) -> str:
    """Return what a way took, in words."""
    words = [f"{row['s']:7.2f} s, of processors {row['cpu_s']:7.2f} s, {row['peak_mb']:6.0f} MB peak"]
    if "edges" in row:
        words.append(f"{row['junctions']:>9,} junctions {row['edges']:>9,} edges")
    if "file_mb" in row:
        words.append(f"{row['file_mb']:.1f} MB file")
    if least and name != "reading":
        words.append(f"{row['cpu_s'] / least['cpu_s']:.1f} × reading")
    if ours and name in {"pyrosm", "osmnx"}:
        memory = row["peak_mb"] / ours["peak_mb"]
        words.append(f"{row['cpu_s'] / ours['cpu_s']:.1f} × geomap_minor, with {memory:.0f} × its memory")
    return "  ".join(words)


def main() -> None:
    if sys.argv[1:2] == ["--one"]:
        print(json.dumps(run(sys.argv[2], Path(sys.argv[3]))))
        return
    with tempfile.TemporaryDirectory() as folder:
        files = [Path(name) for name in sys.argv[1:]]
        if not files:
            made = Path(folder) / "made-up.osm.pbf"
            make(made)
            spec = find_spec("pyrosm")
            shipped = [Path(spec.origin).parent / "data" / "Helsinki.osm.pbf"] if spec and spec.origin else []
            files = [*(path for path in shipped if path.is_file()), made]
        for path in files:
            report(path, Path(folder))


if __name__ == "__main__":
    main()
