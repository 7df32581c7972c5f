"""The columns of a user's table: which says what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geomap.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

__all__ = ["ROLES", "Columns"]

ROLES: Mapping[str, tuple[str, ...]] = {
    "id": ("id",),
    "label": ("label", "name"),
    "text": ("text", "quote", "words", "sentence", "description"),
    "actor": ("actor",),
    "status": ("status",),
    "kind": ("kind", "event_type"),
    "date": ("date", "when", "start", "start_date", "date_start", "event_date", "day"),
    "end": ("end", "date_end", "end_date"),
    "source": ("source", "publisher"),
    "title": ("title",),
    "url": ("url", "link", "source_url"),
    "published": ("published",),
    "note": ("note",),
    "confidence": ("confidence",),
    "precision": ("precision_m",),
    "how": ("how",),
}
"""What a column can say, and the names it is known by, the first that a table has before the others."""

_DAYS = {"date", "end", "published"}
_WORDS_MOST = 500  # characters of a fact that a card shows


@dataclass(frozen=True, slots=True)
class Columns:
    """Where in a row each role is, and the columns that have none, in the table's order."""

    places: Mapping[str, int]
    facts: tuple[tuple[int, str], ...]

    @classmethod
    def of(
        cls,
        names: Sequence[object],
        given: Mapping[str, str | None],
        *,
        without: Iterable[int] = (),
        numbers: Iterable[int] = (),
    ) -> Columns:
        """Return what the columns of a table say.

        Parameters
        ----------
        names
            The columns of the table.
        given
            By role, the column the user names for it; None where none of them says it.
        without
            Which columns hold geometries.
        numbers
            Which hold numbers: a ``start`` among them is no day, unless the user says so.

        Raises
        ------
        InputError
            The table has no column of a name given, or a role is not known.
        """
        written = [str(name) for name in names]
        low = [name.strip().lower() for name in written]
        left_out, counted = set(without), set(numbers)
        places: dict[str, int] = {}
        for role, name in given.items():
            if role not in ROLES:
                raise InputError(f"{role!r} is nothing a column can say; choose from {', '.join(ROLES)}")
            if name is None:
                continue
            if name not in written:
                raise InputError(f"no column {name!r} for {role}; the table has {', '.join(written)}")
            places[role] = written.index(name)
        for role, known in ROLES.items():
            unfit = {*places.values(), *left_out, *(counted if role in _DAYS else ())}
            at = next((low.index(name) for name in known if name in low and low.index(name) not in unfit), None)
            if role not in given and at is not None:
                places[role] = at
        taken = left_out | set(places.values())
        return cls(places, tuple((at, name) for at, name in enumerate(written) if at not in taken))

    def text(self, row: Sequence[str], role: str) -> str:
        """Return what a row holds for a role, its cells as text; empty where it has no such column."""
        at = self.places.get(role)
        return "" if at is None else row[at]

    def told(self, row: Sequence[str]) -> list[list[str]]:
        """Return the names and words of what a row holds beside the roles; empty cells are left out."""
        return [[name, _short(row[at])] for at, name in self.facts if row[at]]


def _short(words: str) -> str:
    return words if len(words) <= _WORDS_MOST else f"{words[:_WORDS_MOST]}…"
