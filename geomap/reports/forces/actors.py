"""Who moves: forces in words to the canonical names of ``data/curated/actors.csv``.

Words that name forces of a state by its people ("Turkish troops") need no row there. A row has two kinds of names:
aliases, which mean it everywhere, and common words ("the rebels", "government forces"), which mean it only in a
story that plays in its countries. A part of other forces (a brigade, a faction) is counted as the forces it is of.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING

from geomap.datasets import data_path
from geomap.reports.lexicon import load_lexicon

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from geomap.gazetteer import Gazetteer

__all__ = [
    "Actor", "ActorKind", "ActorNames", "Backer", "Named", "actor_names", "actor_of", "allied", "backers_in",
    "find_actor", "find_actors", "forces_named", "group_spans", "home_rebels", "home_state", "is_group_name",
    "is_umbrella", "load_actors", "names_actor", "singular", "states_of", "unbacked",
]  # fmt: skip

_BACKED = re.compile(
    r"\b(?P<who>[\w.]+(?:[-‑ ](?:\w+[-‑ ])?)?)[-‑–]\s?(?P<how>backed|supported|allied|aligned|trained|funded|sponsored"
    r"|armed|friendly|held|controlled|besieged|based|born|brokered|run|owned|occupied|administered|ruled|claimed|inspired)\b"
)
"""Who backs a force is not the force: "US-backed fighters", "a Britain-based monitor"."""
_BACKING = frozenset(["backed", "supported", "allied", "aligned", "trained", "funded", "sponsored", "armed"])
MIN_WITHOUT_S = 5
"""Letters of a name from which an "s" at its end may be taken off."""
_WORD = re.compile(r"[^\W_]+")
_DASHES = str.maketrans({"‑": "-", "–": "-", "’": "'", "ʼ": "'", "\n": " "})


class ActorKind(StrEnum):
    """What sort of forces a row of the table is."""

    STATE = "state"
    AUTHORITY = "authority"
    """The government of a region or of a state that few recognise; its name is a place's too."""
    GROUP = "group"
    COALITION = "coalition"
    PART = "part"
    """A service, unit or faction that is counted as the forces it is of."""


@dataclass(frozen=True, slots=True)
class Backer:
    """A state that arms, pays or fights for a force."""

    country: str
    since: int | None = None
    until: int | None = None
    """First and last year; None where it began or ended nowhere in particular."""


@dataclass(frozen=True, slots=True)
class Actor:
    """A force, with the words that name it."""

    name: str
    forces: str
    """Its forces in a sentence: "Turkish forces", "Syrian rebels"."""
    tag: str
    """Two to four letters for the map; empty for a part."""
    kind: ActorKind
    of: str | None
    """The forces a part belongs to."""
    country: str | None
    context: tuple[str, ...]
    """Countries of the story in which its common words mean it."""
    since: int | None
    until: int | None
    """First and last year of a story in which they do; None where nobody else was called so before or after."""
    backed_by: tuple[Backer, ...]
    aliases: tuple[str, ...]
    """What it is called everywhere."""
    words: tuple[str, ...]
    """Common words that mean it in its context."""

    @property
    def counted_as(self) -> str:
        """Name under which its movements are told."""
        return self.of or self.name

    def fights_in(self, year: int | None) -> bool:
        """Whether common words can mean it in a report of a year; None where the year is not known."""
        return year is None or (self.since or year) <= year <= (self.until or year)


@dataclass(frozen=True, slots=True)
class ActorNames:
    """What a force is called in one language."""

    name: str
    """Canonical name: a row of the table of actors, or a country's English name."""
    lang: str
    kind: ActorKind
    context: tuple[str, ...]
    aliases: tuple[str, ...]
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Named:
    """Forces named in a piece of text; offsets are into that text."""

    actor: Actor
    start: int
    end: int
    common: bool = False
    """By a common word, which means it only in this story's countries."""


@cache
def load_actors() -> tuple[Actor, ...]:
    """Return the shipped table of actors.

    Raises
    ------
    DataError
        The table is missing.
    """
    with data_path("actors.csv").open(encoding="utf-8", newline="") as lines:
        return tuple(
            Actor(
                row["name"], row["forces"] or f"{row['name']} forces", row["tag"], ActorKind(row["kind"]),
                row["of"] or None, row["country"] or None, tuple((row["context"] or row["country"]).split()),
                *_years(row["years"]), tuple(map(_backer, _several(row["backed_by"]))),
                _aliases(row), _several(row["words"]),
            )
            for row in csv.DictReader(lines)
        )  # fmt: skip


def _aliases(row: Mapping[str, str]) -> tuple[str, ...]:
    """Return the names valid everywhere; its own name is none where it is also a place's, as Fano is."""
    common = row["name"] in _several(row["words"])
    return (*(() if common else (row["name"],)), *_several(row["aliases"]))


@cache
def _by_name() -> Mapping[str, Actor]:
    return {actor.name: actor for actor in load_actors()}


@cache
def _by_country() -> Mapping[str, str]:
    states = [a for a in reversed(load_actors()) if a.kind is ActorKind.STATE and a.country]
    return {actor.country: actor.name for actor in states if actor.country}


def home_state(countries: Sequence[str], gazetteer: Gazetteer) -> str | None:
    """Return whose "the army" is in a story that plays in these countries, most named first."""
    if not countries:
        return None
    return _by_country().get(countries[0]) or gazetteer.country(countries[0]).name


def home_rebels(countries: Sequence[str], year: int | None) -> str | None:
    """Return whom "the rebels" means in the country that a story plays in, or None where nobody is called so."""
    called = _called("rebels", countries[:1], year)
    return called[0].counted_as if called else None


def is_umbrella(name: str) -> bool:
    """Whether forces bear their common word in their name, as Syrian rebels do, and so are many groups."""
    row = actor_of(name)
    return row is not None and any(word in row.name.lower() for word in row.words)


def actor_of(name: str | None) -> Actor | None:
    """Return the row of a canonical name, or None."""
    return _by_name().get(name or "")


@cache
def actor_names(lang: str) -> tuple[ActorNames, ...]:
    """Return what forces are called in another language, an ISO 639-1 code; empty for one without names.

    Raises
    ------
    DataError
        The table is missing.
    """
    with data_path("actor_names.csv").open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if row["lang"] == lang]
    known = _by_name()
    return tuple(
        ActorNames(
            row["name"], lang,
            known[row["name"]].kind if row["name"] in known else ActorKind.STATE,
            known[row["name"]].context if row["name"] in known else (),
            _several(row["aliases"]), _several(row["words"]),
        )
        for row in rows
    )  # fmt: skip


def _several(cell: str) -> tuple[str, ...]:
    return tuple(filter(None, cell.split(";")))


def _backer(words: str) -> Backer:
    country, _, years = words.partition(" ")
    return Backer(country, *_years(years))


def _years(words: str) -> tuple[int | None, int | None]:
    """Return the first and the last year of "2012-2014", "2020-" or "-2009"."""
    since, _, until = words.partition("-")
    return int(since) if since else None, int(until) if until else None


def find_actors(words: str, countries: Sequence[str], year: int | None = None) -> list[Named]:
    """Return the forces that a piece of text names by a name of the table, in order, overlapping names too.

    Parameters
    ----------
    words
        Any text.
    countries
        ISO codes of the countries the story plays in, most named first: common words mean forces of these alone.
    year
        When it plays: "the rebels" of a country were others ten years ago.
    """
    spots = [match.span() for match in _WORD.finditer(words)]
    clean, beginnings = words.translate(_DASHES), _beginnings()
    found = []
    for first, (start, _) in enumerate(spots):
        word = clean[start : spots[first][1]].lower()
        lengths = (*beginnings.get(word, ()), *(beginnings.get(word[:-1], ()) if word[-1] == "s" else ()))
        if not lengths or (start and words[start - 1] in "-‑"):
            continue
        for last in (first + length - 1 for length in lengths if first + length <= len(spots)):
            end = spots[last][1]
            called = _called(clean[start:end], countries, year)
            if called is None and end - start > MIN_WITHOUT_S and clean[end - 1] == "s":
                called = _called(clean[start : end - 1], countries, year)  # "Assads forces", the apostrophe lost
            if called:
                found.append(Named(called[0], start, end, called[1]))
                break
    return found


@cache
def _table() -> Mapping[str, tuple[tuple[str, bool, Actor], ...]]:
    """Return all names as keyed: the name as written, whether it is a common word, and whom it means."""
    rows: dict[str, list[tuple[str, bool, Actor]]] = {}
    for actor in load_actors():
        for common, names in ((False, actor.aliases), (True, actor.words)):
            for name in names:
                rows.setdefault(_key(name), []).append((name, common, actor))
    return {key: tuple(values) for key, values in rows.items()}


@cache
def _beginnings() -> Mapping[str, tuple[int, ...]]:
    """Return the first word of all names with how many words those names have, most first."""
    lengths: dict[str, set[int]] = {}
    for key in _table():
        words = _WORD.findall(key)
        lengths.setdefault(words[0], set()).add(len(words))
    return {word: tuple(sorted(counts, reverse=True)) for word, counts in lengths.items()}


def _key(name: str) -> str:
    return " ".join(name.translate(_DASHES).lower().rstrip(".)").split())


def _called(words: str, countries: Sequence[str], year: int | None) -> tuple[Actor, bool] | None:
    """Return whom exactly these words mean, and whether as a common word, which comes before a name.

    Without a year those whose war goes on come before those whose war is over.
    """
    best: tuple[tuple[int, bool], Actor, bool] | None = None
    for name, common, actor in _table().get(_key(words), ()):
        if (_cased(name) and words.rstrip(".") != name.rstrip(".")) or (common and not actor.fights_in(year)):
            continue
        ranks = [countries.index(c) for c in actor.context if c in countries] if common else [len(countries)]
        if ranks and (best is None or (min(ranks), actor.until is not None) < best[0]):
            best = ((min(ranks), actor.until is not None), actor, common)
    return best[1:] if best else None


def _cased(alias: str) -> bool:
    """Acronyms and short names are matched as written, so that "is" and "us" are no armies."""
    return alias.upper() == alias or len(alias) <= 4


def find_actor(words: str, countries: Sequence[str], gazetteer: Gazetteer) -> str | None:
    """Return the canonical name of the forces that `words` name, or None.

    Parameters
    ----------
    words
        A noun phrase: "about 10 US armoured vehicles", "the Turkish army", "rebel fighters".
    countries
        ISO codes of the countries the story plays in, most named first.
    gazetteer
        Knows the names and peoples of all countries.
    """
    fitting = [f for f in forces_named(words, countries) if not _fights_for_none(words, f)]
    best = max(fitting, key=lambda found: found.end - found.start, default=None)
    return best.actor.counted_as if best else next(iter(states_of(unbacked(words), gazetteer)), None)


def _fights_for_none(words: str, named: Named) -> bool:
    """Whether a state is named beside those who are no state's forces: "Colombian gunmen"."""
    beside = f"{words[: named.start]} {words[named.end :]}"
    irregular = load_lexicon().forces["irregular"]
    return named.actor.kind is ActorKind.STATE and any(singular(w.lower()) in irregular for w in _WORD.findall(beside))


def forces_named(words: str, countries: Sequence[str], year: int | None = None) -> list[Named]:
    """Return the forces named, those left out that only back, hold or run something.

    "US-backed fighters" are not the United States, but may be a name themselves.
    """
    blanked = [match.span() for match in _BACKED.finditer(words)]
    named = find_actors(words, countries, year) if blanked else []
    whole = [f for f in named if any(f.start < end <= f.end for _, end in blanked)]
    return whole or find_actors(unbacked(words), countries, year)


def names_actor(words: str, head: str, countries: Sequence[str], year: int | None = None) -> bool:
    """Whether the head of a phrase is itself part of an actor's name: "the SDF", not "an SDF spokesman"."""
    best = max(forces_named(words, countries, year), key=lambda found: found.end - found.start, default=None)
    return best is not None and head.lower() in words[best.start : best.end].lower()


def backers_in(words: str, gazetteer: Gazetteer) -> tuple[str, ...]:
    """Return the forces that are said to back others: of "Turkish-backed fighters", Turkey."""
    found = []
    for match in _BACKED.finditer(words):
        who = match["who"].strip(" -‑")
        if match["how"] not in _BACKING:
            continue
        named = max(find_actors(who, ()), key=lambda found: found.end - found.start, default=None)
        place = gazetteer.demonym(who) or next((c.place for c in gazetteer.candidates(who)[:1]), None)
        if named is not None:
            found.append(named.actor.counted_as)
        elif place is not None and place.is_country and place.country:
            found.append(_by_country().get(place.country, place.name))
    return tuple(dict.fromkeys(found))


@cache
def _group_names() -> frozenset[str]:
    return frozenset(
        _key(alias)
        for actor in load_actors()
        if actor.kind not in {ActorKind.STATE, ActorKind.AUTHORITY}
        for alias in actor.aliases
    )


def is_group_name(words: str) -> bool:
    """Whether the words are the name of an armed group or coalition, and so no place."""
    return _key(words) in _group_names()


def group_spans(text: str) -> tuple[tuple[int, int], ...]:
    """Return where names of armed groups of two words or more stand, so that "Haram" of "Boko Haram" is no place."""
    return tuple(_group_spans(text))


def _group_spans(text: str) -> Iterator[tuple[int, int]]:
    free = 0
    for found in find_actors(text, ()):
        words = text[found.start : found.end]
        if found.start >= free and re.search(r"\s", words) and is_group_name(words):
            free = found.end
            yield found.start, found.end


def allied(first: str | None, second: str | None) -> bool:
    """Whether two names mean the same forces: the same name, or a coalition and the state that leads it."""
    if first == second:
        return True
    one, other = actor_of(first), actor_of(second)
    if one is None or other is None or one.country is None or one.country != other.country:
        return False
    return {one.kind, other.kind} == {ActorKind.COALITION, ActorKind.STATE}


def unbacked(words: str) -> str:
    """Return the words with those blanked that tell who backs, holds or runs something; offsets stay as they are."""
    return _BACKED.sub(lambda match: " " * len(match[0]), words)


def states_of(words: str, gazetteer: Gazetteer) -> tuple[str, ...]:
    """Return the states whose people the words name, in order, where they name forces of states too.

    Rebels and gunmen are no forces of the state whose people they are: "Chadian rebels" is not Chad.
    """
    forces = load_lexicon().forces
    tokens = re.findall(r"[^\W\d_]+(?:[.'’-][^\W\d_]+)*", words)
    kinds = {singular(t.lower()) for t in tokens}
    if not kinds & (forces["people"] | forces["vehicles"]) or kinds & forces["irregular"]:
        return ()
    found: list[str | None] = []
    i = 0
    while i < len(tokens):
        longest = next((n for n in (2, 1) if _state_called(" ".join(tokens[i : i + n]), gazetteer)), 0)
        if longest:
            found.append(_state_called(" ".join(tokens[i : i + longest]), gazetteer))
        elif "-" in tokens[i]:
            found += [_state_called(part, gazetteer) for part in tokens[i].split("-")]
        i += longest or 1
    return tuple(dict.fromkeys(state for state in found if state))


def _state_called(words: str, gazetteer: Gazetteer) -> str | None:
    """Return the state that a people or a country is of; "Kongo's" is Kongo."""
    if not words[:1].isupper():
        return None
    word = re.sub(r"['’]s?$", "", words)
    place = gazetteer.demonym(word)
    for form in (word, word.removesuffix("s")):
        if place is None and (found := gazetteer.candidates(form)) and found[0].place.is_country:
            place = found[0].place
    if place is None or not place.is_country or not place.country:
        return None
    return _by_country().get(place.country, place.name)


def singular(word: str) -> str:
    """Return the singular of a noun of people, in lower case."""
    if word.endswith(("gunmen", "militiamen", "tribesmen")):
        return word[:-2] + "an"
    return word[:-3] + "y" if word.endswith("ies") else word.removesuffix("s")
