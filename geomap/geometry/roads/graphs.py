"""The part of a road network that may be used: countries to keep to, what to avoid, and what borders cost."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from geomap.geometry.roads.crossings import NAMED_WITHIN_M, crossings
from geomap.geometry.roads.network import Network, load_network
from geomap.geometry.roads.search import Graph, graph_of
from geomap.geometry.roads.shelf import network_for

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

__all__ = ["REACHES_M", "Avoid", "codes_of", "graph_for", "limits", "network_at"]

Spot = tuple[float, float]

REACHES_M = (5_000.0, 30_000.0, 120_000.0)
"""How far from a place a road that leads on is looked for, in turns."""
_BORDER_M, _UNSURE_M, _UNNAMED_M, _CLOSED_M = 20_000.0, 10_000.0, 15_000.0, 80_000.0
"""Detours in metres of road that are taken rather than pass a border at all; and, beside that, rather than pass it at a
crossing that may be closed, where no crossing is known though the two countries have some, and at a closed one."""
_KEPT = 12


@dataclass(frozen=True, slots=True)
class Avoid:
    """What a way keeps out of."""

    countries: tuple[str, ...] = ()
    """ISO 3166-1 alpha-2 codes."""
    area: BaseGeometry | None = None
    """Polygons in EPSG:4326; a road that touches them is not taken."""


def network_at(*spots: Spot) -> Network:
    """Return the network to use: the user's own where it covers the places, else the shipped one."""
    own = network_for(spots)
    return own.network if own else load_network()


def codes_of(countries: Sequence[str]) -> tuple[str, ...]:
    """Return the codes of countries, each once and in order."""
    return tuple(sorted({code for code in countries if code}))


@lru_cache(maxsize=_KEPT)
def graph_for(network: Network, countries: tuple[str, ...], avoid: Avoid, on: date | None) -> Graph:
    """Return the roads that may be used, with what their borders cost."""
    first, second = network.edges.T
    allowed = fringe = None
    if countries:
        here = network.in_countries(countries)
        allowed, fringe = here[first] & here[second], here[first] ^ here[second]
    if avoid.countries:
        away = ~network.in_countries(avoid.countries)
        free = away[first] & away[second]
        allowed, fringe = (free, None) if allowed is None else (allowed & free, fringe & free)
    if avoid.area is not None:
        barred, _ = network.rows_touching(avoid.area)
        allowed = np.ones(len(network.edges), dtype=bool) if allowed is None else allowed
        allowed[barred] = False
        if fringe is not None:
            fringe[barred] = False
    return graph_of(network, allowed, fringe, *_tolls(network, on))


@lru_cache(maxsize=_KEPT)
def _tolls(network: Network, on: date | None) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Return the edges that pass a border, and what each costs beside its road on a day."""
    a, b = network.sides
    rows = network.gates
    tolls = np.full(len(rows), _BORDER_M)
    low, high = np.minimum(a[rows], b[rows]).astype(np.int64), np.maximum(a[rows], b[rows]).astype(np.int64)
    pairs = low * 1000 + high
    for pair in np.unique(pairs):
        known = crossings(network.codes[pair // 1000], network.codes[pair % 1000])
        if not known:
            continue
        own = np.flatnonzero(pairs == pair)
        gaps = np.array([network.nearest(rows[own], crossing.lon, crossing.lat)[1] for crossing in known])
        nearest = np.argmin(gaps, axis=0)
        dear = {True: 0.0, None: _UNSURE_M, False: _CLOSED_M}
        dearer = np.array([dear[crossing.is_open_on(on)] for crossing in known])
        named = gaps.min(axis=0) <= NAMED_WITHIN_M
        tolls[own] += np.where(named, dearer[nearest], _UNNAMED_M)
    return rows, tolls


def limits(distance: float) -> Iterator[float]:
    """Yield costs up to which a way to a place at a distance in metres is looked for, in turns.

    A way that is longer than three times the straight line, and 500 km, is none that anybody takes: the network lacks
    the bridge or ferry, as over the Øresund.
    """
    yield 1.25 * distance + 50_000.0
    yield 1.7 * distance + 150_000.0
    yield 3.0 * distance + 500_000.0
