"""The commands on places and roads of the user's own: `geomap data --help`."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from geomap import console
from geomap.errors import GeomapError, InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from geomap.gazetteer.own.adding import Added
    from geomap.geometry.roads.shelf import Shelved
    from geomap.network import Progress

__all__ = ["data"]

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_SKIP_BAD = click.option("--skip-bad", is_flag=True, help="Add the good rows where some are bad.")


@click.group()
def data() -> None:
    """Add to what is shipped: your own places, GeoNames' dump of a country, roads of an OpenStreetMap extract."""


@data.group()
def add() -> None:
    """Add places or roads; what is added under a name before is replaced."""


@add.command()
@click.argument("codes", nargs=-1, metavar="CC...")
@click.option("--file", "files", multiple=True, type=_FILE, help="A dump that is here, SY.zip or SY.txt; several go.")
@click.option("--url", metavar="BASE", help="Folder of the dumps, when not GeoNames' own.")
@click.option("--min-population", type=click.IntRange(min=0), default=0, metavar="N",
              help="Leave out towns and villages with fewer people; most villages have no number.")  # fmt: skip
@_SKIP_BAD
def geonames(
    codes: tuple[str, ...], files: tuple[Path, ...], url: str | None, min_population: int, *, skip_bad: bool
) -> None:
    """Add the places of countries from GeoNames: villages, districts, bases, crossings, dams, hills.

    CC is an ISO code. The dump comes from download.geonames.org, or from a file of it. Places that are shipped stay
    as they are, and gain names.

    \b
    geomap data add geonames SY IQ
    geomap data add geonames --file SY.zip
    geomap data add geonames SD --url https://mirror.example.org/geonames/dump
    """
    if not codes and not files:
        raise click.UsageError("name a country, such as SY, or a dump with --file SY.zip")
    wanted = _dumps(codes, files)
    from geomap.gazetteer.own.adding import add_geonames
    from geomap.gazetteer.own.downloads import GEONAMES_URL

    done = 0
    for code, file in wanted:
        try:
            with console.working(f"reading {file.name}") if file else _bar(f"{code.upper()}.zip") as progress:
                added = add_geonames(
                    code, file=file, url=url or GEONAMES_URL, least_population=min_population, skip_bad=skip_bad,
                    progress=progress,
                )  # fmt: skip
        except GeomapError as error:
            if len(wanted) == 1:
                raise
            click.echo(f"{code}: {error}", err=True)
        else:
            done += _tell(added, str(file or code))
    if not done:
        sys.exit(1)


@add.command()
@click.argument("files", nargs=-1, required=True, type=_FILE, metavar="FILE...")
@click.option("--name", help="What the places are called in 'geomap data list'; the file's name when left out.")
@click.option("--sheet", metavar="LAYER", help="Which layer of a GeoPackage that has several.")
@click.option("--attribution", metavar="TEXT", help="The notice shown on maps with these places.")
@click.option("--licence", metavar="NAME", help="Their licence.")
@_SKIP_BAD
def places(
    files: tuple[Path, ...], name: str | None, sheet: str | None, attribution: str | None, licence: str | None,
    *, skip_bad: bool,
) -> None:  # fmt: skip
    """Add tables of your own places, which then go before all others: .csv, .tsv, .geojson or .gpkg.

    Columns: name, lat, lon (or a geometry); and where they are known id, names (other spellings, with ; between
    them), country, admin1, kind (town, base, airfield, crossing, dam …) or a GeoNames code, precision_m, population,
    note, source. Where a row is bad, nothing is added and every bad row is listed.

    \b
    geomap data add places outposts.csv
    geomap data add places fields.gpkg --sheet wells --name oil-wells --attribution 'Survey of 2024'
    """
    if name and len(files) > 1:
        raise click.UsageError("--name names one file's places; add the files one by one")
    from geomap.gazetteer.own.adding import add_places
    from geomap.gazetteer.own.tables import slug

    _keep_apart(name or slug(file.stem) for file in files)
    from geomap.geometry.borders import country_at

    done = 0
    for file in files:
        with console.working(f"reading {file.name}"):
            added = add_places(
                file, locate=country_at, name=name, sheet=sheet, attribution=attribution, licence=licence,
                skip_bad=skip_bad,
            )  # fmt: skip
        done += _tell(added, str(file))
    if not done:
        sys.exit(1)


@add.command()
@click.argument("file", type=_FILE, metavar="FILE.osm.pbf")
@click.option("--name", help="What the roads are called in 'geomap data list'; the file's name when left out.")
@click.option("--minor", is_flag=True, help="Keep streets, service roads and all tracks too; several times as many.")
def roads(file: Path, name: str | None, *, minor: bool) -> None:
    """Add the roads of an OpenStreetMap extract; routes whose stops all lie on its land then follow them.

    Extracts of countries and regions are at download.geofabrik.de, of any box at extract.bbbike.org. Kept are the
    roads that join settlements, from motorways to village roads, with bends, directions, numbers and names. It takes
    seconds for a small country, minutes for a large one.

    \b
    geomap data add roads syria-latest.osm.pbf
    geomap data add roads aleppo.osm.pbf --minor --name aleppo-streets
    """
    from geomap.geometry.roads.shelf import add_roads

    with _bar(file.name) as progress:
        shelved, notes = add_roads(file, name=name, minor=minor, progress=progress)
    console.list_issues(notes)
    click.echo(f"{shelved.name}: {_roads_text(shelved)} added")


@data.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line.")
def list_command(*, as_json: bool) -> None:
    """List what was added, with number of places or length of roads, day and licence."""
    from geomap.gazetteer.own.shelf import layer_files
    from geomap.geometry.roads.shelf import network_names

    _list_layers(as_json=as_json)
    _list_roads(as_json=as_json)
    if not layer_files() and not network_names():
        click.echo("nothing was added; see 'geomap data add --help'", err=True)


def _list_layers(*, as_json: bool) -> None:
    from dataclasses import asdict

    from geomap.errors import DataError
    from geomap.gazetteer.own.shelf import layer_at, layer_files
    from geomap.serialize import dumps

    for path in layer_files():
        try:
            layer = layer_at(path)
        except DataError as error:
            click.echo(f"{path.stem}  {error}; remove it: geomap data remove {path.stem}", err=True)
            continue
        source = layer.source
        if as_json:
            click.echo(dumps({"name": layer.name, "file": str(path), **asdict(layer)}))
            continue
        click.echo(
            f"{layer.name}  {layer.count:,} places  {source.title}, {source.version}  {source.licence}  "
            f"added {layer.added[:10]}"
        )


def _list_roads(*, as_json: bool) -> None:
    from geomap.geometry.roads.shelf import issues, networks, record
    from geomap.serialize import dumps

    console.list_issues(issues())
    for shelved in sorted(networks(), key=lambda shelved: shelved.name):
        if as_json:
            click.echo(dumps(record(shelved)))
            continue
        source = shelved.source
        click.echo(
            f"{shelved.name}  {_roads_text(shelved)}  {source.title}, {source.version}  {source.licence}  "
            f"added {shelved.added[:10]}"
        )


@data.command()
@click.argument("names", nargs=-1, required=True, metavar="NAME...")
def remove(names: tuple[str, ...]) -> None:
    """Remove what was added, by the names that 'geomap data list' gives."""
    from geomap.gazetteer.own.shelf import layer_files, remove_layer
    from geomap.geometry.roads.shelf import network_names, remove_roads

    for name in names:
        layers, roads = {path.stem for path in layer_files()}, set(network_names())
        if name not in layers | roads:
            raise InputError(
                f"nothing called {name!r} was added; there is {', '.join(sorted(layers | roads)) or 'none'}"
            )
        if name in layers:
            remove_layer(name)
        if name in roads:
            remove_roads(name)
        click.echo(f"{name} removed")


def _keep_apart(names: Iterable[str]) -> None:
    """Refuse to add places under a name that roads have: things are removed by their names."""
    from geomap.geometry.roads.shelf import network_names

    for name in names:
        if name in network_names():
            raise InputError(f"{name!r} is a network of roads; give the places another name with --name")


def _roads_text(shelved: Shelved) -> str:
    streets = " with streets and tracks" if shelved.minor else ""
    return f"{shelved.length_m / 1000:,.0f} km of roads{streets}"


def _dumps(codes: tuple[str, ...], files: tuple[Path, ...]) -> list[tuple[str, Path | None]]:
    """Return the countries wanted, each with its file where there is one: a file is of the country it is named for."""
    if len(codes) == len(files) == 1:
        return [(codes[0], files[0])]
    by_code: dict[str, Path | None] = {code.upper(): None for code in codes}
    for file in files:
        code = file.stem.upper()
        if len(code) != 2 or not code.isalpha() or (codes and code not in by_code):
            raise click.UsageError(f"whose dump is {file}? Name it as GeoNames does: SY.zip or SY.txt")
        by_code[code] = file
    return list(by_code.items())


def _tell(added: Added, what: str) -> bool:
    """List what was bad or noticed; say what was added, and return whether anything was."""
    console.list_issues((*added.bad, *added.notes))
    if added.layer is None:
        remedy = "correct them, or add the others with --skip-bad" if added.bad else "it holds no place to add"
        click.echo(f"{what}: nothing added, {len(added.bad):,} rows are bad; {remedy}", err=True)
        return False
    skipped = f", {len(added.bad):,} bad rows left out" if added.bad else ""
    click.echo(f"{added.layer.name}: {added.layer.count:,} places added{skipped}")
    return True


@contextmanager
def _bar(label: str) -> Iterator[Progress]:
    """Show on a terminal how much of a file has come; elsewhere show nothing."""
    with click.progressbar(length=1, label=label, file=sys.stderr, hidden=not sys.stderr.isatty()) as bar:

        def told(size: int, total: int | None) -> None:
            bar.length = total or max(bar.length or 1, size + 1)
            bar.update(size - bar.pos)

        yield told
