"""What a report has in view: the places meant by "the town", "there", "these villages" or by no word at all.

Of the places named before, the one meant is a matter of several small things, each worth a little: forces have just
moved there, the same common noun stood beside it ("the town of A … the town"), it was named a sentence ago rather than
five, it is what the report keeps naming; and it is hardly one by which another was told ("10 km north of A").
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from geomap.models import Mention, PlaceRef, Role
from geomap.reports.lexicon import load_lexicon

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from geomap.models import Place

__all__ = ["QUARTER", "Focus", "is_implied"]

_SENTENCE_END = re.compile(r"(?<![A-Z])[.!?…][\"”’)\]]*\s|\n\n")
_REFERENCE = re.compile(
    r"(?:\b(?:north|south|east|west|north-?east|north-?west|south-?east|south-?west|km|kilomet(?:er|re)s|miles|outside|"
    r"half|part) (?:of|from)|\bnear|\bnot far from|\bclose to|\bbetween|-)\s(?:the )?(?:\w+ ){0,2}$",
    re.IGNORECASE,
)
"""Words after which a name only tells where something else lies."""
_LIST = re.compile(r"(?:,? and |,? or |, | )(?:nearby |the )?")
"""Between the names of a list, also where the commas are lost."""
_NEXT_WORD = re.compile(r"\s(?:has |have |had |also )*(\w+)")
_COMPOUND = re.compile(r"\s?[-‑–]\s?[a-z]")
"""After a name, that it is part of an adjective: "New York-based"."""
_SCENE = re.compile(
    r"(?:^|[.!?…][\"”’)\]]*\s|\n)(?:(?:elsewhere|further|meanwhile|also|separately|north|south|east|west),?\s)*"
    r"(?:in\s[A-Z][\w-]+,?\s)?in\s(?:the\s)?(?:[a-z]+\s){0,3}(?:of\s)?$",
    re.IGNORECASE,
)
"""From the beginning of a sentence to the name of where it plays: "Elsewhere in Syria, in A"."""
SCENE = 60
SENTENCES_BACK = 8
"""Common nouns reach no further back; in longer reports a town has been named again by then."""
NAMES_BACK = 24
MOVES_BACK = 6
IMPLIED_BACK = 2
"""A place that no word at all stands for has been named this many sentences ago at most."""
SETTLEMENTS = frozenset({"city", "town", "village", "suburb", "district", "neighbourhood", "neighborhood", "hamlet"})
DWELLINGS = frozenset({"town", "village", "hamlet", "settlement", "locality", "municipality"})
TOWNS = DWELLINGS | {"city", "capital"}
"""Nouns that no part of a town is called by."""
QUARTER = "P.PPLX"
COUNTED = {"two": 2, "both": 2, "three": 3, "four": 4, "five": 5}
BASES = frozenset({"base", "camp", "garrison", "barracks", "outpost", "post", "compound"})
"""Nouns that take each other up: "their base in A … the camp"."""
CITY, VILLAGE = 100_000, 20_000
"""People above which a place is hardly "the town", or "the village"; below the first, hardly "the city"."""
SEATS = frozenset({"P.PPLC", "P.PPLA"})
_PROVINCIAL = re.compile(r"\b(?:provincial|state|regional|county|governorate)\b", re.IGNORECASE)
LEAST = -3.0
_MARK = "named before"


@dataclass(frozen=True, slots=True)
class _Move:
    """A movement told before."""

    at: int
    """Offset of the end of its sentence."""
    places: tuple[PlaceRef, ...]
    """All its places, in order of the text."""
    reached: tuple[PlaceRef, ...]
    """Those it went to."""

    @property
    def told_of(self) -> tuple[PlaceRef, ...]:
        """The places that a report goes on with: where forces went, or else where they left."""
        return self.reached or self.places


@dataclass(slots=True)
class Focus:
    """The places of a report in the order they are named, and where its forces have moved; offsets are the report's."""

    text: str = ""
    mentions: tuple[Mention, ...] = ()
    moved: list[_Move] = field(default_factory=list)
    seat_of: Callable[[Place], Place | None] = field(default=lambda _: None)
    """Gives the town that an area is governed from."""

    def note(self, at: int, places: Iterable[PlaceRef], reached: Iterable[PlaceRef] = ()) -> None:
        """Keep the places of a movement told up to an offset for the sentences after it.

        Parameters
        ----------
        at
            Offset of the end of its sentence in the report.
        places
            All its places, in order of the text.
        reached
            Those it went to.
        """
        if found := tuple(places):
            self.moved.append(_Move(at, found, tuple(reached)))

    def meant_by(self, noun: str, words: str, at: int) -> list[PlaceRef]:
        """Return the place that a common noun takes up at an offset: "the town", "its outskirts", "the base"."""
        if noun not in load_lexicon().referring:
            return []
        if unlisted := self._unlisted(noun, at):
            return [PlaceRef(words, None, f"“{words}” taken for {unlisted.text}, which is not in the gazetteer")]
        if noun == "capital" and (seat := self._seat(words, at)):
            return [seat]
        before = [m for m in self._before(at, SENTENCES_BACK) if m.place and self._may_be(noun, m)]
        if not before:
            return []
        if " same " in words:
            return [_taken(words, before[-1])]
        scores = [(self._worth(m, noun, at, before), n) for n, m in enumerate(before)]
        worth, index = max(scores)
        return [_taken(words, before[index])] if worth > LEAST else []

    def _seat(self, words: str, at: int) -> PlaceRef | None:
        """Return the seat of the province last named for "the provincial capital", which need not have been named."""
        if not _PROVINCIAL.search(words):
            return None
        for mention in reversed(self._before(at, SENTENCES_BACK)):
            place = mention.place
            if place is None or place.is_country:
                continue
            if place.feature in SEATS:
                return _taken(words, mention)
            if place.feature == "A.ADM1" and (seat := self.seat_of(place)):
                return PlaceRef(words, seat, f"“{words}” taken for the seat of {mention.text}, {_MARK}")
        return None

    def all_meant(self, words: str, at: int) -> list[PlaceRef]:
        """Return the places that "these villages" or "the two towns" take up: those that forces went to last.

        Where these are too few, as many as are meant may have been named in one list.
        """
        if listed := self._listed(at):
            return [_taken(words, m) for m in listed]
        found: list[PlaceRef] = []
        wanted = next((number for word, number in COUNTED.items() if re.search(rf"\b{word}\b", words.lower())), 1)
        for move in reversed(self.moved):
            if move.at <= at and self._sentences(move.at, at) <= SENTENCES_BACK and len(found) < wanted:
                spots = [ref for ref in move.told_of if ref.place is None or not ref.place.is_area]
                found = [ref for ref in spots if all(ref.text != other.text for other in found)] + found
        if len(found) < wanted and len(listed := self._listed(at, IMPLIED_BACK)) == wanted:
            return [_taken(words, m) for m in listed]
        return [PlaceRef(ref.text, ref.place, f"“{words}” taken for {ref.text}, {_MARK}") for ref in found]

    def _unlisted(self, noun: str, at: int) -> PlaceRef | None:
        """Return the place that forces have just gone to, where the gazetteer lacks it: it is no other in view."""
        last = next((move for move in reversed(self.moved) if move.at <= at), None)
        if last is None or noun not in DWELLINGS or self._sentences(last.at, at) > 0:
            return None
        unknown = [ref for ref in last.told_of if ref.place is None]
        return unknown[-1] if unknown and len(unknown) == len(last.told_of) else None

    def _may_be(self, noun: str, mention: Mention) -> bool:
        """Whether a place may be called by a noun: it is of that sort, or was called so: "their base in A"."""
        place = mention.place
        if place is None or (noun in TOWNS and place.feature == QUARTER):
            return False
        return place.feature.startswith(load_lexicon().referring[noun]) or (
            noun in BASES and not place.is_area and self._called(noun, mention)
        )

    def _called(self, noun: str, mention: Mention) -> bool:
        """Whether a noun, or one that means the same, stands beside a name: "the town of A", "their base in A"."""
        kin = "|".join(sorted(BASES if noun in BASES else {noun}))
        left, right = self.text[max(0, mention.start - 40) : mention.start], self.text[mention.end : mention.end + 30]
        before = re.search(rf"\b(?:{kin}) (?:(?:\w+ )?(?:of|in|at|near|outside) )?(?:\w+ )?$", left, re.IGNORECASE)
        return bool(before or re.match(rf"[’']?s? (?:\w+ )?{noun}\b", right, re.IGNORECASE))

    def in_view(self, words: str, at: int, *, but: Sequence[PlaceRef] = (), back: int = IMPLIED_BACK) -> list[PlaceRef]:
        """Return the place that "there", "it" or nothing at all stands for: where forces moved, or what was named.

        Parameters
        ----------
        words
            What stands for the place.
        at
            Offset of the words in the report.
        but
            Places that it is not: the other end of the same movement.
        back
            How many sentences ago it was named at most.
        """
        others = {ref.place.id for ref in but if ref.place}
        for move in reversed(self.moved):
            last = move.places[-1]
            near = move.at <= at and self._sentences(move.at, at) <= back
            if near and last.place and _is_spot(last.place) and last.place.id not in others:
                return [PlaceRef(last.text, last.place, f"“{words}” taken for {last.text}, {_MARK}")]
        named = (m for m in self._before(at, back) if m.role is Role.PLACE)
        known = [m for m in named if m.place and _is_spot(m.place) and m.place.id not in others]
        spots = [m for m in known if m.place and not m.place.is_area] or known
        scores = [(self._worth(m, "", at, known), n) for n, m in enumerate(spots)]
        if not scores or max(scores)[0] <= LEAST:
            return []
        meant = spots[max(scores)[1]]
        return [PlaceRef(meant.text, meant.place, _taken(words, meant).reason)]

    def _listed(self, at: int, back: int = 0) -> list[Mention]:
        """Return the last places that are named in one list, of the sentence in hand or some before."""
        near = [m for m in self._before(at, back) if m.place and not m.place.is_area]
        runs: list[list[Mention]] = []
        for mention in near:
            joined = runs and _LIST.fullmatch(self.text[runs[-1][-1].end : mention.start])
            runs[-1].append(mention) if joined else runs.append([mention])
        return next((run for run in reversed(runs) if len(run) > 1), [])

    def _before(self, at: int, sentences: int) -> list[Mention]:
        """Return the places named in the sentences before an offset, of a long report only the latest."""
        last = bisect_right(self.mentions, at, key=lambda m: m.end)
        return [
            m
            for m in self.mentions[max(0, last - NAMES_BACK) : last]
            if m.role in {Role.PLACE, Role.DATELINE}
            and m.place is not None
            and self._sentences(m.end, at) <= sentences
            and not _COMPOUND.match(self.text, m.end)
        ]

    def _sentences(self, start: int, end: int) -> int:
        return sum(1 for _ in _SENTENCE_END.finditer(self.text, start, end))

    def _worth(self, mention: Mention, noun: str, at: int, among: Sequence[Mention]) -> float:
        """Return how likely a place named before is the one meant."""
        place = mention.place
        assert place is not None
        left, right = self.text[max(0, mention.start - 40) : mention.start], self.text[mention.end : mention.end + 30]
        worth = -0.8 * self._sentences(mention.end, at)
        worth += 0.4 * min(4, sum(1 for m in among if m.place is not None and m.place.id == place.id))
        worth += 2.0 * self._sets_scene(mention, at)
        if noun and self._called(noun, mention):
            return worth + 2.0 + _size(noun, place)
        if noun in SETTLEMENTS and re.search(rf"\b(?:{'|'.join(sorted(SETTLEMENTS - {noun}))}) of (?:\w+ )?$", left):
            worth -= 1.5
        worth += self._moved_to(place, at)
        worth -= 2.5 if _REFERENCE.search(left) or _speaks(right) else 0.0
        return worth + _size(noun, place)

    def _sets_scene(self, mention: Mention, at: int) -> bool:
        """Whether a name opens the sentence in hand as where it plays: "In A, troops took the city's south"."""
        opening = self.text[max(0, mention.start - SCENE) : mention.start]
        return self._sentences(mention.end, at) == 0 and _SCENE.search(opening) is not None

    def _moved_to(self, place: Place, at: int) -> float:
        """Return what it says for a place that forces have moved there, or from there."""
        moves = [move for move in self.moved[-MOVES_BACK:] if move.at <= at]
        if moves and any(ref.place and ref.place.id == place.id for ref in moves[-1].places):
            left = moves[-1].reached and all(ref.place != place for ref in moves[-1].reached)
            return 1.0 if left else 2.0
        return float(any(ref.place and ref.place.id == place.id for move in moves for ref in move.places))


def is_implied(ref: PlaceRef) -> bool:
    """Whether a place was taken from what was named before."""
    return ref.reason.endswith(_MARK)


def _is_spot(place: Place) -> bool:
    """Whether a place is small enough to be meant by nothing at all: a town, a base, a province."""
    return place.feature.startswith(("P.", "S.", "A.ADM", "L.MIL", "T.", "R."))


def _speaks(right: str) -> bool:
    """Whether a name stands for its government: "Damascus has claimed"."""
    word = _NEXT_WORD.match(right)
    if word is None:
        return False
    forms = ("", "s", "ed", "d", "es")
    lemmas = load_lexicon().saying
    return word[1] in {"said", "told", "denied", "denies"} or any(
        word[1] == lemma + f for lemma in lemmas for f in forms
    )


def _size(noun: str, place: Place) -> float:
    """Return what the size of a place says for or against a common noun."""
    people, seat = place.population, place.feature in SEATS
    if noun == "city":
        return 0.5 if seat or people > CITY else -1.0 if people < VILLAGE else 0.0
    if noun == "town":
        return -1.5 if seat or people > 5 * CITY else 0.0
    return -2.0 if noun == "village" and (seat or people > VILLAGE) else 0.0


def _taken(words: str, mention: Mention) -> PlaceRef:
    return PlaceRef(words, mention.place, f"“{words}” taken for {mention.text}, {_MARK}")
