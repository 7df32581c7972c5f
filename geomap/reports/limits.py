"""How deep, how long, along which border and between which places a zone or a stretch of road lies, as told."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geomap.measures import NUMBER, parse_range, unit_m
from geomap.models import AreaKind, PlaceRef, Range, Role

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Span, Token

    from geomap.gazetteer import Gazetteer
    from geomap.models import Mention
    from geomap.reports.passage import Passage
    from geomap.reports.places.resolve import Context
    from geomap.reports.places.toponyms import Toponym

__all__ = [
    "Claim", "around_of", "bare_length", "border_of", "country_of_zone", "depth_of", "ends_of", "length_of",
    "region_of", "says_of_border",
]  # fmt: skip

_UNIT = r"(?P<unit>km|kilomet(?:er|re)s?|nautical[- ]miles?|nmi|miles?|met(?:er|re)s?)"
_LENGTH = rf"(?P<n>{NUMBER}(?:\s*(?:-|–|to)\s*{NUMBER})?)[\s-]*{_UNIT}"
_DEPTH = re.compile(
    rf"\b{_LENGTH}[\s-]*(?P<how>wide|deep|depth|width|into|inside|in depth|from the border)?\b", re.IGNORECASE
)
_LONG = re.compile(rf"\b{_LENGTH}[\s-]*(?P<how>long|length|in length|stretch|section|of)\b", re.IGNORECASE)
_ACROSS = r"(?:buffer|security|zone|strip|belt|band|corridor|area)"
_FROM = re.compile(r"\b(?:between|from)(?: the)?(?: \w+)?(?: (?:towns?|cit(?:y|ies)|villages?) of)?$", re.IGNORECASE)
_ROAD_AFTER = re.compile(r"\s+(?:main\s+)?(?:road|highway|motorway|route|axis)\b", re.IGNORECASE)
_TO = re.compile(r"(?:and|to|in the|until|as far as|down to|up to)\b", re.IGNORECASE)
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


def _measure(match: re.Match[str]) -> Range | None:
    size = parse_range(match["n"])
    unit = unit_m(match["unit"].replace("-", " "))
    return Range(size.low * unit, size.high * unit) if size else None


def depth_of(text: str) -> Range | None:
    """Return the depth a sentence gives, in metres; a length that is said to be long is no depth."""
    for match in _DEPTH.finditer(text):
        after = text[match.end() : match.end() + 24].lower()
        across = match["how"] or re.search(rf"^\W*(?:\(|safe|around|round|{_ACROSS}|\w+\W+{_ACROSS})", after)
        across = across or re.search(rf"\b{_ACROSS}s?\s+of\s+$", text[: match.start()].lower())
        if across and not re.match(r"\W*(long|in length|stretch|from\b|of\b|away|west|east|north|south)", after):
            return _measure(match)
    return None


def length_of(text: str) -> Range | None:
    """Return the length that a sentence says something has: "180 km long"."""
    match = _LONG.search(text)
    return _measure(match) if match else None


def says_of_border(text: str) -> bool:
    """Whether a sentence names a border between countries."""
    return bool(_BORDER.search(text))


def border_of(
    claims: list[Claim],
    passages: Sequence[Passage],
    actor: str | None,
    context: Context,
    gazetteer: Gazetteer,
) -> tuple[tuple[str, str] | None, str | None]:
    """Return the two countries whose border a zone follows, and the one it lies in, as far as the report says."""
    own = country_named(actor, gazetteer) if actor else None
    pair = next((p for c in claims if (p := _pair(c.sentence.text, own, context, gazetteer))), None)
    pair = pair or next((p for each in passages if (p := _pair(each.doc.text, own, context, gazetteer))), None)
    if pair is None and own:
        host = next((c for c in context.countries if c != own and c in _named_countries(claims)), None)
        host = host or next((c for c in context.countries if c != own), None)
        pair = (own, host) if host else None
    if pair is None:
        return None, None
    side = next((c for c in pair if c != own), None) if own in pair else _side(claims, pair)
    return pair, side


def _pair(text: str, own: str | None, context: Context, gazetteer: Gazetteer) -> tuple[str, str] | None:
    for match in _BORDER.finditer(text):
        names = [g for g in match.groups() if g]
        codes = list(dict.fromkeys(c for n in names if (c := country_named(n, gazetteer))))
        if len(codes) == 2:
            return codes[0], codes[1]
        if len(codes) == 1:
            other = next((c for c in (own, *context.countries) if c and c != codes[0]), None)
            if other:
                return other, codes[0]
    return None


def country_named(name: str, gazetteer: Gazetteer) -> str | None:
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
    """Return the two places a zone reaches between: "between A and B", "from A to B"."""
    for claim in claims:
        text = claim.sentence.text
        spots = ((m, t) for m, t in claim.names() if m.place and not m.place.is_area)
        names = [(t.start - claim.sentence.start_char, PlaceRef(m.text, m.place)) for m, t in spots]
        for (at, first), (to, second) in itertools.pairwise(names):
            before, middle = text[:at].rstrip(), text[at + len(first.text) : to].strip()
            if _FROM.search(before) and _TO.match(middle):
                return first, second
            if re.fullmatch(r"[-–‑/]", middle) and _ROAD_AFTER.match(text[to + len(second.text) :]):
                return first, second
    return ()


def bare_length(text: str) -> Range | None:
    """Return the first length of a sentence, whatever it is of."""
    match = re.search(rf"\b{_LENGTH}\b", text, re.IGNORECASE)
    return _measure(match) if match else None
