import numpy as np
import pytest

from geomap.geometry.roads.network import Search, Window, load_network

CODES = ("", "AA", "BB")


@pytest.fixture
def square():
    """Four junctions round a square of about 11 km; the east side lies in BB, and there is no south side."""
    points = np.array([[0.0, 0.0], [0.0, 0.1], [0.1, 0.1], [0.1, 0.0]])
    edges = np.array([[0, 1], [1, 2], [2, 3]], dtype=np.int32)
    country = np.array([1, 1, 2, 2], dtype=np.uint8)
    return Window(points, edges, np.full(3, 11_000.0), country, CODES)


def test_snap_takes_the_edge_and_not_the_junction(square):
    snap = square.snap(0.001, 0.05)
    assert snap.edge == 0
    assert snap.fraction == pytest.approx(0.5)
    assert (snap.lon, snap.lat) == pytest.approx((0.0, 0.05))
    assert snap.distance_m == pytest.approx(111.3, abs=0.5)


def test_path_splits_the_edges_it_starts_and_ends_on(square):
    source, target = square.snap(0.0, 0.05), square.snap(0.1, 0.05)
    path = Search(square, source, (target,), crossing_m=0.0).path(0)
    assert path.cost_m == pytest.approx(22_000.0)
    assert path.points == ((0.0, 0.05), (0.0, 0.1), (0.1, 0.1), (0.1, 0.05))


def test_path_between_two_spots_of_one_edge_stays_on_it(square):
    path = Search(square, square.snap(0.0, 0.02), (square.snap(0.0, 0.08),)).path(0)
    assert len(path.points) == 2
    assert path.cost_m == pytest.approx(0.6 * 11_000.0)


def test_a_border_costs_extra(square):
    source, target = square.snap(0.0, 0.05), square.snap(0.1, 0.05)
    assert Search(square, source, (target,), crossing_m=5_000.0).cost_m(0) == pytest.approx(27_000.0)


def test_keeping_to_a_country_leaves_out_edges_that_touch_others(square):
    kept = square.only(square.inside(["AA"]))
    assert kept.edges.tolist() == [[0, 1]]
    assert Search(kept, kept.snap(0.0, 0.05)).nearest(np.full(4, fill_value=True), 4) == [0, 1]


def test_connected_parts_are_told_apart():
    points = np.array([[0.0, 0.0], [0.1, 0.0], [1.0, 0.0], [1.1, 0.0], [1.2, 0.0]])
    edges = np.array([[0, 1], [3, 4], [2, 3]], dtype=np.int32)
    window = Window(points, edges, np.full(3, 11_000.0), np.ones(5, dtype=np.uint8), CODES)
    assert window.components().tolist() == [0, 2, 2]


def test_the_search_that_leans_to_its_target_finds_the_cheapest_way():
    window = load_network().window((35.0, 33.0, 42.0, 37.5))
    source, near, far = window.snap(36.29, 33.51), window.snap(37.16, 36.2), window.snap(40.74, 36.5)
    one_by_one = [Search(window, source, (target,)).cost_m(0) for target in (near, far)]
    together = Search(window, source, (near, far))
    assert one_by_one == pytest.approx([together.cost_m(0), together.cost_m(1)], abs=1.0)


def test_shipped_network_is_whole():
    network = load_network()
    assert len(network.points) > 500_000
    assert network.edges.max() < len(network.points)
    assert network.country.max() < len(network.codes)
    assert (network.lengths >= 0).all()


def test_window_holds_edges_that_only_pass_through():
    window = load_network().window((42.2, 33.7, 42.5, 33.9))
    a, b = window.ends
    assert len(window.edges)
    assert (np.minimum(a, b) <= (42.5, 33.9)).all()
    assert (np.maximum(a, b) >= (42.2, 33.7)).all()
