"""Streets between the main roads of a city, which the source of the road network leaves out.

It has motorways, trunk and primary roads only. Where one of these ends in a city and another goes on, a route would
turn back and run round the city by hundreds of kilometres.
"""

from collections.abc import Iterator

import numpy as np
import shapely
from join_links import NONE, Joined
from pyproj import Geod
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components, minimum_spanning_tree
from scipy.spatial import cKDTree
from sphere import EARTH_M, on_sphere

from geomap.gazetteer import Gazetteer
from geomap.geometry.rivers import rivers

GEOD = Geod(ellps="WGS84")
LEAST_PEOPLE = 50_000
AROUND = 3.0
"""Roads that meet within so many times the city's radius need no street."""
CIRCUITY = 1.3
"""Length of streets over the straight line (Ballou, Rahardja and Sakai 2002 find 1.2 to 1.4 for most countries)."""


def with_streets(roads: Joined, country: np.ndarray) -> Joined:
    """Return the roads with one street more wherever main roads of a city do not meet in it or near it.

    No street leads into another country, or over one of the large rivers whose courses are known: a bridge is not
    made up.
    """
    tree = cKDTree(on_sphere(roads.points))
    beside = csr_array((np.ones(len(roads.pairs)), roads.pairs.T), shape=(len(roads.points), len(roads.points)))
    beside = (beside + beside.T).tocsr()
    water = shapely.STRtree(list(rivers().values()))
    streets: dict[tuple[int, int], float] = {}
    for lon, lat, radius in cities():
        centre = on_sphere(np.array([[lon, lat]]))[0]
        near = np.array(sorted(tree.query_ball_point(centre, AROUND * radius / EARTH_M)), dtype=np.int64)
        if len(near) < 2:
            continue
        parts = connected_components(beside[near][:, near], directed=False)[1]
        inside = np.linalg.norm(on_sphere(roads.points[near]) - centre, axis=1) * EARTH_M <= radius
        for a, b in joined(roads.points[near[inside]], parts[inside]):
            first, second = sorted((int(near[inside][a]), int(near[inside][b])))
            line = shapely.linestrings(roads.points[[first, second]])
            crossed = len(water.query(line, predicate="intersects"))
            metres = float(GEOD.inv(*roads.points[first], *roads.points[second])[2])
            if not crossed and metres <= radius and country[first] == country[second]:
                streets[first, second] = CIRCUITY * metres
    pairs = np.array(sorted(streets), dtype=np.int32)
    print(f"  {len(pairs)} streets in cities, {sum(streets.values()) / 1000:,.0f} km")
    return Joined(
        roads.points,
        np.concatenate([roads.pairs, pairs]),
        np.concatenate([roads.lengths, [streets[tuple(pair)] for pair in pairs.tolist()]]),
        [*roads.bends, *[NONE] * len(pairs)],
    )


def cities() -> Iterator[tuple[float, float, float]]:
    """Yield lon, lat and radius in metres of every city, the largest first."""
    for place in Gazetteer().within((-180.0, -60.0, 180.0, 80.0), least_population=LEAST_PEOPLE):
        if place.feature.startswith("P.") and place.population >= LEAST_PEOPLE:
            yield place.lon, place.lat, place.precision_m


def joined(points: np.ndarray, parts: np.ndarray) -> Iterator[tuple[int, int]]:
    """Yield the shortest links that make one of several parts, as pairs of points."""
    names = np.unique(parts)
    if len(names) < 2:
        return
    best: dict[tuple[int, int], tuple[float, int, int]] = {}
    spots = on_sphere(points)
    for i, one in enumerate(names):
        own = np.flatnonzero(parts == one)
        tree = cKDTree(spots[own])
        for j, other in enumerate(names[:i]):
            theirs = np.flatnonzero(parts == other)
            gaps, at = tree.query(spots[theirs])
            k = int(np.argmin(gaps))
            best[i, j] = float(gaps[k]), int(own[at[k]]), int(theirs[k])
    rows, columns = np.array(list(best)).T
    weights = np.array([gap for gap, _, _ in best.values()]) + 1e-12
    links = minimum_spanning_tree(csr_array((weights, (rows, columns)), shape=(len(names), len(names)))).tocoo()
    for i, j in zip(links.row.tolist(), links.col.tolist(), strict=True):
        yield best[i, j][1:]
