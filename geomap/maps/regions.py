"""Regions and countries that are all a report says of where something happened: areas to show, never spots."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import shapely

from geomap.geometry.outlines import outline
from geomap.maps.lines import chains

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shapely.geometry.base import BaseGeometry

    from geomap.models import Incident, Movement, Place

__all__ = ["Region", "known_only_as", "main_part", "regions"]

Bounds = tuple[float, float, float, float]

_STEPS = 900.0  # about the pixels of a map's shorter side
_LEAST_STEP = 0.002  # degrees; finer than the outlines are right


@dataclass(frozen=True, slots=True)
class Region:
    """The outline of a region or country in EPSG:4326."""

    place: Place
    geometry: BaseGeometry


def known_only_as(movements: Sequence[Movement], incidents: Sequence[Incident]) -> tuple[Place, ...]:
    """Return the areas given where a spot would be, once each.

    A country that a drawn line leaves or enters is left out: the line says it better.
    """
    found: list[Place] = []
    for movement in movements:
        drawn = bool(chains(movement.route))
        refs = (*movement.origin, *movement.via, *movement.destination)
        found += [ref.place for ref in refs if ref.place and not (drawn and ref.place.is_country)]
    found += [ref.place for incident in incidents for ref in incident.places if ref.place]
    return tuple({place.id: place for place in found if place.is_area}.values())


def regions(places: Sequence[Place], view: Bounds | None) -> tuple[Region, ...]:
    """Return the outlines that are known, cut to the surroundings of the view and no finer than it shows.

    Parameters
    ----------
    places
        What to outline; places without a known outline are left out.
    view
        West, south, east, north of what is drawn, in degrees; None keeps each outline whole.
    """
    made = []
    for place in places:
        known = outline(place)
        if known is None:
            continue
        window = _window(view or known.bounds)
        step = max(_LEAST_STEP, min(window[2] - window[0], window[3] - window[1]) / 4 / _STEPS)
        cut = shapely.make_valid(shapely.clip_by_rect(known, *window))
        fine = shapely.simplify(cut, step)
        parts = [
            part for part in shapely.get_parts(fine) if part.geom_type == "Polygon" and part.area > (4 * step) ** 2
        ]
        if parts:
            made.append(Region(place, shapely.MultiPolygon(parts)))
    return tuple(made)


def main_part(place: Place) -> BaseGeometry | None:
    """Return the largest polygon of the place's outline, so that far islands do not widen a view."""
    known = outline(place)
    return None if known is None else max(shapely.get_parts(known), key=shapely.area)


def _window(view: Bounds) -> Bounds:
    """Return the view and as much again and a half on every side, at least 3 degrees."""
    west, south, east, north = view
    side = max(3.0, 1.5 * max(east - west, north - south))
    return max(-180.0, west - side), max(-85.0, south - side), min(180.0, east + side), min(85.0, north + side)
