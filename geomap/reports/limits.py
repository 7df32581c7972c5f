"""Along which border, on which side, around and between which places a zone or a stretch of road lies, as told."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geomap.models import AreaKind, PlaceRef, Role
from geomap.reports.lines import bearing_of, is_both_sided, lines_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Span, Token

    from geomap.gazetteer import Gazetteer
    from geomap.models import Mention
    from geomap.reports.passage import Passage
    from geomap.reports.places.resolve import Context
    from geomap.reports.places.toponyms import Toponym

__all__ = [
    "Border", "Claim", "around_of", "border_of", "country_of_zone", "ends_of", "region_of", "says_of_border",
]  # fmt: skip

_FROM = re.compile(
    r"\b(?:between|from|linking|connecting|joining)(?: the)?(?: \w+)?(?: (?:towns?|cit(?:y|ies)|villages?) of)?$",
    re.IGNORECASE,
)
_ROAD_AFTER = re.compile(r"\s+(?:main\s+)?(?:road|highway|motorway|route|axis)\b", re.IGNORECASE)
_TO = re.compile(r"(?:and|to|with|in the|until|as far as|down to|up to)\b", re.IGNORECASE)
_BY = re.compile(r"(?:,\s*)?(?:through|via|past|by way of|over)\b", re.IGNORECASE)
_DIRECTIONS = ("north", "south", "east", "west", "northeast", "northwest", "southeast", "southwest")
_INSIDE = frozenset(["in", "inside", "into", "across", "over", *_DIRECTIONS, *(f"{word}ern" for word in _DIRECTIONS)])
"""Words before the name of the country a zone is in."""
_NEAR = 10
"""Words after a zone in which it is told what it lies around."""
_BORDER = re.compile(
    r"\b([A-Z]\w+)[-–‑/]([A-Z]\w+)\s+(?:border|frontier)"
    r"|\bborder(?:s|ing)?\s+(?:between|with|of)\s+([A-Z]\w+)(?:\s+and\s+([A-Z]\w+))?"
    r"|\b([A-Z]\w+)(?:['’]s)?\s+(?:border|frontier)"
)


_COMMON = re.compile(
    r"\b(?:(?:their|the|our)\s+(?:common|shared|mutual|joint)\s+(?:\w+\s+)?|their\s+(?:land\s+)?)(?:border|frontier)\b",
    re.IGNORECASE,
)
_OF_BORDER = re.compile(
    r"\b((?:north|south)[\s-]?(?:east|west)|north|south|east|west)\s+of\s+(?:the|its|their)\s+(?:border|frontier)\b",
    re.IGNORECASE,
)
_ON = re.compile(r"\b(?:on|inside|within|into|in|of|to)\s+(?:the\s+)?$", re.IGNORECASE)
_SIDE = re.compile(r"(?:['’]s?)?\s+(?:own\s+)?(?:sides?|territor(?:y|ies)|soil|land)\b", re.IGNORECASE)
_OWN = re.compile(r"\b(?:its|their)\s+own\s+(?:side|territory|soil|land)\b|\bon\s+its\s+side\b", re.IGNORECASE)
_INTO = re.compile(
    r"(?:\b(?:deep|km|kilomet(?:er|re)s?|miles?|met(?:er|re)s?|yards?)\s+(?:deep\s+)?(?:into|inside|within|in)"
    r"|\b(?:zone|strip|belt|area|corridor)\s+(?:inside|within|reaching\s+into))\s+(?:the\s+)?(?:\w+ern\s+)?$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Claim:
    """One sentence that speaks of a zone."""

    kind: AreaKind
    token: Token
    sentence: Span
    passage: Passage
    text: str

    def names(self) -> Iterator[tuple[Mention, Toponym]]:
        """Yield the places that the sentence names, in its order."""
        for mention, toponym in zip(self.passage.mentions, self.passage.toponyms, strict=True):
            if self.sentence.start <= toponym.first < self.sentence.end and mention.place:
                yield mention, toponym


def says_of_border(text: str) -> bool:
    """Whether a sentence names a border between countries."""
    return bool(_BORDER.search(text))


def border_of(
    claims: list[Claim],
    passages: Sequence[Passage],
    actor: str | None,
    context: Context,
    gazetteer: Gazetteer,
) -> Border:
    """Return the two countries whose border a zone follows, and on which side it lies, as far as the report says."""
    own = _country_named(actor, gazetteer) if actor else None
    pair = next((p for c in claims if (p := _pair_in(c, own, context, gazetteer))), None)
    elsewhere = (p for each in passages if (p := _pair(each.doc.text, own, context, gazetteer)))
    pair = pair or next((p for p in elsewhere if own is None or own in p), None)
    if pair is None and own:
        host = next((c for c in context.countries if c != own and c in _named_countries(claims)), None)
        host = host or next((c for c in context.countries if c != own), None)
        pair = (own, host) if host else None
    if pair is None:
        return Border()
    told = _sides_told(claims, pair, own, context, gazetteer)
    if len(told) == 2 or any(is_both_sided(c.sentence.text) for c in claims):
        return Border(pair, both_sides=True)
    if told or _are_together(claims, pair):
        return Border(pair, told[0] if told else None)
    side = next((c for c in pair if c != own), None) if own in pair else _side(claims, pair)
    return Border(pair, side)


@dataclass(frozen=True, slots=True)
class Border:
    """The border a zone follows, and on which side of it the zone lies, as far as that is told."""

    pair: tuple[str, str] | None = None
    side: str | None = None
    both_sides: bool = False


def _pair_in(claim: Claim, own: str | None, context: Context, gazetteer: Gazetteer) -> tuple[str, str] | None:
    """Return the two countries of a border that one sentence names."""
    lines = lines_in(claim.sentence, claim.passage, context, gazetteer)
    told = next((line.pair for line in lines if line.pair), None)
    if told is not None:
        return told
    text = claim.sentence.text
    if _COMMON.search(text):
        named = list(dict.fromkeys(m.place.country for m, _ in claim.names() if m.place and m.place.is_country))
        pairs = ((a, b) for a, b in itertools.combinations(named, 2) if a and b and _border_each_other(a, b))
        if found := next(pairs, None):
            return found
    return _pair(text, own, context, gazetteer)


def _pair(text: str, own: str | None, context: Context, gazetteer: Gazetteer) -> tuple[str, str] | None:
    for match in _BORDER.finditer(text):
        names = [g for g in match.groups() if g]
        codes = list(dict.fromkeys(c for n in names if (c := _country_named(n, gazetteer))))
        if len(codes) == 2 and not _border_each_other(codes[0], codes[1]):
            continue
        if len(codes) == 2:
            return codes[0], codes[1]
        if len(codes) == 1:
            other = next((c for c in (own, *context.countries) if c and c != codes[0]), None)
            if other:
                return other, codes[0]
    return None


def _border_each_other(a: str, b: str) -> bool:
    from geomap.geometry.borders import neighbours

    return b in neighbours(a)


def _sides_told(
    claims: list[Claim], pair: tuple[str, str], own: str | None, context: Context, gazetteer: Gazetteer
) -> list[str]:
    """Return the countries of a border in which the words put the zone: "10 km into A", "on the B side"."""
    for claim in claims:
        text, base = claim.sentence.text, claim.sentence.start_char
        told: list[str] = []
        last = 0
        for mention, t in claim.names():
            before, after = text[: t.start - base], text[t.end - base :]
            code = _member(mention, pair, gazetteer)
            joined = told and re.fullmatch(r"\s*(?:,|and|and\s+into)\s+", text[last : t.start - base])
            side = _ON.search(before) and _SIDE.match(after)
            if code in pair and code not in told and (joined or side or _INTO.search(before)):
                told.append(code)
            last = t.end - base
        if not told and own in pair and _OWN.search(text):
            told.append(own)
        if told:
            return told
    lines = (line for c in claims for line in lines_in(c.sentence, c.passage, context, gazetteer))
    bearings = (line.bearing for line in lines if line.pair and set(line.pair) == set(pair))
    found = next((b for b in bearings if b is not None), None)
    if found is None and (match := next((m for c in claims if (m := _OF_BORDER.search(c.sentence.text))), None)):
        found = bearing_of(match[1])
    return [] if found is None else [_on_side(pair, found, gazetteer)]


def _member(mention: Mention, pair: tuple[str, str], gazetteer: Gazetteer) -> str | None:
    """Return which of two countries a name means, also one of like name: at the border of DR Congo "Congo" is that."""
    code = mention.place.country if mention.place else None
    if code in pair or mention.place is None or not mention.place.is_country:
        return code
    words = set(mention.text.lower().split())
    known = ((one, gazetteer.country(one).name.lower()) for one in pair)
    return next((one for one, name in known if words <= set(re.findall(r"\w+", name))), code)


def _on_side(pair: tuple[str, str], wanted: float, gazetteer: Gazetteer) -> str:
    """Return the country of two that lies on the side of a bearing from the other."""
    from geomap.geometry.geodesy import bearing

    a, b = (gazetteer.country(code) for code in pair)
    turn = abs((bearing(a.lon, a.lat, b.lon, b.lat) - wanted + 180.0) % 360.0 - 180.0)
    return pair[1] if turn < 90.0 else pair[0]


def _are_together(claims: list[Claim], pair: tuple[str, str]) -> bool:
    """Whether both countries make the zone, so that neither lies beyond the border: "A and B agreed on a zone"."""
    for claim in claims:
        doers = {
            m.place.country
            for m, t in claim.names()
            if m.place and m.place.is_country and _is_doer(claim.passage.doc[t.last - 1])
        }
        if doers >= set(pair):
            return True
    return False


def _is_doer(token: Token) -> bool:
    head = token
    while head.dep_ in {"conj", "compound", "amod", "poss"} and head.head.i != head.i:
        head = head.head
    return head.dep_ == "nsubj"


def _country_named(name: str, gazetteer: Gazetteer) -> str | None:
    place = gazetteer.demonym(name)
    if place is None:
        found = gazetteer.candidates(name.removesuffix(" government"))
        place = found[0].place if found and found[0].place.is_country else None
    if place is None and name.endswith(" government"):
        place = gazetteer.demonym(name.removesuffix(" government"))
    return place.country if place else None


def _named_countries(claims: list[Claim]) -> set[str]:
    return {m.place.country for c in claims for m, _ in c.names() if m.place and m.place.country}


def _side(claims: list[Claim], pair: tuple[str, str]) -> str | None:
    """Return the country the zone is said to be in."""
    named = [
        m.place.country
        for c in claims
        for m, t in c.names()
        if m.place and m.role is Role.PLACE and t.first > 0 and c.passage.doc[t.first - 1].lower_ in _INSIDE
    ]
    return next((n for n in named if n in pair), None)


def region_of(claims: list[Claim], side: str | None) -> PlaceRef | None:
    """Return the region a zone is put in: "a strip in northeastern Syria"; a whole country is one only of the air."""
    for claim in claims:
        for mention, toponym in claim.names():
            place = mention.place
            if place is None or not place.is_area or place.feature[0] not in "AL" or mention.role is not Role.PLACE:
                continue
            if place.is_country and not (claim.kind is AreaKind.NO_FLY or toponym.direction):
                continue
            if side is None or place.country == side:
                return _named(mention, toponym)
    return None


def country_of_zone(claims: list[Claim]) -> PlaceRef | None:
    """Return the country or region that a zone is told to be in: "a buffer zone in Cyprus"."""
    inside = (
        _named(m, t)
        for c in claims
        for m, t in c.names()
        if m.place and m.place.is_area and m.role is Role.PLACE and c.passage.doc[t.first - 1].lower_ in _INSIDE
    )
    return next(inside, None)


def _named(mention: Mention, toponym: Toponym) -> PlaceRef:
    return PlaceRef(f"{toponym.direction or ''} {mention.text}".strip(), mention.place)


def around_of(claims: list[Claim]) -> tuple[PlaceRef, ...]:
    """Return the places a zone lies around or in: "a 5-km exclusion zone around Goma", "a safe zone in Goma"."""
    for claim in claims:
        beside = [c for c in claim.token.children if c.lower_ in {"in", "at"}]
        after = claim.passage.doc[claim.token.i + 1 : min(claim.token.i + _NEAR, claim.sentence.end)]
        beside += [t for t in after[:1] if t.lower_ in {"in", "at"} and t not in beside]
        about = {"around", "round", "surrounding", *(("over", "above") if claim.kind is AreaKind.NO_FLY else ())}
        for word in (*(t for t in after if t.lower_ in about), *beside):
            refs = (ref for t in word.children for ref in claim.passage.places(t))
            if spots := tuple(ref for ref in refs if ref.place and not ref.place.is_area):
                return spots
    return ()


def ends_of(claims: list[Claim]) -> tuple[PlaceRef, ...]:
    """Return the places a zone reaches between, and those it runs through: "from A through B to C"."""
    for claim in claims:
        text = claim.sentence.text
        spots = [(m, t) for m, t in claim.names() if m.place and not m.place.is_area]
        names = [(t.start - claim.sentence.start_char, PlaceRef(m.text, m.place)) for m, t in spots]
        for n, (at, first) in enumerate(names[:-1]):
            chain = _course(text, names[n:]) if _FROM.search(text[:at].rstrip()) else []
            if len(chain) > 1:
                return tuple(chain)
            to, second = names[n + 1]
            middle = text[at + len(first.text) : to].strip()
            if re.fullmatch(r"[-–‑/]", middle) and _ROAD_AFTER.match(text[to + len(second.text) :]):
                return first, second
        if claim.kind is AreaKind.FRONT and (passed := _passed(text, names)):
            return passed
    return ()


def _course(text: str, names: list[tuple[int, PlaceRef]]) -> list[PlaceRef]:
    """Return the places from the first one on, over those passed, to the last: none where the words do not reach it."""
    chain, passing = [names[0][1]], False
    for (at, ref), (to, other) in itertools.pairwise(names):
        middle = text[at + len(ref.text) : to].strip()
        passing = passing or bool(_BY.match(middle))
        last = bool(_TO.match(middle)) and not (passing and re.match(r"and\b(?!\s+(?:on\s+)?to\b)", middle))
        if not last and not (_BY.match(middle) or (passing and re.match(r"(?:,|and\b)", middle))):
            return []
        chain.append(other)
        if last:
            return chain
    return []


def _passed(text: str, names: list[tuple[int, PlaceRef]]) -> tuple[PlaceRef, ...]:
    """Return the places a line passes one after the other: "runs through A, B and C"."""
    for n, (at, _) in enumerate(names):
        if not re.search(r"\b(?:through|past|along)(?:\s+the\s+\w+\s+of)?$", text[:at].rstrip()):
            continue
        row = [names[n]]
        for one in names[n + 1 :]:
            before = text[row[-1][0] + len(row[-1][1].text) : one[0]].strip()
            if not re.fullmatch(r",|and|,\s*and|to", before):
                break
            row.append(one)
        if len(row) > 1:
            return tuple(ref for _, ref in row)
    return ()
