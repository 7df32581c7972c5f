"""OSRM's route service, versions 5 and 6 and those numbered by year.

By its HTTP API, https://project-osrm.org/docs/v5.24.0/api/.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from geomap.errors import NoRouteError, ServiceError
from geomap.geometry.roads.servers.dialects import Question, listed, record
from geomap.geometry.roads.servers.lines import RawLine, decoded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from geomap.geometry.roads.servers.router import Spot

__all__ = ["Osrm"]

_NO_WAY = {
    "NoRoute": "no road connects the two by its data",
    "NoSegment": "it has no road near one of them",
    "TooBig": "that is more than it answers at once",
}


@dataclass(frozen=True, slots=True)
class Osrm:
    """The dialect of OSRM."""

    profile: str = "driving"
    """Part of the address; a server of its own answers for the profile its data were made with, whatever it says."""
    name: str = "OSRM"
    most_alternatives: int = 3

    def question(self, stops: Sequence[Spot], *, alternatives: int, avoid: BaseGeometry | None) -> Question:
        """Return a request to the route service, which cannot avoid polygons: its ways are looked through instead."""
        spots = ";".join(f"{lon:.6f},{lat:.6f}" for lon, lat in stops)
        wanted = self.most_alternatives if avoid is not None else min(alternatives, self.most_alternatives)
        return Question(
            f"route/v1/{self.profile}/{spots}",
            {
                "overview": "full",
                "geometries": "polyline6",
                "alternatives": str(wanted) if wanted and len(stops) == 2 else "false",
                "steps": "false",
            },
        )

    def lines(self, answer: object) -> list[RawLine]:
        """Return the ways of an answer."""
        said = record(answer)
        code = said.get("code")
        if code in _NO_WAY:
            raise NoRouteError(f"{_NO_WAY[str(code)]} ({code}: {said.get('message') or 'no more is said'})")
        if code != "Ok":
            if isinstance(code, str):
                raise ServiceError(f"it refuses the question: {code}, {said.get('message') or 'no more is said'}")
            raise ServiceError("it does not answer as OSRM does")
        ways = [record(way) for way in listed(said.get("routes"))]
        if not ways:
            raise ServiceError("it answers that all is well, and gives no way")
        return [RawLine(_points(way.get("geometry")), way.get("distance"), way.get("duration")) for way in ways]


def _points(geometry: object) -> NDArray[np.float64]:
    """Return the vertices of a way; some gateways answer in GeoJSON whatever they are asked for."""
    if isinstance(geometry, str):
        return decoded(geometry)
    try:
        return np.asarray(record(geometry).get("coordinates"), dtype=np.float64)
    except (OverflowError, TypeError, ValueError) as error:
        raise ServiceError("it answered with a way that is no line") from error
