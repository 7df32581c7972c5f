"""Bytes to text: Unicode with or without a mark, the old code pages of many scripts, and what is no text at all."""

from __future__ import annotations

import codecs
import re

from geomap.errors import InputError

__all__ = ["decode", "without_surrogates"]

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CODE_PAGES = [
    *("cp1252", "cp1256", "cp1251", "cp1250", "cp1253", "cp1254", "cp1255", "cp1257"),
    *("koi8_r", "koi8_u", "iso8859_5", "iso8859_6", "gb18030", "big5", "shift_jis", "euc_jp", "euc_kr"),
]
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\r\f\x1b"))
_SURROGATES = re.compile("[\ud800-\udfff]")
_SAMPLE = 100_000
"""Bytes looked at to find the encoding."""


def decode(data: bytes) -> tuple[str, str]:
    """Return the text and the name of its encoding; every line end becomes a line feed, as `Path.read_text` does.

    Without a byte order mark strict UTF-8 is tried first, then UTF-16; another encoding is a guess from the letters.

    Raises
    ------
    InputError
        The bytes are no text in any known encoding.
    """
    text, encoding = _decode(data)
    return text.replace("\r\n", "\n").replace("\r", "\n"), encoding


def without_surrogates(text: str) -> str:
    """Return a text without the halves of characters that JSON can hold; each becomes U+FFFD, so that offsets stay."""
    return _SURROGATES.sub("\ufffd", text)


def _decode(data: bytes) -> tuple[str, str]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, errors="replace"), encoding
    if b"\0" in data[:_SAMPLE]:
        return _utf16(data)
    if _share_of_controls(data[:_SAMPLE]) > 0.01:
        raise InputError("not text: it holds bytes no text has; convert it to one of the formats read")
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        return _repaired(data, error) or _guessed(data)


def _share_of_controls(data: bytes) -> float:
    return (len(data) - len(data.translate(None, _CONTROLS))) / max(1, len(data))


def _utf16(data: bytes) -> tuple[str, str]:
    """Return UTF-16 without a mark: only in the right byte order it has spaces and no odd characters."""
    for encoding in ("utf-16-le", "utf-16-be"):
        sample = data[: _SAMPLE // 2 * 2].decode(encoding, errors="replace")
        spaces = sum(char in " \n\r\t" for char in sample)
        odd = sum(not (char.isprintable() or char in "\n\r\t") or char == "\ufffd" for char in sample)
        if spaces * 50 >= len(sample) and odd * 50 <= len(sample):
            return data.decode(encoding, errors="replace"), encoding
    raise InputError("not text: it holds zero bytes and is no UTF-16; convert it to one of the formats read")


def _repaired(data: bytes, error: UnicodeDecodeError) -> tuple[str, str] | None:
    """Return UTF-8 that is damaged in few places, such as a file cut within a character, or None."""
    if not any(byte >= 0x80 for byte in data[: error.start]):
        return None
    text = data.decode("utf-8", errors="replace")
    beyond_ascii = sum(char > "\x7f" for char in text)
    return (text, "utf-8 with errors") if text.count("\ufffd") * 20 <= beyond_ascii else None


def _guessed(data: bytes) -> tuple[str, str]:
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_SAMPLE], cp_isolation=_CODE_PAGES, enable_fallback=False).best()
    if best is None:
        raise InputError("its encoding is not known; save it as UTF-8")
    return data.decode(best.encoding, errors="replace"), best.encoding
