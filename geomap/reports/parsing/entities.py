"""Entities as the parser's model finds them, all words at once.

The model goes from word to word, and at each weighs all labels in the light of the entity it is in. Outside of one, it
looks at the word alone: so the words outside are weighed together, in one product, and only the few inside an entity of
several words are gone through one by one. What is found is the same, in a third of the time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np
    from numpy.typing import NDArray
    from spacy.language import Language
    from spacy.tokens import Doc, Span

    Floats = NDArray[np.float32]
    Flags = NDArray[np.bool_]

__all__ = ["find_entities_together"]

ENTITIES = "ner"
FEATURES = 3
"""What the model looks at: a word, the first word of the entity it may go on with, and the word before."""
NEVER = float("-inf")


def find_entities_together(pipeline: Language) -> None:
    """Put what finds the entities of all words at once in the place of a pipeline's own way to find them.

    Parameters
    ----------
    pipeline
        Changed in place, where its model is of the sort that can be asked so.
    """
    from spacy.language import Language

    if ENTITIES in pipeline.pipe_names and _can_be_asked(pipeline.get_pipe(ENTITIES)):
        Language.factory("entities_together", func=_entities)
        pipeline.add_pipe("entities_together", after=ENTITIES)
        pipeline.select_pipes(disable=[*pipeline.disabled, ENTITIES])


def _can_be_asked(finder: Any) -> bool:
    """Whether a component goes greedily through the words and looks at what is expected."""
    model = finder.model
    lower = model.get_ref("lower")
    greedy = finder.cfg["beam_width"] == 1 and model.attrs["has_upper"] and not model.attrs["unseen_classes"]
    return greedy and lower.get_dim("nF") == FEATURES and lower.get_dim("nP") == 2


def _entities(nlp: Language, name: str) -> _Entities:  # noqa: ARG001
    """Make the component; spaCy gives the names of these arguments."""
    return _Entities(nlp.get_pipe(ENTITIES))


class _Entities:
    """Gives a text its entities."""

    def __init__(self, finder: Any) -> None:
        import numpy as np

        self._words, self._first_layer, last_layer = finder.model.layers
        self._bias = self._first_layer.get_param("b")
        self._weights, self._biases = last_layer.get_param("W"), last_layer.get_param("b")
        names = map(finder.moves.get_class_name, range(finder.moves.n_moves))
        moves = [(move, label) for move, _, label in (name.partition("-") for name in names)]
        self._number = {move: n for n, move in enumerate(moves)}
        self._outside = [n for n, (move, label) in enumerate(moves) if move == "O" or (move in {"B", "U"} and label)]
        self._moves = [moves[n] for n in self._outside]
        self._begins = np.array([move == "B" for move, _ in self._moves])
        self._names = np.array([move != "O" for move, _ in self._moves])

    def __call__(self, doc: Doc) -> Doc:
        if len(doc):
            doc.set_ents(list(self._found(doc)), default="outside")
        return doc

    def _found(self, doc: Doc) -> Iterator[Span]:
        """Yield the entities of a text, in order."""
        import numpy as np
        from spacy.attrs import IS_SPACE, SENT_START
        from spacy.tokens import Span

        words = self._first_layer.predict(self._words.predict([doc]))
        blanks, starts = doc.to_array([IS_SPACE, SENT_START]).T == 1
        ends = np.append(starts[1:], True)
        scores = self._scores(words[1:, 0] + words[0, 1] + words[0, 2], self._outside)
        scores[np.ix_(ends, self._begins)] = NEVER
        scores[np.ix_(blanks, self._names)] = NEVER
        moves, end = scores.argmax(axis=1), 0
        for first in np.flatnonzero(self._names[moves]).tolist():
            if first >= end:
                move, label = self._moves[moves[first]]
                end = first + 1 if move == "U" else self._end(words, first, label, ends)
                yield Span(doc, first, end, label=label)

    def _end(self, words: Floats, first: int, label: str, ends: Flags) -> int:
        """Return the word after an entity of several words."""
        inside = [self._number["I", label], self._number["L", label]]
        at = first + 1
        while not ends[at]:
            goes_on, stops = self._scores(words[at + 1, 0] + words[first + 1, 1] + words[at, 2], inside)
            if stops > goes_on:
                break
            at += 1
        return at + 1

    def _scores(self, features: Floats, moves: list[int]) -> Floats:
        """Return what the model gives some of its moves, for one word or for many."""
        import numpy as np

        pieces = features + self._bias
        scores: Floats = np.maximum(pieces[..., 0], pieces[..., 1]) @ self._weights[moves].T + self._biases[moves]
        return scores
