"""Names of armed actors as databases of events write them, to our canonical names.

Databases add to a name who ruled, where, and an acronym: "Military Forces of Turkey (2016-)", "Islamic State (Syria)",
"QSD: Syrian Democratic Forces". A name is only taken for one of ours where all of it is told by our table of actors
(`geomap.reports.forces.actors`) or says that it is a state's; every other stays as the database has it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from geomap.reports.forces.actors import find_actors, home_state

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from geomap.gazetteer import Gazetteer

__all__ = ["Parties"]

_STATE = re.compile(
    r"(?:(?:Military|Police|Security|Armed|Government) Forces|(?:Regional |Interim )?Government) of (?:the )?"
    r"(?P<state>[^(]+?)\s*(?:\((?P<years>[^)]*)\)\s*(?P<part>.*))?",
    re.IGNORECASE,
)
_BRACKETS = re.compile(r"\s*\([^)]*\)\s*")
_OTHERS = {
    ("yemen", "supreme political council"): "Houthis",
    ("libya", "haftar faction"): "LNA",
    ("afghanistan", "2021-"): "Taliban",
}
"""Who is meant where two governments of one state fight, or rebels became one: by state, and by part or years."""


class Parties:
    """Turns names of actors into canonical ones; each name is looked up once.

    Parameters
    ----------
    country_of
        Returns the ISO 3166-1 alpha-2 code of a country's name, or None.
    gazetteer
        Knows the names of countries.
    """

    def __init__(self, country_of: Callable[[str], str | None], gazetteer: Gazetteer) -> None:
        self._country_of = country_of
        self._gazetteer = gazetteer
        self._known: dict[tuple[str, str], str | None] = {}

    def name(self, written: str, country: str = "") -> str | None:
        """Return the canonical name of an actor, the database's own, or None for no name.

        Parameters
        ----------
        written
            As the database has it.
        country
            Name of the country of the event, in which common words such as "rebels" mean somebody.
        """
        key = (written, country)
        if key not in self._known:
            self._known[key] = self._named(written.strip(), country) if written.strip() else None
        return self._known[key]

    def _named(self, written: str, country: str) -> str:
        state = _STATE.fullmatch(written)
        code = self._country_of(country) if country else None
        countries = (code,) if code else ()
        parts = [state["part"] or ""] if state else list(_ways(written))
        for words in filter(None, parts):
            if known := _whole(words, countries):
                return known
        if state:
            return self._of_state(state["state"], state["years"] or "", state["part"] or "")
        return written

    def _of_state(self, state: str, years: str, part: str) -> str:
        for told in (part.lower(), years.lower()):
            if other := _OTHERS.get((state.lower(), told)):
                return other
        code = self._country_of(state)
        return (home_state((code,), self._gazetteer) if code else None) or state


def _ways(written: str) -> Iterator[str]:
    """Yield the ways to read a name: what stands behind its acronym, the acronym, all of it without brackets."""
    short = _BRACKETS.sub(" ", written).strip() or written
    acronym, colon, full = (part.strip() for part in short.partition(":"))
    if colon and full:
        yield full
        yield acronym
    yield short


def _whole(words: str, countries: tuple[str, ...]) -> str | None:
    """Return whom all of the words mean, or None."""
    named = find_actors(words, countries)
    whole = next((found for found in named if found.start == 0 and found.end == len(words)), None)
    return whole.actor.counted_as if whole else None
