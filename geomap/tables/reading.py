"""The one door for tables: what a person prepared or corrected, and what geomap wrote, read as it stands.

A table that geomap wrote comes back as the records it was written from. What a person has corrected of it since wins:
other places are looked up, lines and shapes whose places changed are left to be made anew, and each such record says
which of its columns were corrected. Rows without ``as_read`` are a person's own.
"""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from geomap.errors import InputError
from geomap.models import Issue, Reading
from geomap.schema import Layer
from geomap.tables import marks
from geomap.tables.claims import Reports
from geomap.tables.lines import is_read, rows_of
from geomap.tables.opening import KINDS, open_table
from geomap.tables.places import Places
from geomap.tables.records import incident, mention, movement, tell_place
from geomap.tables.shapes import kind_of
from geomap.tables.zones import PLAN, area

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from geomap.tables.claims import Cited
    from geomap.tables.places import Resolve
    from geomap.tables.rows import Row
    from geomap.tables.sheets import Sheet

    Read = Callable[[bytes, str, str, str, Resolve], "Table"]

__all__ = ["Table", "from_sheets", "read", "read_file"]

logger = logging.getLogger(__name__)

_AT = re.compile(r"(line|row|feature|item|sheet|placemark|movements|areas|incidents|places|sources|issues)\b")
_MEANINGS = "columns"
"""The sheet in which geomap's workbooks say what their columns mean."""
_ITEMS = frozenset([Layer.MOVEMENTS, Layer.AREAS, Layer.INCIDENTS])


@dataclass(frozen=True, slots=True)
class Table:
    """A table as readings, one for each report it cites, and what could not be used of it."""

    readings: tuple[Reading, ...] = ()
    issues: tuple[Issue, ...] = ()


def read(data: bytes, kind: str, name: str, where: str, resolve: Resolve) -> Table:
    """Return the records of a file that holds tables.

    Parameters
    ----------
    data
        The whole file.
    kind
        Its suffix, one of `geomap.tables.opening.KINDS`.
    name
        Start of the ids of reports and rows that have none.
    where
        The file in the words of issues.
    resolve
        Turns a place name, id or ``lat,lon`` into a place.

    Raises
    ------
    InputError
        No table is read from such files, the file is damaged, or nothing in it can be drawn. What is wrong with a
        row is an issue, and the others are read.
    """
    return from_sheets(open_table(data, kind), name, where, resolve)


def read_file(path: Path, resolve: Resolve, *, reader: Read | None = None) -> Table:
    """Return the records of a file that holds tables; see `read`.

    Parameters
    ----------
    path
        The file.
    resolve
        Turns a place name, id or ``lat,lon`` into a place.
    reader
        What reads its bytes; None takes `read`, which knows no databases of events.

    Raises
    ------
    InputError
        The file cannot be opened, or not be read; the message names it.
    """
    try:
        kind = path.suffix.lower()
        if kind not in KINDS:
            open_table(b"", kind)  # says which kinds there are
        return (reader or read)(path.read_bytes(), kind, path.stem, str(path), resolve)
    except OSError as error:
        hint = "; close it where it is open, or check who may read it" if isinstance(error, PermissionError) else ""
        raise InputError(f"{path} cannot be read: {error.strerror or error}{hint}") from error
    except InputError as error:
        raise InputError(f"{path}: {error}") from error


def from_sheets(sheets: Sequence[Sheet], name: str, where: str, resolve: Resolve) -> Table:
    """Return the records of tables that were opened; the parameters and errors are those of `read`."""
    usable = [sheet for sheet in sheets if is_read(sheet)]
    if not usable:
        raise InputError('has no column "from" or "to", nor any shapes; name its columns in the first row')
    file = _File(where, Reports(name), Places(resolve))
    rows: list[Row] = []
    for sheet in sheets:
        if sheet in usable:
            rows += rows_of(sheet, sheet.problems)
        elif sheet.columns and sheet.name != _MEANINGS:
            sheet.problems.append(f"sheet {sheet.name!r} has no column that geomap knows; it was not read")
        for problem in sheet.problems:
            file.say(problem)
    return file.table(rows)


@dataclass(slots=True)
class _File:
    """The records of one file while they are put together."""

    where: str
    reports: Reports
    places: Places
    issues: list[Issue] = field(default_factory=list)

    def say(self, problem: str, report_id: str | None = None) -> None:
        sign = ", " if _AT.match(problem) else ": "
        self.issues.append(Issue("load", f"{self.where}{sign}{problem}", report_id))

    def table(self, rows: Sequence[Row]) -> Table:
        """Return the records of rows; what one row refers to in others is read before it."""
        by_layer = {layer: [row for row in rows if row.layer is layer] for layer in Layer}
        self._each(by_layer[Layer.SOURCES], self.reports.tell)
        for row in rows:
            if row.layer in _ITEMS and row.is_own:
                self.reports.of(row)  # reports come in the order of their rows
        self._each(by_layer[Layer.ISSUES], self._issue)
        self._each(by_layer[Layer.PLACES], lambda row: tell_place(row, self.places))
        self._each(by_layer[Layer.PLACES], self._mention)
        self._each([row for row in rows if row.layer in _ITEMS], self._item)
        return Table(tuple(cited.reading() for cited in self.reports.by_id.values()), tuple(self.issues))

    def _each(self, rows: Sequence[Row], keep: Callable[[Row], None]) -> None:
        """Read rows; one that breaks never stops the others."""
        for row in rows:
            try:
                keep(row)
            except Exception as error:
                logger.exception("%s, %s", self.where, row.at)
                row.problems.append(f"cannot be read: {type(error).__name__}: {error}")
            for problem in dict.fromkeys(row.problems):
                self.say(f"{row.at}: {problem}", row.some("report_id"))
            row.problems.clear()

    def _issue(self, row: Row) -> None:
        issue = Issue(
            row.text("stage") or "load",
            row.verbatim("message"),
            row.some("report_id"),
            row.offset("start"),
            row.offset("end"),
        )
        if not self.reports.issue(issue):
            self.issues.append(issue)

    def _mention(self, row: Row) -> None:
        if not row.is_own:
            row.problems.append("a place alone is not drawn; give what happened there, or add it with geomap data add")
            return
        cited = self.reports.of(row)
        cited.mentions.append(mention(row, cited, self.places))

    def _item(self, row: Row) -> None:
        if not row.is_own and (lack := _lack(row)):
            row.problems.append(lack)
            return
        cited = self.reports.of(row)
        rank = self._identify(row, cited)
        if row.layer is Layer.MOVEMENTS:
            cited.movements.append((rank, movement(row, cited, self.places)))
        elif row.layer is Layer.AREAS:
            cited.areas.append((rank, area(row, cited, self.places)))
        else:
            cited.incidents.append((rank, incident(row, cited, self.places)))

    def _identify(self, row: Row, cited: Cited) -> int:
        """Find out whether a row is one that was read, or one that a person added, perhaps as a copy of another.

        Returns
        -------
        Where in the report it was read; what was added comes last.
        """
        identity = marks.identity_of(row.mark)
        if row.is_own and identity not in cited.met:
            cited.met.add(identity)
            return cited.rank(identity)
        if row.is_own or self._is_corrected:
            row.by_hand = marks.ADDED
        return len(cited.items)

    @property
    def _is_corrected(self) -> bool:
        """Whether the file is one that geomap wrote, so that a row without a mark was added to it."""
        return any(cited.met or cited.items for cited in self.reports.by_id.values())


def _lack(row: Row) -> str:
    """Return what is missing in a person's row to draw anything of it; empty where nothing is."""
    kind = kind_of(row.geometry)
    if row.layer is Layer.MOVEMENTS:
        found = row.text("from") or row.text("to") or row.text("via") or kind == "line"
        return "" if found else "has neither from nor to; fill in at least one"
    if row.layer is Layer.AREAS:
        found = kind in {"area", "line"} or any(row.text(name) for name in PLAN)
        return "" if found else "has neither an outline nor a plan; draw it, or fill in border, road, around or region"
    found = kind == "point" or row.text("places") or (row.text("lon") and row.text("lat"))
    return "" if found else "has no places; fill them in, or lon and lat"
