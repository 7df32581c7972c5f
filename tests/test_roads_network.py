import numpy as np
import pytest
import shapely

from geomap.errors import DataError
from geomap.geometry.roads.network import Network, load_network, open_network, save_network

CODES = ("", "AA", "BB")


def network(points, edges, **more):
    """A network whose roads have the lengths of their straight lines on a globe of 111 km a degree."""
    points, edges = np.array(points, dtype=float), np.array(edges, dtype=np.int32)
    lengths = np.hypot(*(points[edges[:, 1]] - points[edges[:, 0]]).T) * 111_000.0
    country = more.pop("country", np.ones(len(points), dtype=np.uint8))
    return Network(points, edges, lengths, np.array(country, dtype=np.uint8), CODES, **more)


@pytest.fixture
def bent():
    """One edge from 0, 0 to 0.2, 0 that makes a square bend to the north, and one that runs straight on."""
    return network(
        [[0.0, 0.0], [0.2, 0.0], [0.3, 0.0]],
        [[0, 1], [1, 2]],
        bend_starts=np.array([0, 2, 2]),
        bend_xy=np.array([[0.0, 0.1], [0.2, 0.1]]),
        oneway=np.array([1, 0], dtype=np.int8),
        refs=np.array([1, 0], dtype=np.int32),
        names=("", "N1;Coast Road"),
        attribution="© somebody",
    )


def test_the_line_of_an_edge_has_its_bends(bent):
    assert bent.line(0).tolist() == [[0.0, 0.0], [0.0, 0.1], [0.2, 0.1], [0.2, 0.0]]
    assert bent.line(1).tolist() == [[0.2, 0.0], [0.3, 0.0]]


def test_the_nearest_spot_counts_along_the_bends(bent):
    share, gap = bent.nearest(np.array([0, 1]), 0.1, 0.12)
    assert share[0] == pytest.approx(0.5, abs=1e-4)
    assert gap[0] == pytest.approx(2_226, rel=1e-2)
    assert share[1] == 0.0
    assert gap[1] > 15_000


def test_edges_near_a_box_are_found_by_their_bends(bent):
    assert bent.rows_near((0.09, 0.09, 0.11, 0.11)).tolist() == [0]
    assert bent.rows_near((5.0, 5.0, 6.0, 6.0)).tolist() == []


@pytest.mark.parametrize("lon", [-60.0, 0.0, 12.3456, 151.0])
@pytest.mark.parametrize("lat", [-54.8, -0.2, 33.3, 69.6])
def test_every_edge_that_touches_a_box_is_found(lon, lat):
    world = load_network()
    box = (lon - 0.4, lat - 0.3, lon + 0.4, lat + 0.3)
    a, b = world.points[world.edges[:, 0]], world.points[world.edges[:, 1]]
    low, high = np.minimum(a, b), np.maximum(a, b)
    touch = (low[:, 0] <= box[2]) & (high[:, 0] >= box[0]) & (low[:, 1] <= box[3]) & (high[:, 1] >= box[1])
    assert world.rows_near(box).tolist() == np.flatnonzero(touch).tolist()


def test_a_window_has_the_bends_as_junctions(bent):
    window = bent.window((-1.0, -1.0, 1.0, 1.0))
    lines = sorted(window.points[edge].tolist() for edge in window.edges)
    assert lines == [
        [[0.0, 0.0], [0.0, 0.1]],
        [[0.0, 0.1], [0.2, 0.1]],
        [[0.2, 0.0], [0.3, 0.0]],
        [[0.2, 0.1], [0.2, 0.0]],
    ]
    assert window.lengths.sum() == pytest.approx(bent.lengths.sum())
    assert len(bent.window((5.0, 5.0, 6.0, 6.0)).edges) == 0


def test_a_network_keeps_everything_on_disk(bent, tmp_path):
    path = tmp_path / "own.npz"
    save_network(bent, path)
    again = open_network(path)
    for name in ("points", "edges", "lengths", "country", "oneway", "bend_starts", "bend_xy", "refs"):
        assert np.allclose(getattr(again, name), getattr(bent, name), atol=0.5 if name == "lengths" else 1e-6), name
    assert (again.codes, again.names, again.attribution) == (bent.codes, bent.names, bent.attribution)


def test_a_network_without_bends_stays_one(tmp_path):
    plain = network([[0, 0], [0, 0.1]], [[0, 1]])
    save_network(plain, tmp_path / "own.npz")
    again = open_network(tmp_path / "own.npz")
    assert again.oneway is None
    assert again.bend_xy is None
    assert again.names == ("",)


@pytest.mark.parametrize("content", [b"", b"no network", b"PK\x03\x04 cut off"])
def test_a_damaged_file_is_told(content, tmp_path):
    path = tmp_path / "own.npz"
    path.write_bytes(content)
    with pytest.raises(DataError, match="cannot be read"):
        open_network(path)
    with pytest.raises(DataError, match="cannot be read"):
        open_network(tmp_path / "missing.npz")


def test_shipped_network_is_whole():
    world = load_network()
    assert len(world.points) > 500_000
    assert world.edges.max() < len(world.points)
    assert world.country.max() < len(world.codes)
    assert (world.lengths >= 0).all()


def test_window_holds_edges_that_only_pass_through():
    world, box = load_network(), (42.2, 33.7, 42.5, 33.9)
    through = [row for row in world.rows_near(box) if not _has_end_in(world, row, box)]
    assert any(shapely.LineString(world.line(int(row))).intersects(shapely.box(*box)) for row in through)
    assert len(world.window(box).edges) >= len(world.rows_near(box))


def _has_end_in(world, row, box):
    ends = world.points[world.edges[row]]
    return bool(((ends >= box[:2]) & (ends <= box[2:])).all(axis=1).any())


def test_a_share_is_never_beyond_an_end():
    points = np.array([[0.1, 0.2], [0.7, 0.9]])
    bends = np.array([[0.3, 0.35], [0.31, 0.7], [0.55, 0.81]])
    edge = network(points, [[0, 1]], bend_starts=np.array([0, 3]), bend_xy=bends)
    for lon, lat in ((0.7, 0.9), (0.70001, 0.90001), (0.1, 0.2), (5.0, 5.0), (-5.0, -5.0)):
        share = edge.nearest(np.array([0]), lon, lat)[0][0]
        assert 0.0 <= share <= 1.0
