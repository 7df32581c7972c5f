"""Vectors of words in their surroundings, as the parser's model makes them, with less work.

The model first makes a vector of each word by its spelling alone, and then, layer by layer, looks at the words beside
it. What a spelling gives is the same everywhere, so it is found out once. In a layer the greatest of several numbers
is taken, which goes fast where those stand in columns of their own. The vectors are the same, in half the time.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy as np
    from numpy.typing import NDArray
    from spacy.language import Language
    from spacy.tokens import Doc

    Floats = NDArray[np.float32]

__all__ = ["remember_vectors"]

OF_SPELLING = ["extract_features", "list2ragged", "with_array", "with_array", "ragged2list"]
"""Steps of the model from words to their own vectors."""
OF_LAYER = {"expand_window", "maxout", "layernorm", "dropout"}
"""Steps of each of its layers."""
MOST_REMEMBERED = 20_000
"""Words whose vectors are kept, so that memory is bounded however many reports are read."""
AT_ONCE = 8
"""Words learnt together, never more or fewer: products of other sizes are rounded in other ways."""


def remember_vectors(pipeline: Language) -> None:
    """Put what remembers vectors in the place of a pipeline's own way to make them.

    Parameters
    ----------
    pipeline
        Changed in place, where its models are of the sort that can be taken apart.
    """
    from thinc.api import Model

    components: list[Any] = [component for _, component in pipeline.components]
    for component in components:
        if not isinstance(getattr(component, "model", None), Model):
            continue
        slow = next(filter(_can_be_taken_apart, component.model.walk()), None)
        if slow is None:
            continue
        quick: Model[Any, Any] = Model("remembered_vectors", _Vectors(slow), dims={"nO": slow.get_dim("nO")})
        quick.ops = slow.ops
        if slow is component.model:
            component.model = quick
        else:
            component.model.replace_node(slow, quick)


def _can_be_taken_apart(model: Any) -> bool:
    """Whether a model looks words up by their spelling, and then goes through layers of one word on each side."""
    from thinc.api import NumpyOps

    if not isinstance(model.ops, NumpyOps) or len(model.layers) != 2 or not model.layers[1].layers:
        return False
    spelling, around = model.layers
    if [step.name.partition("(")[0] for step in spelling.layers] != OF_SPELLING or "pad" not in around.attrs:
        return False
    layers = [{step.name: step for step in layer.walk() if not step.layers} for layer in around.layers[0].layers]
    return bool(layers) and all(
        steps.keys() == OF_LAYER and steps["expand_window"].attrs["window_size"] == 1 for steps in layers
    )


@dataclass(frozen=True, slots=True)
class _Layer:
    """Weights of a layer."""

    weights: Floats
    bias: Floats
    scale: Floats
    shift: Floats

    @classmethod
    def of(cls, layer: Any) -> _Layer:
        """Take the weights of a layer of the model, the numbers that compete in columns of their own."""
        steps = {step.name: step for step in layer.walk()}
        maxout, norm = steps["maxout"], steps["layernorm"]
        weights, bias = maxout.get_param("W"), maxout.get_param("b")
        return cls(
            weights.swapaxes(0, 1).reshape(-1, weights.shape[-1]).copy(), bias.T.reshape(-1).copy(),
            norm.get_param("G"), norm.get_param("b"),
        )  # fmt: skip


class _Vectors:
    """Makes the vectors of the words of texts."""

    def __init__(self, model: Any) -> None:
        spelling, around = model.layers
        self._ops, self._width, self._pad = model.ops, model.get_dim("nO"), around.attrs["pad"]
        self._asked = spelling.layers[0].attrs["columns"]
        self._look_up, self._mix = spelling.layers[2].layers[0], spelling.layers[3].layers[0]
        self._layers = [_Layer.of(layer) for layer in around.layers[0].layers]
        self._known: dict[bytes, Floats] = {}

    def __call__(
        self,
        model: Any,  # noqa: ARG002
        docs: Sequence[Doc],
        *,
        is_train: bool,  # noqa: ARG002
    ) -> tuple[list[Floats], Callable[[Any], Any]]:
        """Return the vectors of each text, and a way back for training, which there is not."""
        vectors = self._ops.flatten([self._of_spelling(doc) for doc in docs], pad=self._pad)
        for layer in self._layers:
            vectors += self._through(layer, vectors)
        lengths = self._ops.asarray1i([len(doc) for doc in docs])
        return self._ops.unflatten(vectors, lengths, pad=self._pad), _no_way_back

    def _of_spelling(self, doc: Doc) -> Floats:
        """Return a vector for each word by its spelling."""
        import numpy as np

        if not len(doc):
            return np.empty((0, self._width), dtype=np.float32)
        rows: NDArray[np.uint64] = doc.to_array(self._asked)  # type: ignore[assignment]
        words = rows.view(f"V{rows[:1].nbytes}").ravel().tolist()
        if len(self._known) > MOST_REMEMBERED:
            self._known.clear()
        fresh = {word: at for at, word in enumerate(words) if word not in self._known}
        self._learn(list(fresh), rows[list(fresh.values())])
        return np.concatenate([self._known[word] for word in words]).reshape(-1, self._width)

    def _learn(self, words: Sequence[bytes], rows: NDArray[np.uint64]) -> None:
        """Remember the vectors of words that are met for the first time."""
        for first in range(0, len(words), AT_ONCE):
            some = rows[first : first + AT_ONCE]
            whole = some[[*range(len(some)), *[0] * (AT_ONCE - len(some))]]
            vectors = self._mix.predict(self._look_up.predict(whole))
            self._known.update(zip(words[first : first + AT_ONCE], vectors, strict=False))

    def _through(self, layer: _Layer, vectors: Floats) -> Floats:
        """Return what a layer adds to vectors in the light of those on each side."""
        import numpy as np

        beside = np.zeros((len(vectors), 3, self._width), dtype=np.float32)
        beside[1:, 0], beside[:, 1], beside[:-1, 2] = vectors[:-1], vectors, vectors[1:]
        pieces = self._ops.gemm(beside.reshape(len(vectors), -1), layer.weights, trans2=True) + layer.bias
        greatest: Floats = np.maximum.reduce(pieces.reshape(len(vectors), -1, self._width), axis=1)
        greatest -= greatest.mean(axis=1, keepdims=True)
        spread = np.square(greatest).mean(axis=1, keepdims=True) + 1e-8
        added: Floats = greatest * spread**-0.5 * layer.scale + layer.shift
        return added


def _no_way_back(_gradient: Any) -> Any:
    raise NotImplementedError("a model that remembers vectors cannot be trained")
