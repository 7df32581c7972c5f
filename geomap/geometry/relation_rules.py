"""What each relation says of the ground: one rule a kind, each with the area it makes and why.

Every rule gives an area that surely holds the place; what the words leave open stays open and widens it. Distances are
geodesic, on the WGS 84 ellipsoid; geometries are EPSG:4326.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import shapely

from geomap.errors import InputError, UnknownBorderError
from geomap.gazetteer.relations import Relation, RelationKind
from geomap.geometry.borders import country, land_near
from geomap.geometry.cutting import interspace, joined
from geomap.geometry.geodesy import bearing, buffer_m, destination, distance_m
from geomap.geometry.grounds import Ground, Setting, middle_of, part_of, road_ground
from geomap.geometry.outlines import admin1
from geomap.geometry.sweeps import band, coarse, half, ring, sweep, wind
from geomap.models import Place

if TYPE_CHECKING:
    from collections.abc import Callable

    from shapely.geometry.base import BaseGeometry

__all__ = ["Draft", "draft"]

NEAR_M = 5_000.0
"""How far "near" a village reaches from its edge; near a town, as far again as the town is wide."""
LINE_NEAR_M = 10_000.0
"""How far "near the border" or "near the road" reaches: a first column of villages on either side."""
BANK_M = 5_000.0
"""How far from the water "the west bank" reaches: the places that are named by it lie on it or look on it."""
BORDER_M = 5_000.0
"""Half the width of "the border" as a place where something happens."""
ROAD_M = 3_000.0
"""Half the width of a road's corridor: the network leaves out bends of that size."""
RIM_M = 3_000.0
"""How far outskirts reach past the edge of a town, and, as a share, they begin half way out."""
APPROACH_M = 15_000.0
"""How far approaches reach past the edge of a town: the range of field artillery, within which it is fought for."""
RURAL_M = 25_000.0
"""How far the countryside of a town reaches where no unit of its name is known: a market town's district."""
SHORE_M = 50_000.0
"""How far off "off the coast" reaches: twice the territorial and contiguous zones' 24 nautical miles is never meant,
once is (UNCLOS, articles 3 and 33: 12 and 24 nautical miles)."""
SIDE_SHARE, SIDE_LEAST_M, SIDE_PAST_M = 4.0, 20_000.0, 45_000.0
"""A side without a distance reaches four times as far as its town is wide: a city is a landmark for more than a
village; never less than 20 km, and never more than 45 km past its edge, where a capital too gives way to others."""
SIDE_SPOT = 1 / 3
"""Where on its side of a town the point of a place stands, as a share of the way out: what is told by a town thins out
with the distance, since something else is soon nearer."""
SIDE_LINE_M = 100_000.0
"""How far the side of a river or road reaches where no country ends it before."""
SIDE_MOST_M = 400_000.0
CORRIDOR_SHARE, CORRIDOR_LEAST_M, CORRIDOR_MOST_M = 0.15, 3_000.0, 30_000.0
"""Half the width of what lies between two places: 15 % of their distance, since who names both means the way, or the
land along it."""
HALF_SHARE = 0.1
"""How far "halfway" may be off, as a share of the distance."""
BETWEEN_MOST_M = 1_500_000.0
"""Two spots further apart than this have no place between them that a map could show."""
DISTANCE_MOST_M = 3_000_000.0
"""The longest distance that places are told by."""


@dataclass(frozen=True, slots=True)
class Draft:
    """The area a relation makes, before it becomes a place."""

    area: BaseGeometry
    feature: str
    words: str
    spot: tuple[float, float] | None = None
    course: BaseGeometry | None = None
    """The line, of a relation that is one."""


def draft(relation: Relation, anchors: tuple[Ground, ...], setting: Setting) -> Draft:
    """Return the area a relation makes of its anchors on the ground.

    Raises
    ------
    InputError
        No area follows from the words.
    """
    return _RULES[relation.kind](_Case(relation, anchors, setting))


@dataclass(frozen=True, slots=True)
class _Case:
    """What a rule is asked."""

    relation: Relation
    anchors: tuple[Ground, ...]
    setting: Setting

    @property
    def anchor(self) -> Ground:
        """The only anchor."""
        (only,) = self.anchors
        return only

    @property
    def bearing(self) -> float | None:
        """Degrees clockwise from north, as seen from the anchor, or None."""
        return self.relation.bearing

    @property
    def wind(self) -> str:
        """The direction in a word and a space, or nothing."""
        return f"{wind(self.bearing)} " if self.bearing is not None else ""

    @property
    def distance(self) -> tuple[float, float]:
        """Least and most distance told, in metres, each as far off as its words allow."""
        told = self.relation.distance
        if told is None:
            raise InputError(f"{self.relation.text!r} tells no distance")
        if told.high_m > DISTANCE_MOST_M:
            raise InputError(f"{self.relation.text!r}: nothing is told by so great a distance; check the number")
        return max(0.0, told.low_m - told.error_m), told.high_m + told.error_m

    @property
    def km(self) -> str:
        """The distance told, in kilometres, and how far off it may be."""
        told = self.relation.distance
        assert told is not None
        low, high, error = (f"{float(f'{metres / 1000:.3g}'):g}" for metres in (told.low_m, told.high_m, told.error_m))
        return f"{low if told.low_m == told.high_m else f'{low} to {high}'} km, give or take {error}"

    def ring(self, low: float, high: float) -> BaseGeometry:
        """Return what lies between two distances of a spot, in the direction told."""
        sector = self.relation.sector if self.bearing is not None else 180.0
        spot = self.anchor.shape
        return ring(spot.x, spot.y, low, high, bearing_deg=self.bearing, sector=sector)

    def toward(self, distance: float) -> tuple[float, float]:
        """Return the point so far from a spot in the direction told; the spot itself where none is."""
        spot = (float(self.anchor.shape.x), float(self.anchor.shape.y))
        return spot if self.bearing is None else destination(*spot, self.bearing, distance)


def _offset(case: _Case) -> Draft:
    """Return a ring, a sector of it, or a band, as deep as the distance is uncertain.

    From a town the distance may be taken from the middle or from the edge; from a line or an area it is the shortest.
    """
    anchor, (low, high) = case.anchor, case.distance
    low, high = max(0.0, low - anchor.error_m), high + anchor.error_m + anchor.extent_m
    words = f"{case.km}, {f'{case.wind}of' if case.wind else 'from'} {anchor.name}"
    if not anchor.is_spot:
        area = band(anchor.shape, low, high, bearing_deg=case.bearing)
        return Draft(area, "L.LCTY", f"{words}, measured from its nearest point", _well_inside(area, case.setting))
    told = case.relation.distance
    middle = (told.low_m + told.high_m) / 2 if told else high
    spot = case.toward(middle)
    if case.bearing is None:
        lon, lat = spot
        spot = destination(lon, lat, bearing(lon, lat, *case.setting.near) if case.setting.near else 0.0, middle)
    return Draft(case.ring(low, high), "L.LCTY", words, spot)


def _inside(case: _Case) -> Draft:
    """Return the band inside an area that lies so far from its edge, whichever side the report comes from."""
    anchor, (low, high) = case.anchor, case.distance
    if not anchor.is_area:
        raise InputError(f"{anchor.name} has no inside; only areas with a known outline have")
    edge = coarse(anchor.shape.boundary, high / 50)
    near = buffer_m(edge, high)
    near = near if low < 1.0 else shapely.difference(near, buffer_m(edge, low))
    return Draft(_solid(shapely.intersection(near, anchor.shape)), "L.LCTY", f"{case.km}, inside {anchor.name}")


def _within(case: _Case) -> Draft:
    anchor = case.anchor
    reach = case.distance[1] + anchor.extent_m + anchor.error_m
    return _around(case, reach, f"no further than {case.km}, from {anchor.name}")


def _near(case: _Case) -> Draft:
    """Return what lies near: 5 km and twice its radius round a town, 10 km along a line or round an area."""
    anchor = case.anchor
    reach = 2 * anchor.extent_m + NEAR_M + anchor.error_m if anchor.is_spot else LINE_NEAR_M
    return _around(case, reach, f"near {anchor.name}, taken as within {reach / 1000:.0f} km of it")


def _around(case: _Case, reach: float, words: str) -> Draft:
    anchor = case.anchor
    if anchor.is_spot:
        return Draft(case.ring(0.0, reach), "L.LCTY", words, case.toward(reach / 2))
    if case.bearing is not None:
        return Draft(band(anchor.shape, 0.0, reach, bearing_deg=case.bearing), "L.LCTY", words)
    area = buffer_m(coarse(anchor.shape, reach / 50), reach)
    return Draft(area, "L.LCTY", words, None if anchor.is_area else middle_of(anchor.shape, case.setting))


def _side(case: _Case) -> Draft:
    """Return one side of a town, river, road or area, ended by the story's country where it ends before.

    Of a town it is a sector; of a line or an area it is all that is passed over when it is moved that way.
    """
    anchor = case.anchor
    assert case.bearing is not None
    if anchor.is_spot:
        reach = max(min(SIDE_SHARE * anchor.extent_m, anchor.extent_m + SIDE_PAST_M), SIDE_LEAST_M) + anchor.error_m
        low = anchor.extent_m / 2
        words = f"{case.wind}of {anchor.name}; no distance is told, taken as within {reach / 1000:.0f} km"
        return Draft(case.ring(low, reach), "L.RGN", words, case.toward(low + SIDE_SPOT * (reach - low)))
    land = _land_of(case.setting)
    reach = SIDE_LINE_M if land is None or anchor.is_area else SIDE_MOST_M
    area = sweep(coarse(anchor.shape, 1_000.0), case.bearing, reach)
    area = shapely.difference(area, anchor.shape) if anchor.is_area else area
    words = f"the land {case.wind}of {anchor.name}, up to {reach / 1000:.0f} km off"
    inside = area if land is None else _solid(shapely.intersection(area, land))
    if land is not None and not inside.is_empty:
        area, words = inside, f"{words}, as far as it lies in {case.setting.countries[0]}"
    return Draft(_solid(area), "L.RGN", words)


def _bank(case: _Case) -> Draft:
    """Return the land along one side of a water or road, or along both where no side is told."""
    anchor, hand = case.anchor, case.relation.hand
    if case.bearing is None and hand is None:
        return _around(case, BANK_M + anchor.extent_m, f"the banks of {anchor.name}")
    if anchor.is_spot or (hand and anchor.is_area):
        if hand:
            raise InputError(f"the course of {anchor.name} is not known, so neither is its {hand} bank")
        return _part(case)
    area = band(anchor.shape, 0.0, BANK_M + anchor.error_m, bearing_deg=case.bearing, hand=hand)
    words = f"the {hand or case.wind.strip()} side of {anchor.name}, taken as {BANK_M / 1000:.0f} km deep"
    return Draft(area, "L.RGN", words, _well_inside(area, case.setting))


def _part(case: _Case) -> Draft:
    """Return a part of a town as a quarter of its circle, of an area as the half on that side of its middle."""
    anchor = case.anchor
    words = f"the {case.wind}part of {anchor.name}"
    if anchor.is_spot:
        reach = anchor.extent_m + anchor.error_m
        return Draft(case.ring(0.0, reach), "L.LCTY", words, case.toward(reach / 2))
    if not anchor.is_area:
        raise InputError(f"{anchor.name} is a line and has no such part; name the two places it is meant between")
    area = anchor.shape if case.bearing is None else half(anchor.shape, case.bearing)
    middle = area.centroid
    return Draft(area, "L.RGN", words, (float(middle.x), float(middle.y)))


def _outskirts(case: _Case) -> Draft:
    """Return the rim of a town, from half way out to 3 km past its edge; of an area, the 10 km inside its edge."""
    anchor = case.anchor
    if anchor.is_spot:
        high = anchor.extent_m + anchor.error_m + RIM_M
        return _rim(case, anchor.extent_m / 2, high, f"the rim of {anchor.name}, up to 3 km past its edge")
    if not anchor.is_area:
        return _near(case)
    edge = buffer_m(coarse(anchor.shape.boundary, 500.0), LINE_NEAR_M)
    area = shapely.intersection(edge, _part(case).area)
    return Draft(_solid(area), "L.RGN", f"the edge of {anchor.name}, taken as {LINE_NEAR_M / 1000:.0f} km deep")


def _approaches(case: _Case) -> Draft:
    """Return what lies before a town, up to 15 km out."""
    anchor = case.anchor
    if not anchor.is_spot:
        return _near(case)
    high = anchor.extent_m + anchor.error_m + APPROACH_M
    return _rim(case, anchor.extent_m * 0.8, high, f"what lies before {anchor.name}, up to 15 km out")


def _countryside(case: _Case) -> Draft:
    """Return the province a town gives its name to, outside the town, or what lies within 25 km of its edge."""
    anchor = case.anchor
    if anchor.is_area:
        return _part(case)
    if not anchor.is_spot:
        return _near(case)
    low, high = anchor.extent_m / 2, anchor.extent_m + anchor.error_m + RURAL_M
    unit = admin1(anchor.unit) if anchor.unit else None
    if unit is None:
        words = f"the country round {anchor.name}, taken as {RURAL_M / 1000:.0f} km wide"
        return _rim(case, low, high, words, SIDE_SPOT)
    whole = _rim(case, low, SIDE_MOST_M, f"the province of {anchor.name} outside the town")
    spot = case.toward((low + high) / 2) if case.bearing is not None else None
    return Draft(_solid(shapely.intersection(whole.area, unit)), "L.RGN", whole.words, spot)


def _rim(case: _Case, low: float, high: float, words: str, share: float = 0.5) -> Draft:
    spot = case.toward(low + share * (high - low)) if case.bearing is not None else None
    side = f", on the {case.wind}side" if case.wind else ""
    return Draft(case.ring(low, high), "L.LCTY", f"{words}{side}", spot)


def _between(case: _Case) -> Draft:
    """Return the corridor along the road between two spots, 15 % of their distance to either side, the towns left out.

    Between two lines it is the land that both enclose; between areas nothing follows from the words.
    """
    first, last = case.anchors
    if not (first.is_spot or last.is_spot or first.is_area or last.is_area):
        return _between_lines(case)
    apart = _apart_m(case)
    road = _road_between(case)
    ends = [min(0.4, anchor.extent_m / max(apart, 1.0)) for anchor in case.anchors]
    line = part_of(road, ends[0], 1.0 - ends[1])
    width = min(max(CORRIDOR_SHARE * apart, CORRIDOR_LEAST_M), CORRIDOR_MOST_M) + max(first.error_m, last.error_m)
    words = f"between {first.name} and {last.name}, {width / 1000:.0f} km either side of {_how(road)}"
    area = buffer_m(coarse(line, width / 50), width)
    towns = [ring(anchor.shape.x, anchor.shape.y, 0.0, anchor.extent_m) for anchor in case.anchors if anchor.extent_m]
    open_land = _solid(shapely.difference(area, shapely.union_all(towns)))
    return Draft(area if open_land.is_empty else open_land, "L.RGN", words, middle_of(line, Setting()))


def _between_lines(case: _Case) -> Draft:
    """Return what lies between two lines, closed straight across at their ends, as far as the story's country goes."""
    first, last = case.anchors
    found = interspace(joined(first.shape, LINE_NEAR_M), joined(last.shape, LINE_NEAR_M))
    words = f"the land between {first.name} and {last.name}, closed straight across where they end"
    land = _land_of(case.setting)
    inside = found.closed if land is None else _solid(shapely.intersection(found.closed, land))
    if land is None or inside.is_empty:
        return Draft(found.closed, "L.RGN", words, _well_inside(found.closed, case.setting))
    words = f"{words}, as far as it lies in {case.setting.countries[0]}"
    return Draft(inside, "L.RGN", words, _well_inside(inside, case.setting))


def _halfway(case: _Case) -> Draft:
    """Return the circle about the middle of the way between two spots, a tenth of their distance wide."""
    first, last = case.anchors
    road = _road_between(case)
    spot = middle_of(road.shape, Setting())
    reach = max(HALF_SHARE * _apart_m(case), 2_000.0) + (first.extent_m + last.extent_m) / 2
    words = f"the middle of {_how(road)} between {first.name} and {last.name}, give or take a tenth of it"
    return Draft(ring(*spot, 0.0, reach), "L.LCTY", words, spot)


def _road_between(case: _Case) -> Ground:
    first, last = case.anchors
    apart = _apart_m(case)
    if apart > BETWEEN_MOST_M:
        far = f"{apart / 1000:.0f} km"
        raise InputError(f"{first.name} and {last.name} lie {far} apart; what is between them is no place")
    ends = [Place("", anchor.name, anchor.shape.x, anchor.shape.y, anchor.country) for anchor in case.anchors]
    return road_ground(*ends)


def _apart_m(case: _Case) -> float:
    for anchor in case.anchors:
        if not anchor.is_spot:
            raise InputError(f"{anchor.name} is no spot; between it and another no corridor follows from the words")
    first, last = (anchor.shape for anchor in case.anchors)
    return distance_m(first.x, first.y, last.x, last.y)


def _how(road: Ground) -> str:
    return "the straight line" if "straight" in road.note else "the road"


def _road(case: _Case) -> Draft:
    return _along(case, ROAD_M, "R.RD")


def _border(case: _Case) -> Draft:
    return _along(case, BORDER_M, "L.RGN")


def _stretch(case: _Case) -> Draft:
    return _along(case, BORDER_M, "L.LCTY")


def _along(case: _Case, width: float, feature: str) -> Draft:
    """Return what lies so near to a line that it counts as on it."""
    line = case.anchor
    words = f"{line.name}, {width / 1000:.0f} km to either side"
    area = _strip(line.shape.wkb, width)
    return Draft(area, feature, words, middle_of(line.shape, case.setting), line.shape)


@lru_cache(maxsize=64)
def _strip(line: bytes, width: float) -> BaseGeometry:
    """Return the strip to both sides of a line; reports of one story tell of the same border again and again."""
    return buffer_m(coarse(shapely.from_wkb(line), 200.0), width)


def _junction(case: _Case) -> Draft:
    return Draft(case.ring(0.0, case.anchor.error_m), "L.LCTY", case.anchor.name, case.toward(0.0))


def _offshore(case: _Case) -> Draft:
    """Return the waters off a place: up to 50 km out, or as far as is told, without the land."""
    anchor = case.anchor
    told = case.relation.distance is not None
    low, high = case.distance if told else (0.0, SHORE_M)
    low, high = max(0.0, low - anchor.error_m), high + anchor.extent_m + anchor.error_m
    simple = coarse(anchor.shape, 500.0)
    near = buffer_m(simple, high)
    near = shapely.difference(near, buffer_m(simple, low)) if low >= 1.0 else near
    sea = _solid(shapely.difference(near, land_near(*near.bounds)))
    if sea.is_empty:
        raise InputError(f"no sea lies within {high / 1000:.0f} km of {anchor.name}")
    far = f"{case.km}," if told else f"up to {SHORE_M / 1000:.0f} km"
    open_sea = max(shapely.get_parts(sea), key=shapely.area)
    middle = shapely.get_coordinates(shapely.maximum_inscribed_circle(open_sea, 0.02))[0]
    spot = None if case.setting.near else (float(middle[0]), float(middle[1]))
    return Draft(sea, "H.SEA", f"the waters {far} off {anchor.name}", spot)


def _well_inside(area: BaseGeometry, setting: Setting) -> tuple[float, float] | None:
    """Return a point in the largest part of an area, where the story does not say which part is meant."""
    if setting.near is not None or area.is_empty:
        return None
    inside = shapely.point_on_surface(max(shapely.get_parts(area), key=shapely.area))
    return float(inside.x), float(inside.y)


def _land_of(setting: Setting) -> BaseGeometry | None:
    """Return the country the story plays in first, or None where it is not known."""
    try:
        return country(setting.countries[0]) if setting.countries else None
    except UnknownBorderError:
        return None


def _solid(area: BaseGeometry) -> BaseGeometry:
    return shapely.union_all([part for part in shapely.get_parts(area) if part.geom_type == "Polygon"])


_RULES: dict[RelationKind, Callable[[_Case], Draft]] = {
    RelationKind.OFFSET: _offset,
    RelationKind.INSIDE: _inside,
    RelationKind.WITHIN: _within,
    RelationKind.NEAR: _near,
    RelationKind.SIDE: _side,
    RelationKind.BANK: _bank,
    RelationKind.PART: _part,
    RelationKind.OUTSKIRTS: _outskirts,
    RelationKind.APPROACHES: _approaches,
    RelationKind.COUNTRYSIDE: _countryside,
    RelationKind.BETWEEN: _between,
    RelationKind.HALFWAY: _halfway,
    RelationKind.ROAD: _road,
    RelationKind.BORDER: _border,
    RelationKind.STRETCH: _stretch,
    RelationKind.JUNCTION: _junction,
    RelationKind.OFFSHORE: _offshore,
}
