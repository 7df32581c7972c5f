"""Lines with the metres of road along them, which the line as drawn may leave out bends of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely
from shapely.geometry import LineString

from geomap.errors import InputError, UnknownPlaceError
from geomap.geometry.anchors import ROAD_ERROR_M, line_of, road_of
from geomap.geometry.cutting import joined
from geomap.geometry.geodesy import cumulative_m, locate
from geomap.geometry.roads.courses import course
from geomap.geometry.roads.highways import road_called
from geomap.models import Place, Route

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from geomap.geometry.anchors import Subject

__all__ = ["Track", "track_of"]

_FAR_M = 60_000.0
"""A place further than this from a line is not one that a stretch of it is told by."""
_NO_LENGTH_M = 1.0
_GAP_M = 5_000.0
"""Parts of a line this near to each other are led together, as over a bridge."""


@dataclass(frozen=True, eq=False)
class Track:
    """A line in EPSG:4326 that is measured along the road it stands for."""

    name: str
    line: LineString
    along_m: NDArray[np.float64]
    """Metres of road from the start to each vertex."""
    error_m: float = 0.0
    """How far off the line may be."""
    caveat: Callable[[float, float], str] = lambda _first, _last: ""
    """What a reader should know of the part between two distances along the line as drawn."""

    @property
    def total_m(self) -> float:
        """The length of the road in metres."""
        return float(self.along_m[-1])

    def at(self, place: Place) -> float:
        """Return how many metres of road lie before the spot of the line that is nearest to a place.

        Raises
        ------
        InputError
            The place is far from the line.
        """
        drawn, off = locate(self.line, place.lon, place.lat)
        if off > max(_FAR_M, place.precision_m):
            raise InputError(f"{place.name} lies {off / 1000:.0f} km from {self.name}; name a place near it")
        return float(np.interp(drawn, self._drawn, self.along_m))

    def part(self, first_m: float, last_m: float) -> LineString:
        """Return the line between two distances along the road, held within its ends; empty where they are one."""
        if last_m - first_m < _NO_LENGTH_M:
            return LineString()
        points = shapely.get_coordinates(self.line)
        first, last = (self._spot(points, metres) for metres in (first_m, last_m))
        inside = points[(self.along_m > first_m) & (self.along_m < last_m)]
        return LineString([first, *inside, last])

    def told(self, first_m: float, last_m: float) -> str:
        """Return what a reader should know of the part between two distances along the road."""
        low, high = (float(np.interp(metres, self.along_m, self._drawn)) for metres in (first_m, last_m))
        return self.caveat(low, high)

    def inside(self, area: BaseGeometry) -> list[tuple[float, float]]:
        """Return where the line runs in an area, as distances along the road from and to, the longest first."""
        found = []
        for part in shapely.get_parts(shapely.line_merge(shapely.intersection(self.line, area))):
            if part.geom_type == "LineString" and part.length:
                spots = [float(np.interp(locate(self.line, *xy)[0], self._drawn, self.along_m)) for xy in part.coords]
                found.append((min(spots), max(spots)))
        return sorted(found, key=lambda span: span[0] - span[1])

    @property
    def _drawn(self) -> NDArray[np.float64]:
        return cumulative_m(shapely.get_coordinates(self.line))

    def _spot(self, points: NDArray[np.float64], metres: float) -> tuple[float, float]:
        return float(np.interp(metres, self.along_m, points[:, 0])), float(
            np.interp(metres, self.along_m, points[:, 1])
        )


def track_of(what: Subject, *, countries: Collection[str] = ()) -> Track:
    """Return a road, river, border, route or other line as a track; of several parts the longest that hangs together.

    Raises
    ------
    GeomapError
        No such road or place is known, or it is no line.
    """
    if isinstance(what, Route):
        return _route_track(what)
    road = road_of(what, countries=countries)
    if road is not None:
        found = course(road)
        return Track(f"the {road.ref}", found.line, np.array(found.along_m), ROAD_ERROR_M, found.caveat)
    try:
        known = line_of(what, countries=countries)
    except UnknownPlaceError:
        # What is no place either is a road that is not known, and that error lists the ones that are.
        road_called(str(what), countries=tuple(countries))
        raise
    line = joined(known.shape, _GAP_M)
    return Track(known.name, line, cumulative_m(shapely.get_coordinates(line)), known.error_m)


def _route_track(route: Route) -> Track:
    """Return a route as a track: each leg as long as its road is."""
    if not route.legs:
        raise InputError("the route has no line; ask for one between two known places")
    points: list[NDArray[np.float64]] = []
    along: list[NDArray[np.float64]] = []
    before = 0.0
    for leg in route.legs:
        vertices = shapely.get_coordinates(leg.geometry)
        drawn = cumulative_m(vertices)
        share = leg.length_m / float(drawn[-1]) if drawn[-1] else 1.0
        points.append(vertices)
        along.append(before + drawn * share)
        before += leg.length_m
    line = LineString(np.concatenate(points))
    return Track("the route", line, np.maximum.accumulate(np.concatenate(along)), ROAD_ERROR_M)
