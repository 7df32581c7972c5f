"""What services have answered, kept so that nothing is asked twice."""

from __future__ import annotations

import json
import logging
import time
from typing import TYPE_CHECKING

from geomap.gazetteer.online.places import Answer
from geomap.home import AnswerStore, home

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

__all__ = ["Cache"]

logger = logging.getLogger(__name__)

DAY_S = 86_400
FOUND_S = 180 * DAY_S
"""How long an answer is good for, in seconds."""
NOTHING_S = 7 * DAY_S
"""The same for "no such place": people add places every day."""

_SCHEMA = """
CREATE TABLE IF NOT EXISTS answer (
    service TEXT, query TEXT, language TEXT, context TEXT, at REAL NOT NULL, found TEXT NOT NULL,
    PRIMARY KEY (service, query, language, context)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS asked (service TEXT PRIMARY KEY, at REAL NOT NULL) WITHOUT ROWID;
"""


class Cache:
    """Answers by service, name, language and context, in a file of the user's own folder.

    Parameters
    ----------
    path
        The file; by default in the user's own folder.
    clock
        Tells the seconds since 1970.
    """

    def __init__(self, path: Path | None = None, *, clock: Callable[[], float] = time.time) -> None:
        self._store = AnswerStore(path or home() / "online.sqlite", _SCHEMA)
        self._clock = clock

    def get(self, service: str, query: str, language: str, context: str) -> tuple[Answer, ...] | None:
        """Return what a service answered, none where it knew nothing; None where it was not asked or long ago."""
        rows = self._store.run(
            "SELECT at, found FROM answer WHERE service = ? AND query = ? AND language = ? AND context = ?",
            (service, query, language, context),
        )
        if not rows:
            return None
        at, found = rows[0]
        try:
            answers = tuple(Answer(**item) for item in json.loads(found))
        except (ValueError, TypeError) as error:
            logger.warning("%s: an answer kept there is damaged (%s) and is asked for again", self._store.path, error)
            return None
        age = self._clock() - at
        return answers if 0 <= age <= (FOUND_S if answers else NOTHING_S) else None

    def put(self, service: str, query: str, language: str, context: str, answers: Sequence[Answer]) -> None:
        """Keep what a service answered."""
        found = json.dumps([answer.plain() for answer in answers], ensure_ascii=False)
        row = (service, query, language, context, self._clock(), found)
        self._store.run("INSERT OR REPLACE INTO answer VALUES (?,?,?,?,?,?)", row)

    def last_asked(self, service: str) -> float | None:
        """Return when a service was asked last by anyone with this folder, in seconds since 1970, or None."""
        rows = self._store.run("SELECT at FROM asked WHERE service = ?", (service,))
        return float(rows[0][0]) if rows else None

    def note_asked(self, service: str) -> None:
        """Keep that a service is being asked now."""
        self._store.run("INSERT OR REPLACE INTO asked VALUES (?,?)", (service, self._clock()))
