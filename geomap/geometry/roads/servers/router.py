"""What all routers have in common, whoever answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shapely.geometry import LineString
    from shapely.geometry.base import BaseGeometry

__all__ = ["RoadLine", "Router", "Spot"]

Spot = tuple[float, float]
"""Lon and lat in degrees."""


@dataclass(frozen=True, slots=True)
class RoadLine:
    """A way along roads, as a router answered with it and as it was found to be sound."""

    line: LineString
    """From the first stop to the last, in EPSG:4326; longitudes run on past 180 across the antimeridian."""
    length_m: float
    """Metres of road, by the router's own account."""
    duration_s: float | None
    """By the router's own account, which knows nothing of checkpoints."""
    snap_m: tuple[float, ...]
    """Metres from each stop to the way."""


class Router(Protocol):
    """Who is asked for ways."""

    @property
    def name(self) -> str:
        """How it is called in sentences and on maps; not its address, which may be private."""

    @property
    def attribution(self) -> str:
        """The notice that the licence of its data asks for."""

    def ways(
        self, stops: Sequence[Spot], *, alternatives: int = 0, avoid: BaseGeometry | None = None
    ) -> tuple[RoadLine, ...]:
        """Return the way through the stops, and up to so many others, best first.

        Parameters
        ----------
        stops
            Two positions or more, in order.
        alternatives
            Further ways that are asked for; most routers know some between two stops only.
        avoid
            Polygons in EPSG:4326 that no way may touch.

        Raises
        ------
        NoRouteError
            A fact: by its data there is no such way, or it is longer than it answers.
        ServiceError
            A failure: it does not answer, or not with what can be used.
        """
