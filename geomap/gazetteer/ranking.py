"""How likely a candidate is: what its importance, the words of its name and the text say, and in which words.

A score starts from the importance of the place, from 0 to 1. Each thing that speaks for it takes it a share of the
way to 1, each thing against it a share of the way to 0; so scores stay in range and never tie at its end.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING

from geomap.gazetteer.index import distance_m, prior
from geomap.gazetteer.names import Generic, Kind, key, split_generic, without_article
from geomap.gazetteer.spelling import is_slip
from geomap.models import Candidate, Certainty, Place, Resolution

if TYPE_CHECKING:
    from collections.abc import Collection

    from geomap.gazetteer.spelling import Match

__all__ = [
    "article",
    "codes_of",
    "decide",
    "decide_slip",
    "elsewhere",
    "in_context",
    "is_own_name",
    "of_core",
    "of_kind",
    "of_like",
    "of_name",
    "of_typo",
    "order",
    "suggestion",
]

MARGIN = 0.06
"""A lead smaller than this over a place elsewhere leaves a name ambiguous."""
APART_M = 50_000.0
"""Places closer than this are no rivals: either will do on a map of a war."""
NEAR_SCALE_M = 300_000.0
"""Distance over which the weight of a neighbour falls to a third."""

OWN_NAME = 0.25
THEIRS = 0.9
"""For a place that the user has added: who adds one expects to read of it."""
TYPO = -0.2
"""What a typing error costs beside its unlikeness: one has to be supposed."""
SLIP_LETTERS, SLIP_LETTERS_TOLD = 7, 6
"""Fewest letters of a name that is taken for the wrong spelling of another, and where its country is known."""
SLIP_PRIOR, SLIP_PRIOR_TOLD = 0.75, 0.6
"""Least importance of a place that a slip is taken to mean, that of a city of 200,000, and where its country is known,
that of a town of 3,400."""
KIND, NOT_KIND = 0.5, -0.4
COUNTRY, NOT_COUNTRY = 0.4, -0.5
NEAR, FAR = 0.5, -0.3


def of_name(place: Place, name: str, generic: Generic | None) -> Candidate:
    """Return a place found under the very name, its generic words included."""
    shares = [OWN_NAME] if is_own_name(place, name) else []
    if generic and not generic.by_compass and generic.kind.fits(place.feature):
        return _candidate(place, [*shares, KIND], f"as “{generic.words}” says")
    return _candidate(place, shares)


def of_kind(place: Place, generic: Generic) -> Candidate:
    """Return a place found under its own part as one of the kind that the generic words name."""
    return _candidate(place, [KIND], f"as “{generic.words}” says")


def of_core(place: Place, generic: Generic) -> Candidate:
    """Return a place found under its own part alone, whatever its kind."""
    if generic.kind.fits(place.feature):
        return _candidate(place, [KIND], f"as “{generic.words}” says")
    return _candidate(place, [NOT_KIND], f"though no {generic.words}")


def of_like(place: Place, match: Match, name: str, generic: Generic | None) -> Candidate:
    """Return a place found by its consonants."""
    shares = [match.likeness - 1.0]
    if generic:
        shares.append(KIND if generic.kind.fits(place.feature) else NOT_KIND)
    return _candidate(place, shares, f"its name spelled like “{generic.core if generic else key(name)}”", match.form)


def of_typo(place: Place, match: Match) -> Candidate:
    """Return a place whose spelling is a typing error away."""
    return _candidate(place, [match.likeness - 1.0, TYPO], "a close spelling", match.form)


def codes_of(countries: Collection[str] | str) -> Collection[str]:
    """Return the codes that are given, which may be one alone: its letters are no codes."""
    return (countries,) if isinstance(countries, str) else countries


def in_context(
    candidate: Candidate, countries: Collection[str], near: tuple[float, float] | None, kind: Kind | None
) -> Candidate:
    """Return a candidate with what the text says of it: its countries, a place nearby, the kind looked for."""
    place, shares, reasons = candidate.place, [], [candidate.reason]
    if countries:
        inside = place.country in countries
        shares.append(COUNTRY if inside else NOT_COUNTRY)
        reasons.append(f"in {place.country} like the text" if inside else "in no country of the text")
    if near:
        gap = max(0.0, distance_m(*near, place.lon, place.lat) - (place.precision_m if place.is_area else 0.0))
        shares.append(FAR + (NEAR - FAR) * math.exp(-gap / NEAR_SCALE_M))
        reasons.append(f"{gap / 1000:.0f} km away")
    if kind:
        shares.append(KIND if kind.fits(place.feature) else NOT_KIND)
        if not kind.fits(place.feature):
            reasons.append(f"though the text speaks of {article(kind)} {kind}")
        elif kind is not Kind.COUNTRY:
            reasons.append(f"called {article(kind)} {kind} by the text")
    if not shares:
        return candidate
    return Candidate(place, _moved(candidate.score, shares), "; ".join(filter(None, reasons)), candidate.name)


def article(word: str) -> str:
    """Return the indefinite article of a word."""
    return "an" if word[0] in "aeiou" else "a"


def decide(name: str, ranked: tuple[Candidate, ...], qualifier: str, *, margin: float = MARGIN) -> Resolution:
    """Return the best candidate as the answer, unless a place elsewhere is nearly as likely."""
    best = ranked[0]
    rivals = [c for c in ranked[1:] if best.score - c.score < margin and elsewhere(best.place, c.place)]
    if rivals:
        others = " or ".join(f"{c.place.name} ({_where(c.place)})" for c in rivals[:3])
        reason = f"{best.place.name} ({_where(best.place)}) is hardly likelier than {others}"
        return Resolution(name, Certainty.AMBIGUOUS, reason, ranked)
    reason = f"{best.reason}; {qualifier}" if best.reason and qualifier else best.reason or qualifier
    return Resolution(name, Certainty.RESOLVED, reason, ranked)


def decide_slip(
    name: str, close: tuple[Candidate, ...], alike: tuple[Candidate, ...], *, told: bool
) -> Resolution | None:
    """Return the one well-known place whose spelling a name is a slip away from, or None where that is not clear.

    Parameters
    ----------
    name
        A name that is unknown.
    close
        Places whose spelling is a typing error away, best first.
    alike
        Places whose names sound like it, best first.
    told
        All of them lie in a country that is known to be meant, so that less has to speak for one.
    """
    spelling = key(name)
    if len(spelling.replace(" ", "")) < (SLIP_LETTERS_TOLD if told else SLIP_LETTERS):
        return None
    slips = [candidate for candidate in close if _is_slip_of(spelling, candidate, told=told)]
    if not slips or prior(slips[0].place.feature, slips[0].place.population) < (
        SLIP_PRIOR_TOLD if told else SLIP_PRIOR
    ):
        return None
    best = slips[0]
    rivals = [c for c in slips if best.score - c.score < MARGIN]
    rivals += [c for c in close[:1] if c.score - best.score >= MARGIN]
    rivals += [c for c in alike[:1] if c.score >= best.score / (1.0 + TYPO)]
    if any(elsewhere(best.place, c.place) for c in rivals):
        return None
    ranked = (best, *(c for c in close if c is not best))
    return Resolution(name, Certainty.RESOLVED, f"a slip away from {best.place.name}; {best.reason}", ranked)


def _is_slip_of(spelling: str, candidate: Candidate, *, told: bool) -> bool:
    """Return whether a spelling is a slip away from a place's own names or, where its country is told, from any.

    What a far country calls a city has too many neighbours among words: "Providens", "Anverse".
    """
    place = candidate.place
    forms = [candidate.name] if told else []
    return any(is_slip(spelling, form) for form in (*forms, key(place.name), key(place.local_name or "")))


def suggestion(name: str, close: tuple[Candidate, ...]) -> str:
    """Return what to say of an unknown name: the places whose spelling is close."""
    if not key(name):
        return "the name holds no letters"
    if not close:
        return "no place of that name is known"
    others = dict.fromkeys(candidate.place.name for candidate in close)
    return f"no place of that name is known; did you mean {' or '.join([*others][:3])}?"


def order(candidate: Candidate) -> tuple[float, int, str]:
    """Return the sorting key that puts the likeliest candidate first."""
    return (-candidate.score, -candidate.place.population, candidate.place.id)


def _candidate(place: Place, shares: list[float], reason: str = "", form: str = "") -> Candidate:
    words = _described(place)
    if place.id.startswith("user:"):
        shares, words = [THEIRS, *shares], f"{words}, one of your own places"
    score = _moved(prior(place.feature, place.population), shares)
    return Candidate(place, score, f"{words}, {reason}" if reason else words, form or place.name)


def _moved(score: float, shares: list[float]) -> float:
    """Return a score moved by shares of the way to 1, or, negative ones, to 0."""
    for share in shares:
        score += share * (1.0 - score) if share > 0 else share * score
    return round(score, 4) if shares else score


def is_own_name(place: Place, name: str) -> bool:
    """Return whether a name is the one the place is shown under, and not one of its others; a base goes by it alone."""
    if name == place.name:
        return True
    spelling = without_article(key(name))
    own = [text for text in (place.name, place.local_name) if text]
    generic = split_generic(place.name) if place.feature.startswith("S.") else None
    if generic and generic.kind.fits(place.feature):
        own.append(generic.core)
    return any(spelling == without_article(key(text)) for text in own)


def elsewhere(place: Place, other: Place) -> bool:
    """Return whether two places are so far apart that taking one for the other would mislead."""
    reach = max(p.precision_m if p.is_area else APART_M for p in (place, other))
    return distance_m(place.lon, place.lat, other.lon, other.lat) > max(APART_M, reach)


def _where(place: Place) -> str:
    return ", ".join(part for part in (place.admin1, place.country) if part and part != place.name) or place.feature


_WORDS = {
    "A.PCLI": "country", "A.PCLD": "territory", "A.TERR": "territory", "A.ADM1": "province", "A.ADM2": "district",
    "L.CONT": "continent", "L.RGN": "region", "P.PPLC": "capital", "P.PPLX": "quarter", "S.AIRP": "airport",
    "S.AIRB": "air base", "S.AIRF": "airfield", "S.INSM": "base", "S.PSTB": "border crossing", "S.CMPRF": "camp",
    "L.OILF": "oil field", "L.GASF": "gas field", "S.DAM": "dam", "S.BDG": "bridge", "H.STM": "river", "H.LK": "lake",
    "H.SEA": "sea", "R.RDJCT": "junction", "T.DSRT": "desert", "T.MT": "mountain", "T.MTS": "mountains",
}  # fmt: skip


def _described(place: Place) -> str:
    same = place.name in (place.admin1, place.country)
    words = _sort_and_unit(place.feature, place.admin1, place.country, place.name if same else None)
    return f"{words}, {place.population:,} people" if place.population and place.feature.startswith("P.") else words


@lru_cache(maxsize=8_192)
def _sort_and_unit(feature: str, admin1: str | None, country: str | None, name: str | None) -> str:
    """Return what a place is and where, less what its name says."""
    word = _WORDS.get(feature, "town" if feature.startswith("P.") else "place")
    where = [] if feature.startswith("A.PCL") else [part for part in (admin1, country) if part and part != name]
    return f"{word} in {', '.join(where)}" if where else word
