"""Who does what in a parsed clause: subjects, agents and objects through control, coordination and relatives."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomap.reports.lexicon import load_lexicon

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["agent_of", "is_force", "is_infinitive", "is_passive", "objects_of", "subject_of", "whole"]

SHOWING = {"show", "see", "film", "capture", "record", "depict", "photograph", "spot", "watch"}
"""Verbs whose object does what a participle after it says: "the clip shows a convoy pulling out"."""
RELATIVE = {"who", "which", "that", "whom"}


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
        if token.dep_ == "xcomp" or (token.dep_ in {"ccomp", "advcl"} and is_infinitive(token)):
            controller = next((c for c in token.head.children if c.dep_ == "dobj" and c.i < token.i), None)
            if controller is not None and token.dep_ != "advcl":
                return controller
        if token.dep_ == "advcl" and token.head.lemma_ in SHOWING:
            return next(iter(objects_of(token.head)), None)
        if token.head.i == token.i or token.dep_ not in {
            "xcomp",
            "ccomp",
            "advcl",
            "conj",
            "pcomp",
            "prep",
            "dobj",
            "pobj",
            "acl",
        }:
            return None
        token = token.head
    return None


def whole(mover: Token | None) -> Token | None:
    """Return the convoy of "a convoy of vehicles leaving", where the parse hangs the verb on the vehicles."""
    if mover is not None and mover.dep_ == "pobj" and mover.head.lower_ == "of" and is_force(mover.head.head):
        return mover.head.head
    return mover


def is_infinitive(token: Token) -> bool:
    """Whether a verb stands in the infinitive with "to"."""
    return any(c.dep_ == "aux" and c.lower_ == "to" for c in token.children)


def is_passive(token: Token) -> bool:
    """Whether a verb is passive, or a bare past participle."""
    if any(c.dep_ in {"nsubjpass", "auxpass"} for c in token.children):
        return True
    return (
        token.tag_ == "VBN"
        and token.dep_ in {"acl", "advcl", "conj"}
        and not any(c.dep_ == "aux" for c in token.children)
    )


def agent_of(token: Token) -> Token | None:
    """Return the head of the phrase after "by", or None."""
    for child in token.children:
        if child.dep_ == "agent" or (child.dep_ == "prep" and child.lower_ == "by"):
            return next((t for t in child.children if t.dep_ == "pobj"), None)
    return None


def objects_of(token: Token) -> list[Token]:
    """Return the heads of a verb's direct objects."""
    return [c for c in token.children if c.dep_ in {"dobj", "obj", "dative", "oprd"}]


def is_force(token: Token) -> bool:
    """Whether a noun names forces, their vehicles, or a number of them."""
    forces = load_lexicon().forces
    lemma = token.lemma_.lower()
    return lemma in forces["people"] or lemma in forces["vehicles"] or lemma in {"thousand", "hundred", "dozen"}
