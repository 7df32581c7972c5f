"""The user's road networks: each two files in the user's own folder, added whole or not at all.

``NAME.json`` says what the network is and in which file it lies; that file's name carries its digest, so that a network
is replaced at the moment its ``.json`` is, and never half.
"""

from __future__ import annotations

import json
import logging
import re
import shutil
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from functools import cached_property, lru_cache
from hashlib import file_digest
from pathlib import Path
from typing import TYPE_CHECKING

import shapely

from geomap.datasets import Source
from geomap.errors import DataError, InputError, OutputError
from geomap.files import write_text
from geomap.gazetteer.own.shelf import layer_files
from geomap.gazetteer.own.tables import slug
from geomap.geometry.roads.coverage import coverage_of
from geomap.geometry.roads.network import open_network, save_network
from geomap.geometry.roads.osm import ATTRIBUTION, read_extract
from geomap.home import home, locked
from geomap.models import Issue

if TYPE_CHECKING:
    from collections.abc import Iterable

    from shapely.geometry.base import BaseGeometry

    from geomap.geometry.roads.network import Network
    from geomap.geometry.roads.osm import Extract
    from geomap.network import Progress

__all__ = [
    "Shelved",
    "add_roads",
    "issues",
    "network_for",
    "network_names",
    "networks",
    "record",
    "remove_roads",
    "road_sources",
]

logger = logging.getLogger(__name__)

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,62}")
_SUFFIXES = re.compile(r"(-latest)?(\.osm)?(\.(pbf|osm|o5m|opl))?(\.(gz|bz2))?$", re.IGNORECASE)


@dataclass(frozen=True)
class Shelved:
    """A network of the user's, opened when its roads are asked for."""

    source: Source
    """Its key is the network's name; its digest is that of the extract."""
    path: Path
    """The file of the network."""
    coverage: BaseGeometry
    """The land it speaks for, EPSG:4326; see `geomap.geometry.roads.coverage`."""
    junctions: int
    edges: int
    length_m: float
    """Of all its roads, metres."""
    minor: bool
    """Whether it has streets, service roads and tracks."""
    bytes_read: int
    """Size of the extract."""
    added: str
    """Day and time in UTC, ISO 8601."""

    @property
    def name(self) -> str:
        """The name it is removed by."""
        return self.source.key

    @cached_property
    def density(self) -> float:
        """Kilometres of road in a square kilometre of its land."""
        from geomap.geometry.geodesy import area_m2

        return self.length_m / 1000 / max(area_m2(self.coverage) / 1e6, 1.0)

    @cached_property
    def network(self) -> Network:
        """The roads.

        Raises
        ------
        DataError
            The file is missing or damaged.
        """
        return open_network(self.path)

    def covers(self, lon: float, lat: float) -> bool:
        """Return whether it speaks for the land at a point in degrees."""
        return bool(shapely.intersects_xy(self.coverage, lon, lat))


def add_roads(
    path: Path, *, name: str | None = None, minor: bool = False, progress: Progress | None = None
) -> tuple[Shelved, tuple[Issue, ...]]:
    """Add the roads of an OpenStreetMap extract, in place of an earlier network of that name.

    Parameters
    ----------
    path
        The extract, see `geomap.geometry.roads.osm.read_extract`.
    name
        Name of the network, by default the file's.
    minor
        Whether to keep streets, service roads and all tracks too.
    progress
        Told the bytes that were read, and how many will be.

    Returns
    -------
    :
        The network, and what was noticed on the way.

    Raises
    ------
    InputError
        The file cannot be used, or the name is none or that of a layer of places.
    OutputError
        The user's folder cannot be written to; what stood there is untouched.
    DataError
        The package osmium is not installed.
    """
    chosen = name or slug(_SUFFIXES.sub("", path.name))
    if not _NAME.fullmatch(chosen):
        raise InputError(f"{chosen!r} is no name for a network; use lower-case letters, digits and hyphens")
    if chosen in {file.stem for file in layer_files()}:
        raise InputError(f"{chosen!r} is a layer of places; give the roads another name with --name")
    extract = read_extract(path, minor=minor, progress=progress)
    with path.open("rb") as opened:
        digest = file_digest(opened, "sha256").hexdigest()
    shelved = _write(_shelved(chosen, path, digest, extract, minor=minor), extract.network)
    notes: tuple[Issue, ...] = ()
    if extract.missing:
        message = f"{extract.missing:,} points of roads are not in the file; the roads end before them"
        notes = (Issue("data", message, path.name),)
    return shelved, notes


def network_names() -> tuple[str, ...]:
    """Return the names of the user's networks, damaged ones too."""
    return tuple(sorted(path.stem for path in _folder().glob("*.json") if _NAME.fullmatch(path.stem)))


def networks() -> tuple[Shelved, ...]:
    """Return the user's networks, the one with the most roads for its land first; a damaged one is left out."""
    found = []
    for path in _files():
        try:
            found.append(_read(path))
        except DataError as error:
            logger.warning("%s", _lost(path.stem, error))
    return tuple(sorted(found, key=lambda shelved: (-shelved.density, shelved.name)))


def network_for(points: Iterable[tuple[float, float]]) -> Shelved | None:
    """Return the network with the most roads for its land among those that hold all the points, lon, lat in degrees.

    None where there is none; one that turns out to be damaged is left out, which is logged.
    """
    spots = tuple(points)
    for shelved in networks() if spots else ():
        if all(shelved.covers(lon, lat) for lon, lat in spots):
            try:
                _ = shelved.network
            except DataError as error:
                logger.warning("%s", _lost(shelved.name, error))
                continue
            return shelved
    return None


def issues() -> tuple[Issue, ...]:
    """Return which networks cannot be used, and how to be rid of them."""
    found = []
    for path in _files():
        try:
            _read(path)
        except DataError as error:
            found.append(Issue("data", _lost(path.stem, error)))
    return tuple(found)


def road_sources() -> tuple[Source, ...]:
    """Return the data sets of the user's networks, by name."""
    return tuple(sorted((shelved.source for shelved in networks()), key=lambda source: source.key))


def record(shelved: Shelved) -> dict[str, object]:
    """Return a network as an object for JSON, with the box of its land: west, south, east, north in degrees."""
    told = {key: value for key, value in asdict(shelved).items() if key != "coverage"}
    bounds = [round(value, 3) for value in shelved.coverage.bounds]
    return {"name": shelved.name, "file": str(told.pop("path")), **told, "bounds": bounds}


def remove_roads(name: str) -> None:
    """Remove a network, whole or damaged.

    Raises
    ------
    InputError
        There is no network of that name.
    OutputError
        It cannot be removed.
    """
    if name not in network_names():
        raise InputError(f"there is no network {name!r}; there is {', '.join(network_names()) or 'none'}")
    folder = _folder()
    with locked(folder):
        try:
            (folder / f"{name}.json").unlink()
            _clear(folder)
        except OSError as error:
            raise OutputError(f"cannot remove {name} ({error.strerror or error})") from error


def _folder() -> Path:
    return home() / "roads"


def _files() -> tuple[Path, ...]:
    return tuple(_folder() / f"{name}.json" for name in network_names())


def _shelved(name: str, path: Path, digest: str, extract: Extract, *, minor: bool) -> Shelved:
    network = extract.network
    changes = "Roads with their junctions, lengths, bends within 15 m, directions, numbers and names."
    source = Source(
        name, f"OpenStreetMap roads of {path.name}", extract.timestamp[:10] or "of unknown day", digest, "ODbL-1.0",
        ATTRIBUTION, "https://www.openstreetmap.org/copyright", ("roads",), changes,
    )  # fmt: skip
    return Shelved(
        source=source,
        path=Path(),
        coverage=coverage_of(network),
        junctions=len(network.points),
        edges=len(network.edges),
        length_m=float(network.lengths.sum()),
        minor=minor,
        bytes_read=path.stat().st_size,
        added=datetime.now(UTC).isoformat(timespec="seconds"),
    )


def _write(shelved: Shelved, network: Network) -> Shelved:
    """Write the network, then the file that names it, then be rid of what no such file names."""
    folder = _folder()
    content = asdict(shelved) | {"coverage": shapely.to_wkt(shelved.coverage, rounding_precision=5)}
    with locked(folder):
        path = folder / f"{shelved.name}.{shelved.source.sha256[:12]}{'-minor' * shelved.minor}.npz"
        save_network(network, path)
        content |= {"path": path.name, "size": path.stat().st_size}
        write_text(folder / f"{shelved.name}.json", json.dumps(content, ensure_ascii=False, indent=1) + "\n")
        _clear(folder)
    return replace(shelved, path=path)


def _read(path: Path) -> Shelved:
    """Return what a network's file says of it.

    Raises
    ------
    DataError
        The file is damaged, or the network's own file is missing or cut off.
    """
    try:
        return _parsed(path, path.stat().st_mtime_ns)
    except (OSError, ValueError, TypeError, KeyError, shapely.errors.GEOSException) as error:
        raise DataError(f"{path} is no network of roads, or a damaged one ({error})") from error


@lru_cache(maxsize=32)
def _parsed(path: Path, _changed: int) -> Shelved:
    """Return the network of a file that was last changed at a time; an opened one stays open while it is the same."""
    content = json.loads(path.read_text(encoding="utf-8"))
    content["source"] = Source(**content["source"] | {"used_for": tuple(content["source"]["used_for"])})
    content["coverage"] = shapely.from_wkt(content["coverage"])
    content["path"] = path.parent / content["path"]
    if content["path"].stat().st_size != content.pop("size"):
        raise ValueError(f"{content['path'].name} is cut off")
    shapely.prepare(content["coverage"])
    return Shelved(**content)


def _lost(name: str, error: DataError) -> str:
    return f"the roads {name!r} are left out: {error}; remove them: geomap data remove {name}"


def _clear(folder: Path) -> None:
    """Take away networks that no file names, and what an interrupted run left; the lock is held."""
    named = set()
    for path in _files():
        try:
            named.add(json.loads(path.read_text(encoding="utf-8"))["path"])
        except (OSError, ValueError, TypeError, KeyError):
            continue
    for left in folder.glob("*.npz"):
        if left.name not in named:
            left.unlink(missing_ok=True)
    for left in folder.glob(".geomap-*"):
        shutil.rmtree(left, ignore_errors=True)
