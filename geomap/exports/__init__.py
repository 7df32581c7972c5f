"""Files for other programs: one door, `write`, and behind it a module for each format.

JSON Lines hold one object per report. GeoPackage and KML keep the layers of `geomap.schema` apart; GeoJSON,
GeoParquet and CSV hold them in one table, whose first column names the layer. A workbook (XLSX) has a sheet for each,
for people who correct them. A module of this room has a function
``write(readings, path, *, keep_text)`` that makes a new file at `path`; whether it takes an old one's place is
decided here.
"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from geomap.errors import InputError, OutputError
from geomap.exports import csv, evidence, geojson, gpkg, jsonl, kml, orbat, parquet, timemap, workbook
from geomap.exports.keeping import corrected_file, keep
from geomap.files import replacing

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geomap.models import Reading

__all__ = ["Format", "Writer", "corrected_file", "format_of", "write"]


class Format(StrEnum):
    """A kind of file."""

    JSONL = "jsonl"
    GEOJSON = "geojson"
    GPKG = "gpkg"
    KML = "kml"
    PARQUET = "parquet"
    CSV = "csv"
    XLSX = "xlsx"
    MD = "md"
    EVIDENCE_CSV = "evidence-csv"
    TIMEMAP = "timemap"
    ORBAT = "orbat"

    @property
    def suffix(self) -> str:
        """The end of a file's name that stands for it: ``.csv``, or two words where another format has the last."""
        return _LONGER.get(self, f".{self.value}")


class Writer(Protocol):
    """Makes a new file of the readings at a path where there is none; with the reports' texts on request."""

    def __call__(self, readings: Sequence[Reading], path: Path, *, keep_text: bool) -> None:
        """Write the file."""


_WRITERS: Mapping[Format, Writer] = {
    Format.JSONL: jsonl.write,
    Format.GEOJSON: geojson.write,
    Format.GPKG: gpkg.write,
    Format.KML: kml.write,
    Format.PARQUET: parquet.write,
    Format.CSV: csv.write,
    Format.XLSX: workbook.write,
    Format.MD: evidence.write,
    Format.EVIDENCE_CSV: evidence.write_csv,
    Format.TIMEMAP: timemap.write,
    Format.ORBAT: orbat.write,
}
_LONGER: Mapping[Format, str] = {
    Format.EVIDENCE_CSV: ".evidence.csv",
    Format.TIMEMAP: ".timemap.json",
    Format.ORBAT: ".orbat.json",
}


def format_of(path: Path | str, name: str | None = None) -> Format:
    """Return the format called `name`, or the one the suffix of `path` stands for.

    Raises
    ------
    InputError
        No known format has that name or suffix.
    """
    ending = Path(path).name.lower()
    fits = [known for known in Format if (known == name.lower() if name else ending.endswith(known.suffix))]
    if not fits:
        wanted = name or Path(path).suffix.removeprefix(".")
        known = ", ".join(known.value for known in Format)
        raise InputError(f"unknown format {wanted!r} of {str(path)!r}; known are {known}")
    return max(fits, key=lambda known: len(known.suffix))


def write(
    readings: Sequence[Reading],
    path: Path | str,
    *,
    format: str | None = None,  # noqa: A002
    keep_text: bool = False,
    overwrite: bool = False,
) -> None:
    """Write what was read to one file, whole or not at all.

    Parameters
    ----------
    readings
        One reading per report, in the order to be written.
    path
        The file; an older one of geomap's is replaced, unless it holds corrections that the readings do not have.
    format
        One of `Format`; by default the suffix of `path`.
    keep_text
        Whether the file holds the reports' texts as well.
    overwrite
        Replace whatever is there.

    Raises
    ------
    InputError
        The format is unknown.
    OutputError
        The file cannot be written, the library for its format is not installed, or what stands there would be lost.
    """
    chosen = format_of(path, format)
    if not overwrite:
        keep(Path(path), chosen.suffix, readings)
    if chosen is Format.GPKG:
        gpkg.check_closed(Path(path))
    try:
        with replacing(path) as draft:
            _WRITERS[chosen](readings, draft, keep_text=keep_text)
    except UnicodeEncodeError as error:
        raise OutputError(
            f"cannot write {path}: a text holds {error.object[error.start]!a}, which is no character"
        ) from error
