"""What tables for people who correct have in common: the order of their columns, terms to choose from, clean cells."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from geomap.schema import SCHEMA, Layer
from geomap.terms import AreaKind, Certainty, IncidentKind, Mode, MovementKind, Role, SpeakerKind, Status

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from enum import StrEnum

    from pandas import DataFrame

    from geomap.models import Reading
    from geomap.schema import Column

__all__ = ["choices", "clean", "for_people", "rank", "table_of"]

_FOR_GEOMAP = frozenset(
    [
        "id", "report_id", "from_at", "to_at", "via_at", "places_at", "wkt", "route", "plan", "start", "end", "marks",
        "withheld", "items", "corrected", "as_read",
    ]
)  # fmt: skip
"""What nobody reads, and geomap needs to read its own tables back."""
# XML 1.0, production 2, without the carriage return
_NO_TEXT = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

_KINDS: Mapping[Layer, type[StrEnum]] = {
    Layer.MOVEMENTS: MovementKind,
    Layer.AREAS: AreaKind,
    Layer.INCIDENTS: IncidentKind,
}
_TERMS: Mapping[str, type[StrEnum]] = {
    "status": Status,
    "mode": Mode,
    "role": Role,
    "speaker": SpeakerKind,
    "certainty": Certainty,
}


def for_people(layer: Layer, *, keep_text: bool = True) -> tuple[Column, ...]:
    """Return the columns of a layer: first those to correct, then those to read, last those that only geomap needs.

    Columns of shapes are left out, since no spreadsheet shows them, and the reports' texts where they are not kept.
    """
    left_out = set() if keep_text else {"text"}
    columns = [column for column in SCHEMA[layer] if column.dtype != "geometry" and column.name not in left_out]
    return tuple(sorted(columns, key=rank))


def table_of(layer: Layer, readings: Sequence[Reading], *, keep_text: bool) -> DataFrame:
    """Return a layer with these columns.

    Lines are traced and shapes built anew when such a table is read. Only those that were given or drawn by hand stand
    in it, and what a route is beside its line stands beside them.
    """
    import pandas as pd

    from geomap.features import frame

    names = [column.name for column in for_people(layer, keep_text=keep_text)]
    table = pd.DataFrame(frame(layer, readings, keep_text=keep_text)[names])
    if "route" in names:
        table["route"] = table["route"].where(table["wkt"].notna())
    return table


def rank(column: Column) -> int:
    """Return 0 for a column to correct, 1 for one to read, 2 for one that only geomap needs."""
    if column.editable:
        return 0
    return 2 if column.name in _FOR_GEOMAP else 1


def choices(layer: Layer, column: str) -> tuple[str, ...]:
    """Return the terms that a column may hold, or nothing where it holds any text or number."""
    terms = _KINDS.get(layer) if column == "kind" else _TERMS.get(column)
    return tuple(term.value for term in terms) if terms else ()


def clean(text: str) -> str:
    """Return a text for one cell: line ends are line feeds, and characters that are no text are left out.

    XML allows only these characters; in CSV a carriage return would begin a new row.
    """
    return _NO_TEXT.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
