"""Common nouns whose possessive has lost its apostrophe: "the countrys 19 districts", "the citys south".

Texts that went through many hands often lack it. English spells no plural so ("countries", "churches"), and the parser
takes such a word for a name. It is taken apart as the possessive it is, so that "the country" is what is spoken of.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Token

__all__ = ["tell_possessives"]

COMPONENT = "told_possessives"
_NO_PLURAL = re.compile(r"[a-z]+(?:[b-df-hj-np-tv-xz]y|ch|sh|(?:wo)?men|children)s")
"""Nouns with an "s" that no plural has: "citys", "churchs", "womens"."""
SHORTEST = 5
POSSESSIVE = "'s"


def tell_possessives(pipeline: Language) -> None:
    """Have a pipeline take nouns apart whose possessive lost its apostrophe."""
    from spacy.language import Language

    if COMPONENT not in pipeline.pipe_names:
        Language.component(COMPONENT, func=_told)
        pipeline.add_pipe(COMPONENT, first=True)


def _told(doc: Doc) -> Doc:
    owners = [token for token in doc[:-1] if _is_possessive(token)]
    with doc.retokenize() as retokenizer:
        for token in owners:
            # the parser has not run yet: each part is a head of its own
            retokenizer.split(
                token,
                [token.text[:-1], "s"],
                heads=[(token, 0), (token, 1)],
                attrs={"NORM": [token.text[:-1], POSSESSIVE]},
            )
    return doc


def _is_possessive(token: Token) -> bool:
    """Whether a word is spelt as no plural is, and something that may be owned follows."""
    return (
        len(token) >= SHORTEST
        and _NO_PLURAL.fullmatch(token.text) is not None
        and token.whitespace_ != ""
        and token.nbor().text[0].isalnum()
    )
