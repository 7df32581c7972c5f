"""A story across the antimeridian in one piece: longitudes run on beyond 180 degrees instead of jumping back.

The map is cut open where the story has the widest gap, so that its box is as small as can be.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

import numpy as np
import shapely

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from geomap.maps.payload import Story
    from geomap.models import Crossing, Leg, Place, PlaceRef, Route, Shape

    Points = NDArray[np.float64]

__all__ = ["shifted_to", "unwrapped", "western_edge"]

_HALF, _TURN = 180.0, 360.0
_SLACK = 1e-6
_Geometry = TypeVar("_Geometry", bound="BaseGeometry")


def unwrapped(story: Story) -> Story:
    """Return the story with all longitudes from its western edge to less than 360 degrees east of it.

    The same story where nothing lies on both sides of the antimeridian. The western edge is at least -180.
    """
    if not _is_torn(story):
        return story
    routes = [_joined(movement.route) for movement in story.movements]
    shapes = [area.shape and _smooth_shape(area.shape) for area in story.areas]
    west = western_edge(_extents(story, routes, shapes))
    places: dict[int, Place] = {}

    def moved(place: Place) -> Place:
        return places.setdefault(id(place), _place(place, west))

    def refs(given: Iterable[PlaceRef]) -> tuple[PlaceRef, ...]:
        return tuple(replace(ref, place=moved(ref.place)) if ref.place else ref for ref in given)

    movements = [
        replace(m, origin=refs(m.origin), via=refs(m.via), destination=refs(m.destination), route=_route(route, west))
        for m, route in zip(story.movements, routes, strict=True)
    ]
    areas = [
        replace(
            area,
            shape=_shape(shape, west),
            plan=replace(area.plan, ends=refs(area.plan.ends), around=refs(area.plan.around)),
        )
        for area, shape in zip(story.areas, shapes, strict=True)
    ]
    incidents = [replace(incident, places=refs(incident.places)) for incident in story.incidents]
    named = [moved(place) for place in story.places]
    return replace(story, movements=movements, areas=areas, incidents=incidents, places=named)


def western_edge(extents: Iterable[tuple[float, float]]) -> float:
    """Return where to cut the circle of longitudes so that what lies on it fills the smallest arc.

    Parameters
    ----------
    extents
        The westernmost and easternmost longitude of each piece, in degrees; the second may lie beyond 180.

    Returns
    -------
    float
        The western edge of the arc, from -180 to less than 180; -180 where the pieces go all round.
    """
    starts = sorted(((low + _HALF) % _TURN - _HALF, high - low) for low, high in extents)
    if not starts:
        return -_HALF
    reach = max(starts[0][0], max(start + width for start, width in starts) - _TURN)
    best, edge = 0.0, -_HALF
    for start, width in starts:
        if start - reach > best:
            best, edge = start - reach, start
        reach = max(reach, start + width)
    # The gap across the end of the list; of gaps alike this one, which leaves longitudes as they are.
    if starts[0][0] + _TURN - reach >= best - _SLACK and starts[0][0] + _TURN - reach > 0:
        return starts[0][0]
    return edge if best > 0 else -_HALF


def shifted_to(lon: float, west: float) -> float:
    """Return the longitude, a whole number of turns away, from `west` to less than 360 degrees east of it."""
    return west - _SLACK + (lon - west + _SLACK) % _TURN


def _is_torn(story: Story) -> bool:
    """Whether the box of the story is wider than half the world or leaves -180 to 180; quick."""
    lines = [leg.geometry for movement in story.movements if movement.route for leg in movement.route.legs]
    lines += [part for area in story.areas if area.shape for part in (area.shape.geometry, area.shape.possible) if part]
    boxes = shapely.bounds(np.array(lines, dtype=object)).reshape(-1, 4)
    ends = [place.lon for place in story.spots()]
    found = np.concatenate([boxes[:, 0], boxes[:, 2], ends])
    found = found[np.isfinite(found)]
    return bool(len(found)) and bool(np.ptp(found) > _HALF or found.min() < -_HALF or found.max() > _HALF)


def _extents(
    story: Story, routes: Iterable[Route | None], shapes: Iterable[Shape | None]
) -> Iterator[tuple[float, float]]:
    for route in routes:
        for chain in _chains(route.legs if route else ()):
            boxes = [leg.geometry.bounds for leg in chain]
            yield min(box[0] for box in boxes), max(box[2] for box in boxes)
    for shape in shapes:
        drawn = [part for part in (shape.geometry, shape.possible) if part is not None] if shape else []
        for part in shapely.get_parts(drawn):
            if not part.is_empty:
                yield part.bounds[0], part.bounds[2]
    yield from ((place.lon, place.lon) for place in story.spots())


def _smooth(points: Points) -> Points:
    """Return vertices of which none is more than half the world from the one before."""
    turns = np.concatenate([[0.0], np.cumsum(np.round(np.diff(points[:, 0]) / _TURN))])
    return _east(points, -_TURN * turns)


def _east(points: Points, by: float | NDArray[np.float64]) -> Points:
    moved = points.copy()
    moved[:, 0] += by
    return moved


def _smoothed(geometry: BaseGeometry) -> BaseGeometry:
    """Return lines and rings without jumps round the world; a ring round a pole, which cannot be closed, stays."""
    if geometry.is_empty or np.ptp(shapely.get_coordinates(geometry)[:, 0]) <= _HALF:
        return geometry
    if not hasattr(geometry, "geoms"):
        return _smooth_part(geometry)
    parts = [_smoothed(part) for part in geometry.geoms]
    whole = {"Polygon": shapely.MultiPolygon, "LineString": shapely.MultiLineString}
    kinds = {part.geom_type for part in parts}
    return whole.get(kinds.pop() if len(kinds) == 1 else "", shapely.GeometryCollection)(parts)


def _smooth_part(part: BaseGeometry) -> BaseGeometry:
    if part.geom_type != "Polygon":
        return shapely.LineString(_smooth(shapely.get_coordinates(part)))
    rings = [_smooth(shapely.get_coordinates(ring)) for ring in (part.exterior, *part.interiors)]
    if any(abs(ring[0, 0] - ring[-1, 0]) > _SLACK for ring in rings):
        return part
    near = [_east(ring, _TURN * round((rings[0][0, 0] - ring[0, 0]) / _TURN)) for ring in rings]
    whole = shapely.Polygon(near[0], near[1:])
    return whole if whole.is_valid else shapely.make_valid(whole)


def _smooth_shape(shape: Shape) -> Shape:
    possible = shape.possible if shape.possible is None else _smoothed(shape.possible)
    return replace(shape, geometry=_smoothed(shape.geometry), possible=possible)


def _joined(route: Route | None) -> Route | None:
    """Return the route with each leg beginning where the one before ended, also across the antimeridian."""
    if route is None:
        return None
    legs: list[Leg] = []
    for leg in route.legs:
        line = shapely.LineString(_smooth(shapely.get_coordinates(leg.geometry)))
        if legs and not line.is_empty:
            here, before = shapely.get_coordinates(line)[0], shapely.get_coordinates(legs[-1].geometry)[-1]
            line = _moved(line, _TURN * round((before[0] - here[0]) / _TURN))
        legs.append(replace(leg, geometry=line))
    return replace(route, legs=tuple(legs))


def _chains(legs: Sequence[Leg]) -> Iterator[list[Leg]]:
    """Yield the legs that hang together, so that they are moved together."""
    chain: list[Leg] = []
    for leg in legs:
        if chain and not _meet(chain[-1], leg):
            yield chain
            chain = []
        chain.append(leg)
    if chain:
        yield chain


def _meet(one: Leg, other: Leg) -> bool:
    end, start = shapely.get_coordinates(one.geometry)[-1], shapely.get_coordinates(other.geometry)[0]
    return bool(np.abs(end - start).max() < _SLACK)


def _moved(geometry: _Geometry, by: float) -> _Geometry:
    if not by:
        return geometry
    moved: _Geometry = shapely.transform(geometry, lambda points: _east(points, by))
    return moved


def _route(route: Route | None, west: float) -> Route | None:
    if route is None:
        return None
    legs: list[Leg] = []
    for chain in _chains(route.legs):
        low = min(leg.geometry.bounds[0] for leg in chain)
        by = _TURN * round((shifted_to(low, west) - low) / _TURN)
        legs += [replace(leg, geometry=_moved(leg.geometry, by)) for leg in chain]
    crossings = tuple(_crossing(crossing, west) for crossing in route.crossings)
    return replace(route, legs=tuple(legs), crossings=crossings)


def _crossing(crossing: Crossing, west: float) -> Crossing:
    return replace(crossing, lon=shifted_to(crossing.lon, west))


def _shape(shape: Shape | None, west: float) -> Shape | None:
    if shape is None:
        return None
    possible = None if shape.possible is None else _placed(shape.possible, west)
    return replace(shape, geometry=_placed(shape.geometry, west), possible=possible)


def _placed(geometry: BaseGeometry, west: float) -> BaseGeometry:
    """Return the parts of a shape in the story's turn, joined where the antimeridian had parted them."""
    parts = []
    for part in shapely.get_parts(geometry):
        low = part.bounds[0]
        parts.append(part if part.is_empty else _moved(part, _TURN * round((shifted_to(low, west) - low) / _TURN)))
    return shapely.union_all(parts) if len(parts) > 1 else geometry if not parts else parts[0]


def _place(place: Place, west: float) -> Place:
    outline = place.geometry
    if outline is not None:
        outline = _placed(_smoothed(outline), west)
    return replace(place, lon=shifted_to(place.lon, west), geometry=outline)
