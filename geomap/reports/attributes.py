"""Parts of speech, features and lemmas of words, each found out once.

The model's rules for these look at the word, its tag and how it depends on another: the same three have the same answer
everywhere. Trying some two hundred patterns at every word of a text takes as long as parsing it; looking up what they
said of such a word before takes next to nothing. Where a rule of several words fits ("gon na"), these are remembered
together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

__all__ = ["remember_words"]

RULES, LEMMAS = "attribute_ruler", "lemmatizer"
MOST_REMEMBERED = 200_000
"""Words whose answers are kept, so that memory is bounded however many reports are read."""

_Word = tuple[int, ...]
"""Attributes of a word, as numbers."""


def remember_words(pipeline: Language) -> None:
    """Put what remembers words in the place of a pipeline's rules for attributes and of its lemmatizer.

    Parameters
    ----------
    pipeline
        Changed in place, where it has both.
    """
    from spacy.language import Language

    if RULES in pipeline.pipe_names and LEMMAS in pipeline.pipe_names:
        Language.factory("remembered_words", func=_words)
        pipeline.add_pipe("remembered_words", after=LEMMAS)
        pipeline.select_pipes(disable=[RULES, LEMMAS])


def _words(nlp: Language, name: str) -> _Words:  # noqa: ARG001
    """Make the component; spaCy gives the names of these arguments."""
    return _Words(nlp)


class _Words:
    """Gives each word of a parsed text its attributes."""

    def __init__(self, pipeline: Language) -> None:
        from spacy.attrs import DEP, LEMMA, MORPH, ORTH, POS, TAG
        from spacy.pipeline import AttributeRuler

        self._rules, self._lemmas = pipeline.get_pipe(RULES), pipeline.get_pipe(LEMMAS)
        patterns = getattr(self._rules, "patterns", [])
        self._phrases = AttributeRuler(pipeline.vocab)
        self._phrases.add_patterns([p for p in patterns if any(len(words) > 1 for words in p["patterns"])])
        self._asked, self._told = [ORTH, TAG, DEP], [TAG, DEP, POS, MORPH, LEMMA]
        self._known: dict[tuple[_Word, ...], tuple[_Word, ...]] = {}

    def __call__(self, doc: Doc) -> Doc:
        import numpy as np

        if len(self._known) > MOST_REMEMBERED:
            self._known.clear()
        words = list(map(tuple, doc.to_array(self._asked).tolist()))
        told = [
            row for at, word in enumerate(words) for row in self._known.get((word,)) or self._learn(doc, (word,), at)
        ]
        for first, last in self._ranges(doc):
            phrase = tuple(words[first:last])
            told[first:last] = self._known.get(phrase) or self._learn(doc, phrase, first)
        return doc.from_array(self._told, np.array(told, dtype=np.uint64)) if told else doc  # type: ignore[arg-type]

    def _ranges(self, doc: Doc) -> list[tuple[int, int]]:
        """Return the tokens in which rules of several words fit, those that overlap as one range."""
        ranges: list[tuple[int, int]] = []
        for first, last in sorted((first, last) for _, _, first, last in self._phrases.match(doc)):
            if ranges and first < ranges[-1][1]:
                ranges[-1] = ranges[-1][0], max(last, ranges[-1][1])
            else:
                ranges.append((first, last))
        return ranges

    def _learn(self, doc: Doc, words: tuple[_Word, ...], first: int) -> tuple[_Word, ...]:
        """Return the attributes of words met for the first time, as the model's components give them to these alone."""
        from spacy.tokens import Doc

        tokens = doc[first : first + len(words)]
        alone = Doc(
            doc.vocab, [t.text for t in tokens], tags=[t.tag_ for t in tokens], deps=[t.dep_ for t in tokens],
            heads=list(range(len(words))),
        )  # fmt: skip
        found = self._lemmas(self._rules(alone)).to_array(self._told).tolist()
        self._known[words] = told = tuple(map(tuple, found))
        return told
