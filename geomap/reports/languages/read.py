"""A report that is not English, or not all of it, to all that it tells."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

from geomap.models import Issue, Reading
from geomap.reports.languages.clauses import Spot
from geomap.reports.languages.detect import DEFAULT, languages, name_of
from geomap.reports.languages.lexicon import LANGUAGES, load_lexicon
from geomap.reports.languages.shallow import Teller
from geomap.reports.languages.tokens import Sentence, Sort, sentences
from geomap.reports.languages.toponyms import find_names, given_names, resolve_names
from geomap.reports.movements.joining import merge_movements

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from geomap.gazetteer import Gazetteer
    from geomap.models import Incident, Mention, Movement, Report
    from geomap.reports.intake.story import Block
    from geomap.reports.languages.detect import Tongues
    from geomap.reports.languages.toponyms import Name
    from geomap.reports.places.resolve import Context

__all__ = ["read_foreign", "read_tongues"]

MAX_WORDS = 80
"""Words and marks of a sentence beyond which it is read in parts."""


def read_tongues(
    report: Report, parts: Sequence[Block], spoken: Tongues, gazetteer: Gazetteer,
    english: Callable[[tuple[Block, ...]], Reading],
) -> Reading:  # fmt: skip
    """Return what a report tells that has parts in other languages than English, each read in its own.

    Parameters
    ----------
    report
        The report.
    parts
        Its paragraphs.
    spoken
        The language of each of them.
    gazetteer
        Where names are looked up.
    english
        Reads the paragraphs in English.
    """
    readings = []
    for lang in dict.fromkeys(spoken.blocks):
        own = tuple(part for part, tongue in zip(parts, spoken.blocks, strict=True) if tongue == lang)
        if lang == DEFAULT:
            readings.append(english(own))
        elif languages()[lang].read != "nothing":
            readings.append(read_foreign(report, lang, gazetteer, own))
    movements = sorted((m for r in readings for m in r.movements), key=lambda m: m.provenance.start)
    incidents = sorted((i for r in readings for i in r.incidents), key=lambda i: i.provenance.start)
    return Reading(
        report,
        tuple(sorted((m for r in readings for m in r.mentions), key=lambda m: m.start)),
        tuple(replace(m, id=f"{report.id}:m{n}") for n, m in enumerate(merge_movements(movements), 1)),
        tuple(area for r in readings for area in r.areas),
        tuple(replace(i, id=f"{report.id}:i{n}") for n, i in enumerate(incidents, 1)),
        (*spoken.issues, *(issue for r in readings for issue in r.issues)),
    )


def read_foreign(report: Report, lang: str, gazetteer: Gazetteer, parts: Sequence[Block]) -> Reading:
    """Return the place names, movements and incidents of the paragraphs of a report that are in one language.

    Parameters
    ----------
    report
        The report.
    lang
        ISO 639-1 code of the language; of one without a lexicon only the place names are read.
    gazetteer
        Where names are looked up.
    parts
        The paragraphs in that language.
    """
    gazetteer = gazetteer.offline()
    told, blocks = _sentences(report, lang, parts)
    names = find_names(told, lang, gazetteer)
    if report.spans is not None:
        names = given_names(told, report.spans, lang, gazetteer)
    names, mentions, context = resolve_names(names, report.text, gazetteer)
    if lang not in LANGUAGES:
        return Reading(report, mentions)
    movements, incidents = _tellings(
        report, lang, list(zip(told, blocks, strict=True)), _spots(told, names, mentions), context
    )
    return Reading(report, mentions, merge_movements(movements), (), tuple(incidents), (_scope(report, lang),))


def _sentences(report: Report, lang: str, parts: Sequence[Block]) -> tuple[list[Sentence], list[Block]]:
    """Return the sentences of paragraphs, and the paragraph of each."""
    told: list[Sentence] = []
    blocks: list[Block] = []
    for part in parts:
        for sentence in sentences(report.text, lang, start=part.start, end=part.end):
            pieces = list(_pieces(sentence))
            told += pieces
            blocks += [part] * len(pieces)
    return told, blocks


def _pieces(sentence: Sentence) -> Iterator[Sentence]:
    """Yield a sentence, or where it is endless its parts: what they cost grows with the square of their length."""
    words = sentence.words
    while len(words) > MAX_WORDS:
        marks = [n for n in range(MAX_WORDS // 2, MAX_WORDS) if words[n].sort is Sort.MARK]
        at = marks[-1] + 1 if marks else MAX_WORDS
        yield Sentence(words[0].start, words[at - 1].end, words[:at])
        words = words[at:]
    yield Sentence(words[0].start, words[-1].end, words)


def _spots(told: Sequence[Sentence], names: Sequence[Name], mentions: Sequence[Mention]) -> list[list[Spot]]:
    """Return the place names of each sentence."""
    spots: list[list[Spot]] = [[] for _ in told]
    for name, mention in zip(names, mentions, strict=True):
        toponym = name.toponym
        spots[name.sentence].append(Spot(toponym.first, toponym.last, mention, name.cases, name.clitics))
    return spots


def _tellings(
    report: Report, lang: str, told: Sequence[tuple[Sentence, Block]], spots: Sequence[Sequence[Spot]], context: Context
) -> tuple[list[Movement], list[Incident]]:
    """Return what the sentences tell; each entry of a live blog is a report of its own day."""
    movements: list[Movement] = []
    incidents: list[Incident] = []
    numbered = enumerate(told)
    for (_, day), group in groupby(numbered, key=lambda item: (item[1][1].entry, item[1][1].day)):
        teller = Teller(replace(report, published=day or report.published), load_lexicon(lang), context)
        for number, (sentence, block) in group:
            if not block.caption:
                teller.read(sentence, spots[number])
        movements += teller.movements
        incidents += teller.incidents
    return movements, incidents


def _scope(report: Report, lang: str) -> Issue:
    """Return the issue that says how far the language is read."""
    words = f"read with the short word lists of {name_of(lang)}: place names, incidents and plain movements only"
    return Issue("read", words, report.id)
