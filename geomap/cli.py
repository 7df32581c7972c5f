"""The command line: `geomap --help`."""

from __future__ import annotations

import logging
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from geomap import console
from geomap.commands_area import area
from geomap.commands_data import data
from geomap.commands_online import online_options, reader_options, router_options
from geomap.commands_route import route
from geomap.errors import GeomapError, InputError

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime, timedelta

    from geomap.gazetteer import Gazetteer
    from geomap.gazetteer.online import Service
    from geomap.geometry.roads.servers import Router
    from geomap.reports.readers import Reader
    from geomap.scene import Scene

__all__ = ["main"]


class _Commands(click.Group):
    """A group whose errors are sentences: wrong usage ends with 2, anything else that went wrong with 1."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except InputError as error:
            raise click.UsageError(str(error)) from error
        except GeomapError as error:
            raise click.ClickException(str(error)) from error


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="geomap")
@click.option("-v", "--verbose", is_flag=True, help="Say more of what is going on, on standard error.")
def main(*, verbose: bool) -> None:
    """Turn news reports about military movements into an interactive, sourced map.

    \b
    A map of a folder of reports, as one file that needs no network:
        geomap map reports/ -o map.html
    The same as a table or for a GIS:
        geomap extract reports/ -o movements.gpkg

    Exit codes: 0 done, 1 nothing could be used, 2 wrong usage.
    """
    if verbose:
        logging.basicConfig(level=logging.INFO, format="%(name)s: %(message)s")
    elif not logging.getLogger().handlers:
        # without a handler Python prints what libraries log, tracebacks included
        logging.getLogger().addHandler(logging.NullHandler())


_INPUTS = click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")


def _building(command: Any) -> Any:
    """Add the options that choose and coarsen what is read."""
    day = click.DateTime(formats=["%Y-%m-%d"])
    for option in (
        click.option("--sources", "graded", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE.csv",
                     help="A table of sources and their NATO grades (columns source, grade); without it all are F6."),
        click.option("--round-km", type=click.FloatRange(min=0, min_open=True), metavar="N",
                     help="Snap coordinates to a grid of N kilometres; quoted words stay as they are."),
        click.option("--keep-quotes", is_flag=True, help="Keep the quoted words of hidden sources, without names."),
        click.option("--hide-source", "hide_sources", multiple=True, metavar="NAME",
                     help="Do not name this publisher, author or report, nor quote it; its day and grade stay."),
        click.option("--corrections", type=click.Path(path_type=Path, dir_okay=False, exists=True), multiple=True,
                     metavar="FILE",
                     help="A table that 'extract' wrote and a person corrected: goes before what is read anew."),
        click.option("--delay", type=console.duration, metavar="72h",
                     help="Leave out ongoing and planned items younger than this: 72h, 3d."),
        click.option("--until", type=day, metavar="DATE", help="Leave out what happened after this day (2019-10-21)."),
        click.option("--since", type=day, metavar="DATE", help="Leave out what happened before this day."),
    ):  # fmt: skip
        command = option(command)
    return command


@main.command("map")
@_INPUTS
@click.option("-o", "--output", required=True, type=console.html_file, metavar="FILE", help="The map, one file.")
@click.option("--title", help="Headline of the map.")
@click.option("--tiles", metavar="NAME|FILE|URL",
              help="A further ground: an xyzservices provider or a URL with {z}, {x}, {y}, asked for only when the "
                   "reader switches it on; or an .mbtiles or .pmtiles archive, which goes into the file.")  # fmt: skip
@click.option("--symbols", type=click.Choice(["app6"]), help="Military symbols beside movements and at bases.")
@click.option(
    "--affiliation",
    "affiliations",
    type=console.named,
    multiple=True,
    metavar="ACTOR=SIDE",
    help="Whose side an actor is on, for its symbol: friend, hostile, neutral, suspect …; may be repeated.",
)
@_building
@online_options
@reader_options
@router_options
def map_command(
    inputs: tuple[str, ...], output: Path, title: str | None, tiles: str | None, symbols: str | None,
    affiliations: tuple[tuple[str, str], ...], **choice: Any,
) -> None:  # fmt: skip
    """Draw reports as one interactive HTML file.

    INPUT is a file, a folder, a glob, or - for standard input. Reports: .txt .md .html .json .jsonl .csv .docx
    .pdf. Prepared tables of movements (.csv .geojson .xlsx .yaml with from, to, date, actor …) are drawn as
    they are.

    \b
    geomap map reports/ -o map.html
    geomap map 'october/*.md' -o map.html --since 2019-10-09 --until 2019-10-31 --title 'October 2019'
    geomap map corrected.csv -o map.html
    geomap map reports/ --corrections corrected.csv -o map.html
    geomap map reports/ -o map.html --symbols app6 --affiliation SDF=friend
    geomap map - -o map.html < report.txt
    """
    from geomap.maps.symbols import asked_affiliations

    sides = dict(affiliations)
    asked_affiliations(symbols, sides)  # a wrong word is said before the reports are read
    scene = _scene(inputs, **choice)
    scene.save(output, title=title, tiles=tiles, symbols=symbols, affiliations=sides)
    console.summary(scene, output)


@main.command()
@_INPUTS
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path, allow_dash=True),
              help="The file, or - for standard output; its suffix is the format.")  # fmt: skip
@click.option("--format", "name", cls=console.FormatOption, metavar="F")
@click.option("--overwrite", is_flag=True,
              help="Write over an older file with all its corrections, or over one that is not geomap's.")  # fmt: skip
@click.option("--keep-text", is_flag=True, help="Put the reports' texts into the file as well.")
@_building
@online_options
@reader_options
@router_options
def extract(
    inputs: tuple[str, ...], output: Path, name: str | None, *, overwrite: bool, keep_text: bool, **choice: Any
) -> None:
    """Write what reports tell to a file for other programs.

    A table that is there already keeps what a person corrected in it.

    \b
    geomap extract reports/ -o movements.jsonl     one object a report, with offsets into its text
    geomap extract reports/ -o movements.gpkg      layers for QGIS
    geomap extract reports/ -o movements.xlsx      a table to correct, and to draw with 'geomap map'
    geomap extract reports/ -o evidence.md         each claim with its quote, source and grade
    geomap extract reports/ -o - --format jsonl    to standard output
    """
    from geomap import exports

    if keep_text and choice["hide_sources"]:
        raise click.UsageError(
            "--keep-text writes texts that may name the sources of --hide-source; leave one of them out"
        )
    to_stdout = str(output) == "-"
    chosen = exports.format_of(output, name or ("jsonl" if to_stdout else None))
    earlier = None if to_stdout or overwrite else exports.corrected_file(output, chosen.suffix)
    if earlier and choice["round_km"]:
        raise click.UsageError(f"--round-km would coarsen what is corrected in {output}; write to another file")
    choice["corrections"] = (*filter(None, [earlier]), *choice["corrections"])
    scene = _scene(inputs, **choice)
    if to_stdout:
        console.to_stdout(lambda path: exports.write(scene.readings, path, format=chosen, keep_text=keep_text))
    else:
        exports.write(scene.readings, output, format=chosen, keep_text=keep_text, overwrite=overwrite)
    console.summary(scene, output)


@main.command()
@click.argument("names", nargs=-1, required=True, metavar="NAME...")
@click.option("--country", "countries", multiple=True, metavar="CC", help="ISO code of a country it is likely in.")
@click.option("--near", metavar="PLACE|LAT,LON", help="A place it is likely near.")
@click.option("--limit", type=click.IntRange(min=1), default=10, show_default=True, help="Most candidates a name.")
@console.json_option
@online_options
def find(
    names: tuple[str, ...], countries: tuple[str, ...], near: str | None, limit: int,
    *, as_json: bool, service: Service | None,
) -> None:  # fmt: skip
    """Look up places by name, offline; with --online also ask a service for names that are unknown.

    NAME is a name in any script, with generic words and qualifiers, or LAT,LON, or where a place lies to others; -
    reads names from standard input, one a line. Each name is answered in its order: resolved, ambiguous or unknown,
    the best candidate first.

    \b
    geomap find 'Ain al-Assad'
    geomap find Tripoli --country LB
    geomap find عفرين Manbij --near Aleppo --json
    geomap find '25 km west of Goma' 'the road from Hasakah to Qamishli'
    geomap find - --json < names.txt > places.jsonl
    """
    from dataclasses import replace

    from geomap.models import Certainty
    from geomap.serialize import dumps, resolution_record

    gazetteer = console.gazetteer(service)
    spot = console.place(gazetteer, near).place if near else None
    position = (spot.lon, spot.lat) if spot else None
    codes = tuple(code.upper() for code in countries)
    known = False
    for name in console.names(names):
        resolution = console.resolve(gazetteer, name, countries=codes, near=position)
        shown = replace(resolution, candidates=resolution.candidates[:limit])
        if as_json:
            click.echo(dumps(resolution_record(shown)))
        else:
            console.show(shown)
        known = known or resolution.status is not Certainty.UNKNOWN
    if not known:
        sys.exit(1)


main.add_command(area)
main.add_command(data)
main.add_command(route)


@main.command()
def sources() -> None:
    """List the data, shipped and added: what it is, its version, licence and attribution."""
    from geomap import datasets
    from geomap.gazetteer.layers import layer_sources
    from geomap.geometry.roads.shelf import road_sources

    for source in (*datasets.sources(), *layer_sources(), *road_sources()):
        click.echo(
            f"{source.key}\n  {source.title}, {source.version}\n  {source.licence}: {source.attribution}\n"
            + (f"  {source.url}\n" if source.url else "")
            + f"  in {', '.join(source.used_for)}: {source.changes}\n"
        )


def _scene(
    inputs: tuple[str, ...], *, corrections: tuple[Path, ...], since: datetime | None, until: datetime | None,
    delay: timedelta | None, round_km: float | None, hide_sources: tuple[str, ...], keep_quotes: bool,
    service: Service | None,
    make_reader: Callable[[Gazetteer], Reader] | None, graded: Path | None, router: Router | None,
) -> Scene:  # fmt: skip
    """Return the scene of the inputs; list its issues, and stop where nothing could be used."""
    first, last = _day(since), _day(until)
    if first and last and first > last:
        raise click.UsageError(f"--since {first} lies after --until {last}; swap them")
    from geomap.gazetteer import Gazetteer
    from geomap.grades import load_grades
    from geomap.pipeline import build

    grades = load_grades(graded) if graded else None
    places = Gazetteer(online=service)
    reader = make_reader(places) if make_reader else None
    with console.working("reading"):
        scene = build(
            inputs, corrections=corrections, since=first, until=last, delay=delay, round_km=round_km,
            hide_sources=hide_sources, keep_quotes=keep_quotes,
            gazetteer=places, reader=reader, grades=grades, router=router,
        )  # fmt: skip
    console.list_issues(scene.issue_records)
    if not scene.readings:
        raise click.ClickException(f"nothing could be used of {', '.join(inputs)}; no file was written")
    return scene


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None
