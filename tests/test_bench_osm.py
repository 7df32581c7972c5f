"""The made-up extract of the benchmark is the same each time, and its network has all its roads."""

import itertools
import sys
from pathlib import Path

import numpy as np
import osmium
import pytest
from pyproj import Geod
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from geomap.geometry.roads.osm import read_extract

BENCH = Path(__file__).parents[1] / "bench"
pytestmark = pytest.mark.skipif(not BENCH.is_dir(), reason="the benchmarks are in the repository, not in the package")


@pytest.fixture
def make(monkeypatch):
    monkeypatch.syspath_prepend(str(BENCH))
    sys.modules.pop("osm_extract", None)
    import osm_extract

    return osm_extract.make


@pytest.fixture
def extract(make, tmp_path):
    make(tmp_path / "made-up.osm.pbf", 4)
    return tmp_path / "made-up.osm.pbf"


def road_lines(path):
    """Ids, lon and lat of the nodes of each road, as osmium gives them."""
    ways = osmium.FileProcessor(str(path)).with_locations().with_filter(osmium.filter.KeyFilter("highway"))
    for way in ways:
        if way.is_way():
            yield zip(*((node.ref, node.lon, node.lat) for node in way.nodes), strict=True)


def parts(pairs):
    """How many parts the graph of the pairs has."""
    nodes, rows = np.unique(pairs, return_inverse=True)
    first, second = rows.reshape(-1, 2).T
    graph = coo_array((np.ones(len(first)), (first, second)), shape=(len(nodes), len(nodes)))
    return connected_components(graph, directed=False)[0]


def test_it_is_the_same_each_time(make, extract, tmp_path):
    make(tmp_path / "again.osm.pbf", 4)
    assert (tmp_path / "again.osm.pbf").read_bytes() == extract.read_bytes()


def test_the_network_has_all_its_roads_and_joins_what_they_join(extract):
    network = read_extract(extract, minor=True).network
    total, pairs = 0.0, []
    for ids, lon, lat in road_lines(extract):
        total += Geod(ellps="WGS84").line_length(lon, lat)
        pairs += list(itertools.pairwise(ids))
    assert network.lengths.sum() == pytest.approx(total, rel=1e-9)
    assert parts(network.edges) == parts(np.array(pairs)) < 20
    assert len(np.unique(np.sort(network.edges, axis=1), axis=0)) == len(network.edges)
    assert len(network.edges) < len(pairs) / 2
