"""The names of one text, each resolved in the light of the others.

One spelling means one place throughout a text, unless the text itself tells two apart ("Tripoli, Libya" and "Tripoli,
Lebanon"); what is unqualified then goes on in the sense it had last.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from geomap.gazetteer import ranking
from geomap.gazetteer.hints import Link, read_hints
from geomap.gazetteer.index import distance_m
from geomap.gazetteer.names import key
from geomap.models import Candidate, Certainty, Resolution

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from geomap.gazetteer.evidence import Sense
    from geomap.gazetteer.hints import Hints
    from geomap.gazetteer.names import Kind
    from geomap.gazetteer.search import Gazetteer
    from geomap.models import Place

__all__ = ["Named", "resolve_together"]

MOST_CANDIDATES = 60
"""Candidates looked at for one name."""
MOST_TOGETHER = 1_600
"""Candidates weighed together; memory and time grow with their square."""
MOST_NAMES = 400
"""Names weighed together; of a longer text, each such part by itself."""
KEPT = 5
MARGIN = 0.15
"""A lead in belief smaller than this over a place elsewhere leaves a name ambiguous."""
LEAST_BELIEF = 0.2
"""With less belief in the best place, the name more likely means one that the gazetteer lacks."""
WELL_KNOWN = 100_000
"""People of a town that may be named next to another country without lying there: "In Ankara, Syria was discussed"."""
PEOPLE_VOICE = 0.7
"""What the mention of a people counts for its country, next to the name of a place."""
NEAR_M = 150_000.0
"""Distance within which a neighbour is worth a word in the reason."""


@dataclass(frozen=True, slots=True)
class Named:
    """A name in a text."""

    name: str
    start: int
    end: int
    kind: Kind | None = None
    """What sort of place it is, where more is known than the words around it say."""
    people: bool = False
    """It names a people ("Turkish", "Syrians"), whose country is spoken of but is no place of the text."""


def resolve_together(names: Sequence[Named], text: str, gazetteer: Gazetteer) -> tuple[Resolution, ...]:
    """Return what each name of a text means, in their order; unknown names have no candidates.

    The score of a candidate is the share of belief that the name means this place or one so near that either will do.

    Parameters
    ----------
    names
        The names, none overlapping another.
    text
        Where they stand; the words between them are read.
    gazetteer
        Where names are looked up.
    """
    peoples: defaultdict[str, float] = defaultdict(float)
    for name in names:
        if name.people and (place := gazetteer.demonym(name.name)) and place.country:
            peoples[place.country] += PEOPLE_VOICE
    order = sorted((n for n, name in enumerate(names) if not name.people), key=lambda n: names[n].start)
    answers = {n: _of_people(name, gazetteer) for n, name in enumerate(names) if name.people}
    for at in range(0, len(order), MOST_NAMES):
        part = order[at : at + MOST_NAMES]
        answers |= zip(part, _weigh([names[n] for n in part], text, gazetteer, peoples), strict=True)
    return tuple(answers[n] for n in range(len(names)))


def _weigh(
    names: Sequence[Named], text: str, gazetteer: Gazetteer, peoples: Mapping[str, float]
) -> Iterator[Resolution]:
    """Yield the answer to each name, given in the order of the text."""
    from geomap.gazetteer.evidence import Evidence

    hints = read_hints(text, [(name.start, name.end) for name in names])
    named = [replace(name, kind=name.kind or kind) for name, kind in zip(names, hints.kinds, strict=True)]
    senses, of_name = _senses(named, hints, gazetteer)
    links = [Link(of_name[link.inner], of_name[link.outer], link.how) for link in hints.links]
    lists = [(of_name[first], of_name[second]) for first, second in hints.lists]
    beliefs = Evidence(senses, links, lists, peoples).believe()
    found = [_weighed(sense, belief.tolist()) for sense, belief in zip(senses, beliefs, strict=True)]
    answers = [_answer(sense, found, n, links) for n, sense in enumerate(senses)]
    return (answers[sense] for sense in of_name)


def _senses(names: Sequence[Named], hints: Hints, gazetteer: Gazetteer) -> tuple[list[Sense], list[int]]:
    """Return the senses of the names, and the number of the sense of each."""
    from geomap.gazetteer.evidence import Sense

    labels = _labels(names, hints.links, gazetteer)
    numbers = {label: number for number, label in enumerate(dict.fromkeys(labels))}
    spans: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    first: dict[int, Named] = {}
    for name, label in zip(names, labels, strict=True):
        spans[numbers[label]].append((name.start, name.end))
        first.setdefault(numbers[label], name)
    most = min(MOST_CANDIDATES, max(MOST_TOGETHER // max(len(numbers), 1), 3))
    articles = {numbers[label] for label, own in zip(labels, hints.articles, strict=True) if own}
    senses = [
        Sense(name.name, tuple(spans[number]), name.kind, gazetteer.candidates(name.name)[:most], number in articles)
        for number, name in first.items()
    ]
    return senses, [numbers[label] for label in labels]


def _labels(names: Sequence[Named], links: Sequence[Link], gazetteer: Gazetteer) -> list[tuple[str, Kind | None, str]]:
    """Return what tells senses apart: spelling, kind, and the area a name is put in where that differs in the text."""
    holders = {
        link.inner: key(names[link.outer].name)
        for link in links
        if (found := gazetteer.candidates(names[link.outer].name)) and found[0].place.is_area
    }
    told: defaultdict[tuple[str, Kind | None], set[str]] = defaultdict(set)
    for number, holder in holders.items():
        told[key(names[number].name), names[number].kind].add(holder)
    last: dict[tuple[str, Kind | None], str] = {}
    labels = []
    for number, name in enumerate(names):
        spelling = (key(name.name), name.kind)
        if len(told[spelling]) > 1 and number in holders:
            last[spelling] = holders[number]
        labels.append((*spelling, last.get(spelling, "")))
    return labels


def _weighed(sense: Sense, belief: Sequence[float]) -> tuple[Candidate, ...]:
    """Return the best candidates, each with the belief in it and in what lies so near that either will do."""
    ranked = sorted(zip(belief, sense.candidates, strict=True), key=lambda item: (-item[0], item[1].place.id))
    scored, most = [], 1.0
    for _, candidate in ranked[:KEPT]:
        most = min(most, sum(b for b, c in ranked if not ranking.elsewhere(candidate.place, c.place)))
        scored.append(replace(candidate, score=round(most, 3)))
    return tuple(scored)


def _answer(sense: Sense, found: Sequence[tuple[Candidate, ...]], number: int, links: Sequence[Link]) -> Resolution:
    """Return the answer to a sense, with its reasons in words."""
    if not found[number]:
        return Resolution(sense.name, Certainty.UNKNOWN, "no place of that name is known")
    others = [ranked[0].place for n, ranked in enumerate(found) if ranked and n != number]
    holders = [found[link.outer][0].place for link in links if link.inner == number and found[link.outer]]
    ranked = tuple(replace(c, reason=_reason(c, sense.kind, others, holders)) for c in found[number])
    own = [link for link in links if link.inner == number and found[link.outer]]
    if missed := next((m for link in own if (m := _missed(sense, ranked[0].place, link, found))), None):
        reason = f"no place of that name is known in {missed.name}, where the text puts it"
        return Resolution(sense.name, Certainty.UNKNOWN, reason, ranked)
    answer = ranking.decide(sense.name, ranked, "", margin=MARGIN)
    if answer.status is Certainty.RESOLVED and ranked[0].score < LEAST_BELIEF:
        reason = f"{ranked[0].reason}; as likely a place the gazetteer does not have"
        return replace(answer, status=Certainty.AMBIGUOUS, reason=reason)
    return answer


def _missed(sense: Sense, best: Place, link: Link, found: Sequence[tuple[Candidate, ...]]) -> Place | None:
    """Return the country that a name is said to lie in, where none of its candidates does."""
    holder = found[link.outer][0].place
    if not holder.is_country or best.is_country or link.how == "owner":
        return None
    if link.how == "comma" and best.population >= WELL_KNOWN:
        return None
    return None if any(c.place.country in {holder.country, None} for c in sense.candidates) else holder


def _reason(candidate: Candidate, kind: Kind | None, others: Sequence[Place], holders: Sequence[Place]) -> str:
    """Return what the text says for a candidate, in words."""
    place, words = candidate.place, [candidate.reason]
    if kind and kind.fits(place.feature):
        words.append(f"called {ranking.article(kind)} {kind} by the text")
    if holder := next((h for h in holders if place.country == h.country and h.is_area and h.id != place.id), None):
        words.append(f"in {holder.name}, as the text says")
    others = [other for other in others if other.id != place.id]
    abroad = [other for other in others if other.country and other.country != place.country]
    if others and place.country and not place.is_country and len(abroad) < len(others):
        like = "like the other places of the text" if not abroad else "like other places of the text"
        words.append(f"in {place.country} {like}")
    near = [(distance_m(place.lon, place.lat, o.lon, o.lat), o.name) for o in others if not o.is_area]
    if near and not place.is_area and min(near)[0] < NEAR_M:
        away_m, name = min(near)
        words.append(f"{round(away_m / 1000)} km from {name}")
    return "; ".join(filter(None, words))


def _of_people(name: Named, gazetteer: Gazetteer) -> Resolution:
    """Return the country or region of a people."""
    place = gazetteer.demonym(name.name)
    if place is None:
        return Resolution(name.name, Certainty.UNKNOWN, "no people of that name is known")
    reason = f"the people of {place.name}"
    return Resolution(name.name, Certainty.RESOLVED, reason, (Candidate(place, 0.95, reason, name.name),))
