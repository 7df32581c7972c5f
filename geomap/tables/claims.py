"""Reports that the rows of a table were read in, or cite, and what each row claims of them."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar

from geomap.models import Issue, Provenance, Reading, Report, SpeakerKind
from geomap.tables.cells import listed

if TYPE_CHECKING:
    from geomap.models import Area, Incident, Mention, Movement
    from geomap.tables.rows import Row

__all__ = ["Cited", "Reports", "claim"]

_LANGUAGE = re.compile(r"[a-z]{2}")
_MARK = re.compile(r"(\d+)-(\d+)")


Item = TypeVar("Item")
Ranked = list[tuple[int, Item]]
"""Items, each with where in its report it was read."""


def _in_order(items: Ranked[Item]) -> tuple[Item, ...]:
    """Return items as they were read, however the rows of the table were sorted since."""
    return tuple(item for _, item in sorted(items, key=lambda ranked: ranked[0]))


@dataclass(slots=True)
class Cited:
    """A report while its rows are put together."""

    report: Report
    text: str = ""
    """The quotes of rows that a person wrote, one a line."""
    movements: Ranked[Movement] = field(default_factory=list)
    areas: Ranked[Area] = field(default_factory=list)
    incidents: Ranked[Incident] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    items: tuple[str, ...] = ()
    """Identities of all that was read in the report, when the table was written."""
    met: set[str] = field(default_factory=set)
    """Those that a row has."""
    settled: set[Issue] = field(default_factory=set)
    """Issues of lines and shapes that were dropped, since what they were made from was corrected."""
    ids: set[str] = field(default_factory=set)

    def cite(self, quote: str) -> int:
        """Return where the quote starts in the text, adding it when it is new."""
        if quote not in self.text.split("\n"):
            self.text += ("\n" if self.text else "") + quote
        return self.text.index(quote)

    def own_id(self, given: str, letter: str, number: int) -> str:
        """Return the id that a row gives, or one made of the report and a number; each once."""
        own = given if given and given not in self.ids else ""
        while not own or own in self.ids:
            own, number = f"{self.report.id}:{letter}{number}", number + 1
        self.ids.add(own)
        return own

    def issues_of(self, row: Row, stage: str) -> tuple[Issue, ...]:
        """Return the issues of a row's own line or shape, as its column lists them."""
        texts = row.listed("issues")
        if not texts:
            return ()
        known = {issue.message.replace(";", ","): issue for issue in reversed(self.issues)}
        found = (known.get(text) or Issue(stage, text, self.report.id) for text in texts)
        return tuple(issue for issue in found if issue.start is None)

    def rank(self, identity: str) -> int:
        """Return where in the report an item was read; what was added comes last."""
        return self.items.index(identity) if identity in self.items else len(self.items)

    def reading(self) -> Reading:
        """Return the reading, and say how much of it was deleted by hand."""
        gone = tuple(own for own in self.items if own not in self.met)
        issues = dict.fromkeys(issue for issue in self.issues if issue not in self.settled)
        if gone:
            what = "1 item that was read here was" if len(gone) == 1 else f"{len(gone)} items that were read here were"
            issues[Issue("load", f"{what} deleted by hand and stays away", self.report.id)] = None
        return Reading(
            self.report if self.report.text or not self.text else replace(self.report, text=self.text),
            tuple(sorted(self.mentions, key=lambda mention: mention.start)),
            _in_order(self.movements),
            _in_order(self.areas),
            _in_order(self.incidents),
            tuple(issues),
            gone,
        )


@dataclass(slots=True)
class Reports:
    """The reports of a file, in the order in which they are told.

    Parameters
    ----------
    name
        The id of the first report that a table cites without giving it an id, and the start of others.
    """

    name: str
    by_id: dict[str, Cited] = field(default_factory=dict)
    _cited: dict[tuple[object, ...], Cited] = field(default_factory=dict)
    _told: set[str] = field(default_factory=set)

    def tell(self, row: Row) -> None:
        """Keep a row of the layer of sources."""
        own = row.text("report_id")
        if not own or own in self._told:
            row.problems.append(f"report_id {own!r} stands twice" if own else "has no report_id")
            return
        self._told.add(own)
        self.by_id[own] = Cited(_report(own, row, row.verbatim("text")), items=tuple(row.text("items").split()))

    def of(self, row: Row) -> Cited:
        """Return the report of a row, by its id or by what the row says of it."""
        own = row.text("report_id")
        if own and (row.mark or own in self._told):
            self._told.add(own)
            return self.by_id.setdefault(own, Cited(_report(own, row)))
        told = _report(own, row)
        key = (own, told.source, told.title, told.url, told.published)
        if key not in self._cited:
            wanted = own or (self.name if not self._cited else f"{self.name}-{len(self._cited) + 1}")
            made = wanted if wanted not in self.by_id else f"{wanted}-{len(self.by_id) + 1}"
            self._cited[key] = self.by_id[made] = Cited(replace(told, id=made))
        return self._cited[key]

    def issue(self, issue: Issue) -> bool:
        """Keep an issue with its report; False where it is of none of them."""
        cited = self.by_id.get(issue.report_id or "")
        if cited is None:
            return False
        cited.issues.append(issue)
        return True


def _report(own: str, row: Row, text: str = "") -> Report:
    lang = row.text("lang").lower()
    if lang and not _LANGUAGE.match(lang):
        row.problems.append(f"lang {lang!r} is no ISO 639-1 code; write it as en")
        lang = ""
    moment = None
    if given := row.text("published_at"):
        with suppress(ValueError):
            moment = datetime.fromisoformat(given)
    return Report(
        own,
        text,
        _plain(row, "source"),
        _plain(row, "title"),
        _plain(row, "url"),
        row.day("published"),
        lang[:2] or None,
        author=_plain(row, "author"),
        published_at=moment,
    )


def _plain(row: Row, column: str) -> str | None:
    """Return a text that says who or what; "unknown" says nothing, where a person wrote it."""
    given = row.text(column)
    return None if not given or (not row.mark and given.lower() in {"unknown", "none", "n/a", "-"}) else given


def claim(row: Row, cited: Cited) -> Provenance:
    """Return what a row says of where it comes from."""
    quote = row.verbatim("quote") if row.is_own else row.text("quote")
    start, end = row.offset("start"), row.offset("end")
    if not row.is_own or start is None or end is None:
        start = cited.cite(quote) if quote else 0
        end = start + len(quote)
    report = cited.report
    told = {name: _plain(row, name) for name in ("source", "title", "url")}
    published = row.day("published")
    if not row.is_own:
        told = {name: value or getattr(report, name) for name, value in told.items()}
        published = published or report.published
    return Provenance(
        report_id=report.id,
        **told,
        published=published,
        quote=quote,
        start=start,
        end=end,
        marks=_marks(row.text("marks"), len(quote)),
        attributed_to=row.some("attributed_to"),
        speaker=row.choice(SpeakerKind, "speaker", SpeakerKind.OTHER) if row.text("speaker") else None,
        grade=row.grade(),
        read_by=row.some("read_by"),
        withheld=row.yes("withheld"),
        by_hand=row.by_hand,
    )


def _marks(text: str, length: int) -> tuple[tuple[int, int], ...]:
    """Return offsets into a quote; those that do not fit in it, since it was edited, are left out."""
    found = (match for part in listed(text) if (match := _MARK.fullmatch(part)))
    return tuple((int(m[1]), int(m[2])) for m in found if int(m[1]) < int(m[2]) <= length)
