"""Whom a noun phrase names: by a name beside its noun, by a people, or by whose forces they are said to be."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import TYPE_CHECKING

from geomap.reports.forces.actors import (
    ActorKind,
    Named,
    actor_of,
    backers_in,
    forces_named,
    home_state,
    states_of,
    unbacked,
)
from geomap.reports.forces.armed import cargo_of, unit_name
from geomap.reports.forces.cast import Side, side_of, side_of_noun
from geomap.reports.lexicon import load_lexicon

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Span, Token

    from geomap.gazetteer import Gazetteer

__all__ = ["Naming", "name_forces", "own_words"]

MAX_BEFORE = 14
MAX_AFTER = 9
"""Words before and after a noun that can name its forces."""
LEAST_WORDS = 3
"""Words of a group's own name: "Rebel Fighters" is none."""


@dataclass(frozen=True, slots=True)
class Naming:
    """Forces that a noun phrase names."""

    actors: tuple[str, ...]
    """Canonical names, the one of the head first: "Turkish and Russian troops" are two."""
    common: bool = False
    """Named by a word that means them only in this war ("the rebels"), and by nothing else."""
    loose: bool = False
    """Only said to be allied with these."""
    backed_by: tuple[str, ...] = ()


def name_forces(head: Token, countries: Sequence[str], gazetteer: Gazetteer, year: int | None = None) -> Naming | None:
    """Return whom the phrase around a noun names, or None where it names nobody.

    Parameters
    ----------
    head
        The noun: "fighters" of "about 40 fighters loyal to the general".
    countries
        ISO codes of the countries the story plays in, most named first.
    gazetteer
        Knows the names and peoples of all countries.
    year
        When the story plays.
    """
    return _Phrase(head, countries, gazetteer, year).naming()


_FOR_OR_AGAINST = re.compile(r"\b([Pp]ro|[Aa]nti) ?- ?([A-Z]\w+) \w+$")


def own_words(head: Token, gazetteer: Gazetteer) -> str | None:
    """Return the words that stand for the name of those who have none: "Pro-Gbagbo fighters", "Liberian mercenaries".

    They are for or against somebody, or are of another people than those they fight for.
    """
    if head.tag_ != "NNS" or side_of_noun(head.lemma_.lower()) is not Side.GROUP:
        return None
    before = head.doc[max(head.sent.start, head.i - MAX_BEFORE) : head.i + 1].text
    if cause := _FOR_OR_AGAINST.search(before):
        return f"{cause[1].capitalize()}-{cause[2]} {head.lower_}"
    irregular = head.lemma_.lower() in load_lexicon().forces["irregular"]
    people = head.doc[head.i - 1] if irregular and head.i > head.sent.start else None
    if people is None or not people.text[:1].isupper() or gazetteer.demonym(people.text) is None:
        return None
    return f"{people.text} {head.lower_}"


@dataclass(frozen=True, slots=True)
class _Phrase:
    head: Token
    countries: Sequence[str]
    gazetteer: Gazetteer
    year: int | None = None

    def naming(self) -> Naming | None:
        if self._is_mixed():
            return None
        own, at = self._own_words()
        named = self._by_name(own, at)
        if named is None or named.common:
            named = self._by_owner() or named
        elif self._is_state(named.actors[0]) and (band := self._by_owner()) and side_of(band.actors[0]) is Side.GROUP:
            named = band  # "French members of Boko Haram"
        if (named is None or named.common) and (name := self._own_name()):
            named = Naming((name,))
        if named is None:
            named = (
                self._by_counted()
                or self._by_apposition()
                or self._by_people(own)
                or self._by_government(own)
                or self._by_cargo()
            )
        if named is None and (name := unit_name(self.head)):
            named = Naming((name,))
        backers = tuple(b for b in backers_in(own, self.gazetteer) if named is None or b not in named.actors)
        return replace(named, backed_by=backers) if named else None

    def _own_name(self) -> str | None:
        """Return the name of a group that the table lacks: "the Eastern Valley Fighters"; headlines have none."""
        head = self.head
        if head.tag_ != "NNPS" or head.ent_type_ != "ORG" or head.head.text[:1].isupper():
            return None
        first = head.i
        while (
            first > head.sent.start and (before := head.doc[first - 1]).ent_type_ == "ORG" and before.text[0].isupper()
        ):
            first -= 1
        name = head.doc[first : head.i + 1].text.removeprefix("The ")
        return name if len(name.split()) >= LEAST_WORDS else None

    def _is_mixed(self) -> bool:
        """Whether a list of peoples tells of whom a coalition is made, and names nobody.

        So does "a coalition of Karen, Chin and Shan fighters", but not "of Kenyan and Ugandan troops", and neither
        noun is then any of these.
        """
        mixtures, doc = load_lexicon().forces["mixtures"], self.head.doc
        if self.head.lemma_.lower() in mixtures:
            of, end = self.head.i + 1, self.head.sent.end
        else:
            end = self.head.i + 1
            start = max(self.head.sent.start, self.head.i - MAX_BEFORE)
            of = next((i for i in range(self.head.i, start, -1) if doc[i - 1].lemma_.lower() in mixtures), end)
        if of >= end or doc[of].lower_ != "of":
            return False
        listed = list(takewhile(_can_be_listed, doc[of + 1 : end]))
        made_of = doc[of + 1 + len(listed)] if of + 1 + len(listed) < self.head.sent.end else self.head
        whole = made_of.i >= self.head.i
        peoples = [t for t in listed if t.text[:1].isupper()]
        return whole and len(peoples) > 1 and made_of.lemma_.lower() in load_lexicon().forces["mixed"]

    def _own_words(self) -> tuple[str, int]:
        """Return the words up to the noun, and where in them it begins."""
        first = max(self.head.left_edge.i, self.head.i - MAX_BEFORE)
        words = self.head.doc[first : self.head.i + 1]
        return str(words.text), self.head.idx - words.start_char

    def _by_name(self, words: str, at: int | None) -> Naming | None:
        """Return whom names of the table mean: a name before a common word, one that holds the noun, the longest."""
        found = _outermost([f for f in forces_named(words, self.countries, self.year) if self._can_be(f, at)])
        if not found:
            return None

        def rank(one: Named) -> tuple[bool, bool, bool, int]:
            holds = at is not None and one.start <= at < one.end
            return not one.common, holds, one.actor.kind is not ActorKind.STATE, one.end - one.start

        best = max(found, key=rank)
        others = [f for f in found if _listed(f, best, words)]
        alike = [f for f in others if f.actor.kind is best.actor.kind is ActorKind.STATE]
        first = min([best, *alike], key=lambda named: named.start)
        return Naming(tuple(dict.fromkeys(f.actor.counted_as for f in [first, best, *others])), best.common)

    def _can_be(self, named: Named, at: int | None) -> bool:
        """Whether a state named beside a noun is whose forces these are: "Chadian rebels" are not Chad's."""
        lists, noun = load_lexicon().forces, self.head.lemma_.lower()
        if named.actor.kind is not ActorKind.STATE or (at is not None and named.start <= at < named.end):
            return True
        return noun not in lists["irregular"] and noun not in lists["bands"] - {"fighter", "alliance"}

    def _by_counted(self) -> Naming | None:
        """Return whom those are who are counted by their own name only: "hundreds of defectors from Boko Haram"."""
        lists = load_lexicon().forces
        if self.head.lemma_.lower() not in lists["quantifiers"]:
            return None
        counted = (t for c in self.head.rights if c.lower_ == "of" for t in c.children if t.dep_ == "pobj")
        inner = next((t for t in counted if t.lemma_.lower() in lists["if_named"]), None)
        return replace(self, head=inner).naming() if inner is not None else None

    def _by_apposition(self) -> Naming | None:
        """Read a name put beside the noun: "the armed group Seleka", "the group known as X"."""
        for child in self.head.children:
            named = child.dep_ in {"appos", "flat"} or child.lower_ in {"known", "called", "named"}
            if named and self.head.i < child.i < self.head.i + MAX_AFTER:
                words = "".join(t.text_with_ws for t in child.subtree)
                if found := self._by_name(words, None):
                    return found
        return None

    def _by_people(self, words: str) -> Naming | None:
        """Read a people before the noun; "fighters" of a people at war with itself are no government's."""
        states = states_of(unbacked(words), self.gazetteer)
        if self.head.lemma_.lower() == "fighter":
            states = tuple(state for state in states if " " not in state or self._is_country(state))
        return Naming(states) if states else None

    def _is_country(self, name: str) -> bool:
        return any(found.place.is_country for found in self.gazetteer.candidates(name)[:1])

    def _by_government(self, words: str) -> Naming | None:
        """Read "government forces", "pro-government militias" as those of the country the story plays in."""
        told = {word.lower() for word in words.replace("-", " - ").split()}
        if "anti" in told or not told & load_lexicon().forces["governing"]:
            return None
        state = home_state(self.countries, self.gazetteer)
        return Naming((state,), common=True, loose="pro" in told) if state else None

    def _by_owner(self) -> Naming | None:
        """Return whose forces the words after the noun say they are: "loyal to", "from", "belonging to", "led by"."""
        after = self.head.doc[self.head.i + 1 : min(self.head.i + 1 + MAX_AFTER, self.head.sent.end)]
        link = after[0].lower_ if len(after) else ""
        if link not in load_lexicon().forces["owners"] or (
            link == "led" and (len(after) < 2 or after[1].lower_ != "by")
        ):
            return None
        if link == "with" and any(c.dep_ == "poss" for c in self.head.children):
            return None  # "its soldiers with the mercenaries": those go along
        words = "".join(t.text_with_ws for t in _owner_words(after))
        found, loose = self._by_name(words, None), link in {"allied", "aligned"}
        irregular = any(t.lemma_.lower() in load_lexicon().forces["irregular"] for t in _owner_words(after))
        if found is not None and irregular and self._is_state(found.actors[0]):
            return None
        if link == "from" and (found is None or self._is_state(found.actors[0])):
            return self._by_homeland(words)
        if found is not None:
            return Naming(found.actors[:1], found.common, loose)
        regular = self.head.lemma_.lower() in load_lexicon().forces["regular"] | load_lexicon().forces["vehicles"]
        states = states_of(f"{words} troops" if regular else words, self.gazetteer)
        if states:
            return Naming(states[:1], loose=loose)
        name = next(filter(None, map(unit_name, _owner_words(after))), None) if not loose else None
        return Naming((name,)) if name else None

    def _is_state(self, name: str) -> bool:
        row = actor_of(name)
        return row is None or row.kind is ActorKind.STATE

    def _by_homeland(self, words: str) -> Naming | None:
        """Read "soldiers from Chad" who act; those withdrawn from Chad are not Chad's, nor all who come from a city."""
        soldiers = self.head.lemma_.lower() in load_lexicon().forces["regular"]
        found = self.gazetteer.candidates(words.strip().removeprefix("the ")) if soldiers else ()
        if self.head.dep_ not in {"nsubj", "nsubjpass"} or not found or not found[0].place.is_country:
            return None
        return Naming(states_of(f"{words} troops", self.gazetteer)[:1])

    def _by_cargo(self) -> Naming | None:
        """Read who is on board: "buses carrying rebels", "trucks with soldiers"."""
        lists = load_lexicon().forces
        if self.head.lemma_.lower() not in lists["vehicles"]:
            return None
        aboard = (
            t for t in cargo_of(self.head) if t.lemma_.lower() in lists["people"] and t.i < self.head.i + MAX_AFTER
        )
        namings = (replace(self, head=token).naming() for token in aboard)
        return next((naming for naming in namings if naming), None)


def _outermost(found: list[Named]) -> list[Named]:
    """Return the names that stand in no longer one: of "Russian peacekeepers" the whole."""
    return [
        one
        for one in found
        if not any(
            other.start <= one.start and one.end <= other.end and other.end - other.start > one.end - one.start
            for other in found
            if not other.common
        )
    ]


def _can_be_listed(token: Token) -> bool:
    """Whether a word can stand in a list of peoples."""
    return token.text[:1].isupper() or token.lower_ in {",", "and", "ethnic", "-"}


def _listed(one: Named, best: Named, words: str) -> bool:
    """Whether two names stand in a list: "Turkish and Syrian rebel forces"."""
    first, second = sorted((one, best), key=lambda named: named.start)
    between = words[first.end : second.start].lower().split() if first.end <= second.start else []
    return 0 < len(between) <= MAX_AFTER and (between[0] in {"and", "or", "&"} or "and" in between)


def _owner_words(after: Span) -> Iterator[Token]:
    """Yield the words that name an owner: up to a verb, a mark, a relative or the next preposition but "of"."""
    for token in after[1:]:
        linked = token.lower_ == "of" or (token.i == after[0].i + 1 and token.lower_ in {"to", "by", "with"})
        ends = (
            token.pos_ in {"VERB", "AUX", "PUNCT"} or token.dep_ == "mark" or token.tag_ in {"WDT", "WP", "WP$", "WRB"}
        )
        if ends or (token.pos_ == "ADP" and not linked):
            return
        yield token
