"""In which writing a country's own names are, and what is shown of a name that was brought into Latin letters."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

from anyascii import anyascii

from geomap.gazetteer.names import bones, key

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["display", "is_name", "is_transliterated", "local_name", "own_scripts", "script"]

LONGEST = 60
"""Letters of a name; what is longer in GeoNames is a description."""

_COUNTRIES = {
    "ARABIC": "AE AF BH DJ DZ EG EH ER IL IQ IR JO KM KW LB LY MA MR OM PK PS QA SA SD SO SS SY TD TN YE",
    "CYRILLIC": "BA BG BY GE KG KZ MD ME MK MN RS RU TJ UA UZ XK",
    "HEBREW": "IL PS SY",
    "GREEK": "CY GR",
    "GEORGIAN": "GE",
    "ARMENIAN": "AM AZ",
    "ETHIOPIC": "ER ET",
    "DEVANAGARI": "IN NP",
    "BENGALI": "BD IN",
    "THAI": "TH",
    "MYANMAR": "MM",
    "KHMER": "KH",
    "LAO": "LA",
    "SINHALA": "LK",
    "TIBETAN": "BT",
    "HANGUL": "KP KR",
    "CJK": "CN HK JP MO SG TW",
}
_OWN_LATIN = frozenset(["CN", "HK", "JP", "MO", "SG", "TW", "KR"])
"""Of the countries above those whose usual Latin names have no marks to lose."""
_LATIN_TODAY = frozenset(["TR", "AZ", "TM"])
"""Turkic alphabets of today are Latin, and their letters are shown."""
_TRANSLITERATED = frozenset(" ".join(_COUNTRIES.values()).split()) - _OWN_LATIN | _LATIN_TODAY
_MARKS = str.maketrans("", "", "`'ʻʼʾʿ‘’")

_LETTERS = {
    "RU": "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
    "UA": "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя",
    "BY": "абвгдеёжзійклмнопрстуўфхцчшыьэюя",
}
_ARABIC_LETTERS = frozenset("ابتثجحخدذرزسشصضطظعغفقكلمنهويىةءآأؤإئ")
_PERSIAN = frozenset(["AF", "IR", "PK"])
_NOT_PERSIAN = frozenset("يكةى")
_UKRAINIAN = frozenset("іїєґ")
_CODE = re.compile(r"[A-Z]{1,4}")
_FIRST_SCRIPT = {"IL": "HEBREW", "PS": "ARABIC", "SY": "ARABIC", "GE": "GEORGIAN"}


def is_transliterated(country: str | None) -> bool:
    """Return whether Latin names of a country are transliterations, or those of several languages side by side."""
    return country in _TRANSLITERATED


@cache
def own_scripts(country: str) -> tuple[str, ...]:
    """Return the scripts other than Latin that a country's names are written in, as Unicode calls them."""
    return tuple(name for name, codes in _COUNTRIES.items() if country in codes.split())


def script(text: str) -> str:
    """Return the Unicode name of the first letter, which begins with its script; empty without a letter."""
    return next((unicodedata.name(char, "") for char in text if char.isalpha()), "")


def is_name(text: str) -> bool:
    """Return whether an alternate name is one: no code, no address, no machine transliteration without capitals."""
    if not text or len(text) > LONGEST or "/" in text or any(char.isdigit() for char in text):
        return False
    if script(text).startswith("LATIN"):
        return any(char.isupper() for char in text) and not _CODE.fullmatch(text)
    return bool(script(text))


def display(name: str, country: str | None) -> str:
    """Return a name as English texts write it: without scholars' marks where it is a transliteration."""
    if not is_transliterated(country) or country in _LATIN_TODAY:
        return name
    bare = "".join(char for char in unicodedata.normalize("NFKD", name) if not unicodedata.combining(char))
    return anyascii(bare).translate(_MARKS).strip() or name


def local_name(name: str, alternates: Iterable[str], country: str | None) -> str | None:
    """Return the alternate in the country's own script that sounds most like the name, or None."""
    own = own_scripts(country or "")
    found = [text for text in sorted(set(alternates)) if own and script(text).startswith(own)]
    if len(found) < 2:
        return found[0] if found else None
    return min(found, key=lambda text: (_foreign(text, country or ""), _unlike(text, name), len(text)))


def _foreign(text: str, country: str) -> bool:
    """Return whether a text has letters that the country's first language does not."""
    if not script(text).startswith(_FIRST_SCRIPT.get(country, "")):
        return True
    if country in _PERSIAN:
        return bool(_NOT_PERSIAN & set(text))
    letters = _LETTERS.get(country) or (_ARABIC_LETTERS if script(text).startswith("ARABIC") else None)
    marked = any(map(unicodedata.combining, text))
    return letters is not None and (marked or any(char.isalpha() and char not in letters for char in text.lower()))


def _unlike(text: str, name: str) -> float:
    """Return from 0 to 2 how a text in another script differs from a name: in sounds, number of words, article.

    Letters that Ukrainian has and Russian has not speak for a text.
    """
    from rapidfuzz.fuzz import ratio

    spelling = key(name)
    article = spelling.startswith("al ")
    words = 0.5 * (len(text.split()) != len(spelling.split()) - article)
    if script(text).startswith(("ARABIC", "HEBREW")):
        bare = script(text).startswith("ARABIC") and text.startswith("ال") != article
        return 1.0 - ratio(bones(key(text)), bones(spelling)) / 100 + words + 0.5 * bare
    ukrainian = 0.3 * bool(_UKRAINIAN & set(text.lower()))
    return 1.0 - ratio(anyascii(text).lower(), spelling) / 100 + words - ukrainian
