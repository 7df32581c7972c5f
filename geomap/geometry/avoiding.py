"""What a route keeps out of, from the words or shapes a person gives."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import shapely

from geomap.errors import InputError
from geomap.geometry.asking import place_of
from geomap.geometry.borders import codes
from geomap.geometry.drawing import drawn
from geomap.geometry.outlines import circle, outline
from geomap.geometry.roads.graphs import Avoid
from geomap.models import Place, Shape

if TYPE_CHECKING:
    from collections.abc import Iterable

    from shapely.geometry.base import BaseGeometry

__all__ = ["avoiding"]

_CODE = re.compile(r"[A-Z]{2}")


def avoiding(what: Iterable[Place | Shape | str]) -> Avoid:
    """Return what routes keep out of: countries, provinces, towns as wide as they are, and areas.

    Parameters
    ----------
    what
        Places or shapes; ISO 3166-1 alpha-2 codes in capitals; names and phrases that
        :func:`geomap.geometry.asking.place_of` understands; files of GeoJSON, or WKT, with polygons in EPSG:4326. Of a
        shape all that possibly belongs to it is avoided.

    Raises
    ------
    InputError
        A shape is no area, or a file holds none.
    UnknownPlaceError
        No place has one of the names.
    """
    countries: list[str] = []
    areas: list[BaseGeometry] = []
    for item in what:
        if isinstance(item, str) and _CODE.fullmatch(item) and item in codes():
            countries.append(item)
            continue
        meant = _meant(item)
        if isinstance(meant, Place) and meant.is_country and meant.country:
            countries.append(meant.country)
        else:
            areas.append(_area(meant))
    return Avoid(tuple(dict.fromkeys(countries)), shapely.union_all(areas) if areas else None)


def _meant(item: Place | Shape | str) -> Place | Shape:
    if not isinstance(item, str):
        return item
    if item.lstrip().upper().startswith(("POLYGON", "MULTIPOLYGON")) or Path(item).suffix in {".geojson", ".json"}:
        return drawn(item)
    return place_of(item)


def _area(meant: Place | Shape) -> BaseGeometry:
    if isinstance(meant, Place):
        return outline(meant) or circle(meant)
    area = meant.possible if meant.possible is not None else meant.geometry
    if not area.geom_type.endswith("Polygon"):
        raise InputError(f"{meant.built_from} has no inside that could be avoided; give polygons, or a depth round it")
    return area
