"""Numbers and lengths as people write them: digits, words, bounds, ranges and units."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from geomap.models import Range

__all__ = ["LENGTH", "NUMBER", "UNIT", "Length", "parse_length", "parse_number", "parse_range", "unit_m"]

UNITS = {
    word: value
    for value, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ]
    )
}
TENS = {
    word: 10 * n
    for n, word in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], 2)
}
SCALES = {"dozen": 12, "hundred": 100, "thousand": 1_000, "million": 1_000_000, "k": 1_000, "m": 1_000_000}
WORDS = "|".join(sorted([*UNITS, *TENS, "dozen", "hundred", "thousand", "million"], key=len, reverse=True))

NUMBER = (
    rf"(?:(?:\d{{1,3}}(?:[\u00a0\u202f]\d{{3}})+|\d[\d,.]*\d|\d)(?:\s?(?:dozen|hundred|thousand|million|k)\b)?"
    rf"|half\s+a\s+dozen|(?<!several\s)(?<!few\s)(?:an?\s+)?(?:{WORDS})(?:[\s-]{{1,3}}(?:and\s+)?(?:{WORDS})){{0,8}})"
)
"""Regular expression of one number, in digits or English words, without its bounds; "several dozen" is none."""

_RANGE = re.compile(rf"\b({NUMBER})\s*(?:-|–|—|to|and|or)\s*({NUMBER})\b", re.IGNORECASE)
_ONE = re.compile(rf"\b({NUMBER})\b", re.IGNORECASE)


def parse_number(text: str) -> float | None:
    """Return the value of a number in digits or English words, or None.

    "1,500", "1.5 million", "twenty-five", "a hundred and twenty", "three thousand", "two dozen"; a comma, point or
    narrow space before three digits groups thousands.
    """
    text = re.sub(r"(?<=\d)[\u00a0\u202f](?=\d{3})", "", text)
    if re.fullmatch(r"\s*half\s+a\s+dozen\s*", text, re.IGNORECASE):
        return 6.0
    digits = re.fullmatch(r"\s*(\d[\d,.]*?)\s*(dozen|hundred|thousand|million|k|m)?\s*", text, re.IGNORECASE)
    if digits:
        number = re.sub(r"[,.](?=\d{3}(?:\D|$))", "", digits[1]) if "," in digits[1] or not digits[2] else digits[1]
        try:
            value = float(number.replace(",", ""))
        except ValueError:
            return None
        return value * SCALES[digits[2].lower()] if digits[2] else value
    return _words_value(re.findall(r"[a-z]+", text.lower()))


def _words_value(words: list[str]) -> float | None:
    total, part, seen = 0, 0, False
    for word in words:
        if word in UNITS or word in TENS:
            part += UNITS.get(word, TENS.get(word, 0))
        elif word in SCALES and len(word) > 1:
            part = max(part, 1) * SCALES[word]
            if word not in {"hundred", "dozen"}:
                total, part = total + part, 0
        elif word not in {"a", "an", "and"}:
            return None
        seen = seen or word not in {"a", "an", "and"}
    return float(total + part) if seen else None


def parse_range(text: str) -> Range | None:
    """Return the first quantity in a text: "30 to 35" as a range, "30" as one number, or None."""
    if match := _RANGE.search(text):
        low, high = parse_number(match[1]), parse_number(match[2])
        if low is not None and high is not None and low <= high:
            return Range(low, high)
    if match := _ONE.search(text):
        value = parse_number(match[1])
        if value is not None:
            return Range(value, value)
    return None


MILE_M = 1609.344
"""The international mile of 1959."""
NAUTICAL_MILE_M = 1852.0
"""The international nautical mile of 1929."""
YARD_M = 0.9144
UNIT = (
    r"(?:km|kms|kilomet(?:er|re)s?|nautical\s+miles?|nmi?|miles?|mi|yards?|met(?:er|re)s?|m)(?![\w²³])"
    r"(?!\s*(?:/|per\b|an?\s+hour|squared?\b))"
)
"""Regular expression of a unit of length; speeds and areas are none."""

_ABOUT = (
    r"about|around|some|roughly|approximately|approx\.?|circa|ca?\.|~|an?\s+estimated|estimated|nearly|almost|barely"
    r"|just\s+over|just\s+under|a\s+little\s+over|slightly\s+(?:over|under)"
)
_MORE = r"more\s+than|over|at\s+least|upwards\s+of|no\s+less\s+than"
_LESS = r"less\s+than|under|up\s+to|at\s+most|no\s+more\s+than|fewer\s+than"
_VAGUE = {
    "a few": (2.0, 8.0), "several": (3.0, 10.0), "a couple of": (1.5, 3.0), "dozens of": (20.0, 100.0),
    "tens of": (20.0, 100.0), "hundreds of": (200.0, 900.0), "half a": (0.5, 0.5), "half an": (0.5, 0.5),
    "a": (1.0, 1.0), "an": (1.0, 1.0),
}  # fmt: skip
"""Numbers meant by words that name none; the bounds of the vague ones are wide on purpose."""
_VAGUE_WORDS = "|".join(word.replace(" ", r"\s+") for word in sorted(_VAGUE, key=len, reverse=True))

LENGTH = (
    rf"(?:(?:{_ABOUT}|{_MORE}|{_LESS})\s*)?"
    rf"(?:{NUMBER}(?:\s*(?:-|–|—|to|or)\s*{NUMBER})?[\s-]*|(?:{_VAGUE_WORDS})\s+)"
    rf"{UNIT}(?:\s*\([^()]{{1,40}}\))?"
)
"""Regular expression of a length with its bounds, and with the same length in another unit in brackets."""
_LENGTH = re.compile(
    rf"(?:(?P<about>{_ABOUT})|(?P<more>{_MORE})|(?P<less>{_LESS}))?\s*"
    rf"(?:(?P<number>{NUMBER}(?:\s*(?:-|–|—|to|or)\s*{NUMBER})?)[\s-]*|(?P<vague>{_VAGUE_WORDS})\s+)(?P<unit>{UNIT})",
    re.IGNORECASE,
)
_LEAST_ERROR, _MOST_ERROR = 0.05, 0.15


@dataclass(frozen=True, slots=True)
class Length:
    """A length as written, in metres."""

    low_m: float
    high_m: float
    """Equal to the lower bound where one number is given."""
    error_m: float
    """How far off either bound may be: by rounding, twice as far after "about"."""
    approximate: bool = False
    """The words themselves call it approximate or vague."""


def parse_length(text: str) -> Length | None:
    """Return the first length in a text, or None: "160 km", "about 30 miles", "15 to 20 kilometres", "half a mile".

    Rounded numbers are as good as their last digit that is not zero, a 5 there counting as half a digit: "160 km" may
    be half of 10 km off, "25 km" half of 5 km. Nobody measures to the last digit, and nobody rounds by half: the error
    is held between 5 % and 15 %. "About" and its like double it. One-sided bounds ("more than 50 km", "less than
    5 km") reach half as far again, or down to nothing.
    """
    match = _LENGTH.search(text)
    if match is None:
        return None
    unit = unit_m(match["unit"])
    if match["vague"]:
        low, high = _VAGUE[" ".join(match["vague"].lower().split())]
        return Length(low * unit, high * unit, 0.15 * low * unit, approximate=True)
    found = parse_range(match["number"])
    if found is None:
        return None
    error = max(_rounding(found.low), _rounding(found.high)) * (2 if match["about"] else 1)
    low = 0.0 if match["less"] else found.low
    high = found.high * 1.5 if match["more"] else found.high
    return Length(low * unit, high * unit, error * unit, approximate=bool(match["about"]))


def unit_m(unit: str) -> float:
    """Return the metres in a unit of length, in English words or as its sign.

    Raises
    ------
    ValueError
        The word is no such unit.
    """
    word = " ".join(unit.lower().split())
    for pattern, metres in (
        (r"km|kms|kilomet(?:er|re)s?", 1000.0),
        (r"nautical miles?|nmi?", NAUTICAL_MILE_M),
        (r"miles?|mi", MILE_M),
        (r"yards?", YARD_M),
        (r"met(?:er|re)s?|m", 1.0),
    ):
        if re.fullmatch(pattern, word):
            return metres
    raise ValueError(f"{unit!r} is no unit of length; use km, m, mi or nautical miles")


def _rounding(value: float) -> float:
    """Return how far a number may be from what it stands for, by its last digit that is not zero."""
    if value <= 0:
        return 0.0
    step = 10.0 ** math.floor(math.log10(value))
    while step > 0.1 and abs(value / step - round(value / step)) > 1e-9:
        step = step / 2 if abs(value / (step / 2) - round(value / (step / 2))) < 1e-9 else step / 10
    return min(max(step / 2, _LEAST_ERROR * value), _MOST_ERROR * value)
