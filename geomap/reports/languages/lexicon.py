"""The words of movement of one language, as typed records; the words themselves are in ``<language>.toml``.

A word list holds patterns. A pattern is one or more words:

``word``
    the word as written;
``word*``
    any word that begins so (``*word`` ends so);
``stem:class``
    the stem with every ending of a class, where ``~`` in an ending shows where the stem goes;
``one|other``
    either word;
``..``
    up to five other words between.

Capital letters in the endings of a class stand for the letters that ``[letters]`` gives them.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from geomap.errors import DataError
from geomap.models import MovementKind
from geomap.reports.languages.patterns import Form, Grammar, Matcher
from geomap.reports.lexicon import Entry, Frame

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["LANGUAGES", "Lexicon", "Order", "TimeWords", "load_lexicon"]

LANGUAGES = ("ar", "es", "fr", "ru", "tr", "uk")
"""ISO 639-1 codes of the languages that have a lexicon."""


@dataclass(frozen=True, slots=True)
class Order:
    """How the words of a sentence stand to each other."""

    verb_last: bool
    """What belongs to a verb stands before it: Turkish."""
    marks_after: bool
    """What a place is to its verb is told after its name, by an ending or a word."""
    subject_after: bool
    """The one who acts usually follows the verb: Arabic."""
    subject_dropped: bool
    """A verb may stand without "they": its form tells."""
    in_is_into: bool
    """The word for "in" says where to as well: "withdrew in A"."""


@dataclass(frozen=True, slots=True)
class TimeWords:
    """Words that make a date."""

    weekdays: Matcher[int]
    """Monday is 0."""
    months: Matcher[int]
    """January is 1."""
    days: Matcher[tuple[int, int]]
    """Words for days, as first and last day counted from the day of publication: "yesterday" is (-1, -1)."""
    told_days: Matcher[tuple[int, int]]
    """The same, counted from the day told of before: "the day before"."""
    units: Matcher[str]
    """day, week, month, year, hour."""
    words: Mapping[str, Matcher[None]]
    """ago, last, past, next, this, since, until, weekend, glue, year."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All word lists of one language."""

    lang: str
    order: Order
    triggers: Matcher[Entry]
    nouns: Matcher[Entry]
    """Those of them that are nouns."""
    prepositions: Matcher[str]
    """Words that tell what a place is to its verb: origin, destination, via, standing, of."""
    cases: Matcher[str]
    """The same, told by the ending of a word."""
    pronouns: Matcher[str]
    """Words that mean a place named before, with what it is to its verb: "thence", "thither"."""
    referring: Matcher[None]
    """Nouns that mean a place named before: "the town"."""
    generic: Matcher[None]
    """Nouns of places that stand between such a word and a name: "the town of"."""
    compass: Matcher[None]
    """Points of the compass and units of length, which tell where a place lies to another."""
    articles: Matcher[None]
    forces: Mapping[str, Matcher[None]]
    """people, vehicles, military, units, not_forces, relief, backed, agent, against, object, pronouns, army, home."""
    status: Mapping[str, Matcher[None]]
    """negation, planned, ordered, ongoing, completed, denied, speculation, future, passive."""
    incidents: Mapping[str, Matcher[None]]
    """strike, shelling, clash."""
    clauses: Mapping[str, Matcher[None]]
    """split, that, saying, according, other."""
    look_alikes: Matcher[None]
    """Words in whose company a word of movement means something else: a bill, a match, a price."""
    time: TimeWords
    numbers: Matcher[float]
    shares: Matcher[None]
    """Words after a number that make it no count: per cent, years."""
    vague: Matcher[None]
    """Quantities that give no number: dozens, several."""
    bounds: Matcher[None]
    """Words before a number: about, more than."""
    modes: Mapping[str, Matcher[None]]
    """air, sea, rail, foot, road."""
    name_endings: tuple[str, ...]
    """Endings of the names of forces and states, any of which may stand for another."""


@cache
def load_lexicon(lang: str) -> Lexicon:
    """Return the lexicon of a language.

    Raises
    ------
    DataError
        There is no lexicon of that language, or it is damaged.
    """
    if lang not in LANGUAGES:
        raise DataError(f"no lexicon of the language {lang!r}; there are {', '.join(LANGUAGES)}")
    source = files("geomap.reports.languages").joinpath(f"{lang}.toml")
    try:
        raw = tomllib.loads(source.read_text(encoding="utf-8"))
        return _lexicon(lang, raw)
    except (tomllib.TOMLDecodeError, KeyError, ValueError) as error:
        raise DataError(f"the lexicon {lang}.toml is damaged ({error}); mend it, or reinstall geomap") from error


def _lexicon(lang: str, raw: dict[str, Any]) -> Lexicon:
    grammar = Grammar(lang, raw.get("letters", {}), raw.get("class", {}))
    triggers = [
        (pattern, _entry(group), default)
        for section, default in (("verb", Form.PAST), ("noun", Form.NOUN))
        for group in raw[section]
        for pattern in group["words"]
    ]
    marks = raw["places"]
    return Lexicon(
        lang=lang,
        order=Order(**raw["order"]),
        triggers=Matcher(grammar, triggers),
        nouns=Matcher(grammar, [trigger for trigger in triggers if trigger[2] is Form.NOUN]),
        prepositions=_valued(grammar, {slot: marks.get(slot, []) for slot in _SLOTS}),
        cases=_valued(grammar, raw.get("cases", {})),
        pronouns=_valued(grammar, raw["pronouns"]),
        referring=_plain(grammar, marks["referring"]),
        generic=_plain(grammar, [*marks["generic"], *marks["referring"]]),
        compass=_plain(grammar, marks["compass"]),
        articles=_plain(grammar, marks["articles"]),
        forces=_lists(grammar, raw["forces"]),
        status=_lists(grammar, raw["status"]),
        incidents=_lists(grammar, raw["incidents"]),
        clauses=_lists(grammar, raw["clauses"]),
        look_alikes=_plain(grammar, raw["look_alikes"]["words"]),
        time=_time(grammar, raw["time"]),
        numbers=Matcher(grammar, [(w, float(n), Form.NONE) for n, ws in raw["numbers"]["words"].items() for w in ws]),
        shares=_plain(grammar, raw["numbers"]["shares"]),
        vague=_plain(grammar, raw["numbers"]["vague"]),
        bounds=_plain(grammar, raw["numbers"]["bounds"]),
        modes=_lists(grammar, raw["modes"]),
        name_endings=("", *raw["names"]["endings"]),
    )


_SLOTS = ("origin", "destination", "via", "standing", "of")


def _entry(group: dict[str, Any]) -> Entry:
    return Entry(
        rest=(),
        frame=Frame(group["frame"]),
        kind=MovementKind(group["kind"]),
        object_slot=group.get("object"),
        needs_force=bool(group.get("force", False)),
    )


def _plain(grammar: Grammar, patterns: list[str]) -> Matcher[None]:
    return Matcher(grammar, [(pattern, None, Form.NONE) for pattern in patterns])


def _lists(grammar: Grammar, section: dict[str, list[str]]) -> dict[str, Matcher[None]]:
    return {name: _plain(grammar, patterns) for name, patterns in section.items()}


def _valued(grammar: Grammar, section: dict[str, list[str]]) -> Matcher[str]:
    return Matcher(grammar, [(pattern, name, Form.NONE) for name, ps in section.items() for pattern in ps])


def _time(grammar: Grammar, section: dict[str, Any]) -> TimeWords:
    def numbered(lists: list[list[str]], first: int) -> Matcher[int]:
        return Matcher(grammar, [(p, n, Form.NONE) for n, patterns in enumerate(lists, first) for p in patterns])

    def counted(rows: list[dict[str, Any]]) -> Matcher[tuple[int, int]]:
        return Matcher(grammar, [(p, (row["from"], row["to"]), Form.NONE) for row in rows for p in row["words"]])

    return TimeWords(
        weekdays=numbered(section["weekdays"], 0),
        months=numbered(section["months"], 1),
        days=counted(section["days"]),
        told_days=counted(section.get("told_days", [])),
        units=_valued(grammar, section["units"]),
        words=_lists(grammar, section["words"]),
    )
