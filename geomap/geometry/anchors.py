"""What an area is built from, as a person gives it, on the ground: a spot with its extent, a line, or an area."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

import shapely
from shapely.geometry.base import BaseGeometry

from geomap.errors import InputError
from geomap.gazetteer import Gazetteer
from geomap.gazetteer.relations import RelationKind, parse_relation
from geomap.geometry import rivers
from geomap.geometry.asking import place_of, ref_of, refs_of
from geomap.geometry.borders import border, codes, country
from geomap.geometry.countries import country_name
from geomap.geometry.finding import waters
from geomap.geometry.grounds import Ground, Setting, ground
from geomap.geometry.outlines import circle, outline
from geomap.geometry.roads.courses import course
from geomap.geometry.roads.highways import Highway, named, road_called
from geomap.models import Issue, Place, PlaceRef, Route, Shape

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from geomap.models import Resolution

__all__ = [
    "ROAD_ERROR_M",
    "Region",
    "Subject",
    "anchor_of",
    "anchors_of",
    "line_of",
    "region_of",
    "river_of",
    "road_of",
    "unit_of",
]

Subject: TypeAlias = Place | PlaceRef | str | Shape | Route | BaseGeometry
"""What an area may be built from: a place or its name, a road, river or border by name, a shape, a route, a geometry in
EPSG:4326."""

ROAD_ERROR_M = 2_000.0
"""How far the line of a road may be off: the network leaves out bends of that size."""
_BORDER = re.compile(r"\s*([A-Za-z]{2})\s*[-–—/]\s*([A-Za-z]{2})\s+border\s*")
_ROAD_ID = re.compile(r"road:([A-Z]{2}):(.+)")
_SPOT = re.compile(r"\s*[-+]?\d+(?:\.\d+)?\s*,")
"""The beginning of LAT,LON: "0,1" is no road 01."""
_QUALIFIED = re.compile(r"(.+?)(?:,| in )\s*(.+)")


def anchor_of(what: Subject, *, countries: Collection[str] = (), near: tuple[float, float] | None = None) -> Ground:
    """Return what is given on the ground: a spot with its extent, a line, or polygons.

    Parameters
    ----------
    what
        A place, or a name, id, ``LAT,LON`` or phrase of one; "SY-TR border"; a road such as "M4", "M4 in Syria"; a
        shape, a route, or a shapely geometry in EPSG:4326.
    countries
        ISO 3166-1 alpha-2 codes of countries that names are likely in.
    near
        lon, lat in degrees of a position they are likely near.

    Raises
    ------
    GeomapError
        No such place, road or border is known, or a geometry is empty.
    """
    return anchors_of((what,), countries=countries, near=near)[0]


def anchors_of(
    whats: Sequence[Subject], *, countries: Collection[str] = (), near: tuple[float, float] | None = None
) -> list[Ground]:
    """Return what is given on the ground, each as :func:`anchor_of` does; doubtful names are taken near the others.

    Raises
    ------
    GeomapError
        No such place, road or border is known, or a geometry is empty.
    """
    known = [_by_itself(what, countries) for what in whats]
    asked = [what for what, found in zip(whats, known, strict=True) if found is None]
    names = [what for what in asked if isinstance(what, Place | PlaceRef | str)]
    doubts: dict[str, str] = {}

    def unsure(found: Resolution) -> None:
        doubts[found.query] = f"{found.query}: {found.reason}; give its id to be sure ('geomap find')"

    if near is None:
        refs = iter(refs_of(names, countries=countries, unsure=unsure))
    else:
        refs = iter([ref_of(name, countries=countries, near=near, unsure=unsure) for name in names])
    return [found or _of_ref(next(refs), doubts) for found in known]


def _of_ref(ref: PlaceRef, doubts: Mapping[str, str]) -> Ground:
    return replace(_on_the_ground(place_of(ref)), doubt=doubts.get(ref.text, ""))


def _by_itself(what: Subject, countries: Collection[str]) -> Ground | None:
    """Return on the ground what needs no gazetteer; None for a place or its name."""
    given = _given(what)
    if given is not None:
        return given
    if isinstance(what, str):
        if what in codes():
            return Ground(country_name(what), country(what), country=what)
        known = _border_of(what)
        if known is not None:
            return known
    road = road_of(what, countries=countries)
    return Ground(road.ref, course(road).line, error_m=ROAD_ERROR_M, country=road.country) if road else None


def line_of(what: Subject, *, countries: Collection[str] = (), near: tuple[float, float] | None = None) -> Ground:
    """Return a line that is given: a name that a town and a river share means the river; a polygon, its edge.

    Raises
    ------
    InputError
        What is given is a spot, or its course is not known.
    GeomapError
        No such place, road or border is known.
    """
    found = river_of(what) if isinstance(what, str) else None
    found = found or anchor_of(what, countries=countries, near=near)
    if found.is_spot:
        note = f"{found.note}; " if found.note else ""
        raise InputError(f"{note}{found.name} is no line; name a river, road or border, or give a line")
    return replace(found, shape=found.shape.boundary) if found.is_area else found


@dataclass(frozen=True, slots=True)
class Region:
    """An area that something is cut from or limited to."""

    area: BaseGeometry
    """Polygons in EPSG:4326."""
    name: str
    country: str | None = None
    """ISO 3166-1 alpha-2 code."""
    issues: tuple[Issue, ...] = ()
    words: str = ""
    """What is taken for it, where its outline is not known."""


def region_of(what: Subject, *, countries: Collection[str] = ()) -> Region:
    """Return the area that is given.

    A code such as "SY" is a country; of a name that a town and its province share the province is meant.

    Raises
    ------
    InputError
        What is given has no inside.
    GeomapError
        No such place is known.
    """
    given = _given(what)
    if given is not None:
        if not given.is_area:
            raise InputError(f"{given.name} has no inside; give a polygon, a country or a province")
        return Region(given.shape, given.name)
    if isinstance(what, str) and what.upper() in codes():
        return Region(country(what), country_name(what.upper()), what.upper())
    assert isinstance(what, Place | PlaceRef | str)
    if (road := road_of(what, countries=countries)) is not None:
        raise InputError(f"{road.ref} is a road and has no inside; give a polygon, a country or a province")
    place, doubt = unit_of(what, countries=countries)
    if place.course is not None or place.feature.startswith(("H.STM", "H.CNL", "R.")):
        raise InputError(f"{place.name} is a line and has no inside; give a polygon, a country or a province")
    unsure = (Issue("resolve", doubt),) if doubt else ()
    known = outline(place)
    if known is not None:
        return Region(known, place.name, place.country, unsure)
    where = f", as far as it lies in {country_name(place.country)}" if place.country else ""
    words = f"all within {place.precision_m / 1000:g} km of the middle of {place.name}{where}"
    issue = Issue("area", f"the outline of {place.name} is not known; what surely holds it is taken, {words}")
    return Region(circle(place), place.name, place.country, (*unsure, issue), f"{words}; its limits are not known")


def unit_of(what: Place | PlaceRef | str, *, countries: Collection[str] = ()) -> tuple[Place, str]:
    """Return the country, province or region of a name, and what is doubtful of it.

    For the name of a town, it is the province called like it.

    Raises
    ------
    UnknownPlaceError
        No place has that name.
    """
    doubts: list[Resolution] = []
    place = place_of(ref_of(what, countries=countries, unsure=doubts.append))
    if place.is_area or place.geometry is not None or not isinstance(what, str):
        return place, "".join(f"{found.query}: {found.reason}; give its id to be sure" for found in doubts)
    wanted: set[str | None] = {code.upper() for code in countries} or {place.country}
    areas = [c.place for c in Gazetteer().candidates(what) if c.place.is_area and c.place.country in wanted]
    namesake = next((area for area in areas if outline(area) is not None), None)
    if namesake is not None:
        return namesake, ""
    code = ground(place, Setting()).unit
    unit = replace(place, feature="A.ADM1", admin1_code=code, name=place.admin1 or place.name) if code else place
    return unit, ""


def road_of(what: Subject, *, countries: Collection[str] = ()) -> Highway | None:
    """Return the road of a name ("M4", "M4 in Syria", "road:SY:M4") or a place that is one; None where none is meant.

    Raises
    ------
    UnknownRoadError
        A road of that name is in other countries only, or in several and none of them is named.
    """
    likely = tuple(code.upper() for code in countries)
    if isinstance(what, PlaceRef):
        what = what.place or what.text
    if isinstance(what, Place):
        if not what.feature.startswith("R.RD") or what.feature == "R.RDJCT" or what.course is not None:
            return None
        likely, what = (what.country,) if what.country else likely, what.name
    if not isinstance(what, str) or _SPOT.match(what):
        return None
    if found := _ROAD_ID.fullmatch(what):
        likely, what = (found[1],), found[2]
    elif not named(what) and (qualified := _QUALIFIED.fullmatch(what)) and named(qualified[1]):
        what, likely = qualified[1], (region_of(qualified[2]).country or "",)
    return road_called(what, countries=likely) if named(what) else None


def _given(what: Subject) -> Ground | None:
    """Return what carries its own geometry on the ground."""
    if isinstance(what, Shape):
        return Ground(what.built_from, what.geometry, possible=what.possible)
    if isinstance(what, Route):
        lines = [leg.geometry for leg in what.legs]
        if not lines:
            raise InputError("the route has no line; ask for one between two known places")
        return Ground("the route", shapely.line_merge(shapely.MultiLineString(lines)), error_m=ROAD_ERROR_M)
    if isinstance(what, BaseGeometry):
        if what.is_empty:
            raise InputError("the geometry is empty; give one with coordinates")
        kind = {0: "the point given", 1: "the line given", 2: "the area given"}[int(shapely.get_dimensions(what))]
        return Ground(kind, what)
    return None


def _border_of(text: str) -> Ground | None:
    found = _BORDER.fullmatch(text)
    if found is None or not {found[1].upper(), found[2].upper()} <= set(codes()):
        return None
    a, b = found[1].upper(), found[2].upper()
    return Ground(f"the border of {country_name(a)} and {country_name(b)}", border(a, b))


def river_of(text: str) -> Ground | None:
    """Return the river of a name whose course is known."""
    name = re.sub(r"^(?:the )?(?:river )?", "", text.strip(), flags=re.IGNORECASE)
    for candidate in waters(name, Gazetteer()):
        if rivers.course(candidate.place) is not None:
            return ground(candidate.place, Setting())
    return None


def _on_the_ground(place: Place) -> Ground:
    """Return a place on the ground; one whose outline is not known is somewhere in the circle of its precision."""
    found = ground(place, Setting())
    told = parse_relation(place.name) if place.source == "relation" else None
    if place.course is not None and told is not None and told.kind is RelationKind.BORDER:
        return replace(found, error_m=0.0)
    if place.source == "relation" and place.course is None and place.feature == "L.LCTY":
        return replace(
            found, shape=shapely.Point(place.lon, place.lat), error_m=place.precision_m, possible=place.geometry
        )
    if (found.is_area and found.note) or place.id.startswith("coordinates:"):
        return replace(found, shape=shapely.Point(place.lon, place.lat), extent_m=0.0, error_m=place.precision_m)
    return found
