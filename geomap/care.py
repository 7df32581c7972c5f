"""What the maker of a map keeps back for the care of those it concerns: hidden sources, and an account of all of it.

Of a hidden source its day and its grade stay, and what it tells in the map's own words. Its name, author, title,
address, file name and the words it is quoted with go: a search engine finds a source by one sentence of it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlsplit

from geomap.errors import InputError
from geomap.models import Area, Difference, Event, Incident, Issue, Movement, Provenance, Reading, Report

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import timedelta

__all__ = ["NOTHING", "WITHHELD", "Care", "Veil", "without_sources"]

WITHHELD = "[withheld]"
"""What stands in place of the name of a hidden source in other texts."""

_FEW_WORDS = 2
_UNNAMED = "source withheld by the maker of the map"
_Item = TypeVar("_Item", Movement, Area, Incident)


@dataclass(frozen=True, slots=True)
class Care:
    """What was kept back, for the reader to know."""

    delay: timedelta | None = None
    delayed: int = 0
    """Ongoing and planned items that were left out since they are younger than the delay."""
    round_km: float | None = None
    hidden: int = 0
    """Reports whose source is withheld."""


NOTHING = Care()
"""All is shown as it was read."""


def without_sources(
    readings: Sequence[Reading], names: Iterable[str], *, keep_quotes: bool = False
) -> tuple[list[Reading], Veil]:
    """Return readings without what tells who some of their sources are, and the veil for what else speaks of them.

    Parameters
    ----------
    readings
        One per report.
    names
        Publishers, authors, titles or ids of reports, in any case; one that is a part of a publisher's or author's name
        is enough.
    keep_quotes
        Whether the words of hidden sources stay, without their names.

    Raises
    ------
    InputError
        No report is by one of the names: a name that is mistyped would hide nothing.
    """
    items: list[Movement | Area | Incident] = []
    for reading in readings:
        items += (*reading.movements, *reading.areas, *reading.incidents)
    veil = Veil.of([reading.report for reading in readings], items, names, keep_quotes=keep_quotes)
    return [veil.reading(reading) for reading in readings], veil


@dataclass(frozen=True, slots=True)
class Veil:
    """What hides some sources wherever they are spoken of."""

    reports: Mapping[str, str]
    """Id of a hidden report -> the id it has instead."""
    items: Mapping[str, str]
    """Id of an item that a hidden report tells of -> the id it has instead."""
    words: re.Pattern[str]
    """The names of the hidden sources, as whole words."""
    files: re.Pattern[str]
    """The same and the ids of their reports, which are names of files: found in what is said of files."""
    keep_quotes: bool = False

    @classmethod
    def of(
        cls,
        reports: Sequence[Report],
        items: Sequence[Movement | Area | Incident],
        names: Iterable[str],
        *,
        keep_quotes: bool = False,
    ) -> Veil:
        """Return the veil over the sources of some names, as for :func:`without_sources`."""
        wanted = [" ".join(name.split()) for name in names if name.strip()]
        known: dict[str, _Known] = {}
        for report in reports:
            known.setdefault(report.id, _Known(report.id)).add(report.source, report.author, report.title, report.url)
        for claim in (item.provenance for item in items):
            own = known.setdefault(claim.report_id, _Known(claim.report_id))
            own.add(claim.source, None, claim.title, claim.url)
        hidden: dict[str, _Known] = {}
        for name in wanted:
            met = {one: own for one, own in known.items() if own.is_by(name)}
            if not met:
                raise InputError(f"no report is by {name!r}, so that nothing of it would be hidden; check the name")
            hidden |= met
        numbers = {one: f"withheld-{number}" for number, one in enumerate((k for k in known if k in hidden), 1)}
        told: dict[str, int] = {}
        renamed = {}
        for item in items:
            if (new := numbers.get(item.provenance.report_id)) and item.id not in renamed:
                told[new] = told.get(new, 0) + 1
                renamed[item.id] = f"{new}:{told[new]}"
        spoken = {*wanted, *(text for own in hidden.values() for text in own.spoken())}
        return cls(numbers, renamed, _pattern(spoken), _pattern({*spoken, *hidden}), keep_quotes)

    def reading(self, reading: Reading) -> Reading:
        """Return a reading; of a hidden report also without the place names and where in the text they stand."""
        return replace(
            reading,
            report=self.report(reading.report),
            mentions=() if reading.report.id in self.reports else reading.mentions,
            movements=tuple(self.item(one) for one in reading.movements),
            areas=tuple(self.item(one) for one in reading.areas),
            incidents=tuple(self.item(one) for one in reading.incidents),
            issues=self.issues(reading.issues),
            taken_out=() if reading.report.id in self.reports else reading.taken_out,
        )

    def report(self, report: Report) -> Report:
        """Return a report; a hidden one has nothing but its day."""
        if report.id in self.reports:
            return Report(self.reports[report.id], "", title=_UNNAMED, published=report.published)
        title, author, url = self.text(report.title), self.text(report.author), self.address(report.url)
        return replace(report, title=title, author=author, url=url)

    def item(self, item: _Item) -> _Item:
        """Return a movement, area or incident."""
        hidden = item.provenance.report_id in self.reports
        changes: dict[str, Any] = {
            "id": self.items.get(item.id, item.id),
            "provenance": self.claim(item.provenance),
            "note": self.text(item.note),
            "date_text": self.text(item.date_text),
        }
        if isinstance(item, Movement):
            changes["event"] = self.items.get(item.event, item.event) if item.event else None
            if item.route and item.route.issues:
                changes["route"] = replace(item.route, issues=self.issues(item.route.issues))
        elif isinstance(item, Area):
            if item.shape:
                built = self.text(item.shape.built_from) or ""
                changes["shape"] = replace(item.shape, built_from=built, issues=self.issues(item.shape.issues))
            if hidden and not self.keep_quotes:
                what = item.kind.value.replace("_", " ")
                changes["text"] = "corridor" if "corridor" in item.text.lower() else what
        return replace(item, **changes)

    def claim(self, claim: Provenance) -> Provenance:
        """Return a claim; of a hidden report with its day, its grade and how it was read."""
        quote, marks = self.quote(claim.quote, claim.marks)
        if claim.report_id not in self.reports:
            by, title, url = self.text(claim.attributed_to), self.text(claim.title), self.address(claim.url)
            return replace(claim, quote=quote, marks=marks, attributed_to=by, title=title, url=url)
        new = Provenance(
            self.reports[claim.report_id], None, None, None, claim.published, "", 0, 0, grade=claim.grade,
            read_by=claim.read_by, by_hand=claim.by_hand, withheld=True,
        )  # fmt: skip
        return replace(new, quote=quote, marks=marks) if self.keep_quotes else new

    def quote(self, quote: str, marks: Sequence[tuple[int, int]]) -> tuple[str, tuple[tuple[int, int], ...]]:
        """Return a quotation without the names, and its marks where the words are then."""
        found = [match.span() for match in self.words.finditer(quote)]
        if not found:
            return quote, tuple(marks)

        def moved(at: int) -> int:
            return at + sum(len(WITHHELD) - (end - start) for start, end in found if end <= at)

        apart = (mark for mark in marks if not any(start < at < end for start, end in found for at in mark))
        return self.words.sub(WITHHELD, quote), tuple((moved(start), moved(end)) for start, end in apart)

    def issue(self, issue: Issue) -> Issue:
        """Return an issue; one of a hidden report without where in its text it was met."""
        message, report = self.files.sub(WITHHELD, issue.message), issue.report_id
        if report is not None and report in self.reports:
            return Issue(issue.stage, message, self.reports[report])
        return replace(issue, message=message, report_id=report and self.files.sub(WITHHELD, report))

    def issues(self, issues: Iterable[Issue]) -> tuple[Issue, ...]:
        """Return issues as :meth:`issue` does."""
        return tuple(self.issue(issue) for issue in issues)

    def event(self, event: Event) -> Event:
        """Return an event with all its tellings."""
        differences = tuple(
            Difference(one.what, tuple((words, self.items.get(teller, teller)) for words, teller in one.said))
            for one in event.differences
        )
        return Event(self.item(event.lead), tuple(self.item(telling) for telling in event.tellings), differences)

    def address(self, url: str | None) -> str | None:
        """Return an address that does not name them."""
        return None if url and self.words.search(url) else url

    def values(self, values: Any) -> Any:
        """Return texts without the names, in whatever lists and mappings they are kept."""
        if isinstance(values, dict):
            return {name: self.values(value) for name, value in values.items()}
        if isinstance(values, (list, tuple)):
            return [self.values(value) for value in values]
        return self.text(values) if isinstance(values, str) else values

    def text(self, text: str | None) -> str | None:
        """Return a text without the names."""
        return self.words.sub(WITHHELD, text) if text else text


@dataclass(slots=True)
class _Known:
    """What a report and its claims are known by."""

    report: str
    names: set[str] = field(default_factory=set)
    titles: set[str] = field(default_factory=set)
    addresses: set[str] = field(default_factory=set)

    def add(self, source: str | None, author: str | None, title: str | None, url: str | None) -> None:
        self.names |= {" ".join(name.split()) for name in (source, author) if name and name.strip()}
        self.titles |= {" ".join(title.split())} if title and title.strip() else set()
        host = urlsplit(url).hostname if url and url.startswith(("http://", "https://")) else None
        self.addresses |= {address for address in (url, host) if address}

    def is_by(self, name: str) -> bool:
        """Whether a name is that of the report, or its title, or in its publisher's, author's or site's."""
        if name == self.report or name.casefold() in {title.casefold() for title in self.titles}:
            return True
        return any(_holds(text, name) for text in (*self.names, *self.addresses))

    def spoken(self) -> set[str]:
        """Return what tells in other texts who it is; titles of one or two words, such as a country, do not."""
        return self.names | self.addresses | {title for title in self.titles if len(title.split()) > _FEW_WORDS}


def _holds(text: str, name: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE) is not None


def _pattern(names: set[str]) -> re.Pattern[str]:
    """Return what matches any of the names as whole words, the longest first, whatever space is between their words."""
    told = sorted(names, key=lambda name: (-len(name), name))
    written = [r"\s+".join(re.escape(word) for word in name.split()) for name in told]
    return re.compile(rf"(?<!\w)(?:{'|'.join(written) or '(?!)'})(?!\w)", re.IGNORECASE)
