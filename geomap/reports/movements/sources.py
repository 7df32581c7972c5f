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

__all__ = ["first_of_speaker", "sources", "speaks_next"]

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


def first_of_speaker(subject: Token) -> int:
    """Return where a subject begins; before a verb of saying without the place that has run into it.

    Where a comma is lost, "seized A residents said" and "seized the A checkpoint activists said" name one phrase.
    """
    if subject.head.lemma_.lower() not in load_lexicon().saying or subject.pos_ != "NOUN":
        return subject.left_edge.i
    edge, first = subject.left_edge, subject.i
    while first > edge.i and _describes_speaker(subject.doc[first - 1]):
        first -= 1
    before = subject.doc[first - 1]
    whose = before.pos_ == "PROPN" and edge.pos_ == "DET"  # "the A government said"
    return edge.i if whose and edge.i < first else first


def _describes_speaker(word: Token) -> bool:
    """Whether a word before a speaker belongs to him: "a", "military", "police", not a name or a noun of place."""
    grounds = load_lexicon().places["generic"] - {"state"}
    return word.pos_ in {"DET", "ADJ", "NUM"} or (word.pos_ == "NOUN" and word.lemma_.lower() not in grounds)


def speaks_next(noun: Token) -> bool:
    """Whether a noun that the parse makes an object is who speaks right after: "seized A police sources said"."""
    after = noun.doc[noun.i + 1] if noun.i + 1 < noun.sent.end else None
    speakers = load_lexicon().speakers.values()
    told = after is not None and after.tag_ == "VBD" and after.lemma_.lower() in load_lexicon().saying
    return told and any(noun.lemma_.lower() in nouns for nouns in speakers)


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
