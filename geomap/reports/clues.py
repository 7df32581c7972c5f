"""How surely a stretch of words is the name of a place.

What speaks for and against is a sum of clues, each with a weight: what the parser takes the words for, what stands
before and behind them, what the gazetteer knows of the name, and then what the whole report says: a name that is surely
a place, or part of a person's name, is so elsewhere too, and names in one list are alike.
"""

from __future__ import annotations

import math
from collections import defaultdict
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING

from geomap.reports.lexicon import Frame, load_lexicon
from geomap.reports.nlp import load_parser

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from spacy.tokens import Doc, Span, Token

    from geomap.models import Place
    from geomap.reports.spans import Stretch

__all__ = ["Clue", "own_clues", "weigh"]

LARGE = 100_000
SURE = 1.5
TIMES = frozenset({"DATE", "TIME", "CARDINAL", "ORDINAL", "PERCENT", "MONEY", "QUANTITY"})
LIST_MARKS = frozenset({",", "and", "or", "&", "/", ";"})
MOST_SAID = 4.0
"""How much the other mentions of a name, or its neighbours in a list, may say."""


class Clue(StrEnum):
    """What speaks for or against a place; a fraction where there is more or less of it."""

    ALWAYS = "always"
    # What the parser takes the words for, and which part of it they are.
    AREA_WHOLE = "area whole"
    AREA_FIRST = "area first"
    AREA_REST = "area rest"
    SITE_WHOLE = "site whole"
    SITE_FIRST = "site first"
    SITE_REST = "site rest"
    BODY_WHOLE = "body whole"
    BODY_FIRST = "body first"
    BODY_REST = "body rest"
    PERSON_WHOLE = "person whole"
    PERSON_FIRST = "person first"
    PERSON_REST = "person rest"
    PEOPLE = "people"
    TIME = "time"
    """A date, an hour, a number."""
    THING = "thing"
    """A work, a law, a product, an event."""
    # What stands before.
    LOCATIVE = "locative"
    NOUN_BEFORE = "noun before"
    TAKEN = "taken"
    OF = "of"
    TITLE = "title"
    NAME_BEFORE = "name before"
    COMPASS = "compass"
    NUMBER_BEFORE = "number before"
    ARTICLE = "article"
    HYPHEN_BEFORE = "hyphen before"
    # What stands behind.
    NOUN_AFTER = "noun after"
    TOWNSFOLK = "townsfolk"
    PUBLIC = "public"
    SITE = "site"
    COMPANY = "company"
    STREET = "street"
    NAME_AFTER = "name after"
    OWNER = "owner"
    HYPHEN_AFTER = "hyphen after"
    COMMA_NAME = "comma name"
    ACTS = "acts"
    SAYS = "says"
    # The words themselves.
    ALL_CAPS = "all caps"
    SHORT_CAPS = "short caps"
    LONG = "long"
    OPENS = "opens"
    ORDINARY = "ordinary"
    NOUN = "noun"
    GENERIC = "generic"
    LOWER = "lower"
    # What the gazetteer knows.
    KNOWN = "known"
    COUNTRY = "country"
    PROVINCE = "province"
    NATURE = "nature"
    DISTRICT = "district"
    OWN_NAME = "own name"
    PEOPLE_LARGE = "large"
    POPULATION = "population"
    # Two of them together.
    KNOWN_LOCATIVE = "known locative"
    UNKNOWN_AREA = "unknown area"
    BODY_PUBLIC = "body public"
    PERSON_LOCATIVE = "person locative"
    # What the report says elsewhere.
    HELD = "held"
    IN_PERSON = "in person"
    ELSEWHERE = "elsewhere"
    BEST_ELSEWHERE = "best elsewhere"
    LISTED = "listed"


WEIGHTS: dict[Clue, float] = {
    Clue.ALWAYS: -2.7,
    Clue.AREA_WHOLE: 1.8,
    Clue.AREA_FIRST: 0.6,
    Clue.AREA_REST: 0.7,
    Clue.SITE_WHOLE: 0.6,
    Clue.SITE_FIRST: 0.1,
    Clue.SITE_REST: 0.8,
    Clue.BODY_WHOLE: 0.2,
    Clue.BODY_FIRST: -0.0,
    Clue.BODY_REST: -0.5,
    Clue.PERSON_WHOLE: 0.4,
    Clue.PERSON_FIRST: 0.0,
    Clue.PERSON_REST: -0.1,
    Clue.PEOPLE: 0.8,
    Clue.TIME: -1.2,
    Clue.THING: 0.2,
    Clue.LOCATIVE: 0.8,
    Clue.NOUN_BEFORE: 1.3,
    Clue.TAKEN: 1.6,
    Clue.OF: 0.5,
    Clue.TITLE: -1.1,
    Clue.NAME_BEFORE: -0.5,
    Clue.COMPASS: 0.3,
    Clue.NUMBER_BEFORE: -0.4,
    Clue.ARTICLE: -0.4,
    Clue.HYPHEN_BEFORE: 0.2,
    Clue.NOUN_AFTER: 0.7,
    Clue.TOWNSFOLK: 0.7,
    Clue.PUBLIC: -0.4,
    Clue.SITE: -0.1,
    Clue.COMPANY: -0.9,
    Clue.STREET: 0.1,
    Clue.NAME_AFTER: -0.6,
    Clue.OWNER: -0.5,
    Clue.HYPHEN_AFTER: -1.1,
    Clue.COMMA_NAME: 0.6,
    Clue.ACTS: -0.5,
    Clue.SAYS: -1.4,
    Clue.ALL_CAPS: -0.3,
    Clue.SHORT_CAPS: 0.8,
    Clue.LONG: 0.0,
    Clue.OPENS: -0.3,
    Clue.ORDINARY: -1.5,
    Clue.NOUN: -1.2,
    Clue.GENERIC: -0.4,
    Clue.LOWER: -1.4,
    Clue.KNOWN: 1.9,
    Clue.COUNTRY: -0.8,
    Clue.PROVINCE: -0.1,
    Clue.NATURE: -0.5,
    Clue.DISTRICT: 1.0,
    Clue.OWN_NAME: 1.0,
    Clue.PEOPLE_LARGE: 0.6,
    Clue.POPULATION: 0.1,
    Clue.KNOWN_LOCATIVE: 0.5,
    Clue.UNKNOWN_AREA: 0.3,
    Clue.BODY_PUBLIC: 0.4,
    Clue.PERSON_LOCATIVE: 1.0,
    Clue.HELD: 0.3,
    Clue.IN_PERSON: -2.1,
    Clue.ELSEWHERE: 0.3,
    Clue.BEST_ELSEWHERE: 0.2,
    Clue.LISTED: 0.6,
}


def own_clues(stretch: Stretch) -> dict[Clue, float]:
    """Return what the words of a stretch, those at its side and the gazetteer say."""
    marks = [*_label(stretch), *_before(stretch), *_after(stretch), *_words(stretch)]
    return {Clue.ALWAYS: 1.0, **dict.fromkeys([*marks, *_together(stretch, set(marks))], 1.0), **_known(stretch)}


def _together(stretch: Stretch, marks: set[Clue]) -> Iterable[Clue]:
    """Yield what clues say together beyond what each says by itself."""
    placed = marks & {Clue.LOCATIVE, Clue.NOUN_BEFORE, Clue.NOUN_AFTER, Clue.TAKEN}
    if placed and stretch.best is not None:
        yield Clue.KNOWN_LOCATIVE
    if stretch.best is None and Clue.AREA_WHOLE in marks:
        yield Clue.UNKNOWN_AREA
    if Clue.BODY_FIRST in marks and Clue.PUBLIC in marks:
        yield Clue.BODY_PUBLIC
    if placed and Clue.PERSON_WHOLE in marks:
        yield Clue.PERSON_LOCATIVE


def _label(stretch: Stretch) -> Iterable[Clue]:
    entity = next((e for e in stretch.doc.ents if e.start < stretch.last and stretch.first < e.end), None)
    if entity is None:
        return
    first = entity.start + (entity[0].lower_ in {"the", "a", "an"})
    last = entity.end - (entity[-1].text in {"'s", "’s", "’", "'"})
    if entity.label_ == "NORP":
        yield Clue.PEOPLE
        return
    sort = {"GPE": "area", "LOC": "area", "FAC": "site", "ORG": "body", "PERSON": "person"}.get(entity.label_)
    if sort is None:
        yield Clue.TIME if entity.label_ in TIMES else Clue.THING
    elif stretch.first <= first and stretch.last >= last:
        yield Clue(f"{sort} whole")
    else:
        yield Clue(f"{sort} {'first' if stretch.first <= first else 'rest'}")


def _before(stretch: Stretch) -> Iterable[Clue]:
    doc, names = stretch.doc, load_lexicon().names
    previous = doc[stretch.first - 1] if stretch.first else None
    if previous is not None and not previous.is_space:
        if previous.lower_ in names["titles"]:
            yield Clue.TITLE
        elif previous.lower_ in names["compass"] or previous.lower_.removesuffix("ern") in names["compass"]:
            yield Clue.COMPASS
        elif previous.text in "-–‑" and not previous.whitespace_:
            yield Clue.HYPHEN_BEFORE
        elif previous.like_num:
            yield Clue.NUMBER_BEFORE
        elif previous.pos_ == "PROPN" and previous.text[0].isupper() and not doc[stretch.first].is_sent_start:
            yield Clue.NAME_BEFORE
        if previous.lower_ == "the":
            yield Clue.ARTICLE
    yield from _place_of_a_place(stretch.span)


def _place_of_a_place(span: Span) -> Iterable[Clue]:
    """Yield what says that the words stand where places stand."""
    doc, before = span.doc, span.start - 1
    articles, generic = load_lexicon().names["articles"], load_lexicon().places["generic"]
    compass = load_lexicon().names["compass"]
    while before >= 0 and (
        doc[before].lower_ in articles or doc[before].pos_ in {"ADJ", "NUM"} or doc[before].lower_ in compass
        or doc[before].text in "-\"“'"
    ):  # fmt: skip
        before -= 1
    if before < 0:
        return
    word = doc[before]
    if word.lower_ in load_lexicon().names["locative"] or _towards(span):
        yield Clue.LOCATIVE
    elif _takes_place(word):
        yield Clue.TAKEN
    elif word.lemma_.lower() in generic and not word.is_sent_end:
        yield Clue.NOUN_BEFORE
    elif word.lower_ == "of" and before:
        noun = doc[before - 1].lemma_.lower()
        yield Clue.NOUN_BEFORE if noun in generic | compass | {"out"} else Clue.OF
    elif _ends_line(word):
        yield Clue.LOCATIVE


def _ends_line(word: Token) -> bool:
    """Whether the second end of a line comes next: "the border with", "between Sumy and"."""
    doc = word.doc
    if word.lower_ == "with":
        return word.i > 0 and doc[word.i - 1].lemma_.lower() in load_lexicon().names["lines"]
    return word.lower_ == "and" and any(t.lower_ == "between" for t in doc[max(0, word.i - 6) : word.i])


def _towards(span: Span) -> bool:
    """Whether a preposition that may say anything says where to: "bound for Goma", "an attack on Goma"."""
    if span.root.dep_ != "pobj":
        return False
    preposition, names = span.root.head, load_lexicon().names
    governor = preposition.head.lemma_.lower()
    if preposition.lower_ == "for":
        return governor in names["leaving"]
    if preposition.lower_ in {"on", "against"}:
        return (
            governor
            in names["attacks"]
            | load_lexicon().incidents["strike_nouns_only"]
            | load_lexicon().incidents["strike_nouns"]
        )
    return preposition.lower_ in names["locative"]


def _takes_place(word: Token) -> bool:
    """Whether a verb has a place as its object: "left", "reached", "recaptured"."""
    lemma, incidents = word.lemma_.lower(), load_lexicon().incidents
    if word.pos_ != "VERB":
        return False
    if lemma in incidents["strike_only"] | incidents["shelling_only"] | incidents["strike"]:
        return True
    entries = load_lexicon().verbs.get(lemma, ())
    return any(e.object_slot or e.frame in {Frame.TAKE, Frame.LOSE} for e in entries if not e.rest)


def _after(stretch: Stretch) -> Iterable[Clue]:
    doc, names = stretch.doc, load_lexicon().names
    after = doc[stretch.last] if stretch.last < len(doc) else None
    root = stretch.span.root
    if root.dep_ in {"nsubj", "nsubjpass"}:
        yield Clue.SAYS if root.head.lemma_ in names["reporting"] | load_lexicon().saying else Clue.ACTS
    if after is None:
        return
    if after.text in "-–‑" and not doc[stretch.last - 1].whitespace_:
        yield Clue.HYPHEN_AFTER
    elif after.text in {"'s", "’s", "'", "’"} and not doc[stretch.last - 1].whitespace_:
        yield Clue.OWNER
        after = doc[stretch.last + 1] if stretch.last + 1 < len(doc) else after
    if after.text == "," and stretch.last + 1 < len(doc) and doc[stretch.last + 1].pos_ == "PROPN":
        yield Clue.COMMA_NAME
    if after.lemma_.lower() in load_lexicon().places["generic"] and after.pos_ in {"NOUN", "PROPN"}:
        yield Clue.NOUN_AFTER
    if after.is_lower and after.lower_ in names["townsfolk"]:
        yield Clue.TOWNSFOLK
    yield from _tail(doc, after.i)


def _tail(doc: Doc, at: int) -> Iterable[Clue]:
    """Yield what the words with capitals behind a name make of it: "Mansfield Police Department"."""
    tail: list[str] = []
    names = load_lexicon().names
    while at < len(doc) and len(tail) < 6 and doc[at].text[0].isupper() and not doc[at].is_sent_start:
        tail.append(doc[at].lower_)
        at += 1
    if not tail:
        return
    for sort, clue in (
        ("streets", Clue.STREET), ("companies", Clue.COMPANY), ("public", Clue.PUBLIC), ("sites", Clue.SITE),
    ):  # fmt: skip
        if tail[-1] in names[sort] or tail[0] in names[sort]:
            yield clue
    if not any(tail[0] in words for words in names.values()):
        yield Clue.NAME_AFTER


def _words(stretch: Stretch) -> Iterable[Clue]:
    text, words = stretch.name, [t.lower_ for t in stretch.span if t.is_alpha]
    names, places = load_lexicon().names, load_lexicon().places
    if text.isupper() and len(text) > 4:
        yield Clue.ALL_CAPS
    if text.replace(".", "").isupper() and len(text) <= 4:
        yield Clue.SHORT_CAPS
    if len(words) > 1:
        yield Clue.LONG
    if stretch.doc[stretch.first].is_sent_start:
        yield Clue.OPENS
    general = names["public"] | names["sites"] | names["companies"] | names["streets"] | names["titles"]
    general |= names["compass"] | places["generic"]
    if words and all(word in general or word.removesuffix("ern") in general for word in words):
        yield Clue.GENERIC
    if len(words) == 1:
        if words[0] in ordinary_words("verb", "adj", "adv"):
            yield Clue.ORDINARY
        if words[0] in ordinary_words("noun") and not _well_known(stretch.best):
            yield Clue.NOUN


@cache
def ordinary_words(*sorts: str) -> frozenset[str]:
    """Return the words of a language that the parser has in its dictionary, of the given parts of speech."""
    parser = load_parser()
    tables = getattr(parser.get_pipe("lemmatizer") if parser.has_pipe("lemmatizer") else None, "lookups", None)
    if tables is None or not tables.has_table("lemma_index"):
        return frozenset()
    index = tables.get_table("lemma_index")
    return frozenset().union(*(index.get(parser.vocab.strings[sort], ()) for sort in sorts))


def _well_known(place: Place | None) -> bool:
    """Whether a dictionary may have the name as that of the place: "Berlin" is among its nouns."""
    return place is not None and (place.population >= LARGE or place.is_country or place.feature == "A.ADM1")


def _known(stretch: Stretch) -> dict[Clue, float]:
    place = stretch.best
    if place is None:
        return {}
    feature = place.feature
    return {
        Clue.KNOWN: 1.0,
        Clue.COUNTRY: float(place.is_country),
        Clue.PROVINCE: float(feature == "A.ADM1"),
        Clue.DISTRICT: float(feature == "A.ADM2"),
        Clue.NATURE: float(feature[0] in "LHTV"),
        Clue.OWN_NAME: float(stretch.own),
        Clue.PEOPLE_LARGE: float(place.population >= LARGE),
        Clue.POPULATION: math.log10(place.population + 1) / 7 if feature.startswith("P.") else 0.0,
    }


def weigh(report: Sequence[Sequence[Stretch]]) -> list[list[float]]:
    """Return for the stretches of each part of a report how surely they are places, as log odds."""
    clues = [[own_clues(stretch) for stretch in part] for part in report]
    heard(report, clues)
    return [[score(row) for row in part] for part in clues]


def score(clues: dict[Clue, float]) -> float:
    """Return the sum of weighted clues."""
    return sum(WEIGHTS[clue] * value for clue, value in clues.items())


def heard(report: Sequence[Sequence[Stretch]], clues: list[list[dict[Clue, float]]]) -> None:
    """Add to the clues of each stretch what the report says of it elsewhere."""
    persons, plain = _persons(report), _plain(report)
    alone = [[max(-MOST_SAID, min(MOST_SAID, score(row))) for row in part] for part in clues]
    said: defaultdict[str, list[float]] = defaultdict(list)
    for part, values in zip(report, alone, strict=True):
        for stretch, value in zip(part, values, strict=True):
            said[stretch.name.lower()].append(value)
    for part, rows, values in zip(report, clues, alone, strict=True):
        for n, (stretch, row) in enumerate(zip(part, rows, strict=True)):
            name = stretch.name.lower()
            others = list(said[name])
            others.remove(values[n])
            if others:
                row[Clue.ELSEWHERE] = sum(others) / len(others)
                row[Clue.BEST_ELSEWHERE] = max(others)
            if name in persons:
                row[Clue.IN_PERSON] = 1.0
            if name in plain:
                row[Clue.LOWER] = 1.0
            listed = [
                values[m] for m in (n - 1, n + 1) if 0 <= m < len(part) and _listed(part[min(n, m)], part[max(n, m)])
            ]
            if listed:
                row[Clue.LISTED] = max(listed)
            if n + 1 < len(part) and _holds(part[n + 1], stretch):
                row[Clue.HELD] = 1.0


def _listed(one: Stretch, other: Stretch) -> bool:
    between = one.doc[one.last : other.first]
    return 0 < len(between) <= 3 and all(t.lower_ in LIST_MARKS | {"the"} for t in between)


def _holds(area: Stretch, stretch: Stretch) -> bool:
    """Whether the name behind a comma is that of a country or province: "Edmonton, Alberta"."""
    between = area.doc[stretch.last : area.first].text
    return between == "," and area.best is not None and (area.best.is_country or area.best.feature == "A.ADM1")


def _persons(report: Sequence[Sequence[Stretch]]) -> frozenset[str]:
    """Return the words of persons' full names, lower case, over the report."""
    docs = [part[0].doc for part in report if part]
    titles = load_lexicon().names["titles"]
    return frozenset(
        token.lower_
        for doc in docs
        for entity in doc.ents
        if entity.label_ == "PERSON"
        and (len([t for t in entity if t.is_alpha]) > 1 or (entity.start and doc[entity.start - 1].lower_ in titles))
        for token in entity
        if token.is_alpha
    )


def _plain(report: Sequence[Sequence[Stretch]]) -> frozenset[str]:
    """Return the words that the report also writes without a capital."""
    return frozenset(t.text for part in report if part for t in part[0].doc if t.is_lower and t.is_alpha)
