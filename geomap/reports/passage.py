"""A parsed paragraph with its place names, and the questions the reader asks of it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from geomap.models import Mention, PlaceRef, Provenance, Role
from geomap.reports.forces.actors import is_group_name
from geomap.reports.lexicon import load_lexicon, names_nothing
from geomap.reports.lines import named_line
from geomap.reports.places.focus import QUARTER, Focus
from geomap.reports.places.rows import enumerated, row_of
from geomap.reports.places.toponyms import DIRECTION_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc, Span, Token

    from geomap.models import Report
    from geomap.reports.movements.attribution import Speaker
    from geomap.reports.places.relations import Telling, Told
    from geomap.reports.places.toponyms import Toponym

__all__ = ["Passage", "claim_of", "noun_phrase"]

NAMED_BY = {"compound", "nmod", "poss", "amod", "appos", "npadvmod", "dep", "nummod"}

STANDING = {"in", "near", "around", "between", "outside", "inside", "close", "at", "on", "along"}
"""Prepositions that tell where a common noun of place is."""
POINTING = {"these", "those", "both"}
OTHER = {
    "other",
    "next",
    "nearby",
    "neighbouring",
    "neighboring",
    "adjacent",
    "second",
    "third",
    "new",
    "last",
    "latest",
}
"""Words between an article and a noun that mean another than the one named before."""
MENTIONED = {"mentioned", "abovementioned", "aforementioned", "said", "captured", "newly"}


@dataclass(frozen=True, slots=True)
class Passage:
    """One paragraph; token indices are the parser's, `base` is the offset of its text in the report."""

    doc: Doc
    base: int
    toponyms: tuple[Toponym, ...]
    mentions: tuple[Mention, ...]
    """Parallel to `toponyms`, with offsets into the report."""
    caption: bool = False
    focus: Focus = field(default_factory=Focus)
    """What the report has in view, for words that take up a place named before."""
    tellings: tuple[Telling, ...] = ()
    """Words of the paragraph that tell of places by where they lie to others."""
    asides: tuple[Telling, ...] = ()
    """Words of that sort that only say where the name before them is."""
    by_token: dict[int, int] = field(default_factory=dict)
    """Index of the place mention that holds a token."""

    def __post_init__(self) -> None:
        self.by_token.update({i: n for n, t in enumerate(self.toponyms) for i in range(t.first, t.last)})

    def mention_at(self, token: Token) -> int | None:
        """Return the index of the place mention that holds a token, or None."""
        return self.by_token.get(token.i)

    def told_at(self, token: Token) -> Told | None:
        """Return the place told of by words that hold a token, or None."""
        return next((t.told for t in self.tellings if t.start <= token.idx < t.end), None)

    def in_aside(self, token: Token) -> bool:
        """Whether a token is in words that only say where the name before them is: "A, to the south of B"."""
        return any(aside.start <= token.idx < aside.end for aside in self.asides)

    def names_in(self, told: Told) -> list[PlaceRef]:
        """Return the places by whose names another is told: A and B of "the road from A to B"."""
        inside = (n for n, t in enumerate(self.toponyms) if told.start <= t.start and t.end <= told.end)
        return [self._ref(n) for n in inside]

    def inside_told(self, token: Token) -> bool:
        """Whether a preposition is itself part of words that tell where a place is: "from" in "10 km from A"."""
        told = self.told_at(token)
        road = told is not None and told.ref.place is not None and told.ref.place.feature == "R.RD"
        return told is not None and told.start < token.idx and not road

    def told_of(self, token: Token) -> tuple[PlaceRef, ...]:
        """Return the places told of by words that hang on a token, a preposition between them or none."""
        spans = ((self.doc.char_span(t.start, t.end, alignment_mode="expand"), t) for t in self.tellings)
        roots = ((span.root, telling) for span, telling in spans if span is not None)
        hung = (
            telling.told
            for root, telling in roots
            if token in (root.head, root.head.head if root.head.dep_ == "prep" else root.head)
        )
        return tuple(told.ref for told in hung if told is not None)

    def is_place(self, token: Token) -> bool:
        """Whether the token belongs to a name that stands for a place rather than a people or government."""
        index = self.mention_at(token)
        return index is not None and self.mentions[index].role is not Role.DEMONYM

    def is_spot(self, token: Token) -> bool:
        """Whether the token belongs to the name of a place that stands for itself, not for a government."""
        index = self.mention_at(token)
        return index is not None and self.mentions[index].role is Role.PLACE

    def is_country(self, token: Token) -> bool:
        """Whether the token belongs to the name of a country."""
        index = self.mention_at(token)
        place = self.mentions[index].place if index is not None else None
        return place is not None and place.is_country

    def place_from(self, token: Token) -> PlaceRef | None:
        """Return the place whose name begins at a token, or None."""
        index = self.mention_at(token)
        if index is None or self.mentions[index].role is not Role.PLACE or self.toponyms[index].first != token.i:
            return None
        if self.in_aside(token):
            return None
        return self._ref(index)

    def places(self, head: Token, *, conjuncts: bool = True) -> tuple[PlaceRef, ...]:
        """Return the places a noun phrase names: "the towns of A and B", "Anbar province", "the town"."""
        found: list[PlaceRef] = []
        for noun in [head, *(self._listed(head) if conjuncts else ())]:
            for ref in self._one(noun):
                if all(ref.place is None or ref.place != other.place for other in found):
                    found.append(ref)
        index = self.mention_at(head)
        if conjuncts and found and index is not None and not self.told_at(head):
            row = [self._ref(n) for n in row_of(self, index)]
            found += [ref for ref in row if all(ref.text != other.text for other in found)]
        return tuple(found)

    def taken_up(self, noun: Token, verb: Token) -> tuple[PlaceRef, ...]:
        """Return the places of a noun that a verb is said of; after ", which was" those of the name right before it."""
        first = verb.left_edge
        beside = self.doc[first.i - 2] if verb.dep_ == "relcl" and verb.head.i == noun.i and first.i > 1 else None
        index = self.mention_at(beside) if beside is not None else None
        several = any(c.dep_ in {"aux", "auxpass"} and c.lower_ in {"were", "are", "have"} for c in verb.children)
        if index is None or several or first.lower_ != "which" or self.doc[first.i - 1].text != ",":
            return self.places(noun)
        if self.mentions[index].role is not Role.PLACE:
            return self.places(noun)
        return (replace(self._ref(index), text=self.mentions[index].text),)

    def _listed(self, head: Token) -> Iterator[Token]:
        """Yield the other members of a list, also where commas are missing and names run on."""
        yield from (t for t in head.conjuncts if t.i > head.i)
        if self.mention_at(head) is not None:
            yield from (t for t in head.children if t.dep_ in {"compound", "appos", "nmod"} and self._apart(t, head))

    def _apart(self, token: Token, head: Token) -> bool:
        return self.is_place(token) and self.mention_at(token) != self.mention_at(head)

    def _one(self, noun: Token) -> list[PlaceRef]:
        if told := self.told_at(noun):
            return [told.ref]
        if self.in_aside(noun):
            return []
        index = self.mention_at(noun)
        if index is not None:
            return [self._ref(index)] if self.mentions[index].role is not Role.DEMONYM else []
        if noun.lower_ == "line" and (line := named_line(self.doc.text, noun.idx)):
            return [PlaceRef(line, None, "a line whose course no list of places tells")]
        lemma = noun.lemma_.lower()
        if noun.pos_ == "PROPN" and lemma not in load_lexicon().places["generic"]:
            return self._told_of(noun) or self.unknown(noun)
        if all(lemma not in load_lexicon().places[nouns] for nouns in ("generic", "partitive", "grounds")):
            return []
        return self._of_common_noun(noun) or self._referred(noun)

    def unknown(self, noun: Token, *, beside_noun: bool = False) -> list[PlaceRef]:
        """Return a name that stands where a place stands but that the gazetteer does not know.

        Beside a common noun of place ("the village of X") no other witness is needed.
        """
        words = self.doc[noun.left_edge.i : noun.i + 1]
        labels = {t.ent_type_ for t in words if t.pos_ == "PROPN"}
        if not beside_noun and not labels <= {"GPE", "LOC", "FAC"}:
            return []
        return self._of_words(words)

    def _of_words(self, words: Span) -> list[PlaceRef]:
        """Return an unknown name made of the proper nouns among some words, if it may be one of a place."""
        name = "".join(
            t.text_with_ws for t in words if t.pos_ == "PROPN" or t.text in {"-", "al", "el", "’", "'"}
        ).strip(" -")
        labels = {t.ent_type_ for t in words if t.pos_ == "PROPN"}
        plain = load_lexicon().names["compass"] | load_lexicon().places["generic"]
        if names_nothing(name) or all(word in plain for word in name.lower().split()):
            return []
        fits = labels <= {"GPE", "LOC", "FAC", "PERSON", ""} and not is_group_name(name)
        if not fits or not name[:1].isalpha() or name.isupper() or len(name) < 3:
            return []
        return [PlaceRef(name, None, "not in the gazetteer")]

    def _told_of(self, noun: Token) -> list[PlaceRef]:
        """Return an unknown name with the place that the words right after it put it: "X, 12 km south of A"."""
        after = [t for t in self.doc[noun.i + 1 : noun.i + 3] if t.text not in {",", "("}]
        told = self.told_at(after[0]) if after else None
        if told is None or told.ref.place is None:
            return []
        return [
            replace(
                ref,
                place=replace(told.ref.place, name=ref.text),
                reason=f"not in the gazetteer; told as {told.ref.text}",
            )
            for ref in self.unknown(noun, beside_noun=True)
        ]

    def _of_common_noun(self, noun: Token) -> list[PlaceRef]:
        """Return the names that hang on a common noun of place: "of A", "A district", "in A", "20 km north of A"."""
        listed = [self._ref(n) for n in enumerated(self, noun)]
        return (
            listed
            or self._own_name(noun)
            or self._held_abroad(noun)
            or self._in_of(noun)
            or self._beside(noun)
            or self._standing(noun)
            or self._described(noun)
        )

    def _own_name(self, noun: Token) -> list[PlaceRef]:
        """Return the name of the place itself, where what it lies in is told too: "the Sabri district of Benghazi"."""
        names = (self.mention_at(t) for t in _modifiers(noun))
        own = next((n for n in names if n is not None and self.mentions[n].role is Role.PLACE), None)
        place = self.mentions[own].place if own is not None else None
        if own is None or place is None or place.is_country:
            return []
        # "the Damascus suburb of Daraya" is Daraya
        holders = [t for c in noun.children if c.dep_ == "prep" and c.lower_ == "of" for t in c.children]
        if not all(t.pos_ == "NOUN" or self._is_area(t) for t in holders) and place.feature != QUARTER:
            return []
        several = noun.tag_ in {"NNS", "NNPS"}
        return [self._ref(n) for n in (row_of(self, own) if several else (own,))]

    def _held_abroad(self, noun: Token) -> list[PlaceRef]:
        """Return where a site lies that a country has elsewhere: "Russia's naval base at A"."""
        owned = any(c.dep_ == "poss" and self.is_country(c) for c in noun.children)
        return self._standing(noun) if owned else []

    def _is_area(self, token: Token) -> bool:
        index = self.mention_at(token)
        place = self.mentions[index].place if index is not None else None
        return place is not None and place.is_area

    def _in_of(self, noun: Token) -> list[PlaceRef]:
        targets = (t for c in noun.children if c.dep_ == "prep" and c.lower_ == "of" for t in c.children)
        for target in (t for t in targets if t.dep_ == "pobj"):
            if named := self.places(target) or self.unknown(target, beside_noun=target.pos_ == "PROPN"):
                return list(named)
        return []

    def _beside(self, noun: Token) -> list[PlaceRef]:
        """Return the names in apposition to a noun ("its last bastion, the town of A"), or right before it."""
        apposed = [c for c in noun.children if c.dep_ == "appos"]
        return (
            [ref for c in apposed for ref in self._named(c, noun)]
            or [ref for c in apposed if c.i > noun.i for ref in self._one(c)]
            or [ref for c in noun.children if c.dep_ in NAMED_BY for ref in self._named(c, noun)]
            or self._unknown_before(noun)
        )

    def _standing(self, noun: Token) -> list[PlaceRef]:
        """Return where a noun of place is said to be, also where the parse hangs "near A" on the verb."""
        preps = [c for c in noun.children if c.dep_ == "prep" and c.lower_ in STANDING]
        after = self.doc[noun.i + 1] if noun.i + 1 < len(self.doc) else None
        if after is not None and after.lower_ in STANDING and after.pos_ == "ADP" and after not in preps:
            preps.append(after)
        for target in (t for p in preps for t in p.subtree if t.dep_ == "pobj" and t.ent_type_ not in {"DATE", "TIME"}):
            if named := self.places(target):
                return list(named)
        told = self.told_at(after) if after is not None else None
        if told is None and after is not None and (east := self._direction_at(after)) is not None:
            return [east]  # "the silos east of A"
        return [told.ref] if told else []

    def _described(self, noun: Token) -> list[PlaceRef]:
        """Return where a clause puts a noun of place: "areas where rebels spread in A", "the fields located near B"."""
        clauses = (
            c
            for c in noun.children
            if (c.dep_ == "relcl" and any(t.lower_ == "where" for t in c.children))
            or (c.dep_ == "acl" and c.lemma_ in {"locate", "situate"})
        )
        preps = (p for c in clauses for p in c.children if p.dep_ == "prep" and p.lower_ in STANDING)
        targets = (t for p in preps for t in p.children if t.dep_ == "pobj" and t.ent_type_ not in {"DATE", "TIME"})
        return next((list(named) for t in targets if (named := self.places(t))), [])

    def _direction_at(self, token: Token) -> PlaceRef | None:
        """Return the place whose name, with the direction from it, begins at a token: "east of A"."""
        index = self.mention_at(token)
        return self.place_from(token) if index is not None and self.toponyms[index].direction else None

    def _unknown_before(self, noun: Token) -> list[PlaceRef]:
        """Return the unknown name that stands right before a common noun: "the al-Rashid al-Kabir area"."""
        first = noun.i
        while first > noun.sent.start and (self.doc[first - 1].pos_ == "PROPN" or self.doc[first - 1].text == "-"):
            first -= 1
        name = self.doc[first : noun.i]
        return self._of_words(name) if len(name) else []

    def _named(self, child: Token, noun: Token) -> list[PlaceRef]:
        """Return what a name beside a common noun adds; a people beside it names only regions ("Syrian soil")."""
        index = self.mention_at(child)
        if index is None:
            return []
        mention = self.mentions[index]
        place = mention.place
        unit = noun.pos_ == "PROPN" and place is not None and place.feature.startswith("A.ADM")  # "Rakhine State"
        if mention.role is not Role.DEMONYM or unit:
            refs = [self._ref(index)]
            return refs + [
                self._ref(i)
                for c in child.conjuncts
                if (i := self.mention_at(c)) not in {None, index} and i is not None
            ]
        if noun.lemma_.lower() in {
            "territory",
            "soil",
            "land",
            "region",
            "country",
            "side",
            "border",
            "frontier",
        }:
            first = min(child.i, noun.i)
            text = self.doc[max(first - 1, 0) if self.doc[max(first - 1, 0)].pos_ == "ADJ" else first : noun.i + 1].text
            return [PlaceRef(text, mention.place, "named by its people")]
        return []

    def _referred(self, noun: Token) -> list[PlaceRef]:
        """Return the place that "the town", "its outskirts" or "these villages" takes up from before."""
        lexicon = load_lexicon()
        lemma, at = noun.lemma_.lower(), self.base + noun.left_edge.idx
        lead = noun.left_edge.lower_
        words = self.doc[noun.left_edge.i : noun.i + 1].text
        if noun.tag_ == "NNS" and (lead in POINTING or (lead in {"the", "all"} and self._mentioned(noun))):
            return self.focus.all_meant(words, at)
        kin = {c.lower_ for c in noun.children if c.i < noun.i and (c.pos_ != "ADJ" or c.lower_ in OTHER)} - {"old"}
        for owner in (c for c in noun.children if c.dep_ == "poss" and c.pos_ == "NOUN"):
            return [replace(ref, text=f"{ref.text}{words[len(ref.text) :]}") for ref in self._referred(owner)]
        if lead in {"its", "their"} and lemma in lexicon.places["parts"]:
            return self.focus.in_view(words, at)
        if noun.tag_ not in {"NN", "NNP"} or lead not in {"the", "this", "that"} or len(kin) != 1:
            return []
        return self.focus.meant_by(lemma, words, at) or (
            self.focus.in_view(words, at) if lemma in lexicon.places["parts"] - DIRECTION_WORDS else []
        )

    def _mentioned(self, noun: Token) -> bool:
        """Whether villages are those "above", "captured" or counted: "the two villages", "the captured towns"."""
        kin = [c for c in noun.children if noun.left_edge.i < c.i < noun.i]
        return any(c.pos_ == "NUM" or c.lower_ in MENTIONED for c in kin)

    def _ref(self, index: int) -> PlaceRef:
        mention, toponym = self.mentions[index], self.toponyms[index]
        text = f"{toponym.direction} {mention.text}" if toponym.direction else mention.text
        resolution = mention.resolution
        if resolution is None or resolution.place is None:
            return PlaceRef(_bare(text), None, resolution.reason if resolution else "")
        reason = resolution.candidates[0].reason if resolution.candidates else resolution.reason
        return PlaceRef(text, resolution.place, reason or resolution.reason, resolution.candidates[1:4])


def _bare(name: str) -> str:
    """Return an unknown name without the common noun after it: "Baghaydin village"."""
    words = name.split()
    generic = load_lexicon().places["generic"]
    return " ".join(words[:-1]) if len(words) > 1 and words[-1] in generic else name


def _modifiers(noun: Token) -> Iterator[Token]:
    """Yield the names and nouns that stand before a noun as parts of it, those of a compound too: "the A gas field"."""
    for child in noun.lefts:
        if child.dep_ in {"compound", "nmod"}:
            yield child
            yield from _modifiers(child)


def claim_of(
    report: Report, passage: Passage, sentence: Span, *, marks: tuple[tuple[int, int], ...], speaker: Speaker | None
) -> Provenance:
    """Return where a sentence stands and who says so; `marks` are offsets into the sentence as quoted."""
    quote = sentence.text.strip()
    start = passage.base + sentence.start_char + len(sentence.text) - len(sentence.text.lstrip())
    return Provenance(
        report.id, report.source, report.title, report.url, report.published,
        quote, start, start + len(quote), marks=marks,
        attributed_to=speaker.words if speaker else None, speaker=speaker.kind if speaker else None,
    )  # fmt: skip


def noun_phrase(head: Token) -> Span:
    """Return the words of a noun phrase up to its head and the "of"-phrase after it."""
    last = head.i
    for child in head.children:
        if (
            child.i > head.i and (child.dep_ in {"appos", "flat"} or (child.dep_ == "prep" and child.lower_ == "of"))
        ) or (child.dep_ == "acl" and child.lower_ in {"known", "called"}):
            last = max(last, *(t.i for t in child.subtree))
    last = min(last, head.i + 14)
    verb = next(
        (
            t.i
            for t in head.doc[head.i + 1 : last + 1]
            if t.pos_ in {"VERB", "AUX"} and t.dep_ != "amod" and t.lower_ not in {"known", "called"}
        ),
        None,
    )
    return head.doc[head.left_edge.i : (verb if verb is not None else last + 1)]
