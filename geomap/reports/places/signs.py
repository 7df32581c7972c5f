"""What the words of a name, those at its side and the gazetteer say of whether it is a place."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from geomap.reports.lexicon import Frame, load_lexicon
from geomap.reports.parsing.nlp import load_parser
from geomap.reports.places.clues import Clue

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.tokens import Doc, Span, Token

    from geomap.models import Place
    from geomap.reports.places.spans import Stretch

__all__ = ["is_called", "own_clues"]

LARGE = 100_000
"""People of a city that dictionaries have."""
TIMES = frozenset({"DATE", "TIME", "CARDINAL", "ORDINAL", "PERCENT", "MONEY", "QUANTITY"})
WHOLE = {
    "GPE": (Clue.AREA_WHOLE,), "LOC": (Clue.AREA_WHOLE,), "FAC": (Clue.SITE_WHOLE,), "ORG": (Clue.BODY_WHOLE,),
    "PERSON": (Clue.PERSON_WHOLE,),
}  # fmt: skip
FIRST = {"GPE": (Clue.AREA_FIRST,), "LOC": (Clue.AREA_FIRST,), "FAC": (Clue.SITE_FIRST,)}
REST = {
    "GPE": (Clue.AREA_REST,), "LOC": (Clue.AREA_REST,), "FAC": (Clue.SITE_REST,), "ORG": (Clue.BODY_REST,),
    "PERSON": (Clue.PERSON_REST,),
}  # fmt: skip
"""Clues of a stretch that is an entity, begins one, or is another part of one, by the parser's label."""
DATELINE_MARKS = frozenset({"-", "–", "—", "--", "(", ":", "|", ","})
ROW = 12
"""Words of a list beyond which it is not followed."""
HYPHENS = frozenset("-–‑")
POSSESSIVES = frozenset({"'s", "’s", "'", "’"})


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
    if stretch.best is None and (Clue.ENUMERATED in marks or is_called(stretch.span, "dwellings")):
        yield Clue.UNKNOWN_DWELLING
    if Clue.SAYS in marks and stretch.best is not None and _governs(stretch.best):
        yield Clue.CAPITAL_SAYS
    label, first, last = _entity(stretch)
    if Clue.NAME_AFTER in marks and first == stretch.first and last == stretch.last + 1 and label in {"ORG", "PERSON"}:
        yield Clue.FULL_NAME
    if Clue.PUBLIC in marks and _entity(stretch)[0] == "ORG":
        yield Clue.BODY_PUBLIC
    if placed and Clue.PERSON_WHOLE in marks:
        yield Clue.PERSON_LOCATIVE


def _label(stretch: Stretch) -> Iterable[Clue]:
    """Yield what the parser takes the words for, or what they are a part of."""
    label, first, last = _entity(stretch)
    if label == "NORP":
        yield Clue.PEOPLE
    elif label in TIMES:
        yield Clue.TIME
    elif stretch.first <= first and stretch.last >= last:
        yield from WHOLE.get(label, ())
    elif stretch.first <= first:
        yield from FIRST.get(label, ())
    else:
        yield from REST.get(label, ())


def _entity(stretch: Stretch) -> tuple[str, int, int]:
    """Return the label of the entity that holds a word of the stretch, and its range less article and possessive."""
    doc = stretch.doc
    at = next((token.i for token in stretch.span if token.ent_type_), None)
    if at is None:
        return "", stretch.first, stretch.last
    first, last = at, at + 1
    while first > 0 and doc[first].ent_iob_ != "B":
        first -= 1
    while last < len(doc) and doc[last].ent_iob_ == "I":
        last += 1
    return (
        doc[at].ent_type_,
        first + (doc[first].lower_ in {"the", "a", "an"}),
        last - (doc[last - 1].text in POSSESSIVES),
    )


def _before(stretch: Stretch) -> Iterable[Clue]:
    doc, names = stretch.doc, load_lexicon().names
    previous = doc[stretch.first - 1] if stretch.first else None
    if previous is not None and not previous.is_space:
        if previous.lower_ in names["titles"]:
            yield Clue.TITLE
        elif previous.lower_ in names["compass"] or previous.lower_.removesuffix("ern") in names["compass"]:
            yield Clue.COMPASS
        elif previous.text in HYPHENS and not previous.whitespace_:
            yield Clue.HYPHEN_BEFORE
        elif previous.pos_ == "PROPN" and previous.text[0].isupper() and not doc[stretch.first].is_sent_start:
            yield Clue.NAME_BEFORE
        if previous.lower_ == "the":
            yield Clue.ARTICLE
    yield from _place_of_a_place(stretch.span)
    yield from _called(stretch.span)


def _called(span: Span) -> Iterable[Clue]:
    """Yield whether the words are called a settlement, alone ("the town of A", "A village") or among others."""
    doc, settlements = span.doc, load_lexicon().names["settlements"]
    if is_called(span, "settlements"):
        yield Clue.SETTLEMENT
    first, last = _row(span)
    plural = (doc[last] if last < len(doc) else None, _noun_of(doc, first))
    if any(noun is not None and noun.lower_ != noun.lemma_ and noun.lemma_ in settlements for noun in plural):
        yield Clue.ENUMERATED


def is_called(span: Span, sort: str) -> bool:
    """Return whether a noun of a list stands behind the words, or before them."""
    doc = span.doc
    nouns = (doc[span.end] if span.end < len(doc) else None, _noun_of(doc, span.start))
    return any(noun is not None and noun.lower_ in load_lexicon().names[sort] for noun in nouns)


def _noun_of(doc: Doc, first: int) -> Token | None:
    """Return the noun before a name: "village" of "village of A" or of "village A"."""
    before = first - 1
    while before >= 0 and doc[before].lower_ in {"of", "the", "called", "named"}:
        before -= 1
    return doc[before] if before >= 0 and doc[before].pos_ in {"NOUN", "PROPN"} else None


def _row(span: Span) -> tuple[int, int]:
    """Return the range of the list of names in which a name stands; commas may be missing."""
    doc, articles = span.doc, load_lexicon().names["articles"] - {"the"}

    def goes_on(at: int) -> bool:
        token = doc[at]
        joins = token.lower_ in articles or token.lower_ in {"and", ","} or token.text in HYPHENS
        return joins or (token.pos_ == "PROPN" and token.text[0].isupper())

    first, last = span.start, span.end
    while first > max(0, span.start - ROW) and goes_on(first - 1):
        first -= 1
    while last < min(len(doc), span.end + ROW) and goes_on(last):
        last += 1
    return first, last


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
    struck = ("strike_only", "shelling_only", "strike", "by_weapon", "rocking")
    if any(lemma in incidents[name] for name in struck):
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
    if doc[stretch.first].is_sent_start and stretch.name.isupper() and after.text in DATELINE_MARKS:
        yield Clue.DATELINE
    if after.text in HYPHENS and not doc[stretch.last - 1].whitespace_:
        named = stretch.last + 1 < len(doc) and doc[stretch.last + 1].text[0].isupper()
        if named and not after.whitespace_:
            yield Clue.JOINED
    elif after.text in POSSESSIVES and not doc[stretch.last - 1].whitespace_:
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
    for sort, clue in (("companies", Clue.COMPANY), ("public", Clue.PUBLIC), ("sites", Clue.SITE)):
        if tail[-1] in names[sort] or tail[0] in names[sort]:
            yield clue
    if not any(tail[0] in words for words in names.values()):
        yield Clue.NAME_AFTER


def _words(stretch: Stretch) -> Iterable[Clue]:
    text, words = stretch.name, [t.lower_ for t in stretch.span if t.is_alpha]
    if text.isupper() and len(text) > 4:
        yield Clue.ALL_CAPS
    if text.replace(".", "").isupper() and len(text) <= 4:
        yield Clue.SHORT_CAPS
    if stretch.doc[stretch.first].is_sent_start:
        yield Clue.OPENS
    if len(words) == 1:
        if words[0] in ordinary_words("verb", "adj", "adv"):
            yield Clue.ORDINARY
        if words[0] in ordinary_words("noun") and not _well_known(stretch.best):
            yield Clue.NOUN


@cache
def ordinary_words(*sorts: str) -> frozenset[str]:
    """Return the words of a language that the parser has in its dictionary, of the given parts of speech."""
    parser = load_parser()
    tables = getattr(parser.get_pipe("lemmatizer") if "lemmatizer" in parser.component_names else None, "lookups", None)
    if tables is None or not tables.has_table("lemma_index"):
        return frozenset()
    index = tables.get_table("lemma_index")
    return frozenset().union(*(index.get(parser.vocab.strings[sort], ()) for sort in sorts))


def _well_known(place: Place | None) -> bool:
    """Whether a dictionary may have the name as that of the place: "Berlin" is among its nouns."""
    return place is not None and (place.population >= LARGE or place.is_country or place.feature == "A.ADM1")


def _governs(place: Place) -> bool:
    return place.is_country or place.feature == "P.PPLC"


def _known(stretch: Stretch) -> dict[Clue, float]:
    place = stretch.best
    if place is None:
        return {}
    feature = place.feature
    return {
        Clue.KNOWN: 1.0,
        Clue.COUNTRY: float(place.is_country),
        Clue.DISTRICT: float(feature == "A.ADM2"),
        Clue.NATURE: float(feature[0] in "LHTV"),
        Clue.OWN_NAME: float(stretch.own),
        Clue.PEOPLE_LARGE: float(place.population >= LARGE),
    }
