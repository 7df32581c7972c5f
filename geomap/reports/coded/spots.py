"""Where a coded event was: its point, or the region that is all the database knows, with the radius it deserves."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from geomap.gazetteer.coordinates import DEGREE_M
from geomap.gazetteer.feature_codes import precision_m
from geomap.models import Place, PlaceRef

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = ["COUNTRY", "NEAR_M", "REGION", "TOWN_M", "Spots"]

TOWN_M = 5_000.0
"""A point that stands for a named town: the radius that `geomap.models.Place` has for a place without another."""
NEAR_M = 25_000.0
"""A point that stands for what is said to be near it: the 25 km of code 2 of the UCDP GED codebook (where_prec)."""

REGION, COUNTRY = "A.ADM1", "A.PCLI"
"""What of an event only the region or country is known, as GeoNames codes."""


class Spots:
    """Makes places of coded events; each is made once, so that a hundred thousand rows share a few thousand.

    Parameters
    ----------
    resolve
        Turns the name of a region or country into a place.
    """

    def __init__(self, resolve: Callable[[str], PlaceRef]) -> None:
        self._resolve = resolve
        self._places: dict[tuple[object, ...], PlaceRef] = {}
        self._names: dict[str, PlaceRef] = {}

    def country_of(self, name: str) -> str | None:
        """Return the ISO 3166-1 alpha-2 code of a country, or None for what is none."""
        place = self._found(name).place if name else None
        return place.country if place is not None and place.is_country else None

    def spot(
        self,
        name: str,
        point: tuple[float, float],
        radius_m: float,
        *,
        reason: str,
        country: str = "",
        admin1: str = "",
    ) -> PlaceRef:
        """Return a place at a longitude and latitude, known within a radius in metres.

        Parameters
        ----------
        name
            What the database calls it.
        reason
            Why it is known so exactly, in words.
        country, admin1
            Names of the country and the first-level unit.
        """
        key = (name, point, radius_m, reason, country, admin1)
        if key not in self._places:
            lon, lat = point
            own = f"coordinates:{lat:g},{lon:g}"
            place = Place(
                own,
                name or f"{lat:g}, {lon:g}",
                lon,
                lat,
                self.country_of(country),
                admin1 or None,
                precision_m=radius_m,
            )
            self._places[key] = PlaceRef(name or place.name, place, reason)
        return self._places[key]

    def region(
        self,
        name: str,
        feature: str,
        point: tuple[float, float] | None,
        *,
        asked: Sequence[str],
        reason: str,
        country: str = "",
    ) -> PlaceRef | None:
        """Return the region or country that an event is known to lie in, or None where nothing tells which it is.

        The gazetteer's area of that name is taken if it holds the point. Where it does not, a circle round the point is
        what is left, as wide as areas of its kind are when nothing else is known of them.

        Parameters
        ----------
        name
            What the database calls it.
        feature
            `REGION` or `COUNTRY`.
        point
            Longitude and latitude of where the database puts it.
        asked
            The names to look up, one after the other: "Aleppo province, Syria", "Aleppo, Syria".
        reason
            Why no more is known, in words.
        country
            Name of the country, which the circle does not leave.
        """
        key = (name, feature, point, reason, country)
        if key not in self._places:
            answers = (self._found(words).place for words in asked)
            found = next((place for place in answers if place and _is_it(place, feature, point)), None)
            if found is None and point is not None:
                found = self._circle(name, feature, point, country)
            if found is None:
                return None
            self._places[key] = PlaceRef(name or found.name, found, reason)
        return self._places[key]

    def named(self, name: str, asked: str) -> PlaceRef | None:
        """Return the place that the gazetteer has for a name that comes without coordinates, or None."""
        found = self._found(asked)
        if not name or found.place is None:
            return None
        return PlaceRef(name, found.place, f"the table gives no point; {found.reason}", found.alternatives)

    def _circle(self, name: str, feature: str, point: tuple[float, float], country: str) -> Place:
        lon, lat = point
        radius = precision_m(feature) or math.inf
        own, code = f"coordinates:{lat:g},{lon:g}", self.country_of(country)
        return Place(own, name or f"round {lat:g}, {lon:g}", lon, lat, code, feature=feature, precision_m=radius)

    def _found(self, name: str) -> PlaceRef:
        if name not in self._names:
            self._names[name] = self._resolve(name)
        return self._names[name]


def _is_it(place: Place, feature: str, point: tuple[float, float] | None) -> bool:
    """Whether a place is an area of a kind, and a point no farther from its middle than it reaches, roughly."""
    if not place.feature.startswith(feature[:5]):
        return False
    if point is None:
        return True
    lon, lat = point
    east = abs(lon - place.lon)
    east = min(east, 360 - east) * math.cos(math.radians((lat + place.lat) / 2))
    return math.hypot(east, lat - place.lat) * DEGREE_M <= place.precision_m
