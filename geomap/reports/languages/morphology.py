"""From a place name as it stands in a sentence to the spellings it may have in a gazetteer.

Only what light rules carry is done, for the gazetteer tells which of the spellings is a name: Russian and Ukrainian
endings (``names/endings.toml``), Turkish endings with and without an apostrophe, the particles that Arabic writes to
a word, and the article that French and Spanish run into a preposition.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from importlib.resources import files
from itertools import islice, pairwise, product
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from geomap.reports.languages.tokens import Word

__all__ = ["RELATIVE", "Base", "Case", "bases", "proclitics", "towns_of"]

MOST = 40
"""Spellings tried for a name of several words."""
STEM = 1
"""Fewest letters before an ending."""
MANY_WORDS = 3
"""Words of a name from which not all their spellings are tried with each other."""
BARE_STEM = 4
"""Fewest letters before a Turkish ending without an apostrophe."""


class Case(StrEnum):
    """A case of a noun, as far as endings tell."""

    NOMINATIVE = "nominative"
    GENITIVE = "genitive"
    DATIVE = "dative"
    ACCUSATIVE = "accusative"
    LOCATIVE = "locative"
    """The Russian prepositional too."""
    ABLATIVE = "ablative"
    INSTRUMENTAL = "instrumental"


@dataclass(frozen=True, slots=True)
class Base:
    """A spelling under which a gazetteer may have a name; offsets are into the report's text."""

    name: str
    start: int
    """Where the name starts, after the particles written to it."""
    end: int
    """Where it ends, before an ending after an apostrophe; an ending that is grown to the name is a part of it."""
    cases: frozenset[Case] = frozenset()
    """The cases it may be in; none where the language has no cases."""
    clitics: str = ""
    """Arabic particles written to the name, the article apart: "و", "ب", "ول"."""


def bases(words: Sequence[Word], lang: str, before: str = "") -> tuple[Base, ...]:
    """Return the spellings that a name of one or several words may have, the one as written first.

    Parameters
    ----------
    words
        The words of the name.
    lang
        ISO 639-1 code of the language; of one that has no rules here the name is left as written.
    before
        The form of the word before: French and Spanish names get back the article that stands there.
    """
    if lang in {"ru", "uk"}:
        return tuple(islice(_slavic(words, lang), MOST))
    if lang == "tr":
        return tuple(_turkish(words))
    if lang == "ar":
        return tuple(_arabic(words))
    plain = Base(_joined(words), words[0].start, words[-1].end)
    article = _ARTICLES.get(lang, {}).get(before)
    return (plain, Base(f"{article} {plain.name}", plain.start, plain.end)) if article else (plain,)


_ARTICLES = {
    "fr": {"le": "Le", "du": "Le", "au": "Le", "la": "La", "les": "Les", "des": "Les", "aux": "Les", "l'": "L'"},
    "es": {"el": "El", "al": "El", "del": "El", "la": "La", "los": "Los", "las": "Las"},
}


def _joined(words: Sequence[Word]) -> str:
    """Return the text of words, hyphens and apostrophes between them kept where nothing else parts them."""
    parts = [words[0].text]
    for left, right in pairwise(words):
        parts.append(right.text if left.end == right.start else f" {right.text}")
    return "".join(parts)


_LETTERS = {"G": Case.GENITIVE, "D": Case.DATIVE, "A": Case.ACCUSATIVE, "I": Case.INSTRUMENTAL, "L": Case.LOCATIVE}
_Forms: TypeAlias = tuple[tuple[str, frozenset[Case]], ...]
_AS_IS = frozenset({Case.NOMINATIVE, Case.ACCUSATIVE})
_ANY = frozenset(Case)


@cache
def _endings(lang: str) -> dict[str, tuple[tuple[str, frozenset[Case]], ...]]:
    """Return for each ending the nominative endings it may stand for, with the cases."""
    path = files("geomap.reports.languages").joinpath("names", "endings.toml")
    table = tomllib.loads(path.read_text(encoding="utf-8"))[lang]
    rules = {}
    for ending, row in table.items():
        pairs = (entry.split(":") for entry in row.split())
        rules[ending.strip("-")] = tuple(
            (base.strip("-"), frozenset(_LETTERS[letter] for letter in letters)) for base, letters in pairs
        )
    return rules


def _slavic(words: Sequence[Word], lang: str) -> Iterator[Base]:
    """Yield the nominatives of a name, its words all in one case; words that are never inflected stay."""
    start, end = words[0].start, words[-1].end
    forms = [_nominatives(word.text, lang) if word.capital else ((word.text, _ANY),) for word in words]
    for combination in product(*forms) if len(words) < MANY_WORDS else _of_one_case(forms):
        cases = frozenset.intersection(*(cases for _, cases in combination))
        if cases:
            yield Base(" ".join(text for text, _ in combination), start, end, cases)


def _of_one_case(forms: Sequence[_Forms]) -> Iterator[_Forms]:
    """Yield a long name as written, and for each case with the likeliest nominative of each word."""
    yield tuple(options[0] for options in forms)
    for case in Case:
        found = [next((option for option in options if case in option[1]), None) for options in forms]
        if case is not Case.NOMINATIVE and all(found):
            yield tuple(option for option in found if option)


@lru_cache(maxsize=16_384)
def _nominatives(word: str, lang: str) -> _Forms:
    """Return a word as it is and what it may be in the nominative, endings that tell most first."""
    head, joint, tail = word.partition("-на-")
    found = {word: _AS_IS}
    rules = _endings(lang)
    capitals = len(head) > 1 and head.isupper()
    text = head.lower() if capitals else head
    for size in range(min(5, len(text) - STEM), -1, -1):
        cut = len(text) - size
        for base, cases in rules.get(text[cut:], ()):
            nominative = text[:cut] + base
            name = (nominative.upper() if capitals else nominative) + joint + tail
            found[name] = found.get(name, frozenset()) | cases
    return tuple(found.items())


RELATIVE = re.compile(r"(?P<mark>ск|цк|зьк|ськ|цьк)(?:ий|ая|ое|ого|ому|им|ом|ой|ую|ие|их|ими|а|е|ої|ій|у|ою|і)$")
"""Russian and Ukrainian adjectives made of names."""


def towns_of(word: Word) -> tuple[str, ...]:
    """Return the towns that an adjective may be made of: "Покровський" of Покровськ, "Сумский" of Сумы."""
    match = RELATIVE.search(word.text)
    if match is None:
        return ()
    stem, bare = word.text[: match.end("mark")], word.text[: match.start()]
    return (stem, bare, *(bare + ending for ending in ("а", "ы", "и", "ка", "о")))


_HARMONY = {**dict.fromkeys("eiöü", "front"), **dict.fromkeys("aıou", "back")}
_SUFFIXES = (
    (re.compile(r"(n?)[dt][ae]n$"), Case.ABLATIVE),
    (re.compile(r"(n?)[dt][ae](?:ki\w*)?$"), Case.LOCATIVE),
    (re.compile(r"(n?)[ıiuü]n$"), Case.GENITIVE),
    (re.compile(r"([yn]?)[ae]$"), Case.DATIVE),
    (re.compile(r"([yn]?)[ıiuü]$"), Case.ACCUSATIVE),
    (re.compile(r"(y?)l[ae]$"), Case.INSTRUMENTAL),
)
"""Endings, the first group a letter that may belong to the name as well."""
_SOFTENED = {"b": "p", "c": "ç", "d": "t", "ğ": "k"}


def _turkish(words: Sequence[Word]) -> Iterator[Base]:
    """Yield a name without the case endings of its last word."""
    last, start = words[-1], words[0].start
    head = _joined(words[:-1]) + " " if len(words) > 1 else ""
    stem, apostrophe, suffix = _apostrophe(last)
    if apostrophe:
        end = last.start + len(stem)
        found = (case for pattern, case in _SUFFIXES if pattern.fullmatch(_lower(suffix)))
        yield Base(head + stem, start, end, frozenset({next(found, Case.NOMINATIVE)}))
        return
    yield Base(head + last.text, start, last.end, frozenset({Case.NOMINATIVE}))
    form = _lower(last.text)
    for pattern, case in _SUFFIXES:
        match = pattern.search(form)
        for cut in sorted({match.start(), match.end(1)}) if match else ():
            if cut < BARE_STEM or not _in_harmony(form[:cut], form[cut:]):
                continue
            bare = last.text[:cut]
            yield Base(head + bare, start, last.end, frozenset({case}))
            if form[cut - 1] in _SOFTENED:
                yield Base(head + bare[:-1] + _SOFTENED[form[cut - 1]], start, last.end, frozenset({case}))


def _apostrophe(word: Word) -> tuple[str, str, str]:
    """Return a word's stem, and the ending after its last apostrophe."""
    at = max((word.text.rfind(sign) for sign in "'’ʼ′‘`"), default=-1)
    return (word.text[:at], word.text[at], word.text[at + 1 :]) if at > 0 else (word.text, "", "")


def _lower(text: str) -> str:
    return text.replace("I", "ı").replace("İ", "i").lower()


def _in_harmony(stem: str, suffix: str) -> bool:
    vowels = [_HARMONY[letter] for letter in stem if letter in _HARMONY]
    first = next((_HARMONY[letter] for letter in suffix if letter in _HARMONY), None)
    return bool(vowels) and (first is None or vowels[-1] == first)


_PARTICLES = re.compile(r"[وف]?(?:لل|[بلك])?")
_ARABIC_REST = 2
"""Fewest letters of a word after its particles."""


@lru_cache(maxsize=16_384)
def proclitics(form: str) -> tuple[tuple[str, str], ...]:
    """Return the ways to take an Arabic word apart into particles and the rest, the whole word first.

    "وللرقه" is itself, "و" and "للرقه", "ول" and "الرقه": the article that ل swallows is given back. The particles are
    and, so, in, to, like: و ف ب ل ك.
    """
    found = [("", form)]
    for size in range(1, 4):
        particles, rest = form[:size], form[size:]
        if len(rest) < _ARABIC_REST or not _PARTICLES.fullmatch(particles):
            continue
        if particles.endswith("لل"):
            found.append((particles[:-1], f"ال{rest}"))
        elif not (particles.endswith("ل") and rest.startswith("ل")):
            found.append((particles, rest))
    return tuple(found)


def _arabic(words: Sequence[Word]) -> Iterator[Base]:
    """Yield a name without the particles written to its first word."""
    rest = "".join(f" {word.text}" for word in words[1:])
    first, end = words[0], words[-1].end
    for particles, form in proclitics(first.form):
        swallowed = bool(particles) and form.startswith("ال") and len(particles) + len(form) > len(first.form)
        kept = _past(first.text, len(particles) + (1 if swallowed else 0))
        name = f"ال{first.text[kept:]}" if swallowed else first.text[kept:]
        yield Base(name + rest, first.start + kept, end, clitics=particles)


def _past(text: str, letters: int) -> int:
    """Return how many characters of an Arabic word hold its first letters, with the marks on them."""
    from geomap.reports.languages.folding import fold

    at = 0
    while letters > 0 and at < len(text):
        letters -= bool(fold(text[at], "ar"))
        at += 1
    while 0 < at < len(text) and not fold(text[at], "ar"):
        at += 1
    return at
