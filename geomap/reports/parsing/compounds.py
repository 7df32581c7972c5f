"""Nouns of movement that are spelt with a hyphen: "the build-up", "a pull-out", "the take-over".

Cut at their hyphens, as English is by default, such a noun would be told by its last word, a particle that names
nothing. It is kept whole, in the normal form that it has without the hyphen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomap.reports.lexicon import load_lexicon

if TYPE_CHECKING:
    from spacy.language import Language

__all__ = ["keep_compounds"]


def keep_compounds(pipeline: Language) -> None:
    """Have a pipeline keep the lexicon's nouns that are spelt with a hyphen in one piece."""
    from spacy.attrs import NORM, ORTH
    from spacy.tokenizer import Tokenizer

    tokenizer, nouns = pipeline.tokenizer, load_lexicon().nouns
    if not isinstance(tokenizer, Tokenizer):
        return
    # "counter-offensive" is told by its last word as well
    for noun in (n for n in nouns if "-" in n and n.rpartition("-")[2] not in nouns):
        for form in (noun, f"{noun}s"):
            for written in (form, form.capitalize(), form.title()):
                tokenizer.add_special_case(written, [{ORTH: written, NORM: form.replace("-", "")}])
