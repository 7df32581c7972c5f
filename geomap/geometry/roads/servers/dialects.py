"""What routers of different make are asked, and how their answers are read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shapely.geometry.base import BaseGeometry

    from geomap.geometry.roads.servers.lines import RawLine
    from geomap.geometry.roads.servers.router import Spot

__all__ = ["Dialect", "Question", "TooLargeError", "listed", "record"]


class TooLargeError(Exception):
    """The polygons to be avoided are larger than the router takes."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is sent: to which path below the address, and as what."""

    path: str
    query: Mapping[str, str]
    body: Mapping[str, object] | None = None
    """JSON that is posted; without it the address holds the whole question."""


class Dialect(Protocol):
    """How one make of router is talked to."""

    @property
    def name(self) -> str:
        """The make, as it calls itself."""

    @property
    def most_alternatives(self) -> int:
        """How many further ways it gives at most."""

    def question(self, stops: Sequence[Spot], *, alternatives: int, avoid: BaseGeometry | None) -> Question:
        """Return what is sent to ask for ways through the stops."""

    def lines(self, answer: object) -> list[RawLine]:
        """Return the ways of an answer, best first.

        Raises
        ------
        NoRouteError
            It says that there is no way.
        TooLargeError
            It says that what is to be avoided is too large.
        ServiceError
            It says that the question is wrong, or is no answer of this make.
        """


def record(value: object) -> Mapping[str, object]:
    """Return what should be a JSON object; one without fields where it is none."""
    return value if isinstance(value, Mapping) else {}


def listed(value: object) -> list[object]:
    """Return what should be a JSON array; an empty one where it is none."""
    return value if isinstance(value, list) else []
