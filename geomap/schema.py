"""The one schema of the five layers: every column's name, dtype and meaning, in order."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["CRS", "SCHEMA", "Column", "Layer"]

CRS = "EPSG:4326"


class Layer(StrEnum):
    """The five tables a scene is made of, in the order they are written."""

    MOVEMENTS = "movements"
    AREAS = "areas"
    INCIDENTS = "incidents"
    PLACES = "places"
    ISSUES = "issues"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a layer: its name, pandas dtype and meaning."""

    name: str
    dtype: str
    meaning: str


_TEXT, _DAY, _WHOLE, _REAL, _YES_NO = "string", "datetime64[ms]", "Int64", "float64", "bool"

_WHAT = (
    Column("id", _TEXT, "unique in the scene"),
    Column("report_id", _TEXT, "the report it was read in"),
)
_WHEN = (
    Column("date", _DAY, "first day of the event; missing when the report does not tell it"),
    Column("date_end", _DAY, "last day of the event, included"),
    Column("date_text", _TEXT, "the words that date it"),
)
_WHERE_FROM = (
    Column("quote", _TEXT, "the sentence or sentences that say so, verbatim"),
    Column("attributed_to", _TEXT, "who says so, by the text"),
    Column("speaker", _TEXT, "what sort of speaker that is: monitor, official, military …: geomap.models.SpeakerKind"),
    Column("source", _TEXT, "publisher"),
    Column("title", _TEXT, "title of the report"),
    Column("url", _TEXT, "address of the report"),
    Column("published", _DAY, "day of publication"),
    Column("grade", _TEXT, "NATO Admiralty grade, A1 to F6"),
    Column("note", _TEXT, "a remark by whoever prepared the record"),
    Column("issues", _TEXT, "what could not be read, resolved or drawn of it, separated by '; '"),
)


def _end_columns(end: str) -> tuple[Column, ...]:
    return (
        Column(f"{end}_text", _TEXT, "the report's words for it"),
        Column(f"{end}_place", _TEXT, "id of the first place"),
        Column(f"{end}_lon", _REAL, "longitude of the first place, degrees"),
        Column(f"{end}_lat", _REAL, "latitude of the first place, degrees"),
        Column(f"{end}_precision_m", _REAL, "radius that surely holds it, metres"),
    )


SCHEMA: Mapping[Layer, tuple[Column, ...]] = {
    Layer.MOVEMENTS: (
        *_WHAT,
        Column("actor", _TEXT, "canonical name of who moves"),
        Column("actor_text", _TEXT, "the report's words for who moves"),
        Column("co_actors", _TEXT, "who moves along, separated by '; '"),
        Column("backed_by", _TEXT, "who is said to back the forces, separated by '; '"),
        Column("kind", _TEXT, "withdrawal, advance, convoy …: geomap.models.MovementKind"),
        Column("status", _TEXT, "completed, ongoing, planned, ordered or denied"),
        Column("mode", _TEXT, "road, air, rail, sea, foot or unknown"),
        Column("from", _TEXT, "names of the places of origin, separated by '; '"),
        Column("to", _TEXT, "names of the destinations, separated by '; '"),
        Column("via", _TEXT, "names of the places on the way, in order, separated by '; '"),
        *_WHEN,
        Column("vehicles", _WHOLE, "number of vehicles reported, the lower bound of a range"),
        Column("vehicles_text", _TEXT, "the words for it"),
        Column("troops", _WHOLE, "number of people reported, the lower bound of a range"),
        Column("troops_text", _TEXT, "the words for it"),
        Column("equipment", _TEXT, "kinds of vehicles and heavy weapons named, separated by '; '"),
        *_end_columns("from"),
        *_end_columns("to"),
        Column("length_m", _REAL, "length of the line on the ellipsoid, metres"),
        Column("how", _TEXT, "how the line was obtained: reported, inferred or schematic, in order"),
        Column("crossings", _TEXT, "border crossings on the way, separated by '; '"),
        Column("trigger", _TEXT, "the words that say it moves"),
        Column("confidence", _REAL, "0 to 1"),
        Column("background", _YES_NO, "told as history, not as news"),
        Column("event", _TEXT, "id of the fullest telling, where several reports tell of the same movement"),
        *_WHERE_FROM,
    ),
    Layer.AREAS: (
        *_WHAT,
        Column("actor", _TEXT, "canonical name of whose area it is"),
        Column("kind", _TEXT, "safe_zone, highway_stretch …: geomap.models.AreaKind"),
        Column("status", _TEXT, "completed, ongoing, planned, ordered or denied"),
        Column("words", _TEXT, "the report's words for it"),
        *_WHEN,
        Column("depth_m", _REAL, "depth reported, metres; the lower bound of a range"),
        Column("depth_max_m", _REAL, "upper bound of the depth, metres"),
        Column("length_m", _REAL, "length reported, metres; the lower bound of a range"),
        Column("length_max_m", _REAL, "upper bound of the length, metres"),
        Column("area_m2", _REAL, "area of the shape on the ellipsoid, square metres"),
        Column("built_from", _TEXT, "how the shape was made, in one sentence"),
        Column("published_limits", _YES_NO, "the report gave the limits itself; otherwise they are assumed"),
        *_WHERE_FROM,
    ),
    Layer.INCIDENTS: (
        *_WHAT,
        Column("actor", _TEXT, "canonical name of who acts"),
        Column("kind", _TEXT, "strike, shelling, clash, capture, sighting or presence"),
        Column("trigger", _TEXT, "the words that say it happened"),
        Column("places", _TEXT, "names of the places, separated by '; '"),
        Column("places_text", _TEXT, "the report's words for them, separated by '; '"),
        Column("precision_m", _REAL, "radius that surely holds the least certain of them, metres"),
        *_WHEN,
        *_WHERE_FROM,
    ),
    Layer.PLACES: (
        Column("report_id", _TEXT, "the report it is mentioned in"),
        Column("start", _WHOLE, "offset of the mention's first character in the text"),
        Column("end", _WHOLE, "offset behind its last character"),
        Column("words", _TEXT, "the place name as written"),
        Column("role", _TEXT, "place, demonym, metonym or dateline"),
        Column("place", _TEXT, "id of the place it means; missing when unresolved"),
        Column("name", _TEXT, "usual name of that place"),
        Column("local_name", _TEXT, "its name in the local script"),
        Column("country", _TEXT, "ISO 3166-1 alpha-2 code"),
        Column("admin1", _TEXT, "first-level unit"),
        Column("feature", _TEXT, "GeoNames feature class and code"),
        Column("precision_m", _REAL, "radius that surely holds it, metres"),
        Column("certainty", _TEXT, "resolved, ambiguous or unknown"),
        Column("confidence", _REAL, "0 to 1"),
        Column("reason", _TEXT, "how it was chosen, in words"),
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
