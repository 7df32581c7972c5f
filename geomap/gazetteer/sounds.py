"""What a spelling sounds like, whichever writing it comes from.

Three things are made of a form of a name, each from the one before:

phones
    One letter a sound: digraphs such as ``kh`` become one capital, an article goes, other scripts are brought into
    Latin letters. Vowels are kept.
bones
    The consonants, those merged that transliterations confuse. "Rmeilan", "Rumaylan" and "رميلان" have the same. They
    only find; the store keeps forms by them.
weights
    Each phone written as several letters, so that an ordinary edit distance between two such texts counts a vowel as
    one, a consonant as four, and one that is easily confused with another as little.

A letter that languages read differently gives a spelling several :func:`readings`: "Charkow" is no French name, and
"Cerablus" no English one.

The rules on Arabic follow the differences between the romanisations of BGN/PCGN, the UN group of experts (UNGEGN)
and French and English newspapers; those on Cyrillic the Russian and Ukrainian forms of one name and the German,
French and Polish ways of writing them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING

from anyascii import anyascii

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = [
    "LETTERS",
    "Reading",
    "bones",
    "bones_of",
    "is_abjad",
    "phones",
    "readings",
    "skeletons",
    "voiceless",
    "weighed",
    "weights",
]

LETTERS = "bdfhjklmnrstz"
"""The consonants of bones; a vowel at the very start is written ``a``."""

# Longest first. Capitals are phones: S as in shoe, C in chair, J in measure, X in loch, G its voiced sister, T and D in
# thin and then, Z in cats. Figures are read in many ways: 1 is a c before a front vowel, 2 a ch, 3 a ck.
_WITH_H = (
    ("shch", "S"), ("dsch", "j"), ("tsch", "C"), ("tch", "C"), ("tsh", "C"), ("sch", "S"), ("sh", "S"), ("ch", "2"),
    ("dzh", "j"), ("zh", "J"), ("kh", "X"), ("gh", "G"), ("th", "T"), ("dh", "D"), ("ph", "f"), ("bh", "b"),
    ("jh", "j"),
)  # fmt: skip
_WITH_C = (("ce", "1e"), ("ci", "1i"), ("cy", "1i"), ("ck", "3"))
_OTHER = (("dj", "j"), ("ts", "Z"), ("tz", "Z"), ("ou", "u"), ("nb", "mb"), ("np", "mp"))
_DIGRAPHS = {
    (False, False): _OTHER,
    (True, False): _WITH_H + _OTHER,
    (False, True): _WITH_C + _OTHER,
    (True, True): _WITH_H + _WITH_C + _OTHER,
}
"""By whether a text has an h and a c; most have no more than one of them."""
_ARABIC = dict(zip("ابتثجحخدذرزسشصضطظعغفقكلمنهويءآأإپچژگڤەۆێھےہںٹڈڑټډړښځڅږڼګېڵڕ",
                   "abtTjhXdDrzsSsdtzaGfqklmnhwyaaaipCJgveoehehntdrtdrSzZJngelr", strict=True))  # fmt: skip
_HEBREW = dict(zip("אבגדהוזחטיכךלמםנןסעפףצץקרשת", "abgdhwzhtykklmmnnsappZZkrSt", strict=True))
_ABJADS = str.maketrans(_ARABIC | _HEBREW)
_ABJAD = re.compile(r"[\u05d0-\u05ea\u0621-\u06d5]")
_BOUND = re.compile(r"(?<=\w\w)ه(?= )")
"""The ending of a name that another word follows is heard: Khirbet, Maarrat."""
_ABJAD_END = re.compile(r"(?<=\w\w)[هה]\b")
_OWN_VOWEL = re.compile(r"(?:al )?([aeiu])([srntdz])\2")
"""What looks like a glued article may be the name's own: Assad, Addis Ababa."""
_GLUED = re.compile(r"^[ae]l(?=[^aeiouyw ]\w{3})")
_FINAL_H = re.compile(r"(?<=[ae])h(?= )")
_SUN = re.compile(r" [aeiu](?=([srntdz])\1)")
_ARABIZI = re.compile(r"(?<=[a-z])[235-9]|[235-9](?=[a-z])")
_FIGURE = re.compile(r"[235-9]")
_CHAT = dict(zip("2356789", ("", "a", "kh", "t", "h", "q", "s"), strict=True))
"""Arabic letters as chats write them in figures."""
_NO_LETTER = re.compile(r"[^a-zA-Z0-9 \n]")
_TWICE = re.compile(r"(\w)(?=\1)")
"""Letters that stand twice in Arabic or Hebrew have a vowel between them."""
_VOWELS = re.compile(r"([aeiou])\1+")
_DOUBLED = re.compile(r"(\w)\1+")

_SOFT = "aeiouywv"
_CLASSES = str.maketrans("pDTqgGc3Xx1ZC2SJ", "bdtkkkkkhhzzsssj", " ")
_LEAD = re.compile(rf"^[{_SOFT}]", re.MULTILINE)
_HARD = str.maketrans("", "", _SOFT)
_WEIGHTS = {
    "b": "BBBb", "p": "BBBp", "d": "DDDd", "D": "DDZd", "t": "TTDt", "T": "TTTh", "k": "KKKk", "q": "KKKq",
    "c": "KKKc", "g": "KKGg", "G": "KKGy", "X": "HHXx", "h": "HHh", "x": "HHXk", "f": "FFFf", "j": "JJJj",
    "J": "JJZj", "z": "ZZZz", "Z": "ZZSc", "1": "ZZSk", "s": "SSSs", "S": "SSSh", "C": "SSCh", "2": "SSCh", "3": "KKKk",
    "m": "NNMm", "n": "NNNn", "l": "LLLl", "r": "RRRr", "v": "Vvu", "y": "i", "w": "u", " ": None,
}  # fmt: skip
_WEIGHED = str.maketrans(_WEIGHTS)
_NO_VOWELS = str.maketrans("", "", "aeiou")

_ARAB = "AE BH DJ DZ EG EH ER IL IQ IR JO KM KW LB LY MA MR OM PS QA SA SD SO SS SY TD TN YE"
_SLAV = "AM AZ BA BG BY EE GE HR KG KZ LT LV MD ME MK MN RS RU SI SK TJ TM UA UZ XK"
_TURK = "AM AZ BA CY GE GR IQ IR RU SY TM TR XK"
_READINGS = (
    ({"2": "X", "j": "y", "z": "Z", "w": "v"}, ""),  # German
    ({"S": "J", "s": "z", "j": "y", "w": "v"}, _SLAV),  # German, for a Slavic name
    ({"j": "J", "1": "s", "2": "S"}, ""),  # French
    ({"j": "X", "z": "s", "1": "s"}, ""),  # Spanish
    ({"c": "Z", "1": "Z", "3": "Zk", "j": "y", "2": "X", "w": "v"}, _SLAV),  # Polish, Czech, Croatian
    ({"c": "j", "1": "j", "x": "X"}, _TURK),  # Turkish, Kurdish
    ({"c": "C", "1": "C", "x": "X"}, f"{_SLAV} {_TURK}"),  # the same and Slavic, where a mark was lost
    ({"j": "1", "2": "c"}, _TURK),  # another writing of a Turkish name
    ({"h": "g"}, _SLAV),  # a Ukrainian form for a Russian one
    ({"g": "h"}, _SLAV),
    ({"g": "j"}, _ARAB),  # an Egyptian form for a Syrian one
    ({"j": "g"}, _ARAB),
    ({"x": "ks"}, ""),
)


@dataclass(frozen=True, slots=True)
class Reading:
    """A way to read the letters of a name."""

    phones: str
    countries: frozenset[str] = frozenset()
    """Where names are written so; everywhere when there are none."""


_TABLES = tuple((str.maketrans(table), frozenset(codes.split())) for table, codes in _READINGS)


def phones(form: str) -> str:
    """Return the sounds of a form of a name, words kept apart; of ``core @kind`` those of its core."""
    spelling, _, _ = form.partition(" @")
    return (_latin(spelling) if spelling.isascii() else _phones([spelling])[0]).strip()


@lru_cache(maxsize=65_536)
def bones(form: str) -> str:
    """Return the merged consonants of a form of a name; empty when it has but vowels."""
    return _bones(phones(form))


def bones_of(forms: Sequence[str]) -> list[str]:
    """Return the bones of many forms, worked out together."""
    lines = "\n".join(_phones([form.partition(" @")[0] for form in forms])).translate(_CLASSES)
    for letter in set(lines).difference(_SOFT, "\n"):
        while letter + letter in lines:
            lines = lines.replace(letter + letter, letter)
    return _LEAD.sub("A", lines).translate(_HARD).lower().split("\n") if forms else []


def readings(form: str) -> tuple[Reading, ...]:
    """Return the ways that languages may mean the letters of a form, its own first."""
    own = phones(form)
    found = {own: Reading(own)}
    for table, countries in _TABLES:
        text = own.translate(table)
        found.setdefault(text, Reading(text, countries))
    vowel = _OWN_VOWEL.match(form)
    for text in (own.replace("ks", "x"), _GLUED.sub("", own), vowel[1] + own if vowel else own):
        found.setdefault(text, Reading(text))
    return tuple(found.values())


def skeletons(form: str) -> tuple[str, ...]:
    """Return the bones of all readings of a form, its own first, that also with or without a vowel at the start."""
    found = [_bones(reading.phones) for reading in readings(form)]
    other = [text[1:] if text.startswith("a") else f"a{text}" for text in found[:1] if len(text) > 2]
    return tuple(dict.fromkeys([*found, *other]))


def weights(forms: Iterable[str]) -> list[str]:
    """Return forms as texts whose edit distance tells how unlike they sound."""
    found = _phones([form.partition(" @")[0] for form in forms])
    return weighed("\n".join(found)).split("\n") if found else []


def is_abjad(form: str) -> bool:
    """Return whether a form is written in Arabic or Hebrew letters, which leave out short vowels."""
    return not form.isascii() and _ABJAD.search(form) is not None


def voiceless(weighed_text: str) -> str:
    """Return a text of weights without vowels."""
    return weighed_text.translate(_NO_VOWELS)


def weighed(text: str) -> str:
    """Return phones as such a text, or lines of them as lines."""
    return _VOWELS.sub(r"\1", _DOUBLED.sub(r"\1", text).translate(_WEIGHED))


def _phones(spellings: list[str]) -> list[str]:
    """Return the phones of many spellings at once; Latin ones are done together, which is what makes it fast."""
    found = [_abjad(text) if is_abjad(text) else None for text in spellings]
    rest = [
        text if text.isascii() else _romanised(text)
        for text, done in zip(spellings, found, strict=True)
        if done is None
    ]
    latin = iter(_latin("\n".join(rest)).split("\n"))
    return [next(latin) if text is None else text for text in found]


def _romanised(spelling: str) -> str:
    return _NO_LETTER.sub("", anyascii(spelling).lower())


def _abjad(spelling: str) -> str:
    """Return the phones of a spelling in Arabic or Hebrew letters, which have one sound each."""
    text = _NO_LETTER.sub("", _ABJAD_END.sub("ا", _BOUND.sub("ت", spelling)).translate(_ABJADS))
    return _TWICE.sub(r"\1a", text.replace("nb", "mb"))


def _latin(lines: str) -> str:
    """Return the phones of spellings in Latin letters, a line each."""
    text = f" {lines} "
    text = text.replace("\n", " \n ") if "\n" in lines else text
    if not lines.isalpha() and _FIGURE.search(lines):
        text = _ARABIZI.sub(lambda found: _CHAT[found[0]], text)
    text = _SUN.sub(" ", text.replace(" al ", " "))
    text = _FINAL_H.sub("", text) if "h " in text else text
    for digraph, phone in _DIGRAPHS["h" in text, "c" in text]:
        text = text.replace(digraph, phone)
    return text


def _bones(text: str) -> str:
    merged = "".join([letter for letter, _ in groupby(text.translate(_CLASSES))])
    lead = "a" if merged and merged[0] in _SOFT else ""
    return lead + merged.translate(_HARD)
