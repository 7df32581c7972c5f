"""Parts of speech, features and lemmas of words, each found out once.

The model's rules for these look at the word, its tag and how it depends on another: the same three have the same answer
everywhere. Trying some two hundred patterns at every word of a text takes as long as parsing it; looking up what they
said of such a word before takes next to nothing, and the new words of a text are asked about together. Where a rule of
several words fits ("gon na"), these are remembered as one; it is tried only at words that it may begin with.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from spacy.language import Language
    from spacy.tokens import Doc, Token

__all__ = ["remember_words"]

RULES, LEMMAS = "attribute_ruler", "lemmatizer"
MOST_REMEMBERED = 50_000
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
        _sort_index(self._lemmas)
        patterns = getattr(self._rules, "patterns", [])
        of_several = [any(len(words) > 1 for words in p["patterns"]) for p in patterns]
        self._word_rules, self._phrases, self._openings = (AttributeRuler(pipeline.vocab) for _ in range(3))
        self._word_rules.add_patterns([p for p, several in zip(patterns, of_several, strict=True) if not several])
        phrases = [p for p, several in zip(patterns, of_several, strict=True) if several]
        self._phrases.add_patterns(phrases)
        self._openings.add_patterns(
            [{**p, "patterns": [words[:1] for words in p["patterns"]], "index": 0} for p in phrases]
        )
        self._longest = max((len(words) for p in phrases for words in p["patterns"]), default=0)
        self._asked, self._told = [ORTH, TAG, DEP], [TAG, DEP, POS, MORPH, LEMMA]
        self._known: dict[_Word, _Word] = {}
        self._opening: set[_Word] = set()
        self._known_phrases: dict[tuple[_Word, ...], list[_Word]] = {}

    def __call__(self, doc: Doc) -> Doc:
        import numpy as np

        if len(self._known) + len(self._known_phrases) > MOST_REMEMBERED:
            self._known.clear()
            self._opening.clear()
            self._known_phrases.clear()
        words = list(map(tuple, doc.to_array(self._asked).tolist()))
        self._learn(doc, words)
        told = [self._known[word] for word in words]
        for first, last in self._ranges(doc, words):
            phrase = tuple(words[first:last])
            if phrase not in self._known_phrases:
                self._known_phrases[phrase] = self._answers(_side_by_side(doc[first:last]), self._rules)
            told[first:last] = self._known_phrases[phrase]
        return doc.from_array(self._told, np.array(told, dtype=np.uint64)) if told else doc  # type: ignore[arg-type]

    def _ranges(self, doc: Doc, words: list[_Word]) -> list[tuple[int, int]]:
        """Return the tokens in which rules of several words fit, those that overlap as one range."""
        ranges: list[tuple[int, int]] = []
        openings = (at for at, word in enumerate(words) if word in self._opening)
        spans: Iterable[Any] = ((at, doc[at : at + self._longest]) for at in openings)
        matches = ((at, match) for at, span in spans for match in self._phrases.match(span))
        for first, last in sorted((at, at + end) for at, (_, _, start, end) in matches if start == 0):
            if ranges and first < ranges[-1][1]:
                ranges[-1] = ranges[-1][0], max(last, ranges[-1][1])
            else:
                ranges.append((first, last))
        return ranges

    def _learn(self, doc: Doc, words: list[_Word]) -> None:
        """Remember the attributes of the words that are met for the first time."""
        fresh = {word: at for at, word in enumerate(words) if word not in self._known}
        if fresh:
            alone, asked = _side_by_side(doc[at] for at in fresh.values()), list(fresh)
            self._opening |= {asked[at] for _, _, at, _ in self._openings.match(alone)}
            self._known.update(zip(asked, self._answers(alone, self._word_rules), strict=True))

    def _answers(self, alone: Doc, rules: Callable[[Doc], Doc]) -> list[_Word]:
        """Return the attributes that rules and the lemmatizer give to words."""
        return list(map(tuple, self._lemmas(rules(alone)).to_array(self._told).tolist()))


def _side_by_side(tokens: Iterable[Token]) -> Doc:
    """Return a text of words of another, with what rules look at."""
    from spacy.tokens import Doc

    words = list(tokens)
    return Doc(
        words[0].vocab, [t.text for t in words], tags=[t.tag_ for t in words], deps=[t.dep_ for t in words],
        heads=list(range(len(words))),
    )  # fmt: skip


def _sort_index(lemmas: Any) -> None:
    """Make the lemmatizer's lists of known words sets: it asks for every form of a word whether it is in them."""
    if lemmas.lookups.has_table("lemma_index"):
        index = lemmas.lookups.get_table("lemma_index")
        for part in list(index):
            index[part] = frozenset(index[part])
