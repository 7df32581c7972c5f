"""Spelling keys: how different writings of one name are made to meet, and what its generic words say.

Three forms of a name are used, from strict to loose:

``key``
    One writing system, one case: accents, apostrophes, hyphens and dots go, an Arabic article is written ``al``
    whatever letter follows it. "Ar-Raqqah" and "el Raqqah" meet, "Raqqa" does not yet.
``without_article``
    The key less a leading article.
``skeleton``
    Consonants only, those that transliterations confuse merged. "Rmeilan", "Rumaylan" and "رميلان" meet. It only
    finds; how alike two spellings are is judged afterwards, on their keys.

The rules on Arabic follow the differences between the romanisations of BGN/PCGN, the UN group of experts (UNGEGN)
and French and English newspapers; those on Cyrillic the Russian and Ukrainian forms of one name.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

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


@lru_cache(maxsize=65_536)
def key(name: str) -> str:
    """Return the spelling key of a name: the form under which the store keeps it; empty when nothing is left.

    The key of a key is the key itself.
    """
    text = _CAMEL_ARTICLE.sub(r"\1 ", name[:MAX_LENGTH].translate(_DROPPED))
    words = text.translate(_LETTERS).split()
    words = [_WORDS.get(word, word) for word in words] if len(words) > 1 else words
    return _ARTICLE.sub("al ", _ARABIC_ARTICLE.sub("", " ".join(words)))


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
    return f"{key(name)} @short" if _CUT_SHORT.fullmatch(name) else None


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
    Kind.ROAD: ("R.",),
}

_AFTER: dict[Kind, str] = {
    Kind.PROVINCE: "province|governorate|oblast|wilayat|wilaya|muhafazah|state|region administrative",
    Kind.DISTRICT: "district|county|raion|rayon|subdistrict|neighborhood|neighbourhood|quarter|suburb",
    Kind.TOWN: "city|town|village|settlement|municipality",
    Kind.REGION: "region|area|countryside|valley|heights|plain|plains|peninsula|strip|front|pocket|enclave"
    "|territory|territories|soil",
    Kind.AIRFIELD: "international airport|military airport|military airbase|military air base|air base|airbase"
    "|air force base|army airfield|army air field|airport|airfield|aerodrome|airstrip|air strip|landing strip",
    Kind.BASE: "military base|army base|naval base|base|garrison|barracks|outpost|military camp",
    Kind.CAMP: "refugee camp|displacement camp|idp camp|camp|prison camp",
    Kind.CROSSING: "border crossing point|border crossing|border gate|border post|border point|crossing point|crossing"
    "|checkpoint|gate|border checkpoint",
    Kind.FIELD: "oil field|oilfield|gas field|gasfield|gas plant|oil fields|gas fields|oilfields|gasfields|field"
    "|natural gas field|oil facility|gas facility",
    Kind.DAM: "hydroelectric dam|dam",
    Kind.BRIDGE: "bridge",
    Kind.WATER: "river|lake|sea|gulf|strait|canal|reservoir|bay|ocean",
    Kind.MOUNTAIN: "mountain|mountains|mount|hill|hills|range",
    Kind.DESERT: "desert|steppe|badia|badiya",
    Kind.ISLAND: "island|islands",
    Kind.ROAD: "road|highway|motorway",
}
_BEFORE: dict[Kind, str] = {
    Kind.PROVINCE: "province of|governorate of|oblast of|state of",
    Kind.DISTRICT: "district of|county of",
    Kind.TOWN: "city of|town of|village of|settlement of|municipality of",
    Kind.REGION: "region of|countryside of|plain of|plains of|valley of",
    Kind.CAMP: "camp",
    Kind.WATER: "river|lake|gulf of|strait of|sea of|bay of",
    Kind.MOUNTAIN: "mount|jabal|jebel|mountains of",
    Kind.ISLAND: "island of|islands of",
    Kind.CROSSING: "bab",
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


def _pattern(words: dict[Kind, str], shape: str) -> re.Pattern[str]:
    longest_first = sorted(((word, kind) for kind, text in words.items() for word in text.split("|")), key=_by_length)
    return re.compile(shape.format("|".join(word for word, _ in longest_first)))


def _by_length(item: tuple[str, Kind]) -> int:
    return -len(item[0])


_COMPASS = r"(?:(?:north|south)[ ]?(?:east|west)|north|south|east|west)(?:ern)?|central|rural"
_COMPASS_FIRST = re.compile(rf"^(?P<words>{_COMPASS}) (?P<core>.+)$")
_COMPASS_LAST = re.compile(rf"^(?P<core>.+) (?P<words>{_COMPASS})$")
_LAST = _pattern(_AFTER, r"^(?P<core>.+?) (?P<words>{})$")
_FIRST = _pattern(_BEFORE, rf"^(?:(?:{_COMPASS}) )?(?P<words>{{}}) (?P<core>.+)$")
_KIND_AFTER = {word: kind for kind, text in _AFTER.items() for word in text.split("|")}
_KIND_BEFORE = {word: kind for kind, text in _BEFORE.items() for word in text.split("|")}


@lru_cache(maxsize=65_536)
def split_generic(name: str) -> Generic | None:
    """Return the own part and the kind of a name with generic words ("Al-Asad airbase", "city of Homs"), else None.

    A point of the compass makes a region: "northern Aleppo".
    """
    spelling = key(name)
    if found := _LAST.match(spelling):
        core, kind, last = found["core"], _KIND_AFTER[found["words"]], True
    elif found := _FIRST.match(spelling):
        core, kind, last = found["core"].removeprefix("the "), _KIND_BEFORE[found["words"]], False
    elif found := _COMPASS_FIRST.match(spelling):
        return Generic(without_article(found["core"]), Kind.REGION, found["words"], last=False)
    else:
        return None
    return Generic(without_article(core), kind, found["words"], last=last)


def without_compass(spelling: str) -> str:
    """Return a key less a point of the compass before or after it; the key itself when it has none."""
    found = _COMPASS_FIRST.match(spelling) or _COMPASS_LAST.match(spelling)
    return without_article(found["core"]) if found else spelling
