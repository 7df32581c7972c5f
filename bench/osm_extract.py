"""A made-up OpenStreetMap extract, the same on every machine: ``python bench/osm_extract.py OUT.osm.pbf [TOWNS]``.

It has what an extract of a country has: towns with streets and houses, highways with two carriageways, roads with
bends, names and numbers between the towns, tracks, roundabouts, and far more that is no road than is one.
"""

import itertools
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import osmium
from scipy.spatial import cKDTree

TOWNS = 330
BOX = (36.0, 32.5, 44.0, 37.0)
METRE = 1 / 111_320
_CLASSES = ("trunk", "primary", "secondary", "tertiary", "unclassified")
_DAYS = [
    f"20{year}-{month:02}-{day:02}T0{day % 10}:{month:02}:{day:02}Z"
    for year in range(10, 26)
    for month in range(1, 13)
    for day in range(1, 29)
]


class Extract:
    """Nodes and ways in the making, ids in their order."""

    def __init__(self, seed: int = 20) -> None:
        self.random = np.random.default_rng(seed)
        self.points: list[np.ndarray] = []
        self.count = 0
        self.ways: list[tuple[np.ndarray, dict[str, str]]] = []

    def nodes(self, lonlat: np.ndarray) -> np.ndarray:
        """Add nodes and return their ids."""
        self.points.append(lonlat.reshape(-1, 2))
        first = self.count + 1
        self.count += lonlat.size // 2
        return np.arange(first, self.count + 1)

    def way(self, ids: np.ndarray, **tags: str) -> None:
        self.ways.append((ids, tags))

    def town(self, lon: float, lat: float, number: int, size: int) -> np.ndarray:
        """Add a town's streets and houses; return the nodes at its middle street."""
        step = 90 * METRE
        steps = np.arange(size)
        grid = np.stack(np.meshgrid(steps, steps, indexing="ij"), axis=-1) * step - size * step / 2
        grid = grid + self.random.normal(0, 8 * METRE, grid.shape) + (lon, lat)
        ids = self.nodes(grid).reshape(size, size)
        for line, row in enumerate((*ids, *ids.T)):
            kind = "tertiary" if line % 6 == 3 else "residential"
            oneway = {"oneway": "yes"} if line % 5 == 2 else {}
            self.way(row, highway=kind, name=f"Street {line} of town {number}", **oneway)
        corners = np.array([(15, 12), (45, 12), (45, 40), (15, 40)]) * METRE
        for house in (grid[:-1, :-1].reshape(-1, 1, 2) + corners).reshape(-1, 4, 2):
            for shift in (0.0, 32 * METRE):
                walls = self.nodes(house + np.array([shift, 0.0]))
                self.way(np.append(walls, walls[0]), building="yes")
        return ids[size // 2]

    def road(self, start: int, end: int, a: np.ndarray, b: np.ndarray, tags: dict[str, str]) -> None:
        """Add a road with a vertex about every 70 m, in ways of up to 400 vertices."""
        count = max(4, int(np.hypot(*(b - a)) / (70 * METRE)))
        share = np.linspace(0, 1, count)[1:-1, None]
        waves = sum(self.random.normal(0, 900 / k) * METRE * np.sin(np.pi * k * share) for k in (3, 7, 19, 61))
        across = np.array([-(b - a)[1], (b - a)[0]]) / np.hypot(*(b - a))
        ids = np.concatenate([[start], self.nodes(a + share * (b - a) + waves * across), [end]])
        for first in range(0, len(ids) - 1, 400):
            self.way(ids[first : first + 401], **tags)

    def write(self, path: Path) -> None:
        """Write the file; osmium turns text into its blocks much faster than it takes objects from Python."""
        header = osmium.io.Header()
        header.set("osmosis_replication_timestamp", "2026-01-01T00:00:00Z")
        header.set("sorting", "Type_then_ID")
        with osmium.SimpleWriter(str(path), header=header, overwrite=True) as writer:
            for lines in (self._node_lines(), self._way_lines()):
                while chunk := "".join(itertools.islice(lines, 200_000)):
                    osmium.apply(osmium.io.FileBuffer(chunk.encode(), "opl"), writer)

    def _node_lines(self) -> Iterator[str]:
        points = np.concatenate(self.points)
        days = self.random.integers(0, len(_DAYS), len(points))
        for number, ((lon, lat), day) in enumerate(zip(points.tolist(), days.tolist(), strict=True), start=1):
            tags = f" Tamenity=cafe,name=Cafe_{number}" if number % 400 == 0 else ""
            yield f"n{number} v1 c{number // 90} t{_DAYS[day]}{tags} x{lon:.7f} y{lat:.7f}\n"

    def _way_lines(self) -> Iterator[str]:
        for number, (ids, tags) in enumerate(self.ways, start=1):
            listed = ",".join(f"{key}={value.replace(' ', '%20%')}" for key, value in tags.items())
            refs = ",n".join(map(str, ids.tolist()))
            yield f"w{number} v1 c{number // 20} t{_DAYS[number % len(_DAYS)]} T{listed} Nn{refs}\n"


def make(path: Path, towns: int = TOWNS) -> None:
    """Write the extract."""
    extract = Extract()
    west, south, east, north = BOX
    spots = extract.random.uniform((west, south), (east, north), (towns, 2))
    middles = [
        extract.town(lon, lat, number, int(size))
        for number, ((lon, lat), size) in enumerate(zip(spots, extract.random.integers(8, 60, towns), strict=True))
    ]
    places = np.concatenate(extract.points)
    near = cKDTree(spots).query(spots, k=min(6, towns))[1][:, 1:]
    pairs = sorted({(min(a, int(b)), max(a, int(b))) for a, row in enumerate(near) for b in row})
    for number, (a, b) in enumerate(pairs):
        kind = _CLASSES[number % len(_CLASSES)]
        tags = {"highway": kind, "name": f"Road {number}"}
        if kind in _CLASSES[:3]:
            tags["ref"] = f"{kind[0].upper()}{number}"
        start, end = int(middles[a][-1]), int(middles[b][0])
        if kind == "trunk":
            tags["oneway"] = "yes"
            extract.road(end, start, places[end - 1], places[start - 1], tags)
        extract.road(start, end, places[start - 1], places[end - 1], tags)
    for start, end in extract.random.integers(1, len(places), (towns * 4, 2)):
        if np.hypot(*(places[start - 1] - places[end - 1])) < 0.6:
            extract.road(int(start), int(end), places[start - 1], places[end - 1], {"highway": "track"})
    extract.write(path)


if __name__ == "__main__":
    make(Path(sys.argv[1]), *map(int, sys.argv[2:]))
