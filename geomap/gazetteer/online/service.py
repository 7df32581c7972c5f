"""Names that the gazetteer does not know, asked of a service on the network through geopy; only when told to."""

from __future__ import annotations

import inspect
import logging
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from geomap.datasets import Source
from geomap.errors import ServiceError
from geomap.gazetteer.index import distance_m
from geomap.gazetteer.names import key
from geomap.gazetteer.online.cache import Cache
from geomap.gazetteer.online.geocoder import make_geocoder
from geomap.gazetteer.online.places import Answer, alike, place_of
from geomap.gazetteer.ranking import elsewhere
from geomap.models import Candidate, Certainty, Resolution
from geomap.network import BusyError, Pacing, retry_after

if TYPE_CHECKING:
    from geomap.models import Place

__all__ = ["NOMINATIM", "Service", "service_source"]

logger = logging.getLogger(__name__)

CountryAt = Callable[[float, float], str | None]

NOMINATIM = "nominatim"
APART_S = 1.0
"""At most one request a second: the usage policy of OpenStreetMap's Nominatim
(https://operations.osmfoundation.org/policies/nominatim/)."""
FAILURES = 3
"""After so many failures in a row a service is not asked again."""
LONGEST = 100
"""Letters of a name that is sent; what is longer is no name."""
MARGIN = 0.1
"""A lead in importance smaller than this over a place elsewhere leaves a name ambiguous."""
ANSWERS = 10
_OPENSTREETMAP = frozenset([NOMINATIM, "photon", "pickpoint", "openmapquest"])
_FINAL = frozenset([401, 402, 403, 407])
"""Statuses that say the same to every name."""


def service_source(service: str) -> Source:
    """Return the data set that a service's places come from, with its licence and notice."""
    if service in _OPENSTREETMAP:
        licence, notice, url = "ODbL-1.0", "© OpenStreetMap contributors", "https://www.openstreetmap.org/copyright"
    else:
        licence, notice, url = "the terms of the service", f"Places found by {service}", ""
    title = f"Places that {service} was asked for"
    return Source(
        service, title, "as of each answer", "", licence, notice, url, ("online.sqlite",), "Names, kinds and radii."
    )


class Service:
    """A service that is asked for names, one at a time, each once.

    Parameters
    ----------
    name
        A geocoder of geopy by the name geopy gives it: ``nominatim``, ``photon``, ``mapbox`` …
    contact
        Where the person who asks can be reached, an address or a web page: it is part of the user agent.
    url
        Address of a server of one's own, such as ``https://nominatim.example.org``.
    options
        Further options of the geocoder, such as ``api_key``.
    language
        Language of the names in the answers, ISO 639-1.
    timeout_s
        Longest silence in seconds.
    pacing
        How often it is asked; by default once a second at most.
    cache
        Where answers are kept; by default in the user's own folder.
    told
        Told of each name, in words, before it is sent.

    Raises
    ------
    InputError
        geopy has no such geocoder, or cannot make it with these options.
    """

    def __init__(
        self,
        name: str = NOMINATIM,
        *,
        contact: str | None = None,
        url: str | None = None,
        options: Mapping[str, str] | None = None,
        language: str = "en",
        timeout_s: float = 10.0,
        pacing: Pacing | None = None,
        cache: Cache | None = None,
        told: Callable[[str], None] | None = None,
    ) -> None:
        self.name = name.lower()
        self._geocoder = make_geocoder(self.name, contact=contact, url=url, options=options or {}, timeout_s=timeout_s)
        self._key = f"{self.name} {url}" if url else self.name
        self._language = language
        self._cache = cache or Cache()
        self._pacing = pacing or Pacing(apart_s=APART_S)
        self._pacing.last = self._cache.last_asked(self._key)
        self._told = told or logger.info
        self._failed: dict[tuple[str, str], ServiceError] = {}
        self._failures = 0

    def resolve(
        self,
        unknown: Resolution,
        *,
        country_at: CountryAt,
        countries: Collection[str] = (),
        near: tuple[float, float] | None = None,
    ) -> Resolution:
        """Return what the service says of a name that is unknown here; a failure leaves it unknown, and says why.

        Parameters
        ----------
        unknown
            The answer of the gazetteer.
        country_at
            Tells the country of a position, where the service does not.
        countries
            ISO 3166-1 alpha-2 codes: places in others are refused.
        near
            Position, lon and lat in degrees, that the place is likely near.
        """
        name = " ".join(unknown.query.split())
        if not _is_sendable(name):
            return unknown
        codes = tuple(sorted(code.upper() for code in countries))
        try:
            answers = self._answers(name, codes, near)
        except ServiceError as error:
            return replace(unknown, reason=f"{unknown.reason}; {self.name}: {error}")
        named = [(place_of(answer, self.name, country_at), answer) for answer in answers if alike(name, answer)]
        places = [(place, answer) for place, answer in named if place]
        inside = [(place, answer) for place, answer in places if not codes or place.country in codes]
        if not inside:
            return replace(unknown, reason=f"{unknown.reason}; {self._refusal([place for place, _ in places], codes)}")
        return self._chosen(unknown.query, inside, near)

    def _refusal(self, elsewhere: list[Place], codes: tuple[str, ...]) -> str:
        if not elsewhere:
            return f"{self.name} knows none either"
        where = ", ".join(sorted({place.country or "no country" for place in elsewhere}))
        return f"{self.name} knows it only in {where}, and the text speaks of {', '.join(codes)}"

    def _chosen(self, query: str, found: list[tuple[Place, Answer]], near: tuple[float, float] | None) -> Resolution:
        """Return the likeliest of the places, or the rivals where another elsewhere is nearly as likely."""
        scored = [(_score(place, answer, near), -number, place) for number, (place, answer) in enumerate(found)]
        ranked = tuple(
            Candidate(place, round(score, 4), f"found by {self.name}: {place.note or place.name}", place.name)
            for score, _, place in sorted(scored, key=lambda item: item[:2], reverse=True)
        )
        best, *others = ranked
        rivals = [other for other in others if best.score - other.score < MARGIN and elsewhere(best.place, other.place)]
        if rivals:
            words = " or ".join(
                f"{rival.place.name} ({rival.place.note or rival.place.country})" for rival in rivals[:3]
            )
            return Resolution(query, Certainty.AMBIGUOUS, f"{best.reason}; hardly likelier than {words}", ranked)
        return Resolution(query, Certainty.RESOLVED, f"not in the gazetteer; {best.reason}", ranked)

    def _answers(self, name: str, codes: tuple[str, ...], near: tuple[float, float] | None) -> tuple[Answer, ...]:
        """Return what the service answers, now or an earlier time."""
        box = _box(near) if near else None
        context = f"{','.join(codes)} {box or ''}".strip()
        if (kept := self._cache.get(self._key, name, self._language, context)) is not None:
            return kept
        if (name, context) in self._failed:
            raise self._failed[name, context]
        if self._failures >= FAILURES:
            raise ServiceError("not asked, since it failed again and again")
        where = f" in {', '.join(codes)}" if codes else ""
        self._told(f"asking {self.name} for {name!r}{where}")
        try:
            answers = self._pacing.ask(lambda: self._ask_once(name, codes, box))
        except ServiceError as error:
            self._failures += 1
            self._failed[name, context] = error
            raise
        self._failures = 0
        self._cache.put(self._key, name, self._language, context, answers)
        return answers

    def _ask_once(
        self, name: str, codes: tuple[str, ...], box: tuple[tuple[float, float], tuple[float, float]] | None
    ) -> tuple[Answer, ...]:
        """Return the answers to one request; a trouble that may pass is a `BusyError`."""
        from geopy.exc import GeopyError

        wanted = {
            "exactly_one": False, "limit": ANSWERS, "language": self._language, "addressdetails": True,
            "namedetails": True, "country_codes": [code.lower() for code in codes] or None, "viewbox": box,
        }  # fmt: skip
        known = inspect.signature(self._geocoder.geocode).parameters
        self._cache.note_asked(self._key)
        try:
            found = self._geocoder.geocode(name, **{option: v for option, v in wanted.items() if option in known})
            located = found if isinstance(found, list) else [found] if found else []
            return tuple(Answer(at.latitude, at.longitude, at.address or "", _record(at.raw)) for at in located)
        except GeopyError as error:
            raise self._trouble(error) from error
        except (AttributeError, IndexError, KeyError, TypeError, ValueError) as error:
            raise ServiceError("its answer has another form than geopy expects") from error

    def _trouble(self, error: Exception) -> ServiceError:
        """Return what an error of geopy means: to ask again, to leave this name, or to stop asking."""
        from geopy.adapters import AdapterHTTPError
        from geopy.exc import GeocoderParseError, GeocoderQueryError, GeocoderTimedOut

        if isinstance(error, GeocoderParseError):
            return ServiceError("it answered with something else than JSON; does this network ask for a login?")
        if isinstance(error.__cause__, AdapterHTTPError):
            status = int(error.__cause__.status_code)
            if status == 429 or status >= 500:
                return BusyError(
                    f"it answers {status}; try later", retry_after(error.__cause__.headers.get("Retry-After"))
                )
            if status in _FINAL:
                self._failures = FAILURES
            return ServiceError(f"it answers {status} and refuses; see its terms of use, and give --contact")
        if isinstance(error, GeocoderQueryError):
            return ServiceError(f"it refuses the question: {error}")
        if isinstance(error, GeocoderTimedOut):
            return BusyError("it did not answer in time; try later")
        # geopy's own words may hold the address, and so a key
        return BusyError("it cannot be reached, or broke off; is there a network?")


def _is_sendable(name: str) -> bool:
    """Return whether a text may be a name; two letters are one only where a letter is a syllable."""
    letters = "".join(char for char in key(name) if char.isalpha())
    return len(letters) > (2 if letters.isascii() else 1) and len(name) <= LONGEST and name.isprintable()


def _box(near: tuple[float, float]) -> tuple[tuple[float, float], tuple[float, float]]:
    """Return the corners, lat before lon as geopy has them, of some five degrees round a position, in whole degrees."""
    lon, lat = round(near[0]), round(near[1])
    return (max(lat - 2, -90), max(lon - 3, -180)), (min(lat + 2, 90), min(lon + 3, 180))


def _score(place: Place, answer: Answer, near: tuple[float, float] | None) -> float:
    """Return from 0 to 1 how likely a place is meant: by the importance the service gives it, and how near it is."""
    given = answer.raw.get("importance")
    importance = min(max(float(given), 0.0), 1.0) if isinstance(given, (int, float)) else 0.3
    if near is None:
        return 0.4 + 0.5 * importance
    away_m = distance_m(*near, place.lon, place.lat)
    return 0.4 + 0.3 * importance + 0.2 / (1.0 + away_m / 100_000.0)


def _record(raw: object) -> Mapping[str, object]:
    return raw if isinstance(raw, Mapping) else {}
