"""Text from outside in Markdown: it reads as it was written, and formats, links and runs nothing.

The rules are those of CommonMark 0.31 and of what GitHub, pandoc and others add to it.
"""

from __future__ import annotations

import re

from geomap.maps.texts import safe_url

__all__ = ["escaped", "linked"]

# every one of these begins something in one dialect or another
_MARKS = re.compile(r"([\\`*_\[\]|~^$#@])")
_AT_START = re.compile(r"^(?:(\d+)([.)])|([-+=:>]))(?=\s|$|[-+=:>])")
_ENTITY = re.compile(r"&(?=#?\w+;)")
_BARE_ADDRESS = re.compile(r"(?<=\w):(?=//)|(?<=\bwww)\.", re.IGNORECASE)
_NOT_IN_LINK = re.compile(r"[<>\s\\]")
_NO_TEXT = re.compile("[^\\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\u202a-\u202e\u2066-\u2069\x7f-\x9f]")


def escaped(text: str) -> str:
    """Return a text as one line of Markdown; controls, also those of writing direction, are left out."""
    line = " ".join(_NO_TEXT.sub("", re.sub(r"\s", " ", text)).split())
    line = _MARKS.sub(r"\\\1", line)
    # entities, since not every dialect takes a backslash before what begins HTML
    line = _ENTITY.sub("&amp;", line).replace("<", "&lt;").replace(">", "&gt;")
    line = _BARE_ADDRESS.sub(lambda found: f"\\{found[0]}", line)
    return _AT_START.sub(lambda found: f"{found[1] or ''}\\{found[2] or found[3]}", line)


def linked(url: str) -> str:
    """Return an address as a link where it is one of the web, and as text where it is anything else."""
    safe = safe_url(url)
    if safe is None:
        return escaped(url)
    coded = _NOT_IN_LINK.sub(lambda found: f"%{ord(found[0]):02X}", safe)
    return f"<{coded}>"
