"""Trips told without a verb of their own: "one column left A for B, the other C for D", "others to E"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from geomap.reports.forces.parts import counts_part
from geomap.reports.grammar import is_force
from geomap.reports.lexicon import Frame, load_lexicon
from geomap.reports.movements.linear import slot_after

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Span, Token

    from geomap.models import PlaceRef
    from geomap.reports.movements.events import Event
    from geomap.reports.passage import Passage

__all__ = ["parts_of"]

FINITE = {"VBD", "VBZ", "VBP", "MD"}
JOINTS = {",", ";", "and", "while", "but", "–", "—", "-"}


def parts_of(event: Event, passage: Passage) -> list[Event]:
    """Return the trips that one verb tells, each of its own forces; most verbs tell one."""
    spans = list(_gapped(event))
    if not spans or event.trigger.entry.frame not in {Frame.GO, Frame.TAKE, Frame.LOSE}:
        return [event]
    own = [_part(event, span, tuple(s for s in spans if s is not span), passage) for span in spans]
    own = [part for part in own if part.has_place]
    taken = [ref.place for part in own for ref in (*part.origin, *part.destination, *part.via)]
    first = replace(event, others=tuple(part.words for part in own if part.words is not None))
    for slot in ("origin", "destination", "via"):
        setattr(first, slot, [ref for ref in getattr(event, slot) if ref.place is None or ref.place not in taken])
    for part in own:  # what is not told anew is shared: "were sent from A to B, others from C"
        part.origin, part.destination = part.origin or [*first.origin], part.destination or [*first.destination]
    return [first, *own] if own and first.has_place else [event]


def _gapped(event: Event) -> Iterator[Span]:
    """Yield the words after a verb that tell the trips of the others, each from who goes to the next one or the end."""
    token = event.trigger.token
    after = token.doc[token.i + 1 : token.sent.end]
    starts = [t for t in after[1:] if _opens(t)]
    shared = any(t.lower_ in {"one", "some"} and t.nbor().pos_ == "ADP" for t in after[:-1])
    if token.pos_ != "VERB" or not starts or shared or any(map(counts_part, after)):
        return  # "advanced on C, one from A and the other from B" is one advance
    ends = [_before_article(t) for t in starts[1:]] + [token.sent.end]
    for start, end in zip(starts, ends, strict=True):
        words = token.doc[start.i : end]
        if any(t.tag_ in FINITE for t in token.doc[token.i + 1 : start.i]):
            return
        verb = next((t.i for t in words if t.tag_ in FINITE), None)
        if verb is None:
            yield words
        elif (comma := next((t.i for t in words if t.text == ","), verb)) < verb and _has_way(words, comma):
            yield token.doc[start.i : comma]  # "…, others to B, the ministry said"


def _has_way(words: Span, end: int) -> bool:
    return any(t.pos_ in {"ADP", "PROPN"} for t in words if t.i < end)


def _before_article(word: Token) -> int:
    before = word.doc[word.i - 1]
    return before.i if before.pos_ == "DET" else word.i


def _opens(word: Token) -> bool:
    """Whether a word begins what others did: "…, the other C for D", "and another from B"."""
    if word.lower_ not in load_lexicon().words["rest"]:
        return False
    first = _before_article(word)
    if word.doc[first - 1].lower_ not in JOINTS:
        return False
    after = word.doc[word.i + 1 : word.i + 3]
    way = next((t for t in after if not is_force(t)), None)
    lists = load_lexicon().prepositions
    leads = way is not None and (way.lower_ in {*lists["origin"], *lists["goal"], "for"} or way.pos_ == "PROPN")
    return leads and word.i + 1 < word.sent.end


def _part(event: Event, words: Span, others: tuple[Span, ...], passage: Passage) -> Event:
    """Return the event that some words tell with the verb of another."""
    who = next((t for t in words[1:2] if is_force(t)), None)
    part = replace(event, mover=who or event.mover, origin=[], destination=[], via=[], words=words, others=others)
    frame, slot = event.trigger.entry.frame, event.trigger.entry.object_slot
    slot = "destination" if frame is Frame.TAKE else "origin" if frame is Frame.LOSE else slot
    for token in words[1:]:
        if token.pos_ in {"ADP", "SCONJ", "PART"}:
            slot = slot_after(token.lower_, event.trigger)
        elif slot and (ref := passage.place_from(token)) is not None:
            filled: list[PlaceRef] = getattr(part, slot)
            filled.append(ref)
    return part
