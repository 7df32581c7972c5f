"""How far a movement has come, by the grammar of its sentence.

A verb with a tense of its own speaks for itself ("left", "are leaving", "will leave"). An open form ("to leave",
"leaving", "the withdrawal") is as far as the word that governs it says: "began to", "were ordered to", "an attempt
to … was thwarted", "ahead of the withdrawal". What governs is in turn as far as its own words say ("is expected to
begin leaving"). The words are in the lexicon's table of status.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomap.models import Status
from geomap.reports.grammar import is_infinitive
from geomap.reports.lexicon import load_lexicon

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

__all__ = ["is_speculative", "read_status"]

STEPS = 8
"""Words above a trigger that are asked; no sentence that is understood has more."""
CLASSES = ("denied", "ordered", "planned", "ongoing", "factual", "reported", "perceived")
CLAUSES = {"xcomp", "ccomp", "advcl", "acl", "pcomp", "relcl", "conj", "prep", "dep", "csubj", "csubjpass"}
REAL = {Status.COMPLETED, Status.ONGOING}


def read_status(trigger: Token) -> Status:
    """Return the status of the movement that a verb or noun tells."""
    return _status(trigger, STEPS)


def is_speculative(trigger: Token) -> bool:
    """Whether the movement is only said to be possible: "could move", "if they enter", "fears of an advance"."""
    words = load_lexicon().status
    token = trigger
    for _ in range(4):
        modals = {c.lower_ for c in token.children if c.dep_ == "aux"}
        if modals & words["speculation"] and not (_negated(token) and "could" in modals):
            return True
        if "would" in modals and ("have" in modals or _has_condition(token)):
            return True
        if token.dep_ == "ccomp" and token.head.lemma_ in words["dreading"]:
            return True
        if any(c.dep_ == "mark" and c.lower_ in words["conditions"] for c in token.children) or _is_in_case(token):
            return True
        if _is_aim(token) or _is_to_be_prevented(token) or _is_looked_for(token) or _is_habit(token):
            return True
        if token.pos_ == "NOUN" and token.lemma_ in words["speculation_nouns"]:
            return True
        up = {*CLAUSES} - {"relcl", "csubj"} | ({"pobj"} if token.pos_ == "NOUN" else set())
        if token.dep_ not in up or token.head.i == token.i:
            return False
        token = token.head
        if token.lemma_ in load_lexicon().saying:
            return False
    return False


def _has_condition(verb: Token) -> bool:
    """Whether what a verb tells hangs on something else: "would enter A unless they left"."""
    clauses = (c for c in verb.children if c.dep_ == "advcl")
    return any(_marks(c) & load_lexicon().status["conditions"] for c in clauses)


def _is_aim(verb: Token) -> bool:
    """Whether an infinitive only says what somebody is after: "the goal is to drive A out of B"."""
    if verb.dep_ not in {"xcomp", "ccomp"} or verb.head.lemma_ != "be" or not is_infinitive(verb):
        return False
    aims = load_lexicon().status["aims"]
    return any(c.dep_ == "nsubj" and c.lemma_.lower() in aims for c in verb.head.children)


def _is_to_be_prevented(verb: Token) -> bool:
    """Whether somebody is only meant to be kept from it: "aims to prevent A from extending its control over B"."""
    if verb.dep_ != "pcomp" or verb.head.lower_ != "from" or _class(verb.head.head) != "denied":
        return False
    keeper = verb.head.head
    return is_infinitive(keeper) or keeper.dep_ == "pcomp"


def _is_in_case(verb: Token) -> bool:
    """Whether a clause only tells of a case provided for: "on alert in case they cross the river"."""
    if verb.dep_ == "acl":
        case = verb.head
        return case.lower_ == "case" and case.n_lefts == 0 and case.head.lower_ == "in"
    cases = (t for c in verb.lefts if c.lower_ == "in" for t in c.children if t.lower_ == "case")
    return verb.dep_ == "advcl" and any(t.n_lefts + t.n_rights == 0 for t in cases)


def _is_looked_for(verb: Token) -> bool:
    """Whether somebody only looks out for it: "guards watching for smugglers crossing the river"."""
    noun = verb.head if verb.dep_ in {"acl", "relcl"} and not is_infinitive(verb) else verb
    looks = noun.head.head.lemma_.lower() in load_lexicon().status["looking_out"]
    return looks and noun.dep_ in {"pobj", "pcomp"} and noun.head.lower_ == "for"


def _is_habit(verb: Token) -> bool:
    """Whether a present tells what is done time and again: "are based near A and bring in arms through B"."""
    if verb.tag_ not in {"VBP", "VBZ", "VB"} or verb.lemma_ == "be" or _auxiliaries(verb):
        return False
    words = load_lexicon().status
    times = (c for c in verb.children if c.dep_ == "npadvmod")
    if any(c.lower_ in words["usually"] for c in (*verb.children, *(t for time in times for t in time.lefts))):
        return True
    base = verb.head
    stays = verb.dep_ == "conj" and base.lemma_ in load_lexicon().words["stationing"] and base.tag_ == "VBN"
    return stays and bool(_auxiliaries(base) & {"is", "are"})


def _status(token: Token, steps: int) -> Status:
    if steps == 0:
        return Status.COMPLETED
    if _negated(token):
        return Status.DENIED
    if _disputed(token):
        return Status.DENIED
    if token.pos_ in {"NOUN", "PROPN"}:
        return _of_noun(token, steps - 1)
    if token.pos_ == "ADJ" and token.dep_ in {"acomp", "conj"}:
        return _status(token.head, steps - 1)
    return _of_tense(token) if _has_tense(token) else _of_open(token, steps - 1)


def _negated(token: Token) -> bool:
    """Whether "not", "no" or "never" stands with a word or with its subject."""
    for child in token.children:
        if child.dep_ == "neg" or child.lower_ in {"never", "nowhere"}:
            return True
        if child.dep_ == "det" and child.lower_ == "no":
            return True
        if child.dep_ in {"nsubj", "nsubjpass"} and (
            child.lower_ in {"nobody", "none"} or any(c.lower_ == "no" and c.dep_ == "det" for c in child.children)
        ):
            return True
    return False


def _disputed(word: Token) -> bool:
    """Whether somebody denies what a word tells: "denied that", "rejected claims that", "reports of … are false"."""
    if word.dep_ == "ccomp":
        return word.head.lemma_ in {"deny", "refute", "dispute"} and not _negated(word.head)
    status, claim = load_lexicon().status, word
    for _ in range(4):
        if claim.dep_ not in {"acl", "relcl", "pobj", "prep", "pcomp"}:
            return False
        claim = claim.head
        if claim.lemma_ in status["claim_nouns"]:
            break
    else:
        return False
    if claim.dep_ in {"dobj", "nsubjpass"}:
        return _class(claim.head) == "denied"
    return claim.dep_ == "nsubj" and any(c.lower_ in status["untrue"] for c in claim.head.children)


def _auxiliaries(verb: Token) -> set[str]:
    return {c.lower_ for c in verb.children if c.dep_ in {"aux", "auxpass"}}


def _has_tense(verb: Token) -> bool:
    words = _auxiliaries(verb)
    if "to" in words or verb.tag_ == "TO":
        return False
    if words - {"having", "being", "been", "be", "get", "got"}:
        return True
    if verb.tag_ == "VBN" and verb.dep_ != "ccomp" and any(c.dep_ == "nsubj" for c in verb.children):
        return True  # a past that the tagger takes for a participle
    if verb.tag_ in {"VBP", "VBN"} and verb.dep_ == "ccomp":
        bare = _class(verb.head) in {"perceived", "factual"}  # "saw them leave"
        return any(c.dep_ == "mark" or (c.dep_ == "nsubj" and not bare) for c in verb.children)
    return verb.tag_ in {"VBD", "VBZ", "VBP", "MD"} or verb.lower_ in load_lexicon().status["past_forms"]


def _of_tense(verb: Token) -> Status:
    words, lexicon = _auxiliaries(verb), load_lexicon().status
    if words & lexicon["duty"]:
        return Status.PLANNED if _under_deal(verb) else Status.ORDERED
    if words & (lexicon["future"] | lexicon["speculation"]):
        return Status.PLANNED
    if verb.lower_ in lexicon["past_forms"]:
        return Status.COMPLETED
    if verb.tag_ == "VBG" or "being" in words:
        return Status.ONGOING
    if words & {"is", "are"} and _marks(verb) & lexicon["before"]:
        return Status.PLANNED
    if verb.tag_ in {"VBZ", "VBP", "VB"} and not words & {"has", "have", "had", "'ve", "did", "was", "were"}:
        return _of_present(verb)
    return Status.COMPLETED


def _of_present(verb: Token) -> Status:
    """Return what the simple present means: a demand, a condition, what goes on, or the news of a headline."""
    if verb.dep_ in {"ccomp", "acl"} and verb.tag_ != "VBZ" and _demanded(verb.head):
        return Status.ORDERED
    if (effect := _effect_of(verb)) is not None:
        return effect
    lexicon = load_lexicon().status
    if _marks(verb) & lexicon["before"]:
        return Status.PLANNED
    if _marks(verb) & lexicon["during"]:
        return Status.ONGOING
    side_by_side = verb.dep_ == "ccomp" and verb.i < verb.head.i  # "Army takes A, rebels flee"
    said = verb.dep_ == "ccomp" and verb.head.lemma_ in load_lexicon().saying
    main = verb.dep_ in {"ROOT", "conj"} or side_by_side or said
    if verb.lemma_ in lexicon["states"]:  # who is on the way, and who is back
        under_way = {t.lower_ for t in verb.subtree if verb.i < t.i <= verb.i + 4} & lexicon["ongoing_adjectives"]
        return Status.ONGOING if under_way else Status.COMPLETED
    return Status.COMPLETED if main and (_is_headline(verb) or _is_instant(verb)) else Status.ONGOING


def _marks(verb: Token) -> set[str]:
    """Return the words that join a clause to another: "once", "before", "as"."""
    return {c.lower_ for c in verb.lefts if c.dep_ in {"mark", "advmod"}}


def _effect_of(verb: Token) -> Status | None:
    """Return the status of what an order or a deal itself does: "the order that sends A home", "a deal moving B"."""
    noun, lexicon = verb.head, load_lexicon().status
    does = any(c.dep_ == "nsubj" and c.lower_ in {"that", "which"} for c in verb.children) or verb.dep_ == "acl"
    if verb.dep_ not in {"relcl", "acl"} or not does:
        return None
    if noun.lemma_ in lexicon["effective"]:
        return Status.ORDERED if noun.lemma_ in lexicon["ordering_nouns"] else Status.PLANNED
    return None


def _demanded(head: Token) -> bool:
    lexicon = load_lexicon().status
    return head.lemma_ in lexicon["ordering_nouns"] or _class(head) == "ordered"


def _is_headline(verb: Token) -> bool:
    return verb.sent.text.rstrip()[-1:] not in {".", "!", "?", "”", '"', "’"}


def _is_instant(token: Token) -> bool:
    """Whether a verb tells of a moment, so that who sees it happen sees it done: "capture", "enter"."""
    return token.lemma_.lower() in load_lexicon().status["instant"]


def _under_deal(verb: Token) -> bool:
    nouns = load_lexicon().status["planning_nouns"]
    return any(
        c.lower_ == "under" and any(t.lemma_ in nouns for t in c.children) for c in verb.children if c.dep_ == "prep"
    )


def _of_open(verb: Token, steps: int) -> Status:
    """Return the status of an infinitive or participle: that of what it hangs on."""
    relation, head = verb.dep_, verb.head
    if relation == "amod":
        return _beside_noun(verb, head, steps)
    if head.i == verb.i:
        return Status.PLANNED if is_infinitive(verb) else Status.ONGOING if verb.tag_ == "VBG" else Status.COMPLETED
    if relation == "conj":
        return _status(head, steps)
    if relation in {"pcomp", "prep"} or head.pos_ in {"ADP", "SCONJ"}:
        return _after_preposition(verb, head, steps)
    if head.pos_ in {"NOUN", "PROPN", "PRON"} and relation in {"acl", "relcl", "advcl", "xcomp"}:
        return _beside_noun(verb, head, steps)
    if relation in {"dobj", "nsubj", "nsubjpass", "pobj", "attr"}:
        return _of_noun(verb, steps)
    if verb.tag_ == "VB" and any(c.lower_ == "that" and c.dep_ == "mark" for c in verb.children):
        return Status.ORDERED  # "insisted that they leave"
    if relation == "advcl" and "having" in _auxiliaries(verb):
        return Status.COMPLETED  # "having taken A, they are moving on B"
    group = _class(head)
    if group is not None and (relation != "advcl" or group in {"denied", "ordered", "factual"}):
        return _governed(verb, head, group, steps)
    if is_infinitive(verb):
        return _of_infinitive(verb, head, steps)
    if _marks(verb) & load_lexicon().status["during"]:
        return Status.ONGOING
    if verb.tag_ == "VBG" and relation in {"xcomp", "ccomp"}:
        return Status.ONGOING
    return _status(head, steps)


def _of_infinitive(verb: Token, head: Token, steps: int) -> Status:
    """Return what "to leave" means after a word of no class: "have yet to", "had to", a purpose."""
    if head.lemma_ == "have" and verb.dep_ in {"xcomp", "ccomp", "advcl"}:
        if any(c.lower_ == "yet" for c in (*head.children, *verb.children)):
            return Status.DENIED
        past = head.tag_ == "VBD" or "had" in _auxiliaries(head)
        return _status(head, steps) if past else Status.ORDERED
    if verb.left_edge.lower_ == "only":
        return _status(head, steps)
    return _aspect(verb) or Status.PLANNED


def _aspect(verb: Token) -> Status | None:
    """Return what an infinitive itself tells: "to have left", "to be leaving"."""
    words = _auxiliaries(verb)
    if "have" in words:
        return Status.COMPLETED
    return Status.ONGOING if verb.tag_ == "VBG" and "be" in words else None


def _governed(token: Token, head: Token, group: str, steps: int) -> Status:
    """Return the status that a governing word gives to what depends on it, itself only planned, denied, or a fact."""
    own = _status(head, steps)
    if group == "denied":
        return Status.COMPLETED if own is Status.DENIED else Status.DENIED
    if own in {Status.DENIED, Status.ORDERED} or (own is Status.PLANNED and group != "ordered"):
        return own
    if group == "factual":
        return own
    if group == "reported":
        passive = "auxpass" in {c.dep_ for c in head.children}
        return _aspect(token) or (Status.PLANNED if is_infinitive(token) and not passive else Status.ONGOING)
    if group == "perceived":
        return Status.COMPLETED if token.tag_ == "VB" or _is_instant(token) else Status.ONGOING
    if group == "ongoing" and _foiled(head):
        return Status.DENIED
    return Status(group)


def _foiled(head: Token) -> bool:
    """Whether a try ended in nothing: "tried to enter but were driven back", "those who tried to enter were shot"."""
    end = _end_of_those(head)
    if end is not None and (_class(end) == "denied" or end.lemma_ in load_lexicon().status["ending"]):
        return not _negated(end)
    return any(_class(t) == "denied" and not _negated(t) for t in head.conjuncts if t.i > head.i)


def _end_of_those(trying: Token) -> Token | None:
    """Return what was done to those who tried: "killed gunmen trying to enter", "were shot as they tried to leave"."""
    if trying.dep_ in {"relcl", "acl"} and trying.head.dep_ in {"dobj", "nsubjpass"}:
        return trying.head.head
    passive = trying.dep_ == "advcl" and any(c.dep_ == "nsubjpass" for c in trying.head.children)
    while_so = any(c.dep_ in {"mark", "advmod"} and c.lower_ in {"as", "while", "when"} for c in trying.lefts)
    return trying.head if passive and while_so else None


def _after_preposition(verb: Token, preposition: Token, steps: int) -> Status:
    """Return the status of "without entering", "after leaving", "from crossing", "the process of leaving"."""
    lexicon = load_lexicon().status
    above = preposition.head
    if preposition.lower_ in lexicon["without"] or above.lower_ in lexicon["without"]:
        return Status.DENIED
    if above.pos_ in {"NOUN", "PROPN"}:
        return _by_noun(above, steps) or (Status.COMPLETED if verb.tag_ == "VBG" else Status.PLANNED)
    group = _class(above)
    if group == "ongoing" and preposition.lower_ in {"after", "following", "since"}:
        own = _status(above, steps)
        return Status.COMPLETED if own is Status.ONGOING else own  # "after taking A they continue towards B"
    return _governed(verb, above, group, steps) if group else _status(above, steps)


def _beside_noun(verb: Token, noun: Token, steps: int) -> Status:
    """Return the status of "an attempt to enter", "troops sent to A", "a convoy leaving A"."""
    if verb.tag_ == "VB" and not is_infinitive(verb) and _demanded(noun):
        return Status.ORDERED
    if verb.tag_ == "VB" or is_infinitive(verb):
        return _by_noun(noun, steps) or _made_to(verb, noun, steps) or _aspect(verb) or Status.PLANNED
    if verb.tag_ != "VBG":
        return Status.COMPLETED
    if (effect := _effect_of(verb)) is not None:
        return effect
    above = noun
    while above.dep_ in {"pobj", "prep", "dobj", "nsubj", "nsubjpass", "conj"} and above.pos_ not in {"VERB", "AUX"}:
        above = above.head
    if _class(above) == "perceived":
        return _governed(verb, above, "perceived", steps)
    done = above.pos_ in {"VERB", "AUX"} and _has_tense(above) and _status(above, steps) is Status.COMPLETED
    return Status.COMPLETED if done or above.tag_ == "VBD" else Status.ONGOING


def _made_to(verb: Token, noun: Token, steps: int) -> Status | None:
    """Return the status of an infinitive beside those who are made, told or helped to: "prompted soldiers to flee"."""
    group = _class(noun.head) if noun.dep_ in {"dobj", "nsubjpass"} else None
    return _governed(verb, noun.head, group, steps) if group in {"factual", "ordered", "denied"} else None


def _by_noun(noun: Token, steps: int) -> Status | None:
    """Return the status that "plan", "order", "attempt" or "process" gives to what hangs on it."""
    lexicon, lemma = load_lexicon().status, noun.lemma_.lower()
    if lemma in lexicon["ordering_nouns"]:
        return Status.ORDERED
    if lemma in lexicon["denied_nouns"]:
        return Status.DENIED
    if lemma in lexicon["planning_nouns"] | lexicon["trying_nouns"]:
        failed = _of_noun(noun, steps) is Status.DENIED or (lemma in lexicon["trying_nouns"] and _foiled(noun.head))
        return Status.DENIED if failed else Status.PLANNED
    if lemma in lexicon["ongoing_nouns"]:
        own = _of_noun(noun, steps)
        return Status.ONGOING if own in REAL else own
    return None


def _of_noun(noun: Token, steps: int) -> Status:
    """Return the status of "the withdrawal" from its adjectives, its preposition or the verb it goes with."""
    if steps == 0:
        return Status.COMPLETED
    relation, head = noun.dep_, noun.head
    if _negated(noun):
        return Status.DENIED
    if relation in {"nsubj", "nsubjpass"} and _negated(head) and _class(head) in {"ongoing", "factual"}:
        return Status.DENIED
    lexicon = load_lexicon().status
    beside = {c.lemma_.lower() for c in noun.children if c.dep_ in {"amod", "compound", "advmod", "nmod"}}
    beside |= {c.lower_ for c in noun.children if c.dep_ == "amod"}
    for name in ("planned", "ongoing", "denied"):
        if beside & lexicon[f"{name}_adjectives"]:
            return Status(name)
    if relation == "conj" and head.pos_ in {"NOUN", "PROPN"}:
        return _of_noun(head, steps - 1)
    if relation in {"pobj", "pcomp"}:
        return _noun_after(head, steps - 1)
    if head.pos_ not in {"VERB", "AUX"} or head.i == noun.i:
        return Status.COMPLETED
    return _noun_with(noun, head, steps - 1)


def _noun_after(preposition: Token, steps: int) -> Status:
    """Return the status of a noun by its preposition: "ahead of", "amid", "a plan for", "called for"."""
    lexicon, above = load_lexicon().status, preposition.head
    if {preposition.lower_, above.lower_} & lexicon["ahead"]:
        return Status.PLANNED
    if preposition.lower_ in lexicon["during"]:
        return Status.ONGOING
    if above.pos_ in {"NOUN", "PROPN"}:
        return _by_noun(above, steps) or Status.COMPLETED
    if above.i == preposition.i or above.pos_ not in {"VERB", "AUX", "ADJ"}:
        return Status.COMPLETED
    group = _class(above)
    if group in {"denied", "ordered", "planned", "ongoing"} and preposition.lower_ not in lexicon["after"]:
        return _governed(preposition, above, group, steps)
    if preposition.lower_ in lexicon["after"]:
        above = _beyond_purpose(above)
    return Status.PLANNED if _status(above, steps) is Status.PLANNED else Status.COMPLETED


def _beyond_purpose(verb: Token) -> Token:
    """Return the verb that a purpose serves: what came before the purpose was thought of is no part of the plan."""
    while is_infinitive(verb) and verb.dep_ in {"advcl", "xcomp"} and _class(verb.head) is None:
        if verb.head.pos_ not in {"VERB", "AUX"}:
            break
        verb = verb.head
    return verb


def _noun_with(noun: Token, verb: Token, steps: int) -> Status:
    """Return the status of a noun that is the subject or object of a verb."""
    lexicon = load_lexicon().status
    acts = noun.dep_ == "nsubj" and any(c.dep_ == "dobj" for c in verb.children)
    group = None if acts else _class(verb)
    if verb.lemma_ == "be":
        said = {t.lower_ for t in verb.subtree if t.i > verb.i} | {t.lemma_ for t in verb.children if t.i > verb.i}
        group = next((g for g in ("denied", "planned", "ongoing") if said & lexicon[f"{g}_adjectives"]), None)
    if verb.lemma_ in lexicon["launching"]:
        group = "factual"
    if group is None or (group == "planned" and noun.dep_ == "nsubj" and verb.lemma_ != "be"):
        own = _status(verb, steps)
        return own if own in {Status.PLANNED, Status.ORDERED} else Status.COMPLETED
    if group == "planned" and verb.lemma_ in lexicon["saying_so"] and _is_instant(noun):
        return Status.COMPLETED
    if group in {"factual", "reported", "perceived"}:
        own = _status(verb, steps)
        return Status.COMPLETED if own is Status.ONGOING else own
    return _governed(noun, verb, group, steps)


def _class(word: Token) -> str | None:
    """Return which class of governing words a verb or adjective is in, with its particle where that makes it one."""
    if word.pos_ not in {"VERB", "AUX", "ADJ", "ADP", "ADV"}:
        return None
    status = load_lexicon().status
    return next((name for key in _keys(word) for name in CLASSES if key in status[name]), None)


def _keys(word: Token) -> Iterator[str]:
    lemma = word.lemma_.lower()
    for child in word.children:
        if child.dep_ in {"prt", "prep", "advmod", "mark", "acomp", "dobj"} and child.i > word.i:
            yield f"{lemma} {child.lower_}"
    yield lemma
