"""CSV: all layers in one table, the column ``layer`` tells which; what people edit comes first.

The file is UTF-8 with a byte order mark. Without the mark, Excel takes a file that is double-clicked for one in the
code page of its machine, and shows any other script as noise. LibreOffice, QGIS (GDAL) and pandas read the mark as what
it is; Python's own ``csv`` wants the encoding ``utf-8-sig``. Days are ISO 8601, numbers have a decimal point, and lines
end with a line feed. Excel splits at semicolons where its language writes a decimal comma: there, XLSX is the better
choice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomap.exports.editing import clean, for_people, rank, table_of
from geomap.exports.layers import days_as_text
from geomap.schema import Layer
from geomap.tables.formulas import neutral

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from pandas import DataFrame

    from geomap.models import Reading

__all__ = ["write"]


def write(readings: Sequence[Reading], path: Path, *, keep_text: bool) -> None:
    """Write one table; texts that a spreadsheet would run as a formula begin with an apostrophe."""
    import pandas as pd

    tables = [_table(layer, readings, keep_text=keep_text) for layer in Layer]
    table = pd.concat(tables, ignore_index=True)[_order(keep_text=keep_text)]
    table.to_csv(path, index=False, encoding="utf-8-sig", lineterminator="\n")


def _order(*, keep_text: bool) -> list[str]:
    """Return the columns of all layers: what is edited in any of them, what is read, what only geomap needs."""
    ranks: dict[str, int] = {}
    for layer in Layer:
        for column in for_people(layer, keep_text=keep_text):
            ranks[column.name] = min(rank(column), ranks.get(column.name, rank(column)))
    return ["layer", *sorted(ranks, key=lambda name: ranks[name])]


def _table(layer: Layer, readings: Sequence[Reading], *, keep_text: bool) -> DataFrame:
    """Return a layer as text and numbers, its name in the first column."""
    table = days_as_text(table_of(layer, readings, keep_text=keep_text))
    for name, values in table.select_dtypes("string").items():
        table[name] = values.map(lambda text: neutral(clean(text)), na_action="ignore")
    table.insert(0, "layer", layer.value)
    # whole numbers and yes or no stay what they are below a layer that has no such column
    return table.astype(object)
