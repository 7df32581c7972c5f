"""What the licences of the data on a map ask for: the notices on it, and the list behind them."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, cast

from geomap.models import How, Issue

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from geomap.datasets import Source
    from geomap.maps.payload import Story
    from geomap.maps.values import Json
    from geomap.models import Area, Incident, Movement, Place
    from geomap.reports.coded.databases import Database

__all__ = ["databases", "licences", "notices", "summarised"]

MOST_ISSUES = 100
"""Issues of one stage that are listed one by one."""


def notices(base: Json, story: Story) -> list[str]:
    """Return the notices of databases of events, of the basemap, of what routes are drawn with, and of added places."""
    from geomap import datasets

    known = {source.key: source.attribution for source in datasets.sources()}
    keys = cast("list[str]", base.get("attribution", []))
    ground = [known.get(key, key) for key in dict.fromkeys([*keys, *_lines(story)])]
    added = (source.attribution for source in _added(story))
    events = (database.attribution for database in databases(story))
    return list(dict.fromkeys([*events, *ground, *added, *(notice for _, notice in _ways(story))]))


def licences(story: Story) -> list[Json]:
    """Return title, licence and notice of a story's databases, of shipped data sets, and of its places and ways."""
    from geomap import datasets

    shipped: list[Json] = [
        {"title": source.title, "licence": source.licence, "attribution": source.attribution}
        for source in (*datasets.sources(), *_added(story))
    ]
    coded: list[Json] = [
        {"title": database.title, "licence": database.licence, "attribution": database.attribution}
        for database in databases(story)
    ]
    asked: list[Json] = [
        {"title": f"Ways by road from {by}", "licence": "that of its data", "attribution": notice}
        for by, notice in _ways(story)
    ]
    return coded + shipped + asked


def databases(story: Story) -> tuple[Database, ...]:
    """Return the databases of coded events that items of a story come from."""
    from geomap.reports.coded.databases import named

    items: list[Movement | Area | Incident] = [*story.movements, *story.areas, *story.incidents]
    return named(item.provenance.source for item in items)


def summarised(issues: Iterable[Issue]) -> tuple[Issue, ...]:
    """Return issues for people to read: what several reports share is said once, and of very many how many more."""
    alike: defaultdict[tuple[str, str], list[Issue]] = defaultdict(list)
    for issue in issues:
        alike[issue.stage, issue.message].append(issue)
    stages: defaultdict[str, list[Issue]] = defaultdict(list)
    for (stage, message), same in alike.items():
        reports = {issue.report_id for issue in same}
        shared = Issue(stage, f"{message} ({len(reports):,} reports)") if len(reports) > 1 else same[0]
        stages[stage].append(shared)
    found: list[Issue] = []
    for stage, told in stages.items():
        found += told[:MOST_ISSUES]
        if len(told) > MOST_ISSUES:
            found.append(Issue(stage, f"and {len(told) - MOST_ISSUES:,} more"))
    return tuple(found)


def _lines(story: Story) -> Iterator[str]:
    """Yield the shipped data sets that a story's routes and areas are drawn with."""
    legs = [leg for move in story.movements if move.route for leg in move.route.legs]
    if any(leg.how is How.INFERRED and not leg.notice for leg in legs):
        yield "scgraph-world-highways"
    if any(area.shape for area in story.areas):
        yield "osm-borders"


def _added(story: Story) -> tuple[Source, ...]:
    from geomap.gazetteer.added import added_sources

    return added_sources(_places(story))


def _ways(story: Story) -> list[tuple[str, str]]:
    """Return the routers and the user's own roads that a story's routes follow, each with the notice of its data."""
    legs = (leg for move in story.movements if move.route for leg in move.route.legs)
    return list(dict.fromkeys((leg.by or "roads that were added", leg.notice) for leg in legs if leg.notice))


def _places(story: Story) -> Iterator[Place]:
    """Yield the places that a story's records lie at."""
    refs = [ref for move in story.movements for ref in (*move.origin, *move.via, *move.destination)]
    refs += [ref for incident in story.incidents for ref in incident.places]
    refs += [ref for area in story.areas for ref in (*area.plan.ends, *area.plan.around, area.plan.region) if ref]
    yield from (ref.place for ref in refs if ref.place)
    yield from story.places
