"""Names spelled like others: other transliterations of a name, and typing errors.

Both start from the skeleton, under which the store keeps the forms of names: a transliteration has the same one, a
typing error one that is an edit away. How alike two spellings are is judged on their letters.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from geomap.gazetteer.names import bones, key, skeleton, without_article

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from geomap.gazetteer.index import Lookup
    from geomap.models import Place

__all__ = ["Match", "alike", "close", "likeness"]

ALIKE = 0.78
"""Least likeness of two spellings with one skeleton."""
CLOSE = 0.86
"""Least likeness of a spelling with a typing error."""
MATCHES = 50
"""Forms of names looked at further, likest first."""
_LATIN = (
    "AD AG AI AL AO AR AS AT AU AW AX BB BE BF BI BJ BL BM BO BQ BR BS BW BZ CA CC CD CF CG CH CI CK CL CM CO CR CU "
    "CV CW CX CZ DE DK DM DO EC EE ES FI FJ FK FM FO FR GA GB GD GF GG GH GI GL GM GN GP GQ GS GT GU GW GY HN HR HT "
    "HU ID IE IM IS IT JE JM KE KI KN KY LC LI LR LS LT LU LV MC MF MG MH ML MP MQ MS MT MU MW MX MY MZ NA NC NE NF "
    "NG NI NL NO NR NU NZ PA PE PF PG PH PL PM PN PR PT PW PY RE RO RW SB SC SE SG SH SI SJ SK SL SM SN SR ST SV SX "
    "SZ TC TF TG TK TL TO TT TV TZ UG UM US UY VA VC VE VG VI VN VU WF WS YT ZA ZM ZW"
)
LATIN = frozenset(_LATIN.split())
"""Countries whose names are written in Latin letters: vowels are a part of their spelling."""
EXACT_VOWELS = 0.95
"""Least likeness there."""
LETTERS = "abcdfhjklmnrstz"
"""What skeletons are made of."""


@dataclass(frozen=True, slots=True)
class Match:
    """A form of a name that the gazetteer knows, and how alike it is to the one asked for."""

    form: str
    likeness: float
    """From 0 to 1."""
    places: tuple[Place, ...]
    """The places with that form, most important first."""


def alike(index: Lookup, name: str) -> tuple[Match, ...]:
    """Return the forms with the consonants of a name that look like it, likest first.

    A form ``core @kind`` finds only forms of that kind.
    """
    skeletons = [bones(_form(name))]
    found = _matches(index, name, index.spelled(skeletons), ALIKE) if len(skeletons[0]) > 1 else ()
    return tuple(loose for match in found if (loose := _transliterated(match)).places)


def close(index: Lookup, name: str) -> tuple[Match, ...]:
    """Return the forms a typing error away from a name, likest first; short names have none."""
    spelling = _form(name)
    if len(spelling) < 4:
        return ()
    return _matches(index, name, index.spelled({bones(spelling), *_edits(bones(spelling))}), CLOSE)


def likeness(left: str, right: str) -> float:
    """Return how alike two spellings are, from 0 to 1: Jaro–Winkler on their Latin letters, articles aside.

    Where a script writes no vowels, consonants are compared.
    """
    from rapidfuzz.distance import JaroWinkler

    ours, theirs = (without_article(text.partition(" @")[0]).replace(" ", "") for text in (left, right))
    if ours.isascii() != theirs.isascii():
        ours, theirs = skeleton(left), skeleton(right)
    return float(JaroWinkler.similarity(ours, theirs))


def _transliterated(match: Match) -> Match:
    """Return a match without the places whose names are no transliterations, unless it is a near one."""
    if match.likeness >= EXACT_VOWELS:
        return match
    return replace(match, places=tuple(place for place in match.places if place.country not in LATIN))


def _form(name: str) -> str:
    return name if " @" in name else key(name)


def _matches(index: Lookup, name: str, forms: Iterable[str], least: float) -> tuple[Match, ...]:
    spelling = _form(name)
    _, _, kind = spelling.partition(" @")
    scored = ((likeness(spelling, form), form) for form in forms if form.partition(" @")[2] == kind)
    best = sorted((item for item in scored if item[0] >= least), key=lambda item: (-item[0], item[1]))[:MATCHES]
    places = index.exact_many(form for _, form in best)
    return tuple(Match(form, like, places[form]) for like, form in best if form in places)


def _edits(text: str) -> Iterator[str]:
    """Yield what a text becomes by leaving out, exchanging, replacing or adding a letter."""
    for at in range(len(text) + 1):
        head, tail = text[:at], text[at:]
        if tail:
            yield head + tail[1:]
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]
        for letter in LETTERS:
            yield head + letter + tail
            if tail:
                yield head + letter + tail[1:]
