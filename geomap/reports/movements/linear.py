"""A second witness beside the parse: who moves and where to, by the order of the words alone.

Parsers lose their way in long sentences and where commas are missing. Within the clause of a trigger the nearest phrase
of forces before it is then taken for the mover, one after "by" for the agent, and the places after a preposition, or
right after the verb, for its ends. It speaks only where the parse is silent or names what cannot move.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomap.reports.forces.actors import is_group_name
from geomap.reports.grammar import is_force
from geomap.reports.lexicon import Frame, load_lexicon
from geomap.reports.movements.sources import first_of_speaker

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

    from geomap.models import PlaceRef
    from geomap.reports.movements.triggers import Trigger
    from geomap.reports.passage import Passage

__all__ = [
    "agent_after",
    "could_move",
    "ends_there",
    "force_before",
    "group_right_before",
    "places_after",
    "slot_after",
    "taken_for_subject",
]

REACH = 30
"""Words that a clause without marks may have on one side of its verb."""


def could_move(token: Token | None, passage: Passage) -> bool:
    """Whether a token can head a phrase of forces: a noun of forces, a name, a pronoun."""
    if token is None or token.ent_type_ in {"DATE", "TIME"}:
        return False
    if is_force(token) or token.lemma_.lower() in load_lexicon().words["holders"] or _holds_forces(token):
        return True
    return token.pos_ == "PRON" or (token.pos_ == "PROPN" and not passage.is_spot(token)) or _is_group(token)


def _holds_forces(head: Token) -> bool:
    """Whether a phrase has forces in it that its head only counts or calls: "most of the fighters", "LTTE cadres"."""
    if head.lower_ in load_lexicon().words["some"]:
        return any(is_force(t) for c in head.children if c.lower_ == "of" for t in c.children)
    return head.pos_ == "NOUN" and any(c.dep_ == "compound" and _is_group(c) for c in head.children)


def force_before(trigger: Trigger, owners: set[int], passage: Passage) -> Token | None:
    """Return the forces named last before a trigger in its clause, or before the verb that it shares a subject with."""
    leading = _leading(trigger.token)
    found = _nearest_force(trigger.words[0], trigger.token, owners, passage)
    return found or (_nearest_force(leading, leading, owners, passage) if leading.i != trigger.token.i else None)


def _leading(verb: Token) -> Token:
    """Return the first of the verbs of one subject that the parse has lost: "after taking A the army went on to …"."""
    while not any(c.dep_ in {"nsubj", "nsubjpass", "mark"} for c in verb.children):
        above = verb.head.head if verb.dep_ == "pcomp" and verb.head.dep_ == "prep" else verb.head
        if verb.dep_ not in {"xcomp", "conj", "pcomp"} or above.pos_ != "VERB":
            break
        verb = above
    return verb


def _nearest_force(first: Token, verb: Token, owners: set[int], passage: Passage) -> Token | None:
    """Return the forces named last before a word in its clause, those after a preposition left out."""
    for token in _leftwards(first, owners):
        if not _names_forces(token, passage):
            continue
        if token.i == verb.i - 1 and verb.tag_ in {"VBD", "VBZ"}:
            return token  # "hours after the start of the offensive rebels seized A"
        before = _word_before(token, passage)
        if before is None or before.pos_ != "ADP" or before.lower_ in {"after", "as", "while", "since"}:
            return token
    return None


def group_right_before(word: Token) -> Token | None:
    """Return the group whose name stands right before a noun of movement, also where it is tagged as a verb."""
    before = word.doc[word.i - 1] if word.i > word.sent.start else None
    return before if before is not None and _is_group(before) else None


def agent_after(trigger: Trigger, owners: set[int], passage: Passage) -> Token | None:
    """Return the forces after "by" in the clause of a trigger."""
    by = False
    for token in _rightwards(trigger.words[-1], owners):
        by = by or token.lower_ == "by"
        if by and _names_forces(token, passage):
            return token
    return None


def places_after(trigger: Trigger, owners: set[int], passage: Passage) -> Iterator[tuple[str, PlaceRef]]:
    """Yield the places after a trigger in its clause, each with the slot that the word before it opens."""
    slot = "destination" if trigger.entry.frame is Frame.TAKE else trigger.entry.object_slot
    standing = load_lexicon().prepositions["standing"] | {"of"}
    for token in _rightwards(trigger.words[-1], owners):
        if token.i in trigger.closed:
            return
        if token.pos_ in {"ADP", "SCONJ", "PART"}:
            # "left the airfield at A", "from two posts near B": what follows still tells where that is
            slot = slot if slot and token.lower_ in standing else slot_after(token.lower_, trigger)
        elif _names_forces(token, passage) or (token.pos_ == "NOUN" and _is_other(token, passage)):
            slot = None
        elif slot and (ref := passage.place_from(token)) and not _qualifies_forces(token, passage):
            yield slot, ref


def _qualifies_forces(name: Token, passage: Passage) -> bool:
    """Whether a name only tells whose the forces are: "America's 2,000 troops"."""
    for token in name.doc[name.i + 1 : min(name.i + 7, name.sent.end)]:
        if token.pos_ not in {"NOUN", "PROPN", "ADJ", "NUM", "PART"} or token.tag_ == "TO":
            return False
        if _names_forces(token, passage):
            return True
    return False


def _is_other(noun: Token, passage: Passage) -> bool:
    """Whether a noun is neither a place nor part of a name or of a longer phrase: "from its promise"."""
    places = load_lexicon().places
    grounds = places["generic"] | places["spots"] | places["grounds"]
    known = noun.lemma_.lower() in grounds or passage.mention_at(noun) is not None
    return not known and noun.dep_ in {"pobj", "dobj"} and noun.ent_type_ not in {"DATE", "TIME"}


def _leftwards(start: Token, owners: set[int]) -> Iterator[Token]:
    for token in reversed(start.doc[max(start.sent.start, start.i - REACH) : start.i]):
        if _ends_clause(token) or token.i in owners:
            return
        yield token


def _rightwards(start: Token, owners: set[int]) -> Iterator[Token]:
    reach = start.doc[start.i + 1 : min(start.sent.end, start.i + 1 + REACH)]
    end = next((t for t in reach if _ends_clause(t) or t.i in owners or _is_finite(t)), None)
    last = reach.end if end is None else end.i
    if end is not None and _is_finite(end):
        # what stands before a verb of another clause is its subject: "…, police in A said"
        subjects = [c for c in end.children if c.dep_ in {"nsubj", "nsubjpass"}]
        last = min([last, *((taken_for_subject(start, c) or first_of_speaker(c)) for c in subjects)])
    yield from (t for t in reach if t.i < last)


def taken_for_subject(verb: Token, subject: Token) -> int | None:
    """Return where the object of a verb ends that the parse makes part of the next subject: "took A and B fled"."""
    joint = next((c for c in subject.children if c.dep_ == "cc"), None)
    objectless = not any(c.dep_ == "dobj" for c in verb.children)
    follows = subject.left_edge.i == verb.i + 1 and subject.head.i != verb.i
    return joint.i if joint is not None and verb.pos_ == "VERB" and objectless and follows else None


def _is_finite(token: Token) -> bool:
    return token.tag_ in {"VBD", "VBZ", "VBP", "MD"} and token.dep_ != "amod"


def _ends_clause(token: Token) -> bool:
    words = load_lexicon().words
    if token.tag_ == "TO" and token.dep_ == "aux" and not _before_name(token):
        return True
    return token.text in {";", ":", "—", "–", '"', "“", "”"} or (
        token.lower_ in words["clause"] and token.dep_ in {"mark", "advmod", "nsubj", "nsubjpass", "dobj", "pobj", "cc"}
    )


def _before_name(to: Token) -> bool:
    """Whether "to" goes with a name that the parse takes for a verb: "flee to Saraqeb"."""
    after = to.doc[to.i + 1 : to.i + 2].text
    return after.istitle() and not to.sent.text.istitle()


def _names_forces(token: Token, passage: Passage) -> bool:
    """Whether a word ends a phrase of forces."""
    after = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else None
    if after is not None and after.pos_ in {"NOUN", "PROPN"} and (is_force(after) or after.pos_ == "NOUN"):
        return False
    return is_force(token) or (not passage.is_spot(token) and _is_group(token))


def _word_before(token: Token, passage: Passage) -> Token | None:
    """Return the word before a noun phrase and those it is listed with: "between A and the rebels"."""
    first = _phrase_start(token, passage)
    while first - 1 > token.sent.start and token.doc[first - 1].pos_ == "CC":
        first = _phrase_start(token.doc[first - 2], passage)
    return token.doc[first - 1] if first > token.sent.start else None


def _is_group(token: Token) -> bool:
    """Whether a word is the name of an armed group; short names are acronyms, so that "is" is none."""
    return (len(token) > 4 or token.text.isupper()) and is_group_name(token.text)


def _phrase_start(token: Token, passage: Passage) -> int:
    """Return where a noun phrase begins, walking left from its head over what stands in front of nouns."""
    first = token.i
    while first > token.sent.start:
        before = token.doc[first - 1]
        inside = before.pos_ in {"DET", "ADJ", "NOUN", "PROPN", "NUM"} or before.text in {"-", "(", ")"}
        if not (inside or before.tag_ == "VBN") or passage.is_spot(before):
            break
        first -= 1
        if before.pos_ == "DET":
            break
    return first


def ends_there(word: str, trigger: Trigger) -> bool:
    """Return whether a preposition leads to a place after this verb alone: "left for A", "arrived off A"."""
    after = {"for": "bound", "off": "arriving"}
    return word in after and trigger.token.lemma_ in load_lexicon().words[after[word]]


def slot_after(word: str, trigger: Trigger) -> str | None:
    """Return the slot of a trigger that a preposition opens, or None."""
    lists = load_lexicon().prepositions
    if ends_there(word, trigger):
        return "destination"
    if word in lists["origin"] or (word == "out" and trigger.entry.frame is Frame.EXPEL):
        return "origin"
    if word in lists["goal"]:
        return "destination"
    if word in lists["via"] and trigger.entry.frame is Frame.GO:
        return "via"
    ends = trigger.entry.frame is Frame.TAKE or trigger.token.lemma_ in load_lexicon().words["arriving"]
    return "destination" if ends and word in lists["standing"] else None
