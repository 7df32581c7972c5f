"""Places told by where they lie to others: "160 km west of Baghdad", "the road from Goma to Rutshuru".

Pure text: what the words say becomes a :class:`Relation`, its anchors still as written. Two ways lead there: a query is
taken as a whole (:func:`parse_relation`), and a text in which the place names are known is searched
(:func:`find_relations`). Both read the same patterns, in which only the form of a name differs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING

from geomap.gazetteer.relation_words import (
    ADJECTIVES,
    APPOSED,
    DIRECT,
    KINDS,
    LEAD,
    LENGTH_MARK,
    NEEDED,
    NO_NAME,
    ON_LINE,
    PATTERNS,
    POINTS,
    TELLING,
)
from geomap.measures import LENGTH, Length, parse_length

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

__all__ = ["ALONG", "Anchor", "Relation", "RelationKind", "find_relations", "parse_relation"]

MARK = "ꙮ"
"""Stands for each letter of a known name while a text is searched; no report uses it."""
MAX_LENGTH = 200
"""Longest query that is looked at, in characters."""
LINE = "ꙩ"
"""Stands for each letter of a road, border or junction that was found."""
_NAMED = (
    rf"(?:(?:the\s+)?(?:{KINDS}\s+(?:of\s+)?(?:the\s+)?)?{MARK}+(?:['’]s?(?!\w))?(?:\s+{KINDS}(?!\w))?"
    rf"|(?:the\s+)?{LINE}+)"
)
ALONG = frozenset({"road", "border", "bank", "stretch"})
"""Relations that a place lies on: "Palma, on the border with Tanzania"."""
_LINES = frozenset({"road", "border"})
_STAGES = (_LINES, DIRECT - _LINES, frozenset(kind for kind, _ in PATTERNS) - DIRECT)
"""Roads and borders are looked for first, so that junctions and then all others may be told by them."""
_ANY = r"\S.*?"
_PLAIN = rf"[^\s,;({LENGTH_MARK}][^,;({LENGTH_MARK}]*?"
"""A name without a comma, bracket or length: an end of a road or a side of a border."""


class RelationKind(StrEnum):
    """How the place lies to its anchors."""

    OFFSET = "offset"
    """A distance off, in a direction or in any."""
    INSIDE = "inside"
    """A distance inside an area, from whatever part of its border."""
    WITHIN = "within"
    """No further than a distance."""
    NEAR = "near"
    SIDE = "side"
    """On one side, at no told distance: "east of the Euphrates"."""
    BANK = "bank"
    """Along one side of a river, lake or road."""
    PART = "part"
    OUTSKIRTS = "outskirts"
    APPROACHES = "approaches"
    COUNTRYSIDE = "countryside"
    BETWEEN = "between"
    HALFWAY = "halfway"
    ROAD = "road"
    BORDER = "border"
    STRETCH = "stretch"
    """The part of a road or border near a place."""
    JUNCTION = "junction"
    OFFSHORE = "offshore"


@dataclass(frozen=True, slots=True)
class Anchor:
    """A place that others are told by; `relation` where it is itself told by others ("the Syrian border")."""

    text: str
    start: int
    end: int
    relation: Relation | None = None
    definite: bool = False
    """Written with "the", as rivers, roads and regions are and towns are not."""


@dataclass(frozen=True, slots=True)
class Relation:
    """Where a place lies to one or two others, by the words; offsets are into the text that was searched."""

    kind: RelationKind
    text: str
    start: int
    end: int
    anchors: tuple[Anchor, ...]
    distance: Length | None = None
    bearing: float | None = None
    """Degrees clockwise from north, as seen from the anchor; None where no direction is told."""
    sector: float = 22.5
    """How far either side of the bearing the words still fit, in degrees.

    People speak in eight winds, so a wind reaches half way to the next; one who writes north-northeast, or "due
    north", means half of that; "the eastern outskirts" are a quarter.
    """
    hand: str | None = None
    """"left" or "right", looking downstream."""
    subject: Anchor | None = None
    """The place that is said to lie there: "Kobani" of "Kobani, 30 km east of the Euphrates"."""

    @property
    def approximate(self) -> bool:
        """Whether the words themselves call the distance approximate."""
        return self.distance is not None and self.distance.approximate


def parse_relation(text: str) -> Relation | None:
    """Return what a whole query says of where a place lies, or None where it is no such phrase.

    Names may be written in any way, also without capitals; whether they name places is not asked here. Months and
    numbers are no names: "between January and March" and "north of 50 fighters" are no relations.
    """
    if len(text) > MAX_LENGTH or not _telling().search(text):
        return None
    start = len(text) - len(text.lstrip())
    body = text.strip().rstrip(".;")
    return _whole(body, start) or _of_subject(body, start)


def find_relations(text: str, names: Sequence[tuple[int, int]]) -> tuple[Relation, ...]:
    """Return the relations to known names that a text holds, in order; none overlaps another.

    Parameters
    ----------
    text
        A paragraph of English.
    names
        Start and end of each place name and people's name in it; nothing else is taken for a place.
    """
    masked = names_only = _masked(text, names)
    found: list[Relation] = []
    for kinds in _STAGES:
        fresh = _search(text, masked, kinds, {(r.start, r.end): r for r in found})
        found = [old for old in found if not any(new.start <= old.start < new.end for new in fresh)] + fresh
        for relation in fresh if kinds <= DIRECT else ():
            masked = masked[: relation.start] + LINE * (relation.end - relation.start) + masked[relation.end :]
    return tuple(_with_subject(r, text, names_only) for r in sorted(found, key=lambda r: r.start))


def _search(text: str, masked: str, kinds: frozenset[str], known: dict[tuple[int, int], Relation]) -> list[Relation]:
    """Return the relations of some kinds that a searched text holds; where two overlap, the first and longest."""
    matches = [
        (match.start(), -match.end(), rank, kind, match)
        for start, end, small in _stretches(masked)
        for rank, (kind, pattern) in enumerate(_searching(kinds))
        if any(letters in small for letters in NEEDED[kind])
        for match in pattern.finditer(masked, start, end)
    ]
    relations: list[Relation] = []
    for start, _, _, kind, match in sorted(matches, key=lambda item: item[:3]):
        if relations and start < relations[-1].end:
            continue
        made = _made(kind, match, text, lambda a, b: _found_anchor(text, a, b, known))
        if made is not None:
            relations.append(made)
    return relations


def _stretches(masked: str) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and small letters of what stands between stops and holds a name: no phrase goes beyond."""
    for match in _unstopped().finditer(masked):
        if MARK in match[0] or LINE in match[0]:
            yield match.start(), match.end(), match[0].lower()


def _whole(text: str, offset: int, *, lead: bool = True) -> Relation | None:
    masked = _without_lengths(text)
    for kind, pattern in _asking():
        match = pattern.fullmatch(masked)
        if match is None or (match["lead"] and not lead):
            continue
        made = _made(kind, match, text, lambda a, b: _asked_anchor(text, a, b, offset), offset)
        if made is not None:
            return made
    return None


def _of_subject(text: str, offset: int) -> Relation | None:
    """Return the relation of "NAME, 20 km west of NAME" or "NAME (between NAME and NAME)", with its subject."""
    for match in re.finditer(APPOSED, text, re.IGNORECASE):
        name = text[: match.start()].strip()
        rest = text[match.end() :].removesuffix(")") if "(" in match[0] else text[match.end() :]
        if not name or _is_no_name(name):
            continue
        on_line = re.match(ON_LINE, rest, re.IGNORECASE)
        at = match.end() + (on_line.end() if on_line else 0)
        found = _whole(rest[on_line.end() if on_line else 0 :], offset + at, lead=False)
        if found is not None and (on_line is None or found.kind in ALONG):
            return replace(found, subject=Anchor(name, offset, offset + len(name)))
    return None


def _with_subject(relation: Relation, text: str, masked: str) -> Relation:
    """Return the relation with the name it stands beside: "Kobani, a town 30 km east of the Euphrates"."""
    before = masked[max(0, relation.start - 160) : relation.start]
    on_line = f"(?:{ON_LINE})?" if relation.kind in ALONG else ""
    match = re.search(rf"({MARK}+)(?:\s+{KINDS})?(?:{APPOSED}){on_line}$", before, re.IGNORECASE)
    if match is None:
        return relation
    start = relation.start - len(before) + match.start(1)
    end = start + len(match[1])
    return replace(relation, subject=Anchor(text[start:end], start, end))


def _made(
    kind: RelationKind,
    match: re.Match[str],
    text: str,
    anchor_at: Callable[[int, int], Anchor | None],
    offset: int = 0,
) -> Relation | None:
    """Return the relation of a match, or None where what stands for a name can be none."""
    groups = match.groupdict()
    found = [anchor_at(*match.span(group)) for group in ("a", "b") if groups.get(group) is not None]
    anchors = tuple(anchor for anchor in found if anchor is not None and _may_hold(kind, anchor))
    if len(anchors) < len(found) or not _is_told_of_line(kind, anchors):
        return None
    words = groups.get("point") or groups.get("part") or ""
    hand = words.lower() if words.lower() in {"left", "right"} else None
    bearing = POINTS.get(_wind(words)) if words and hand is None else None
    start = max([match.start(), *(match.end(group) for group in ("lead", "cut") if groups.get(group))])
    return Relation(
        kind=_narrowed(kind, groups.get("word")),
        text=text[start : match.end()],
        start=offset + start,
        end=offset + match.end(),
        anchors=anchors,
        distance=parse_length(text[slice(*match.span("length"))]) if groups.get("length") else None,
        bearing=bearing,
        sector=_sector(words, direct=bool(groups.get("due")), part=groups.get("part") is not None),
        hand=hand,
    )


def _asked_anchor(text: str, start: int, end: int, offset: int) -> Anchor | None:
    """Return the anchor written in a part of a query, taken apart where it is itself a relation."""
    words = text[start:end]
    inner = _whole(words, offset + start, lead=False)
    if inner is not None:
        return Anchor(words, offset + start, offset + end, inner)
    name = _name(words, offset + start)
    return None if _is_no_name(name.text) else name


def _found_anchor(text: str, start: int, end: int, known: dict[tuple[int, int], Relation]) -> Anchor:
    """Return the anchor at a span of a searched text, where lines may have been found before."""
    inner = next((known[span] for span in known if start <= span[0] and span[1] <= end), None)
    return _name(text[start:end], start) if inner is None else Anchor(inner.text, inner.start, inner.end, inner)


def _name(words: str, start: int) -> Anchor:
    """Return a name without its article and its possessive."""
    article = re.match(r"the\s+", words, re.IGNORECASE)
    begin = article.end() if article else 0
    name = re.sub(r"['’]s?$", "", words[begin:]).strip()
    return Anchor(name, start + begin, start + begin + len(name), definite=article is not None)


def _may_hold(kind: RelationKind, anchor: Anchor) -> bool:
    """Return whether the anchor of a relation may itself be one: roads and borders lie between plain names."""
    inner = anchor.relation
    return inner is None or kind not in DIRECT or (kind is RelationKind.JUNCTION and inner.kind is RelationKind.ROAD)


def _is_told_of_line(kind: RelationKind, anchors: Sequence[Anchor]) -> bool:
    """Return whether what must be a line is one: only a road or border has a part near a place."""
    inner = anchors[0].relation
    return kind is not RelationKind.STRETCH or (inner is not None and inner.kind in _LINES)


def _is_no_name(words: str) -> bool:
    return bool(re.fullmatch(NO_NAME, words, re.IGNORECASE))


def _narrowed(kind: RelationKind, word: str | None) -> RelationKind:
    """Return the kind by the noun: outskirts, approaches, countryside and vicinity stand in the same phrases."""
    return RelationKind(ADJECTIVES.get(" ".join(word.lower().split()), kind)) if word else kind


def _wind(words: str) -> str:
    """Return the letters of a wind: "NNE" of "north-northeast" and of "nne", "W" of "western"."""
    if re.fullmatch(r"[NSEW]{1,3}", words):
        return words
    return "".join(re.findall(r"(n|s|e|w)(?:orth|outh|ast|est)", words.lower())).upper()


def _sector(words: str, *, direct: bool, part: bool) -> float:
    if part:
        return 45.0
    return 11.25 if direct or len(_wind(words)) == 3 else 22.5


def _masked(text: str, names: Sequence[tuple[int, int]]) -> str:
    """Return the text with every letter of a name replaced, so that offsets stay; a hyphen between names stays too."""
    letters = list(re.sub(f"[{MARK}{LINE}]", "?", text))
    for start, end in names:
        letters[start:end] = MARK * (end - start)
    return _without_lengths("".join(letters))


def _without_lengths(text: str) -> str:
    """Return the text with every letter of a length replaced: matched once, they are cheap to match again."""
    return _length().sub(lambda match: LENGTH_MARK * len(match[0]), text.replace(LENGTH_MARK, "?"))


@cache
def _length() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){LENGTH}", re.IGNORECASE)


@cache
def _telling() -> re.Pattern[str]:
    """Return the words without which a query tells of no place by others; most names have none."""
    return re.compile(TELLING, re.IGNORECASE)


@cache
def _unstopped() -> re.Pattern[str]:
    return re.compile(r"[^.;:!?()\"“”]+")


@cache
def _asking() -> tuple[tuple[RelationKind, re.Pattern[str]], ...]:
    """Return the patterns of a whole query; the first that fits is taken."""
    return tuple(
        (
            RelationKind(kind),
            re.compile(rf"(?P<lead>{LEAD})(?:{_filled(shape, _PLAIN if kind in DIRECT else _ANY)})", re.IGNORECASE),
        )
        for kind, shape in PATTERNS
    )


@cache
def _searching(kinds: frozenset[str]) -> tuple[tuple[RelationKind, re.Pattern[str]], ...]:
    """Return the patterns of some kinds for a text in which names and lines are marked."""
    return tuple(
        (RelationKind(kind), re.compile(rf"(?<!\w)(?:{_filled(shape, _NAMED)})(?![\w{MARK}])", re.IGNORECASE))
        for kind, shape in PATTERNS
        if kind in kinds
    )


def _filled(shape: str, name: str) -> str:
    return shape.format(a=f"(?P<a>{name})", b=f"(?P<b>{name})")
