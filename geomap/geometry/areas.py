"""The shape of an area, from what its report says of it."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

import shapely
from shapely.geometry import LineString

from geomap.errors import GeomapError, InputError
from geomap.geometry.anchors import line_of
from geomap.geometry.borders import border
from geomap.geometry.grounds import road_ground
from geomap.geometry.outlines import circle, outline
from geomap.geometry.regions import hull
from geomap.geometry.shapes import difference, intersection, made
from geomap.geometry.sides import between, side_of
from geomap.geometry.stretches import stretch
from geomap.geometry.strips import border_strip
from geomap.geometry.surroundings import around, span_text
from geomap.geometry.sweeps import band, wind
from geomap.models import Issue, Shape

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from shapely.geometry.base import BaseGeometry

    from geomap.geometry.grounds import Ground
    from geomap.models import AreaPlan, Place, PlaceRef, Range

__all__ = ["shape"]

_CORRIDOR_M = 2_000.0
"""The width of a corridor of which none is told: the road and what can be seen from it."""


@lru_cache(maxsize=256)
def shape(plan: AreaPlan) -> Shape:
    """Return the shape of an area, by the first of these that its report tells.

    What lies between lines or amid places; a stretch of a road; a strip along a border, or the side of one; what lies
    along a river, road or other line, or on a side of it; the surroundings of places; a line or corridor through
    places; a region without what does not belong to it. What is missing is assumed only where the shape says so.

    Raises
    ------
    GeomapError
        Nothing can be built from the plan; the message says what is missing or unknown.
    """
    for told, build in _BUILDERS:
        if told(plan):
            return build(plan)
    if plan.part_of:
        raise InputError(f"the report does not say which part of {plan.part_of.text} is meant; it cannot be drawn")
    if plan.border:
        a, b = plan.border
        raise InputError(f"the report gives no depth for the area along the {a}–{b} border; it cannot be drawn")
    raise InputError("the report tells of an area but of no border, road or place it could be drawn from")


def _between(plan: AreaPlan) -> Shape:
    if len(plan.between) == 2:
        first, last = (_known(ref) for ref in plan.between)
        return between(first, last, within=_region_of(plan), countries=_countries(plan))
    return hull([_known(ref) for ref in plan.between])


def _stretch(plan: AreaPlan) -> Shape:
    assert plan.road or plan.line
    zone, issues = _zone(plan)
    ends, middle = _places(plan.ends), _places(plan.around)
    built = stretch(
        plan.road or _known(plan.line),
        countries=_countries(plan),
        start=ends[0] if ends else None,
        end=ends[-1] if len(ends) > 1 else None,
        around=middle[0] if middle else None,
        length_m=_metres(plan.length_m),
        within=zone,
        width_m=_metres(plan.width_m),
    )
    return replace(built, issues=(*issues, *built.issues))


def _strip(plan: AreaPlan) -> Shape:
    assert plan.border and plan.depth_m  # noqa: PT018
    a, b = plan.border
    place = plan.region.place if plan.region else None
    side = plan.side or (place.country if place and place.country in {a, b} else None)
    if plan.bearing is not None and side is None:
        side = _facing(plan)
    if side is None and not plan.both_sides:
        raise InputError(f"the report does not say on which side of the {a}–{b} border the area lies")
    ends = _places(plan.ends)
    region = None if place is None or place.is_country or len(ends) > 1 else outline(place) or circle(place)
    start, end = (ends[0], ends[-1]) if len(ends) > 1 else (None, None)
    low, high = plan.depth_m.low, plan.depth_m.high
    return border_strip(
        a, b,
        side="both" if plan.both_sides else side,
        depth_m=low,
        possible_depth_m=high if high > low else None,
        start=start,
        end=end,
        region=region,
    )  # fmt: skip


def _border_side(plan: AreaPlan) -> Shape:
    """Return what lies on a side of a border: of the country on that side, all of it that does."""
    assert plan.border and plan.bearing is not None  # noqa: PT018
    within = _region_of(plan) or plan.side or _facing(plan)
    return side_of(border(*plan.border), plan.bearing, within=within)


def _facing(plan: AreaPlan) -> str:
    """Return the country of a border's two that lies on the side told."""
    assert plan.border and plan.bearing is not None  # noqa: PT018
    sizes = {}
    for code in plan.border:
        try:
            sizes[code] = side_of(border(*plan.border), plan.bearing, within=code).area_m2 or 0.0
        except InputError:
            sizes[code] = 0.0
    best = max(sizes, key=lambda code: sizes[code])
    if not sizes[best]:
        raise InputError(f"the {plan.border[0]}–{plan.border[1]} border runs that way; it has no such side")
    return best


def _along_line(plan: AreaPlan) -> Shape:
    """Return what lies along a line: on both its sides or one, as deep as is told, or all on a side of it."""
    line, countries, region = _known(plan.line), _countries(plan), _region_of(plan)
    if plan.bearing is not None and plan.depth_m is None:
        return side_of(line, plan.bearing, within=region or next(iter(countries), None), countries=countries)
    ends = _places(plan.ends)
    whole = line_of(line, countries=countries)
    part = stretch(line, countries=countries, start=ends[0], end=ends[-1]) if len(ends) > 1 else None
    name, course = (part.built_from, part.geometry) if part else (whole.name, whole.shape)
    depth = plan.depth_m
    if not (part or depth or plan.width_m):
        return _within(made(course, f"{name}, as it is drawn{_off(whole)}"), plan)
    if plan.bearing is not None and depth is not None:
        sure = band(course, 0.0, depth.low, bearing_deg=plan.bearing) if depth.low else shapely.Polygon()
        possible = band(course, 0.0, depth.high, bearing_deg=plan.bearing) if depth.high > depth.low else None
        words = f"{span_text(depth.low, depth.high)} deep along {name}, {wind(plan.bearing)} of it"
        return _within(made(sure, words, possible=possible, published=True), plan)
    if depth is not None and plan.width_m is None and part is None:
        return around(line, (depth.low, depth.high), within=region, countries=countries)
    width = _metres(plan.width_m) or ((2 * depth.low, 2 * depth.high) if depth else None)
    built = stretch(part or line, countries=countries, width_m=width or _CORRIDOR_M)
    words = f"{built.built_from}; no width is told, {_CORRIDOR_M / 1000:g} km are assumed"
    return _within(built if width else replace(built, built_from=words, published_limits=False), plan)


def _off(line: Ground) -> str:
    return f", right within {line.error_m / 1000:g} km" if line.error_m else ""


def _through(plan: AreaPlan) -> Shape:
    """Return a corridor along the road through places, or where no width is told the straight line through them."""
    places = _places(plan.ends)
    if len(places) < 2:
        raise InputError("of the places the area reaches from and to only one is known; it cannot be drawn")
    names = ", ".join(place.name for place in places)
    width = _metres(plan.width_m or plan.depth_m)
    if width is None:
        line = LineString([(place.lon, place.lat) for place in places])
        return made(line, f"schematic: straight between {names}, which the report names; how it runs there is not told")
    roads = [road_ground(a, b) for a, b in pairwise(places)]
    line = shapely.MultiLineString([part for road in roads for part in shapely.get_parts(road.shape)])
    built = stretch(line, width_m=width)
    notes = [Issue("area", note) for road in roads if "straight" in (note := road.note)]
    words = f"along the road through {names}, {span_text(*width)} wide, half of it on either side"
    return replace(built, built_from=words, issues=(*built.issues, *notes))


def _around(plan: AreaPlan) -> Shape:
    places = _places(plan.around)
    if not places:
        raise InputError("the places the area lies around are not known")
    radius = plan.depth_m or plan.length_m
    if radius is not None:
        return around(places, (radius.low, radius.high))
    parts = shapely.union_all([circle(place) for place in places])
    names = ", ".join(place.name for place in places)
    return made(parts, f"round {names}, as wide as the place is uncertain")


def _region(plan: AreaPlan) -> Shape:
    assert plan.region and plan.region.place  # noqa: PT018
    whole = _outlined(plan.region.place)
    gone = [ref.place for ref in plan.without if ref.place is not None]
    return difference(whole, *(_outlined(place) for place in gone)) if gone else whole


def _outlined(place: Place) -> Shape:
    known = outline(place)
    if known is not None:
        return made(known, f"the outline of {place.name}")
    issue = Issue("area", f"the outline of {place.name} is not known; what surely holds it is drawn")
    where = f", as far as it lies in {place.country}" if place.country else ""
    words = f"all within {place.precision_m / 1000:g} km of the middle of {place.name}{where}; its limits are not known"
    return made(circle(place), words, issues=(issue,))


def _within(built: Shape, plan: AreaPlan) -> Shape:
    """Return a shape as far as it lies in the region the report puts it in."""
    place = plan.region.place if plan.region else None
    return built if place is None else intersection(built, _outlined(place))


def _known(ref: PlaceRef | None) -> Place:
    if ref is None or ref.place is None:
        name = ref.text if ref else "the line"
        raise InputError(f"where {name} runs is not known; give it as a line, for example as GeoJSON")
    return ref.place


def _region_of(plan: AreaPlan) -> Place | None:
    return plan.region.place if plan.region else None


def _zone(plan: AreaPlan) -> tuple[Shape | BaseGeometry | None, tuple[Issue, ...]]:
    """Return what the stretch lies in: the other area of the report, else the region either is put in."""
    issues: tuple[Issue, ...] = ()
    if plan.within is not None:
        try:
            return shape(plan.within), issues
        except GeomapError as error:
            issues = (Issue("area", f"the area that holds the road cannot be used: {error}"),)
    place = _region_of(plan)
    told = plan.line.place if plan.line else None
    if place is None and told is not None and told.course is not None and not plan.ends and not plan.around:
        return told.geometry, issues  # a road told by its towns is the whole that the stretch is a part of
    return (outline(place) or circle(place), issues) if place else (None, issues)


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


def _metres(told: Range | None) -> tuple[float, float] | None:
    return (told.low, told.high) if told else None


def _is_stretch(plan: AreaPlan) -> bool:
    """Whether a part of a road or line is told by its ends or length, not what lies beside it."""
    lengthwise = plan.line and plan.length_m and plan.bearing is None and len(plan.ends) < 2
    return bool(plan.road or lengthwise)


_BUILDERS: tuple[tuple[Callable[[AreaPlan], object], Callable[[AreaPlan], Shape]], ...] = (
    (lambda plan: plan.between, _between),
    (_is_stretch, _stretch),
    (lambda plan: plan.border and plan.depth_m, _strip),
    (lambda plan: plan.border and plan.bearing is not None, _border_side),
    (lambda plan: plan.line, _along_line),
    (lambda plan: plan.around, _around),
    (lambda plan: len(plan.ends) > 1, _through),
    (lambda plan: plan.region and plan.region.place, _region),
)
"""What has to be told, and what is then built; the first that fits."""
