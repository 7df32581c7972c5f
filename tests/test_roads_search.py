import numpy as np
import pytest
from test_roads_network import network

from geomap.geometry.roads.search import OFF_ROAD, Search, graph_of

FAR = 50_000.0


def ring(**more):
    """A square of some 11 km a side: 0 south-west, 1 north-west, 2 north-east, 3 south-east; all four sides."""
    points = [[0.0, 0.0], [0.0, 0.1], [0.1, 0.1], [0.1, 0.0]]
    return network(points, [[0, 1], [1, 2], [2, 3], [0, 3]], **more)


def way(graph, start, end, limit=np.inf):
    """The cost of a way, and the edges it takes with the shares of each; None where none was found."""
    search = Search(graph, graph.snaps(*start, FAR), limit=limit)
    found = []
    for joint in graph.snaps(*end, FAR):
        cost = search.reach(np.array([joint.row]), np.array([joint.snap.fraction]))[0]
        if np.isfinite(cost):
            parts = search.parts(joint.row, joint.snap.fraction)[1]
            found.append((cost, [(int(graph.rows[p.row]), round(p.start, 3), round(p.end, 3)) for p in parts]))
    return min(found, default=None)


def test_a_place_joins_an_edge_and_not_its_junction():
    joint = graph_of(ring()).snaps(0.001, 0.05, FAR)[0]
    assert joint.snap.edge == 0
    assert joint.snap.fraction == pytest.approx(0.5)
    assert (joint.snap.lon, joint.snap.lat) == pytest.approx((0.0, 0.05))
    assert joint.snap.distance_m == pytest.approx(111.3, abs=0.5)


def test_a_way_takes_pieces_of_its_first_and_last_edge():
    cost, parts = way(graph_of(ring()), (0.0, 0.06), (0.1, 0.06))
    assert cost == pytest.approx(0.18 * 111_000.0)
    assert parts == [(0, 0.6, 1.0), (1, 0.0, 1.0), (2, 0.0, 0.4)]


def test_a_way_between_two_spots_of_one_edge_stays_on_it():
    cost, parts = way(graph_of(ring()), (0.0, 0.02), (0.0, 0.08))
    assert parts == [(0, 0.2, 0.8)]
    assert cost == pytest.approx(0.06 * 111_000.0)


def test_a_one_way_road_is_taken_in_its_direction_only():
    graph = graph_of(ring(oneway=np.array([1, 0, 0, 0], dtype=np.int8)))
    assert way(graph, (0.0, 0.02), (0.0, 0.08))[1] == [(0, 0.2, 0.8)]
    assert [edge for edge, _, _ in way(graph, (0.0, 0.08), (0.0, 0.02))[1]] == [0, 1, 2, 3, 0]
    back = graph_of(ring(oneway=np.array([-1, 0, 0, 0], dtype=np.int8)))
    assert way(back, (0.0, 0.08), (0.0, 0.02))[1] == [(0, 0.8, 0.2)]


def test_the_shorter_of_two_roads_between_the_same_junctions_is_taken():
    twins = network([[0, 0], [0.1, 0]], [[0, 1], [0, 1]])
    twins.lengths[0] = 99_000.0
    twins = type(twins)(twins.points, twins.edges, twins.lengths, twins.country, twins.codes)
    assert [edge for edge, _, _ in way(graph_of(twins), (-0.01, 0.0), (0.11, 0.0))[1]] == [1]


def test_a_toll_is_paid_once_an_edge():
    free, tolled = graph_of(ring()), graph_of(ring(), tolled=np.array([1]), tolls=np.array([5_000.0]))
    start, end = (0.0, 0.06), (0.1, 0.06)
    assert way(tolled, start, end)[0] == pytest.approx(way(free, start, end)[0] + 4_440.0)  # by the south side now
    assert [edge for edge, _, _ in way(tolled, start, end)[1]] == [0, 3, 2]


def test_only_allowed_edges_are_used():
    graph = graph_of(ring(), np.array([True, False, True, True]))
    assert [edge for edge, _, _ in way(graph, (0.0, 0.06), (0.1, 0.06))[1]] == [0, 3, 2]
    assert way(graph_of(ring(), np.zeros(4, dtype=bool)), (0.0, 0.06), (0.1, 0.06)) is None


def test_nothing_beyond_the_limit_is_looked_for():
    assert way(graph_of(ring()), (0.0, 0.06), (0.1, 0.06), limit=10_000.0) is None


def test_connected_parts_are_told_apart_and_each_may_be_joined():
    apart = network([[0.0, 0.0], [0.1, 0.0], [0.0, 0.05], [0.1, 0.05]], [[0, 1], [2, 3]])
    joints = graph_of(apart).snaps(0.05, 0.01, FAR)
    assert [joint.snap.edge for joint in joints] == [0, 1]
    assert joints[0].label != joints[1].label
    assert len(graph_of(apart).snaps(0.05, 0.01, 2_000.0)) == 1


def test_roads_that_can_be_left_but_not_entered_are_a_part_of_their_own():
    graph = graph_of(network([[0, 0], [0.1, 0], [0.2, 0]], [[0, 1], [1, 2]], oneway=np.array([1, 0], dtype=np.int8)))
    assert graph.labels[0] != graph.labels[1]
    assert graph.labels[1] == graph.labels[2]


def test_the_way_to_the_road_counts_more_than_the_road():
    search = Search(graph_of(ring()), graph_of(ring()).snaps(-0.01, 0.05, FAR))
    gap = 0.01 * 111_320.0
    assert search.reach(np.array([0]), np.array([0.5]))[0] == pytest.approx(OFF_ROAD * gap, rel=1e-3)


@pytest.mark.parametrize(("length", "beside"), [(60_000.0, 11_132.0), (46_000.0, 0.0)])
def test_a_place_beside_a_straight_edge_lies_on_its_road_if_that_is_long_enough(length, beside):
    straight = network([[0.0, 0.0], [0.4, 0.0]], [[0, 1]])
    road = type(straight)(straight.points, straight.edges, np.array([length]), straight.country, straight.codes)
    (joint,) = graph_of(road).snaps(0.2, 0.1, FAR)
    assert joint.beside_m == pytest.approx(beside, rel=0.01)
    assert joint.off_m == pytest.approx(0.0 if beside else 11_057.0, rel=0.01)
    assert (joint.snap.lon, joint.snap.lat) == pytest.approx((0.2, 0.1 if beside else 0.0))
