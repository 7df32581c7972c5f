"""Shapes from what surely and what possibly belongs to an area, and their union, difference and intersection."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

from geomap.errors import InputError
from geomap.geometry.geodesy import area_m2, length_m
from geomap.geometry.sweeps import wrapped
from geomap.models import Shape

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from shapely.geometry.base import BaseGeometry

    from geomap.models import Issue

__all__ = ["about", "difference", "intersection", "made", "polygonal", "reach", "union"]

_GRID_DEG = 1e-6
_EDGE_DEG = 1.0
"""Edges are straight in lon and lat (RFC 7946, 3.1.1): this short they are geodesics, too, for what an area tells."""
_SAME_SHARE = 1e-4
"""A possible outline that is larger by less than this share says nothing that the sure one does not."""


def made(
    sure: BaseGeometry,
    words: str,
    *,
    possible: BaseGeometry | None = None,
    length: float | None = None,
    published: bool = False,
    issues: Iterable[Issue] = (),
) -> Shape:
    """Return a shape with its area or length, cut at the antimeridian.

    Parameters
    ----------
    sure
        What surely belongs to it; empty where nothing does.
    words
        How it was built, in one sentence.
    possible
        What may belong to it, what surely does included.
    length
        Metres of the road that a line stands for, bends that are not drawn included; else the line is measured.
    published
        Whether the limits were told rather than assumed.
    issues
        What a reader should know of it.

    Raises
    ------
    InputError
        Neither a sure nor a possible part is left.
    """
    if sure.is_empty:
        sure = shapely.Polygon() if possible is None or _has_area(possible) else shapely.LineString()
    inner = _even(wrapped(sure)) if _has_area(sure) else _wrapped_line(sure)
    outer = None
    if possible is not None:
        outer = _even(wrapped(possible)) if _has_area(possible) else _wrapped_line(possible)
    if inner.is_empty and (outer is None or outer.is_empty):
        raise InputError(f"nothing is left of it: {words}")
    if outer is not None and _has_area(inner) and area_m2(outer) <= (1 + _SAME_SHARE) * area_m2(inner):
        outer = None
    return Shape(
        inner,
        words,
        length_m=(length_m(inner) if length is None else length) if "Line" in inner.geom_type else None,
        area_m2=area_m2(shapely.segmentize(inner, _EDGE_DEG)) if _has_area(inner) else None,
        published_limits=published,
        possible=outer,
        issues=tuple(dict.fromkeys(issues)),
    )


def about(geometry: BaseGeometry, lon: float) -> BaseGeometry:
    """Return a geometry with each part turned to within 180 degrees of a longitude, joined where it was cut.

    What is cut at the antimeridian (RFC 7946, 3.1.9) is then in one piece, for longitudes run on past 180.
    """
    west, _, east, _ = geometry.bounds
    if abs(west - lon) <= 180.0 and abs(east - lon) <= 180.0:
        return geometry
    parts = []
    for part in shapely.get_parts(geometry):
        west, _, east, _ = part.bounds
        turn = 360.0 * round((lon - (west + east) / 2) / 360.0)
        parts.append(shapely.transform(part, lambda xy, turn=turn: xy + np.array([turn, 0.0])))
    return shapely.union_all(parts)


def reach(shape: Shape) -> BaseGeometry:
    """Return all that may belong to a shape: its possible outline, or the shape itself where that is certain."""
    return shape.geometry if shape.possible is None else shapely.union(shape.possible, shape.geometry)


def polygonal(geometry: BaseGeometry) -> BaseGeometry:
    """Return the polygons of a geometry, valid also when written with six decimals.

    Where areas touch, what they have in common has lines and points, too, and slivers that rounding would turn over.
    """
    parts = shapely.get_parts(shapely.get_parts(geometry))
    solid = parts[(shapely.get_dimensions(parts) == 2) & ~shapely.is_empty(parts)]
    return shapely.set_precision(solid[0] if len(solid) == 1 else shapely.MultiPolygon(list(solid)), _GRID_DEG)


def union(*shapes: Shape) -> Shape:
    """Return what lies in any of the shapes: surely where one surely reaches, possibly where one may.

    Raises
    ------
    InputError
        No shape is given, or lines and polygons are mixed.
    """
    return _combined(shapes, shapely.union_all, shapely.union_all, "together")


def intersection(*shapes: Shape) -> Shape:
    """Return what lies in all of the shapes: surely where all surely reach, possibly where all may.

    Raises
    ------
    InputError
        Fewer than two shapes are given, or they have nothing in common.
    """
    if len(shapes) < 2:
        raise InputError("an intersection is of two shapes or more; give another")
    solid = all(_has_area(reach(shape)) for shape in shapes)

    def common(parts: Sequence[BaseGeometry]) -> BaseGeometry:
        found = shapely.intersection_all(parts)
        return _of_dimension(found, 2 if solid else 1)

    return _combined(shapes, common, common, "what is common to", mixed=True)


def difference(first: Shape, *others: Shape) -> Shape:
    """Return the first shape without the others: surely what none of them may reach, possibly what none surely holds.

    Raises
    ------
    InputError
        No other shape is given, or nothing is left.
    """
    if not others:
        raise InputError("a difference is of two shapes or more; give what is to be taken away")
    dimension = 2 if _has_area(reach(first)) else 1
    gone, surely_gone = shapely.union_all([reach(s) for s in others]), shapely.union_all([s.geometry for s in others])
    sure = _of_dimension(shapely.difference(first.geometry, gone), dimension)
    possible = _of_dimension(shapely.difference(reach(first), surely_gone), dimension)
    words = f"{first.built_from}; without {_listed(others)}"
    return made(
        sure, words, possible=possible if _uncertain((first, *others)) else None, issues=_issues(first, *others)
    )


def _combined(
    shapes: Sequence[Shape],
    inner: Callable[[Sequence[BaseGeometry]], BaseGeometry],
    outer: Callable[[Sequence[BaseGeometry]], BaseGeometry],
    word: str,
    *,
    mixed: bool = False,
) -> Shape:
    if not shapes:
        raise InputError("no shape is given; name at least one")
    if not mixed and len({_has_area(reach(shape)) for shape in shapes}) > 1:
        raise InputError("a line and a polygon have no union; give the line a width first")
    sure = inner([shape.geometry for shape in shapes])
    possible = outer([reach(shape) for shape in shapes]) if _uncertain(shapes) else None
    words = f"{word}: {_listed(shapes)}" if len(shapes) > 1 else shapes[0].built_from
    return made(
        sure, words, possible=possible, published=all(s.published_limits for s in shapes), issues=_issues(*shapes)
    )


def _uncertain(shapes: Iterable[Shape]) -> bool:
    return any(shape.possible is not None for shape in shapes)


def _listed(shapes: Iterable[Shape]) -> str:
    return "; ".join(f"({number}) {shape.built_from}" for number, shape in enumerate(shapes, start=1))


def _issues(*shapes: Shape) -> tuple[Issue, ...]:
    return tuple(issue for shape in shapes for issue in shape.issues)


def _has_area(geometry: BaseGeometry) -> bool:
    return bool(shapely.get_dimensions(geometry) == 2)


def _of_dimension(geometry: BaseGeometry, dimension: int) -> BaseGeometry:
    """Return the parts of a geometry that are areas (2) or lines (1): two that touch have less than that in common."""
    parts = shapely.get_parts(shapely.get_parts(geometry))
    return shapely.union_all(parts[shapely.get_dimensions(parts) == dimension])


def _wrapped_line(line: BaseGeometry) -> BaseGeometry:
    """Return lines whose longitudes run past 180 or -180 cut there, all of them in -180..180 (RFC 7946, 3.1.9)."""
    if line.is_empty or (line.bounds[0] >= -180.0 and line.bounds[2] <= 180.0):
        return line
    parts = []
    for turn in (-360.0, 0.0, 360.0):
        moved = shapely.transform(line, lambda xy, turn=turn: xy + np.array([turn, 0.0]))
        parts.append(shapely.clip_by_rect(moved, -180.0, -90.0, 180.0, 90.0))
    return shapely.line_merge(_of_dimension(shapely.GeometryCollection(parts), 1))


def _even(geometry: BaseGeometry) -> BaseGeometry:
    return geometry if geometry.is_valid else shapely.make_valid(geometry, method="structure", keep_collapsed=False)
