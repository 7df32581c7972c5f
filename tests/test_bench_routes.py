"""What routes are measured beside: the same pairs in every run, and contestants that find the same way."""

import sys
from pathlib import Path

import numpy as np
import pytest

from geomap.geometry.geodesy import distance_m
from geomap.geometry.roads import network as roads

BENCH = Path(__file__).parents[1] / "bench"
pytestmark = pytest.mark.skipif(not BENCH.is_dir(), reason="the benchmarks are in the repository, not in the package")


@pytest.fixture
def bench(monkeypatch):
    monkeypatch.syspath_prepend(str(BENCH))
    sys.modules.pop("bench_routes", None)
    import bench_routes

    return bench_routes


@pytest.fixture
def small(monkeypatch):
    """A square, two of its junctions joined by two roads, and a road far away from it."""
    points = np.array([[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0], [20.0, 0.0], [20.0, 1.0]])
    edges = np.array([[0, 1], [1, 2], [0, 3], [2, 3], [3, 2], [4, 5]], dtype=np.int32)
    lengths = np.array([120e3, 130e3, 150e3, 190e3, 140e3, 120e3])
    network = roads.Network(points, edges, lengths, np.zeros(6, dtype=np.uint8), ("",))
    monkeypatch.setattr(roads, "load_network", lambda: network)
    return network


def test_pairs_are_the_same_in_every_run_and_of_the_asked_distance_on_all_continents(bench):
    pairs = bench.pairs_of(14)
    assert pairs == bench.pairs_of(14)
    assert len(set(pairs)) == 14
    assert all(300e3 <= distance_m(*pair[:4]) <= 700e3 for pair in pairs)
    assert min(pair[0] for pair in pairs) < -60
    assert max(pair[0] for pair in pairs) > 110
    assert min(pair[1] for pair in pairs) < -10


@pytest.mark.parametrize(
    ("name", "library"),
    [("scipy", "scipy"), ("networkx", "networkx"), ("networkx A*", "networkx"), ("scgraph", "scgraph")],
)
def test_contestants_find_the_shortest_way_and_say_where_there_is_none(bench, small, name, library):
    pytest.importorskip(library)
    ask = bench.CONTESTANTS[name]()
    assert ask((0.0, 0.0, 1.0, 1.0)) == pytest.approx(250e3)
    assert ask((0.0, 1.0, 1.0, 1.0)) == pytest.approx(140e3), "the shorter of two roads between the same junctions"
    if name != "scgraph":  # it leads anywhere, in a straight line where it must
        assert ask((0.0, 0.0, 20.0, 0.0)) is None
