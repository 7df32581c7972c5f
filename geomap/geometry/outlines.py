"""The outlines of places that are areas: countries, their first-level units, and regions made of such units."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shapely.geometry import Point

from geomap.errors import UnknownBorderError
from geomap.geometry.borders import country
from geomap.geometry.geodesy import buffer_m

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from geomap.models import Place

__all__ = ["circle", "is_region", "outline"]


def outline(place: Place) -> BaseGeometry | None:
    """Return the polygon of a country, first-level unit or listed region in EPSG:4326, or None where none is known."""
    if place.is_country and place.country:
        try:
            return country(place.country)
        except UnknownBorderError:
            return None
    return None


def circle(place: Place) -> BaseGeometry:
    """Return the circle round the place's point that surely holds it, by its precision."""
    return buffer_m(Point(place.lon, place.lat), place.precision_m)


def is_region(place: Place) -> bool:
    """Whether the place is an area with an inside, other than a country: a line may end at its edge."""
    return place.is_area and not place.is_country and not place.feature.startswith(("R", "H"))
