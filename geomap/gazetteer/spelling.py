"""Names spelled like others: other transliterations of a name, and typing errors.

Both are looked for by bones, under which the store keeps the forms of names. A transliteration has those of one of the
readings of the name; a typing error those an edit away. What is found is then compared: as it sounds where names are
transliterated, as it is typed everywhere.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from geomap.gazetteer.names import key, split_generic, without_article
from geomap.gazetteer.sounds import LETTERS, bones, is_abjad, readings, skeletons, voiceless, weighed, weights

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from geomap.gazetteer.index import Lookup
    from geomap.models import Place

__all__ = ["Match", "alike", "close", "is_slip", "likeness"]

ALIKE = 0.77
"""Least likeness of two spellings that sound alike."""
TYPED = 0.74
"""Least likeness of two spellings that are typed alike: an error in four letters, two in eight."""
FOREIGN = 0.97
"""What a likeness is worth that takes the letters as another language reads them."""
RESEMBLING = 0.5
"""Least likeness in letters of a spelling that is looked at for its sound."""
SURE, SURE_LETTERS = 0.9, 0.7
"""Least likeness in sound, and in letters, of spellings that are taken for one name without a country of the text."""
LISTENED_TO = 100
LOOKED_AT = 40
"""Forms whose places are looked at, likest first."""
SHORTEST, SHORTEST_ELSEWHERE = 4, 3
"""Fewest letters of a name that is taken for another one, in Latin letters and in scripts that write fewer."""
LONGEST = 20
"""Longer bones are not searched for typing errors."""


_SPELLED = (
    "AD AG AI AL AR AS AT AU AW AX BB BE BL BM BO BQ BR BS BW BZ CA CC CH CK CL CO CR CU CV CW CX CZ DE DK DM DO "
    "EC EE ES FI FJ FK FM FO FR GB GD GF GG GI GL GP GS GT GU GY HN HR HT HU IE IM IS IT JE JM KI KN KY LC LI LT "
    "LU LV MC MF MH MP MQ MS MT MX NA NC NF NI NL NO NR NU NZ PA PE PF PG PH PL PM PN PR PT PW PY RE RO SB SE SH "
    "SI SJ SK SM SR SV SX TC TF TK TO TR TT TV UM US UY VA VC VE VG VI VN VU WF WS YT ZA"
)
SPELLED = frozenset(_SPELLED.split())
"""Countries whose names have one spelling in Latin letters, in which a vowel is no matter of taste."""


@dataclass(frozen=True, slots=True)
class Match:
    """A form of a name that the gazetteer knows, and how alike it is to the one asked for."""

    form: str
    likeness: float
    """From 0 to 1."""
    places: tuple[Place, ...]
    """The places of that form that may be meant, most important first."""


@dataclass(frozen=True, slots=True)
class _Heard:
    """How much a form sounds like the one asked for, and where it does."""

    likeness: float
    countries: frozenset[str]

    def counts(self, place: Place) -> bool:
        """Return whether names of the place's country are heard rather than read."""
        return place.country not in SPELLED and (not self.countries or place.country in self.countries)


def alike(index: Lookup, name: str) -> tuple[Match, ...]:
    """Return the forms that sound like a name, likest first.

    Only places count whose names are transliterated; elsewhere vowels are no matter of taste, and two names that
    differ in them are two. Generic words are understood: "Asaad airbase" is looked for as the whole, as an airfield of
    that name, and by the name alone. A form ``core @kind`` finds only forms of that kind.
    """
    heard: dict[str, _Heard] = {}
    for form in _forms(name):
        for text, sounding in _heard(form, _of_kind(form, index.spelled(skeletons(form)))).items():
            if text not in heard or sounding.likeness > heard[text].likeness:
                heard[text] = sounding
    return _matches(index, heard, {})


def close(index: Lookup, name: str) -> tuple[Match, ...]:
    """Return the forms a typing error away from a name, likest first; generic words as for :func:`alike`."""
    heard: dict[str, _Heard] = {}
    typed: dict[str, float] = {}
    for form in _forms(name):
        own = bones(form)
        near = {own, *(_edits(own) if len(own) <= LONGEST else ())}
        looking = _typed(form, _of_kind(form, index.spelled(near)))
        heard |= {text: sounding for text, sounding in _heard(form, list(looking)).items() if text not in heard}
        typed |= {text: max(like, typed.get(text, 0.0)) for text, like in looking.items() if like >= TYPED}
    return _matches(index, heard, typed)


def likeness(left: str, right: str) -> float:
    """Return from 0 to 1 how alike two forms sound."""
    heard = _heard(left, [right], least=0.0)
    return heard[right].likeness if heard else 0.0


def is_sure(name: str, match: Match) -> bool:
    """Return whether a match may be taken for the name where no country of the text says where to look.

    Among the names of the whole world most words sound like some place: it has to sound nearly the same and to look
    alike as well. Only a name in another script is taken for one in Latin letters by its sound.
    """
    from rapidfuzz.distance import OSA

    if match.likeness < SURE:
        return False
    found = _letters(match.form)
    asked = [_letters(form) for form in _forms(name)]
    return any(
        (found.isascii() and not form.isascii()) or OSA.normalized_similarity(form, found) >= SURE_LETTERS
        for form in asked
    )


def _letters(form: str) -> str:
    """Return a form's own letters: no article, no spaces, no kind."""
    return without_article(form.partition(" @")[0]).replace(" ", "")


def is_slip(form: str, meant: str) -> bool:
    """Return whether one form is another with a letter left out, added, replaced, or changed for its neighbour."""
    from rapidfuzz.distance import OSA

    return OSA.distance(form, meant, score_cutoff=1) == 1


def _forms(name: str) -> tuple[str, ...]:
    """Return the forms that a name may be another spelling of: its own, and those of its part without generic words."""
    if " @" in name:
        forms = [name]
    else:
        generic = split_generic(name)
        forms = [key(name), *([generic.core, generic.form] if generic and not generic.by_compass else [])]
    return tuple(form for form in dict.fromkeys(forms) if _is_word(form))


def _is_word(form: str) -> bool:
    """Return whether a form may be another spelling of a name: long enough, and not a jumble of scripts."""
    letters = [letter for letter, _ in groupby(form.partition(" @")[0].replace(" ", ""))]
    if form.isascii():
        return len(letters) >= SHORTEST
    scripts = {unicodedata.name(letter, "").partition(" ")[0] for letter in letters if letter.isalpha()}
    return len(letters) >= SHORTEST_ELSEWHERE and len(scripts) < 3


def _of_kind(form: str, found: Iterable[str]) -> list[str]:
    """Return those forms that have the kind of a form, or none like it."""
    _, mark, kind = form.partition(" @")
    ending = mark + kind
    return [text for text in found if text.endswith(ending)] if kind else [text for text in found if "@" not in text]


def _heard(form: str, found: Sequence[str], *, least: float = ALIKE) -> dict[str, _Heard]:
    """Return how forms sound like one, those that do; where a script writes no vowels, only consonants count."""
    bare = [text for text in found if is_abjad(text)] if not is_abjad(form) else list(found)
    full = [text for text in found if not is_abjad(text)] if len(bare) < len(found) else []
    with_vowels, without = weights(full), [voiceless(text) for text in weights(bare)]
    best: dict[str, _Heard] = {}
    for number, reading in enumerate(readings(form)):
        asked, worth = weighed(reading.phones), FOREIGN if number else 1.0
        near = [*_nearest(asked, with_vowels, full, least), *_nearest(voiceless(asked), without, bare, least)]
        for text, like in near:
            if text not in best or like * worth > best[text].likeness:
                best[text] = _Heard(like * worth, reading.countries)
    return best


def _nearest(asked: str, texts: Sequence[str], forms: Sequence[str], least: float) -> Iterator[tuple[str, float]]:
    from rapidfuzz import process
    from rapidfuzz.distance import Levenshtein

    scorer = Levenshtein.normalized_similarity
    for _, like, at in process.extract(asked, texts, scorer=scorer, score_cutoff=least, limit=LOOKED_AT):
        yield forms[at], like


def _typed(form: str, found: Sequence[str]) -> dict[str, float]:
    """Return the forms that look like one, each with its likeness."""
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    like = process.extract(form, found, scorer=OSA.normalized_similarity, score_cutoff=RESEMBLING, limit=LISTENED_TO)
    return {text: score for text, score, _ in like}


def _matches(index: Lookup, heard: dict[str, _Heard], typed: dict[str, float]) -> tuple[Match, ...]:
    """Return the likest forms with their places, each as it sounds where that counts, else as it is typed."""
    best = {
        form: max(heard[form].likeness if form in heard else 0.0, typed.get(form, 0.0)) for form in {*heard, *typed}
    }
    ranked = sorted(best, key=lambda form: (-best[form], form))[:LOOKED_AT]
    places = index.exact_many(ranked)
    found = []
    for form in ranked:
        sounding = heard.get(form, _Heard(0.0, frozenset()))
        looks = typed.get(form, 0.0)
        listened = [place for place in places.get(form, ()) if sounding.likeness > looks and sounding.counts(place)]
        rest = [place for place in places.get(form, ()) if looks and place not in listened]
        found += [
            Match(form, like, tuple(some)) for like, some in ((sounding.likeness, listened), (looks, rest)) if some
        ]
    return tuple(sorted(found, key=lambda match: (-match.likeness, match.form)))


def _edits(text: str) -> Iterator[str]:
    """Yield what bones become by leaving out, exchanging, replacing or adding a consonant."""
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
