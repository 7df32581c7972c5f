"""Roads of an OpenStreetMap extract as a network: `geomap data add roads`.

The file is read by osmium (the package of that name, an extra). First the roads, then the positions of their nodes
only, part by part: memory goes with the roads that are kept, not with the size of the file. An extract is cut at its
edge, so that ways may name nodes it does not hold: roads end where their nodes do.
"""

from __future__ import annotations

import itertools
from array import array
from bisect import bisect_left
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from geomap.errors import DataError, InputError
from geomap.geometry.roads.blocks import parts_of
from geomap.geometry.roads.joining import Ways, joined
from geomap.geometry.roads.tags import highway_values, road_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray
    from osmium.index import LocationTable

    from geomap.geometry.roads.blocks import Part
    from geomap.geometry.roads.network import Network
    from geomap.network import Progress

__all__ = ["ATTRIBUTION", "Extract", "read_extract"]

ATTRIBUTION = "© OpenStreetMap contributors"
"""The notice that https://www.openstreetmap.org/copyright asks for."""

_UNIT = 1e7
"""OpenStreetMap's positions are whole ten-millionths of a degree."""
_UNDEFINED = 2**31 - 1
"""What osmium has for a position that is none."""


@dataclass(frozen=True, eq=False, slots=True)
class Extract:
    """The roads of a file."""

    network: Network
    timestamp: str
    """Day and time of the data, ISO 8601 in UTC, as the file says; empty where it does not."""
    missing: int
    """Nodes of roads whose position the file does not hold."""


def read_extract(path: Path, *, minor: bool = False, progress: Progress | None = None) -> Extract:
    """Return the roads of an OpenStreetMap extract.

    Parameters
    ----------
    path
        A .osm.pbf file; .osm, .osm.gz, .osm.bz2, .opl and .o5m are read too, whole into memory.
    minor
        Whether to keep streets, service roads and all tracks too; see `geomap.geometry.roads.tags`.
    progress
        Told the bytes that were read, and how many will be.

    Raises
    ------
    InputError
        The file is no OpenStreetMap data, breaks off, is a history, or holds no roads.
    DataError
        The package osmium is not installed.
    """
    try:
        import osmium.io
    except ImportError as error:
        raise DataError("OpenStreetMap files are read by osmium: pip install 'geomap[roads]'") from error
    parts = parts_of(path)
    with _told(path):
        header = osmium.io.Reader(parts[0].opened() if parts else str(path), osmium.osm.NOTHING).header()
        if header.has_multiple_object_versions:
            raise InputError(f"{path} holds the history of its objects; make a plain file: osmium time-filter")
        is_sorted = header.get("sorting") == "Type_then_ID"
        ways, ids, points = _read(path, parts, progress, is_sorted=is_sorted, minor=minor)
    try:
        network = joined(ways, ids, points, attribution=ATTRIBUTION)
    except InputError as error:
        raise InputError(f"{path} cannot be used: {error}") from error
    timestamp = header.get("osmosis_replication_timestamp") or header.get("timestamp")
    return Extract(network, timestamp, missing=int(np.isnan(points[:, 0]).sum()))


def _read(
    path: Path, parts: Sequence[Part], progress: Progress | None, *, is_sorted: bool, minor: bool
) -> tuple[Ways, NDArray[np.int64], NDArray[np.float64]]:
    """Return the roads, the ids of their nodes in order, and lon, lat of these."""
    way_parts, node_parts = _passes(parts, is_sorted=is_sorted)
    told = _Counter(progress, sum(part.size for part in (*way_parts, *node_parts)))
    ways = _ways(way_parts, told, minor=minor)
    if not len(ways.kinds):
        raise InputError(f"{path} holds no roads; give an extract with roads, such as Geofabrik's of a country")
    ids = np.unique(ways.refs)
    if (ids < 0).any():
        raise InputError(f"{path} has nodes without an id of OpenStreetMap's (negative); run 'osmium renumber' on it")
    return ways, ids, _points(node_parts, ids, told, is_sorted=is_sorted)


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Turn what osmium raises into an error in words: it says what it found, not what to do."""
    try:
        yield
    except InputError:
        raise
    except (RuntimeError, ValueError, OSError) as error:
        raise InputError(f"{path} cannot be read ({error}); it is damaged or breaks off: download it again") from error


class _Counter:
    """Adds up what was read."""

    def __init__(self, progress: Progress | None, total: int) -> None:
        self._progress, self._done, self._total = progress, 0, total

    def add(self, size: int) -> None:
        self._done += size
        if self._progress:
            self._progress(self._done, self._total)


def _passes(parts: Sequence[Part], *, is_sorted: bool) -> tuple[Sequence[Part], Sequence[Part]]:
    """Return the parts to read for ways and for nodes: all, or, where all nodes come first, those that have them."""
    if not is_sorted or len(parts) == 1:
        return parts, parts
    first = bisect_left(range(len(parts)), 1, key=lambda number: _first_node(parts[number]) is None)
    return parts[max(0, first - 1) :], parts[:first]


def _ways(parts: Sequence[Part], told: _Counter, *, minor: bool) -> Ways:
    """Return the roads among the ways, with the ids of their nodes."""
    import osmium

    roads = osmium.filter.TagFilter(*(("highway", value) for value in highway_values(minor=minor)))
    refs, ends, kinds, oneway, labels = array("q"), array("q", [0]), array("B"), array("b"), array("i")
    numbers: dict[str, int] = {"": 0}
    for part in parts:
        for way in osmium.FileProcessor(part.opened(), osmium.osm.WAY).with_filter(roads):
            if isinstance(way, osmium.osm.Way) and (road := road_of(dict(way.tags), minor=minor)):
                refs.extend([node.ref for node in way.nodes])
                ends.append(len(refs))
                kinds.append(road.kind)
                oneway.append(road.oneway)
                labels.append(numbers.setdefault(road.label, len(numbers)))
        told.add(part.size)
    return Ways(
        refs=np.array(refs, dtype=np.int64),
        starts=np.array(ends, dtype=np.int64),
        kinds=np.array(kinds, dtype=np.uint8),
        oneway=np.array(oneway, dtype=np.int8),
        labels=np.array(labels, dtype=np.int32),
        names=tuple(numbers),
    )


def _points(parts: Sequence[Part], ids: NDArray[np.int64], told: _Counter, *, is_sorted: bool) -> NDArray[np.float64]:
    """Return lon, lat of nodes by their ids in order; not a number where the file has none.

    In a file sorted by id the nodes of a part lie between its first and that of the next part. Otherwise all
    positions of the file are held at once, 16 bytes each.
    """
    points = np.full((len(ids), 2), np.nan)
    if not is_sorted or len(parts) == 1:
        _fill(points, ids, _table(parts))
        told.add(sum(part.size for part in parts))
        return points
    edges = np.searchsorted(ids, [_first_node(part) or 0 for part in parts])
    for part, (start, end) in zip(parts, itertools.pairwise([*edges.tolist(), len(ids)]), strict=True):
        if end > start:
            _fill(points[start:end], ids[start:end], _table([part]))
        told.add(part.size)
    return points


def _first_node(part: Part) -> int | None:
    """Return the id of the node that a part begins with; None where it begins with ways or relations."""
    import osmium

    for node in osmium.FileProcessor(part.beginning(), osmium.osm.NODE):
        return int(node.id)
    return None


def _table(parts: Sequence[Part]) -> LocationTable:
    """Return the positions of all nodes of the parts."""
    import osmium

    table = osmium.index.create_map("sparse_mem_array")
    keep = osmium.NodeLocationsForWays(table)
    keep.ignore_errors()
    for part in parts:
        with osmium.io.Reader(part.opened(), osmium.osm.NODE) as reader:
            osmium.apply(reader, keep)
    # it sorts what it holds when it is handed a way
    with osmium.io.Reader(osmium.io.FileBuffer(b"w1 v1 Nn1\n", "opl")) as reader:
        osmium.apply(reader, keep)
    return table


def _fill(points: NDArray[np.float64], ids: NDArray[np.int64], table: LocationTable) -> None:
    """Write the positions of the ids into `points`, where the table has them."""
    spots = array("i")
    get, add = table.get, spots.append
    for number in ids.tolist():
        try:
            spot = get(number)
        except KeyError:
            add(_UNDEFINED)
            add(_UNDEFINED)
        else:
            add(spot.x)
            add(spot.y)
    found = np.array(spots, dtype=np.int32).reshape(-1, 2)
    points[:] = np.where(found == _UNDEFINED, np.nan, found / _UNIT)
