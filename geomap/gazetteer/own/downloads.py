"""GeoNames' country dumps: downloaded or from a file, and read row by row.

A dump is a table of 19 columns parted by tabs, without a header, as GeoNames' readme describes it: geonameid, name,
asciiname, alternatenames, latitude, longitude, feature class, feature code, country code, cc2, admin1 to admin4 code,
population, elevation, dem, timezone, modification date.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from contextlib import contextmanager
from typing import TYPE_CHECKING

from geomap.errors import InputError, ServiceError
from geomap.gazetteer.feature_codes import is_kept, precision_m
from geomap.gazetteer.own.rows import RowError, Rows, degrees
from geomap.gazetteer.scripts import display, is_name, local_name
from geomap.gazetteer.store import Entry
from geomap.models import Issue
from geomap.network import fetch

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import IO

    from geomap.network import Download, Pacing, Progress

__all__ = ["GEONAMES_URL", "download_dump", "read_dump"]

GEONAMES_URL = "https://download.geonames.org/export/dump"
COLUMNS = 19
LONGEST_NUMBER = 10
"""Digits that a number of people may have."""
_ONE_BAD_IN = 50
"""A file with more bad rows than one in so many is no dump."""
_NO_UNIT = {"", "00"}


def download_dump(
    country: str,
    path: Path,
    *,
    url: str = GEONAMES_URL,
    pacing: Pacing | None = None,
    timeout_s: float = 30.0,
    progress: Progress | None = None,
) -> Download:
    """Download GeoNames' dump of a country, a zip archive, to `path`.

    Parameters
    ----------
    country
        ISO 3166-1 alpha-2 code.
    path
        Where the archive goes.
    url
        Folder of the dumps: GeoNames' own or a mirror's.
    pacing, timeout_s, progress
        As for `geomap.network.fetch`.

    Raises
    ------
    InputError
        GeoNames has no dump of that country.
    ServiceError
        The service does not answer, or what it sends is no zip archive.
    """
    address = f"{url.rstrip('/')}/{country.upper()}.zip"
    try:
        found = fetch(address, path, pacing=pacing, timeout_s=timeout_s, progress=progress)
    except ServiceError as error:
        if isinstance(error.__cause__, FileNotFoundError):
            raise InputError(f"there is no dump of {country!r} at {address}; give an ISO code such as SY") from error
        raise
    if not zipfile.is_zipfile(path):
        start = _start(path).decode("ascii", errors="replace").strip()
        raise ServiceError(
            f"{address} is no whole zip archive, it begins {start!r}; is a login to this network needed?"
        )
    return found


def read_dump(path: Path, country: str, *, source: str, least_population: int = 0) -> Rows:
    """Return the places of a country dump that reports may name: towns, units, bases, crossings, dams, mountains.

    Parameters
    ----------
    path
        The archive as GeoNames gives it, or the text file in it.
    country
        ISO 3166-1 alpha-2 code of the country it is of.
    source
        Key of the data set that the places get.
    least_population
        Populated places with fewer people are left out.

    Raises
    ------
    InputError
        The file is missing, cut short, not of that country, or no dump at all.
    """
    entries, bad, number = [], [], 0
    with _opened(path, country) as lines:
        for number, line in enumerate(lines, 1):
            try:
                entry = _entry(line, country, source, least_population)
            except RowError as error:
                bad.append(Issue("data", f"row {number}: {error}", path.name))
            else:
                entries += [entry] if entry else []
            if len(bad) > max(10, number // _ONE_BAD_IN):
                raise InputError(f"{path} is no GeoNames dump of {country}: {bad[0].message}")
    if bad and len(bad) * _ONE_BAD_IN > number:
        raise InputError(f"{path} is no GeoNames dump of {country}: {bad[0].message}")
    if not number:
        raise InputError(f"{path} is empty; download it again")
    return Rows(tuple(entries), tuple(bad))


@contextmanager
def _opened(path: Path, country: str) -> Iterator[Iterator[str]]:
    """Open the table of a dump, in an archive or by itself."""
    try:
        if _start(path).startswith(b"PK"):
            with zipfile.ZipFile(path) as archive, archive.open(_member(archive, path, country)) as opened:
                yield _lines(opened)
        else:
            with path.open("rb") as opened:
                yield _lines(opened)
    except UnicodeDecodeError as error:
        raise InputError(f"{path} is not in UTF-8 ({error.reason}); give the file as GeoNames wrote it") from error
    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise InputError(f"{path} is damaged or cut short ({error}); download it again") from error
    except OSError as error:
        raise InputError(f"{path} cannot be read ({error.strerror or error}); name a dump such as SY.zip") from error


def _start(path: Path) -> bytes:
    with path.open("rb") as opened:
        return opened.read(40)


def _member(archive: zipfile.ZipFile, path: Path, country: str) -> str:
    """Return the name of the table in an archive, which holds a readme as well."""
    names = [name for name in archive.namelist() if name.lower().endswith(".txt") and "readme" not in name.lower()]
    own = [name for name in names if name.rpartition("/")[2].lower() == f"{country.lower()}.txt"]
    if len(own or names) != 1:
        held = ", ".join(archive.namelist()) or "nothing"
        raise InputError(f"{path} holds {held}; a dump of {country} holds {country}.txt")
    return (own or names)[0]


def _lines(opened: IO[bytes]) -> Iterator[str]:
    return io.TextIOWrapper(opened, encoding="utf-8", newline="\n")


def _entry(line: str, country: str, source: str, least_population: int) -> Entry | None:
    """Return the place of a row, or None where it is none that reports may name.

    Raises
    ------
    RowError
        The row is none of a dump of that country.
    """
    part = line.rstrip("\r\n").split("\t")
    if len(part) != COLUMNS:
        raise RowError(f"has {len(part)} columns parted by tabs, and a dump {COLUMNS}; is the file whole?")
    feature = f"{part[6]}.{part[7]}"
    if part[8] != country:
        raise RowError(f"is in {part[8]!r}, not in {country!r}; give each dump with its own country")
    if not is_kept(feature):
        return None
    if not part[1].strip():
        raise RowError("has no name; is the file whole?")
    number, population = _whole(part[0], "geonameid"), _whole(part[14] or "0", "population")
    if feature.startswith("P.") and population < least_population:
        return None
    lat, lon = degrees(part[4], "lat"), degrees(part[5], "lon")
    alternates = frozenset(name for name in part[3].split(",") if is_name(name))
    return Entry(
        f"geonames:{number}", display(part[1], country), lon, lat, country=country,
        admin1_code=None if part[10] in _NO_UNIT else f"{country}.{part[10]}", feature=feature, population=population,
        precision_m=precision_m(feature), local_name=local_name(part[1], alternates, country), source=source,
        names=alternates | {part[1]},
    )  # fmt: skip


def _whole(text: str, column: str) -> int:
    if not (text.isascii() and text.isdecimal()) or len(text) > LONGEST_NUMBER:
        raise RowError(f"{column} {text[:40]!r} is no number of up to {LONGEST_NUMBER} digits; is the file whole?")
    return int(text)
