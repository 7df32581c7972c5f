"""Words that only tell who says so: "according to A, a monitor in B", "said C, a group based in D".

Places in them are where the speakers are. Parses often hang such a tail on the verb or the noun that it follows, so
that its extent is read from the order of the words too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomap.reports.lexicon import load_lexicon

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Span, Token

__all__ = ["sources"]

SUBJECTS = {"nsubj", "nsubjpass"}


def sources(sentence: Span) -> Iterator[range]:
    """Yield the runs of words of a sentence that name a speaker and describe him, as indices of tokens."""
    saying = load_lexicon().saying
    for token in sentence:
        if token.lower_ == "according" and sentence.doc[token.i + 1 : sentence.end].text.startswith("to "):
            yield range(token.i, _described(_end_of_name(token), sentence))
        elif token.dep_ in SUBJECTS and token.head.lemma_.lower() in saying:
            if token.i < token.head.i:
                yield range(token.i, token.right_edge.i + 1)  # "the governor of A said"
            elif not any(c.dep_ in SUBJECTS and c.i < token.head.i for c in token.head.children):
                yield range(token.left_edge.i, _described(token.right_edge.i + 1, sentence))


def _end_of_name(according: Token) -> int:
    """Return where the words that "according to" governs end."""
    to = according.nbor(1)
    target = next((t for c in (according, to) for t in c.children if t.dep_ == "pobj"), None)
    return max(to.i, target.right_edge.i if target is not None else to.i) + 1


def _described(end: int, sentence: Span) -> int:
    """Return where the appositions and relative clauses after a name end: ", a monitor in A that relies on B"."""
    doc = sentence.doc
    while end + 1 < sentence.end and doc[end].text == "," and (head := _describing(doc[end + 1])) is not None:
        end = head.right_edge.i + 1
    return min(end, sentence.end)


def _describing(first: Token) -> Token | None:
    """Return the head of a phrase that goes on about the name before its comma, and is no clause of its own."""
    for head in (first, *first.ancestors):
        if head.left_edge.i < first.i or head.i - first.i > 8:
            return None
        if head.dep_ in SUBJECTS:
            return None
        if (head.pos_ in {"NOUN", "PROPN"} and head.dep_ != "compound" and first.pos_ == "DET") or head.dep_ == "relcl":
            return head
    return None
