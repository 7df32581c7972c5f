"""Which place does a name mean? Candidates by spelling, ranked by what is known of the place and of the text."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from geomap.errors import InputError, UnknownPlaceError
from geomap.gazetteer.index import Index, distance_m, prior
from geomap.gazetteer.names import Generic, Kind, key, skeleton, split_generic, without_article
from geomap.models import Candidate, Certainty, Place, Resolution

__all__ = ["Gazetteer"]

LIMIT = 100
"""Candidates looked at for one name; San José, the commonest name of all, has more."""
MARGIN = 0.06
"""A lead smaller than this over a place elsewhere leaves a name ambiguous."""
APART_M = 50_000.0
"""Places closer than this are no rivals: either will do on a map of a war."""
ALIKE = 0.72
"""Least likeness of two spellings with one skeleton."""
CLOSE = 0.86
"""Least likeness of a spelling with a typing error."""
KIND_GAIN, KIND_LOSS = 0.3, 0.2
COUNTRY_GAIN, COUNTRY_LOSS = 0.25, 0.3
NEAR_GAIN, NEAR_SCALE_M = 0.3, 300_000.0


class Gazetteer:
    """The places of the world and their names, offline.

    Parameters
    ----------
    path
        A store made by ``data/build.py``; the shipped one by default.

    Raises
    ------
    DataError
        The store is missing, damaged or of another version.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._index = Index(path)
        self._cached = lru_cache(maxsize=16_384)(self._candidates)

    def has(self, name: str) -> bool:
        """Return whether a place is known under this spelling, accents, case and articles aside."""
        return bool(self._keys(key(name)))

    def candidates(self, name: str) -> tuple[Candidate, ...]:
        """Return the places a name may mean, without any context, best first; none when the spelling is unknown.

        Generic words are understood: for "Hasakah province" the province comes before the town.
        """
        return self._cached(name)

    def resolve(
        self,
        name: str,
        *,
        countries: Collection[str] = (),
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
            ISO 3166-1 alpha-2 codes the place is likely in.
        near
            Position, lon and lat in degrees, the place is likely near.
        kind
            What sort of place it should be.

        Raises
        ------
        InputError
            `kind` is none, or `near` is no position.
        """
        _check_near(near)
        wanted = _kind(kind)
        if point := _coordinates(name):
            return Resolution(name, Certainty.RESOLVED, "the name is a pair of coordinates", (point,))
        found, qualifier = self._found(name)
        if not found:
            return Resolution(name, Certainty.UNKNOWN, *self._unknown(name))
        return _decide(name, self._ranked(found, countries, near, wanted), qualifier)

    def search(
        self,
        name: str,
        *,
        countries: Collection[str] = (),
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
            As for :meth:`resolve`.
        """
        _check_near(near)
        wanted = _kind(kind)
        if point := _coordinates(name):
            return (point,)
        found, _ = self._found(name, loose=fuzzy)
        if not found and fuzzy:
            found = self._close(name)
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
            raise UnknownPlaceError(
                f"no place has the id {place_id!r}; ids look like geonames:170654 or icao:ORAA"
            )
        return place

    def nearest(
        self, lon: float, lat: float, *, limit: int = 10, max_m: float = 100_000.0
    ) -> tuple[Place, ...]:
        """Return up to `limit` spots within `max_m` metres of a position, nearest first; areas are left out.

        Raises
        ------
        InputError
            The position is none.
        """
        _check_near((lon, lat))
        high = math.degrees(max_m / 6_350_000)
        wide = min(180.0, high / max(math.cos(math.radians(min(abs(lat) + high, 89.9))), 1e-6))
        west, east = (-180.0, 180.0) if wide >= 180.0 else (_wrapped(lon - wide), _wrapped(lon + wide))
        spots = (
            place for place in self._index.within(west, max(lat - high, -90.0), east, min(lat + high, 90.0))
        )
        ranked = sorted(
            ((distance_m(lon, lat, p.lon, p.lat), p.id, p) for p in spots if not p.is_area), key=_first_two
        )
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
        _check_near((west, south))
        _check_near((east, north))
        if south > north:
            raise InputError(f"bounds {bounds} have south above north; give west, south, east, north")
        found = [p for p in self._index.within(west, south, east, north) if p.population >= least_population]
        return tuple(sorted(found, key=lambda p: (-prior(p.feature, p.population), p.id))[:limit])

    def parents(self, place: Place) -> tuple[Place, ...]:
        """Return the first-level unit and the country that hold a place, as far as they are known and others than it."""
        codes = [code for code in (place.admin1_code, place.country) if code]
        units = (self._index.unit(code) for code in codes)
        return tuple(unit for unit in units if unit and unit.id != place.id)

    def demonym(self, word: str) -> Place | None:
        """Return the country or region of an adjective or a people's name ("Turkish", "Syrians"), or None."""
        spelling = key(word)
        return self._index.demonym(spelling) or (
            self._index.demonym(spelling[:-1]) if len(spelling) > 3 and spelling.endswith("s") else None
        )

    def capital_of(self, place: Place) -> str | None:
        """Return the code of the country whose capital a place is, or None."""
        if place.country and place.id == f"geonames:{self._index.capital(place.country)}":
            return place.country
        return None

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

    def _keys(self, spelling: str) -> tuple[int, ...]:
        """Return the places of a spelling; one with an article also finds those that are written without."""
        if not spelling:
            return ()
        return self._index.keys(spelling) or (
            self._index.keys(without_article(spelling)) if spelling.startswith("al ") else ()
        )

    def _candidates(self, name: str) -> tuple[Candidate, ...]:
        exact = self._keys(key(name))[:LIMIT]
        generic = split_generic(name)
        special = self._index.keys(generic.form)[:LIMIT] if generic else ()
        plain = self._keys(generic.core)[:LIMIT] if generic and not exact else ()
        places = self._index.places(dict.fromkeys((*special, *exact, *plain)))
        scored = [_candidate(place, generic) for place in places]
        return tuple(sorted(scored, key=_order))

    def _found(self, name: str, *, loose: bool = True) -> tuple[tuple[Candidate, ...], str]:
        """Return the candidates of a name, and in words what its qualifier or a looser spelling added."""
        if found := self.candidates(name):
            return found, ""
        head, comma, tail = name.rpartition(",")
        if comma and (found := self._qualified(head.strip(), tail.strip())):
            return found, f"in {tail.strip()}"
        return (self._alike(name), "by a like spelling") if loose else ((), "")

    def _qualified(self, name: str, region: str) -> tuple[Candidate, ...]:
        """Return the candidates of a name that lie in a country or unit of the other name."""
        holders = [c.place for c in self.candidates(region) if c.place.is_area]
        codes = {p.country for p in holders if p.is_country} | {
            p.admin1_code for p in holders if p.feature == "A.ADM1"
        }
        found, _ = self._found(name)
        return tuple(c for c in found if {c.place.country, c.place.admin1_code} & codes - {None})

    def _alike(self, name: str) -> tuple[Candidate, ...]:
        """Return the places whose names have the consonants of a name and look like it."""
        generic = split_generic(name)
        spelling = generic.core if generic else key(name)
        places = (
            self._index.places(self._index.keys(f"~{skeleton(spelling)}")[:LIMIT])
            if skeleton(spelling)
            else ()
        )
        found = []
        for place in places:
            like = max(_likeness(spelling, text) for text in (place.name, place.local_name) if text)
            if like >= ALIKE:
                candidate = _candidate(place, generic)
                found.append(replace(candidate, score=round(candidate.score * like, 4),
                                     reason=f"spelled like {place.name}; {candidate.reason}"))  # fmt: skip
        return tuple(sorted(found, key=_order))

    def _close(self, name: str) -> tuple[Candidate, ...]:
        """Return the places whose spelling is a typing error away from a name."""
        spelling = key(name)
        if len(spelling) < 4:
            return ()
        found: dict[int, float] = {}
        start = spelling[:2]
        for form, keys in self._index.forms(start, start[:-1] + chr(ord(start[-1]) + 1)):
            if abs(len(form) - len(spelling)) <= 2 and (like := _likeness(spelling, form)) >= CLOSE:
                for number in keys[:3]:
                    found[number] = max(like, found.get(number, 0.0))
        best = sorted(found, key=lambda number: -found[number])[:LIMIT]
        scored = [
            Candidate(
                place,
                round(prior(place.feature, place.population) * found[number] * 0.8, 4),
                "a close spelling",
                place.name,
            )
            for number, place in zip(best, self._index.places(best), strict=True)
        ]
        return tuple(sorted(scored, key=_order))

    def _unknown(self, name: str) -> tuple[str, tuple[Candidate, ...]]:
        if not key(name):
            return "the name holds no letters", ()
        close = self._close(name)[:5]
        if not close:
            return "no place of that name is known", ()
        return (
            f"no place of that name is known; did you mean {' or '.join(c.place.name for c in close[:3])}?",
            (),
        )

    def _ranked(
        self,
        found: Iterable[Candidate],
        countries: Collection[str],
        near: tuple[float, float] | None,
        kind: Kind | None,
    ) -> tuple[Candidate, ...]:
        codes = {code.upper() for code in countries}
        return tuple(sorted((_in_context(c, codes, near, kind) for c in found), key=_order))


def _candidate(place: Place, generic: Generic | None) -> Candidate:
    """Return a place with the score its importance and the generic words of the name give it."""
    score = prior(place.feature, place.population)
    reason = _described(place)
    if generic:
        fits = generic.kind.fits(place.feature)
        score += KIND_GAIN if fits else -KIND_LOSS
        reason += f", as “{generic.words}” says" if fits else f", though no {generic.words}"
    elif place.feature.startswith("S.AIR") and not place.id.startswith("curated:"):
        score -= 0.1
    return Candidate(place, round(min(max(score, 0.01), 1.0), 4), reason, place.name)


def _in_context(
    candidate: Candidate, countries: Collection[str], near: tuple[float, float] | None, kind: Kind | None
) -> Candidate:
    place, score, reasons = candidate.place, candidate.score, [candidate.reason]
    if countries:
        inside = place.country in countries
        score += COUNTRY_GAIN if inside else -COUNTRY_LOSS
        reasons.append(f"in {place.country} as asked" if inside else "in no country asked for")
    if near:
        gap = max(
            0.0, distance_m(*near, place.lon, place.lat) - (place.precision_m if place.is_area else 0.0)
        )
        score += NEAR_GAIN * (2 * math.exp(-gap / NEAR_SCALE_M) - 1)
        reasons.append(f"{gap / 1000:.0f} km away")
    if kind:
        fits = kind.fits(place.feature)
        score += KIND_GAIN if fits else -KIND_LOSS
        reasons.append(f"a {kind}" if fits else f"no {kind}")
    reason = "; ".join(part for part in reasons if part)
    return replace(candidate, score=round(min(max(score, 0.0), 1.0), 4), reason=reason)


def _decide(name: str, ranked: tuple[Candidate, ...], qualifier: str) -> Resolution:
    """Return the best candidate as the answer, unless a place elsewhere is nearly as likely."""
    best = ranked[0]
    rivals = [c for c in ranked[1:] if best.score - c.score < MARGIN and _elsewhere(best.place, c.place)]
    if rivals:
        others = " or ".join(f"{c.place.name} ({_where(c.place)})" for c in rivals[:3])
        reason = f"{best.place.name} ({_where(best.place)}) is hardly likelier than {others}"
        return Resolution(name, Certainty.AMBIGUOUS, reason, ranked)
    reason = "; ".join(part for part in (best.reason, qualifier) if part)
    return Resolution(name, Certainty.RESOLVED, reason, ranked)


def _elsewhere(place: Place, other: Place) -> bool:
    """Return whether two places are so far apart that taking one for the other would mislead."""
    reach = max(p.precision_m if p.is_area else APART_M for p in (place, other))
    return distance_m(place.lon, place.lat, other.lon, other.lat) > max(APART_M, reach)


def _where(place: Place) -> str:
    return (
        ", ".join(part for part in (place.admin1, place.country) if part and part != place.name)
        or place.feature
    )


_WORDS = {
    "A.PCLI": "country", "A.PCLD": "territory", "A.TERR": "territory", "A.ADM1": "province", "A.ADM2": "district",
    "L.CONT": "continent", "L.RGN": "region", "P.PPLC": "capital", "P.PPLX": "quarter", "S.AIRP": "airport",
    "S.AIRB": "air base", "S.AIRF": "airfield", "S.INSM": "base", "S.PSTB": "border crossing", "S.CMPRF": "camp",
    "L.OILF": "oil field", "L.GASF": "gas field", "S.DAM": "dam", "S.BDG": "bridge", "H.STM": "river", "H.LK": "lake",
    "H.SEA": "sea", "R.RDJCT": "junction", "T.DSRT": "desert", "T.MT": "mountain", "T.MTS": "mountains",
}  # fmt: skip


def _described(place: Place) -> str:
    word = _WORDS.get(place.feature, "town" if place.feature.startswith("P.") else "place")
    where = ", ".join(part for part in (place.admin1, place.country) if part and place.feature != "A.PCLI")
    people = f", {place.population:,} people" if place.population and place.feature.startswith("P.") else ""
    return f"{word} in {where}{people}" if where else f"{word}{people}"


def _likeness(left: str, right: str) -> float:
    """Return how alike two spellings are, from 0 to 1 (Jaro–Winkler on their Latin keys)."""
    from anyascii import anyascii  # noqa: PLC0415
    from rapidfuzz.distance import JaroWinkler  # noqa: PLC0415

    plain = (without_article(key(anyascii(text))).replace(" ", "") for text in (left, right))
    return JaroWinkler.similarity(*plain)


def _coordinates(name: str) -> Candidate | None:
    """Return the place a text of two coordinates means, or None; names with digits in them are no coordinates."""
    if len(name) > 80 or not any(c.isdigit() for c in name):
        return None
    from geopy.point import Point  # noqa: PLC0415 - geopy is needed for this alone

    try:
        point = Point(name)
    except ValueError:
        return None
    lat, lon = round(point.latitude, 6), round(point.longitude, 6)
    if "," not in name and " " not in name.strip():
        return None
    place = Place(
        f"coordinates:{lat:g},{lon:g}", f"{lat:g}, {lon:g}", lon, lat, precision_m=200.0, source="given"
    )
    return Candidate(place, 1.0, "given coordinates", place.name)


def _kind(kind: Kind | str | None) -> Kind | None:
    try:
        return Kind(kind) if kind else None
    except ValueError:
        raise InputError(f"kind {kind!r} is unknown; it is one of {', '.join(Kind)}") from None


def _check_near(near: tuple[float, float] | None) -> None:
    if near and not (-180.0 <= near[0] <= 180.0 and -90.0 <= near[1] <= 90.0):
        raise InputError(f"position {near} is not lon, lat in degrees; lon lies in -180..180, lat in -90..90")


def _wrapped(lon: float) -> float:
    return (lon + 180.0) % 360.0 - 180.0


def _order(candidate: Candidate) -> tuple[float, float, str]:
    return (-candidate.score, -candidate.place.population, candidate.place.id)


def _first_two(item: tuple[float, str, Place]) -> tuple[float, str]:
    return item[:2]
