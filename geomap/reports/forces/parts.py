"""Totals and their parts: "70 trucks left A, 30 of them for B, the rest for C" is a movement for each part.

What the rest is, is counted only where the total and all other parts are told exactly.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from geomap.measures import parse_number
from geomap.reports.lexicon import load_lexicon

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

    from geomap.models import PlaceRef
    from geomap.reports.forces.amounts import Amounts
    from geomap.reports.movements.drafts import Draft

__all__ = ["counts_part", "parted"]

REACH = 5
"""Words between a part and the preposition of its place."""
_VAGUE = re.compile(
    r"(?i)\b(?:about|around|some|roughly|nearly|almost|over|more|less|least|most|up|several|dozens|to)\b"
)


_OF_THEM = (["of", "them"], ["of", "these"], ["of", "those"], ["of", "which"], ["of", "whom"])


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of the forces, where it goes, and how many; None for the rest."""

    words: str
    number: int | None
    place: PlaceRef


def parted(draft: Draft) -> list[Draft]:
    """Return a draft as one draft for each part of the forces that goes its own way; most have one part only."""
    if len(draft.destination) < 2:
        return [draft]
    parts = list(_parts(draft))
    ends = {id(part.place) for part in parts}
    if len(parts) < 2 or len(ends) != len(draft.destination):
        return [draft]
    return [_one(draft, part, parts) for part in parts]


def _parts(draft: Draft) -> Iterator[_Part]:
    """Yield "30 of them for B" and "the rest for C" after the trigger."""
    sentence, words = draft.sentence, load_lexicon().forces
    for token in sentence:
        rest = token.lower_ in words["rests"]
        counted = counts_part(token)
        if token.i > draft.event.trigger.token.i and (rest or counted) and (place := _place_after(token, draft)):
            number = parse_number(token.text) if counted else None
            yield _Part(f"the {token.text}" if rest else token.text, int(number) if number else None, place)


def counts_part(token: Token) -> bool:
    """Whether a number counts some of those told of: "30 of them"."""
    return token.pos_ == "NUM" and [t.lower_ for t in token.doc[token.i + 1 : token.i + 3]] in _OF_THEM


def _place_after(token: Token, draft: Draft) -> PlaceRef | None:
    """Return the destination that the next preposition leads to."""
    goals = load_lexicon().prepositions["goal"] | {"for"}
    after = token.doc[token.i + 1 : min(token.i + 1 + REACH, draft.sentence.end)]
    goal = next((t for t in after if t.lower_ in goals), None)
    if goal is None:
        return None
    names = token.doc[goal.i + 1 : min(goal.i + 1 + REACH, draft.sentence.end)].text
    found = [(names.find(ref.text), n) for n, ref in enumerate(draft.destination) if ref.text in names]
    return draft.destination[min(found)[1]] if found else None


def _one(draft: Draft, part: _Part, parts: list[_Part]) -> Draft:
    number, note = part.number, None
    if number is None:
        number, note = _rest(draft.amounts, parts)
    amounts = _amounts(draft.amounts, number, part.words)
    return replace(draft, destination=[part.place], amounts=amounts, note=note or draft.note)


def _rest(total: Amounts, parts: list[_Part]) -> tuple[int | None, str | None]:
    """Return what is left of the total and how it was counted, where everything else is told exactly."""
    whole, words = (total.vehicles, total.vehicles_text) if total.vehicles else (total.troops, total.troops_text)
    told = [part.number for part in parts if part.number is not None]
    left = (whole or 0) - sum(told)
    if len(told) != len(parts) - 1 or left <= 0 or words is None or _VAGUE.search(words):
        return None, None
    return left, f"the rest counted: {whole} less {', '.join(map(str, told))}"


def _amounts(total: Amounts, number: int | None, words: str) -> Amounts:
    """Return the amounts of a part: of the same things as the total."""
    if total.vehicles:
        return replace(total, vehicles=number, vehicles_text=words, troops=None, troops_text=None)
    return replace(total, troops=number, troops_text=words)
