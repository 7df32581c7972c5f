"""Place names in text: where they stand, and what each does in its sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geomap.gazetteer.hints import kind_of_noun
from geomap.models import Role
from geomap.reports.forces.actors import group_spans, is_group_name
from geomap.reports.lexicon import general_words, load_lexicon, names_nothing
from geomap.reports.places.roads import numbered_roads
from geomap.reports.places.roles import is_people, role_of
from geomap.reports.places.signs import is_called
from geomap.reports.places.spans import Stretch, stretches
from geomap.reports.places.weighing import weigh
from geomap.reports.times.days import MONTHS, WEEKDAYS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Doc, Span, Token

    from geomap.gazetteer import Gazetteer

__all__ = ["SURE", "Toponym", "find_toponyms"]

SURE = 6.0
"""Log odds of a name that is beyond doubt."""
LITTLE_DOUBT = 1.5
DOUBTFUL = -1.5
"""Log odds below which a name is not worth resolving."""

DIRECTIONS = re.compile(
    r"(?:(?:far|deep|central|rural)\s+)?(?:north|south|east|west)(?:[- ]?(?:east|west))?(?:ern)?",
    re.IGNORECASE,
)
DIRECTION_WORDS = frozenset({"north", "south", "east", "west", "northeast", "northwest", "southeast", "southwest"})
CALENDAR = frozenset([*MONTHS, *WEEKDAYS])


@dataclass(frozen=True, slots=True)
class Toponym:
    """A place name in a parsed text; token and character offsets are into that text."""

    first: int
    last: int
    """Token after the name."""
    start: int
    end: int
    text: str
    role: Role
    kind: str | None = None
    """The common noun that says what sort of place it is: town, base, province …"""
    direction: str | None = None
    """The part meant: "northeastern" in "northeastern Syria"."""
    score: float = SURE
    """How surely it is a place by the words alone, as log odds."""
    within: str | None = None
    """The name written after it as what it lies in: "Idlib" of "Saraqib, Idlib"."""

    @property
    def sure(self) -> bool:
        """Whether the words leave little doubt."""
        return self.score > LITTLE_DOUBT


def find_toponyms(docs: Sequence[Doc], gazetteer: Gazetteer) -> list[tuple[Toponym, ...]]:
    """Return what may be place names in each part of a report, in order, none overlapping another.

    Doubtful ones are among them: where they would lie decides (see :func:`geomap.reports.places.resolve.plausible`).

    Parameters
    ----------
    docs
        The parsed parts of one report; what one tells of a name holds for the others.
    gazetteer
        Where names are looked up.
    """
    texts = [doc.text for doc in docs]
    roads = [list(_token_ranges(doc, numbered_roads(text))) for doc, text in zip(docs, texts, strict=True)]
    forces = [list(_token_ranges(doc, group_spans(text))) for doc, text in zip(docs, texts, strict=True)]
    found = [stretches(doc, gazetteer, [*road, *force]) for doc, road, force in zip(docs, roads, forces, strict=True)]
    peoples = [tuple(s for s in part if is_people(s, gazetteer)) for part in found]
    named = [tuple(s for s in part if not is_people(s, gazetteer) and _may_be_place(s)) for part in found]
    return [
        tuple(sorted([*_roads(doc, road), *_peoples(people), *_places(part, scores)], key=lambda t: t.start))
        for doc, road, people, part, scores in zip(docs, roads, peoples, named, weigh(named), strict=True)
    ]


def _token_ranges(doc: Doc, spans: Iterator[tuple[int, int]] | Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    for start, end in spans:
        words = doc.char_span(start, end, alignment_mode="expand")
        if words is not None:
            yield words.start, words.end


def _roads(doc: Doc, ranges: Sequence[tuple[int, int]]) -> Iterator[Toponym]:
    for first, last in ranges:
        words = doc[first:last]
        yield Toponym(first, last, words.start_char, words.end_char, words.text, Role.PLACE, kind="highway")


def _peoples(people: Sequence[Stretch]) -> Iterator[Toponym]:
    for stretch in people:
        role = role_of(stretch, people=True)
        if role is not None:
            yield _toponym(stretch, role)


def _places(part: Sequence[Stretch], scores: Sequence[float]) -> Iterator[Toponym]:
    for stretch, score in zip(part, scores, strict=True):
        role = role_of(stretch) if score > DOUBTFUL else None
        if role is not None:
            yield _toponym(stretch, role, score)


def _may_be_place(stretch: Stretch) -> bool:
    """Whether the words are neither a force, nor a date, nor an agency's capitals, nor a noun that some town is called.

    Regions may be called by nouns alone ("West Bank"), but hardly by one ("the South", "City Hospital"); first words
    of names ("Jabal"), peoples ("Arab") and institutions ("White House") name no place by themselves.
    """
    name, best = stretch.name, stretch.best
    if is_group_name(name) or name.lower().removesuffix(".") in CALENDAR:
        return False
    words = [token.lower_ for token in stretch.span if token.is_alpha]
    if names_nothing(name) and not is_called(stretch.span, "settlements"):
        return False
    area = best is not None and (best.is_country or best.feature == "A.ADM1")
    if words and all(word in general_words() or word.removesuffix("ern") in general_words() for word in words):
        return len(words) > 1 and best is not None and (area or best.feature[0] in "LHT")
    return area or not (name.isupper() and 1 < len(name.replace(".", "")) <= 4)


def _toponym(stretch: Stretch, role: Role, score: float = SURE) -> Toponym:
    span, name = stretch.span, stretch.name
    return Toponym(
        stretch.first, stretch.last, span.start_char, span.start_char + len(name), name, role,
        kind=_kind(span), direction=_direction(span), score=score, within=_within(span),
    )  # fmt: skip


def _kind(span: Span) -> str | None:
    """Return the place noun that goes with a name: "Anbar province", "the town of Rmeilan"."""
    doc, generic = span.doc, load_lexicon().places["generic"]
    after = doc[span.end] if span.end < len(doc) else None
    if after is not None and span.end + 1 < len(doc) and kind_of_noun(two := doc[span.end : span.end + 2].text.lower()):
        return two
    if after is not None and after.lemma_.lower() in generic and after.dep_ != "conj" and not _groups(span, after):
        return str(after.lemma_.lower())
    before = span.start - 1
    if before > 0 and doc[before].lower_ == "of" and doc[before - 1].lemma_.lower() in generic:
        return str(doc[before - 1].lemma_.lower())
    if before >= 0 and doc[before].lemma_.lower() in generic and doc[before].pos_ in {"NOUN", "PROPN"}:
        return str(doc[before].lemma_.lower())
    return None


def _groups(span: Span, noun: Token) -> bool:
    """Whether a plural tells of several places that one name stands for: "the Gulf states", not "A and B provinces"."""
    return noun.tag_ == "NNS" and not any(c.dep_ == "conj" for c in (span.root, *span.root.children))


def _direction(span: Span) -> str | None:
    before = span.doc[max(0, span.start - 3) : span.start].text.rstrip("- ")
    match = re.search(rf"({DIRECTIONS.pattern})$", before, re.IGNORECASE)
    return match[1].lower() if match else None


def _within(span: Span) -> str | None:
    """Return the name that says what a place lies in: "Tripoli, Lebanon", "Palma in northern Mozambique"."""
    doc, last = span.doc, span.end
    start = last + 1
    if last < len(doc) and doc[last].lower_ == "in":
        while start < len(doc) and (doc[start].lower_ in {"the", "far"} or DIRECTIONS.fullmatch(doc[start].text)):
            start += 1
    elif last >= len(doc) or doc[last].text != ",":
        return None
    end = start
    while end < len(doc) and end < start + 3 and doc[end].pos_ == "PROPN" and doc[end].text[0].isupper():
        end += 1
    return doc[start:end].text or None
