"""For which verbs of a sentence a time holds, by how their clauses hang together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomap.reports.grammar import is_infinitive
from geomap.reports.lexicon import load_lexicon

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from spacy.tokens import Token

__all__ = ["above", "below", "is_act", "is_after", "verb_over"]

PHRASE = {
    "xcomp",
    "conj",
    "prep",
    "pobj",
    "dobj",
    "pcomp",
    "nsubj",
    "nsubjpass",
    "csubj",
    "attr",
    "oprd",
    "dative",
    "agent",
    "dep",
}
"""Relations that keep a word in the clause of its head."""


def verb_over(token: Token) -> Token:
    """Return the verb of the clause a word stands in."""
    verb = token
    while (verb.pos_ not in {"VERB", "AUX"} or verb.dep_ in {"aux", "auxpass"}) and verb.head.i != verb.i:
        verb = verb.head
    return verb


def is_act(verb: Token) -> bool:
    """Whether a verb is a deed of words with a day of its own: "agreed on Friday to", "ordered on Sunday that"."""
    status = load_lexicon().status
    return verb.lemma_ in status["ordered"] | status["acts"]


def is_after(verb: Token) -> bool:
    """Whether a verb stands in "after taking A": over by the time that is told."""
    return verb.dep_ == "pcomp" and verb.head.lower_ in {"after", "since"}


def _chain(token: Token, goes_on: Callable[[Token], bool]) -> Iterator[Token]:
    yield token
    while token.head.i != token.i and goes_on(token):
        token = token.head
        yield token


def _is_present(verb: Token) -> bool:
    return verb.tag_ in {"VBZ", "VBP"} or any(
        c.lower_ in {"is", "are"} for c in verb.lefts if c.dep_ in {"aux", "auxpass"}
    )


def _is_since(verb: Token) -> bool:
    """Whether a clause tells from when on something went: "since the truce began on Monday, they have left"."""
    return verb.dep_ == "advcl" and any(c.lower_ == "since" and c.dep_ == "mark" for c in verb.lefts)


def _has_subject(token: Token) -> bool:
    return any(c.dep_ in {"nsubj", "nsubjpass"} for c in token.children)


def _rises(token: Token) -> bool:
    """Whether the time of the clause above holds for this word too."""
    if token.head.lemma_ in load_lexicon().saying and token.dep_ in {"ccomp", "advcl", "dep"}:
        return False
    if token.dep_ == "conj" and any(c.dep_ == "mark" and c.lower_ == "that" for c in token.lefts):
        return False  # "said that it left on Monday and that the others had fled"
    if token.dep_ == "conj" and token.head.tag_ == "VBD":
        return not _is_present(token)
    if token.dep_ == "dobj" and is_act(token.head):
        return False  # what is announced on Monday is still to come
    if token.dep_ == "advcl":
        return not _has_subject(token) or any(c.lower_ in {"as", "while"} for c in token.children if c.dep_ == "mark")
    if token.dep_ == "acl":
        # "launched an operation on Monday to clear A" is also parsed as a Monday to clear it
        noun = token.head
        undertaken = noun.lemma_ in load_lexicon().status["undertakings"] or noun.ent_type_ in {"DATE", "TIME"}
        return token.tag_ == "VBG" or (undertaken and is_infinitive(token))
    return token.dep_ in PHRASE or token.dep_ == "ccomp"


def _sinks(token: Token) -> bool:
    """Whether the time of this clause holds for the one above too."""
    coming = token.dep_ == "conj" and any(c.lower_ in load_lexicon().status["future"] for c in token.lefts)
    if coming or any(c.dep_ == "neg" for c in token.children):
        return False  # "took the bridge but had not entered by evening"
    if token.dep_ in {"xcomp", "conj"} or _is_since(token):
        return True
    if token.lower_ == "having" or any(c.lower_ == "having" for c in token.lefts):
        return False
    manner = token.lower_ in load_lexicon().words["unhindered"]  # "walked into A unopposed on Sunday"
    participle = token.tag_ == "VBG" or is_infinitive(token) or manner
    return token.dep_ == "advcl" and participle and not _has_subject(token)


def above(token: Token) -> Iterator[Token]:
    """Yield a word and those above it whose time holds for it too."""
    return _chain(token, _rises)


def below(token: Token) -> Iterator[Token]:
    """Yield a verb and those above it for which its time holds."""
    return _chain(token, _sinks)
