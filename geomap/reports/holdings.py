"""Land that forces are said to hold, and camps that something happens to: areas whose limits are those of a place.

Only whole units are drawn ("controls Idlib province"): of "most of Idlib" it is told, and of "parts of Idlib" it is
not, since nobody can draw which.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geomap.models import AreaKind, AreaPlan, PlaceRef, Status
from geomap.reports.forces.actors import find_actor
from geomap.reports.grammar import agent_of, is_passive, objects_of, subject_of
from geomap.reports.lexicon import load_lexicon
from geomap.reports.movements.status import is_speculative, read_status
from geomap.reports.passage import STANDING, Passage, noun_phrase
from geomap.reports.places.focus import is_implied
from geomap.reports.tracts import tract_of, without

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Span, Token

    from geomap.gazetteer import Gazetteer
    from geomap.reports.places.resolve import Context

__all__ = ["Holding", "find_holdings"]


@dataclass(frozen=True, slots=True)
class Holding:
    """A place as a whole, the word that says whose it is or what befalls it, and who holds it."""

    kind: AreaKind
    token: Token
    passage: Passage
    text: str
    actor: str | None
    status: Status
    plan: AreaPlan


def find_holdings(passages: Sequence[Passage], context: Context, gazetteer: Gazetteer) -> tuple[Holding, ...]:
    """Return what forces hold and the camps of a report, each place once, in the order of the text."""
    found: dict[tuple[AreaKind, str], Holding] = {}
    for passage in passages:
        for sentence in () if passage.caption else passage.doc.sents:
            for one in (*_held(sentence, passage, context, gazetteer), *_camps(sentence, passage)):
                actor = find_actor(one.holder, context.countries, gazetteer) if one.holder else None
                if actor is None and one.kind is not AreaKind.CAMP:
                    continue
                holding = Holding(one.kind, one.token, passage, one.text, actor, one.status, one.plan)
                found.setdefault((one.kind, one.key), holding)
    return tuple(found.values())


@dataclass(frozen=True, slots=True)
class _Told:
    """What one sentence tells of a place as a whole, or of most of it."""

    kind: AreaKind
    token: Token
    holder: str
    key: str
    """The same for all that is told of one place."""
    text: str
    plan: AreaPlan
    status: Status = Status.COMPLETED


def _held(sentence: Span, passage: Passage, context: Context, gazetteer: Gazetteer) -> Iterator[_Told]:
    """Yield "A controls B", "B is under the control of A", "A-held B", where B is an area as a whole or most of one.

    It may also be land that lines or places bound: "everything east of B", "the road from B to C".
    """
    words = load_lexicon().holdings
    telling = words["hold"] | words["grip"] | words["held"]
    for token in sentence:
        if token.lemma_.lower() not in telling and token.lower_ not in telling:
            continue
        holder, nouns = _holding(token)
        for noun in nouns if holder else ():
            if tract := tract_of(noun, passage, context, gazetteer):
                kind, text, plan = tract
                yield _Told(kind, token, holder, text, text, plan)
                continue
            for ref in _whole(noun, passage):
                plan = AreaPlan(region=ref, without=without(ref, passage, noun))
                yield _Told(AreaKind.CONTROL, token, holder, _key(ref), ref.text, plan)
            for ref in _mostly(noun, passage):
                text = noun.doc[noun.left_edge.i : noun.i + 1].text
                yield _Told(AreaKind.CONTROL, token, holder, _key(ref), f"{text} of {ref.text}", AreaPlan(part_of=ref))


def _key(ref: PlaceRef) -> str:
    return ref.place.id if ref.place is not None else ref.text


def _holding(token: Token) -> tuple[str, list[Token]]:
    """Return who holds something by a verb, a noun or a participle of holding, and the nouns for what is held."""
    words, lemma = load_lexicon().holdings, token.lemma_.lower()
    if lemma in words["hold"] and token.pos_ == "VERB" and token.dep_ not in {"amod", "acl"}:
        passive = is_passive(token)
        holder = agent_of(token) if passive else subject_of(token)
        held = [t for t in (subject_of(token),) if t is not None] if passive else objects_of(token)
        stands = _stands(token) or (passive and _lasts(token))
        return (noun_phrase(holder).text if holder is not None else "", held if stands else [])
    if lemma in words["hold"] and token.dep_ == "acl" and token.tag_ == "VBN":
        holder = agent_of(token)
        return noun_phrase(holder).text if holder is not None else "", [token.head]
    if lemma in words["grip"] and token.dep_ == "pobj" and token.head.lower_ in {"in", "under"}:
        verb = token.head.head
        subject = subject_of(verb) if verb.pos_ in {"VERB", "AUX"} and _stands(verb) else None
        of = [t for c in token.children if c.dep_ == "prep" and c.lower_ == "of" for t in c.children]
        near = [*of, *(c for c in token.children if c.dep_ in {"poss", "amod", "compound"})]
        return " ".join(noun_phrase(t).text for t in near), [subject] if subject is not None else []
    if token.lower_ in words["held"] and token.dep_ == "amod":
        named = (c for c in token.children if c.pos_ in {"PROPN", "NOUN", "ADJ"})
        return " ".join(f"{c.text} forces" for c in named), [token.head]
    return "", []


def _lasts(verb: Token) -> bool:
    """Whether a passive tells of now: "is controlled by A", not "was occupied by A"."""
    now = any(c.dep_ == "auxpass" and c.lower_ in {"is", "are", "remains", "remain"} for c in verb.children)
    return now and read_status(verb) in {Status.COMPLETED, Status.ONGOING} and not is_speculative(verb)


def _stands(verb: Token) -> bool:
    """Whether forces are told to hold a place now, in so many words."""
    lasting = verb.tag_ in {"VBZ", "VBP", "VBG"} or any(c.lower_ in {"has", "have"} for c in verb.children)
    return lasting and read_status(verb) in {Status.COMPLETED, Status.ONGOING} and not is_speculative(verb)


def _whole(noun: Token, passage: Passage) -> tuple[PlaceRef, ...]:
    """Return the provinces and regions a phrase names as a whole; a country is what its state holds anyway."""
    if noun.lower_ in load_lexicon().holdings["units"] and _of(noun):
        return tuple(ref for t in _of(noun) for ref in _whole(t, passage))
    if noun.lemma_.lower() not in load_lexicon().places["generic"] and passage.mention_at(noun) is None:
        return ()
    if noun.lemma_.lower() in load_lexicon().holdings["parts"] | load_lexicon().holdings["seats"]:
        return ()
    found = passage.places(noun)
    return tuple(p for p in found if p.place and p.place.feature[0] in "AL" and not p.place.is_country)


def _mostly(noun: Token, passage: Passage) -> Iterator[PlaceRef]:
    """Yield the places of which most is meant: "most of A province"."""
    if noun.lower_ in load_lexicon().holdings["mostly"]:
        yield from (ref for t in _of(noun) for ref in _whole(t, passage))


def _of(noun: Token) -> list[Token]:
    return [t for c in noun.children if c.dep_ == "prep" and c.lower_ == "of" for t in c.children if t.dep_ == "pobj"]


def _camps(sentence: Span, passage: Passage) -> Iterator[_Told]:
    """Yield camps to which something is done: "closed A camp", "a camp for the displaced was set up near B"."""
    for token in sentence:
        if token.lemma_.lower() != "camp" or token.dep_ not in {"nsubjpass", "dobj"}:
            continue
        named = [ref for ref in passage.places(token) if ref.place is not None and not is_implied(ref)]
        own = [r for r in named if r.place and (r.place.feature.startswith("S.CMP") or r.text.lower().endswith("camp"))]
        spots = own or [r for r in (*named, *_beside(token, passage)) if r.place and not r.place.is_area]
        status = read_status(token.head)
        for ref in spots[:1] if own or _is_mapped(token) else ():
            text = ref.text if own else token.doc[token.left_edge.i : token.i + 1].text
            yield _Told(AreaKind.CAMP, token, "", _key(ref), text, AreaPlan(around=(ref,)), status)


def _beside(camp: Token, passage: Passage) -> list[PlaceRef]:
    """Return the places that a camp, or what is done to it, is said to be at or near."""
    heads = (camp, *(t for c in camp.children if c.dep_ == "prep" for t in c.children), camp.head)
    preps = (c for t in heads for c in t.children if c.dep_ == "prep" and c.lower_ in STANDING | {"outside"})
    return [ref for p in preps for t in p.children if t.dep_ == "pobj" for ref in passage.places(t)]


def _is_mapped(camp: Token) -> bool:
    """Whether a camp is one of refugees or of forces."""
    sorts = load_lexicon().holdings["camps"]
    near = (*camp.children, *(t for c in camp.children if c.lower_ == "for" for t in c.subtree))
    return any({t.lemma_.lower(), t.lower_} & sorts for t in near)
