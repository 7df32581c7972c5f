"""Which words of a sentence belong to which of its verbs, without a parse.

A sentence is cut at punctuation and at words that begin a clause. A part without a verb of its own goes to the one
before it ("A, B and C"), or, where verbs come last, to the one after it. Within a part the words after a verb are
its own up to the next verb; where verbs come last, the words before it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

from geomap.reports.languages.tokens import Sort

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomap.models import Mention
    from geomap.reports.languages.lexicon import Lexicon
    from geomap.reports.languages.morphology import Case
    from geomap.reports.languages.patterns import Match, Shape
    from geomap.reports.languages.tokens import Sentence, Word
    from geomap.reports.lexicon import Entry

__all__ = ["Clause", "Head", "HeadKind", "Spot", "clauses"]

HARD = frozenset([";", ":", "(", ")", "—", "–", "«", "»", "“", "”", '"', "؛"])
WALLS = frozenset([";", "؛"])
SOFT = frozenset([",", "،"])


class HeadKind(Enum):
    """What a word that takes others along tells."""

    MOVEMENT = auto()
    STRIKE = auto()
    SHELLING = auto()
    CLASH = auto()
    SAYING = auto()
    OTHER = auto()


@dataclass(frozen=True, slots=True)
class Head:
    """A verb, or a noun that stands for one."""

    kind: HeadKind
    at: tuple[int, ...]
    """Its words in the sentence."""
    shape: Shape
    entry: Entry | None = None

    @property
    def first(self) -> int:
        """Place of its first word."""
        return self.at[0]

    @property
    def last(self) -> int:
        """Place after its last word."""
        return self.at[-1] + 1


@dataclass(frozen=True, slots=True)
class Spot:
    """A place name in a sentence."""

    first: int
    last: int
    """Place after its last word."""
    mention: Mention
    cases: frozenset[Case] = frozenset()
    joined: str = ""
    """Words written together with it, before it (Arabic)."""


@dataclass(frozen=True, slots=True)
class Clause:
    """A head with the words that belong to it."""

    sentence: Sentence
    head: Head
    own: frozenset[int]
    """Places of its own words."""
    start: int
    """Where the part of the sentence begins that it stands in."""
    stop: int
    before: Clause | None = None
    """The clause of the same sentence before it."""

    @property
    def words(self) -> Sequence[Word]:
        """All words of the sentence."""
        return self.sentence.words


def clauses(sentence: Sentence, lexicon: Lexicon, spots: Sequence[Spot]) -> tuple[Clause, ...]:
    """Return the clauses of a sentence in order.

    Parameters
    ----------
    sentence
        Its words.
    lexicon
        Of its language.
    spots
        Its place names: a word of theirs is no verb.
    """
    names = {at for spot in spots for at in range(spot.first, spot.last)}
    heads = [h for h in _heads(sentence.words, lexicon) if not names & set(h.at)]
    parts = _parts(sentence.words, lexicon)
    owners = _owners(heads, parts, sentence.words, lexicon)
    found: list[Clause] = []
    for n, head in enumerate(heads):
        start, stop = next((part for part in parts if part[0] <= head.first < part[1]), (0, len(sentence.words)))
        own = frozenset(at for at, owner in owners.items() if owner == n)
        found.append(Clause(sentence, head, own, start, stop, found[-1] if found else None))
    return tuple(found)


def _heads(words: Sequence[Word], lexicon: Lexicon) -> list[Head]:
    matches = (_as_noun(words, m, lexicon) or m for m in lexicon.triggers.find(words))
    found = [Head(HeadKind.MOVEMENT, m.at, m.shape, m.value) for m in matches]
    taken = {at for head in found for at in head.at}
    for kind, matcher in (
        (HeadKind.STRIKE, lexicon.incidents["strike"]), (HeadKind.SHELLING, lexicon.incidents["shelling"]),
        (HeadKind.CLASH, lexicon.incidents["clash"]), (HeadKind.SAYING, lexicon.clauses["according"]),
        (HeadKind.SAYING, lexicon.clauses["saying"]), (HeadKind.OTHER, lexicon.clauses["other"]),
    ):  # fmt: skip
        for match in matcher.find(words):
            noun = kind is HeadKind.OTHER and match.first > 0 and lexicon.articles.at(words, match.first - 1)
            if not noun and not taken & set(match.at):
                found.append(Head(kind, match.at, match.shape))
                taken |= set(match.at)
    found.sort(key=lambda head: head.first)
    return [head for n, head in enumerate(found) if not (n and _is_preposition(words, found[n - 1], head, lexicon))]


def _is_preposition(words: Sequence[Word], before: Head, head: Head, lexicon: Lexicon) -> bool:
    """Whether a word that is a verb elsewhere is a preposition here: it stands behind a verb, in its clause (عبر)."""
    if lexicon.prepositions.at(words, head.first) is None or before.kind is not HeadKind.MOVEMENT:
        return False
    return not any(
        words[at].sort is Sort.MARK or lexicon.clauses["split"].at(words, at) for at in range(before.last, head.first)
    )


def _as_noun(words: Sequence[Word], match: Match[Entry], lexicon: Lexicon) -> Match[Entry] | None:
    """Return a word as a noun where it is written like a verb behind an article or "by": "la prise", "بسحب"."""
    article = match.first > 0 and lexicon.articles.at(words, match.first - 1) is not None
    return lexicon.nouns.at(words, match.first) if article or match.joined not in {"", "و", "ف"} else None


def _parts(words: Sequence[Word], lexicon: Lexicon) -> list[tuple[int, int]]:
    """Return the parts of a sentence, from word to before word."""
    cuts = {0}
    for at, word in enumerate(words):
        if word.sort is Sort.MARK and word.text in HARD | SOFT:
            cuts |= {at, at + 1}
    cuts |= {match.first for match in lexicon.clauses["split"].find(words)}
    cuts |= {match.last for match in lexicon.clauses["that"].find(words)}
    cuts |= {at for at in range(len(words)) if _joined_clause(words, at, lexicon)}
    edges = sorted(cut for cut in cuts if cut < len(words))
    return list(zip(edges, [*edges[1:], len(words)], strict=True))


def _joined_clause(words: Sequence[Word], at: int, lexicon: Lexicon) -> bool:
    """Whether a verb begins with "and" written together with it (Arabic)."""
    match: Match[Entry] | None = lexicon.triggers.at(words, at)
    return match is not None and match.joined in {"و", "ف"}


def _owners(
    heads: Sequence[Head], parts: Sequence[tuple[int, int]], words: Sequence[Word], lexicon: Lexicon
) -> dict[int, int]:
    """Return for each word the head it belongs to."""
    held = [[n for n, head in enumerate(heads) if start <= head.first < stop] for start, stop in parts]
    owners: dict[int, int] = {}
    for number, (start, stop) in enumerate(parts):
        if not held[number] and _walled(words, start):
            continue
        inside = held[number] or _speech(number, held, heads, parts, words, lexicon)
        inside = inside or _adopted(number, held, heads, verb_last=lexicon.order.verb_last)
        if not inside:
            continue
        for at in range(start, stop):
            if not held[number]:
                owners[at] = inside[0]
            elif lexicon.order.verb_last:
                owners[at] = next((n for n in inside if heads[n].last > at), inside[-1])
            else:
                owners[at] = next((n for n in reversed(inside) if heads[n].first <= at), inside[0])
    return owners


def _walled(words: Sequence[Word], start: int) -> bool:
    """Whether a semicolon stands before a part: what follows belongs to nothing before it."""
    return words[start].text in WALLS or (start > 0 and words[start - 1].text in WALLS)


def _speech(
    number: int, held: Sequence[list[int]], heads: Sequence[Head], parts: Sequence[tuple[int, int]],
    words: Sequence[Word], lexicon: Lexicon,
) -> list[int]:  # fmt: skip
    """Return the verb of saying that takes a part between it and what is said: "said, on Monday, that"."""
    earlier = [ns[-1] for ns in reversed(held[:number]) if ns]
    start, stop = parts[number]
    opens = lexicon.clauses["that"].any(words, start, min(len(words), stop + 2))
    return earlier[:1] if earlier and opens and heads[earlier[0]].kind is HeadKind.SAYING else []


def _adopted(number: int, held: Sequence[list[int]], heads: Sequence[Head], *, verb_last: bool) -> list[int]:
    """Return the head that takes a part without one: of the part before, or where verbs come last of the part after."""
    earlier = [ns[-1] for ns in reversed(held[:number]) if ns]
    later = [ns[0] for ns in held[number + 1 :] if ns]
    telling = [n for n in later if heads[n].kind is not HeadKind.SAYING]
    telling.sort(key=lambda n: heads[n].kind is not HeadKind.MOVEMENT)
    ranked = [*(telling or later)[:1], *earlier] if verb_last else [*earlier, *telling, *later]
    spoken = [n for n in ranked if heads[n].kind is not HeadKind.SAYING]
    return (spoken or ranked)[:1]
