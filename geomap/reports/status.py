"""How far a movement has come, by the grammar of its sentence.

Read from the verb outwards: its own tense and auxiliaries, then the verbs and nouns it depends on ("began to",
"was ordered to", "denied that"), up to the verb of saying, which says nothing about the movement itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomap.models import Status
from geomap.reports.lexicon import load_lexicon

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["is_speculative", "read_status"]

COMPLEMENTS = {"xcomp", "ccomp", "acl", "advcl", "pcomp", "relcl"}
FUTURE = {"will", "shall", "'ll", "wo"}
TO_COME = {
    "plan",
    "timeline",
    "timetable",
    "schedule",
    "propose",
    "consider",
    "upcoming",
    "imminent",
    "implement",
    "pending",
    "call",
}
"""Words that make "the withdrawal" one to come."""
PAST_FORMS = {"retook", "overran", "outran"}
"""Past forms that taggers trained on news miss."""
MODAL = {"would", "should", "must", "may", "might", "could", "can"}


def read_status(trigger: Token) -> Status:
    """Return the status of the movement that a verb or noun tells."""
    if _negated(trigger):
        return Status.DENIED
    above = _above(trigger)
    if above is not None:
        return above
    if trigger.pos_ == "NOUN":
        return _of_noun(trigger)
    return _of_verb(trigger)


def is_speculative(trigger: Token) -> bool:
    """Whether the movement is only said to be possible: "could move", "may enter"."""
    words = load_lexicon().status["speculation"] - {"would"}
    token = trigger
    for _ in range(4):
        if any(c.dep_ == "aux" and c.lower_ in words for c in token.children) or any(
            c.dep_ == "mark" and c.lower_ in {"if", "unless", "whether"} for c in token.children
        ):
            return True
        if token.dep_ not in COMPLEMENTS | {"conj"} or token.head.i == token.i:
            return False
        token = token.head
        if token.lemma_ in load_lexicon().saying:
            return False
    return False


def _negated(token: Token) -> bool:
    return any(
        c.dep_ == "neg" or (c.dep_ == "det" and c.lower_ == "no") or (c.dep_ == "advmod" and c.lower_ == "never")
        for c in token.children
    ) or any(c.dep_ in {"nsubj", "nsubjpass"} and any(g.lower_ == "no" for g in c.children) for c in token.children)


def _above(trigger: Token) -> Status | None:
    """Return what the words that govern the trigger say of it, or None where they say nothing."""
    status, saying = load_lexicon().status, load_lexicon().saying
    token = trigger
    for _ in range(5):
        relation, head = token.dep_, token.head
        if head.i == token.i:
            return None
        if relation == "conj":
            if token.tag_ in {"VBD", "VBZ", "VBP"} or any(
                c.dep_ in {"aux", "auxpass", "nsubj"} for c in token.children
            ):
                return None
            token = head
            if token.lemma_.lower() in status["planned"] | status["ordered"] and token.tag_ != "VB":
                return None
            continue
        nominal = trigger.pos_ == "NOUN" or trigger.tag_ == "VBG"
        governs = relation in COMPLEMENTS or (nominal and relation in {"dobj", "nsubjpass", "pobj", "nsubj", "prep"})
        if not governs:
            return None
        lemma = head.lemma_.lower()
        if found := _governor(lemma, token, head, relation):
            return _unless_negated(found, head)
        if lemma in saying and lemma not in {"announce"} and relation == "ccomp":
            return None
        if relation in {"advcl", "relcl", "acl"} and not _is_infinitive(token):
            return None
        if relation == "advcl" and _is_infinitive(token):
            return Status.PLANNED
        token = head
    return None


def _governor(lemma: str, token: Token, head: Token, relation: str) -> Status | None:
    """Return the status that one governing word gives to what depends on it."""
    status = load_lexicon().status
    if head.pos_ in {"NOUN", "PROPN"} and relation in {"acl", "prep", "pobj", "relcl"}:
        if lemma in status["ordering_nouns"]:
            return Status.ORDERED
        if lemma in status["denied_nouns"] and _thwarted(head):
            return Status.DENIED
        return Status.PLANNED if lemma in status["planning_nouns"] and relation == "acl" else None
    if head.pos_ not in {"VERB", "AUX", "ADJ"} or relation == "relcl":
        return None
    open_form = _is_infinitive(token) or token.tag_ in {"VBG", "NN", "NNS"} or token.pos_ in {"NOUN", "ADP"}
    if lemma in status["denied"]:
        return Status.DENIED
    if not open_form:
        return Status.PLANNED if lemma in {"announce", "agree", "vow"} and _has_future(token) else None
    for name, value in (
        ("ordered", Status.ORDERED), ("planned", Status.PLANNED),
        ("ongoing", Status.ONGOING), ("completed", Status.COMPLETED),
    ):  # fmt: skip
        if lemma in status[name]:
            return value if relation != "advcl" else None
    if lemma == "be" and _is_infinitive(token) and relation == "xcomp":
        return Status.PLANNED
    return None


def _unless_negated(found: Status, head: Token) -> Status:
    if _negated(head) and found in {Status.ONGOING, Status.COMPLETED}:
        return Status.DENIED
    if found is Status.ONGOING and _has_future(head):
        return Status.PLANNED
    if found is Status.DENIED and _negated(head):
        return Status.COMPLETED
    return found


def _thwarted(noun: Token) -> bool:
    head = noun.head
    return head.lemma_.lower() in load_lexicon().status["denied"] or any(
        c.lemma_.lower() in {"abortive", "failed", "unsuccessful", "foiled"} for c in noun.children
    )


def _is_infinitive(token: Token) -> bool:
    return any(c.dep_ == "aux" and c.lower_ == "to" for c in token.children)


def _has_future(token: Token) -> bool:
    return any(c.dep_ == "aux" and (c.lower_ in FUTURE or c.lower_ in MODAL) for c in token.children)


def _of_verb(verb: Token) -> Status:
    auxiliaries = [c for c in verb.children if c.dep_ in {"aux", "auxpass"}]
    words = {c.lower_ for c in auxiliaries}
    if words & FUTURE or words & MODAL or "to" in words:
        return Status.PLANNED
    if verb.lower_ in PAST_FORMS:
        return Status.COMPLETED
    if verb.tag_ == "VBG":
        if any(c.lemma_ == "be" for c in auxiliaries):
            return Status.ONGOING
        return _of_participle(verb)
    if verb.tag_ in {"VBZ", "VBP"} and not words & {"has", "have", "'ve"}:
        return Status.COMPLETED if _is_headline(verb) else Status.ONGOING
    if verb.dep_ == "auxpass" or any(c.dep_ == "auxpass" and c.lower_ == "being" for c in verb.children):
        return Status.ONGOING
    return Status.COMPLETED


def _of_participle(verb: Token) -> Status:
    """Return the status of "seizing A": that of the clause it hangs on."""
    head = verb.head
    if verb.dep_ in {"pcomp", "advcl"} and head.pos_ in {"VERB", "ADP", "SCONJ"}:
        return Status.COMPLETED
    if verb.dep_ in {"xcomp", "ccomp"}:
        return Status.ONGOING
    return Status.COMPLETED if verb.dep_ == "acl" and head.head.tag_ == "VBD" else Status.ONGOING


def _is_headline(verb: Token) -> bool:
    return verb.sent.text.rstrip()[-1:] not in {".", "!", "?", "”", '"', "’"}


def _of_noun(noun: Token) -> Status:
    """Return the status of "the withdrawal" from the verb it is the subject or object of."""
    head = noun.head
    lexicon = load_lexicon().status
    if any(
        t.lemma_.lower() in TO_COME | lexicon["planning_nouns"] - {"operation", "campaign", "deal"} for t in noun.sent
    ):
        return Status.PLANNED
    if head.pos_ not in {"VERB", "AUX"}:
        return Status.COMPLETED
    if head.lemma_ in {"begin", "start", "continue"}:
        return Status.PLANNED if _has_future(head) else Status.ONGOING
    if _has_future(head):
        return Status.PLANNED
    return Status.COMPLETED
