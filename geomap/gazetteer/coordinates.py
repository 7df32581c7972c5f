"""Coordinates written where a name is expected: decimal degrees, degrees with minutes and seconds, MGRS references.

Latitude comes first unless labels or points of the compass say otherwise. What is not clearly a position is none; a
position that cannot be is an error, never another position.
"""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass, replace

from geomap.errors import InputError
from geomap.models import Place

__all__ = ["check_position", "read"]

LONGEST = 80
"""Characters of the longest text looked at."""
LEAST_PRECISION_M = 100.0
"""However many digits are written, what stands there is no better known than this."""
DEGREE_M = 111_195.0
"""A degree of a great circle on a sphere of the mean radius of WGS 84, 6,371,008.8 m (IUGG)."""

_DIGIT = re.compile(r"\d")
_SAME = str.maketrans({
    "′": "'", "’": "'", "‘": "'", "ʹ": "'", "´": "'", "`": "'", "″": '"', "”": '"', "“": '"', "ʺ": '"', "º": "°",
    "˚": "°", "−": "-", "–": "-", "‐": "-", "٫": ".", "．": ".", "،": ",", "，": ",", "؛": ";",
})  # fmt: skip
_COMPASS = {
    "N": r"north|n|с\.? ?ш|пн\.? ?ш|شمالا?", "S": r"south|s|ю\.? ?ш|пд\.? ?ш|جنوبا?",
    "E": r"east|e|в\.? ?д|сх\.? ?д|شرقا?", "W": r"west|w|з\.? ?д|зх\.? ?д|غربا?",
}  # fmt: skip
"""Points of the compass in English, Russian, Ukrainian and Arabic; not O, east in German and west in French."""
_POINTS = [
    (letter, re.compile(rf"(?<![^\W\d_])(?:{words})(?![^\W\d_])\.?")) for letter, words in _COMPASS.items()
]  # whole words; digits may touch them
_BEFORE = re.compile(r"([NSEW])([^NSEW]+)([NSEW])([^NSEW]+)")
_BEHIND = re.compile(r"([^NSEW]+)([NSEW])([^NSEW]+)([NSEW])")
_LABELS = re.compile(r"(lat|lon|lng)[a-z]*[\s:=]*([^a-z]+?)[\s,;/&]+(lat|lon|lng)[a-z]*[\s:=]*([^a-z]+)")
_ORDERS = [
    re.compile(rf"({number}){between}({number})")
    for number, between in (
        (r"[+-]?\d{1,3}(?:\.\d+)?\s*°?", r"\s*[,;/]\s*"),
        (r"[+-]?\d{1,3}\.\d+\s*°?", r"\s+"),
        (r"[+-]?\d{1,3},\d+\s*°?", r"(?:\s*[;/]\s*|,?\s+)"),
        (r"[+-]?\d{1,3}\s*°[^°,;/+-]*", r"\s*[,;/]\s*"),
    )
]
"""Two angles with a separator; with decimals and a space; with decimal commas; with degree signs and a separator."""
_ANGLE = re.compile(
    r"(?P<sign>[+-]?)\s*(?P<d>\d{1,3}(?:\.\d+)?)"
    r"(?:(?:\s*[°:-]\s*|\s+)(?P<m>\d{1,2}(?:\.\d+)?)"
    r"(?:(?:\s*[':-]\s*|\s+)(?P<s>\d{1,2}(?:\.\d+)?)(?:\s*(?:\"|''))?|\s*')?|\s*°)?"
)
_SPELLED_OUT = re.compile(
    r"(\d)\s*d(?:eg|egrees)?\s*([\d.]+)\s*m(?:in|inutes)?(?:\s*([\d.]+)\s*s(?:ec|econds)?)?(?=\W|[nsew])"
)
_RUN_TOGETHER = re.compile(
    r"(?P<sign>)(?P<d>\d{2,3})(?P<m>\d\d)(?P<s>\d\d(?:\.\d+)?)|(?P<d2>\d{2,3})(?P<m2>\d\d(?:\.\d+)?)"
)
"""Degrees, minutes and seconds with nothing between them, as in aeronautical publications (ICAO Annex 15)."""
_MGRS = re.compile(r"\d{1,2}[C-HJ-NP-X][A-HJ-NP-Z][A-HJ-NP-V](?P<digits>(?:\d\d){2,5})")


@dataclass(frozen=True, slots=True)
class _Angle:
    """An angle as written."""

    degrees: float
    step: float
    """Degrees between one writing and the next."""
    text: str
    """Its usual writing, without a sign where it has minutes."""


def read(text: str) -> Place | None:
    """Return the position a text gives, in EPSG:4326, or None where it gives none.

    Its ``precision_m`` is half a unit of the last digit written, or half a square's diagonal, and at least 100 m.

    Raises
    ------
    InputError
        The text is a pair of coordinates, but a latitude lies beyond 90 or a longitude beyond 180 degrees, minutes or
        seconds reach 60, both are latitudes, or an MGRS reference names no square.

    Examples
    --------
    >>> place = read("33°48'N 42°26'E")
    >>> round(place.lat, 4), round(place.lon, 4), place.precision_m
    (33.8, 42.4333, 927.0)
    """
    if len(text) > LONGEST or not _DIGIT.search(text):
        return None
    plain = _plain(text)
    if found := _MGRS.fullmatch("".join(plain.upper().split())):
        return _square(found[0], len(found["digits"]) // 2)
    pair = _by_compass(plain) or _by_label(plain) or _by_order(plain)
    return _place(*pair, written=text.strip()) if pair else None


def check_position(position: tuple[float, float]) -> None:
    """Refuse a position that is not a longitude and a latitude, in degrees.

    Raises
    ------
    InputError
        Longitude is not in -180..180, or latitude not in -90..90.
    """
    lon, lat = position
    if not (-180.0 <= lon <= 180.0 and -90.0 <= lat <= 90.0):
        raise InputError(f"position {position} is not lon, lat in degrees; lon lies in -180..180, lat in -90..90")


def _plain(text: str) -> str:
    """Return a text in small letters with one kind of digits, signs and quotes, without brackets."""
    digits = "".join(str(unicodedata.decimal(letter, letter)) for letter in text.translate(_SAME).lower())
    marked = _SPELLED_OUT.sub(r"\1°\2'\3", digits)
    return marked.strip().removeprefix("geo:").strip("()[]@ \t")


def _by_compass(text: str) -> tuple[_Angle, _Angle] | None:
    """Return latitude and longitude of two angles with points of the compass, before or behind, in either order."""
    for letter, words in _POINTS:
        text = words.sub(letter, text)
    if found := _BEFORE.fullmatch(text):
        letters, parts = found.group(1, 3), found.group(2, 4)
    elif found := _BEHIND.fullmatch(text):
        letters, parts = found.group(2, 4), found.group(1, 3)
    else:
        return None
    one, other = (_angle(part.strip(" ,;/")) for part in parts)
    if one is None or other is None or min(one.degrees, other.degrees) < 0:
        return None
    if (letters[0] in "NS") is (letters[1] in "NS"):
        raise InputError(f"{text!r} goes {' and '.join(letters)}; give one of N and S, and one of E and W")
    one, other = _towards(one, letters[0]), _towards(other, letters[1])
    return (one, other) if letters[0] in "NS" else (other, one)


def _by_label(text: str) -> tuple[_Angle, _Angle] | None:
    """Return latitude and longitude of two angles that are called so."""
    found = _LABELS.fullmatch(text)
    if found is None or (found[1] == "lat") is (found[3] == "lat"):
        return None
    one, other = _angle(found[2].strip()), _angle(found[4].strip())
    if one is None or other is None:
        return None
    return (one, other) if found[1] == "lat" else (other, one)


def _by_order(text: str) -> tuple[_Angle, _Angle] | None:
    """Return latitude and longitude of two angles without words, latitude first."""
    found = next((found for pattern in _ORDERS if (found := pattern.fullmatch(text))), None)
    lat, lon = (_angle(part.strip()) for part in found.groups()) if found else (None, None)
    return (lat, lon) if lat and lon else None


def _angle(text: str) -> _Angle | None:
    """Return an angle of degrees, minutes and seconds, the last with decimals or a decimal comma."""
    found = _RUN_TOGETHER.fullmatch(text) or _ANGLE.fullmatch(text.replace(",", "."))
    if found is None:
        return None
    parts = found.groupdict()
    told = [part for name in ("d", "d2", "m", "m2", "s") if (part := parts.get(name))]
    if any("." in part for part in told[:-1]):
        return None
    values = [float(part) for part in told]
    if any(value >= 60 for value in values[1:]):
        raise InputError(f"{text!r} has 60 minutes or seconds or more; check the writing")
    degrees = sum(value / 60**power for power, value in enumerate(values))
    decimals = len(told[-1].partition(".")[2])
    step = 10.0**-decimals / 60 ** (len(told) - 1)
    sign = -1.0 if parts["sign"] == "-" else 1.0
    usual = "".join(part + mark for part, mark in zip(told, "°′″", strict=False)) if len(told) > 1 else ""
    return _Angle(sign * degrees, step, usual or f"{sign * degrees:.{decimals}f}")


def _towards(angle: _Angle, letter: str) -> _Angle:
    """Return an angle north or east of zero."""
    if letter in "NE":
        return angle
    text = angle.text if "°" in angle.text else f"-{angle.text}"
    return replace(angle, degrees=-angle.degrees, text=text)


def _place(lat: _Angle, lon: _Angle, *, written: str) -> Place:
    if not (abs(lat.degrees) <= 90 and abs(lon.degrees) <= 180):
        swapped = abs(lon.degrees) <= 90 and abs(lat.degrees) <= 180
        beyond = f"latitude {lat.text} lies beyond 90" if abs(lat.degrees) > 90 else f"longitude {lon.text} beyond 180"
        hint = "; latitude comes first, is it the other way round?" if swapped else "; check the writing"
        raise InputError(f"{written!r} is no position: {beyond} degrees{hint}")
    names = (_named(lat, "SN"), _named(lon, "WE"))
    precision = round(max(LEAST_PRECISION_M, max(lat.step, lon.step) / 2 * DEGREE_M))
    return _given(",".join(names), ", ".join(names), lat.degrees, lon.degrees, precision)


def _named(angle: _Angle, letters: str) -> str:
    return f"{angle.text}{letters[angle.degrees >= 0]}" if "°" in angle.text else angle.text


def _square(reference: str, digits: int) -> Place:
    """Return the middle of a square of the Military Grid Reference System (NGA.STND.0037)."""
    from mgrs import MGRS
    from mgrs.core import MGRSError

    head, tail = reference[: -2 * digits], reference[-2 * digits :]
    middle = f"{tail[:digits]}5{tail[digits:]}5" if digits < 5 else tail
    try:
        lat, lon = MGRS().toLatLon(head + middle)
    except MGRSError as error:
        raise InputError(f"{reference!r} names no square of the military grid; check zone and letters") from error
    diagonal = math.sqrt(2) * 10.0 ** (5 - digits)
    return _given(reference, reference, lat, lon, round(max(LEAST_PRECISION_M, diagonal / 2)))


def _given(identity: str, name: str, lat: float, lon: float, precision_m: float) -> Place:
    return Place(
        id=f"coordinates:{identity}", name=name, lon=round(lon, 6), lat=round(lat, 6),
        precision_m=float(precision_m), source="given",
    )  # fmt: skip
