"""A region cut in two along a line, and what lies between two lines; EPSG:4326.

Which side is meant is judged by the course of the line as a whole and by where the pieces lie, so that the bends of a
river do not matter.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from typing import TYPE_CHECKING

import numpy as np
import shapely
from shapely.geometry import LineString, MultiLineString, Point, Polygon

from geomap.geometry.geodesy import cut, distance_m, length_m, locate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

__all__ = ["Interspace", "Sides", "interspace", "joined", "sides_of", "turned_to"]

_BESIDE_DEG = 2e-5
"""How far off the line, about 2 m, a piece is looked for on either side of it."""
_BESIDE_SPAN = 0.1
"""Over how many degrees the course of a line is told beside a piece that it does not touch."""
_AT_EDGE_DEG = 5e-3
"""An end of a line this near to the region's edge, about 500 m, has reached it."""
_HAIR_DEG = 1e-7
_COURSE_SHARE = 0.25
"""The course of a line at its end is that of its last quarter."""
_LOOKS = 24
"""Rows and columns of the grid of points from which a side is judged."""
_BY_SHARE = 0.25
"""Points are by a line in its box, and this share of its extent around."""
_SURE_SHARE = 0.7
"""How much more often one side has to have the line at its back than the other: at most twice, from all of the one and
none of the other. A river that runs the way of the bearing, in a great bend too, stays below a half."""


@dataclass(frozen=True, slots=True)
class Sides:
    """A region cut in two along a line: what lies to the left and to the right of one who follows it."""

    left: BaseGeometry
    right: BaseGeometry
    line: BaseGeometry
    """What of the line lies in the region's box, and its ends led on to the region's edge."""
    extended_m: float = 0.0
    """How far the line was led on where it ends inside, in metres."""

    def of(self, hand: str) -> BaseGeometry:
        """Return the side of a hand, "left" or "right"."""
        return self.left if hand == "left" else self.right


def sides_of(region: BaseGeometry, line: BaseGeometry, *, lean_deg: float = 0.0) -> Sides:
    """Return a region cut in two along a line.

    Where the line ends inside the region it is led on straight, as its last quarter runs, to the edge; or leaning from
    that by an angle, to the left where it is positive, so that the left side becomes the smaller. Pieces that the line
    does not touch, such as islands, go to the side they lie on.
    """
    lines = _whole(line)
    ends = [end for part in lines for end in _led_on(part, region, lean_deg)]
    cuts = shapely.union_all([*lines, *ends])
    apart: list[BaseGeometry] = []
    crossed: list[BaseGeometry] = []
    for part in shapely.get_parts(region):
        (crossed if shapely.intersects(part, cuts) else apart).append(part)
    faces = _faces(crossed, cuts)
    hands = _hands(faces, lines)
    longest = _endless(max(lines, key=lambda part: part.length))
    placed = [(face, hand or _hand_of(longest, face)) for face, hand in zip(faces, hands, strict=True)]
    beyond = [(part, _hand_of(longest, part)) for part in apart]

    def side(sign: float) -> BaseGeometry:
        near = shapely.union_all([face for face, hand in placed if hand * sign > 0])
        far = [part for part, hand in beyond if hand * sign > 0]
        return shapely.MultiPolygon([*(part for part in shapely.get_parts(near) if not part.is_empty), *far])

    return Sides(
        left=side(1.0),
        right=side(-1.0),
        line=shapely.intersection(cuts, region.envelope) if crossed else line,
        extended_m=max((length_m(shapely.intersection(end, region)) for end in ends), default=0.0),
    )


def turned_to(sides: Sides, bearing_deg: float) -> str | None:
    """Return the hand, "left" or "right", on which the side of a bearing lies, or None where neither does clearly.

    Who stands east of a river has it to the west: from a grid of points on either side it is counted how often the
    line is met looking back against the bearing, and how often looking along it. Only points by the line are asked:
    from the far end of a country nothing is seen of it.
    """
    west, south, east, north = sides.line.bounds
    reach = _BY_SHARE * max(east - west, north - south)
    view = shapely.box(west - reach, south - reach, east + reach, north + reach)
    parts = [shapely.intersection(part, view) for part in (sides.left, sides.right)]
    left, right = (_backs(part, sides.line, bearing_deg) for part in parts)
    seen = sum(not part.is_empty for part in parts)
    if abs(left - right) < _SURE_SHARE * seen / 2:
        return None
    return "left" if left > right else "right"


def _led_on(part: LineString, region: BaseGeometry, lean_deg: float) -> list[LineString]:
    """Return the straight lines that lead the ends of a line on to the edge of the region, where they are inside."""
    found = []
    edge = region.boundary
    ways = () if part.is_closed else ((part, lean_deg), (shapely.reverse(part), -lean_deg))
    for line, lean in ways:
        end = Point(line.coords[-1])
        if not shapely.intersects(region, end):
            continue
        if shapely.distance(end, edge) <= _AT_EDGE_DEG:
            tip = shapely.shortest_line(end, edge)
        else:
            pieces = shapely.get_parts(shapely.intersection(_ray(line, region, lean), region))
            tip = min(pieces, key=lambda piece: shapely.distance(piece, end))
            tip = (
                tip
                if shapely.distance(Point(tip.coords[0]), end) < shapely.distance(Point(tip.coords[-1]), end)
                else shapely.reverse(tip)
            )
        found += [_past(LineString([end, tip.coords[-1]]))]
    return found


def _past(line: LineString) -> LineString:
    """Return a straight line that goes a hair further, so that it cuts the edge it leads to."""
    (ax, ay), (bx, by) = line.coords[0], line.coords[-1]
    size = max(np.hypot(bx - ax, by - ay), _HAIR_DEG)
    return LineString([(ax, ay), (bx + (bx - ax) / size * _HAIR_DEG, by + (by - ay) / size * _HAIR_DEG)])


def _ray(line: LineString, region: BaseGeometry, lean_deg: float = 0.0) -> LineString:
    """Return a line from the end of another on, as its last quarter runs or leaning to its left, beyond the region."""
    x, y = line.coords[-1]
    back = shapely.line_interpolate_point(line, (1 - _COURSE_SHARE) * line.length)
    scale = max(np.cos(np.radians(y)), 0.01)
    step = np.array([(x - back.x) * scale, y - back.y])
    size = np.hypot(*step)
    west, south, east, north = region.bounds
    reach = (east - west) + (north - south)
    east, north = step / size if size else np.array([1.0, 0.0])
    cos, sin = np.cos(np.radians(lean_deg)), np.sin(np.radians(lean_deg))
    unit = (east * cos - north * sin, east * sin + north * cos)
    return LineString([(x, y), (x + reach * unit[0] / scale, y + reach * unit[1])])


def _faces(pieces: Sequence[BaseGeometry], cuts: BaseGeometry) -> list[BaseGeometry]:
    """Return the faces into which lines cut polygons."""
    found = []
    for piece in pieces:
        box = shapely.box(*piece.bounds).buffer(1.0)
        edges = shapely.union_all([piece.boundary, shapely.intersection(cuts, box)])
        made = shapely.get_parts(shapely.polygonize(shapely.get_parts(edges)))
        inside = shapely.contains(piece, shapely.point_on_surface(made)) if len(made) else np.array([], bool)
        found += list(made[inside]) if inside.any() else [piece]
    return found


def _hands(faces: Sequence[BaseGeometry], lines: Sequence[LineString]) -> NDArray[np.float64]:
    """Return for each face how much more of the lines has it to the left than to the right, in degrees."""
    votes = np.zeros(len(faces))
    if not len(faces) or not lines:
        return votes
    tree = shapely.STRtree(faces)
    for line in lines:
        points = shapely.get_coordinates(line)
        step = np.diff(points, axis=0)
        size = np.hypot(step[:, 0], step[:, 1])
        kept = size > 0
        middle, step, size = (points[:-1] + points[1:])[kept] / 2, step[kept], size[kept]
        normal = np.column_stack([-step[:, 1], step[:, 0]]) / size[:, None] * _BESIDE_DEG
        for sign in (1.0, -1.0):
            spots, found = tree.query(shapely.points(middle + sign * normal), predicate="intersects")
            np.add.at(votes, found, sign * size[spots])
    return votes


def _endless(line: LineString) -> LineString:
    """Return a line led on straight at both its ends, as far as any piece of land may lie."""
    world = shapely.box(-540.0, -90.0, 540.0, 90.0)
    after, before = _ray(line, world), _ray(shapely.reverse(line), world)
    return LineString([before.coords[-1], *line.coords, after.coords[-1]])


def _hand_of(line: LineString, face: BaseGeometry) -> float:
    """Return 1 for a face that lies to the left of a line, where it comes nearest, else -1."""
    spot = shapely.point_on_surface(face)
    along = shapely.line_locate_point(line, spot)
    a, b = (shapely.line_interpolate_point(line, max(0.0, along + reach)) for reach in (-_BESIDE_SPAN, _BESIDE_SPAN))
    return 1.0 if (b.x - a.x) * (spot.y - a.y) - (b.y - a.y) * (spot.x - a.x) > 0 else -1.0


def _backs(area: BaseGeometry, line: BaseGeometry, bearing_deg: float) -> float:
    """Return how much more often the line is met from an area looking back against a bearing than looking along it."""
    points = _grid(area)
    if not len(points):
        return 0.0
    west, south, east, north = shapely.union(area, line).bounds
    scale = max(np.cos(np.radians((south + north) / 2)), 0.01)
    reach = (east - west) + (north - south)
    turn = np.radians(bearing_deg)
    step = reach * np.array([np.sin(turn) / scale, np.cos(turn)])
    shapely.prepare(line)
    back, ahead = (
        shapely.intersects(shapely.linestrings(np.stack([points, points + sign * step], axis=1)), line).mean()
        for sign in (-1.0, 1.0)
    )
    return float(back - ahead)


def _grid(area: BaseGeometry) -> NDArray[np.float64]:
    """Return points all over an area."""
    if area.is_empty:
        return np.empty((0, 2))
    west, south, east, north = area.bounds
    x, y = np.meshgrid(
        west + (np.arange(_LOOKS) + 0.5) / _LOOKS * (east - west),
        south + (np.arange(_LOOKS) + 0.5) / _LOOKS * (north - south),
    )
    shapely.prepare(area)
    inside = shapely.contains_xy(area, x.ravel(), y.ravel())
    points = np.column_stack([x.ravel()[inside], y.ravel()[inside]])
    return points if len(points) else shapely.get_coordinates(shapely.point_on_surface(area))


@dataclass(frozen=True, slots=True)
class Interspace:
    """What lies between two lines."""

    faced: BaseGeometry
    """Where both run beside each other: closed at the nearest way across from the end of the one to the other."""
    closed: BaseGeometry
    """All that is enclosed when the ends of the two are joined straight across."""


def interspace(first: LineString, second: LineString) -> Interspace:
    """Return what lies between two lines; where they cross, the parts on either side of the crossing.

    Their directions do not matter: the ends that lie nearer to each other go together.
    """
    if _apart(first, second) > _apart(first, shapely.reverse(second)):
        second = shapely.reverse(second)
    straight = _enclosed(first, second)
    a, b = _shortened(first, second)
    a, b = (shapely.reverse(line) for line in _shortened(shapely.reverse(a), shapely.reverse(b)))
    faced = _enclosed(a, b)
    return Interspace(faced, shapely.union(faced, straight))


def joined(line: BaseGeometry, gap_m: float) -> LineString:
    """Return the longest line that follows from the parts of a line, ends nearer than `gap_m` metres led together."""
    parts = sorted(_lines(line), key=length_m, reverse=True)
    return reduce(lambda whole, part: _appended(whole, part, gap_m), parts[1:], parts[0])


def _appended(whole: LineString, part: LineString, gap_m: float) -> LineString:
    ways = [
        (distance_m(*a.coords[-1], *b.coords[0]), n, a, b)
        for n, (a, b) in enumerate(
            (one, other)
            for turned in (part, shapely.reverse(part))
            for one, other in ((whole, turned), (turned, whole))
        )
    ]
    gap, _, a, b = min(ways, key=lambda way: way[:2])
    return LineString([*a.coords, *b.coords]) if gap <= gap_m else whole


def _apart(first: LineString, second: LineString) -> float:
    """Return the sum of the distances between the first ends and between the last ends of two lines, in metres."""
    return sum(distance_m(*first.coords[end], *second.coords[end]) for end in (0, -1))


def _shortened(first: LineString, second: LineString) -> tuple[LineString, LineString]:
    """Return two lines without what of the one runs on before the beginning of the other."""
    on_second, off_second = locate(second, *first.coords[0])
    on_first, off_first = locate(first, *second.coords[0])
    if off_second <= off_first:
        return first, cut(second, on_second, length_m(second)) if on_second > 0 else second
    return cut(first, on_first, length_m(first)) if on_first > 0 else first, second


def _enclosed(first: LineString, second: LineString) -> BaseGeometry:
    ring = [*first.coords, *reversed(second.coords)]
    if len(ring) < 3:
        return Polygon()
    return _solid(shapely.make_valid(Polygon(ring), method="linework"))


def _solid(geometry: BaseGeometry) -> BaseGeometry:
    parts = shapely.get_parts(shapely.get_parts(geometry))
    return shapely.union_all(parts[shapely.get_dimensions(parts) == 2])


def _whole(line: BaseGeometry) -> list[LineString]:
    """Return the parts of a line as they are drawn, those that go on where another ends led together."""
    parts = shapely.get_parts(shapely.get_parts(line))
    return [LineString(parts[0])] if len(parts) == 1 else _lines(line)


def _lines(geometry: BaseGeometry) -> list[LineString]:
    """Return the lines of a geometry, joined where one goes on where another ends, in their own direction."""
    parts = shapely.get_parts(shapely.get_parts(geometry))
    lines = [part for part in parts if part.geom_type in {"LineString", "LinearRing"} and part.length > 0]
    merged = shapely.line_merge(MultiLineString([LineString(line) for line in lines]), directed=True)
    return [part for part in shapely.get_parts(merged) if part.geom_type == "LineString" and not part.is_empty]
