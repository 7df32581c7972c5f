"""Place names in text: where they stand, and what each does in its sentence.

Two witnesses are heard. The parser's entities know what reads like a place but miss "Ayn Issa"; the gazetteer
knows the names but not the sentence. A name counts when both agree, or when one is sure: an entity in a
place's position, or a gazetteer name after "in", "from", "the town of" and the like.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from geomap.models import Role
from geomap.reports.actors import group_spans, is_group_name
from geomap.reports.dates import MONTHS, WEEKDAYS
from geomap.reports.lexicon import Frame, load_lexicon

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc, Span, Token

    from geomap.gazetteer import Gazetteer

__all__ = ["Toponym", "find_toponyms"]

MAX_WORDS = 7
LARGE = 100_000
"""People of a city whose name is taken for the city wherever it stands."""
PLACE_LABELS = {"GPE", "LOC", "FAC"}
ARTICLES = {"al", "el", "an", "ar", "as", "ash", "at", "az", "ad", "de", "la", "le", "las", "los", "the"}
LOCATIVE = {
    "in", "at", "from", "to", "into", "near", "toward", "towards", "around", "outside", "inside", "within", "onto",
    "through", "via", "between", "across", "off", "along", "leaving", "entering", "reached",
    "reaching", "left", "entered", "captured", "seized", "retook", "retake", "recaptured", "beyond",
}  # fmt: skip
LINES = frozenset({"road", "highway", "motorway", "route", "axis", "border", "frontier", "junction", "line"})
"""Nouns of what runs between two places."""
DIRECTIONS = re.compile(
    r"(?:(?:far|deep|central|rural)\s+)?(?:north|south|east|west)(?:[- ]?(?:east|west))?(?:ern)?",
    re.IGNORECASE,
)
_REF = r"[A-Z]{0,2}-?\d{1,3}"
ROAD_NUMBER = re.compile(
    rf"\b(?i:highway|motorway|road|route|autobahn)\s+(?P<ref>{_REF})\b"
    rf"|\b(?P<ref2>[A-Z]{{1,2}}-?\d{{1,3}})\s+(?:\w+\s+)?(?i:highway|motorway|road|route)\b"
    r"|\b[Tt]he\s+(?P<ref3>[MADE]-?\d{1,3})\b(?!\s*(?i:rifle|tank|movement|rebel|group|carbine|fighter))"
)
"""A road by its number: "highway M4", "the M4 motorway", "the M4", "Route 9"."""
REPORTING = {
    "say",
    "tell",
    "announce",
    "deny",
    "accuse",
    "want",
    "believe",
    "warn",
    "insist",
    "agree",
    "regard",
    "see",
}
CALENDAR = frozenset([*MONTHS, *WEEKDAYS])
ATTACKS = {
    "advance",
    "march",
    "attack",
    "assault",
    "offensive",
    "siege",
    "push",
    "descend",
    "shelling",
    "operation",
}
TITLES = frozenset(
    [
        "Mr",
        "Mr.",
        "Mrs",
        "Mrs.",
        "Ms",
        "Dr",
        "Dr.",
        "President",
        "General",
        "Gen.",
        "Col.",
        "Colonel",
        "Maj.",
        "Captain",
        "Capt.",
        "Lt.",
        "Sgt.",
        "Sheikh",
        "King",
        "Prince",
        "Minister",
        "Secretary",
        "Senator",
    ]
)


@dataclass(frozen=True, slots=True)
class Toponym:
    """A place name in a parsed text; token and character offsets are into that text."""

    first: int
    last: int
    """Token after the name."""
    start: int
    end: int
    text: str
    role: Role
    kind: str | None = None
    """The common noun that says what sort of place it is: town, base, province …"""
    direction: str | None = None
    """The part meant: "northeastern" in "northeastern Syria"."""
    sure: bool = True
    """The parser's entities agree that it is a place."""
    within: str | None = None
    """The name written after it as what it lies in: "Idlib" of "Saraqib, Idlib"."""


def find_toponyms(doc: Doc, gazetteer: Gazetteer) -> tuple[Toponym, ...]:
    """Return the place names of a parsed text in order, none overlapping another."""
    taken = [False] * len(doc)
    found: list[Toponym] = []
    for match in ROAD_NUMBER.finditer(doc.text):
        group = match.lastgroup or "ref"
        words = doc.char_span(match.start(group), match.end(group), alignment_mode="expand")
        if words is not None:
            taken[words.start : words.end] = [True] * len(words)
            found.append(
                Toponym(
                    words.start,
                    words.end,
                    words.start_char,
                    words.end_char,
                    words.text,
                    Role.PLACE,
                    kind="highway",
                )
            )
    for start, end in group_spans(doc.text):
        words = doc.char_span(start, end, alignment_mode="expand")
        if words is not None:
            taken[words.start : words.end] = [True] * len(words)
    for first, last in _gazetteer_spans(doc, gazetteer):
        if any(taken[first:last]):
            continue
        role = _role(doc, first, last, gazetteer)
        if role is None:
            continue
        taken[first:last] = [True] * (last - first)
        found.append(_toponym(doc, first, last, role, _name(doc[first:last], gazetteer)))
    for entity in doc.ents:
        first, last = _trim(entity)
        name = doc[first:last].text
        free = (
            first < last and not any(taken[first:last]) and not is_group_name(name) and not _is_acronym(name, gazetteer)
        )
        if entity.label_ in PLACE_LABELS and free and _names(doc[first:last]):
            taken[first:last] = [True] * (last - first)
            found.append(_toponym(doc, first, last, _sentence_role(doc[first:last])))
    return tuple(sorted(found, key=lambda t: t.start))


@cache
def _common_words() -> frozenset[str]:
    """Return common nouns and directions that are also names of places somewhere: "Southern", "Road", "Central"."""
    compass = {f"{d}{end}" for d in DIRECTION_WORDS for end in ("", "ern")}
    return load_lexicon().places["generic"] | compass | {"central", "upper", "lower", "old city", "old", "new", "river"}


def _gazetteer_spans(doc: Doc, gazetteer: Gazetteer) -> Iterator[tuple[int, int]]:
    """Yield token ranges whose words the gazetteer knows, longest first at each position."""
    for first, token in enumerate(doc):
        if not _may_start(token):
            continue
        for last in range(min(len(doc), first + MAX_WORDS), first, -1):
            words = doc[first:last]
            if not _may_end(doc[last - 1]) or "\n" in words.text:
                continue
            if len(words) > 1 and token.text.lower() in {"the", "of"}:
                continue
            if gazetteer.has(_name(words, gazetteer)) or (len(words) < 3 and gazetteer.demonym(words.text)):
                yield first, last
                break


def _name(words: Span, gazetteer: Gazetteer) -> str:
    """Return the name without the "s" of a possessive whose apostrophe was lost: "Aleppos outskirts"."""
    text = words.text
    after = words.doc[words.end] if words.end < len(words.doc) else None
    if text.endswith("s") and len(text) > 4 and after is not None and after.pos_ in {"NOUN", "ADJ", "PROPN"}:
        return text if gazetteer.has(text) else text[:-1]
    return text


def _may_start(token: Token) -> bool:
    text = token.text
    return (text[0].isupper() and token.pos_ not in {"DET", "PRON", "ADP"}) or (
        text.lower() in ARTICLES - {"the"} and token.i + 1 < len(token.doc) and token.nbor().text[:1] in "-–‑’' "
    )


def _may_end(token: Token) -> bool:
    return bool(token.text[0].isupper() or token.text[0].isdigit()) and not token.is_punct


def _is_acronym(name: str, gazetteer: Gazetteer) -> bool:
    """Whether a name is a few capitals that name no country: an agency rather than a town spelled so."""
    if not name.isupper() or len(name) > 4:
        return False
    found = gazetteer.candidates(name)
    return not found or not found[0].place.is_country


def _is_entity(span: Span) -> bool:
    return any(t.ent_type_ in PLACE_LABELS | {"NORP"} for t in span)


def _trim(entity: Span) -> tuple[int, int]:
    """Leave out the article and the possessive the entity recogniser takes along."""
    first, last = entity.start, entity.end
    while first < last and entity.doc[first].lower_ in {"the", "a", "an"}:
        first += 1
    while last > first and entity.doc[last - 1].text in {"'s", "’s", "’", "'", ".", ","}:
        last -= 1
    return first, last


def _names(span: Span) -> bool:
    return any(t.pos_ == "PROPN" and t.text[0].isupper() for t in span) and not any(t.like_num for t in span)


def _role(doc: Doc, first: int, last: int, gazetteer: Gazetteer) -> Role | None:
    """Return what a gazetteer name does here, or None where it is no place."""
    span = doc[first:last]
    if is_group_name(span.text) or span.text.lower() in _common_words() or span.text.lower() in CALENDAR:
        return None
    if last - first < 3 and gazetteer.demonym(span.text) and not _is_place_noun(span, gazetteer):
        return Role.DEMONYM
    if not any(t.pos_ in {"PROPN", "NOUN", "X", "ADJ"} and t.text[0].isupper() for t in span):
        return None
    if _is_acronym(span.text, gazetteer):
        return None
    labels = {t.ent_type_ for t in span} - {""}
    if _inside_other_name(doc, first, last, gazetteer):
        return None
    if labels & PLACE_LABELS:
        return _sentence_role(span)
    if "PERSON" in labels and (_longer_person(span) or not _locative(span)):
        return None
    if (
        _locative(span)
        or _well_known(span, labels, gazetteer)
        or (last - first > 2 and not labels & {"PERSON", "ORG", "WORK_OF_ART"})
    ):
        return _sentence_role(span)
    return None


def _well_known(span: Span, labels: set[str], gazetteer: Gazetteer) -> bool:
    """Whether a name is taken for a place wherever it stands: a large city or a province, nothing against it."""
    found = gazetteer.candidates(span.text)
    if labels or len(span.text) < 4 or not found:
        return False
    place = found[0].place
    return place.population >= LARGE or place.feature == "A.ADM1"


def _is_place_noun(span: Span, gazetteer: Gazetteer) -> bool:
    """Whether a word that is also a demonym ("US", "Georgia") stands here for the country itself."""
    token = span.root
    if not gazetteer.has(span.text):
        return False
    return token.dep_ not in {"amod", "compound", "nmod", "npadvmod"} or token.head.i in range(span.start, span.end)


def _longer_person(span: Span) -> bool:
    for entity in span.doc.ents:
        if entity.start <= span.start < entity.end and entity.label_ == "PERSON":
            return entity.end - entity.start > len(span)
    return False


def _inside_other_name(doc: Doc, first: int, last: int, gazetteer: Gazetteer) -> bool:
    """Whether the name is only a part of a longer one: "Damascus University", "Jordan Peterson"."""
    if first > 0 and doc[first - 1].text in TITLES:
        return True
    if _joins_two(doc, first, last):
        return False
    if first > 1 and doc[first - 1].text in {"-", "–"} and doc[first - 2].pos_ == "PROPN":
        return not doc[first - 1].whitespace_ and not doc[first - 2].whitespace_
    if last < len(doc) and doc[last].text in {"-", "–"} and not doc[last - 1].whitespace_:
        return True
    following = doc[last] if last < len(doc) else None
    if following is None or following.pos_ != "PROPN" or not following.text[0].isupper():
        return False
    if following.lemma_.lower() in load_lexicon().places["generic"] or following.text[0] in "(,":
        return False
    if following.text.isupper() and len(following.text) > 3:
        return False
    if gazetteer.has(following.text) or gazetteer.demonym(following.text) or following.ent_type_ in {"DATE", "TIME"}:
        return False
    entity = next((e for e in doc.ents if e.start <= first < e.end), None)
    if entity is None:
        return following.ent_type_ not in PLACE_LABELS
    return entity.end > last and entity.label_ not in PLACE_LABELS


def _joins_two(doc: Doc, first: int, last: int) -> bool:
    """Whether the name is one of two that a dash joins before a line between them: "the A–B road", "the A-B border"."""
    after = last
    while after < len(doc) and after < last + MAX_WORDS and (doc[after].text in "-–—" or doc[after].text[0].isupper()):
        after += 1
    dashed = any(t.text in "-–—" for t in doc[max(0, first - 1) : after])
    return dashed and after < len(doc) and doc[after].lemma_.lower() in LINES


def _locative(span: Span) -> bool:
    """Whether the words around put the name where a place stands."""
    doc, before = span.doc, span.start - 1
    while before >= 0 and (
        doc[before].lower_ in ARTICLES or doc[before].pos_ in {"ADJ", "NUM"} or doc[before].text in "-\"“'"
    ):
        before -= 1
    generic = load_lexicon().places["generic"]
    if before >= 0:
        word = doc[before]
        if word.lower_ in LOCATIVE or word.lemma_.lower() in generic or _takes_place(word):
            return True
        if word.lower_ == "of" and before > 0 and doc[before - 1].lemma_.lower() in generic | DIRECTION_WORDS | {"out"}:
            return True
        if word.lower_ in {"and", "or", ","} and before > 0 and doc[before - 1].ent_type_ in PLACE_LABELS:
            return True
        if word.lower_ == "with" and before > 0 and doc[before - 1].lemma_.lower() in LINES:
            return True
        if word.lower_ == "and" and any(t.lower_ == "between" for t in doc[max(0, before - 6) : before]):
            return True
    after = doc[span.end] if span.end < len(doc) else None
    if after is not None and after.lemma_.lower() in generic and after.pos_ in {"NOUN", "PROPN"}:
        return True
    if span.root.dep_ != "pobj":
        return False
    prep = span.root.head
    governor = prep.head.lemma_.lower()
    if prep.lower_ == "for":
        return governor in {"leave", "depart", "head", "set", "bind"}
    if prep.lower_ in {"on", "against"}:
        return governor in ATTACKS | load_lexicon().incidents["strike_nouns"]
    return prep.lower_ in LOCATIVE


def _takes_place(word: Token) -> bool:
    """Whether a verb has a place as its object: "left", "reached", "recaptured"."""
    lemma, incidents = word.lemma_.lower(), load_lexicon().incidents
    if word.pos_ == "VERB" and lemma in incidents["strike"] | incidents["shelling"]:
        return True
    entries = load_lexicon().verbs.get(lemma, ())
    return word.pos_ == "VERB" and any(
        e.object_slot or e.frame in {Frame.TAKE, Frame.LOSE} for e in entries if not e.rest
    )


DIRECTION_WORDS = frozenset({"north", "south", "east", "west", "northeast", "northwest", "southeast", "southwest"})


def _sentence_role(span: Span) -> Role:
    """Tell a government ("Ankara said") from a place, by what the name does to its verb."""
    root = span.root
    if root.dep_ in {"nsubj"} and root.head.lemma_ in REPORTING:
        return Role.METONYM
    return Role.PLACE


def _toponym(doc: Doc, first: int, last: int, role: Role, name: str | None = None) -> Toponym:
    span = doc[first:last]
    name = name or span.text
    return Toponym(
        first, last, span.start_char, span.start_char + len(name), name, role,
        kind=_kind(span), direction=_direction(doc, first), sure=_is_entity(span), within=_within(doc, last),
    )  # fmt: skip


def _kind(span: Span) -> str | None:
    """Return the place noun that goes with a name: "Anbar province", "the town of Rmeilan"."""
    doc, generic = span.doc, load_lexicon().places["generic"]
    after = doc[span.end] if span.end < len(doc) else None
    if after is not None and after.lemma_.lower() in generic and after.dep_ != "conj":
        if after.lemma_.lower() == "air" and span.end + 1 < len(doc):
            return "airbase"
        return str(after.lemma_.lower())
    if after is not None and after.lower_ == "air" and span.end + 1 < len(doc) and doc[span.end + 1].lower_ == "base":
        return "airbase"
    before = span.start - 1
    if before > 0 and doc[before].lower_ == "of" and doc[before - 1].lemma_.lower() in generic:
        return str(doc[before - 1].lemma_.lower())
    if before >= 0 and doc[before].lemma_.lower() in generic and doc[before].pos_ in {"NOUN", "PROPN"}:
        return str(doc[before].lemma_.lower())
    return None


def _direction(doc: Doc, first: int) -> str | None:
    before = doc[max(0, first - 3) : first].text.rstrip("- ")
    match = re.search(rf"({DIRECTIONS.pattern})$", before, re.IGNORECASE)
    return match[1].lower() if match else None


def _within(doc: Doc, last: int) -> str | None:
    """Return the name that says what a place lies in: "Tripoli, Lebanon", "Palma in northern Mozambique"."""
    start = last + 1
    if last < len(doc) and doc[last].lower_ == "in":
        while start < len(doc) and (doc[start].lower_ in {"the", "far"} or DIRECTIONS.fullmatch(doc[start].text)):
            start += 1
    elif last >= len(doc) or doc[last].text != ",":
        return None
    end = start
    while end < len(doc) and end < start + 3 and doc[end].pos_ == "PROPN" and doc[end].text[0].isupper():
        end += 1
    return doc[start:end].text or None
