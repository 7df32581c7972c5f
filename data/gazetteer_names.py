"""Which of a place's many names the store keeps, which is shown, and which is the local one."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache

from anyascii import anyascii
from babel import Locale

from geomap.gazetteer.names import Kind, key, skeleton, split_generic

ARAB = frozenset("AE BH DJ DZ EG EH ER IL IQ JO KM KW LB LY MA MR OM PS QA SA SD SO SS SY TD TN YE".split())
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
TRANSLITERATED = frozenset(" ".join([*SCRIPTS.values(), "TR AZ TM"]).split()) - frozenset(
    "CN HK JP MO SG TW KR".split()
)
"""Where names in English texts are transliterations, or Kurdish, Turkic and Arabic forms live side by side."""

ARABIC_LETTERS = frozenset("ابتثجحخدذرزسشصضطظعغفقكلمنهويىةءآأؤإئ ")
UKRAINIAN, RUSSIAN = frozenset("іїєґ"), frozenset("ыэёъ")
DEPENDENT = frozenset(
    "AI AS AW AX BL BM BQ BV CC CK CW CX FK FO GF GG GI GL GP GS GU HK HM IM IO JE KY MF MO MP MQ MS NC NF NU PF PM PN "
    "PR RE SH SJ SX TC TF TK UM VG VI WF YT AQ".split()
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
    first = next((c for c in name if c.isalpha()), "")
    if not first:
        return False
    script = unicodedata.name(first, "")
    if script.startswith("LATIN"):
        return any(c.isupper() for c in name)
    return script.startswith(scripts(country) or "none")


def display(name: str, country: str) -> str:
    """Return the name as a map in English shows it: without the scholars' diacritics where names are transliterated."""
    if country not in TRANSLITERATED or country in {"TR", "AZ", "TM"}:
        return name
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return anyascii(plain).replace("`", "").replace("'", "").strip() or name


def local(name: str, alternates: Iterable[str], country: str) -> str | None:
    """Return the name in the country's own script: of several the one whose consonants are the name's own."""
    own = scripts(country or "SY")
    found = [text for text in alternates if (first := next(filter(str.isalpha, text), "")) and
             unicodedata.name(first, "").startswith(own or "none") and len(text) <= 60 and "/" not in text]  # fmt: skip
    return min(
        sorted(found),
        key=lambda text: (own_letters(text, country), unlike(text, name), len(text)),
        default=None,
    )


def own_letters(text: str, country: str) -> int:
    """Return 0 when a text is written with the letters of the country's first language, else 1."""
    if country in {"AF", "IR", "PK"}:
        return 0
    if country == "UA":
        return int(bool(RUSSIAN & set(text.lower())))
    if country == "RU":
        return int(bool(UKRAINIAN & set(text.lower())))
    if country == "IL":
        return int(not unicodedata.name(text[0], "").startswith("HEBREW"))
    if country in {"GE", "MD", "BA", "PS"}:
        return int(unicodedata.name(text[0], "").startswith(("CYRILLIC", "HEBREW")))
    if country in ARAB:
        return int(not set(text) <= ARABIC_LETTERS)
    return 0


def unlike(text: str, name: str) -> int:
    """Return how many consonants two spellings do not share."""
    left, right = skeleton(text), skeleton(name)
    return len(left) + len(right) - 2 * sum(min(left.count(c), right.count(c)) for c in set(left))


def plain_unit(name: str, aliases: list[str], country: str) -> str:
    """Return the name of a unit without its generic word, when some alias shows where that word begins."""
    known = {key(alias): alias for alias in [*aliases, name]}
    for alias in aliases:
        generic = split_generic(alias)
        if generic and generic.kind is Kind.PROVINCE and generic.last and alias.isascii():
            own = alias[: -len(generic.words) - 1]
            return known.get(key(own), own)
    return display(name, country)


def unit_forms(spelling: str, kind: str, level: str, code: str) -> Iterator[str]:
    """Yield the spellings of a unit: a first-level one also without its generic word, a second-level one only with it."""
    generic = split_generic(spelling)
    if level == "1":
        yield spelling
        if generic and generic.kind is Kind.PROVINCE:
            yield generic.core
        return
    if generic and generic.kind is Kind.DISTRICT:
        yield spelling
    elif not generic and kind and spelling.isascii():
        yield f"{spelling} {'County' if code.startswith('US.') else 'District'}"


@cache
def territories(language: str) -> dict[str, str]:
    return Locale.parse(language).territories


def country_names(code: str) -> set[str]:
    """Return what a country is called in the languages kept."""
    return {
        territories(language)[code]
        for language in (*FOREIGN, *LOCAL_SCRIPTS)
        if code in territories(language)
    }


def country_local_name(code: str, languages: str) -> str | None:
    """Return the name of a country in its first language, when that is not written in Latin letters."""
    language = languages.split(",")[0].split("-")[0]
    try:
        name = territories(language).get(code)
    except Exception:  # noqa: BLE001 - a language that CLDR has no names for
        return None
    return name if name and not unicodedata.name(name[0], "LATIN").startswith("LATIN") else None


def slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", anyascii(name).lower()).strip("-")
