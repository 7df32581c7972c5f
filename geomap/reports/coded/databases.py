"""The databases of coded events whose tables are read: who makes them, and what their licences ask for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["ACLED", "DATABASES", "GDELT", "UCDP", "Database", "named"]


@dataclass(frozen=True, slots=True)
class Database:
    """Who made a table of coded events."""

    name: str
    """The source of what its rows tell."""
    title: str
    read_by: str
    """Who coded its rows, in words that follow "read by"."""
    licence: str
    attribution: str
    """The notice that the licence asks for."""
    lang: str | None = None
    """Language of the quoted words, an ISO 639-1 code."""


ACLED = Database(
    "ACLED",
    "Armed Conflict Location & Event Data",
    "ACLED's coders",
    "ACLED's terms of use, which limit passing the data on: acleddata.com",
    "Events: ACLED (Armed Conflict Location & Event Data), acleddata.com",
    "en",
)
GDELT = Database(
    "GDELT",
    "Global Database of Events, Language and Tone",
    "GDELT's software",
    "free for any use that names and links the GDELT Project",
    "Events: The GDELT Project, gdeltproject.org",
)
UCDP = Database(
    "UCDP GED",
    "UCDP Georeferenced Event Dataset",
    "UCDP's coders",
    "CC-BY-4.0",
    "Events: UCDP Georeferenced Event Dataset, Uppsala University, ucdp.uu.se, CC BY 4.0",
    "en",
)
DATABASES = (ACLED, GDELT, UCDP)


def named(sources: Iterable[str | None]) -> tuple[Database, ...]:
    """Return the databases that are among the sources of claims, in a fixed order."""
    have = set(sources)
    return tuple(database for database in DATABASES if database.name in have)
