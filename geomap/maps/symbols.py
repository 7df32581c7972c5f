"""Military symbols on request: the frames and size marks of APP-6 and MIL-STD-2525, drawn as small SVG.

A symbol says two things: the shape of its frame whose side the forces are on, which only the maker of a map can tell
and no report is taken for, and the marks above it how large they are, where a report says so. What forces do is left
out: "20 trucks" are no motorised infantry. Frames, their fills and the marks are those of MIL-STD-2525D, appendix A.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING

from geomap.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from geomap.maps.values import Json
    from geomap.models import Movement

__all__ = [
    "STANDARDS",
    "Affiliation",
    "Echelon",
    "asked_affiliations",
    "checked_affiliations",
    "echelon_of",
    "svg",
    "symbol_values",
]

STANDARDS = ("app6",)


class Affiliation(StrEnum):
    """Whose side forces are on, for the maker of a map."""

    PENDING = "pending"
    UNKNOWN = "unknown"
    ASSUMED_FRIEND = "assumed friend"
    FRIEND = "friend"
    NEUTRAL = "neutral"
    SUSPECT = "suspect"
    HOSTILE = "hostile"


class Echelon(StrEnum):
    """The size of a unit."""

    SQUAD = "squad"
    SECTION = "section"
    PLATOON = "platoon"
    COMPANY = "company"
    BATTALION = "battalion"
    REGIMENT = "regiment"
    BRIGADE = "brigade"
    DIVISION = "division"
    CORPS = "corps"
    ARMY = "army"


# Outlines round 0, 0 in SVG units, 80 wide at most.
_CLOVER = "M-17-17A18 18 0 0 1 17-17A18 18 0 0 1 17 17A18 18 0 0 1-17 17A18 18 0 0 1-17-17Z"
_BOX = "M-36-24H36V24H-36Z"
_SQUARE = "M-27-27H27V27H-27Z"
_DIAMOND = "M0-36L36 0L0 36L-36 0Z"
# Outline, fill, how far it reaches up, and half the width of the bar that makes it an installation.
_FRAMES = {
    Affiliation.PENDING: (_CLOVER, "#ffff80", 30, 12),
    Affiliation.UNKNOWN: (_CLOVER, "#ffff80", 30, 12),
    Affiliation.ASSUMED_FRIEND: (_BOX, "#80e0ff", 24, 18),
    Affiliation.FRIEND: (_BOX, "#80e0ff", 24, 18),
    Affiliation.NEUTRAL: (_SQUARE, "#aaffaa", 27, 14),
    Affiliation.SUSPECT: (_DIAMOND, "#ff8080", 36, 0),
    Affiliation.HOSTILE: (_DIAMOND, "#ff8080", 36, 0),
}
_DASHED = {Affiliation.PENDING, Affiliation.ASSUMED_FRIEND, Affiliation.SUSPECT}
# What stands above a frame, and how often.
_MARKS = {
    Echelon.SQUAD: ("dot", 1),
    Echelon.SECTION: ("dot", 2),
    Echelon.PLATOON: ("dot", 3),
    Echelon.COMPANY: ("bar", 1),
    Echelon.BATTALION: ("bar", 2),
    Echelon.REGIMENT: ("bar", 3),
    Echelon.BRIGADE: ("cross", 1),
    Echelon.DIVISION: ("cross", 2),
    Echelon.CORPS: ("cross", 3),
    Echelon.ARMY: ("cross", 4),
}
_STEP = {"dot": 12, "bar": 8, "cross": 15}

# "a battalion of", "the 3rd Brigade", "its 2nd mechanised division"; not "two battalions", which is no one unit. A
# "section" may be of anything, and a "company" a firm unless it has a number or is one of soldiers.
_ONE_UNIT = re.compile(
    r"\b(?:an?|one|the|its|their|\d+(?:st|nd|rd|th))\s+(?:[\w-]+\s+){0,2}?"
    r"(squad|platoon|battalion|regiment|brigade|division|corps"
    r"|company(?=\s+of\s+(?:soldiers|troops|infantry|marines|paratroopers|tanks|fighters|men)\b)"
    r"|(?<=\d(?:st|nd|rd|th)\s)company)\b(?!['’]s)",
    re.IGNORECASE,
)


def checked_affiliations(given: Mapping[str, str]) -> dict[str, Affiliation]:
    """Return the affiliation of each actor by name.

    Raises
    ------
    InputError
        A word is no affiliation.
    """
    known = ", ".join(Affiliation)
    found = {}
    for name, word in given.items():
        try:
            found[name] = Affiliation(word.strip().lower().replace("_", " "))
        except ValueError:
            raise InputError(f"affiliation {word!r} of {name!r} is not known; choose one of {known}") from None
    return found


def asked_affiliations(symbols: str | None, given: Mapping[str, str] | None) -> dict[str, Affiliation] | None:
    """Return the affiliations of a map with symbols; None where none are asked for.

    Raises
    ------
    InputError
        The symbols or an affiliation are not known, or affiliations are given without symbols.
    """
    if symbols is None:
        if given:
            raise InputError("affiliations are shown by symbols only; ask for symbols='app6' too")
        return None
    if symbols not in STANDARDS:
        raise InputError(f"symbols {symbols!r} are not known; choose {' or '.join(STANDARDS)}")
    return checked_affiliations(given or {})


def echelon_of(movement: Movement) -> Echelon | None:
    """Return the size of the one unit that the words of a report name; None where they name none or several."""
    words = " ".join(text for text in (movement.actor_text, movement.troops_text) if text)
    found = {match[1].lower() for match in _ONE_UNIT.finditer(words)}
    return Echelon(found.pop()) if len(found) == 1 else None


def svg(affiliation: Affiliation, echelon: Echelon | None = None, *, installation: bool = False) -> str:
    """Return a unit's symbol, or an installation's, as SVG of 80 x 96 units with the frame's middle at 40, 56."""
    outline, fill, top, bar = _FRAMES[affiliation]
    dashes = ' stroke-dasharray="7 5"' if affiliation in _DASHED else ""
    parts = [
        f'<path d="{outline}" fill="#fff" stroke="#fff" stroke-width="6"/>',
        f'<path d="{outline}" fill="{fill}" stroke="#000" stroke-width="3"{dashes}/>',
    ]
    if installation:
        bar = bar or 9
        parts.append(_cased(f"M{-bar} {-top - 3}H{bar}", 6, "butt"))
    if echelon:
        parts.append(_marks(echelon, -top - 11))
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="80" height="96" viewBox="-40 -56 80 96" '
        f'stroke-linejoin="round">{"".join(parts)}</svg>'
    )


def _marks(echelon: Echelon, y: int) -> str:
    mark, times = _MARKS[echelon]
    paths = []
    for number in range(times):
        x = round((number - (times - 1) / 2) * _STEP[mark], 1)
        paths.append(
            {
                "dot": f"M{x} {y}h.1",
                "bar": f"M{x} {y - 6}v12",
                "cross": f"M{x - 5} {y - 6}l10 12m0-12l-10 12",
            }[mark]
        )
    width = 8 if mark == "dot" else 3
    return _cased("".join(paths), width, "round")


def _cased(path: str, width: int, cap: str) -> str:
    """Return a black line with a white casing, to be seen on a light ground and on a dark one."""
    return "".join(
        f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="{wide}" stroke-linecap="{cap}"/>'
        for colour, wide in (("#fff", width + 3), ("#000", width))
    )


def symbol_values(movements: Iterable[Movement], affiliations: Mapping[str, Affiliation]) -> Json:
    """Return the symbols of movements for the page: each picture once, what it says, and who has which.

    An actor without an affiliation has the frame of an unknown one, and so have bases: a place cannot tell whose it is.
    """
    numbers: dict[tuple[Affiliation, Echelon | None], int] = {}
    of = {}
    for movement in movements:
        affiliation = affiliations.get(movement.actor or "", Affiliation.UNKNOWN)
        of[movement.id] = numbers.setdefault((affiliation, echelon_of(movement)), len(numbers))
    return {
        "svg": [svg(affiliation, echelon) for affiliation, echelon in numbers],
        "says": [[affiliation.value, echelon.value if echelon else None] for affiliation, echelon in numbers],
        "of": of,
        "base": svg(Affiliation.UNKNOWN, installation=True),
    }
