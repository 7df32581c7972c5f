"""Countries by code or name."""

from __future__ import annotations

from functools import cache

from geomap.errors import UnknownBorderError, UnknownPlaceError
from geomap.gazetteer import Gazetteer
from geomap.geometry.borders import codes

__all__ = ["country_code", "country_name"]


def country_code(text: str) -> str:
    """Return the code of a country given by its code or one of its names.

    Raises
    ------
    UnknownBorderError
        No country with a polygon has that code or name.
    """
    if text.strip().upper() in codes():
        return text.strip().upper()
    for candidate in _gazetteer().resolve(text.strip()).candidates:
        place = candidate.place
        if place.is_country and place.country in codes():
            return str(place.country)
    raise UnknownBorderError(
        f"no country has the code or name {text!r}; use a name or a two-letter code such as SY, IQ or UA (ISO 3166-1)"
    )


def country_name(code: str) -> str:
    """Return a country's name for a sentence, or its code where no name is known."""
    try:
        return _gazetteer().country(code).name
    except UnknownPlaceError:
        return code


@cache
def _gazetteer() -> Gazetteer:
    return Gazetteer()
