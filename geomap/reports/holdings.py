"""Land that forces are said to hold, and camps that something happens to: areas whose limits are those of a place.

Only whole units are taken ("controls Idlib province"): of "parts of Idlib" nobody can draw which.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geomap.models import AreaKind, AreaPlan, PlaceRef, Status
from geomap.reports.forces.actors import find_actor
from geomap.reports.grammar import objects_of, subject_of
from geomap.reports.lexicon import load_lexicon
from geomap.reports.movements.status import is_speculative, read_status
from geomap.reports.passage import Passage, noun_phrase
from geomap.reports.places.focus import is_implied

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
            for kind, token, holder, ref in (*_held(sentence, passage), *_camps(sentence, passage)):
                actor = find_actor(holder, context.countries, gazetteer) if holder else None
                place = ref.place
                if place is None or (kind is AreaKind.CONTROL and actor is None):
                    continue
                plan = AreaPlan(around=(ref,)) if kind is AreaKind.CAMP else AreaPlan(region=ref)
                holding = Holding(kind, token, passage, ref.text, actor, Status.COMPLETED, plan)
                found.setdefault((kind, place.id), holding)
    return tuple(found.values())


def _held(sentence: Span, passage: Passage) -> Iterator[tuple[AreaKind, Token, str, PlaceRef]]:
    """Yield "A controls B", "B is under the control of A", "A-held B", where B is an area and meant as a whole."""
    words = load_lexicon().holdings
    telling = words["hold"] | words["grip"] | words["held"]
    for token in sentence:
        lemma, holder, targets = token.lemma_.lower(), "", list[PlaceRef]()
        if lemma not in telling and token.lower_ not in telling:
            continue
        if lemma in words["hold"] and token.pos_ == "VERB" and token.dep_ not in {"amod", "acl"}:
            subject = subject_of(token)
            holder = noun_phrase(subject).text if subject is not None else ""
            targets = [p for t in objects_of(token) for p in _whole(t, passage)] if _stands(token) else []
        elif lemma in words["grip"] and token.dep_ == "pobj" and token.head.lower_ in {"in", "under"}:
            verb = token.head.head
            subject = subject_of(verb) if verb.pos_ in {"VERB", "AUX"} and _stands(verb) else None
            of = [t for c in token.children if c.dep_ == "prep" and c.lower_ == "of" for t in c.children]
            near = [*of, *(c for c in token.children if c.dep_ in {"poss", "amod", "compound"})]
            holder = " ".join(noun_phrase(t).text for t in near)
            targets = list(_whole(subject, passage)) if subject is not None else []
        elif token.lower_ in words["held"] and token.dep_ == "amod":
            holder = " ".join(f"{c.text} forces" for c in token.children if c.pos_ in {"PROPN", "NOUN", "ADJ"})
            targets = list(_whole(token.head, passage))
        for ref in targets if holder else ():
            yield AreaKind.CONTROL, token, holder, ref


def _stands(verb: Token) -> bool:
    """Whether forces are told to hold a place now, in so many words."""
    lasting = verb.tag_ in {"VBZ", "VBP", "VBG"} or any(c.lower_ in {"has", "have"} for c in verb.children)
    return lasting and read_status(verb) in {Status.COMPLETED, Status.ONGOING} and not is_speculative(verb)


def _whole(noun: Token, passage: Passage) -> tuple[PlaceRef, ...]:
    """Return the provinces and regions a phrase names as a whole; a country is what its state holds anyway."""
    if noun.lemma_.lower() not in load_lexicon().places["generic"] and passage.mention_at(noun) is None:
        return ()
    if noun.lemma_.lower() in load_lexicon().holdings["parts"]:
        return ()
    found = passage.places(noun)
    return tuple(p for p in found if p.place and p.place.feature[0] in "AL" and not p.place.is_country)


def _camps(sentence: Span, passage: Passage) -> Iterator[tuple[AreaKind, Token, str, PlaceRef]]:
    """Yield named camps to which something is done: "soldiers closed the camp", "the camp was set up"."""
    for token in sentence:
        if token.lemma_.lower() != "camp" or token.dep_ not in {"nsubjpass", "dobj"}:
            continue
        for ref in passage.places(token):
            named = ref.place is not None and not is_implied(ref)
            if ref.place and named and (ref.place.feature.startswith("S.CMP") or ref.text.lower().endswith("camp")):
                yield AreaKind.CAMP, token, "", ref
