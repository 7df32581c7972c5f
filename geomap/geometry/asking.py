"""Places as a person gives them: a record, a name, an id such as ``icao:ORAA``, or ``LAT,LON``."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

from geomap.errors import UnknownPlaceError
from geomap.gazetteer import Gazetteer
from geomap.geometry.finding import find_place
from geomap.models import Certainty, Place, PlaceRef, Resolution

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

__all__ = ["Unsure", "What", "place_of", "places_of", "ref_of", "refs_of"]

What = Place | PlaceRef | str
Unsure = Callable[[Resolution], None]
"""Told of a name that fits several places."""

_ID = re.compile(r"[a-z]\w*:")
_SUGGESTED = 3


def place_of(
    what: What,
    *,
    countries: Collection[str] = (),
    near: tuple[float, float] | None = None,
    gazetteer: Gazetteer | None = None,
) -> Place:
    """Return the place that is meant, the likeliest where a name fits several.

    Parameters
    ----------
    what
        A place, or a name, id, ``LAT,LON`` or phrase such as "25 km west of Goma".
    countries
        ISO 3166-1 alpha-2 codes of countries a name is likely in.
    near
        lon, lat in degrees of a position a name is likely near.
    gazetteer
        Where names are looked up; the shipped one with the user's layers when left out.

    Raises
    ------
    UnknownPlaceError
        No place has that name or id; the message suggests others.
    """
    place = ref_of(what, countries=countries, near=near, gazetteer=gazetteer).place
    if place is None:
        raise UnknownPlaceError(f"the words {_words(what)!r} mean no known place; give a name or LAT,LON")
    return place


def places_of(
    whats: Sequence[What], *, countries: Collection[str] = (), gazetteer: Gazetteer | None = None
) -> tuple[Place, ...]:
    """Return the places that are meant; names that fit several are taken near the ones that do not.

    Raises
    ------
    UnknownPlaceError
        One of the names or ids belongs to no place.
    """
    refs = refs_of(whats, countries=countries, gazetteer=gazetteer)
    return tuple(place_of(ref) for ref in refs)


def refs_of(
    whats: Sequence[What],
    *,
    countries: Collection[str] = (),
    gazetteer: Gazetteer | None = None,
    unsure: Unsure | None = None,
) -> tuple[PlaceRef, ...]:
    """Return the places that are meant, as :func:`places_of` does, each as :func:`ref_of` does.

    Raises
    ------
    UnknownPlaceError
        One of the names or ids belongs to no place.
    """
    known = gazetteer or _shipped()
    given = [what if isinstance(what, Place) else what.place for what in whats if not isinstance(what, str)]
    names = [what for what in whats if isinstance(what, str) and not _ID.match(what)]
    sure = next((place for place in given if place is not None), None) or next(
        (found.place for name in names
         if (found := find_place(name, known, countries=countries)).status is Certainty.RESOLVED), None
    )  # fmt: skip
    near = (sure.lon, sure.lat) if sure else None
    return tuple(ref_of(what, countries=countries, near=near, gazetteer=known, unsure=unsure) for what in whats)


def ref_of(
    what: What,
    *,
    countries: Collection[str] = (),
    near: tuple[float, float] | None = None,
    gazetteer: Gazetteer | None = None,
    unsure: Unsure | None = None,
) -> PlaceRef:
    """Return the place that is meant, with how it was chosen and what else fits; `unsure` is told of doubtful names.

    Raises
    ------
    UnknownPlaceError
        No place has that name or id; the message suggests others.
    """
    if isinstance(what, PlaceRef):
        return what
    if isinstance(what, Place):
        return PlaceRef(what.name, what, "given")
    known = gazetteer or _shipped()
    if _ID.match(what):
        return PlaceRef(what, known.get(what), "given by its id")
    found = find_place(what, known, countries=countries, near=near)
    if found.status is Certainty.UNKNOWN:
        close = ", ".join(dict.fromkeys(candidate.place.name for candidate in found.candidates[:_SUGGESTED]))
        hint = f"is it {close}?" if close else f"{found.reason}; try another spelling, or give LAT,LON"
        raise UnknownPlaceError(f"no place is called {what!r}; {hint}")
    if found.status is Certainty.AMBIGUOUS and unsure is not None:
        unsure(found)
    return PlaceRef(what, found.place, found.reason, found.candidates[1:])


@cache
def _shipped() -> Gazetteer:
    return Gazetteer()


def _words(what: What) -> str:
    return what if isinstance(what, str) else what.text if isinstance(what, PlaceRef) else what.name
