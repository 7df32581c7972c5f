"""Which places of a list are in the gazetteer already, under an id of its own."""

from __future__ import annotations

import math
from collections import defaultdict
from typing import TYPE_CHECKING

from geomap.gazetteer.feature_codes import same_kind
from geomap.gazetteer.index import cell, distance_m
from geomap.gazetteer.names import key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from geomap.gazetteer.index import Lookup
    from geomap.gazetteer.store import Entry
    from geomap.models import Place

__all__ = ["find_doubles"]

NEAR_M = 5000.0
"""Places of one name and kind that are closer than this are the same place, differently measured."""
_DEGREES_LAT = NEAR_M / 110_574
"""The same in degrees of latitude, which are shortest at the equator: 110,574 m on WGS 84."""


def find_doubles(
    entries: Iterable[Entry], known: Lookup, *, among: Callable[[Place], bool] = lambda _: True
) -> dict[str, Place]:
    """Return by id those entries that a gazetteer knows, each with the place it is: near, of one name and one kind.

    Parameters
    ----------
    entries
        Places with their names.
    known
        The gazetteer.
    among
        Which of its places count.
    """
    squares: dict[int, list[Entry]] = defaultdict(list)
    for entry in entries:
        squares[cell(entry.lon, entry.lat)].append(entry)
    pairs = [pair for square in squares.values() for pair in _neighbours(square, known, among)]
    forms = {entry.id: {key(name) for name in (*entry.names, entry.name)} - {""} for _, entry, _ in pairs}
    bearers = known.exact_many({form for found in forms.values() for form in found})
    found: dict[str, Place] = {}
    for _, entry, place in sorted(pairs, key=lambda pair: (pair[0], pair[1].id, pair[2].id)):
        named = any(place.id == bearer.id for form in forms[entry.id] for bearer in bearers.get(form, ()))
        if named and entry.id not in found and place not in found.values():
            found[entry.id] = place
    return found


def _neighbours(
    entries: list[Entry], known: Lookup, among: Callable[[Place], bool]
) -> Iterator[tuple[float, Entry, Place]]:
    """Yield the entries of a square degree with the known spots of their kind nearby, and the distance in metres."""
    wide = _DEGREES_LAT / max(math.cos(math.radians(min(abs(entries[0].lat) + 1.0, 89.0))), 0.01)
    lons, lats = [entry.lon for entry in entries], [entry.lat for entry in entries]
    box = (max(-180.0, min(lons) - wide), max(-90.0, min(lats) - _DEGREES_LAT),
           min(180.0, max(lons) + wide), min(90.0, max(lats) + _DEGREES_LAT))  # fmt: skip
    for place in filter(among, known.within(*box)):
        for entry in entries:
            if abs(entry.lat - place.lat) > _DEGREES_LAT or abs(entry.lon - place.lon) > wide:
                continue
            gap = distance_m(entry.lon, entry.lat, place.lon, place.lat)
            if gap <= NEAR_M and same_kind(entry.feature, place.feature):
                yield gap, entry, place
