"""One report, or a part of it, in another language than English, to all that it tells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomap.models import Issue, Reading
from geomap.reports.joining import merge_movements
from geomap.reports.languages.clauses import Spot
from geomap.reports.languages.detect import name_of
from geomap.reports.languages.lexicon import LANGUAGES, load_lexicon
from geomap.reports.languages.shallow import Teller
from geomap.reports.languages.tokens import sentences
from geomap.reports.languages.toponyms import find_names, resolve_names

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomap.gazetteer import Gazetteer
    from geomap.models import Report
    from geomap.reports.story import Block

__all__ = ["read_foreign"]


def read_foreign(report: Report, lang: str, gazetteer: Gazetteer, parts: Sequence[Block]) -> Reading:
    """Return the place names, movements and incidents of the parts of a report that are in one language.

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
    told = [
        s for part in parts if not part.caption for s in sentences(report.text, lang, start=part.start, end=part.end)
    ]
    names, mentions, context = resolve_names(find_names(told, lang, gazetteer), report.text, gazetteer)
    if lang not in LANGUAGES:
        return Reading(report, mentions)
    teller = Teller(report, load_lexicon(lang), context)
    spots: list[list[Spot]] = [[] for _ in told]
    for name, mention in zip(names, mentions, strict=True):
        spots[name.sentence].append(Spot(name.toponym.first, name.toponym.last, mention, name.cases, name.clitics))
    for sentence, own in zip(told, spots, strict=True):
        teller.read(sentence, own)
    return Reading(
        report, mentions, merge_movements(teller.movements), (), tuple(teller.incidents), (_scope(report, lang),)
    )


def _scope(report: Report, lang: str) -> Issue:
    """Return the issue that says how far the language is read."""
    words = f"read with the short word lists of {name_of(lang)}: place names, incidents and plain movements only"
    return Issue("read", words, report.id)
