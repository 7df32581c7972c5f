"""Texts of reports in tables that spreadsheets open: never run as a formula, and the same when they are read back."""

from __future__ import annotations

import re

__all__ = ["neutral", "original"]

# OWASP, "CSV Injection". Those of full width are the same to spreadsheets in East Asian languages. A text that has the
# mark by itself gets a second, so that taking one off is always right.
_STARTS = r"(?='*[=+\-@\t\r\n＝＋－＠])"
_AT_START = re.compile(f"^{_STARTS}")
_MARKED = re.compile(f"^'{_STARTS}")


def neutral(text: str) -> str:
    """Return a text for a CSV file that no spreadsheet runs: an apostrophe stands before what would be a formula."""
    return _AT_START.sub("'", text)


def original(text: str) -> str:
    """Return what :func:`neutral` was given; other texts stay, also those that begin with an apostrophe."""
    return _MARKED.sub("", text)
