"""Words of movement in a parsed sentence: a lemma of the lexicon with its particles, in a form that tells an event."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from geomap.models import MovementKind
from geomap.reports.grammar import is_force, is_infinitive, objects_of
from geomap.reports.lexicon import Entry, Frame, load_lexicon
from geomap.reports.movements.constructions import built_entry
from geomap.reports.movements.sources import sources

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Span, Token

__all__ = ["Trigger", "find_triggers"]

COUNTED = 9
"""Words that may stand between "the first" and "to fall"."""


@dataclass(frozen=True, slots=True)
class Trigger:
    """A word of movement in its sentence."""

    token: Token
    entry: Entry
    words: tuple[Token, ...]
    closed: frozenset[int] = frozenset()
    """Indices of the words of its sentence that only name a speaker: places there are none of its ends."""


def find_triggers(sentence: Span) -> Iterator[Trigger]:
    """Yield the words of movement of a sentence in order."""
    told_by = [*sources(sentence)]
    for trigger in _triggers(sentence):
        others = (run for run in told_by if trigger.token.i not in run)
        yield replace(trigger, closed=frozenset(i for run in others for i in run))


def _triggers(sentence: Span) -> Iterator[Trigger]:
    for token in sentence:
        if token.pos_ in {"VERB", "AUX"} and token.dep_ not in {"amod", "compound", "aux", "auxpass"}:
            found = _of_verb(token)
        elif token.dep_ == "amod" and token.tag_ == "VBG":
            found = _of_participle(token)
        elif token.pos_ == "NOUN":
            found = _of_noun(token)
        else:
            continue
        if found is not None:
            yield found


def _of_verb(token: Token) -> Trigger | None:
    for entry in load_lexicon().verbs.get(token.lemma_.lower(), ()):
        words = _rest(token, entry)
        if entry.frame is Frame.GO and _chases(token):
            continue
        if words is None or (entry.frame is Frame.EXPEL and not _expels(token)):
            continue
        if entry.change and not _tells_change(token, words):
            continue
        if token.tag_ == "VBG" and token.dep_ == "acl" and token.lemma_ in load_lexicon().words["encircling"]:
            continue
        if entry.frame is Frame.FALL and (_told_already(token) or (entry.rest and not _changes_hands(token))):
            continue
        return Trigger(token, entry, (token, *words))
    return _of_construction(token)


def _of_participle(token: Token) -> Trigger | None:
    """Return a participle before a noun of forces that says which way they go: "retreating soldiers"."""
    entries = load_lexicon().verbs.get(token.lemma_.lower(), ()) if is_force(token.head) else ()
    goes = (e for e in entries if e.frame is Frame.GO and not e.rest and not e.change)
    entry = next(goes, None)
    return Trigger(token, entry, (token,)) if entry is not None else None


def _of_construction(token: Token) -> Trigger | None:
    """Return a verb that tells a movement only by how its clause is built."""
    entry = built_entry(token) if token.pos_ == "VERB" else None
    if entry is None:
        return None
    held = [c for c in token.children if c.lemma_.lower() in load_lexicon().words["mastery"]]
    return Trigger(token, entry, (token, *held) if entry.frame is Frame.TAKE else (token,))


def _of_noun(token: Token) -> Trigger | None:
    """Return a noun of movement; "infiltration attempt" is told by its last word."""
    lexicon = load_lexicon()
    entry = lexicon.nouns.get(token.lemma_.lower())
    if entry is not None and entry.frame is Frame.FALL and not _of_place_to_force(token):
        return None
    if entry is not None and token.dep_ not in {"compound", "nmod", "npadvmod"}:
        return Trigger(token, entry, (token,)) if not entry.launch or _is_launched(token, entry.kind) else None
    if token.lemma_.lower() in lexicon.words["trying"]:
        for child in token.children:
            tried = lexicon.nouns.get(child.lemma_.lower())
            if child.dep_ == "compound" and tried is not None and not tried.launch:
                return Trigger(token, tried, (child, token))
    return None


def _rest(token: Token, entry: Entry) -> tuple[Token, ...] | None:
    """Return the tokens of a phrasal verb's other words, or None where one is missing."""
    found: list[Token] = []
    for word in entry.rest:
        near = [c for t in (token, *found) for c in t.children if c.i > token.i] + [
            t for t in token.doc[token.i + 1 : token.i + 3] if t.pos_ != "NOUN"
        ]
        if any(map(is_force, objects_of(token))):  # "took soldiers and their gear to A", the way hung on the gear
            near += [c for t in token.subtree if t.dep_ == "conj" and t.pos_ == "NOUN" for c in t.rights]
        match = next(
            (t for t in near if word in {t.lemma_.lower(), t.lower_} and not _opens_phrase(t, word, entry)), None
        )
        if match is None:
            return None
        found.append(match)
    return tuple(found)


def _opens_phrase(token: Token, word: str, entry: Entry) -> bool:
    """Whether a word begins a phrase of its own: "moved their guns in the night", "took A to the north of B"."""
    infinitive = word == "to" and token.pos_ == "PART"
    if word == "to" and entry.frame is Frame.GO and token.head.pos_ == "VERB":
        between = [t for t in objects_of(token.head) if t.i < token.i]
        if between and not any(map(is_force, between)):
            return True
    goes = entry.frame is Frame.GO and word == "in" and not entry.change
    return infinitive or (goes and any(c.dep_ == "pobj" for c in token.children))


def _expels(token: Token) -> bool:
    """Whether a verb drives somebody out: it has people as its object and a way out."""
    passive = any(c.dep_ in {"nsubjpass", "auxpass"} for c in token.children) or token.dep_ == "acl"
    target = next((c for c in token.children if c.dep_ in {"dobj", "nsubjpass"}), None)
    made_to = [c for c in token.children if c.dep_ in {"xcomp", "ccomp"} and is_infinitive(c)]
    if any(c.lemma_.lower() not in load_lexicon().verbs for c in made_to):
        return False  # "forced the army to order residents out of A"
    words = {t.lower_ for t in token.subtree if abs(t.i - token.i) < 16}
    return (target is not None or passive) and (
        bool(words & {"out", "from", "off", "back", "away"})
        or _chases(token)
        or (passive and token.lemma_ in {"oust", "expel"})
    )


def _chases(verb: Token) -> bool:
    """Whether a verb drives somebody to a place: "pushed the militants towards A", "were driven into A by B"."""
    if verb.lemma_ not in load_lexicon().words["chasing"]:
        return False
    target = next((c for c in verb.children if c.dep_ in {"dobj", "nsubjpass"}), None)
    if target is None or not any(c.lower_ in {"to", "into", "towards", "toward"} for c in verb.children):
        return False
    beaten = target.dep_ == "nsubjpass" and any(c.dep_ == "agent" for c in verb.children) and is_force(target)
    hunted = verb.lemma_ in {"chase", "pursue"}
    people = load_lexicon().forces["people" if hunted else "irregular"]
    return beaten or target.lemma_.lower() in people or (hunted and target.lower_ == "them")


def _tells_change(verb: Token, rest: tuple[Token, ...]) -> bool:
    """Whether a verb that mostly tells a state tells of a change: "managed to control A", "is in full control of A"."""
    words = load_lexicon().words
    if verb.lemma_ == "be":
        beside = {c.lower_ for t in (verb, *rest) for c in t.children}
        reached = verb.dep_ == "conj" and verb.head.lemma_ in load_lexicon().verbs  # "broke through and are in A"
        by = any(t.ent_type_ in {"DATE", "TIME"} for c in verb.children if c.lower_ == "by" for t in c.children)
        return bool(beside & (words["now"] | words["entire"])) or reached or by  # "by Friday they were in A"
    return is_infinitive(verb) and verb.head.lemma_.lower() in words["managing"]


def _changes_hands(verb: Token) -> bool:
    """Whether something comes under somebody's control: "came under the control of A", "is back in B's hands"."""
    words = load_lexicon().words
    preps = [c for c in verb.children if c.dep_ in {"prep", "agent", "dative"}]
    holds = [t for p in preps for t in p.children if t.dep_ == "pobj" and t.lemma_.lower() in words["holding"]]
    if verb.lemma_ == "pass" and any(is_force(t) for p in preps for t in p.children if t.dep_ == "pobj"):
        return True
    beside = {c.lower_ for t in (verb, *preps, *holds) for c in t.children}
    return bool(holds) and (verb.lemma_ != "be" or bool(beside & (words["again"] | words["entire"])))


def _told_already(verb: Token) -> bool:
    """Whether a verb only counts a place told of: "captured A, the first town to fall to them"."""
    before = verb.doc[max(verb.sent.start, verb.i - COUNTED) : verb.i]
    counting = load_lexicon().words["counting"]
    return is_infinitive(verb) and any(t.lower_ in counting and t.head.pos_ == "NOUN" for t in before)


def _of_place_to_force(noun: Token) -> bool:
    """Whether a noun of falling says of what and to whom: "the fall of A to B"."""
    return {"of", "to"} <= {t.lower_ for t in noun.doc[noun.i + 1 : noun.i + 9] if t.pos_ == "ADP"}


def _is_launched(noun: Token, kind: MovementKind) -> bool:
    """Whether an offensive, a patrol or progress is one of forces on the ground that somebody makes or carries out."""
    words = load_lexicon().words
    if any(c.lemma_.lower() in words["remote"] for c in noun.children):
        return False
    verb = noun.head if noun.dep_ in {"dobj", "nsubjpass"} else None
    made = {MovementKind.PATROL: words["conducting"], MovementKind.ADVANCE: words["launching"] | words["achieving"]}
    verbs = made[kind]
    return verb is not None and verb.lemma_.lower() in verbs
