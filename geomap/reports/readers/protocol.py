"""What a reader is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    from geomap.gazetteer import Gazetteer
    from geomap.models import Reading, Report

__all__ = ["Reader", "RuleReader"]


@runtime_checkable
class Reader(Protocol):
    """Reads one report at a time: `geomap.build` takes any object with this method."""

    def read(self, report: Report) -> Reading:
        """Return all that the report tells, places resolved, without lines and shapes.

        Offsets count in the report's text, and each quote is a span of it. What could not be read is an issue of the
        reading; an error that is raised becomes one, and never stops the other reports.
        """
        ...


class RuleReader:
    """The reader of this package: lexicons and patterns over the parse; it asks nobody.

    Parameters
    ----------
    gazetteer
        Where names are looked up.
    """

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer

    def read(self, report: Report) -> Reading:
        """Return all that the report tells."""
        from geomap.reports.read import read

        return read(report, self._gazetteer)
