"""Place names in texts in other languages than English, and the places they mean.

The gazetteer says what may be a name, in the spellings that :mod:`geomap.reports.languages.morphology` makes of the
words; the words around say whether it is one here. Where a script has no capitals they have to say more. What is only
likely is kept when it lies in a country that the sure names of the report speak of.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from geomap.models import Certainty, Mention, Role
from geomap.reports.languages.cues import QUOTES, Cue, form_in, read_cue
from geomap.reports.languages.detect import languages
from geomap.reports.languages.morphology import Base, Case, bases, proclitics
from geomap.reports.languages.tokens import Sort
from geomap.reports.languages.words import load_words
from geomap.reports.resolve import Context, resolve_toponyms
from geomap.reports.toponyms import Toponym

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomap.gazetteer import Gazetteer
    from geomap.models import Place
    from geomap.reports.languages.tokens import Sentence, Word

__all__ = ["Name", "find_names", "given_names", "resolve_names"]

MAX_WORDS = 5
LARGE = 100_000
"""People of a city whose name is taken for the city wherever it stands."""
TOWN = 5_000
"""People of a town whose name is taken for it, in a country of the report, without a word that says so."""
NO_CAPITALS = frozenset({"ARABIC", "HEBREW"})
"""Scripts without capitals."""
SETTLEMENTS = frozenset({"city", "town", "village", "district", "base", "airbase", "crossing", "camp"})
"""Nouns after which even a name that the gazetteer lacks is one."""
SHORTEST = 3
"""Fewest letters of a name without a word that says it is one."""


@dataclass(frozen=True, slots=True)
class Name:
    """A place name in a sentence."""

    toponym: Toponym
    """Its `text` is the spelling that the gazetteer has; `first` and `last` are words of the sentence."""
    sentence: int
    """Number of its sentence."""
    cases: frozenset[Case] = frozenset()
    clitics: str = ""
    """Arabic particles written to it."""


@dataclass(frozen=True, slots=True)
class _Found:
    """Words that the gazetteer knows as a name."""

    first: int
    last: int
    base: Base
    place: Place | None
    """The place that is meant most often; None where the gazetteer lacks the name."""
    cue: Cue


def find_names(told: Sequence[Sentence], text: str, lang: str, gazetteer: Gazetteer) -> tuple[Name, ...]:
    """Return the place names of sentences, in order, none overlapping another.

    Parameters
    ----------
    told
        The sentences.
    text
        The report's text.
    lang
        ISO 639-1 code of their language; where there are no word lists for it, only well-known names are found.
    gazetteer
        Where names are looked up.
    """
    finder = _Finder(lang, gazetteer)
    return tuple(
        _name(found, role, sure=sure, number=number, text=text)
        for number, sentence in enumerate(told)
        for found, role, sure in finder.find(sentence.words)
    )


def given_names(
    told: Sequence[Sentence], spans: Sequence[tuple[int, int]], lang: str, gazetteer: Gazetteer
) -> tuple[Name, ...]:
    """Return names at given spans of the report, each in the spelling that the gazetteer has."""
    finder, names = _Finder(lang, gazetteer), []
    for start, end in sorted(spans):
        for number, sentence in enumerate(told):
            held = [n for n, word in enumerate(sentence.words) if word.start < end and start < word.end]
            if not held:
                continue
            first, last = held[0], held[-1] + 1
            base = finder.best(sentence.words, first, last)[0]
            text = base.name if base else " ".join(word.text for word in sentence.words[first:last])
            toponym = Toponym(first, last, start, end, text, Role.PLACE)
            names.append(Name(toponym, number, base.cases if base else frozenset(), base.clitics if base else ""))
            break
    return tuple(names)


def resolve_names(
    names: Sequence[Name], text: str, gazetteer: Gazetteer
) -> tuple[tuple[Name, ...], tuple[Mention, ...], Context]:
    """Return the names that are believed, what they mean, and where the report plays.

    Parameters
    ----------
    names
        As found.
    text
        The report's text.
    gazetteer
        Where places are looked up.
    """
    sure = [name.toponym for name in names if name.toponym.sure]
    _, context = resolve_toponyms(sure, text, gazetteer)
    kept = [name for name in names if name.toponym.sure or _fits(name.toponym, context, gazetteer)]
    mentions, context = resolve_toponyms([name.toponym for name in kept], text, gazetteer)
    pairs = [(name, mention) for name, mention in zip(kept, mentions, strict=True) if _is_place(name, mention)]
    return (
        tuple(name for name, _ in pairs),
        tuple(replace(mention, text=text[mention.start : mention.end]) for _, mention in pairs),
        context,
    )


def _fits(toponym: Toponym, context: Context, gazetteer: Gazetteer) -> bool:
    """Return whether a name that is only likely means a place in a country of the report."""
    known = gazetteer.candidates(toponym.text)
    if not known:
        found = gazetteer.resolve(toponym.text, countries=context.countries) if context.countries else None
        return found is not None and found.status is not Certainty.UNKNOWN
    return any(candidate.place.country in context.countries for candidate in known)


def _is_place(name: Name, mention: Mention) -> bool:
    """Return whether a name that no gazetteer knows is said to be one by the noun at its side."""
    return mention.place is not None or name.toponym.sure


class _Finder:
    """Finds the names of sentences in one language.

    Parameters
    ----------
    lang
        ISO 639-1 code of the language.
    gazetteer
        Where names are looked up.
    """

    def __init__(self, lang: str, gazetteer: Gazetteer) -> None:
        self._lang, self._gazetteer = lang, gazetteer
        self._words = load_words(lang)
        known = languages().get(lang)
        self._capitals = known is None or known.script not in NO_CAPITALS
        self._known = known is not None and known.read == "whole"

    def find(self, words: Sequence[Word]) -> list[tuple[_Found, Role, bool]]:
        """Return the names of a sentence with their roles, and whether each is surely one."""
        found: list[tuple[_Found, Role, bool]] = []
        at = 0
        shouting = self._capitals and _is_shouting(words)
        while at < len(words):
            one = self._at(words, at, shouting=shouting, before=found[-1][0] if found else None)
            if one is not None:
                found.append(one)
            at = one[0].last if one else at + 1
        return found

    def _at(
        self, words: Sequence[Word], first: int, *, shouting: bool, before: _Found | None
    ) -> tuple[_Found, Role, bool] | None:
        """Return the name that starts at a word, the longest that is one."""
        word = words[first]
        if word.sort is not Sort.WORD:
            return None
        for last in range(min(len(words), first + MAX_WORDS), first, -1):
            if last - first > 1 and not self._may_span(words, first, last):
                continue
            if not self._may_start(word, shouting=shouting):
                break
            base, place = self.best(words, first, last)
            if base is None or place is None:
                continue
            if last - first == 1 and self._people(word) and not (place.is_country and word.form not in self._peoples):
                break
            cue = read_cue(words, first, last, self._lang, base.clitics)
            found = _Found(first, last, base, place, cue)
            sure = self._judge(words, found, shouting=shouting, before=before)
            if sure is not None:
                return found, self._role(found), sure
        return self._demonym(words, first) or self._unknown(words, first, shouting=shouting)

    def best(self, words: Sequence[Word], first: int, last: int) -> tuple[Base | None, Place | None]:
        """Return the spelling of a name that stands for the most important place, and the place."""
        before = words[first - 1].form if first else ""
        chosen: tuple[float, Base, Place] | None = None
        for number, base in enumerate(bases(words[first:last], self._lang, before)):
            if not self._gazetteer.has(base.name):
                continue
            candidates = self._gazetteer.candidates(base.name)
            if not candidates:
                continue
            score = candidates[0].score - (0.0 if number == 0 else 0.02)
            if chosen is None or score > chosen[0]:
                chosen = (score, base, candidates[0].place)
            if number == 0 and self._lang in {"ar", "tr"}:
                break
        return (chosen[1], chosen[2]) if chosen else (None, None)

    def _may_start(self, word: Word, *, shouting: bool) -> bool:
        return not self._capitals or (word.capital and (not shouting or len(word.form) > 2))

    def _may_span(self, words: Sequence[Word], first: int, last: int) -> bool:
        """Return whether words may be one name: no marks between, capitals where the script has them."""
        part = words[first:last]
        if any(word.sort is not Sort.WORD for word in part):
            return False
        if not self._capitals:
            return True
        inner = all(word.capital or word.form in self._words.inner for word in part[1:-1])
        return inner and part[-1].capital

    def _judge(self, words: Sequence[Word], found: _Found, *, shouting: bool, before: _Found | None) -> bool | None:
        """Return whether words are surely a place name, or only likely; None when they are none."""
        cue, place = found.cue, found.place
        single = found.last - found.first == 1
        plain = words[found.first].form
        if place is None or cue.bearer or (cue.person and not cue.kind):
            return None
        if single and self._is_common(plain, found.base) and (cue.kind is None or not self._same_article(found)):
            return None
        if not self._known:
            return True if _is_well_known(place) and len(plain) > SHORTEST else None
        listed = before is not None and self._joins(words, before.last, found.first) and not before.cue.person
        if self._capitals and not shouting:
            return self._judge_capital(words, found, single=single, listed=listed)
        return self._judge_plain(found, single=single, listed=listed)

    def _judge_capital(self, words: Sequence[Word], found: _Found, *, single: bool, listed: bool) -> bool | None:
        """Judge a name in a script with capitals, which themselves speak for a name."""
        cue, place, first = found.cue, found.place, found.first
        assert place is not None
        if cue.kind or cue.direction:
            return True
        if self._in_longer(words, found):
            return None
        if cue.place or listed:
            return True if _is_large(place) or not single else _is_town(place)
        if _is_well_known(place) and len(found.base.name) > 2:
            return True
        quoted = first > 0 and words[first - 1].text in QUOTES
        if quoted or (first == 0 and single and len(found.base.name) < 5):
            return None
        return False

    def _judge_plain(self, found: _Found, *, single: bool, listed: bool) -> bool | None:
        """Judge a name in a script without capitals."""
        cue, place = found.cue, found.place
        assert place is not None
        if cue.kind:
            return True
        if single and not self._same_article(found):
            return None
        length = len(found.base.name.removeprefix("ال"))
        if _is_well_known(place) and (length >= SHORTEST or cue.place):
            return True
        if cue.place or listed:
            return True if not single else (False if length >= SHORTEST else None)
        return False if not single or (place.population >= TOWN and length > SHORTEST) else None

    def _is_common(self, form: str, base: Base) -> bool:
        """Return whether a word is one of every day; Arabic ones also without what is written to them."""
        common = self._words.common
        if self._lang != "ar":
            return form in common
        whole = any(rest in common for particles, rest in proclitics(form) if particles == base.clitics)
        return whole or form in common

    def _same_article(self, found: _Found) -> bool:
        """Return whether an Arabic name has the article where its place has it: "باب" is no al-Bab."""
        place, name = found.place, found.base.name
        if self._lang != "ar" or place is None or not place.local_name or " " in name:
            return True
        return name.startswith("ال") or not place.local_name.startswith("ال")

    def _in_longer(self, words: Sequence[Word], found: _Found) -> bool:
        """Return whether a name is a part of a longer one: a first name or a surname stands next to it."""
        first, last = found.first, found.last
        if found.cue.place and last < len(words) and not words[last].capital:
            return False
        before = words[first - 1] if first else None
        after = words[last] if last < len(words) else None
        if before is not None and before.capital and first > 1 and not self._is_known(before):
            return not found.cue.place
        if before is not None and before.text == "." and first > 1 and len(words[first - 2].text) == 1:
            return words[first - 2].text.isupper()
        if after is not None and after.capital and after.start - words[last - 1].end <= 1:
            return not self._is_known(after) and not found.cue.place
        return False

    def _is_known(self, word: Word) -> bool:
        """Return whether a capitalised word is no part of a personal name: a people's, a noun, a place."""
        own = self._words
        if word.form in own.demonyms or word.form in own.kinds or word.form in own.sides or word.form in own.places:
            return True
        return any(self._gazetteer.has(base.name) for base in bases([word], self._lang))

    def _joins(self, words: Sequence[Word], end: int, start: int) -> bool:
        """Return whether names are neighbours in a list."""
        between = words[end:start]
        if not between:
            return self._lang == "ar" and words[start].form.startswith("و")
        return len(between) <= 2 and all(word.form in self._words.links for word in between)

    def _people(self, word: Word) -> str | None:
        """Return the English for a people's name or adjective."""
        if word.form in self._words.common and self._lang == "ar":
            return None
        return form_in(self._words.demonyms, word.form, self._lang)

    @property
    def _peoples(self) -> object:
        return self._words.demonyms

    def _demonym(self, words: Sequence[Word], first: int) -> tuple[_Found, Role, bool] | None:
        word = words[first]
        english = self._people(word)
        if english is None:
            return None
        base = Base(english, word.start, word.end)
        return _Found(first, first + 1, base, None, Cue()), Role.DEMONYM, True

    def _unknown(self, words: Sequence[Word], first: int, *, shouting: bool) -> tuple[_Found, Role, bool] | None:
        """Return a name that the gazetteer lacks, after a noun of place or a preposition and with a capital."""
        word = words[first]
        if not self._known or shouting or len(word.form) < SHORTEST or self._is_common(word.form, Base("", 0, 0)):
            return None
        if self._capitals and (not word.capital or first == 0 or word.text.isupper()):
            return None
        if form_in(self._words.kinds, word.form, self._lang) or form_in(self._words.sides, word.form, self._lang):
            return None
        cue = read_cue(words, first, first + 1, self._lang)
        if cue.bearer or cue.person:
            return None
        settled = cue.kind in SETTLEMENTS
        if not settled and not (self._capitals and cue.place):
            return None
        last = first + 1
        while self._capitals and last < len(words) and last < first + 3 and words[last].capital:
            last += 1
        spelled = bases(words[first:last], self._lang)[0]
        if "'" in words[last - 1].form and self._lang == "tr":
            spelled = replace(spelled, end=spelled.end)
        beside = self._capitals or words[first - 1].form in self._words.kinds
        return _Found(first, last, spelled, None, cue), Role.PLACE, settled and beside

    @staticmethod
    def _role(found: _Found) -> Role:
        """Tell a government from a place."""
        place = found.place
        governs = place is not None and (place.is_country or place.feature == "P.PPLC")
        return Role.METONYM if governs and found.cue.speaks and not found.cue.place else Role.PLACE


def _is_well_known(place: Place) -> bool:
    """Return whether a name is taken for a place wherever it stands."""
    return _is_large(place) or place.feature == "A.ADM1"


def _is_large(place: Place) -> bool:
    return place.is_country or place.population >= LARGE or place.feature in {"L.CONT", "P.PPLC", "P.PPLA"}


def _is_town(place: Place) -> bool:
    """Return whether a place is more than a hamlet that shares its name with something else."""
    return place.population >= TOWN or place.is_area or not place.feature.startswith("P.")


def _is_shouting(words: Sequence[Word]) -> bool:
    """Return whether a sentence is in capitals, which then say nothing."""
    long = [word for word in words if word.sort is Sort.WORD and len(word.text) > 3]
    return len(long) > 2 and sum(word.text.isupper() for word in long) > 0.7 * len(long)


def _name(found: _Found, role: Role, *, sure: bool, number: int, text: str) -> Name:
    base, cue = found.base, found.cue
    toponym = Toponym(
        found.first, found.last, base.start, base.end, base.name, role, kind=cue.kind, direction=cue.direction, sure=sure,
    )  # fmt: skip
    return Name(toponym, number, base.cases, base.clitics)
