"""Movements told by how a sentence is built rather than by a word of movement.

Whatever its verb, a clause of forces with a way tells that they go: "the column snaked into A", "soldiers were bundled
off to B" (Goldberg's constructions of intransitive and caused motion). Only verbs of the lexicon's ``motionless`` list,
which go with the same prepositions and tell no motion, are left out. Likewise "control of A" is gained with almost any
verb that is not one of keeping or losing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomap.models import MovementKind
from geomap.reports.forces.actors import is_group_name
from geomap.reports.grammar import is_force, is_passive, objects_of, subject_of
from geomap.reports.lexicon import Entry, Frame, load_lexicon

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["built_entry"]

WAYS = {
    "into": MovementKind.ENTRY,
    "onto": MovementKind.ENTRY,
    "toward": MovementKind.ADVANCE,
    "towards": MovementKind.ADVANCE,
    "through": MovementKind.CONVOY,
    "past": MovementKind.CONVOY,
    "to": MovementKind.CONVOY,
}
"""Prepositions that make a way of a place, and what those do who go it."""
AWAY = {"back", "out", "away", "off"}
"""Particles of leaving; beside them "to" and "from" tell a way with any verb."""
NO_PLACES = {"PERSON", "NORP", "DATE", "TIME", "MONEY", "PERCENT", "CARDINAL", "QUANTITY", "EVENT", "LAW"}


def built_entry(verb: Token) -> Entry | None:
    """Return how to read a verb whose clause tells a movement by its construction, or None."""
    lexicon = load_lexicon()
    lemma = verb.lemma_.lower()
    if verb.dep_ == "acl" and lemma in lexicon.words["asides"]:
        return None
    if _gains_control(verb):
        return Entry((), Frame.TAKE, MovementKind.ADVANCE, None, needs_force=True)
    if lemma in lexicon.words["motionless"] or lemma in lexicon.saying or not _forces_go(verb):
        return None
    kind = _way(verb)
    return Entry((), Frame.GO, kind, None, needs_force=True) if kind else None


def _forces_go(verb: Token) -> bool:
    """Whether forces are the subject, or the object of a verb that makes them go."""
    objects = [t for t in objects_of(verb) if t.ent_type_ not in NO_PLACES]
    return all(map(is_force, objects)) if objects else _is_forces(subject_of(verb))


def _is_forces(token: Token | None) -> bool:
    if token is None or token.ent_type_ in {"DATE", "TIME"}:
        return False
    return is_force(token) or token.lower_ in {"they", "who"} or is_group_name(token.text)


def _way(verb: Token) -> MovementKind | None:
    """Return what those do whose way the clause tells, by its particles and prepositions."""
    after = [c for c in verb.children if c.i > verb.i]
    particles = {c.lower_ for c in after if c.dep_ in {"prt", "advmod"} or (c.dep_ == "prep" and c.lower_ in AWAY)}
    preps = [p for c in after for p in (c, *c.children) if p.dep_ == "prep" and _leads_to_place(p)]
    words = {p.lower_ for p in preps}
    leaves = bool(particles & AWAY)
    if any(p.lower_ == "of" and p.head.lower_ == "out" for p in preps):
        return MovementKind.WITHDRAWAL
    if "from" in words and (leaves or words & set(WAYS)):
        return MovementKind.WITHDRAWAL if leaves else MovementKind.CONVOY
    passive = is_passive(verb)
    found = next((WAYS[p.lower_] for p in preps if p.lower_ in WAYS and not (passive and p.lower_ == "through")), None)
    return MovementKind.WITHDRAWAL if found and leaves else found


def _leads_to_place(prep: Token) -> bool:
    """Whether a preposition stands before what can be a place."""
    return any(t.dep_ == "pobj" and t.ent_type_ not in NO_PLACES and not is_force(t) for t in prep.children)


def _gains_control(verb: Token) -> bool:
    """Whether somebody comes to control a place: "cemented its control over A"; keeping and losing aside."""
    words = load_lexicon().words
    if verb.lemma_.lower() in words["firming"] and verb.tag_ == "VBG":
        return False
    controls = [c for c in verb.children if c.dep_ in {"dobj", "nsubjpass"} and c.lemma_.lower() in words["mastery"]]
    of = any(
        p.dep_ == "prep" and p.lower_ in {"of", "over", "on"} for c in controls for p in (*c.children, *verb.children)
    )
    entire = any(t.lower_ in words["entire"] for c in controls for t in c.children)
    return of and (verb.lemma_.lower() not in words["keeping"] or (verb.lemma_ == "have" and entire))
