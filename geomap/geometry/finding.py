"""A name or a phrase to the place it means: "Goma", but also "25 km west of Goma" and "Sake, 25 km west of Goma"."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from geomap.errors import GeomapError, UnknownPlaceError
from geomap.gazetteer.index import distance_m
from geomap.gazetteer.names import Kind, key
from geomap.gazetteer.relations import Anchor, Relation, RelationKind, parse_relation
from geomap.geometry.geodesy import length_m, point_at
from geomap.geometry.relative import Setting, beside, disagreement, locate
from geomap.geometry.roads.courses import course
from geomap.geometry.roads.crossings import gate
from geomap.geometry.roads.highways import named
from geomap.models import Candidate, Certainty, Place, Resolution

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from geomap.gazetteer import Gazetteer
    from geomap.geometry.relative import Located
    from geomap.geometry.roads.highways import Highway

__all__ = ["border_side", "find_place", "waters"]

_RIVALS = 4
_SENSES = 40
_NEAR_ROAD_M = 100_000.0
"""A road this near to the other place named is meant before its namesakes."""


def find_place(
    name: str,
    gazetteer: Gazetteer,
    *,
    countries: Collection[str] = (),
    near: tuple[float, float] | None = None,
) -> Resolution:
    """Return the place a name or a phrase means, as :meth:`Gazetteer.resolve` does for a name alone.

    A place told by others carries its geometry. One named *and* told ("Kobani, 30 km east of the Euphrates") is the
    sense of the name that lies as told; where none does, the answer is ambiguous and the reason says how they differ;
    where the name is unknown, the words alone say where it is.

    Parameters
    ----------
    name
        A name, coordinates, or a phrase of :func:`geomap.gazetteer.relations.parse_relation`.
    gazetteer
        Where names are looked up.
    countries
        ISO 3166-1 alpha-2 codes the place is likely in.
    near
        lon, lat in degrees of a position it is likely near.
    """
    codes = tuple(code.upper() for code in countries)
    relation = None if gazetteer.has(name) else parse_relation(name)
    if relation is None:
        return _plain(name, gazetteer, codes, near)
    setting = Setting(codes, near)
    if relation.subject is not None:
        setting = beside(setting, gazetteer.resolve(relation.subject.text, countries=codes, near=near).place)
    finder = _Finder(gazetteer, setting, codes)
    try:
        answers = finder.anchors(relation)
        located = finder.located(relation, answers)
    except GeomapError as error:
        # "Nasib border" reads like a border and is the name of a crossing.
        plain = _plain(name, gazetteer, codes, near)
        return plain if plain.place is not None else Resolution(name, Certainty.UNKNOWN, str(error))
    told = _candidate(relation, answers, located)
    if relation.subject is not None:
        return finder.checked(name, relation, located, told)
    unsure = next((anchor for anchor, answer in answers.items() if answer.status is Certainty.AMBIGUOUS), None)
    if unsure is None:
        return Resolution(name, Certainty.RESOLVED, told.reason, (told,))
    rivals = finder.rivals(relation, answers, unsure)
    if not rivals:
        return Resolution(name, Certainty.RESOLVED, f"{told.reason}; no other {unsure.text} fits the words", (told,))
    reason = f"{unsure.text} is ambiguous: {answers[unsure].reason}"
    return Resolution(name, Certainty.AMBIGUOUS, reason, (told, *rivals))


def _plain(name: str, gazetteer: Gazetteer, countries: tuple[str, ...], near: tuple[float, float] | None) -> Resolution:
    """Return what a name alone means: a place of the gazetteer, else a border crossing that is in no other list."""
    found = gazetteer.resolve(name, countries=countries, near=near)
    return found if found.place is not None else gate(name, countries) or found


def _anchor_names(relation: Relation) -> Iterator[tuple[Anchor, RelationKind]]:
    """Yield the plain names a relation is told by, each with the kind of the relation it stands in."""
    for anchor in relation.anchors:
        if anchor.relation is None:
            yield anchor, relation.kind
        else:
            yield from _anchor_names(anchor.relation)


class _Finder:
    """Anchors to places, each in the light of the others."""

    def __init__(self, gazetteer: Gazetteer, setting: Setting, countries: tuple[str, ...]) -> None:
        self._gazetteer, self._setting, self._countries = gazetteer, setting, countries

    def anchors(self, relation: Relation) -> dict[Anchor, Resolution]:
        """Return the answer to each anchor; one that fits several places is taken near those that do not.

        Raises
        ------
        UnknownPlaceError
            An anchor is no known place.
        """
        kinds = dict(_anchor_names(relation))
        answers = {anchor: self._ask(anchor, kind, self._setting.near) for anchor, kind in kinds.items()}
        for anchor, answer in answers.items():
            if answer.status is Certainty.UNKNOWN:
                raise UnknownPlaceError(f"{anchor.text}: {answer.reason}")
        if len(answers) > 1:
            sure = [a.place for a in answers.values() if a.status is Certainty.RESOLVED and a.place]
            spot = sure[0] if sure else _closest([[c.place for c in a.candidates] for a in answers.values()])
            if not sure and relation.kind is RelationKind.JUNCTION:
                # that two roads of one country are near each other says nothing: every country has its M4 and M5
                return {anchor: _of_country(answer, spot.country) for anchor, answer in answers.items()}
            unsure = [anchor for anchor, answer in answers.items() if answer.status is not Certainty.RESOLVED]
            answers |= {anchor: self._ask(anchor, kinds[anchor], (spot.lon, spot.lat)) for anchor in unsure}
        return answers

    def rivals(self, relation: Relation, answers: dict[Anchor, Resolution], unsure: Anchor) -> list[Candidate]:
        """Return the places of a relation with the other senses of one of its anchors."""
        found = []
        for other in answers[unsure].candidates[1:_RIVALS]:
            swapped = {anchor: _of_country(answer, other.place.country) for anchor, answer in answers.items()}
            swapped[unsure] = replace(answers[unsure], candidates=(other,))
            try:
                found.append(_candidate(relation, swapped, self.located(relation, swapped)))
            except GeomapError:
                continue
        return found

    def checked(self, name: str, relation: Relation, located: Located, told: Candidate) -> Resolution:
        """Return the place of a name that is also told by others: the sense of it that lies as told."""
        assert relation.subject is not None
        subject = relation.subject.text
        spot = (located.place.lon, located.place.lat)
        own = self._gazetteer.resolve(subject, countries=self._countries, near=spot)
        if own.status is Certainty.UNKNOWN:
            reason = f"{subject} is not in the gazetteer; taken from the words: {told.reason}"
            place = replace(told.place, name=subject)
            return Resolution(name, Certainty.RESOLVED, reason, (replace(told, place=place, reason=reason),))
        senses = {c.place.id: c for c in (*own.candidates, *self._gazetteer.search(subject, near=spot, limit=_SENSES))}
        fitting = [c for c in senses.values() if disagreement(c.place, relation, located) is None]
        if fitting:
            best = replace(fitting[0], reason=f"{fitting[0].reason}; lies as told, {relation.text}")
            return Resolution(name, Certainty.RESOLVED, best.reason, (best, *fitting[1:_RIVALS]))
        first = own.candidates[0]
        reason = f"contradicts itself: {disagreement(first.place, relation, located)}"
        return Resolution(name, Certainty.AMBIGUOUS, reason, (first, told))

    def located(self, relation: Relation, answers: dict[Anchor, Resolution]) -> Located:
        """Return the place of a relation whose anchors are the best candidates of their answers."""
        return locate(relation, lambda anchor: answers[anchor].candidates[0].place, self._setting)

    def _ask(self, anchor: Anchor, kind: RelationKind, near: tuple[float, float] | None) -> Resolution:
        """Return what an anchor's words mean where they stand: a people at a border, a river after "the"."""
        text, codes = anchor.text, self._countries
        if kind is RelationKind.BORDER and (side := border_side(text, self._gazetteer)):
            return Resolution(text, Certainty.RESOLVED, side.reason, (side,))
        if roads := _roads(text, codes, near):
            status = Certainty.RESOLVED if len(roads) == 1 else Certainty.AMBIGUOUS
            reason = f"{text} may be {', '.join(f'the {road.place.name} in {road.place.country}' for road in roads)}"
            return Resolution(text, status, reason, roads)
        found = waters(text, self._gazetteer) if anchor.definite or kind is RelationKind.BANK else ()
        if found:
            return Resolution(text, Certainty.RESOLVED, found[0].reason, found)
        if text.islower() and text.isascii() and not self._gazetteer.candidates(text):
            # Only a name is worth a guess at its spelling: "the army" is no Armenia.
            return Resolution(text, Certainty.UNKNOWN, "no place of that name is known")
        return self._gazetteer.resolve(text, countries=codes, near=near)


def _of_country(answer: Resolution, country: str | None) -> Resolution:
    """Return a doubtful answer with its senses in a country first: two roads that meet are mostly of one."""
    if answer.status is not Certainty.AMBIGUOUS:
        return answer
    return replace(answer, candidates=tuple(sorted(answer.candidates, key=lambda c: c.place.country != country)))


def _candidate(relation: Relation, answers: dict[Anchor, Resolution], located: Located) -> Candidate:
    """Return a place told by others as a candidate, as sure as the least sure of its anchors."""
    score = min(answer.candidates[0].score for answer in answers.values())
    return Candidate(located.place, score, located.reason, relation.text)


def waters(text: str, gazetteer: Gazetteer) -> tuple[Candidate, ...]:
    """Return the rivers, lakes and seas of a name, also where it is better known as a town's: "the Dnipro"."""
    known = (*gazetteer.candidates(text), *gazetteer.candidates(f"{text} River"))
    found = (c for c in known if Kind.WATER.fits(c.place.feature))
    return tuple(sorted(found, key=lambda c: key(c.place.name) != key(text)))


def border_side(text: str, gazetteer: Gazetteer) -> Candidate | None:
    """Return the country, else the province, that a name beside "border" means, also by its people."""
    if people := gazetteer.demonym(text):
        return Candidate(people, 1.0, f"{people.name}, by its people", text)
    known = gazetteer.candidates(re.sub(r"\s+(?:provinces|governorates|oblasts|regions|states)$", "", text))
    areas = [c for c in known if c.place.is_country] or [c for c in known if c.place.feature == "A.ADM1"]
    return areas[0] if areas else None


def _roads(text: str, countries: Collection[str], near: tuple[float, float] | None) -> tuple[Candidate, ...]:
    """Return the roads of a name or number: those in the likely countries, or near the position, else all."""
    every = named(text, generic=bool(countries) or near is not None)
    likely = [road for road in every if not set(road.countries).isdisjoint(countries)]
    if not likely and near is not None:
        likely = [road for road in every if min(distance_m(*spot, *near) for spot in road.points) < _NEAR_ROAD_M]
    return tuple(map(_road, likely or every))


def _road(road: Highway) -> Candidate:
    line = course(road).line
    middle = point_at(line, length_m(line) / 2)
    place = Place(
        f"road:{road.country}:{road.ref}", road.ref, round(middle.x, 4), round(middle.y, 4), road.country,
        feature="R.RD", precision_m=round(length_m(line) / 2), source="geomap-curated",
    )  # fmt: skip
    return Candidate(place, 0.9, f"road {road.ref} in {road.country}", road.ref)


def _closest(senses: list[list[Place]]) -> Place:
    """Return the sense of the first name that lies nearest to any sense of the second."""
    first, second, *_ = senses
    return min(
        ((distance_m(a.lon, a.lat, b.lon, b.lat), n, a) for n, a in enumerate(first) for b in second),
        key=lambda item: item[:2],
    )[2]
