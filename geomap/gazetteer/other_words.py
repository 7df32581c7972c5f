"""Words that are no names of places: days, weapons, ranks, and forces, which must not be respelled into one."""

from __future__ import annotations

import csv
import tomllib
from functools import cache
from importlib.resources import files

from geomap.datasets import data_path
from geomap.gazetteer.names import key

__all__ = ["why_not_respelled"]


def why_not_respelled(name: str) -> str | None:
    """Return in words why an unknown name is no wrong spelling of another, or None where it may be one.

    It is made of words that are no names, stands for a force or a power, or has a number in it ("Leopard 2"), which
    names of weapons, roads and units have: where a number stands, a like spelling is chance.
    """
    spelling = key(name)
    words = spelling.split()
    if any(word.isdecimal() for word in words):
        return "a name with a number in it is not taken for another"
    if words and all(word in _words() for word in words):
        return "the word is no name of a place"
    return "the name is that of a force" if spelling in _forces() else None


@cache
def _words() -> frozenset[str]:
    tables = tomllib.loads(files("geomap.gazetteer").joinpath("other_words.toml").read_text(encoding="utf-8"))
    return frozenset(key(word) for words in tables.values() for word in words)


@cache
def _forces() -> frozenset[str]:
    """Return the names of forces and all that they are called, as keyed."""
    with data_path("actors.csv").open(encoding="utf-8", newline="") as lines:
        rows = [
            (r["name"], r["forces"], *r["aliases"].split(";"), *r["words"].split(";")) for r in csv.DictReader(lines)
        ]
    return frozenset(key(name) for row in rows for name in row if name)
