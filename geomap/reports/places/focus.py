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
    from collections.abc import Iterable, Sequence

    from geomap.models import Place

__all__ = ["Focus", "is_implied"]

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
SENTENCES_BACK = 8
"""Common nouns reach no further back; in longer reports a town has been named again by then."""
NAMES_BACK = 24
MOVES_BACK = 6
IMPLIED_BACK = 2
"""A place that no word at all stands for has been named this many sentences ago at most."""
SETTLEMENTS = frozenset({"city", "town", "village", "suburb", "district", "neighbourhood", "neighborhood", "hamlet"})
BASES = frozenset({"base", "camp", "garrison", "barracks", "outpost", "post", "compound"})
"""Nouns that take each other up: "their base in A … the camp"."""
CITY, VILLAGE = 100_000, 20_000
"""People above which a place is hardly "the town", or "the village"; below the first, hardly "the city"."""
LEAST = -3.0
_MARK = "named before"


@dataclass(slots=True)
class Focus:
    """The places of a report in the order they are named, and where its forces have moved; offsets are the report's."""

    text: str = ""
    mentions: tuple[Mention, ...] = ()
    moved: list[tuple[int, tuple[PlaceRef, ...]]] = field(default_factory=list)
    """Offset at which a sentence told of a movement, and the places it told of, in order of the text."""

    def note(self, at: int, places: Iterable[PlaceRef]) -> None:
        """Keep the places of a movement told up to an offset for the sentences after it."""
        if found := tuple(places):
            self.moved.append((at, found))

    def meant_by(self, noun: str, words: str, at: int) -> list[PlaceRef]:
        """Return the place that a common noun takes up at an offset: "the town", "its outskirts", "the base"."""
        kinds = load_lexicon().referring.get(noun, ())
        before = [m for m in self._before(at, SENTENCES_BACK) if m.place and m.place.feature.startswith(kinds)]
        if not kinds or not before:
            return []
        if " same " in words:
            return [_taken(words, before[-1])]
        scores = [(self._worth(m, noun, at, before), n) for n, m in enumerate(before)]
        worth, index = max(scores)
        return [_taken(words, before[index])] if worth > LEAST else []

    def all_meant(self, words: str, at: int) -> list[PlaceRef]:
        """Return the places that "these villages" or "both towns" take up: those of the movement told last."""
        if listed := self._listed(at):
            return [_taken(words, m) for m in listed]
        for told, places in reversed(self.moved):
            if told <= at and self._sentences(told, at) <= SENTENCES_BACK:
                spots = [ref for ref in places if ref.place is None or not ref.place.is_area]
                return [PlaceRef(ref.text, ref.place, f"“{words}” taken for {ref.text}, {_MARK}") for ref in spots]
        return []

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
        for told, places in reversed(self.moved):
            last = places[-1]
            near = told <= at and self._sentences(told, at) <= back
            if near and last.place and _is_spot(last.place) and last.place.id not in others:
                return [PlaceRef(last.text, last.place, f"“{words}” taken for {last.text}, {_MARK}")]
        known = [m for m in self._before(at, back) if m.place and _is_spot(m.place) and m.place.id not in others]
        spots = [m for m in known if m.place and not m.place.is_area] or known
        scores = [(self._worth(m, "", at, known), n) for n, m in enumerate(spots)]
        if not scores or max(scores)[0] <= LEAST:
            return []
        meant = spots[max(scores)[1]]
        return [PlaceRef(meant.text, meant.place, _taken(words, meant).reason)]

    def _listed(self, at: int) -> list[Mention]:
        """Return the last places of the sentence in hand that are named in one list."""
        near = [m for m in self._before(at, 0) if m.place and not m.place.is_area]
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
            if m.role is Role.PLACE
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
        kin = BASES if noun in BASES else frozenset({noun})
        worth = -0.8 * self._sentences(mention.end, at)
        worth += 0.4 * min(4, sum(1 for m in among if m.place is not None and m.place.id == place.id))
        if noun and (
            re.search(
                rf"\b(?:{'|'.join(sorted(kin))}) (?:(?:\w+ )?(?:of|in|at|near|outside) )?(?:\w+ )?$",
                left,
                re.IGNORECASE,
            )
            or re.match(rf"[’']?s? (?:\w+ )?{noun}\b", right, re.IGNORECASE)
        ):
            return worth + 2.0 + _size(noun, place)
        if noun in SETTLEMENTS and re.search(rf"\b(?:{'|'.join(sorted(SETTLEMENTS - {noun}))}) of (?:\w+ )?$", left):
            worth -= 1.5
        moves = [{ref.place.id for ref in refs if ref.place} for told, refs in self.moved[-MOVES_BACK:] if told <= at]
        worth += 1.5 if moves and place.id in moves[-1] else float(any(place.id in ids for ids in moves))
        worth -= 2.5 if _REFERENCE.search(left) or _speaks(right) else 0.0
        return worth + _size(noun, place)


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
    people, seat = place.population, place.feature in {"P.PPLC", "P.PPLA"}
    if noun == "city":
        return 0.5 if seat or people > CITY else -1.0 if people < VILLAGE else 0.0
    if noun == "town":
        return -1.5 if seat or people > 5 * CITY else 0.0
    return -2.0 if noun == "village" and (seat or people > VILLAGE) else 0.0


def _taken(words: str, mention: Mention) -> PlaceRef:
    return PlaceRef(words, mention.place, f"“{words}” taken for {mention.text}, {_MARK}")
