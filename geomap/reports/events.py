"""Words of movement in a parsed sentence, and the phrases that fill their slots.

Frames follow the idea of FrameNet's Motion, Departing, Arriving and Conquering: a trigger word, a mover, a
source, a goal and a path. The frames and their words are in ``lexicon.toml``; here is only the grammar.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from geomap.models import PlaceRef
from geomap.reports.lexicon import Entry, Frame, load_lexicon

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spacy.tokens import Span, Token

    from geomap.reports.passage import Passage

__all__ = ["Event", "Trigger", "find_events", "subject_of"]

ASIDES = {"back", "support", "ally", "know", "call", "base", "lead", "name", "accompany", "escort", "arm", "train"}
"""Participles that describe the mover: "reinforcements backed by helicopters to A" go to A."""
STANDING = {"station", "position", "base", "mass", "amass"}
"""Verbs whose passive tells where forces are, not where they went: "troops stationed in A"."""
TRAVELLED = {"from", "to", "into", "toward", "towards", "onto", "via"}
"""Prepositions after which a name is a place even when nobody knows it."""
RELATIVE = {"who", "which", "that", "whom"}
ARRIVING = {"arrive", "land", "deploy", "station", "position", "mass", "amass", "advance", "deployment", "arrival", "buildup",
            "build-up", "mobilise", "mobilize", "infiltrate", "reinforce", "bolster", "patrol", "make", "gain", "evacuate",
            "incursion", "progress", "redeploy", "spread", "fan", "relocate", "encroach", "reposition"}  # fmt: skip
"""Triggers after which "in A" or "at A" is where they end."""


@dataclass(frozen=True, slots=True)
class Trigger:
    """A word of movement in its sentence."""

    token: Token
    entry: Entry
    words: tuple[Token, ...]


@dataclass(slots=True)
class Event:
    """A trigger with the phrases around it; the mover is a token that heads a noun phrase."""

    trigger: Trigger
    mover: Token | None = None
    sender: Token | None = None
    """Who sends or moves the mover: the subject of "Turkey deployed 50 tanks"."""
    expelled: Token | None = None
    origin: list[PlaceRef] = field(default_factory=list)
    destination: list[PlaceRef] = field(default_factory=list)
    via: list[PlaceRef] = field(default_factory=list)

    @property
    def has_place(self) -> bool:
        """Whether any slot is filled."""
        return bool(self.origin or self.destination or self.via)


def find_events(sentence: Span, passage: Passage) -> list[Event]:
    """Return the movement events of one sentence in order, with their slots filled from the grammar."""
    triggers = list(_triggers(sentence))
    owners = {t.token.i for t in triggers}
    return [_fill(trigger, owners, passage) for trigger in triggers]


def _triggers(sentence: Span) -> Iterator[Trigger]:
    lexicon = load_lexicon()
    for token in sentence:
        lemma = token.lemma_.lower()
        if token.pos_ in {"VERB", "AUX"} and token.dep_ not in {"amod", "compound"}:
            for entry in lexicon.verbs.get(lemma, ()):
                words = _rest(token, entry.rest)
                if words is not None and (entry.frame is not Frame.EXPEL or _expels(token)):
                    yield Trigger(token, entry, (token, *words))
                    break
        elif token.pos_ == "NOUN" and lemma in lexicon.nouns and token.dep_ not in {"compound", "nmod", "npadvmod"}:
            yield Trigger(token, lexicon.nouns[lemma], (token,))


def _rest(token: Token, rest: tuple[str, ...]) -> tuple[Token, ...] | None:
    """Return the tokens of a phrasal verb's other words, or None where one is missing."""
    found = []
    for word in rest:
        near = [c for c in token.children if c.i > token.i] + [t for t in token.doc[token.i + 1 : token.i + 3] if t.pos_ != "NOUN"]
        match = next((t for t in near if t.lemma_.lower() == word or t.lower_ == word), None)
        if match is None:
            return None
        found.append(match)
    return tuple(found)


def _expels(token: Token) -> bool:
    """Whether a verb drives somebody out: it has people as its object and a way out."""
    passive = any(c.dep_ == "nsubjpass" for c in token.children)
    target = next((c for c in token.children if c.dep_ in {"dobj", "nsubjpass"}), None)
    words = {t.lower_ for t in token.subtree if abs(t.i - token.i) < 16}
    return target is not None and (bool(words & {"out", "from", "off", "back", "away"}) or (passive and token.lemma_ in {"oust", "expel"}))


def _fill(trigger: Trigger, owners: set[int], passage: Passage) -> Event:
    event = Event(trigger)
    fillers = {Frame.GO: _fill_go, Frame.TAKE: _fill_take, Frame.EXPEL: _fill_expel, Frame.FALL: _fill_fall, Frame.LOSE: _fill_lose, Frame.SHRINK: _fill_shrink}
    fillers[trigger.entry.frame](event, passage)
    event.mover = _whole(event.mover)
    if trigger.entry.frame in {Frame.GO, Frame.TAKE}:
        _fill_directions(event, owners, passage)
    return event


def subject_of(token: Token) -> Token | None:
    """Return the head of the phrase that does what a verb says, through control, coordination and relatives."""
    for _ in range(6):
        own = next((c for c in token.children if c.dep_ in {"nsubj", "nsubjpass"}), None)
        if own is not None:
            if own.lower_ in RELATIVE and token.dep_ == "relcl":
                return token.head
            return own
        if token.dep_ in {"acl", "relcl"} and token.head.pos_ in {"NOUN", "PROPN", "PRON"}:
            return token.head if token.tag_ in {"VBG", "VBN"} or token.dep_ == "relcl" else subject_of(token.head.head)
        if token.dep_ == "xcomp" or (token.dep_ in {"ccomp", "advcl"} and _is_infinitive(token)):
            controller = next((c for c in token.head.children if c.dep_ == "dobj" and c.i < token.i), None)
            if controller is not None and token.dep_ != "advcl":
                return controller
        if token.head.i == token.i or token.dep_ not in {"xcomp", "ccomp", "advcl", "conj", "pcomp", "prep", "dobj", "pobj", "acl"}:
            return None
        token = token.head
    return None


def _whole(mover: Token | None) -> Token | None:
    """Return the convoy of "a convoy of vehicles leaving", where the parse hangs the verb on the vehicles."""
    if mover is not None and mover.dep_ == "pobj" and mover.head.lower_ == "of" and _is_force(mover.head.head):
        return mover.head.head
    return mover


def _is_infinitive(token: Token) -> bool:
    return any(c.dep_ == "aux" and c.lower_ == "to" for c in token.children)


def _is_passive(token: Token) -> bool:
    if any(c.dep_ in {"nsubjpass", "auxpass"} for c in token.children):
        return True
    return token.tag_ == "VBN" and token.dep_ in {"acl", "advcl", "conj"} and not any(c.dep_ == "aux" for c in token.children)


def _agent(token: Token) -> Token | None:
    for child in token.children:
        if child.dep_ == "agent" or (child.dep_ == "prep" and child.lower_ == "by"):
            return next((t for t in child.children if t.dep_ == "pobj"), None)
    return None


def _objects(token: Token) -> list[Token]:
    return [c for c in token.children if c.dep_ in {"dobj", "obj", "dative", "oprd"}]


def _fill_go(event: Event, passage: Passage) -> None:
    token, entry = event.trigger.token, event.trigger.entry
    if token.pos_ == "NOUN":
        event.mover = _mover_of_noun(token, passage)
        return
    if _is_passive(token):
        subject = subject_of(token)
        event.sender = _agent(token)
        if token.lemma_ in STANDING and not any(c.lower_ in {"to", "into", "onto"} for c in token.children):
            return
        if subject is not None and entry.object_slot and not _is_force(subject) and (places := passage.places(subject)):
            getattr(event, entry.object_slot).extend(places)
            event.mover, event.sender = event.sender, None
        else:
            event.mover = subject
        return
    event.mover = subject_of(token)
    generic = load_lexicon().places["generic"]
    for target in _objects(token):
        if target in event.trigger.words:
            continue
        if not _is_force(target) and not passage.is_place(target) and target.lemma_.lower() not in generic and target.pos_ == "NOUN":
            event.mover = None
            return
        if (places := passage.places(target)) and entry.object_slot and not _is_force(target):
            getattr(event, entry.object_slot).extend(places)
        elif _is_force(target):
            event.sender, event.mover = event.mover, target


def _is_force(token: Token) -> bool:
    forces = load_lexicon().forces
    lemma = token.lemma_.lower()
    return lemma in forces["people"] or lemma in forces["vehicles"] or lemma in {"thousand", "hundred", "dozen"}


def _mover_of_noun(noun: Token, passage: Passage) -> Token | None:
    """Return who makes "the withdrawal of A's troops", "A's withdrawal", "began their withdrawal"."""
    for child in noun.children:
        if child.dep_ == "prep" and child.lower_ in {"of", "by"}:
            target = next((t for t in child.children if t.dep_ == "pobj"), None)
            if target is not None and not passage.is_place(target):
                return target
    for child in noun.children:
        if child.dep_ in {"poss", "compound", "nmod", "amod"} and not child.is_stop and (
            child.pos_ in {"PROPN", "NOUN"} or passage.mention_at(child) is not None
        ):
            return child
    if noun.dep_ in {"dobj", "pobj", "conj", "attr"}:
        verb = noun.head if noun.dep_ != "pobj" else noun.head.head
        if verb.pos_ == "VERB":
            return _agent(verb) if _is_passive(verb) else subject_of(verb)
    return None


def _fill_take(event: Event, passage: Passage) -> None:
    token = event.trigger.token
    if token.pos_ == "NOUN":
        event.mover = _mover_of_noun(token, passage)
        for child in token.children:
            if child.dep_ == "prep" and child.lower_ == "of":
                event.destination += [p for t in child.children if t.dep_ == "pobj" for p in passage.places(t)]
        return
    passive = _is_passive(token)
    event.mover = _agent(token) if passive else subject_of(token)
    targets = [t for t in [subject_of(token)] if t is not None] if passive else _objects(token)
    for target in targets:
        event.destination += passage.places(target)
    for word in event.trigger.words:
        for child in word.children:
            if child.dep_ == "prep" and child.lower_ in {"of", "over"}:
                event.destination += [p for t in child.children if t.dep_ == "pobj" for p in passage.places(t)]


def _fill_expel(event: Event, passage: Passage) -> None:
    token = event.trigger.token
    passive = _is_passive(token)
    event.mover = _agent(token) if passive else subject_of(token)
    event.expelled = subject_of(token) if passive else next(iter(_objects(token)), None)
    for prep in (t for t in token.subtree if t.dep_ in {"prep", "prt", "advmod"} and t.lower_ in {"from", "of", "out", "off"}):
        if prep.lower_ == "of" and prep.head.lower_ != "out":
            continue
        for target in prep.children:
            if target.dep_ == "pobj":
                event.origin += [p for p in passage.places(target) if p not in event.origin]


def _fill_fall(event: Event, passage: Passage) -> None:
    token = event.trigger.token
    subject = subject_of(token)
    if subject is None or not (places := passage.places(subject)):
        return
    for prep in (c for c in token.children if c.dep_ in {"prep", "dative"} and c.lower_ in {"to", "into", "under"}):
        for target in (t for t in prep.children if t.dep_ == "pobj"):
            inner = [t for t in target.subtree if t.dep_ in {"pobj", "poss", "compound", "nmod"} and t.i != target.i]
            event.mover = inner[-1] if target.lemma_ in {"hand", "control"} and inner else target
    event.destination += places


def _fill_lose(event: Event, passage: Passage) -> None:
    token = event.trigger.token
    event.mover = subject_of(token)
    for word in event.trigger.words:
        for child in word.children:
            if child.dep_ == "dobj":
                event.origin += passage.places(child)
            elif child.dep_ == "prep" and child.lower_ == "of" and word.i != token.i:
                event.origin += [p for t in child.children if t.dep_ == "pobj" for p in passage.places(t)]


def _fill_shrink(event: Event, passage: Passage) -> None:
    """Read "reduce its forces in A", "a reduction of troops in A"."""
    token = event.trigger.token
    forces = [t for t in _objects(token) if _is_force(t)] if token.pos_ == "VERB" else [_mover_of_noun(token, passage)]
    if not forces or forces[0] is None:
        return
    event.mover, event.sender = forces[0], subject_of(token) if token.pos_ == "VERB" else None
    preps = [c for t in (token, forces[0]) for c in t.children if c.dep_ == "prep" and c.lower_ in {"in", "from", "at", "across"}]
    for target in (t for prep in preps for t in prep.children if t.dep_ == "pobj"):
        event.origin += [p for p in passage.places(target) if p not in event.origin]


def _fill_directions(event: Event, owners: set[int], passage: Passage) -> None:
    """Read the prepositions that belong to the trigger or to its mover's phrase."""
    token = event.trigger.token
    for prep in _prepositions(event, owners):
        slot = _slot(prep, event)
        if slot is None:
            continue
        targets = [t for t in _targets(prep)]
        onwards = prep.lower_ in TRAVELLED
        for place in (p for t in targets for p in passage.places(t) or (passage.unknown(t, beside_noun=True) if onwards and t.pos_ == "PROPN" else ())):
            filled: list[PlaceRef] = getattr(event, slot)
            if all(place.place is None or p.place != place.place for p in filled) and not _elsewhere(event, place, slot):
                filled.append(place)
    if not event.has_place and (token.lemma_ in ARRIVING or event.trigger.entry.frame is Frame.TAKE):
        _fill_around(event, owners, passage)


def _fill_around(event: Event, owners: set[int], passage: Passage) -> None:
    """Take "in A" anywhere in the clause as where it happened, when the clause names no place more closely."""
    for prep in _prepositions(event, owners):
        if prep.lower_ in load_lexicon().prepositions["standing"] and not _names_time(prep):
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
            yield child
        elif child.dep_ in {"prep", "pcomp"} and child.lower_ in {"of", "from", "to", "in", "near", "inside", "through", "across"}:
            yield from _targets(child)


def _prepositions(event: Event, owners: set[int]) -> Iterable[Token]:
    token = event.trigger.token
    words = [t for t in token.subtree if t.dep_ in {"prep", "prt", "advmod"} and _owner(t, owners) == token.i]
    if event.mover is not None and event.mover.pos_ in {"NOUN", "PROPN"}:
        words += [t for t in event.mover.subtree if t.dep_ == "prep" and t.lower_ == "from" and t not in words and _owner(t, owners) in {None, token.i, token.head.i}]
    return sorted(words, key=lambda t: t.i)


def _owner(word: Token, owners: set[int]) -> int | None:
    """Return the trigger or verb a preposition belongs to, climbing the parse."""
    head = word.head
    while True:
        if head.i in owners or (head.pos_ == "VERB" and head.lemma_ not in ASIDES):
            return int(head.i)
        if head.head.i == head.i:
            return None
        head = head.head


def _slot(prep: Token, event: Event) -> str | None:
    """Return the slot a preposition opens after this trigger."""
    lists = load_lexicon().prepositions
    word, trigger = prep.lower_, event.trigger
    follower = next((c.lower_ for c in prep.children if c.dep_ == "prep"), "")
    if f"{word} {follower}" in lists["origin"] or (word in lists["origin"] and prep.dep_ == "prep"):
        return None if word == "from" and prep.head.lemma_ in {"far", "kilometer", "kilometre", "mile", "km", "distance", "apart"} else "origin"
    if word in {"back", "out", "away", "down", "up", "over"} and follower in {"to", "into", "toward", "towards"}:
        return "destination"
    if word in {"to", "into", "toward", "towards", "onto"}:
        return "destination"
    if word == "for":
        return "destination" if trigger.token.lemma_ in {"leave", "depart", "head", "set", "make", "bind"} else None
    if word == "on" and trigger.token.lemma_ in {"advance", "march", "close", "push"}:
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
    direct = prep.head.i in {w.i for w in event.trigger.words} or prep.head.dep_ in {"dobj", "advmod", "prep"}
    if not direct or _names_time(prep):
        return None
    lemma = event.trigger.token.lemma_
    if lemma in ARRIVING and (not event.destination or event.trigger.entry.frame is Frame.TAKE):
        return None if event.destination else "destination"
    if event.trigger.entry.frame is Frame.TAKE and not event.destination:
        return "destination"
    return None


def _names_time(prep: Token) -> bool:
    return any(t.ent_type_ in {"DATE", "TIME"} for t in prep.children)
