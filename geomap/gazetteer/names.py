"""Spelling keys: how different writings of one name are made to meet, and what its generic words say.

Three forms of a name are used, from strict to loose:

``key``
    One writing system, one case: accents, apostrophes, hyphens and dots go, an Arabic article is written ``al``
    whatever letter follows it, and a first part such as Tell or Deir one way. "Ar-Raqqah" and "el Raqqah" meet, "Tel
    Abyad" and "Tall Abyad" too; "Raqqa" does not yet.
``without_article``
    The key less a leading article.
``skeleton``
    Consonants only, those that transliterations confuse merged. "Rmeilan", "Rumaylan" and "رميلان" meet. It only
    finds; :mod:`geomap.gazetteer.sounds` makes it, and judges how alike two spellings are.

The words that say what sort of place a name is of are in ``generic_words.toml``, for anybody to extend.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from importlib.resources import files

from anyascii import anyascii

from geomap.gazetteer.sounds import bones

__all__ = [
    "Generic",
    "Kind",
    "abbreviation",
    "bones",
    "key",
    "skeleton",
    "split_generic",
    "without_article",
    "without_compass",
]

MAX_LENGTH = 120
"""Longest name looked at, in characters; the longest in GeoNames' list of towns has 99."""

_SUN = "t|th|d|dh|r|z|s|sh|n"
_ARTICLE = re.compile(rf"\b(?:[aeiu]l|[ae]({_SUN}))\s(?=(?(1)\1|\w))")
_CAMEL_ARTICLE = re.compile(r"\b([AaEe]l)(?=[A-Z])")
_DROPPED = str.maketrans(
    dict.fromkeys("'`´‘’ʻʼʽʾʿʹʺˈ′\"“”.·ـ\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
)
_ARABIC = str.maketrans({"ى": "ي", "ی": "ي", "ئ": "ي", "ک": "ك", "ة": "ه", "ۀ": "ه", "ؤ": "و", "ٱ": "ا"})
_ARABIC_ARTICLE = re.compile(r"(?:^|(?<=\s))ال(?=\w{2})")
_CUT_SHORT = re.compile(r"[A-Z][a-z]{1,5}\.")
_WORDS = {"st": "saint", "ste": "sainte", "mt": "mount", "ft": "fort", "&": "and"}

_STEMS = {
    variant: stem
    for stem, variants in {
        "tell": "tel tal tall til",
        "ayn": "ain ein eyn",
        "deir": "dayr dair deyr der",
        "beit": "bayt bait beyt bet beth",
        "jabal": "jebel djebel djabal gebel gabal jabel jbel cebel",
        "kafr": "kfar kafar kefar kefr kufr kfr",
        "wadi": "oued ouadi vadi",
        "qalat": "qalaat kalat kalaat qalet",
        "umm": "um oum om",
        "abu": "abou ebu",
        "bani": "beni",
        "sheikh": "shaykh cheikh cheik sheik shaikh sheykh shekh scheich seyh",
        "khirbet": "khirbat khirbah khirba kherbet kherbat kharbat khurbat",
        "qasr": "kasr qaser ksar gasr",
        "burj": "borj bordj",
        "suq": "souq souk suk soq",
        "hammam": "hamam",
        "haji": "hajji hadji haci",
        "kiryat": "qiryat kirjat kiriat",
    }.items()
    for variant in variants.split()
}
"""First parts of Arabic, Kurdish and Hebrew names, which every paper writes its own way; more has to follow."""
_STEM = re.compile(rf"(?:^|(?<= al )|(?<=^al ))(?:{'|'.join(_STEMS)})(?= )")


@lru_cache(maxsize=65_536)
def key(name: str) -> str:
    """Return the spelling key of a name: the form under which the store keeps it; empty when nothing is left.

    The key of a key is the key itself.
    """
    text = name[:MAX_LENGTH].translate(_DROPPED)
    if not text.istitle():  # capitals stand at the start of words alone
        text = _CAMEL_ARTICLE.sub(r"\1 ", text)
    words = text.translate(_LETTERS).split()
    if len(words) > 1:
        words = [_WORDS.get(word, word) for word in words]
    spelling = " ".join(words)
    if not spelling.isascii():
        spelling = _ARABIC_ARTICLE.sub("", spelling)
    return _STEM.sub(_stem, _ARTICLE.sub("al ", spelling)) if " " in spelling else spelling


def _stem(found: re.Match[str]) -> str:
    return _STEMS[found[0]]


class _Letters(dict[int, str]):
    """What becomes of each character in a key: worked out when it is first met, for `str.translate`."""

    def __missing__(self, code: int) -> str:
        parts = unicodedata.normalize("NFKD", chr(code))
        letters = "".join(part for part in parts if not unicodedata.combining(part)).casefold()
        self[code] = "".join(map(_plain, letters)).translate(_DROPPED).translate(_ARABIC)
        return self[code]


_LETTERS = _Letters()


def _plain(char: str) -> str:
    """Return a letter of any Latin alphabet as ASCII, any other letter or digit as it is, the rest as a space."""
    if char.isascii() or not char.isalpha():
        return char if char.isalnum() or char == "&" else " "
    return anyascii(char).lower() if "LATIN" in unicodedata.name(char, "") else char


def abbreviation(name: str) -> str | None:
    """Return the form of a word cut short with a full stop ("Calif.", "Ont."), else None.

    It is kept apart from the key, which knows no stops: "mass" is no state, and "miss" neither.
    """
    return f"{key(name)} @short" if name.endswith(".") and _CUT_SHORT.fullmatch(name) else None


def without_article(spelling: str) -> str:
    """Return a key less its leading article; the key itself when it has none or is nothing else."""
    rest = spelling.removeprefix("al ")
    return rest or spelling


@lru_cache(maxsize=65_536)
def skeleton(name: str) -> str:
    """Return the consonants of a name with those merged that transliterations confuse; often empty for short names.

    Words are joined, articles dropped, a vowel at the very start kept as ``a``.
    """
    return bones(key(name))


class Kind(StrEnum):
    """What sort of place generic words point at."""

    COUNTRY = "country"
    PROVINCE = "province"
    DISTRICT = "district"
    TOWN = "town"
    REGION = "region"
    AIRFIELD = "airfield"
    BASE = "base"
    CAMP = "camp"
    CROSSING = "crossing"
    FIELD = "field"
    DAM = "dam"
    BRIDGE = "bridge"
    WATER = "water"
    MOUNTAIN = "mountain"
    DESERT = "desert"
    ISLAND = "island"
    PORT = "port"
    PRISON = "prison"
    ROAD = "road"

    def fits(self, feature: str) -> bool:
        """Return whether a GeoNames feature, such as ``S.AIRB``, is of this kind."""
        return feature.startswith(_FEATURES[self])


_FEATURES: dict[Kind, tuple[str, ...]] = {
    Kind.COUNTRY: ("A.PCL", "A.TERR"),
    Kind.PROVINCE: ("A.ADM1", "A.TERR"),
    Kind.DISTRICT: ("A.ADM2", "A.ADM3", "P.PPLX"),
    Kind.TOWN: ("P.",),
    Kind.REGION: ("L.RGN", "L.CONT", "A.ADM1", "A.TERR", "A.PCL"),
    Kind.AIRFIELD: ("S.AIR",),
    Kind.BASE: ("S.AIRB", "S.AIRF", "S.INSM", "L.MILB", "S.AIRP"),
    Kind.CAMP: ("S.CMP", "S.INSM"),
    Kind.CROSSING: ("S.PSTB", "S.BDG"),
    Kind.FIELD: ("L.OILF", "L.GASF", "S.OIL", "S.GAS"),
    Kind.DAM: ("S.DAM", "S.PS"),
    Kind.BRIDGE: ("S.BDG",),
    Kind.WATER: ("H.",),
    Kind.MOUNTAIN: ("T.MT", "T.HLL", "T.PK", "T.UPLD", "T.RDGE", "T.PASS"),
    Kind.DESERT: ("T.DSRT", "L.RGN"),
    Kind.ISLAND: ("T.ISL", "T.PEN"),
    Kind.PORT: ("S.PRT", "L.PRT", "H.HBR"),
    Kind.PRISON: ("S.PRN",),
    Kind.ROAD: ("R.",),
}


@dataclass(frozen=True, slots=True)
class Generic:
    """A name taken apart: the key of its own part, and what its generic words say it is."""

    core: str
    kind: Kind
    words: str
    """The generic words, as keyed."""
    last: bool = True
    """The generic words stand after the name."""

    @property
    def by_compass(self) -> bool:
        """The words are a point of the compass: "South Africa" and "Central Africa" share the rest alone."""
        return re.fullmatch(_COMPASS, self.words) is not None

    @property
    def form(self) -> str:
        """The canonical spelling under which the store keeps a place of this kind by its own part alone."""
        return f"{self.core} @{self.kind}"


_COMPASS = r"(?:(?:north|south)[ ]?(?:east|west)|north|south|east|west)(?:ern)?|central|rural"
_COMPASS_FIRST = re.compile(rf"^(?P<words>{_COMPASS}) (?P<core>.+)$")
_COMPASS_LAST = re.compile(rf"^(?P<core>.+) (?P<words>{_COMPASS})$")
_ELIDED = re.compile(r"\b([dlDL]|[Dd]ell)['’](?=\w)")
_LEADING = frozenset(["the", "la", "le", "die", "der", "das"])
_MOST_WORDS = 4
"""Words of the longest generic term."""


@dataclass(frozen=True, slots=True)
class _Words:
    """Generic terms, as keyed, with their kind."""

    after: dict[str, Kind]
    before: dict[str, Kind]


@cache
def _generic_words() -> _Words:
    tables = tomllib.loads(files("geomap.gazetteer").joinpath("generic_words.toml").read_text(encoding="utf-8"))
    found = _Words({}, {})
    for kind, table in tables.items():
        found.after.update((key(word), Kind(kind)) for word in table["after"])
        found.before.update((key(form), Kind(kind)) for word in table["before"] for form in _inflected(word))
    return found


def _inflected(word: str) -> tuple[str, ...]:
    """Return a term with its preposition as it stands before other nouns: "ville de", "ville du", "ville d'"."""
    stem = word[:-1]
    if word.endswith(" de"):
        return word, stem, f"{stem}u", f"{stem}es", f"{stem}el"
    return (word, stem, f"{stem}el", f"{stem}ella", f"{stem}ell") if word.endswith(" di") else (word,)


@lru_cache(maxsize=65_536)
def split_generic(name: str) -> Generic | None:
    """Return the own part and the kind of a name with generic words ("Al-Asad airbase", "city of Homs"), else None.

    A point of the compass makes a region: "northern Aleppo".
    """
    spelling = key(_ELIDED.sub(r"\1 ", name) if "'" in name or "’" in name else name)
    if " " not in spelling:
        return None
    words = spelling.split()
    if found := _last(words) or _first(words):
        return found
    compass = _COMPASS_FIRST.match(spelling)
    return Generic(_own([compass["core"]]), Kind.REGION, compass["words"], last=False) if compass else None


def _last(words: list[str]) -> Generic | None:
    """Return a name that ends in a generic term taken apart."""
    for count in range(min(_MOST_WORDS, len(words) - 1), 0, -1):
        term = " ".join(words[-count:])
        if kind := _generic_words().after.get(term):
            return Generic(_own(words[:-count]), kind, term)
    return None


def _first(words: list[str]) -> Generic | None:
    """Return a name that begins with a generic term, perhaps after an article and a point of the compass."""
    rest = words[1:] if words and words[0] in _LEADING else words
    if found := _COMPASS_FIRST.match(" ".join(rest)):
        rest = found["core"].split()
    for count in range(min(_MOST_WORDS, len(rest) - 1), 0, -1):
        term = " ".join(rest[:count])
        if kind := _generic_words().before.get(term):
            return Generic(_own(rest[count:]), kind, term, last=False)
    return None


def _own(words: list[str]) -> str:
    """Return the key of a name's own part, which begins anew."""
    return without_article(key(" ".join(words).removeprefix("the ")))


def without_compass(spelling: str) -> str:
    """Return a key less a point of the compass before or after it; the key itself when it has none."""
    found = _COMPASS_FIRST.match(spelling) or _COMPASS_LAST.match(spelling)
    return without_article(found["core"]) if found else spelling
