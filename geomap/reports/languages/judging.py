"""Whether words that the gazetteer knows as a name are one where they stand."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from geomap.reports.languages.cues import QUOTES, Cue
from geomap.reports.languages.morphology import RELATIVE, Base, Case, bases, proclitics
from geomap.reports.languages.tokens import Sort
from geomap.reports.languages.words import load_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomap.gazetteer import Gazetteer
    from geomap.models import Place
    from geomap.reports.languages.tokens import Word

__all__ = ["Found", "Judge", "Verdict", "is_large", "is_shouting"]

LARGE = 100_000
"""People of a city whose name is taken for the city wherever it stands."""
TOWN = 5_000
"""People of a town whose name is taken for it, in a country of the report, without a word that says so."""
FOREIGN = 4
"""Letters that the Arabic name of a place abroad has more of, to be taken for it without a word that says so."""
SHORTEST = 3
"""Fewest letters of a name without a word that says it is one."""

QUALITY = re.compile(r"(?:[ыи]й|ая|ое|ые|ие|ого)$")
"""Other Russian and Ukrainian adjectives."""


class Verdict(Enum):
    """How surely words are a place name."""

    SURE = "sure"
    LIKELY = "likely"
    """If it lies in a country of the report."""
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Found:
    """Words of a sentence that the gazetteer knows as a name."""

    first: int
    last: int
    """Words of the sentence, half-open."""
    base: Base
    place: Place | None
    """The place that is meant most often; None where the gazetteer lacks the name."""
    cue: Cue

    @property
    def single(self) -> bool:
        """Whether the name is one word."""
        return self.last - self.first == 1


class Judge:
    """Judges the names of texts in one language.

    Parameters
    ----------
    lang
        ISO 639-1 code of the language.
    capitals
        Whether its script has them.
    gazetteer
        Where names are looked up.
    """

    def __init__(self, lang: str, gazetteer: Gazetteer, *, capitals: bool) -> None:
        self._lang, self._gazetteer, self._capitals = lang, gazetteer, capitals
        self._words = load_words(lang)

    def judge(self, words: Sequence[Word], found: Found, *, shouting: bool) -> Verdict:
        """Return how surely a name is a place name.

        Parameters
        ----------
        words
            The words of its sentence.
        found
            The name.
        shouting
            The sentence is in capitals.
        """
        cue, place = found.cue, found.place
        if place is None or cue.bearer or (cue.person and not cue.kind):
            return Verdict.NONE
        if found.single and self.is_doubtful(words[found.first].form):
            listed = found.base.clitics.startswith("و")
            return Verdict.SURE if cue.kind else Verdict.LIKELY if cue.place or listed else Verdict.NONE
        if found.single and self.is_common(words[found.first].form) and not (cue.kind and self._same_article(found)):
            return Verdict.NONE
        if self._capitals and not place.is_country and _is_acronym(words[found.last - 1]):
            return Verdict.LIKELY if shouting else Verdict.NONE
        if self._capitals and not shouting:
            return self._with_capital(words, found)
        return self._without_capital(words, found)

    def is_common(self, form: str) -> bool:
        """Return whether a word is one of every day; Arabic ones also without what is written to them."""
        common = self._words.common
        if self._lang != "ar":
            return form in common or form.partition("'")[0] in common
        rests = [rest for _, rest in proclitics(form)]
        return any(rest in common or rest.removeprefix("ال") in common for rest in rests)

    def is_doubtful(self, form: str) -> bool:
        """Return whether a word of every day also names a place of some weight."""
        doubtful = self._words.doubtful
        rests = (rest for _, rest in proclitics(form)) if self._lang == "ar" else (form,)
        return any(rest in doubtful for rest in rests)

    def is_name_part(self, word: Word) -> bool:
        """Return whether a word with a capital may be a part of a person's name: it is none that has another use."""
        own = self._words
        if word.form in own.given:
            return True
        if any(word.form in stems for stems in (own.demonyms, own.kinds, own.sides, own.places, own.common)):
            return False
        return not any(self._gazetteer.has(base.name) for base in bases([word], self._lang))

    def _with_capital(self, words: Sequence[Word], found: Found) -> Verdict:
        """Judge a name in a script with capitals, which themselves speak for a name."""
        cue, place, first = found.cue, found.place, found.first
        if place is None or self._in_longer(words, found) or self._is_adjective(words, found):
            return Verdict.NONE
        if cue.kind or cue.direction:
            return Verdict.SURE
        if cue.place:
            return Verdict.SURE if is_large(place) or not found.single or _is_town(place) else Verdict.LIKELY
        if first == 0 and found.single and not _is_dateline(words, found):
            return self._at_start(found, place)
        quoted = first > 0 and words[first - 1].text in QUOTES
        if is_large(place) and len(found.base.name) > 2 and not (quoted and not place.is_country):
            return Verdict.SURE
        return Verdict.NONE if quoted else Verdict.LIKELY

    @staticmethod
    def _at_start(found: Found, place: Place) -> Verdict:
        """Judge a single word that begins a sentence, where every word has a capital."""
        if found.base.cases and Case.NOMINATIVE not in found.base.cases:
            return Verdict.NONE
        if is_large(place):
            return Verdict.SURE if len(found.base.name) > 3 else Verdict.LIKELY
        return Verdict.LIKELY if place.population >= TOWN or place.id.startswith("curated:") else Verdict.NONE

    def _without_capital(self, words: Sequence[Word], found: Found) -> Verdict:
        """Judge a name in a script without capitals."""
        cue, place = found.cue, found.place
        if place is None:
            return Verdict.NONE
        if cue.kind:
            return Verdict.SURE
        if found.single and not self._same_article(found):
            return Verdict.NONE
        length = len(found.base.name.removeprefix("ال"))
        if is_large(place) and (length >= SHORTEST or cue.place) and (self._is_native(found) or length > FOREIGN):
            return Verdict.SURE
        if not found.single:
            return Verdict.SURE if cue.place or not self._all_common(words, found) else Verdict.LIKELY
        if cue.place:
            return Verdict.LIKELY if length >= SHORTEST else Verdict.NONE
        return Verdict.LIKELY if _is_town(place) and length > SHORTEST else Verdict.NONE

    @staticmethod
    def _is_native(found: Found) -> bool:
        """Return whether a place is a state, or has a name of its own in the script that it is named in."""
        place = found.place
        return place is not None and (place.is_country or (place.local_name or "a")[0] > "\u05ff")

    def _all_common(self, words: Sequence[Word], found: Found) -> bool:
        """Return whether a name of several words is made of words of every day: "new market"."""
        return all(self.is_common(word.form) for word in words[found.first : found.last])

    def _same_article(self, found: Found) -> bool:
        """Return whether an Arabic name has the article where its place has it: "باب" is no al-Bab."""
        place, name = found.place, found.base.name
        if self._lang != "ar" or place is None or not place.local_name or " " in name:
            return True
        return name.startswith("ال") or not place.local_name.startswith("ال")

    def _is_adjective(self, words: Sequence[Word], found: Found) -> bool:
        """Return whether a Russian or Ukrainian word goes with a noun that is no place: "Московский университет"."""
        after = words[found.last] if found.last < len(words) else None
        if self._lang not in {"ru", "uk"} or not found.single or found.cue.kind or after is None or after.capital:
            return False
        form, own = words[found.first].form, self._words
        if not (RELATIVE.search(form) or (found.first == 0 and QUALITY.search(form))) or after.sort is not Sort.WORD:
            return False
        return (
            not any(after.form in stems for stems in (own.places, own.loose, own.sides)) and after.form not in own.links
        )

    def _goes_on(self, word: Word) -> bool:
        """Return whether a name may go on after a word: not after a Turkish ending."""
        return self._lang != "tr" or "'" not in word.form

    def _in_longer(self, words: Sequence[Word], found: Found) -> bool:
        """Return whether a name is a part of a longer one: a first name or a surname stands next to it."""
        first, last = found.first, found.last
        before = words[first - 1] if first else None
        after = words[last] if last < len(words) else None
        if before is not None and before.text == "." and first > 1 and len(words[first - 2].text) == 1:
            return words[first - 2].text.isupper()
        if before is not None and before.form in self._words.given and before.capital:
            return not found.cue.place
        if before is not None and before.capital and first > 1 and self._goes_on(before) and self.is_name_part(before):
            return not found.cue.place
        if after is not None and after.capital and after.start - words[last - 1].end == 1:
            return self.is_name_part(after) and not found.cue.place
        return False


def is_large(place: Place) -> bool:
    """Return whether a name is taken for a place wherever it stands: a state, a province, a sea, a large city."""
    return (
        place.country is None
        or place.is_country
        or place.population >= LARGE
        or place.feature in {"L.CONT", "P.PPLC", "P.PPLA", "A.ADM1"}
    )


def is_shouting(words: Sequence[Word]) -> bool:
    """Return whether a sentence is in capitals, which then say nothing."""
    long = [word for word in words if word.sort is Sort.WORD and len(word.text) > 3]
    return len(long) > 2 and sum(word.text.isupper() for word in long) > 0.7 * len(long)


def _is_town(place: Place) -> bool:
    """Return whether a place is more than a hamlet that shares its name with something else."""
    return place.population >= TOWN or place.is_area or not place.feature.startswith("P.")


def _is_acronym(word: Word) -> bool:
    """Return whether a word is a few capitals: an agency or a group rather than a town spelled so."""
    return word.text.isupper() and len(word.text) <= 4


def _is_dateline(words: Sequence[Word], found: Found) -> bool:
    """Return whether a name begins a sentence as the place it is sent from: "Goma, 3 mars –"."""
    after = words[found.last : found.last + 5]
    return bool(after) and after[0].text in ",(" and any(word.text in "-–—:)" for word in after)
