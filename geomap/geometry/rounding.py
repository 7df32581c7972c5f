"""Coordinates made coarser on purpose, so that a map does not show more than its maker wants to."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

import shapely

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from geomap.models import Area, Incident, Mention, Movement, Place, PlaceRef, Reading, Route

__all__ = ["rounded"]

METRES_PER_DEGREE = 111_320.0
"""Length of a degree of the equator; the grid is this coarse in latitude and coarser in longitude by 1/cos(lat)."""


def rounded(reading: Reading, grid_m: float) -> Reading:
    """Return a reading whose coordinates lie on a grid of `grid_m` metres; precisions grow by as much."""
    return replace(
        reading,
        mentions=tuple(_mention(m, grid_m) for m in reading.mentions),
        movements=tuple(_movement(m, grid_m) for m in reading.movements),
        areas=tuple(_area(a, grid_m) for a in reading.areas),
        incidents=tuple(_incident(i, grid_m) for i in reading.incidents),
    )


def _place(place: Place, grid_m: float) -> Place:
    if place.geometry is not None:
        # An area that shrank to nothing on the grid would show more than the grid allows.
        area = _coarse(place.geometry, grid_m)
        place = replace(place, geometry=None if area.is_empty else area, course=None)
    if place.is_area:
        return place
    step_y = grid_m / METRES_PER_DEGREE
    lat = round(place.lat / step_y) * step_y
    step_x = step_y / max(math.cos(math.radians(lat)), 0.01)
    lon = round(place.lon / step_x) * step_x
    return replace(place, lon=round(lon, 6), lat=round(lat, 6), precision_m=place.precision_m + grid_m)


def _refs(refs: tuple[PlaceRef, ...], grid_m: float) -> tuple[PlaceRef, ...]:
    return tuple(replace(ref, place=_place(ref.place, grid_m) if ref.place else None, alternatives=()) for ref in refs)


def _mention(mention: Mention, grid_m: float) -> Mention:
    found = mention.resolution
    if found is None:
        return mention
    coarse = tuple(replace(c, place=_place(c.place, grid_m)) for c in found.candidates)
    return replace(mention, resolution=replace(found, candidates=coarse))


def _movement(movement: Movement, grid_m: float) -> Movement:
    route = movement.route
    return replace(
        movement,
        origin=_refs(movement.origin, grid_m),
        destination=_refs(movement.destination, grid_m),
        via=_refs(movement.via, grid_m),
        route=_route(route, grid_m) if route else None,
    )


def _route(route: Route, grid_m: float) -> Route:
    legs = tuple(
        replace(leg, geometry=line) for leg in route.legs if not (line := _coarse(leg.geometry, grid_m)).is_empty
    )
    return replace(route, legs=legs)


def _coarse(geometry: BaseGeometry, grid_m: float) -> BaseGeometry:
    return shapely.set_precision(geometry, grid_m / METRES_PER_DEGREE)


def _area(area: Area, grid_m: float) -> Area:
    if area.shape is None:
        return area
    possible = _coarse(area.shape.possible, grid_m) if area.shape.possible is not None else None
    return replace(area, shape=replace(area.shape, geometry=_coarse(area.shape.geometry, grid_m), possible=possible))


def _incident(incident: Incident, grid_m: float) -> Incident:
    return replace(incident, places=_refs(incident.places, grid_m))
