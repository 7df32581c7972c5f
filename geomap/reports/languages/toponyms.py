"""Place names in texts in other languages than English, and the places they mean.

The gazetteer says what may be a name, in the spellings that :mod:`geomap.reports.languages.morphology` makes of the
words; the words around say whether it is one here. Where a script has no capitals they have to say more. What is only
likely is kept when it lies in a country that the sure names of the report speak of.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from geomap.gazetteer.hints import kind_of_noun
from geomap.gazetteer.scripts import is_transliterated
from geomap.models import Mention, Role
from geomap.reports.languages.cues import ARTICLES, Cue, form_in, read_cue
from geomap.reports.languages.detect import languages
from geomap.reports.languages.folding import fold
from geomap.reports.languages.groups import group_words
from geomap.reports.languages.judging import SHORTEST, Found, Judge, Verdict, is_large, is_shouting
from geomap.reports.languages.morphology import Base, Case, bases, towns_of
from geomap.reports.languages.tokens import Sort
from geomap.reports.languages.words import load_words
from geomap.reports.places.resolve import Context, resolve_toponyms
from geomap.reports.places.toponyms import Toponym

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomap.gazetteer import Gazetteer
    from geomap.models import Place
    from geomap.reports.languages.tokens import Sentence, Word

__all__ = ["Name", "find_names", "given_names", "resolve_names"]

MAX_WORDS = 5
NO_CAPITALS = frozenset({"ARABIC", "HEBREW"})
"""Scripts without capitals."""
SETTLEMENTS = frozenset({"city", "town", "village", "district", "base", "airbase", "crossing", "camp"})
"""Nouns after which even a name that the gazetteer lacks is one."""
CHANGED = 0.02
"""What a spelling that is not the one written has to be more important by."""


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
    sure: bool = True
    """The words leave no doubt that it is a place; else it is one if it lies where the report plays."""
    told: bool = False
    """The gazetteer knows it, and it stands where places stand."""


def find_names(told: Sequence[Sentence], lang: str, gazetteer: Gazetteer) -> tuple[Name, ...]:
    """Return the place names of sentences, in order, none overlapping another.

    Parameters
    ----------
    told
        The sentences.
    lang
        ISO 639-1 code of their language; where there are no word lists for it, only well-known names are found.
    gazetteer
        Where names are looked up.
    """
    finder = _Finder(lang, gazetteer)
    return tuple(
        _name(found, role, gazetteer, sure=sure, number=number)
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
    sure = [name.toponym for name in names if name.sure]
    if not any(toponym.role is Role.PLACE for toponym in sure):
        sure += [name.toponym for name in names if not name.sure and name.told]
    _, context = resolve_toponyms(sure, text, gazetteer)
    kept = [name for name in names if name.sure or _fits(name, context, gazetteer)]
    mentions, context = resolve_toponyms([name.toponym for name in kept], text, gazetteer)
    pairs = [(name, mention) for name, mention in zip(kept, mentions, strict=True) if mention.place or name.sure]
    return (
        tuple(name for name, _ in pairs),
        tuple(replace(mention, text=text[mention.start : mention.end]) for _, mention in pairs),
        context,
    )


def _fits(name: Name, context: Context, gazetteer: Gazetteer) -> bool:
    """Return whether a name that is only likely means a place in a country of the report, or can mean but one."""
    toponym = name.toponym
    known = gazetteer.candidates(toponym.text)
    if known:
        at_home = any(candidate.place.country in context.countries for candidate in known)
        return at_home or (name.told and len(known) == 1 and not toponym.text.isascii())
    found = gazetteer.resolve(toponym.text, countries=context.countries)
    place = found.place
    if place is None:
        return False
    return not toponym.text.isascii() or is_transliterated(place.country)


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
        self._supported = known is not None and known.read == "whole"
        self._judge = Judge(lang, gazetteer, capitals=self._capitals)

    def find(self, words: Sequence[Word]) -> list[tuple[Found, Role, bool]]:
        """Return the names of a sentence with their roles, and whether each is surely one."""
        found: list[tuple[Found, Role, bool]] = []
        taken = group_words(words, self._lang)
        shouting = self._capitals and is_shouting(words)
        at = 0
        while at < len(words):
            one = self._at(words, at, shouting=shouting)
            if (one is not None and one[1] is Role.DEMONYM) or (one is not None and one[0].first not in taken):
                found.append(one)
            at = one[0].last if one else at + 1
        return self._listed(words, found)

    def best(self, words: Sequence[Word], first: int, last: int) -> tuple[Base | None, Place | None]:
        """Return the spelling of a name that stands for the most important place, and the place."""
        before = words[first - 1].form if first else ""
        chosen: tuple[float, Base, Place] | None = None
        for number, written in enumerate(bases(words[first:last], self._lang, before)):
            base = replace(written, name=self._words.aliases.get(fold(written.name, self._lang), written.name))
            candidates = self._gazetteer.candidates(base.name) if self._gazetteer.has(base.name) else ()
            if not candidates:
                continue
            score = candidates[0].score - (0.0 if number == 0 else CHANGED)
            if chosen is None or score > chosen[0]:
                chosen = (score, base, candidates[0].place)
            if self._lang == "ar" or (self._lang == "tr" and number == 0):
                break
        return (chosen[1], chosen[2]) if chosen else (None, None)

    def _at(self, words: Sequence[Word], first: int, *, shouting: bool) -> tuple[Found, Role, bool] | None:
        """Return the name that starts at a word, the longest that is one."""
        word = words[first]
        if word.sort is not Sort.WORD or (self._capitals and not word.capital):
            return self._demonym(word, first)
        if (adjective := self._adjective(words, first)) is not None:
            return adjective
        for last in range(min(len(words), first + MAX_WORDS), first, -1):
            if last - first > 1 and any(other.sort is not Sort.WORD for other in words[first:last]):
                continue
            base, place = self.best(words, first, last)
            if base is None or place is None or not self._may_be(words[first:last], place):
                continue
            if last - first == 1 and self._is_people(word, place):
                break
            cue = read_cue(words, first, last, self._lang, base.clitics)
            base, place = self._with_noun(words, first, last, base, cue) or (base, place)
            found = Found(first, last, base, place, cue)
            verdict = self._judge.judge(words, found, shouting=shouting)
            if not self._supported:
                verdict = Verdict.SURE if verdict is Verdict.SURE and is_large(place) else Verdict.NONE
            if verdict is not Verdict.NONE:
                return found, self._role(words, found), verdict is Verdict.SURE
        return self._demonym(word, first) or self._unknown(words, first, shouting=shouting)

    def _with_noun(
        self, words: Sequence[Word], first: int, last: int, base: Base, cue: Cue
    ) -> tuple[Base, Place] | None:
        """Return a name together with the noun of place at its side, where the two are a name: "lac Tchad"."""
        before, after = words[max(0, first - 1) : first], words[last : last + 1]
        pairs = [f"{word.text} {base.name}" for word in before] + [f"{base.name} {word.text}" for word in after]
        pairs = [pair for pair, word in zip(pairs, [*before, *after], strict=True) if word.sort is Sort.WORD]
        for name in pairs if cue.kind and cue.kind not in SETTLEMENTS else ():
            if self._gazetteer.has(name) and (known := self._gazetteer.candidates(name)):
                return replace(base, name=name), known[0].place
        return None

    def _may_be(self, part: Sequence[Word], place: Place) -> bool:
        """Return whether words have the capitals of a name; those of states are often but one."""
        if not self._capitals or len(part) == 1:
            return True
        inner = all(word.capital or word.form in self._words.inner for word in part[1:-1])
        return (inner and part[-1].capital) or place.is_country

    def _is_people(self, word: Word, place: Place) -> bool:
        """Return whether a word is a people's rather than a country's: both are one in "Rus", "Siria", "India"."""
        if form_in(self._words.demonyms, word.form, self._lang) is None:
            return False
        return self._lang in {"ar", "tr"} or not (place.is_country or place.feature == "A.ADM1")

    def _listed(self, words: Sequence[Word], found: list[tuple[Found, Role, bool]]) -> list[tuple[Found, Role, bool]]:
        """Return names with those sure that stand in a list with a sure one."""
        for order in (range(1, len(found)), range(len(found) - 2, -1, -1)):
            step = -1 if order.step == 1 else 1
            for n in order:
                name, role, sure = found[n]
                other = found[n + step]
                if sure or not other[2] or other[1] is Role.DEMONYM:
                    continue
                left, right = sorted((name, other[0]), key=lambda one: one.first)
                found[n] = (name, role, self._joins(words, left.last, right.first))
        return found

    def _joins(self, words: Sequence[Word], end: int, start: int) -> bool:
        """Return whether names are neighbours in a list."""
        between = words[end:start]
        if not between:
            return self._lang == "ar" and words[start].form.startswith("و")
        return len(between) <= 2 and all(word.form in self._words.links for word in between)

    def _demonym(self, word: Word, first: int) -> tuple[Found, Role, bool] | None:
        """Return a people's name or adjective, in its English spelling."""
        if word.sort is not Sort.WORD or (self._lang == "ar" and word.form in self._words.common):
            return None
        english = form_in(self._words.demonyms, word.form, self._lang)
        if english is None or (self._lang == "tr" and not word.capital):
            return None
        base = Base(english, word.start, word.end)
        return Found(first, first + 1, base, None, Cue()), Role.DEMONYM, True

    def _adjective(self, words: Sequence[Word], first: int) -> tuple[Found, Role, bool] | None:
        """Return the town that a Russian or Ukrainian adjective is made of, where a noun of place follows it."""
        word, noun = words[first], words[first + 1 : first + 2]
        kind = self._words.kinds.find(noun[0].form) if noun and self._lang in {"ru", "uk"} else None
        if kind not in {"district", "region"}:
            return None
        for name in towns_of(word):
            known = self._gazetteer.candidates(name) if self._gazetteer.has(name) else ()
            if known and known[0].place.feature.startswith("P."):
                cue = Cue(place=True, kind=kind)
                base = Base(name, word.start, word.end)
                return Found(first, first + 1, base, known[0].place, cue), Role.PLACE, is_large(known[0].place)
        return None

    def _unknown(self, words: Sequence[Word], first: int, *, shouting: bool) -> tuple[Found, Role, bool] | None:
        """Return a name that the gazetteer lacks, after a noun of place or, with a capital, a preposition."""
        word = words[first]
        if not self._supported or shouting or (self._capitals and (first == 0 or word.text.isupper())):
            return None
        if self._lang in {"ru", "uk"} and towns_of(word):
            return None
        if not self._is_article(words, first) and (len(word.form) < SHORTEST or self._has_use(word)):
            return None
        last = self._end(words, first)
        cue = read_cue(words, first, last, self._lang)
        settled = cue.kind in SETTLEMENTS and (self._capitals or self._is_construct(words[first - 1]))
        if cue.bearer or cue.person or not (settled or (self._capitals and cue.place)):
            return None
        base = bases(words[first:last], self._lang)[0]
        if not settled and (base.name.isupper() or base.cases in ({Case.NOMINATIVE}, {Case.GENITIVE})):
            return None
        return Found(first, last, base, None, cue), Role.PLACE, settled

    def _end(self, words: Sequence[Word], first: int) -> int:
        """Return where a name that the gazetteer lacks ends: before a name that it knows, or after an ending."""
        last = first + 1
        while self._capitals and last < min(len(words), first + 3) and words[last].capital:
            if (self._lang == "tr" and "'" in words[last - 1].form) or self.best(words, last, last + 1)[0]:
                break
            last += 1
        return last

    def _is_article(self, words: Sequence[Word], first: int) -> bool:
        """Return whether a name may start with an article: "La Gabarra"."""
        pair = words[first : first + 2]
        return len(pair) == 2 and pair[0].form in ARTICLES and all(word.capital for word in pair)

    def _has_use(self, word: Word) -> bool:
        """Return whether a word is known as something else than a name."""
        own = self._words
        stems = (own.kinds, own.sides, own.places, own.loose, own.persons, own.bearers)
        return self._judge.is_common(word.form) or any(form_in(some, word.form, self._lang) for some in stems)

    def _is_construct(self, word: Word) -> bool:
        """Return whether an Arabic noun has no article, so that a name may follow it: "بلدة", not "البلدة"."""
        return form_in(self._words.kinds, word.form, self._lang) is not None and "ال" not in word.form[:4]

    def _role(self, words: Sequence[Word], found: Found) -> Role:
        """Tell a government, and a state named for its forces, from a place."""
        place, after = found.place, words[found.last : found.last + 1]
        if place is not None and place.is_country and any(word.form in self._words.forces for word in after):
            return Role.DEMONYM if "'" not in words[found.last - 1].form else Role.PLACE
        governs = place is not None and (place.is_country or place.feature == "P.PPLC")
        return Role.METONYM if governs and found.cue.speaks and not found.cue.place else Role.PLACE


def _name(found: Found, role: Role, gazetteer: Gazetteer, *, sure: bool, number: int) -> Name:
    base, cue, place = found.base, found.cue, found.place
    kind = cue.kind if cue.kind and (place is None or _may_be_of(cue.kind, found, gazetteer)) else None
    kind = kind or (_kind(found, gazetteer) if role is Role.PLACE else cue.kind)
    toponym = Toponym(
        found.first, found.last, base.start, base.end, base.name, role, kind=kind, direction=cue.direction,
    )  # fmt: skip
    return Name(toponym, number, base.cases, base.clitics, sure, told=cue.place and found.place is not None)


def _may_be_of(noun: str, found: Found, gazetteer: Gazetteer) -> bool:
    """Return whether a noun tells which place is meant: not that of an airport which the gazetteer lacks."""
    kind = kind_of_noun(noun)
    return kind is None or any(kind.fits(known.place.feature) for known in gazetteer.candidates(found.base.name))


def _kind(found: Found, gazetteer: Gazetteer) -> str | None:
    """Return what a bare name is of: a town, also where a province is called after it, or a river by the words."""
    place = found.place
    if place is None:
        return None
    known = [candidate.place for candidate in gazetteer.candidates(found.base.name)]
    if found.cue.water and any(other.feature == "H.STM" for other in known):
        return "river"
    seat = any(town.feature == "P.PPLA" and town.admin1_code == place.admin1_code for town in known)
    return "town" if place.feature.startswith("P.") or (place.feature == "A.ADM1" and seat) else None
