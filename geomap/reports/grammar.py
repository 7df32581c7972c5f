"""Who does what in a parsed clause: subjects, agents and objects through control, coordination and relatives."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomap.reports.lexicon import load_lexicon

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = [
    "agent_of",
    "antecedent",
    "begins_clause",
    "is_force",
    "is_infinitive",
    "is_passive",
    "objects_of",
    "subject_of",
    "whole",
]

FINITE = {"VBD", "VBZ", "VBP", "VBN"}
PLACE_LABELS = {"GPE", "LOC", "FAC"}
RELATIVE = {"who", "which", "that", "whom"}


def subject_of(token: Token) -> Token | None:
    """Return the head of the phrase that does what a verb says, through control, coordination and relatives."""
    for _ in range(6):
        subjects = [c for c in token.children if c.dep_ in {"nsubj", "nsubjpass"}]
        # Where two clauses run into each other a verb gets both subjects; its own stands nearer.
        own = next((c for c in reversed(subjects) if c.i < token.i), subjects[0] if subjects else None)
        if own is not None:
            if own.lower_ in RELATIVE and token.dep_ == "relcl":
                return _who_is_meant(token.head) if own.lower_ == "who" else token.head
            return own
        if token.dep_ in {"acl", "relcl"} and token.head.pos_ in {"NOUN", "PROPN", "PRON"}:
            if token.dep_ == "acl" and token.tag_ == "VBG" and _hangs_too_low(token.head):
                token = _verb_above(token.head)
                continue
            if token.tag_ in {"VBG", "VBN"} or token.dep_ == "relcl":
                return token.head
            return _whose(token.head) or _who_decides(token.head)
        if (own := _for_whom(token) or _served(token) or _kept_from(token) or _joined_to_place(token)) is not None:
            return own
        if token.dep_ == "xcomp" or (token.dep_ in {"ccomp", "advcl"} and is_infinitive(token)):
            controller = next((c for c in token.head.children if c.dep_ == "dobj" and c.i < token.i), None)
            left = controller is not None and token.tag_ == "VBG" and controller.ent_type_ in PLACE_LABELS
            if controller is not None and token.dep_ != "advcl" and token.head.lemma_ != "use" and not left:
                return controller  # but not in "seen leaving A heading for B"
        if token.dep_ == "advcl" and token.head.lemma_ in load_lexicon().words["showing"]:
            return next(iter(objects_of(token.head)), None)
        if token.dep_ == "ccomp" and token.head.lemma_ in load_lexicon().saying and not is_infinitive(token):
            return None  # whoever speaks is not who acts
        if token.head.i == token.i or token.dep_ not in {
            "xcomp",
            "ccomp",
            "advcl",
            "conj",
            "pcomp",
            "prep",
            "dobj",
            "pobj",
            "acl",
        }:
            return None
        token = token.head
    return None


def _joined_to_place(verb: Token) -> Token | None:
    """Return the subject that the parse joins to the place before it: "the army entered A and rebels fled"."""
    if verb.dep_ != "conj" or verb.tag_ not in FINITE:
        return None
    before = (c.i for c in verb.children if c.i < verb.i and c.dep_ in {"aux", "auxpass", "neg", "advmod"})
    first = min([verb.i, *before])
    noun = verb.doc[first - 1] if first > verb.sent.start else verb
    joined = noun.dep_ == "conj" and is_force(noun) and noun.head.pos_ == "PROPN" and not is_force(noun.head)
    return noun if joined else None


def _served(gerund: Token) -> Token | None:
    """Return who does what is itself the subject of a verb: "capturing A has helped the army (to) reach B"."""
    if gerund.dep_ != "csubj":
        return None
    verb = gerund.head
    actors = [c for c in verb.children if c.dep_ in {"dobj", "dative"} and c.i > verb.i]
    actors += [s for c in verb.children if c.dep_ in {"ccomp", "xcomp"} for s in c.children if s.dep_ == "nsubj"]
    return next((t for t in actors if t.ent_type_ not in {"DATE", "TIME"}), None)


def _kept_from(gerund: Token) -> Token | None:
    """Return who is kept from doing something: "prevented A from entering"."""
    away = gerund.dep_ == "pcomp" and gerund.head.lower_ == "from"
    return next(iter(objects_of(gerund.head.head)), None) if away else None


def _who_is_meant(noun: Token) -> Token:
    """Return whom "who" takes up, where the parse hangs it on a place: "killed rebels in the hills who had come"."""
    word = noun
    while not is_force(word) and word.dep_ == "pobj" and word.head.lower_ in {"in", "at", "near", "on", "of", "around"}:
        word = word.head.head
        if word.dep_ == "prep":
            word = word.head
    if word.pos_ == "VERB":
        met = subject_of(word) if is_passive(word) else next((t for t in objects_of(word) if t.i < noun.i), None)
        word = met or noun
    return word if is_force(word) else noun


def antecedent(word: Token) -> Token:
    """Return what a relative pronoun takes up, or the word itself: "A, from which they fled"."""
    clause = word
    while clause.dep_ != "relcl" and clause.head.i != clause.i:
        clause = clause.head
    relative = word.lower_ in RELATIVE and word.tag_ in {"WDT", "WP"}
    return clause.head if relative and clause.dep_ == "relcl" else word


def _for_whom(verb: Token) -> Token | None:
    """Return who is to act in "asked for A to leave"."""
    to = next((c for c in verb.children if c.lower_ == "to" and c.dep_ == "aux"), None)
    before = verb.doc[to.i - 1] if to is not None and to.i > verb.sent.start else None
    whom = before is not None and before.dep_ == "pobj" and before.head.lower_ == "for"
    return before if whom else None


def _whose(noun: Token) -> Token | None:
    """Return who makes an attempt, a plan or a bid: "an attempt by A to …", "B's bid to …", "a rebel push to …"."""
    by = (t for c in noun.children if c.dep_ == "prep" and c.lower_ in {"by", "of"} for t in c.children)
    beside = (c for c in noun.children if c.dep_ == "poss" or (c.dep_ in {"compound", "amod"} and _acts(c)))
    return next((t for t in by if t.dep_ == "pobj"), None) or next(beside, None)


def _who_decides(noun: Token) -> Token | None:
    """Return who does what a noun is done with: "A took the decision to …", "the decision to … was taken by B"."""
    verb = noun.head
    acts = agent_of(verb) if noun.dep_ == "nsubjpass" else subject_of(verb)
    return None if acts is not None and acts.i == noun.i else acts


def _acts(word: Token) -> bool:
    """Whether a word before an attempt is whose it is: "a rebel attempt", "a Turkish bid"."""
    return is_force(word) or word.pos_ == "PROPN" or word.ent_type_ == "NORP"


def _hangs_too_low(noun: Token) -> bool:
    """Whether a noun with a participle after it cannot be who acts: "extended their advances, seizing A"."""
    acts = is_force(noun) or noun.pos_ != "NOUN" or noun.lemma_.lower() in load_lexicon().words["holders"]
    return not acts and noun.dep_ in {"dobj", "pobj"} and _verb_above(noun).pos_ == "VERB"


def _verb_above(noun: Token) -> Token:
    """Return the verb that a noun depends on, over prepositions and other nouns."""
    token = noun.head
    for _ in range(6):
        if token.pos_ in {"VERB", "AUX"} or token.head.i == token.i:
            break
        token = token.head
    return token


def begins_clause(noun: Token) -> bool:
    """Whether forces joined to a place are the subject of a verb right after them: "A and rebels fled"."""
    after = noun.doc[noun.i + 1 : noun.i + 5]
    return any(subject is not None and subject.i == noun.i for subject in map(_joined_to_place, after))


def whole(mover: Token | None) -> Token | None:
    """Return the convoy of "a convoy of vehicles leaving", where the parse hangs the verb on the vehicles."""
    if mover is not None and mover.pos_ == "PRON":
        # "he and 40 soldiers crossed": the soldiers are who counts
        return next((t for t in mover.conjuncts if is_force(t)), mover)
    if mover is not None and mover.head.dep_ == "relcl" and any(c.lower_ == "whose" for c in mover.children):
        return mover.head.head  # "the militia, whose men left"
    if mover is not None and mover.dep_ == "pobj" and mover.head.lower_ in {"of", "with"} and is_force(mover.head.head):
        return mover.head.head
    return mover


def is_infinitive(token: Token) -> bool:
    """Whether a verb stands in the infinitive with "to"."""
    return any(c.dep_ == "aux" and c.lower_ == "to" for c in token.children)


def is_passive(token: Token) -> bool:
    """Whether a verb is passive, or a bare past participle."""
    if any(c.dep_ in {"nsubjpass", "auxpass"} for c in token.children):
        return True
    return (
        token.tag_ == "VBN"
        and token.dep_ in {"acl", "advcl", "conj"}
        and not any(c.dep_ == "aux" for c in token.children)
    )


def agent_of(token: Token) -> Token | None:
    """Return the head of the phrase after "by", or None."""
    preps = [c for c in token.children if c.dep_ == "agent" or (c.dep_ == "prep" and c.lower_ == "by")]
    agents = (t for prep in preps for t in prep.children if t.dep_ == "pobj" and t.ent_type_ not in {"DATE", "TIME"})
    return next(agents, None)


def objects_of(token: Token) -> list[Token]:
    """Return the heads of a verb's direct objects."""
    return [c for c in token.children if c.dep_ in {"dobj", "obj", "dative", "oprd"}]


def is_force(token: Token) -> bool:
    """Whether a noun names forces, their vehicles, or a number of them."""
    forces = load_lexicon().forces
    lemma = token.lemma_.lower()
    return (
        token.lower_ == "men"
        or lemma in forces["people"]
        or lemma in forces["vehicles"]
        or lemma in {"thousand", "hundred", "dozen"}
    )
