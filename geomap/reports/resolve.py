"""Which Kobani? Place names of a report to places, each in the light of all the others.

The countries a report names, in words or by their people ("Turkish troops"), and the names that only one
country knows, say where the story plays. Every name is then asked of the gazetteer with these countries and
the places near it in the text; one spelling means one place throughout a report.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from statistics import median
from typing import TYPE_CHECKING

from geomap.gazetteer.index import distance_m
from geomap.gazetteer.names import Kind, key, split_generic
from geomap.models import Candidate, Certainty, Mention, Place, Resolution, Role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomap.gazetteer import Gazetteer
    from geomap.reports.toponyms import Toponym

__all__ = ["Context", "plausible", "resolve_toponyms", "story_countries"]

VAGUE_KINDS = {
    "area",
    "territory",
    "front",
    "plain",
    "place",
    "site",
    "side",
    "position",
    "part",
    "line",
    "zone",
}
PART_SHIFT = 0.45
"""How far the middle of "the north of A" lies from the middle of A, as a share of A's radius."""
_COMPASS = re.compile(r"^(far|deep|central|rural)")
COUNTRY_WEIGHT = 0.35
"""What it is worth to lie in the country the report speaks of most."""
NEAR_WEIGHT = 0.15
NEAR_M = 300_000.0
"""Distance from the middle of the story at which nearness has lost most of its worth."""
ROAD_PRECISION_M = 100_000.0
MARGIN = 0.04
MAX_CANDIDATES = 40
WELL_KNOWN = 500_000
"""People of a city that a report may name without its country."""
MIN_VOTE = 0.08
"""Share of the country votes below which a country is not where the story plays."""


@dataclass(frozen=True, slots=True)
class Context:
    """Where the story plays: countries, most named first, and a place in its midst."""

    countries: tuple[str, ...] = ()
    votes: tuple[float, ...] = ()
    """Share of the votes of each country, the first one's being 1."""
    near: tuple[float, float] | None = None
    """lon, lat in degrees."""


def story_countries(toponyms: Sequence[Toponym], gazetteer: Gazetteer) -> Context:
    """Return the countries the report speaks of, most named first."""
    votes: defaultdict[str, float] = defaultdict(float)
    for name, count in Counter(t.text for t in toponyms).items():
        for country, weight in _votes(name, gazetteer):
            votes[country] += weight * (1 + 0.5 * (count - 1))
    total = sum(votes.values())
    ranked = sorted(votes.items(), key=lambda item: (-item[1], item[0]))
    kept = [(country, weight / ranked[0][1]) for country, weight in ranked if weight >= MIN_VOTE * total][:6]
    return Context(tuple(country for country, _ in kept), tuple(share for _, share in kept))


def _votes(name: str, gazetteer: Gazetteer) -> list[tuple[str, float]]:
    people = gazetteer.demonym(name)
    if people is not None:
        return [(people.country, 0.7)] if people.country else []
    candidates = gazetteer.candidates(name)
    if not candidates:
        return []
    best = candidates[0].place
    if best.is_country and best.country:
        return [(best.country, 1.5)]
    countries = {c.place.country for c in candidates if c.place.country}
    if len(countries) == 1:
        return [(countries.pop(), 1.0)]
    return [(best.country, 0.5)] if best.country else []


def resolve_toponyms(toponyms: Sequence[Toponym], gazetteer: Gazetteer) -> tuple[tuple[Mention, ...], Context]:
    """Return a mention with its place for each toponym, in order, and where the story plays."""
    context = story_countries(toponyms, gazetteer)
    first = _answers(toponyms, gazetteer, context)
    near = _midst([r.place for r in first if r.status is Certainty.RESOLVED and r.place], context.countries)
    context = replace(context, near=near)
    answers = _answers(toponyms, gazetteer, context)
    return _one_sense([_mention(t, r) for t, r in zip(toponyms, answers, strict=True)]), context


def _answers(toponyms: Sequence[Toponym], gazetteer: Gazetteer, context: Context) -> list[Resolution]:
    """Return the answer to each name, asked once a spelling; a name just qualified keeps that sense afterwards."""
    senses: dict[tuple[str, str | None, str | None], Resolution] = {}
    answers = []
    for toponym in toponyms:
        sense = (toponym.text.lower(), toponym.kind, toponym.direction)
        if sense not in senses or toponym.within:
            senses[sense] = _ask(toponym, gazetteer, context)
        answers.append(senses[sense])
    return answers


def plausible(toponym: Toponym, mention: Mention, context: Context) -> bool:
    """Whether a name that only the gazetteer takes for a place fits the story: it lies where the story plays."""
    place = mention.place
    if place is not None and _respelled(mention) and context.countries and place.country not in context.countries:
        return False
    if toponym.sure or place is None or place.is_country or not context.countries:
        return True
    return place.country in context.countries or place.population >= WELL_KNOWN


def _respelled(mention: Mention) -> bool:
    """Whether the gazetteer knows the name only in another spelling."""
    best = mention.resolution.candidates[0] if mention.resolution and mention.resolution.candidates else None
    return best is not None and bool(best.name) and key(best.name) != key(mention.text)


def _ask(toponym: Toponym, gazetteer: Gazetteer, context: Context) -> Resolution:
    people = gazetteer.demonym(toponym.text) if toponym.role is Role.DEMONYM else None
    bare = people.name if people else toponym.text
    kind = _kind(toponym)
    known = gazetteer.candidates(bare)
    if not (toponym.kind or toponym.within or toponym.direction) and len(known) == 1:
        return Resolution(bare, Certainty.RESOLVED, known[0].reason, known)
    if known and known[0].place.is_country and kind not in {Kind.TOWN, Kind.PROVINCE, Kind.DISTRICT}:
        kind, context = Kind.COUNTRY, Context()
    whole = _choose(bare, kind, gazetteer, context)
    if whole.status is Certainty.UNKNOWN and kind is Kind.ROAD:
        return _road(bare, context, gazetteer) or whole
    if toponym.direction and whole.place is not None and whole.place.is_area:
        return _part(toponym.direction, whole.place, gazetteer) or whole
    if toponym.within and kind is not Kind.COUNTRY:
        narrower = gazetteer.resolve(f"{bare}, {toponym.within}", kind=kind)
        return narrower if narrower.status is Certainty.RESOLVED else _not_elsewhere(whole, toponym.within, gazetteer)
    return whole


def _not_elsewhere(found: Resolution, within: str, gazetteer: Gazetteer) -> Resolution:
    """Return the answer, or unknown where the place lies in another country than the one named right after it."""
    known = gazetteer.candidates(within)
    country = known[0].place if known and known[0].place.is_country else None
    if country is None or found.place is None or found.place.country == country.country or found.place.is_country:
        return found
    reason = f"no place of that name is known in {country.name}"
    return Resolution(found.query, Certainty.UNKNOWN, reason, found.candidates)


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


def _choose(name: str, kind: Kind | None, gazetteer: Gazetteer, context: Context) -> Resolution:
    """Return the place a name means in this story.

    The gazetteer's own score speaks for the best known place of the name; a share of the story's votes and
    nearness to its middle speak for the local one. Moscow stays Moscow in a story of Syria and the United States.
    """
    alone = gazetteer.resolve(name, kind=kind)
    if alone.status is Certainty.UNKNOWN:
        return alone
    known = gazetteer.search(name, kind=kind, limit=MAX_CANDIDATES, fuzzy=False) or alone.candidates
    ranked = sorted((_in_story(c, context) for c in known), key=lambda c: (-c.score, c.place.id))
    best, *others = ranked
    ranked = [replace(c, score=min(c.score, 1.0)) for c in ranked]
    rival = next((c for c in others if _apart(best.place, c.place) and best.score - c.score < MARGIN), None)
    if rival is None:
        return Resolution(name, Certainty.RESOLVED, best.reason, tuple(ranked[:5]))
    reason = f"{best.reason}; as likely {rival.place.name} ({rival.reason})"
    return Resolution(name, Certainty.AMBIGUOUS, reason, tuple(ranked[:5]))


def _in_story(candidate: Candidate, context: Context) -> Candidate:
    """Return a candidate with its score and reason in the light of the story."""
    place, score, reasons = candidate.place, candidate.score, [candidate.reason]
    vote = dict(zip(context.countries, context.votes, strict=True)).get(place.country or "", 0.0)
    if vote:
        score += COUNTRY_WEIGHT * vote
        reasons.append(f"in {place.country}, where the report plays")
    if context.near and not place.is_area:
        away_m = distance_m(*context.near, place.lon, place.lat)
        score += NEAR_WEIGHT * math.exp(-away_m / NEAR_M)
        if 1_000 < away_m < NEAR_M:
            reasons.append(f"{round(away_m / 1000)} km from the middle of the report's places")
    return replace(candidate, score=round(score, 4), reason="; ".join(r for r in reasons if r))


def _apart(first: Place, second: Place) -> bool:
    """Whether taking one place for the other would mislead."""
    away_m = distance_m(first.lon, first.lat, second.lon, second.lat)
    return away_m > max(50_000.0, *(p.precision_m for p in (first, second) if p.is_area), 0.0)


def _kind(toponym: Toponym) -> Kind | None:
    """Return the gazetteer's kind for the common noun beside a name; "the Rankus area" says nothing of Rankus."""
    generic = split_generic(f"x {toponym.kind}") if toponym.kind and toponym.kind not in VAGUE_KINDS else None
    return generic.kind if generic else None


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
    from geopy.distance import great_circle as distance

    shift_m = PART_SHIFT * place.precision_m / (2**0.5 if east and north else 1.0)
    spot = distance(meters=shift_m).destination((place.lat, place.lon), bearing=math.degrees(math.atan2(east, north)))
    part = replace(
        place, id=f"part:{place.id}:{compass}", name=f"{compass} {place.name}", feature="L.RGN",
        lon=round(spot.longitude, 3), lat=round(spot.latitude, 3), precision_m=round(place.precision_m * 0.6),
    )  # fmt: skip
    reason = f"the {compass} of {place.name}, its limits not given"
    return Resolution(
        f"{direction} {place.name}", Certainty.RESOLVED, reason, (Candidate(part, 0.8, reason, place.name),)
    )


def _midst(places: list[Place], countries: tuple[str, ...]) -> tuple[float, float] | None:
    """Return the middle of the story's sure spots, in its first countries."""
    spots = [p for p in places if not p.is_area and (not countries or p.country in countries)]
    if not spots:
        return None
    return median(p.lon for p in spots), median(p.lat for p in spots)


def _one_sense(mentions: list[Mention]) -> tuple[Mention, ...]:
    """Give a bare name the sense it has where the report qualifies it: "Raqqa" after "Raqqa province" stays free."""
    sure: dict[str, Resolution] = {}
    for mention in mentions:
        if mention.resolution and mention.resolution.status is Certainty.RESOLVED and mention.place:
            sure.setdefault(re.sub(r"\W", "", mention.text.lower()), mention.resolution)
    return tuple(
        replace(m, resolution=sure[k], confidence=sure[k].candidates[0].score)
        if m.resolution
        and m.resolution.status is not Certainty.RESOLVED
        and (k := re.sub(r"\W", "", m.text.lower())) in sure
        else m
        for m in mentions
    )


def _mention(toponym: Toponym, resolution: Resolution) -> Mention:
    score = resolution.candidates[0].score if resolution.candidates else 0.0
    if resolution.status is Certainty.AMBIGUOUS:
        score *= 0.6
    return Mention(toponym.start, toponym.end, toponym.text, toponym.role, resolution, round(score, 3))
