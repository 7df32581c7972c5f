"""Places as a person gives them: a record, a name, an id such as ``icao:ORAA``, or ``LAT,LON``."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

from geomap.errors import UnknownPlaceError
from geomap.gazetteer import Gazetteer
from geomap.geometry.geodesy import distance_m
from geomap.models import Candidate, Certainty, Place, PlaceRef, Resolution

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

__all__ = ["Unsure", "What", "find", "place_of", "places_of", "ref_of", "refs_of"]

What = Place | PlaceRef | str
Unsure = Callable[[Resolution], None]
"""Told of a name that fits several places."""

_ID = re.compile(r"[a-z]\w*:")
_SUGGESTED = 3
_NAMESAKE = 0.1
"""A town with a smaller share of the people of the one its name means is not meant for being nearby: beside Warsaw,
Minsk is not Mińsk Mazowiecki."""


def find(
    name: str,
    *,
    countries: Collection[str] | str = (),
    near: What | tuple[float, float] | None = None,
    gazetteer: Gazetteer | None = None,
) -> Resolution:
    """Return the place a name means, how sure that is, and what else it may mean.

    Parameters
    ----------
    name
        A name in any script and spelling, coordinates, an id such as ``icao:ORAA``, or a phrase such as
        "25 km west of Goma".
    countries
        ISO 3166-1 alpha-2 codes of countries it is likely in.
    near
        What it is likely near: a place, anything that `find` understands, or lon, lat in degrees.
    gazetteer
        Where names are looked up; the shipped one with the user's layers when left out.

    Returns
    -------
    Resolution
        Its `place` is None where nothing of that name is known; then `candidates` are names that are written alike. In
        a notebook it shows as a table of the candidates.

    Raises
    ------
    UnknownPlaceError
        What it is near is no known place.

    Examples
    --------
    >>> from geomap import find
    >>> place = find("Kobanê").place
    >>> place.name, place.country
    ('Kobani', 'SY')
    >>> find("Tripoli", near="Beirut").place.country
    'LB'
    >>> find("25 km west of Goma").reason
    '25 km, give or take 2.5, west of Goma'
    """
    known = gazetteer or _shipped()
    codes = (countries,) if isinstance(countries, str) else countries
    if _ID.match(name):
        return _by_id(name, known)
    if near is not None and not isinstance(near, tuple):
        beside = place_of(near, countries=codes, gazetteer=known)
        near = beside.lon, beside.lat
    return _find(name, known, codes, near)


def _by_id(name: str, known: Gazetteer) -> Resolution:
    try:
        place = known.get(name)
    except UnknownPlaceError as error:
        return Resolution(name, Certainty.UNKNOWN, str(error))
    return Resolution(
        name, Certainty.RESOLVED, "given by its id", (Candidate(place, 1.0, "given by its id", place.name),)
    )


def place_of(
    what: What,
    *,
    countries: Collection[str] = (),
    near: tuple[float, float] | None = None,
    spot: bool = False,
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
    spot
        Whether a town is meant rather than the province it gives its name to.
    gazetteer
        Where names are looked up; the shipped one with the user's layers when left out.

    Raises
    ------
    UnknownPlaceError
        No place has that name or id; the message suggests others.
    """
    place = ref_of(what, countries=countries, near=near, spot=spot, gazetteer=gazetteer).place
    if place is None:
        raise UnknownPlaceError(f"the words {_words(what)!r} mean no known place; give a name or LAT,LON")
    return place


def places_of(
    whats: Sequence[What],
    *,
    countries: Collection[str] = (),
    spot: bool = False,
    gazetteer: Gazetteer | None = None,
) -> tuple[Place, ...]:
    """Return the places that are meant; a name that fits several is taken near the others.

    Raises
    ------
    UnknownPlaceError
        One of the names or ids belongs to no place.
    """
    refs = refs_of(whats, countries=countries, spot=spot, gazetteer=gazetteer)
    return tuple(place_of(ref) for ref in refs)


def refs_of(
    whats: Sequence[What],
    *,
    countries: Collection[str] = (),
    spot: bool = False,
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
    spots = [_sure_spot(what, countries, known) for what in whats]
    return tuple(
        ref_of(
            what,
            countries=countries,
            near=next((there for k, there in enumerate(spots) if there and k != i), None),
            spot=spot,
            gazetteer=known,
            unsure=unsure,
        )
        for i, what in enumerate(whats)
    )


def _sure_spot(what: What, countries: Collection[str], known: Gazetteer) -> tuple[float, float] | None:
    """Return lon, lat of a place that is given, or whose name leaves no doubt."""
    if isinstance(what, str):
        found = _find(what, known, countries)
        place = found.place if found.status is Certainty.RESOLVED else None
    else:
        place = what if isinstance(what, Place) else what.place
    return (place.lon, place.lat) if place else None


def ref_of(
    what: What,
    *,
    countries: Collection[str] = (),
    near: tuple[float, float] | None = None,
    spot: bool = False,
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
    found = _near(what, known, countries, near)
    if found.status is Certainty.UNKNOWN:
        close = ", ".join(dict.fromkeys(candidate.place.name for candidate in found.candidates[:_SUGGESTED]))
        hint = f"is it {close}?" if close else f"{found.reason}; try another spelling, or give LAT,LON"
        raise UnknownPlaceError(f"no place is called {what!r}; {hint}")
    if found.status is Certainty.AMBIGUOUS and unsure is not None:
        unsure(found)
    best, *others = _seat_first(found.candidates) if spot else found.candidates
    return PlaceRef(what, best.place, best.reason or found.reason, tuple(others))


def _near(name: str, known: Gazetteer, countries: Collection[str], near: tuple[float, float] | None) -> Resolution:
    """Return what a name means near a position, unless that is a far smaller namesake of what it means anywhere."""
    found = _find(name, known, countries, near)
    if near is None or found.place is None or not found.place.feature.startswith("P."):
        return found
    plain = _find(name, known, countries)
    sure = plain.place if plain.status is Certainty.RESOLVED else None
    return plain if sure and _NAMESAKE * sure.population > found.place.population else found


def _find(
    name: str, known: Gazetteer, countries: Collection[str], near: tuple[float, float] | None = None
) -> Resolution:
    # phrases need all of the geometry, parts of which take places by name
    from geomap.geometry.finding import find_place

    return find_place(name, known, countries=countries, near=near)


def _seat_first(candidates: Sequence[Candidate]) -> Sequence[Candidate]:
    """Return the candidates with the town before the province that bears its name."""
    unit = candidates[0].place
    if not unit.feature.startswith("A.ADM"):
        return candidates
    seats = [
        c for c in candidates
        if c.place.feature.startswith("P.") and c.place.country == unit.country
        and distance_m(c.place.lon, c.place.lat, unit.lon, unit.lat) < unit.precision_m
    ]  # fmt: skip
    return [*seats[:1], *(c for c in candidates if c not in seats[:1])]


@cache
def _shipped() -> Gazetteer:
    return Gazetteer()


def _words(what: What) -> str:
    return what if isinstance(what, str) else what.text if isinstance(what, PlaceRef) else what.name
