"""Which Kobani? Place names of a report to places, each in the light of all the others.

The names are weighed together by :mod:`geomap.gazetteer.together`. What they then mean says where the report plays, and
that helps with what the gazetteer does not have as such: other spellings, numbered roads, parts of areas, and sites
named after their town.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

from geomap.gazetteer.hints import holds_next, kind_of_noun
from geomap.gazetteer.index import distance_m
from geomap.gazetteer.names import Kind, key
from geomap.gazetteer.together import Named, resolve_together
from geomap.models import Candidate, Certainty, Mention, Place, Resolution, Role
from geomap.reports.places.lying import is_put, is_respelled, put_where_told
from geomap.reports.places.siting import beside_towns, lies_by, site_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geomap.gazetteer import Gazetteer
    from geomap.reports.places.toponyms import Toponym

__all__ = ["Context", "plausible", "resolve_toponyms"]

_COMPASS = re.compile(r"^(far|deep|central|rural)")
ROAD_PRECISION_M = 100_000.0
HOLDER_M = 60_000.0
"""Areas with a larger radius say too little of where in them a name lies."""
WITHIN_REACH = 60
"""Characters after a name within which the name of what it lies in is looked for."""
NAMESAKE = 50_000
"""People of a town after which a site may be named without more words, in a country of the story."""
WELL_KNOWN = 500_000
"""People of a city that a report may name without its country."""
MIN_VOTE = 0.08
"""Share of the country votes below which a country is not where the story plays."""
COUNTRY_VOTE, PEOPLE_VOTE = 1.5, 0.7
"""What the name of a country, and that of its people, count next to a place in it."""


@dataclass(frozen=True, slots=True)
class _Fit:
    """What speaks for a name's being a place, as log odds."""

    alone: float
    words: float
    """A unit of the score that its words give it."""
    belief: float
    """Full belief in the place it would mean."""
    any_place: float
    """Full belief that it means one of those it may mean."""
    aside: float
    """A small place, in another country than the story's first."""


FIT = _Fit(alone=-2.4, words=0.65, belief=1.8, any_place=1.8, aside=-0.3)
SITES = frozenset(
    {Kind.AIRFIELD, Kind.BASE, Kind.CAMP, Kind.CROSSING, Kind.FIELD, Kind.DAM, Kind.BRIDGE, Kind.MOUNTAIN}
)
FEW_NAMES = 3
"""With fewer, nothing is said of how well one fits."""
WELL_KNOWN_SCORE = -1.0
"""What suffices there for the name of a country or a city."""
STAGE_M = 1_000_000.0
"""How far from its midst a story goes for names that it spells its own way."""
RESPELLED_REACH_M = 150_000.0
"""How far from a sure place of the story one may lie that is only spelled nearly as a name is."""
KNOWN_ABROAD = 100_000
"""People of a city that is named in reports from elsewhere."""


@dataclass(frozen=True, slots=True)
class Context:
    """Where the story plays: countries, most named first, and a place in its midst."""

    countries: tuple[str, ...] = ()
    votes: tuple[float, ...] = ()
    """Share of the votes of each country, the first one's being 1."""
    near: tuple[float, float] | None = None
    """lon, lat in degrees."""
    names: int = 0
    """How many different names it has."""


def resolve_toponyms(
    toponyms: Sequence[Toponym], text: str, gazetteer: Gazetteer
) -> tuple[tuple[Mention, ...], Context]:
    """Return a mention with its place for each toponym, in order, and where the story plays.

    Parameters
    ----------
    toponyms
        The names; offsets are into `text`.
    text
        The report's text.
    gazetteer
        Where names are looked up.
    """
    names = [_named(toponym, gazetteer) for toponym in toponyms]
    holders = [*_unlisted_holders(toponyms, text), *_lands_of_peoples(toponyms, text, gazetteer)]
    together = resolve_together([*names, *holders], text, gazetteer)[: len(names)]
    context = _context(names, together)
    sure = [r.place for r in together if r.status is Certainty.RESOLVED and r.place and not r.place.is_country]
    respelled: dict[str, Resolution] = {}
    for toponym, found in zip(toponyms, together, strict=True):
        if not found.candidates and toponym.text not in respelled:
            respelled[toponym.text] = _respelling(toponym, context, sure, gazetteer)
    answers = [
        _completed(t, r if r.candidates else respelled[t.text], context, gazetteer)
        for t, r in zip(toponyms, together, strict=True)
    ]
    answers = put_where_told(toponyms, answers, text, gazetteer)
    answers = beside_towns(toponyms, _sited(toponyms, answers, context, gazetteer), text, gazetteer)
    return tuple(_mention(t, r) for t, r in zip(toponyms, answers, strict=True)), context


def _named(toponym: Toponym, gazetteer: Gazetteer) -> Named:
    people = gazetteer.demonym(toponym.text) is not None
    if people and toponym.role is not Role.DEMONYM:
        known = gazetteer.candidates(toponym.text)
        people = not (known and known[0].place.is_country)
    kind = kind_of_noun(toponym.kind) if toponym.kind else None
    return Named(toponym.text, toponym.start, toponym.end, kind, people)


def _unlisted_holders(toponyms: Sequence[Toponym], text: str) -> Iterable[Named]:
    """Yield the names that a toponym is said to lie in, where they are no toponyms themselves."""
    starts = sorted(toponym.start for toponym in toponyms)
    for toponym in toponyms:
        start = text.find(toponym.within, toponym.end, toponym.end + WITHIN_REACH) if toponym.within else -1
        if start < 0 or any(toponym.end <= other < start + len(toponym.within or "") for other in starts):
            continue
        yield Named(toponym.within or "", start, start + len(toponym.within or ""))


def _lands_of_peoples(toponyms: Sequence[Toponym], text: str, gazetteer: Gazetteer) -> Iterable[Named]:
    """Yield the country of a people beside a town that is said to be theirs: "the Georgian town of Gori"."""
    for people, town in pairwise(toponyms):
        if people.role is Role.DEMONYM and holds_next(text[people.end : town.start]):
            land = gazetteer.demonym(people.text)
            if land is not None:
                yield Named(land.name, people.start, people.end, Kind.COUNTRY if land.is_country else None)


def _context(names: Sequence[Named], answers: Sequence[Resolution]) -> Context:
    """Return the countries the report speaks of, most spoken of first, and the middle of its places there."""
    votes: defaultdict[str, float] = defaultdict(float)
    seen: defaultdict[str, int] = defaultdict(int)
    for name, answer in zip(names, answers, strict=True):
        place, times = answer.place, seen[name.name.lower()]
        seen[name.name.lower()] += 1
        if place is None or not place.country:
            continue
        weight = PEOPLE_VOTE if name.people else COUNTRY_VOTE if place.is_country else _belief(answer)
        votes[place.country] += weight * (0.5 if times else 1.0)
    total = sum(votes.values())
    ranked = sorted(votes.items(), key=lambda item: (-item[1], item[0]))
    kept = [(country, weight / ranked[0][1]) for country, weight in ranked if weight >= MIN_VOTE * total][:6]
    countries = tuple(country for country, _ in kept)
    sure = [answer.place for answer in answers if answer.status is Certainty.RESOLVED and answer.place]
    return Context(countries, tuple(share for _, share in kept), _midst(sure, countries), len(seen))


def _belief(answer: Resolution) -> float:
    """Return how surely a name speaks for its country; one that no other country knows does so whatever it means."""
    countries = {candidate.place.country for candidate in answer.candidates}
    return 1.0 if len(countries) == 1 else answer.candidates[0].score


def _completed(toponym: Toponym, found: Resolution, context: Context, gazetteer: Gazetteer) -> Resolution:
    """Return the answer to a name with what the words at its side make of it: a road, a part of an area."""
    if found.status is Certainty.UNKNOWN and toponym.kind and kind_of_noun(toponym.kind) is Kind.ROAD:
        return _road(toponym.text, context, gazetteer) or found
    if toponym.direction and found.place is not None and found.place.is_area:
        return _part(toponym.direction, found.place, gazetteer) or found
    return found


def _respelling(toponym: Toponym, context: Context, sure: Sequence[Place], gazetteer: Gazetteer) -> Resolution:
    """Return the place whose name is spelled nearly so, in the countries of the story and near its sure places."""
    kind = kind_of_noun(toponym.kind) if toponym.kind else None
    found = gazetteer.resolve(toponym.text, countries=context.countries, near=context.near, kind=kind)
    place = found.place
    refused = place is not None and (
        place.is_country
        or _abroad(place, context)
        or _other_sort(kind, place)
        or not (_well_known(place) or _by_one_of(sure, place))
    )
    return replace(found, status=Certainty.UNKNOWN) if refused else found


def _well_known(place: Place) -> bool:
    """Whether a place is large enough for its name to be spelled in many ways."""
    return place.population >= KNOWN_ABROAD or place.feature == "A.ADM1"


def _by_one_of(sure: Sequence[Place], place: Place) -> bool:
    """Whether a place lies by one of the sure places of a story, if it has any."""
    return not sure or any(lies_by(place, other, RESPELLED_REACH_M) for other in sure)


def _other_sort(kind: Kind | None, place: Place) -> bool:
    """Whether a name is called a site, and the place is none: a field or a dam is no village spelled like it."""
    return kind in SITES and kind is not None and not kind.fits(place.feature)


def _abroad(place: Place, context: Context) -> bool:
    return bool(context.countries) and place.country is not None and place.country not in context.countries


def _sited(
    toponyms: Sequence[Toponym], answers: list[Resolution], context: Context, gazetteer: Gazetteer
) -> list[Resolution]:
    """Put what the gazetteer lacks where the report does: in the town it is named after, or said to be in."""
    spoken = {key(t.text): r.place for t, r in zip(toponyms, answers, strict=True) if r.place and r.place.id}
    sited = []
    for toponym, answer in zip(toponyms, answers, strict=True):
        if answer.place is None and toponym.role is Role.PLACE:
            sited.append(_site(toponym.text, spoken, context, gazetteer) or answer)
        else:
            sited.append(answer)
    return sited


def _site(name: str, spoken: dict[str, Place], context: Context, gazetteer: Gazetteer) -> Resolution | None:
    """Return the surroundings of the town that begins or ends a name of several words: "Manila Cathedral"."""
    words = name.split()
    for size in range(len(words) - 1, 0, -1):
        parts = [" ".join(words[:size])] + ([" ".join(words[-size:])] if words[-size - 1].lower() in _OF else [])
        for part in parts:
            town = spoken.get(key(part)) or _town(part, context, gazetteer)
            if town is None or (town.is_area and town.precision_m > HOLDER_M):
                continue
            reason = f"not in the gazetteer; named after {town.name}, and taken to be there"
            return site_in(name, town, reason)
    return None


_OF = frozenset(["of", "de", "du", "in", "at"])


def _town(name: str, context: Context, gazetteer: Gazetteer) -> Place | None:
    """Return the city of a name: a large one, or one of some size in the countries of the story."""
    if not name[:1].isupper() or len(name) < 4 or not gazetteer.has(name):
        return None
    found = gazetteer.resolve(name, countries=context.countries)
    place = found.place
    if place is None or found.status is not Certainty.RESOLVED or not place.feature.startswith("P."):
        return None
    at_home = bool(context.countries) and not _abroad(place, context)
    return place if place.population >= (NAMESAKE if at_home else WELL_KNOWN) else None


def plausible(toponym: Toponym, mention: Mention, context: Context) -> bool:
    """Return whether a name is a place after all: by the words, and by how well its place fits the story.

    In a story of few names there is little to fit, and the words decide. The weights of :data:`FIT` were fitted by
    maximum likelihood on news of six sorts, each counting the same.
    """
    place = mention.place
    if place is None or mention.resolution is None or mention.role is Role.DEMONYM or is_put(place):
        return toponym.score > 0
    known = place.is_country or place.population >= KNOWN_ABROAD
    if not known and is_respelled(mention.text, mention.resolution) and not _nearby(place, context):
        return False
    if context.names < FEW_NAMES:
        return toponym.score > (WELL_KNOWN_SCORE if known else 0.0)
    aside = bool(context.countries) and place.country != context.countries[0] and not known
    any_place = min(sum(candidate.score for candidate in mention.resolution.candidates), 1.0)
    fit = FIT.words * toponym.score + FIT.belief * mention.confidence + FIT.any_place * any_place + FIT.aside * aside
    return FIT.alone + fit > 0


def _nearby(place: Place, context: Context) -> bool:
    """Whether a place lies where the story plays."""
    if _abroad(place, context):
        return False
    return context.near is None or distance_m(place.lon, place.lat, *context.near) <= STAGE_M + place.precision_m


def _road(name: str, context: Context, gazetteer: Gazetteer) -> Resolution | None:
    """Return a stand-in for a numbered road: where the story plays, its course left to the road network."""
    if not context.countries:
        return None
    country = gazetteer.country(context.countries[0])
    lon, lat = context.near or (country.lon, country.lat)
    reason = f"road {name} in {country.name}, taken near the report's other places"
    road = Place(
        id=f"road:{country.country}:{name}", name=name, lon=round(lon, 3), lat=round(lat, 3), country=country.country,
        feature="R.RD", precision_m=ROAD_PRECISION_M, source="report",
    )  # fmt: skip
    return Resolution(name, Certainty.RESOLVED, reason, (Candidate(road, 0.6, reason, name),))


def _part(direction: str, place: Place, gazetteer: Gazetteer) -> Resolution | None:
    """Return "northeast Syria" as the gazetteer knows it, or as a part of the country cut by the compass."""
    compass = _COMPASS.sub("", direction.lower().replace("-", "").replace(" ", "")).removesuffix("ern")
    for spelling in (f"{compass} {place.name}", f"{compass}ern {place.name}"):
        for candidate in gazetteer.candidates(spelling):
            if candidate.place.feature == "L.RGN" and key(candidate.place.name) == key(spelling):
                return Resolution(f"{direction} {place.name}", Certainty.RESOLVED, candidate.reason, (candidate,))
    if not place.is_country and place.feature != "A.ADM1":
        return None
    east = ("east" in compass) - ("west" in compass)
    north = compass.startswith("north") - compass.startswith("south")
    if not east and not north:
        return None
    from geomap.geometry.relative import part

    half = part(place, math.degrees(math.atan2(east, north)), f"{compass} {place.name}")
    half = replace(half, id=f"part:{place.id}:{compass}")
    reason = f"the {compass} of {place.name}, its limits not given"
    return Resolution(
        f"{direction} {place.name}", Certainty.RESOLVED, reason, (Candidate(half, 0.8, reason, place.name),)
    )


def _midst(places: Sequence[Place], countries: tuple[str, ...]) -> tuple[float, float] | None:
    """Return the middle of the story's sure spots, in its first countries."""
    spots = [p for p in places if not p.is_area and (not countries or p.country in countries)]
    if not spots:
        return None
    return median(p.lon for p in spots), median(p.lat for p in spots)


def _mention(toponym: Toponym, resolution: Resolution) -> Mention:
    known = resolution.candidates if resolution.status is not Certainty.UNKNOWN else ()
    score = known[0].score if known else 0.0
    return Mention(toponym.start, toponym.end, toponym.text, toponym.role, resolution, round(score, 3))
