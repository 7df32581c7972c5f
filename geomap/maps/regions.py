"""Regions and countries that are all a report says of where something happened: areas to show, never spots."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import shapely
from shapely.affinity import translate

from geomap.geometry.outlines import outline
from geomap.maps.lines import chains

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shapely.geometry.base import BaseGeometry

    from geomap.models import Incident, Movement, Place

__all__ = ["Region", "known_only_as", "main_part", "regions"]

Bounds = tuple[float, float, float, float]

_STEPS = 3600.0  # the basemap reaches about three times as far as the story, which fills some 1000 pixels
_TOLD_STEPS = 1000.0  # the same for what is told to lie somewhere, which is seen from close
_LEAST_STEP = 0.002  # degrees; finer than the outlines are right
_NARROW = 0.15  # compactness of a rectangle nineteen times as long as wide
_WHOLE = 0.98  # share of an outline that is as good as all of it


@dataclass(frozen=True, slots=True)
class Region:
    """The outline of a region or country in EPSG:4326."""

    place: Place
    geometry: BaseGeometry
    cut: bool = False
    """Only a part of it lies on the map."""
    narrow: bool = False
    """It is a strip, such as a road or a bank, that a hatch would not show."""


def known_only_as(movements: Sequence[Movement], incidents: Sequence[Incident]) -> tuple[Place, ...]:
    """Return the areas given where a spot would be, once each.

    A country that a drawn line leaves or enters is left out: the line says it better.
    """
    found: dict[str, Place] = {}
    for movement in movements:
        refs = (*movement.origin, *movement.via, *movement.destination)
        spread = [ref.place for ref in refs if ref.place and ref.place.is_spread]
        drawn = bool(spread) and bool(chains(movement.route))
        found |= {place.id: place for place in spread if not (drawn and place.is_country)}
    told = (ref.place for incident in incidents for ref in incident.places)
    found |= {place.id: place for place in told if place and place.is_spread}
    return tuple(found.values())


def regions(places: Sequence[Place], ground: Bounds) -> tuple[Region, ...]:
    """Return the outlines that are known, cut to the basemap and no finer than the map shows.

    Parameters
    ----------
    places
        What to outline; places without a known outline are left out.
    ground
        West, south, east, north of the basemap, in degrees.
    """
    step = max(_LEAST_STEP, min(ground[2] - ground[0], ground[3] - ground[1]) / _STEPS)
    made = []
    for place in places:
        known = outline(place)
        if known is None:
            continue
        inside = _within(known, ground)
        # A road or a bank told by a report may be thin; nothing of it is left out for being small.
        told = place.geometry is not None
        finer = min(step, _side(known) / _TOLD_STEPS) if told else step
        fine = shapely.get_parts(shapely.simplify(inside, finer))
        least = 0.0 if told else (4 * step) ** 2
        parts = [part for part in fine if part.geom_type == "Polygon" and part.area > least]
        parts.sort(key=shapely.area, reverse=True)
        if parts:
            whole = shapely.MultiPolygon(parts)
            cut = inside.area < _WHOLE * known.area
            made.append(Region(place, whole, cut=cut, narrow=told and _compactness(known) < _NARROW))
    return tuple(made)


def _within(outline: BaseGeometry, ground: Bounds) -> BaseGeometry:
    """Return what of an outline lies on a ground that may reach beyond 180 degrees, joined across that line."""
    box = outline.bounds
    turns = [turn for turn in (0.0, 360.0, -360.0) if box[0] + turn <= ground[2] and box[2] + turn >= ground[0]]
    parts = [shapely.clip_by_rect(translate(outline, turn), *ground) for turn in turns]
    return shapely.make_valid(parts[0]) if len(parts) == 1 else shapely.union_all(shapely.make_valid(parts))


def _side(geometry: BaseGeometry) -> float:
    west, south, east, north = geometry.bounds
    return float(max(east - west, north - south))


def _compactness(geometry: BaseGeometry) -> float:
    """Return how much of a circle of the same outline an area fills: 1 for a disc, 0 for a line."""
    return 4 * math.pi * float(geometry.area) / float(geometry.length) ** 2


def main_part(place: Place) -> BaseGeometry | None:
    """Return the largest polygon of the place's outline, so that far islands do not widen a view."""
    known = outline(place)
    return None if known is None else max(shapely.get_parts(known), key=shapely.area)
