"""The user's own folder, where places that were added and answers of services are kept."""

from __future__ import annotations

import logging
import os
import sqlite3
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geomap.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["AnswerStore", "home", "locked"]

logger = logging.getLogger(__name__)


def home() -> Path:
    """Return the user's own folder: that of the environment variable ``GEOMAP_HOME``, else where this system puts it.

    It need not exist yet.
    """
    if chosen := os.environ.get("GEOMAP_HOME"):
        return Path(chosen).expanduser()
    from platformdirs import user_data_path

    return user_data_path("geomap", appauthor=False)


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Make a folder, and keep every other process from changing it while the block runs.

    Raises
    ------
    OutputError
        The folder cannot be made or written to, or another process is changing it.
    """
    # SQLite's lock works on every system and ends with the process that holds it, however that ends
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = sqlite3.connect(folder / ".lock", timeout=0, isolation_level=None)
    except (OSError, sqlite3.Error) as error:
        raise OutputError(f"cannot write to {folder} ({error}); set GEOMAP_HOME to a folder of yours") from error
    with closing(lock):
        try:
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.Error as error:
            busy = getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_BUSY
            reason = "another geomap is changing it; wait until it is done" if busy else f"{error}; set GEOMAP_HOME"
            raise OutputError(f"cannot write to {folder}: {reason}") from error
        yield


class AnswerStore:
    """What others have answered, kept in a file of the user's own folder, so that nothing is asked twice.

    A file that cannot be read or written is done without, which is logged: it never stops a question.

    Parameters
    ----------
    path
        The file; it need not exist yet.
    schema
        The SQL that makes its tables, where they are not there yet.
    """

    def __init__(self, path: Path, schema: str) -> None:
        self.path = path
        self._schema = schema

    def run(self, query: str, values: Sequence[object]) -> list[tuple[Any, ...]]:
        """Return the rows that one SQL statement gives; none where the file is of no use."""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with closing(sqlite3.connect(self.path, timeout=5)) as store, store:
                store.executescript(self._schema)
                return store.execute(query, values).fetchall()
        except (OSError, sqlite3.Error) as error:
            logger.warning("answers are not kept: %s (%s); delete that file", self.path, error)
            return []
