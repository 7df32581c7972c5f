"""Stretches of roads, routes and other lines: between two places, of a length, inside an area, with a width."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import shapely

from geomap.errors import InputError
from geomap.geometry.anchors import region_of
from geomap.geometry.asking import places_of
from geomap.geometry.bands import corridor
from geomap.geometry.shapes import made, reach
from geomap.geometry.surroundings import least_and_most, span_text
from geomap.geometry.tracks import track_of
from geomap.models import Issue, Place, Shape

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from shapely.geometry.base import BaseGeometry

    from geomap.geometry.anchors import Region, Subject
    from geomap.geometry.asking import What
    from geomap.geometry.surroundings import Metres
    from geomap.geometry.tracks import Track

__all__ = ["stretch"]

_AT_END_M = 15_000.0
"""From a place this near to an end of a road, a stretch of it can only lead away from that end."""
_SHORT_SHARE = 0.98
_TOLD_SHARE = 0.1
"""A length that is told differs from the road's own by more than this only where something is wrong."""


@dataclass(frozen=True, slots=True)
class _Limits:
    """Where a stretch begins and ends, in metres along its road."""

    sure: tuple[float, float]
    possible: tuple[float, float]
    words: str
    assumed: bool
    """Whether the limits do not follow from what is told."""


def stretch(
    road: Subject,
    *,
    countries: Collection[str] = (),
    start: What | None = None,
    end: What | None = None,
    around: What | None = None,
    towards: What | None = None,
    length_m: Metres | None = None,
    within: Subject | None = None,
    width_m: Metres | None = None,
) -> Shape:
    """Return a stretch of a road or another line, in EPSG:4326: the line itself, or with a width a polygon.

    Between `start` and `end` where both are given. Otherwise of a length, measured along the road with its bends: from
    `start` on, up to `end`, about `around`, or in the middle of what lies `within`. Where nothing tells which way it
    leads or where it begins, that is assumed, and `possible` is all it may be; of a range of lengths the low end is
    drawn, the high end possible. Without places and length it is all that lies `within`; with a width alone, all.

    Parameters
    ----------
    road
        A road by number or name ("M4", "M4 in Syria", "Kharkiv–Izium road"), a river or border by name, a route, a
        shape that is a line, or a shapely line in EPSG:4326.
    countries
        ISO 3166-1 alpha-2 codes of countries the road is likely in.
    start, end, around, towards
        Places, or their names.
    length_m
        Metres of road, or the least and the most of a range.
    within
        A country, province, shape or polygon.
    width_m
        Metres from edge to edge, or a range; half of it lies on either side.

    Raises
    ------
    UnknownRoadError
        The road is unknown, or in several countries.
    InputError
        Nothing says which part is meant, a length is not positive, or a place is far from the road.
    """
    region = region_of(within, countries=countries) if within is not None else None
    likely = tuple(countries) or ((region.country,) if region and region.country else ())
    places = _places({"start": start, "end": end, "around": around, "towards": towards}, likely)
    track = track_of(road, countries=likely or [place.country for place in places.values() if place.country])
    span = least_and_most(length_m, "length") if length_m is not None else None
    notes = list(region.issues) if region else []
    if span is None and not {"start", "end"} <= set(places):
        line, possible, words = track.line, None, track.name
        if region is not None or width_m is None or places:
            line, possible, words = _all_within(track, region, within)
        limits = None
    else:
        limits = _limits(track, span, places, region)
        line, possible = track.part(*limits.sure), None
        if limits.possible != limits.sure:
            possible = track.part(*limits.possible)
        words = limits.words
        notes += _length_issues(track, limits, span, between={"start", "end"} <= set(places))
        if caveat := track.told(*limits.possible):
            notes.append(Issue("area", f"{track.name}: {caveat}"))
    published = limits is not None and not limits.assumed
    if width_m is None:
        length = None if limits is None else limits.sure[1] - limits.sure[0]
        return made(line, words, possible=possible, length=length, published=published, issues=notes)
    return _widened(track, line, possible, words, width_m, published=published, issues=notes)


def _places(given: dict[str, What | None], countries: Sequence[str]) -> dict[str, Place]:
    told = {role: what for role, what in given.items() if what is not None}
    return dict(zip(told, places_of(list(told.values()), countries=countries, spot=True), strict=True)) if told else {}


def _all_within(
    track: Track, region: Region | None, within: Subject | None
) -> tuple[BaseGeometry, BaseGeometry | None, str]:
    if region is None:
        raise InputError(f"which part of {track.name}? give both ends, or a length and a place, or an area it lies in")
    spans = track.inside(region.area)
    if not spans:
        raise InputError(f"{track.name} does not run through {region.name}; name another area")
    line = shapely.MultiLineString([track.part(*span) for span in spans]) if len(spans) > 1 else track.part(*spans[0])
    words = f"what of {track.name} lies in {region.name}"
    if isinstance(within, Shape) and within.possible is not None:
        outer = shapely.MultiLineString([track.part(*span) for span in track.inside(reach(within))])
        return line, outer, words
    return line, None, words


def _limits(track: Track, span: tuple[float, float] | None, places: dict[str, Place], region: Region | None) -> _Limits:
    """Return where a stretch begins and ends by what is told of it."""
    at = {role: track.at(place) for role, place in places.items()}
    if "start" in at and "end" in at:
        first, last = sorted((at["start"], at["end"]))
        names = f"from {places['start'].name} to {places['end'].name}"
        if last - first < 1.0:
            raise InputError(
                f"{names} is no stretch of {track.name}: both lie at one spot of it; name two places apart"
            )
        return _Limits((first, last), (first, last), f"{track.name} {names}", assumed=False)
    assert span is not None
    whole = _zone(track, region, at)
    told = f"{span_text(*span)} of {track.name}, measured along it"
    if "start" in at or "end" in at:
        role = "start" if "start" in at else "end"
        word = "from" if role == "start" else "up to"
        return _one_ended(span, whole, at, role, f"{told}, {word} {places[role].name}", places)
    low, high = span
    if "around" in at:
        middle = at["around"]
        first = min(max(whole[0], middle - low / 2), max(whole[0], whole[1] - low))
        possible = max(whole[0], middle - high), min(whole[1], middle + high)
        words = f"{told}, about {places['around'].name}; how far to either side was not told and is assumed"
        return _Limits((first, min(whole[1], first + low)), possible, words, assumed=True)
    if region is None:
        raise InputError(f"which part of {track.name}? give both ends, or a length and a place, or an area it lies in")
    first = max(whole[0], (whole[0] + whole[1] - low) / 2)
    words = f"{told}, in the middle of its part in {region.name}; the limits were not told and are assumed"
    return _Limits((first, min(whole[1], first + low)), whole, words, assumed=True)


def _zone(track: Track, region: Region | None, at: dict[str, float]) -> tuple[float, float]:
    """Return from where to where the road may be taken: all of it, or its part in the region that holds the place."""
    if region is None:
        return 0.0, track.total_m
    spans = track.inside(region.area)
    if not spans:
        raise InputError(f"{track.name} does not run through {region.name}; name another area")
    spots = [at[role] for role in ("start", "end", "around") if role in at]
    return next((span for span in spans for spot in spots if span[0] <= spot <= span[1]), spans[0])


def _one_ended(
    span: tuple[float, float],
    whole: tuple[float, float],
    at: dict[str, float],
    role: str,
    told: str,
    places: dict[str, Place],
) -> _Limits:
    """Return the limits of a stretch that leads away from one place, in a direction that is told, clear or assumed."""
    spot, (low, high) = at[role], span
    onward, assumed, words = (1.0 if role == "start" else -1.0), False, told
    if "towards" in at:
        if abs(at["towards"] - spot) < 1.0:
            raise InputError(f"{places['towards'].name} lies where the stretch begins; name a place further along")
        onward = 1.0 if at["towards"] > spot else -1.0
        words = f"{told} towards {places['towards'].name}"
    elif spot - whole[0] < _AT_END_M:
        onward = 1.0
    elif whole[1] - spot < _AT_END_M:
        onward = -1.0
    else:
        assumed, words = True, f"{told}; which way it leads was not told and is assumed"

    def leading(length: float) -> tuple[float, float]:
        first, last = sorted((spot, spot + onward * length))
        return max(whole[0], first), min(whole[1], last)

    possible = (max(whole[0], spot - high), min(whole[1], spot + high)) if assumed else leading(high)
    return _Limits(leading(low), possible, words, assumed=assumed or low != high)


def _length_issues(track: Track, limits: _Limits, span: tuple[float, float] | None, *, between: bool) -> list[Issue]:
    if span is None:
        return []
    found = limits.sure[1] - limits.sure[0]
    if between:
        low, high = (1 - _TOLD_SHARE) * span[0], (1 + _TOLD_SHARE) * span[1]
        if not low <= found <= high:
            return [Issue("area", f"{limits.words} is {found / 1000:.0f} km long, not {span_text(*span)} as told")]
        return []
    if found < _SHORT_SHARE * span[0]:
        return [Issue("area", f"only {found / 1000:.0f} km of {track.name} lie there, not {span[0] / 1000:g} km")]
    return []


def _widened(
    track: Track,
    line: BaseGeometry,
    possible: BaseGeometry | None,
    words: str,
    width_m: Metres,
    *,
    published: bool,
    issues: Sequence[Issue],
) -> Shape:
    """Return the corridor along a stretch; what the line itself may be off is possible."""
    low, high = least_and_most(width_m, "width")
    sure = corridor(line, left_m=low / 2, right_m=low / 2) if low > 0 and not line.is_empty else shapely.Polygon()
    widest = high / 2 + track.error_m
    outer = None
    if widest > low / 2 or possible is not None:
        outer = corridor(line if possible is None else possible, left_m=widest, right_m=widest)
        outer = shapely.union(outer, sure)
    told = f"{words}, {span_text(low, high)} wide, half of it on either side of the line as drawn"
    if track.error_m:
        told = f"{told}, which is right within {track.error_m / 1000:g} km"
    return made(sure, told, possible=outer, published=published and low == high, issues=issues)
