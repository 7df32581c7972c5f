"""Which place does a name mean? Candidates by spelling, ranked by what is known of the place and of the text."""

from __future__ import annotations

import math
from copy import copy
from functools import lru_cache
from itertools import accumulate
from operator import itemgetter
from typing import TYPE_CHECKING

from geomap.errors import InputError, UnknownPlaceError
from geomap.gazetteer import coordinates, ranking, spelling
from geomap.gazetteer.index import Index, Lookup, distance_m, prior
from geomap.gazetteer.layers import Layers, with_layers
from geomap.gazetteer.names import Generic, Kind, abbreviation, key, split_generic, without_article, without_compass
from geomap.gazetteer.other_words import why_not_respelled
from geomap.gazetteer.refusals import why_no_name
from geomap.models import Candidate, Certainty, Issue, Place, Resolution

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping
    from pathlib import Path

    from geopandas import GeoDataFrame

    from geomap.gazetteer.online import Service

__all__ = ["Gazetteer"]


class Gazetteer:
    """The places of the world and their names, offline.

    Parameters
    ----------
    path
        A store made by ``data/build.py``; the shipped one by default.
    layers
        Files of layers of places over and under the store; by default those added with ``geomap data add``.
    online
        A service that :meth:`resolve` asks for names that are unknown here; by default nothing is asked.

    Raises
    ------
    DataError
        The store is missing, damaged or of another version. A damaged layer is done without, and is one of `issues`.
    """

    def __init__(
        self, path: Path | None = None, *, layers: Iterable[Path] | None = None, online: Service | None = None
    ) -> None:
        self._online = online
        self._index: Lookup = with_layers(Index(path), layers)
        self._cached: Callable[[str], tuple[Candidate, ...]] = lru_cache(maxsize=16_384)(self._candidates)
        self._known: Callable[[str], bool] = lru_cache(maxsize=65_536)(self._is_known)
        self._ahead: Mapping[str, tuple[Place, ...]] = {}

    @property
    def issues(self) -> tuple[Issue, ...]:
        """Layers of places that could not be used."""
        return self._index.issues if isinstance(self._index, Layers) else ()

    def offline(self) -> Gazetteer:
        """Return this gazetteer without the service that it may ask."""
        local = copy(self)
        local._online = None
        return local

    def ahead_of(self, names: Iterable[str]) -> Gazetteer:
        """Return this gazetteer with the spellings of many names looked up at once, for when they are asked next."""
        ready = copy(self)
        forms = {key(name) for name in names}
        found = self._index.exact_many(forms)
        ready._ahead = {form: found.get(form, ()) for form in forms}
        ready._cached = ready._candidates
        return ready

    def has(self, name: str) -> bool:
        """Return whether a place is known under this spelling, accents, case and articles aside."""
        return self._known(name)

    def _is_known(self, name: str) -> bool:
        form, short = key(name), abbreviation(name)
        if short and self._index.has(short):
            return True
        return bool(form) and (self._index.has(form) or (form.startswith("al ") and self._index.has(form[3:])))

    def candidates(self, name: str) -> tuple[Candidate, ...]:
        """Return the places a name may mean, without any context, best first; none when the spelling is unknown.

        Generic words are understood: for "Hasakah province" the province comes before the town.
        """
        return self._cached(name)

    def resolve(
        self,
        name: str,
        *,
        countries: Collection[str] | str = (),
        near: tuple[float, float] | None = None,
        kind: Kind | str | None = None,
    ) -> Resolution:
        """Return the place a name means, or the rivals, or the closest spellings of an unknown name.

        Parameters
        ----------
        name
            A name in any script, with or without generic words ("Al-Asad airbase") and qualifier ("Tripoli, Lebanon"),
            or coordinates in the order lat, lon.
        countries
            ISO 3166-1 alpha-2 codes the place is likely in, or one such code.
        near
            Position, lon and lat in degrees, the place is likely near.
        kind
            What sort of place it should be.

        Raises
        ------
        InputError
            `name` is no text, `kind` is none, or `near` is no position.
        """
        if near:
            coordinates.check_position(near)
        wanted, countries = _kind(kind), ranking.codes_of(countries)
        if reason := why_no_name(name):
            return Resolution(name, Certainty.UNKNOWN, reason)
        try:
            point = _coordinates(name)
        except InputError as error:
            return Resolution(name, Certainty.UNKNOWN, str(error))
        if point:
            return Resolution(name, Certainty.RESOLVED, "the name is a pair of coordinates", (point,))
        found, qualifier = self._found(name)
        ranked = self._ranked(found, countries, near, wanted)
        if ranked:
            return ranking.decide(name, ranked, qualifier)
        answer = self._respelled(name, countries, near, wanted)
        return self.asked(answer, countries=countries, near=near) if answer.status is Certainty.UNKNOWN else answer

    def asked(
        self, unknown: Resolution, *, countries: Collection[str] = (), near: tuple[float, float] | None = None
    ) -> Resolution:
        """Return what the service says of a name that is unknown here; without a service the answer as it is.

        Parameters
        ----------
        unknown
            The answer to the name.
        countries, near
            As for :meth:`resolve`; places in other countries are refused.
        """
        if self._online is None:
            return unknown
        return self._online.resolve(unknown, country_at=self._country_at, countries=countries, near=near)

    def resolve_all(self, names: Iterable[str]) -> tuple[Resolution, ...]:
        """Return what each of several names means that belong together, each in the light of the others.

        The names of one report or of one list are such: "Cordoba" beside "Rosario" is in Argentina, beside "Seville" in
        Spain. For the names of a text with the words around them see :mod:`geomap.gazetteer.together`.
        """
        from geomap.gazetteer.together import Named, resolve_together

        listed = list(names)
        ends = list(accumulate(len(name) + 1 for name in listed))
        placed = [Named(name, end - len(name) - 1, end - 1) for name, end in zip(listed, ends, strict=True)]
        return resolve_together(placed, "\n".join(listed), self)

    def resolve_frame(
        self,
        names: Iterable[object],
        *,
        countries: Collection[str] | str = (),
        country: Iterable[object] | str | None = None,
        near: tuple[float, float] | Iterable[object] | None = None,
        kind: Kind | str | Iterable[object] | None = None,
    ) -> GeoDataFrame:
        """Return the place each name of a column means, one row a name: :func:`geomap.gazetteer.frames.resolve_frame`.

        Raises
        ------
        InputError
            As told there.
        """
        from geomap.gazetteer.frames import resolve_frame

        return resolve_frame(self, names, countries=ranking.codes_of(countries), country=country, near=near, kind=kind)

    def search(
        self,
        name: str,
        *,
        countries: Collection[str] | str = (),
        near: tuple[float, float] | None = None,
        kind: Kind | str | None = None,
        limit: int = 10,
        fuzzy: bool = True,
    ) -> tuple[Candidate, ...]:
        """Return up to `limit` places of a name or, where `fuzzy`, of one spelled like it, best first.

        Parameters
        ----------
        name, countries, near, kind
            As for :meth:`resolve`.
        limit
            Most candidates to return.
        fuzzy
            Also look for close spellings.

        Raises
        ------
        InputError
            As for :meth:`resolve`, or the name is a position that cannot be.
        """
        if near:
            coordinates.check_position(near)
        wanted, countries = _kind(kind), ranking.codes_of(countries)
        if why_no_name(name):
            return ()
        if point := _coordinates(name):
            return (point,)
        found, _ = self._found(name)
        if not found and fuzzy:
            both = {c.place.id: c for c in (*self._close(name), *self._alike(name))}
            found = tuple(both.values())
        return self._ranked(found, countries, near, wanted)[: max(limit, 0)]

    def get(self, place_id: str) -> Place:
        """Return the place with an id such as ``geonames:170654``, ``icao:ORAA`` or ``coordinates:33.8,42.4``.

        Raises
        ------
        UnknownPlaceError
            No place has that id.
        """
        source, _, rest = place_id.partition(":")
        if source == "coordinates" and (point := _coordinates(rest)):
            return point.place
        place = self._index.place(place_id)
        if place is None:
            raise UnknownPlaceError(f"no place has the id {place_id!r}; ids look like geonames:170654 or icao:ORAA")
        return place

    def nearest(self, lon: float, lat: float, *, limit: int = 10, max_m: float = 100_000.0) -> tuple[Place, ...]:
        """Return up to `limit` spots within `max_m` metres of a position, nearest first; areas are left out.

        Raises
        ------
        InputError
            The position is none.
        """
        coordinates.check_position((lon, lat))
        high = math.degrees(max_m / 6_350_000)
        wide = min(180.0, high / max(math.cos(math.radians(min(abs(lat) + high, 89.9))), 1e-6))
        west, east = -180.0, 180.0
        if wide < 180.0:
            west, east = (math.remainder(lon + off, 360.0) for off in (-wide, wide))
        spots = (place for place in self._index.within(west, max(lat - high, -90.0), east, min(lat + high, 90.0)))
        gaps = ((distance_m(lon, lat, p.lon, p.lat), p.id, p) for p in spots if not p.is_area)
        ranked = sorted(gaps, key=itemgetter(0, 1))
        return tuple(place for gap, _, place in ranked[: max(limit, 0)] if gap <= max_m)

    def within(
        self,
        bounds: tuple[float, float, float, float],
        *,
        least_population: int = 0,
        limit: int | None = None,
    ) -> tuple[Place, ...]:
        """Return the places whose point lies in a box, most important first.

        Parameters
        ----------
        bounds
            West, south, east and north in degrees; west greater than east crosses the antimeridian.
        least_population
            Towns with fewer people are left out.
        limit
            Most places to return; all by default.

        Raises
        ------
        InputError
            The corners are no positions, or south lies north of north.
        """
        west, south, east, north = bounds
        coordinates.check_position((west, south))
        coordinates.check_position((east, north))
        if south > north:
            raise InputError(f"bounds {bounds} have south above north; give west, south, east, north")
        found = self._index.within(west, south, east, north, least_population=least_population)
        return tuple(sorted(found, key=lambda p: (-prior(p.feature, p.population), p.id))[:limit])

    def parents(self, place: Place) -> tuple[Place, ...]:
        """Return the first-level unit and the country that hold a place, as far as known; never the place itself."""
        units = (self._index.unit(code) for code in (place.admin1_code, place.country) if code)
        return tuple(unit for unit in units if unit and unit.id != place.id)

    def demonym(self, word: str) -> Place | None:
        """Return the country or region of an adjective or a people's name ("Turkish", "Syrians"), or None."""
        spelling = key(word)
        return self._index.demonym(spelling) or (
            self._index.demonym(spelling[:-1]) if len(spelling) > 3 and spelling.endswith("s") else None
        )

    def capital_of(self, place: Place) -> str | None:
        """Return the code of the country whose capital a place is, or None."""
        capital = self._index.capital(place.country) if place.country else None
        return place.country if capital and capital.id == place.id else None

    def seat_of(self, place: Place) -> Place | None:
        """Return the capital of a country, or the town that a first-level unit is governed from; None where unknown."""
        code = place.country if place.is_country else place.admin1_code if place.feature == "A.ADM1" else None
        return self._index.capital(code) if code else None

    def country(self, code: str) -> Place:
        """Return a country by its ISO 3166-1 alpha-2 code, or a first-level unit by a code such as ``SY.01``.

        Raises
        ------
        UnknownPlaceError
            No country or unit has that code.
        """
        if unit := self._index.unit(code.upper()):
            return unit
        raise UnknownPlaceError(f"no country or province has the code {code!r}; codes look like SY or SY.01")

    def _exact(self, form: str) -> tuple[Place, ...]:
        found = self._ahead.get(form)
        return self._index.exact(form) if found is None else found

    def _places(self, form: str) -> tuple[Place, ...]:
        """Return the places of a spelling; one with an article also finds those that are written without."""
        if not form:
            return ()
        return self._exact(form) or (self._exact(without_article(form)) if form.startswith("al ") else ())

    def _candidates(self, name: str) -> tuple[Candidate, ...]:
        generic = split_generic(name)
        exact = self._spelled(name)
        found = [ranking.of_name(place, name, generic) for place in exact]
        if generic and not (exact and generic.by_compass):
            special = [place for place in self._exact(generic.form) if place not in exact]
            found += [ranking.of_kind(place, generic) for place in special]
        if generic and not exact:
            own = self._places(generic.core) or self._places(without_compass(generic.core))
            plain = [place for place in own if place not in special]
            found += [ranking.of_core(place, generic) for place in plain if _bears(place, generic)]
            if not found and generic.kind is Kind.REGION and (place := self.demonym(generic.core)):
                found = [ranking.of_core(place, generic)]
            if found and not any(generic.kind.fits(candidate.place.feature) for candidate in found):
                found += [c for c in self._alike(name) if generic.kind.fits(c.place.feature)]
        if len(found) > 1:
            found.sort(key=ranking.order)
        return tuple(found)

    def _spelled(self, name: str) -> tuple[Place, ...]:
        """Return the places of the very name; of a word cut short ("Calif.") those that are shortened so, if any."""
        short = abbreviation(name)
        return (self._exact(short) if short else ()) or self._places(key(name))

    def _found(self, name: str) -> tuple[tuple[Candidate, ...], str]:
        """Return the candidates of a name, and in words what its qualifier added."""
        if found := self.candidates(name):
            return found, ""
        head, *regions = (part.strip() for part in name.split(","))
        if regions and (found := self._qualified(head, regions)):
            return found, f"in {', '.join(regions)}"
        return (), ""

    def _qualified(self, name: str, regions: Iterable[str]) -> tuple[Candidate, ...]:
        """Return the candidates of a name that lie in every one of some countries and first-level units."""
        found = self.candidates(name) or self._alike(name)
        for region in regions:
            codes = self._codes(region)
            found = tuple(c for c in found if {c.place.country, c.place.admin1_code} & codes)
        return found

    def _codes(self, region: str) -> frozenset[str]:
        """Return the codes of the countries and units of a name, or of an ISO or American postal code ("GB", "TX")."""
        holders = [c.place for c in self.candidates(region) if c.place.is_area]
        if len(region) == 2 and region.isupper():
            holders += filter(None, (self._index.unit(region), self._index.unit(f"US.{region}")))
        codes = (p.country if p.is_country else p.admin1_code if p.feature == "A.ADM1" else None for p in holders)
        return frozenset(filter(None, codes))

    def _alike(self, name: str, *, surely: bool = False) -> tuple[Candidate, ...]:
        """Return the places whose names have the consonants of a name and look like it, or surely are alike."""
        generic = split_generic(name)
        found = spelling.alike(self._index, name)
        if surely:
            found = tuple(match for match in found if spelling.is_sure(name, match))
        return _likest(ranking.of_like(place, match, name, generic) for match in found for place in match.places)

    def _close(self, name: str) -> tuple[Candidate, ...]:
        """Return the places whose spelling is a typing error away from a name."""
        found = spelling.close(self._index, name)
        return _likest(ranking.of_typo(place, match) for match in found for place in match.places[:3])

    def _respelled(
        self,
        name: str,
        countries: Collection[str],
        near: tuple[float, float] | None,
        kind: Kind | None,
    ) -> Resolution:
        """Return the place that an unknown name is another spelling of, or a slip away from, or suggestions."""
        if reason := why_not_respelled(name):
            return Resolution(name, Certainty.UNKNOWN, f"no place of that name is known; {reason}")
        alike = self._ranked(_inside(self._alike(name, surely=not countries), countries), countries, near, kind)
        close = self._ranked(_inside(self._close(name), countries), countries, near, kind)
        if slip := ranking.decide_slip(name, close, alike, told=bool(countries)):
            return slip
        if alike and (not close or close[0].score <= alike[0].score or close[0].place == alike[0].place):
            return ranking.decide(name, alike, "")
        return Resolution(name, Certainty.UNKNOWN, ranking.suggestion(name, close))

    def _country_at(self, lon: float, lat: float) -> str | None:
        """Return the country of the nearest place known."""
        nearest = self.nearest(lon, lat, limit=1)
        return nearest[0].country if nearest else None

    def _ranked(
        self,
        found: Iterable[Candidate],
        countries: Collection[str],
        near: tuple[float, float] | None,
        kind: Kind | None,
    ) -> tuple[Candidate, ...]:
        ranked = list(found)
        if countries or near or kind:
            codes = {code.upper() for code in countries}
            ranked = [ranking.in_context(candidate, codes, near, kind) for candidate in ranked]
        if len(ranked) > 1:
            ranked.sort(key=ranking.order)
        return tuple(ranked)


def _likest(found: Iterable[Candidate]) -> tuple[Candidate, ...]:
    """Return each place once, under the form that speaks most for it, best first."""
    best: dict[str, Candidate] = {}
    for candidate in sorted(found, key=ranking.order):
        best.setdefault(candidate.place.id, candidate)
    return tuple(best.values())


def _bears(place: Place, generic: Generic) -> bool:
    """Return whether a place may have a countryside, a north or a territory: areas and seats of units do."""
    return generic.kind is not Kind.REGION or place.is_area or place.feature.startswith(("P.PPLA", "P.PPLC"))


def _inside(found: Iterable[Candidate], countries: Collection[str]) -> list[Candidate]:
    """Return the candidates in the countries of the text; a like spelling elsewhere is chance."""
    codes = {code.upper() for code in countries}
    return [c for c in found if not codes or c.place.country is None or c.place.country in codes]


def _coordinates(name: str) -> Candidate | None:
    place = coordinates.read(name)
    return Candidate(place, 1.0, "given coordinates", place.name) if place else None


def _kind(kind: Kind | str | None) -> Kind | None:
    try:
        return Kind(kind) if kind else None
    except ValueError:
        raise InputError(f"kind {kind!r} is unknown; it is one of {', '.join(Kind)}") from None
