"""Places that no word names: where those who withdraw have been, what was retaken with "it", where "there" is.

Only where the grammar calls for a place and gives none: verbs that the lexicon marks with ``implied``, "there", "it"
and "them", and common nouns of spots ("seized a hill"). What then is meant is judged by the report's ``focus``.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from geomap.models import MovementKind
from geomap.reports.grammar import is_force, is_infinitive, is_passive, objects_of, subject_of
from geomap.reports.lexicon import Frame, load_lexicon
from geomap.reports.movements.linear import could_move
from geomap.reports.passage import OTHER

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Token

    from geomap.models import PlaceRef
    from geomap.reports.movements.events import Event
    from geomap.reports.movements.triggers import Trigger
    from geomap.reports.passage import Passage

__all__ = ["imply_other_end", "imply_place"]


LEAVING = {MovementKind.WITHDRAWAL, MovementKind.RETREAT, MovementKind.EVACUATION}


def imply_place(event: Event, events: Sequence[Event], passage: Passage) -> None:
    """Fill the slot of a verb that tells of leaving or reaching a place without naming it: "the army withdrew"."""
    trigger, token = event.trigger, event.trigger.token
    who = event.expelled if trigger.entry.frame is Frame.EXPEL else event.mover
    if not could_move(who, passage) or not _tells_event(token):
        return
    if token.pos_ == "NOUN":
        if trigger.entry.implied and event.mover is not None and token.is_ancestor(event.mover):
            getattr(event, trigger.entry.implied).extend(passage.focus.in_view(token.text, passage.base + token.idx))
        return
    stays = trigger.entry.frame is Frame.GO and any(c.dep_ == "neg" for c in token.children)
    if (stays or trigger.entry.implied == "origin") and who is not None and (stood := _stood_in(who, passage)):
        event.origin += stood
        return
    told = _told_by(event)
    if told is None:
        return
    slot, words = told
    if words.lower() == "it" and (reached := _reached_by(event, events)):
        getattr(event, slot).extend(replace(ref, text=words) for ref in reached)
        return
    # those who arrive are not where they have come from
    left = [ref for e in events if e.mover == event.mover for ref in e.origin] if slot == "destination" else []
    getattr(event, slot).extend(passage.focus.in_view(words, passage.base + token.idx, but=left))


def _reached_by(event: Event, events: Sequence[Event]) -> list[PlaceRef]:
    """Return the one place that the same forces reached before in the sentence: "entered A and captured it later"."""
    before = [e for e in events if e.mover == event.mover and e.trigger.token.i < event.trigger.token.i]
    places = before[-1].destination if before else []
    return places if len(places) == 1 else []


def _tells_event(token: Token) -> bool:
    """Whether a verb tells an event of its own: not "long scattered", "the aim of rooting out rebels"."""
    if token.dep_ == "amod":
        return False
    if token.tag_ == "VBN":
        return any(c.dep_ in {"aux", "auxpass", "nsubjpass"} for c in token.children) or token.dep_ == "ccomp"
    return token.tag_ != "VBG" or token.dep_ != "pcomp" or token.head.lower_ in load_lexicon().words["stepping"]


def imply_other_end(event: Event, events: Sequence[Event], passage: Passage) -> None:
    """Fill where those who withdraw have been, and where those who arrive are, when it has just been named."""
    trigger, entry = event.trigger, event.trigger.entry
    goes = entry.frame is Frame.GO and could_move(event.mover, passage) and not event.via
    verb = trigger.token.pos_ == "VERB"
    at, words = passage.base + trigger.token.idx, trigger.token.text
    sent = event.sender is not None and entry.kind not in LEAVING
    driven_off = entry.frame is Frame.EXPEL and could_move(event.expelled, passage)
    leaves = goes and verb and entry.implied == "origin" and not sent
    if (leaves or driven_off) and event.destination and not event.origin:
        others = [ref for e in events if e is not event for ref in e.origin]  # where somebody else has come from
        event.origin += passage.focus.in_view(words, at, but=[*event.destination, *others], back=1)
    elif goes and event.origin and not event.destination and (met := _met_in(event, passage)):
        event.destination += [p for p in met if p not in event.origin]
    elif goes and event.origin and not event.destination and _arrives(trigger):
        event.destination += passage.focus.in_view(words, at, but=event.origin, back=1)
    elif goes and event.origin and not event.destination and verb and _joins_in(event):
        event.destination += _reached_before(event, passage, at)


def _met_in(event: Event, passage: Passage) -> tuple[PlaceRef, ...]:
    """Return where those on their way are met: "killed rebels in A who had been crossing the border from B"."""
    verb, mover = event.trigger.token, event.mover
    if mover is None or verb.dep_ not in {"relcl", "acl"} or mover.dep_ not in {"dobj", "nsubjpass"}:
        return ()
    if mover.head.lemma_ not in load_lexicon().words["meeting"] or any(c.dep_ == "neg" for c in mover.head.children):
        return ()
    preps = (c for c in mover.head.children if c.dep_ == "prep" and c.lower_ in {"in", "at", "near"} and c.i < verb.i)
    around = (p for c in preps for t in c.children if t.dep_ == "pobj" for p in passage.places(t))
    return _stood_in(mover, passage) or tuple(around)


def _reached_before(event: Event, passage: Passage, at: int) -> list[PlaceRef]:
    """Return the place that forces reached just before, where it is in view: the one that the story is about."""
    reached = {ref.place.id for move in passage.focus.moved for ref in move.reached if ref.place and move.at <= at}
    seen = passage.focus.in_view(event.trigger.token.text, at, but=event.origin, back=1)
    return [ref for ref in seen if ref.place and ref.place.id in reached]


def _arrives(trigger: Trigger) -> bool:
    """Whether a verb says that somebody comes to where the story is: "arrived from A", "drove in from B"."""
    arriving = trigger.token.lemma_ in {"arrive", "arrival"}
    return arriving or any(t.lower_ == "in" and t.dep_ in {"prt", "advmod"} for t in trigger.token.children)


def _joins_in(event: Event) -> bool:
    """Whether somebody goes where the story is: "troops advanced from A", "they had come from B", "another set out"."""
    token, words = event.trigger.token, load_lexicon().words
    if any(c.lower_ in {"home", "away", "back", "off"} or c.dep_ == "neg" for c in token.children):
        return False
    if event.trigger.entry.kind is MovementKind.ADVANCE:
        return True
    if event.trigger.entry.kind not in {MovementKind.CONVOY, MovementKind.ENTRY, MovementKind.REINFORCEMENT}:
        return False
    more = event.mover is not None and any(c.lower_ in words["joining"] for c in event.mover.children)
    return more or any(c.lower_ == "had" and c.dep_ == "aux" for c in token.children)


def _told_by(event: Event) -> tuple[str, str] | None:
    """Return the slot that a place in view fills, and the words that mean it, or None where none is called for."""
    trigger, token = event.trigger, event.trigger.token
    frame, entry = trigger.entry.frame, trigger.entry
    if (held := _nameless(event)) is not None:
        lost = "origin" if frame is Frame.LOSE else entry.object_slot
        return ("destination" if frame is Frame.TAKE else lost or "destination"), held.text
    for prep in (c for w in trigger.words for c in w.children if c.dep_ == "prep"):
        slot = _end_of(prep)
        spot = next((t for t in prep.children if t.dep_ == "pobj" and _is_spot(t)), None)
        if slot == "destination" and spot is not None and spot.tag_ == "NNS" and entry.implied == "origin":
            return "origin", token.text  # "fled to the northern villages", which nobody can tell
        if slot is not None and spot is not None and _is_bare(spot) and frame in {Frame.GO, Frame.EXPEL}:
            return ("origin" if frame is Frame.EXPEL else slot), spot.text
    there = next((t for t in token.subtree if t.lower_ == "there" and t.dep_ in {"advmod", "pcomp"}), None)
    if there is not None and frame is Frame.GO:
        left = entry.object_slot == "origin" and any(t not in trigger.words for t in objects_of(token))
        return ("origin" if left or there.head.lower_ == "from" else "destination"), there.text
    if frame is Frame.EXPEL:
        out = bool({t.lower_ for t in trigger.words} & {"out", "off"}) or (is_passive(token) and event.mover is None)
        return ("origin", token.text) if out and not event.destination else None
    purpose = (token.dep_ == "advcl" and is_infinitive(token)) or any(
        is_infinitive(c) for c in token.children if c.dep_ in {"xcomp", "advcl"}
    )
    if entry.implied is None or purpose or _has_other_end(event):
        return None
    return entry.implied, token.text


def _end_of(prep: Token) -> str | None:
    lists = load_lexicon().prepositions
    if prep.lower_ in lists["origin"] or (prep.lower_ == "of" and prep.head.lower_ == "out"):
        return "origin"
    return "destination" if prep.lower_ in lists["goal"] else None


def _is_bare(spot: Token) -> bool:
    """Whether a common noun has nothing by it that tells which place it is: not "the Turkish crossing with A"."""
    kin = [c for c in spot.children if c.dep_ not in {"det", "nummod", "punct"}]
    if any(c.lower_ in OTHER for c in kin):
        return False
    return not any(c.pos_ == "PROPN" or c.dep_ == "prep" or c.ent_type_ in {"NORP", "GPE"} for c in kin)


def _is_spot(token: Token) -> bool:
    spots, words = load_lexicon().places["spots"], load_lexicon().words
    if token.lower_ in words["some"]:
        # "all but one of the villages", "most of them"
        return any(t.lower_ == "them" or t.lemma_.lower() in spots for t in token.subtree if t.i > token.i)
    return token.lower_ in {"it", "them"} or token.lemma_.lower() in spots


def _stood_in(mover: Token, passage: Passage) -> tuple[PlaceRef, ...]:
    """Return where those who leave have been: "rebels in the city will leave"."""
    preps = (c for c in mover.children if c.dep_ == "prep" and c.lower_ in {"in", "at", "inside", "around"})
    return tuple(ref for p in preps for t in p.children if t.dep_ == "pobj" for ref in passage.places(t))


def _nameless(event: Event) -> Token | None:
    """Return the object of a verb that is a place without a name of its own: "retook it", "seized a hill"."""
    token = event.trigger.token
    held = [subject_of(token)] if is_passive(token) else objects_of(token)
    wanted = event.trigger.entry.frame in {Frame.GO, Frame.TAKE} and not (
        event.trigger.entry.needs_force and event.trigger.entry.frame is Frame.TAKE
    )
    words = event.trigger.words
    spot = next((t for t in held if t is not None and t not in words and _is_spot(t)), None)
    lost = event.trigger.entry.frame is Frame.LOSE and spot is not None and spot.lower_ in {"it", "them"}
    return spot if wanted or (lost and not _means_thing(spot)) else None


def _means_thing(pronoun: Token | None) -> bool:
    """Whether "it" takes up an object that is no place: "seized a truck in A and gave it up"."""
    if pronoun is None:
        return False
    places = load_lexicon().places
    before = [t for t in pronoun.doc[pronoun.sent.start : pronoun.i] if t.dep_ in {"dobj", "nsubjpass"}]
    return bool(before) and before[-1].pos_ == "NOUN" and before[-1].lemma_.lower() not in places["generic"]


def _has_other_end(event: Event) -> bool:
    """Whether a verb of movement has an object or an end that is no place: "withdrew from the talks"."""
    own = load_lexicon().places["own"]
    ends = load_lexicon().prepositions["origin"] | load_lexicon().prepositions["goal"] | {"in", "at", "for", "on", "of"}
    objects = [t for w in event.trigger.words for t in objects_of(w) if not is_force(t)]
    preps = [c for w in event.trigger.words for c in w.children if c.dep_ == "prep" and c.lower_ in ends]
    objects += [t for p in preps for t in p.children if t.dep_ == "pobj" and t.ent_type_ not in {"DATE", "TIME"}]
    return any(t.lemma_.lower() not in own and t not in event.trigger.words for t in objects)
