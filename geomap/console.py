"""What the commands share: arguments in units, places by name, tables, and what goes to which stream."""

from __future__ import annotations

import os
import re
import shutil
import sys
import tempfile
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from geomap.answers import answer_text
from geomap.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    from geomap.gazetteer import Gazetteer
    from geomap.gazetteer.online import Service
    from geomap.models import Issue, PlaceRef, Resolution
    from geomap.scene import Scene
    from geomap.serialize import Json

__all__ = [
    "FormatOption",
    "deliver",
    "depth",
    "duration",
    "gazetteer",
    "geojson_file",
    "geojson_option",
    "html_file",
    "json_option",
    "length",
    "length_range",
    "list_issues",
    "named",
    "names",
    "place",
    "places",
    "resolve",
    "route_text",
    "shape_text",
    "show",
    "speed",
    "summary",
    "to_stdout",
    "working",
]

_METRES = {"m": 1.0, "km": 1000.0, "mi": 1609.344, "nm": 1852.0}
"""Metres in a unit: the international mile of 1959, the nautical mile of 1929."""
_KMH = {"km/h": 1.0, "kmh": 1.0, "mph": 1.609344, "kn": 1.852}
"""Kilometres an hour in a unit."""
_HOURS = {"h": 1.0, "d": 24.0, "w": 168.0}
_QUANTITY = re.compile(r"\s*(\d+(?:\.\d+)?)\s*([a-z/]+)\s*", re.IGNORECASE)

_RANGE = re.compile(r"\s*(\d+(?:\.\d+)?)\s*([a-z]*)\s*(?:-|–|to)\s*(\d+(?:\.\d+)?)\s*([a-z]+)\s*", re.IGNORECASE)


def length(text: str) -> float:
    """Return a length such as "30km" or "5 mi" in metres."""
    return _amount(text, _METRES, "length", "30km")


def length_range(text: str) -> tuple[float, float]:
    """Return a length, or a range such as "30-35km", "30 to 35 km" or "0-20km", as the least and the most in metres."""
    match = _RANGE.fullmatch(text)
    if match is None:
        metres = length(text)
        return metres, metres
    low = 0.0 if float(match[1]) == 0 else length(f"{match[1]}{match[2] or match[4]}")
    high = length(f"{match[3]}{match[4]}")
    if low > high:
        raise click.BadParameter(f"{text!r} ends before it begins; write the smaller number first: 30-35km")
    return low, high


def depth(text: str) -> tuple[str | None, tuple[float, float]]:
    """Return a depth such as "30km" or "30-35km", after the side it is for where one is named: "SY=30km"."""
    side, named, amount = text.rpartition("=")
    return (side.strip() if named else None), length_range(amount)


def speed(text: str) -> float:
    """Return a speed such as "40km/h" or "25 mph" in kilometres an hour."""
    return _amount(text, _KMH, "speed", "40km/h")


def duration(text: str) -> timedelta:
    """Return a time span such as "72h" or "3d"."""
    return timedelta(hours=_amount(text, _HOURS, "duration", "72h"))


def _amount(text: str, units: dict[str, float], name: str, example: str) -> float:
    """Return a positive number with a unit, in the unit whose factor is one."""
    match = _QUANTITY.fullmatch(text)
    factor = units.get(match[2].lower()) if match else None
    if match is None or factor is None or float(match[1]) <= 0:
        raise click.BadParameter(f"{text!r} is no {name}; write a number and {' or '.join(units)}: {example}")
    return float(match[1]) * factor


def named(text: str) -> tuple[str, str]:
    """Return the two parts of ``NAME=VALUE``."""
    name, equals, value = text.partition("=")
    if not (name.strip() and equals and value.strip()):
        raise click.BadParameter(f"{text!r} has no name and value; write SDF=friend")
    return name.strip(), value.strip()


class FormatOption(click.Option):
    """The option `--format` of `extract`; its list is loaded only for somebody who asks for help."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Return the option and its help with the names of all formats."""
        from geomap.exports import Format

        self.help = f"The format, which overrides the suffix: {', '.join(Format)}."
        return super().get_help_record(ctx)


def html_file(text: str) -> Path:
    """Return the path of a page."""
    return _output(text, ".html", ".htm")


def geojson_file(text: str) -> Path:
    """Return the path of a GeoJSON file."""
    return _output(text, ".geojson", ".json")


def _output(text: str, *suffixes: str) -> Path:
    path = Path(text)
    if path.suffix.lower() not in suffixes:
        raise click.BadParameter(f"{text!r} does not end in {' or '.join(suffixes)}; name such a file")
    return path


geojson_option = click.option("-o", "--output", type=geojson_file, metavar="FILE", help="Write a GeoJSON feature.")
json_option = click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line.")


def gazetteer(service: Service | None = None) -> Gazetteer:
    """Return the gazetteer, which may ask a service, and say which of the user's layers could not be used."""
    from geomap.gazetteer import Gazetteer

    opened = Gazetteer(online=service)
    list_issues(opened.issues)
    return opened


def resolve(
    gazetteer: Gazetteer, text: str, *, countries: Collection[str] = (), near: tuple[float, float] | None = None
) -> Resolution:
    """Return what a name means, or a phrase such as "25 km west of Goma".

    Only a phrase, or a name that no list of places has, loads the geometry.
    """
    from geomap.gazetteer.relations import parse_relation

    if gazetteer.has(text) or parse_relation(text) is None:
        found = gazetteer.resolve(text, countries=countries, near=near)
        if found.place is not None:
            return found
    from geomap.geometry.finding import find_place

    return find_place(text, gazetteer, countries=countries, near=near)


def place(gazetteer: Gazetteer, text: str, *, near: tuple[float, float] | None = None) -> PlaceRef:
    """Return the place a name, an id or LAT,LON means; of an ambiguous name the likeliest, with a note.

    Raises
    ------
    UnknownPlaceError
        No place has that name or id.
    """
    from geomap.geometry.asking import ref_of

    return ref_of(text, near=near, gazetteer=gazetteer, unsure=_tell_unsure)


def places(
    gazetteer: Gazetteer, texts: Sequence[str], *, countries: Collection[str] = (), spot: bool = False
) -> tuple[PlaceRef, ...]:
    """Return the places of several texts; names that fit several places are taken near the ones that do not.

    With `spot` a town is meant rather than the province it gives its name to.

    Raises
    ------
    UnknownPlaceError
        No place has one of the names or ids.
    """
    from geomap.geometry.asking import refs_of

    return refs_of(texts, countries=countries, spot=spot, gazetteer=gazetteer, unsure=_tell_unsure)


def _tell_unsure(found: Resolution) -> None:
    click.echo(f"{found.query}: {found.reason}; give its id to be sure ('geomap find')", err=True)


def names(given: Iterable[str]) -> Iterator[str]:
    """Yield names; in place of ``-`` the lines of standard input, as they come.

    Raises
    ------
    InputError
        Standard input is no UTF-8.
    """
    for name in given:
        if name != "-":
            yield name
            continue
        try:
            for line in sys.stdin.buffer:
                yield line.decode("utf-8").rstrip("\r\n").removeprefix("\ufeff")
        except UnicodeDecodeError as error:
            raise InputError(f"standard input is no UTF-8 ({error}); convert it, for example with iconv") from error


def show(resolution: Resolution) -> None:
    """Print an answer and its candidates, in colour and cut to the width where a terminal shows them.

    The environment variable ``NO_COLOR`` (https://no-color.org) leaves out the colours.
    """
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
    click.echo(answer_text(resolution, width=width), color=False if os.environ.get("NO_COLOR") else None)


def route_text(record: Json) -> str:
    """Return a route in words."""
    lines = [f"{_name(record['from'])} → {_name(record['to'])}: {record['length_m'] / 1000:.0f} km by {record['mode']}"]
    lines += [f"  {leg['length_m'] / 1000:.0f} km {leg['how']}{_by(leg['by'])}" for leg in record["legs"]]
    met = [(crossing["at_m"], f"crosses at {crossing['name']} ({'–'.join(crossing['between'])})")
           for crossing in record["crossings"]]  # fmt: skip
    met += [(place["at_m"], f"passes {place['name']}") for place in record["places"]]
    lines += [f"  {at_m / 1000:4.0f} km  {words}" for at_m, words in sorted(met)]
    if record["duration_s"] is not None:
        minutes = round(record["duration_s"] / 60)
        hours = f"{minutes // 60} h {minutes % 60:02} min"
        lines.append(f"  {hours} at a steady {record['speed_kmh']:g} km/h, without halts")
    lines += [f"  roads: {notice}" for notice in dict.fromkeys(leg.get("notice") for leg in record["legs"]) if notice]
    return "\n".join(lines + _issue_lines(record))


def _by(router: str | None) -> str:
    return f" by {router}" if router else ""


def shape_text(record: Json) -> str:
    """Return an area in words: how much of it is sure, and how much possible."""
    sizes = []
    if record["length_m"] is not None:
        sizes.append(f"{record['length_m'] / 1000:.0f} km long")
    if record["area_m2"] is not None:
        sizes.append(f"{_figure(record['area_m2'] / 1e6)} km²")
    sure = ", ".join(sizes) if record["geometry"] else "nothing surely"
    if (size := record["possible_area_m2"]) is not None:
        sure += f", possibly {_figure(size / 1e6)} km²"
    lines = [f"{record['kind'].replace('_', ' ')}: {sure}", f"  {record['built_from']}"]
    return "\n".join(lines + _issue_lines(record))


def _figure(number: float) -> str:
    return f"{number:,.0f}" if number >= 10 else f"{number:.2g}"


def deliver(*records: Json, output: Path | None, as_json: bool, text: Callable[[Json], str]) -> None:
    """Write records as GeoJSON where a file is named; print them as JSON, one a line, or in words."""
    from geomap.files import write_text
    from geomap.serialize import dumps

    if output:
        features = [
            {"type": "Feature", "geometry": record["geometry"],
             "properties": {key: value for key, value in record.items() if key != "geometry"}}
            for record in records
        ]  # fmt: skip
        only = len(features) == 1
        write_text(output, dumps(features[0] if only else {"type": "FeatureCollection", "features": features}) + "\n")
    for record in records:
        click.echo(dumps(record) if as_json else text(record))


def list_issues(issues: Iterable[Issue]) -> None:
    """Print each issue once, on one line, to standard error."""
    for line in dict.fromkeys(f"{issue.report_id or '-'}: {issue.stage}: {issue.message}" for issue in issues):
        click.echo(" ".join(line.split()), err=True)


def summary(scene: Scene, output: Path) -> None:
    """Print how much was read and where it went, to standard error."""
    from geomap.tables.corrections import by_hand

    counts = ", ".join(
        _counted(number, word)
        for number, word in (
            (len(scene.readings), "report"),
            (sum(len(reading.movements) for reading in scene.readings), "movement"),
            (sum(len(reading.areas) for reading in scene.readings), "area"),
            (sum(len(reading.incidents) for reading in scene.readings), "incident"),
            (len(set(scene.issue_records)), "issue"),
        )
    )
    if hand := len(set(by_hand(scene.readings))):
        counts += f", {_counted(hand, 'correction')} by hand"
    click.echo(f"{counts} → {'standard output' if str(output) == '-' else output}", err=True)


def to_stdout(write: Callable[[Path], None]) -> None:
    """Let `write` make a whole file, then send its bytes to standard output."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "output"
        write(path)
        sys.stdout.buffer.write(path.read_bytes())


@contextmanager
def working(word: str) -> Iterator[None]:
    """Show on a terminal's standard error that something is going on; elsewhere show nothing."""
    shown = sys.stderr.isatty()
    if shown:
        click.echo(f"{word} …", nl=False, err=True)
    try:
        yield
    finally:
        if shown:
            click.echo("\r\033[K", nl=False, err=True)


def _counted(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"


def _name(end: Json) -> str:
    return str(end["name"] or end["text"])


def _issue_lines(record: Json) -> list[str]:
    return [f"  {issue['stage']}: {issue['message']}" for issue in record["issues"]]
