"""Which way a page's texts run, and how a name of one direction stands in a line of the other."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geomap.models import Report

__all__ = ["direction", "isolated", "language", "runs_left"]

_FIRST_STRONG, _END = "\u2068", "\u2069"
_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


def runs_left(text: str) -> bool:
    """Return whether the first letter that has a direction runs from right to left (Unicode UAX 9, rules P2 and P3)."""
    strong = (unicodedata.bidirectional(letter) for letter in text)
    return next((kind for kind in strong if kind in {"L", "R", "AL"}), "L") != "L"


def isolated(text: str) -> str:
    """Return a name so that it does not turn the English line it stands in; most names stay as they are.

    A name with letters from right to left is put between FIRST STRONG ISOLATE and POP DIRECTIONAL ISOLATE (UAX 9),
    which have no width.
    """
    if text.isascii():
        return text
    turns = any(unicodedata.bidirectional(letter) in {"R", "AL"} for letter in text)
    return f"{_FIRST_STRONG}{text}{_END}" if turns else text


def direction(title: str, reports: Sequence[Report]) -> Literal["ltr", "rtl"]:
    """Return which way the page runs: from right to left if its title does, or more than half of its reports."""
    left = [runs_left(report.title or report.text[:400]) for report in reports]
    return "rtl" if runs_left(title) or sum(left) > len(left) / 2 else "ltr"


def language(reports: Iterable[Report]) -> str:
    """Return the language of most reports that say theirs (BCP 47), the earlier of two alike; else English."""
    told = Counter(report.lang for report in reports if report.lang and _TAG.fullmatch(report.lang))
    return told.most_common(1)[0][0] if told else "en"
