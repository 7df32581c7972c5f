"""Long straight edges over a border, bent so that they pass it at the crossing they can only mean."""

import numpy as np
from pyproj import Geod
from road_links import Link

from geomap.geometry.roads.crossings import crossings

GEOD = Geod(ellps="WGS84")
SHORTEST_M = 10_000.0
OFF_M = 2_000.0
"""Nearer than this an edge passes a crossing as it is."""
SLACK, SLACK_M = 1.02, 5_000.0
"""A crossing may lie on an edge's road when the way by it is not longer than this share of the road, and this."""


def gates(
    points: np.ndarray, pairs: np.ndarray, lengths: np.ndarray, country: np.ndarray, codes: tuple[str, ...]
) -> list[Link]:
    """Return the bends of edges that pass a border far from the only crossing their length lets them take.

    Each crossing bends the edge it lengthens least, and each edge is bent by the crossing that lengthens it least.
    """
    a, b = country[pairs].T
    rows = np.flatnonzero((a != b) & (a > 0) & (b > 0) & (lengths > SHORTEST_M))
    found: list[tuple[float, int, object]] = []
    for pair in np.unique(np.sort(country[pairs[rows]], axis=1), axis=0):
        own = rows[(np.sort(country[pairs[rows]], axis=1) == pair).all(axis=1)]
        for known in crossings(*(codes[int(number)] for number in pair)):
            here = np.broadcast_to((known.lon, known.lat), (len(own), 2))
            first, second = (points[pairs[own, side]] for side in (0, 1))
            legs = [GEOD.inv(*here.T, *ends.T)[2] for ends in (first, second)]
            straight = GEOD.inv(*first.T, *second.T)[2]
            by_it = legs[0] + legs[1]
            off = np.sqrt(np.maximum(by_it**2 - straight**2, 0.0)) / 2
            fits = (by_it <= SLACK * lengths[own] + SLACK_M) & (off > OFF_M) & (np.minimum(*legs) > OFF_M)
            if fits.any():
                k = int(np.argmin(np.where(fits, by_it - straight, np.inf)))
                found.append((float(by_it[k] - straight[k]), int(own[k]), known))
    bent: dict[int, Link] = {}
    for _, row, known in sorted(found, key=lambda item: item[:2]):
        if row not in bent:
            ends = [tuple(point) for point in points[pairs[row]].tolist()]
            spots = (ends[0], (known.lon, known.lat), ends[1])
            bent[row] = Link("", "", known.name, spots, replaces=True, note="bent to a border crossing")
    return list(bent.values())
