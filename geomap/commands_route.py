"""The command that finds ways: `geomap route --help`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from geomap import console
from geomap.commands_online import router_options

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from geomap.geometry.roads.servers import Router
    from geomap.models import Passing, Route

__all__ = ["route"]

_MODES = ("road", "air", "rail", "sea", "foot")


@click.command()
@click.argument("origin", metavar="FROM")
@click.argument("destination", metavar="TO")
@click.option("--via", multiple=True, metavar="PLACE", help="A place on the way; several in their order.")
@click.option("--avoid", multiple=True, metavar="CC|PLACE|FILE",
              help="Keep out of a country, a place, or the polygons of a GeoJSON file; several go.")  # fmt: skip
@click.option("--alternatives", type=click.IntRange(0, 3), default=0, metavar="N",
              help="Also give up to N other ways that really differ.")  # fmt: skip
@click.option("--mode", type=click.Choice(_MODES), default="road", show_default=True,
              help="By air and sea the line is a plain arc; railways are not known.")  # fmt: skip
@click.option("--on", type=click.DateTime(formats=["%Y-%m-%d"]), metavar="DATE",
              help="The day for which border crossings count as open or closed.")  # fmt: skip
@click.option("--speed", type=console.speed, metavar="40km/h", help="Say how long it takes at this speed.")
@console.geojson_option
@console.json_option
@router_options
def route(
    origin: str, destination: str, via: tuple[str, ...], avoid: tuple[str, ...], alternatives: int, mode: str,
    on: datetime | None, speed: float | None, output: Path | None, *, as_json: bool, router: Router | None,
) -> None:  # fmt: skip
    """Find the way along roads between two places, the crossings it takes and the towns it passes.

    A place is a name, an id such as icao:ORAA, or LAT,LON; a country is entered just past the border.

    \b
    geomap route Rmeilan 'Ain al-Asad'
    geomap route Kobani Qamishli --via 'Tall Tamr' -o way.geojson
    geomap route Khartoum 'Port Sudan' --avoid Atbara --alternatives 2 --speed 50km/h
    geomap route 36.89,38.35 35.84,38.55 --json
    geomap route Kobani Tabqa --router http://127.0.0.1:5000
    """
    from geomap.geometry import routing
    from geomap.geometry.avoiding import avoiding
    from geomap.models import Mode
    from geomap.serialize import route_record

    if alternatives and (via or mode != "road"):
        raise click.UsageError("--alternatives are looked for by road between two places; leave out --via and --mode")
    stops = console.places(console.gazetteer(), (origin, *via, destination), spot=True)
    spots = [stop.place for stop in stops if stop.place]
    away, day = avoiding(avoid), on.date() if on else None
    found: tuple[Route, ...]
    if alternatives:
        found = routing.alternatives(spots, count=alternatives, avoid=away, on=day, router=router)
    else:
        found = (routing.route(spots, mode=Mode(mode), avoid=away, on=day, router=router),)
    records = [
        route_record(each, stops[0], stops[-1], stops[1:-1], places=_passed(each), speed_kmh=speed) for each in found
    ]
    console.deliver(*records, output=output, as_json=as_json, text=console.route_text)


def _passed(found: Route) -> tuple[Passing, ...]:
    from geomap.geometry.passing import places_along

    return places_along(found)
