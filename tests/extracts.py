"""Tiny OpenStreetMap files written by osmium, for tests."""

from pathlib import Path

import osmium
from osmium.osm.mutable import Node, Way

GRID = 0.01
"""Degrees between neighbouring nodes that are given by column and row."""


def at(column: float, row: float, *, west: float = 36.5, south: float = 34.5) -> tuple[float, float]:
    """Return lon, lat of a spot on a grid in Syria."""
    return round(west + column * GRID, 7), round(south + row * GRID, 7)


def write(path: Path, nodes: dict[int, tuple[float, float]], ways: list[tuple[list[int], dict]], **header) -> Path:
    """Write nodes by id and ways with their tags, sorted as extracts are; the header's values by their names."""
    head = osmium.io.Header()
    for key, value in ({"sorting": "Type_then_ID"} | header).items():
        head.set(key, value)
    with osmium.SimpleWriter(str(path), header=head, overwrite=True) as writer:
        for number, lonlat in sorted(nodes.items()):
            writer.add_node(Node(id=number, version=1, location=lonlat))
        for number, (refs, tags) in enumerate(ways, start=1):
            writer.add_way(Way(id=number, version=1, nodes=refs, tags=tags))
    return path


def row_of(*numbers: int) -> dict[int, tuple[float, float]]:
    """Return nodes on one parallel, one step apart."""
    return {number: at(column, 0) for column, number in enumerate(numbers)}
