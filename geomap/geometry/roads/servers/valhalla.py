"""Valhalla's route action, versions 3: by a server, and by pyvalhalla in this process.

By https://valhalla.github.io/valhalla/api/turn-by-turn/api-reference/.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geomap.errors import NoRouteError, ServiceError
from geomap.geometry.roads.servers.dialects import Question, TooLargeError, listed, record
from geomap.geometry.roads.servers.lines import RawLine, decoded, number

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from shapely.geometry.base import BaseGeometry

    from geomap.geometry.roads.servers.router import Spot

__all__ = ["Valhalla"]

_NO_WAY = {
    150: "that is more than it answers at once",
    154: "that is further than it answers",
    170: "no road connects the two by its data",
    171: "it has no road near one of them",
    442: "no road connects the two by its data",
}
_TOO_LARGE = 167
_WORDS = {
    "Exceeded max locations": 150,
    "exceeds the max distance limit": 154,
    "Exceeded maximum circumference": _TOO_LARGE,
    "unconnected regions": 170,
    "No suitable edges": 171,
    "No path could be found": 442,
}
"""The codes of its own words, which are all that pyvalhalla gives before 3.9."""
_MILE_M = 1609.344


@dataclass(frozen=True, slots=True)
class Valhalla:
    """The dialect of Valhalla."""

    name: str = "Valhalla"
    most_alternatives: int = 2

    def question(self, stops: Sequence[Spot], *, alternatives: int, avoid: BaseGeometry | None) -> Question:
        """Return a request to the route action, for cars and without any directions."""
        body: dict[str, object] = {
            "locations": [{"lon": round(lon, 6), "lat": round(lat, 6)} for lon, lat in stops],
            "costing": "auto",
            "directions_type": "none",
            "units": "kilometers",
        }
        if alternatives and len(stops) == 2:
            body["alternates"] = min(alternatives, self.most_alternatives)
        if avoid is not None:
            shells = [part.exterior for part in shapely.get_parts(avoid) if part.geom_type == "Polygon"]
            body["exclude_polygons"] = [shapely.get_coordinates(shell).tolist() for shell in shells]
        return Question("route", {}, body)

    def lines(self, answer: object) -> list[RawLine]:
        """Return the ways of an answer."""
        said = record(answer)
        if "error" in said or "error_code" in said:
            raise _refusal(said)
        trips = [said.get("trip"), *(record(other).get("trip") for other in listed(said.get("alternates")))]
        found = [record(trip) for trip in trips if trip is not None]
        if not found:
            raise ServiceError("it does not answer as Valhalla does")
        return [_line(trip) for trip in found]


def _refusal(said: Mapping[str, object]) -> Exception:
    words, code = str(said.get("error")), said.get("error_code")
    if code is None:
        code = next((number for text, number in _WORDS.items() if text in words), None)
    if code == _TOO_LARGE:
        return TooLargeError(words)
    if code in _NO_WAY:
        return NoRouteError(f"{_NO_WAY[code]} ({words})")
    return ServiceError(f"it refuses the question: {words}")


def _line(trip: Mapping[str, object]) -> RawLine:
    """Return the legs of a trip as one line; each begins where the one before ended."""
    shapes = [decoded(record(leg).get("shape")) for leg in listed(trip.get("legs"))]
    if not shapes:
        raise ServiceError("it answers with a trip without legs")
    summary = record(trip.get("summary"))
    length = number(summary.get("length"))
    unit = _MILE_M if trip.get("units") == "miles" else 1000.0
    metres = summary.get("length") if length is None else length * unit
    return RawLine(np.concatenate(shapes), metres, summary.get("time"))
