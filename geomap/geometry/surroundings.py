"""What lies within a distance of places, lines and areas, as surely as they are known."""

from __future__ import annotations

from typing import TYPE_CHECKING

import shapely

from geomap.errors import InputError
from geomap.geometry.anchors import anchors_of, region_of
from geomap.geometry.bands import corridor
from geomap.geometry.geodesy import buffer_m
from geomap.geometry.shapes import made, polygonal
from geomap.geometry.sweeps import coarse
from geomap.models import Issue, Shape

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from shapely.geometry.base import BaseGeometry

    from geomap.geometry.anchors import Subject
    from geomap.geometry.grounds import Ground

__all__ = ["Metres", "around", "least_and_most", "span_text"]

Metres = float | tuple[float, float]
"""A length in metres, or the least and the most it may be."""

_MOST_M = 5_000_000.0
"""Nothing is told by being within more than this, an eighth of the way round the earth, of something."""
_FINE = 0.002


def around(
    what: Subject | Sequence[Subject],
    distance_m: Metres,
    *,
    ring: bool = False,
    side: str | None = None,
    within: Subject | None = None,
    countries: Collection[str] = (),
) -> Shape:
    """Return what lies within a distance of a place, of several, of a line or of an area, as polygons in EPSG:4326.

    Surely within it lies what is so near wherever the place exactly is, and possibly what may be: the distance less
    and plus the place's precision. Of a town it may be measured from the middle, which is sure, or from its edge, which
    is possible; of an area it is measured from the edge, and the inside belongs to it. Of a range the low end is sure.

    Parameters
    ----------
    what
        A place, its name, a road, river or border by name, a shape, a route, a geometry in EPSG:4326, or several.
    distance_m
        Metres on the ellipsoid, or the least and the most of a range.
    ring
        Leave out the inside of towns and areas.
    side
        Of a line, what lies along it to its "left", its "right" or "both", in the order of its points, with square
        ends; when left out, all that is so near, its ends round.
    within
        A country, province or area that limits it.
    countries
        ISO 3166-1 alpha-2 codes of countries that names are likely in.

    Raises
    ------
    InputError
        The distance is not positive or beyond reason, nothing is given, or it has no inside to leave out, or no side.
    GeomapError
        No such place, road or border is known.
    """
    low, high = least_and_most(distance_m, "distance", most=_MOST_M)
    region = region_of(within, countries=countries) if within is not None else None
    likely = tuple(countries) or ((region.country,) if region and region.country else ())
    given = list(what) if isinstance(what, list | tuple) else [what]
    if not given:
        raise InputError("nothing is given that an area could lie around; name a place, line or area")
    anchors = anchors_of(given, countries=likely)
    told = _of(side)
    if side is not None and (ring or not all("Line" in anchor.shape.geom_type for anchor in anchors)):
        raise InputError("only a line has sides; give a river, road or border, or leave the side out")
    sure = shapely.union_all([_surely(anchor, low, side) for anchor in anchors])
    possible = shapely.union_all([_possibly(anchor, high, side) for anchor in anchors])
    words = f"within {span_text(low, high)} {told} {_listed([anchor.name for anchor in anchors])}"
    if ring:
        inner, outer = zip(*(_inside(anchor) for anchor in anchors), strict=True)
        sure = shapely.difference(sure, shapely.union_all(outer))
        possible = shapely.difference(possible, shapely.union_all(inner))
        words = f"{words}, its inside left out"
    issues = [Issue("resolve", anchor.doubt) for anchor in anchors if anchor.doubt]
    if region is not None:
        sure, possible = shapely.intersection(sure, region.area), shapely.intersection(possible, region.area)
        words, issues = f"{words}, as far as it lies in {region.name}", [*issues, *region.issues]
    if sure.is_empty:
        issues.append(_nothing_sure(anchors, low))
    words = "; ".join([words, *dict.fromkeys(note for anchor in anchors if (note := _measured(anchor)))])
    return made(polygonal(sure), words, possible=polygonal(possible), published=low == high, issues=issues)


def least_and_most(length: Metres, word: str, *, most: float = float("inf")) -> tuple[float, float]:
    """Return the ends of a length or a range of lengths in metres.

    Raises
    ------
    InputError
        It is not positive, not a number, more than `most` metres, or ends before it begins.
    """
    low, high = length if isinstance(length, tuple) else (length, length)
    if not 0.0 < high <= most or not low >= 0.0:
        limit = f" of at most {most / 1000:,.0f} km" if most < float("inf") else ""
        raise InputError(f"{span_text(low, high)} is no {word} an area could have; give a positive one{limit}, as 30km")
    if low > high:
        raise InputError(f"the {word} {span_text(low, high)} ends before it begins; write the smaller number first")
    return float(low), float(high)


def span_text(low: float, high: float) -> str:
    """Return a length or range in words: "30 km", "30 to 35 km", "up to 20 km", "500 m"."""
    unit, word = (1000.0, "km") if high >= 1000.0 else (1.0, "m")
    if low == high:
        return f"{low / unit:g} {word}"
    return f"{low / unit:g} to {high / unit:g} {word}" if low > 0 else f"up to {high / unit:g} {word}"


def _of(side: str | None) -> str:
    words = {None: "of", "both": "on either side of", "left": "to the left of", "right": "to the right of"}
    if side not in words:
        raise InputError(f"{side!r} is no side of a line; write left, right or both")
    return words[side]


def _surely(anchor: Ground, distance: float, side: str | None) -> BaseGeometry:
    """Return what is within a distance wherever in its precision the anchor is; of a town, measured from its middle."""
    left = distance - anchor.error_m
    if left <= 0:
        return shapely.Polygon()
    return _grown(anchor.shape, left) if side is None else _beside(anchor, side, left, -anchor.error_m)


def _possibly(anchor: Ground, distance: float, side: str | None) -> BaseGeometry:
    if side is not None:
        return _beside(anchor, side, distance + anchor.error_m, anchor.error_m)
    if anchor.possible is not None:
        return _grown(shapely.union(anchor.possible, anchor.shape), distance)
    return _grown(anchor.shape, distance + anchor.extent_m + anchor.error_m)


def _beside(anchor: Ground, side: str, reach: float, beyond: float) -> BaseGeometry:
    """Return the band on a side of a line; it begins as far beyond the line, or short of it, as that may be off."""
    left, right = (reach if side in {hand, "both"} else max(0.0, beyond) for hand in ("left", "right"))
    band = corridor(anchor.shape, left_m=left, right_m=right)
    if beyond >= 0 or side == "both":
        return band
    blur = corridor(anchor.shape, left_m=-beyond, right_m=-beyond)
    return polygonal(shapely.difference(band, blur))


def _grown(shape: BaseGeometry, distance: float) -> BaseGeometry:
    simple = shape if shape.geom_type == "Point" else coarse(shape, distance * _FINE)
    grown = buffer_m(simple if not simple.is_empty else shape, distance)
    return shapely.union(grown, shape) if shapely.get_dimensions(shape) == 2 else grown


def _inside(anchor: Ground) -> tuple[BaseGeometry, BaseGeometry]:
    """Return what is surely and what is possibly the inside of an anchor: of an area, and of a town."""
    if anchor.is_area:
        return anchor.shape, anchor.shape if anchor.possible is None else anchor.possible
    if not anchor.is_spot or not anchor.extent_m:
        raise InputError(f"{anchor.name} has no inside that a ring could leave out; ask without a ring")
    return shapely.Polygon(), buffer_m(anchor.shape, anchor.extent_m)


def _measured(anchor: Ground) -> str:
    if anchor.extent_m:
        return f"surely so near to the middle of {anchor.name}, possibly to its edge, {anchor.extent_m / 1000:g} km out"
    if anchor.error_m:
        off = f"{anchor.name} is known within {anchor.error_m / 1000:g} km"
        return f"{off} ({anchor.note})" if anchor.note else off
    return anchor.note


def _nothing_sure(anchors: Sequence[Ground], distance: float) -> Issue:
    off = max(anchor.error_m for anchor in anchors)
    names = _listed([anchor.name for anchor in anchors])
    return Issue(
        "area",
        f"no spot is surely within {distance / 1000:g} km of {names}, known within {off / 1000:g} km; only what may be "
        "is drawn",
    )


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"
