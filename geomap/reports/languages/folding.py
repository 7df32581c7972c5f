"""What is no matter in the writing of a word, by language."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

__all__ = ["fold"]

_ALL = str.maketrans(
    dict.fromkeys("’ʼ′‘`", "'")
    | dict.fromkeys("‐‑", "-")
    | {"\u200c": None, "\u200d": None, "\u0640": None, "\u00a0": " ", "\u202f": " "}
)
_ARABIC = str.maketrans(
    {"ى": "ي", "ی": "ي", "ئ": "ي", "ک": "ك", "ة": "ه", "ۀ": "ه", "ؤ": "و", "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا"}
)
_VOWEL_SIGNS = re.compile(r"[\u0610-\u061a\u064b-\u065f\u0670]")
_TURKISH = str.maketrans("Iâîû", "ıaiu")
_STRESS = "\u0301"


@lru_cache(maxsize=65_536)
def fold(text: str, lang: str) -> str:
    """Return a word as the lexicons of its language have it.

    Case, the sort of apostrophe, hyphen and digits, and in Arabic vowel signs, the lengthening stroke and the seats of
    hamza are no matter; accents and the letters of an alphabet are. In Russian ё is е, as print has it.

    Parameters
    ----------
    text
        The word as written.
    lang
        ISO 639-1 code of its language.
    """
    folded = unicodedata.normalize("NFC", text.translate(_ALL))
    if not folded.isascii():
        folded = "".join(str(unicodedata.digit(char)) if char.isdigit() else char for char in folded)
        folded = _VOWEL_SIGNS.sub("", folded).translate(_ARABIC)
    if lang == "tr":
        return folded.replace("İ", "i").translate(_TURKISH).lower().translate(_TURKISH)
    folded = folded.lower()
    if lang in {"ru", "uk"}:
        folded = unicodedata.normalize("NFC", folded.replace(_STRESS, ""))
    return folded.replace("ё", "е") if lang == "ru" else folded
