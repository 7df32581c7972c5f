"""Who moves: phrases that name forces, and the actors they mean."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from geomap.reports.forces.actors import ActorKind, actor_names, actor_of
from geomap.reports.languages.lexicon import load_lexicon
from geomap.reports.languages.numbers import count_at, is_time
from geomap.reports.languages.patterns import Form, Grammar, Matcher
from geomap.reports.languages.tokens import Sort

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomap.reports.forces.actors import ActorNames
    from geomap.reports.languages.lexicon import Lexicon
    from geomap.reports.languages.patterns import Match
    from geomap.reports.languages.tokens import Word

__all__ = ["Force", "Forces", "actor_matcher"]

PHRASE_GAP = 3
"""Words between two words of forces that still make one phrase: "troops of the Turkish army"."""
NEAR = 2
"""Words between a phrase and a word that tells what it does, or that it is none of forces."""
STEM = 4
"""Fewest letters of a name that remain when an ending is cut off."""
LOAD = 3
"""Words after vehicles among which stands what they carry."""
NUMBER_REACH = 5
"""Words before a phrase among which its number may stand."""


@dataclass(frozen=True, slots=True)
class Force:
    """A phrase that names forces."""

    first: int
    last: int
    """Place after its last word."""
    actor: str | None
    armed: bool
    """A noun of forces or the name of a group is in it; otherwise it is the bare name of a state."""
    group: bool
    agent: bool = False
    """Marked as the one by whom something is done."""
    against: bool = False
    """Marked as the one from whom something is taken."""
    object: bool = False
    """In the form of the one to whom something is done."""
    army: bool = False
    """By its words the army or government forces of the country the story plays in."""
    home: bool = False
    """By its words it may be that country's: soldiers, a brigade."""
    vehicles: bool = False
    """It begins with vehicles."""
    maybe_civil: bool = False
    """It is nothing but vehicles of a sort that civilians have too: ships, aircraft, lorries."""

    def text(self, words: Sequence[Word], text: str) -> str:
        """Return its words as written."""
        return text[words[self.first].start : words[self.last - 1].end]


@dataclass(frozen=True, slots=True)
class Called:
    """What a name in a sentence calls forces."""

    names: ActorNames
    alias: str
    common: bool
    """The words mean them only in the countries of their context."""

    @property
    def actor(self) -> str:
        """Canonical name under which their movements are told."""
        row = actor_of(self.names.name)
        return row.counted_as if row else self.names.name

    @property
    def group(self) -> bool:
        """Whether they are no state's."""
        return self.names.kind not in {ActorKind.STATE, ActorKind.AUTHORITY}


@dataclass(frozen=True, slots=True)
class _Hit:
    first: int
    last: int
    called: Called | None
    """None for a noun of forces."""


@cache
def actor_matcher(lang: str) -> Matcher[Called]:
    """Return the matcher of the names of actors in a language, in all their forms."""
    endings = load_lexicon(lang).name_endings
    grammar = Grammar(lang, {}, {"name": {"none": endings}})
    patterns = []
    for row in actor_names(lang):
        for alias in (*row.aliases, *row.words):
            words = " ".join(_inflected(word, endings) for word in alias.split())
            patterns.append((words, Called(row, alias, alias in row.words), Form.NONE))
    return Matcher(grammar, patterns)


def _as_written(words: Sequence[Word], match: Match[Called]) -> bool:
    """Whether a name that is all capitals stands so in the text: "СНА" and not "сна"."""
    alias = match.value.alias
    return not alias.isupper() or words[match.first].text[: len(alias.split()[0])].isupper()


def _inflected(word: str, endings: Sequence[str]) -> str:
    """Return a word of a name as a pattern that fits its other forms too; acronyms have none."""
    if word.isupper() or len(word) < STEM:
        return f"{word}|{word}'*"
    cut = max((e for e in endings if word.endswith(e) and len(word) - len(e) >= STEM), key=len, default="")
    return f"{word.removesuffix(cut)}:name"


@dataclass(frozen=True, slots=True)
class Forces:
    """Finds the phrases of forces in sentences of one story."""

    lexicon: Lexicon
    countries: tuple[str, ...]
    """ISO codes of the countries the story plays in, most named first."""

    def find(
        self, words: Sequence[Word], places: frozenset[int], names: frozenset[int] = frozenset()
    ) -> tuple[Force, ...]:
        """Return the phrases in order.

        Parameters
        ----------
        words
            The words of a sentence.
        places
            Those that name a place a movement may go to: a state there is no force.
        names
            Those that name a place or a people: what else names a state is one of its services.
        """
        hits = self._hits(words, places)
        groups: list[list[_Hit]] = []
        for hit in hits:
            last = groups[-1] if groups else []
            if last and not _other_party(last, hit) and self._joins(words, last[-1].last, hit.first, places):
                groups[-1].append(hit)
            else:
                groups.append([hit])
        found = (self._force(words, group, places, names) for group in groups)
        return tuple(force for force in found if force is not None)

    def _hits(self, words: Sequence[Word], places: frozenset[int]) -> list[_Hit]:
        names = actor_matcher(self.lexicon.lang).find(words, only=self._counts)
        named = [_Hit(m.first, m.last, m.value) for m in names if not places & set(m.at) and _as_written(words, m)]
        taken = {at for hit in named for at in range(hit.first, hit.last)}
        nouns = [
            _Hit(m.first, m.last, None)
            for kind in ("people", "vehicles")
            for m in self.lexicon.forces[kind].find(words)
            if not taken & set(m.at) and not places & set(m.at)
        ]
        return sorted([*named, *nouns], key=lambda hit: hit.first)

    def _counts(self, called: Called) -> bool:
        """Whether a name means its forces in this story: common words do only in the countries of their context."""
        context = called.names.context
        return not called.common or not context or bool(set(context) & set(self.countries))

    def _joins(self, words: Sequence[Word], end: int, start: int, places: frozenset[int]) -> bool:
        between = range(end, start)
        if len(between) > PHRASE_GAP or places & set(between):
            return False
        return not any(
            words[at].sort is Sort.MARK
            or self.lexicon.clauses["split"].at(words, at)
            or self.lexicon.clauses["and"].at(words, at)
            or self.lexicon.triggers.at(words, at)
            or self.lexicon.clauses["saying"].at(words, at)
            or self.lexicon.forces["agent"].at(words, at)
            or (self.lexicon.forces["against"].at(words, at) and not count_at(words, at + 1, self.lexicon))
            or _parts_phrases(words, at, self.lexicon)
            for at in between
        )

    def _force(
        self, words: Sequence[Word], hits: Sequence[_Hit], places: frozenset[int], names: frozenset[int]
    ) -> Force | None:
        first, last = hits[0].first, max(hit.last for hit in hits)
        if self._unarmed(words, first, last):
            return None
        named = [h for h in hits if h.called is not None and not self._backing(words, h)]
        best = max(named, key=_rank, default=None)
        called = best.called if best else None
        start, nouns = self._number_start(words, first), self.lexicon.forces
        return Force(
            start, last, called.actor if called else None, group=called is not None and called.group,
            armed=any(_is_armed(hit, names) for hit in hits),
            agent=self._marked(words, start, last, "agent", places),
            against=self._marked(words, start, last, "against", places),
            object=any(nouns["object"].at(words, at) for at in range(first, last)),
            army=called is None and any(nouns["army"].at(words, at) for at in range(first, last)),
            home=called is None and any(nouns["home"].at(words, at) for at in range(first, last)),
            vehicles=hits[0].called is None and nouns["vehicles"].at(words, first) is not None,
            maybe_civil=not any(
                hit.called is not None or nouns["people"].at(words, hit.first) or nouns["units"].at(words, hit.first)
                for hit in hits
            )
            and not any(nouns["military"].at(words, n) for n in range(first, min(len(words), last + 1))),
        )  # fmt: skip

    def _number_start(self, words: Sequence[Word], first: int) -> int:
        """Return where the number before a phrase begins, or where the phrase does."""
        for at in range(max(0, first - NUMBER_REACH), first):
            counted = count_at(words, at, self.lexicon)
            if counted is None or counted[1] > first or any(words[k].sort is Sort.MARK for k in range(at, first)):
                continue
            between = range(counted[1], first)
            if not any(self.lexicon.triggers.at(words, k) or is_time(words, k, self.lexicon) for k in between):
                return at
        return first

    def _unarmed(self, words: Sequence[Word], first: int, last: int) -> bool:
        """Whether the phrase is one of people or goods that are no forces: "families of fighters", "aid convoy"."""
        lists = self.lexicon.forces
        near = range(max(0, first - NEAR), min(len(words), last + LOAD))
        if any(lists["relief"].at(words, at) for at in near):
            return True
        load = range(last, min(len(words), last + LOAD))
        if lists["vehicles"].at(words, first) and any(lists["not_forces"].at(words, at) for at in load):
            return not any(lists["people"].at(words, at) for at in range(first, min(len(words), last + LOAD)))
        for at in range(max(0, first - NEAR), min(len(words), last + 1)):
            match = lists["not_forces"].at(words, at)
            if match is None:
                continue
            gap = range(match.last, first) if match.first < first else range(last, match.first)
            parted = (self.lexicon.clauses["and"], self.lexicon.triggers)
            if not any(words[k].sort is Sort.MARK or any(m.at(words, k) for m in parted) for k in gap):
                return True
        return False

    def _backing(self, words: Sequence[Word], hit: _Hit) -> bool:
        """Whether a state is named as who backs the forces: "fighters backed by Turkey"."""
        backed = self.lexicon.forces["backed"]
        for places in (range(hit.first - 1, max(-1, hit.first - 1 - NEAR), -1), range(hit.last, hit.last + NEAR)):
            for at in places:
                if at >= len(words) or words[at].sort is Sort.MARK:
                    break
                if backed.at(words, at) is not None:
                    return True
        return False

    def _marked(self, words: Sequence[Word], first: int, last: int, name: str, places: frozenset[int]) -> bool:
        marks = self.lexicon.forces[name]
        if self.lexicon.order.marks_after:
            near = range(last - 1, min(len(words), last + 1))
            return any(marks.at(words, at) for at in near if at not in places)
        for at in range(max(0, first - NEAR), first + 1):
            match = marks.at(words, at)
            if match and all(
                self.lexicon.articles.at(words, k) or self.lexicon.vague.at(words, k) for k in range(match.last, first)
            ):
                return True
        return any(marks.at(words, at) is not None for at in range(first, last))


def _other_party(hits: Sequence[_Hit], hit: _Hit) -> bool:
    """Whether a name after others is that of other forces; a state may stand before its own: "Russian Wagner men"."""
    if hit.called is None:
        return False
    called = (h.called for h in hits if h.called is not None and not h.called.common)
    named = [other for other in called if other.actor != hit.called.actor]
    alone = len(hits) == 1 and hits[0].last - hits[0].first == 1 and not (named and named[0].group)
    return bool(named) and not alone


def _is_armed(hit: _Hit, names: frozenset[int]) -> bool:
    """Whether a hit names forces rather than a state or its people."""
    if hit.called is None or hit.called.group or hit.called.common:
        return True
    return any(at not in names for at in range(hit.first, hit.last))


def _rank(hit: _Hit) -> tuple[bool, bool, int]:
    """Return how good a name of forces is: a name of its own before common words, a group before a state."""
    called = hit.called
    return called is not None and not called.common, called is not None and called.group, hit.last - hit.first


def _parts_phrases(words: Sequence[Word], at: int, lexicon: Lexicon) -> bool:
    """Whether a word is a preposition that tells of a place, and so ends a phrase of forces."""
    match = lexicon.prepositions.at(words, at)
    return match is not None and match.value in {"destination", "via", "standing"}
