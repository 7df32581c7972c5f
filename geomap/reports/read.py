"""One report to all that it tells: place names, movements, areas and incidents."""

from __future__ import annotations

from dataclasses import replace
from itertools import accumulate, compress, groupby
from typing import TYPE_CHECKING

from geomap.models import Certainty, Incident, Issue, Mention, Movement, Reading, Report, Role
from geomap.reports.areas import find_areas
from geomap.reports.incidents import find_incidents
from geomap.reports.intake.quality import oddities
from geomap.reports.intake.story import Block, BlockKind, blocks, completed
from geomap.reports.languages.detect import tongues
from geomap.reports.movements.into_zones import with_lines, with_zones
from geomap.reports.movements.joining import merge_movements
from geomap.reports.movements.narrator import Narrator
from geomap.reports.parsing.nlp import load_parser
from geomap.reports.passage import Passage
from geomap.reports.places.asking import ask_for_ends, ask_for_mentions
from geomap.reports.places.focus import Focus
from geomap.reports.places.relations import Telling, relate
from geomap.reports.places.resolve import Context, plausible, resolve_toponyms
from geomap.reports.places.toponyms import Toponym, find_toponyms

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc

    from geomap.gazetteer import Gazetteer

__all__ = ["read"]


def read(report: Report, gazetteer: Gazetteer) -> Reading:
    """Return the place names, movements, areas and incidents of a report, places resolved, without geometry.

    Parameters
    ----------
    report
        Its text is English, or in a language of :mod:`geomap.reports.languages`, paragraph by paragraph.
    gazetteer
        Where names are looked up.
    """
    whole = blocks(report, is_place=lambda name: bool(gazetteer.offline().candidates(name)))
    report = completed(report, whole)
    parts = tuple(part for part in whole if part.kind.has_places or report.spans is not None)
    spoken = tongues(report, parts)
    if not spoken.foreign:
        reading = _english(report, parts, gazetteer)
        issues = (*oddities(report), *spoken.issues, *reading.issues)
    else:
        from geomap.reports.languages.read import read_tongues

        reading = read_tongues(report, parts, spoken, gazetteer, lambda own: _english(report, own, gazetteer))
        issues = (*oddities(report), *reading.issues, *_unresolved(report, reading.mentions))
    datelines = [(part.start, part.end) for part in parts if part.kind is BlockKind.DATELINE]
    mentions = tuple(_of_dateline(mention, datelines) for mention in reading.mentions)
    return replace(reading, mentions=mentions, issues=tuple(dict.fromkeys(issues)))


def _of_dateline(mention: Mention, datelines: list[tuple[int, int]]) -> Mention:
    """Return a mention with its role, where it tells in which place the report was written."""
    inside = any(start <= mention.start < end for start, end in datelines)
    return replace(mention, role=Role.DATELINE) if inside else mention


def _english(report: Report, parts: tuple[Block, ...], gazetteer: Gazetteer) -> Reading:
    """Return what the English paragraphs of a report tell."""
    online, gazetteer = gazetteer, gazetteer.offline()
    docs = list(load_parser().pipe(report.text[b.start : b.end] for b in parts))
    names = find_toponyms(docs, gazetteer)
    if report.spans is not None:
        names = [_given(doc, block, report.spans, found) for doc, block, found in zip(docs, parts, names, strict=True)]
    shifted = [
        replace(t, start=t.start + b.start, end=t.end + b.start) for b, ts in zip(parts, names, strict=True) for t in ts
    ]
    mentions, context = resolve_toponyms(shifted, report.text, gazetteer)
    if report.spans is None:
        keep = [plausible(t, m, context) for t, m in zip(shifted, mentions, strict=True)]
        mentions = tuple(compress(mentions, keep))
        counts = accumulate((len(n) for n in names), initial=0)
        names = [tuple(compress(ts, keep[at:])) for ts, at in zip(names, counts, strict=False)]
    mentions = ask_for_mentions(mentions, online, context)
    mentions, told, differing = relate([doc.text for doc in docs], names, mentions, context, gazetteer)
    passages = _passages(report, docs, parts, names, mentions, told, gazetteer)
    reading = ask_for_ends(_reading(report, parts, passages, mentions, context, gazetteer), online, context)
    return replace(reading, issues=(*reading.issues, *(replace(issue, report_id=report.id) for issue in differing)))


def _given(
    doc: Doc, block: Block, spans: tuple[tuple[int, int], ...], found: tuple[Toponym, ...]
) -> tuple[Toponym, ...]:
    """Return the toponyms at given spans of the report, with what was found out about the same words."""
    known = {(t.start, t.end): t for t in found}
    given = []
    inside = [(a - block.start, b - block.start) for a, b in sorted(spans) if block.start <= a < b <= block.end]
    for start, end in inside:
        words = doc.char_span(start, end, alignment_mode="expand")
        if words is not None and (start, end) not in known:
            given.append(Toponym(words.start, words.end, start, end, doc.text[start:end], Role.PLACE))
        elif words is not None:
            given.append(replace(known[start, end], direction=None))
    return tuple(given)


def _passages(
    report: Report,
    docs: list[Doc],
    parts: tuple[Block, ...],
    names: list[tuple[Toponym, ...]],
    mentions: tuple[Mention, ...],
    told: list[tuple[Telling, ...]],
    gazetteer: Gazetteer,
) -> list[Passage]:
    datelines = [(block.start, block.end) for block in parts if block.kind is BlockKind.DATELINE]
    in_view = tuple(_of_dateline(mention, datelines) for mention in mentions)
    passages, used, focus = [], 0, Focus(report.text, in_view, seat_of=gazetteer.seat_of)
    for doc, block, toponyms, places in zip(docs, parts, names, told, strict=True):
        own = mentions[used : used + len(toponyms)]
        told_of, asides = [tuple(t for t in places if t.aside is aside) for aside in (False, True)]
        passages.append(Passage(doc, block.start, toponyms, own, block.caption, focus, told_of, asides))
        used += len(toponyms)
    return passages


def _reading(
    report: Report,
    parts: tuple[Block, ...],
    passages: list[Passage],
    mentions: tuple[Mention, ...],
    context: Context,
    gazetteer: Gazetteer,
) -> Reading:
    drafts: list[Movement] = []
    incidents: list[Incident] = []
    for entry, told in _entries(report, parts, passages):
        narrator = Narrator(entry, context, gazetteer)
        drafts += narrator.read_all(told)
        incidents += find_incidents(entry, told, context, gazetteer)
    movements = merge_movements(drafts)
    areas = find_areas(report, passages, context, gazetteer)
    movements = with_zones(with_lines(movements, gazetteer), areas)
    return Reading(
        report,
        mentions,
        tuple(replace(m, id=f"{report.id}:m{n}") for n, m in enumerate(movements, 1)),
        tuple(replace(a, id=f"{report.id}:a{n}") for n, a in enumerate(areas, 1)),
        tuple(replace(i, id=f"{report.id}:i{n}") for n, i in enumerate(incidents, 1)),
        tuple(_unresolved(report, mentions)),
    )


def _entries(
    report: Report, parts: tuple[Block, ...], passages: list[Passage]
) -> Iterator[tuple[Report, list[Passage]]]:
    """Yield the entries of a live blog, each as a report of its own day; any other report is one entry."""
    for (_, day), group in groupby(zip(parts, passages, strict=True), key=lambda pair: (pair[0].entry, pair[0].day)):
        yield replace(report, published=day), [passage for _, passage in group]


def _unresolved(report: Report, mentions: tuple[Mention, ...]) -> list[Issue]:
    """Return an issue for each name that is unknown or could mean several places, once a name."""
    issues, seen = [], set()
    for mention in mentions:
        status = mention.resolution.status if mention.resolution else Certainty.UNKNOWN
        if status is Certainty.RESOLVED or mention.text in seen or mention.role is not Role.PLACE:
            continue
        seen.add(mention.text)
        reason = mention.resolution.reason if mention.resolution else "not in the gazetteer"
        issues.append(Issue("resolve", f"{mention.text}: {status}; {reason}", report.id, mention.start, mention.end))
    return issues
