"""The whole way: report files to a scene."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from geomap.care import Care, without_sources
from geomap.drawing import drawn, resolver
from geomap.errors import GeomapError
from geomap.given import day_of
from geomap.models import Area, Issue, Movement, Reading, Report, Status
from geomap.scene import Scene
from geomap.windows import Window, within

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geomap.gazetteer import Gazetteer
    from geomap.geometry.roads.servers import Router
    from geomap.given import Day
    from geomap.grades import Grades
    from geomap.reports.intake.load import Loaded
    from geomap.reports.readers import Reader

__all__ = ["build"]

logger = logging.getLogger(__name__)

Input = str | Path | Report


def build(
    inputs: Input | Iterable[Input],
    *,
    corrections: str | Path | Iterable[str | Path] = (),
    since: Day | None = None,
    until: Day | None = None,
    delay: timedelta | None = None,
    round_km: float | None = None,
    hide_sources: Iterable[str] = (),
    keep_quotes: bool = False,
    gazetteer: Gazetteer | None = None,
    reader: Reader | None = None,
    grades: Grades | None = None,
    router: Router | None = None,
) -> Scene:
    """Return the scene that reports tell: movements with routes, areas with shapes, incidents and places.

    Parameters
    ----------
    inputs
        Files, folders, globs or ``-`` for standard input, or reports made by hand.
    corrections
        Tables that geomap wrote of these reports and a person corrected: what was changed, added or deleted there goes
        before what is read, and all else of them is passed over.
    since, until
        Keep what happened, or where that is unknown was published, from and up to these days, such as
        ``"2019-10-14"``; what has neither day is kept.
    delay
        Leave out ongoing and planned items younger than this, or of unknown age, for the care of those they concern;
        an issue says how many.
    round_km
        Snap coordinates to a grid of this many kilometres and widen the precision of places by as much. Coordinates in
        quoted words stay.
    hide_sources
        Publishers, authors, titles or report ids that are not to be named; their days and grades stay, their words go.
    keep_quotes
        Keep the quoted words of hidden sources, without their names.
    gazetteer
        Where names are looked up; None takes the shipped one.
    reader
        What reads the reports; None takes the rules of this package, which ask nobody.
    grades
        How far sources are trusted, from `geomap.grades.load_grades`; without it every claim is F6.
    router
        Who is asked for ways by road, from `geomap.geometry.roads.servers.open_router`; None takes the shipped
        network, and asks nobody.

    Raises
    ------
    InputError
        `since` lies after `until` or is no day, no input is given, or no report is by one that is to be hidden.
    """
    from geomap.gazetteer import Gazetteer
    from geomap.linking.events import link_movements
    from geomap.linking.zones import link_zones

    first, last = (None if day is None else day_of(day) for day in (since, until))
    window = Window(first, last)
    places = gazetteer or Gazetteer()
    loaded, readings = _read_all(inputs, places, reader)
    if tables := [corrections] if isinstance(corrections, (str, Path)) else list(corrections):
        from geomap.tables.corrections import corrected

        told = _load(tables, places)
        readings = list(corrected(readings, told.tables))
        loaded += told.issues
    if grades:
        from geomap.grades import graded

        readings = [graded(r, grades) for r in readings]
    readings = list(within((drawn(r, router) for r in link_movements(link_zones(readings))), window))
    issues = (*places.issues, *loaded)
    care = Care(delay=delay, round_km=round_km)
    if delay:
        before = sum(len(r.movements) + len(r.areas) for r in readings)
        readings = [_delayed(r, delay, datetime.now(UTC).date()) for r in readings]
        care = replace(care, delayed=before - sum(len(r.movements) + len(r.areas) for r in readings))
    if hidden := tuple(hide_sources):
        readings, veil = without_sources(readings, hidden, keep_quotes=keep_quotes)
        issues = tuple(veil.issue(issue) for issue in issues)
        care = replace(care, hidden=len(veil.reports))
    if round_km:
        from geomap.geometry.rounding import rounded

        readings = [rounded(r, round_km * 1000) for r in readings]
    return Scene(tuple(readings), issues, care)


def _read_all(
    inputs: Input | Iterable[Input], gazetteer: Gazetteer, reader: Reader | None
) -> tuple[tuple[Issue, ...], list[Reading]]:
    """Return the issues of loading, and a reading of each report in input order."""
    from geomap.reports.readers import RuleReader

    items = [inputs] if isinstance(inputs, (str, Path, Report)) else list(inputs)
    paths = [item for item in items if not isinstance(item, Report)]
    loaded = _load(paths, gazetteer) if paths else None
    reports = [item for item in items if isinstance(item, Report)] + list(loaded.reports if loaded else ())
    chosen = reader or RuleReader(gazetteer)
    readings = [_read(report, chosen) for report in reports]
    return (loaded.issues if loaded else ()), readings + list(loaded.tables if loaded else ())


def _load(paths: list[str | Path], gazetteer: Gazetteer) -> Loaded:
    from geomap.reports.intake.load import load

    return load(paths, resolve=resolver(gazetteer))


def _read(report: Report, reader: Reader) -> Reading:
    """Return the reading of one report; a report that cannot be read is an issue and never stops the others."""
    try:
        return reader.read(report)
    except GeomapError as error:
        return Reading(report, issues=(Issue("read", str(error), report.id),))
    except Exception as error:
        logger.exception("report %s cannot be read", report.id)
        return Reading(report, issues=(Issue("read", f"not read: {type(error).__name__}: {error}", report.id),))


def _delayed(reading: Reading, delay: timedelta, today: date) -> Reading:
    """Return the reading without ongoing and planned items that are younger than the delay, or of unknown age."""
    newest = today - delay

    def old(record: Movement | Area) -> bool:
        days = [day for day in (record.date and record.date.end, record.provenance.published) if day]
        # What began long ago and was still going on when it was reported is as young as the report.
        return record.status in {Status.COMPLETED, Status.DENIED} or (bool(days) and max(days) <= newest)

    movements = tuple(filter(old, reading.movements))
    areas = tuple(filter(old, reading.areas))
    left_out = len(reading.movements) + len(reading.areas) - len(movements) - len(areas)
    if not left_out:
        return reading
    items = "1 ongoing or planned item" if left_out == 1 else f"{left_out} ongoing or planned items"
    issue = Issue("read", f"{items} after {newest} left out on request", reading.report.id)
    return replace(reading, movements=movements, areas=areas, issues=(*reading.issues, issue))
