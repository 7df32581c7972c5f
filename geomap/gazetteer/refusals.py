"""Texts that are no names: told before anything is looked up, where keys would make a name of what is left of them."""

from __future__ import annotations

import re

from geomap.errors import InputError

__all__ = ["why_no_name"]

LONGEST = 250
"""Characters of the longest text taken for a name; Bangkok's ceremonial name has 168 letters, a qualifier adds some."""
_NEVER = re.compile(r"[%={}<>|\\$^@]|://")
"""Signs of code, addresses and markup, which no name is written with."""
_SELDOM = re.compile(r"[][*+#~_]")
"""Signs that cling to names (``#Kobani``, ``Kobani[1]``, ``al_Bab``), though seldom many."""
_MOST_SELDOM = 2


def why_no_name(text: str) -> str | None:
    """Return in words why a text cannot be the name of a place, or None where it may be one.

    Raises
    ------
    InputError
        It is no text at all.
    """
    if not isinstance(text, str):
        raise InputError(f"{text!r} is no text; give the name of a place")
    if len(text) > LONGEST:
        return f"{len(text):,} characters are too many for a name"
    strange = _NEVER.findall(text) or _SELDOM.findall(text)[_MOST_SELDOM:]
    return f"no name is written with {strange[0]}" if strange else None
