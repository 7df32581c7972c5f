"""Coordinates made coarser on purpose, so that a map does not show more than its maker wants to.

Everything with a position goes through one grid, so that lines still begin and end at their places. What words say,
such as coordinates in a quotation, stays.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from geomap.models import Issue

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from geomap.models import (
        Area,
        AreaPlan,
        Crossing,
        Leg,
        Mention,
        Movement,
        Place,
        PlaceRef,
        Reading,
        Route,
        Shape,
    )

    Points = NDArray[np.float64]

__all__ = ["rounded"]

METRES_PER_DEGREE = 111_320.0
"""Length of a degree of the equator."""
_GIVEN = "coordinates:"
_TOLD = "relation:"
"""Ids that hold where the place is."""
_MOST_LAT = 90.0


def rounded(reading: Reading, grid_m: float) -> Reading:
    """Return a reading whose coordinates lie on a grid of `grid_m` metres; precisions grow by as much.

    Lengths are rounded to the grid too. Lines and areas that shrink to nothing on it are left out, with an issue.
    """
    grid = _Grid(grid_m)
    movements = tuple(grid.movement(movement) for movement in reading.movements)
    areas = tuple(grid.area(area) for area in reading.areas)
    issues = (*reading.issues, *_lost(reading.movements, movements, grid), *_lost(reading.areas, areas, grid))
    return replace(
        reading,
        mentions=tuple(grid.mention(mention) for mention in reading.mentions),
        movements=movements,
        areas=areas,
        incidents=tuple(replace(one, places=grid.refs(one.places)) for one in reading.incidents),
        issues=issues,
    )


@dataclass(frozen=True, slots=True)
class _Grid:
    """Rows of one spacing in latitude; in each the same spacing in metres along it."""

    metres: float

    def snapped(self, points: Points) -> Points:
        """Return points (n, 2), lon and lat in degrees, moved to the nearest node."""
        row = self.metres / METRES_PER_DEGREE
        lat = np.clip(np.round(points[:, 1] / row) * row, -_MOST_LAT, _MOST_LAT)
        along = row / np.maximum(np.cos(np.radians(lat)), 0.01)
        return np.column_stack([np.round(points[:, 0] / along) * along, lat]).round(6)

    def line(self, line: BaseGeometry) -> BaseGeometry | None:
        """Return the line; None where it is shorter than the grid."""
        points = self.snapped(shapely.get_coordinates(line))
        moved = points[np.append(True, np.any(np.diff(points, axis=0) != 0, axis=1))] if len(points) else points
        return shapely.LineString(moved) if len(moved) > 1 else None

    def shape(self, shape: BaseGeometry) -> BaseGeometry:
        """Return polygons or lines, without what shrinks to nothing."""
        coarse = shapely.make_valid(shapely.transform(shapely.force_2d(shape), self.snapped))
        kind = shapely.get_dimensions(shape)
        parts = [part for part in shapely.get_parts(shapely.get_parts(coarse)) if shapely.get_dimensions(part) == kind]
        return shapely.union_all(parts) if parts else shapely.Polygon()

    def length(self, metres: float) -> float:
        return max(1, round(metres / self.metres)) * self.metres if math.isfinite(metres) else metres

    def place(self, place: Place) -> Place:
        if not (math.isfinite(place.lon) and math.isfinite(place.lat)):
            return place
        ((lon, lat),) = self.snapped(np.array([[place.lon, place.lat]])).tolist()
        changes: dict[str, Any] = {"lon": (lon + 180) % 360 - 180 if abs(lon) > 180 else lon, "lat": lat}
        if place.geometry is not None:
            # An area that shrank to nothing on the grid would show more than the grid allows.
            outline = self.shape(place.geometry)
            changes["geometry"] = None if outline.is_empty else outline
        if place.course is not None:
            changes["course"] = None
        if not place.is_area:
            changes["precision_m"] = place.precision_m + self.metres
        if place.id.startswith(_GIVEN):
            name = self.words(lon, lat)
            changes |= {"id": f"{_GIVEN}{name.replace(' ', '')}", "name": name, "note": None}
        elif place.id.startswith(_TOLD):
            changes["id"] = f"{place.id.rpartition('@')[0]}@{self.words(lon, lat).replace(' ', '')}"
        return replace(place, **changes)

    def words(self, lon: float, lat: float) -> str:
        """Return a node as a person writes it, with the digits that the grid leaves."""
        digits = max(0, math.ceil(-math.log10(self.metres / METRES_PER_DEGREE)))
        return f"{lat:.{digits}f}, {lon:.{digits}f}"

    def ref(self, ref: PlaceRef) -> PlaceRef:
        if ref.place is None:
            return ref
        place = self.place(ref.place)
        if place.id.startswith(_GIVEN):
            return replace(ref, text=place.name, place=place, reason="coordinates, rounded", alternatives=())
        return replace(ref, place=place, alternatives=())

    def refs(self, refs: Iterable[PlaceRef]) -> tuple[PlaceRef, ...]:
        return tuple(self.ref(ref) for ref in refs)

    def mention(self, mention: Mention) -> Mention:
        found = mention.resolution
        if found is None:
            return mention
        coarse = tuple(replace(one, place=self.place(one.place)) for one in found.candidates)
        return replace(mention, resolution=replace(found, candidates=coarse))

    def movement(self, movement: Movement) -> Movement:
        return replace(
            movement,
            origin=self.refs(movement.origin),
            destination=self.refs(movement.destination),
            via=self.refs(movement.via),
            route=self.route(movement.route) if movement.route else None,
        )

    def route(self, route: Route) -> Route:
        return replace(
            route,
            legs=tuple(coarse for leg in route.legs if (coarse := self.leg(leg))),
            crossings=tuple(self.crossing(crossing) for crossing in route.crossings),
            snap_m=tuple(self.length(metres) for metres in route.snap_m),
        )

    def leg(self, leg: Leg) -> Leg | None:
        line = self.line(leg.geometry)
        return replace(leg, geometry=line, length_m=self.length(leg.length_m)) if line is not None else None

    def crossing(self, crossing: Crossing) -> Crossing:
        ((lon, lat),) = self.snapped(np.array([[crossing.lon, crossing.lat]])).tolist()
        return replace(crossing, lon=lon, lat=lat, at_m=self.length(crossing.at_m))

    def area(self, area: Area) -> Area:
        return replace(area, plan=self.plan(area.plan), shape=self.drawn(area.shape) if area.shape else None)

    def drawn(self, shape: Shape) -> Shape | None:
        """Return a shape, measured anew; None where nothing of it is left."""
        from geomap.geometry.geodesy import area_m2

        sure = self.shape(shape.geometry)
        possible = self.shape(shape.possible) if shape.possible is not None else None
        if sure.is_empty and (possible is None or possible.is_empty):
            return None
        length = self.length(shape.length_m) if shape.length_m else shape.length_m
        size = area_m2(sure) if shape.area_m2 else shape.area_m2
        return replace(shape, geometry=sure, possible=possible, length_m=length, area_m2=size)

    def plan(self, plan: AreaPlan) -> AreaPlan:
        alone = {name: self.ref(ref) for name in ("line", "region", "part_of") if (ref := getattr(plan, name))}
        several = {name: self.refs(getattr(plan, name)) for name in ("ends", "around", "between", "without")}
        within = self.plan(plan.within) if plan.within else None
        return replace(plan, within=within, **alone, **several)  # type: ignore[arg-type]


def _lost(before: Iterable[Movement | Area], after: Iterable[Movement | Area], grid: _Grid) -> list[Issue]:
    """Return an issue where lines or shapes are left out since they are smaller than the grid."""
    pairs = zip(before, after, strict=True)
    lost = [old for old, new in pairs if _is_drawn(old) and not _is_drawn(new)]
    if not lost:
        return []
    what = "1 line or shape is" if len(lost) == 1 else f"{len(lost)} lines or shapes are"
    message = f"{what} smaller than the grid of {grid.metres / 1000:g} km and not drawn, on request"
    return [Issue("draw", message, lost[0].provenance.report_id)]


def _is_drawn(item: Any) -> bool:
    route = getattr(item, "route", None)
    return bool(route and route.legs) or getattr(item, "shape", None) is not None
