"""What stands in a file that is to be written over: corrections by hand, or something that is not of geomap."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomap.errors import InputError, OutputError
from geomap.tables.corrections import by_hand
from geomap.tables.opening import KINDS, open_table
from geomap.tables.places import only_words
from geomap.tables.reading import from_sheets

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from geomap.models import Reading
    from geomap.tables.sheets import Sheet

__all__ = ["corrected_file", "keep"]

_BEGINNINGS = {
    ".md": b"# Evidence sheet",
    ".evidence.csv": b"\xef\xbb\xbfrecord,number,",
    ".timemap.json": b'{\n "events": [',
    ".orbat.json": b'{\n "id": "geomap-',
}
"""How the files begin that geomap writes and never reads back; those of others have endings as common."""


def corrected_file(path: Path, kind: str) -> Path | None:
    """Return a file that geomap wrote earlier, whose corrections go before what is read anew; None where none is.

    Parameters
    ----------
    path
        What is to be written.
    kind
        The suffix of its format, whatever the file is called.

    Raises
    ------
    OutputError
        The file holds rows that geomap did not write.
    """
    return path if _own_sheets(path, kind) and path.suffix.lower() == kind else None


def keep(path: Path, kind: str, readings: Iterable[Reading]) -> None:
    """Do nothing where a file can be written over without a loss.

    Raises
    ------
    OutputError
        The file holds corrections that the readings do not have, or what geomap did not write.
    """
    _keep_others(path, kind)
    sheets = _own_sheets(path, kind)
    if not sheets:
        return
    table = from_sheets(sheets, path.stem, str(path), only_words)
    if lost := len(set(by_hand(table.readings)) - set(by_hand(readings))):
        what = "a correction" if lost == 1 else f"{lost} corrections"
        raise OutputError(
            f"{path} holds {what} by hand that would be lost; give it as corrections, write to another file, "
            "or say overwrite"
        )


def _keep_others(path: Path, kind: str) -> None:
    beginning = _BEGINNINGS.get(kind)
    if beginning is None or not path.is_file():
        return
    with path.open("rb") as file:
        found = file.read(len(beginning))
    if found and found != beginning:
        raise OutputError(f"{path} is a file that geomap did not write; write to another file, or say overwrite")


def _own_sheets(path: Path, kind: str) -> list[Sheet]:
    """Return the tables of a file that geomap wrote; none where it holds none."""
    if kind not in KINDS or not path.is_file():
        return []
    try:
        sheets = open_table(path.read_bytes(), kind)
    except (InputError, OSError):
        return []
    if any("as_read" in map(str, sheet.columns) for sheet in sheets):
        return sheets
    if any(sheet.rows for sheet in sheets):
        raise OutputError(f"{path} is a table that geomap did not write; write to another file, or say overwrite")
    return []
