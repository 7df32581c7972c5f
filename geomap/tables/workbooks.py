"""Workbooks (XLSX): every sheet, merged cells filled, formulas by the value they were saved with."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile, ZipFile

from geomap.errors import InputError
from geomap.tables.cells import is_missing
from geomap.tables.sheets import Sheet

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["from_xlsx"]

_FORMULA = (b"<f>", b"<f ")
_ERRORS = frozenset(["#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"])


def from_xlsx(data: bytes) -> list[Sheet]:
    """Return the sheets of a workbook; the first row that is filled names the columns.

    Raises
    ------
    InputError
        The reader is not installed, or the workbook is damaged or locked with a password.
    """
    try:
        from openpyxl import load_workbook
    except ImportError as error:
        raise InputError("reading .xlsx needs an extra; run: pip install 'geomap[tables]'") from error
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise InputError("is locked with a password, or an old .xls; open it and save it as .xlsx without one")
    try:
        book = load_workbook(io.BytesIO(data), data_only=True)
        written = load_workbook(io.BytesIO(data)) if _has_formulas(data) else None
    except Exception as error:
        raise InputError(f"is no readable workbook: {error}") from error
    return [_sheet(sheet, written[sheet.title] if written else None) for sheet in book.worksheets]


def _has_formulas(data: bytes) -> bool:
    try:
        with ZipFile(io.BytesIO(data)) as parts:
            sheets = [name for name in parts.namelist() if name.startswith("xl/worksheets/")]
            return any(mark in parts.read(name) for name in sheets for mark in _FORMULA)
    except BadZipFile:
        return False


def _sheet(sheet: Any, written: Any) -> Sheet:
    """Return a sheet's rows; a merged range holds the value of its first cell everywhere."""
    lines = [list(cells) for cells in sheet.iter_rows(values_only=True)]
    for merged in sheet.merged_cells.ranges:
        value = lines[merged.min_row - 1][merged.min_col - 1]
        for line in lines[merged.min_row - 1 : merged.max_row]:
            line[merged.min_col - 1 : merged.max_col] = [value] * (merged.max_col - merged.min_col + 1)
    numbered = [(n, line) for n, line in enumerate(lines, 1) if not all(map(is_missing, line))]
    if not numbered:
        return Sheet(sheet.title, [], [])
    (_, names), *rest = numbered
    problems = list(_lost(names, rest, written)) if written else []
    rows = [(f"sheet {sheet.title!r}, row {n}", [_value(cell) for cell in line], None) for n, line in rest]
    return Sheet(sheet.title, names, rows, problems, is_guarded=True)


def _value(cell: object) -> object:
    """Return a cell; what a formula failed with is no value."""
    return None if cell in _ERRORS else cell


def _lost(names: list[object], rows: list[tuple[int, list[object]]], written: Any) -> Iterator[str]:
    """Yield what to say of formulas whose value the workbook does not hold."""
    for number, line in rows:
        for at, value in enumerate(line):
            cell = written.cell(number, at + 1)
            if cell.data_type == "f" and (value is None or value in _ERRORS):
                why = f"failed with {value}" if value else "was never worked out"
                yield (
                    f"sheet {written.title!r}, row {number}: {names[at]} is a formula that {why}; open the workbook, "
                    "save it and try again, or write the value itself"
                )
