"""The word lists behind the reader, as typed records; the words themselves are in ``lexicon.toml``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

from geomap.models import MovementKind

__all__ = ["Entry", "Frame", "Lexicon", "general_words", "load_lexicon", "names_nothing"]


class Frame(StrEnum):
    """How the words around a trigger fill the slots of a movement."""

    GO = "go"
    TAKE = "take"
    EXPEL = "expel"
    FALL = "fall"
    LOSE = "lose"
    SHRINK = "shrink"


@dataclass(frozen=True, slots=True)
class Entry:
    """One way to speak of a movement: the words after the first lemma, and what they mean."""

    rest: tuple[str, ...]
    frame: Frame
    kind: MovementKind
    object_slot: str | None
    """Slot of a place that is the direct object: origin, destination or via."""
    needs_force: bool
    """The verb is said of anything that moves, so the mover must be forces in so many words."""
    implied: str | None = None
    """Slot that the place in view fills where the words name none: "the army withdrew"."""
    change: bool = False
    """The verb tells a state; only with "now", "managed to" and the like it tells that it came about."""
    moves_others: bool = True
    """Forces that are the object go ("sent troops", "poured troops into A"); "reached the convoy": only the subject."""
    launch: bool = False
    """The noun is one of movement only where somebody launches or announces it."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All word lists."""

    verbs: dict[str, tuple[Entry, ...]]
    """First lemma to its entries, longest first."""
    nouns: dict[str, Entry]
    prepositions: dict[str, frozenset[str]]
    status: dict[str, frozenset[str]]
    forces: dict[str, frozenset[str]]
    amounts: dict[str, frozenset[str]]
    places: dict[str, frozenset[str]]
    words: dict[str, frozenset[str]]
    names: dict[str, frozenset[str]]
    referring: dict[str, tuple[str, ...]]
    """Nouns that take up a place named before, and the features it may have."""
    incidents: dict[str, frozenset[str]]
    holdings: dict[str, frozenset[str]]
    lines: dict[str, tuple[str, ...]]
    """Lines that wars have made, with the codes of the two countries where one is their border."""
    saying: frozenset[str]
    speakers: dict[str, frozenset[str]]


@cache
def load_lexicon() -> Lexicon:
    """Return the shipped lexicon."""
    raw = tomllib.loads(files("geomap.reports").joinpath("lexicon.toml").read_text(encoding="utf-8"))
    verbs: dict[str, list[Entry]] = {}
    for group in raw["verb"]:
        for phrase in group["lemmas"]:
            first, *rest = phrase.split()
            verbs.setdefault(first, []).append(_entry(group, tuple(rest)))
    nouns = {lemma: _entry(group, ()) for group in raw["noun"] for lemma in group["lemmas"]}

    def sets(name: str) -> dict[str, frozenset[str]]:
        return {key: frozenset(words) for key, words in raw[name].items()}

    return Lexicon(
        verbs={
            first: tuple(sorted(found, key=lambda e: (-len(e.rest), e.frame not in {Frame.EXPEL, Frame.FALL})))
            for first, found in verbs.items()
        },
        nouns=nouns,
        prepositions=sets("prepositions"),
        status=sets("status"),
        forces=sets("forces"),
        amounts=sets("amounts"),
        places=sets("places"),
        words=sets("words"),
        names=sets("names"),
        referring={noun: tuple(kinds) for noun, kinds in raw["referring"].items()},
        incidents=sets("incidents"),
        holdings=sets("holdings"),
        lines={line: tuple(codes) for line, codes in raw["lines"].items()},
        saying=frozenset(raw["saying"]["lemmas"]),
        speakers=sets("speakers"),
    )


@cache
def general_words() -> frozenset[str]:
    """Return words that stand in names of all sorts and name nothing by themselves."""
    names = load_lexicon().names
    sorts = ("public", "sites", "companies", "streets", "titles", "compass")
    return load_lexicon().places["generic"].union(*(names[sort] for sort in sorts))


def names_nothing(name: str) -> bool:
    """Return whether words name no place by themselves: "Jabal", "Wadi"; "the White House", "Arab"."""
    names = load_lexicon().names
    return name.lower() in names["bare"] or name.lower() in names["elsewise"]


def _entry(group: dict[str, str | bool], rest: tuple[str, ...]) -> Entry:
    slot, implied = group.get("object"), group.get("implied")
    return Entry(
        rest=rest,
        frame=Frame(str(group["frame"])),
        kind=MovementKind(str(group["kind"])),
        object_slot=str(slot) if slot else None,
        needs_force=bool(group.get("force", False)),
        implied=str(implied) if implied else None,
        change=bool(group.get("change", False)),
        moves_others=bool(group.get("moves", True)) or bool(rest),
        launch=bool(group.get("launch", False)),
    )
