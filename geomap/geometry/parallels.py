"""Parallels of latitude as places, for what is told of "the 38th parallel"; EPSG:4326."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

from geomap.errors import InputError
from geomap.geometry.borders import country, neighbours
from geomap.models import Place

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["parallel"]

_PAST_DEG = 0.5
_STEP_DEG = 0.25
"""Vertices of the line: a chord of that length leaves the parallel by less than 30 m at 60 degrees of latitude."""


def parallel(lat: float, countries: Sequence[str], *, name: str | None = None) -> Place:
    """Return a parallel of latitude as far as it runs through a country, and through its neighbours among the others.

    Its course goes on for half a degree past the last of their borders, so that it parts the land on either side.

    Parameters
    ----------
    lat
        Degrees, south negative.
    countries
        ISO 3166-1 alpha-2 codes, the one that counts first.

    Raises
    ------
    InputError
        The latitude is off the globe, no country is given, or the parallel does not run through the first one.
    """
    words = name or f"{abs(lat):g}° {'S' if lat < 0 else 'N'}"
    if not abs(lat) < 90.0:
        raise InputError(f"{lat:g} is no parallel of latitude; give degrees between -90 and 90")
    if not countries:
        raise InputError(f"in which country is {words} meant?")
    line = shapely.LineString([(lon, lat) for lon in np.arange(-180.0, 180.0 + _STEP_DEG, _STEP_DEG)])
    home = shapely.intersection(line, country(countries[0]))
    if home.is_empty:
        raise InputError(f"{words} does not run through {countries[0]}")
    beside = [code for code in countries[1:] if code in neighbours(countries[0])]
    parts = [home, *(shapely.intersection(line, country(code)) for code in beside)]
    west, _, east, _ = shapely.union_all([part for part in parts if not part.is_empty]).bounds
    course = shapely.clip_by_rect(line, west - _PAST_DEG, lat - 1.0, east + _PAST_DEG, lat + 1.0)
    half = (east - west) / 2 * 111_320.0 * float(np.cos(np.radians(lat)))
    return Place(
        f"parallel:{lat:g}", words, round((west + east) / 2, 4), lat, countries[0], feature="L.RGN",
        precision_m=round(half, -2), source="words", course=course,
    )  # fmt: skip
