"""Areas told by lines: the side of a river, road or border, and what lies between two lines or places."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import shapely

from geomap.errors import InputError
from geomap.gazetteer.relation_words import POINTS
from geomap.gazetteer.relations import Relation, RelationKind
from geomap.geometry.anchors import Region, anchors_of, line_of, region_of, river_of
from geomap.geometry.cutting import interspace, joined, sides_of, turned_to
from geomap.geometry.geodesy import area_m2, bearing, buffer_m
from geomap.geometry.grounds import Ground, Setting
from geomap.geometry.relation_rules import draft
from geomap.geometry.shapes import about, made, polygonal
from geomap.geometry.sweeps import coarse, nearest_spot, wind
from geomap.models import Issue, Shape

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from shapely.geometry.base import BaseGeometry

    from geomap.geometry.anchors import Subject

__all__ = ["between", "side_of"]

_OFF_DEG = 60.0
"""A region that a line does not cross lies on a side of it when it bears no further from that than this."""
_EDGE_DEG = 0.05
"""A border may run this far, about 5 km, out of the region it bounds: outlines come from several sources."""
_LEAN_DEG = 45.0
"""How far from its course a line may turn where it is led on: what lies within that is possible only."""
_LED_M = 20_000.0
"""A line that is led on by less than this ends at the region's edge, as at a coast, for all its source can tell."""
_PART_SHARE = 0.02
_GAP_M = 30_000.0
"""Parts of one line this near to each other are led together, as across a lake on a border."""


def side_of(
    line: Subject, side: str | float, *, within: Subject | None = None, countries: Collection[str] = ()
) -> Shape:
    """Return what of a region lies on one side of a line, as polygons in EPSG:4326.

    The region is cut along the line, led on straight to the region's edge where it ends inside. Which part is meant is
    judged by the course as a whole, so that the bends of a river do not matter. As far off as the line itself may be,
    the area is possible only.

    Parameters
    ----------
    line
        A river, road or border by name ("Euphrates", "M4", "SY-TR border"), a place that has a course, a shape, a
        route or a shapely line in EPSG:4326.
    side
        "east", "northwest" …, a bearing in degrees clockwise from north, or "left" or "right": of a river as it flows,
        of any other line in the order of its points.
    within
        The country (a name, or a code such as "SY"), province or area that is cut; the line's own country when left
        out.
    countries
        ISO 3166-1 alpha-2 codes of countries that names are likely in.

    Raises
    ------
    InputError
        The side is none, nothing says which region is meant, the line runs toward the side rather than along it, or
        nothing of the region lies there.
    GeomapError
        No such place, road or border is known.
    """
    hand, turn = _side(side)
    place = region_of(within, countries=countries) if within is not None else None
    known = line_of(line, countries=countries or _codes(place))
    place = place or _own(known, countries)
    region, name = place.area, place.name
    lon = float(region.centroid.x) if region.bounds[2] - region.bounds[0] <= 180.0 else 180.0
    region, course = about(region, lon), about(known.shape, lon)
    cut = sides_of(region, course)
    crosses = bool(shapely.intersects(course, region))
    hand = hand or turned_to(cut, turn) or _beside(region, course, turn, crosses=crosses)
    if hand is None:
        raise InputError(
            f"{known.name} runs toward the {wind(turn)} in {name} or winds too much to have such a side there; "
            "name another side, its left or right, or a smaller region"
        )
    part = cut.of(hand)
    words = f"what of {name} lies {_on(side, turn, hand, known)}"
    if part.is_empty or area_m2(part) < 1.0:
        raise InputError(f"nothing of {name} lies {_on(side, turn, hand, known)}; name the other side or region")
    notes = [*place.issues, *([Issue("resolve", known.doubt)] if known.doubt else [])]
    if not crosses:
        notes.append(Issue("area", f"{known.name} does not run through {name}, all of which lies on that side of it"))
    least = most = part
    if cut.extended_m >= _LED_M:
        led = f"{known.name} ends inside {name} and is led on straight to the edge, {cut.extended_m / 1000:.0f} km"
        words = f"{words}; {led}, give or take {_LEAN_DEG:g}°"
        notes.append(Issue("area", f"{led}; that part of the limit is assumed"))
        lean = _LEAN_DEG if hand == "left" else -_LEAN_DEG
        least, most = (sides_of(region, course, lean_deg=turn).of(hand) for turn in (lean, -lean))
    sure, possible = _give_and_take(least, most, region, course, known.error_m)
    return made(sure, _told(words, known), possible=possible, published=not notes, issues=notes)


def between(
    first: Subject, second: Subject, *, within: Subject | None = None, countries: Collection[str] = ()
) -> Shape:
    """Return what lies between two lines, or a corridor between two places, as polygons in EPSG:4326.

    Surely between two lines lies what both run beside: closed where the one ends, straight across to the nearest spot
    of the other. What else is enclosed when their ends are joined is possible. Between places, or a place and a line,
    it is a corridor along the road between them, of an assumed width.

    Parameters
    ----------
    first, second
        Rivers, roads, borders, lines or places, as in :func:`side_of`.
    within
        The country, province or area it is limited to; when left out, the country of either line.
    countries
        ISO 3166-1 alpha-2 codes of countries that names are likely in.

    Raises
    ------
    InputError
        One of the two is an area, nothing lies between them, or nothing of that in the region.
    GeomapError
        No such place, road or border is known.
    """
    place = region_of(within, countries=countries) if within is not None else None
    likely = countries or _codes(place)
    grounds = anchors_of((first, second), countries=likely)
    a, b = (_line_or_spot(known, what) for known, what in zip(grounds, (first, second), strict=True))
    if a.is_spot or b.is_spot:
        return _corridor(a, b, place)
    place = place or _shared(a, b)
    lines = [joined(known.shape if place is None else _clipped(known, place), _GAP_M) for known in (a, b)]
    found = interspace(*lines)
    notes = [Issue("resolve", known.doubt) for known in (a, b) if known.doubt]
    notes += place.issues if place else ()
    areas = shapely.area(shapely.get_parts(found.faced))
    if (count := int((areas > _PART_SHARE * areas.sum()).sum())) > 1:
        notes.append(Issue("area", f"{a.name} and {b.name} cross; what lies between them is in {count} parts"))
    sure, possible = found.faced, found.closed
    for known, line in zip((a, b), lines, strict=True):
        if known.error_m:
            blur = buffer_m(coarse(line, known.error_m / 10), known.error_m)
            sure, possible = shapely.difference(sure, blur), shapely.union(possible, blur)
    if place is not None:
        sure, possible = shapely.intersection(sure, place.area), shapely.intersection(possible, place.area)
    where = f" in {place.name}" if place else ""
    words = f"what lies between {a.name} and {b.name}{where}, closed straight across where they end"
    return made(polygonal(sure), _told(words, a, b), possible=polygonal(possible), issues=notes)


def _side(side: str | float) -> tuple[str | None, float]:
    """Return the hand and the bearing of a side; one of them says nothing."""
    if not isinstance(side, str):
        return None, float(side) % 360.0
    word = side.strip().lower().removesuffix(" bank").removesuffix(" side").removesuffix("ern")
    if word in {"left", "right"}:
        return word, 0.0
    letters = "".join(re.findall(r"(n|s|e|w)(?:orth|outh|ast|est)", word)).upper() or word.upper()
    if letters not in POINTS:
        raise InputError(f"{side!r} is no side; write a wind such as east or northwest, or left or right")
    return None, POINTS[letters]


def _own(known: Ground, countries: Collection[str]) -> Region:
    """Return the country a line is of, or is likely in."""
    code = known.country or next(iter(countries), None)
    if code is None:
        raise InputError(f"the side of {known.name} has no end of its own; say within which country or region")
    return region_of(code)


def _codes(region: Region | None) -> tuple[str, ...]:
    return (region.country,) if region is not None and region.country else ()


def _beside(region: BaseGeometry, line: BaseGeometry, turn: float, *, crosses: bool) -> str | None:
    """Return the hand of a region beside which a line runs, by how the region bears from it; else None."""
    if crosses:
        return None
    spot = region.centroid
    x, y = nearest_spot(line, spot.x, spot.y)
    off = abs((bearing(x, y, spot.x, spot.y) - turn + 180.0) % 360.0 - 180.0)
    held = sides_of(region, line)
    here, there = ("left", "right") if not held.left.is_empty else ("right", "left")
    return here if off <= _OFF_DEG else there


def _on(side: str | float, turn: float, hand: str, known: Ground) -> str:
    word = str(side).strip().lower() if isinstance(side, str) else wind(turn)
    return f"to the {hand} of {known.name}" if word.startswith(hand) else f"{word} of {known.name}"


def _give_and_take(
    least: BaseGeometry, most: BaseGeometry, region: BaseGeometry, line: BaseGeometry, error_m: float
) -> tuple[BaseGeometry, BaseGeometry | None]:
    """Return what is surely and what is possibly on a side of a line that may be off by so much."""
    inside = shapely.intersection(line, region)
    if not error_m or not inside.length:
        return least, None if most is least else shapely.union(most, least)
    blur = shapely.intersection(buffer_m(coarse(inside, error_m / 10), error_m), region)
    sure = _touched(least, blur, shapely.difference)
    return sure, _touched(most if most is least else shapely.union(most, sure), blur, shapely.union)


def _touched(
    area: BaseGeometry, blur: BaseGeometry, operation: Callable[[BaseGeometry, BaseGeometry], BaseGeometry]
) -> BaseGeometry:
    """Return the result of an operation that only the parts of an area beside the line have to undergo."""
    pieces = shapely.get_parts(area)
    near = shapely.intersects(pieces, blur)
    changed = polygonal(operation(shapely.union_all(pieces[near]), blur))
    return shapely.MultiPolygon([*(p for p in shapely.get_parts(changed) if not p.is_empty), *pieces[~near]])


def _line_or_spot(found: Ground, what: Subject) -> Ground:
    """Return a line, or a spot; of a name that an area and a river share, the river."""
    if not found.is_area:
        return found
    river = river_of(what) if isinstance(what, str) else None
    if river is None:
        raise InputError(f"{found.name} is an area; name lines or places that something lies between")
    return river


def _shared(a: Ground, b: Ground) -> Region | None:
    """Return the country of either line, where the other runs through it too."""
    for known, other in ((a, b), (b, a)):
        if known.country:
            region = region_of(known.country)
            if shapely.intersects(other.shape, region.area):
                return region
    return None


def _clipped(known: Ground, region: Region) -> BaseGeometry:
    inside = shapely.intersection(known.shape, shapely.buffer(coarse(region.area, 1_000.0), _EDGE_DEG, quad_segs=2))
    if not inside.length:
        raise InputError(f"{known.name} does not run through {region.name}; name another region")
    return inside


def _corridor(a: Ground, b: Ground, region: Region | None) -> Shape:
    """Return the corridor between two spots, or between a spot and the nearest one of a line."""
    spots = []
    for one, other in ((a, b), (b, a)):
        shape = one.shape if one.is_spot else shapely.Point(nearest_spot(one.shape, other.shape.x, other.shape.y))
        spots.append(Ground(one.name, shape, one.extent_m if one.is_spot else 0.0, one.error_m, one.country))
    told = f"between {a.name} and {b.name}"
    doubts = [Issue("resolve", known.doubt) for known in (a, b) if known.doubt]
    drawn = draft(Relation(RelationKind.BETWEEN, told, 0, len(told), ()), (spots[0], spots[1]), Setting())
    area, words = drawn.area, f"{drawn.words}; the width is assumed"
    if region is None:
        return made(area, words, issues=doubts)
    inside = polygonal(shapely.intersection(area, region.area))
    return made(inside, f"{words}, within {region.name}", issues=[*doubts, *region.issues])


def _told(words: str, *known: Ground) -> str:
    """Return the words with how far off the lines may be, and what else a reader should know of them."""
    off = [f"{ground.name} is known within {ground.error_m / 1000:g} km" for ground in known if ground.error_m]
    return "; ".join([words, *off, *(ground.note for ground in known if ground.note)])
