"""Which column of a table says what: names in any case and order, with synonyms; what is not known is told."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from typing import TYPE_CHECKING

from geomap.schema import SCHEMA, Layer
from geomap.tables.cells import text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

__all__ = ["Columns", "is_own", "is_prepared", "known_names", "plain_name"]

SYNONYMS: Mapping[str, tuple[str, ...]] = {
    "from": ("origin", "start_place", "departure"),
    "to": ("destination", "dest", "end_place", "arrival"),
    "via": ("through", "stops"),
    "date": ("when", "day", "start_date", "date_start", "event_date"),
    "date_end": ("end_date", "until"),
    "status": ("state",),
    "actor": ("group", "force", "forces", "who", "actors"),
    "kind": ("type", "event_type"),
    "mode": ("transport", "by"),
    "vehicles": ("vehicle_count", "number_of_vehicles", "trucks"),
    "troops": ("people", "personnel", "soldiers"),
    "note": ("notes", "remark", "remarks", "comment", "comments"),
    "quote": ("sentence", "description"),
    "source": ("publisher", "outlet"),
    "title": ("headline",),
    "url": ("link", "source_url", "address"),
    "published": ("publication_date", "published_on"),
    "places": ("place", "location", "where"),
    "lon": ("longitude", "lng", "long", "x"),
    "lat": ("latitude", "y"),
    "wkt": ("geom", "the_geom", "geometry_wkt"),
    "words": ("text", "label", "name"),
}
"""By the name of a column, what people and programs call it where a table has no column of the name itself."""

_BESIDE = frozenset(["layer", "lang", "author", "geometry"])
"""Columns beyond the schema that are read."""
_OF_PROGRAMS = frozenset(
    [
        *(
            "altitudemode",
            "begin",
            "description",
            "draworder",
            "extrude",
            "folders",
            "icon",
            "name",
            "snippet",
            "styleurl",
        ),
        *("styles", "tessellate", "timestamp", "visibility", "bbox", "fid", "objectid", "ogc_fid"),
        *("fill", "fill_opacity", "marker_color", "marker_size", "marker_symbol", "stroke", "stroke_opacity"),
        "stroke_width",
    ]
)
"""What GIS programs and viewers add of their own."""
_PREPARED = (
    *({name} for name in ("from", "to", "via", "wkt", "places", "border", "road", "line", "ends", "around", "between")),
    {"region"},
    {"lat", "lon"},
)
"""Columns each set of which is enough to draw something."""


@cache
def known_names() -> frozenset[str]:
    """Return the names of all columns that are read."""
    return _BESIDE | {column.name for layer in Layer for column in SCHEMA[layer]}


def plain_name(name: object) -> str:
    """Return a column's name in lower case, with single low lines for spaces and dashes."""
    text = str("" if name is None else name).replace("\ufeff", "").strip().lower()
    return re.sub(r"[\s\-:.]+", "_", text)


def is_own(names: Iterable[object]) -> bool:
    """Whether columns are those of a table that geomap wrote, whatever a person added to them."""
    return "as_read" in {plain_name(name) for name in names}


def is_prepared(names: Sequence[object]) -> bool:
    """Whether columns are enough to draw something from, as those of a table that a person prepared are."""
    found = set(Columns.of(names).places)
    return any(enough <= found for enough in _PREPARED)


@dataclass(frozen=True, slots=True)
class Columns:
    """Where in a row each column is."""

    places: Mapping[str, tuple[int, ...]]
    """By the name that is read, the numbers of the columns that say it, the first before the others."""
    problems: tuple[str, ...] = ()

    @classmethod
    def of(cls, names: Sequence[object]) -> Columns:
        """Return what columns say, by their names."""
        plain = [plain_name(name) for name in names]
        places: dict[str, list[int]] = {}
        for number, name in enumerate(plain):
            if name in known_names():
                places.setdefault(name, []).append(number)
        problems = [f"has {len(at)} columns {name!r}; of each row the first that is filled is read"
                    for name, at in places.items() if len(at) > 1]  # fmt: skip
        for name, others in SYNONYMS.items():
            at = next((plain.index(other) for other in others if other in plain), None)
            if name not in places and at is not None and not any(at in taken for taken in places.values()):
                places[name] = [at]
        taken = {number for at in places.values() for number in at}
        unknown = [n for n, name in enumerate(plain) if name and n not in taken and name not in _OF_PROGRAMS]
        problems += [_unknown(str(names[number]), plain[number]) for number in unknown]
        return cls({name: tuple(at) for name, at in places.items()}, tuple(problems))

    def cells(self, values: Sequence[object]) -> dict[str, object]:
        """Return a row's cells by the names that are read."""
        row: dict[str, object] = {}
        for name, (first, *others) in self.places.items():
            row[name] = values[first] if first < len(values) else None
            if others and not text_of(row[name]):
                row[name] = next((values[at] for at in others if at < len(values) and text_of(values[at])), None)
        return row


def _unknown(written: str, plain: str) -> str:
    close = get_close_matches(plain, known_names(), n=1, cutoff=0.8)
    hint = f"did you mean {close[0]}?" if close else "put what is to be kept into note"
    return f"column {written.strip()!r} is not known and was not read; {hint}"
