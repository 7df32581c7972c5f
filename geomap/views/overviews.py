"""A scene in a glance: where there is nothing to draw, and where there is more than a notebook should hold."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from geomap.maps.payload import Story
from geomap.views.markup import Html, bold, issues, line, page, table, text
from geomap.views.pictures import small_map

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from geomap.models import Issue, Reading

__all__ = ["overview"]

_ACTORS = 12
_ISSUES = 20


def overview(readings: Sequence[Reading], met: Sequence[Issue], *, title: str) -> str:
    """Return who does how much, as a table and a picture, and what could not be read.

    Parameters
    ----------
    readings
        What was read, one per report.
    met
        All issues, in order.
    title
        The scene in a line.
    """
    story = Story(
        reports=[reading.report for reading in readings],
        movements=[item for reading in readings for item in reading.movements],
        areas=[item for reading in readings for item in reading.areas],
        incidents=[item for reading in readings for item in reading.incidents],
    )
    told = bool(story.movements or story.areas or story.incidents)
    hint = "scene.map() draws all of it in this notebook, scene.save('map.html') in a file of its own."
    return page(
        line(bold(title)),
        _by_actor(story) if told else line("Nothing that could be drawn was read."),
        small_map(story, f"{title}, as a picture") if told else Html(""),
        line(hint, quiet=True) if told else Html(""),
        issues(met[:_ISSUES]),
        line(f"and {len(met) - _ISSUES:,} more in scene.issues", quiet=True) if len(met) > _ISSUES else Html(""),
    )


def _by_actor(story: Story) -> Html:
    """Return how many movements, areas and incidents are of whom, of the most frequent first."""
    groups = (story.movements, story.areas, story.incidents)
    counts = [Counter(item.actor for item in group) for group in groups]
    whole: Counter[str | None] = sum(counts, Counter())
    rows: Iterator[list[Html | str]] = (
        [text(actor or "not named"), *(f"{count[actor]:,}" for count in counts)]
        for actor, _ in whole.most_common(_ACTORS)
    )
    left = len(whole) - _ACTORS
    more = line(f"and {left:,} more in scene.actors", quiet=True) if left > 0 else Html("")
    return Html(table(("actor", "movements", "areas", "incidents"), rows) + more)
