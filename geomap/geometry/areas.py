"""The shape of an area, from what its report says of it."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

import shapely

from geomap.errors import GeomapError, InputError
from geomap.geometry.geodesy import area_m2, buffer_m
from geomap.geometry.outlines import circle, outline
from geomap.geometry.stretches import stretch
from geomap.geometry.strips import border_strip
from geomap.models import Issue, Shape

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shapely.geometry.base import BaseGeometry

    from geomap.models import AreaPlan, Place, PlaceRef, Range

__all__ = ["shape"]


@lru_cache(maxsize=256)
def shape(plan: AreaPlan) -> Shape:
    """Return the shape of an area: a stretch of road, a border strip, a circle about places, or a region's outline.

    What comes first in that order and is told is built; what is missing is assumed only where the shape says so.

    Raises
    ------
    GeomapError
        Nothing can be built from the plan; the message says what is missing or unknown.
    """
    if plan.road:
        return _stretch(plan)
    if plan.border and plan.depth_m:
        return _strip(plan)
    if plan.around:
        return _around(plan)
    if plan.region and plan.region.place:
        return _region(plan.region.place)
    if plan.part_of:
        raise InputError(f"the report does not say which part of {plan.part_of.text} is meant; it cannot be drawn")
    if plan.border:
        a, b = plan.border
        raise InputError(f"the report gives no depth for the area along the {a}–{b} border; it cannot be drawn")
    raise InputError("the report tells of an area but of no border, road or place it could be drawn from")


def _strip(plan: AreaPlan) -> Shape:
    assert plan.border and plan.depth_m  # noqa: PT018
    a, b = plan.border
    place = plan.region.place if plan.region else None
    side = plan.side or (place.country if place and place.country in {a, b} else None)
    if side is None:
        raise InputError(f"the report does not say on which side of the {a}–{b} border the area lies")
    ends = _places(plan.ends)
    region = None if place is None or place.is_country or len(ends) > 1 else outline(place) or circle(place)
    start, end = (ends[0], ends[-1]) if len(ends) > 1 else (None, None)
    depth = plan.depth_m
    built = border_strip(a, b, side=side, depth_m=depth.low, start=start, end=end, region=region)
    if depth.high > depth.low:
        wide = border_strip(a, b, side=side, depth_m=depth.high, start=start, end=end, region=region)
        built = replace(built, possible=wide.geometry)
    return built


def _stretch(plan: AreaPlan) -> Shape:
    assert plan.road
    zone, issues = _zone(plan)
    ends, around = _places(plan.ends), _places(plan.around)
    built = stretch(
        plan.road,
        countries=_countries(plan),
        start=ends[0] if ends else None,
        end=ends[-1] if len(ends) > 1 else None,
        around=around[0] if around else None,
        length_m=_middle(plan.length_m),
        within=zone,
    )
    return replace(built, issues=(*issues, *built.issues))


def _zone(plan: AreaPlan) -> tuple[BaseGeometry | None, tuple[Issue, ...]]:
    """Return the polygon the stretch lies in: the other area of the report, else the region either is put in."""
    issues: tuple[Issue, ...] = ()
    if plan.within is not None:
        try:
            return shape(plan.within).geometry, issues
        except GeomapError as error:
            issues = (Issue("area", f"the area that holds the road cannot be used: {error}"),)
    place = plan.region.place if plan.region else None
    return (outline(place) or circle(place), issues) if place else (None, issues)


def _around(plan: AreaPlan) -> Shape:
    places = _places(plan.around)
    if not places:
        raise InputError("the places the area lies around are not known")
    radius = plan.depth_m or plan.length_m
    parts = [
        buffer_m(shapely.Point(place.lon, place.lat), radius.high if radius else place.precision_m) for place in places
    ]
    geometry = shapely.union_all(parts)
    names = ", ".join(place.name for place in places)
    words = (
        f"{radius.high / 1000:g} km round {names}" if radius else f"round {names}, as wide as the place is uncertain"
    )
    return Shape(geometry, words, area_m2=area_m2(geometry), published_limits=radius is not None)


def _region(place: Place) -> Shape:
    known = outline(place)
    if known is not None:
        return Shape(known, f"the outline of {place.name}", area_m2=area_m2(known))
    geometry = circle(place)
    issue = Issue("area", f"the outline of {place.name} is not known; what surely holds it is drawn")
    where = f", as far as it lies in {place.country}" if place.country else ""
    words = f"all within {place.precision_m / 1000:g} km of the middle of {place.name}{where}; its limits are not known"
    return Shape(geometry, words, area_m2=area_m2(geometry), issues=(issue,))


def _countries(plan: AreaPlan) -> tuple[str, ...]:
    """Return the countries the road may be in: the side, the places named, else the border's."""
    refs = [*plan.ends, *plan.around, *([plan.region] if plan.region else [])]
    named = [ref.place.country for ref in refs if ref.place and ref.place.country]
    found = [plan.side] if plan.side else named or list(plan.border or ())
    if not found and plan.within is not None:
        return _countries(plan.within)
    return tuple(dict.fromkeys(found))


def _places(refs: Sequence[PlaceRef]) -> list[Place]:
    return [ref.place for ref in refs if ref.place is not None]


def _middle(length: Range | None) -> float | None:
    return (length.low + length.high) / 2 if length else None
