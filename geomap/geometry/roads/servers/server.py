"""One router that is asked: each question once, told in words before, and no more after it has failed."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

import shapely

from geomap.errors import NoRouteError, ServiceError
from geomap.geometry.roads.servers.dialects import TooLargeError
from geomap.geometry.roads.servers.lines import sound

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shapely.geometry.base import BaseGeometry

    from geomap.geometry.roads.servers.dialects import Dialect, Question
    from geomap.geometry.roads.servers.router import RoadLine, Spot

__all__ = ["OPENSTREETMAP", "Channel", "Server"]

logger = logging.getLogger(__name__)

KEPT = 256
"""Answers that are kept, of perhaps a hundred kilobytes each."""
OPENSTREETMAP = "© OpenStreetMap contributors"
"""The notice of the data that nearly all such servers answer from (https://www.openstreetmap.org/copyright)."""

Channel = Callable[["Question"], object]
"""Takes a question to where it is answered, and returns the JSON of the answer."""


class Server:
    """A router behind a channel: a server on the network, or Valhalla in this process.

    Parameters
    ----------
    place
        Its address as it may be shown, or the path of its tiles.
    channel
        How questions get there.
    dialect
        How it is talked to, or what finds that out by asking it; that is called before the first question.
    attribution
        The notice of its data.
    told
        Told of each question, in words, before it is sent.
    """

    def __init__(
        self,
        place: str,
        channel: Channel,
        dialect: Dialect | Callable[[], Dialect],
        *,
        attribution: str = OPENSTREETMAP,
        told: Callable[[str], None] | None = None,
    ) -> None:
        self.attribution = attribution
        self._place, self._channel = place, channel
        self._told = told or logger.info
        self._dialect: Dialect | None = None if callable(dialect) else dialect
        self._meet = dialect if callable(dialect) else lambda: dialect
        self._kept: dict[object, tuple[RoadLine, ...] | NoRouteError] = {}
        self._failure: ServiceError | None = None

    @property
    def name(self) -> str:
        """Its make, as far as that is known; not where it is, which is nobody's business on a map."""
        return self._dialect.name if self._dialect else "the router"

    def ways(
        self, stops: Sequence[Spot], *, alternatives: int = 0, avoid: BaseGeometry | None = None
    ) -> tuple[RoadLine, ...]:
        """Return the way through the stops, and others, as `Router.ways` says; what is known already is not asked."""
        key = (tuple(stops), alternatives, shapely.to_wkb(avoid) if avoid is not None else None)
        if key not in self._kept:
            if self._failure:
                raise ServiceError("it failed before, and is not asked again") from self._failure
            if len(self._kept) == KEPT:
                self._kept.pop(next(iter(self._kept)))
            try:
                self._kept[key] = self._asked(stops, alternatives, avoid)
            except NoRouteError as fact:
                self._kept[key] = fact
            except ServiceError as error:
                self._failure = error
                raise
        known = self._kept[key]
        if isinstance(known, NoRouteError):
            raise known
        return known

    def _asked(self, stops: Sequence[Spot], alternatives: int, avoid: BaseGeometry | None) -> tuple[RoadLine, ...]:
        dialect = self._met()
        apart = ", out of an area" if avoid is not None else ""
        self._told(f"asking {dialect.name} at {self._place} for the road {_words(stops)}{apart}")
        try:
            found = self._lines(dialect, stops, alternatives, avoid)
        except TooLargeError:
            # then the ways it knows are looked through for one that keeps out
            found = self._lines(dialect, stops, dialect.most_alternatives, None)
        if avoid is not None:
            seen, found = len(found), tuple(way for way in found if not shapely.intersects(avoid, way.line))
            if not found:
                raise NoRouteError(f"it knows no way that keeps out of what is to be avoided (ways seen: {seen})")
        return found[: 1 + alternatives]

    def _met(self) -> Dialect:
        if self._dialect is None:
            self._told(f"asking {self._place} which router it is")
            self._dialect = self._meet()
        return self._dialect

    def _lines(
        self, dialect: Dialect, stops: Sequence[Spot], alternatives: int, avoid: BaseGeometry | None
    ) -> tuple[RoadLine, ...]:
        answer = self._channel(dialect.question(stops, alternatives=alternatives, avoid=avoid))
        return tuple(sound(raw, stops) for raw in dialect.lines(answer))


def _words(stops: Sequence[Spot]) -> str:
    """Return what of the stops is sent, lat before lon as people write it."""
    first, *between, last = (f"{lat:.5f}, {lon:.5f}" for lon, lat in stops)
    via = f" via {' and '.join(between)}" if between else ""
    return f"from {first} to {last}{via}"
