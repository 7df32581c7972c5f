"""Who says so: the speaker a sentence names for a claim, and what sort of speaker that is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geomap.models import SpeakerKind
from geomap.reports.forces.actors import ActorKind, find_actors
from geomap.reports.grammar import subject_of
from geomap.reports.lexicon import load_lexicon

if TYPE_CHECKING:
    from collections.abc import Collection

    from spacy.tokens import Token

__all__ = ["Speaker", "find_speaker", "in_full", "kind_of_speaker"]

MAX_WORDS = 14
STEPS = 8
"""Words above a trigger that are asked for a verb of saying."""
SAID = {"ccomp", "parataxis", "advcl", "conj", "dep"}
"""Relations between what is said and the verb of saying, either way."""
WHILE = {"as", "while", "when", "after", "before", "because", "although", "though", "since", "if", "until", "once"}
"""Words that open what went on while somebody spoke, and not what was said."""
_UNNAMED = re.compile(
    r"\b(?:conditions? of anonymity|anonymously|not (?:be|to be|being) (?:named|identified)"
    r"|declined to be (?:named|identified)|not authori[sz]ed to (?:speak|talk|brief|discuss))\b",
    re.IGNORECASE,
)
_TIME = re.compile(r"^(?:\w+day|\d{1,2}[:.]\d\d|today|yesterday)\b,?\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who says something, by the words of the report."""

    words: str
    """Without a leading article."""
    kind: SpeakerKind


def find_speaker(trigger: Token, before: Speaker | None = None) -> Speaker | None:
    """Return who says what the trigger's clause tells, or None where the report itself does.

    Parameters
    ----------
    trigger
        The verb or noun of the claim.
    before
        The speaker named last in the report, meant by "it", "he" and "the group".
    """
    verb = _verb_of_saying(trigger)
    if verb is not None and verb.lower_ == "according":
        return _named(_target(verb, "to"), before, trigger)
    source = _quoted(trigger) or (_source(verb) if verb is not None else None)
    return _named(source, before, trigger) or _trailing(trigger, before)


def in_full(speaker: Speaker | None, names: Collection[str]) -> Speaker | None:
    """Return "Syrian Observatory for Human Rights" for "Observatory", where the report has named it in full."""
    if speaker is None or not speaker.words[:1].isupper():
        return speaker
    longer = [name for name in names if re.search(rf"\b{re.escape(speaker.words)}\b", name)]
    words = max(sorted(longer), key=len, default=speaker.words)
    return speaker if words == speaker.words else Speaker(words, kind_of_speaker(words))


def kind_of_speaker(words: str) -> SpeakerKind:
    """Return what sort of speaker some words name: by the last noun that tells, then by any word."""
    lists = load_lexicon().speakers
    if re.search(r"\banonym|\bunnamed\b|\bunidentified\b|\bsources?\b", words, re.IGNORECASE):
        return SpeakerKind.ANONYMOUS
    named = [n.actor.kind for n in find_actors(words, ())]
    tokens = [_singular(w) for w in re.findall(r"[^\W\d_]+", words.lower())]
    if ActorKind.GROUP in named and not set(tokens) & lists["monitor"]:
        return SpeakerKind.GROUP
    if "new" in tokens[-2:] and re.search(r"\bnews\b", words, re.IGNORECASE):
        return SpeakerKind.MEDIA
    head, *_ = [*re.split(r"\s(?:of|for|in|from|on|at)\s", " ".join(tokens)), ""]
    for part in (head.split()[-1:], tokens):
        for kind in (k for k in SpeakerKind if k.value in lists):
            if set(part) & lists[kind.value]:
                if kind is SpeakerKind.OFFICIAL and set(tokens) & lists["military"] and part == head.split()[-1:]:
                    return SpeakerKind.MILITARY
                return kind
    return SpeakerKind.OTHER


def _singular(word: str) -> str:
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word if word.endswith("ss") else word.removesuffix("es" if word.endswith("sses") else "s")


def _verb_of_saying(trigger: Token) -> Token | None:
    """Return the verb of saying, or "according", that stands over or beside a clause."""
    saying = load_lexicon().saying
    token = trigger
    for _ in range(STEPS):
        for child in token.children:
            if child.lower_ == "according":
                return child
            beside = child.dep_ in SAID and child.i > token.i and child.tag_ != "VBG"
            if beside and child.lemma_ in saying and _source(child) is not None:
                return child
        if token.head.i == token.i:
            return None
        if token.head.lemma_ in saying and _is_said(token):
            return token.head
        token = token.head
    return None


def _is_said(token: Token) -> bool:
    """Whether a clause is what the verb above it says: not "as rebels fled, he said …"."""
    if token.dep_ == "advcl":
        return not any(c.dep_ in {"mark", "advmod"} and c.lower_ in WHILE for c in token.lefts)
    return token.dep_ in SAID or (token.dep_ == "xcomp" and token.tag_ == "VBG")  # "reported seeing tanks enter"


def _quoted(trigger: Token) -> Token | None:
    """Return the source that the one who speaks names in turn: "the agency quoted an officer", "citing residents"."""
    quoting = load_lexicon().speakers["quoting"]
    for token in trigger.sent:
        if token.lemma_ in quoting and token.pos_ == "VERB":
            passive = next((c for c in token.children if c.dep_ == "nsubjpass"), None)
            return passive or next((c for c in token.children if c.dep_ == "dobj"), None)
    return None


def _source(verb: Token) -> Token | None:
    """Return the head of the words that name who says it: the subject, or "by" whom it is reported."""
    agent = next((c for c in verb.children if c.dep_ == "agent"), None)
    if agent is not None:
        return _target(agent, "by")
    if any(c.dep_ == "nsubjpass" for c in verb.children):
        return None
    return subject_of(verb) if verb.dep_ != "relcl" else next((c for c in verb.children if c.dep_ == "nsubj"), None)


def _target(token: Token, word: str) -> Token | None:
    """Return what follows a preposition that is a token or hangs on it."""
    preposition = token if token.lower_ == word else next((c for c in token.children if c.lower_ == word), None)
    return next((c for c in preposition.children if c.dep_ == "pobj"), None) if preposition is not None else None


def _named(head: Token | None, before: Speaker | None, trigger: Token) -> Speaker | None:
    """Return the speaker a noun names; a pronoun or "the group" means the one before."""
    if head is None:
        return None
    if head.pos_ in {"PRON", "DET"}:
        return _subject_before(head, trigger) or before
    words = _words(head)
    again = head.left_edge.lower_ in {"the", "same"} and len(words.split()) <= 2
    if again and before and head.lemma_.lower() in load_lexicon().speakers["again"]:
        return before
    return Speaker(words, _kind(head, words)) if words else None


def _kind(head: Token, words: str) -> SpeakerKind:
    """Return what sort of speaker a noun names, by what stands beside it too: "Ana Paz, the mayor", "who did not …"."""
    kind = kind_of_speaker(words)
    if head.pos_ != "PROPN" and _UNNAMED.search(head.sent.text):
        return SpeakerKind.ANONYMOUS
    beside = [c for c in head.rights if c.dep_ == "appos"] + ([head.head] if head.dep_ == "appos" else [])
    kinds = (kind_of_speaker(_words(t)) for t in beside) if kind is SpeakerKind.OTHER else ()
    return next((k for k in kinds if k is not SpeakerKind.OTHER), kind)


def _subject_before(pronoun: Token, trigger: Token) -> Speaker | None:
    """Return whom "it" means in "The army called this a sham: no rebel had left, it said"."""
    first = next((t for t in pronoun.sent if t.dep_ == "nsubj"), None)
    if pronoun.lower_ != "it" or first is None or first.i >= pronoun.i or first.tag_ not in {"NN", "NNP"}:
        return None
    if first.head.i == trigger.i:
        return None
    words = _words(first)
    kind = kind_of_speaker(words)
    return Speaker(words, kind) if kind is not SpeakerKind.OTHER else None


def _trailing(trigger: Token, before: Speaker | None) -> Speaker | None:
    """Return the speaker of ", a war monitor reported on Monday", by the words alone where the parse lost them."""
    doc, end = trigger.doc, trigger.sent.end
    for comma in [t.i for t in trigger.sent if t.lower_ in {",", "—", "–"} and t.i > trigger.i]:
        verb = next(
            (t for t in doc[comma + 1 : min(comma + 2 + MAX_WORDS, end)] if t.lemma_ in load_lexicon().saying), None
        )
        if verb is None or verb.i == comma + 1 or doc[comma + 1].pos_ in {"CCONJ", "SCONJ", "ADP", "VERB"}:
            continue
        inside, after = doc[comma + 1 : verb.i], doc[verb.i + 1] if verb.i + 1 < end else None
        goes_on = after is not None and after.pos_ not in {"PUNCT", "ADP", "ADV"} and after.ent_type_ != "DATE"
        if goes_on or any(t.tag_ in {"WDT", "WP", "WRB", "VBD", "VBZ", "VBP", ","} for t in inside):
            continue
        if len(inside) == 1 and inside[0].pos_ == "PRON":
            return before
        words = _clean(inside.text)
        return Speaker(words, kind_of_speaker(words))
    return None


def _words(head: Token) -> str:
    """Return the words of a noun phrase without its relative clauses, appositions and times."""
    last = head.i
    for child in head.rights:
        if child.dep_ in {"relcl", "appos"}:
            break
        if child.dep_ == "punct" and child.lower_ in {",", "(", "—", "–"}:
            break
        last = max(t.i for t in child.subtree) if child.dep_ not in {"cc", "punct"} else last
    span = head.doc[max(head.left_edge.i, last + 1 - MAX_WORDS) : last + 1]
    return _clean(span.text)


def _clean(text: str) -> str:
    """Return the words of a name without marks, times before it and the article."""
    words = _TIME.sub("", re.sub(r"\s+", " ", text).strip(" ,.;:\"“”'"), count=1)
    return re.sub(r"^the\s+", "", words, flags=re.IGNORECASE)
