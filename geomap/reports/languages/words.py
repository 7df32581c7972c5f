"""Words that go with place names, by language: ``names/<language>.toml``, for anybody to extend.

An entry is a word, or the beginning of one and a star: up to five letters may follow one star, any number two. Case,
and what :func:`geomap.reports.languages.folding.fold` says, are no matter.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from geomap.reports.languages.folding import fold

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["NameWords", "Stems", "load_words"]

ENDING = 5
"""Letters that may follow an entry with one star."""


class Stems:
    """Words and beginnings of words, each with what it stands for.

    Parameters
    ----------
    entries
        Value by entry.
    """

    def __init__(self, entries: Mapping[str, str]) -> None:
        self._whole = {entry: value for entry, value in entries.items() if not entry.endswith("*")}
        starred = {entry: value for entry, value in entries.items() if entry.endswith("*")}
        self._begun = {
            entry.rstrip("*"): (value, None if entry.endswith("**") else ENDING) for entry, value in starred.items()
        }
        self._shortest = min(map(len, self._begun), default=0)

    def find(self, form: str) -> str | None:
        """Return what the longest entry that a word fits stands for, or None."""
        if form in self._whole:
            return self._whole[form]
        for size in range(len(form), self._shortest - 1, -1):
            value, most = self._begun.get(form[:size], (None, None))
            if value is not None and (most is None or len(form) - size <= most):
                return value
        return None

    def has_bare(self, form: str) -> bool:
        """Return whether a word is an entry without any ending."""
        return form in self._whole or form in self._begun

    def __contains__(self, form: str) -> bool:
        return self.find(form) is not None


@dataclass(frozen=True, slots=True)
class NameWords:
    """What the words around a name say of it, in one language."""

    abbreviations: frozenset[str] = frozenset()
    """Words that a full stop follows within a sentence."""
    places: Stems = field(default_factory=lambda: Stems({}))
    """Prepositions and the like that a place follows: in, from, towards."""
    loose: Stems = field(default_factory=lambda: Stems({}))
    """Such that other things follow as often: on, with, of."""
    kinds: Stems = field(default_factory=lambda: Stems({}))
    """Common nouns that go with a name, each with its English one: town, province."""
    sides: Stems = field(default_factory=lambda: Stems({}))
    """Points of the compass, in English."""
    links: frozenset[str] = frozenset()
    """Words that join the names of a list."""
    inner: frozenset[str] = frozenset()
    """Words without capital inside names."""
    persons: Stems = field(default_factory=lambda: Stems({}))
    """Titles, offices and ranks, which the name of a person follows."""
    given: frozenset[str] = frozenset()
    """First names, which a surname follows."""
    bearers: Stems = field(default_factory=lambda: Stems({}))
    """Units, schools, papers: what bears a place's name and is not the place."""
    forces: Stems = field(default_factory=lambda: Stems({}))
    """What a state has that the bare name of the state before it is an adjective to: "ABD askerleri"."""
    saying: Stems = field(default_factory=lambda: Stems({}))
    """Verbs of saying, asking and deciding: what governments do."""
    common: Stems = field(default_factory=lambda: Stems({}))
    """Words of every day that are names of places somewhere."""
    doubtful: Stems = field(default_factory=lambda: Stems({}))
    """Such that name places of some weight: a preposition before them is enough in a report on their country."""
    demonyms: Stems = field(default_factory=lambda: Stems({}))
    """Adjectives and names of peoples, each with the English one."""
    waters: Stems = field(default_factory=lambda: Stems({}))
    """Words before a name that say a river is meant, where a town or a province has its name too."""
    aliases: Mapping[str, str] = field(default_factory=dict)
    """Names that mean something else in other languages, each with one that the gazetteer has."""


@cache
def load_words(lang: str) -> NameWords:
    """Return the words of a language; none for one that has no file of them."""
    folder = files("geomap.reports.languages").joinpath("names")
    own = folder.joinpath(f"{lang}.toml")
    if not own.is_file():
        return NameWords()
    table = tomllib.loads(own.read_text(encoding="utf-8"))
    peoples = tomllib.loads(folder.joinpath("demonyms.toml").read_text(encoding="utf-8"))

    def listed(name: str) -> list[str]:
        return [fold(entry, lang) for entry in table[name].split()]

    def plain(name: str) -> Stems:
        return Stems({entry: entry for entry in listed(name)})

    def named(rows: Mapping[str, str]) -> Stems:
        return Stems({fold(entry, lang): value for value, entries in rows.items() for entry in entries.split()})

    return NameWords(
        frozenset(listed("abbreviations")),
        plain("places"),
        plain("loose"),
        named(table["kinds"]),
        named(table["sides"]),
        frozenset(listed("links")),
        frozenset(listed("inner")),
        plain("persons"),
        frozenset(listed("given")),
        plain("bearers"),
        plain("forces"),
        plain("saying"),
        plain("common"),
        plain("doubtful"),
        named({english: row.get(lang, "") for english, row in peoples.items()}),
        plain("waters"),
        {fold(name, lang): meant for name, meant in table["aliases"].items()},
    )
