"""Lines that a sentence names, and how something lies to them: rivers, roads, parallels, borders, lines of truces.

"10 km on each side of the White Nile", "south of the Litani", "between the M4 and the Turkish border".
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from geomap.errors import GeomapError
from geomap.gazetteer.relation_words import POINTS
from geomap.gazetteer.relations import Anchor, Relation, RelationKind, find_relations
from geomap.models import PlaceRef, Role
from geomap.reports.lexicon import load_lexicon

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Span

    from geomap.gazetteer import Gazetteer
    from geomap.reports.passage import Passage
    from geomap.reports.places.resolve import Context

__all__ = [
    "ToldLine",
    "bearing_of",
    "border_ref",
    "is_both_sided",
    "is_told_road",
    "known_line",
    "line_of",
    "lines_in",
    "road_between",
]

_WIND = r"(?P<wind>(?:north|south)[\s-]?(?:east|west)|north|south|east|west)"
_ARTICLE = r"(?:the\s+)?(?:(?:river|road|highway|motorway|route)\s+)?"
_BEARING = re.compile(rf"\b{_WIND}(?:wards?)?\s+of\s+{_ARTICLE}$", re.IGNORECASE)
_BANK = re.compile(rf"\b{_WIND}(?:ern)?\s+(?:banks?|side|shores?)\s+of\s+{_ARTICLE}$", re.IGNORECASE)
_BOTH = re.compile(
    r"(?:\b(?:on|to|along|at|for|of|km|miles|kilomet(?:er|re)s|met(?:er|re)s|deep|wide)\s+)(?:either|each|both)\s+(?:of\s+the\s+)?sides?\b"
    r"(?!\s+of\s+the\s+(?:conflict|war|aisle|debate|dispute|argument|divide|political))"
    r"|\beither\s+side\s+of\s+the\s+(?:\S+\s+){0,3}?(?:border|frontier|line|road|highway|river)\b"
    r"|\b(?:north(?:ern)?|south(?:ern)?|east(?:ern)?|west(?:ern)?)\s+(?:side\s+)?and\s+(?:[\w.-]+\s+){0,6}?"
    r"(?:north|south|east|west)(?:ern)?\s+(?:side\s+)?of\b",
    re.IGNORECASE,
)
_LEADS = re.compile(
    rf"\b(?:along(?:side)?|sides?\s+of|(?:either|each|both)\s+sides?|astride|following|parallel\s+to|banks?\s+of"
    rf"|(?:km|kilomet(?:er|re)s?|miles?|met(?:er|re)s?)\s+(?:of|from))\s+{_ARTICLE}$",
    re.IGNORECASE,
)
"""Words between a zone and the line by which it is told."""
_BETWEEN = re.compile(rf"\bbetween\s+{_ARTICLE}$", re.IGNORECASE)
_KINDS = r"^\s*(?:river|road|highway|motorway|route|canal)\b"
_LETTERS = (("north", "N"), ("south", "S"), ("east", "E"), ("west", "W"))
_PARALLEL = re.compile(
    r"\b(?P<n>\d{1,2})(?:st|nd|rd|th)\s+parallel(?:\s+(?P<side>north|south)\b(?!\s+of))?", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class ToldLine:
    """A line that a sentence names; offsets are into the paragraph."""

    start: int
    end: int
    ref: PlaceRef
    """Its place carries the course; a line that no data knows has none."""
    pair: tuple[str, str] | None = None
    """The countries whose border it is."""
    bearing: float | None = None
    """Degrees clockwise from north of the side of it that is meant."""
    leads: bool = False
    """Words stand before it by which something lies along it or to it."""


def is_both_sided(text: str) -> bool:
    """Whether words put something on both sides of a line: "on either side", "6 km north and 6 km south of"."""
    return bool(_BOTH.search(text))


def lines_in(sentence: Span, passage: Passage, context: Context, gazetteer: Gazetteer) -> list[ToldLine]:
    """Return the lines a sentence names, in its order, each with the side of it that the words before it tell."""
    found: list[ToldLine] = []
    for line in (*_told(passage, context, gazetteer), *_named(passage, context), *_mentioned(passage)):
        inside = sentence.start_char <= line.start < sentence.end_char
        if inside and all(line.end <= other.start or other.end <= line.start for other in found):
            found.append(_placed(line, passage.doc.text[sentence.start_char : line.start]))
    return sorted(found, key=lambda line: line.start)


def line_of(lines: Sequence[ToldLine], passage: Passage) -> tuple[ToldLine, ...]:
    """Return the line something lies along or on a side of, the two it lies between, or none."""
    text = passage.doc.text
    for first, last in pairwise(lines):
        gap = re.sub(_KINDS, "", text[first.end : last.start])
        if _BETWEEN.search(text[: first.start]) and re.fullmatch(r"\s*,?\s*and\s+(?:the\s+)?", gap):
            return first, last
    return tuple(line for line in lines if line.leads)[:1]


def is_told_road(line: ToldLine) -> bool:
    """Whether a line is a road that is told by the places it joins."""
    place = line.ref.place
    return place is not None and place.course is not None and place.feature == "R.RD"


def _placed(line: ToldLine, before: str) -> ToldLine:
    match = _BEARING.search(before) or _BANK.search(before)
    bearing = bearing_of(match["wind"]) if match else None
    leads = bearing is not None or _LEADS.search(before) is not None
    return ToldLine(line.start, line.end, line.ref, line.pair, bearing, leads)


def bearing_of(wind: str) -> float:
    """Return the degrees of a wind in words: 225 of "south-west"."""
    return POINTS["".join(letter for word, letter in _LETTERS if word in wind.lower())]


def _mentioned(passage: Passage) -> Iterator[ToldLine]:
    """Yield the rivers and roads that go by a name or number."""
    for mention, toponym in zip(passage.mentions, passage.toponyms, strict=True):
        place = mention.place
        if place is None or mention.role is not Role.PLACE:
            continue
        if place.feature in {"H.STM", "H.CNL"} or place.feature == "R.RD":
            yield ToldLine(toponym.start, toponym.end, PlaceRef(mention.text, place))


def _told(passage: Passage, context: Context, gazetteer: Gazetteer) -> Iterator[ToldLine]:
    """Yield the roads and borders told by what they join or part."""
    text = passage.doc.text
    if not re.search(r"border|frontier|road|highway|route|axis|motorway", text):
        return
    for telling in passage.tellings:
        told = telling.told if telling.relation.kind is RelationKind.ROAD else None
        if told is not None:
            yield ToldLine(told.start, told.end, told.ref)
    names = [(t.start, t.end) for t in passage.toponyms]
    for line in (line for relation in find_relations(text, names) for line in _lines_of(relation)):
        if line.kind is RelationKind.ROAD:
            ends = [_spot(anchor, passage) for anchor in line.anchors]
            yield ToldLine(line.start, line.end, replace(road_between(ends[0], ends[-1]), text=line.text))
        elif pair := _pair(line, passage, context, gazetteer):
            yield ToldLine(line.start, line.end, PlaceRef(line.text), pair)


def _lines_of(relation: Relation, *, inner: bool = False) -> Iterator[Relation]:
    """Yield the borders of a relation, and the roads by which it is told; a road by itself is among the tellings."""
    if relation.kind is RelationKind.BORDER or (inner and relation.kind is RelationKind.ROAD):
        yield relation
    for anchor in relation.anchors:
        if anchor.relation is not None:
            yield from _lines_of(anchor.relation, inner=True)


def _spot(anchor: Anchor, passage: Passage) -> PlaceRef:
    for mention, t in zip(passage.mentions, passage.toponyms, strict=True):
        if t.start < anchor.end and anchor.start < t.end:
            return PlaceRef(anchor.text, mention.place)
    return PlaceRef(anchor.text)


def _pair(border: Relation, passage: Passage, context: Context, gazetteer: Gazetteer) -> tuple[str, str] | None:
    """Return the countries of a border that have one: of "the Congo–Rwanda border" the Congo that borders Rwanda."""
    from geomap.geometry.borders import neighbours

    sides = [_countries(anchor, passage, gazetteer) for anchor in border.anchors]
    if not sides or not all(sides):
        return None
    if len(sides) == 1:
        told = [c for c in context.countries if c in neighbours(sides[0][0])]
        only = neighbours(sides[0][0])
        other = told or (list(only) if len(only) == 1 else [])
        return (other[0], sides[0][0]) if other else None
    found = next(((a, b) for a in sides[0] for b in sides[1] if b in neighbours(a)), None)
    return found or _namesake(border, sides, gazetteer)


def _namesake(border: Relation, sides: list[list[str]], gazetteer: Gazetteer) -> tuple[str, str] | None:
    """Return a border that one side has with a country whose name holds the other's: "Congo" of "DR Congo"."""
    from geomap.geometry.borders import neighbours

    for n, codes in enumerate(sides):
        words = set(border.anchors[1 - n].text.lower().split())
        for code in codes:
            known = ((other, gazetteer.country(other).name.lower()) for other in neighbours(code))
            other = next((other for other, name in known if words <= set(re.findall(r"\w+", name))), None)
            if other is not None:
                return (code, other) if n == 0 else (other, code)
    return None


def _countries(anchor: Anchor, passage: Passage, gazetteer: Gazetteer) -> list[str]:
    """Return the codes of the countries that a name at a border may mean, the likeliest first.

    What the same name means elsewhere in the paragraph counts too: "in eastern Congo, along the Congo–Rwanda border".
    """
    held = [
        mention.place.country
        for mention, t in zip(passage.mentions, passage.toponyms, strict=True)
        if mention.place is not None
        and ((t.start < anchor.end and anchor.start < t.end) or mention.text == anchor.text)
    ]
    people = gazetteer.demonym(anchor.text)
    known = (c.place for c in gazetteer.candidates(anchor.text) if c.place.is_country)
    codes = (*held, people.country if people else None, *(place.country for place in known))
    return list(dict.fromkeys(code for code in codes if code))


def named_line(text: str, at: int) -> str | None:
    """Return the name of a line of a truce that stands at an offset of a text: "the Line of Actual Control"."""
    found = (match[0] for match in _lines().finditer(text) if match.start() <= at < match.end())
    return next((name for name in found if name[0].isupper()), None)


def known_line(ref: PlaceRef, gazetteer: Gazetteer) -> PlaceRef:
    """Return a named line of a truce with the border that it is; any other place, and a line of no border, as it is."""
    codes = load_lexicon().lines.get(ref.text.lower(), ()) if ref.place is None else ()
    return border_ref(ToldLine(0, 0, ref, (codes[0], codes[1])), gazetteer) if codes else ref


def _named(passage: Passage, context: Context) -> Iterator[ToldLine]:
    """Yield parallels of latitude and the lines that truces have made."""
    text = passage.doc.text
    for match in _PARALLEL.finditer(text):
        yield ToldLine(match.start(), match.end(), _parallel(match, context))
    for match in _lines().finditer(text):
        codes = load_lexicon().lines[" ".join(match[0].lower().split())]
        ref = PlaceRef(match[0], None, "its course is not known")
        yield ToldLine(match.start(), match.end(), ref, (codes[0], codes[1]) if codes else None)


@cache
def _lines() -> re.Pattern[str]:
    names = sorted(load_lexicon().lines, key=len, reverse=True)
    return re.compile(r"\b(?:" + "|".join(name.replace(" ", r"\s+") for name in names) + r")\b", re.IGNORECASE)


def _parallel(match: re.Match[str], context: Context) -> PlaceRef:
    """Return a parallel of latitude, north of the equator unless it is told to be south or runs only there."""
    from geomap.geometry.parallels import parallel

    lat = float(match["n"])
    reason = ""
    for turn in (-lat, lat) if (match["side"] or "").lower() == "south" else (lat, -lat):
        try:
            return PlaceRef(match[0], parallel(turn, context.countries, name=match[0]), "a parallel of latitude")
        except GeomapError as error:
            reason = reason or str(error)
    return PlaceRef(match[0], None, reason)


def border_ref(line: ToldLine, gazetteer: Gazetteer) -> PlaceRef:
    """Return a line as a place with its course; that of a border is drawn only now, since few are asked for."""
    from geomap.geometry.relative import locate

    if line.pair is None:
        return line.ref
    sides = {place.name: place for place in map(gazetteer.country, line.pair)}
    anchors = tuple(Anchor(name, 0, 0) for name in sides)
    told = Relation(RelationKind.BORDER, line.ref.text, 0, 0, anchors)
    try:
        located = locate(told, lambda anchor: sides[anchor.text])
    except GeomapError as error:
        return replace(line.ref, reason=str(error))
    return PlaceRef(line.ref.text, located.place, located.reason)


def road_between(first: PlaceRef, last: PlaceRef) -> PlaceRef:
    """Return the road between two places as a place with its course."""
    from geomap.geometry.relative import locate

    known = {ref.place.name: ref.place for ref in (first, last) if ref.place is not None}
    text = f"the road from {first.text} to {last.text}"
    if len(known) < 2:
        return PlaceRef(text, None, "its ends are not both known")
    anchors = tuple(Anchor(name, 0, 0) for name in known)
    try:
        located = locate(Relation(RelationKind.ROAD, text, 0, 0, anchors), lambda anchor: known[anchor.text])
    except GeomapError as error:
        return PlaceRef(text, None, str(error))
    return PlaceRef(text, located.place, located.reason)
