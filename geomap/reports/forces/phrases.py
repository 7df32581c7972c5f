"""What the words of a phrase of forces tell of them: whose side, whether new or known, beside whom, from whom taken."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from geomap.reports.forces.armed import cargo_of, is_relief, moves_under_arms
from geomap.reports.forces.cast import side_of_noun
from geomap.reports.grammar import is_force, subject_of
from geomap.reports.lexicon import Frame, load_lexicon
from geomap.reports.passage import noun_phrase

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

    from geomap.reports.movements.events import Event

__all__ = [
    "beside",
    "brings_in_more",
    "fighters_among",
    "handles_relief",
    "has_private_owner",
    "has_sender",
    "is_attending",
    "is_bare",
    "is_known",
    "is_vehicle",
    "owner_in",
    "serving",
    "taken_from",
    "takes_a_place",
    "telling_noun",
    "without_article",
]  # fmt: skip


def is_vehicle(head: Token) -> bool:
    """Whether a noun names what soldiers and merchants alike travel in."""
    return head.lemma_.lower() in load_lexicon().forces["anybodys"] and not any(
        t.lemma_.lower() in load_lexicon().forces["people"] for t in cargo_of(head)
    )


def has_private_owner(head: Token) -> bool:
    """Whether vehicles belong to somebody who is no force, no state and no official: "the firm's trucks"."""
    lists = load_lexicon().forces
    if head.lemma_.lower() not in lists["vehicles"]:
        return False
    owner = next((c for c in head.children if c.dep_ == "poss"), None)
    if owner is None or owner.pos_ != "NOUN" or owner.ent_type_ or is_force(owner):
        return False
    public = lists["officials"] | lists["bands"] | lists["regular"] | lists["mixtures"]
    return owner.lemma_.lower() not in public | load_lexicon().places["generic"]


def serving(head: Token, verb: Token) -> Token:
    """Return those who serve or are helped by whom the parse takes for who acts: "fighters loyal to the commander"."""
    serves = load_lexicon().forces["serving"]
    hung = verb.dep_ in {"acl", "relcl"} and verb.tag_ in {"VBD", "VBZ", "VBP"} and verb.i > head.i
    if head.dep_ not in {"nsubj", "nsubjpass"} and (not hung or any(c.tag_ in {"WDT", "WP"} for c in verb.lefts)):
        return head
    for word in reversed(head.doc[head.sent.start : head.i]):
        if is_force(word) and word.nbor(1).lower_ in serves and word.nbor(2).lower_ in {"to", "by", "with"}:
            return word
        if word.pos_ in {"VERB", "AUX", "PUNCT", "SCONJ"} and word.lower_ not in serves:
            return head
    return head


def is_bare(head: Token) -> bool:
    """Whether a noun stands alone or after an article: "the rebels"."""
    return all(c.dep_ in {"det", "nummod", "punct"} or c.i > head.i for c in head.children)


def is_attending(head: Token) -> bool:
    """Whether forces are told of only as being there as others act: "fled with the army and its allies in pursuit"."""
    while head.dep_ == "conj" and head.head.pos_ in {"NOUN", "PROPN"}:
        head = head.head
    return head.head.lower_ == "with" and head.head.head.pos_ == "VERB"


def is_known(head: Token) -> bool:
    """Whether a phrase takes up forces told of before: "the soldiers", "those troops", "its men"."""
    return any(c.lower_ in {"the", "these", "those"} or c.dep_ == "poss" for c in head.children)


def brings_in_more(head: Token) -> bool:
    """Whether a phrase brings in further forces: "a second convoy", "more troops"."""
    return any(t.lower_ in load_lexicon().forces["further"] for t in head.children)


def telling_noun(head: Token) -> str:
    """Return the noun that tells whose forces these are: "army" of "army units", "rebels" of "dozens of rebels".

    "Security forces" and "the armed forces" are a state's, whatever their noun.
    """
    lists = load_lexicon().forces
    nouns = [head.lemma_.lower(), *(c.lemma_.lower() for c in head.children if c.dep_ in {"compound", "amod"})]
    inner = [t for c in head.children if c.dep_ == "prep" and c.lower_ == "of" for t in c.children]
    if any(_is_public(t) for t in [head, *inner]):
        return "army"
    nouns += [t.lemma_.lower() for t in inner]
    if nouns[0] in lists["vehicles"]:
        nouns += [t.lemma_.lower() for t in cargo_of(head)]
    if nouns[0] in lists["units"]:
        nouns = [*nouns[1:], nouns[0]]
    return next((noun for noun in nouns if side_of_noun(noun) and noun != "military"), head.lemma_.lower())


def _is_public(head: Token) -> bool:
    lists = load_lexicon().forces
    beside = {c.lower_ for c in head.children if c.dep_ in {"compound", "amod", "nmod"}}
    return head.lemma_.lower().removesuffix("s") in lists["public_bodies"] and bool(beside & lists["public"])


def takes_a_place(event: Event) -> bool:
    """Whether what was taken is the place: "the town was taken", not "a soldier was captured in the town"."""
    subject = subject_of(event.trigger.token)
    if subject is None:
        return False
    words = noun_phrase(subject).text
    return subject.lemma_.lower() in load_lexicon().places["generic"] or any(p.text in words for p in event.destination)


def taken_from(verb: Token) -> Token | None:
    """Return from whom something is taken, or against whom something is done."""
    preps = [c for c in verb.children if c.dep_ == "prep" and c.lower_ in {"from", "against"}]
    return next((t for p in preps for t in p.children if t.dep_ == "pobj"), None)


def beside(token: Token) -> Iterator[Token]:
    """Yield the nouns after "alongside", "together with" or "accompanied by" at a word."""
    words = load_lexicon().forces["beside"]
    for child in token.children:
        if child.lower_ in words and child.i > token.i:
            inner = [child, *(c for c in child.children if c.dep_ in {"prep", "agent"})]
            yield from (t for c in inner for t in c.children if t.dep_ in {"pobj", "dobj"})


def fighters_among(head: Token, verb: Token) -> Token | None:
    """Return the fighters who travel with civilians: "residents and rebels", "families alongside dozens of rebels"."""
    together = load_lexicon().forces["together"]
    preps = [c for word in (head, verb) for c in word.children if c.dep_ == "prep" and c.i > head.i]
    joined = [p for p in preps if p.lower_ in together or (p.lower_ == "with" and p.nbor(-1).lower_ in together)]
    company = [*head.conjuncts, *(t for p in joined for t in p.children if t.dep_ == "pobj")]
    first = head.left_edge.i
    if first - head.sent.start > 1 and head.doc[first - 1].lower_ == "and":
        company.append(head.doc[first - 2])  # "its militants and their families", whatever the parse makes of it
    return next((t for t in company if moves_under_arms(t, noun_phrase(t))), None)


def handles_relief(event: Event) -> bool:
    """Whether help is what is let in or sent: "let in trucks of medicine"."""
    vehicles = load_lexicon().forces["vehicles"]
    words = event.trigger.words
    words = (*words, *(c for w in words for c in w.children if c.lower_ == "in" and c.i == w.i + 1))
    objects = (c for w in words for c in w.children if c.dep_ in {"dobj", "pobj"})
    return any(t.lemma_.lower() in vehicles and is_relief(noun_phrase(t)) for t in objects)


def has_sender(head: Token) -> Token | None:
    """Return who sends the forces that a verb of sending has as its object: "the government had sent troops"."""
    verb = head.head
    if head.dep_ != "dobj" or verb.pos_ != "VERB":
        return None
    sends = any(e.frame is Frame.GO and e.moves_others for e in load_lexicon().verbs.get(verb.lemma_.lower(), ()))
    return subject_of(verb) if sends else None


def owner_in(head: Token) -> Token | None:
    """Return whose a thing is where these may be forces: "the rebels' withdrawal", "the regimes advance"."""
    if any(c.dep_ == "poss" for c in head.children):
        return next(c for c in head.children if c.dep_ == "poss")
    if head.lemma_.lower() not in load_lexicon().nouns:
        return None
    # The apostrophe may be lost: "the regimes advance"; "rebel advances" tell it by their noun.
    return next((c for c in head.children if c.dep_ in {"compound", "nmod"} and c.i == head.i - 1), None)


def without_article(words: str) -> str:
    """Return the words of a phrase but its article."""
    return re.sub(r"(?i)^the\s", "", words.strip())
