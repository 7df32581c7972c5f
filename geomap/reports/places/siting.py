"""Parts of a town and sites beside it: "the city's Sabri district", "the nearby Kharta oil field".

Such names are many places' and seldom on a map. Where the words say which town they belong to, a place of that name in
another land is none of theirs, and the town itself stands for them, with the precision of a town.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from geomap.gazetteer.hints import holds_next, kind_of_noun
from geomap.gazetteer.index import distance_m
from geomap.gazetteer.names import Kind, key
from geomap.models import Candidate, Certainty, Place, Resolution, Role
from geomap.reports.lexicon import load_lexicon
from geomap.reports.places.focus import QUARTER

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomap.gazetteer import Gazetteer
    from geomap.reports.places.toponyms import Toponym

__all__ = ["SITE_PRECISION_M", "SITE_TRUST", "beside_towns", "by", "lies_by", "site_in"]

SITE_PRECISION_M = 15_000.0
"""Radius round a town that holds what is named after it: its airport lies outside."""
NEARBY_PRECISION_M = 30_000.0
SITE_TRUST = 0.5
"""Confidence in a place that is only known to be named after another, or said to lie in it."""
QUARTER_REACH_M = 25_000.0
NEARBY_REACH_M = 80_000.0
"""How far from a town what is called a part of it, or nearby, may lie."""

_WORDS = r"(?:[\w-]+\s+){0,2}"
_THE_TOWN = r"(?:city|town|village|capital)"
_TOWNS_OWN = re.compile(rf"\b(?:the|that|this)\s+{_THE_TOWN}['’]?s\s+{_WORDS}$", re.IGNORECASE)
_OF_THE_TOWN = re.compile(rf"\s+(?:of|in|inside)\s+(?:the|that|this)\s+{_THE_TOWN}\b(?!\s+of\b)", re.IGNORECASE)
_OF_NAME = re.compile(rf"\s+(?:of|in|inside)\s+(?:the\s+{_THE_TOWN}\s+of\s+)?$", re.IGNORECASE)
_OWNER = re.compile(rf"(?:['’]s?|s['’]?)\s+{_WORDS}$")
_NEARBY = re.compile(rf"\bnearby\s+{_WORDS}$", re.IGNORECASE)
_SITES = {
    Kind.AIRFIELD: "S.AIRP", Kind.BASE: "S.INSM", Kind.DAM: "S.DAM", Kind.CROSSING: "S.PSTB", Kind.PRISON: "S.PRN",
}  # fmt: skip
"""What a site named after its town is, by the noun behind the name."""
_SITE_NOUNS = re.compile(r"[ -]((?:(?:air|military|army|border)[ -])?[a-z]+)")
_NOUN = re.compile(r"\s+([a-z]+)")


def beside_towns(
    toponyms: Sequence[Toponym], answers: Sequence[Resolution], text: str, gazetteer: Gazetteer
) -> list[Resolution]:
    """Return the answers, those to parts of a town and to what is nearby held against the town they belong to.

    Parameters
    ----------
    toponyms
        The names of a report; offsets are into `text`.
    answers
        What each was taken for by itself.
    text
        The report's text.
    gazetteer
        Where other places of a name are looked up.
    """
    found = list(answers)
    for number, toponym in enumerate(toponyms):
        if toponym.role is not Role.PLACE:
            continue
        if site := _site_of(toponym, found[number], text):
            found[number] = site
            continue
        after = toponyms[number + 1] if number + 1 < len(toponyms) else None
        if after is not None and holds_next(text[toponym.end : after.start]):
            continue
        if _is_quarter(toponym, text):
            holder, reach, precision_m = _holder(number, toponyms, found, text), QUARTER_REACH_M, SITE_PRECISION_M
        elif _NEARBY.search(text, max(0, toponym.start - 40), toponym.start):
            holder, reach, precision_m = _spot_before(number, toponyms, found), NEARBY_REACH_M, NEARBY_PRECISION_M
        else:
            continue
        if holder is not None and not lies_by(found[number].place, holder, reach):
            found[number] = by(toponym.text, holder, reach, precision_m, gazetteer)
    return found


def site_in(name: str, town: Place, reason: str, precision_m: float = SITE_PRECISION_M) -> Resolution:
    """Return the surroundings of a town for a name that is known to lie there and no more."""
    site = replace(
        town, id=f"site:{town.id}:{key(name)}", name=name, feature="S", population=0, local_name=None,
        precision_m=max(town.precision_m, precision_m),
    )  # fmt: skip
    return Resolution(name, Certainty.RESOLVED, reason, (Candidate(site, SITE_TRUST, reason, name),))


def _site_of(toponym: Toponym, answer: Resolution, text: str) -> Resolution | None:
    """Return the site that a town's name stands for with the noun behind it: "Tabqa dam" is not the town of Tabqa.

    It is none where the gazetteer has it, for then the name means no town.
    """
    place, noun = answer.place, _SITE_NOUNS.match(text, toponym.end)
    kind = kind_of_noun(noun[1]) or kind_of_noun(noun[1].split()[-1]) if noun else None
    if noun is None or kind not in _SITES or place is None or not place.feature.startswith("P."):
        return None
    name = f"{toponym.text} {noun[1]}"
    reason = f"{name} is not in the gazetteer; taken to be by {place.name}"
    (site,) = site_in(name, place, reason).candidates
    site = replace(site, place=replace(site.place, feature=_SITES[kind]), score=answer.candidates[0].score)
    return replace(answer, candidates=(site, *answer.candidates))


def by(name: str, holder: Place, reach: float, precision_m: float, gazetteer: Gazetteer) -> Resolution:
    """Return the place of a name that lies by a town, or else the town's surroundings."""
    near = next((c for c in gazetteer.candidates(name) if lies_by(c.place, holder, reach)), None)
    if near is not None:
        reason = f"{near.reason}; by {holder.name}, as the text says"
        return Resolution(name, Certainty.RESOLVED, reason, (replace(near, score=0.8, reason=reason),))
    return site_in(name, holder, f"not in the gazetteer; by {holder.name}, as the text says", precision_m)


def lies_by(place: Place | None, holder: Place, reach: float) -> bool:
    """Return whether a place lies within reach of another, from the edge of that one's radius."""
    return place is not None and distance_m(place.lon, place.lat, holder.lon, holder.lat) <= reach + holder.precision_m


def _is_quarter(toponym: Toponym, text: str) -> bool:
    """Whether a name is called a part of a town, with the noun behind it."""
    noun = _NOUN.match(text, toponym.end)
    return noun is not None and noun[1] in load_lexicon().names["quarters"]


def _holder(number: int, toponyms: Sequence[Toponym], answers: Sequence[Resolution], text: str) -> Place | None:
    """Return the town that the words say a quarter belongs to, or None where they say nothing."""
    toponym = toponyms[number]
    noun = _NOUN.match(text, toponym.end)
    end = noun.end() if noun else toponym.end
    after = next((n for n in range(number + 1, len(toponyms)) if toponyms[n].start >= end), None)
    if after is not None and _OF_NAME.fullmatch(text, end, toponyms[after].start):
        return _town(toponyms[after], answers[after])
    if number and _OWNER.fullmatch(text, toponyms[number - 1].end, toponym.start):
        return _town(toponyms[number - 1], answers[number - 1])
    if _TOWNS_OWN.search(text, max(0, toponym.start - 60), toponym.start) or _OF_THE_TOWN.match(text, end):
        return _town_before(number, toponyms, answers)
    return None


def _town_before(number: int, toponyms: Sequence[Toponym], answers: Sequence[Resolution]) -> Place | None:
    """Return the town that was named last before a name, or where none was, the first one after it."""
    order = [*reversed(range(number)), *range(number + 1, len(toponyms))]
    towns = (_town(toponyms[n], answers[n]) for n in order if key(toponyms[n].text) != key(toponyms[number].text))
    return next((town for town in towns if town is not None), None)


def _spot_before(number: int, toponyms: Sequence[Toponym], answers: Sequence[Resolution]) -> Place | None:
    """Return the place named last before a name, be it a town or a field, but no area."""
    before = ((toponyms[n], answers[n].place) for n in reversed(range(number)))
    spots = (
        p for t, p in before if p is not None and t.role is Role.PLACE and key(t.text) != key(toponyms[number].text)
    )
    return next((place for place in spots if not place.is_area and place.feature[0] in "PSLT"), None)


def _town(toponym: Toponym, answer: Resolution) -> Place | None:
    """Return the town that a name means; what only bears the name of one is none."""
    place = answer.place
    if place is None or toponym.role is not Role.PLACE or (toponym.kind and kind_of_noun(toponym.kind) is None):
        return None
    return place if place.feature.startswith("P.") and place.feature != QUARTER else None
