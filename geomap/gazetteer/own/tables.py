"""The user's own places, out of a table: CSV, GeoJSON or GeoPackage.

Columns: ``name``, ``lat`` and ``lon`` (or a geometry) are needed; ``id``, ``names`` (parted by ``;``), ``country``,
``admin1``, ``kind`` or ``feature``, ``precision_m``, ``population``, ``note`` and ``source`` may be there. Others are
left alone.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from anyascii import anyascii

from geomap.errors import InputError
from geomap.gazetteer.feature_codes import WORDS, feature_of, precision_m
from geomap.gazetteer.names import key
from geomap.gazetteer.own.rows import RowError, Rows, degrees
from geomap.gazetteer.scripts import local_name
from geomap.gazetteer.store import Entry
from geomap.models import Issue

if TYPE_CHECKING:
    from pathlib import Path

    from geomap.gazetteer.index import Lookup

__all__ = ["read_table", "slug"]

Locate = Callable[[float, float], str | None]
"""Tells the country, as an ISO 3166-1 alpha-2 code, that a position, lon and lat in degrees, lies in."""

_ALIASES = {
    "name": "place title toponym",
    "lat": "latitude y y_wgs84 lat_wgs84",
    "lon": "longitude lng long x x_wgs84 lon_wgs84",
    "geometry": "wkt geom",
    "id": "place_id placeid",
    "names": "alternatenames alternate_names alternative_names altnames aliases other_names variants",
    "country": "country_code countrycode cc iso iso2 iso_a2",
    "admin1": "province governorate oblast state admin_1 adm1",
    "kind": "feature feature_code type category class",
    "precision_m": "precision radius_m radius accuracy_m",
    "population": "pop people",
    "note": "notes comment comments remark remarks description",
    "source": "sources reference url link",
}
_COLUMNS = {alias: column for column, aliases in _ALIASES.items() for alias in (column, *aliases.split())}
_PARTS = re.compile(r"\s*[;|\n]\s*")
_ID = re.compile(r"[A-Za-z0-9][\w.:/-]*")
_MAX_RADIUS_M = 5_000_000.0
_REPLACED = "\ufffd"


def slug(text: str) -> str:
    """Return a text as lower-case ASCII letters, digits and hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", anyascii(text).lower()).strip("-")


def read_table(path: Path, layer: str, *, known: Lookup, locate: Locate, sheet: str | None = None) -> Rows:
    """Return the places of a person's own table, and every row that cannot be used with what to do about it.

    Parameters
    ----------
    path
        A .csv, .tsv, .geojson, .json or .gpkg file.
    layer
        Name of the layer: the places' data set, and part of their ids where the table gives none.
    known
        Where countries and provinces are looked up by name.
    locate
        Tells the country of a position; used where a row names none, and to notice swapped coordinates.
    sheet
        Which layer of a GeoPackage that has several.

    Raises
    ------
    InputError
        The file cannot be read, a needed column is missing or given twice, or it is in no known format.
    """
    from geomap.gazetteer.own.table_files import raw_rows

    raw = raw_rows(path, sheet)
    columns = _columns(raw.columns, path)
    reader = _Reader(layer, known, locate)
    entries, bad = [], []
    for label, cells in raw.rows:
        try:
            row = _row(cells, columns)
            if any(row.values()):
                entries.append(reader.entry(row))
        except RowError as error:
            bad.append(Issue("data", f"{label}: {error}", path.name))
    if not entries and not bad:
        raise InputError(f"{path} holds no rows; write one place a row below the header")
    return Rows(
        tuple(entries), tuple(bad), tuple(Issue("data", note, path.name) for note in (*raw.notes, *reader.notes))
    )


def _columns(written: Iterable[str], path: Path) -> dict[str, str]:
    """Return how each column that is understood is written in the table.

    Raises
    ------
    InputError
        One that is needed is missing, or one is there twice.
    """
    found: dict[str, str] = {}
    for text in written:
        column = _COLUMNS.get(re.sub(r"[\s-]+", "_", text.strip().lower()))
        if column and column in found:
            raise InputError(f"{path}: columns {found[column]!r} and {text!r} both mean {column}; keep one")
        if column:
            found[column] = text
    needed = ("name",) if "geometry" in found else ("name", "lat", "lon")
    if missing := [column for column in needed if column not in found]:
        raise InputError(f"{path} has no column {' and '.join(missing)}{_hint(missing, written)}")
    return found


def _hint(missing: Iterable[str], written: Iterable[str]) -> str:
    names = [text.strip() for text in written if text.strip()]
    wanted = [alias for alias, column in _COLUMNS.items() if column in set(missing)]
    close = [text for text in names if difflib.get_close_matches(text.lower(), wanted, n=1, cutoff=0.75)]
    if close:
        return f"; is it {' or '.join(repr(text) for text in close)}? Then rename it"
    return f"; it has {', '.join(names[:12]) or 'none'}: name the columns in the first row"


def _row(cells: Mapping[str | None, object], columns: Mapping[str, str]) -> dict[str, str]:
    """Return the cells of a row that are understood, as text."""
    if more := cells.get(None):
        raise RowError(f"has more cells than the header, from {more!r} on; put texts with separators in quotes")
    return {column: _text(cells.get(written)) for column, written in columns.items()}


def _text(cell: object) -> str:
    """Return a cell as text; lists, as GeoJSON has them, parted by semicolons."""
    if isinstance(cell, Iterable) and not isinstance(cell, str):
        return ";".join(_text(item) for item in cell)
    if cell is None or cell != cell:  # noqa: PLR0124  not-a-number stands for an empty cell
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


@dataclass
class _Reader:
    """Turns rows to places, and remembers what later rows must not repeat."""

    layer: str
    known: Lookup
    locate: Locate
    notes: list[str] = field(default_factory=list)
    _ids: set[str] = field(default_factory=set)
    _codes: dict[str, str | None] = field(default_factory=dict)

    def entry(self, row: Mapping[str, str]) -> Entry:
        """Return the place of a row.

        Raises
        ------
        RowError
            A value cannot be used.
        """
        name = _named(row["name"])
        country = self._country(row.get("country", ""))
        lon, lat = self._position(row, country)
        lies_in = self.locate(lon, lat)
        if country and lies_in and lies_in != country:
            self.notes.append(f"{name} lies in {lies_in} by its position, and is taken as in {country} as its row says")
        country = country or lies_in
        feature = _feature(row.get("kind", ""))
        names = frozenset(part for part in _PARTS.split(row.get("names", "")) if part)
        return Entry(
            self._id(row.get("id", ""), name), name, lon, lat, country=country,
            admin1_code=self._unit(row.get("admin1", ""), country), feature=feature,
            population=_whole(row.get("population", "")), precision_m=_radius(row.get("precision_m", ""), feature),
            local_name=local_name(name, names, country), source=self.layer, note=_note(row), names=names,
        )  # fmt: skip

    def _position(self, row: Mapping[str, str], country: str | None) -> tuple[float, float]:
        """Return lon and lat of a row; those that are swapped are told apart from those that are wrong."""
        drawn = row.get("geometry")
        lat_text, lon_text = _point(drawn) if drawn else (row.get("lat", ""), row.get("lon", ""))
        if not (lat_text and lon_text):
            raise RowError(f"lat {lat_text!r}, lon {lon_text!r}: both are needed; fill them in")
        try:
            lat = degrees(lat_text, "lat")
        except RowError:
            if _is(lat_text, "lon") and _is(lon_text, "lat"):
                raise RowError(f"lat {lat_text!r} and lon {lon_text!r} are swapped; exchange them") from None
            raise
        lon = degrees(lon_text, "lon")
        if lon == lat == 0:
            raise RowError("lies at lat 0, lon 0, in the sea off Africa, as unknown places do; fill in where it is")
        if country and abs(lon) <= 90 and self.locate(lon, lat) != country == self.locate(lat, lon):
            raise RowError(f"lat {lat_text!r}, lon {lon_text!r} are swapped: exchanged they lie in {country}")
        return lon, lat

    def _country(self, text: str) -> str | None:
        """Return the code of a country that is given by code or by name."""
        if not text:
            return None
        if text not in self._codes:
            unit = self.known.unit(text.upper()) if len(text) == 2 else None
            found = [unit] if unit else [place for place in self.known.exact(key(text)) if place.is_country]
            self._codes[text] = found[0].country if found else None
        if (code := self._codes[text]) is None:
            raise RowError(f"country {text!r} is unknown; write an ISO code such as SY")
        return code

    def _unit(self, text: str, country: str | None) -> str | None:
        """Return the code of a province that is given by code or by name; one that is unknown is noted."""
        if not text or not country:
            return None
        if self.known.unit(text.upper()) and text.upper().startswith(f"{country}."):
            return text.upper()
        units = (place for place in self.known.exact(key(text)) if place.feature == "A.ADM1")
        code = next((place.admin1_code for place in units if place.country == country), None)
        note = f"admin1 {text!r} is no province known in {country}; left out"
        if code is None and note not in self.notes:
            self.notes.append(note)
        return code

    def _id(self, text: str, name: str) -> str:
        """Return the id of a place; one without gets its name's, with a number where that is taken."""
        if text and not _ID.fullmatch(text):
            raise RowError(f"id {text!r} is none; use letters, digits and . _ - / :")
        chosen = text if ":" in text else f"user:{self.layer}/{text or slug(name) or 'place'}"
        if text and chosen in self._ids:
            raise RowError(f"id {text!r} is that of an earlier row; give each place its own, or none")
        number, unique = 1, chosen
        while unique in self._ids:
            number += 1
            unique = f"{chosen}-{number}"
        self._ids.add(unique)
        return unique


def _named(text: str) -> str:
    if not text:
        raise RowError("has no name; fill it in, or take the row out")
    if _REPLACED in text:
        raise RowError(f"name {text!r} has letters that could not be read; save the table as UTF-8")
    if len(key(text)) < 2:
        raise RowError(f"name {text!r} has no two letters; write the name in words")
    return text


def _feature(text: str) -> str:
    if not text:
        return "P.PPL"
    if feature := feature_of(text):
        return feature
    close = difflib.get_close_matches(text.lower(), WORDS, n=3, cutoff=0.6)
    hint = f"is it {' or '.join(close)}?" if close else f"use one of {', '.join(sorted(WORDS))}, or a code: S.AIRB"
    raise RowError(f"kind {text!r} is unknown; {hint}")


def _whole(text: str) -> int:
    if not text:
        return 0
    digits = re.sub(r"[\s,.'\u00a0\u202f]", "", text)
    if not (digits.isascii() and digits.isdecimal()) or int(digits) > 10**10:
        raise RowError(f"population {text!r} is no number of people; write digits, or leave it empty")
    return int(digits)


def _radius(text: str, feature: str) -> float | None:
    if not text:
        return precision_m(feature)
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if not 0 < value <= _MAX_RADIUS_M:
        raise RowError(f"precision_m {text!r} is no radius in metres; write one such as 500, or leave it empty")
    return value


def _note(row: Mapping[str, str]) -> str | None:
    source = f"Source: {row['source']}" if row.get("source") else ""
    return " · ".join(filter(None, (row.get("note", ""), source))) or None


def _is(text: str, side: str) -> bool:
    try:
        degrees(text, side)
    except RowError:
        return False
    return True


def _point(text: str) -> tuple[str, str]:
    """Return lat and lon of a geometry in WKT: the point itself, or one inside a line or polygon."""
    from shapely import GEOSException, from_wkt

    try:
        shape = from_wkt(text)
    except GEOSException:
        raise RowError(f"geometry {text[:60]!r} is no WKT; write POINT (41.95 37.0), lon first") from None
    if shape.is_empty:
        raise RowError("has an empty geometry; draw its point")
    spot = shape.representative_point()
    return f"{spot.y:.6f}", f"{spot.x:.6f}"
