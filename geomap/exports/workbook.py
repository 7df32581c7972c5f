"""XLSX: a sheet for each layer, for people who correct what was read in Excel or LibreOffice.

What may be edited stands first, on white; what is only to be read is grey. `geomap map` and `Scene.from_file` read the
corrected file back. No text of a report is ever a formula, a link or an error value: each is written as a string, and
those that a spreadsheet would take for a formula when they are typed in again carry its mark for quoted text.

openpyxl writes the file, since it is also what reads it back; XlsxWriter writes as good ones but reads none.
"""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from geomap import __version__
from geomap.errors import OutputError
from geomap.exports.editing import choices, clean, for_people, table_of
from geomap.models import Issue
from geomap.schema import Layer
from geomap.tables.formulas import neutral

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from pandas import DataFrame

    from geomap.models import Reading
    from geomap.schema import Column

__all__ = ["CELL_CHARACTERS", "write"]

CELL_CHARACTERS = 32_767
"""What a cell holds, in UTF-16 units: Microsoft, "Excel specifications and limits"."""
_WHOLE = frozenset(["wkt", "route", "plan", "items"])
"""Columns of which a part is of no use."""
_ROWS = 1_048_576
"""What a sheet holds: the same."""
_FIRST_YEAR = 1900
"""Earlier days are no dates to a spreadsheet, and are written as ISO 8601 text."""
_COMMENT_WIDTH, _COMMENT_LINE, _COMMENT_LETTERS = 320, 18, 46
"""Width of a comment and height of its lines in pixels, and how many letters fit in one."""

_WHEN_MADE = re.compile(rb"<dcterms:(created|modified)[^>]*>[^<]*</dcterms:\1>")

_HEADER, _READ_ONLY, _FAINT = "FFD9E2EC", "FFF2F2F2", "FF595959"
_FONT, _SIZE = "Calibri", 11  # those of openpyxl's ordinary cells
_WIDTHS = {
    "quote": 70, "text": 70, "message": 70, "meaning": 70, "issues": 50, "built_from": 50, "reason": 50, "note": 40,
    "title": 40, "url": 40, "words": 40, "actor_text": 30, "date_text": 24, "one of": 50,
    "marks": 10, "wkt": 10, "route": 10, "plan": 10, "items": 10, "as_read": 10,
}  # fmt: skip
_NARROWEST, _WIDEST = 9, 34
_LINE_POINTS, _MOST_LINES = 15, 8
"""Height of a line of text in points, and after how many a row is cut off for the eye: the cell has it all."""
_LOOKED_AT = 500
"""Rows whose values count for the width of their column."""
_FORMATS = {"datetime64[ms]": "yyyy-mm-dd", "lon": "0.00000", "lat": "0.00000", "m": "0"}

Value = str | int | float | bool | date | None


def write(readings: Sequence[Reading], path: Path, *, keep_text: bool) -> None:
    """Write a workbook with a sheet for each layer and one that says what their columns mean.

    What had to be left out of a cell is told in the sheet of issues.

    Raises
    ------
    OutputError
        openpyxl is not installed, or a layer has more rows than a sheet.
    """
    try:
        from openpyxl import Workbook
    except ImportError as error:
        raise OutputError("XLSX needs openpyxl: pip install 'geomap[tables]'") from error
    book = Workbook(write_only=True)
    book.properties.creator = f"geomap {__version__}"
    cut: list[Issue] = []
    for layer in Layer:
        table = table_of(layer, readings, keep_text=keep_text)
        columns = for_people(layer, keep_text=keep_text)
        rows = [*_rows(layer, table, columns, cut)]
        if layer is Layer.ISSUES:
            rows += [[getattr(issue, column.name) for column in columns] for issue in cut]
        if len(rows) >= _ROWS:
            raise OutputError(f"{len(rows):,} {layer} are more than a sheet holds; choose .parquet or .gpkg")
        _add_layer(book, layer, columns, rows)
    _add_meanings(book)
    _save(book, path)


def _rows(layer: Layer, table: DataFrame, columns: Sequence[Column], cut: list[Issue]) -> Iterator[list[Value]]:
    """Yield the values of each row as a spreadsheet holds them, and add what had to be cut to `cut`."""
    names = [column.name for column in columns]
    values = table[names].astype(object).where(table[names].notna(), None)
    for row in values.itertuples(index=False, name=None):
        cells = [_value(value) for value in row]
        for number, cell in enumerate(cells):
            if isinstance(cell, str) and (length := _length(cell)) > CELL_CHARACTERS:
                name, told = names[number], dict(zip(names, row, strict=True))
                cells[number] = None if name in _WHOLE else _shortened(cell)
                which = f"{name} of {told.get('id') or told.get('report_id') or layer}"
                done = "left out, since a cell holds" if name in _WHOLE else "cut to what a cell holds,"
                cut.append(
                    Issue(
                        "export",
                        f"{which} has {length:,} characters and was {done} {CELL_CHARACTERS:,}; "
                        "JSON Lines and GeoPackage keep it whole",
                        told.get("report_id"),
                    )
                )
        yield cells


def _value(value: Any) -> Value:
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, str):
        return clean(value)
    day: date = value.date()
    return day if day.year >= _FIRST_YEAR else day.isoformat()


def _length(text: str) -> int:
    return len(text) + sum(letter > "\uffff" for letter in text)


def _shortened(text: str) -> str:
    """Return the longest beginning that fits in a cell, without half a character."""
    return text.encode("utf-16-le")[: 2 * CELL_CHARACTERS].decode("utf-16-le", "ignore")


def _add_layer(book: Any, layer: Layer, columns: Sequence[Column], rows: Sequence[Sequence[Value]]) -> None:
    sheet = book.create_sheet(layer.value)
    sheet.freeze_panes = "A2"
    _set_columns(sheet, columns, rows)
    _offer_choices(sheet, layer, columns)
    sheet.append([_header(sheet, layer, column) for column in columns])
    cells = [_Cells(sheet, column) for column in columns]
    for number, row in enumerate(rows, 2):
        # LibreOffice leaves rows one line high that do not tell their height
        sheet.row_dimensions[number].height = _LINE_POINTS * _lines(columns, row)
        sheet.append([made.of(value) for made, value in zip(cells, row, strict=True)])
    sheet.auto_filter.ref = f"A1:{_letters(len(columns))}{len(rows) + 1}"


def _set_columns(sheet: Any, columns: Sequence[Column], rows: Sequence[Sequence[Value]]) -> None:
    """Set widths, and the grey of cells that are empty."""
    from openpyxl.styles import PatternFill

    for number, column in enumerate(columns):
        dimension = sheet.column_dimensions[_letters(number + 1)]
        longest = max((len(str(row[number])) for row in rows[:_LOOKED_AT] if row[number] is not None), default=0)
        # the button of the filter hides the end of a name that leaves it no room
        wanted = max(_NARROWEST, len(column.name) + 4, min(longest + 2, _WIDEST))
        dimension.width = _WIDTHS.get(column.name, wanted)
        if not column.editable:
            dimension.fill = PatternFill("solid", fgColor=_READ_ONLY)


def _lines(columns: Sequence[Column], row: Sequence[Value]) -> int:
    """Return how many lines the longest of the wrapped texts of a row takes, roughly."""
    texts = ((value, _WIDTHS[column.name]) for column, value in zip(columns, row, strict=True) if _wraps(column))
    lines = (sum(len(line) // width + 1 for line in text.split("\n")) for text, width in texts if isinstance(text, str))
    return min(max(lines, default=1), _MOST_LINES)


def _wraps(column: Column) -> bool:
    return _WIDTHS.get(column.name, 0) > _WIDEST


def _offer_choices(sheet: Any, layer: Layer, columns: Sequence[Column]) -> None:
    """Make drop-down lists of the columns whose terms are known, also for rows that are added."""
    from openpyxl.worksheet.datavalidation import DataValidation

    for number, column in enumerate(columns, 1):
        terms = choices(layer, column.name) if column.editable else ()
        if terms:
            rule = DataValidation(type="list", formula1=f'"{",".join(terms)}"', allow_blank=True, showErrorMessage=True)
            rule.errorTitle, rule.error = f"No such {column.name}", f"Choose one of: {', '.join(terms)}"
            rule.add(f"{_letters(number)}2:{_letters(number)}{_ROWS}")
            sheet.data_validations.append(rule)


def _header(sheet: Any, layer: Layer, column: Column) -> Any:
    from openpyxl.comments import Comment

    terms = choices(layer, column.name)
    says = [
        f"{column.meaning[0].upper()}{column.meaning[1:]}.",
        *([f"One of: {', '.join(terms)}."] if terms else []),
        *([] if column.editable else ["Not to be edited."]),
    ]
    lines = sum(len(line) // _COMMENT_LETTERS + 1 for line in says)
    cell = _titled(sheet, column.name)
    cell.comment = Comment("\n".join(says), "geomap", height=_COMMENT_LINE * (lines + 1), width=_COMMENT_WIDTH)
    return cell


def _titled(sheet: Any, text: str) -> Any:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font, PatternFill

    cell = WriteOnlyCell(sheet, text)
    cell.font, cell.fill = Font(name=_FONT, size=_SIZE, bold=True), PatternFill("solid", fgColor=_HEADER)
    cell.alignment = Alignment(vertical="top")
    return cell


class _Cells:
    """The cells of a column: two styled ones, for ordinary values and for texts like a formula, used again and again.

    A sheet that is written row by row is done with a cell when its row is written.
    """

    def __init__(self, sheet: Any, column: Column) -> None:
        self.plain, self.quoted = self._styled(sheet, column), self._styled(sheet, column)
        self.quoted.quotePrefix = True

    def of(self, value: Value) -> Any:
        if value is None:
            return None
        quoted = isinstance(value, str) and neutral(value) != value
        cell = self.quoted if quoted else self.plain
        cell.value = value
        if isinstance(value, str):
            cell.data_type = "s"  # openpyxl takes "=1" for a formula and "#N/A" for an error
        return cell

    @staticmethod
    def _styled(sheet: Any, column: Column) -> Any:
        from openpyxl.cell import WriteOnlyCell
        from openpyxl.styles import Alignment, Font, PatternFill

        cell = WriteOnlyCell(sheet)
        cell.alignment = Alignment(vertical="top", wrap_text=_wraps(column))
        if not column.editable:
            cell.fill, cell.font = PatternFill("solid", fgColor=_READ_ONLY), Font(name=_FONT, size=_SIZE, color=_FAINT)
        number_format = _FORMATS.get(column.dtype) or _FORMATS.get(column.name.rpartition("_")[2])
        if number_format and column.dtype != "string":
            cell.number_format = number_format
        return cell


def _add_meanings(book: Any) -> None:
    """Add the sheet that says what the columns mean."""
    sheet = book.create_sheet("columns")
    sheet.freeze_panes = "A2"
    names = ("sheet", "column", "to edit", "meaning", "one of")
    for number, name in enumerate(names, 1):
        sheet.column_dimensions[_letters(number)].width = _WIDTHS.get(name, 18)
    sheet.append([_titled(sheet, name) for name in names])
    rows = [(layer, column) for layer in Layer for column in for_people(layer)]
    for layer, column in rows:
        terms = ", ".join(choices(layer, column.name)) or None
        sheet.append(
            [_wrapped(sheet, text) for text in (layer.value, column.name, "yes" if column.editable else "no",
                                               column.meaning, terms)]
        )  # fmt: skip
    sheet.auto_filter.ref = f"A1:{_letters(len(names))}{len(rows) + 1}"


def _wrapped(sheet: Any, text: str | None) -> Any:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment

    cell = WriteOnlyCell(sheet, text)
    cell.alignment = Alignment(vertical="top", wrap_text=True)
    return cell


def _letters(number: int) -> str:
    from openpyxl.utils import get_column_letter

    return str(get_column_letter(number))


def _save(book: Any, path: Path) -> None:
    """Save a workbook without the times at which it was made, so that the same content gives the same bytes."""
    made = BytesIO()
    book.save(made)
    with ZipFile(made) as parts, ZipFile(path, "w") as archive:
        for name in parts.namelist():
            content = parts.read(name)
            if name == "docProps/core.xml":
                content = _WHEN_MADE.sub(b"", content)
            archive.writestr(ZipInfo(name), content, compress_type=ZIP_DEFLATED)
