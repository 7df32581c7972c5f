"""What the words around the names of a text say of them.

Three things are read, from the text alone: what sort of place a name is called ("Anbar province", "the town of
Rmeilan", "mayor of Tunis"), which name lies in which ("Tripoli, Lebanon", "Palma in northern Mozambique", "Syria's
Raqqa"), and which names are listed together ("Homs, Hama and Idlib").
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from geomap.gazetteer.names import Kind, split_generic

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Hints", "Link", "holds_next", "kind_of_noun", "read_hints"]

REACH = 40
"""Characters between two names beyond which nothing is read into them."""
VAGUE = frozenset(
    ["area", "territory", "front", "plain", "place", "site", "side", "position", "part", "line", "zone", "soil"]
)
"""Nouns that say little of the name before them: "the Rankus area", "the Ukraine front"."""
_PLURALS = {
    "counties": "county", "provinces": "province", "governorates": "governorate", "districts": "district",
    "oblasts": "oblast", "states": "state", "towns": "town", "cities": "city", "villages": "village",
    "rivers": "river", "parishes": "county", "parish": "county", "co": "county", "capital": "city",
}  # fmt: skip
_COMPASS = (
    r"(?:(?:far|deep|central|rural|upper|lower)\s+)?(?:(?:north|south|east|west)(?:[- ]?(?:east|west))?(?:ern)?\s+)?"
)
_LIST = re.compile(r"\s*(?:,|;|,?\s*(?:and|or|&))\s*(?:the\s+)?", re.IGNORECASE)
_COMMA = re.compile(r"\s*,\s*")
_INSIDE = re.compile(rf"\s*(?:\(|,?\s+in|,?\s+of)\s*(?:the\s+)?{_COMPASS}", re.IGNORECASE)
_OWNER = re.compile(r"(?:['’]s|s['’])\s+(?:[a-z]+\s+){0,3}")
_TOWN_OF = re.compile(
    r"\s+(?:[a-z]+\s+){0,2}?(?:towns?|cit(?:y|ies)|villages?|suburbs?|ports?|hamlets?|townships?|municipalit(?:y|ies))\s+of\s+"
)
_NOUN_AFTER = re.compile(r"[\s-]+([A-Za-z]+)")
_NOUN_BEFORE = re.compile(r"([A-Za-z]+)\s+of\s+(?:the\s+)?$")
_TOWN_AFTER = re.compile(
    r"(?:['’]s)?\s+(?:(?:[Cc]ity|[Tt]own) (?:[Cc]ouncil|[Hh]all|[Bb]oard|[Ss]chools|[Mm]anager)|[Mm]ayor|[Mm]unicipal"
    r"|(?:High|Middle|Elementary) School|Fire Department|Public (?:Library|Schools)|suburbs?|International Airport)\b"
)
_TOWN_BEFORE = re.compile(r"\b(?:downtown|suburbs? of|outskirts of|mayor of)\s+(?:the\s+)?$", re.IGNORECASE)
_STATE_AFTER = re.compile(
    r"(?:['’]s)?\s+(?:Gov\.|[Gg]overnor|Legislature|[Ss]tate (?:[Pp]olice|[Hh]ouse|[Ss]enat\w+)|[Ll]awmakers)"
)
_ARTICLE = re.compile(r"\b[Tt]he\s+$")
_ALONE = re.compile(
    r"['’]s\b|\s*(?:[.,;:!?)—–]|$)|\s(?:and|or|in|on|to|of|for|from|by|with|as|at|since|during|after|before|where|which|who"
    r"|that|is|are|was|were|has|have|had|will|would|can|could|may|should)\b"
)
"""What follows a name that stands alone, and belongs to no noun."""
_UNITS = {Kind.COUNTRY, Kind.PROVINCE, Kind.DISTRICT, Kind.TOWN}


@dataclass(frozen=True, slots=True)
class Link:
    """One name of a text said to lie in another; both by their number."""

    inner: int
    outer: int
    how: Literal["in", "comma", "owner"]
    """By "in" or brackets; by a comma, which may mean nothing ("In Ankara, Syria was discussed"); by an apostrophe,
    which may mean another thing ("Turkey's Afrin operation")."""


@dataclass(frozen=True, slots=True)
class Hints:
    """What the words around the names of a text say, names by their number."""

    kinds: tuple[Kind | None, ...]
    links: tuple[Link, ...]
    lists: tuple[tuple[int, int], ...]
    """Neighbours in a list of names."""
    articles: tuple[bool, ...] = ()
    """Whether a name has an article of its own, as regions and rivers have ("the Sahel") and towns have not."""


def holds_next(gap: str) -> bool:
    """Return whether the words between two names say that the second is a town in the first, or by it.

    So do those of "the Maine town of Paris" and "the Chicago suburb of Aurora".
    """
    return _TOWN_OF.fullmatch(gap) is not None


def read_hints(text: str, spans: Sequence[tuple[int, int]]) -> Hints:
    """Return what the words around the names at these spans say; the spans are in order and do not overlap."""
    gaps = [text[spans[n][1] : spans[n + 1][0]] for n in range(len(spans) - 1)]
    kinds = [_kind(text, start, end) for start, end in spans]
    near = [number for number, gap in enumerate(gaps) if len(gap) <= REACH]
    between = {number: _less_noun(gaps[number]) for number in near}
    lists = [(number, number + 1) for number in near if _LIST.fullmatch(between[number])]
    links = []
    for number in near:
        if holds_next(gaps[number]):
            links.append(Link(number + 1, number, "in"))
        elif _COMMA.fullmatch(between[number]):
            if (number - 1, number) not in lists and (number + 1, number + 2) not in lists:
                links.append(Link(number, number + 1, "comma"))
        elif _INSIDE.fullmatch(between[number]):
            links.append(Link(number, number + 1, "in"))
        elif _OWNER.fullmatch(gaps[number]):
            links.append(Link(number + 1, number, "owner"))
    plural = {number for number, (_, end) in enumerate(spans) if _is_plural(text, end)}
    for number in plural - {number for pair in lists for number in pair}:
        kinds[number] = None if kinds[number] in _UNITS else kinds[number]  # "the Gulf states" are several
    for first, second in reversed(lists):
        links += [Link(first, link.outer, link.how) for link in links if link.inner == second and link.outer > second]
        if kinds[first] is None and second in plural:
            kinds[first] = kinds[second]
            plural.add(first)
    articles = tuple(
        _ARTICLE.search(text, max(0, start - REACH), start) is not None and _ALONE.match(text, end) is not None
        for start, end in spans
    )
    return Hints(tuple(kinds), tuple(links), tuple(lists), articles)


def kind_of_noun(noun: str) -> Kind | None:
    """Return the sort of place a common noun names, singular or plural, or None where it says too little."""
    word = _PLURALS.get(noun.lower(), noun.lower())
    generic = split_generic(f"x {word}") if word not in VAGUE else None
    return generic.kind if generic else None


def _kind(text: str, start: int, end: int) -> Kind | None:
    before, after = text[max(0, start - REACH) : start], text[end : end + REACH]
    if (noun := _NOUN_AFTER.match(after)) and (kind := kind_of_noun(noun[1])):
        return kind
    if (noun := _NOUN_BEFORE.search(before)) and (kind := kind_of_noun(noun[1])):
        return kind
    if _TOWN_AFTER.match(after) or _TOWN_BEFORE.search(before):
        return Kind.TOWN
    return Kind.PROVINCE if _STATE_AFTER.match(after) else None


def _less_noun(gap: str) -> str:
    """Return the text between two names without the noun of the first: "Idlib province, Syria"."""
    noun = _NOUN_AFTER.match(gap)
    return gap[noun.end() :] if noun and kind_of_noun(noun[1]) else gap


def _is_plural(text: str, end: int) -> bool:
    noun = _NOUN_AFTER.match(text, end)
    return noun is not None and noun[1].lower() in _PLURALS and noun[1].lower().endswith("s")
