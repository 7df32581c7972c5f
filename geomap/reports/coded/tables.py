"""Which database of events a table comes from, told by its columns; every other table is read as one of our own."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geomap.decode import decode
from geomap.errors import InputError
from geomap.models import Issue
from geomap.reports.coded import acled, gdelt, ged
from geomap.tables.opening import open_table
from geomap.tables.reading import Table, from_sheets

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from shapely.geometry.base import BaseGeometry

    from geomap.reports.coded.events import Events
    from geomap.tables.places import Resolve

    Line = tuple[str, Sequence[object], BaseGeometry | None]
    Numbered = tuple[str, Mapping[str, object]]

__all__ = ["Coded", "coded_items", "coded_sheet", "read"]


@dataclass(frozen=True, slots=True)
class Coded:
    """A table of coded events that was recognised, to be read."""

    rows: Sequence[Numbered]
    """Where each row stands, in words, and its cells by lower-case column name."""
    reader: Callable[[Sequence[Numbered], str, str, Resolve], Events]

    def read(self, name: str, where: str, resolve: Resolve) -> Events:
        """Return the events of the table.

        Parameters
        ----------
        name
            Id of the report, and start of the ids.
        where
            The file in the words of issues.
        resolve
            Turns the name of a region or country into a place.
        """
        return self.reader(self.rows, name, where, resolve)


def read(data: bytes, kind: str, name: str, where: str, resolve: Resolve) -> Table:
    """Return the records of a file that holds tables, of coded events or others: see `geomap.tables.reading.read`.

    Raises
    ------
    InputError
        No table is read from such files, the file is damaged, or nothing in it can be drawn.
    """
    if kind == ".json" and (coded := _of_json(data)):
        return _table([coded], name, where, resolve)
    sheets = open_table(data, kind)
    found = [(sheet, coded_sheet(sheet.columns, sheet.rows)) for sheet in sheets]
    coded_ones = [coded for _, coded in found if coded]
    if not coded_ones:
        return from_sheets(sheets, name, where, resolve)
    told = [f"{sheet.name}: {problem}" if sheet.name else problem for sheet, _ in found for problem in sheet.problems]
    told += [f"sheet {sheet.name!r} holds no such events; it was not read" for sheet, coded in found if not coded]
    table = _table(coded_ones, name, where, resolve)
    return Table(table.readings, (*(Issue("load", f"{where}: {problem}") for problem in told), *table.issues))


def _of_json(data: bytes) -> Coded | None:
    try:
        return coded_items(json.loads(decode(data)[0]))
    except (json.JSONDecodeError, RecursionError):
        return None


def _table(coded: Sequence[Coded], name: str, where: str, resolve: Resolve) -> Table:
    names = [name if number == 1 else f"{name}-{number}" for number in range(1, len(coded) + 1)]
    events = [one.read(own, where, resolve) for one, own in zip(coded, names, strict=True)]
    if not any(one.rows for one in coded):
        raise InputError("holds no events; it has a header and no rows")
    return Table(tuple(one.reading() for one in events), tuple(issue for one in events for issue in one.issues()))


def coded_sheet(columns: Sequence[object], lines: Iterable[Line]) -> Coded | None:
    """Return a table as one of coded events, or None where its columns are those of another table.

    Parameters
    ----------
    columns
        As the table names them, in any case and order; of a table without a header, its first row.
    lines
        Where each further row stands, in words, its cells in the order of the columns, and its geometry in EPSG:4326
        or None. A point stands in for a latitude and longitude that the columns do not give.
    """
    first = [_plain(column) for column in columns]
    if names := gdelt.columns_without_header(first):
        return Coded([("line 1", dict(zip(names, columns, strict=True))), *_rows(names, lines)], gdelt.read_gdelt)
    reader = _reader_of({*first, "latitude", "longitude"}) if any(first) else None
    return Coded(list(_rows(first, lines)), reader) if reader else None


def coded_items(content: object) -> Coded | None:
    """Return parsed JSON as coded events: a list of objects, or one under ``data`` as ACLED's service answers.

    None where it is something else.
    """
    items = content.get("data") if isinstance(content, Mapping) else content
    if not isinstance(items, list) or not items or not isinstance(items[0], Mapping):
        return None
    reader = _reader_of(map(_plain, items[0]))
    if reader is None:
        return None
    rows = [(f"item {n}", item) for n, item in enumerate(items, 1) if isinstance(item, Mapping)]
    return Coded([(at, {_plain(key): value for key, value in item.items()}) for at, item in rows], reader)


def _reader_of(columns: Iterable[str]) -> Callable[[Sequence[Numbered], str, str, Resolve], Events] | None:
    names = set(columns)
    if acled.is_acled(names):
        return acled.read_acled
    if ged.is_ged(names):
        return ged.read_ged
    return gdelt.read_gdelt if gdelt.is_gdelt(names) else None


def _plain(name: object) -> str:
    return str("" if name is None else name).replace("\ufeff", "").strip().lower()


def _rows(names: Sequence[str], lines: Iterable[Line]) -> Iterator[Numbered]:
    for at, cells, shape in lines:
        row: dict[str, object] = dict(zip(names, cells, strict=False))
        if shape is not None and shape.geom_type == "Point" and not shape.is_empty:
            row.setdefault("longitude", shape.x)
            row.setdefault("latitude", shape.y)
        yield at, row
