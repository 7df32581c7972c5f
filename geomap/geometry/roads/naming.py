"""What the name of a road says: its number, a name of its own, or the two places it joins."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from geomap.gazetteer.names import key, skeleton, without_article

__all__ = ["RoadName", "place_key", "road_name"]

_ANY = """
the international strategic strategically vital national main key from between федеральная федеральной دولي رييسي
"""
_ROADS = """
highway highways hwy motorway road rd route freeway expressway axis corridor street boulevard nationale autoroute
carretera autopista rodovia estrada karayolu yolu otoyol otoyolu droga autostrada autobahn bundesstrasse landstrasse
трасса трассе трассы трассу шоссе автодорога автодороге автодороги дорога дороге дороги дорогу магистраль
траса трасі трасу траси автошлях дорозі шосе طريق طريقا اوتوستراد اتوستراد أوتوستراد سريع محور شارع
"""
_FILLERS, _ROAD = frozenset(_ANY.split()), frozenset(_ROADS.split())
_LOOKALIKE = str.maketrans("аеікмнорстху", "aeikmhopctxy")
"""Cyrillic letters of road numbers by the Latin ones they look like, as signs and maps print them."""
_NUMBER = re.compile(r"([a-z]{0,4})0*(\d{1,4})([a-z]?)")
_DASH = re.compile(r"\s*[–—→]\s*|\s+-+\s+|\s+to\s+|\s+and\s+")
_SURE_BONES = 3
"""Fewer consonants than these are shared by too many names: those are compared as they are written."""


@dataclass(frozen=True, slots=True)
class RoadName:
    """A road's name, taken apart."""

    words: str
    """All of it in one spelling."""
    number: str
    """Letters and figures without zeros in front: ``m4`` of "M-04 highway"; empty where the name is no number."""
    own: str
    """The name less the words that any road has; all of it where it has no others."""
    ends: tuple[frozenset[str], ...]
    """Pairs of places it may join, as :func:`place_key` writes them: several where hyphens leave it open."""
    says_road: bool
    """Whether it has a word for a road: "Ring" and "Salah al-Din" alone are no roads."""


@lru_cache(maxsize=16_384)
def road_name(name: str) -> RoadName:
    """Return what a name says: "the Homs–Tartus highway", "M-04", "трасса М-14", "road from Gao to Ansongo"."""
    words = key(name).split()
    rest = [word for word in words if word not in _ROAD and word not in _FILLERS]
    words = [word for word in words if word != "the"]
    own = "".join(rest or words)
    number = _NUMBER.fullmatch(own.translate(_LOOKALIKE))
    return RoadName(
        words=" ".join(words),
        number="".join(number.groups()) if number else "",
        own=own,
        ends=() if number else _ends(name),
        says_road=any(word in _ROAD for word in words),
    )


@lru_cache(maxsize=16_384)
def place_key(name: str) -> str:
    """Return the form in which spellings of one place meet: its consonants, or all of it where these are few."""
    bones = skeleton(name)
    return bones if len(bones) >= _SURE_BONES else without_article(key(name)).replace(" ", "")


def _ends(name: str) -> tuple[frozenset[str], ...]:
    parts = _DASH.split(name)
    if len(parts) > 1:
        return _pair(parts[0], parts[-1])
    # "Ras al-Ayn-Tell Tamer": any hyphen may be the one between the places, and places between the ends are passed.
    parts = name.split("-")
    cuts = range(1, len(parts))
    return tuple(pair for i in cuts for j in cuts if i <= j for pair in _pair("-".join(parts[:i]), "-".join(parts[j:])))


def _pair(first: str, last: str) -> tuple[frozenset[str], ...]:
    ends = frozenset(map(_place, (first, last)))
    return (ends,) if len(ends) > 1 and "" not in ends else ()


def _place(text: str) -> str:
    words = text.split()
    return place_key(" ".join(word for word in words if key(word) not in _ROAD and key(word) not in _FILLERS))
