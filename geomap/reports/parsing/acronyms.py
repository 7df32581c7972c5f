"""Names in capitals that are spelt like words: "IS fighters", "as IS advances".

The parser knows a word by its normal form, and "IS" has that of "is". Where the words beside it are not in capitals
too, it is given the normal form of a name that the parser knows for one, so that a clause keeps its subject.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomap.reports.lexicon import load_lexicon

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

__all__ = ["tell_acronyms"]

COMPONENT = "told_acronyms"
LIKE_A_NAME = "isil"
"""Normal form of a name in capitals that the model was trained with."""
BESIDE = 2
"""Words on each side that tell whether a sentence is all in capitals."""


def tell_acronyms(pipeline: Language) -> None:
    """Have a pipeline take acronyms that are spelt like words for names."""
    from spacy.language import Language

    if COMPONENT not in pipeline.pipe_names:
        Language.component(COMPONENT, func=_told)
        pipeline.add_pipe(COMPONENT, first=True)


def _told(doc: Doc) -> Doc:
    acronyms = load_lexicon().forces["spelt_like_words"]
    for token in doc:
        if token.text in acronyms:
            beside = doc[max(0, token.i - BESIDE) : token.i + BESIDE + 1]
            if any(t.text.islower() for t in beside):
                token.norm_ = LIKE_A_NAME
    return doc
