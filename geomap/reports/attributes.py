"""Parts of speech, features and lemmas of words, each found out once.

The model's rules for these look at the word, its tag and how it depends on another: the same three have the same answer
everywhere. Trying some two hundred patterns at every word of a text takes as long as parsing it; looking up what they
said of such a word before takes next to nothing. A text in which a rule of several words fits ("gon na") is left to the
model's own way.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

__all__ = ["remember_words"]

RULES, LEMMAS = "attribute_ruler", "lemmatizer"
MOST_REMEMBERED = 200_000
"""Words whose answers are kept, with some 60 MB, however many reports are read."""


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
        self._known: dict[tuple[int, ...], tuple[int, ...]] = {}

    def __call__(self, doc: Doc) -> Doc:
        import numpy as np

        if self._phrases.match(doc):
            return self._find(doc)
        if len(self._known) > MOST_REMEMBERED:
            self._known.clear()
        words = map(tuple, doc.to_array(self._asked).tolist())
        told = [self._known.get(word) or self._learn(doc, at, word) for at, word in enumerate(words)]
        return doc.from_array(self._told, np.array(told, dtype=np.uint64)) if told else doc  # type: ignore[arg-type]

    def _find(self, doc: Doc) -> Doc:
        """Return a text with the attributes that the model's components give it."""
        done: Doc = self._lemmas(self._rules(doc))
        return done

    def _learn(self, doc: Doc, at: int, word: tuple[int, ...]) -> tuple[int, ...]:
        """Return the attributes of a word that is met for the first time, found where it stands alone."""
        from spacy.tokens import Doc

        token = doc[at]
        alone = self._find(Doc(doc.vocab, words=[token.text], tags=[token.tag_], deps=[token.dep_], heads=[0]))
        self._known[word] = told = tuple(alone.to_array(self._told)[0].tolist())
        return told
