"""What a map says of itself: what it covers, what was kept back, how it was made, what its words mean."""

from __future__ import annotations

from importlib import metadata
from typing import TYPE_CHECKING

from geomap.maps.days import sure_days
from geomap.maps.notices import databases, licences, notices
from geomap.models import AreaPlan, How, Status

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from datetime import date, timedelta

    from geomap.care import Care
    from geomap.maps.payload import Story
    from geomap.maps.values import Json
    from geomap.models import Area, Incident, Movement, Provenance

    Section = dict[str, object]

__all__ = ["about"]

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_WAYS = {
    How.REPORTED: ("reported", "the report names the road, or gives the line itself"),
    How.INFERRED: ("inferred", "the shortest way by road between the places that are named; nobody said it was taken"),
    How.SCHEMATIC: ("schematic", "an arc between two places; only its ends are known"),
}
_GRADES = (
    "Grades are those of the NATO Admiralty system: a letter, A to E, for how far a source was found reliable, and a "
    "number, 1 to 5, for how likely what it says is. F and 6 say that nobody has judged."
)
_RESOLVED = (
    "Resolved: each place name was looked up in a gazetteer together with the others of its report. The card gives the "
    "place that was chosen, why, how exactly it is known, and which other places bear the name."
)
_DRAWN = (
    "Drawn: lines follow roads where the movement went by road. A country or province is an area and never a dot, and "
    "a place is a circle that surely holds it. Areas whose limits were not published are hatched, and say how they "
    "were built."
)
_JOINED = (
    "Joined: what several reports tell of one movement is drawn once; the card has each of them, and where they differ."
)
_BARS = (
    "A bar of the time bar covers the days on which what it tells surely went on; the columns behind the bars are the "
    "reports, by the day they came out. What has no day is shown at any time. Nothing goes on past the last report."
)
_UNSURE = (
    "Where the words only say that it was on some day of several, the bar is pale and its ends fade; until the last of "
    "these days the item is called possible, and drawn faintly."
)
_AS_KNOWN = "By report time a movement that several reports tell of is shown as those up to the day tell it."


def about(story: Story, base: Json, *, scope: str | None) -> Json:
    """Return what the About panel says of a story and its ground.

    Parameters
    ----------
    story
        What is shown.
    base
        The basemap as `geomap.maps.ground.basemap.clip` gives it.
    scope
        The maker's own words on what the map covers.

    Returns
    -------
    dict
        ``sections``, each with a ``title``, ``text``, a list of paragraphs, and ``terms``, pairs of a word and what it
        means; ``sources`` and ``ground``, the licences of all data and the notices that the map shows; ``version``.
    """
    sections = [
        _section("What it covers", [*([scope] if scope else []), *_extent(story)]),
        _section("Kept back", list(_kept_back(story.care))),
        _section("How it was made", list(_method(story)), terms=list(_terms(story))),
        _section("Time", list(_time(story))),
        _section("The ground", list(_ground(base))),
    ]
    return {
        "sections": [section for section in sections if section["text"]],
        "sources": licences(story),
        "ground": notices(base, story),
        "version": metadata.version("geomap"),
    }


def _section(title: str, text: list[str], *, terms: list[list[str]] | None = None) -> Section:
    return {"title": title, "text": text, "terms": terms or []}


def _items(story: Story) -> list[Movement | Area | Incident]:
    return [*story.movements, *story.areas, *story.incidents]


def _claims(story: Story) -> Iterator[Provenance]:
    for item in _items(story):
        yield item.provenance
    for event in story.events.values():
        yield from (telling.provenance for telling in event.tellings if telling.id != event.lead.id)


def _extent(story: Story) -> Iterator[str]:
    """Yield how much there is, of what days, and that there is no more."""
    counts = [(len(story.movements), "movement"), (len(story.areas), "area"), (len(story.incidents), "incident")]
    told = [_counted(number, word) for number, word in counts if number]
    reports = _counted(len(story.reports), "report")
    yield f"{', '.join(told) or 'Nothing'}, from {reports}{_between(_published(story), ', published ')}."
    days = [day for item in _items(story) if item.date for day in (item.date.start, item.date.end)]
    if days:
        yield f"It tells of {_between(days)}. Nothing is drawn past the reports, and no present position is claimed."
    elif told:
        yield "No day is given. No present position is claimed."
    yield "What no report tells is not here: an empty part of the map does not say that nothing happened there."


def _published(story: Story) -> list[date]:
    days = [report.published for report in story.reports]
    return [day for day in (*days, *(claim.published for claim in _claims(story))) if day]


def _between(days: list[date], before: str = "") -> str:
    if not days:
        return ""
    first, last = _words(min(days)), _words(max(days))
    return before + (first if first == last else f"{first} to {last}")


def _words(day: date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def _kept_back(care: Care) -> Iterator[str]:
    """Yield what the maker left out, made coarser or did not name."""
    if care.delay:
        left = _counted(care.delayed, "item") if care.delayed else "None"
        yield f"Ongoing and planned items younger than {_span(care.delay)} are left out: {left}."
    if care.round_km:
        yield (
            f"Coordinates are rounded to {care.round_km:g} km, and the circles round places are wider by as much. "
            "Words that are quoted stay as they were written."
        )
    if care.hidden:
        verb = "is" if care.hidden == 1 else "are"
        yield f"The source of {_counted(care.hidden, 'report')} {verb} withheld; its day and its grade are given."


def _span(delay: timedelta) -> str:
    hours = delay.total_seconds() / 3600
    return f"{hours / 24:g} days" if hours % 24 == 0 and hours > 72 else f"{hours:g} hours"


def _method(story: Story) -> Iterator[str]:
    """Yield how text, or whatever else there was, became what is drawn."""
    if story.shown:
        yield "Rows of a table are drawn as they are; what the table does not say is not said here."
    if any(claim.source == "drawn by hand" for claim in _claims(story)):
        yield "What says “drawn by hand” was put on the map by its maker."
    if corrected := sum(bool(claim.by_hand) for claim in _claims(story)):
        yield f"{_counted(corrected, 'item')} corrected or added by hand; the card says so, and what of it."
    coded = databases(story)
    for database in coded:
        yield (
            f"Events of {database.name} are those of its table: {database.read_by} read the reports behind them. Their "
            "codes were turned into the words of this map, and places are as exact as the codes say."
        )
    if not _is_read(story, without={database.name for database in coded}):
        return
    readers = sorted({claim.read_by for claim in _claims(story) if claim.read_by} - {one.read_by for one in coded})
    by = f" by fixed rules, and by {', '.join(readers)} where the card says so" if readers else " by fixed rules"
    yield f"Read: what tells of movements, areas and incidents was found{by}; the words it rests on are quoted."
    yield _RESOLVED
    yield _DRAWN
    if any(len(event.tellings) > 1 for event in story.events.values()):
        yield _JOINED
    if any(item.status is Status.DENIED for item in story.movements):
        yield "Denied movements are shown as denied, and not deleted."


def _time(story: Story) -> Iterator[str]:
    """Yield how the time bar is to be read, as far as it has something of the kind."""
    dated = [item for item in _items(story) if item.date]
    if not dated and not _published(story):
        return
    yield _BARS
    if any(
        item.date and sure_days(item.date, item.date_text, item.provenance.published) != item.date for item in dated
    ):
        yield _UNSURE
    if any(len(event.tellings) > 1 for event in story.events.values()):
        yield _AS_KNOWN


def _is_read(story: Story, *, without: Collection[str]) -> bool:
    """Whether anything was read out of a text, rather than drawn or taken from a table or from these databases."""
    items: list[Movement | Incident] = [*story.movements, *story.incidents]
    told = any(item.trigger and item.provenance.source not in without for item in items)
    return told or any(area.plan != AreaPlan() for area in story.areas)


def _terms(story: Story) -> Iterator[list[str]]:
    """Yield the words on how lines were obtained that are used, and what grades mean."""
    used = {leg.how for item in story.movements if item.route for leg in item.route.legs}
    for how, (word, meaning) in _WAYS.items():
        if how in used:
            yield [word, meaning]
    grades = {claim.grade for claim in _claims(story)}
    if grades - {"F6"}:
        yield ["grades", _GRADES]
    elif grades:
        yield ["F6", f"nobody has judged how far these sources can be relied on. {_GRADES}"]


def _ground(base: Json) -> Iterator[str]:
    """Yield whose view of the borders the ground takes, and which of them are disputed."""
    view = base.get("view")
    words, disputed = (view.get("words"), view.get("disputed")) if isinstance(view, dict) else (None, None)
    yield str(words) if words else "Land, water, roads and towns are drawn from the data sets below."
    if isinstance(disputed, list) and disputed:
        yield f"Disputed: {', '.join(map(str, disputed))}."


def _counted(number: int, word: str) -> str:
    return f"{number:,} {word}{'' if number == 1 else 's'}"
