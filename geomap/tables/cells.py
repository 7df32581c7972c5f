"""The cells of a table as text and numbers, however a person or a program wrote them."""

from __future__ import annotations

import math
import re

__all__ = ["is_doubtful", "is_missing", "listed", "number_of", "text_of", "verbatim"]

_SPACES = re.compile(r"[\s\u00a0\u202f']")
_THOUSANDS = re.compile(r"[-+]?\d{1,3}(,\d{3})+")
_DECIMAL_COMMA = re.compile(r"[-+]?\d+,\d+")
_POINTS_THEN_COMMA = re.compile(r"[-+]?\d{1,3}(\.\d{3})+,\d+")


def is_missing(value: object) -> bool:
    """Whether a cell is empty: None, NaN, NaT or pandas' NA, which all differ from themselves or compare to nothing."""
    if value is None or type(value).__name__ in {"NAType", "NaTType"}:
        return True
    return isinstance(value, float) and math.isnan(value)


def verbatim(value: object) -> str:
    """Return a cell as text, exactly as it stands; empty where there is none."""
    return "" if is_missing(value) else str(value)


def text_of(value: object) -> str:
    """Return a cell as text: empty for what data frames hold where nothing is, days without a midnight."""
    if isinstance(value, str):
        return value.strip().removesuffix(" 00:00:00")
    if is_missing(value):
        return ""
    if isinstance(value, list | tuple | set):
        return "; ".join(map(text_of, value))
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value).strip().removesuffix(" 00:00:00")


def listed(text: str) -> list[str]:
    """Return the parts of a cell that lists several, separated by ``;``."""
    return [part.strip() for part in text.split(";") if part.strip()]


def number_of(value: object, *, small: bool = False) -> float | None:
    """Return a cell as a finite number; None where it is none.

    Spaces and apostrophes between the digits, decimal commas (``36,5``) and commas between thousands (``1,200``) are
    read. ``1,200`` may be 1.2 where commas are decimal: `is_doubtful` tells, and a number that is known to be `small`,
    below a thousand, is 1.2.
    """
    text = _SPACES.sub("", text_of(value))
    if _POINTS_THEN_COMMA.fullmatch(text):
        text = text.replace(".", "").replace(",", ".")
    elif _THOUSANDS.fullmatch(text) and not (small and text.count(",") == 1):
        text = text.replace(",", "")
    elif _DECIMAL_COMMA.fullmatch(text):
        text = text.replace(",", ".")
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def is_doubtful(value: object) -> bool:
    """Whether a number is written with one comma before three digits, so that it may be a decimal one."""
    text = _SPACES.sub("", text_of(value))
    return text.count(",") == 1 and _THOUSANDS.fullmatch(text) is not None
