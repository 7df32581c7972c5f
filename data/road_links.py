"""Roads that the source of the road network lacks, or draws straight over a long way.

They come from two tables written by hand: `curated/road_links.csv`, and `curated/highways.csv`, whose roads are laid on
the bare network here. Where the network has a road, towns that lie off one of its straight edges become bends of that
edge; where it has none, the piece of the highway becomes a road of its own. An edge keeps its length, which the source
measured along the road: bends that would make it longer are mistakes in a table, and are left away and reported.

`python data/road_links.py` prints what is done and what is in doubt.
"""

import csv
import itertools
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import numpy as np
import shapely
from bare_network import Base, Spot, Window, line_m
from numpy.typing import NDArray
from scipy.spatial import cKDTree
from shapely.geometry import LineString, Point
from shapely.geometry.base import BaseGeometry
from sphere import EARTH_M, on_sphere

from geomap.geometry.rivers import rivers

CURATED = Path(__file__).parent / "curated"

NEAR_M = 5_000.0
"""A town has the junctions this near; an end of a link is joined to the network this far."""
DETOUR, SLACK_M = 1.5, 5_000.0
"""A way longer than so many lines through the towns, and this, is another road."""
BENT, BENT_SLACK_M = 1.08, 1_000.0
"""A line through spots of a road is not longer than the road; the rest is the towns' size."""
FREE_M = 25_000.0
"""An edge shorter than this is near enough to its road as it is."""
ALONG_M = 80_000.0
"""An edge that begins this near to a highway's last junction may be its way on."""
WIDEST_M = 160_000.0
"""Between listed spots further apart than this no road is made up."""
SAME_M = 2_000.0
BRIDGEHEAD_M = 1_500.0
"""A junction this near to the end of a bridge that is gone stands at that bridge."""
BRIDGE_DEG = 0.15
"""A river is crossed at a bridge by lines that pass it this near: towns stand some kilometres from their bridges."""
OTHER_ROAD_M = 8_000.0
"""A town this far from a way of the network, which none of its edges may pass, lies on another road."""
END_M = 10_000.0
"""The first and the last town of a highway may be a large one, whose junctions lie around it."""


@dataclass(frozen=True, slots=True)
class Link:
    """A road to be joined to the network, or the bends of an edge it has."""

    country: str
    ref: str
    name: str
    points: tuple[Spot, ...]
    """lon, lat; of an edge's bends the first and the last are the junctions it joins."""
    replaces: bool
    """Whether these are the bends of an edge, which keeps its length."""
    open_from: str = ""
    """ISO dates, empty where always."""
    open_until: str = ""
    note: str = ""

    def length_m(self) -> float:
        """Return the length of the straight lines between its spots, in metres."""
        return line_m(self.points)


@dataclass(frozen=True, slots=True)
class Road:
    """A row of the table of highways."""

    country: str
    ref: str
    towns: tuple[str, ...]
    spots: tuple[Spot, ...]

    def name(self, i: int, j: int) -> str:
        """Return what a piece of it is called."""
        return f"{self.towns[i]}–{self.towns[j]}"


@dataclass
class Laying:
    """Highways being laid on the bare network."""

    base: Base
    gone: Sequence[LineString] = ()
    """Bridges that are there no more."""
    bends: dict[int, list[tuple[Spot, str, Road]]] = field(default_factory=lambda: defaultdict(list))
    new: list[Link] = field(default_factory=list)
    streets: set[tuple[int, int]] = field(default_factory=set)
    doubts: list[str] = field(default_factory=list)

    def lay(self, road: Road) -> None:
        """Lay a highway: its towns become bends of edges it follows, and its pieces that have none roads."""
        last = len(road.spots) - 1
        anchors = [i for i, spot in enumerate(road.spots) if self._near(spot, END_M if i in {0, last} else NEAR_M)]
        if not anchors:
            self._add(road, 0, last)
            return
        window = self.base.window(road.spots)
        used = {i: [self._near(road.spots[i], END_M)[0]] for i in anchors}
        for i, j in itertools.pairwise(anchors):
            path = self._between(window, road, i, j)
            used[i].append(path[0])
            used[j].append(path[-1])
        for i in anchors:
            self._through(window, road, i, used[i])
        if anchors[0] > 0:
            self._tail(road, anchors[0], 0)
        if anchors[-1] < last:
            self._tail(road, anchors[-1], last)

    def _between(self, window: Window, road: Road, i: int, j: int) -> list[int]:
        """Lay a piece between two towns with junctions, and return the junctions that it passes."""
        span = line_m(road.spots[i : j + 1])
        starts, ends = (self._near(road.spots[k], END_M) for k in (i, j))
        path = window.way(road.spots[i], road.spots[j], starts=starts, ends=ends, limit_m=DETOUR * span + SLACK_M)
        if path is not None:
            edges = [self.base.edge_of[min(a, b), max(a, b)] for a, b in itertools.pairwise(path)]
            spots = [self.base.spot(node) for node in path]
            way = LineString(spots) if len(spots) > 1 else Point(spots)
            inner = road.spots[i + 1 : j]
            if all(self._best(spot, edges) is not None or _off_m(way, spot) <= OTHER_ROAD_M for spot in inner):
                for k in range(i + 1, j):
                    self._bend(road, k, edges)
                return path
        self._add(road, i, j)
        return [self._near(road.spots[k], END_M)[0] for k in (i, j)]

    def _through(self, window: Window, road: Road, i: int, nodes: Sequence[int]) -> None:
        """Join the junctions at which a road comes to a town and leaves it, where the network has only a way round."""
        for a, b in itertools.combinations(dict.fromkeys(nodes), 2):
            ends = self.base.spot(a), self.base.spot(b)
            if (a, b) in self.streets or (b, a) in self.streets or line_m(ends) > END_M or self._cut_off(*ends):
                continue
            if window.apart_m(a, b, limit_m=DETOUR * line_m(ends) + SLACK_M) == np.inf:
                self.streets.add((a, b))
                note = "through a town: the source of the network does not join its roads there"
                self.new.append(Link(road.country, road.ref, f"in {road.towns[i]}", ends, replaces=False, note=note))

    def _tail(self, road: Road, anchor: int, end: int) -> None:
        """Lay the end of a road that has no junction near: along an edge that goes on, else as a road of its own."""
        step = 1 if end > anchor else -1
        beyond = range(anchor + step, end + step, step)
        edges = [row for node in self._near(road.spots[anchor], ALONG_M) for row in self.base.beside[node]]
        if all(self._best(road.spots[k], edges, bent=1.0) is not None for k in beyond):
            for k in beyond:
                self._bend(road, k, edges, bent=1.0)
        else:
            self._add(road, min(anchor, end), max(anchor, end))

    def _bend(self, road: Road, k: int, edges: Iterable[int], *, bent: float = BENT) -> None:
        row = self._best(road.spots[k], edges, bent=bent)
        if row is not None:
            self.bends[row].append((road.spots[k], road.towns[k], road))
        elif edges:
            self.doubts.append(f"{road.country} {road.ref}: {road.towns[k]} lies off the road of the network")

    def _best(self, spot: Spot, edges: Iterable[int], *, bent: float = BENT) -> int | None:
        """Return the long edge whose road may pass a spot beside it: the way over it is no longer than that road."""
        best: tuple[float, int | None] = (np.inf, None)
        for row in edges:
            a, b = (self.base.spot(int(node)) for node in self.base.pairs[row])
            over, length = line_m((a, spot, b)), float(self.base.lengths[row])
            if length > FREE_M and over <= bent * length + BENT_SLACK_M and 0 < _share(a, b, spot) < 1:
                best = min(best, (over - line_m((a, b)), row), key=lambda found: found[0])
        return best[1]

    def _add(self, road: Road, i: int, j: int) -> None:
        """Make what lies between two listed spots roads of their own; none is made up where they are far apart."""
        start = i
        for k in range(i, j):
            apart = line_m(road.spots[k : k + 2])
            cut = self._cut_off(road.spots[k], road.spots[k + 1])
            if cut or apart > WIDEST_M:
                why = "its bridge is gone" if cut else f"{apart / 1000:.0f} km"
                self.doubts.append(f"{road.country} {road.ref}: {road.name(k, k + 1)} is missing, {why}")
                self._piece(road, start, k)
                start = k + 1
        self._piece(road, start, j)

    def _near(self, spot: Spot, within_m: float) -> list[int]:
        """Return the junctions near a spot, but for those beyond a river whose bridge is gone."""
        return [node for node in self.base.near(spot, within_m) if not self._cut_off(spot, self.base.spot(node))]

    def _cut_off(self, a: Spot, b: Spot) -> bool:
        """Whether two spots lie on either side of a river at a bridge that is gone."""
        line = LineString((a, b))
        return any(
            shapely.distance(bridge, line) < BRIDGE_DEG and any(line.crosses(river) for river in rivers().values())
            for bridge in self.gone
        )

    def _piece(self, road: Road, i: int, j: int) -> None:
        if i == j:
            return
        spots = list(road.spots[i : j + 1])
        for place in (0, -1):
            if near := self._near(spots[place], END_M):
                spots[place] = self.base.spot(near[0])
        note = "a piece of a listed highway that the source of the network lacks"
        self.new.append(Link(road.country, road.ref, road.name(i, j), tuple(spots), replaces=False, note=note))

    def links(self) -> list[Link]:
        """Return what has been found: bends of edges, then roads of their own."""
        return [*filter(None, (self._bent(row) for row in sorted(self.bends))), *self.new]

    def _bent(self, row: int) -> Link | None:
        a, b = (self.base.spot(int(node)) for node in self.base.pairs[row])
        spots = sorted(self.bends[row], key=lambda bend: _share(a, b, bend[0]))
        limit = BENT * float(self.base.lengths[row]) + BENT_SLACK_M
        kept: list[tuple[Spot, str, Road]] = []
        for bend in spots:
            if min(line_m((bend[0], other)) for other in (a, b, *(k[0] for k in kept))) > SAME_M:
                kept.append(bend)
        while kept and line_m((a, *(bend[0] for bend in kept), b)) > limit:
            worst = max(kept, key=lambda bend: line_m((a, bend[0], b)))
            kept.remove(worst)
            self.doubts.append(f"{worst[2].country} {worst[2].ref}: past {worst[1]} the edge would be too long")
        if not kept:
            return None
        road = kept[0][2]
        towns = ", ".join(bend[1] for bend in kept)
        points = (a, *(bend[0] for bend in kept), b)
        return Link(road.country, road.ref, towns, points, replaces=True, note="bends of a long straight edge")


def links(points: NDArray[np.float64], pairs: NDArray[np.int64], lengths: NDArray[np.float64]) -> list[Link]:
    """Return the roads to join to a network and the bends of its edges, and print what is in doubt.

    Links are to be joined in this order: a later one may end on an earlier one.

    Parameters
    ----------
    points
        lon, lat of the junctions in degrees, WGS 84.
    pairs
        The two junctions of each edge.
    lengths
        Metres of road of each edge.
    """
    found, doubts = laid(Base(np.asarray(points, dtype=float), np.asarray(pairs), np.asarray(lengths, dtype=float)))
    for doubt in doubts:
        print(f"  {doubt}")
    bent = sum(link.replaces for link in found)
    km = sum(link.length_m() for link in found if not link.replaces) / 1000
    print(f"road links: {bent} edges bent, {len(found) - bent} roads joined, {km:,.0f} km; {len(doubts)} doubts")
    return found


def laid(base: Base) -> tuple[list[Link], list[str]]:
    """Return the links of both tables, those written for themselves first, and what is in doubt."""
    own, doubts = [], []
    for link in listed():
        fitted = _fitted(base, link) if link.replaces else link
        if fitted is None:
            doubts.append(f"{link.country} {link.ref}: {link.name} replaces no edge between junctions near its ends")
        else:
            own.append(fitted)
    gone = [link for link in own if link.replaces and link.open_until]
    base = base.without([(link.points[0], link.points[-1]) for link in gone], around_m=BRIDGEHEAD_M)
    laying = Laying(base, gone=[LineString(link.points) for link in gone])
    for road in highways():
        laying.lay(road)
    bent = {(link.points[0], link.points[-1]) for link in own if link.replaces}
    rest = [link for link in laying.links() if (link.points[0], link.points[-1]) not in bent]
    doubts += [*laying.doubts, *_loose(base, [*own, *rest])]
    return [*own, *rest], doubts


def listed() -> list[Link]:
    """Return the rows of `curated/road_links.csv`; a row that cannot be right stops the recipe."""
    with (CURATED / "road_links.csv").open(encoding="utf-8", newline="") as opened:
        return [_link(row) for row in csv.DictReader(opened)]


def highways() -> list[Road]:
    """Return the rows of `curated/highways.csv`."""
    with (CURATED / "highways.csv").open(encoding="utf-8", newline="") as opened:
        return [
            Road(row["country"], row["ref"], tuple(row["towns"].split(";")), _spots(row["points"]))
            for row in csv.DictReader(opened)
        ]


def _link(row: dict[str, str]) -> Link:
    try:
        for day in filter(None, (row["open_from"], row["open_until"])):
            date.fromisoformat(day)
        return Link(
            country=row["country"],
            ref=row["ref"],
            name=row["name"],
            points=_spots(row["points"]),
            replaces={"yes": True, "no": False}[row["replaces"]],
            open_from=row["open_from"],
            open_until=row["open_until"],
            note=row["note"],
        )
    except (KeyError, ValueError) as error:
        raise SystemExit(f"road_links.csv, {row.get('name')}: {error!r}") from error


def _spots(text: str) -> tuple[Spot, ...]:
    pairs = [point.split() for point in text.split(";")]
    return tuple((float(lon), float(lat)) for lat, lon in pairs)


def _fitted(base: Base, link: Link) -> Link | None:
    """Return the bends of the edge whose junctions are nearest to a link's ends; None where no edge has them near."""
    pairs = itertools.product(*(base.near(link.points[end], NEAR_M) for end in (0, -1)))
    fitting = [(a, b) for a, b in pairs if (min(a, b), max(a, b)) in base.edge_of]
    if not fitting:
        return None
    off = [base.away_m(link.points[0], a) + base.away_m(link.points[-1], b) for a, b in fitting]
    a, b = fitting[int(np.argmin(off))]
    return replace(link, points=(base.spot(a), *link.points[1:-1], base.spot(b)))


def _loose(base: Base, found: Sequence[Link]) -> list[str]:
    """Return which roads hang on nothing: no junction and no other link's spot is near either end."""
    roads = [link for link in found if not link.replaces]
    spots = [(spot, link) for link in found for spot in link.points]
    tree = cKDTree(on_sphere(np.array([spot for spot, _ in spots])))
    told = []
    for link in roads:
        held = []
        for end in (link.points[0], link.points[-1]):
            others = tree.query_ball_point(on_sphere(np.array([end]))[0], NEAR_M / EARTH_M)
            held.append(bool(base.near(end, NEAR_M)) or any(spots[i][1] is not link for i in others))
        if not all(held):
            ends = "both ends" if not any(held) else "one end"
            told.append(f"{link.country} {link.ref}: {link.name} hangs free at {ends}")
    return told


def _off_m(way: BaseGeometry, spot: Spot) -> float:
    """Return the distance of a spot from a way in metres."""
    nearest = way.interpolate(way.project(Point(spot)))
    return line_m((spot, (nearest.x, nearest.y)))


def _share(a: Spot, b: Spot, spot: Spot) -> float:
    """Return how far along a straight edge a spot lies, 0 at its first junction."""
    scale = np.array([np.cos(np.radians((a[1] + b[1]) / 2)), 1.0])
    way, off = (np.array(b) - a) * scale, (np.array(spot) - a) * scale
    return float(way @ off / (way @ way))


if __name__ == "__main__":
    from build_roads import read_package

    nodes, edges, metres = read_package()
    links(nodes / 1000, edges, metres)
