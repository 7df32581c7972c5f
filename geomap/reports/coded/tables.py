"""Which database of events a table comes from, told by its columns, and the reading of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geomap.reports.coded import acled, gdelt

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from shapely.geometry.base import BaseGeometry

    from geomap.models import PlaceRef
    from geomap.reports.coded.events import Events

    Line = tuple[str, Sequence[object], BaseGeometry | None]
    Numbered = tuple[str, Mapping[str, object]]
    Resolve = Callable[[str], PlaceRef]

__all__ = ["Coded", "coded_items", "coded_sheet"]


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
