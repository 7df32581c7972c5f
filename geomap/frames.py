"""Places, routes and shapes, one or many, as one GeoDataFrame in EPSG:4326."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomap.errors import InputError
from geomap.models import Place, PlaceRef, Route, Shape
from geomap.schema import CRS, Column

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from geopandas import GeoDataFrame

    from geomap.models import Issue

__all__ = ["COLUMNS", "to_frame"]

COLUMNS = (
    Column("thing", "Int64", "which of the things given it is of, counted from 0"),
    Column("kind", "string", "place, route or shape"),
    Column("part", "string", "of a route leg; of a shape sure or possible; of a place place"),
    Column("name", "string", "name of a place"),
    Column("how", "string", "how a leg was obtained: reported, inferred or schematic"),
    Column("length_m", "float64", "length of a leg's road with its bends, of a line, metres"),
    Column("area_m2", "float64", "area of the polygons on the ellipsoid, square metres"),
    Column("precision_m", "float64", "radius that surely holds a place, metres"),
    Column("built_from", "string", "how a shape was made, in one sentence"),
    Column("published_limits", "boolean", "the limits of a shape were told; otherwise they are assumed"),
    Column("issues", "string", "what could not be read, resolved or drawn of it, separated by '; '"),
)
"""The columns before ``geometry``; empty where they say nothing of a thing."""


def to_frame(*things: Place | PlaceRef | Route | Shape | Iterable[Place | PlaceRef | Route | Shape]) -> GeoDataFrame:
    """Return places, routes and shapes as rows with their geometry in EPSG:4326 and the columns of `COLUMNS`.

    A place is one row with a point, a route one row a leg with its line, a shape one row of what is sure, without a
    geometry where nothing is, and one of all that is possible where that is more. Rows keep the order of the things,
    and also one thing is a frame.

    Raises
    ------
    InputError
        A thing is none of these, or a place is not known.
    """
    import geopandas
    import pandas as pd

    rows = [{"thing": number, **row} for number, thing in enumerate(_flat(things)) for row in _rows(thing)]
    table = pd.DataFrame(
        {column.name: pd.Series([row.get(column.name) for row in rows], dtype=column.dtype) for column in COLUMNS}
    )
    return geopandas.GeoDataFrame(table, geometry=[row["geometry"] for row in rows], crs=CRS)


def _flat(things: Iterable[object]) -> Iterator[object]:
    for thing in things:
        if isinstance(thing, list | tuple):
            yield from _flat(thing)
        else:
            yield thing


def _rows(thing: object) -> Iterator[dict[str, object]]:
    if isinstance(thing, PlaceRef):
        if thing.place is None:
            raise InputError(f"{thing.text!r} means no known place; leave it out, or give a place")
        thing = thing.place
    if isinstance(thing, Place):
        yield _place(thing)
    elif isinstance(thing, Route):
        yield from _legs(thing)
    elif isinstance(thing, Shape):
        yield from _parts(thing)
    else:
        raise InputError(f"{type(thing).__name__} has no row; give places, routes and shapes")


def _place(place: Place) -> dict[str, object]:
    from shapely.geometry import Point

    return {
        "kind": "place",
        "part": "place",
        "name": place.name,
        "precision_m": place.precision_m,
        "geometry": Point(place.lon, place.lat),
    }


def _legs(route: Route) -> Iterator[dict[str, object]]:
    for leg in route.legs:
        yield {
            "kind": "route",
            "part": "leg",
            "how": leg.how.value,
            "length_m": leg.length_m,
            "issues": _told(route.issues),
            "geometry": leg.geometry,
        }


def _parts(shape: Shape) -> Iterator[dict[str, object]]:
    told = {
        "kind": "shape",
        "built_from": shape.built_from,
        "published_limits": shape.published_limits,
        "issues": _told(shape.issues),
    }
    sure = None if shape.geometry.is_empty else shape.geometry
    yield {**told, "part": "sure", "length_m": shape.length_m, "area_m2": shape.area_m2, "geometry": sure}
    if shape.possible is None:
        return
    from geomap.geometry.geodesy import area_m2, length_m

    is_line = "Line" in shape.possible.geom_type
    yield {
        **told,
        "part": "possible",
        "length_m": length_m(shape.possible) if is_line else None,
        "area_m2": None if is_line else area_m2(shape.possible),
        "geometry": shape.possible,
    }


def _told(issues: Iterable[Issue]) -> str | None:
    return "; ".join(issue.message for issue in issues) or None
