"""Areas told by places alone: the outline of a country or province, and what places enclose."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

from geomap.errors import InputError
from geomap.geometry.anchors import anchors_of, region_of
from geomap.geometry.geodesy import Plane, buffer_m
from geomap.geometry.shapes import made, polygonal
from geomap.models import Issue, Shape

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from shapely.geometry.base import BaseGeometry

    from geomap.geometry.anchors import Subject
    from geomap.geometry.grounds import Ground

__all__ = ["hull", "unit"]

_WIDEST_M = 4_000_000.0
"""Places further than this from their middle enclose nothing that a plane about it could show."""
_POLES = np.array([[0.0, 90.0], [0.0, -90.0]])
_EDGE_M = 50_000.0
_THIN_SHARE = 1e-3
"""A hull thinner than this share of its length is a line."""


def unit(what: Subject, *, countries: Collection[str] = ()) -> Shape:
    """Return the outline of a country, province or region in EPSG:4326.

    Of a name that a town and its province share the province is meant. Where the outline is not known, what surely
    holds the place is possible, and nothing sure.

    Parameters
    ----------
    what
        A place, its name or id, or a code such as "SY".
    countries
        ISO 3166-1 alpha-2 codes of countries the name is likely in.

    Raises
    ------
    UnknownPlaceError
        No place has that name.
    """
    found = region_of(what, countries=countries)
    words = f"the outline of {found.name}"
    if not found.words:
        return made(found.area, words, published=True, issues=found.issues)
    return made(shapely.Polygon(), found.words, possible=found.area, issues=found.issues)


def hull(places: Sequence[Subject], *, concave: float | None = None, countries: Collection[str] = ()) -> Shape:
    """Return what places enclose, as a polygon in EPSG:4326 whose edges are great circles.

    It surely reaches between the middles of the places, less what these may be off, and possibly to the far edges of
    the towns.

    Parameters
    ----------
    places
        Three or more places, their names, areas or geometries.
    concave
        From 0, which follows the places as closely as it can, to 1, which is the convex hull, as in
        `shapely.concave_hull`; convex when left out.
    countries
        ISO 3166-1 alpha-2 codes of countries that names are likely in.

    Raises
    ------
    InputError
        Fewer than three places are given, they lie on one line or on different sides of the earth, or `concave` is
        not within 0 and 1.
    UnknownPlaceError
        No place has one of the names.
    """
    if concave is not None and not 0.0 <= concave <= 1.0:
        raise InputError(f"a concave hull with a ratio of {concave} does not exist; give one from 0 to 1")
    anchors = anchors_of(places, countries=countries)
    if len(anchors) < 3 and all(anchor.is_spot for anchor in anchors):
        raise InputError(f"{len(anchors)} places enclose nothing; name at least three, or a corridor between two")
    plane = _plane(anchors)
    sure = _hull(shapely.union_all([anchor.shape for anchor in anchors]), plane, concave)
    off = max(anchor.error_m for anchor in anchors)
    if off:
        sure = polygonal(shapely.transform(shapely.buffer(shapely.transform(sure, plane.there), -off), plane.back))
    possible = _hull(shapely.union_all([_widest(anchor) for anchor in anchors]), plane, concave)
    names = ", ".join(anchor.name for anchor in anchors)
    kind = "" if concave is None else f", concave with a ratio of {concave:g}"
    words = f"what {names} enclose{kind}: surely between their middles, possibly to their edges"
    issues = [Issue("resolve", anchor.doubt) for anchor in anchors if anchor.doubt]
    if sure.is_empty:
        known = f"the places are known within {off / 1000:g} km only"
        issues.append(Issue("area", f"{known}, and enclose no area surely"))
    return made(sure, words, possible=shapely.union(possible, sure), issues=issues)


def _plane(anchors: Sequence[Ground]) -> Plane:
    """Return a plane about the middle of all places.

    Raises
    ------
    InputError
        They are too far apart, or on one line.
    """
    points = np.concatenate([shapely.get_coordinates(anchor.shape) for anchor in anchors])
    lon, lat = np.radians(points[:, 0]), np.radians(points[:, 1])
    x, y, z = (np.cos(lat) * np.cos(lon)).mean(), (np.cos(lat) * np.sin(lon)).mean(), np.sin(lat).mean()
    plane = Plane(float(np.degrees(np.arctan2(y, x))), float(np.degrees(np.arctan2(z, np.hypot(x, y)))))
    flat = plane.there(points)
    reach = float(np.hypot(*flat.T).max())
    if reach > _WIDEST_M:
        raise InputError(
            f"the places lie up to {reach / 1000:,.0f} km from their middle; name places nearer to each other"
        )
    ring = shapely.convex_hull(shapely.multipoints(flat))
    if ring.area <= _THIN_SHARE * ring.length**2:
        raise InputError(
            "the places lie on one line and enclose nothing; name another beside it, or ask for a corridor"
        )
    if shapely.contains_xy(ring, plane.there(_POLES)).any():
        raise InputError("the places enclose a pole, which no polygon in lon and lat can hold; leave one of them out")
    return plane


def _hull(geometry: BaseGeometry, plane: Plane, concave: float | None) -> BaseGeometry:
    flat = shapely.transform(geometry, plane.there)
    ring = shapely.convex_hull(flat) if concave is None else shapely.concave_hull(flat, ratio=concave)
    return shapely.transform(shapely.segmentize(ring, _EDGE_M), plane.back)


def _widest(anchor: Ground) -> BaseGeometry:
    reach = anchor.extent_m + anchor.error_m
    shape = anchor.shape if anchor.possible is None else shapely.union(anchor.possible, anchor.shape)
    return buffer_m(shape, reach) if reach else shape
