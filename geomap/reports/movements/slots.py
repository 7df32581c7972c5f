"""The slots of a word of movement, frame by frame: who goes, who sends, what is taken, left, lost or handed over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomap.models import MovementKind
from geomap.reports.grammar import (
    agent_of,
    antecedent,
    begins_clause,
    is_force,
    is_infinitive,
    is_passive,
    objects_of,
    subject_of,
)
from geomap.reports.lexicon import Frame, load_lexicon
from geomap.reports.movements.linear import could_move
from geomap.reports.movements.sources import speaks_next
from geomap.reports.places.toponyms import DIRECTION_WORDS

if TYPE_CHECKING:
    from spacy.tokens import Token

    from geomap.reports.movements.events import Event
    from geomap.reports.passage import Passage

__all__ = ["fill_slots"]

GOALS = {"to", "into", "toward", "towards"}
WHOSE = {"pobj", "poss", "compound", "nmod"}


def fill_slots(event: Event, passage: Passage) -> None:
    """Fill the slots of an event from what stands around its trigger, as its frame says."""
    fillers = {
        Frame.GO: _fill_go,
        Frame.TAKE: _fill_take,
        Frame.EXPEL: _fill_expel,
        Frame.FALL: _fill_fall,
        Frame.LOSE: _fill_lose,
        Frame.SHRINK: _fill_shrink,
    }
    fillers[event.trigger.entry.frame](event, passage)


def _fill_go(event: Event, passage: Passage) -> None:
    token, entry = event.trigger.token, event.trigger.entry
    if token.pos_ == "NOUN":
        event.mover = _mover_of_noun(token, passage)
        event.void = entry.needs_force and not could_move(event.mover, passage)
        _fill_of(event, passage)
    elif token.dep_ == "amod":
        event.mover = token.head
    elif is_passive(token):
        _fill_gone(event, passage)
    else:
        event.mover = subject_of(token)
        event.void = event.mover is not None and _is_throng(event.mover)
        _fill_objects(event, passage)


def _is_throng(mover: Token) -> bool:
    """Whether so many, and no word of whom, move that they are the people of a place: "thousands fled"."""
    return mover.lower_ in {"thousands", "millions"} and not any(c.dep_ == "prep" for c in mover.children)


def _fill_gone(event: Event, passage: Passage) -> None:
    """Read a passive: who is sent, or the place that is entered or left."""
    token, entry = event.trigger.token, event.trigger.entry
    subject = subject_of(token)
    event.sender = agent_of(token)
    coming = any(c.lower_ in {"will", "to"} for c in token.children if c.dep_ == "aux")
    onwards = any(c.lower_ in {"to", "into", "onto"} for c in token.children)
    if not coming and token.lemma_ in load_lexicon().words["stationing"] and not onwards:
        event.void = True
        return
    if (
        subject is not None
        and entry.object_slot
        and not is_force(subject)
        and (places := passage.taken_up(subject, token))
    ):
        getattr(event, entry.object_slot).extend(places)
        event.mover, event.sender = event.sender, None
        return
    # "children abandoned in A"; but "vehicles entered from B" where the parse sees a participle
    told = any(c.dep_ in {"auxpass", "nsubjpass"} for c in token.children)
    event.mover = subject
    event.void = not entry.moves_others and (told or subject is None or not is_force(subject))
    if entry.kind is MovementKind.REINFORCEMENT:
        # who is reinforced does not move, but those he is reinforced by
        event.mover, event.void = event.sender, event.sender is None or not is_force(event.sender)


def _fill_objects(event: Event, passage: Passage) -> None:
    """Read the objects of a verb of going: forces that are sent, a place that is entered or left."""
    entry, places_of = event.trigger.entry, load_lexicon().places
    generic = places_of["generic"] | places_of["partitive"] | places_of["grounds"]
    for target in objects_of(event.trigger.token):
        if target in event.trigger.words or target.ent_type_ in {"DATE", "TIME"} or speaks_next(target):
            continue
        if _is_measure(target):
            event.destination += passage.places(target)  # "retreat east of the river"
            continue
        if target.lemma_.lower() in load_lexicon().nouns:
            continue  # another event that the parse runs into: "A sweep into B, army retreats"
        forces = _means_forces(target)
        named = passage.is_place(target) or target.lemma_.lower() in generic
        person = target.ent_type_ == "PERSON" and not entry.object_slot  # "get the prisoner A B out of C"
        anybody = target.pos_ == "NOUN" or target.lower_ in load_lexicon().words["some"] or person
        if not forces and not named and anybody:
            event.mover, event.void = None, True
            return
        if not forces and entry.object_slot and (places := passage.places(target)):
            crossed = event.trigger.token.lemma_ == "cross" and entry.rest  # "crossed the river into B"
            getattr(event, "via" if crossed else entry.object_slot).extend(places)
        elif forces and not entry.moves_others:
            event.mover, event.void = None, True
            return
        elif forces and (entry.kind is not MovementKind.REINFORCEMENT or _whose_own(target)):
            event.sender, event.mover = event.mover, target
        elif forces and is_infinitive(event.trigger.token) and event.trigger.token.dep_ == "advcl":
            event.void = True  # "flew to A to reinforce the garrison" says why


def _whose_own(forces: Token) -> bool:
    """Whether forces that become more are one's own: "bolstered its forces in A", not "reinforced the garrison"."""
    return any(c.dep_ == "poss" or c.lower_ == "of" for c in forces.children)


def _fill_of(event: Event, passage: Passage) -> None:
    """Read what a noun of movement is said of: "the evacuation of the airport", "the invasion of A".

    A town is evacuated by its people first; where nobody is named who leaves, only what soldiers hold is left by them.
    """
    token, slot = event.trigger.token, event.trigger.entry.object_slot
    left = (t for c in token.children if c.dep_ == "prep" and c.lower_ == "of" for t in c.children)
    for target in left:
        held = target.lemma_.lower() in load_lexicon().places["held"]
        if target.dep_ == "pobj" and slot and not is_force(target) and (event.mover or slot != "origin" or held):
            getattr(event, slot).extend(passage.places(target))


def _is_ground(token: Token) -> bool:
    """Whether a common noun names a place: "the liberation of the city"."""
    places = load_lexicon().places
    return not is_force(token) and token.lemma_.lower() in places["generic"] | places["spots"] | places["grounds"]


def _means_forces(token: Token) -> bool:
    """Whether an object is forces, also in part or beside other things: "many of its troops", "guns and tanks"."""
    part = token.lower_ in load_lexicon().words["some"]
    inside = part and any(is_force(t) for t in token.subtree if t.i > token.i)
    beside = any(is_force(t) and not begins_clause(t) for t in token.conjuncts)
    return inside or is_force(token) or beside


def _is_measure(token: Token) -> bool:
    """Whether a word only tells which way or how far: "fled eastwards", "pushed five kilometres"."""
    if token.lemma_.lower() in load_lexicon().words["lengths"]:
        return True
    return token.lower_.removesuffix("s").removesuffix("ward") in DIRECTION_WORDS


def _mover_of_noun(noun: Token, passage: Passage) -> Token | None:
    """Return who makes "the withdrawal of A's troops", "A's withdrawal", "began their withdrawal"."""
    for child in noun.children:
        takes = load_lexicon().nouns.get(noun.lemma_.lower())
        takes_of = takes is not None and takes.frame is Frame.TAKE and child.lower_ == "of"
        if child.dep_ == "prep" and child.lower_ in {"of", "by"} and not takes_of:
            target = next((t for t in child.children if t.dep_ == "pobj"), None)
            if target is not None and not passage.is_place(target) and not _is_ground(target):
                return target
    for child in noun.children:
        if (
            child.dep_ in {"poss", "compound", "nmod", "amod"}
            and not child.is_stop
            and (child.pos_ in {"PROPN", "NOUN"} or is_force(child) or passage.mention_at(child) is not None)
        ):
            return child
    if noun.dep_ in {"dobj", "pobj", "conj", "attr"}:
        verb = noun.head if noun.dep_ != "pobj" else noun.head.head
        if verb.lemma_ in load_lexicon().words["granting"] and (goes := _receiver(verb, noun)) is not None:
            return goes
        if verb.pos_ == "VERB":
            return agent_of(verb) if is_passive(verb) else subject_of(verb)
    return None


def _receiver(verb: Token, gift: Token) -> Token | None:
    """Return who is given something: "were granted safe passage", "offered the rebels safe passage"."""
    given = [c for c in verb.children if c.dep_ in {"dative", "dobj"} and c.i != gift.i and c.i < gift.i]
    return next((t for t in given if t.pos_ != "ADP"), None) or (subject_of(verb) if is_passive(verb) else None)


def _fill_take(event: Event, passage: Passage) -> None:
    token = event.trigger.token
    if token.pos_ == "NOUN":
        event.mover = _mover_of_noun(token, passage)
        for child in token.children:
            if child.dep_ == "prep" and child.lower_ == "of":
                taken = [t for t in child.children if t.dep_ == "pobj"]
                event.destination += [
                    p for t in taken for p in passage.places(t) or passage.unknown(t, beside_noun=_is_name(t))
                ]
        return
    passive = is_passive(token)
    event.mover = agent_of(token) if passive else subject_of(token)
    targets = [t for t in [subject_of(token)] if t is not None] if passive else objects_of(token)
    targets = [t for t in targets if not speaks_next(t)]
    for target in targets:
        event.destination += passage.taken_up(antecedent(target), token)
    idiom = any(t.tag_ == "NN" and t.lemma_.lower() in load_lexicon().words["taken"] for t in targets)
    persons = any(t.lower_ == "who" and t.dep_ != "nsubj" for t in token.children) or (
        token.lemma_ == "take" and any(c.dep_ == "prt" and c not in event.trigger.words for c in token.children)
    )
    if idiom or persons:
        event.destination, event.void = [], True
        return
    if targets and not event.destination and not any(_may_be_place(t, event, passage) for t in targets):
        event.void = True
        return
    for word in event.trigger.words:
        for child in word.children:
            if child.dep_ == "prep" and child.lower_ in {"of", "over", "on", "to", "into"}:
                event.destination += [p for t in child.children if t.dep_ == "pobj" for p in passage.places(t)]


def _is_name(token: Token) -> bool:
    """Whether a word is a proper noun that need not be a person's."""
    return token.pos_ == "PROPN" and token.ent_type_ not in {"PERSON", "NORP"}


def _may_be_place(token: Token, event: Event, passage: Passage) -> bool:
    """Whether what is taken can be a place: not "took the wounded", "captured 20 soldiers"."""
    nouns = load_lexicon().places
    lemma = token.lemma_.lower()
    grounds = nouns["generic"] | nouns["spots"] | nouns["partitive"] | nouns["grounds"]
    known = lemma in grounds or token in event.trigger.words
    return known or token.pos_ in {"PROPN", "PRON"} or passage.mention_at(token) is not None


def _fill_expel(event: Event, passage: Passage) -> None:
    token = event.trigger.token
    passive = is_passive(token) or token.pos_ == "NOUN"
    event.mover = agent_of(token) if passive else subject_of(token)
    event.expelled = (
        _expelled_of(token)
        if token.pos_ == "NOUN"
        else subject_of(token)
        if passive
        else next(iter(objects_of(token)), None)
    )
    for prep in (
        t for t in token.subtree if t.dep_ in {"prep", "prt", "advmod"} and t.lower_ in {"from", "of", "out", "off"}
    ):
        if prep.lower_ == "of" and prep.head.lower_ != "out":
            continue
        for target in prep.children:
            if target.dep_ == "pobj":
                event.origin += [p for p in passage.places(target) if p not in event.origin]
    preps = [c for w in event.trigger.words for c in w.children if c.dep_ == "prep"]
    if not event.origin and not any(c.lower_ in {"from", "out"} for c in preps):
        ends = (t for c in preps if c.lower_ in GOALS for t in c.children if t.dep_ == "pobj")
        event.destination += [p for t in ends for p in passage.places(t)]


def _expelled_of(noun: Token) -> Token | None:
    """Return who is driven out: "the expulsion of A's fighters from B", "their ouster from B"."""
    of = (t for c in noun.children if c.dep_ == "prep" and c.lower_ == "of" for t in c.children if t.dep_ == "pobj")
    return next(of, None) or next((c for c in noun.children if c.dep_ == "poss"), None)


def _fill_fall(event: Event, passage: Passage) -> None:
    token = event.trigger.token
    if token.pos_ == "NOUN":
        falls = [t for c in token.children if c.lower_ == "of" for t in c.children if t.dep_ == "pobj"]
        places = tuple(p for t in falls for p in passage.places(t))
    else:
        subject = subject_of(token)
        places = passage.taken_up(subject, token) if subject is not None else ()
    if not places:
        return
    holding = load_lexicon().words["holding"]
    reach = token.subtree if token.pos_ == "NOUN" else token.children
    for prep in (c for c in reach if c.dep_ in {"prep", "dative"} and c.lower_ in {"to", "into", "under", "in"}):
        for target in (t for t in prep.children if t.dep_ == "pobj"):
            if event.mover is not None or (prep.lower_ == "in" and target.lemma_ not in holding):
                continue
            inner = [t for t in target.subtree if t.i != target.i and (t.dep_ in WHOSE or is_force(t))]
            event.mover = inner[-1] if target.lemma_ in holding and inner else target
    if token.pos_ == "VERB" and event.mover is None:
        event.void = not _falls_outright(token)
    event.destination += places


def _falls_outright(verb: Token) -> bool:
    """Whether nothing beside a verb of falling says how far or into what: "A fell on Monday", not "fell by a tenth"."""
    told = {"prep", "prt", "acomp", "advmod", "dobj", "npadvmod", "agent"}
    after = [c for c in verb.children if c.i > verb.i and c.dep_ in told]
    dusk = verb.doc[verb.i - 1].lemma_.lower() in load_lexicon().words["times"]  # "as night fell"
    return (
        verb.lemma_ == "fall"
        and not dusk
        and all(
            c.lower_ in {"after", "following", "since", "despite", "without", "before", "when"}
            or any(t.ent_type_ in {"DATE", "TIME"} for t in c.subtree if t.pos_ != "ADP")
            for c in after
        )
    )


def _fill_lose(event: Event, passage: Passage) -> None:
    token = event.trigger.token
    if token.pos_ == "NOUN":
        event.mover = _mover_of_noun(token, passage)
        of = (t for c in token.children if c.dep_ == "prep" and c.lower_ == "of" for t in c.children)
        event.origin += [p for t in of if t.dep_ == "pobj" for p in passage.places(t)]
        return
    if is_passive(token):
        lost = subject_of(token)
        event.mover = agent_of(token)
        event.origin += passage.places(lost) if lost is not None else ()
        return
    event.mover = subject_of(token)
    for word in event.trigger.words:
        for child in word.children:
            if child.dep_ == "dobj":
                event.origin += passage.places(child)
            elif child.dep_ == "prep" and child.lower_ in {"of", "over", "on", "in"} and event.trigger.entry.rest:
                event.origin += [p for t in child.children if t.dep_ == "pobj" for p in passage.places(t)]


def _fill_shrink(event: Event, passage: Passage) -> None:
    """Read "reduce its forces in A", "a reduction of troops in A"."""
    token = event.trigger.token
    forces = [t for t in objects_of(token) if is_force(t)] if token.pos_ == "VERB" else [_mover_of_noun(token, passage)]
    if not forces or forces[0] is None:
        return
    event.mover, event.sender = forces[0], subject_of(token) if token.pos_ == "VERB" else None
    preps = [
        c
        for t in (token, forces[0])
        for c in t.children
        if c.dep_ == "prep" and c.lower_ in {"in", "from", "at", "across"}
    ]
    for target in (t for prep in preps for t in prep.children if t.dep_ == "pobj"):
        event.origin += [p for p in passage.places(target) if p not in event.origin]
