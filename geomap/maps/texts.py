"""Text and addresses from outside, made fit for a page."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import urlsplit, urlunsplit

__all__ = ["LONGEST_URL", "fit", "is_fit", "safe_url"]

LONGEST_URL = 2000
"""Longer addresses are cut by browsers and mail programs, and hold data rather than a place."""

_UNREADABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_BIDI = re.compile(r"[\u202a-\u202e\u2066-\u2069]")
# The explicit controls of the Unicode Bidirectional Algorithm (UAX #9, section 2) and what ends each.
_POP, _POP_ISOLATE = "\u202c", "\u2069"
_ENDED_BY = dict.fromkeys("\u202a\u202b\u202d\u202e", _POP) | dict.fromkeys("\u2066\u2067\u2068", _POP_ISOLATE)
_NOTHING = "\u200b"  # takes the place of what is left out, so that offsets into the text still hold
_ENDS_PARAGRAPH = "\n\r\u2029"


def is_fit(text: str, most: int) -> bool:
    """Whether `fit` would return the text as it is; quick, and now and then False without need."""
    return len(text) <= most and text.isprintable()


def fit(text: str, most: int) -> str:
    """Return the text without what a page cannot hold; all characters that stay keep their offsets.

    Control characters become spaces and halves of surrogate pairs U+FFFD. Controls of writing direction that are not
    ended in the text are ended at its end, and ends without a beginning left out, so that nothing around the text is
    turned round; what is written stays.

    Parameters
    ----------
    text
        Any text.
    most
        Characters it may have; a longer one is cut, the last character being "…".
    """
    if is_fit(text, most):
        return text
    if len(text) > most:
        text = f"{text[: most - 1]}…"
    text = _UNREADABLE.sub(lambda found: "\ufffd" if found[0] >= "\ud800" else " ", text)
    return _balanced(text) if _BIDI.search(text) else text


def _balanced(text: str) -> str:
    """Return the text with every control of direction ended in the paragraph it stands in."""
    written: list[str] = []
    awaited: list[str] = []
    for character in text:
        kept = character
        if character in _ENDS_PARAGRAPH:
            awaited.clear()  # ends all of them by itself
        elif character in _ENDED_BY:
            awaited.append(_ENDED_BY[character])
        elif character == _POP:
            kept = awaited.pop() if awaited and awaited[-1] == _POP else _NOTHING
        elif character == _POP_ISOLATE:
            kept = _closed_isolate(awaited)
        written.append(kept)
    return "".join([*written, *reversed(awaited)])


def _closed_isolate(awaited: list[str]) -> str:
    """Take the innermost isolate, with the embeddings in it, off what waits for its end."""
    if _POP_ISOLATE not in awaited:
        return _NOTHING
    while awaited.pop() != _POP_ISOLATE:
        pass
    return _POP_ISOLATE


@lru_cache(maxsize=1 << 16)
def safe_url(url: str | None) -> str | None:
    """Return the address if it is http or https with a host and of a usual length, else None.

    Spaces in it are coded, and a name and password before the host are left out: they deceive or are secret.
    """
    if not url or len(url) > 2 * LONGEST_URL:
        return None
    text = url.strip()
    if "\\" in text or _UNREADABLE.search(text) or _BIDI.search(text) or re.search(r"[^\S ]", text):
        return None
    try:
        parts = urlsplit(text)
        host, _ = parts.hostname, parts.port  # a port that is none raises
    except ValueError:
        return None
    if parts.scheme.lower() not in {"http", "https"} or not host:
        return None
    place = parts.netloc.rpartition("@")[2]
    if place != parts.netloc:
        text = urlunsplit(parts._replace(netloc=place))
    text = text.replace(" ", "%20")
    return text if len(text) <= LONGEST_URL else None
