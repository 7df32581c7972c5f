"""How far sources are trusted: a user's own table of NATO Admiralty grades, put on every claim that rests on them.

A grade is a letter for the source, A (completely reliable) to F (cannot be judged), and a figure for the claim, 1
(confirmed by others) to 6 (cannot be judged), as in NATO AJP-2.1. Without a table all claims are F6.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from geomap.decode import decode
from geomap.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from geomap.models import Provenance, Reading

__all__ = ["UNGRADED", "Grades", "graded", "load_grades"]

UNGRADED = "F6"
_GRADE = re.compile(r"[A-F][1-6]?")


@dataclass(frozen=True, slots=True)
class Grades:
    """Grades of sources by their names in small letters."""

    by_name: Mapping[str, str]

    def of(self, claim: Provenance) -> str:
        """Return the grade of a claim: of who says so by the text, else of the publisher or its web site, else F6."""
        host = urlsplit(claim.url or "").hostname or ""
        for name in (claim.attributed_to, claim.source, host.removeprefix("www.")):
            if name and (found := self.by_name.get(_key(name))):
                return found
        return UNGRADED


def load_grades(path: Path) -> Grades:
    """Return the grades of a table with the columns source and grade.

    A source is a publisher, a web site ("example.org") or whoever a text names as its source; several names of one
    source are parted by ";". A letter alone leaves the claims themselves unjudged: B is B6.

    Raises
    ------
    InputError
        The file cannot be read, lacks a column, or holds what is no grade.
    """
    try:
        text, _ = decode(path.read_bytes())
    except OSError as error:
        raise InputError(f"table of sources {path} cannot be read: {error.strerror}; check the name") from error
    rows = csv.DictReader(text.splitlines())
    columns = {(name or "").strip().lower(): name for name in rows.fieldnames or ()}
    if not {"source", "grade"} <= set(columns):
        raise InputError(
            f"table of sources {path} has the columns {', '.join(columns) or 'none'}; needs source and grade"
        )
    found: dict[str, str] = {}
    for number, row in enumerate(rows, 2):
        grade = (row[columns["grade"]] or "").strip().upper()
        if not _GRADE.fullmatch(grade):
            raise InputError(f"{path}, line {number}: grade {grade!r} is none from A1 to F6; correct it")
        names = (row[columns["source"]] or "").split(";")
        found |= {_key(name): grade if len(grade) == 2 else f"{grade}6" for name in names if name.strip()}
    return Grades(found)


def graded(reading: Reading, grades: Grades) -> Reading:
    """Return a reading with the grades of its sources; what somebody has graded by hand stays."""

    def judged(claim: Provenance) -> Provenance:
        return replace(claim, grade=grades.of(claim)) if claim.grade == UNGRADED else claim

    return replace(
        reading,
        movements=tuple(replace(m, provenance=judged(m.provenance)) for m in reading.movements),
        areas=tuple(replace(a, provenance=judged(a.provenance)) for a in reading.areas),
        incidents=tuple(replace(i, provenance=judged(i.provenance)) for i in reading.incidents),
    )


def _key(name: str) -> str:
    """Return a name as it is compared: in small letters, without an article and spaces too many."""
    return re.sub(r"^the ", "", " ".join(name.lower().split()))
