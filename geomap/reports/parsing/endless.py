"""Endless sentences are parsed in parts.

Text without punctuation is one sentence to a parser, and a tree of thousands of words, which rules walk word by word,
takes time with the square of its length. No sentence that means anything is so long.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

__all__ = ["cut_endless_sentences"]

NAME = "endless_sentences"
LONG, LONGEST = 120, 160
"""Words without a full stop after which a sentence ends at the next joint, and at any word."""
STOPS = frozenset(".!?…")
JOINTS = frozenset({"and", "but", "or", "because", "while", "when", "who", "which", "that", ",", ";"})


def cut_endless_sentences(pipeline: Language) -> None:
    """Have a spaCy pipeline end sentences that do not end by themselves."""
    from spacy.language import Language

    if NAME not in pipeline.pipe_names:
        Language.component(NAME, func=_cut)
        pipeline.add_pipe(NAME, before="parser")


def _cut(doc: Doc) -> Doc:
    since = 0
    for token in doc:
        if since >= LONGEST or (since >= LONG and token.lower_ in JOINTS):
            token.is_sent_start = True
            since = 0
        since = 0 if token.text in STOPS or "\n" in token.text else since + 1
    return doc
