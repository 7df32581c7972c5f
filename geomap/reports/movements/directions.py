"""From, to and via: the prepositions around a word of movement, and the slots they open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomap.models import MovementKind
from geomap.reports.grammar import antecedent, is_force
from geomap.reports.lexicon import Frame, load_lexicon
from geomap.reports.movements.linear import ends_there
from geomap.reports.places.toponyms import DIRECTION_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spacy.tokens import Span, Token

    from geomap.models import PlaceRef
    from geomap.reports.movements.events import Event
    from geomap.reports.passage import Passage

__all__ = ["fill_directions"]

ALONG = {"along", "on", "down", "up"}
"""Prepositions that make a road the way of what goes."""
TRAVELLED = {"from", "to", "into", "toward", "towards", "onto", "via"}
"""Prepositions after which a name is a place even when nobody knows it."""


def fill_directions(event: Event, owners: set[int], passage: Passage) -> None:
    """Read the prepositions that belong to the trigger or to its mover's phrase."""
    token = event.trigger.token
    _fill_told(event, passage)
    for prep in _prepositions(event, owners):
        slot = _slot(prep, event)
        if slot is None or prep.i in event.trigger.closed or passage.inside_told(prep):
            continue
        if prep.doc[min(prep.i + 1, len(prep.doc) - 1)].lower_ == "there":
            getattr(event, slot).extend(passage.focus.in_view("there", passage.base + prep.idx))
            continue
        targets = list(_targets(prep))
        onwards = prep.lower_ in TRAVELLED or (prep.lower_ == "on" and slot == "destination")
        for place in (
            p
            for t in targets
            for p in passage.places(t)
            or (passage.unknown(t, beside_noun=True) if onwards and t.pos_ == "PROPN" else ())
        ):
            filled: list[PlaceRef] = getattr(event, slot)
            if all(place.place is None or p.place != place.place for p in filled) and not _elsewhere(
                event, place, slot
            ):
                filled.append(place)
    if event.trigger.entry.frame is Frame.GO and not event.destination:
        event.destination += [p for p in _refuge(token, passage) if not _elsewhere(event, p, "destination")]
    if not event.has_place and (
        token.lemma_ in load_lexicon().words["arriving"] or event.trigger.entry.frame is Frame.TAKE
    ):
        _fill_around(event, owners, passage)


def _refuge(verb: Token, passage: Passage) -> Iterator[PlaceRef]:
    """Yield where those who flee look for shelter: "fled A to find shelter in B", "left and took refuge in C"."""
    words = load_lexicon().words
    for seeking in (c for c in verb.children if c.dep_ in {"advcl", "xcomp", "conj"}):
        found = [c for c in seeking.subtree if c.lemma_.lower() in words["refuges"]]
        if seeking.lemma_ not in words["sheltering"] or not found:
            continue
        preps = (c for t in (seeking, *found) for c in t.children if c.dep_ == "prep" and c.lower_ in {"in", "at"})
        yield from (p for prep in preps for t in _targets(prep) for p in passage.places(t))


def _fill_told(event: Event, passage: Passage) -> None:
    """Read places told by others that belong to the trigger: "advanced to within 5 km of A", "withdrew east of A".

    After a preposition that says where something stands they are read like names.
    """
    token, lists = event.trigger.token, load_lexicon().prepositions
    for telling in passage.tellings:
        words = passage.doc.char_span(telling.start, telling.end, alignment_mode="expand")
        if words is None or words.start <= token.i or words.start in event.trigger.closed:
            continue
        told = telling.told if _hangs_on(words.root, event) else None
        if told is None or told.ref in [*event.origin, *event.via, *event.destination]:
            continue
        before, starts = _opening(words), words[0].lower_
        on_road = _is_road(told.ref) and before.lower_ in ALONG and _goes(event)
        crossed = event.trigger.entry.object_slot == "via" and not _moves_on(before, event)
        if _keeps_off(before, words, event) and (left := passage.names_in(told)):
            event.origin += left[:1]
            continue
        onwards = _goes(event) and _moves_on(before, event) and starts not in {"in", "near", "the"}
        if before.lower_ in lists["origin"] or (before.lower_ == "of" and before.head.lower_ == "out"):
            event.origin.append(told.ref)
        elif before.lower_ in lists["via"] or on_road or crossed:
            event.via.append(told.ref)
            if on_road and " from " in told.ref.text and len(ends := passage.names_in(told)) == 2:
                event.origin, event.destination = event.origin or [ends[0]], event.destination or [ends[1]]
        elif before.lower_ in lists["goal"] or onwards:
            event.destination.append(told.ref)


def _keeps_off(before: Token, words: Span, event: Event) -> bool:
    """Whether words tell how far somebody has gone from a place, not where to: "pulled back 5 km from A"."""
    leaves = event.trigger.entry.kind in {MovementKind.WITHDRAWAL, MovementKind.RETREAT}
    off = any(t.lower_ == "from" for t in words) and words[0].lower_ != "to"
    return leaves and off and before.pos_ != "ADP" and _moves_on(before, event)


def _opening(words: Span) -> Token:
    """Return the preposition that words of place follow, whatever describes them between, or the word before them."""
    root, before = words.root, words.doc[words.start - 1]
    governed = root.dep_ == "pobj" and root.head.i < words.start and words.start <= root.i
    return root.head if governed else before


def _moves_on(before: Token, event: Event) -> bool:
    """Whether words of place follow the verb or those whom it moves, rather than a noun that they describe."""
    return before.pos_ in {"VERB", "AUX", "ADV", "PART", "NUM"} or before in event.trigger.words or is_force(before)


def _hangs_on(word: Token, event: Event) -> bool:
    """Whether only prepositions, adverbs and winds stand between a word and the trigger in the parse."""
    head = word.head
    while (
        head.pos_ in {"ADP", "ADV", "ADJ", "PART", "SCONJ"} or head.lower_ in DIRECTION_WORDS
    ) and head.head.i != head.i:
        head = head.head
    return head.i in {t.i for t in event.trigger.words}


def _is_road(ref: PlaceRef) -> bool:
    return ref.place is not None and ref.place.feature == "R.RD"


def _goes(event: Event) -> bool:
    return event.trigger.entry.frame is Frame.GO or event.trigger.token.lemma_ in load_lexicon().words["arriving"]


def _fill_around(event: Event, owners: set[int], passage: Passage) -> None:
    """Take "in A" anywhere in the clause as where it happened, when the clause names no place more closely."""
    for prep in _prepositions(event, owners):
        closed = prep.i in event.trigger.closed or _names_time(prep)
        if prep.lower_ in load_lexicon().prepositions["standing"] and not closed:
            event.destination += [p for t in _targets(prep) for p in passage.places(t)]
            if event.destination:
                return


def _elsewhere(event: Event, place: PlaceRef, slot: str) -> bool:
    """Keep one place out of two slots: "from A" wins over what was read before."""
    others = {"origin", "destination", "via"} - {slot}
    return place.place is not None and any(p.place == place.place for name in others for p in getattr(event, name))


def _targets(prep: Token) -> Iterator[Token]:
    for child in prep.children:
        if child.dep_ == "pobj":
            yield antecedent(child)
        elif (
            child.dep_ in {"prep", "pcomp"}
            and {prep.lower_, child.lower_} != {"from", "to"}
            and child.lower_
            in {
                "of",
                "from",
                "to",
                "in",
                "near",
                "inside",
                "through",
                "across",
            }
        ):
            yield from _targets(child)


def _prepositions(event: Event, owners: set[int]) -> Iterable[Token]:
    token = event.trigger.token
    if token.dep_ == "amod":
        return _beside_participle(token, owners)
    words = [t for t in token.subtree if t.dep_ in {"prep", "prt", "advmod"} and _owner(t, owners) == token.i]
    if token.pos_ == "NOUN" and token.dep_ in {"dobj", "nsubjpass"} and token.head.i not in owners:
        # "launched an offensive on A", "announced its departure from B": the parse may hang the ends on the verb
        words += [c for c in token.head.children if c.dep_ == "prep" and c.i > token.i]
    leaves = any(t.lower_ == "from" for t in words)
    if event.mover is not None and event.mover.pos_ in {"NOUN", "PROPN"} and not leaves:
        words += [
            t
            for t in event.mover.subtree
            if t.dep_ == "prep"
            and t.lower_ == "from"
            and t not in words
            and _owner(t, owners) in {None, token.i, token.head.i}
        ]
    return sorted(words, key=lambda t: t.i)


def _beside_participle(participle: Token, owners: set[int]) -> list[Token]:
    """Return the prepositions of the noun that a participle describes, and of the verb they go with."""
    noun = participle.head
    verb = noun.head if noun.dep_ in {"dobj", "nsubj", "nsubjpass"} and noun.head.i not in owners else noun
    return [c for t in {noun, verb} for c in t.children if c.dep_ == "prep"]


def _owner(word: Token, owners: set[int]) -> int | None:
    """Return the trigger or verb a preposition belongs to, climbing the parse."""
    head = word.head
    if head.pos_ == "ADJ" and word.lower_ == "to" and head.lower_ not in DIRECTION_WORDS:
        return None  # "troops loyal to A"
    while True:
        if head.i in owners:
            return int(head.i)
        if head.dep_ in {"agent", "nsubj", "nsubjpass"}:
            return None
        if head.pos_ == "VERB" and not _describes(head):
            return int(head.i)
        if head.head.i == head.i:
            return None
        head = head.head


def _describes(verb: Token) -> bool:
    """Whether a verb only describes a noun before it: "areas held by A to B", "troops backed by C to D"."""
    lexicon = load_lexicon()
    return verb.lemma_ in lexicon.words["asides"] or (
        verb.dep_ == "acl" and verb.tag_ == "VBN" and verb.lemma_ in lexicon.holdings["hold"]
    )


def _slot(prep: Token, event: Event) -> str | None:
    """Return the slot a preposition opens after this trigger."""
    lists = load_lexicon().prepositions
    word, trigger = prep.lower_, event.trigger
    follower = next((c.lower_ for c in prep.children if c.dep_ == "prep"), "")
    if ends_there(word, trigger):
        return "destination"
    if f"{word} {follower}" in lists["origin"] or (word in lists["origin"] and prep.dep_ == "prep"):
        return (
            None
            if word == "from"
            and prep.head.lemma_ in {"far", "kilometer", "kilometre", "mile", "km", "distance", "apart"}
            else "origin"
        )
    if word == "in" and any(c.lemma_ == "direction" for c in prep.children):
        return "destination"
    if word in {"back", "out", "away", "down", "up", "over"} and follower in {
        "to",
        "into",
        "toward",
        "towards",
    }:
        return "destination"
    if word in {"to", "into", "toward", "towards", "onto"}:
        return "destination"
    if word == "as" and prep.head.lower_ == "far":
        return "origin" if prep.head.head.lower_ in lists["origin"] else "destination"
    if word == "by" and any(c.lower_ == "way" for c in prep.children):
        return "via"
    if word == "against" and trigger.entry.launch:
        return "destination"
    if word == "on" and trigger.token.lemma_ in load_lexicon().words["bearing"]:
        return "destination"
    if word in lists["via"]:
        return "via"
    if word == "across" and trigger.entry.frame is Frame.GO:
        return "via"
    return _standing(prep, event)


def _standing(prep: Token, event: Event) -> str | None:
    """Return the slot of "in A": an end for verbs that end somewhere, otherwise only when nothing else is known."""
    if prep.lower_ not in load_lexicon().prepositions["standing"]:
        return None
    if event.trigger.token.dep_ == "amod":
        # "trapped soldiers retreating" are still where they leave from
        leaves = event.trigger.entry.implied == "origin" and prep.lower_ != "inside"
        return "origin" if leaves and not _names_time(prep) else None
    direct = prep.head.i in {w.i for w in event.trigger.words} or prep.head.dep_ in {"dobj", "advmod", "prep"}
    if not direct or _names_time(prep):
        return None
    lemma = event.trigger.token.lemma_
    if lemma in load_lexicon().words["arriving"] and (not event.destination or event.trigger.entry.frame is Frame.TAKE):
        return None if event.destination else "destination"
    if event.trigger.entry.frame is Frame.TAKE and not event.destination:
        return "destination"
    return None


def _names_time(prep: Token) -> bool:
    return any(t.ent_type_ in {"DATE", "TIME"} for t in prep.children)
