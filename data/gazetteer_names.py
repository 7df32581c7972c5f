"""Which of a place's many names the store keeps, which is shown, and which is the local one."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache

from anyascii import anyascii
from babel import Locale, UnknownLocaleError
from rapidfuzz.fuzz import ratio as percent

from geomap.gazetteer.names import Kind, key, skeleton, split_generic

ARAB = frozenset(
    [
        "AE",
        "BH",
        "DJ",
        "DZ",
        "EG",
        "EH",
        "ER",
        "IL",
        "IQ",
        "JO",
        "KM",
        "KW",
        "LB",
        "LY",
        "MA",
        "MR",
        "OM",
        "PS",
        "QA",
        "SA",
        "SD",
        "SO",
        "SS",
        "SY",
        "TD",
        "TN",
        "YE",
    ]
)
"""Where place names take the Arabic article."""

SCRIPTS = {
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
VARIED = ("ARABIC", "CYRILLIC", "HEBREW")
"""Scripts in which reports of several languages name one place; of the others only the local name is kept."""
TRANSLITERATED = frozenset(" ".join([*SCRIPTS.values(), "TR AZ TM"]).split()) - frozenset(
    ["CN", "HK", "JP", "MO", "SG", "TW", "KR"]
)
"""Where names in English texts are transliterations, or Kurdish, Turkic and Arabic forms live side by side."""

DEPENDENT = frozenset(
    [
        "AI",
        "AS",
        "AW",
        "AX",
        "BL",
        "BM",
        "BQ",
        "BV",
        "CC",
        "CK",
        "CW",
        "CX",
        "FK",
        "FO",
        "GF",
        "GG",
        "GI",
        "GL",
        "GP",
        "GS",
        "GU",
        "HK",
        "HM",
        "IM",
        "IO",
        "JE",
        "KY",
        "MF",
        "MO",
        "MP",
        "MQ",
        "MS",
        "NC",
        "NF",
        "NU",
        "PF",
        "PM",
        "PN",
        "PR",
        "RE",
        "SH",
        "SJ",
        "SX",
        "TC",
        "TF",
        "TK",
        "UM",
        "VG",
        "VI",
        "WF",
        "YT",
        "AQ",
    ]
)
FOREIGN = ("fr", "es", "pt", "it", "tr", "ku", "nl", "ca", "az")
"""Languages in Latin script whose names of countries are kept: those that reports from the field fall back on."""

LOCAL_SCRIPTS = {"ar": "ARABIC", "fa": "ARABIC", "ur": "ARABIC", "ps": "ARABIC", "ckb": "ARABIC", "he": "HEBREW",
                 "ru": "CYRILLIC", "uk": "CYRILLIC"}  # fmt: skip


def is_transliterated(country: str | None) -> bool:
    return country in TRANSLITERATED


def drops_article(country: str | None) -> bool:
    return country is None or country in ARAB


def is_dependent(country: str) -> bool:
    return country in DEPENDENT


@cache
def scripts(country: str) -> tuple[str, ...]:
    return tuple(script for script, codes in SCRIPTS.items() if country in codes.split())


def wanted(name: str, country: str) -> bool:
    """Return whether an alternate name is worth a spelling.

    Left out: codes (airports, post), links, machine transliterations (they have no capital letter), and scripts that
    are not the country's own.
    """
    if len(name) > 60 or "/" in name or any(c.isdigit() for c in name) or re.fullmatch(r"[A-Z]{1,4}", name):
        return False
    if script(name).startswith("LATIN"):
        return any(c.isupper() for c in name)
    return script(name).startswith(VARIED) and script(name).startswith(scripts(country) or "none")


def display(name: str, country: str) -> str:
    """Return the name as a map in English shows it: without the scholars' diacritics where names are transliterated."""
    if country not in TRANSLITERATED or country in {"TR", "AZ", "TM"}:
        return name
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return anyascii(plain).replace("`", "").replace("'", "").strip() or name


def local(name: str, alternates: Iterable[str], country: str) -> str | None:
    """Return the name in the country's own script: of several the one that is nearest to the name in letters."""
    own = scripts(country or "SY")
    found = [
        text for text in alternates if script(text).startswith(own or "none") and len(text) <= 60 and "/" not in text
    ]
    return min(
        sorted(found), key=lambda text: (own_letters(text, country), unlike(text, name), len(text)), default=None
    )


def script(text: str) -> str:
    """Return the Unicode name of the first letter, which begins with the script; empty without a letter."""
    return next((unicodedata.name(c, "") for c in text if c.isalpha()), "")


OWN_LETTERS = {
    "RU": frozenset("абвгдеёжзийклмнопрстуфхцчшщъыьэюя"),
    "UA": frozenset("абвгґдеєжзиіїйклмнопрстуфхцчшщьюя"),
    "BY": frozenset("абвгдеёжзійклмнопрстуўфхцчшыьэюя"),
} | dict.fromkeys(ARAB, frozenset("ابتثجحخدذرزسشصضطظعغفقكلمنهويىةءآأؤإئ"))


def own_letters(text: str, country: str) -> int:
    """Return 0 when a text is written with the letters of the country's first language, else 1."""
    if country == "IL":
        return int(not script(text).startswith("HEBREW"))
    if country in {"GE", "MD", "BA"}:
        return int(script(text).startswith("CYRILLIC"))
    letters = OWN_LETTERS.get(country)
    if not letters:
        return 0
    return int(any(unicodedata.combining(c) or (c.isalpha() and c not in letters) for c in text.lower()))


def ratio(left: str, right: str) -> float:
    return percent(left, right) / 100


def unlike(text: str, name: str) -> float:
    """Return from 0 to 3 how a text in another script differs from a name: in consonants, words, an article."""
    article = text.startswith("ال") != key(name).startswith("al ") and script(text).startswith("ARABIC")
    words = len(text.split()) != len(name.replace("-", " ").split()) - key(name).startswith("al ")
    if script(text).startswith("ARABIC"):
        return 1.0 - ratio(skeleton(text), skeleton(name)) + 0.5 * article + 0.5 * words
    ukrainian = 0.3 * bool(set("іїєґ") & set(text.lower()))
    return 1.0 - ratio(anyascii(text).lower(), key(name)) + 0.5 * words - ukrainian


def plain_unit(name: str, country: str) -> str:
    """Return the name of a unit without its generic word: "Kharkiv Oblast" is Kharkiv, "Northern District" stays."""
    generic = split_generic(name)
    shown = display(name, country)
    if generic and generic.kind is Kind.PROVINCE and generic.last and generic.words not in {"state", "region"}:
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
