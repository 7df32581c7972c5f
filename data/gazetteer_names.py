"""Which of a place's many names the store keeps, which is shown, and which is the local one."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache

from anyascii import anyascii
from babel import Locale, UnknownLocaleError

from geomap.gazetteer import scripts
from geomap.gazetteer.names import Kind, split_generic
from geomap.gazetteer.scripts import display, is_transliterated, script

__all__ = ["country_local_name", "country_names", "display", "is_dependent", "is_exonym", "is_transliterated", "local",
           "plain_unit", "script", "slug", "unit_forms", "wanted"]  # fmt: skip

VARIED = ("ARABIC", "CYRILLIC", "HEBREW")
"""Scripts in which reports of several languages name one place; of the others only the local name is kept."""

_DEPENDENT = (
    "AI AS AW AX BL BM BQ BV CC CK CW CX FK FO GF GG GI GL GP GS GU HK HM IM IO JE KY MF MO MP "
    "MQ MS NC NF NU PF PM PN PR RE SH SJ SX TC TF TK UM VG VI WF YT AQ"
)
DEPENDENT = frozenset(_DEPENDENT.split())
"""Territories of other states."""
FOREIGN = ("fr", "es", "pt", "it", "tr", "ku", "nl", "ca", "az")
"""Languages in Latin script whose names of countries are kept: those that reports from the field fall back on."""

EXONYM_LETTERS = {
    "ARABIC": frozenset("ابتثجحخدذرزسشصضطظعغفقكلمنهويىةءآأؤإئ"),
    "CYRILLIC": frozenset("абвгґдеєёжзиіїйклмнопрстуфхцчшщъыьэюя"),
}
"""Letters of the languages other than English that reports are read in."""
LOCAL_SCRIPTS = {"ar": "ARABIC", "fa": "ARABIC", "ur": "ARABIC", "ps": "ARABIC", "ckb": "ARABIC", "he": "HEBREW",
                 "ru": "CYRILLIC", "uk": "CYRILLIC"}  # fmt: skip


def is_dependent(country: str) -> bool:
    return country in DEPENDENT


def wanted(name: str, country: str) -> bool:
    """Return whether an alternate name is worth a spelling.

    Left out: codes (airports, post), links, machine transliterations (they have no capital letter), and scripts that
    are not the country's own.
    """
    if not scripts.is_name(name):
        return False
    own = scripts.own_scripts(country) or ("none",)
    return script(name).startswith("LATIN") or (script(name).startswith(VARIED) and script(name).startswith(own))


def is_exonym(name: str, country: str) -> bool:
    """Return whether a name is what a place abroad is called in Arabic, Russian or Ukrainian."""
    own = scripts.own_scripts(country) or ("none",)
    written = script(name)
    letters = EXONYM_LETTERS.get(written.partition(" ")[0])
    if letters is None or written.startswith(own) or not scripts.is_name(name):
        return False
    return all(char in letters for char in name.lower() if char.isalpha()) and not set(name) & set(",،()")


def local(name: str, alternates: Iterable[str], country: str) -> str | None:
    """Return the name in the country's own script; regions of several countries are of the Arab world."""
    return scripts.local_name(name, (text for text in alternates if scripts.is_name(text)), country or "SY")


def plain_unit(name: str, country: str) -> str:
    """Return the name of a unit without its generic word: "Kharkiv Oblast" is Kharkiv, "Northern District" stays."""
    generic = split_generic(name)
    shown = display(name, country)
    kept = ("state", "region", "autonomous")
    if generic and generic.kind is Kind.PROVINCE and generic.last and not generic.words.startswith(kept):
        return shown.rsplit(" ", generic.words.count(" ") + 1)[0]
    return shown


def unit_forms(spelling: str, kind: str, code: str, *, alone: bool) -> Iterator[str]:
    """Yield the spellings of a unit.

    A first-level unit is found with and without its generic word; a second-level one without it only when `alone`,
    that is, when no town has the name. Counties are spoken of by their bare names beside towns: "Paris and Lamar".
    """
    generic = split_generic(spelling)
    if code.count(".") == 1:
        yield spelling
        if generic and generic.kind is Kind.PROVINCE:
            yield generic.core
        return
    if alone or (generic and generic.kind is Kind.DISTRICT):
        yield spelling
    if generic and generic.words == "county":
        yield generic.core
    if not generic and kind and spelling.isascii():
        yield f"{spelling} {'County' if code.startswith('US.') else 'District'}"


@cache
def territories(language: str) -> dict[str, str]:
    return Locale.parse(language).territories


def country_names(code: str) -> set[str]:
    """Return what a country is called in the languages kept."""
    return {territories(language)[code] for language in (*FOREIGN, *LOCAL_SCRIPTS) if code in territories(language)}


def country_local_name(code: str, languages: str) -> str | None:
    """Return the name of a country in its first language, when that is not written in Latin letters."""
    language = languages.partition(",")[0].partition("-")[0]
    try:
        name = territories(language).get(code)
    except (UnknownLocaleError, ValueError):
        return None
    return name if name and not unicodedata.name(name[0], "LATIN").startswith("LATIN") else None


def slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", anyascii(name).lower()).strip("-")
