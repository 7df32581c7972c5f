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
    pairs = list(_neighbours(tuple(entries), known, among))
    forms = {entry.id: {key(name) for name in (*entry.names, entry.name)} - {""} for _, entry, _ in pairs}
    bearers = known.exact_many({form for found in forms.values() for form in found})
    found: dict[str, Place] = {}
    for _, entry, place in sorted(pairs, key=lambda pair: (pair[0], pair[1].id, pair[2].id)):
        named = any(place.id == bearer.id for form in forms[entry.id] for bearer in bearers.get(form, ()))
        if named and entry.id not in found and place not in found.values():
            found[entry.id] = place
    return found


def _neighbours(
    entries: tuple[Entry, ...], known: Lookup, among: Callable[[Place], bool]
) -> Iterator[tuple[float, Entry, Place]]:
    """Yield the entries with the known spots of their kind nearby, and the distance between them in metres."""
    patches: dict[tuple[int, int], list[Entry]] = defaultdict(list)
    for entry in entries:
        patches[_patch(entry.lon, entry.lat)].append(entry)
    for place in filter(among, _around(entries, known)):
        west, south, east, north = _reach(place.lon, place.lat, place.lon, place.lat)
        (first, low), (last, high) = _patch(west, south), _patch(east, north)
        for entry in (e for x in range(first, last + 1) for y in range(low, high + 1) for e in patches.get((x, y), ())):
            gap = distance_m(entry.lon, entry.lat, place.lon, place.lat)
            if gap <= NEAR_M and same_kind(entry.feature, place.feature):
                yield gap, entry, place


def _around(entries: tuple[Entry, ...], known: Lookup) -> Iterator[Place]:
    """Yield, once each, the known places in the square degrees of the entries, and as near as counts round them."""
    squares: dict[int, list[Entry]] = defaultdict(list)
    for entry in entries:
        squares[cell(entry.lon, entry.lat)].append(entry)
    seen: set[str] = set()
    for square in squares.values():
        lons, lats = [entry.lon for entry in square], [entry.lat for entry in square]
        for place in known.within(*_reach(min(lons), min(lats), max(lons), max(lats))):
            if place.id not in seen:
                seen.add(place.id)
                yield place


def _reach(west: float, south: float, east: float, north: float) -> tuple[float, float, float, float]:
    """Return a box of degrees made wider by the distance that counts as near, and not beyond the edges of the map."""
    wide = _DEGREES_LAT / max(math.cos(math.radians(min(max(abs(south), abs(north)) + 0.1, 89.0))), 0.01)
    return (
        max(west - wide, -180.0),
        max(south - _DEGREES_LAT, -90.0),
        min(east + wide, 180.0),
        min(north + _DEGREES_LAT, 90.0),
    )


def _patch(lon: float, lat: float) -> tuple[int, int]:
    """Return the number of the patch of 0.1 by 0.1 degrees that a position lies in."""
    return math.floor(lon * 10), math.floor(lat * 10)
