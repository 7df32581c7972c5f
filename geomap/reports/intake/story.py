"""The parts of a report's text: the story itself, told apart from what stands around it on its page."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from geomap.reports.intake.datelines import Dateline, datelines_within, find_dateline
from geomap.reports.intake.furniture import BlockKind, credit_within, is_headline, kind_of_line
from geomap.reports.intake.liveblogs import days_of, opening
from geomap.reports.intake.stamps import Stamp, find_stamp, nearest_year

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from geomap.models import Report

__all__ = ["Block", "BlockKind", "blocks", "completed"]

_LINE = re.compile(r"[^\n\r\f\v\x1c-\x1e\x85\u2028\u2029]+")
_INNER_SENTENCE = re.compile(r"[.!?…:;\"”’)»。؟]\s*$")
_BULLET = re.compile(r"(?:^|\s)[•▪◦‣]\s+(?=[^•▪◦‣\n]{30})")
WRAP_COLUMN = 130
"""Lines no longer than this may be one paragraph wrapped by an editor."""
MAX_BLOCK = 5_000
"""Longer paragraphs are cut, after a sentence where there is one: time and memory grow with their length."""
REPEAT_LENGTH = 60
"""A paragraph this long that stands in the text before, word for word, is told once."""
HEADLINES = 8
"""Headlines of other stories after the line that announces them."""
LATE = timedelta(days=2)
"""A story may be published this much after its dateline, and still speaks of its own day as today."""

BLOG = timedelta(days=31)
"""Entries further from publication are those of a chronology: their dates are of what they tell."""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph of the report; offsets are into the report's text."""

    start: int
    end: int
    kind: BlockKind = BlockKind.STORY
    entry: int = 0
    """Number of the entry of a live blog that it belongs to; 0 for what stands before the first one."""
    day: date | None = None
    """The day on which it was written: what "today" means in it."""
    dateline: Dateline | None = None
    """What a block that is a dateline says."""
    stamp: Stamp | None = None
    """What a block that is a stamp says."""

    @property
    def caption(self) -> bool:
        """Whether it stands beside the story, as the words under a picture do: what it says is not told as news."""
        return not self.kind.is_told


def blocks(report: Report, *, is_place: Callable[[str], bool] | None = None) -> tuple[Block, ...]:
    """Return all parts of the text in order, each with what it is.

    A line is joined to the one before where an editor wrapped the text: the text has empty lines between its
    paragraphs, all its lines are short, and the line before ends within a sentence.

    Parameters
    ----------
    report
        Its text is cut; its header is left out.
    is_place
        Tells whether a name is that of a place, for datelines that have neither date nor agency.
    """
    text = report.text
    paragraphs = list(_paragraphs(report))
    parts: list[Block] = []
    begun = False
    for number, (begin, end) in enumerate(paragraphs):
        stamp = find_stamp(text, begin, end)
        if stamp:
            parts.append(Block(begin, stamp.end, BlockKind.STAMP, stamp=stamp))
        start = stamp.end if stamp else begin
        kind = kind_of_line(text[start:end], last=number == len(paragraphs) - 1)
        if kind is BlockKind.STORY:
            parts.extend(_pieces(text, start, end, is_place, first=not begun))
            begun = begun or not is_headline(text[start:end])
        else:
            parts.append(Block(start, end, kind))
    return _dated(tuple(_without_repeats(text, _without_headlines(text, parts))), report)


def completed(report: Report, parts: tuple[Block, ...]) -> Report:
    """Return a report with the publisher and the day that its dateline and stamps give, where it has none itself.

    A dateline without its year gives a day only where the address of the page or a stamp tells the year.
    """
    datelines = [part.dateline for part in parts if part.dateline]
    source = report.source or next((line.agency for line in datelines if line.agency), None)
    return replace(report, source=source, published=report.published or _published(report, parts, datelines))


def _published(report: Report, parts: tuple[Block, ...], datelines: list[Dateline]) -> date | None:
    begin = next((n for n, part in enumerate(parts) if part.kind is BlockKind.STORY), 0)
    # "3 May 2014 – Rebels take" in a chronology is the day of what it tells.
    heads = (p.stamp for n, p in enumerate(parts) if p.stamp and n < begin and not p.stamp.inline)
    timed = (p.stamp for p in parts if p.stamp and p.stamp.minute is not None)
    stamps = [stamp for stamp in (*heads, *timed) if stamp.day]
    given = [stamp.day for stamp in sorted(stamps, key=lambda stamp: stamp.later)]
    full = [line.day for line in datelines if line.day]
    in_url = _day_in(report.url or "")
    near = next((day for day in (*full, *given, in_url) if day), None)
    partial = [nearest_year(*line.day_of_year, near) for line in datelines if line.day_of_year and near]
    # A dateline is older than the stamp of the page by the hours the story took.
    return next((day for day in (*given, *full, *partial, in_url) if day), None)


def _day_in(url: str) -> date | None:
    """Return the day that the path of an address gives: ``/2019/10/21/``, ``-2019-10-21``."""
    from geomap.written_days import parse_day

    match = re.search(r"(?<!\d)((?:19|20)\d\d)[/-](0?[1-9]|1[0-2])[/-](0?[1-9]|[12]\d|3[01])(?!\d)", url)
    return parse_day("-".join([match[1], match[2].zfill(2), match[3].zfill(2)])) if match else None


def _paragraphs(report: Report) -> Iterator[tuple[int, int]]:
    """Yield the paragraphs, lines that were wrapped joined again, and none longer than `MAX_BLOCK`."""
    text = report.text
    lines = [m.span() for m in _LINE.finditer(text, report.body_start) if m[0].strip()]
    wrapped = "\n\n" in text and all(end - start <= WRAP_COLUMN for start, end in lines)
    joined: list[tuple[int, int]] = []
    for start, end in lines:
        if wrapped and joined and _goes_on(text, joined[-1], start, end):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    for start, end in joined:
        for first, last in _items(text, start, end):
            yield from _cut(text, first, last)


def _items(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the items of a list with bullets that was run into one line."""
    for bullet in _BULLET.finditer(text, start, end):
        if bullet.start() > start:
            yield start, bullet.start()
        start = bullet.end()
    yield start, end


def _goes_on(text: str, before: tuple[int, int], start: int, end: int) -> bool:
    """Whether a line is the rest of the paragraph before it, in a text whose lines are short."""
    if text[before[1] : start] != "\n" or end - before[0] >= MAX_BLOCK:
        return False
    last = text[slice(*before)].rpartition("\n")[2]
    alone = find_stamp(text, start, end) or find_stamp(last, 0, len(last))
    if alone and not alone.inline:
        return False
    if kind_of_line(last) is not BlockKind.STORY:
        return False
    return kind_of_line(text[start:end]) is BlockKind.STORY or not _INNER_SENTENCE.search(last)


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the parts of a paragraph, none longer than `MAX_BLOCK`."""
    while end - start > MAX_BLOCK:
        stop = max(text.rfind(mark, start, start + MAX_BLOCK) for mark in (". ", "? ", "! ", "؟ ", "… ")) + 2
        if stop <= start + MAX_BLOCK // 2:
            # No sentence ends: at least no word is cut in two.
            stop = text.rfind(" ", start + MAX_BLOCK // 2, start + MAX_BLOCK) + 1 or start + MAX_BLOCK
        yield start, stop
        start = stop
    yield start, end


def _pieces(text: str, start: int, end: int, is_place: Callable[[str], bool] | None, *, first: bool) -> Iterator[Block]:
    """Yield a paragraph with its datelines and credits cut off."""
    cuts = [Block(*cut) for cut in credit_within(text, start, end)]
    opening_line = find_dateline(text, start, end, is_place=is_place, first=first)
    lines = [opening_line] if opening_line else []
    lines += [line for line in datelines_within(text, start, end) if line.start > start]
    for line in lines:
        cuts.append(Block(line.start, line.place[1], BlockKind.DATELINE, dateline=line))
        cuts.append(Block(line.place[1], line.end, BlockKind.FURNITURE))
    for cut in sorted(cuts, key=lambda cut: cut.start):
        if cut.start < start:
            continue
        yield from _story(text, start, cut.start)
        yield cut
        start = cut.end
    yield from _story(text, start, end)


def _story(text: str, start: int, end: int) -> Iterator[Block]:
    if text[start:end].strip(" \t\"'()[]—–-"):
        yield Block(start, end)


def _without_headlines(text: str, parts: list[Block]) -> Iterator[Block]:
    """Yield the parts; lines under "Related stories" that look like headlines are pointers as well."""
    left = 0
    for part in parts:
        told = text[part.start : part.end]
        if part.kind is BlockKind.POINTER and len(told.split()) <= 5:
            left = HEADLINES
        elif part.kind is BlockKind.STORY and left and is_headline(told):
            left -= 1
            yield replace(part, kind=BlockKind.POINTER)
            continue
        elif part.kind is BlockKind.STORY:
            left = 0
        yield part


def _without_repeats(text: str, parts: Iterator[Block]) -> Iterator[Block]:
    seen: set[str] = set()
    for part in parts:
        words = " ".join(text[part.start : part.end].split())
        if part.kind is BlockKind.STORY and REPEAT_LENGTH <= len(words) < MAX_BLOCK // 2:
            yield replace(part, kind=BlockKind.REPEAT) if words in seen else part
            seen.add(words)
        else:
            yield part


def _dated(parts: tuple[Block, ...], report: Report) -> tuple[Block, ...]:
    """Return the parts with the entries they belong to, and the day each was written on."""
    told = completed(report, parts)
    groups = _stamp_groups(parts)
    stamps = [_together([parts[n].stamp for n in group]) for group in groups]
    opens = opening(stamps)
    entries = [group for group, opened in zip(groups, opens, strict=True) if opened]
    if not entries:
        day = _day_of_story(parts, told.published)
        return tuple(replace(part, day=day) for part in parts)
    days = days_of([s for s, opened in zip(stamps, opens, strict=True) if opened], told.published, told.published_at)
    days = [told.published if day and told.published and abs(told.published - day) > BLOG else day for day in days]
    begins = {group[0]: number for number, group in enumerate(entries, 1)}
    entry, day, dated = 0, told.published, []
    for n, part in enumerate(parts):
        if n in begins:
            entry, day = begins[n], days[begins[n] - 1]
        dated.append(replace(part, entry=entry, day=day))
    return tuple(dated)


def _stamp_groups(parts: tuple[Block, ...]) -> list[list[int]]:
    """Return the numbers of the parts that are stamps; those of one entry together: "2h ago" over "14:32 GMT"."""
    groups: list[list[int]] = []
    for n, part in enumerate(parts):
        before = parts[n - 1].stamp if n else None
        if part.stamp and before and _are_one(before, part.stamp):
            groups[-1].append(n)
        elif part.stamp:
            groups.append([n])
    return groups


def _are_one(above: Stamp, below: Stamp) -> bool:
    """Whether two stamps right under each other are of one entry; a day over a clock is a heading of several."""
    if below.later:
        return True
    is_heading = above.names_day and above.minute is None
    return not above.later and not is_heading and (above.minute is None or below.minute is None)


def _together(stamps: list[Stamp | None]) -> Stamp:
    """Return what stamps of one entry say together; the first that tells a thing is believed."""
    given = [stamp for stamp in stamps if stamp]
    whole = given[0]
    for stamp in given[1:]:
        whole = replace(
            whole,
            day=whole.day or stamp.day,
            day_of_year=whole.day_of_year or stamp.day_of_year,
            minute=whole.minute if whole.minute is not None else stamp.minute,
            ago=whole.ago or stamp.ago,
            later=whole.later and stamp.later,
        )
    return whole


def _day_of_story(parts: tuple[Block, ...], published: date | None) -> date | None:
    """Return the dateline's day where it lies shortly before that of publication, else the latter."""
    line = next(
        (part.dateline for part in parts if part.dateline and (part.dateline.day or part.dateline.day_of_year)), None
    )
    if line is None or published is None:
        return published
    day = line.day or (nearest_year(*line.day_of_year, published) if line.day_of_year else None)
    return day if day and timedelta(0) <= published - day <= LATE else published
