"""Nouns of forces at the head of a sentence that the parser takes for names: "Guerrillas withdrew", "Militiamen left".

A capital is all it has to go by there. They are given the tags of the nouns they are, so that who moves is found in
them as anywhere else in a sentence. Those that end the name of a group ("the Free Valley Fighters") stay names, and
are given the lemma that tells what the name is of.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from geomap.reports.lexicon import load_lexicon

if TYPE_CHECKING:
    from collections.abc import Mapping

    from spacy.language import Language
    from spacy.tokens import Doc, Token

__all__ = ["tell_plurals"]

COMPONENT = "told_plurals"
LEADING = 2
"""Words before the noun at most: "Final", "The last"."""
SUBJECTS = {"nsubj", "nsubjpass"}


def tell_plurals(pipeline: Language) -> None:
    """Have a pipeline take plurals of forces that open a sentence for nouns."""
    from spacy.language import Language

    if COMPONENT not in pipeline.pipe_names:
        Language.component(COMPONENT, func=_told)
        pipeline.add_pipe(COMPONENT)


def _told(doc: Doc) -> Doc:
    plurals = _plurals()
    for token in doc:
        lemma = plurals.get(token.lower_) if token.dep_ in SUBJECTS and token.pos_ in {"PROPN", "ADJ"} else None
        if lemma is not None and _opens(token):
            token.tag_, token.pos_, token.lemma_ = "NNS", "NOUN", lemma
        elif token.tag_ == "NNPS" and token.lower_ in plurals:
            token.lemma_ = plurals[token.lower_]
    return doc


def _opens(token: Token) -> bool:
    """Whether a word opens its sentence, alone or after words that are no name."""
    before = token.doc[token.sent.start : token.i]
    return len(before) <= LEADING and all(t.pos_ in {"DET", "ADJ", "NUM"} for t in before)


@cache
def _plurals() -> Mapping[str, str]:
    """Return the plurals of nouns of people under arms but those that clubs are called by."""
    forces = load_lexicon().forces
    nouns = (forces["irregular"] | forces["regular"] | forces["people"]) - forces["clubs"] - forces["units"]
    return {_plural(noun): noun for noun in nouns if not noun.endswith("s")}


def _plural(noun: str) -> str:
    if noun.endswith("man"):
        return f"{noun[:-2]}en"
    return f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"
