"""One report, read on its own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from geomap.errors import InputError
from geomap.given import day_of
from geomap.models import Report
from geomap.pipeline import build

if TYPE_CHECKING:
    from geomap.gazetteer import Gazetteer
    from geomap.geometry.roads.servers import Router
    from geomap.given import Day
    from geomap.models import Reading
    from geomap.reports.readers import Reader

__all__ = ["read"]

_LONGEST_PATH = 260


def read(
    report: Report | Path | str,
    *,
    published: Day | None = None,
    source: str | None = None,
    title: str | None = None,
    url: str | None = None,
    lang: str | None = None,
    gazetteer: Gazetteer | None = None,
    reader: Reader | None = None,
    router: Router | None = None,
) -> Reading:
    """Return all that one report tells: place names, movements with routes, areas with shapes, incidents, issues.

    In a notebook the reading shows the text with its place names and the words of its movements marked. Several reports
    make a scene: :func:`geomap.build`.

    Parameters
    ----------
    report
        The text of a report, a report, or a `pathlib.Path` to the file of one. Text is always text: the name of a file
        is an error that says so.
    published
        Day of publication of a text, from which "on Thursday" counts; without it such days stay unknown.
    source, title, url, lang
        Of a text: publisher, headline, address, and ISO 639-1 code of its language.
    gazetteer, reader, router
        As for :func:`geomap.build`.

    Raises
    ------
    InputError
        The text is empty or the name of a file, the file cannot be read or holds several reports, or what is told of
        a text is told of a report or file, which have their own.

    Examples
    --------
    >>> import geomap
    >>> reading = geomap.read("A convoy of 10 trucks left Rmeilan for Iraq on Thursday.", published="2019-01-11")
    >>> (movement,) = reading.movements
    >>> movement.vehicles, movement.date.iso(), movement.destination[0].place.name
    (10, '2019-01-10', 'Iraq')
    """
    if isinstance(report, str):
        day = None if published is None else day_of(published)
        report = Report("text", _checked(report), source, title, url, day, lang)
    elif published is not None or source or title or url or lang:
        raise InputError("a report and a file say themselves when and by whom they were published; leave that out here")
    scene = build(report, gazetteer=gazetteer, reader=reader, router=router)
    if len(scene.readings) != 1:
        said = "; ".join(issue.message for issue in scene.load_issues) or "no report"
        held = f"holds {len(scene.readings)} reports; read them with geomap.build" if scene.readings else said
        raise InputError(f"{report}: {held}")
    return scene.readings[0]


def _checked(text: str) -> str:
    if not text.strip():
        raise InputError("the text is empty; give the words of a report")
    if len(text) <= _LONGEST_PATH and "\n" not in text and _is_file(text):
        raise InputError(f"{text!r} is a file; give Path({text!r}), or the words in it")
    return text


def _is_file(text: str) -> bool:
    try:
        return Path(text).exists()
    except (OSError, ValueError):
        return False
