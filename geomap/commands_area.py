"""The commands that build areas: `geomap area --help`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from geomap import console

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from geomap.models import PlaceRef, Shape

__all__ = ["area"]

_DRAWINGS = (".geojson", ".json", ".wkt")
_WITHIN = click.option("--within", metavar="PLACE", help="A country, province or .geojson file that limits it.")
_COUNTRY = click.option("--country", "countries", multiple=True, metavar="CC", help="ISO code of a likely country.")


@click.group()
def area() -> None:
    """Build an area: along a border or road, around, between or on a side of places and lines, or as drawn.

    A PLACE or LINE is a name, an id such as icao:ORAA, LAT,LON, or a file of GeoJSON or WKT; a LINE may also be a
    river, a road such as M4, or a border such as 'SY-TR border'.
    """


@area.command()
@click.option("--between", nargs=2, required=True, metavar="CC CC", help="The two countries, by code or name.")
@click.option("--side", metavar="CC|both", help="The country the strip lies in, or both.")
@click.option(
    "--depth", "depths", multiple=True, required=True, type=console.depth, metavar="30km",
    help="30km, 500m, 5mi, a range such as 30-35km or 0-20km; once for each side: SY=30km.",
)  # fmt: skip
@click.option("--from", "start", metavar="PLACE", help="Where it begins along the border; with --to.")
@click.option("--to", "stop", metavar="PLACE", help="Where it ends.")
@_WITHIN
@console.geojson_option
@console.json_option
def strip(
    between: tuple[str, str], side: str | None, depths: tuple[tuple[str | None, tuple[float, float]], ...],
    start: str | None, stop: str | None, within: str | None, output: Path | None, *, as_json: bool,
) -> None:  # fmt: skip
    """Build a strip of a given depth along a border, on one side of it or on both.

    The depth is measured on the ground from the border as that side draws it. The ends are cut square to the border.

    \b
    geomap area strip --between SY TR --side SY --depth 30km
    geomap area strip --between SY TR --side SY --depth 30-35km --from 'Tell Abiad' --to 'Ras al-Ain' -o zone.geojson
    geomap area strip --between Kosovo Serbia --side both --depth 5km
    geomap area strip --between SY TR --depth SY=30km --depth TR=10km
    """
    from geomap.geometry.anchors import region_of
    from geomap.geometry.countries import country_code
    from geomap.geometry.strips import border_strip

    codes = country_code(between[0]), country_code(between[1])
    named = dict(depths)
    if len(named) < len(depths) or (None in named and len(named) > 1):
        raise click.UsageError("--depth is given once, or once for each side: --depth SY=30km --depth TR=10km")
    for given in (side, *named):
        if given and given.casefold() != "both" and country_code(given) not in codes:
            raise click.UsageError(f"{given} is neither of --between {' '.join(codes)}; name one of the two")
    if side is None and None in named:
        raise click.UsageError(f"on which side of the border? add --side {codes[0]}, --side {codes[1]} or --side both")
    whole = named.get(None)
    low, high = whole or ({str(name): span[number] for name, span in named.items()} for number in (0, 1))
    first, last = _ends(start, stop, countries=codes) or (None, None)
    found = border_strip(
        *codes, side=side, depth_m=low, possible_depth_m=high if low != high else None, start=first, end=last,
        region=region_of(_subject(within), countries=codes).area if within else None,
    )  # fmt: skip
    _deliver(found, "border_strip", output, depth=whole, as_json=as_json)


@area.command()
@click.option("--road", required=True, metavar="LINE", help="Name or number of the road, or another line.")
@click.option("--from", "start", metavar="PLACE", help="Where it begins.")
@click.option("--to", "stop", metavar="PLACE", help="Where it ends.")
@click.option("--towards", metavar="PLACE", help="With --length and --from or --to: which way it leads.")
@click.option("--length", type=console.length_range, metavar="35km", help="Its length along the road: 35km, 30-35km.")
@click.option("--around", metavar="PLACE", help="A place in its middle.")
@click.option("--width", type=console.length_range, metavar="5km", help="From edge to edge: then it is a polygon.")
@_WITHIN
@_COUNTRY
@console.geojson_option
@console.json_option
def stretch(
    road: str, start: str | None, stop: str | None, towards: str | None, around: str | None,
    length: tuple[float, float] | None, width: tuple[float, float] | None, within: str | None,
    countries: tuple[str, ...], output: Path | None, *, as_json: bool,
) -> None:  # fmt: skip
    """Build a stretch of a named road or of another line.

    \b
    geomap area stretch --road M4 --from 'Ayn Issa' --to 'Tall Tamr'
    geomap area stretch --road M4 --length 30-35km --around 'Ayn Issa' --width 5km -o m4.geojson
    geomap area stretch --road M5 --within Hama
    """
    from geomap.geometry.stretches import stretch as build

    if (start or stop) and not (start and stop) and not length:
        raise click.UsageError("--from and --to go together, or one of them with --length; give the other")
    found = build(
        _subject(road), countries=countries, start=start, end=stop, towards=towards, around=around,
        length_m=length, width_m=width, within=_subject(within),
    )  # fmt: skip
    _deliver(found, "highway_stretch", output, as_json=as_json)


@area.command("around")
@click.argument("what", nargs=-1, required=True, metavar="PLACE|LINE...")
@click.option("--distance", required=True, type=console.length_range, metavar="20km", help="20km, or a range: 20-30km.")
@click.option("--ring", is_flag=True, help="Leave out the inside of towns and areas.")
@click.option("--side", type=click.Choice(["left", "right", "both"]), help="Of lines: along them, with square ends.")
@_WITHIN
@_COUNTRY
@console.geojson_option
@console.json_option
def around_command(
    what: tuple[str, ...], distance: tuple[float, float], side: str | None, within: str | None,
    countries: tuple[str, ...], output: Path | None, *, ring: bool, as_json: bool,
) -> None:  # fmt: skip
    """Build all that lies within a distance of places, lines or areas.

    Surely so near is what is, wherever in its precision the place lies; possibly what may be.

    \b
    geomap area around 'Ain al-Asad' --distance 20km
    geomap area around Goma Bukavu --distance 20-30km -o zone.geojson
    geomap area around Euphrates --distance 5km --side left --within Syria
    """
    from geomap.geometry.surroundings import around

    given = [_subject(text) for text in what]
    found = around(given, distance, ring=ring, side=side, within=_subject(within), countries=countries)
    _deliver(found, "around", output, depth=distance, as_json=as_json)


@area.command("between")
@click.argument("first", metavar="LINE|PLACE")
@click.argument("second", metavar="LINE|PLACE")
@_WITHIN
@_COUNTRY
@console.geojson_option
@console.json_option
def between_command(
    first: str, second: str, within: str | None, countries: tuple[str, ...], output: Path | None, *, as_json: bool
) -> None:
    """Build what lies between two rivers, roads or borders, or a corridor between two places.

    \b
    geomap area between M4 'SY-TR border' --within Syria
    geomap area between Tigris Euphrates --within Iraq -o land.geojson
    geomap area between Hasakah Qamishli
    """
    from geomap.geometry.sides import between

    found = between(_subject(first), _subject(second), within=_subject(within), countries=countries)
    _deliver(found, "between", output, as_json=as_json)


@area.command()
@click.option("--of", "line", required=True, metavar="LINE", help="A river, road, border or drawn line.")
@click.option("--side", "side_", required=True, metavar="east", help="A wind, or left or right as the line runs.")
@_WITHIN
@_COUNTRY
@console.geojson_option
@console.json_option
def side(
    line: str, side_: str, within: str | None, countries: tuple[str, ...], output: Path | None, *, as_json: bool
) -> None:
    """Build one side of a river, road or other line within a country or province.

    \b
    geomap area side --of Euphrates --side east --within Syria
    geomap area side --of Dnipro --side left --within Ukraine -o leftbank.geojson
    """
    from geomap.geometry.sides import side_of

    found = side_of(_subject(line), side_, within=_subject(within), countries=countries)
    _deliver(found, "side", output, as_json=as_json)


@area.command()
@click.argument("name", metavar="PLACE")
@_COUNTRY
@console.geojson_option
@console.json_option
def unit(name: str, countries: tuple[str, ...], output: Path | None, *, as_json: bool) -> None:
    """Build the outline of a country, province or region.

    \b
    geomap area unit Hasakah
    geomap area unit SY -o syria.geojson
    """
    from geomap.geometry.regions import unit as build

    _deliver(build(_subject(name), countries=countries), "unit", output, as_json=as_json)


@area.command()
@click.argument("places", nargs=-1, required=True, metavar="PLACE...")
@click.option("--concave", type=float, metavar="RATIO", help="From 0, close round the places, to 1, convex.")
@_COUNTRY
@console.geojson_option
@console.json_option
def hull(
    places: tuple[str, ...], concave: float | None, countries: tuple[str, ...], output: Path | None, *, as_json: bool
) -> None:
    """Build what three or more places enclose.

    \b
    geomap area hull Goma Bukavu Kigali
    geomap area hull Aleppo Hama Latakia Idlib --concave 0.4 -o idlib.geojson
    """
    from geomap.geometry.regions import hull as build

    found = build([_subject(place) for place in places], concave=concave, countries=countries)
    _deliver(found, "hull", output, as_json=as_json)


@area.command("drawn")
@click.argument("source", metavar="FILE|WKT")
@click.option("--buffer", "distance", type=console.length_range, metavar="5km", help="What lies so near to it.")
@click.option("--side", type=click.Choice(["both", "left", "right"]), help="With --buffer: of a line, square ends.")
@click.option("--near", metavar="PLACE", help="Where it should lie: then lat, lon in the wrong order is noticed.")
@console.geojson_option
@console.json_option
def drawn_command(
    source: str, distance: tuple[float, float] | None, side: str | None, near: str | None, output: Path | None,
    *, as_json: bool,
) -> None:  # fmt: skip
    """Check and repair a line or polygon that you drew, and build the zone along it.

    \b
    geomap area drawn ceasefire.geojson --buffer 5km --side both -o zone.geojson
    geomap area drawn 'POLYGON ((30 -2, 31 -2, 31 -1, 30 -2))'
    """
    from geomap.geometry.drawing import drawn
    from geomap.geometry.surroundings import around

    if side and not distance:
        raise click.UsageError("--side is a side of the zone along a line; give its width with --buffer 5km")
    spot = console.place(console.gazetteer(), near).place if near else None
    found = drawn(source, near=(spot.lon, spot.lat) if spot else None)
    if distance is None:
        _deliver(found, "drawn", output, as_json=as_json)
    else:
        _deliver(around(found, distance, side=side), "drawn", output, depth=distance, as_json=as_json)


def _ends(start: str | None, stop: str | None, *, countries: Collection[str] = ()) -> tuple[PlaceRef, ...]:
    if not start and not stop:
        return ()
    if not start or not stop:
        raise click.UsageError("--from and --to go together; give both or neither")
    return console.places(console.gazetteer(), (start, stop), countries=countries, spot=True)


def _subject(text: str | None) -> Any:
    """Return what is drawn in a file, or the words as they are."""
    if text is None or not text.lower().endswith(_DRAWINGS):
        return text
    from geomap.geometry.drawing import drawn

    return drawn(text)


def _deliver(
    shape: Shape, kind: str, output: Path | None, *, depth: tuple[float, float] | None = None, as_json: bool
) -> None:
    """Write a shape as GeoJSON where a file is named, what is possible as a feature of its own; print it."""
    from geomap.files import write_text
    from geomap.models import Range
    from geomap.serialize import dumps, shape_features, shape_record

    record = shape_record(shape, kind=kind, depth=Range(*depth) if depth else None)
    if output:
        write_text(output, dumps(shape_features(record)) + "\n")
    console.deliver(record, output=None, as_json=as_json, text=console.shape_text)
