"""The shipped data files, their sources and licences."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from geomap.errors import DataError

__all__ = ["Source", "data_path", "sources"]

_FOLDER = Path(__file__).parent / "_data"


@dataclass(frozen=True, slots=True)
class Source:
    """A data set that shipped files were made from."""

    key: str
    title: str
    version: str
    sha256: str
    """Digest of the package, archive or table the recipe read."""
    licence: str
    """SPDX expression, or the licence's name."""
    attribution: str
    """The notice the licence asks for."""
    url: str
    used_for: tuple[str, ...]
    """Names of the shipped files."""
    changes: str
    """What the recipe did to the data."""
    package: str = ""
    registry: str = ""
    licence_file: str = ""


def data_path(name: str) -> Path:
    """Return the path of a shipped data file.

    Raises
    ------
    DataError
        The file is not part of this installation.
    """
    path = _FOLDER / name
    if not path.is_file():
        raise DataError(f"shipped data file {name!r} is missing; reinstall geomap, or run 'python data/build.py'")
    return path


@cache
def sources() -> tuple[Source, ...]:
    """Return every data set the shipped files come from, by key.

    Raises
    ------
    DataError
        The table of sources is missing, is no TOML, or lacks a field.
    """
    path = data_path("sources.toml")
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
        found = [Source(key=key, **{**table, "used_for": tuple(table["used_for"])}) for key, table in tables.items()]
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, TypeError, KeyError, AttributeError) as error:
        raise DataError(f"{path} is damaged ({error}); reinstall geomap") from error
    return tuple(sorted(found, key=lambda source: source.key))
