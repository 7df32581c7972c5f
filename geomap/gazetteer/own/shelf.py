"""The user's layers of places: a file each, in the user's own folder, added whole or not at all."""

from __future__ import annotations

import json
import os
import re
import shutil
import sqlite3
from contextlib import closing
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from geomap.datasets import Source
from geomap.errors import DataError, InputError, OutputError
from geomap.files import replacing
from geomap.gazetteer.store import write
from geomap.home import home, locked

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from geomap.gazetteer.store import Entry

__all__ = ["Layer", "LayerKind", "add_layer", "common_ids", "layer_at", "layer_files", "remove_layer", "shared_ids"]

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,62}")


class LayerKind(StrEnum):
    """Where the places of a layer come from, which says what goes before what."""

    PLACES = "places"
    """A person's own table: it goes before the shipped places."""
    GEONAMES = "geonames"
    """A download: it adds what the shipped store has not."""


@dataclass(frozen=True, slots=True)
class Layer:
    """A layer: its data set, how many places it has, and when it was added."""

    kind: LayerKind
    source: Source
    """Its key is the layer's name."""
    count: int
    added: str
    """Day and time in UTC, ISO 8601."""

    @property
    def name(self) -> str:
        """The name it is removed by."""
        return self.source.key


def _folder() -> Path:
    return home() / "places"


def layer_files() -> tuple[Path, ...]:
    """Return the files of the user's layers by name."""
    return tuple(sorted(path for path in _folder().glob("*.sqlite") if _NAME.fullmatch(path.stem)))


def add_layer(layer: Layer, entries: Iterable[Entry]) -> Path:
    """Write a layer, in place of an earlier one of that name, and return its file.

    Raises
    ------
    InputError
        The name is none, or two places have one id.
    OutputError
        The user's folder cannot be written to, or another process is changing it; what stood there is untouched.
    """
    if not _NAME.fullmatch(layer.name):
        raise InputError(f"{layer.name!r} is no name for a layer; use lower-case letters, digits and hyphens")
    path = _folder() / f"{layer.name}.sqlite"
    with locked(path.parent):
        _clear(path.parent)
        with replacing(path) as draft:
            write(draft, entries)
            with closing(sqlite3.connect(draft)) as store, store:
                store.execute("INSERT INTO meta VALUES ('layer', ?)", (json.dumps(asdict(layer)),))
            with draft.open("rb") as opened:
                os.fsync(opened.fileno())
    return path


def remove_layer(name: str) -> None:
    """Remove a layer, whole or damaged.

    Raises
    ------
    InputError
        There is no layer of that name.
    OutputError
        It cannot be removed.
    """
    paths = {path.stem: path for path in layer_files()}
    if name not in paths:
        raise InputError(f"there is no layer {name!r}; there is {', '.join(paths) or 'none'}")
    with locked(paths[name].parent):
        try:
            paths[name].unlink()
        except OSError as error:
            raise OutputError(f"cannot remove {paths[name]} ({error.strerror or error})") from error


def layer_at(path: Path) -> Layer:
    """Return what a layer's file says of itself.

    Raises
    ------
    DataError
        The file is damaged, or no layer.
    """
    try:
        ((text,),) = _rows(path, "SELECT value FROM meta WHERE name = 'layer'")
        content = json.loads(text)
        source = Source(**{**content["source"], "used_for": tuple(content["source"]["used_for"])})
        return Layer(LayerKind(content["kind"]), source, content["count"], content["added"])
    except (ValueError, TypeError, KeyError) as error:
        raise DataError(f"{path} is no layer of places, or a damaged one ({error})") from error


def shared_ids(path: Path) -> frozenset[str]:
    """Return the ids of a layer's places that are not of its own making, and so may be those of places elsewhere.

    Raises
    ------
    DataError
        The file is damaged.
    """
    rows = _rows(path, "SELECT key, code FROM place WHERE code IS NULL OR code NOT LIKE 'user:%'")
    return frozenset(code or f"geonames:{number}" for number, code in rows)


def common_ids(path: Path, other: Path) -> frozenset[str]:
    """Return the GeoNames ids that a layer has in common with another store.

    Raises
    ------
    DataError
        One of the files is damaged.
    """
    query = (
        "SELECT own.key FROM main.place AS own JOIN other.place AS theirs ON theirs.key = own.key "
        "WHERE own.code IS NULL AND theirs.code IS NULL"
    )
    return frozenset(f"geonames:{number}" for (number,) in _rows(path, query, other))


def _rows(path: Path, query: str, other: Path | None = None) -> list[tuple[Any, ...]]:
    try:
        with closing(sqlite3.connect(_address(path), uri=True)) as store:
            if other:
                store.execute("ATTACH ? AS other", (_address(other),))
            return store.execute(query).fetchall()
    except sqlite3.Error as error:
        raise DataError(f"{path} is no layer of places, or a damaged one ({error})") from error


def _address(path: Path) -> str:
    """Return the address under which SQLite opens a file to be read only, and looks for no one who writes."""
    return f"{path.resolve().as_uri()}?mode=ro&immutable=1"


def _clear(folder: Path) -> None:
    """Take away what an interrupted run left; the lock is held, so nobody is writing there."""
    for left in folder.glob(".geomap-*"):
        shutil.rmtree(left, ignore_errors=True)
