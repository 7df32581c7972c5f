"""Whether a noun phrase names forces under arms, and which ones do not count."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from geomap.reports.forces.actors import singular
from geomap.reports.lexicon import load_lexicon

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

__all__ = [
    "are_armed",
    "cargo_of",
    "carries_civilians",
    "counts_only",
    "is_one_of",
    "is_one_person",
    "is_prisoner",
    "is_relief",
    "moves_under_arms",
    "rides_along",
    "unit_name",
]

IN_NAMES = {"of", "for", "the", "and"}
"""Words in lower case inside the name of a group."""
FREIGHT_ENDS = {"ADP", "VERB", "AUX", "PUNCT", "PART", "SCONJ"}
"""Where the words end that tell what vehicles carry."""


def moves_under_arms(head: Token, phrase: Span) -> bool:
    """Whether a noun phrase names forces: its head does, or is made of some ("hundreds of fighters")."""
    forces = load_lexicon().forces
    lemma = _noun(head)
    people, vehicles = forces["people"], forces["vehicles"]
    if _are_soldiers_of(head) and not _is_throng(head):
        return True
    if lemma in forces["not_forces"] or _is_throng(head):
        return False
    if (
        lemma in people
        or lemma in vehicles
        or _is_counted_like_a_name(head)
        or are_armed(head)
        or unit_name(head) is not None
    ):
        return True
    if lemma not in forces["quantifiers"] and lemma not in forces["mixtures"] and head.pos_ != "NUM":
        return False
    parties = forces["parties"] if lemma == "member" else frozenset[str]()
    counted = (t.lemma_.lower() for t in phrase if t.i != head.i and t.lemma_.lower() not in parties)
    return any(lemma in people or lemma in vehicles for lemma in counted)


def _noun(head: Token) -> str:
    """Return a noun's singular, also of one that the parser takes for a name and leaves as it is: "KNLA guerrillas"."""
    return singular(head.text) if head.pos_ == "PROPN" and head.text.islower() else head.lemma_.lower()


def _are_soldiers_of(head: Token) -> bool:
    """Whether people who may be anybody are of an army: "men of the 5th Division", "army engineers"."""
    forces = load_lexicon().forces
    if head.lemma_.lower() not in forces["servants"]:
        return False
    beside = [c for c in head.children if c.dep_ in {"compound", "nmod"} and c.i < head.i]
    if any(c.lemma_.lower() in forces["off_duty"] for c in beside):
        return False
    of = (t for c in head.rights if c.lower_ == "of" for t in c.children if t.dep_ == "pobj")
    serving = forces["people"] - forces["irregular"] - {"force", "unit"}
    if any(c.lemma_.lower().removesuffix("s") in serving for c in beside):
        return True
    return any(t.lemma_.lower() in forces["people"] or unit_name(t) is not None for t in of)


def _is_counted_like_a_name(head: Token) -> bool:
    """Whether a word for forces in capitals is counted, as no club is: "several hundred Marines"."""
    counted = any(c.pos_ == "NUM" or c.lemma_.lower() in load_lexicon().forces["quantifiers"] for c in head.lefts)
    return head.pos_ == "PROPN" and counted and head.lower_.removesuffix("s") in load_lexicon().forces["people"]


def _is_throng(head: Token) -> bool:
    """Whether a word for forces is none here: "an army of ants", "troops of nurses", "the Salvation Army"."""
    forces = load_lexicon().forces
    if head.lemma_.lower() not in forces["throngs"]:
        return False
    if head.i > head.sent.start and head.nbor(-1).lower_ in forces["unarmed"]:
        return True
    of = (t for c in head.rights if c.lower_ == "of" for t in c.children if t.dep_ == "pobj" and t.tag_ == "NNS")
    told = forces["people"] | forces["vehicles"] | forces["units"] | forces["quantifiers"] | forces["if_armed"]
    told -= forces["helpers"]
    return any(
        t.lemma_.lower() not in told and not are_armed(t) and not any(c.dep_ in {"det", "poss"} for c in t.lefts)
        for t in of
    )


def are_armed(head: Token) -> bool:
    """Whether a word beside the noun says that these people bear arms: "masked men", "volunteers under arms"."""
    forces = load_lexicon().forces
    return _can_be_armed(head) and any(
        t.lower_ in forces["arms"] or t.lemma_.lower() in forces["arms"] for c in head.children for t in c.subtree
    )


def _can_be_armed(head: Token) -> bool:
    """Whether a noun names people who may be forces; one man is none."""
    return head.lemma_.lower() in load_lexicon().forces["if_armed"] and head.lower_ != "man"


def counts_only(head: Token, phrase: Span) -> bool:
    """Whether a phrase counts those named before and says no more: "Fifty of them", "200 more", "the others"."""
    forces = load_lexicon().forces
    if head.pos_ == "PRON" and head.lower_ not in {"others", "rest", "most", "some", "all", "many"}:
        return False
    if _can_be_armed(head) and not any(t.lemma_.lower() in forces["further"] for t in phrase):
        return False  # "the two men" may be anybody
    if any(c.dep_ == "poss" and c.lower_ in forces["persons"] for c in head.children):
        return False  # "his party" may be a politician's
    if any(t.lower_ in {"million", "millions"} for t in phrase):
        return False  # no forces are as many
    counts = head.pos_ == "NUM" or head.lemma_.lower() in forces["quantifiers"] or _can_be_armed(head)
    silent = {"DET", "NUM", "ADP", "ADV", "PRON", "PUNCT", "SYM"}
    further = forces["further"] | forces["quantifiers"]
    return counts and all(t.pos_ in silent or t.lemma_.lower() in further for t in phrase if t.i != head.i)


def is_one_of(head: Token) -> bool:
    """Whether a number counts units or their vehicles: "one of the battalions"; one of the soldiers is a person."""
    forces = load_lexicon().forces
    counted = (t for c in head.rights if c.lower_ == "of" for t in c.children if t.dep_ == "pobj")
    return any(t.lemma_.lower() in forces["units"] | forces["vehicles"] for t in counted)


def is_one_person(head: Token) -> bool:
    """Whether a noun of people under arms is one with a name or one who left them: "a former soldier, A B"."""
    if head.tag_ != "NN" or head.lemma_.lower() not in load_lexicon().forces["soldiers"]:
        return False
    former = any(c.lower_ in {"former", "ex", "retired", "one-time"} for c in head.lefts)
    return former or any(c.dep_ == "appos" and c.ent_type_ == "PERSON" for c in head.rights)


def is_prisoner(head: Token) -> bool:
    """Whether those who are taken somewhere were captured before: "was arrested and taken to", "captured soldiers"."""
    seized, verb = load_lexicon().forces["seized"], head.head
    if any(c.lemma_.lower() in seized and c.dep_ == "amod" for c in head.children):
        return True
    passive = head.dep_ == "nsubjpass" or any(c.dep_ in {"nsubjpass", "auxpass"} for c in verb.children)
    return passive and any(t.lemma_.lower() in seized for t in [verb, verb.head, *verb.conjuncts])


def unit_name(head: Token) -> str | None:
    """Return the proper name of forces that ends with a noun: "the Free Valley Front"; None for one of common words."""
    lists = load_lexicon().forces
    if head.lemma_.lower().removesuffix("s") not in _last_words():
        return None
    first = head.i
    while first > head.sent.start and head.doc[first - 1].text[:1].isupper() and head.doc[first - 1].pos_ != "DET":
        first -= 1
    words = head.doc[first : head.i + 1]
    if any(t.lower_ in lists["unarmed"] for t in words):
        return None
    own = [t for t in words[:-1] if t.lemma_.lower() not in lists["unnamed"] | lists["people"]]
    numbered = head.lower_ == "force" and any(t.pos_ in {"NUM"} or t.ent_type_ == "ORDINAL" for t in words)
    named = head.text[:1].isupper() and (own or numbered)
    return str(head.doc[first : _name_end(head)].text) if named else None


@cache
def _last_words() -> frozenset[str]:
    """Return the words that names of forces end with, each as one of its sort."""
    return frozenset(word.removesuffix("s") for word in load_lexicon().forces["unit_names"])


def _name_end(head: Token) -> int:
    """Return where a name ends that goes on after its noun: "Front for the Rebirth of Chad"."""
    end = i = head.i + 1
    while i < head.sent.end and (head.doc[i].text[:1].isupper() or head.doc[i].lower_ in IN_NAMES):
        if head.doc[i].text[:1].isupper() and head.doc[head.i + 1].lower_ in {"of", "for"}:
            end = i + 1
        i += 1
    return end


def is_relief(phrase: Span) -> bool:
    """Whether a convoy brings help rather than arms; soldiers of the UN are soldiers."""
    forces = load_lexicon().forces
    armed = any(t.lemma_.lower() in forces["people"] for t in phrase)
    relief = forces["relief"] - ({"un"} if armed else set())
    return any(t.lemma_.lower() in relief for t in [*phrase, *cargo_of(phrase.root), *_freight_after(phrase.root)])


def _freight_after(head: Token) -> Span:
    """Return what the words right after vehicles say they carry, wherever the parse hangs it: "convoys with food"."""
    forces, rest = load_lexicon().forces, head.doc[head.i + 1 : head.sent.end]
    if head.lemma_.lower() not in forces["vehicles"] or not len(rest) or rest[0].lower_ not in forces["loaded"]:
        return rest[:0]
    ends = (n for n, t in enumerate(rest) if n and t.lower_ not in forces["loaded"] and t.pos_ in FREIGHT_ENDS)
    return rest[: next(ends, len(rest))]


def carries_civilians(head: Token) -> bool:
    """Whether vehicles are told to carry civilians and no fighters: "buses with families"."""
    forces = load_lexicon().forces
    if head.lemma_.lower() not in forces["vehicles"]:
        return False
    aboard = [t for t in cargo_of(head) if t.i != head.i]
    return any(map(rides_along, aboard)) and not any(t.lemma_.lower() in forces["people"] for t in aboard)


def rides_along(noun: Token) -> bool:
    """Whether a noun names persons who are no forces."""
    lists = load_lexicon().forces
    return noun.pos_ in {"NOUN", "ADJ"} and noun.lemma_.lower() in lists["civilians"]


def cargo_of(head: Token) -> list[Token]:
    """Return the words that tell what a convoy carries: "of", "with", "carrying"."""
    loaded = load_lexicon().forces["loaded"]
    parts = (c for c in head.children if c.i > head.i and (c.dep_ in {"acl", "relcl", "prep"} or c.lower_ in loaded))
    return [t for part in parts for t in part.subtree]
