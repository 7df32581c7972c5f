"""A geocoder with geopy's interface that answers from the shipped gazetteer and never uses a network."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from geopy.adapters import BaseSyncAdapter
from geopy.exc import GeocoderQueryError, GeocoderServiceError
from geopy.geocoders.base import Geocoder
from geopy.location import Location
from geopy.point import Point

from geomap.errors import UnknownPlaceError
from geomap.gazetteer import Gazetteer, Kind
from geomap.gazetteer.index import distance_m
from geomap.models import Candidate, Certainty, Resolution
from geomap.serialize import resolution_record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from geomap.models import Place

__all__ = ["OfflineGeocoder"]

Viewbox = tuple[Point, Point]

_PARTS = {"city": Kind.TOWN, "county": Kind.DISTRICT, "state": Kind.PROVINCE, "country": Kind.COUNTRY}
"""Parts of a structured query that name a place, the smallest first."""
_NO_PLACES = frozenset({"street", "postalcode", "amenity"})
"""Parts that the gazetteer knows nothing of."""
_FEATURE_TYPES: dict[str, tuple[Kind, ...]] = {
    "country": (Kind.COUNTRY,),
    "state": (Kind.PROVINCE,),
    "city": (Kind.TOWN,),
    "settlement": (Kind.TOWN, Kind.DISTRICT, Kind.PROVINCE),
}
"""The feature types of Nominatim, each with the kinds it covers; a settlement is anything below a country."""
_COUNTRY_ZOOM, _STATE_ZOOM = 4, 7
"""The closest zooms at which Nominatim's reverse answers are countries, and states."""


class _NoNetwork(BaseSyncAdapter):  # type: ignore[misc]
    """geopy's seat of the HTTP client, left empty."""

    def get_text(self, url: str, *, timeout: object, headers: object) -> str:  # noqa: ARG002
        raise GeocoderServiceError(f"an offline geocoder asked for {url}; it uses no network")

    get_json = get_text


class OfflineGeocoder(Geocoder):  # type: ignore[misc]
    """A geopy geocoder over the shipped gazetteer, for code that was written for a service.

    Answers are `geopy.Location`, whose points are in geopy's order, latitude first. Their ``raw`` holds ``place`` (its
    id), ``name``, ``country``, ``admin1``, ``feature``, ``precision_m`` (metres), ``score``, ``reason``, ``address``,
    the ``query``, and its ``status``: an ambiguous name is answered by its likeliest place, as users of geopy expect,
    and ``raw["status"]`` is then ``"ambiguous"``.

    Parameters
    ----------
    gazetteer
        The places; by default the shipped ones and the user's own. A service it may ask is left alone.
    near
        Point, in any form geopy reads, that places are likely near.
    reverse_distance_m
        How far from a point the answer of `reverse` may lie, in metres.
    user_agent, timeout
        Taken for the sake of code written for a service, and without effect.

    Raises
    ------
    DataError
        The store is missing, damaged or of another version.

    Examples
    --------
    >>> geocoder = OfflineGeocoder(user_agent="example")
    >>> geocoder.geocode("Goma").raw["country"]
    'CD'
    >>> geocoder.geocode("Tripoli", country_codes="lb").point.format_decimal()
    '34.43352, 35.84415'
    """

    def __init__(
        self,
        gazetteer: Gazetteer | None = None,
        *,
        near: Any = None,
        reverse_distance_m: float = 100_000.0,
        user_agent: str | None = None,
        timeout: float | None = None,
    ) -> None:
        super().__init__(user_agent=user_agent, timeout=timeout, adapter_factory=_no_network)
        self.gazetteer = (gazetteer or Gazetteer()).offline()
        self.near = Point(near) if near is not None else None
        self.reverse_distance_m = reverse_distance_m

    def geocode(
        self,
        query: str | Mapping[str, str],
        *,
        exactly_one: bool = True,
        timeout: float | None = None,  # noqa: ARG002
        limit: int | None = None,
        country_codes: str | Iterable[str] | None = None,
        viewbox: Sequence[Any] | None = None,
        bounded: bool = False,
        featuretype: str | None = None,
        addressdetails: bool = True,  # noqa: ARG002
        language: str | bool = False,  # noqa: ARG002
    ) -> Location | list[Location] | None:
        """Return the place a query means, or None when no place of that name is known.

        Parameters
        ----------
        query
            A name in any script, with generic words and qualifiers; or a structured query with ``city``, ``county``,
            ``state`` and ``country``, of which the smallest is looked for in the others. Streets and postal codes are
            not known: an address is answered by its town.
        exactly_one
            Return the likeliest place alone; else a list of all, best first.
        limit
            Most places to return; with `exactly_one`, one.
        country_codes
            ISO 3166-1 alpha-2 codes; places elsewhere are left out.
        viewbox
            Two corners, in any form geopy reads, around where the place likely is.
        bounded
            Leave out places beyond `viewbox`.
        featuretype
            ``country``, ``state``, ``city`` or ``settlement``; others are left out.
        timeout, addressdetails, language
            Without effect: nothing is waited for, addresses are always there, names are the gazetteer's.

        Raises
        ------
        GeocoderQueryError
            The query is neither text nor mapping, or another argument cannot be used.
        ValueError
            `limit` is below one, or `viewbox` holds no points.
        """
        box = _viewbox(viewbox)
        kinds = _kinds(featuretype)
        found = self._resolve(query, _codes(country_codes), _middle(box) if box else self.near)
        wanted = _only(
            found,
            lambda place: (
                (not kinds or any(kind.fits(place.feature) for kind in kinds))
                and (not (bounded and box) or _inside(place, box))
            ),
        )
        return _answer(self._locations(wanted), limit, exactly_one=exactly_one)

    def reverse(
        self,
        query: Any,
        *,
        exactly_one: bool = True,
        timeout: float | None = None,  # noqa: ARG002
        limit: int | None = None,
        zoom: int | None = None,
        addressdetails: bool = True,  # noqa: ARG002
        language: str | bool = False,  # noqa: ARG002
    ) -> Location | list[Location] | None:
        """Return the place nearest to a point, or None when there is none within `reverse_distance_m`.

        The metres between the two are in ``raw["distance_m"]``.

        Parameters
        ----------
        query
            A point in any form geopy reads, latitude first.
        exactly_one
            Return the nearest place alone; else a list of the nearest ten, or `limit`.
        limit
            Most places to return; with `exactly_one`, one.
        zoom
            As Nominatim counts: up to 4 the country of the nearest place, up to 7 its first-level unit, then itself.
        timeout, addressdetails, language
            Without effect, as in `geocode`.

        Raises
        ------
        ValueError
            The query is no point, or `limit` is below one.
        """
        if query is None:  # of which geopy makes the point 0, 0
            raise ValueError("the query is None; give a point, latitude first")
        point = Point(query)
        lon, lat = _lon(point), point.latitude
        nearest = self.gazetteer.nearest(lon, lat, limit=limit or 10, max_m=self.reverse_distance_m)
        found = dict.fromkeys(self._at_zoom(place, zoom) for place in nearest)
        away = [distance_m(lon, lat, place.lon, place.lat) for place in found]
        reasons = (f"{metres / 1000:.1f} km from the point" for metres in away)
        candidates = tuple(Candidate(place, 1.0, reason) for place, reason in zip(found, reasons, strict=True))
        answer = Resolution(f"{lat:g}, {lon:g}", Certainty.RESOLVED, "the nearest places", candidates)
        locations = self._locations(answer)
        for location, metres in zip(locations, away, strict=True):
            location.raw["distance_m"] = round(metres)
        return _answer(locations, limit, exactly_one=exactly_one)

    def _resolve(self, query: object, codes: frozenset[str], near: Point | None) -> Resolution:
        """Return the gazetteer's answer to a query, its candidates in the countries asked for alone."""
        spot = (_lon(near), near.latitude) if near else None
        if isinstance(query, Mapping):
            found = self._structured(query, codes, spot)
        elif isinstance(query, str):
            found = self.gazetteer.resolve(query, countries=codes, near=spot)
        else:
            raise GeocoderQueryError(f"{query!r} is no query; give a name, or a mapping with city, state and country")
        return _only(found, lambda place: not codes or place.country in codes)

    def _structured(
        self, query: Mapping[str, str], codes: frozenset[str], near: tuple[float, float] | None
    ) -> Resolution:
        """Return the answer to the smallest part of a query, its candidates inside the larger parts alone."""
        if strange := sorted(set(query) - set(_PARTS) - _NO_PLACES):
            raise GeocoderQueryError(f"{strange[0]!r} is no part of a query; parts are {', '.join(_PARTS)}")
        parts = [part for part in _PARTS if query.get(part)]
        if not parts:
            return Resolution("", Certainty.UNKNOWN, "no part of the query names a place")
        holders: list[Place] = []
        for part in reversed(parts[1:]):
            if (holder := self._holder(query[part], part, codes)) is None:
                return Resolution(query[part], Certainty.UNKNOWN, f"no {part} of that name is known")
            holders.append(holder)
            codes = frozenset({holder.country} if holder.country else codes)
        spot = (holders[-1].lon, holders[-1].lat) if holders and not near else near
        found = self.gazetteer.resolve(query[parts[0]], countries=codes, near=spot, kind=_PARTS[parts[0]])
        return _only(found, lambda place: all(_holds(holder, place) for holder in holders))

    def _holder(self, name: str, part: str, codes: frozenset[str]) -> Place | None:
        """Return the unit that a part of a structured query names; of a country also by its code."""
        if part == "country" and len(name) == 2:
            try:
                return self.gazetteer.country(name)
            except UnknownPlaceError:
                return None
        return self.gazetteer.resolve(name, countries=codes, kind=_PARTS[part]).place

    def _at_zoom(self, place: Place, zoom: int | None) -> Place:
        """Return the place itself, or the unit or country that holds it, where that is known."""
        units = self.gazetteer.parents(place)
        if zoom is not None and zoom <= _COUNTRY_ZOOM:
            return next((unit for unit in units if unit.is_country), place)
        if zoom is not None and zoom <= _STATE_ZOOM:
            return next((unit for unit in units if not unit.is_country), place)
        return place

    def _locations(self, resolution: Resolution) -> list[Location]:
        """Return the candidates of an answer as geopy has them; none where the name is unknown."""
        if resolution.status is Certainty.UNKNOWN:
            return []
        shared = {"query": resolution.query, "status": resolution.status.value}
        records = resolution_record(resolution)["candidates"]
        return [
            self._location(candidate.place, shared | record)
            for candidate, record in zip(resolution.candidates, records, strict=True)
        ]

    def _location(self, place: Place, raw: dict[str, Any]) -> Location:
        names = [place.name, *(unit.name for unit in self.gazetteer.parents(place))]
        address = ", ".join(dict.fromkeys(names))
        return Location(address, Point(place.lat, place.lon), raw | {"address": address})


def _no_network(*, proxies: object, ssl_context: object) -> _NoNetwork:
    return _NoNetwork(proxies=proxies, ssl_context=ssl_context)


def _answer(locations: list[Location], limit: int | None, *, exactly_one: bool) -> Location | list[Location] | None:
    """Return locations in geopy's three ways: one, a list, or None."""
    if limit is not None and int(limit) < 1:
        raise ValueError(f"limit {limit} is below one; ask for one place at least")
    if not locations:
        return None
    return locations[0] if exactly_one else locations[:limit]


def _only(resolution: Resolution, fits: Callable[[Place], bool]) -> Resolution:
    """Return an answer with the candidates that fit; one that is left alone is no longer ambiguous."""
    kept = tuple(candidate for candidate in resolution.candidates if fits(candidate.place))
    if len(kept) == len(resolution.candidates):
        return resolution
    if not kept:
        return replace(resolution, status=Certainty.UNKNOWN, candidates=())
    alone = len(kept) == 1 and resolution.status is Certainty.AMBIGUOUS
    return replace(resolution, status=Certainty.RESOLVED if alone else resolution.status, candidates=kept)


def _holds(holder: Place, place: Place) -> bool:
    """Return whether a place lies in a country or unit, by its codes where it has them, else by distance."""
    if holder.is_country:
        return place.country == holder.country
    if holder.feature == "A.ADM1":
        return place.admin1_code == holder.admin1_code
    return distance_m(holder.lon, holder.lat, place.lon, place.lat) <= holder.precision_m


def _codes(country_codes: str | Iterable[str] | None) -> frozenset[str]:
    codes = [country_codes] if isinstance(country_codes, str) else list(country_codes or ())
    for code in codes:
        if not (isinstance(code, str) and len(code) == 2 and code.isalpha()):
            raise GeocoderQueryError(f"country code {code!r} is none; give ISO 3166-1 alpha-2 codes such as sy")
    return frozenset(code.upper() for code in codes)


def _kinds(featuretype: str | None) -> tuple[Kind, ...]:
    if featuretype is not None and featuretype not in _FEATURE_TYPES:
        raise GeocoderQueryError(f"feature type {featuretype!r} is unknown; it is one of {', '.join(_FEATURE_TYPES)}")
    return _FEATURE_TYPES[featuretype] if featuretype else ()


def _viewbox(viewbox: Sequence[Any] | None) -> Viewbox | None:
    """Return the south-western and north-eastern corners of a box given by any two."""
    if viewbox is None:
        return None
    if len(viewbox) != 2:
        raise GeocoderQueryError(f"viewbox {viewbox!r} is none; give two corners")
    first, second = (Point(corner) for corner in viewbox)
    lats = sorted((first.latitude, second.latitude))
    lons = sorted((first.longitude, second.longitude))
    return Point(lats[0], lons[0]), Point(lats[1], lons[1])


def _middle(box: Viewbox) -> Point:
    return Point((box[0].latitude + box[1].latitude) / 2, (box[0].longitude + box[1].longitude) / 2)


def _inside(place: Place, box: Viewbox) -> bool:
    low, high = box
    return bool(low.latitude <= place.lat <= high.latitude and low.longitude <= place.lon <= high.longitude)


def _lon(point: Point) -> float:
    """Return a longitude in -180..180; geopy reads others too."""
    return float((point.longitude + 180.0) % 360.0 - 180.0)
