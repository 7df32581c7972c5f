"""What a map shows when it is opened: the box of a story, and the box its ground is cut to."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import shapely

from geomap.maps.lines import chains
from geomap.maps.regions import known_only_as, main_part

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from shapely.geometry.base import BaseGeometry

    from geomap.maps.payload import Story

__all__ = ["Bounds", "drawn", "story_box", "view_with_margin"]

Bounds = tuple[float, float, float, float]

GROWTH = 2.0
"""What is less sure, or larger, may widen the first view by so much: more would hide the story in a continent."""
LEAST_SIDE_DEG = 1.0
"""A view of this side is always near enough."""
_ALMOST_HALF = 178.9  # degrees; whole degrees round twice as much are less than the world, which is cut open at 180


def story_box(story: Story) -> Bounds | None:
    """Return west, south, east, north of what is to be seen first, in degrees; None where nothing is drawn.

    Lines, the sure parts of areas and spots are always in it. The possible parts of areas, and regions and provinces
    that are all a report says of where something was, are in it as far as they do not make it more than `GROWTH` times
    larger. Countries count only where there is nothing else.
    """
    spots = {(place.lon, place.lat) for place in story.spots()}
    core = _around([*_sure(story), *(spot * 2 for spot in spots)])
    spread = known_only_as(story.movements, story.incidents)
    near = [main_part(place) for place in spread if not place.is_country]
    vague = [*(a.shape.possible for a in story.areas if a.shape), *near]
    boxes = [_box(part) for part in vague if part is not None and not part.is_empty]
    if core is None:
        far = () if boxes else (main_part(place) for place in spread)
        return _around([*boxes, *(_box(part) for part in far if part is not None)])
    most = max(GROWTH * _side(core), LEAST_SIDE_DEG)
    found = core
    for box in sorted(boxes, key=lambda box: _side(_joined(core, box))):
        if _side(wider := _joined(found, box)) <= most:
            found = wider
    return found


def drawn(story: Story) -> Iterator[BaseGeometry]:
    """Yield the lines, and of areas what is sure or, where nothing is, what is possible."""
    for movement in story.movements:
        yield from (leg.geometry for chain in chains(movement.route) for leg in chain)
    for area in story.areas:
        if area.shape and not area.shape.geometry.is_empty:
            yield area.shape.geometry
        elif area.shape and area.shape.possible is not None:
            yield area.shape.possible


def view_with_margin(bounds: Bounds | None) -> Bounds:
    """Return the bounds the basemap is cut to: the story and as much again on every side, at least 2 degrees.

    Bounds are west, south, east, north in degrees, with east beyond 180 where they cross the antimeridian;
    without a story, the whole world below 84 degrees.
    """
    if bounds is None:
        return (-180.0, -58.0, 180.0, 80.0)
    west, south, east, north = bounds
    side = max(2.0, 0.9 * max(east - west, north - south))
    low, high = max(-84.0, south - 0.8 * side), min(84.0, north + 0.8 * side)
    left, right = west - 1.2 * side, east + 1.2 * side
    if east > 180:  # the story runs on beyond the antimeridian
        middle = (west + east) / 2
        left, right = max(left, middle - _ALMOST_HALF), min(right, middle + _ALMOST_HALF)
    elif right - max(-180.0, left) >= 360:
        left, right = -180.0, 180.0
    return (math.floor(max(-180.0, left)), math.floor(low), math.ceil(right), math.ceil(high))


def _sure(story: Story) -> Iterator[Bounds]:
    """Yield the box of all that is drawn for sure, where anything is."""
    if parts := [part for part in drawn(story) if not part.is_empty]:
        west, south, east, north = shapely.total_bounds(parts).tolist()
        yield west, south, east, north


def _box(geometry: BaseGeometry) -> Bounds:
    west, south, east, north = geometry.bounds
    return west, south, east, north


def _around(boxes: Iterable[Bounds]) -> Bounds | None:
    found = list(boxes)
    if not found:
        return None
    west, south, east, north = zip(*found, strict=True)
    return min(west), min(south), max(east), max(north)


def _joined(one: Bounds, other: Bounds) -> Bounds:
    return min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3])


def _side(box: Bounds) -> float:
    """Return the longer side of a box in degrees of latitude, about."""
    across = math.cos(math.radians((box[1] + box[3]) / 2))
    return max((box[2] - box[0]) * across, box[3] - box[1])
