"""Names in a row: "the villages of A, B and C", "three villages south of D: A B and C".

Read by the order of the words alone: parsers lose their way in long lists, the more so where a
page has lost its commas.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from geomap.models import Role
from geomap.reports.lexicon import load_lexicon

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Doc, Token

    from geomap.models import Mention
    from geomap.reports.passage import Passage
    from geomap.reports.places.toponyms import Toponym

__all__ = ["enumerated", "in_row", "joint", "row_of"]

_JOINT = re.compile(
    r"(?:\s(?!and\b|as\b)(?P<noun>[a-z]+))?(?:\s*(?P<mark>,?\s(?:and|as well as)\s|,\s|\s&\s|\s))(?:the\s|nearby\s)?"
)
"""Between two names of a list; the first may have its noun: "A village and B"."""
_FILLING = frozenset({"of", "the", "both", "called", "named", ",", "(", '"', "“", "'"})
_OPENING = frozenset({"including", "namely", ":", "-", "–", "—", "like", "such", "as", "are", "were"})
"""What the names of places that were only counted follow: "four villages near A, including B and C"."""
_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
FURTHEST = 14
"""Words after a noun beyond which no list of its names is looked for."""


def joint(gap: str) -> str | None:
    """Return the mark that joins two names of a list, a space where its comma was lost, or None where they are none."""
    found = _JOINT.fullmatch(gap)
    if found is None or (found["noun"] and not _is_noun(found["noun"])):
        return None
    return found["mark"].strip() or " "


def row_of(passage: Passage, index: int) -> tuple[int, ...]:
    """Return the place names of a passage that stand in one list with one of them, that one included, in order."""
    first = last = index
    while first > 0 and (_mark(passage, first - 1) == " " or _hangs_together(passage, first - 1, first)):
        first -= 1
    comma = None
    while last + 1 < len(passage.toponyms) and (mark := _mark(passage, last)) is not None:
        if mark == ",":
            comma = last if comma is None else comma
        elif mark != " ":
            comma = None
        last += 1
    # commas alone make no list: "in A, B was taken"
    return tuple(range(first, (comma if comma is not None else last) + 1))


def enumerated(passage: Passage, noun: Token) -> tuple[int, ...]:
    """Return the names that a plural noun of place announces, or none: "captured three villages near A: B, C and D"."""
    doc, nouns = passage.doc, load_lexicon().names["settlements"]
    if noun.tag_ not in {"NNS", "NNPS"} or noun.lower_ not in nouns:
        return ()
    number, direct, opened = _count(noun), True, False
    at, end = noun.i + 1, min(noun.sent.end, noun.i + FURTHEST)
    while at < end:
        token = doc[at]
        told = passage.told_at(token)
        index = passage.mention_at(token)
        if told is not None and told.start >= noun.idx and token.lower_ != "of":
            at = _after(doc, told.end, at)
        elif index is not None:
            row = row_of(passage, index) if passage.mentions[index].role is Role.PLACE else ()
            if _announced(len(row), number, direct=direct, opened=opened):
                return row
            at, direct = passage.toponyms[row[-1] if row else index].last, False
        elif token.tag_ in {"VBD", "VBZ", "VBP", "MD"} and token.lower_ not in _OPENING:
            return ()
        else:
            opened = opened or token.lower_ in _OPENING
            direct = direct and token.lower_ in _FILLING | _OPENING
            at += 1
    return ()


def _announced(size: int, number: int | None, *, direct: bool, opened: bool) -> bool:
    """Whether a list of some names is the one that was announced."""
    if size == 0:
        return False
    return direct or opened or (size > 1 and size == number)


def _mark(passage: Passage, n: int) -> str | None:
    """Return what joins a name to the next one as members of a list, or None."""
    one, other = passage.toponyms[n], passage.toponyms[n + 1]
    if {passage.mentions[n].role, passage.mentions[n + 1].role} != {Role.PLACE}:
        return None
    if _holds(passage.mentions[n + 1], passage.mentions[n]) or _speaks(passage.doc, other):
        return None
    words = passage.doc[one.first : other.last]  # the text of a whole paragraph is put together anew each time
    return joint(words.text[one.end - words.start_char : other.start - words.start_char])


def _hangs_together(passage: Passage, n: int, after: int) -> bool:
    """Whether a name hangs on the one after it in the parse, as members of a list do."""
    one, other = passage.toponyms[n], passage.toponyms[after]
    root = passage.doc[one.first : one.last].root
    linked = root.dep_ in {"compound", "nmod", "appos", "conj"} and other.first <= root.head.i < other.last
    return linked and _mark(passage, n) is not None


def _holds(area: Mention, mention: Mention) -> bool:
    """Whether a name is that of what holds the one before it: "Saraqib Idlib", "Goma, Congo"."""
    if area.place is None or not area.place.is_area:
        return False
    return mention.place is None or not mention.place.is_area or mention.place.country == area.place.country


def _speaks(doc: Doc, name: Toponym) -> bool:
    """Whether a name is the subject of another clause: "took A and B said", "left A and B fell"."""
    after = doc[name.last] if name.last < len(doc) else None
    subject = doc[name.first : name.last].root.dep_ in {"nsubj", "nsubjpass"}
    return after is not None and after.tag_ in {"VBD", "VBZ", "VBP", "MD"} and subject


def _count(noun: Token) -> int | None:
    """Return the number before a noun: "three villages"."""
    word = next((t.lower_ for t in noun.children if t.i < noun.i and t.like_num), "")
    if word in _NUMBERS:
        return _NUMBERS.index(word) + 1
    return int(word) if word.isascii() and word.isdigit() else None


def _after(doc: Doc, offset: int, at: int) -> int:
    """Return the first token at or after an offset, beyond another token."""
    while at < len(doc) and doc[at].idx < offset:
        at += 1
    return at


def _is_noun(word: str) -> bool:
    lexicon = load_lexicon()
    return word in lexicon.places["generic"] or word in lexicon.names["settlements"]


def in_row(text: str, names: Sequence[Toponym], number: int) -> list[int]:
    """Return the names of a text that stand right before one in the same list, that one included, last first."""
    found = [number]
    while found[-1] > 0 and joint(text[names[found[-1] - 1].end : names[found[-1]].start]) is not None:
        found.append(found[-1] - 1)
    return found
