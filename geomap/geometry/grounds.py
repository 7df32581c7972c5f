"""What the anchors of a relation are on the ground: a spot with its extent, a line, or an area."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import shapely
from shapely.geometry import LineString, MultiLineString, Point

from geomap.errors import InputError, UnknownBorderError, UnknownRoadError
from geomap.gazetteer.names import skeleton
from geomap.geometry.borders import border, country, neighbours
from geomap.geometry.geodesy import arc, buffer_m, cut, distance_m, length_m, locate, point_at
from geomap.geometry.outlines import circle, outline
from geomap.geometry.rivers import course
from geomap.geometry.roads import ways
from geomap.geometry.roads.highways import highway
from geomap.geometry.strips import country_name
from geomap.geometry.sweeps import coarse, gap_m, nearest_spot

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shapely.geometry.base import BaseGeometry

    from geomap.models import Place

__all__ = [
    "Ground",
    "Setting",
    "border_ground",
    "ground",
    "junction_ground",
    "middle_of",
    "part_of",
    "road_ground",
    "stretch_ground",
]

_NEAR_LINE_M = 25_000.0
"""How far along a border or road "near" a place reaches: it names the nearest place worth naming."""
_MEETING_M = 5_000.0
"""Two roads that come this near meet: the network's lines leave out bends of some kilometres."""
_STORY_M = 300_000.0
"""A long line is looked at no further than this from the middle of the story, when that is known."""
_BESIDE_DEG = 0.1
_DETOUR = 1.8
"""A way by road longer than this many times the straight line is not what "the road between them" means."""


@dataclass(frozen=True, slots=True)
class Setting:
    """Where the story plays, as far as it is known."""

    countries: tuple[str, ...] = ()
    """ISO 3166-1 alpha-2 codes, the one that counts most first."""
    near: tuple[float, float] | None = None
    """lon, lat in degrees of its middle."""


@dataclass(frozen=True, slots=True)
class Ground:
    """An anchor on the ground; its shape is a point, lines, or polygons in EPSG:4326."""

    name: str
    shape: BaseGeometry
    extent_m: float = 0.0
    """Radius of what lies at a point: a city is measured from its middle or from its edge."""
    error_m: float = 0.0
    """How far off the shape itself may be."""
    country: str | None = None
    unit: str | None = None
    """Code of the first-level unit a town gives its name to."""
    note: str = ""
    """What a reader should know of the shape."""
    possible: BaseGeometry | None = None
    """What the shape may reach to at most, where its limits are uncertain."""
    doubt: str = ""
    """Why the name it was asked by may mean another place."""

    @property
    def is_spot(self) -> bool:
        """Whether the anchor is a point with an extent."""
        return bool(self.shape.geom_type == "Point")

    @property
    def is_area(self) -> bool:
        """Whether the anchor has an inside."""
        return bool(self.shape.geom_type.endswith("Polygon"))


def ground(place: Place, setting: Setting) -> Ground:
    """Return a place on the ground: a town as a spot of its size, a river or road as its line, an area as its outline.

    A spot's extent is the radius that holds the town; for what is no settlement the same radius is an error.

    Raises
    ------
    InputError
        The place is a road whose course is not known.
    """
    if place.course is not None:
        return Ground(place.name, place.course, error_m=2_000.0, country=place.country)
    if place.feature.startswith("R.RD") and place.feature != "R.RDJCT":
        return _road_of(place, setting)
    if (line := course(place)) is not None:
        return Ground(place.name, _in_story(line, setting), error_m=2_000.0, country=place.country)
    if place.feature.startswith("H"):
        what = "course" if place.feature in {"H.STM", "H.CNL"} else "outline"
        note = f"the {what} of {place.name} is not known; it is taken as somewhere in {place.precision_m / 1000:.0f} km"
        spot = Point(place.lon, place.lat)
        return Ground(place.name, spot, error_m=place.precision_m, country=place.country, note=note)
    if place.is_area or place.geometry is not None:
        known = place.geometry if place.geometry is not None else outline(place)
        note = "" if known is not None else f"the outline of {place.name} is not known; a circle stands for it"
        return Ground(place.name, circle(place) if known is None else known, country=place.country, note=note)
    settled = place.feature.startswith("P.")
    namesake = settled and place.admin1 is not None and skeleton(place.admin1) == skeleton(place.name)
    return Ground(
        place.name,
        Point(place.lon, place.lat),
        extent_m=place.precision_m if settled else 0.0,
        error_m=0.0 if settled else place.precision_m,
        country=place.country,
        unit=place.admin1_code if namesake else None,
    )


def _road_of(place: Place, setting: Setting) -> Ground:
    countries = (place.country,) if place.country else setting.countries
    try:
        line = highway(place.name, countries=countries)
    except UnknownRoadError as error:
        raise InputError(f"the course of {place.name} is not known: {error}") from error
    return Ground(place.name, _in_story(line, setting), error_m=2_000.0, country=place.country)


def road_ground(first: Place, last: Place) -> Ground:
    """Return the road between two places: a road of that name, else the shortest way by road, else a straight line."""
    countries = tuple(dict.fromkeys(code for code in (first.country, last.country) if code))
    words = f"the road between {first.name} and {last.name}"
    for name in (f"{first.name}-{last.name} highway", f"{last.name}-{first.name} highway"):
        try:
            line = _part_between(highway(name, countries=countries), first, last)
        except UnknownRoadError:
            continue
        if line is not None:
            return Ground(words, line, error_m=2_000.0, country=first.country)
    a, b = (first.lon, first.lat), (last.lon, last.lat)
    apart = distance_m(*a, *b)
    if apart < 1.0:
        raise InputError(f"{first.name} and {last.name} are one spot; no road runs between them")
    way = ways.to_point(a, b, countries) or ways.to_point(a, b, ())
    off = way is None or way.start_m + way.end_m > max(10_000.0, 0.5 * apart) or len(way.points) < 2
    if way is None or off or length_m(LineString(way.points)) > _DETOUR * apart + 20_000.0:
        note = "no road is known between the two; the straight line stands for it"
        return Ground(words, arc(*a, *b), error_m=0.1 * apart, country=first.country, note=note)
    note = "inferred: the shortest way along the road network"
    return Ground(words, LineString(way.points), error_m=2_000.0, country=first.country, note=note)


def _part_between(line: LineString, first: Place, last: Place) -> LineString | None:
    """Return what of a road lies between two places on it; None where one is far from it, or both at one spot of it."""
    spots = [locate(line, place.lon, place.lat) for place in (first, last)]
    if any(off > _NEAR_LINE_M for _, off in spots):
        return None
    start, end = sorted(along for along, _ in spots)
    return cut(line, start, end) if end - start > 1.0 else None


def border_ground(sides: Sequence[Place], setting: Setting) -> Ground:
    """Return the border of two countries or units, or of one country with a neighbour in the story, else with all.

    Raises
    ------
    UnknownBorderError
        The two have no common border.
    InputError
        No border is known for the only place named.
    """
    if len(sides) == 2:
        first, last = sides
        if first.is_country and last.is_country and first.country and last.country:
            line = border(first.country, last.country)
        else:
            line = _common_edge(first, last)
        words = f"the border of {first.name} and {last.name}"
        return Ground(words, _in_story(line, setting), country=first.country)
    (only,) = sides
    if not (only.is_country and only.country):
        whole = outline(only)
        if whole is None:
            raise InputError(f"the border of {only.name} is not known; name the two countries it lies between")
        return Ground(f"the border of {only.name}", whole.boundary, error_m=2_000.0, country=only.country)
    beside = neighbours(only.country)
    told = [code for code in setting.countries if code in beside][:1] or list(beside)
    if not told:
        raise InputError(f"{only.name} has no land border")
    lines = [part for code in told for part in border(only.country, code).geoms]
    words = f"the border of {only.name}" + (f" with {country_name(told[0])}" if len(told) == 1 else "")
    return Ground(words, _in_story(MultiLineString(lines), setting), country=only.country)


def _common_edge(first: Place, last: Place) -> BaseGeometry:
    one, other = outline(first), outline(last)
    if one is None or other is None:
        unknown = first if one is None else last
        raise InputError(f"the outline of {unknown.name} is not known, so its border with the other is not either")
    edge = shapely.intersection(one.boundary, buffer_m(other, 2_000.0))
    lines = [
        part
        for part in shapely.get_parts(shapely.line_merge(edge))
        if part.geom_type == "LineString" and part.length > 0
    ]
    if not lines:
        raise UnknownBorderError(f"{first.name} and {last.name} have no common border")
    return MultiLineString(lines)


def junction_ground(first: Ground, last: Ground, setting: Setting) -> Ground:
    """Return where two roads meet; where they share a stretch, the end of it that is nearer to the story.

    Raises
    ------
    InputError
        One is no road, or they come nowhere near each other.
    """
    if "LineString" not in first.shape.geom_type or "LineString" not in last.shape.geom_type:
        raise InputError(f"{first.name} and {last.name} do not both have a course; a junction is of two roads")
    nearest = shapely.shortest_line(first.shape, last.shape)
    (ax, ay), (bx, by) = nearest.coords[0], nearest.coords[-1]
    apart = distance_m(ax, ay, bx, by)
    if apart > _MEETING_M:
        raise InputError(f"{first.name} and {last.name} come no nearer to each other than {apart / 1000:.0f} km")
    shared = shapely.intersection(shapely.buffer(first.shape, 1e-4), last.shape)
    ends = [xy for part in shapely.get_parts(shared) for xy in _ends(part)] or [(ax, ay)]
    spots = _apart(ends)
    if setting.near is not None:
        lon, lat = setting.near
        spots.sort(key=lambda spot: distance_m(lon, lat, spot[0], spot[1]))
    note = f"the two share a stretch of road; the other end of it is {_degrees(spots[1])}" if len(spots) > 1 else ""
    words = f"the junction of {first.name} and {last.name}"
    return Ground(words, Point(spots[0]), error_m=_MEETING_M, country=first.country, note=note)


def stretch_ground(line: Ground, spot: Ground) -> Ground:
    """Return the part of a road or border near a place: 25 km either way, and as far again as the town is wide.

    Raises
    ------
    InputError
        The place lies further from the line than that.
    """
    reach = _NEAR_LINE_M + 2 * spot.extent_m + spot.error_m
    near = _lines_in(line.shape, buffer_m(coarse(spot.shape, 1_000.0), reach))
    if near is None:
        x, y = nearest_spot(spot.shape, *nearest_spot(line.shape, spot.shape.centroid.x, spot.shape.centroid.y))
        away = gap_m(line.shape, x, y) / 1000
        raise InputError(f"{spot.name} lies {away:.0f} km from {line.name}; no part of it is near")
    return replace(line, name=f"{line.name} near {spot.name}", shape=near)


def _ends(part: BaseGeometry) -> list[tuple[float, float]]:
    points = shapely.get_coordinates(part)
    return [(float(x), float(y)) for x, y in (points[0], points[-1])]


def _apart(spots: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return the spots without those that lie beside one before them."""
    kept: list[tuple[float, float]] = []
    for spot in spots:
        if all(distance_m(*spot, *other) > _MEETING_M for other in kept):
            kept.append(spot)
    return kept


def _degrees(spot: tuple[float, float]) -> str:
    return f"{spot[1]:.3f}, {spot[0]:.3f}"


def _in_story(line: BaseGeometry, setting: Setting) -> BaseGeometry:
    """Return what of a long line lies where the story plays; all of it where that is not known."""
    if setting.near is not None and gap_m(line, *setting.near) < _STORY_M:
        return _lines_in(line, buffer_m(Point(setting.near), _STORY_M)) or line
    if setting.countries:
        try:
            story = country(setting.countries[0])
        except UnknownBorderError:
            return line
        # A line may run along the border of the country or swing out of it a little: only its far parts are left out.
        return _lines_in(line, shapely.buffer(coarse(story, 2_000.0), _BESIDE_DEG, quad_segs=2)) or line
    return line


def _lines_in(line: BaseGeometry, area: BaseGeometry) -> BaseGeometry | None:
    parts = shapely.get_parts(shapely.intersection(line, area))
    lines = [part for part in parts if part.geom_type == "LineString" and not part.is_empty]
    return shapely.line_merge(MultiLineString(lines)) if lines else None


def middle_of(line: BaseGeometry, setting: Setting) -> tuple[float, float]:
    """Return the point of a line nearest to the story, else the middle of its longest part."""
    if setting.near is not None and gap_m(line, *setting.near) < _STORY_M:
        return nearest_spot(line, *setting.near)
    longest = max(shapely.get_parts(line), key=length_m)
    spot = point_at(longest, length_m(longest) / 2)
    return float(spot.x), float(spot.y)


def part_of(road: Ground, start: float, end: float) -> LineString:
    """Return the part of a road from one share of its length to another."""
    line = max(shapely.get_parts(road.shape), key=length_m)
    total = length_m(line)
    return cut(line, start * total, end * total)
