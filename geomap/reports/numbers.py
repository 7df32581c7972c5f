"""Numbers as reports write them: digits, words, bounds and ranges."""

from __future__ import annotations

import re

from geomap.models import Range

__all__ = ["NUMBER", "parse_number", "parse_range"]

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
SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "k": 1_000, "m": 1_000_000}
WORDS = "|".join(sorted([*UNITS, *TENS, "hundred", "thousand", "million"], key=len, reverse=True))

NUMBER = (
    rf"(?:(?:\d[\d,.]*\d|\d)(?:\s?(?:hundred|thousand|million|k)\b)?"
    rf"|(?:an?\s+)?(?:{WORDS})(?:[\s-]+(?:and\s+)?(?:{WORDS}))*)"
)
"""Regular expression of one number, in digits or English words, without its bounds."""

_RANGE = re.compile(rf"\b({NUMBER})\s*(?:-|–|—|to|and|or)\s*({NUMBER})\b", re.IGNORECASE)
_ONE = re.compile(rf"\b({NUMBER})\b", re.IGNORECASE)


def parse_number(text: str) -> float | None:
    """Return the value of a number in digits or English words, or None.

    "1,500", "1.5 million", "twenty-five", "a hundred and twenty", "three thousand"; a comma or point before
    three digits groups thousands.
    """
    digits = re.fullmatch(r"\s*(\d[\d,.]*?)\s*(hundred|thousand|million|k|m)?\s*", text, re.IGNORECASE)
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
            if word != "hundred":
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
