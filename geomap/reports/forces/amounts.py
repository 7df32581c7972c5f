"""How many: the vehicles and people under arms that a sentence counts for its mover, and what they drive."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from geomap.measures import NUMBER, parse_number
from geomap.reports.lexicon import load_lexicon

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spacy.tokens import Span, Token

__all__ = ["Amounts", "count_forces", "find_amounts", "told_of_the_same"]

_BOUNDS = (
    r"(?:(?:about|around|some|roughly|nearly|almost|approximately|over|at least|at most|as many as|up to|more than"
    r"|less than|fewer than|no fewer than|no less than|well over|an estimated|estimated|another|a further"
    r"|an additional|a total of)\s+){0,3}"
)
MOST = 10_000_000
"""Greater numbers are no forces."""
LONGEST = 2_000
"""Characters of a phrase that are looked at; what is longer is no phrase."""
FEWEST = 10
"""Fewer "forces" are armies, not people."""


@dataclass(frozen=True, slots=True)
class Amounts:
    """Numbers of vehicles (aircraft and ships included) and of people under arms, with the words."""

    vehicles: int | None = None
    vehicles_text: str | None = None
    troops: int | None = None
    troops_text: str | None = None
    equipment: tuple[str, ...] = ()
    """Kinds of vehicles named, with or without numbers: "armoured vehicles", "tanks"."""

    @property
    def counted(self) -> bool:
        """Whether any number was told."""
        return self.vehicles is not None or self.troops is not None


def count_forces(trigger: Token, mover: Token | None) -> Amounts:
    """Return the numbers of an event: those of its mover and of what it travels in or brings along.

    Numbers of others in the sentence ("backed by 30 jets", "who killed 20 soldiers") are not taken.
    """
    while mover is not None and mover.dep_ == "conj" and mover.head.pos_ in {"NOUN", "PROPN"}:
        mover = mover.head
    own = [_own_words(mover)] if mover is not None else []
    brought = (words for words in _brought(trigger) if words not in own)  # a mover found there counts once
    found = find_amounts("; ".join([*own, *brought]), equipment=True)
    return found if found.counted or mover is None else find_amounts(_appended(trigger), equipment=True)


def told_of_the_same(sentence: Span, *, whole: bool = False) -> Amounts:
    """Return the numbers of a sentence that says of the forces named before how many they are.

    "The convoy consisted of 40 lorries", "They number about 500", "The 50 or so soldiers rested"; of a movement of all
    of them (`whole`) also "There are about 900 French soldiers in Mali".
    """
    words = load_lexicon().amounts
    root = sentence.root
    lemma = root.lemma_.lower()
    if whole and lemma == "be" and any(c.dep_ == "expl" for c in root.children):
        return find_amounts(sentence.text, equipment=True)
    subject = next((c for c in root.children if c.dep_ in {"nsubj", "nsubjpass"}), None)
    if subject is None or lemma in words["harm"]:
        return Amounts()
    counted = any(c.dep_ == "nummod" for c in subject.lefts) and subject.left_edge.lower_ in {"the", "these"}
    if counted and not any(c.dep_ in {"relcl", "acl"} for c in subject.rights):
        return find_amounts(_own_words(subject), equipment=True)
    if lemma not in words["consisting"]:
        return Amounts()
    lexicon = load_lexicon()
    names = {*lexicon.forces["people"], *lexicon.forces["vehicles"], *lexicon.nouns, "operation"}
    if subject.pos_ != "PRON" and subject.lemma_.lower() not in names:
        return Amounts()
    same = subject.pos_ == "PRON" or any(c.lower_ in {"the", "this", "these", "its", "their"} for c in subject.lefts)
    if same or root.lemma_ == "involve":
        return find_amounts(sentence.text, equipment=True)
    return Amounts()


def find_amounts(words: str, *, equipment: bool = False) -> Amounts:
    """Return the numbers in some words, those of one kind added up.

    Vague ones ("dozens of") stay None, of a range the lower bound counts, and parts named after their whole
    ("including 20 tanks") are not added to it.

    Parameters
    ----------
    words
        Words that tell of one mover only.
    equipment
        Also name the kinds of vehicles.
    """
    found: dict[str, tuple[int, str]] = {}
    words = _BETWEEN.sub(r"\1 to \2", words[:LONGEST])
    for part in _PARTS.split(words):
        for kind, pattern in _patterns():
            counts = [(value, match[0].strip()) for match in pattern.finditer(part) if (value := _count(match))]
            if counts and kind not in found:
                single = [match[1] for match in _one_more(kind).finditer(part)]
                total = sum(value for value, _ in counts) + len(single)
                found[kind] = (total, ", ".join([*(text for _, text in counts), *single]))
    vehicles, troops = found.get("vehicles"), found.get("people")
    return Amounts(
        vehicles and vehicles[0], vehicles and vehicles[1], troops and troops[0], troops and troops[1],
        tuple(_kinds(words)) if equipment else (),
    )  # fmt: skip


_BETWEEN = re.compile(rf"\bbetween\s+({NUMBER})\s+and\s+({NUMBER})", re.IGNORECASE)
_PARTS = re.compile(r"\b(?:including|among (?:them|which|whom)|of (?:them|which|whom)|together with)\b", re.IGNORECASE)


def _count(match: re.Match[str]) -> int | None:
    """Return the value of a match, or None for a year or no number."""
    value = parse_number(match["number"])
    if value is None or not 0 < value < MOST or value != int(value):
        return None
    year = 1900 <= value <= 2100 and value != 2000 and re.fullmatch(r"\d{4}", match["number"])
    if year:
        return None
    if match[0].lower().endswith("forces") and value < FEWEST:
        return None
    return int(value) * int(parse_number(match["times"] or "") or 1)


def _own_words(mover: Token) -> str:
    """Return the words of a noun phrase without what is said of others in it."""
    lexicon = load_lexicon().amounts
    left_out: set[int] = set()
    phrase = list(mover.subtree)
    for token in phrase:
        if token.i in left_out:
            continue
        clause = token.dep_ == "relcl" or (
            token.dep_ in {"acl", "advcl"} and token.lemma_.lower() not in lexicon["consisting"]
        )
        apart = token.dep_ == "prep" and token.lower_ not in lexicon["joining"]
        if token.i > mover.i and (clause or apart):
            left_out |= {t.i for t in token.subtree}
    return "".join(t.text_with_ws if t.i not in left_out else " ; " for t in phrase)


def _brought(trigger: Token) -> Iterator[str]:
    """Yield what the mover goes in or takes along: "in 20 buses", "with about 300 men"."""
    forces, lexicon = load_lexicon().forces, load_lexicon().amounts
    countable = forces["vehicles"] | forces["people"] | lexicon["vehicles"] | lexicon["people"]
    for prep in trigger.children:
        if prep.dep_ != "prep" or prep.lower_ not in lexicon["bringing"]:
            continue
        for target in prep.children:
            named = {target.lemma_.lower(), *(c.lemma_.lower() for c in target.conjuncts)}
            if target.dep_ == "pobj" and named & countable:
                yield _own_words(target)


def _appended(trigger: Token) -> str:
    """Return a list of forces after the last comma or colon, where no verb is in it: "…, at least 30 pickups"."""
    rest: list[Token] = []
    for token in reversed([t for t in trigger.sent if t.i > trigger.i]):
        if token.lower_ in {",", ":", "–", "—"}:
            return "".join(t.text_with_ws for t in reversed(rest))
        if token.pos_ in {"VERB", "AUX"}:
            break
        rest.append(token)
    return ""


def _kinds(words: str) -> Iterator[str]:
    """Yield the kinds of vehicles in words, each once, as written but without names and numbers."""
    seen: set[str] = set()
    for match in _kind_pattern().finditer(words):
        kind = re.sub(r"\s+", " ", match[0]).strip()
        if kind.lower() not in seen and kind.lower() not in {"vehicles", "vehicle"}:
            seen.add(kind.lower())
            yield kind


def _plurals(word: str) -> list[str]:
    if word.endswith("man"):
        return [word, f"{word[:-2]}en"]
    if word.endswith("y") and word[-2] not in "aeiou":
        return [word, f"{word[:-1]}ies"]
    return [word, f"{word}es" if word.endswith(("s", "ch", "sh", "x")) else f"{word}s"]


def _any_of(words: Iterable[str]) -> str:
    forms = {form for word in words for form in _plurals(word)}
    return "|".join(sorted(map(re.escape, forms), key=lambda form: (-len(form), form)))


@cache
def _nouns(kind: str) -> frozenset[str]:
    forces, own = load_lexicon().forces, load_lexicon().amounts
    other = own["vehicles"] if kind == "people" else frozenset[str]()
    return (forces[kind] | own[kind]) - forces["units"] - own["uncounted"] - other


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    own = load_lexicon().amounts
    many = {form for kind in ("vehicles", "people") for word in _nouns(kind) for form in _plurals(word)[1:]}
    ending = "|".join(sorted(own["ending"] | many, key=lambda word: (-len(word), word)))
    between = rf"(?:(?!(?:{ending})\b|\d+\s)[\w.’'-]+\s+){{0,4}}?"
    group = rf"(?:{_any_of(load_lexicon().forces['units'] | own['groups'])})"
    found = []
    for kind in ("vehicles", "people"):
        each = rf"(?:(?P<times>{NUMBER})\s+{group}\s+of\s+(?={_BOUNDS}{NUMBER}\s[^;]*\beach\b))?"
        counted = rf"{_BOUNDS}(?P<number>{NUMBER})(?:\s*(?:-|–|to|or)\s*{NUMBER})?(?![\w%/-]|[.,]\d)"
        noun = rf"\s+(?:or so\s+|more\s+)?{between}(?:{_any_of(_nouns(kind))})(?![\w-])"
        found.append((kind, re.compile(rf"(?<![\w.,$€£#/-]){each}{counted}{noun}", re.IGNORECASE)))
    bodies = rf"(?P<times>\bnever\b)?(?:{group}\s+(?:of|numbering)\s+{_BOUNDS}(?P<number>{NUMBER})(?=\s*(?:$|[.,;)]))"
    strong = rf"(?P<times>\bnever\b)?{_BOUNDS}(?P<number>{NUMBER})[\s-](?:strong|man|men|soldier|member)(?=[\s-]\w)"
    found.append(("people", re.compile(rf"(?<![\w.,-]){bodies})", re.IGNORECASE)))
    found.append(("people", re.compile(rf"(?<![\w.,$-]){strong}", re.IGNORECASE)))
    return tuple(found)


@cache
def _one_more(kind: str) -> re.Pattern[str]:
    """Return the pattern of one more in a list of counted ones: "two frigates and a submarine"."""
    own = load_lexicon().amounts
    nouns = "|".join(sorted(map(re.escape, _nouns(kind) - own["groups"]), key=lambda noun: (-len(noun), noun)))
    return re.compile(
        rf"(?:,|\band|\bplus)\s+(an?\s+(?:[\w-]+\s+){{0,2}}?(?:{nouns}))(?![\w-])(?!\s+of)", re.IGNORECASE
    )


@cache
def _kind_pattern() -> re.Pattern[str]:
    own = load_lexicon().amounts
    kinds = _any_of(_nouns("vehicles") | own["hardware"])
    return re.compile(rf"(?:(?:{_any_of(own['fittings'])})[\s-]+){{0,2}}\b(?:{kinds})(?![\w-])", re.IGNORECASE)
