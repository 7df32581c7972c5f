"""Who moves: forces in words to the canonical names of ``data/curated/actors.csv``.

Words that name forces of a state by its people ("Turkish troops") need no row there; words that change with the
war ("the rebels", "government forces", "Kurdish fighters") count only where the story plays in their row's context.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from geomap.datasets import data_path
from geomap.reports.lexicon import load_lexicon

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomap.gazetteer import Gazetteer

__all__ = ["Actor", "allied", "find_actor", "group_spans", "is_group_name", "load_actors", "names_actor"]

_BACKED = re.compile(
    r"\b[\w.]+(?:[-‑ ](?:\w+[-‑ ])?)?[-‑–]\s?(?:backed|supported|allied|aligned|trained|funded|sponsored|armed|friendly"
    r"|held|controlled|besieged|based|born|brokered|run|owned)\b"
)
"""Who backs a force is not the force: "US-backed fighters", "a Britain-based monitor"."""


@dataclass(frozen=True, slots=True)
class Actor:
    """A force, with the words that name it."""

    name: str
    forces: str
    """Its forces in a sentence: "Turkish forces", "Syrian rebels"."""
    tag: str
    """Two to four letters for the map."""
    kind: str
    """state, group or coalition."""
    country: str | None
    context: tuple[str, ...]
    """Countries of the story in which its common words ("the rebels") mean it; empty: everywhere."""
    aliases: tuple[str, ...]


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
                row["name"], row["forces"] or f"{row['name']} forces", row["tag"], row["kind"], row["country"] or None,
                tuple(row["context"].split()), tuple(row["aliases"].split(";")),
            )
            for row in csv.DictReader(lines)
        )  # fmt: skip


@cache
def _alias_table(countries: tuple[str, ...]) -> tuple[re.Pattern[str], dict[str, str]]:
    """Return a pattern of all aliases valid in these countries, and the name each means.

    Of two rows that share an alias, the one whose context comes first among the story's countries wins. The pattern
    looks ahead, so that aliases which overlap are all found; an alias that may be written in any case is a key in
    lower case.
    """
    rows: dict[str, tuple[int, str]] = {}
    for actor in load_actors():
        ranks = [countries.index(c) + 1 for c in actor.context if c in countries] if actor.context else [0]
        for alias in actor.aliases if ranks else ():
            if alias not in rows or min(ranks) < rows[alias][0]:
                rows[alias] = (min(ranks), actor.name)
    forms = (
        re.escape(alias) if _cased(alias) else f"(?i:{re.escape(alias)})"
        for alias in sorted(rows, key=lambda alias: (-len(alias), alias))
    )
    names = {alias if _cased(alias) else alias.lower(): name for alias, (_, name) in rows.items()}
    return re.compile(rf"(?<![\w-])(?=({'|'.join(forms)})(?!\w))"), names


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
    key = tuple(countries)
    whole = _best(words, key)
    bare = _BACKED.sub(" ", words)
    found = whole if whole and "-" in whole[0] else _best(bare, key)
    if found:
        return found[1]
    return _state(bare, gazetteer)


def names_actor(words: str, head: str, countries: Sequence[str]) -> bool:
    """Whether the head of a phrase is itself part of an actor's name: "the SDF", not "an SDF spokesman"."""
    found = _best(_BACKED.sub(" ", words), tuple(countries)) or _best(words, tuple(countries))
    return found is not None and head.lower() in found[0].lower()


@cache
def _group_names() -> frozenset[str]:
    return frozenset(
        alias.lower() for actor in load_actors() if actor.kind != "state" for alias in (actor.name, *actor.aliases)
    )


def is_group_name(words: str) -> bool:
    """Whether the words are the name of an armed group or coalition, and so no place."""
    return words.lower() in _group_names()


@cache
def _group_pattern() -> re.Pattern[str]:
    names = sorted((n for n in _group_names() if " " in n and n[:4] not in {"the ", "pro-"}), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, names))})(?!\w)", re.IGNORECASE)


def group_spans(text: str) -> tuple[tuple[int, int], ...]:
    """Return where names of armed groups of two words or more stand, so that "Haram" of "Boko Haram" is no place."""
    return tuple(match.span() for match in _group_pattern().finditer(text))


def allied(first: str | None, second: str | None) -> bool:
    """Whether two names mean the same forces: the same name, or a coalition and the state that leads it."""
    if first == second:
        return True
    rows = {actor.name: actor for actor in load_actors()}
    one, other = rows.get(first or ""), rows.get(second or "")
    if one is None or other is None or one.country is None or one.country != other.country:
        return False
    return {one.kind, other.kind} == {"coalition", "state"}


def _best(words: str, countries: tuple[str, ...]) -> tuple[str, str] | None:
    """Return the alias and name of the longest alias in the words."""
    pattern, names = _alias_table(countries)
    found = max((match[1] for match in pattern.finditer(words)), key=len, default=None)
    return None if found is None else (found, names.get(found) or names[found.lower()])


def _state(words: str, gazetteer: Gazetteer) -> str | None:
    """Return the state whose people the words name, where they name forces too."""
    forces = load_lexicon().forces
    tokens = re.findall(r"[^\W\d_]+(?:[.'’-][^\W\d_]+)*", words)
    if not any(_singular(t.lower()) in forces["people"] | forces["vehicles"] for t in tokens):
        return None
    for size in (2, 1):
        for i in range(len(tokens) - size + 1):
            word = re.sub(r"['’]s$", "", " ".join(tokens[i : i + size]))
            place = gazetteer.demonym(word)
            if place is None and word[:1].isupper() and (found := gazetteer.candidates(word)):
                place = found[0].place
            if place is not None and place.is_country:
                return next(
                    (a.name for a in load_actors() if a.kind == "state" and a.country == place.country),
                    place.name,
                )
    return None


def _singular(word: str) -> str:
    return word[:-3] + "y" if word.endswith("ies") else word.removesuffix("s")
