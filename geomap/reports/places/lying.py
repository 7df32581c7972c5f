"""Settlements that no map has, put where the words say they lie: "the villages of A and B in Homs province".

Only names that are called a village or a town are put anywhere, and no more closely than the words tell: in the middle
of the area, or beside the town, with its radius. Villages told of in one breath are neighbours: where one of a list is
known, the others lie beside it. A name that is only spelled like one on the map is held against them.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from geomap.gazetteer.names import key, split_generic
from geomap.models import Certainty, Role
from geomap.reports.lexicon import load_lexicon
from geomap.reports.places.rows import joint
from geomap.reports.places.siting import by, lies_by

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomap.gazetteer import Gazetteer
    from geomap.models import Place, Resolution
    from geomap.reports.places.toponyms import Toponym

__all__ = ["is_put", "is_respelled", "put_where_told"]

BESIDE_M = 30_000.0
"""How far from a town lies what is called near it."""
INSIDE_M = 25_000.0
"""How far beyond the circle of an area what lies in it may be: few areas are round."""
AREA_MOST_M = 300_000.0
"""Areas with a larger radius say too little of where in them a village lies."""

_VILLAGES = r"(?:villages?|hamlets?|farms?|settlements?)"
_DWELLINGS = rf"(?:{_VILLAGES}|towns?|localit(?:y|ies))"
_LIES = re.compile(
    r",?\s+(?:(?:which|that)\s+|(?:lie|lies|lay|is|are|all|both|just|located|situated|lying)\s+)*"
    r"(?P<how>in|inside|within|near|outside|around|close\s+to|not\s+far\s+from|on\s+the\s+(?:outskirts|edge)\s+of)\s+"
    r"(?P<words>(?:[\w-]+\s+){0,4})"
)
"""Between settlements and what they lie in or by; words such as "the northern countryside of" may come before it."""
_OWNED = re.compile(r"['’]s\s+(?P<words>(?:[\w-]+\s+){0,2})")
"""Between the name of a country and that of its province: "Syria's eastern Homs province"."""


def put_where_told(
    toponyms: Sequence[Toponym], answers: Sequence[Resolution], text: str, gazetteer: Gazetteer
) -> list[Resolution]:
    """Return the answers, those to settlements that only the words locate with a place that is as wide as the words.

    Parameters
    ----------
    toponyms
        The names of a report; offsets are into `text`.
    answers
        What each was taken for by itself.
    text
        The report's text.
    gazetteer
        Where other places of a name are looked up.
    """
    found = list(answers)
    first = 0
    while first < len(toponyms):
        last = _row_end(toponyms, first, text)
        if _are_called(_DWELLINGS, toponyms, text, first, last):
            told = _holder(toponyms, found, text, last)
            row = [n for n in range(first, last + 1) if toponyms[n].role is Role.PLACE]
            listed = [(toponyms[n].text, found[n]) for n in row]
            beside = _neighbour(listed, told) if _are_called(_VILLAGES, toponyms, text, first, last) else None
            for number, (name, answer) in zip(row, listed, strict=True):
                ground = beside or told
                if ground is not None and not _may_stay(name, answer, told, ground):
                    found[number] = _put(name, ground, gazetteer)
        first = last + 1
    return found


def is_put(place: Place) -> bool:
    """Return whether a place is a settlement that only the words of the report locate."""
    return place.id.startswith("site:") and place.feature == "P.PPL"


def is_respelled(name: str, answer: Resolution) -> bool:
    """Return whether the gazetteer knows a name only in another spelling."""
    best = answer.candidates[0] if answer.candidates else None
    if best is None or not best.name:
        return False
    generic = split_generic(name)
    return key(best.name) not in {key(name), generic.core if generic else ""}


def _row_end(toponyms: Sequence[Toponym], first: int, text: str) -> int:
    """Return the last name of the list that begins with one."""
    last = first
    while last + 1 < len(toponyms) and joint(text[toponyms[last].end : toponyms[last + 1].start]) is not None:
        last += 1
    return last


def _are_called(nouns: str, toponyms: Sequence[Toponym], text: str, first: int, last: int) -> bool:
    """Whether the names of a list are called villages or the like, before the list or behind it."""
    before = text[max(0, toponyms[first].start - 30) : toponyms[first].start]
    called = re.search(rf"\b(?:{nouns})\s+(?:of\s+|called\s+|named\s+)?(?:the\s+)?$", before)
    return bool(called or re.match(rf"\s+(?:{nouns})\b", text[toponyms[last].end :][:30]))


def _neighbour(listed: Sequence[tuple[str, Resolution]], told: Place | None) -> Place | None:
    """Return the surroundings of a village that the others are listed with, if the gazetteer has one of them."""
    for name, answer in listed:
        place = answer.place
        if place is None or place.feature[:1] != "P" or answer.status is not Certainty.RESOLVED:
            continue
        if lies_by(place, told, INSIDE_M) if told is not None else not is_respelled(name, answer):
            return replace(place, precision_m=max(place.precision_m, BESIDE_M))
    return None


def _holder(toponyms: Sequence[Toponym], answers: Sequence[Resolution], text: str, last: int) -> Place | None:
    """Return the area or town that the words put a list of names in, or beside; its radius is as wide as they tell."""
    if last + 1 == len(toponyms):
        return None
    noun = re.compile(rf"\s+(?:{_DWELLINGS})\b").match(text, toponyms[last].end)
    lies = _LIES.fullmatch(text, noun.end() if noun else toponyms[last].end, toponyms[last + 1].start)
    if lies is None or not _only_describe(lies["words"]):
        return None
    number = last + 1
    if number + 1 < len(toponyms) and (place := answers[number].place) is not None and place.is_country:
        owned = _OWNED.fullmatch(text, toponyms[number].end, toponyms[number + 1].start)
        number += owned is not None and _only_describe(owned["words"])
    place = answers[number].place
    if place is None or toponyms[number].role is not Role.PLACE or place.is_country or place.precision_m > AREA_MOST_M:
        return None
    if place.is_area:
        return place
    return replace(place, precision_m=max(place.precision_m, BESIDE_M)) if place.feature[:1] == "P" else None


def _only_describe(words: str) -> bool:
    """Whether words only say which part of an area is meant: "the northern countryside of"."""
    known = load_lexicon().places["generic"] | load_lexicon().names["settlements"] | load_lexicon().names["compass"]
    return all(
        word in known or word in _FILLING or word.removesuffix("ern") in known or word.partition("-")[0] in known
        for word in words.lower().split()
    )


_FILLING = frozenset({"the", "of", "rural", "central", "far", "remote"})


def _may_stay(name: str, answer: Resolution, told: Place | None, ground: Place) -> bool:
    """Whether what a name was taken for may lie where told: areas are no circles, other countries are elsewhere."""
    place = answer.place
    if place is None or (told is not None and told.country is not None and place.country != told.country):
        return False
    return not is_respelled(name, answer) or lies_by(place, told or ground, INSIDE_M)


def _put(name: str, ground: Place, gazetteer: Gazetteer) -> Resolution:
    """Return the place of a name that lies where it is told to, or else all of the ground that the words tell of."""
    answer = by(name, ground, INSIDE_M, ground.precision_m, gazetteer)
    best = answer.candidates[0]
    if not best.place.id.startswith("site:"):
        return answer
    village = replace(best, place=replace(best.place, feature="P.PPL"))
    return replace(answer, candidates=(village,))
