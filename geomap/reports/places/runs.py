"""Names that run on without commas: "the villages of Massara Tell Rifa and Deir al-Sharqi".

Where a list of settlements is announced, a run of words with capitals is cut into the names the gazetteer knows, the
longest first; what it does not know is cut where names begin. A word that only opens names ("Tell", "Khirbet") takes
the next along, and one with an article goes with the word before it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomap.gazetteer.names import key
from geomap.reports.lexicon import load_lexicon

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc

    from geomap.gazetteer import Gazetteer

__all__ = ["is_announced", "names_in_run"]

LONGEST = 4
"""Words of the longest name that is looked up."""


def is_announced(doc: Doc, first: int) -> bool:
    """Whether a run of names follows a plural noun of settlements: "the villages of A B and C"."""
    if first < 2 or doc[first - 1].lower_ != "of":
        return False
    noun = doc[first - 2]
    return noun.tag_ in {"NNS", "NNPS"} and noun.lower_ in load_lexicon().names["settlements"]


def names_in_run(doc: Doc, first: int, last: int, gazetteer: Gazetteer) -> Iterator[tuple[int, int]]:
    """Yield the ranges of tokens of the names in a run of words with capitals.

    Parameters
    ----------
    doc
        A parsed text.
    first, last
        The range of the run.
    gazetteer
        Where names are looked up.
    """
    words = _words(doc, first, last)
    at = 0
    while at < len(words):
        size = _known(doc, words[at : at + LONGEST], gazetteer) or _unknown(doc, words[at:])
        yield words[at][0], words[at + size - 1][1]
        at += size


def _words(doc: Doc, first: int, last: int) -> list[tuple[int, int]]:
    """Return the ranges of tokens between spaces: "al-Sharqi" is one word."""
    words: list[tuple[int, int]] = []
    start = first
    for at in range(first, last):
        if doc[at].whitespace_ or at + 1 == last:
            words.append((start, at + 1))
            start = at + 1
    return words


def _known(doc: Doc, words: list[tuple[int, int]], gazetteer: Gazetteer) -> int:
    """Return how many words the longest known name at the start has, or 0."""
    for size in range(len(words), 0, -1):
        if size == 1 and (_opens(doc, words[0]) or (len(words) > 1 and _has_article(doc, words[1]))):
            # a part of a name, unless what follows is a name by itself
            follower = doc[words[1][0] : words[1][1]].text if len(words) > 1 else ""
            if _opens(doc, words[0]) or not gazetteer.has(follower):
                return 0
        if gazetteer.has(doc[words[0][0] : words[size - 1][1]].text):
            return size
    return 0


def _unknown(doc: Doc, words: list[tuple[int, int]]) -> int:
    """Return how many words the unknown name at the start has."""
    size = 2 if len(words) > 1 and _opens(doc, words[0]) else 1
    while size < len(words) and _has_article(doc, words[size]):
        size += 1
    return size


def _opens(doc: Doc, word: tuple[int, int]) -> bool:
    return key(doc[word[0] : word[1]].text) in load_lexicon().names["openers"]


def _has_article(doc: Doc, word: tuple[int, int]) -> bool:
    text = doc[word[0] : word[1]].text
    return "-" in text and text.split("-")[0].lower() in load_lexicon().names["articles"]
