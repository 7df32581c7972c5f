"""What the words around a name say of it: that a place stands there, of what sort, or that it is none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geomap.reports.languages.morphology import proclitics
from geomap.reports.languages.tokens import Sort
from geomap.reports.languages.words import load_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomap.reports.languages.tokens import Word
    from geomap.reports.languages.words import NameWords, Stems

__all__ = ["Cue", "form_in", "read_cue"]

BETWEEN = 3
"""Words such as adjectives that may stand between a preposition or a noun and the name it goes with."""
QUOTES = frozenset('«»„“”‟"‚‘')
ARTICLES = frozenset(["de", "du", "des", "d'", "la", "le", "les", "l'", "el", "los", "las", "del", "al"])
PREPOSITIONS = frozenset(["de", "du", "des", "d'", "del", "al"])
"""Those that hold a preposition."""
ADJECTIVE = ("ая", "ой", "ую", "ий", "ый", "ого", "ому", "ом", "им", "а", "ої", "ій", "у")
"""Endings of Russian and Ukrainian adjectives that make the name of a unit."""
FOLLOWED = frozenset(["tr"])
"""Languages whose nouns of place follow the name."""


@dataclass(frozen=True, slots=True)
class Cue:
    """What speaks for a name being a place, and against it."""

    place: bool = False
    """It follows a preposition of place or a verb that takes places, or has a noun of place at its side."""
    kind: str | None = None
    """The noun of place at its side, in English."""
    direction: str | None = None
    """The part of it that is meant, in English."""
    person: bool = False
    """It follows a title, or stands next to other names as a surname does."""
    bearer: bool = False
    """It is a part of the name of a unit, a school, a paper."""
    water: bool = False
    """The words before speak of a river."""
    speaks: bool = False
    """It is what says or decides something."""


def form_in(stems: Stems, form: str, lang: str) -> str | None:
    """Return what a word stands for in a list; in Arabic also without its particles and its article."""
    found = stems.find(form)
    if found is not None or lang != "ar":
        return found
    for _, rest in proclitics(form):
        bare = rest.removeprefix("ال")
        found = stems.find(rest) or (stems.find(bare) if len(bare) > 1 else None)
        if found is not None:
            return found
    return None


def read_cue(words: Sequence[Word], first: int, last: int, lang: str, clitics: str = "") -> Cue:
    """Return what the words around a name say.

    Parameters
    ----------
    words
        The words of its sentence.
    first, last
        Where it stands among them, half-open.
    lang
        ISO 639-1 code of the language.
    clitics
        The particles written to the name.
    """
    own = load_words(lang)
    kind, direction, place = (_after if lang in FOLLOWED else _before)(words, first, last, lang)
    if lang == "ar":
        direction = direction or _trailing_side(words, last, own)
        place = place or clitics.endswith(("ب", "ل"))
    return Cue(
        place or kind is not None or direction is not None,
        kind,
        direction,
        person=_is_person(words, first, last, lang, own),
        bearer=_is_borne(words, first, last, lang, own),
        water=any(form_in(own.waters, word.form, lang) for word in words[max(0, first - 2) : first]),
        speaks=_speaks(words, first, last, lang, own),
    )


def _before(words: Sequence[Word], first: int, last: int, lang: str) -> tuple[str | None, str | None, bool]:
    """Return the noun, the side and whether a preposition stands before a name, perhaps with words between."""
    own = load_words(lang)
    kind: str | None = None
    sides: list[str] = []
    place, at, seen = False, first - 1, 0
    while at >= 0 and seen <= BETWEEN:
        word = words[at]
        side = form_in(own.sides, word.form, lang) if word.sort is Sort.WORD else None
        noun = form_in(own.kinds, word.form, lang) if word.sort is Sort.WORD and not _is_definite(word, lang) else None
        if side:
            sides.insert(0, side)
        elif noun and kind is None and not sides:
            kind = noun
        elif word.form in PREPOSITIONS:
            place = True
        elif word.form not in ARTICLES and word.text not in {*QUOTES, "."}:
            place = place or form_in(own.places, word.form, lang) is not None
            if place or not _is_people(word, own, lang):
                break
        seen += word.form not in ARTICLES and word.sort is Sort.WORD
        at -= 1
    return kind or _noun_after(words, last, lang, own), _joined(sides), place


def _is_definite(word: Word, lang: str) -> bool:
    """Return whether an Arabic noun has the article, and so no name after it: "البلدة القديمة"."""
    return lang == "ar" and any(rest.startswith("ال") for _, rest in proclitics(word.form))


def _is_people(word: Word, own: NameWords, lang: str) -> bool:
    """Return whether a word is the adjective of a country, which may stand between a preposition and a name."""
    return form_in(own.demonyms, word.form, lang) is not None


def _noun_after(words: Sequence[Word], last: int, lang: str, own: NameWords) -> str | None:
    """Return the noun after a Russian or Ukrainian adjective: "Сумская область"."""
    if lang not in {"ru", "uk"} or last >= len(words):
        return None
    noun = own.kinds.find(words[last].form)
    adjective = words[last - 1].form.endswith(ADJECTIVE)
    return noun if adjective and noun in {"province", "district", "region"} else None


def _after(words: Sequence[Word], first: int, last: int, lang: str) -> tuple[str | None, str | None, bool]:
    """Return the noun and the side after a Turkish name, and whether it has an ending after an apostrophe."""
    own = load_words(lang)
    kind: str | None = None
    sides: list[str] = []
    for word in words[last : last + BETWEEN]:
        if word.sort is not Sort.WORD:
            break
        side, noun = own.sides.find(word.form), own.kinds.find(word.form)
        if noun is None and side is None:
            break
        kind = kind or noun
        sides += [side] if side and kind is None else []
        if noun and not side:
            break
    if first > 0 and own.sides.has_bare(words[first - 1].form):
        sides = sides or [own.sides.find(words[first - 1].form) or ""]
    ending = any(sign in words[last - 1].text[1:] for sign in "'’")
    return kind, _joined(sides), ending


def _trailing_side(words: Sequence[Word], last: int, own: NameWords) -> str | None:
    """Return the side that an adjective after an Arabic name tells: "ريف حلب الشمالي"."""
    word = words[last] if last < len(words) else None
    if word is None or not word.form.startswith("ال"):
        return None
    return own.sides.find(word.form[2:].removesuffix("ه")) if word.form[-1] in "يه" else None


def _joined(sides: Sequence[str]) -> str | None:
    """Return sides as one English word: "شمال شرقي" is northeast."""
    names = list(dict.fromkeys(sides))
    if len(names) > 1 and {names[0], names[1]} & {"north", "south"} and {names[0], names[1]} & {"east", "west"}:
        names = sorted(names[:2], key=lambda side: side in {"east", "west"})
        return "".join(names)
    return names[0] if names else None


def _is_person(words: Sequence[Word], first: int, last: int, lang: str, own: NameWords) -> bool:
    """Return whether a name follows a title, or is followed by one where titles follow."""
    beside = words[last : last + 1] if lang in FOLLOWED else ()
    if any(own.persons.find(word.form) and word.text[0].islower() for word in beside):
        return True
    for word in reversed(words[max(0, first - 2) : first]):
        if word.sort is not Sort.WORD:
            return False
        if form_in(own.persons, word.form, lang) and not (lang in FOLLOWED and word.text[0].islower()):
            return word is words[first - 1] or not form_in(own.places, words[first - 1].form, lang)
        if word.form in ARTICLES:
            return False
    return False


def _is_borne(words: Sequence[Word], first: int, last: int, lang: str, own: NameWords) -> bool:
    """Return whether a noun of something that bears a place's name goes with it."""
    if lang in FOLLOWED:
        after = words[last : last + 1]
        return any(own.bearers.find(word.form) is not None for word in after) and "'" not in words[last - 1].form
    at = first - 1
    while at >= 0 and (words[at].form in ARTICLES or words[at].text in QUOTES):
        at -= 1
    return at >= 0 and words[at].sort is Sort.WORD and form_in(own.bearers, words[at].form, lang) is not None


def _speaks(words: Sequence[Word], first: int, last: int, lang: str, own: NameWords) -> bool:
    """Return whether a verb of saying has the name as its subject."""
    if lang == "ar":
        return first > 0 and own.saying.find(words[first - 1].form) is not None
    after = words[last : last + 8] if lang in FOLLOWED else words[last : last + 3]
    for word in after[1:] if lang in FOLLOWED and after and after[0].text == "," else after:
        if word.sort is not Sort.WORD or (word.capital and lang not in FOLLOWED):
            return False
        if own.saying.find(word.form) is not None:
            return True
        if lang not in FOLLOWED and own.places.find(word.form) is not None:
            return False
    return False
