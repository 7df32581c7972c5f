"""What a place is to the verb of its clause: where from, where to, by what way."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from geomap.models import MovementKind, PlaceRef, Role
from geomap.reports.languages.morphology import Case
from geomap.reports.languages.patterns import Form
from geomap.reports.languages.tokens import Sort
from geomap.reports.lexicon import Frame

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomap.reports.languages.clauses import Clause, Spot
    from geomap.reports.languages.lexicon import Lexicon
    from geomap.reports.languages.tokens import Word

__all__ = ["Slots", "fill", "mark_of"]

REACH = 7
"""Words between a place name and the word that tells what it is to the verb."""
NAME_REACH = 3
"""Words between a noun of places and the name that belongs to it."""
MAX_STRANGE = 2
"""Words among these that no list knows: adjectives."""
BARE = "bare"
"""Of a place that nothing marks."""
_CASES = {
    Case.ABLATIVE: "origin", Case.DATIVE: "destination", Case.LOCATIVE: "standing", Case.GENITIVE: "of",
    Case.ACCUSATIVE: "object",
}  # fmt: skip
_JOINED = {"ب": "standing", "ل": "destination"}
"""Arabic prepositions of one letter, written together with the next word."""
ENDING = frozenset(
    [
        MovementKind.ADVANCE, MovementKind.DEPLOYMENT, MovementKind.ENTRY, MovementKind.PATROL,
        MovementKind.REINFORCEMENT, MovementKind.REDEPLOYMENT, MovementKind.CONVOY,
    ]
)  # fmt: skip
"""Kinds that end where the place stands: "deployed in A"."""
LEAVING = frozenset(
    [
        MovementKind.WITHDRAWAL, MovementKind.RETREAT, MovementKind.EVACUATION, MovementKind.CONVOY,
        MovementKind.REDEPLOYMENT, MovementKind.DEPLOYMENT, MovementKind.REINFORCEMENT,
    ]
)  # fmt: skip
"""Kinds after which "of A", in languages that have one word for "of" and "from", is where from."""
LOCATING = 9
"""Words between a place and another that tells where it lies."""


@dataclass(slots=True)
class Slots:
    """The places of one movement."""

    origin: list[PlaceRef] = field(default_factory=list)
    destination: list[PlaceRef] = field(default_factory=list)
    via: list[PlaceRef] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.origin or self.destination or self.via)


def fill(clause: Clause, spots: Sequence[Spot], lexicon: Lexicon, *, earlier: PlaceRef | None = None) -> Slots:
    """Return the places of a clause in the slots its head gives them.

    Parameters
    ----------
    clause
        Its head is a verb or noun of movement.
    spots
        The place names of the sentence.
    lexicon
        Of its language.
    earlier
        The place named before the clause, which "the town" and "from there" mean.
    """
    slots = Slots()
    inside = [s for s in spots if s.first in clause.own and s.mention.role is Role.PLACE]
    marks = _shared([mark_of(s, clause.words, lexicon) for s in inside], inside, clause, lexicon)
    filled: tuple[Spot, str] | None = None
    for spot, mark in zip(inside, marks, strict=True):
        slot = _slot(mark, clause, lexicon, after=spot.first >= clause.head.first, cases=spot.cases)
        if slot == "origin" and mark == "of" and slots.origin:
            slot = None
        if slot is None:
            continue
        if filled is not None and _locates(
            filled[0], spot, clause.words, lexicon, near=mark == "standing" and slot == filled[1]
        ):
            continue
        getattr(slots, slot).append(_ref(spot))
        filled = spot, slot
    if not slots and (part := _part_taken(inside, marks, clause, lexicon)):
        slots.destination.append(_ref(part))
    if earlier is not None:
        _add_implied(slots, clause, spots, lexicon, earlier)
    return slots


def _locates(earlier: Spot, spot: Spot, words: Sequence[Word], lexicon: Lexicon, *, near: bool) -> bool:
    """Whether a name only tells where the place named before it lies: "A, 20 km west of B", "A near B".

    `near`: it is marked as a place where something stands, and would go into the slot of the one before.
    """
    between = range(earlier.last, spot.first)
    if lexicon.order.marks_after or len(between) > LOCATING or any(_is_known(words, at, lexicon) for at in between):
        return False
    if any(lexicon.clauses["and"].at(words, at) for at in between):
        return False
    return near or any(lexicon.compass.at(words, at) for at in between)


def _part_taken(spots: Sequence[Spot], marks: Sequence[str], clause: Clause, lexicon: Lexicon) -> Spot | None:
    """Return the place of which a part, or control, is taken: "the police post of A"."""
    entry = clause.head.entry
    if entry is None or entry.frame is not Frame.TAKE:
        return None
    held = [s for s, mark in zip(spots, marks, strict=True) if mark == "of"]
    return next((s for s in held if s.first > clause.head.first or lexicon.order.verb_last), None)


def _add_implied(slots: Slots, clause: Clause, spots: Sequence[Spot], lexicon: Lexicon, earlier: PlaceRef) -> None:
    """Put the place named before into the slots that "the town" and "from there" stand for."""
    words = clause.words
    for at in sorted(clause.own):
        pronoun = lexicon.pronouns.at(words, at)
        noun = lexicon.referring.at(words, at)
        if pronoun is not None:
            last, slot = pronoun.last, _slot(pronoun.value, clause, lexicon, after=True)
        elif noun is not None and not _names_itself(noun.first, noun.last, words, spots, lexicon):
            mark = _mark_at(noun.first, noun.last, "", BARE, words, lexicon)
            last, slot = noun.last, _slot(mark, clause, lexicon, after=at >= clause.head.first)
            if mark == "of" and clause.head.entry and clause.head.entry.frame is Frame.TAKE:
                slot = "destination"
        else:
            continue
        if slot is not None and not getattr(slots, slot):
            text = " ".join(word.text for word in words[at:last])
            getattr(slots, slot).append(PlaceRef(text, earlier.place, f"taken for {earlier.text}, named before"))


def _names_itself(first: int, last: int, words: Sequence[Word], spots: Sequence[Spot], lexicon: Lexicon) -> bool:
    """Whether a noun of places belongs to a name, or tells of a part of what a name names."""
    for spot in (s for s in spots if s.mention.role is Role.PLACE):
        behind = lexicon.order.marks_after and spot.last <= first <= spot.last + 1
        if behind and all(words[n].sort is Sort.WORD for n in range(spot.last, first)):
            return True
        if spot.first - NAME_REACH <= last <= spot.first and not any(
            words[n].sort is Sort.MARK or _is_known(words, n, lexicon) or lexicon.clauses["split"].at(words, n)
            for n in range(last, spot.first)
        ):
            return True
    return lexicon.generic.at(words, first - 1) is not None and first > 0 and words[first - 1].sort is Sort.WORD


def _ref(spot: Spot) -> PlaceRef:
    found = spot.mention.resolution
    others = found.candidates[1:4] if found else ()
    return PlaceRef(spot.mention.text, spot.mention.place, found.reason if found else "", others)


def _slot(
    mark: str, clause: Clause, lexicon: Lexicon, *, after: bool, cases: frozenset[Case] = frozenset()
) -> str | None:
    """Return the slot of a place by its mark and the frame of the head; `after`: it stands after the head."""
    entry = clause.head.entry
    assert entry is not None
    if entry.frame in {Frame.TAKE, Frame.FALL}:
        return "destination" if mark in {BARE, "object", "standing", "destination"} or _of_noun(mark, clause) else None
    if entry.frame is Frame.LOSE:
        return "origin" if mark in {BARE, "object", "standing"} or _of_noun(mark, clause) else None
    if entry.frame is Frame.SHRINK:
        return "origin" if mark in {"standing", "origin"} else None
    if entry.frame is Frame.EXPEL:
        held = mark in {BARE, "object", "origin"} or (mark == "of" and after)
        return "origin" if held else "destination" if mark == "destination" else None
    if mark in {"origin", "destination", "via"}:
        return mark
    if mark == "of":
        return "origin" if after and entry.kind in LEAVING else None
    if mark == "standing":
        return _standing(clause, lexicon, cases)
    bound = mark == "object" or (mark == BARE and after)
    return entry.object_slot if bound else None


def _standing(clause: Clause, lexicon: Lexicon, cases: frozenset[Case]) -> str | None:
    """Return the slot of "in A": where it ends, or where those stood who leave; a locative never tells where to."""
    entry = clause.head.entry
    assert entry is not None
    if entry.kind in ENDING:
        return "destination"
    if clause.head.shape.form is Form.NOUN:
        return "origin"
    return "destination" if lexicon.order.in_is_into and Case.LOCATIVE not in cases else None


def _of_noun(mark: str, clause: Clause) -> bool:
    return mark == "of" and clause.head.shape.form is Form.NOUN


def mark_of(spot: Spot, words: Sequence[Word], lexicon: Lexicon) -> str:
    """Return what the words round a place name say it is: a slot, "standing", "of", "object" or "bare"."""
    case = next((_CASES[case] for case in _CASES if case in spot.cases), BARE)
    return _mark_at(spot.first, spot.last, spot.joined, case, words, lexicon)


def _mark_at(first: int, last: int, joined: str, case: str, words: Sequence[Word], lexicon: Lexicon) -> str:
    if lexicon.order.marks_after:
        own = lexicon.cases.at(words, last - 1) if case == BARE and lexicon.generic.at(words, first) else None
        return _after(last, own.value if own else case, words, lexicon)
    return next((_JOINED[letter] for letter in joined if letter in _JOINED), None) or _before(first, words, lexicon)


def _before(first: int, words: Sequence[Word], lexicon: Lexicon) -> str:
    own = lexicon.generic.at(words, first)
    if own is not None and (letter := next((c for c in own.joined if c in _JOINED), None)):
        return _JOINED[letter]
    at, strange, generic, linked, within = first - 1, 0, False, False, None
    while at >= max(0, first - REACH) and words[at].sort is not Sort.MARK:
        found = _ending_at(words, at, lexicon)
        if found is not None:
            mark, opens = found
            outer = _ending_at(words, opens - 1, lexicon) if mark == "standing" else None
            if outer is not None and outer[0] in {"origin", "destination", "via"}:
                return outer[0]
            noun_end = _continues(words, opens, lexicon) if mark in {"of", "standing"} else None
            if noun_end is None:
                return mark
            within = within or mark
            at, linked = noun_end - 1, True
            continue
        noun = lexicon.generic.at(words, at)
        if noun is not None:
            generic, linked = True, False
            if joined := next((_JOINED[letter] for letter in noun.joined if letter in _JOINED), None):
                return joined
        elif lexicon.articles.at(words, at) is None:
            strange += 1
            if strange > MAX_STRANGE or linked or _is_known(words, at, lexicon):
                break
        at -= 1
    if within == "standing":
        governed = at >= 0 and lexicon.triggers.at(words, at) is not None
        return "object" if governed else within
    return "object" if generic and not linked else BARE


def _ending_at(words: Sequence[Word], at: int, lexicon: Lexicon) -> tuple[str, int] | None:
    """Return the slot and first word of the longest preposition that ends at a word."""
    if at < 0:
        return None
    for first in range(max(0, at - 3), at + 1):
        match = lexicon.prepositions.at(words, first, at + 1)
        if match is not None and match.last == at + 1:
            return match.value, first
    return None


def _continues(words: Sequence[Word], at: int, lexicon: Lexicon) -> int | None:
    """Return the place after the noun that "of" hangs a name on ("the town of", "the left bank of"), or None."""
    for end in (at, at - 1):
        for first in range(max(0, end - 3), end):
            if (match := lexicon.generic.at(words, first, end)) is not None and match.last == end:
                return end
        if end < 1 or _is_known(words, end - 1, lexicon) or lexicon.articles.at(words, end - 1):
            return None
    return None


def _is_known(words: Sequence[Word], at: int, lexicon: Lexicon) -> bool:
    """Whether a word has a part of its own in the sentence, and so is no adjective of a place."""
    return (
        lexicon.triggers.at(words, at) is not None
        or lexicon.forces["people"].at(words, at) is not None
        or lexicon.forces["vehicles"].at(words, at) is not None
    )


def _after(last: int, mark: str, words: Sequence[Word], lexicon: Lexicon) -> str:
    at = last
    while at < min(len(words), last + REACH) and words[at].sort is not Sort.MARK:
        post = lexicon.prepositions.at(words, at)
        if post is not None:
            return post.value
        noun = lexicon.generic.at(words, at)
        if noun is None:
            break
        case = lexicon.cases.at(words, noun.last - 1)
        mark = case.value if case is not None else BARE
        at = noun.last
    return mark


def _shared(marks: list[str], spots: Sequence[Spot], clause: Clause, lexicon: Lexicon) -> list[str]:
    """Give the names of a list the mark that one of them carries: "from A, B and C", "A, B ve C'den"."""
    order = range(len(marks) - 1, 0, -1) if lexicon.order.marks_after else range(len(marks) - 1)
    step = -1 if lexicon.order.marks_after else 1
    for at in order:
        if marks[at + step] == BARE and marks[at] != BARE and _listed(spots[at], spots[at + step], clause, lexicon):
            marks[at + step] = marks[at]
    return marks


def _listed(one: Spot, other: Spot, clause: Clause, lexicon: Lexicon) -> bool:
    first, second = sorted((one, other), key=lambda s: s.first)
    between = range(first.last, second.first)
    joined = bool(second.joined)
    return (bool(between) or joined) and all(
        clause.words[at].sort is Sort.MARK
        or lexicon.clauses["and"].at(clause.words, at) is not None
        or lexicon.generic.at(clause.words, at) is not None
        or lexicon.articles.at(clause.words, at) is not None
        for at in between
    )
