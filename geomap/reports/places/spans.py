"""Stretches of a parsed text that may be names of places.

Three sources are asked: the gazetteer, which knows the names but not the sentence; the parser's entities, which know
what reads like a place but miss "Ayn Issa"; and capitals alone, for a hamlet that neither knows ("the village of
Khirbet Qays"). Which of them are places is for :mod:`geomap.reports.places.clues` to weigh.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geomap.gazetteer.names import split_generic
from geomap.gazetteer.ranking import is_own_name
from geomap.reports.lexicon import general_words, load_lexicon
from geomap.reports.places.runs import is_announced, names_in_run

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spacy.tokens import Doc, Span, Token

    from geomap.gazetteer import Gazetteer
    from geomap.models import Place

__all__ = ["PLACE_LABELS", "Stretch", "stretches"]

MAX_WORDS = 7
PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
_INSIDE = frozenset("-–‑—’'./&")
_JOINTS = frozenset({",", "and", ", and", "as well as", "&"})
"""Between the names of a list."""
_POSSESSIVE = frozenset({"'s", "’s", "’", "'", ".", ","})


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words that may name a place; `first` and `last`, the token after them, are of `doc`."""

    doc: Doc
    first: int
    last: int
    span: Span
    """The words in their text."""
    name: str
    """The words, without the "s" of a possessive whose apostrophe was lost."""
    best: Place | None = None
    """The most important place of that name."""
    own: bool = False
    """It goes by that very name."""


def stretches(doc: Doc, gazetteer: Gazetteer, taken: Iterable[tuple[int, int]] = ()) -> tuple[Stretch, ...]:
    """Return the stretches of a text that may name a place, in order, none overlapping another.

    Parameters
    ----------
    doc
        A parsed text.
    gazetteer
        Where names are looked up.
    taken
        Ranges of tokens known to be something else.
    """
    free = [True] * len(doc)
    for first, last in taken:
        free[first:last] = [False] * (last - first)
    found, runs = [], tuple(_capitals(doc))
    for source in (
        _announced(doc, runs, gazetteer),
        _called(doc, runs, gazetteer),
        _known(doc, gazetteer),
        _entities(doc),
        runs,
    ):
        for first, last in source:
            if all(free[first:last]):
                free[first:last] = [False] * (last - first)
                found.append(_stretch(doc, first, last, gazetteer))
    return tuple(sorted(found, key=lambda stretch: stretch.first))


def _stretch(doc: Doc, first: int, last: int, gazetteer: Gazetteer) -> Stretch:
    span = doc[first:last]
    name = _less_possessive(span, gazetteer)
    found = gazetteer.candidates(name)
    best = found[0].place if found else None
    return Stretch(doc, first, last, span, name, best, best is not None and _is_own(best, name))


def _is_own(place: Place, name: str) -> bool:
    """Whether a place goes by a name, or is called by it in passing: "Donetsk Airport"."""
    generic = split_generic(name)
    return is_own_name(place, name) or (generic is not None and generic.kind.fits(place.feature))


def _announced(doc: Doc, runs: Iterable[tuple[int, int]], gazetteer: Gazetteer) -> Iterator[tuple[int, int]]:
    """Yield the names of lists that a noun announces and that have lost their commas: "the villages of A B and C"."""
    for first, last in runs:
        kept_commas = last < len(doc) and doc[last].text == ","
        if (
            last - first > 1
            and not kept_commas
            and is_announced(doc, first)
            and not gazetteer.has(doc[first:last].text)
        ):
            yield from names_in_run(doc, first, last, gazetteer)


def _called(doc: Doc, runs: Iterable[tuple[int, int]], gazetteer: Gazetteer) -> Iterator[tuple[int, int]]:
    """Yield unknown names of several words that are called a settlement: "the village of Tall Tawil", "Qara Yazi town".

    So is what a list of settlements goes on with: "the villages of Karma, Tall Tawil and Qara Yazi".
    A part of such a name may well be known, as another place.
    """
    settlements, general = load_lexicon().names["settlements"], general_words()
    listed = False
    before = 0
    for first, last in runs:
        listed = is_announced(doc, first) or (listed and doc[before:first].text in _JOINTS)
        before = last
        if last - first < 2 or any(token.lower_ in general for token in doc[first:last]):
            continue
        nouns = [doc[last]] if last < len(doc) else []
        if first > 1 and doc[first - 1].lower_ == "of":
            nouns.append(doc[first - 2])
        called = listed or any(noun.tag_ == "NN" and noun.lower_ in settlements for noun in nouns)
        if called and not _made_of_names(doc[first:last], gazetteer):
            yield first, last


def _made_of_names(words: Span, gazetteer: Gazetteer) -> bool:
    """Whether words are known, as one name or as one beside another: "Ghouta", "Syrias Idlib", "Kurdish Afrin"."""

    def known(part: Span) -> bool:
        text = part.text
        return gazetteer.has(text) or gazetteer.has(text.removesuffix("s")) or gazetteer.demonym(text) is not None

    return known(words) or any(known(words[:at]) and known(words[at:]) for at in range(1, len(words)))


def _known(doc: Doc, gazetteer: Gazetteer) -> Iterator[tuple[int, int]]:
    """Yield token ranges whose words the gazetteer knows, longest first at each position."""
    for first, token in enumerate(doc):
        if not _may_start(token):
            continue
        for last in range(_reach(doc, first), first, -1):
            if not _may_end(doc[last - 1]) or (last > first + 1 and token.lower_ in {"the", "of"}):
                continue
            words = doc[first:last]
            if gazetteer.has(_less_possessive(words, gazetteer)) or (
                len(words) < 3 and gazetteer.demonym(words.text) is not None
            ):
                yield first, last
                break


def _reach(doc: Doc, first: int) -> int:
    """Return the token before which a name that begins here has to end."""
    last = first + 1
    while last < min(len(doc), first + MAX_WORDS):
        token = doc[last]
        if token.is_space or token.is_sent_start or (token.is_punct and token.text not in _INSIDE):
            break
        last += 1
    return last


def _entities(doc: Doc) -> Iterator[tuple[int, int]]:
    """Yield what the parser takes for places, without the article and the possessive it takes along."""
    for entity in doc.ents:
        first, last = entity.start, entity.end
        while first < last and doc[first].lower_ in {"the", "a", "an"}:
            first += 1
        while last > first and doc[last - 1].text in _POSSESSIVE:
            last -= 1
        words = doc[first:last]
        named = any(t.pos_ == "PROPN" and t.text[0].isupper() for t in words)
        if entity.label_ in PLACE_LABELS and named and not any(t.like_num for t in words):
            yield first, last


def _capitals(doc: Doc) -> Iterator[tuple[int, int]]:
    """Yield runs of words with capitals, less a generic noun at their end: "Khirbet Qays village"."""
    generic = load_lexicon().places["generic"]
    first = 0
    while first < len(doc):
        last = first
        while last < len(doc) and _carries_on(doc, first, last):
            last += 1
        while last > first and (doc[last - 1].is_punct or doc[last - 1].lower_ in generic):
            last -= 1
        if last > first:
            yield first, last
        first = max(last, first + 1)


def _carries_on(doc: Doc, first: int, at: int) -> bool:
    """Whether a word goes on with a run of names: a capital, or a hyphen or article in the midst of one."""
    token = doc[at]
    if token.text in "-–‑":
        return at > first and at + 1 < len(doc) and not doc[at - 1].whitespace_ and not token.whitespace_
    if token.is_sent_start and at > first:
        return False
    if token.lower_ != "the" and token.lower_ in load_lexicon().names["articles"]:
        return at + 1 < len(doc) and (
            doc[at + 1].text in "-–‑" or ((at > first or token.text[0].isupper()) and doc[at + 1].text[0].isupper())
        )
    return token.text[0].isupper() and token.pos_ == "PROPN" and token.is_alpha


def _less_possessive(words: Span, gazetteer: Gazetteer) -> str:
    """Return the name without the "s" of a possessive whose apostrophe was lost: "Aleppos outskirts"."""
    text = words.text
    after = words.doc[words.end] if words.end < len(words.doc) else None
    if text.endswith("s") and len(text) > 4 and after is not None and after.pos_ in {"NOUN", "ADJ", "PROPN"}:
        return text if gazetteer.has(text) else text[:-1]
    return text


def _may_start(token: Token) -> bool:
    text = token.text
    if text[0].isupper():
        return token.pos_ not in {"DET", "PRON", "ADP"}
    if text.lower() == "the" or text.lower() not in load_lexicon().names["articles"]:
        return False
    return token.i + 1 < len(token.doc) and token.nbor().text[:1] in "-–‑’' "


def _may_end(token: Token) -> bool:
    return (token.text[0].isupper() or token.text[0].isdigit()) and not token.is_punct
