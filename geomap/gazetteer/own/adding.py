"""From a person's table or a country dump to a layer: read, compared with what is known, written."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import file_digest
from pathlib import Path
from typing import TYPE_CHECKING

from geomap.datasets import Source
from geomap.errors import DataError, InputError
from geomap.gazetteer.index import Index
from geomap.gazetteer.layers import with_layers
from geomap.gazetteer.own.doubles import find_doubles
from geomap.gazetteer.own.downloads import GEONAMES_URL, download_dump, read_dump
from geomap.gazetteer.own.shelf import Layer, LayerKind, add_layer, layer_at, layer_files
from geomap.gazetteer.own.tables import read_table, slug
from geomap.models import Issue

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geomap.gazetteer.index import Lookup
    from geomap.gazetteer.own.rows import Rows
    from geomap.gazetteer.own.tables import Locate
    from geomap.gazetteer.store import Entry
    from geomap.models import Place
    from geomap.network import Pacing, Progress

__all__ = ["Added", "add_geonames", "add_places"]

_GEONAMES = "geonames-"
_NAMED = 5
"""Places that a note gives by name."""


@dataclass(frozen=True, slots=True)
class Added:
    """What came of adding a table or dump."""

    layer: Layer | None
    """None where nothing was added, because rows were bad."""
    bad: tuple[Issue, ...] = ()
    notes: tuple[Issue, ...] = ()


def add_places(
    path: Path,
    *,
    locate: Locate,
    name: str | None = None,
    sheet: str | None = None,
    attribution: str | None = None,
    licence: str | None = None,
    skip_bad: bool = False,
) -> Added:
    """Add a person's own table of places as a layer that goes before the shipped places.

    A row that is a place known already, of that name and kind within 5 km, takes over its id and so all its names.

    Parameters
    ----------
    path
        A .csv, .tsv, .geojson, .json or .gpkg file, see `geomap.gazetteer.own.tables`.
    locate
        Tells the country of a position.
    name
        Name of the layer, by default the file's; one that is there is replaced.
    sheet
        Which layer of a GeoPackage that has several.
    attribution, licence
        Shown by ``geomap sources`` and on maps with places of the layer.
    skip_bad
        Add the good rows where some are bad; otherwise nothing is added then.

    Raises
    ------
    InputError
        The file cannot be used at all, or the name is none.
    OutputError
        The user's folder cannot be written to.
    """
    chosen = name or slug(path.stem)
    if chosen.startswith(_GEONAMES):
        raise InputError(f"{chosen!r} is kept for downloads; give the places another name")
    downloads = [file for file in layer_files() if _is_download(file)]
    known = with_layers(Index(), downloads)
    rows = read_table(path, chosen, known=known, locate=locate, sheet=sheet)
    if (rows.bad and not skip_bad) or not rows.entries:
        return Added(None, rows.bad, rows.notes)
    entries, notes = _as_known(rows.entries, known, path.name)
    source = Source(
        chosen, f"Own places of {path.name}", _day(_changed(path)), _sha256(path), licence or "as its owner says",
        attribution or f"Own places: {chosen}", "", ("places",), "Read as they are.",
    )  # fmt: skip
    return Added(_written(LayerKind.PLACES, source, entries), rows.bad, (*rows.notes, *notes))


def add_geonames(
    country: str,
    *,
    file: Path | None = None,
    url: str = GEONAMES_URL,
    least_population: int = 0,
    skip_bad: bool = False,
    pacing: Pacing | None = None,
    timeout_s: float = 30.0,
    progress: Progress | None = None,
) -> Added:
    """Add GeoNames' dump of a country as a layer of what the shipped store has not.

    Parameters
    ----------
    country
        ISO 3166-1 alpha-2 code.
    file
        The dump, when it is here already; otherwise it is downloaded.
    url
        Folder of the dumps: GeoNames' own or a mirror's.
    least_population
        Populated places with fewer people are left out.
    skip_bad
        Add the good rows where some are bad; otherwise nothing is added then.
    pacing, timeout_s, progress
        As for `geomap.network.fetch`.

    Raises
    ------
    InputError
        There is no such country or dump, or the file is none.
    ServiceError
        The service does not answer, or with something else.
    OutputError
        The user's folder cannot be written to.
    """
    shipped = Index()
    if (unit := shipped.unit(country.upper()[:2])) is None or len(country) != 2:
        raise InputError(f"no country has the code {country!r}; give ISO codes such as SY IQ")
    code, key = country.upper(), f"{_GEONAMES}{country.lower()}"
    with tempfile.TemporaryDirectory(prefix="geomap-") as folder:
        path, changed = file or Path(folder) / f"{code}.zip", None
        if file is None:
            changed = download_dump(code, path, url=url, pacing=pacing, timeout_s=timeout_s, progress=progress).modified
        rows = read_dump(path, code, source=key, least_population=least_population)
        source = Source(
            key, f"GeoNames: places of {unit.name}", _day(changed or _changed(path)), _sha256(path), "CC-BY-4.0",
            "Place names and coordinates © GeoNames (geonames.org), CC BY 4.0", "https://www.geonames.org/",
            ("places",),
            "Kinds of places that the news names; codes and machine transliterations left out; precision by kind.",
        )  # fmt: skip
    if (rows.bad and not skip_bad) or not rows.entries:
        return Added(None, rows.bad, rows.notes)
    return _missing_places(rows, shipped, source)


def _as_known(entries: tuple[Entry, ...], known: Lookup, where: str) -> tuple[list[Entry], tuple[Issue, ...]]:
    """Return rows with the ids and, where they say nothing, the facts of the places they are; and a note of which."""
    ids = {entry.id for entry in entries}
    own = [entry for entry in entries if entry.id.startswith("user:")]
    doubles = find_doubles(own, known, among=lambda place: place.id not in ids)
    named = {shared: place for shared in ids if not shared.startswith("user:") and (place := known.place(shared))}
    same = doubles | named
    completed = [_completed(entry, same[entry.id]) if entry.id in same else entry for entry in entries]
    words = "places are known already and now are as this table has them"
    return completed, _noted(doubles.values(), where, words)


def _completed(entry: Entry, known: Place) -> Entry:
    """Return a row with the id of the place it is, and with what the row leaves open as that place has it."""
    plain_town = entry.feature == "P.PPL" and known.feature.startswith("P.")
    return replace(
        entry, id=known.id, population=entry.population or known.population, country=entry.country or known.country,
        admin1_code=entry.admin1_code or (known.admin1_code if entry.country in {None, known.country} else None),
        feature=known.feature if plain_town else entry.feature, local_name=entry.local_name or known.local_name,
    )  # fmt: skip


def _missing_places(rows: Rows, shipped: Index, source: Source) -> Added:
    """Return the layer of a dump, without what the shipped store has from other lists and so under other ids."""
    doubles = find_doubles(rows.entries, shipped, among=lambda place: not place.id.startswith("geonames:"))
    entries = [entry for entry in rows.entries if entry.id not in doubles]
    notes = (*rows.notes, *_noted(doubles.values(), source.key, "places are shipped under other ids and left out"))
    return Added(_written(LayerKind.GEONAMES, source, entries), rows.bad, notes)


def _written(kind: LayerKind, source: Source, entries: list[Entry]) -> Layer:
    layer = Layer(kind, source, len(entries), datetime.now(UTC).isoformat(timespec="seconds"))
    add_layer(layer, entries)
    return layer


def _noted(places: Iterable[Place], where: str, words: str) -> tuple[Issue, ...]:
    named = sorted(f"{place.name} ({place.id})" for place in places)
    if not named:
        return ()
    more = f" and {len(named) - _NAMED} more" if len(named) > _NAMED else ""
    return (Issue("data", f"{len(named)} {words}: {', '.join(named[:_NAMED])}{more}", where),)


def _is_download(path: Path) -> bool:
    try:
        return layer_at(path).kind is LayerKind.GEONAMES
    except DataError:
        return False


def _sha256(path: Path) -> str:
    with path.open("rb") as opened:
        return file_digest(opened, "sha256").hexdigest()


def _changed(path: Path) -> datetime:
    return datetime.fromtimestamp(path.stat().st_mtime, UTC)


def _day(moment: datetime) -> str:
    return moment.date().isoformat()
