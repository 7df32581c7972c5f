"""Named highways are preferred to other roads: who goes far keeps to them, and so do reports that name no road."""

import numpy as np
from pyproj import Geod

from geomap.geometry.roads.highways import known
from geomap.geometry.roads.network import Network
from geomap.geometry.roads.search import Graph, Search, graph_of

GEOD = Geod(ellps="WGS84")
PREFERRED = 0.87
"""What a metre of a named highway counts: it is taken unless another road is more than 15 % shorter. An assumption."""
NEAR_M = 5_000.0
"""A listed town further from a road than this does not mark it."""
DETOUR, SLACK_M = 1.5, 5_000.0
"""A way between two listed towns that is longer than so many straight lines, and this, is not the highway."""


def paces(network: Network) -> np.ndarray:
    """Return per edge how many metres of road a metre of it counts in a search."""
    graph, pace = graph_of(network), np.ones(len(network.edges), dtype=np.float32)
    for road in known():
        for start, end in zip(road.points, road.points[1:], strict=False):
            pace[rows_between(graph, start, end)] = PREFERRED
    metres = network.lengths[pace < 1.0].sum()
    print(f"  {np.count_nonzero(pace < 1.0):,} edges of named highways, {metres / 1e6:,.0f} thousand km")
    return pace


def rows_between(graph: Graph, start: tuple[float, float], end: tuple[float, float]) -> list[int]:
    """Return the edges of the shortest way between two towns of a highway; none where it is no part of that."""
    straight = float(GEOD.inv(*start, *end)[2])
    longest = DETOUR * straight + SLACK_M
    here, there = graph.snaps(*start, NEAR_M), graph.snaps(*end, NEAR_M)
    common = {joint.label for joint in here} & {joint.label for joint in there}
    joints, targets = ([joint for joint in side if joint.label in common] for side in (here, there))
    if not joints:
        return []
    search = Search(graph, joints, limit=longest + joints[0].cost_m)
    rows = np.array([target.row for target in targets])
    costs = search.reach(rows, np.array([target.snap.fraction for target in targets]))
    best = int(np.argmin(costs + np.array([target.cost_m for target in targets])))
    if costs[best] > longest + joints[0].cost_m:
        return []
    parts = search.parts(targets[best].row, targets[best].snap.fraction)[1]
    return [int(graph.rows[part.row]) for part in parts]
