"""Answers of endpoints, kept so that no text is sent twice; the texts themselves are not kept."""

from __future__ import annotations

import hashlib
import time
from typing import TYPE_CHECKING

from geomap.home import AnswerStore, home

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

__all__ = ["Cache"]

KEPT_S = 180 * 86_400
"""How long an answer is good for, in seconds."""
_SCHEMA = "CREATE TABLE IF NOT EXISTS answer (question TEXT PRIMARY KEY, at REAL NOT NULL, answer BLOB NOT NULL)"


class Cache:
    """Answers by what was asked, in a file of the user's own folder.

    Parameters
    ----------
    path
        The file; by default in the user's own folder.
    clock
        Tells the seconds since 1970.
    """

    def __init__(self, path: Path | None = None, *, clock: Callable[[], float] = time.time) -> None:
        self._store = AnswerStore(path or home() / "readings.sqlite", _SCHEMA)
        self._clock = clock

    def get(self, url: str, body: bytes) -> bytes | None:
        """Return what an endpoint answered to a body, or None where it was not asked or long ago."""
        rows = self._store.run("SELECT at, answer FROM answer WHERE question = ?", (_key(url, body),))
        return rows[0][1] if rows and 0 <= self._clock() - rows[0][0] <= KEPT_S else None

    def put(self, url: str, body: bytes, answer: bytes) -> None:
        """Keep what an endpoint answered."""
        self._store.run("INSERT OR REPLACE INTO answer VALUES (?,?,?)", (_key(url, body), self._clock(), answer))


def _key(url: str, body: bytes) -> str:
    return hashlib.sha256(url.encode() + b"\0" + body).hexdigest()
