"""Land that a sentence bounds by lines and places rather than names: what lies beyond, between and amid them.

"Everything east of the Euphrates", "the land between the M4 and the border", "the area between A, B and C", "the road
from A to B", and "all of A province except B and C".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from geomap.models import AreaKind, AreaPlan, PlaceRef, Role
from geomap.reports.lexicon import load_lexicon
from geomap.reports.lines import border_ref, is_told_road, line_of, lines_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

    from geomap.gazetteer import Gazetteer
    from geomap.reports.lines import ToldLine
    from geomap.reports.passage import Passage
    from geomap.reports.places.resolve import Context

__all__ = ["tract_of", "without"]

_APART = 3
"""Words between a noun and what bounds it: "the countryside just north of A"."""
_AMID = re.compile(
    r"\b(?:between|bounded\s+by|enclosed\s+by|triangle\s+of|formed\s+by)(?:\s+the\s+(?:towns?|cities|villages)\s+of)?\s+$",
    re.IGNORECASE,
)
_AND = re.compile(r"\s*(?:,\s*and|,|and)\s+", re.IGNORECASE)
_WITHOUT = re.compile(
    r"\b(?:except(?:ing)?(?:\s+for)?|excluding|apart\s+from|aside\s+from|other\s+than|with\s+the\s+exceptions?\s+of|but\s+not"
    r"|minus|save\s+for|barring|bar)\s+(?:for\s+)?(?:the\s+)?(?:\w+\s+)?(?:(?:towns?|cit(?:y|ies)|villages?|districts?|provincial\s+capital)\s+(?:of\s+)?)?$",
    re.IGNORECASE,
)


def tract_of(
    noun: Token, passage: Passage, context: Context, gazetteer: Gazetteer
) -> tuple[AreaKind, str, AreaPlan] | None:
    """Return the land that a noun and the words after it bound, in words and as a plan; None where they bound none."""
    text, sentence = passage.doc.text, noun.sent
    if road := _road(noun, passage, context, gazetteer):
        return AreaKind.HIGHWAY_STRETCH, road.ref.text, AreaPlan(line=road.ref)
    if noun.lemma_.lower() not in load_lexicon().holdings["tracts"]:
        return None
    if spots := _amid(noun, passage):
        words = text[noun.idx : _end_of(spots[-1], passage, noun)]
        return AreaKind.CONTROL, words, AreaPlan(between=spots)
    lines = [line for line in lines_in(sentence, passage, context, gazetteer) if line.start > noun.idx]
    along = line_of(lines, passage)
    if not along or not _hangs(noun, along[0], passage):
        return None
    region = _region(passage, noun)
    side = next(iter(context.countries), None) if region is None else None
    words = text[noun.idx : along[-1].end]
    if len(along) > 1:
        refs = tuple(border_ref(line, gazetteer) for line in along)
        return AreaKind.CONTROL, words, AreaPlan(between=refs, region=region, side=side)
    line = along[0]
    if line.bearing is None or line.pair is not None:
        return None
    return AreaKind.CONTROL, words, AreaPlan(line=line.ref, bearing=line.bearing, region=region, side=side)


def _hangs(noun: Token, line: ToldLine, passage: Passage) -> bool:
    """Whether only few words stand between a noun and the words that lead to its line, none of them another name."""
    between = passage.doc.char_span(noun.idx + len(noun), line.start, alignment_mode="contract")
    if between is None:
        return True
    content = [t for t in between if t.pos_ in {"VERB", "AUX", "PROPN"} and t.lemma_.lower() not in {"lie", "locate"}]
    return not content and len(between) <= _APART + 4


def _road(noun: Token, passage: Passage, context: Context, gazetteer: Gazetteer) -> ToldLine | None:
    """Return the road between two places that a noun stands for; of a numbered road nobody says how far it is held."""
    lines = lines_in(noun.sent, passage, context, gazetteer)
    return next((line for line in lines if is_told_road(line) and line.start <= noun.idx < line.end), None)


def _amid(noun: Token, passage: Passage) -> tuple[PlaceRef, ...]:
    """Return three or more places that land lies amid: "the area between A, B and C"."""
    text = passage.doc.text
    spots = [
        (t, PlaceRef(m.text, m.place))
        for m, t in zip(passage.mentions, passage.toponyms, strict=True)
        if m.place is not None and not m.place.is_area and m.role is Role.PLACE and t.start > noun.idx
    ]
    if not spots or not _AMID.search(text[noun.idx : spots[0][0].start]):
        return ()
    row = [spots[0]]
    for one in spots[1:]:
        if not _AND.fullmatch(text[row[-1][0].end : one[0].start]):
            break
        row.append(one)
    return tuple(ref for _, ref in row) if len(row) > 2 else ()


def _end_of(ref: PlaceRef, passage: Passage, noun: Token) -> int:
    return next(
        t.end
        for m, t in zip(passage.mentions, passage.toponyms, strict=True)
        if m.text == ref.text and t.start > noun.idx
    )


def _region(passage: Passage, noun: Token) -> PlaceRef | None:
    """Return the province or region that the sentence says the land is in."""
    for mention, t in zip(passage.mentions, passage.toponyms, strict=True):
        place = mention.place
        inside = noun.sent.start <= t.first < noun.sent.end and t.first > 0
        if not inside or place is None or mention.role is not Role.PLACE or place.feature[0] not in "AL":
            continue
        before = passage.doc[max(0, t.first - 3) : t.first].text
        if not place.is_country and place.course is None and re.search(r"\b(?:in|of|inside|within)\b", before):
            return PlaceRef(f"{t.direction or ''} {mention.text}".strip(), place)
    return None


def without(ref: PlaceRef, passage: Passage, noun: Token) -> tuple[PlaceRef, ...]:
    """Return the places that a sentence leaves out of a region: "all of A province except B, C and D"."""
    return tuple(_left_out(ref, passage, noun))


def _left_out(ref: PlaceRef, passage: Passage, noun: Token) -> Iterator[PlaceRef]:
    text, base = passage.doc.text, noun.sent.start_char
    held, last = load_lexicon().holdings["hold"], None
    for mention, t in zip(passage.mentions, passage.toponyms, strict=True):
        if not noun.sent.start_char <= t.start < noun.sent.end_char or mention.place is None:
            continue
        if mention.place == ref.place or t.first < noun.i:
            continue
        if any(w.pos_ == "VERB" and w.lemma_.lower() in held for w in passage.doc[noun.i + 1 : t.first]):
            return
        joined = last is not None and _AND.fullmatch(text[last : t.start])
        if joined or _WITHOUT.search(text[base : t.start]):
            last = t.end
            yield PlaceRef(mention.text, mention.place)
        elif last is not None:
            return
