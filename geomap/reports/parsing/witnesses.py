"""Speakers that a lost comma glues to the place before them: "rebels entered the town of A residents said".

The parser then finds people of A who are entered. Where they are followed by a verb of saying they are made its
subject, and the name before them takes their place in the sentence.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomap.reports.lexicon import load_lexicon

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Token

__all__ = ["tell_witnesses"]

COMPONENT = "told_witnesses"
SPEAKERS = ("witness", "activist", "official", "military", "analyst")
SUBJECTS = {"nsubj", "nsubjpass"}
BESIDE = {"compound", "nmod", "amod", "poss", "nummod", "punct", "case", "det"}
REACH = 6
"""Words that may tell where the speakers are: "activists in the town said"."""


def tell_witnesses(pipeline: Language) -> None:
    """Have a pipeline keep the names of places apart from the speakers after them."""
    from spacy.language import Language

    if COMPONENT not in pipeline.pipe_names:
        Language.component(COMPONENT, func=_told)
        pipeline.add_pipe(COMPONENT)


def _told(doc: Doc) -> Doc:
    sorts = load_lexicon().speakers
    people = frozenset[str]().union(*(sorts[sort] for sort in SPEAKERS))
    for token in doc[2:-1]:
        if token.tag_ == "NNS" and token.lemma_.lower() in people and (verb := _says(token)) is not None:
            _part(token, verb)
    return doc


def _says(people: Token) -> Token | None:
    """Return the verb of saying right after people, whatever tells where they are between them."""
    after = people.doc[people.i + 1 : min(people.i + REACH, people.sent.end)]
    verb = next((t for t in after if t.pos_ in {"VERB", "AUX", "PUNCT"}), None)
    if verb is None or verb.lemma_ not in load_lexicon().saying or verb.tag_ not in {"VBD", "VBZ", "VBP"}:
        return None
    between = people.doc[people.i + 1 : verb.i]
    placed = not len(between) or between[0].pos_ == "ADP"
    told_of = verb.i + 1 < len(people.doc) and verb.nbor().lower_ == "to"
    return verb if placed and not told_of and not people.is_ancestor(verb) else None


def _part(people: Token, verb: Token) -> None:
    """Put the name before people in their place, and them before their verb."""
    name = people.nbor(-1)
    while name.i > people.sent.start and name.text in {"-", "'s"}:
        name = name.nbor(-1)
    if name.pos_ != "PROPN" or name.head.i != people.i:
        return
    first = min(
        (t for t in (people, *people.lefts) if t.dep_ in BESIDE or t.i == people.i), key=lambda t: t.left_edge.i
    )
    before = people.doc[first.left_edge.i - 1] if first.left_edge.i > people.sent.start else None
    governor = _governor(people, before)
    if governor is None:
        return
    relation = "pobj" if governor.pos_ == "ADP" else "dobj"
    for child in [c for c in people.lefts if c.i != name.i and c.i < name.i]:
        child.head = name
    name.head, name.dep_ = governor, relation
    people.head, people.dep_ = verb, "nsubj"


def _governor(people: Token, before: Token | None) -> Token | None:
    """Return the preposition or verb that the name before people belongs to, if it needs one."""
    if people.dep_ in {"dobj", "pobj"} and people.head.i < people.i:
        return people.head
    if before is None or people.dep_ not in SUBJECTS:
        return None
    governor = before.head if before.dep_ == "prt" else before
    governs = governor.pos_ == "VERB" or (governor.pos_ == "ADP" and governor.dep_ == "prep")
    return governor if governs and governor.lemma_ not in load_lexicon().saying else None
