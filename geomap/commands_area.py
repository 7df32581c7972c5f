"""The commands that build areas: `geomap area --help`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from geomap import console

if TYPE_CHECKING:
    from pathlib import Path

    from geomap.models import PlaceRef, Shape

__all__ = ["area"]


@click.group()
def area() -> None:
    """Build an area from words: a strip along a border, a stretch of a highway."""


@area.command()
@click.option("--between", nargs=2, required=True, metavar="CC CC", help="ISO codes of the two countries.")
@click.option("--side", required=True, metavar="CC", help="The country the strip lies in.")
@click.option("--depth", required=True, type=console.length, metavar="30km", help="Its depth: 30km, 500m, 5mi.")
@click.option("--from", "start", metavar="PLACE", help="Where it begins along the border; with --to.")
@click.option("--to", "stop", metavar="PLACE", help="Where it ends.")
@console.geojson_option
@console.json_option
def strip(
    between: tuple[str, str], side: str, depth: float, start: str | None, stop: str | None,
    output: Path | None, *, as_json: bool,
) -> None:  # fmt: skip
    """Build a strip of a given depth along a border, on one side of it.

    \b
    geomap area strip --between SY TR --side SY --depth 30km
    geomap area strip --between SY TR --side SY --depth 30km --from 'Tell Abiad' --to 'Ras al-Ain' -o zone.geojson
    """
    from geomap.geometry.areas import shape
    from geomap.models import AreaPlan, Range

    codes = (between[0].upper(), between[1].upper())
    if side.upper() not in codes:
        raise click.UsageError(f"--side {side} is neither of --between {' '.join(codes)}; name one of the two")
    plan = AreaPlan(border=codes, side=side.upper(), depth_m=Range(depth, depth), ends=_ends(start, stop))
    _deliver_shape(shape(plan), "border_strip", output, depth=depth, as_json=as_json)


@area.command()
@click.option("--road", required=True, metavar="M4", help="Name or number of the road.")
@click.option("--from", "start", metavar="PLACE", help="Where it begins; with --to.")
@click.option("--to", "stop", metavar="PLACE", help="Where it ends.")
@click.option("--length", type=console.length, metavar="35km", help="Its length.")
@click.option("--around", metavar="PLACE", help="A place in its middle.")
@console.geojson_option
@console.json_option
def stretch(
    road: str, start: str | None, stop: str | None, length: float | None, around: str | None,
    output: Path | None, *, as_json: bool,
) -> None:  # fmt: skip
    """Build a stretch of a named road.

    \b
    geomap area stretch --road M4 --from 'Ayn Issa' --to 'Tall Tamr'
    geomap area stretch --road M4 --length 35km --around 'Ayn Issa' -o m4.geojson
    """
    from geomap.geometry.areas import shape
    from geomap.models import AreaPlan, Range

    middle = (console.place(console.gazetteer(), around),) if around else ()
    measure = Range(length, length) if length else None
    plan = AreaPlan(road=road, ends=_ends(start, stop), length_m=measure, around=middle)
    _deliver_shape(shape(plan), "highway_stretch", output, as_json=as_json)


def _ends(start: str | None, stop: str | None) -> tuple[PlaceRef, ...]:
    if not start and not stop:
        return ()
    if not start or not stop:
        raise click.UsageError("--from and --to go together; give both or neither")
    return console.places(console.gazetteer(), (start, stop))


def _deliver_shape(shape: Shape, kind: str, output: Path | None, *, depth: float | None = None, as_json: bool) -> None:
    from geomap.models import Range
    from geomap.serialize import shape_record

    record = shape_record(shape, kind=kind, depth=Range(depth, depth) if depth else None)
    console.deliver(record, output=output, as_json=as_json, text=console.shape_text)
