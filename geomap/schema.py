"""The one schema of the six layers: every column's name, dtype and meaning, in order.

What a person may correct comes first and is named as in a prepared table (``from``, ``to``, ``actor``, ``date``); what
geomap needs to read its own tables back, and nobody need look at, comes last.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["CRS", "DEGREE_DIGITS", "SCHEMA", "Column", "Layer"]

CRS = "EPSG:4326"
DEGREE_DIGITS = 6
"""Decimals of a degree in files: 0.11 m on the equator, finer than any place in a report."""


class Layer(StrEnum):
    """The six tables a scene is made of, in the order they are written."""

    MOVEMENTS = "movements"
    AREAS = "areas"
    INCIDENTS = "incidents"
    PLACES = "places"
    SOURCES = "sources"
    ISSUES = "issues"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a layer: its name, pandas dtype and meaning."""

    name: str
    dtype: str
    meaning: str
    editable: bool = False
    """A person may change it: what is written there instead is a correction. Others are read as they stand, or anew."""


_TEXT, _DAY, _WHOLE, _REAL, _YES_NO, _SHAPE = "string", "datetime64[ms]", "Int64", "float64", "bool", "geometry"


def _edit(name: str, dtype: str, meaning: str) -> Column:
    return Column(name, dtype, meaning, editable=True)


_WHAT = (
    Column("id", _TEXT, "unique in the scene"),
    Column("report_id", _TEXT, "the report it was read in"),
)
_WHEN = (
    _edit("date", _DAY, "first day of the event; missing when the report does not tell it"),
    _edit("date_end", _DAY, "last day of the event, included"),
)
_NOTE = _edit("note", _TEXT, "a remark by whoever prepared the record")
_WHEN_TEXT = _edit("date_text", _TEXT, "the words that date it")
_SAID = (
    _edit("attributed_to", _TEXT, "who says so, by the text"),
    _edit("speaker", _TEXT, "what sort of speaker that is: monitor, official, military …: geomap.models.SpeakerKind"),
    _edit("grade", _TEXT, "NATO Admiralty grade, A1 to F6"),
    Column("quote", _TEXT, "the sentence or sentences that say so, verbatim"),
    Column("source", _TEXT, "publisher"),
    Column("title", _TEXT, "title of the report"),
    Column("url", _TEXT, "address of the report"),
    Column("published", _DAY, "day of publication"),
    Column("issues", _TEXT, "what could not be read, resolved or drawn of it, separated by '; '"),
)
_MARKS = (
    Column("start", _WHOLE, "offset of the quote's first character in the report's text"),
    Column("end", _WHOLE, "offset behind its last character"),
    Column("marks", _TEXT, "offsets into the quote of the words that carry the claim, as '12-27; 45-60'"),
    Column("read_by", _TEXT, "what read it, where that was not the rules of geomap"),
    Column("withheld", _YES_NO, "who says so is kept back on request"),
)
_BY_HAND = (
    Column("corrected", _TEXT, "columns that a person corrected, separated by '; '; 'added' for a whole row"),
    Column("as_read", _TEXT, "short digests of what geomap wrote, by which a correction is told; leave it as it is"),
)


def _spot_columns(end: str) -> tuple[Column, ...]:
    return (
        _edit(f"{end}_lon", _REAL, "longitude of the first place, degrees"),
        _edit(f"{end}_lat", _REAL, "latitude of the first place, degrees"),
        _edit(f"{end}_precision_m", _REAL, "radius that surely holds it, metres"),
    )


def _ref_columns(end: str) -> tuple[Column, ...]:
    return (
        _edit(f"{end}_place", _TEXT, "the id of each place, separated by '; '; '-' where it is not known"),
        Column(f"{end}_text", _TEXT, "the report's words for each place, separated by '; '"),
        Column(f"{end}_at", _TEXT, "latitude, longitude and radius in metres of each place, separated by '; '"),
    )


_PLAN = (
    _edit("depth_m", _REAL, "depth reported, metres; the lower bound of a range"),
    _edit("depth_max_m", _REAL, "upper bound of the depth, metres"),
    _edit("width_m", _REAL, "width of a corridor from edge to edge, metres; the lower bound of a range"),
    _edit("width_max_m", _REAL, "upper bound of the width, metres"),
    _edit("length_m", _REAL, "length reported, metres; the lower bound of a range"),
    _edit("length_max_m", _REAL, "upper bound of the length, metres"),
    _edit("border", _TEXT, "the two countries whose border it follows, as 'SY-TR'"),
    _edit("side", _TEXT, "code of the country on whose side of the border it lies"),
    _edit("both_sides", _YES_NO, "it lies on both sides of its border or line"),
    _edit("bearing", _REAL, "the side of its line or border on which it lies, degrees clockwise from north"),
    _edit("road", _TEXT, "name or number of the road it follows"),
    _edit("line", _TEXT, "the river, road or other line it lies along"),
    _edit("ends", _TEXT, "the places it reaches from and to, and those between, in order, separated by '; '"),
    _edit("around", _TEXT, "the places it lies around, separated by '; '"),
    _edit("between", _TEXT, "the two lines it lies between, or the places it lies amid, separated by '; '"),
    _edit("region", _TEXT, "the place the words put it in"),
    _edit("without", _TEXT, "places in the region that do not belong to it, separated by '; '"),
    _edit("part_of", _TEXT, "the place of which some unknown part is meant"),
)
"""The columns of an area's plan, named as in `geomap.models.AreaPlan`: what its shape is built from."""


SCHEMA: Mapping[Layer, tuple[Column, ...]] = {
    Layer.MOVEMENTS: (
        *_WHAT,
        _edit("from", _TEXT, "names of the places of origin, separated by '; '"),
        _edit("to", _TEXT, "names of the destinations, separated by '; '"),
        _edit("via", _TEXT, "names of the places on the way, in order, separated by '; '"),
        *_WHEN,
        _edit("status", _TEXT, "completed, ongoing, planned, ordered or denied"),
        _edit("actor", _TEXT, "canonical name of who moves"),
        _edit("kind", _TEXT, "withdrawal, advance, convoy …: geomap.models.MovementKind"),
        _edit("mode", _TEXT, "road, air, rail, sea, foot or unknown"),
        _edit("vehicles", _WHOLE, "number of vehicles reported, the lower bound of a range"),
        _edit("troops", _WHOLE, "number of people reported, the lower bound of a range"),
        _NOTE,
        *_spot_columns("from"),
        *_spot_columns("to"),
        _WHEN_TEXT,
        _edit("actor_text", _TEXT, "the report's words for who moves"),
        _edit("co_actors", _TEXT, "who moves along, separated by '; '"),
        _edit("backed_by", _TEXT, "who is said to back the forces, separated by '; '"),
        _edit("vehicles_text", _TEXT, "the words for the number of vehicles"),
        _edit("troops_text", _TEXT, "the words for the number of people"),
        _edit("equipment", _TEXT, "kinds of vehicles and heavy weapons named, separated by '; '"),
        _edit("background", _YES_NO, "told as history, not as news"),
        _edit("confidence", _REAL, "0 to 1"),
        *_SAID,
        Column("trigger", _TEXT, "the words that say it moves"),
        Column("event", _TEXT, "id of the fullest telling, where several reports tell of the same movement"),
        Column("length_m", _REAL, "length of the line on the ellipsoid, metres"),
        Column("how", _TEXT, "how the line was obtained: reported, inferred or schematic, in order"),
        Column("crossings", _TEXT, "border crossings on the way, separated by '; '"),
        Column("given", _YES_NO, "the line was given with the record or drawn by hand, not made from its places"),
        Column("wkt", _TEXT, "such a line in well-known text, for tables without geometries"),
        *_ref_columns("from"),
        *_ref_columns("to"),
        *_ref_columns("via"),
        Column("route", _TEXT, "the parts of the line, its crossings and open ends, as JSON"),
        *_MARKS,
        *_BY_HAND,
    ),
    Layer.AREAS: (
        *_WHAT,
        *_WHEN,
        _edit("status", _TEXT, "completed, ongoing, planned, ordered or denied"),
        _edit("actor", _TEXT, "canonical name of whose area it is"),
        _edit("kind", _TEXT, "safe_zone, highway_stretch …: geomap.models.AreaKind"),
        _NOTE,
        *_PLAN,
        _WHEN_TEXT,
        Column("words", _TEXT, "the report's words for it"),
        *_SAID,
        Column("area_m2", _REAL, "area of the shape on the ellipsoid, square metres"),
        Column("along_m", _REAL, "length of its line, of a road with its bends, metres"),
        Column("built_from", _TEXT, "how the shape was made, in one sentence"),
        Column("published_limits", _YES_NO, "the report gave the limits itself; otherwise they are assumed"),
        Column("given", _YES_NO, "the shape was given with the record or drawn by hand, not built from its plan"),
        Column("wkt", _TEXT, "such a shape in well-known text, for tables without geometries"),
        Column("plan", _TEXT, "the places of the plan with their words, ids and spots, as JSON"),
        Column("possible", _SHAPE, "the outer polygon that may belong to it, where its limits are uncertain"),
        *_MARKS,
        *_BY_HAND,
    ),
    Layer.INCIDENTS: (
        *_WHAT,
        _edit("places", _TEXT, "names of the places, separated by '; '"),
        *_WHEN,
        _edit("actor", _TEXT, "canonical name of who acts"),
        _edit("kind", _TEXT, "strike, shelling, clash, capture, sighting or presence"),
        _NOTE,
        _edit("lon", _REAL, "longitude of the first place, degrees"),
        _edit("lat", _REAL, "latitude of the first place, degrees"),
        _edit("precision_m", _REAL, "radius that surely holds the least certain of them, metres"),
        _WHEN_TEXT,
        *_SAID,
        Column("trigger", _TEXT, "the words that say it happened"),
        *_ref_columns("places"),
        *_MARKS,
        *_BY_HAND,
    ),
    Layer.PLACES: (
        Column("report_id", _TEXT, "the report it is mentioned in"),
        Column("words", _TEXT, "the place name as written"),
        _edit("place", _TEXT, "id of the place it means; missing when unresolved"),
        _edit("name", _TEXT, "usual name of that place"),
        _edit("lon", _REAL, "longitude, degrees"),
        _edit("lat", _REAL, "latitude, degrees"),
        _edit("precision_m", _REAL, "radius that surely holds it, metres"),
        _edit("role", _TEXT, "place, demonym, metonym or dateline"),
        Column("local_name", _TEXT, "its name in the local script"),
        Column("country", _TEXT, "ISO 3166-1 alpha-2 code"),
        Column("admin1", _TEXT, "first-level unit"),
        Column("feature", _TEXT, "GeoNames feature class and code"),
        Column("certainty", _TEXT, "resolved, ambiguous or unknown"),
        Column("confidence", _REAL, "0 to 1"),
        Column("reason", _TEXT, "how it was chosen, in words"),
        Column("start", _WHOLE, "offset of the mention's first character in the text"),
        Column("end", _WHOLE, "offset behind its last character"),
        *_BY_HAND,
    ),
    Layer.SOURCES: (
        Column("report_id", _TEXT, "id of the report"),
        Column("source", _TEXT, "publisher"),
        Column("author", _TEXT, "who wrote it"),
        Column("title", _TEXT, "its title"),
        Column("url", _TEXT, "its address"),
        Column("published", _DAY, "day of publication"),
        Column("published_at", _TEXT, "moment of publication with its time zone, ISO 8601"),
        Column("lang", _TEXT, "ISO 639-1 code"),
        Column("text", _TEXT, "the text that was read; only where it is asked for"),
        Column("items", _TEXT, "digests of what was read in it, in order: one that no row has was deleted by hand"),
    ),
    Layer.ISSUES: (
        Column("report_id", _TEXT, "the report or file it concerns"),
        Column("stage", _TEXT, "load, read, resolve, route, area, draw or export"),
        Column("message", _TEXT, "what was wrong, the value, what to do"),
        Column("start", _WHOLE, "offset of the words it concerns; missing when none in particular"),
        Column("end", _WHOLE, "offset behind them"),
    ),
}
"""The columns of every layer, before its ``geometry``."""
