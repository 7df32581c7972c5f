"""What sentences in other languages are expected to tell, written short."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from typing import TYPE_CHECKING

from geomap.models import Report
from geomap.reports.intake.story import Block
from geomap.reports.languages.read import read_foreign

if TYPE_CHECKING:
    from geomap.gazetteer import Gazetteer
    from geomap.models import Movement, Reading

PUBLISHED = date(2020, 3, 18)
"""A Wednesday."""


@dataclass(frozen=True)
class Told:
    """A sentence and the one movement it tells; places as written, several with commas."""

    text: str
    """Its place names in square brackets."""
    actor: str | None
    origin: str = ""
    destination: str = ""
    via: str = ""
    status: str = "completed"
    date: str | None = None
    vehicles: int | None = None
    troops: int | None = None


def reading_of(text: str, lang: str, gazetteer: Gazetteer) -> Reading:
    """Return what is read from a text published on `PUBLISHED`; its place names may be given in square brackets."""
    parts = re.split(r"[\[\]]", text)
    starts = list(accumulate(map(len, parts), initial=0))
    spans = tuple((starts[n], starts[n + 1]) for n in range(1, len(parts), 2))
    text = "".join(parts)
    report = Report("test", text, published=PUBLISHED, lang=lang, spans=spans or None)
    return read_foreign(report, lang, gazetteer, [Block(0, len(text), day=PUBLISHED)])


def as_told(text: str, movement: Movement) -> Told:
    """Return a movement in the short form."""

    def names(slot: str) -> str:
        return ", ".join(ref.text for ref in getattr(movement, slot))

    return Told(
        text, movement.actor, names("origin"), names("destination"), names("via"), movement.status.value,
        movement.date.iso() if movement.date else None, movement.vehicles, movement.troops,
    )  # fmt: skip


def check(case: Told, lang: str, gazetteer: Gazetteer) -> None:
    """Assert that a sentence tells the expected movement, told by its own words, and no other."""
    movements = reading_of(case.text, lang, gazetteer).movements
    assert [as_told(case.text, m) for m in movements] == [case]
    claim = movements[0].provenance
    assert claim.quote == re.sub(r"[\[\]]", "", case.text)[claim.start : claim.end]
    assert all(0 <= start < end <= len(claim.quote) for start, end in claim.marks)
