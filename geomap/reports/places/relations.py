"""Where a report says that places lie: phrases to places, and names held against what is told of them.

"20 km north of Raqqa" becomes a place of its own. "Sake, 25 km west of Goma" tells which Sake is meant, or where one is
that nobody knows; where the name and the words cannot both be right, an issue says so.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import TYPE_CHECKING

from geomap.errors import GeomapError, UnknownPlaceError
from geomap.gazetteer.index import distance_m
from geomap.gazetteer.relations import RelationKind, find_relations
from geomap.models import Candidate, Certainty, Issue, Mention, Place, PlaceRef, Resolution, Role
from geomap.reports.lexicon import load_lexicon
from geomap.reports.places.rows import in_row

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from geomap.gazetteer import Gazetteer
    from geomap.gazetteer.relations import Anchor, Relation
    from geomap.geometry.relative import Located
    from geomap.reports.places.resolve import Context
    from geomap.reports.places.toponyms import Toponym

__all__ = ["Telling", "Told", "relate"]

AT_ANCHOR = frozenset(
    {
        RelationKind.NEAR, RelationKind.OUTSKIRTS, RelationKind.APPROACHES, RelationKind.COUNTRYSIDE, RelationKind.PART,
    }
)  # fmt: skip
"""Relations to a town that a map of a war does not tell from the town."""
BETWEEN_MOST_M = 300_000.0
"""Two towns further apart have talks between them rather than positions."""
LYING = frozenset({"to", "the", "just", "located", "situated", "lying", "which", "that", "lies", "lie", "is", "are"})
"""Words between a name and what tells where it is."""
SENSES = 40
WORDS_SCORE = 0.7
"""How sure a place is that only the words of the report know."""


@dataclass(frozen=True, slots=True)
class Told:
    """A place that a paragraph tells of by others; offsets are into the paragraph."""

    start: int
    end: int
    ref: PlaceRef


@dataclass(frozen=True)
class Telling:
    """Words that may tell of a place by others; offsets are into the paragraph.

    To draw a place takes longer than to read its sentence, and most words of this sort are never asked for theirs.
    """

    relation: Relation
    locate: Callable[[], Located]
    aside: bool = False
    """The words only say where the name before them is: "A, to the south of B"."""

    @property
    def start(self) -> int:
        """Where the words begin."""
        return self.relation.start

    @property
    def end(self) -> int:
        """Where the words end."""
        return self.relation.end

    @cached_property
    def located(self) -> Located:
        """The place with what it is made from; raises GeomapError where the words make none."""
        return self.locate()

    @cached_property
    def told(self) -> Told | None:
        """The place, drawn when it is first asked for, or None where the words make none."""
        try:
            located = self.located
        except GeomapError:
            # The names themselves have their issues; a phrase that makes no place leaves them as they are.
            return None
        return Told(self.start, self.end, PlaceRef(self.relation.text, located.place, located.reason))


def relate(
    texts: Sequence[str],
    names: Sequence[Sequence[Toponym]],
    mentions: Sequence[Mention],
    context: Context,
    gazetteer: Gazetteer,
) -> tuple[tuple[Mention, ...], list[tuple[Telling, ...]], tuple[Issue, ...]]:
    """Return the mentions in the light of what is told of them, what each paragraph tells of places, and issues.

    Parameters
    ----------
    texts
        The paragraphs.
    names
        Their place names.
    mentions
        The places of all names, in the same order.
    context
        Where the story plays.
    gazetteer
        Where other senses of a name are looked up.
    """
    teller = _Teller(context, gazetteer, list(mentions))
    told, first = [], 0
    for text, own in zip(texts, names, strict=True):
        relations = find_relations(text, [(t.start, t.end) for t in own]) if own else ()
        found = (teller.tell(relation, text, own, first) for relation in relations)
        told.append(tuple(one for one in found if one is not None))
        first += len(own)
    return tuple(teller.mentions), told, tuple(dict.fromkeys(teller.issues))


class _Teller:
    """Relations to places, with the mentions they stand among."""

    def __init__(self, context: Context, gazetteer: Gazetteer, mentions: list[Mention]) -> None:
        self._context, self._gazetteer = context, gazetteer
        self.mentions, self.issues = mentions, list[Issue]()

    def tell(self, relation: Relation, text: str, names: Sequence[Toponym], first: int) -> Telling | None:
        """Return what a relation tells of a place; one told of a name is held against the name instead."""
        from geomap.geometry.relative import Setting, beside, by_spot, locate

        if not self._speaks_of_place(relation, names, first):
            return None
        number = self._at(relation.subject, names, first) if relation.subject else None
        subject = self.mentions[number].place if number is not None else None
        setting = beside(Setting(self._context.countries, self._context.near), subject)
        places = [mention.place for mention in self.mentions[first : first + len(names)]]

        def resolve(anchor: Anchor) -> Place:
            held = self._at(anchor, names)
            return self._place(anchor, relation, places[held] if held is not None else None)

        telling = Telling(relation, partial(locate, relation, resolve, setting))
        row = _described(relation, text, names) if relation.subject is None else ()
        try:
            if relation.subject is not None and not _holds(subject, telling.located):
                self._check(relation, telling.located, number)
                return None
            spot = (bool(row) or relation.kind in AT_ANCHOR) and by_spot(relation, resolve, setting)
            if spot and row and self._describes(relation, telling.located, [first + n for n in row]):
                return replace(telling, aside=True)
        except GeomapError:
            return None
        return None if spot and relation.kind in AT_ANCHOR else telling

    def _at(self, anchor: Anchor, names: Sequence[Toponym], first: int = 0) -> int | None:
        """Return the number of the mention that an anchor's words hold."""
        held = (n for n, t in enumerate(names, first) if t.start < anchor.end and anchor.start < t.end)
        return next(held, None)

    def _place(self, anchor: Anchor, relation: Relation, place: Place | None) -> Place:
        """Return the place of an anchor; `place` is that of the name its words hold."""
        from geomap.geometry.finding import border_side, waters

        kind = relation.kind
        if place is None or not place.is_area:
            if (anchor.definite or kind is RelationKind.BANK) and (found := waters(anchor.text, self._gazetteer)):
                return found[0].place
            if kind is RelationKind.BORDER and (side := border_side(anchor.text, self._gazetteer)):
                return side.place
        if place is None:
            raise UnknownPlaceError(f"{anchor.text} is not known")
        return place

    def _speaks_of_place(self, relation: Relation, names: Sequence[Toponym], first: int) -> bool:
        """Return whether the words stand for a place: not talks between governments, nor a war between countries."""
        numbers = [self._at(anchor, names, first) for anchor in relation.anchors if anchor.relation is None]
        if any(number is None for number in numbers):
            return False
        held = [self.mentions[number] for number in numbers if number is not None]
        if any(mention.role is Role.METONYM for mention in held):
            return False
        if relation.kind is not RelationKind.BETWEEN:
            return relation.kind is RelationKind.BORDER or all(mention.role is Role.PLACE for mention in held)
        places = [mention.place for mention in held if mention.place is not None and not mention.place.is_area]
        if len(places) < 2 or all(self._gazetteer.capital_of(place) for place in places):
            return False
        a, b = places[:2]
        return distance_m(a.lon, a.lat, b.lon, b.lat) <= BETWEEN_MOST_M

    def _check(self, relation: Relation, located: Located, number: int | None) -> None:
        """Hold a name against where it is told to lie: keep it, take another sense of it, or note that they differ."""
        from geomap.geometry.relative import disagreement

        mention = self.mentions[number] if number is not None else None
        if number is None or mention is None or mention.role is not Role.PLACE:
            return
        told = relation.text
        if mention.place is None:
            place = replace(located.place, name=mention.text)
            self._take(number, Candidate(place, WORDS_SCORE, f"not in the gazetteer; told as {told}", mention.text))
            return
        differs = disagreement(mention.place, relation, located)
        if differs is None:
            return
        spot = (located.place.lon, located.place.lat)
        senses = self._gazetteer.search(mention.text, near=spot, limit=SENSES, fuzzy=False)
        fitting = next((c for c in senses if disagreement(c.place, relation, located) is None), None)
        if fitting is not None:
            self._take(number, replace(fitting, reason=f"{fitting.reason}; lies as told, {told}"))
            return
        end = mention.start - (relation.subject.start if relation.subject else relation.start) + relation.end
        self.issues.append(Issue("resolve", differs, start=mention.start, end=end))

    def _describes(self, relation: Relation, located: Located, row: Sequence[int]) -> bool:
        """Whether words only say where the names of a row before them are.

        They do where the name lies so, or where another place of that name does; one that nobody knows is put there.
        """
        from geomap.geometry.relative import disagreement

        lies = False
        for n in row:
            mention = self.mentions[n]
            if mention.role is not Role.PLACE:
                continue
            if mention.place is None or disagreement(mention.place, relation, located) is not None:
                known = len(self.issues)
                self._check(relation, located, n)
                del self.issues[known:]
            place = self.mentions[n].place
            lies |= place is not None and disagreement(place, relation, located) is None
        return lies

    def _take(self, number: int, candidate: Candidate) -> None:
        """Give a mention, and all others that were taken for the same place by the same name, another place."""
        old = self.mentions[number]
        answer = Resolution(old.text, Certainty.RESOLVED, candidate.reason, (candidate,))
        for n, mention in enumerate(self.mentions):
            if mention.text == old.text and mention.place == old.place and mention.role is Role.PLACE:
                self.mentions[n] = replace(mention, resolution=answer, confidence=round(candidate.score, 3))


def _described(relation: Relation, text: str, names: Sequence[Toponym]) -> Sequence[int]:
    """Return the names right before a relation that it may describe: "A district east of B", "A and B, south of C"."""
    before = next((n for n in reversed(range(len(names))) if names[n].end <= relation.start), None)
    if before is None or not _right_before(text[names[before].end : relation.start]):
        return ()
    return in_row(text, names, before)


def _right_before(gap: str) -> bool:
    """Whether nothing but the noun of a name stands between it and words of place: "A town, to the south of B"."""
    known = load_lexicon().places["generic"] | load_lexicon().names["settlements"] | LYING
    return all(word in known for word in gap.replace(",", " ").split())


def _holds(subject: Place | None, located: Located) -> bool:
    """Return whether the words tell of a spot in the area they follow: "in Anbar, 160 km west of Baghdad"."""
    if subject is None or not subject.is_area or subject.precision_m <= located.place.precision_m:
        return False
    away = distance_m(subject.lon, subject.lat, located.place.lon, located.place.lat)
    return away <= subject.precision_m
